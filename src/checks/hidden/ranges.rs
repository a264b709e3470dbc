//! Cells of a sheet as the ranges that a message can name.

use crate::model::{Area, Position};

/// The most ranges that are named apart; more become one that spans them all.
pub(super) const MOST_APART: usize = 3;

/// Cells gathered into a range.
pub(super) struct Range {
    /// From the first of the cells to the last.
    pub area: Area,
    /// The cells, in the order of the sheet.
    pub cells: Vec<Position>,
}

impl Range {
    /// The cells as a message names them: `A4`, `A4:C6`, or `5 cells of A4:A20` where others lie between.
    pub fn named(&self) -> String {
        let Area { first, last } = self.area;
        let whole = u64::from(last.row - first.row + 1) * u64::from(last.column - first.column + 1);
        if whole == self.cells.len() as u64 {
            self.area.to_string()
        } else {
            format!("{} cells of {}", self.cells.len(), self.area)
        }
    }

    /// One of two wordings, by the number of cells.
    pub fn either<T>(&self, one: T, several: T) -> T {
        if self.cells.len() == 1 { one } else { several }
    }
}

/// Gathers cells, given in the order of the sheet, into ranges: cells next to each other, and rows of the same columns below
/// each other. More than a few ranges become one.
pub(super) fn gather(cells: impl IntoIterator<Item = Position>) -> Vec<Range> {
    let mut spans: Vec<Range> = Vec::new();
    for cell in cells {
        match spans.last_mut() {
            Some(span) if span.area.last.row == cell.row && span.area.last.column + 1 == cell.column => {
                span.area.last = cell;
                span.cells.push(cell);
            }
            _ => spans.push(Range { area: cell.into(), cells: vec![cell] }),
        }
    }
    let mut ranges: Vec<Range> = Vec::new();
    for span in spans {
        // Only the ranges that end in the row above can go on here, and those are among the last.
        let above = ranges.iter_mut().rev().take(MOST_SPANS_OF_A_ROW).find(|range| {
            let (above, below) = (range.area, span.area);
            above.last.row + 1 == below.first.row
                && above.first.column == below.first.column
                && above.last.column == below.last.column
        });
        match above {
            Some(range) => {
                range.area.last = span.area.last;
                range.cells.extend(span.cells);
            }
            None => ranges.push(span),
        }
    }
    folded(ranges)
}

/// How many ranges are looked through for one to go on with: more of them would be one in the end anyway.
const MOST_SPANS_OF_A_ROW: usize = 16;

fn folded(ranges: Vec<Range>) -> Vec<Range> {
    if ranges.len() <= MOST_APART {
        return ranges;
    }
    let mut cells: Vec<Position> = ranges.iter().flat_map(|range| range.cells.iter().copied()).collect();
    cells.sort_unstable();
    let rows = || cells.iter().map(|cell| cell.row);
    let columns = || cells.iter().map(|cell| cell.column);
    let corners = rows().min().zip(columns().min()).zip(rows().max().zip(columns().max()));
    let area =
        corners.map(|((top, left), (bottom, right))| Area::new(Position::new(top, left), Position::new(bottom, right)));
    area.map(|area| Range { area, cells }).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(cells: &[&str]) -> Vec<String> {
        gather(cells.iter().map(|cell| cell.parse().unwrap())).iter().map(Range::named).collect()
    }

    #[test]
    fn cells_that_meet_are_one_range() {
        assert_eq!(named(&["A4", "B4", "A5", "B5"]), ["A4:B5"]);
        assert_eq!(named(&["A4", "C4", "A5", "C5"]), ["A4:A5", "C4:C5"]);
        assert_eq!(named(&["A4", "B4", "A5"]), ["A4:B4", "A5"]);
        assert_eq!(named(&["C1", "A3", "A5", "A7"]), ["4 cells of A1:C7"]);
        assert!(named(&[]).is_empty());
    }
}
