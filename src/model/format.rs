//! How stored values are shown: one set of formats for messages, the workbook, the PDF and the HTML.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::money::grouped;
use super::{Money, Month, Scalar};

/// Stands for a figure that is kept back, for example a small count that points to a person: the shorthand for
/// "confidential" in public spreadsheets (Analysis Function guidance).
pub const SUPPRESSED: &str = "[c]";

/// A format that the pack can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// As it is.
    #[default]
    Text,
    /// A count: `10,817`.
    Integer,
    /// A number with the decimals it has, at most two: `2.5`.
    Number,
    /// Pence as pounds: `£139,250.00`.
    Money,
    /// A number of which 1 is 100%: `12.5%`.
    Percentage,
    /// A day: `19 July 2023`.
    Date,
    /// A month: `April 2022`.
    Month,
    /// 1 is `Yes`, 0 is `No`.
    Boolean,
}

/// Said of a value that has not the type its format wants.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value} cannot be shown in the format {format}")]
pub struct FormatError {
    value: String,
    format: Format,
}

/// The name by which the pack gives the format.
impl std::fmt::Display for Format {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&format!("{self:?}").to_lowercase())
    }
}

/// A day as reports write it: `19 July 2023`.
pub fn long_date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), Month::of(date).name(), date.year())
}

impl Format {
    /// The value as text; nothing is shown as an empty text, and what is suppressed as [`SUPPRESSED`].
    ///
    /// # Errors
    /// [`FormatError`] when the value has another type than the format wants.
    pub fn show(self, value: &Scalar) -> Result<String, FormatError> {
        let refuse = || FormatError { value: Self::Text.show(value).unwrap_or_default(), format: self };
        if value.is_null() {
            return Ok(String::new());
        }
        if value.is_suppressed() {
            return Ok(SUPPRESSED.to_owned());
        }
        match self {
            Self::Text => Ok(match value {
                Scalar::Text(text) => text.clone(),
                Scalar::Integer(number) => number.to_string(),
                Scalar::Real(number) => number.to_string(),
                Scalar::Null => String::new(),
            }),
            Self::Integer => value.as_integer().map(signed_groups).ok_or_else(refuse),
            Self::Number => match value {
                Scalar::Integer(number) => Ok(signed_groups(*number)),
                Scalar::Real(number) => Ok(trimmed(*number)),
                _ => Err(refuse()),
            },
            Self::Money => value.as_integer().map(|pence| Money::from_pence(pence).to_string()).ok_or_else(refuse),
            Self::Percentage => match value {
                Scalar::Integer(number) => Ok(format!("{}%", signed_groups(number * 100))),
                Scalar::Real(number) => Ok(format!("{}%", one_decimal(number * 100.0))),
                _ => Err(refuse()),
            },
            Self::Date => value
                .as_text()
                .and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
                .map(long_date)
                .ok_or_else(refuse),
            Self::Month => value
                .as_text()
                .and_then(|text| text.parse::<Month>().ok())
                .map(|month| month.to_string())
                .ok_or_else(refuse),
            Self::Boolean => match value.as_integer() {
                Some(0) => Ok("No".to_owned()),
                Some(1) => Ok("Yes".to_owned()),
                _ => Err(refuse()),
            },
        }
    }

    /// Whether values of this format are set to the right in tables.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Integer | Self::Number | Self::Money | Self::Percentage)
    }
}

fn signed_groups(number: i64) -> String {
    format!("{}{}", if number < 0 { "-" } else { "" }, grouped(number.unsigned_abs()))
}

/// At most two decimals, without trailing zeros.
fn trimmed(number: f64) -> String {
    let text = format!("{:.2}", number.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.trim_end_matches('0');
    let whole = whole.parse::<u64>().map_or_else(|_| whole.to_owned(), grouped);
    let sign = if number < 0.0 && (whole != "0" || !fraction.is_empty()) { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// One decimal, or none when it is zero.
fn one_decimal(number: f64) -> String {
    trimmed((number * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let text = |text: &str| Scalar::Text(text.to_owned());
        for (format, value, shown) in [
            (Format::Integer, Scalar::Integer(10817), "10,817"),
            (Format::Integer, Scalar::Integer(-2), "-2"),
            (Format::Number, Scalar::Real(2.5), "2.5"),
            (Format::Number, Scalar::Real(-0.001), "0"),
            (Format::Number, Scalar::Real(5000.0), "5,000"),
            (Format::Money, Scalar::Integer(600_000), "£6,000.00"),
            (Format::Percentage, Scalar::Real(2.0), "200%"),
            (Format::Percentage, Scalar::Real(0.0044), "0.4%"),
            (Format::Percentage, Scalar::Real(-0.125), "-12.5%"),
            (Format::Date, text("2023-07-19"), "19 July 2023"),
            (Format::Month, text("2022-04"), "April 2022"),
            (Format::Boolean, Scalar::Integer(1), "Yes"),
            (Format::Text, Scalar::Null, ""),
            (Format::Integer, Scalar::Real(f64::INFINITY), "[c]"),
            (Format::Text, Scalar::Real(f64::NEG_INFINITY), "[c]"),
        ] {
            assert_eq!(format.show(&value).as_deref(), Ok(shown), "{format:?} {value:?}");
        }
        assert!(Format::Money.show(&Scalar::Real(1.5)).is_err());
        assert!(Format::Date.show(&text("2023-02-30")).is_err());
        assert!(Format::Boolean.show(&Scalar::Integer(2)).is_err());
    }
}
