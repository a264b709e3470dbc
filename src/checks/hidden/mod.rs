//! What is hidden or out of place: values that a reader of the sheet does not see or would not look for.
//!
//! What of it is only for the eye (a hidden column without values, a merged title) is nobody's fault and is passed over.

mod across;
mod amounts;
mod comments;
mod invisible;
mod left_out;
mod lines;
mod merged;
mod names;
mod ranges;
mod sheets;
mod unclaimed;

use super::not_run;
use super::view::TableView;
use crate::model::{Check, Outcome, Sheet, Workbook};
use crate::schema::Pack;

pub(super) static CHECKS: [&Check; 10] = [
    &sheets::HIDDEN_SHEET,
    &left_out::HIDDEN_SHEET_LEFT_OUT,
    &lines::HIDDEN_ROWS,
    &lines::FILTERED_ROWS,
    &lines::HIDDEN_COLUMNS,
    &invisible::INVISIBLE_TEXT,
    &merged::MERGED_CELLS,
    &unclaimed::UNCLAIMED_FIGURES,
    &comments::FIGURES_IN_COMMENT,
    &names::BROKEN_NAME,
];

/// Judges what of a workbook is hidden or out of place. Of one that the pack does not know nothing is read, so nothing that
/// is counted can be hidden in it.
pub(super) fn check(workbook: &Workbook, pack: &Pack, outcome: &mut Outcome) {
    if workbook.kind.is_none() {
        return;
    }
    let views: Vec<TableView<'_>> = workbook
        .tables
        .iter()
        .filter_map(|table| Some(TableView { workbook, table, schema: pack.tables.get(&table.name)? }))
        .collect();
    sheets::check(workbook, &views, outcome);
    left_out::check(workbook, pack, outcome);
    for view in &views {
        lines::check(*view, outcome);
        merged::check(*view, outcome);
    }
    for sheet in workbook.sheets.iter().filter(|sheet| holds_a_table(sheet, &views)) {
        let here: Vec<TableView<'_>> = views.iter().copied().filter(|view| view.table.sheet == sheet.name).collect();
        invisible::check(sheet, &here, outcome);
        unclaimed::check(sheet, &here, outcome);
    }
    comments::check(workbook, &views, outcome);
    names::check(workbook, &views, outcome);
    not_told(workbook, &views, outcome);
}

fn holds_a_table(sheet: &Sheet, views: &[TableView<'_>]) -> bool {
    views.iter().any(|view| view.table.sheet == sheet.name)
}

/// Lists once, under the name of one of them, that a workbook's format does not tell what these checks look at.
fn not_told(workbook: &Workbook, views: &[TableView<'_>], outcome: &mut Outcome) {
    let untold = |sheet: &Sheet| sheet.layout.is_none() && holds_a_table(sheet, views);
    if workbook.sheets.iter().any(untold) {
        let why = format!(
            "Hidden rows and columns, filters, merged cells, invisible text, defined names and the calendar of dates were not \
             looked at: a workbook of this format does not tell them ({}).",
            workbook.path
        );
        not_run::list(outcome, lines::HIDDEN_ROWS.code, why);
    }
}
