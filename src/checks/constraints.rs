//! Constraints of a field: what must be there, and what the values must satisfy.

use std::cmp::Ordering::{self, Greater, Less};

use super::registry::{About, Check};
use super::runs::{Fault, Run, gather};
use super::view::ColumnView;
use super::words::{in_sentence, listed, meant, named, quoted, shown};
use crate::model::{Cell, Money, Outcome, Severity, Suggestion, Value, likely_match};
use crate::schema::{Bound, Field, FieldKind};

/// The longest list of allowed texts that a message names whole.
const LONGEST_LIST: usize = 6;

/// An error that no explanation can cover.
const fn error(code: &'static str, title: &'static str, about: About) -> Check {
    Check { code, severity: Severity::Error, explainable: false, title, about }
}

const REQUIRED_VALUE: Check = error(
    "required-value",
    "A cell that must be filled in is empty",
    About {
        meaning: "The cell holds nothing, or spaces alone.",
        why: "The row cannot be placed, counted or traced without it.",
        example: "A payment without the date on which it was paid.",
        mend: "Fill in the cell, or delete the row if it is not needed.",
    },
);

const PATTERN_MISMATCH: Check = error(
    "pattern-mismatch",
    "A text does not have the form of its column",
    About {
        meaning: "References and codes follow a form, and this one does not.",
        why: "A reference with a slip in it leads nowhere, and hides a repeated one.",
        example: "INV 12 where the others read INV-0012.",
        mend: "Type the reference as the others are written.",
    },
);

const NOT_IN_LIST: Check = error(
    "not-in-list",
    "A text is not one of those allowed",
    About {
        meaning: "The column allows a list of texts, and the cell holds another.",
        why: "Rows are grouped by these texts: a misspelt one becomes a group of its own or is left out.",
        example: "Compleet where the stages are In progress, With Home Office and Published.",
        mend: "Choose one of the texts on the list.",
    },
);

const TOO_SMALL: Check = error(
    "too-small",
    "A value is below the least that it may be",
    About {
        meaning: "The value is smaller than the least that its column allows.",
        why: "A count below nothing, or an amount with the wrong sign, lowers a total.",
        example: "-4 people supported.",
        mend: "Look the figure up and correct it.",
    },
);

const TOO_LARGE: Check = error(
    "too-large",
    "A value is above the most that it may be",
    About {
        meaning: "The value is greater than the most that its column allows.",
        why: "A slip of the decimal point or a figure in the wrong column raises a total.",
        example: "250 under a percentage that ends at 100.",
        mend: "Look the figure up and correct it.",
    },
);

const TOO_SHORT: Check = error(
    "too-short",
    "A text is too short",
    About {
        meaning: "The text has fewer characters than its column asks for.",
        why: "An explanation or a name of a letter or two tells a reader nothing.",
        example: "ok, where a reason is asked for.",
        mend: "Write the text out.",
    },
);

const TOO_LONG: Check = error(
    "too-long",
    "A text is too long",
    About {
        meaning: "The text has more characters than its column allows.",
        why: "It would not fit where it is printed.",
        example: "A whole e-mail pasted into a description.",
        mend: "Shorten the text.",
    },
);

pub(super) static CHECKS: [&Check; 7] =
    [&REQUIRED_VALUE, &PATTERN_MISMATCH, &NOT_IN_LIST, &TOO_SMALL, &TOO_LARGE, &TOO_SHORT, &TOO_LONG];

/// Judges a column's values. What could not be read as its type is not judged here.
pub(super) fn check(column: ColumnView<'_>, outcome: &mut Outcome) {
    let field = column.field;
    let example = example_of_pattern(column);
    let faults = column.cells().enumerate().flat_map(|(line, cell)| {
        broken(cell, column).into_iter().map(move |(check, cause)| Fault {
            check,
            line,
            position: cell.position,
            cause,
            shown: shown(&cell.value),
        })
    });
    for run in gather(faults) {
        let (message, fix) = words(&run, column, example);
        let mut finding = run.finding(column, message, fix);
        if run.is_single() && run.check.code != REQUIRED_VALUE.code {
            finding.actual = run.shown.first().cloned();
        }
        finding.expected = bound_of(run.check, field).map(|bound| bound_shown(bound, field));
        if run.check.code == NOT_IN_LIST.code {
            finding.suggestions.extend(likely_text(&run, column));
        }
        outcome.findings.push(finding);
    }
}

/// The constraints that a cell breaks, each with what keeps it apart from other breaches in one finding.
fn broken(cell: &Cell, column: ColumnView<'_>) -> Vec<(&'static Check, String)> {
    if cell.is_marked() {
        return Vec::new();
    }
    let field = column.field;
    let constraints = &field.constraints;
    let mut broken: Vec<(&'static Check, String)> = Vec::new();
    match &cell.value {
        Value::Null => {
            let in_key = column.of.schema.primary_key.iter().any(|name| name == field.name);
            if constraints.required || in_key {
                broken.push((&REQUIRED_VALUE, String::new()));
            }
        }
        Value::Text(text) => {
            let length = text.chars().count();
            if constraints.pattern.as_ref().is_some_and(|pattern| !pattern.is_match(text)) {
                broken.push((&PATTERN_MISMATCH, String::new()));
            }
            if !constraints.allowed.is_empty() && !constraints.allowed.iter().any(|allowed| **allowed == **text) {
                broken.push((&NOT_IN_LIST, text.to_string()));
            }
            if constraints.min_length.is_some_and(|least| length < least) {
                broken.push((&TOO_SHORT, String::new()));
            }
            if constraints.max_length.is_some_and(|most| length > most) {
                broken.push((&TOO_LONG, String::new()));
            }
        }
        value => {
            if constraints.minimum.as_ref().is_some_and(|bound| compare(value, bound) == Some(Less)) {
                broken.push((&TOO_SMALL, String::new()));
            }
            if constraints.maximum.as_ref().is_some_and(|bound| compare(value, bound) == Some(Greater)) {
                broken.push((&TOO_LARGE, String::new()));
            }
            // A number can be listed too, by the text that it is written as.
            let as_written = || cell.raw.shown();
            if !constraints.allowed.is_empty() && !constraints.allowed.contains(&as_written()) {
                broken.push((&NOT_IN_LIST, as_written()));
            }
        }
    }
    broken
}

/// The value against a bound of its type; the pack has made sure that they are of one type.
fn compare(value: &Value, bound: &Bound) -> Option<Ordering> {
    let text = bound.text();
    match value {
        Value::Money(money) => Some(money.cmp(&Money::from_text(text).ok()?)),
        Value::Integer(number) => Some(number.cmp(&text.parse().ok()?)),
        Value::Number(number) => number.partial_cmp(&text.parse().ok()?),
        Value::Date(date) => Some(date.cmp(&text.parse().ok()?)),
        Value::Month(month) => Some(month.cmp(&text.parse().ok()?)),
        Value::Null | Value::Text(_) | Value::Boolean(_) => None,
    }
}

fn bound_of<'a>(check: &Check, field: &'a Field) -> Option<&'a Bound> {
    match check.code {
        "too-small" => field.constraints.minimum.as_ref(),
        "too-large" => field.constraints.maximum.as_ref(),
        _ => None,
    }
}

/// The bound as its field's values are shown.
fn bound_shown(bound: &Bound, field: &Field) -> String {
    let text = bound.text();
    let value = match field.kind() {
        FieldKind::Money => Money::from_text(text).ok().map(Value::Money),
        FieldKind::Integer => text.parse().ok().map(Value::Integer),
        FieldKind::Date => text.parse().ok().map(Value::Date),
        FieldKind::Month => text.parse().ok().map(Value::Month),
        _ => None,
    };
    value.map_or_else(|| text.to_owned(), |value| shown(&value))
}

/// A text of the column that has the form asked for: an officer reads an example more easily than a pattern.
fn example_of_pattern(column: ColumnView<'_>) -> Option<&str> {
    let pattern = column.field.constraints.pattern.as_ref()?;
    column.cells().find_map(|cell| match &cell.value {
        Value::Text(text) if pattern.is_match(text) => Some(&**text),
        _ => None,
    })
}

/// The message and the fix for a run of cells that break one constraint.
fn words(run: &Run, column: ColumnView<'_>, example: Option<&str>) -> (String, String) {
    let field = column.field;
    let heading = field.heading();
    let ranges = run.ranges();
    let says = format!("{ranges} {} {}", if run.is_single() { "says" } else { "say" }, named(&run.shown));
    let here = if run.is_single() { ranges.clone() } else { format!("each of {ranges}") };
    let bound = bound_of(run.check, field).map(|bound| bound_shown(bound, field)).unwrap_or_default();
    let characters = |limit: Option<usize>| format!("{} characters", limit.unwrap_or_default());
    match run.check.code {
        "required-value" => {
            let every = if run.is_single() { String::new() } else { format!(" in each of {ranges}") };
            let rest = if column.of.is_form() { "" } else { ", or delete the row if it is not needed" };
            (format!("Enter the {}{every}.", in_sentence(heading)), format!("Fill in {here}{rest}."))
        }
        "pattern-mismatch" => {
            let form = match example {
                Some(example) => format!("have the form of the others, such as {}", quoted(example)),
                None if !field.description.trim().is_empty() => {
                    format!("be as described: {}", field.description.trim().trim_end_matches('.'))
                }
                None => "have the form that the pack asks for".to_owned(),
            };
            (format!("{heading} must {form}; {says}."), format!("Correct {here}."))
        }
        "not-in-list" => {
            let allowed: Vec<String> = field.constraints.allowed.iter().map(|text| quoted(text)).collect();
            let which = if allowed.len() <= LONGEST_LIST {
                format!("be {}", listed(&allowed, "or"))
            } else {
                format!("be one of {} texts, such as {}", allowed.len(), listed(&allowed[..3], "or"))
            };
            (format!("{heading} must {which}; {says}."), format!("Choose one of these for {here}."))
        }
        "too-small" => (format!("{heading} must be {bound} or more; {says}."), format!("Correct {here}.")),
        "too-large" => (format!("{heading} must be {bound} or less; {says}."), format!("Correct {here}.")),
        "too-short" => (
            format!("{heading} must have at least {}; {says}.", characters(field.constraints.min_length)),
            format!("Write {here} out."),
        ),
        _ => (
            format!("{heading} must have at most {}; {says}.", characters(field.constraints.max_length)),
            format!("Shorten {here}."),
        ),
    }
}

/// The allowed text that was likely meant. The texts of a run are equal, so that the first speaks for all.
fn likely_text(run: &Run, column: ColumnView<'_>) -> Option<Suggestion> {
    let first = run.area.first;
    let cell = column.cells().find(|cell| cell.position == first)?;
    let Value::Text(given) = &cell.value else { return None };
    let likely = likely_match(given, column.field.constraints.allowed.iter().map(String::as_str))?;
    Some(Suggestion { text: meant(given, likely), cells: Vec::new() })
}
