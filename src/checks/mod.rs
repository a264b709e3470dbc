//! Judges what was read: one file a family of checks, and a registry of stable codes.
//!
//! A workbook is judged alone ([`check_workbook`], pure, so that many can be judged at once), after its name and those of
//! its sheets ([`check_names`]); of one whose rows are not in the figures only whether it holds personal data
//! ([`check_personal_data`]). What must not repeat or must be found elsewhere is judged over the stored rows of the whole year ([`check_keys`]). What could not be judged
//! is listed as not run. The pack's own weights, and what it switches off, are applied to all that a check here finds, by the
//! table and field in whose cells it is; the store and the explanations do the same for the rules' findings and their own.

mod carried;
mod characters;
mod constraints;
mod control;
mod coverage;
mod damage;
mod file;
mod formulas;
mod hidden;
mod inbox;
mod keys;
mod left_aside;
mod not_located;
mod not_run;
mod overlaps;
mod personal;
mod references;
mod registry;
mod resubmission;
mod runs;
mod sheet_names;
mod stated_sums;
mod structure;
mod sum;
mod totals;
mod types;
mod unwritten;
mod usual_words;
mod values;
mod view;
mod weight;
mod window;
mod without_pack;
mod words;

pub use characters::check_characters;
pub use coverage::{Covered, Extent, coverage};
pub use inbox::{check_folders, check_inbox, check_open_elsewhere, check_years};
pub use personal::{check_names, check_personal_data, is_personal, mask_found, mask_suggestions, masked, shown_paths};
pub use registry::{quoting_formulas, registry, with_threshold};
pub use resubmission::{check_copied, check_repeated, check_resubmission, fingerprint_of_rows, have_the_same_rows};
pub use unwritten::leave_unwritten_out;
pub use without_pack::NEEDING_A_PACK;

use crate::model::{Month, Outcome, QueryError, StoredRows, Workbook};
use crate::schema::{Pack, Year};
use view::TableView;
use weight::{Scope, weigh_by_place};

/// What a workbook is judged by, beside itself.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// The financial year that is reported.
    pub year: &'a Year,
    /// The month of the workbook; none where it has none or none is known.
    pub month: Option<Month>,
}

/// Judges one workbook by itself.
///
/// A workbook that could not be read gives one finding, and each of its tables is listed as not run.
pub fn check_workbook(workbook: &Workbook, context: &Context<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    if workbook.unreadable.is_none() {
        damage::check(workbook, &mut outcome);
        carried::check(workbook, context, &mut outcome);
        formulas::check(workbook, context.pack, &mut outcome);
        hidden::check(workbook, context.pack, &mut outcome);
        personal::check_beside_tables(workbook, &mut outcome);
        values::check_workbook(workbook, context, &mut outcome);
    }
    Scope::everywhere(context.pack).settle_not_run(&mut outcome);
    // These settle what could not run by themselves: each field of a table may say whether it had to.
    file::check(workbook, context.pack, &mut outcome);
    structure::check_absent(workbook, context.pack, &mut outcome);
    overlaps::check(workbook, context.pack, &mut outcome);
    for table in &workbook.tables {
        let Some(schema) = context.pack.tables.get(&table.name) else { continue };
        outcome.extend(check_table(TableView { workbook, table, schema }, context));
    }
    weigh_by_place(&mut outcome.findings, workbook, context.pack);
    sorted(outcome)
}

/// Every check on one table that was found. What could not run is settled; the findings are weighed by their places.
fn check_table(view: TableView<'_>, context: &Context<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    structure::check(view, context.pack, &mut outcome);
    sheet_names::check(view, context, &mut outcome);
    stated_sums::check(view, context.pack, &mut outcome);
    unwritten::check(view, context.pack, &mut outcome);
    for column in view.columns() {
        let mut found = Outcome::default();
        not_run::marked_cells(column, &mut found);
        types::check(column, context, &mut found);
        constraints::check(column, context, &mut found);
        values::check(column, context, &mut found);
        window::check(column, context, &mut found);
        totals::check(column, context.year, &mut found);
        control::check(column, context.year, &mut found);
        Scope::of(context.pack, view.schema, Some(&column.field.name)).settle_not_run(&mut found);
        outcome.extend(found);
        // The last, so that it masks what the others have quoted.
        personal::check(column, &mut outcome);
    }
    outcome
}

/// Judges what concerns all workbooks of the year together: values and keys that must not repeat, and values that must
/// be found in another table. A key of which a part is empty or could not be read does not count as repeated.
///
/// # Errors
/// [`QueryError`] when the store does not answer: the tool itself is at fault, not the data.
pub fn check_keys(rows: &dyn StoredRows, pack: &Pack) -> Result<Outcome, QueryError> {
    let mut outcome = Outcome::default();
    for schema in pack.tables.values() {
        values::check_labels(rows, schema, pack, &mut outcome)?;
        for key in schema.keys() {
            let mut found = Outcome::default();
            keys::check(rows, schema, &key, &mut found)?;
            Scope::of(pack, schema, key.first().copied()).settle(&mut found);
            outcome.extend(found);
        }
        for key in &schema.foreign_keys {
            let mut found = Outcome::default();
            references::check(rows, schema, key, pack, &mut found)?;
            Scope::of(pack, schema, key.fields.iter().next()).settle(&mut found);
            outcome.extend(found);
        }
    }
    Ok(sorted(outcome))
}

/// Applies the weights that the pack gives to checks everywhere, and sorts.
fn settled(mut outcome: Outcome, pack: &Pack) -> Outcome {
    Scope::everywhere(pack).settle(&mut outcome);
    sorted(outcome)
}

/// Applies the pack's weights to what was found in a workbook, and sorts.
fn settled_in(workbook: &Workbook, mut outcome: Outcome, pack: &Pack) -> Outcome {
    Scope::everywhere(pack).settle_not_run(&mut outcome);
    weigh_by_place(&mut outcome.findings, workbook, pack);
    sorted(outcome)
}

/// Masks what a message may have quoted of personal data, and sorts: findings by place, code and message.
fn sorted(mut outcome: Outcome) -> Outcome {
    outcome.findings.iter_mut().for_each(personal::mask_finding);
    outcome.findings.sort_by(|a, b| (&a.place, &a.code, &a.message).cmp(&(&b.place, &b.code, &b.message)));
    outcome.not_run.sort();
    outcome.not_run.dedup();
    outcome
}
