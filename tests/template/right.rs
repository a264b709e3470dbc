//! Entries that are right, by the constraints of a field.

use std::collections::BTreeMap;

use crosscast::model::Month;
use crosscast::schema::{Field, FieldKind, Pack, TableSchema, Window};

use crate::excel::serial;
use crate::form::{Area, At, Entry, Form};

/// So many rows are filled in where the form has more.
pub const ROWS: u32 = 3;

/// A form filled in with right values: the cells, each with what is typed into it. Rows stay empty below the third.
pub fn right_entries(form: &Form, file_name: &str, pack: &Pack) -> BTreeMap<At, Entry> {
    let mut entries = BTreeMap::new();
    for area in form.entries() {
        let (schema, field) = form.field(&area, file_name, pack);
        for nth in 0..rows_of(form, &area) {
            let at = area.cell(nth);
            if !form.is_filled(&area.sheet, at.1) {
                entries.insert(at, right(field, schema, pack, nth));
            }
        }
    }
    entries
}

/// How many rows of an area are filled in: all where the form has the rows already.
pub fn rows_of(form: &Form, area: &Area) -> u32 {
    let beside =
        form.entries().into_iter().filter(|other| other.sheet == area.sheet && other.first.row == area.first.row);
    let has_rows = beside.into_iter().any(|other| other.cells() > 1 && form.is_filled(&other.sheet, other.first));
    if has_rows { area.cells() } else { area.cells().min(ROWS) }
}

/// A right value for the nth row, from 0.
pub fn right(field: &Field, schema: &TableSchema, pack: &Pack, nth: u32) -> Entry {
    let constraints = &field.constraints;
    let number = f64::from(nth + 1);
    let least = constraints.minimum.as_ref().and_then(|bound| bound.text().parse::<f64>().ok());
    let most = constraints.maximum.as_ref().and_then(|bound| bound.text().parse::<f64>().ok());
    let within = |number: f64| number.clamp(least.unwrap_or(f64::MIN), most.unwrap_or(f64::MAX));
    if !constraints.allowed.is_empty() {
        return Entry::text(&constraints.allowed[nth as usize % constraints.allowed.len()]);
    }
    match field.kind() {
        FieldKind::Text => text(referenced(field, schema, pack).unwrap_or(field), nth),
        FieldKind::Boolean => Entry::text(field.true_values.first().map_or("TRUE", String::as_str)),
        FieldKind::Money if field.crosscast.control_total => {
            let approved = pack.partnership.years[0].approved_total.unwrap().pounds();
            Entry::Number(if nth + 1 < ROWS { 1_000.25 } else { approved - 2_000.50 })
        }
        FieldKind::Money => Entry::Number(within(number * 100.0 + 0.25)),
        FieldKind::Integer => Entry::Number(within(number)),
        FieldKind::Number => Entry::Number(within(number + 0.5)),
        FieldKind::Percentage => Entry::Number(within(number / 100.0)),
        FieldKind::Date => day(field, schema, nth),
        FieldKind::Month => {
            let least = constraints.minimum.as_ref().and_then(|bound| bound.text().parse::<Month>().ok());
            let month = least.unwrap_or(Month::of(pack.partnership.years[0].start)).first_day();
            Entry::Number(serial(chrono::Datelike::year(&month), chrono::Datelike::month(&month), 1))
        }
    }
}

/// Days of the window; what has none lies after the month, as the day of preparation must.
fn day(field: &Field, schema: &TableSchema, nth: u32) -> Entry {
    let least = field.constraints.minimum.as_ref().and_then(|bound| bound.text().parse::<chrono::NaiveDate>().ok());
    if let Some(least) = least {
        return Entry::Number(serial(chrono::Datelike::year(&least), chrono::Datelike::month(&least), 1 + nth));
    }
    let of_council = matches!(&*schema.name, "payments" | "claim");
    let (year, month) = match (field.crosscast.window, of_council) {
        (Window::None, false) => (2022, 5),
        (_, false) => (2022, 4),
        (_, true) => (2024, 4),
    };
    Entry::Number(serial(year, month, 10 + nth))
}

/// The field of another table in which the value must be found.
fn referenced<'p>(field: &Field, schema: &TableSchema, pack: &'p Pack) -> Option<&'p Field> {
    let key = schema.foreign_keys.iter().find(|key| key.fields.iter().any(|name| *name == field.name))?;
    pack.tables.get(key.reference.resource.as_str())?.field(key.reference.fields.iter().next()?)
}

fn text(field: &Field, nth: u32) -> Entry {
    let number = nth + 1;
    let Some(pattern) = &field.constraints.pattern else {
        let words = ["First", "Second", "Third", "Fourth"];
        let least = field.constraints.min_length.unwrap_or(0);
        let padding = if least > 10 { " of a sufficient length".repeat(least.div_ceil(20)) } else { String::new() };
        let word = words.get(nth as usize).unwrap_or(&"Further");
        let text = format!("{word} {}{padding}", field.heading());
        let most = field.constraints.max_length.unwrap_or(usize::MAX);
        return Entry::text(text.chars().take(most).collect::<String>().trim_end());
    };
    Entry::text(match pattern.text() {
        r"PCC-\d{2}" => format!("PCC-{number:02}"),
        r"(INV|JNL)-\d{4}" => format!("INV-{number:04}"),
        r"YE-\d{2}" => format!("YE-{number:02}"),
        r"PAY-\d{4}" => format!("PAY-{number:04}"),
        r"\$?[A-Z]{1,3}\$?[1-9]\d{0,6}" => format!("F{number}"),
        other => panic!("no text is known for {other}"),
    })
}
