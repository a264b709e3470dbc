//! Constraints of a field: what must be there, and what the values must satisfy.

use std::cmp::Ordering::{self, Greater, Less};

use super::runs::{Fault, Run, gather};
use super::view::ColumnView;
use super::words::{in_sentence, meant, quoted, shown};
use super::{Context, unwritten, values};
use crate::model::{About, Cell, Check, Converted, Money, Outcome, Over, Suggestion, Value, likely_match, listed};
use crate::schema::{Bound, Field, FieldKind, TableSchema};

/// The longest list of allowed texts that a message names whole.
const LONGEST_LIST: usize = 6;

/// A check of the values of a column.
pub(super) struct Constraint {
    /// What it is known by.
    pub check: Check,
    /// Whether a field asks for it.
    asked_by: fn(&TableSchema, &Field) -> bool,
    /// Whether a cell breaks it; then what keeps the cell apart from others that do. Cells that could not be read as
    /// their type are not asked.
    broken_by: fn(&Cell, &Field) -> Option<String>,
    /// The words for a run of cells that break it.
    words: fn(&Run, ColumnView<'_>) -> Words,
}

/// What a finding says.
struct Words {
    message: String,
    fix: String,
    expected: Option<String>,
    suggestion: Option<Suggestion>,
}

impl Words {
    fn new(message: String, fix: String) -> Self {
        Self { message, fix, expected: None, suggestion: None }
    }
}

static REQUIRED_VALUE: Constraint = Constraint {
    check: Check::error(
        "required-value",
        "A cell that must be filled in is empty",
        About {
            meaning: "The cell holds nothing, or spaces alone.",
            why: "The row cannot be placed, counted or traced without it.",
            example: "A payment without the date on which it was paid.",
            mend: "Fill in the cell, or delete the row if it is not needed.",
        },
    ),
    asked_by: |schema, field| field.constraints.required || schema.primary_key.iter().any(|name| *name == field.name),
    // A text that stands for no value and says why, as the pack has it, fills its cell.
    broken_by: |cell, _| {
        (cell.value == Value::Null && !matches!(cell.converted, Some(Converted::Shorthand { .. }))).then(String::new)
    },
    words: |run, column| {
        let every = run.either(String::new(), format!(" in each of {}", run.ranges()));
        let rest = if column.of.is_form() { "" } else { ", or delete the row if it is not needed" };
        let heading = in_sentence(column.field.heading());
        Words::new(format!("Enter the {heading}{every}."), format!("Fill in {}{rest}.", run.each()))
    },
};

static PATTERN_MISMATCH: Constraint = Constraint {
    check: Check::error(
        "pattern-mismatch",
        "A text does not have the form of its column",
        About {
            meaning: "References and codes follow a form, and this one does not.",
            why: "A reference with a slip in it leads nowhere, and hides a repeated one.",
            example: "INV 12 where the others read INV-0012.",
            mend: "Type the reference as the others are written.",
        },
    )
    .over(Over::Values),
    asked_by: |_, field| field.constraints.pattern.is_some(),
    broken_by: |cell, field| {
        let pattern = field.constraints.pattern.as_ref()?;
        text_of(cell).filter(|text| !pattern.is_match(text)).map(|_| String::new())
    },
    words: |run, column| {
        let description = column.field.description.trim().trim_end_matches('.');
        let form = match example_of_pattern(column) {
            Some(example) => format!("have the form of the others, such as {}", quoted(example)),
            None if !description.is_empty() => format!("be as described: {description}"),
            None => "have the form that is asked for".to_owned(),
        };
        must(run, column, &form)
    },
};

static NOT_IN_LIST: Constraint = Constraint {
    check: Check::error(
        "not-in-list",
        "A text is not one of those allowed",
        About {
            meaning: "The column allows a list of texts, and the cell holds another.",
            why: "Rows are grouped by these texts: a misspelt one becomes a group of its own or is left out.",
            example: "Compleet where the stages are In progress, With Home Office and Published.",
            mend: "Choose one of the texts on the list.",
        },
    )
    .over(Over::Values),
    asked_by: |_, field| !field.constraints.allowed.is_empty(),
    broken_by: |cell, field| {
        let is_listed = |text: &str| field.constraints.allowed.iter().any(|allowed| allowed == text);
        match &cell.value {
            Value::Null => None,
            Value::Text(text) => (!is_listed(text)).then(|| text.to_string()),
            // The pack itself says what such a text stands for.
            _ if matches!(cell.converted, Some(Converted::Shorthand { .. })) => None,
            // A number can be listed too, by the text that it is written as.
            _ => Some(cell.raw.shown()).filter(|written| !is_listed(written)),
        }
    },
    words: |run, column| {
        let allowed: Vec<String> = column.field.constraints.allowed.iter().map(|text| quoted(text)).collect();
        let which = if allowed.len() <= LONGEST_LIST {
            format!("be {}", listed(&allowed, "or"))
        } else {
            format!("be one of {} texts, such as {}", allowed.len(), listed(&allowed[..3], "or"))
        };
        let fix = format!("Choose one of these for {}.", run.each());
        Words { fix, suggestion: likely_text(run, column), ..must(run, column, &which) }
    },
};

static TOO_SMALL: Constraint = Constraint {
    check: Check::error(
        "too-small",
        "A value is below the least that it may be",
        About {
            meaning: "The value is smaller than the least that its column allows.",
            why: "A count below nothing, or an amount with the wrong sign, lowers a total.",
            example: "-4 people supported.",
            mend: "Look the figure up and correct it.",
        },
    )
    .over(Over::Values),
    asked_by: |_, field| field.constraints.minimum.is_some(),
    broken_by: |cell, field| is_below_minimum(cell, field).then(String::new),
    words: |run, column| {
        let bound = column.field.constraints.minimum.as_ref().map(|bound| bound_shown(bound, column.field));
        let least = bound.clone().unwrap_or_default();
        Words { expected: bound, ..must(run, column, &format!("be {least} or more")) }
    },
};

static TOO_LARGE: Constraint = Constraint {
    check: Check::error(
        "too-large",
        "A value is above the most that it may be",
        About {
            meaning: "The value is greater than the most that its column allows.",
            why: "A slip of the decimal point or a figure in the wrong column raises a total.",
            example: "5,010 people where 500 is the most.",
            mend: "Look the figure up and correct it.",
        },
    )
    .over(Over::Values),
    asked_by: |_, field| field.constraints.maximum.is_some(),
    broken_by: |cell, field| {
        let most = field.constraints.maximum.as_ref()?;
        (compare(&cell.value, most)? == Greater).then(String::new)
    },
    words: |run, column| {
        let bound = column.field.constraints.maximum.as_ref().map(|bound| bound_shown(bound, column.field));
        let most = bound.clone().unwrap_or_default();
        Words { expected: bound, ..must(run, column, &format!("be {most} or less")) }
    },
};

static TOO_SHORT: Constraint = Constraint {
    check: Check::error(
        "too-short",
        "A text is too short",
        About {
            meaning: "The text has fewer characters than its column asks for.",
            why: "An explanation or a name of a letter or two tells a reader nothing.",
            example: "ok, where a reason is asked for.",
            mend: "Write the text out.",
        },
    )
    .over(Over::Values),
    asked_by: |_, field| field.constraints.min_length.is_some(),
    broken_by: |cell, field| {
        let least = field.constraints.min_length?;
        text_of(cell).filter(|text| text.chars().count() < least).map(|_| String::new())
    },
    words: |run, column| {
        let least = column.field.constraints.min_length.unwrap_or_default();
        let fix = format!("Write {} out.", run.each());
        Words { fix, ..must(run, column, &format!("have at least {least} characters")) }
    },
};

static TOO_LONG: Constraint = Constraint {
    check: Check::error(
        "too-long",
        "A text is too long",
        About {
            meaning: "The text has more characters than its column allows.",
            why: "It would not fit where it is printed.",
            example: "A whole e-mail pasted into a description.",
            mend: "Shorten the text.",
        },
    )
    .over(Over::Values),
    asked_by: |_, field| field.constraints.max_length.is_some(),
    broken_by: |cell, field| {
        let most = field.constraints.max_length?;
        // A text has no more characters than bytes.
        text_of(cell).filter(|text| text.len() > most && text.chars().count() > most).map(|_| String::new())
    },
    words: |run, column| {
        let most = column.field.constraints.max_length.unwrap_or_default();
        let fix = format!("Shorten {}.", run.each());
        Words { fix, ..must(run, column, &format!("have at most {most} characters")) }
    },
};

pub(super) static CHECKS: [&Constraint; 7] =
    [&REQUIRED_VALUE, &PATTERN_MISMATCH, &NOT_IN_LIST, &TOO_SMALL, &TOO_LARGE, &TOO_SHORT, &TOO_LONG];

/// The checks that a field asks for.
pub(super) fn asked_by(schema: &TableSchema, field: &Field) -> impl Iterator<Item = &'static Constraint> {
    CHECKS.into_iter().filter(move |constraint| (constraint.asked_by)(schema, field))
}

/// The checks that a field asks for of the values that are there.
pub(super) fn asked_of_values(schema: &TableSchema, field: &Field) -> impl Iterator<Item = &'static Constraint> {
    asked_by(schema, field).filter(|constraint| !std::ptr::eq(*constraint, &REQUIRED_VALUE))
}

/// The code of the first constraint that a cell breaks.
pub(super) fn first_broken(schema: &TableSchema, field: &Field, cell: &Cell) -> Option<&'static str> {
    let broken = asked_by(schema, field).find(|constraint| (constraint.broken_by)(cell, field).is_some());
    broken.map(|constraint| constraint.check.code)
}

/// Judges a column's values. What could not be read as its type is not judged here.
pub(super) fn check(column: ColumnView<'_>, context: &Context<'_>, outcome: &mut Outcome) {
    let field = column.field;
    // A difference that nobody has explained yet stands by itself; its row lacks nothing.
    let unwritten = unwritten::unwritten(column.of.workbook, column.of.table, context.pack);
    for constraint in asked_by(column.of.schema, field) {
        let judged = column.numbered().filter(|(_, cell)| !unwritten.contains(&cell.position.row));
        let faults = judged.filter(|(_, cell)| !cell.is_marked()).filter_map(|(line, cell)| {
            let cause = (constraint.broken_by)(cell, field)?;
            if values::takes(column, cell, context) {
                return None;
            }
            Some(Fault { line, position: cell.position, cause, shown: shown(&cell.value) })
        });
        for run in gather(&constraint.check, faults) {
            let words = (constraint.words)(&run, column);
            let mut finding = run.finding(column, words.message, words.fix);
            // An empty cell says nothing.
            finding.actual = run.shown.first().filter(|said| run.is_single() && !said.is_empty()).cloned();
            finding.expected = words.expected;
            finding.suggestions.extend(words.suggestion);
            outcome.findings.push(finding);
        }
    }
}

/// Whether a cell's value is smaller than its field allows.
pub(super) fn is_below_minimum(cell: &Cell, field: &Field) -> bool {
    field.constraints.minimum.as_ref().is_some_and(|least| compare(&cell.value, least) == Some(Less))
}

fn text_of(cell: &Cell) -> Option<&str> {
    if let Value::Text(text) = &cell.value { Some(text) } else { None }
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
    column.cells().filter_map(text_of).find(|text| pattern.is_match(text))
}

/// What the cells must be, and that they are to be corrected.
fn must(run: &Run, column: ColumnView<'_>, what: &str) -> Words {
    let message = format!("{} must {what}; {}.", column.field.heading(), run.says());
    Words::new(message, format!("Correct {}.", run.each()))
}

/// The allowed text that was likely meant, in a column of texts. Those of a run are equal: its cause.
fn likely_text(run: &Run, column: ColumnView<'_>) -> Option<Suggestion> {
    let given = Some(run.cause.as_str()).filter(|_| column.kind() == FieldKind::Text)?;
    let likely = likely_match(given, column.field.constraints.allowed.iter().map(String::as_str))?;
    Some(Suggestion { text: meant(given, likely), cells: Vec::new() })
}
