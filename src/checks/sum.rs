//! Exact sums of a column in its smallest unit: pence, ones, or thousand-millionths of a number.

use super::view::ColumnView;
use crate::model::{Cell, Converted, Value};

/// Why a column has no sum.
pub(super) enum NoSum<'a> {
    /// Cells could not be read; the first of them, and how many.
    Unread(&'a Cell, usize),
    /// The sum, or a figure in it, is beyond what can be held.
    TooLarge,
}

/// The exact sum of a column's rows. Empty cells add nothing; one that could not be read leaves no sum.
pub(super) fn of_column(column: ColumnView<'_>) -> Result<i64, NoSum<'_>> {
    let mut unread_cells = column.cells().filter(|cell| cell.is_marked());
    if let Some(first) = unread_cells.next() {
        return Err(NoSum::Unread(first, 1 + unread_cells.count()));
    }
    let mut given = column.cells().filter(|cell| cell.value != Value::Null);
    given.try_fold(0i64, |sum, cell| sum.checked_add(cell.value.figure()?)).ok_or(NoSum::TooLarge)
}

/// What the pack says that a cell means which stands for no figure, such as “fewer than five”; none of any other cell.
pub(super) fn meaning_of(cell: &Cell) -> Option<&str> {
    match &cell.converted {
        Some(Converted::Shorthand { meaning }) => meaning.as_deref(),
        _ => None,
    }
}
