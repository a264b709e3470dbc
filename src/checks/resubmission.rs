//! A return that stands in place of an earlier one: which cells differ.

use std::sync::Arc;

use super::words::{quoted, shown};
use crate::model::{About, Cell, Check, Outcome, Place, RawValue, Severity, Table, Value, Workbook};
use crate::schema::Pack;

/// At most so many changes are named; the rest are counted.
const MOST_CHANGES: usize = 8;

/// A workbook that was returned again.
const RESUBMITTED: Check = Check {
    code: "resubmitted",
    severity: Severity::Info,
    explainable: false,
    required: true,
    title: "A workbook was returned again",
    about: About {
        meaning: "A later workbook for the same month says that it is a resubmission, so it is used and the earlier one is not.",
        why: "Figures that were reported before may have changed.",
        example: "The resubmission differs in Spend!F4: £386.75 before, £400.00 now.",
        mend: "Nothing to mend, if the changes are meant. Say in the report to committee what was restated.",
    },
};

pub(super) static CHECKS: [&Check; 1] = [&RESUBMITTED];

/// Compares a workbook with the one that it replaces, cell by cell by their meaning. The two differ at least in the cell
/// by which the one says that it is a resubmission.
pub fn check_resubmission(old: &Workbook, new: &Workbook, pack: &Pack) -> Outcome {
    let mut changes = Vec::new();
    for table in &new.tables {
        match old.table(&table.name) {
            Some(before) => changes.extend(compare(before, table, &new.path)),
            None => changes.push(Change::new(format!("the table on {} (new)", table.sheet), None)),
        }
    }
    let gone = old.tables.iter().filter(|table| new.table(&table.name).is_none());
    changes.extend(gone.map(|table| Change::new(format!("the table on {} (gone)", table.sheet), None)));
    let mut finding = RESUBMITTED.finding(
        Place::workbook(&new.path),
        format!(
            "This workbook is a resubmission and is used in place of {}. It differs in {}.",
            old.path.rsplit('/').next().unwrap_or(&old.path),
            in_words(&changes)
        ),
        "Make sure that the changes are meant.",
    );
    finding.related = changes.into_iter().filter_map(|change| change.place).collect();
    super::settled(Outcome { findings: vec![finding], not_run: Vec::new() }, pack)
}

/// Something that is not as it was.
struct Change {
    /// What a message says of it, after “It differs in”.
    words: String,
    /// Where it is in the new workbook, if it is there.
    place: Option<Place>,
}

impl Change {
    fn new(words: String, place: Option<Place>) -> Self {
        Self { words, place }
    }
}

/// The first changes one by one, and how many more there are.
fn in_words(changes: &[Change]) -> String {
    let named: Vec<&str> = changes.iter().take(MOST_CHANGES).map(|change| change.words.as_str()).collect();
    let more = match changes.len().saturating_sub(MOST_CHANGES) {
        0 => String::new(),
        1 => "; and in 1 more place".to_owned(),
        more => format!("; and in {more} more places"),
    };
    format!("{}{more}", named.join("; "))
}

/// The changes of a table: its rows from the top down, and its stated total.
fn compare(before: &Table, after: &Table, path: &Arc<str>) -> Vec<Change> {
    let mut changes = Vec::new();
    let rows = before.rows.len().max(after.rows.len());
    let mut pairs: Vec<_> = (0..rows).map(|index| (before.rows.get(index), after.rows.get(index), "row")).collect();
    pairs.push((before.total.as_ref(), after.total.as_ref(), "the total in row"));
    let place = |cell: &Cell| Place::area(path, &after.sheet, cell.position);
    for (was, now, called) in pairs {
        match (was, now) {
            (Some(was), Some(now)) => {
                let cells = was.cells.iter().zip(&now.cells).filter(|(was, now)| was.value != now.value);
                changes.extend(cells.map(|(was, now)| {
                    let words = format!("{}!{} ({} before, {} now)", after.sheet, now.position, said(was), said(now));
                    Change::new(words, Some(place(now)))
                }));
            }
            (None, Some(now)) => {
                let words = format!("{called} {} of {} (new)", now.line + 1, after.sheet);
                changes.push(Change::new(words, now.cells.first().map(place)));
            }
            (Some(was), None) => {
                changes.push(Change::new(format!("{called} {} of {} (gone)", was.line + 1, before.sheet), None));
            }
            (None, None) => {}
        }
    }
    changes
}

/// What a cell says, personal data masked.
fn said(cell: &Cell) -> String {
    match (&cell.value, &cell.raw) {
        (Value::Null, raw) if raw.is_blank() => "empty".to_owned(),
        (Value::Null, RawValue::Text(text)) => quoted(text),
        (Value::Null, raw) => raw.shown(),
        (value, _) => shown(value),
    }
}
