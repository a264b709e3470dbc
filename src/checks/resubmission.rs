//! A return that stands in place of an earlier one: which cells differ.

use crate::model::{About, Cell, Check, Outcome, Place, Severity, Table, Value, Workbook};
use crate::schema::Pack;

/// At most so many cells are named; the rest are counted.
const MOST_CELLS: usize = 8;

/// A workbook that was returned again.
const RESUBMITTED: Check = Check {
    code: "resubmitted",
    severity: Severity::Info,
    explainable: false,
    title: "A workbook was returned again",
    about: About {
        meaning: "A later workbook for the same month says that it is a resubmission, so it is used and the earlier one is not.",
        why: "Figures that were reported before may have changed.",
        example: "The resubmission differs in Spend!F4: £386.75 before, £400.00 now.",
        mend: "Nothing to mend, if the changes are meant. Say in the report to committee what was restated.",
    },
};

pub(super) static CHECKS: [&Check; 1] = [&RESUBMITTED];

/// Compares a workbook with the one that it replaces, cell by cell by their meaning.
pub fn check_resubmission(old: &Workbook, new: &Workbook, pack: &Pack) -> Outcome {
    let mut changes = Vec::new();
    for table in &new.tables {
        match old.table(&table.name) {
            Some(before) => compare(before, table, &mut changes),
            None => changes.push((None, format!("{} is new", table.sheet))),
        }
    }
    for gone in old.tables.iter().filter(|table| new.table(&table.name).is_none()) {
        changes.push((None, format!("{} is no longer there", gone.sheet)));
    }
    let name = old.path.rsplit('/').next().unwrap_or(&old.path);
    let more = changes.len().saturating_sub(MOST_CELLS);
    let listed: Vec<&str> = changes.iter().take(MOST_CELLS).map(|(_, text)| text.as_str()).collect();
    let what = match (changes.len(), more) {
        (0, _) => "Its content is the same.".to_owned(),
        (_, 0) => format!("It differs in {}.", listed.join("; ")),
        _ => format!("It differs in {}; and in {more} more places.", listed.join("; ")),
    };
    let mut finding = RESUBMITTED.finding(
        Place::workbook(&new.path),
        format!("This workbook is a resubmission and is used in place of {name}. {what}"),
        "Make sure that the changes are meant.",
    );
    let place = |cell: &Cell, table: &Table| Place::area(&new.path, &table.sheet, cell.position);
    finding.related =
        changes.iter().filter_map(|(changed, _)| changed.map(|(cell, table)| place(cell, table))).collect();
    super::settled(Outcome { findings: vec![finding], not_run: Vec::new() }, pack)
}

type Change<'a> = (Option<(&'a Cell, &'a Table)>, String);

fn compare<'a>(before: &Table, after: &'a Table, changes: &mut Vec<Change<'a>>) {
    for (index, row) in after.rows.iter().enumerate() {
        let Some(old) = before.rows.get(index) else {
            changes.push((
                row.cells.first().map(|cell| (cell, after)),
                format!("row {} of {} (new)", row.line + 1, after.sheet),
            ));
            continue;
        };
        for (was, now) in old.cells.iter().zip(&row.cells).filter(|(was, now)| was.value != now.value) {
            let cell = format!("{}!{}", after.sheet, now.position);
            changes.push((Some((now, after)), format!("{cell} ({} before, {} now)", shown(was), shown(now))));
        }
    }
    for row in before.rows.iter().skip(after.rows.len()) {
        changes.push((None, format!("row {} of {} (gone)", row.line + 1, before.sheet)));
    }
}

fn shown(cell: &Cell) -> String {
    match &cell.value {
        Value::Money(money) => money.to_string(),
        Value::Null if cell.raw.is_blank() => "empty".to_owned(),
        _ => cell.raw.shown(),
    }
}
