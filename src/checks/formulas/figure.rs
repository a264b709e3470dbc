//! What a cell shows, and how a figure that it should show is said in the same way.

use std::collections::BTreeMap;

use crate::formula::{Book, Computed, to_15_digits};
use crate::model::{Difference, Figures, GridCell, Money, Position, RawValue, Workbook};
use crate::schema::{FieldKind, Pack};

use super::super::words::quoted;

/// Thousand-millionths of one, in which figures with decimals are compared.
const PARTS: f64 = 1e9;
/// In pounds.
const HALF_A_PENNY: f64 = 0.005;

/// What the figure in a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// An amount in pounds.
    Pounds,
    /// A percentage, of which 1 is 100%.
    Percentage,
    /// A day.
    Day,
    /// A number, or whatever the cell holds.
    Plain,
}

/// What the figures in the cells of a workbook are.
pub(super) struct Units<'a> {
    /// Of the cells of tables, their totals included: by sheet and place.
    of_tables: BTreeMap<(&'a str, Position), Unit>,
}

impl<'a> Units<'a> {
    /// What the figures in the cells of a workbook's tables are, by their fields.
    pub fn of(workbook: &'a Workbook, pack: &Pack) -> Self {
        let mut of_tables = BTreeMap::new();
        for table in &workbook.tables {
            let Some(schema) = pack.tables.get(&table.name) else { continue };
            for (index, field) in schema.fields.iter().enumerate() {
                let unit = match field.kind() {
                    FieldKind::Money => Unit::Pounds,
                    FieldKind::Percentage => Unit::Percentage,
                    _ => continue,
                };
                let cells = table.rows.iter().chain(&table.total).filter_map(|row| row.cells.get(index));
                of_tables.extend(cells.map(|cell| ((&*table.sheet, cell.position), unit)));
            }
        }
        Self { of_tables }
    }

    /// What the figure in a cell is: by its field, if it is in a table; else by its number format.
    pub fn of_cell(&self, sheet: &'a str, at: Position, cell: &GridCell) -> Unit {
        let format = cell.format.as_deref().unwrap_or_default();
        match (self.of_tables.get(&(sheet, at)), &cell.raw) {
            (Some(unit), _) => *unit,
            (None, RawValue::Date(_)) => Unit::Day,
            _ if format.contains('£') => Unit::Pounds,
            _ if format.contains('%') => Unit::Percentage,
            _ => Unit::Plain,
        }
    }
}

impl Unit {
    /// A value as the cell would show it.
    pub fn show(self, value: &Computed, book: &Book<'_>) -> String {
        match value {
            Computed::Number(number) => self.show_number(*number, book),
            Computed::Text(text) if text.is_empty() => "nothing".to_owned(),
            Computed::Text(text) => quoted(text),
            Computed::Boolean(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
            Computed::Error(error) => error.to_string(),
            Computed::Empty => "nothing".to_owned(),
        }
    }

    fn show_number(self, number: f64, book: &Book<'_>) -> String {
        let plain = to_15_digits(number);
        match self {
            Self::Pounds => match Money::from_number(number) {
                Ok(money) => money.to_string(),
                Err(_) if plain < 0.0 => format!("-£{}", -plain),
                Err(_) => format!("£{plain}"),
            },
            Self::Percentage => format!("{}%", to_15_digits(plain * 100.0)),
            Self::Day => match book.date(number) {
                Some(day) => day.format("%d/%m/%Y").to_string(),
                None => plain.to_string(),
            },
            Self::Plain => match whole(plain) {
                Some(count) => Difference::Count(count).to_string(),
                None => plain.to_string(),
            },
        }
    }

    /// Whether two figures are the same but for less than half a penny, where they are amounts.
    pub fn is_same(self, stated: &Computed, computed: &Computed) -> bool {
        match (self, stated, computed) {
            (Self::Pounds, Computed::Number(stated), Computed::Number(computed)) => {
                (stated - computed).abs() < HALF_A_PENNY
            }
            _ => false,
        }
    }

    /// Two figures in the smallest unit that both are whole in; none for days, texts, and figures that are too large.
    pub fn compared(self, stated: &Computed, computed: &Computed) -> Option<(i64, i64, Figures)> {
        let (Computed::Number(stated), Computed::Number(computed)) = (stated, computed) else { return None };
        let pence = |number: f64| Money::from_number(number).ok().map(Money::pence);
        let parts = |number: f64| (number.abs() < PARTS).then(|| (number * PARTS).round() as i64);
        let both = |of: &dyn Fn(f64) -> Option<i64>| of(*stated).zip(of(*computed));
        match self {
            Self::Day => None,
            Self::Pounds if both(&pence).is_some() => {
                both(&pence).map(|(stated, computed)| (stated, computed, Figures::Pence))
            }
            Self::Plain if both(&|number| whole(to_15_digits(number))).is_some() => {
                both(&|number| whole(to_15_digits(number))).map(|(stated, computed)| (stated, computed, Figures::Ones))
            }
            _ => both(&parts).map(|(stated, computed)| (stated, computed, Figures::Parts)),
        }
    }
}

/// A number that is whole, and small enough to be exact.
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)
}

/// A difference in the smallest unit as findings carry it; none for parts, which are not exact.
pub(super) fn difference(figures: Figures, difference: i64) -> Option<Difference> {
    match figures {
        Figures::Pence => Some(Difference::Money(Money::from_pence(difference))),
        Figures::Ones => Some(Difference::Count(difference)),
        Figures::Parts => None,
    }
}
