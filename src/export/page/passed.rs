//! What was checked, and on how much: what a page without findings is worth.

use std::collections::BTreeSet;

use crate::export::verdict;
use crate::model::{CheckPage, Checked, Difference, Report, WorkbookState};

use super::PageFace;
use super::checks::Checks;
use super::markup::{Column, Markup, element, plain, section, table, text};

/// The checks that ran, with what they found, and folded those that did not have to; nothing where that is not known.
pub fn checked(report: &Report, face: &PageFace, checks: &Checks<'_>) -> Markup {
    if report.checked.is_empty() {
        return Markup::empty();
    }
    let not_run: BTreeSet<&str> = report.not_run.iter().map(|check| check.check.as_str()).collect();
    let columns =
        [Column::words("Check"), Column::numbers("Workbooks"), Column::numbers("Rows"), Column::words("Result")];
    let rows = report.checked.iter().map(|checked| {
        let code = checked.check.as_str();
        let title = plain("span", text(checks.title(code)));
        // Only what found something or did not run is written about further down.
        let is_written_about = checked.findings > 0 || not_run.contains(code);
        let named = if is_written_about { checks.code(code) } else { plain("code", text(code)) };
        vec![
            title.then(Markup::own(" ")).then(named),
            text(&grouped(checked.workbooks)),
            text(&checked.rows.map_or_else(|| "–".to_owned(), grouped)),
            result(checked, not_run.contains(code)),
        ]
    });
    let table = table("checked-table", "Checks that ran, in their order", &columns, rows.collect());
    let idle = idle(report, face);
    section("checked", "What was checked", plain("p", text(&summary(report, &not_run))).then(table).then(idle))
}

/// How many checks ran, and how many of them found nothing.
fn summary(report: &Report, not_run: &BTreeSet<&str>) -> String {
    let passed = report.checked.iter().filter(|checked| is_passed(checked, not_run)).count();
    let ran = verdict::count(report.checked.len(), "check", "checks");
    let found = match passed {
        0 => format!("{ran} ran, and each found something or did not run everywhere."),
        all if all == report.checked.len() => format!("{ran} ran, and found nothing."),
        some => format!("{ran} ran; {some} of them found nothing."),
    };
    let unread = report.workbooks.iter().filter(|workbook| workbook.state == WorkbookState::Unreadable).count();
    let unread = match unread {
        0 => String::new(),
        1 => " One workbook could not be read, and nothing in it was checked.".to_owned(),
        some => format!(" {some} workbooks could not be read, and nothing in them was checked."),
    };
    format!("{found} The table says on how many workbooks and rows each of them ran.{unread}")
}

fn is_passed(checked: &Checked, not_run: &BTreeSet<&str>) -> bool {
    checked.findings == 0 && !not_run.contains(checked.check.as_str())
}

/// What came of a check. One that did not run everywhere has not passed.
fn result(checked: &Checked, did_not_run_everywhere: bool) -> Markup {
    let found = verdict::count(checked.findings, "finding", "findings");
    let somewhere = || element("a", &[("href", "#not-run")], text("not run everywhere"));
    match (checked.findings, did_not_run_everywhere) {
        (0, false) => element("span", &[("class", "passed")], text("Nothing found")),
        (0, true) => text("Nothing found, ").then(somewhere()),
        (_, false) => plain("strong", text(&found)),
        (_, true) => plain("strong", text(&found)).then(text(", ")).then(somewhere()),
    }
}

/// The checks that are switched off, and those that there was nothing for.
fn idle(report: &Report, face: &PageFace) -> Markup {
    let ran = report.checked.iter().map(|checked| checked.check.as_str());
    let not_run = report.not_run.iter().map(|check| check.check.as_str());
    let found = report.findings.iter().map(|finding| finding.code.as_str());
    let named: BTreeSet<&str> = ran.chain(not_run).chain(found).collect();
    let idle = face.checks.iter().filter(|check| !named.contains(check.code.as_str()));
    let (off, unneeded): (Vec<&CheckPage>, Vec<&CheckPage>) = idle.partition(|check| check.is_off);
    if off.is_empty() && unneeded.is_empty() {
        return Markup::empty();
    }
    let mut words = Vec::new();
    if !off.is_empty() {
        words.push(format!("{} switched off", is_or_are(off.len())));
    }
    if !unneeded.is_empty() {
        words.push(format!("{} nothing to look at", had(unneeded.len())));
    }
    let lists = list("Switched off by the pack", &off).then(list("Nothing to look at in these workbooks", &unneeded));
    element("details", &[("class", "more")], plain("summary", text(&words.join(", "))).then(lists))
}

fn is_or_are(number: usize) -> String {
    format!("{} {}", verdict::count(number, "check", "checks"), if number == 1 { "is" } else { "are" })
}

fn had(number: usize) -> String {
    format!("{} had", verdict::count(number, "check", "checks"))
}

fn list(title: &str, checks: &[&CheckPage]) -> Markup {
    if checks.is_empty() {
        return Markup::empty();
    }
    let items = checks
        .iter()
        .map(|check| plain("li", text(&check.title).then(Markup::own(" ")).then(plain("code", text(&check.code)))));
    element("p", &[("class", "intro")], text(title)).then(plain("ul", items.collect()))
}

fn grouped(number: usize) -> String {
    i64::try_from(number).map_or_else(|_| number.to_string(), |number| Difference::Count(number).to_string())
}
