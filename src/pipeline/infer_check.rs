//! A drafted pack held against the workbooks that it was drafted from.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Error, Options, judge, read_one};
use crate::inbox::Inbox;
use crate::isolation::Isolation;
use crate::model::{Finding, Position, Silent, Table};
use crate::schema::Pack;

/// The checks whose findings say that the draft does not describe what is there; those of all others are about the data.
const OF_THE_DRAFT: [&str; 14] = [
    "missing-sheet",
    "missing-table",
    "missing-heading",
    "repeated-heading",
    "row-after-total",
    "required-value",
    "repeated-value",
    "repeated-key",
    "not-in-list",
    "pattern-mismatch",
    "not-a-date",
    "not-a-month",
    "unknown-workbook",
    "ambiguous-table",
];

/// A table, and the place of a field among its fields, where one is meant.
pub(super) type FieldPlace = (String, Option<usize>);

/// What stands against the workbooks by the draft.
pub(super) struct Judged {
    /// The errors, each with the table and the field's place among its fields, where it is in one.
    pub errors: Vec<(Finding, Option<FieldPlace>)>,
    /// By table and the field's place: how many cells hold something, and how many of them could not be read.
    pub cells: BTreeMap<(String, usize), (usize, usize)>,
}

/// Reads the workbooks by the draft, and judges them for each year that it has.
pub(super) fn judged(pack: &Pack, inbox: &Inbox, isolation: &Isolation) -> Result<Judged, Error> {
    let inbox =
        Inbox { whole: false, others: Vec::new(), unread_folders: Vec::new(), workbooks: inbox.workbooks.clone() };
    let workbooks: Vec<_> =
        inbox.workbooks.par_iter().map(|found| read_one(found, None, pack, isolation, &Silent)).collect();
    let tables: Vec<(String, Vec<Table>)> =
        workbooks.iter().map(|workbook| (workbook.path.to_string(), workbook.tables.clone())).collect();
    let mut judged = Judged { errors: Vec::new(), cells: BTreeMap::new() };
    for table in tables.iter().flat_map(|(_, tables)| tables) {
        judged.count(table);
    }
    for year in &pack.partnership.years {
        let options = Options { year: Some(year.name.clone()), to: None, isolation: isolation.clone() };
        let ran = judge(pack, &inbox, workbooks.clone(), &options, &Silent)?;
        for finding in ran.report.findings.into_iter().filter(Finding::stands) {
            let place = place_of(&finding, &tables);
            if !judged.errors.iter().any(|(known, _)| *known == finding) {
                judged.errors.push((finding, place));
            }
        }
    }
    Ok(judged)
}

impl Judged {
    fn count(&mut self, table: &Table) {
        for cell in table.rows.iter().flat_map(|row| row.cells.iter().enumerate()) {
            let (field, cell) = cell;
            let (filled, unread) = self.cells.entry((table.name.to_string(), field)).or_default();
            *filled += usize::from(!cell.raw.is_blank());
            *unread += usize::from(cell.is_marked());
        }
    }

    /// The errors in sentences, in their order.
    pub fn told(&self) -> Vec<String> {
        self.errors.iter().map(|(finding, _)| told(finding)).collect()
    }

    /// The errors in sentences, by the table that they are in.
    pub fn by_table(&self) -> BTreeMap<String, Vec<String>> {
        let mut by_table: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (finding, place) in &self.errors {
            if let Some((table, _)) = place {
                by_table.entry(table.clone()).or_default().push(told(finding));
            }
        }
        by_table
    }
}

/// An error with its place before it; one of the data says so.
fn told(finding: &Finding) -> String {
    let place = finding.place.in_workbook();
    let workbook = finding.place.workbook.as_deref().unwrap_or_default();
    let at = if place.is_empty() { workbook.to_owned() } else { format!("{place} of {workbook}") };
    let is_of_the_draft = OF_THE_DRAFT.contains(&finding.code.as_str());
    let what = if is_of_the_draft { "Could not describe" } else { "To mend in the workbook" };
    format!("{what}: {at}: {}", finding.message)
}

/// The table and field in whose cells a finding is; by its sheet alone, where that has one table.
fn place_of(finding: &Finding, workbooks: &[(String, Vec<Table>)]) -> Option<FieldPlace> {
    let path = finding.place.workbook.as_deref()?;
    let sheet = finding.place.sheet.as_deref()?;
    let (_, tables) = workbooks.iter().find(|(known, _)| known == path)?;
    let here: Vec<&Table> = tables.iter().filter(|table| &*table.sheet == sheet).collect();
    if let Some(area) = finding.place.area {
        for table in &here {
            if let Some(field) = field_at(table, area.first) {
                return Some((table.name.to_string(), Some(field)));
            }
        }
    }
    match here.as_slice() {
        [one] => Some((one.name.to_string(), None)),
        _ => None,
    }
}

fn field_at(table: &Table, at: Position) -> Option<usize> {
    let rows = table.rows.iter().chain(&table.total).chain(&table.subtotals);
    let in_rows = rows.flat_map(|row| row.cells.iter().enumerate()).find(|(_, cell)| cell.position == at);
    let heading = || {
        let columns = table.columns.iter().enumerate();
        columns.filter_map(|(field, column)| Some((field, column.as_ref()?))).find(|(_, column)| column.heading == at)
    };
    in_rows.map(|(field, _)| field).or_else(|| heading().map(|(field, _)| field))
}
