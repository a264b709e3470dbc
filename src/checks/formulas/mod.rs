//! Formulas: what they add and refer to, whether those of a column are alike, and whether they still give what the sheet
//! shows.
//!
//! Judged are those of every sheet that holds a table of the pack, in the tables and beside them.

mod added;
mod among_records;
mod circular;
mod columns;
mod errors;
mod figure;
mod inputs;
mod lines;
mod links;
mod recalculated;
mod stale;
mod totals;
mod typed;
mod written;

pub(super) use lines::{areas_of, in_areas};

use std::collections::HashSet;

use super::not_run;
use super::view::TableView;
use crate::model::{Check, Outcome, Place, Workbook};
use crate::schema::Pack;

pub(super) static CHECKS: [&Check; 17] = [
    &totals::LEAVES_LINES_OUT,
    &totals::TAKES_OTHERS_IN,
    &totals::COUNTS_TWICE,
    &totals::ADJUSTED_BY_HAND,
    &typed::TYPED_OVER,
    &columns::FORMULA_TYPED_OVER,
    &columns::FORMULA_UNLIKE_OTHERS,
    &errors::ERROR_HIDDEN,
    &errors::ERROR_BESIDE_TABLE,
    &errors::BROKEN_REFERENCE,
    &inputs::REFERS_TO_EMPTY_CELL,
    &inputs::REFERS_TO_TEXT,
    &links::OTHER_WORKBOOK,
    &circular::CIRCULAR_REFERENCE,
    &circular::CALCULATION,
    &stale::STALE_RESULT,
    &among_records::SUM_AMONG_RECORDS,
];

/// The checks whose messages quote no formula, and nothing that a formula names or shows but errors of Excel's and the text of
/// their own cell.
const QUOTE_NONE: [&Check; 4] = [
    &errors::ERROR_BESIDE_TABLE,
    &circular::CIRCULAR_REFERENCE,
    &circular::CALCULATION,
    &among_records::SUM_AMONG_RECORDS,
];

/// The checks whose messages quote formulas, or what formulas name or show: that can be of any sheet.
pub(super) fn quoting() -> impl Iterator<Item = &'static Check> {
    CHECKS.into_iter().filter(|check| !QUOTE_NONE.contains(check))
}

/// Judges the formulas of a workbook.
pub(super) fn check(workbook: &Workbook, pack: &Pack, outcome: &mut Outcome) {
    let formulas = written::formulas(workbook);
    for table in &workbook.tables {
        let Some(schema) = pack.tables.get(&table.name) else { continue };
        let view = TableView { workbook, table, schema };
        among_records::check(view, &formulas, outcome);
        if view.is_crosstab() {
            // What these say of a column holds for one of records alone: here neighbours lie in rows too.
            continue;
        }
        totals::check(view, &formulas, outcome);
        if gives_all_formulas(workbook) {
            typed::check(view, &formulas, outcome);
            columns::check(view, &formulas, outcome);
        } else if view.table.total.is_some() {
            // Once a workbook: what is said of two tables in the same words is listed once.
            let why = format!("This kind of file does not tell every formula ({}).", workbook.path);
            for check in [&typed::TYPED_OVER, &columns::FORMULA_TYPED_OVER] {
                not_run::list(outcome, check.code, why.clone());
            }
        }
    }
    links::check(workbook, &formulas, outcome);
    if formulas.is_empty() {
        return;
    }
    errors::check(workbook, &formulas, outcome);
    inputs::check(workbook, &formulas, outcome);
    once_a_cell(outcome);
    circular::check(workbook, outcome);
    recalculated::check(workbook, pack, &formulas, outcome);
}

/// A formula that uses an empty cell or a text is unlike the others of its column for just that.
fn once_a_cell(outcome: &mut Outcome) {
    let codes = [inputs::REFERS_TO_EMPTY_CELL.code, inputs::REFERS_TO_TEXT.code];
    let told = outcome.findings.iter().filter(|finding| codes.contains(&finding.code.as_str()));
    let told: HashSet<Place> = told.map(|finding| finding.place.clone()).collect();
    let unlike = columns::FORMULA_UNLIKE_OTHERS.code;
    outcome.findings.retain(|finding| finding.code != unlike || !told.contains(&finding.place));
}

/// Whether the file's format gives every formula: of the older formats some formulas cannot be read.
pub(super) fn gives_all_formulas(workbook: &Workbook) -> bool {
    let ending = workbook.path.rsplit('.').next().unwrap_or_default().to_lowercase();
    !matches!(ending.as_str(), "xls" | "xlsb")
}
