//! Which checks a table and its fields ask for, so that what could not be judged is listed and never counts as passed.

use std::collections::{BTreeMap, BTreeSet};

use super::view::{ColumnView, TableView};
use super::weight::Scope;
use super::words::in_sentence;
use super::{constraints, control, keys, personal, references, stated_sums, totals, types, window};
use crate::model::{Check, NotRun, Outcome, Place, Position, listed};
use crate::schema::{Field, Pack, TableSchema};

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
    checks.extend(stated_sums::asked_by(schema, field));
    checks.extend(control::asked_by(field));
    checks.extend(personal::asked_by(field));
    checks.extend(references::asked_by(schema, field));
    let mut codes: Vec<&str> = checks.into_iter().map(|check| check.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Lists every check of the tables as not run, a line for each check. Which of them had to run is settled here, since each
/// field may say so for itself.
pub(super) fn tables_not_read(workbook: &str, tables: &[&TableSchema], pack: &Pack, outcome: &mut Outcome) {
    // By code: whether a field of these tables requires it, and what the tables are called.
    let mut asked: BTreeMap<&str, (bool, BTreeSet<&str>)> = BTreeMap::new();
    for schema in tables {
        for field in &schema.fields {
            for code in checks_of_field(schema, field) {
                let Some(required) = Scope::of(pack, schema, Some(&field.name)).requires(code) else { continue };
                let (is_required, called) = asked.entry(code).or_default();
                *is_required |= required;
                called.insert(schema.called());
            }
        }
    }
    for (code, (required, called)) in asked {
        let names: Vec<&str> = called.into_iter().collect();
        let were = if names.len() == 1 { "was" } else { "were" };
        let why = format!("{} {were} not read ({workbook}).", listed(&names, "and"));
        outcome.not_run.push(NotRun { check: code.to_owned(), why, required });
    }
}

/// Lists every check of a field whose column is missing as not run.
pub(super) fn column_not_judged(view: TableView<'_>, field: &Field, pack: &Pack, outcome: &mut Outcome) {
    let (sheet, workbook) = (view.sheet().in_workbook(), &view.workbook.path);
    let why = format!("{sheet} has no {} to judge ({workbook}).", in_sentence(field.heading()));
    let mut found = Outcome::default();
    for code in checks_of_field(view.schema, field) {
        list(&mut found, code, why.clone());
    }
    Scope::of(pack, view.schema, Some(&field.name)).settle_not_run(&mut found);
    outcome.extend(found);
}

/// Lists the checks of values that a column's marked cells kept from being judged; their types are judged, and found
/// wanting.
pub(super) fn marked_cells(column: ColumnView<'_>, outcome: &mut Outcome) {
    let marked: Vec<Position> = column.cells().filter(|cell| cell.is_marked()).map(|cell| cell.position).collect();
    if marked.is_empty() {
        return;
    }
    let why = could_not_be_read_in(column.of, marked[0], marked.len());
    // Whether a value is there was judged: a marked cell is not empty.
    let constraints = constraints::asked_of_values(column.of.schema, column.field).map(|constraint| &constraint.check);
    for check in constraints.chain(window::asked_by(column.field)) {
        list(outcome, check.code, why.clone());
    }
}

/// Why a check did not run over cells that could not be read, the first of them named.
pub(super) fn could_not_be_read(first: &Place, count: usize, workbook: &str) -> String {
    said_not_read(first, count, "below it", workbook)
}

/// As [`could_not_be_read`], of cells of a table, which in a crosstab lie beside each other too.
pub(super) fn could_not_be_read_in(view: TableView<'_>, first: Position, count: usize) -> String {
    let around = if view.is_crosstab() { "beside or below it" } else { "below it" };
    said_not_read(&view.place(first), count, around, &view.workbook.path)
}

fn said_not_read(first: &Place, count: usize, around: &str, workbook: &str) -> String {
    let more = match count {
        0 | 1 => String::new(),
        2 => format!(" and one more cell {around}"),
        _ => format!(" and {} more cells {around}", count - 1),
    };
    format!("{}{more} could not be read ({workbook}).", first.in_workbook())
}
