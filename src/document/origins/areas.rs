//! Cells of workbooks, brought together into as few areas as hold the same cells.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::model::{Area, Position};

/// An area of a sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellArea {
    /// The workbook, by its place among the workbooks.
    pub workbook: usize,
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// The cells.
    pub area: Area,
}

/// The same cells in as few areas as come from joining neighbours: D5, D6, D7 become D5:D7. In order, none within
/// another.
pub(super) fn merged(mut areas: Vec<CellArea>) -> Vec<CellArea> {
    areas.sort();
    let mut all = Vec::with_capacity(areas.len());
    for sheet in areas.chunk_by(|one, other| (one.workbook, &one.sheet) == (other.workbook, &other.sheet)) {
        let area = |area| CellArea { workbook: sheet[0].workbook, sheet: sheet[0].sheet.clone(), area };
        all.extend(joined(sheet.iter().map(|one| one.area).collect()).into_iter().map(area));
    }
    all
}

/// Of more areas than this on a sheet only the columns are said, so that no more work is put into them: one may then lie
/// within another.
const MOST: usize = 4_000;

/// The areas of one sheet. Down the columns first, then across the rows, until nothing changes.
fn joined(mut areas: Vec<Area>) -> Vec<Area> {
    loop {
        let before = areas.len();
        areas = down(areas);
        let across = down(areas.into_iter().map(turned).collect());
        areas = across.into_iter().map(turned).collect();
        areas.sort();
        if areas.len() > MOST {
            return areas;
        }
        if areas.len() == before {
            return without_inner(areas);
        }
    }
}

/// Joins areas of the same columns that follow one another or overlap.
fn down(mut areas: Vec<Area>) -> Vec<Area> {
    areas.sort_by_key(|area| (area.first.column, area.last.column, area.first.row, area.last.row));
    let mut joined: Vec<Area> = Vec::with_capacity(areas.len());
    for area in areas {
        match joined.last_mut() {
            Some(last)
                if (last.first.column, last.last.column) == (area.first.column, area.last.column)
                    && area.first.row <= last.last.row.saturating_add(1) =>
            {
                last.last.row = last.last.row.max(area.last.row);
            }
            _ => joined.push(area),
        }
    }
    joined
}

/// Rows and columns changed over.
fn turned(area: Area) -> Area {
    let turn = |position: Position| Position::new(position.column, position.row);
    Area::new(turn(area.first), turn(area.last))
}

/// The areas without those that lie within another. From the top, an area can only lie in one that began above it or beside
/// it, has not ended yet, and is more than one cell.
fn without_inner(mut areas: Vec<Area>) -> Vec<Area> {
    areas.sort_by_key(|area| (area.first.row, area.first.column, Reverse(area.last.row), Reverse(area.last.column)));
    let mut open: Vec<Area> = Vec::new();
    areas.retain(|area| {
        open.retain(|outer| outer.last.row >= area.first.row);
        let is_inner = open.iter().any(|outer| outer.contains(area.first) && outer.contains(area.last));
        if !is_inner && area.first != area.last {
            open.push(*area);
        }
        !is_inner
    });
    areas.sort();
    areas
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn areas(cells: &[(u32, u32, u32, u32)]) -> Vec<CellArea> {
        let area = |(top, left, bottom, right): &(u32, u32, u32, u32)| CellArea {
            workbook: 0,
            sheet: "S".into(),
            area: Area::new(Position::new(*top, *left), Position::new(*bottom, *right)),
        };
        cells.iter().map(area).collect()
    }

    fn said(areas: &[CellArea]) -> Vec<String> {
        areas.iter().map(|one| one.area.to_string()).collect()
    }

    #[test]
    fn neighbours_become_one_area() {
        for (cells, expected) in [
            (vec![(4, 3, 4, 3), (6, 3, 6, 3), (5, 3, 5, 3)], vec!["D5:D7"]),
            (vec![(4, 3, 4, 3), (6, 3, 6, 3)], vec!["D5", "D7"]),
            // Down first, then across.
            (vec![(0, 0, 0, 0), (0, 1, 0, 1), (1, 0, 1, 0), (1, 1, 1, 1)], vec!["A1:B2"]),
            (vec![(0, 0, 0, 0), (0, 1, 0, 1), (0, 3, 0, 3)], vec!["A1:B1", "D1"]),
            // Columns of unequal length stay two.
            (vec![(0, 0, 3, 0), (0, 1, 2, 1)], vec!["A1:A4", "B1:B3"]),
            // Twice, and within another.
            (vec![(0, 0, 3, 3), (1, 1, 1, 1), (0, 0, 3, 3)], vec!["A1:D4"]),
        ] {
            assert_eq!(said(&merged(areas(&cells))), expected, "{cells:?}");
        }
    }

    #[test]
    fn of_very_many_cells_few_are_compared() {
        // Every second line of two columns, of which no two join: it would take an hour to compare each with each.
        let cells: Vec<_> =
            (0..50_000u32).flat_map(|row| [(row * 2, 3, row * 2, 3), (row * 2, 5, row * 2, 5)]).collect();
        let joined = merged(areas(&cells));
        assert_eq!(joined.len(), 100_000);
        assert_eq!(said(&joined[..3]), ["D1", "F1", "D3"]);
        // Wide ones as well, that lie side by side from the first line to the last.
        let wide: Vec<_> = (0..50_000u32).map(|index| (index % 7, index * 3, 60_000, index * 3 + 1)).collect();
        assert_eq!(merged(areas(&wide)).len(), 50_000);
        // Below that number an area in another is left out, however many there are beside it.
        let mut few: Vec<_> = (0..3_000u32).map(|row| (row * 2, 3, row * 2, 3)).collect();
        few.extend([(10, 2, 20, 4), (0, 9, 0, 9)]);
        let joined = merged(areas(&few));
        assert_eq!(joined.len(), 3_000 - 6 + 2);
        assert_eq!(said(&joined[..7]), ["D1", "J1", "D3", "D5", "D7", "D9", "C11:E21"]);
    }

    #[test]
    fn sheets_and_workbooks_are_kept_apart() {
        let mut cells = areas(&[(0, 0, 0, 0), (1, 0, 1, 0), (2, 0, 2, 0)]);
        cells[1].workbook = 1;
        cells[2].sheet = "R".into();
        let merged = merged(cells);
        let shown: Vec<(usize, &str, String)> =
            merged.iter().map(|one| (one.workbook, &*one.sheet, one.area.to_string())).collect();
        assert_eq!(shown, [(0, "R", "A3".to_owned()), (0, "S", "A1".to_owned()), (1, "S", "A2".to_owned())]);
    }

    fn cells_of(areas: &[CellArea]) -> BTreeSet<(u32, u32)> {
        let rows = |one: &CellArea| one.area.first.row..=one.area.last.row;
        let columns = |one: &CellArea| one.area.first.column..=one.area.last.column;
        areas
            .iter()
            .flat_map(|one| rows(one).flat_map(move |row| columns(one).map(move |column| (row, column))))
            .collect()
    }

    proptest! {
        #[test]
        fn the_cells_stay_the_same(
            cells in proptest::collection::vec((0..8u32, 0..8u32, 0..3u32, 0..3u32), 0..20)
        ) {
            let given: Vec<_> =
                cells.into_iter().map(|(row, column, down, across)| (row, column, row + down, column + across)).collect();
            let given = areas(&given);
            let joined = merged(given.clone());
            prop_assert_eq!(cells_of(&joined), cells_of(&given));
            prop_assert!(joined.len() <= given.len());
            prop_assert_eq!(merged(joined.clone()), joined);
        }
    }
}
