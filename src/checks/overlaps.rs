//! Cells that two tables of a sheet read: what is in them is counted twice.

use std::collections::{BTreeMap, HashMap};

use super::view::TableView;
use crate::model::{About, Area, Check, Finding, Origin, Outcome, Over, Position, Workbook};
use crate::schema::Pack;

const CELLS_READ_TWICE: Check = Check::error(
    "cells-read-twice",
    "Two tables read the same figures",
    About {
        meaning: "The same cells of a sheet were read as rows of two tables.",
        why: "Every figure in them is counted twice.",
        example: "Below Table B the headings were renamed, so the rows of Table C were read as those of Table B too.",
        mend: "Correct the headings of the table that was not found, or what the pack says under locate.",
    },
)
.over(Over::SharedSheets);

pub(super) static CHECKS: [&Check; 1] = [&CELLS_READ_TWICE];

/// Judges the sheets that hold more than one table; the cells of the others are not looked at.
pub(super) fn check(workbook: &Workbook, pack: &Pack, outcome: &mut Outcome) {
    let mut sheets: BTreeMap<&str, Vec<TableView<'_>>> = BTreeMap::new();
    for table in &workbook.tables {
        if let Some(schema) = pack.tables.get(&table.name) {
            sheets.entry(&table.sheet).or_default().push(TableView { workbook, table, schema });
        }
    }
    for views in sheets.values().filter(|views| views.len() > 1) {
        outcome.findings.extend(read_twice(views));
    }
}

/// A finding for each pair of tables with figures in common. Of cells that three tables read, the second and the third are
/// each set against the first.
fn read_twice(views: &[TableView<'_>]) -> Vec<Finding> {
    let mut readers: HashMap<Position, usize> = HashMap::new();
    let mut shared: BTreeMap<(usize, usize), Area> = BTreeMap::new();
    for (later, view) in views.iter().enumerate() {
        for cell in figures(*view) {
            let first = *readers.entry(cell).or_insert(later);
            if first != later {
                shared.entry((first, later)).and_modify(|area| *area = area.with(cell)).or_insert_with(|| cell.into());
            }
        }
    }
    let pairs =
        shared.into_iter().filter_map(|((first, later), area)| Some((views.get(first)?, views.get(later)?, area)));
    pairs.map(|(first, later, area)| finding(*first, *later, area)).collect()
}

/// The cells of a table's rows that hold figures of their own, not a heading's or label's that several rows share.
fn figures(view: TableView<'_>) -> impl Iterator<Item = Position> {
    let columns = view
        .columns()
        .filter(|column| column.kind().is_numeric() && matches!(column.origin(), Origin::Heading | Origin::Crosstab));
    columns.flat_map(|column| column.cells()).filter(|cell| !cell.raw.is_blank()).map(|cell| cell.position)
}

fn finding(first: TableView<'_>, later: TableView<'_>, area: Area) -> Finding {
    let is_one_schema = first.schema.name == later.schema.name;
    let are = if area.first == area.last { "is" } else { "are" };
    let (called, again) = (first.schema.called(), later.schema.called());
    let twice = if is_one_schema { format!("both times as {called}") } else { format!("as {called} and as {again}") };
    let message = format!("{area} {are} read twice: {twice}.");
    let fix = if is_one_schema {
        format!(
            "Take one of the two out of tables: in partnership.yaml, or correct what tables/{}.yaml says of where it is.",
            first.schema.name
        )
    } else {
        format!(
            "Correct the headings of the one that is not there, or its locate: in tables/{}.yaml or tables/{}.yaml.",
            first.schema.name, later.schema.name
        )
    };
    CELLS_READ_TWICE.finding(later.place(area), message, fix)
}
