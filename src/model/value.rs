//! What a cell holds, and what it means by its field's type.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Figures, Money, Month, Position};

/// A text that any number of cells share; a pointer long, as there may be ten million of them.
pub type SharedText = arcstr::ArcStr;

/// What a cell holds, as the workbook has it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub enum RawValue {
    /// Nothing.
    #[default]
    Empty,
    /// Text, untrimmed.
    Text(SharedText),
    /// A number, not formatted as a date.
    Number(f64),
    /// A number formatted as a date, or a date cell.
    Date(NaiveDate),
    /// A number formatted as a date that no calendar has, with what the cell holds.
    ImpossibleDate(SharedText),
    /// TRUE or FALSE.
    Boolean(bool),
    /// An error value, for example `#REF!`.
    Error(SharedText),
    /// Something, but the file leaves open what: [`Sheet::damaged`](super::Sheet::damaged) says why.
    Damaged,
}

impl RawValue {
    /// Whether there is nothing to read: an empty cell, or spaces alone (non-breaking ones too).
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The value as a message quotes it.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::ImpossibleDate(text) | Self::Error(text) => text.to_string(),
            Self::Damaged => "(damaged)".to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.format("%d/%m/%Y").to_string(),
            Self::Boolean(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }
}

/// A value by its field's type, normalised: texts are trimmed and their non-breaking spaces made plain.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub enum Value {
    /// Nothing, or nothing that could be read (then [`Cell::converted`] says why).
    #[default]
    Null,
    /// Text, never empty.
    Text(SharedText),
    /// A whole number.
    Integer(i64),
    /// Any other number; a percentage is a number of which 1 is 100%.
    Number(f64),
    /// An amount.
    Money(Money),
    /// A day.
    Date(NaiveDate),
    /// A month.
    Month(Month),
    /// Yes or no.
    Boolean(bool),
}

impl Value {
    /// What it adds to a sum: pence, ones, or thousand-millionths ([`Figures`]). None of what cannot be added exactly.
    pub fn figure(&self) -> Option<i64> {
        match self {
            Self::Money(money) => Some(money.pence()),
            Self::Integer(number) => Some(*number),
            Self::Number(number) => Figures::parts(*number),
            _ => None,
        }
    }
}

/// How a value was got when it was not plainly there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Converted {
    /// It was read from a text: right, but Excel's own sums leave it out or sort it wrongly.
    FromText,
    /// The pack says what the text stands for: a figure, then that is the value; or, with what it means, none.
    Shorthand {
        /// What it means, where it stands for no value.
        meaning: Option<SharedText>,
    },
    /// It could not be read: the value is null, and marked.
    Unreadable(Unreadable),
}

/// Why a cell could not be read as its field's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unreadable {
    /// `#REF!`, `#N/A` and their kin.
    ErrorValue,
    /// A day that no calendar has, such as 31/02/2023.
    ImpossibleDate,
    /// A bare number where a date is wanted: a year, or a serial number without a date format.
    NumberNotDate,
    /// Anything else where a date is wanted.
    NotADate,
    /// Not a month.
    NotAMonth,
    /// Not a whole number.
    NotAWholeNumber,
    /// Not a number.
    NotANumber,
    /// Not an amount.
    NotAnAmount,
    /// An amount in another currency.
    ForeignCurrency,
    /// An amount with digits beyond the penny.
    FractionOfPenny,
    /// Too large, or not finite.
    TooLarge,
    /// Not yes or no.
    NotYesOrNo,
    /// A number of which cannot be told what its format shows, where that is what is meant.
    FormatNotUnderstood,
    /// A formula that was never calculated.
    FormulaWithoutResult,
    /// The file leaves open what the cell holds.
    Damaged,
}

/// A cell of a table, typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Where it stands in its sheet.
    pub position: Position,
    /// What it holds.
    pub raw: RawValue,
    /// What it means.
    pub value: Value,
    /// How the meaning was got, when not plainly.
    pub converted: Option<Converted>,
    /// Its formula, without `=`, where the format gives one.
    pub formula: Option<SharedText>,
}

impl Cell {
    /// A cell that is not there: its column is missing, or the sheet ends before it.
    pub fn absent(position: Position) -> Self {
        Self { position, raw: RawValue::Empty, value: Value::Null, converted: None, formula: None }
    }

    /// Whether the cell holds something that could not be read as its type.
    pub fn is_marked(&self) -> bool {
        matches!(self.converted, Some(Converted::Unreadable(_)))
    }
}
