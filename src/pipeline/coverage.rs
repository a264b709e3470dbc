//! On how much each check ran: those of workbooks, those of explanations, and the rules of the pack.

use std::collections::{BTreeMap, BTreeSet};

use super::{Placed, check_pages};
use crate::checks::{self, Covered, Extent};
use crate::model::{Checked, Period, Report, Row, Table, Workbook, WorkbookState};
use crate::reconcile;
use crate::schema::{Pack, Rule, Year};

/// On how much each check ran, in the order of [`check_pages`]. The findings of the report, and what was not run, are
/// settled.
pub(super) fn checked(placed: &[Placed], pack: &Pack, year: &Year, report: &Report) -> Vec<Checked> {
    let covered: Vec<Covered<'_>> =
        placed.iter().map(|one| Covered { workbook: &one.workbook, state: one.state, month: one.month }).collect();
    let built_in = checks::registry().chain(reconcile::registry());
    let mut ran = checks::coverage(built_in, &covered, (pack, year), &report.not_run, report.whole_inbox);
    let used: Vec<&Workbook> =
        placed.iter().filter(|one| one.state == WorkbookState::Read).map(|one| &one.workbook).collect();
    for rule in &pack.rules {
        ran.extend(of_rule(rule, &used, pack, report).map(|extent| (rule.code.as_str(), extent)));
    }
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &report.findings {
        *found.entry(&finding.code).or_default() += 1;
        // Where it found something it ran, whatever was counted.
        let extent = ran.entry(&finding.code).or_default();
        extent.workbooks.extend(finding.place.workbook.clone());
    }
    let in_order = check_pages(pack).into_iter().filter_map(|page| {
        let extent = ran.get(page.code.as_str())?;
        let findings = found.get(page.code.as_str()).copied().unwrap_or_default();
        Some(Checked { check: page.code, workbooks: extent.workbooks.len(), rows: extent.rows, findings })
    });
    in_order.collect()
}

/// On what a rule ran: the rows of the tables that it needs, as far as all that it needs of them could be read. None where it
/// did not run, and where there was nothing to run over.
fn of_rule(rule: &Rule, used: &[&Workbook], pack: &Pack, report: &Report) -> Option<Extent> {
    let names: BTreeSet<&str> = rule.needs.iter().map(|need| need.table.as_str()).collect();
    let tables: Vec<&str> = names.into_iter().filter(|name| pack.tables.contains_key(*name)).collect();
    if pack.check_options(&rule.code).is_off() || !tables.iter().all(|table| is_due(table, pack, &report.period)) {
        return None;
    }
    // One that was stopped did not judge every row: where it found something it ran, and no more is said.
    let was_stopped = |why: &str| why.starts_with("It was stopped");
    if report.not_run.iter().any(|one| one.check == rule.code && was_stopped(&one.why)) {
        return None;
    }
    let mut extent = Extent::default();
    if tables.is_empty() {
        // It is about the inbox: which workbooks there are.
        if report.whole_inbox {
            used.iter().for_each(|workbook| extent.add(&workbook.path, None));
        }
        return Some(extent).filter(|extent| !extent.workbooks.is_empty());
    }
    let is_there = |name: &&str| used.iter().any(|workbook| workbook.table(name).is_some());
    let did_not_run = report.not_run.iter().any(|one| one.check == rule.code);
    // What needs a table of which nothing was read says so, and does not run; and what needs the whole year is not asked of a
    // few files.
    if !tables.iter().all(is_there) && (did_not_run || !report.whole_inbox) {
        return None;
    }
    for workbook in used {
        let needed = workbook.tables.iter().filter(|table| tables.contains(&&*table.name));
        let rows: usize = needed.map(|table| rows_of(rule, table, workbook, pack)).sum();
        if rows > 0 {
            // Where a part of one table is not known, it is not told to which rows of the others it belongs.
            let are_counted = !did_not_run || tables.len() == 1;
            extent.add(&workbook.path, are_counted.then_some(rows));
        }
    }
    Some(extent).filter(|extent| !extent.workbooks.is_empty())
}

/// Whether a workbook that carries a table has fallen due.
fn is_due(table: &str, pack: &Pack, period: &Period) -> bool {
    let due = pack.partnership.workbooks.iter().filter(|kind| kind.is_due(period));
    due.flat_map(|kind| &kind.tables).any(|place| place.table == table)
}

/// The rows of a table of which a rule could read all that it needs.
fn rows_of(rule: &Rule, table: &Table, workbook: &Workbook, pack: &Pack) -> usize {
    // A part of what the pack places there was not found, so what is counted with it was not checked.
    let is_part = workbook.absent.iter().any(|absent| absent.table == table.name);
    let Some(schema) = pack.tables.get(&table.name).filter(|_| !is_part) else { return 0 };
    let fields = schema.fields.iter().enumerate().filter(|(_, field)| rule.needs_field(&table.name, &field.name));
    let needed: Vec<usize> = fields.map(|(index, _)| index).collect();
    if needed.iter().any(|index| table.columns.get(*index).is_none_or(Option::is_none)) {
        return 0;
    }
    let is_read = |index: &usize, row: &Row| row.cells.get(*index).is_some_and(|cell| !cell.is_marked());
    table.rows.iter().filter(|row| needed.iter().all(|index| is_read(index, row))).count()
}
