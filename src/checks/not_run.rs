//! Which checks a table and its fields ask for, so that what could not be judged is listed and never counts as passed.

use super::view::TableView;
use super::{constraints, control, keys, personal, references, totals, types, window};
use crate::model::{Area, Check, NotRun, Outcome, Place, listed};
use crate::schema::{Field, TableSchema};

/// Lists a check as not run. Whether it is required is settled later, by the pack.
pub(super) fn list(outcome: &mut Outcome, code: &str, why: impl Into<String>) {
    outcome.not_run.push(NotRun { check: code.to_owned(), why: why.into(), required: true });
}

/// Every check that a field asks for.
pub(super) fn checks_of_field(schema: &TableSchema, field: &Field) -> Vec<&'static str> {
    let of_keys = schema.keys().into_iter().filter(|key| key.contains(&field.name.as_str()));
    let mut checks: Vec<&Check> = of_keys.map(|key| keys::check_of(schema, &key)).collect();
    checks.extend(types::asked_by(field));
    checks.extend(constraints::asked_by(schema, field).map(|constraint| &constraint.check));
    checks.extend(window::asked_by(field));
    checks.extend(totals::asked_by(schema, field));
    checks.extend(control::asked_by(field));
    checks.extend(personal::asked_by(field));
    checks.extend(references::asked_by(schema, field));
    let mut codes: Vec<&str> = checks.into_iter().map(|check| check.code).collect();
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
        // Whether a value is there was judged: a marked cell is not empty.
        let constraints = constraints::asked_of_values(view.schema, column.field).map(|constraint| &constraint.check);
        for check in constraints.chain(window::asked_by(column.field)) {
            list(outcome, check.code, why.clone());
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
