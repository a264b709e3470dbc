//! Formulas: whether they still give what the sheet shows.
//!
//! Judged are those of every sheet that holds a table of the pack, in the tables and beside them.

mod figure;
mod recalculated;
mod stale;
mod written;

use crate::model::{Check, Outcome, Workbook};
use crate::schema::Pack;

pub(super) static CHECKS: [&Check; 1] = [&stale::STALE_RESULT];

/// Judges the formulas of a workbook.
pub(super) fn check(workbook: &Workbook, pack: &Pack, outcome: &mut Outcome) {
    let formulas = written::formulas(workbook);
    if formulas.is_empty() {
        return;
    }
    recalculated::check(workbook, pack, &formulas, outcome);
}
