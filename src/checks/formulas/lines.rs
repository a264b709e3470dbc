//! Cells as areas: those below each other in one, and the words for several.

use crate::model::{Area, Position, listed};

/// At most so many areas are named; the rest are counted.
const MOST_NAMED: usize = 3;

/// The areas that cells lie in: cells below each other in a column are one, from left to right and from the top down.
pub(in crate::checks) fn areas_of(cells: &[Position]) -> Vec<Area> {
    let mut sorted: Vec<Position> = cells.to_vec();
    sorted.sort_by_key(|at| (at.column, at.row));
    sorted.dedup();
    let mut areas: Vec<Area> = Vec::new();
    for at in sorted {
        match areas.last_mut() {
            Some(area) if area.last.column == at.column && area.last.row + 1 == at.row => area.last = at,
            _ => areas.push(at.into()),
        }
    }
    areas
}

/// Areas in words: `F4`, `F4 and F7:F9`, `F4, F7, F9 and 3 more`.
pub(in crate::checks) fn in_areas(areas: &[String]) -> String {
    if areas.len() <= MOST_NAMED {
        return listed(areas, "and");
    }
    format!("{} and {} more", areas[..MOST_NAMED].join(", "), areas.len() - MOST_NAMED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_below_each_other_are_one_area() {
        let at = Position::new;
        let areas = areas_of(&[at(3, 5), at(5, 5), at(4, 5), at(4, 6), at(7, 5)]);
        assert_eq!(areas.iter().map(ToString::to_string).collect::<Vec<_>>(), ["F4:F6", "F8", "G5"]);
    }

    #[test]
    fn few_areas_are_named() {
        let areas = |count: usize| {
            ["F4", "F6", "F8", "F9", "G5"][..count].iter().map(|area| (*area).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(in_areas(&areas(2)), "F4 and F6");
        assert_eq!(in_areas(&areas(5)), "F4, F6, F8 and 2 more");
    }
}
