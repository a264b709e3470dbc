//! Exact sums of a column in its smallest unit: pence, ones, or thousand-millionths of a number.

use super::view::ColumnView;
use crate::model::{Cell, Difference, Money, Value};
use crate::schema::FieldKind;

/// Parts of one in which numbers that are neither money nor counts are added: nine decimals.
const PARTS: f64 = 1e9;

/// What a column's figures are, and so how they are added and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Whole pence.
    Pence,
    /// Whole ones.
    Ones,
    /// Thousand-millionths.
    Parts,
}

impl Measure {
    /// How a column is added; none for texts and days, and for percentages, whose total is no sum.
    pub fn of(kind: FieldKind) -> Option<Self> {
        match kind {
            FieldKind::Money => Some(Self::Pence),
            FieldKind::Integer => Some(Self::Ones),
            FieldKind::Number => Some(Self::Parts),
            FieldKind::Percentage | FieldKind::Text | FieldKind::Date | FieldKind::Month | FieldKind::Boolean => None,
        }
    }

    /// A figure in words, from its smallest units.
    pub fn show(self, figure: i64) -> String {
        match self {
            Self::Pence => Money::from_pence(figure).to_string(),
            Self::Ones => Difference::Count(figure).to_string(),
            Self::Parts => (figure as f64 / PARTS).to_string(),
        }
    }

    /// A difference as findings carry it; numbers with decimals have none that is exact.
    pub fn difference(self, figure: i64) -> Option<Difference> {
        match self {
            Self::Pence => Some(Difference::Money(Money::from_pence(figure))),
            Self::Ones => Some(Difference::Count(figure)),
            Self::Parts => None,
        }
    }
}

/// A cell's figure in the smallest units; none when it is empty, marked, or beyond what can be added.
pub(super) fn figure(cell: &Cell) -> Option<i64> {
    match cell.value {
        Value::Money(money) => Some(money.pence()),
        Value::Integer(number) => Some(number),
        // Excel keeps 15 digits: rounding at the ninth decimal takes away what is beyond them, and nothing else.
        Value::Number(number) if number.abs() < 1e9 => Some((number * PARTS).round() as i64),
        _ => None,
    }
}

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
    given.try_fold(0i64, |sum, cell| sum.checked_add(figure(cell)?)).ok_or(NoSum::TooLarge)
}
