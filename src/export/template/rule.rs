//! Data validation of Excel's by the constraints of a field: never stricter than what is checked when the workbook is read.
//!
//! Where Excel has no words for a constraint it lets the entry pass: patterns, keys of other workbooks, and that a cell must be
//! filled in, which Excel asks of none that is left alone.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DataValidation, DataValidationRule, Formula, XlsxError};

use super::plan::Span;
use crate::model::{Money, Month};
use crate::schema::{Bound, Field, FieldKind, TableSchema};

/// The longest formula of a rule, in characters.
const LONGEST_FORMULA: usize = 255;
/// The longest list that stands in the rule itself, in characters; a longer one stands on a sheet.
const LONGEST_LIST: usize = 255;
/// The first day that Excel can tell from a small number: those of 1900 are what counts become in a cell of dates.
const FIRST_DAY: (i32, u32, u32) = (1901, 1, 1);
/// What reckoning leaves beyond the penny or the whole, and nobody types: the reader passes over as much.
const RESIDUE: &str = "0.0000000005";

/// What an entry must be.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Rule {
    /// One of these texts.
    List(Vec<String>),
    /// A whole number between two, both included.
    Whole(i32, i32),
    /// A whole number from this on.
    WholeFrom(i32),
    /// A number between two, both included.
    Decimal(f64, f64),
    /// A number from this on.
    DecimalFrom(f64),
    /// A day between two, both included.
    Date(NaiveDate, NaiveDate),
    /// A day from this on.
    DateFrom(NaiveDate),
    /// A formula that comes to TRUE.
    Custom(String),
    /// Anything; only the prompt is shown.
    Any,
}

/// The rule for the entries of a field. `cell` is the first of them, as a formula names it: `F5`; `unique` is the condition
/// that it must fulfil among the others, if it has one.
pub(super) fn rule(field: &Field, schema: &TableSchema, span: &Span<'_>, cell: &str, unique: Option<String>) -> Rule {
    if let Some(list) = list(field, schema) {
        return Rule::List(list);
    }
    let words = further_texts(field, schema);
    if words.is_empty()
        && unique.is_none()
        && let Some(rule) = plain_rule(field, span)
    {
        return rule;
    }
    let own = conditions(field, span, cell);
    let full: Vec<String> = own.iter().cloned().chain(unique).collect();
    let made = [full, own].into_iter().filter(|conditions| !conditions.is_empty()).find_map(|conditions| {
        let all = match conditions.as_slice() {
            [only] => only.clone(),
            several => format!("AND({})", several.join(",")),
        };
        let formula = if words.is_empty() {
            all
        } else {
            let texts: Vec<String> = words.iter().map(|text| format!("{cell}={}", quoted(text))).collect();
            format!("OR({},{all})", texts.join(","))
        };
        (formula.chars().count() < LONGEST_FORMULA).then_some(formula)
    });
    made.map_or(Rule::Any, Rule::Custom)
}

/// The texts among which an entry is chosen; none where it is free.
pub(super) fn list(field: &Field, schema: &TableSchema) -> Option<Vec<String>> {
    let mut texts = field.constraints.allowed.clone();
    if field.kind() == FieldKind::Boolean {
        texts = field.true_values.iter().chain(&field.false_values).cloned().collect();
        if texts.is_empty() {
            texts = vec!["TRUE".to_owned(), "FALSE".to_owned()];
        }
    }
    if texts.is_empty() {
        return None;
    }
    texts.extend(further_texts(field, schema));
    let mut seen = Vec::new();
    texts.retain(|text| {
        let is_first = !seen.contains(text);
        seen.push(text.clone());
        is_first
    });
    Some(texts)
}

/// Whether a list can stand in the rule itself: it is short, and no comma is in its texts, nor a space at their ends.
pub(super) fn is_short_list(texts: &[String]) -> bool {
    let length: usize = texts.iter().map(|text| text.encode_utf16().count() + 1).sum();
    length <= LONGEST_LIST && texts.iter().all(|text| !text.contains([',', '"', '\n']) && text.trim() == text)
}

/// Texts that may stand where a number or day is wanted: what the pack knows as shorthand, and as no value.
fn further_texts(field: &Field, schema: &TableSchema) -> Vec<String> {
    let shorthand = schema.shorthand_of(field).map(|(text, _)| text.to_owned());
    shorthand.chain(schema.missing_values.iter().filter(|text| !text.trim().is_empty()).cloned()).collect()
}

/// The rule in Excel's own words, for fields of which these say all.
fn plain_rule(field: &Field, span: &Span<'_>) -> Option<Rule> {
    let is_as_it_stands = field.crosscast.factor.is_none() && !field.crosscast.display;
    let bound = |bound: &Option<Bound>| bound.as_ref().map(|bound| bound.text().to_owned());
    let (least, most) = (bound(&field.constraints.minimum), bound(&field.constraints.maximum));
    match field.kind() {
        FieldKind::Date | FieldKind::Month => {
            let (first, last) = days(field, span);
            Some(last.map_or(Rule::DateFrom(first), |last| Rule::Date(first, last)))
        }
        FieldKind::Integer if is_as_it_stands => {
            let (least, most) = (least?.parse().ok()?, most.map(|most| most.parse()).transpose().ok()?);
            Some(most.map_or(Rule::WholeFrom(least), |most| Rule::Whole(least, most)))
        }
        FieldKind::Number | FieldKind::Percentage if is_as_it_stands => {
            let (least, most) = (least?.parse().ok()?, most.map(|most| most.parse()).transpose().ok()?);
            Some(most.map_or(Rule::DecimalFrom(least), |most| Rule::Decimal(least, most)))
        }
        _ => None,
    }
}

/// The first and the last day that a field of days or months leaves.
pub(super) fn days(field: &Field, span: &Span<'_>) -> (NaiveDate, Option<NaiveDate>) {
    let (year, month, day) = FIRST_DAY;
    let earliest = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let of_bound = |bound: &Option<Bound>, is_last: bool| {
        let text = bound.as_ref()?.text();
        let month =
            || text.parse::<Month>().ok().map(|month| if is_last { month.last_day() } else { month.first_day() });
        text.parse::<NaiveDate>().ok().or_else(month)
    };
    let (first, last) = span.days(field.crosscast.window).unzip();
    let least = of_bound(&field.constraints.minimum, false);
    let most = of_bound(&field.constraints.maximum, true);
    let first = first.into_iter().chain(least).chain([earliest]).max().unwrap_or(earliest);
    (first, last.into_iter().chain(most).min())
}

/// What must hold of an entry, each as a formula.
fn conditions(field: &Field, span: &Span<'_>, cell: &str) -> Vec<String> {
    let mut all = Vec::new();
    match field.kind() {
        FieldKind::Text => {
            // Spaces at the ends do not count when the text is read; Excel's TRIM takes more away, and so it refuses no more.
            all.extend(field.constraints.min_length.map(|least| format!("LEN({cell})>={least}")));
            all.extend(field.constraints.max_length.map(|most| format!("LEN(TRIM({cell}))<={most}")));
        }
        FieldKind::Boolean => {}
        FieldKind::Date | FieldKind::Month => {
            let (first, last) = days(field, span);
            let written = |day: NaiveDate| format!("DATE({},{},{})", day.year(), day.month(), day.day());
            all.push(format!("ISNUMBER({cell})"));
            all.push(format!("{cell}>={}", written(first)));
            all.extend(last.map(|last| format!("{cell}<={}", written(last))));
        }
        kind => {
            all.push(format!("ISNUMBER({cell})"));
            if !field.crosscast.display {
                all.extend(of_figures(field, kind, cell));
            }
        }
    }
    all
}

/// What must hold of a figure: that nothing is left beyond the penny or the whole, and its bounds.
fn of_figures(field: &Field, kind: FieldKind, cell: &str) -> Vec<String> {
    let figure = field.crosscast.factor.map_or_else(|| cell.to_owned(), |factor| format!("{cell}*{factor}"));
    let mut all = Vec::new();
    match kind {
        FieldKind::Money => all.push(format!("ABS({figure}-ROUND({figure},2))<{RESIDUE}")),
        FieldKind::Integer => all.push(format!("ABS({figure}-ROUND({figure},0))<{RESIDUE}")),
        _ => {}
    }
    let written = |bound: &Option<Bound>| {
        let text = bound.as_ref()?.text();
        match kind {
            FieldKind::Money => Money::from_text(text).ok().map(pounds),
            _ => text.parse::<f64>().ok().map(|number| number.to_string()),
        }
    };
    all.extend(written(&field.constraints.minimum).map(|least| format!("{figure}>={least}")));
    all.extend(written(&field.constraints.maximum).map(|most| format!("{figure}<={most}")));
    all
}

/// An amount as a formula has it: `1250.5`.
fn pounds(amount: Money) -> String {
    let pence = amount.pence();
    let sign = if pence < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", pence.unsigned_abs() / 100, pence.unsigned_abs() % 100)
}

/// The condition that an entry stands only once among those of its column; with `others`, the further columns of its key,
/// that no other row has the same in all of them. Each is `(first cell of the column, its cells)`, such as `(B5, B$5:B$44)`.
pub(super) fn once(columns: &[(String, String)]) -> Option<String> {
    let same: Vec<String> = columns.iter().map(|(cell, cells)| format!("EXACT({cells},{cell})")).collect();
    match same.as_slice() {
        [] => None,
        [only] => Some(format!("SUMPRODUCT(--{only})<2")),
        several => {
            // A key of which a part is empty is not yet one.
            let empty: Vec<String> = columns.iter().map(|(cell, _)| format!("{cell}=\"\"")).collect();
            Some(format!("OR({},SUMPRODUCT({})<2)", empty.join(","), several.join("*")))
        }
    }
}

/// A text within a formula.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

impl Rule {
    /// The rule as the workbook holds it. `listed` is where a list that does not fit into a rule stands: `=Lists!$A$2:$A$9`.
    pub fn validation(&self, listed: Option<&str>) -> Result<DataValidation, XlsxError> {
        let validation = DataValidation::new();
        let day = |day: &NaiveDate| Formula::new(serial(*day).to_string());
        Ok(match self {
            Self::List(texts) => match listed {
                Some(cells) => validation.allow_list_formula(Formula::new(cells)),
                None => validation.allow_list_strings(texts)?,
            },
            Self::Whole(least, most) => validation.allow_whole_number(DataValidationRule::Between(*least, *most)),
            Self::WholeFrom(least) => validation.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(*least)),
            Self::Decimal(least, most) => validation.allow_decimal_number(DataValidationRule::Between(*least, *most)),
            Self::DecimalFrom(least) => {
                validation.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(*least))
            }
            Self::Date(first, last) => {
                validation.allow_date_formula(DataValidationRule::Between(day(first), day(last)))
            }
            Self::DateFrom(first) => {
                validation.allow_date_formula(DataValidationRule::GreaterThanOrEqualTo(day(first)))
            }
            Self::Custom(formula) => validation.allow_custom(Formula::new(formula)),
            Self::Any => validation.allow_any_value(),
        })
    }
}

/// The number by which Excel knows a day.
pub(super) fn serial(day: NaiveDate) -> i64 {
    // 30 December 1899, from which Excel counts the days of March 1900 and later.
    day.signed_duration_since(NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default()).num_days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Year, parse_yaml};

    /// The rule of the first field of a table, in words.
    fn of(yaml: &str) -> Rule {
        let mut mistakes = Vec::new();
        let schema: Option<TableSchema> = parse_yaml("tables/test.yaml", yaml, &mut mistakes);
        let schema = schema.unwrap_or_else(|| panic!("{mistakes:?}"));
        let day = |text: &str| text.parse().unwrap();
        let year = Year {
            name: "2022-23".into(),
            start: day("2022-04-01"),
            end: day("2023-03-31"),
            approved_total: None,
            committee_date: None,
        };
        let span = Span { year: &year, month: Some("2022-04".parse().unwrap()) };
        let unique = schema.fields[0].constraints.unique;
        let unique = unique.then(|| once(&[("A5".to_owned(), "A$5:A$9".to_owned())])).flatten();
        rule(&schema.fields[0], &schema, &span, "A5", unique)
    }

    fn custom(formula: &str) -> Rule {
        Rule::Custom(formula.to_owned())
    }

    #[test]
    fn rules_by_constraints() {
        let field = |words: &str| of(&format!("fields:\n  - {{name: a, {words}}}\n"));
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(field("type: string"), Rule::Any);
        assert_eq!(field("type: string, constraints: {pattern: 'A.*'}"), Rule::Any);
        assert_eq!(field("type: string, constraints: {enum: [A, B]}"), Rule::List(vec!["A".into(), "B".into()]));
        assert_eq!(field("type: boolean"), Rule::List(vec!["TRUE".into(), "FALSE".into()]));
        assert_eq!(
            field("type: string, constraints: {minLength: 2, maxLength: 9}"),
            custom("AND(LEN(A5)>=2,LEN(TRIM(A5))<=9)")
        );
        assert_eq!(field("type: string, constraints: {unique: true}"), custom("SUMPRODUCT(--EXACT(A$5:A$9,A5))<2"));
        assert_eq!(field("type: integer, constraints: {minimum: 0}"), Rule::WholeFrom(0));
        assert_eq!(field("type: integer, constraints: {minimum: 1, maximum: 5}"), Rule::Whole(1, 5));
        assert_eq!(field("type: integer"), custom("AND(ISNUMBER(A5),ABS(A5-ROUND(A5,0))<0.0000000005)"));
        assert_eq!(field("type: number, constraints: {minimum: 0.5}"), Rule::DecimalFrom(0.5));
        assert_eq!(field("type: number"), custom("ISNUMBER(A5)"));
        assert_eq!(
            field("type: number, constraints: {minimum: 0.01}, crosscast: {unit: GBP}"),
            custom("AND(ISNUMBER(A5),ABS(A5-ROUND(A5,2))<0.0000000005,A5>=0.01)")
        );
        assert_eq!(
            field("type: number, crosscast: {unit: GBP, factor: 1000, shorthand: {'-': 0}}"),
            custom("OR(A5=\"-\",AND(ISNUMBER(A5),ABS(A5*1000-ROUND(A5*1000,2))<0.0000000005))")
        );
        assert_eq!(field("type: date, crosscast: {window: month}"), Rule::Date(day("2022-04-01"), day("2022-04-30")));
        assert_eq!(
            field("type: date, constraints: {minimum: 2022-06-01}, crosscast: {window: year}"),
            Rule::Date(day("2022-06-01"), day("2023-03-31"))
        );
        assert_eq!(field("type: date"), Rule::DateFrom(day("1901-01-01")));
    }

    #[test]
    fn keys_of_several_columns() {
        let columns = [("A5", "A$5:A$9"), ("B5", "B$5:B$9")].map(|(cell, cells)| (cell.to_owned(), cells.to_owned()));
        assert_eq!(
            once(&columns).as_deref(),
            Some("OR(A5=\"\",B5=\"\",SUMPRODUCT(EXACT(A$5:A$9,A5)*EXACT(B$5:B$9,B5))<2)")
        );
        assert_eq!(once(&[]), None);
    }

    #[test]
    fn lists_that_do_not_fit_into_a_rule() {
        let texts = |count: usize| vec!["ABCD".to_owned(); count];
        assert!(is_short_list(&texts(51)) && !is_short_list(&texts(52)));
        assert!(!is_short_list(&["Repairs, roads".to_owned()]));
    }

    #[test]
    fn days_as_excel_counts_them() {
        assert_eq!(serial("1901-01-01".parse().unwrap()), 367);
        assert_eq!(serial("2022-04-01".parse().unwrap()), 44_652);
    }
}
