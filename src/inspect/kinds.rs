//! What a cell seems to be, from what it holds and how it is shown.

use crate::model::{CellKind, GridCell, Money, RawValue};

/// Texts longer than this are words, whatever stands in them.
const LONGEST_FIGURE: usize = 40;

/// What a cell that holds something seems to be.
pub(super) fn kind_of(cell: &GridCell) -> CellKind {
    if cell.is_without_result() {
        return CellKind::WithoutResult;
    }
    match &cell.raw {
        RawValue::Empty => CellKind::Text,
        RawValue::Text(text) => kind_of_text(text),
        RawValue::Number(number) => kind_of_number(*number, cell.format.as_deref().unwrap_or_default()),
        RawValue::Date(_) => CellKind::Date,
        RawValue::ImpossibleDate(_) => CellKind::Date,
        RawValue::Boolean(_) => CellKind::YesOrNo,
        RawValue::Error(_) | RawValue::Damaged => CellKind::Error,
    }
}

fn kind_of_number(number: f64, format: &str) -> CellKind {
    let whole = number.is_finite() && number.fract() == 0.0;
    match () {
        () if is_money(format) => CellKind::Amount,
        () if format.contains('%') => CellKind::Percentage,
        () if whole => CellKind::WholeNumber,
        () => CellKind::Number,
    }
}

/// Whether a number format shows a currency; in dollars and euros too, since nothing says that a workbook is in pounds.
fn is_money(format: &str) -> bool {
    // `[$-809]` alone is a language, `[$£-809]` a currency.
    let bare = format.replace("[$-", "");
    bare.contains(['£', '€', '$'])
}

/// Whether a number format shows pounds.
pub(super) fn is_pounds(format: &str) -> bool {
    format.contains('£')
}

fn kind_of_text(text: &str) -> CellKind {
    let text = text.trim();
    if text.chars().count() > LONGEST_FIGURE {
        return CellKind::Text;
    }
    if ["yes", "no", "true", "false", "y", "n"].contains(&&*text.to_lowercase()) {
        return CellKind::YesOrNo;
    }
    if is_day(text) {
        CellKind::DateAsText
    } else if is_figure(text) {
        CellKind::NumberAsText
    } else {
        CellKind::Text
    }
}

/// Whether a text is written as a number or an amount. A code such as `00123` is none.
fn is_figure(text: &str) -> bool {
    let bare = text.trim_end_matches('%').trim_end();
    let is_code = bare.starts_with('0') && bare.len() > 1 && bare.bytes().all(|byte| byte.is_ascii_digit());
    let is_number =
        bare.parse::<f64>().is_ok_and(f64::is_finite) && bare.bytes().all(|byte| !byte.is_ascii_alphabetic());
    !is_code && (is_number || Money::from_text(bare).is_ok())
}

/// Whether a text is written as a day, be it in a calendar or not: three parts, of which the middle one is a number or a
/// month and the others numbers, one of them a year.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let [first, middle, last] = parts.as_slice() else { return false };
    let digits =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let first = first.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
    let is_month = digits(middle, 2) || is_month_name(middle);
    // `1 234 567` is a number with spaces, not a day.
    let spaced_figures = text.contains(' ') && digits(middle, 2);
    is_month && !spaced_figures && ((digits(first, 2) && digits(last, 4)) || (digits(first, 4) && digits(last, 2)))
}

fn is_month_name(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.trim_end_matches(',').to_lowercase();
    text.len() >= 3 && text.len() <= 9 && MONTHS.iter().any(|month| text.starts_with(month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_texts_seem_to_be() {
        for (text, expected) in [
            ("Hate Crime", CellKind::Text),
            ("INV-0001", CellKind::Text),
            ("00123", CellKind::Text),
            ("2022-23", CellKind::Text),
            ("1O0.00", CellKind::Text),
            ("nan", CellKind::Text),
            ("12", CellKind::NumberAsText),
            ("£1,250.00", CellKind::NumberAsText),
            ("(125.00)", CellKind::NumberAsText),
            ("12.5%", CellKind::NumberAsText),
            ("15/04/2022", CellKind::DateAsText),
            ("31/02/2023", CellKind::DateAsText),
            ("2022-04-15", CellKind::DateAsText),
            ("15th April 2022", CellKind::DateAsText),
            ("1 to 3", CellKind::Text),
            ("Yes", CellKind::YesOrNo),
        ] {
            assert_eq!(kind_of_text(text), expected, "{text}");
        }
    }

    #[test]
    fn what_numbers_seem_to_be() {
        for (number, format, expected) in [
            (12.0, "", CellKind::WholeNumber),
            (12.5, "", CellKind::Number),
            (12.0, "£#,##0.00", CellKind::Amount),
            (12.0, "[$£-809]#,##0.00", CellKind::Amount),
            (12.0, "[$-809]#,##0.00", CellKind::WholeNumber),
            (0.12, "0%", CellKind::Percentage),
        ] {
            assert_eq!(kind_of_number(number, format), expected, "{number} {format}");
        }
    }
}
