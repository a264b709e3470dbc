//! What a cell holds becomes what it means, by its field's type.

use std::sync::Arc;

use super::dates::{self, Days};
use crate::model::{
    AmountError, Cell, Converted, GridCell, Money, Month, Position, RawValue, Unreadable, Value, ungrouped,
};
use crate::schema::{Field, FieldKind, TableSchema};

/// Beyond this, numbers of Excel no longer tell neighbouring whole numbers apart (2^53).
pub(super) const LAST_WHOLE_NUMBER: f64 = 9_007_199_254_740_992.0;

/// The answer for one cell: a value got plainly, a value read from a text, or why there is none.
enum Read {
    Plainly(Value),
    FromText(Value),
    Not(Unreadable),
}

/// A text as values are kept: non-breaking spaces made plain, zero bytes and what has no width left out, trimmed.
pub(super) fn plain(text: &str) -> String {
    let spaced: String = text
        .chars()
        .filter(|character| !matches!(character, '\0' | '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}'))
        .map(|character| if matches!(character, '\u{a0}' | '\u{2007}' | '\u{202f}') { ' ' } else { character })
        .collect();
    spaced.trim().to_owned()
}

/// The typed cell of a field at a place, from what the grid holds there.
pub(super) fn cell(position: Position, found: Option<&GridCell>, field: &Field, schema: &TableSchema) -> Cell {
    let Some(found) = found else { return Cell::absent(position) };
    let (value, converted) = match value(found, field, schema) {
        Read::Plainly(value) => (value, None),
        Read::FromText(value) => (value, Some(Converted::FromText)),
        Read::Not(why) => (Value::Null, Some(Converted::Unreadable(why))),
    };
    Cell { position, raw: found.raw.clone(), value, converted, formula: found.formula.clone() }
}

fn value(found: &GridCell, field: &Field, schema: &TableSchema) -> Read {
    if found.is_without_result() {
        return Read::Not(Unreadable::FormulaWithoutResult);
    }
    let shown = plain(&found.raw.shown());
    if shown.is_empty() || schema.missing_values.iter().any(|missing| plain(missing) == shown) {
        return Read::Plainly(Value::Null);
    }
    if found.raw == RawValue::Damaged {
        return Read::Not(Unreadable::Damaged);
    }
    if matches!(found.raw, RawValue::Error(_)) {
        return Read::Not(Unreadable::ErrorValue);
    }
    match field.kind() {
        FieldKind::Text => text(&found.raw, shown),
        FieldKind::Integer => integer(&found.raw, &shown),
        FieldKind::Number => number(&found.raw, &shown),
        FieldKind::Percentage => percentage(&found.raw, &shown),
        FieldKind::Money => money(&found.raw, &shown),
        FieldKind::Date => date(&found.raw, &shown),
        FieldKind::Month => month(&found.raw, &shown),
        FieldKind::Boolean => boolean(&found.raw, &shown, field),
    }
}

fn text(raw: &RawValue, shown: String) -> Read {
    match raw {
        RawValue::Number(number) if !number.is_finite() => Read::Not(Unreadable::TooLarge),
        _ => Read::Plainly(Value::Text(Arc::from(shown))),
    }
}

fn integer(raw: &RawValue, shown: &str) -> Read {
    let whole = |number: f64| match fifteen_digits(number) {
        number if !number.is_finite() || number.abs() > LAST_WHOLE_NUMBER => Err(Unreadable::TooLarge),
        number if number.fract() != 0.0 => Err(Unreadable::NotAWholeNumber),
        number => Ok(Value::Integer(number as i64)),
    };
    match raw {
        RawValue::Number(number) => whole(*number).map_or_else(Read::Not, Read::Plainly),
        RawValue::Text(_) => match number_from_text(shown) {
            Some(number) => whole(number).map_or_else(Read::Not, Read::FromText),
            None => Read::Not(Unreadable::NotANumber),
        },
        _ => Read::Not(Unreadable::NotANumber),
    }
}

fn number(raw: &RawValue, shown: &str) -> Read {
    match raw {
        RawValue::Number(number) if number.is_finite() => Read::Plainly(Value::Number(*number)),
        RawValue::Number(_) => Read::Not(Unreadable::TooLarge),
        RawValue::Text(_) => match number_from_text(shown) {
            Some(number) => Read::FromText(Value::Number(number)),
            None => Read::Not(Unreadable::NotANumber),
        },
        _ => Read::Not(Unreadable::NotANumber),
    }
}

fn percentage(raw: &RawValue, shown: &str) -> Read {
    match (raw, shown.strip_suffix('%')) {
        (RawValue::Text(_), Some(hundredths)) => match number_from_text(hundredths.trim_end()) {
            Some(number) => Read::FromText(Value::Number(fifteen_digits(number / 100.0))),
            None => Read::Not(Unreadable::NotANumber),
        },
        _ => number(raw, shown),
    }
}

fn money(raw: &RawValue, shown: &str) -> Read {
    let refused = |why: AmountError| {
        Read::Not(match why {
            AmountError::FractionOfPenny => Unreadable::FractionOfPenny,
            AmountError::TooLarge => Unreadable::TooLarge,
            AmountError::ForeignCurrency => Unreadable::ForeignCurrency,
            AmountError::NotAnAmount => Unreadable::NotAnAmount,
        })
    };
    match raw {
        RawValue::Number(number) => {
            Money::from_number(*number).map_or_else(refused, |amount| Read::Plainly(Value::Money(amount)))
        }
        RawValue::Text(_) => {
            Money::from_text(shown).map_or_else(refused, |amount| Read::FromText(Value::Money(amount)))
        }
        _ => Read::Not(Unreadable::NotAnAmount),
    }
}

fn date(raw: &RawValue, shown: &str) -> Read {
    match raw {
        RawValue::Date(date) => Read::Plainly(Value::Date(*date)),
        RawValue::ImpossibleDate(_) => Read::Not(Unreadable::ImpossibleDate),
        RawValue::Number(_) => Read::Not(Unreadable::NumberNotDate),
        RawValue::Text(_) => match dates::from_text(shown) {
            Days::Is(date) => Read::FromText(Value::Date(date)),
            Days::Impossible => Read::Not(Unreadable::ImpossibleDate),
            Days::Number => Read::Not(Unreadable::NumberNotDate),
            Days::Other => Read::Not(Unreadable::NotADate),
        },
        _ => Read::Not(Unreadable::NotADate),
    }
}

fn month(raw: &RawValue, shown: &str) -> Read {
    match raw {
        RawValue::Date(date) => Read::Plainly(Value::Month(Month::of(*date))),
        RawValue::ImpossibleDate(_) => Read::Not(Unreadable::ImpossibleDate),
        RawValue::Text(_) => match (Month::from_text(shown), dates::from_text(shown)) {
            (Some(month), _) => Read::FromText(Value::Month(month)),
            (None, Days::Is(date)) => Read::FromText(Value::Month(Month::of(date))),
            (None, Days::Impossible) => Read::Not(Unreadable::ImpossibleDate),
            _ => Read::Not(Unreadable::NotAMonth),
        },
        _ => Read::Not(Unreadable::NotAMonth),
    }
}

fn boolean(raw: &RawValue, shown: &str, field: &Field) -> Read {
    if let RawValue::Boolean(value) = raw {
        return Read::Plainly(Value::Boolean(*value));
    }
    let lower = shown.to_lowercase();
    // Table Schema's own words, where the field names none.
    let means = |given: &[String], standard: [&str; 2]| {
        let given = given.iter().any(|word| plain(word).to_lowercase() == lower);
        given || (field.true_values.is_empty() && field.false_values.is_empty() && standard.contains(&lower.as_str()))
    };
    if means(&field.true_values, ["true", "1"]) {
        Read::Plainly(Value::Boolean(true))
    } else if means(&field.false_values, ["false", "0"]) {
        Read::Plainly(Value::Boolean(false))
    } else {
        Read::Not(Unreadable::NotYesOrNo)
    }
}

/// A number from a text that is plainly one: `1,234.5`, `-12`, `(12)`, `12-`.
fn number_from_text(text: &str) -> Option<f64> {
    let (negative, rest) = match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => (true, inner.trim()),
        None => match (text.strip_prefix(['-', '\u{2212}']), text.strip_suffix(['-', '\u{2212}'])) {
            (Some(rest), _) => (true, rest.trim_start()),
            (None, Some(rest)) => (true, rest.trim_end()),
            (None, None) => (false, text),
        },
    };
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(fraction) {
        return None;
    }
    let number: f64 = format!("{}.{fraction}", ungrouped(whole)?).parse().ok()?;
    Some(if negative { -number } else { number })
}

/// The number to the 15 significant digits that Excel keeps, so that 12.000000000000002 is 12.
fn fifteen_digits(number: f64) -> f64 {
    if number.is_finite() { format!("{number:.14e}").parse().unwrap_or(number) } else { number }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::schema::parse_yaml;

    fn field(yaml: &str) -> Field {
        let mut mistakes = Vec::new();
        let field = parse_yaml("test.yaml", &format!("name: field\n{yaml}\n"), &mut mistakes);
        field.unwrap_or_else(|| panic!("{mistakes:?}"))
    }

    fn schema() -> TableSchema {
        TableSchema { missing_values: vec!["n/a".to_owned()], ..TableSchema::default() }
    }

    fn typed(raw: RawValue, yaml: &str) -> (Value, Option<Converted>) {
        let found = GridCell { raw, ..GridCell::default() };
        let cell = cell(Position::new(0, 0), Some(&found), &field(yaml), &schema());
        (cell.value, cell.converted)
    }

    fn words(text: &str) -> RawValue {
        RawValue::Text(text.into())
    }

    fn from_text(value: Value) -> (Value, Option<Converted>) {
        (value, Some(Converted::FromText))
    }

    fn unreadable(why: Unreadable) -> (Value, Option<Converted>) {
        (Value::Null, Some(Converted::Unreadable(why)))
    }

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2022, 4, 15).unwrap()
    }

    #[test]
    fn texts() {
        let kind = "type: string";
        assert_eq!(typed(words(" Acquisitive Crime\u{a0}"), kind), (Value::Text("Acquisitive Crime".into()), None));
        assert_eq!(typed(RawValue::Number(1001.0), kind), (Value::Text("1001".into()), None));
        assert_eq!(typed(RawValue::Date(day()), kind), (Value::Text("15/04/2022".into()), None));
        assert_eq!(typed(words(" \u{a0}"), kind), (Value::Null, None));
        assert_eq!(typed(words("n/a"), kind), (Value::Null, None));
        assert_eq!(typed(RawValue::Error("#REF!".into()), kind), unreadable(Unreadable::ErrorValue));
    }

    #[test]
    fn whole_numbers() {
        let kind = "type: integer";
        assert_eq!(typed(RawValue::Number(12.0), kind), (Value::Integer(12), None));
        assert_eq!(typed(RawValue::Number(12.000_000_000_000_002), kind), (Value::Integer(12), None));
        assert_eq!(typed(RawValue::Number(12.5), kind), unreadable(Unreadable::NotAWholeNumber));
        assert_eq!(typed(RawValue::Number(1e300), kind), unreadable(Unreadable::TooLarge));
        assert_eq!(typed(words("1,234"), kind), from_text(Value::Integer(1234)));
        assert_eq!(typed(words("(12)"), kind), from_text(Value::Integer(-12)));
        assert_eq!(typed(words("12.5"), kind), unreadable(Unreadable::NotAWholeNumber));
        for text in ["1,23", "12a", "1e3", "--1", "(-1)", "£12"] {
            assert_eq!(typed(words(text), kind), unreadable(Unreadable::NotANumber), "{text}");
        }
        assert_eq!(typed(RawValue::Boolean(true), kind), unreadable(Unreadable::NotANumber));
    }

    #[test]
    fn numbers_and_percentages() {
        assert_eq!(typed(RawValue::Number(2.5), "type: number"), (Value::Number(2.5), None));
        assert_eq!(typed(RawValue::Number(f64::INFINITY), "type: number"), unreadable(Unreadable::TooLarge));
        assert_eq!(typed(words("2.5"), "type: number"), from_text(Value::Number(2.5)));
        assert_eq!(typed(words("12%"), "type: number"), unreadable(Unreadable::NotANumber));
        let percent = "type: number\ncrosscast: {unit: percent}";
        assert_eq!(typed(RawValue::Number(2.0), percent), (Value::Number(2.0), None));
        assert_eq!(typed(words("12%"), percent), from_text(Value::Number(0.12)));
        assert_eq!(typed(words("most"), percent), unreadable(Unreadable::NotANumber));
    }

    #[test]
    fn amounts() {
        let kind = "type: number\ncrosscast: {unit: GBP}";
        let amount = Value::Money(Money::from_pence(125_000));
        assert_eq!(typed(RawValue::Number(1250.0), kind), (amount.clone(), None));
        assert_eq!(typed(words("£1,250.00"), kind), from_text(amount));
        assert_eq!(typed(words("(125.00)"), kind), from_text(Value::Money(Money::from_pence(-12_500))));
        assert_eq!(typed(words("1O0.00"), kind), unreadable(Unreadable::NotAnAmount));
        assert_eq!(typed(words("€500"), kind), unreadable(Unreadable::ForeignCurrency));
        assert_eq!(typed(RawValue::Number(10.004), kind), unreadable(Unreadable::FractionOfPenny));
        assert_eq!(typed(RawValue::Number(f64::NAN), kind), unreadable(Unreadable::TooLarge));
        assert_eq!(typed(RawValue::Date(day()), kind), unreadable(Unreadable::NotAnAmount));
    }

    #[test]
    fn days_and_months() {
        assert_eq!(typed(RawValue::Date(day()), "type: date"), (Value::Date(day()), None));
        assert_eq!(typed(words("15/04/2022"), "type: date"), from_text(Value::Date(day())));
        assert_eq!(typed(words("31/02/2023"), "type: date"), unreadable(Unreadable::ImpossibleDate));
        assert_eq!(typed(RawValue::Number(2022.0), "type: date"), unreadable(Unreadable::NumberNotDate));
        assert_eq!(typed(words("2022"), "type: date"), unreadable(Unreadable::NumberNotDate));
        assert_eq!(typed(words("soon"), "type: date"), unreadable(Unreadable::NotADate));
        assert_eq!(typed(RawValue::ImpossibleDate("60".into()), "type: date"), unreadable(Unreadable::ImpossibleDate));

        let april = Value::Month(Month::new(2022, 4).unwrap());
        assert_eq!(typed(RawValue::Date(day()), "type: yearmonth"), (april.clone(), None));
        for text in ["April 2022", "2022-04", "15/04/2022"] {
            assert_eq!(typed(words(text), "type: yearmonth"), from_text(april.clone()), "{text}");
        }
        assert_eq!(typed(words("April"), "type: yearmonth"), unreadable(Unreadable::NotAMonth));
        assert_eq!(typed(RawValue::Number(2022.0), "type: yearmonth"), unreadable(Unreadable::NotAMonth));
    }

    #[test]
    fn yes_and_no() {
        let kind = "type: boolean\ntrueValues: [\"Yes\"]\nfalseValues: [\"No\"]";
        assert_eq!(typed(words("yes "), kind), (Value::Boolean(true), None));
        assert_eq!(typed(words("NO"), kind), (Value::Boolean(false), None));
        assert_eq!(typed(RawValue::Boolean(false), kind), (Value::Boolean(false), None));
        assert_eq!(typed(words("true"), kind), unreadable(Unreadable::NotYesOrNo));
        assert_eq!(typed(words("true"), "type: boolean"), (Value::Boolean(true), None));
        assert_eq!(typed(RawValue::Number(1.0), "type: boolean"), (Value::Boolean(true), None));
    }

    #[test]
    fn formulas_without_a_result() {
        let formula: Option<Arc<str>> = Some("SUM(D4:D13)".into());
        let of = |raw| {
            cell(
                Position::new(0, 0),
                Some(&GridCell { raw, formula: formula.clone(), ..GridCell::default() }),
                &field("type: integer"),
                &schema(),
            )
        };
        assert_eq!(of(RawValue::Empty).converted, Some(Converted::Unreadable(Unreadable::FormulaWithoutResult)));
        assert_eq!(of(words("")).converted, None, "a formula whose result is an empty text");
        assert_eq!(of(RawValue::Number(3.0)).value, Value::Integer(3));
    }
}
