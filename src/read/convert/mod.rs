//! What a cell holds becomes what it means, by its field's type.

mod figures;
mod shown;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::dates::{self, Days};
use super::footnotes;
use crate::model::{Cell, Converted, GridCell, Month, Position, RawValue, SharedText, Unreadable, Value, name_key};
use crate::schema::{Field, FieldKind, Shorthand, Strip, TableSchema};
pub(super) use figures::LAST_WHOLE_NUMBER;

/// The answer for one cell: a value got plainly, a value read from a text, or why there is none.
enum Read {
    Plainly(Value),
    FromText(Value),
    /// What the pack says that the text stands for: a figure, or no value and what it means.
    Shorthand(Value, Option<SharedText>),
    Not(Unreadable),
}

/// A text as values are kept: non-breaking spaces made plain, zero bytes and what has no width left out, trimmed.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(is_changed) {
        return Cow::Borrowed(text.trim());
    }
    let spaced: String = text
        .chars()
        .filter(|character| !is_left_out(*character))
        .map(|character| if is_changed(character) { ' ' } else { character })
        .collect();
    spaced.trim().to_owned().into()
}

fn is_left_out(character: char) -> bool {
    matches!(character, '\0' | '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Whether a character is left out, or a space that is made plain.
fn is_changed(character: char) -> bool {
    is_left_out(character) || matches!(character, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// The typed cell of a field at a place, from what the grid holds there.
pub(super) fn cell(position: Position, found: Option<&GridCell>, field: &Field, schema: &TableSchema) -> Cell {
    let Some(found) = found else { return Cell::absent(position) };
    let (value, converted) = match value(found, field, schema) {
        Read::Plainly(value) => (value, None),
        Read::FromText(value) => (value, Some(Converted::FromText)),
        Read::Shorthand(value, meaning) => (value, Some(Converted::Shorthand { meaning })),
        Read::Not(why) => (Value::Null, Some(Converted::Unreadable(why))),
    };
    Cell { position, raw: found.raw.clone(), value, converted, formula: found.formula.clone() }
}

fn value(found: &GridCell, field: &Field, schema: &TableSchema) -> Read {
    if found.is_without_result() {
        return Read::Not(Unreadable::FormulaWithoutResult);
    }
    if is_plainly(&found.raw, field, schema) {
        return typed(found, "", field);
    }
    let said = match &found.raw {
        RawValue::Text(text) => Cow::Borrowed(&**text),
        raw => raw.shown().into(),
    };
    let shown = plain(&said);
    if let Some(read) = shorthand(&shown, field, schema) {
        return read;
    }
    if shown.is_empty() || schema.missing_values.iter().any(|missing| plain(missing) == shown) {
        return Read::Plainly(Value::Null);
    }
    if found.raw == RawValue::Damaged {
        return Read::Not(Unreadable::Damaged);
    }
    if matches!(found.raw, RawValue::Error(_)) {
        return Read::Not(Unreadable::ErrorValue);
    }
    if field.crosscast.strip == Some(Strip::Footnotes) {
        return without_footnotes(found, &shown, field);
    }
    typed(found, &shown, field)
}

/// Whether a number or date stands for itself, whatever it is shown as: the pack has no words for figures of the field.
fn is_plainly(raw: &RawValue, field: &Field, schema: &TableSchema) -> bool {
    let is_figure = match raw {
        RawValue::Number(_) => field.kind().is_numeric() || field.kind() == FieldKind::Date,
        RawValue::Date(_) => matches!(field.kind(), FieldKind::Date | FieldKind::Month),
        _ => false,
    };
    is_figure
        && field.crosscast.strip.is_none()
        && schema.missing_values.iter().all(String::is_empty)
        && schema.shorthand_of(field).next().is_none()
}

/// The value of what the cell says without the marks of footnotes. Those are of texts, and of years that were typed as
/// numbers; other numbers stay what they are.
fn without_footnotes(found: &GridCell, shown: &str, field: &Field) -> Read {
    let may_be_year = matches!(field.kind(), FieldKind::Text | FieldKind::Integer);
    let is_number = matches!(found.raw, RawValue::Number(_));
    if !(matches!(found.raw, RawValue::Text(_)) || is_number && may_be_year) {
        return typed(found, shown, field);
    }
    let without = footnotes::stripped(shown);
    if without == shown {
        return typed(found, shown, field);
    }
    let raw = match without.parse() {
        Ok(number) if is_number => RawValue::Number(number),
        _ => RawValue::Text((&*without).into()),
    };
    typed(&GridCell { raw, ..found.clone() }, &without, field)
}

/// What a cell says that holds something, by its field's type.
fn typed(found: &GridCell, shown: &str, field: &Field) -> Read {
    match field.kind() {
        FieldKind::Text => text(&found.raw, shown),
        FieldKind::Integer | FieldKind::Number | FieldKind::Percentage | FieldKind::Money => {
            figures::figure(found, shown, field)
        }
        FieldKind::Date => date(&found.raw, shown),
        FieldKind::Month => month(&found.raw, shown),
        FieldKind::Boolean => boolean(&found.raw, shown, field),
    }
}

/// What the pack says that a text stands for; none where it is no shorthand of the field.
fn shorthand(shown: &str, field: &Field, schema: &TableSchema) -> Option<Read> {
    let is_it = |text: &str| text == shown || name_key(text) == name_key(shown);
    let (_, stands_for) = schema.shorthand_of(field).find(|(text, _)| !shown.is_empty() && is_it(text))?;
    match stands_for {
        Shorthand::Meaning(meaning) => Some(Read::Shorthand(Value::Null, Some(meaning.as_str().into()))),
        Shorthand::Figure(_) => stands_for.value(field.kind()).map(|value| Read::Shorthand(value, None)),
    }
}

fn text(raw: &RawValue, shown: &str) -> Read {
    match raw {
        // One text for the cell and its value, where they are the same.
        RawValue::Text(text) if **text == *shown => Read::Plainly(Value::Text(text.clone())),
        RawValue::Number(number) if !number.is_finite() => Read::Not(Unreadable::TooLarge),
        _ => Read::Plainly(Value::Text(shown.into())),
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
