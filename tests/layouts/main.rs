//! Tables as councils lay them out: for each row of the survey that the pack's words cover, a small workbook, and one that is
//! nearly the same and must be refused.

// Fixtures and helpers are made outside of the tests themselves.
#![allow(clippy::unwrap_used)]

mod blocks;
mod crosstab;
mod forms;
mod left_out;
mod locating;
mod page;
mod rows;
mod values;

#[path = "../support"]
mod support {
    pub mod one_kind;
    pub mod pack;
    pub mod package;
    pub mod workbook;

    pub use one_kind::pack;
    pub use workbook::workbook;
}

use crosscast::checks::{Context, check_workbook};
use crosscast::model::{Finding, Row, Table, Workbook};
use crosscast::read::read;

/// A workbook from its text, read by a pack of tables, each `(name, sheet, YAML of its schema)`.
fn read_by(tables: &[(&str, &str, &str)], text: &str) -> Workbook {
    let read = read("2022-04 April.xlsx", &support::workbook(text), &support::pack(tables));
    assert_eq!(read.unreadable, None);
    read
}

/// The one table of that name.
fn the_table(workbook: &Workbook, name: &str) -> Table {
    let tables: Vec<&Table> = workbook.tables.iter().filter(|table| &*table.name == name).collect();
    let [table] = tables.as_slice() else { panic!("{} tables; absent: {:?}", tables.len(), workbook.absent) };
    (*table).clone()
}

/// The values of the rows as the sheet has them, each with its cell: `A5 INV-1`; a cell with nothing is its place alone.
fn shown(table: &Table) -> Vec<Vec<String>> {
    let cells = |row: &Row| {
        row.cells.iter().map(|cell| format!("{} {}", cell.position, cell.raw.shown()).trim().to_owned()).collect()
    };
    table.rows.iter().map(cells).collect()
}

/// What the checks find in a workbook, each as `code cell: message`.
fn findings(tables: &[(&str, &str, &str)], text: &str) -> Vec<String> {
    let pack = support::pack(tables);
    let workbook = read_by(tables, text);
    let year = &pack.partnership.years[0];
    let outcome = check_workbook(&workbook, &Context { pack: &pack, year, month: workbook.month_in_name });
    let line = |finding: &Finding| {
        let cell = finding.place.area.map_or_else(String::new, |area| area.to_string());
        format!("{} {cell}: {}", finding.code, finding.message)
    };
    outcome.findings.iter().map(line).collect()
}
