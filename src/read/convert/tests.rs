use chrono::NaiveDate;

use super::*;
use crate::model::Money;
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
    let formula: Option<crate::model::SharedText> = Some("SUM(D4:D13)".into());
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
