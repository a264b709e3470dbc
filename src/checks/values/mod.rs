//! Values that look right and are not: one file a family.
//!
//! For one cell there is never a second finding of the same cause: what [`takes`] says of a cell is said here, and the
//! checks of types, constraints and windows are silent about it.

mod as_text;
mod calendar;
mod dates;
mod days;
mod letters;
mod look_alike;
mod percentages;
mod prepared;
mod shown;
mod signs;
mod spelling;

use super::Context;
use super::view::ColumnView;
use super::weight::Scope;
use crate::model::{Cell, Check, Outcome, QueryError, StoredRows, Workbook};
use crate::schema::{Pack, TableSchema};

pub(super) use days::written;
pub(super) use percentages::rows_with_percentages;
pub(super) use shown::as_shown;

/// The checks of values, by family.
pub(super) fn checks() -> impl Iterator<Item = &'static Check> {
    let families: [&'static [&'static Check]; 8] = [
        &look_alike::CHECKS,
        &dates::CHECKS,
        &calendar::CHECKS,
        &prepared::CHECKS,
        &as_text::CHECKS,
        &signs::CHECKS,
        &percentages::CHECKS,
        &spelling::CHECKS,
    ];
    families.into_iter().flat_map(|family| family.iter().copied())
}

/// The codes of the checks of values that have a threshold.
pub(super) fn with_threshold() -> Vec<&'static str> {
    percentages::CHECKS.iter().map(|check| check.code).collect()
}

/// The checks of values that a column asks for, beside those that look at all columns of a kind.
pub(super) fn asked_by(column: ColumnView<'_>, context: &Context<'_>) -> impl Iterator<Item = &'static Check> {
    let of_field = [signs::asked_by(column.field), spelling::asked_by(column.field)];
    of_field.into_iter().chain([prepared::asked_by(column, context)]).flatten()
}

/// Judges a column.
pub(super) fn check(column: ColumnView<'_>, context: &Context<'_>, outcome: &mut Outcome) {
    look_alike::check(column, outcome);
    dates::check(column, context, outcome);
    prepared::check(column, context, outcome);
    as_text::check(column, outcome);
    signs::check(column, outcome);
    percentages::check(column, context, outcome);
}

/// Judges what concerns a workbook as a whole.
pub(super) fn check_workbook(workbook: &Workbook, context: &Context<'_>, outcome: &mut Outcome) {
    calendar::check(workbook, context, outcome);
    look_alike::check_beside_tables(workbook, outcome);
}

/// Judges the labels of a table over all its stored rows.
pub(super) fn check_labels(
    rows: &dyn StoredRows,
    schema: &TableSchema,
    pack: &Pack,
    outcome: &mut Outcome,
) -> Result<(), QueryError> {
    for field in schema.fields.iter().filter(|field| field.crosscast.label) {
        let mut found = Outcome::default();
        spelling::check(rows, schema, field, &mut found)?;
        Scope::of(pack, schema, Some(&field.name)).settle(&mut found);
        outcome.extend(found);
    }
    Ok(())
}

/// Whether a cell's fault has a check of its own here, which the pack has not switched off, so that others are silent.
pub(super) fn takes(column: ColumnView<'_>, cell: &Cell, context: &Context<'_>) -> bool {
    look_alike::takes(column, cell, context)
        || dates::takes(column, cell, context)
        || calendar::takes(column, cell, context)
}

/// Whether a text that leads nowhere does so for letters of two alphabets in a word, which a check of its own says; the
/// field is the one that it stands in.
pub(super) fn takes_reference(text: &str, schema: &TableSchema, field: Option<&str>, pack: &Pack) -> bool {
    look_alike::is_mixed(text) && Scope::of(pack, schema, field).requires(look_alike::code()).is_some()
}

/// Whether the pack has a check on for a column.
fn is_asked(check: &Check, column: ColumnView<'_>, pack: &Pack) -> bool {
    Scope::of(pack, column.of.schema, Some(&column.field.name)).requires(check.code).is_some()
}
