//! Judges what was read: one file a family of checks, and a registry of stable codes.
//!
//! A workbook is judged alone ([`check_workbook`], pure, so that many can be judged at once), after its name and those of
//! its sheets ([`check_names`]); of one whose rows are not in the figures only whether it holds personal data
//! ([`check_personal_data`]). What must not repeat or must be found elsewhere is judged over the stored rows of the whole year ([`check_keys`]). What could not be judged
//! is listed as not run. The pack's own weights, and what it switches off, are applied to all that a check here finds; the
//! store and the explanations do the same for the rules' findings and their own.

mod characters;
mod constraints;
mod control;
mod file;
mod hidden;
mod inbox;
mod keys;
mod not_run;
mod personal;
mod references;
mod registry;
mod resubmission;
mod runs;
mod structure;
mod suggest;
mod sum;
mod totals;
mod types;
mod view;
mod window;
mod words;

pub use characters::check_characters;
pub use inbox::{check_inbox, check_years};
pub use personal::{check_names, check_personal_data, mask_found, shown_paths};
pub use registry::registry;
pub use resubmission::check_resubmission;

use crate::model::{Month, Outcome, QueryError, StoredRows, Workbook};
use crate::schema::{Pack, Year};
use view::TableView;

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
    file::check(workbook, context.pack, &mut outcome);
    if workbook.unreadable.is_none() {
        structure::check_absent(workbook, context.pack, &mut outcome);
        for table in &workbook.tables {
            let Some(schema) = context.pack.tables.get(&table.name) else { continue };
            check_table(TableView { workbook, table, schema }, context, &mut outcome);
        }
        hidden::check(workbook, context.pack, &mut outcome);
        personal::check_beside_tables(workbook, &mut outcome);
    }
    settled(outcome, context.pack)
}

/// Every check on one table that was found.
fn check_table(view: TableView<'_>, context: &Context<'_>, outcome: &mut Outcome) {
    structure::check(view, outcome);
    not_run::marked_cells(view, outcome);
    for column in view.columns() {
        types::check(column, outcome);
        constraints::check(column, outcome);
        window::check(column, context, outcome);
        totals::check(column, context.year, outcome);
        control::check(column, context.year, outcome);
        personal::check(column, outcome);
    }
}

/// Judges what concerns all workbooks of the year together: values and keys that must not repeat, and values that must
/// be found in another table. A key of which a part is empty or could not be read does not count as repeated.
///
/// # Errors
/// [`QueryError`] when the store does not answer: the tool itself is at fault, not the data.
pub fn check_keys(rows: &dyn StoredRows, pack: &Pack) -> Result<Outcome, QueryError> {
    let mut outcome = Outcome::default();
    for schema in pack.tables.values() {
        keys::check(rows, schema, &mut outcome)?;
        references::check(rows, schema, pack, &mut outcome)?;
    }
    Ok(settled(outcome, pack))
}

/// Applies the pack's weights, leaves out what it switches off, masks what a message may have quoted of personal data, and
/// sorts: findings by place, code and message.
fn settled(mut outcome: Outcome, pack: &Pack) -> Outcome {
    pack.weigh(&mut outcome.findings);
    outcome.findings.iter_mut().for_each(personal::mask_finding);
    outcome.not_run.retain_mut(|check| {
        let options = pack.check_options(&check.check);
        let own = || registry().find(|known| known.code == check.check).is_none_or(|known| known.required);
        check.required = options.required.unwrap_or_else(own);
        !options.off
    });
    outcome.findings.sort_by(|a, b| (&a.place, &a.code, &a.message).cmp(&(&b.place, &b.code, &b.message)));
    outcome.not_run.sort();
    outcome.not_run.dedup();
    outcome
}
