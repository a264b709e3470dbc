//! How wide columns and how high rows are, so that the box of a comment can be as large as its text.

use std::collections::BTreeMap;

use super::markup::{Document, Element};
use crate::model::Position;

/// The width of a box, in pixels.
const BOX_WIDTH: f64 = 340.0;
/// So many letters of a note go on a line of a box.
const LETTERS_A_LINE: usize = 50;
/// The height of a line of a note, in pixels.
const LINE: f64 = 15.0;
/// The height of the largest box, in pixels; who needs more can drag it.
const HIGHEST_BOX: f64 = 560.0;
/// A box reaches over no more rows or columns than this, however small they are.
const FURTHEST: u32 = 200;
/// The width of a column that says nothing of its own, in pixels; and the height of such a row.
const COLUMN: f64 = 64.0;
const ROW: f64 = 20.0;

/// The columns and rows of a sheet that have a size of their own.
#[derive(Debug, Default)]
pub struct Measures {
    /// First and last column, zero-based, with the width in pixels.
    columns: Vec<(u32, u32, f64)>,
    /// By zero-based row, the height in pixels.
    rows: BTreeMap<u32, f64>,
}

impl Measures {
    /// The columns of a sheet's part; its rows are told as they are passed.
    pub fn of(document: &Document<'_>) -> Self {
        let column = |element: &Element| {
            let tag = document.tag(element);
            let (first, last) = (tag.number::<u32>("min")?.checked_sub(1)?, tag.number::<u32>("max")?.checked_sub(1)?);
            let characters = if tag.is_on("hidden") { 0.0 } else { tag.number::<f64>("width")? };
            // Seven pixels a digit of the usual letters, and five round them.
            Some((first, last, if characters == 0.0 { 0.0 } else { (characters * 7.0 + 5.0).clamp(0.0, 2000.0) }))
        };
        let columns = document.child(document.root(), "cols");
        let columns = columns.map(|columns| document.children(columns).filter_map(column).collect());
        Self { columns: columns.unwrap_or_default(), rows: BTreeMap::new() }
    }

    /// Keeps the height of a row, in points; 0 of one that is hidden.
    pub fn row(&mut self, row: u32, points: f64) {
        self.rows.insert(row, (points * 96.0 / 72.0).clamp(0.0, 600.0));
    }

    fn width(&self, column: u32) -> f64 {
        let reach = self.columns.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
        reach.map_or(COLUMN, |(_, _, width)| *width)
    }

    fn height(&self, row: u32) -> f64 {
        self.rows.get(&row).copied().unwrap_or(ROW)
    }

    /// Where the box of a note lies: column and pixels within it, then row and pixels, of its left top and right bottom.
    pub fn anchor(&self, position: Position, note: &str) -> String {
        let lines: usize = note.lines().map(|line| line.chars().count().div_ceil(LETTERS_A_LINE).max(1)).sum();
        let height = (lines as f64 * LINE + LINE).min(HIGHEST_BOX);
        let left = (position.column + 1).min(Position::LAST.column - 1);
        let top = position.row.saturating_sub(1).min(Position::LAST.row - 1);
        let (right, across) = reach(left, Position::LAST.column, BOX_WIDTH + 15.0, |column| self.width(column));
        let (bottom, down) = reach(top, Position::LAST.row, height + 10.0, |row| self.height(row));
        format!("{left}, 15, {top}, 10, {right}, {across}, {bottom}, {down}")
    }
}

/// Where so many pixels from the beginning of a line end: the line, and the pixels within it.
fn reach(from: u32, last: u32, mut pixels: f64, size: impl Fn(u32) -> f64) -> (u32, u32) {
    let furthest = from.saturating_add(FURTHEST).min(last);
    for at in from..furthest {
        let size = size(at);
        if pixels <= size {
            return (at, pixels.max(0.0) as u32);
        }
        pixels -= size;
    }
    (furthest, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_as_large_as_its_text() {
        let mut measures = Measures::default();
        let cell = Position::new(9, 2);
        assert_eq!(measures.anchor(cell, "short"), "3, 15, 8, 10, 8, 35, 9, 20");
        assert_eq!(measures.anchor(cell, &"x".repeat(101)), "3, 15, 8, 10, 8, 35, 11, 10");
        // Column D is wide, and row 10 is hidden.
        measures.columns.push((3, 3, 400.0));
        measures.row(9, 0.0);
        assert_eq!(measures.anchor(cell, "short"), "3, 15, 8, 10, 3, 355, 10, 20");
    }

    #[test]
    fn at_the_edge_of_the_sheet_a_box_stays_on_it() {
        let anchor = Measures::default().anchor(Position::LAST, "short");
        assert_eq!(anchor, "16382, 15, 1048574, 10, 16383, 0, 1048575, 0");
    }
}
