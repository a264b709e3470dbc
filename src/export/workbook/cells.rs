//! One stored value into one cell.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};

use super::excel_date;
use super::style::{CellStyles, Kind};
use crate::model::{Format, Money, Month, Scalar};

/// The most that a cell of Excel holds, in UTF-16 code units.
const LONGEST: usize = 32_767;
/// Stands where a longer text was cut.
const CUT_MARK: &str = "[…]";

/// What came of writing a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The value stands in the cell, a text as far as there is room.
    Written,
    /// It has not the type that the column's format wants; the cell is empty.
    Misfit,
}

/// Writes a value. Text is written as text whatever it begins with; nothing leaves the cell blank.
pub fn write(
    sheet: &mut Worksheet,
    row: RowNum,
    column: ColNum,
    format: Format,
    value: &Scalar,
    styles: &CellStyles,
) -> Result<Outcome, XlsxError> {
    match content(format, value) {
        Content::Blank => sheet.write_blank(row, column, styles.of(column, Kind::Text))?,
        Content::Number(number, kind) => {
            sheet.write_number_with_format(row, column, number, styles.of(column, kind))?
        }
        Content::Day(day, kind) => match excel_date(day) {
            Some(date) => sheet.write_datetime_with_format(row, column, &date, styles.of(column, kind))?,
            // Excel counts days from 1900; earlier ones can only be words.
            None => sheet.write_string_with_format(row, column, words(day, kind), styles.of(column, Kind::Mark))?,
        },
        Content::Text(text, kind) => {
            sheet.write_string_with_format(row, column, within_cell(text).0, styles.of(column, kind))?
        }
        Content::Misfit => return Ok(Outcome::Misfit),
    };
    Ok(Outcome::Written)
}

/// What a cell is to hold.
#[derive(Debug, PartialEq)]
pub enum Content<'a> {
    /// Nothing.
    Blank,
    /// A number as the file holds it.
    Number(f64, Kind),
    /// A day, or the first day of a month.
    Day(NaiveDate, Kind),
    /// A text, which may be longer than a cell holds.
    Text(&'a str, Kind),
    /// The value has not the type that the column's format wants.
    Misfit,
}

/// What a cell is to hold of a value.
pub fn content(format: Format, value: &Scalar) -> Content<'_> {
    match (format, value) {
        (_, Scalar::Null) => Content::Blank,
        (Format::Text, Scalar::Text(text)) => Content::Text(text, Kind::Text),
        (_, Scalar::Text(text)) if is_shorthand(text) => Content::Text(text, Kind::Mark),
        (Format::Date, Scalar::Text(text)) => {
            NaiveDate::parse_from_str(text, "%Y-%m-%d").map_or(Content::Misfit, |day| Content::Day(day, Kind::Date))
        }
        (Format::Month, Scalar::Text(text)) => {
            text.parse::<Month>().map_or(Content::Misfit, |month| Content::Day(month.first_day(), Kind::Month))
        }
        (Format::Boolean, Scalar::Integer(1)) => Content::Text("Yes", Kind::Text),
        (Format::Boolean, Scalar::Integer(0)) => Content::Text("No", Kind::Text),
        _ => number(format, value).map_or(Content::Misfit, |(number, kind)| Content::Number(number, kind)),
    }
}

/// A value as the number that the file holds (pounds for money), and how it is shown; none when its format wants another
/// type.
pub fn number(format: Format, value: &Scalar) -> Option<(f64, Kind)> {
    match (format, value) {
        (Format::Text, Scalar::Integer(number)) => Some((*number as f64, Kind::Plain)),
        (Format::Text, Scalar::Real(number)) => Some((*number, Kind::Plain)),
        (Format::Integer | Format::Number, Scalar::Integer(number)) => Some((*number as f64, Kind::Count)),
        (Format::Number, Scalar::Real(number)) if number.fract() == 0.0 => Some((*number, Kind::Count)),
        (Format::Number, Scalar::Real(number)) => Some((*number, Kind::Decimal)),
        (Format::Money, Scalar::Integer(pence)) => Some((Money::from_pence(*pence).pounds(), Kind::Money)),
        (Format::Percentage, Scalar::Integer(number)) => Some((*number as f64, Kind::Percentage)),
        (Format::Percentage, Scalar::Real(number)) => Some((*number, Kind::Percentage)),
        _ => None,
    }
}

/// Whether a text is shorthand such as `[x]` or `[low]`, which may stand in a column of numbers.
fn is_shorthand(text: &str) -> bool {
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(|inner| (1..=10).contains(&inner.len()) && inner.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// A day or month before those that Excel counts, in words.
pub fn words(day: NaiveDate, kind: Kind) -> String {
    if kind == Kind::Month { Month::of(day).to_string() } else { day.format("%d/%m/%Y").to_string() }
}

/// Whether a value is a text of which a cell holds only the beginning.
pub fn is_cut(format: Format, value: &Scalar) -> bool {
    matches!((format, value), (Format::Text, Scalar::Text(text)) if text.len() > LONGEST && within_cell(text).1)
}

/// The text as far as a cell holds it, with Excel's line ends, and whether it was cut.
pub fn within_cell(text: &str) -> (Cow<'_, str>, bool) {
    let text = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    };
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return (text, false);
    }
    let room = LONGEST - CUT_MARK.encode_utf16().count();
    let mut used = 0;
    let kept: String = text
        .chars()
        .take_while(|character| {
            used += character.len_utf16();
            used <= room
        })
        .collect();
    (Cow::Owned(kept + CUT_MARK), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Scalar {
        Scalar::Text(text.to_owned())
    }

    #[test]
    fn values_by_format() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        for (format, value, expected) in [
            (Format::Money, Scalar::Integer(3_888_925), Content::Number(38_889.25, Kind::Money)),
            (Format::Money, Scalar::Real(1.5), Content::Misfit),
            (Format::Money, text("1250"), Content::Misfit),
            (Format::Integer, Scalar::Integer(10_817), Content::Number(10_817.0, Kind::Count)),
            (Format::Integer, Scalar::Real(2.5), Content::Misfit),
            (Format::Integer, text("[x]"), Content::Text("[x]", Kind::Mark)),
            (Format::Integer, text("[10]"), Content::Misfit),
            (Format::Number, Scalar::Real(2.5), Content::Number(2.5, Kind::Decimal)),
            (Format::Number, Scalar::Real(85.0), Content::Number(85.0, Kind::Count)),
            (Format::Percentage, Scalar::Real(0.125), Content::Number(0.125, Kind::Percentage)),
            (Format::Date, text("2023-07-19"), Content::Day(day(2023, 7, 19), Kind::Date)),
            (Format::Date, text("2023-02-30"), Content::Misfit),
            (Format::Month, text("2022-04"), Content::Day(day(2022, 4, 1), Kind::Month)),
            (Format::Month, text("April"), Content::Misfit),
            (Format::Boolean, Scalar::Integer(1), Content::Text("Yes", Kind::Text)),
            (Format::Boolean, Scalar::Integer(2), Content::Misfit),
            (Format::Text, Scalar::Integer(16), Content::Number(16.0, Kind::Plain)),
            (Format::Text, text("=1+1"), Content::Text("=1+1", Kind::Text)),
            (Format::Text, Scalar::Null, Content::Blank),
        ] {
            assert_eq!(content(format, &value), expected, "{format:?} {value:?}");
        }
    }

    #[test]
    fn texts_are_cut_where_a_cell_ends() {
        let fits = "é".repeat(32_767);
        assert_eq!(within_cell(&fits), (Cow::Borrowed(fits.as_str()), false));
        let too_long = "😀".repeat(16_384);
        let (cut, was_cut) = within_cell(&too_long);
        assert!(was_cut);
        assert_eq!(cut.encode_utf16().count(), 32_767);
        assert!(cut.ends_with("😀[…]"));
        assert_eq!(within_cell("a\r\nb\rc").0, "a\nb\nc");
    }
}
