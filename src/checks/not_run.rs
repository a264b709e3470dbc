//! Which checks a table and its fields ask for, so that what could not be judged is listed and never counts as passed.

use super::keys;
use super::view::TableView;
use super::words::listed;
use crate::model::{Area, NotRun, Outcome, Place};
use crate::schema::{Field, FieldKind, Layout, TableSchema, Window};

/// Lists a check as not run. Whether it is required is settled later, by the pack.
pub(super) fn list(outcome: &mut Outcome, code: &str, why: impl Into<String>) {
    outcome.not_run.push(NotRun { check: code.to_owned(), why: why.into(), required: true });
}

/// The checks of values that a field asks for, the reading of its type aside.
pub(super) fn checks_of_values(field: &Field) -> Vec<&'static str> {
    let constraints = &field.constraints;
    let number = field.kind().is_numeric();
    let asked = [
        (constraints.pattern.is_some(), "pattern-mismatch"),
        (!constraints.allowed.is_empty(), "not-in-list"),
        (constraints.minimum.is_some(), "too-small"),
        (constraints.maximum.is_some(), "too-large"),
        (constraints.min_length.is_some(), "too-short"),
        (constraints.max_length.is_some(), "too-long"),
        (field.crosscast.window == Window::Month, "date-outside-month"),
        (field.crosscast.window == Window::Year, "date-outside-year"),
        (number && field.crosscast.control_total, "control-total"),
    ];
    asked.into_iter().filter(|(asked, _)| *asked).map(|(_, code)| code).collect()
}

/// The check that says whether a field's values have its type; any text is a text.
fn check_of_type(kind: FieldKind) -> Option<&'static str> {
    match kind {
        FieldKind::Text => None,
        FieldKind::Integer => Some("not-a-whole-number"),
        FieldKind::Number | FieldKind::Percentage => Some("not-a-number"),
        FieldKind::Money => Some("not-an-amount"),
        FieldKind::Date => Some("not-a-date"),
        FieldKind::Month => Some("not-a-month"),
        FieldKind::Boolean => Some("not-yes-or-no"),
    }
}

/// Every check that a field asks for.
pub(super) fn checks_of_field(schema: &TableSchema, field: &Field) -> Vec<&'static str> {
    let mut codes = checks_of_values(field);
    codes.extend(check_of_type(field.kind()));
    if field.constraints.required || schema.primary_key.iter().any(|name| name == field.name) {
        codes.push("required-value");
    }
    if field.kind().is_numeric() && field.kind() != FieldKind::Percentage && schema.crosscast.layout == Layout::Rows {
        codes.push("total-mismatch");
    }
    if field.kind() == FieldKind::Text {
        codes.push("personal-data");
    }
    for key in schema.keys() {
        if key.contains(&field.name.as_str()) {
            codes.push(keys::check_of(schema, &key).code);
        }
    }
    if schema.foreign_keys.iter().any(|key| key.fields.iter().any(|name| name == field.name)) {
        codes.push("unknown-reference");
    }
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Lists every check of the tables as not run, a line for each check.
pub(super) fn tables_not_read(workbook: &str, tables: &[&TableSchema], outcome: &mut Outcome) {
    let mut asked: Vec<(&str, &str)> = Vec::new();
    for schema in tables {
        for field in &schema.fields {
            asked.extend(checks_of_field(schema, field).into_iter().map(|code| (code, schema.called())));
        }
    }
    asked.sort_unstable();
    asked.dedup();
    for same in asked.chunk_by(|a, b| a.0 == b.0) {
        let names: Vec<&str> = same.iter().map(|(_, name)| *name).collect();
        let were = if names.len() == 1 { "was" } else { "were" };
        list(outcome, same[0].0, format!("{} {were} not read ({workbook}).", listed(&names, "and")));
    }
}

/// Lists the checks of values that marked cells kept from being judged; their types are judged, and found wanting.
pub(super) fn marked_cells(view: TableView<'_>, outcome: &mut Outcome) {
    for column in view.columns() {
        let marked: Vec<Area> =
            column.cells().filter(|cell| cell.is_marked()).map(|cell| cell.position.into()).collect();
        if marked.is_empty() {
            continue;
        }
        let why = could_not_be_read(&view.place(marked[0]), marked.len(), &view.workbook.path);
        // The control total says for itself why it did not run.
        for code in checks_of_values(column.field).into_iter().filter(|code| *code != "control-total") {
            list(outcome, code, why.clone());
        }
    }
}

/// Why a check did not run over cells that could not be read, the first of them named.
pub(super) fn could_not_be_read(first: &Place, count: usize, workbook: &str) -> String {
    let more = match count {
        0 | 1 => String::new(),
        2 => " and one more cell below it".to_owned(),
        _ => format!(" and {} more cells below it", count - 1),
    };
    format!("{}{more} could not be read ({workbook}).", first.in_workbook())
}
