//! What is wanted of a field, in words for those who fill it in.

use chrono::NaiveDate;

use super::example::example;
use super::plan::Span;
use super::rule;
use crate::model::{Figures, Money, Month, listed};
use crate::schema::{Bound, Field, FieldKind, Pack, Shorthand, TableSchema};

/// A longer list is named by its first texts.
const LONGEST_LIST: usize = 12;
/// So many texts of a longer list are named.
const NAMED: usize = 5;

/// The words about a field.
pub(super) struct Words {
    /// What an entry must be, as sentences: `An amount in pounds and pence, £0.00 or more.`
    pub expected: String,
    /// An entry as it could be; empty where nothing can be said.
    pub example: String,
    /// Whether the cell must be filled in.
    pub is_required: bool,
}

/// The words about a field of a table.
pub(super) fn words(field: &Field, schema: &TableSchema, span: &Span<'_>, pack: &Pack) -> Words {
    let example = example_of(field, schema, span);
    let mut sentences = vec![format!("{}.", what(field, schema, span, &example))];
    let description = field.description.trim();
    if !description.is_empty() {
        let stop = if description.ends_with(['.', '!', '?']) { "" } else { "." };
        sentences.push(format!("{description}{stop}"));
    }
    sentences.extend(units(field));
    sentences.extend(shorthand(field, schema));
    sentences.extend(keys(field, schema));
    sentences.extend(references(field, schema, pack));
    let is_key = schema.primary_key.iter().any(|name| *name == field.name);
    Words { expected: sentences.join(" "), example, is_required: field.constraints.required || is_key }
}

/// What an entry is, with its bounds.
fn what(field: &Field, schema: &TableSchema, span: &Span<'_>, example: &str) -> String {
    if let Some(texts) = rule::list(field, schema) {
        if texts.len() > LONGEST_LIST {
            return format!("One of the {} texts of the list, such as {}", texts.len(), listed(&texts[..NAMED], "or"));
        }
        return format!("One of the list: {}", listed(&texts, "or"));
    }
    match field.kind() {
        FieldKind::Text => text(field, example),
        FieldKind::Date => format!("A date typed as dd/mm/yyyy{}", days(field, span)),
        FieldKind::Month => format!("A month, typed as its first day (dd/mm/yyyy){}", days(field, span)),
        FieldKind::Money => format!("An amount in pounds and pence{}", bounds(field)),
        FieldKind::Integer => format!("A whole number{}", bounds(field)),
        FieldKind::Percentage => format!("A percentage{}", bounds(field)),
        FieldKind::Number => format!("A number{}", bounds(field)),
        FieldKind::Boolean => "Yes or no".to_owned(),
    }
}

fn text(field: &Field, example: &str) -> String {
    let constraints = &field.constraints;
    let is_free = constraints.pattern.is_none() && constraints.min_length.is_none() && constraints.max_length.is_none();
    let mut said = if is_free { "Any text" } else { "Text" }.to_owned();
    match &constraints.pattern {
        Some(_) if !example.is_empty() => said.push_str(&format!(" in the form of {example}")),
        Some(pattern) => said.push_str(&format!(" in the form {}", pattern.text())),
        None => {}
    }
    match (constraints.min_length, constraints.max_length) {
        (Some(least), Some(most)) => said.push_str(&format!(" of {least} to {most} characters")),
        (Some(least), None) => said.push_str(&format!(" of at least {least} characters")),
        (None, Some(most)) => said.push_str(&format!(" of at most {most} characters")),
        (None, None) => {}
    }
    said
}

/// `, from 01/04/2022 to 30/04/2022`; nothing where any day will do.
fn days(field: &Field, span: &Span<'_>) -> String {
    let shown = |day: NaiveDate| match field.kind() {
        FieldKind::Month => Month::of(day).to_string(),
        _ => day.format("%d/%m/%Y").to_string(),
    };
    let is_bound = span.days(field.crosscast.window).is_some() || field.constraints.minimum.is_some();
    match rule::days(field, span) {
        (first, Some(last)) if is_bound => format!(", from {} to {}", shown(first), shown(last)),
        (first, None) if is_bound => format!(", {} or later", shown(first)),
        (_, Some(last)) => format!(", {} or earlier", shown(last)),
        (_, None) => String::new(),
    }
}

/// `, £0.00 or more`.
fn bounds(field: &Field) -> String {
    let shown = |bound: &Bound| match field.kind() {
        FieldKind::Money => Money::from_text(bound.text())
            .map_or_else(|_| bound.text().to_owned(), |money| Figures::Pence.show(money.pence())),
        FieldKind::Percentage => {
            bound.text().parse::<f64>().map_or_else(|_| bound.text().to_owned(), |part| format!("{}%", part * 100.0))
        }
        _ => bound.text().to_owned(),
    };
    match (&field.constraints.minimum, &field.constraints.maximum) {
        (Some(least), Some(most)) => format!(", from {} to {}", shown(least), shown(most)),
        (Some(least), None) => format!(", {} or more", shown(least)),
        (None, Some(most)) => format!(", {} or less", shown(most)),
        (None, None) => String::new(),
    }
}

/// That figures are stated in thousands, or in what else the pack multiplies them by.
fn units(field: &Field) -> Option<String> {
    let factor = field.crosscast.factor?;
    Some(match factor.get() {
        1_000 => "Typed in thousands.".to_owned(),
        1_000_000 => "Typed in millions.".to_owned(),
        other => format!("Typed in units of {other}."),
    })
}

/// What may stand in place of a value.
fn shorthand(field: &Field, schema: &TableSchema) -> Option<String> {
    let meant = |(text, stands_for): (&str, &Shorthand)| match stands_for {
        Shorthand::Figure(figure) => format!("{text} for {}", figure.text()),
        Shorthand::Meaning(meaning) => format!("{text} for “{meaning}”"),
    };
    let texts: Vec<String> = schema.shorthand_of(field).map(meant).collect();
    (!texts.is_empty()).then(|| format!("Or {}.", listed(&texts, "or")))
}

/// That a value may stand only once, by itself or together with others.
fn keys(field: &Field, schema: &TableSchema) -> Option<String> {
    let own = |key: &&Vec<&str>| key.last() == Some(&field.name.as_str());
    let keys = schema.keys();
    let key = keys.iter().find(own)?;
    let others: Vec<&str> =
        key[..key.len() - 1].iter().filter_map(|name| Some(schema.field(name)?.heading())).collect();
    Some(match others.as_slice() {
        [] => "No two rows may have the same.".to_owned(),
        others => format!("No two rows may have the same together with the same {}.", listed(others, "and")),
    })
}

/// The other table in which a value must be found.
fn references(field: &Field, schema: &TableSchema, pack: &Pack) -> Option<String> {
    let named = schema.foreign_keys.iter().find_map(|key| {
        let place = key.fields.iter().position(|name| *name == field.name)?;
        Some((key.reference.resource.as_str(), key.reference.fields.iter().nth(place)?))
    });
    let (resource, name) = named?;
    let other = if resource.is_empty() { schema } else { pack.tables.get(resource)? };
    Some(format!("Spelt as {} in {}.", other.field(name)?.heading(), other.called()))
}

/// An entry that would do.
fn example_of(field: &Field, schema: &TableSchema, span: &Span<'_>) -> String {
    if let Some(texts) = rule::list(field, schema) {
        return texts.first().cloned().unwrap_or_default();
    }
    let least = field.constraints.minimum.as_ref().and_then(|bound| bound.text().parse::<f64>().ok());
    let most = field.constraints.maximum.as_ref().and_then(|bound| bound.text().parse::<f64>().ok());
    let within = |number: f64| {
        let at_most = most.map_or(number, |most| number.min(most));
        least.map_or(at_most, |least| at_most.max(least))
    };
    let day = || match (rule::days(field, span), span.days(field.crosscast.window)) {
        ((first, _), Some(_)) => first,
        ((first, last), None) => span.year.start.max(first).min(last.unwrap_or(NaiveDate::MAX)),
    };
    match field.kind() {
        FieldKind::Text => {
            let pattern = field.constraints.pattern.as_ref();
            pattern.and_then(|pattern| example(pattern, 1, &|_| None)).unwrap_or_default()
        }
        FieldKind::Money => format!("{:.2}", within(1_250.0)),
        FieldKind::Integer => within(12.0).to_string(),
        FieldKind::Number => within(2.5).to_string(),
        FieldKind::Percentage => format!("{}%", within(0.125) * 100.0),
        FieldKind::Date => day().format("%d/%m/%Y").to_string(),
        FieldKind::Month => Month::of(day()).first_day().format("%d/%m/%Y").to_string(),
        FieldKind::Boolean => "Yes".to_owned(),
    }
}
