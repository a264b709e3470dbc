//! Rows of an explanations workbook in which nobody has written anything yet, as in one that was made to be filled in. They
//! explain nothing and lack nothing: the differences that they name stand by themselves.

use std::collections::BTreeSet;

use super::view::TableView;
use crate::model::{About, Check, Outcome, Over, Row, Table, Workbook, listed};
use crate::schema::{EXPLANATION_FIELDS, Pack, TableSchema};

/// At most so many rows are named.
const MOST_NAMED: usize = 6;

const NOT_WRITTEN: Check = Check::info(
    "explanation-not-written",
    "A difference is listed to be explained, and nobody has explained it",
    About {
        meaning: "A row names a difference, and its explanation, who recorded and approved it and the date are all empty.",
        why: "The row explains nothing, so the difference stands as if the row were not there.",
        example: "Two of five rows of to-explain.xlsx are filled in; the other three are passed over.",
        mend: "Fill in the row, or delete it when the difference has been mended.",
    },
)
.over(Over::Explanations);

pub(super) static CHECKS: [&Check; 1] = [&NOT_WRITTEN];

/// Says of a table of explanations which rows are not written.
pub(super) fn check(view: TableView<'_>, pack: &Pack, outcome: &mut Outcome) {
    let lines: Vec<String> =
        unwritten(view.workbook, view.table, pack).iter().map(|line| (line + 1).to_string()).collect();
    if lines.is_empty() {
        return;
    }
    let written = written_fields().iter().filter_map(|name| view.schema.field(name));
    let entries: Vec<&str> = written.map(|field| field.heading()).collect();
    let more = lines.len().saturating_sub(MOST_NAMED);
    let mut named: Vec<String> = lines.iter().take(MOST_NAMED).cloned().collect();
    if more > 0 {
        named.push(format!("{more} more"));
    }
    let (rows, explain, them) = match lines.len() {
        1 => ("Row", "is not filled in, so it explains nothing", "it when its difference has"),
        _ => ("Rows", "are not filled in, so they explain nothing", "those whose differences have"),
    };
    outcome.findings.push(NOT_WRITTEN.finding(
        view.sheet(),
        format!("{rows} {} {explain}.", listed(&named, "and")),
        format!("Fill in {}; or delete {them} been mended.", listed(&entries, "and")),
    ));
}

/// The zero-based rows on the sheet of a table of explanations in which nothing is written; none of any other table.
pub(super) fn unwritten(workbook: &Workbook, table: &Table, pack: &Pack) -> BTreeSet<u32> {
    let is_of_explanations = pack
        .kind_of(workbook)
        .is_some_and(|kind| kind.explanations && kind.tables.iter().any(|place| place.table.as_str() == &*table.name));
    let Some(schema) = pack.tables.get(&table.name).filter(|_| is_of_explanations) else { return BTreeSet::new() };
    table.rows.iter().filter(|row| is_unwritten(row, table, schema)).map(|row| row.line).collect()
}

/// Leaves the rows in which nothing is written out of what goes into the figures.
pub fn leave_unwritten_out(workbook: &mut Workbook, pack: &Pack) {
    let unwritten: Vec<BTreeSet<u32>> = workbook.tables.iter().map(|table| unwritten(workbook, table, pack)).collect();
    for (table, lines) in workbook.tables.iter_mut().zip(unwritten) {
        table.rows.retain(|row| !lines.contains(&row.line));
    }
}

/// Whether every cell that an officer writes is there and empty.
fn is_unwritten(row: &Row, table: &Table, schema: &TableSchema) -> bool {
    written_fields().iter().all(|name| {
        let index = schema.field_index(name).filter(|index| table.columns.get(*index).is_some_and(Option::is_some));
        let cell = index.and_then(|index| row.cells.get(index));
        cell.is_some_and(|cell| cell.raw.is_blank() && !cell.is_marked())
    })
}

/// The fields of an explanation that say why a difference stands and who says so; those before them say which it is.
fn written_fields() -> &'static [&'static str] {
    let first = EXPLANATION_FIELDS.iter().position(|field| *field == "explanation").unwrap_or_default();
    &EXPLANATION_FIELDS[first..]
}
