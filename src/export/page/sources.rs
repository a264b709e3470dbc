//! What the findings rest on: the checks that did not run, and the workbooks.

use crate::export::verdict;
use crate::model::{Report, WorkbookReport};

use super::markup::{Column, Markup, element, plain, section, table, text};
use super::{Drawn, PageFace};

/// So many digits of a fingerprint tell two workbooks apart by eye.
const FINGERPRINT_DIGITS: usize = 12;

/// The checks that did not run, if there are any.
pub fn not_run(drawn: &Drawn<'_>) -> Markup {
    let report = drawn.report;
    if report.not_run.is_empty() {
        return Markup::empty();
    }
    let columns = [Column::words("Check"), Column::words("Why"), Column::words("Stands against publication")];
    let rows = report.not_run.iter().map(|check| {
        let stands = if check.required { "Yes" } else { "No, it is not required" };
        vec![drawn.checks.code(&check.check), text(&check.why), text(stands)]
    });
    let intro = plain("p", text("A check that did not run never counts as passed."));
    let table = table("not-run-table", "Checks and why they did not run", &columns, rows.collect());
    section("not-run", "Checks that did not run", intro.then(table))
}

/// The rows by table, and the workbooks with what became of them.
pub fn workbooks(report: &Report, face: &PageFace) -> Markup {
    let rows = verdict::rows_by_table(report, &face.titles);
    let by_table = if rows.is_empty() {
        Markup::empty()
    } else {
        let columns = [Column::words("Table"), Column::numbers("Rows"), Column::numbers("Workbooks")];
        let rows = rows
            .iter()
            .map(|table| vec![text(table.title), text(&table.rows.to_string()), text(&table.workbooks.to_string())]);
        table("rows-by-table", "Rows by table", &columns, rows.collect())
    };
    let columns = [
        Column::words("Workbook"),
        Column::words("State"),
        Column::words("Tables and rows"),
        Column::words("Fingerprint, first 12 digits"),
    ];
    let rows = report.workbooks.iter().map(|workbook| workbook_row(workbook, face));
    let list = if report.workbooks.is_empty() {
        plain("p", text("There are no workbooks in the inbox."))
    } else {
        table("workbook-list", "Workbooks of the inbox", &columns, rows.collect())
    };
    section("workbooks", "Workbooks", by_table.then(list))
}

fn workbook_row(workbook: &WorkbookReport, face: &PageFace) -> Vec<Markup> {
    let tables = workbook.tables.iter().map(|table| {
        let rows = verdict::count(table.rows, "row", "rows");
        plain("li", text(&format!("{}: {rows}", face.titles.title(&table.name))))
    });
    let tables: Markup = tables.collect();
    let tables = if tables == Markup::empty() { text("None") } else { element("ul", &[("class", "cells")], tables) };
    let fingerprint: String = workbook.sha256.chars().take(FINGERPRINT_DIGITS).collect();
    let fingerprint = if fingerprint.is_empty() { text("–") } else { plain("code", text(&fingerprint)) };
    vec![text(&workbook.path), text(workbook.state.in_words()), tables, fingerprint]
}
