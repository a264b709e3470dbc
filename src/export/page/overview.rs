//! The top of the page: whether something stands against publication, what it is, and what the page holds.

use std::collections::BTreeSet;

use crate::export::verdict;
use crate::model::{Finding, Report, Weight, capitalised};

use super::finding::{inbox_or, link, workbook_id, workbooks};
use super::markup::{Column, Markup, element, plain, section, table, text};
use super::{Drawn, marked};

/// At most so many errors are listed at the top; all of them stand further down.
const MOST_LISTED: usize = 100;

/// What stands against publication, or that nothing does: the verdict, then the errors and the checks.
pub fn standing(drawn: &Drawn<'_>) -> Markup {
    let report = drawn.report;
    let class = if report.is_clear() { "verdict clear" } else { "verdict stands" };
    // Of a year that is not complete the verdict says it.
    let is_draft = !report.is_clear() && report.period.is_complete();
    let draft = if is_draft { "The committee appendix of this run is a DRAFT." } else { "" };
    let verdict = element("div", &[("class", class)], {
        let words = plain("p", plain("strong", text(&verdict::verdict(report))));
        let words = if draft.is_empty() { words } else { words.then(plain("p", text(draft))) };
        words.then(plain("p", text(&format!("{}.", capitalised(&verdict::counts(report))))))
    });
    let errors = standing_errors(drawn);
    section("standing", "What stands against publication", verdict.then(errors).then(required_checks(report)))
}

/// A table of contents with the numbers of findings, of checks that did not run and of those that did, of workbooks, and of
/// checks that are written about.
pub fn contents(drawn: &Drawn<'_>) -> Markup {
    let report = drawn.report;
    let counts = report.counts();
    let mut entries = vec![(format!("Findings ({})", report.findings.len()), "#findings")];
    if counts.not_run > 0 {
        entries.push((format!("Checks that did not run ({})", counts.not_run), "#not-run"));
    }
    if !report.checked.is_empty() {
        entries.push((format!("What was checked ({})", report.checked.len()), "#checked"));
    }
    entries.push((format!("Workbooks ({})", report.workbooks.len()), "#workbooks"));
    if drawn.checks.count() > 0 {
        entries.push((format!("The checks ({})", drawn.checks.count()), "#checks"));
    }
    let items = entries
        .into_iter()
        .map(|(title, target)| plain("li", element("a", &[("href", target)], text(&title))))
        .collect();
    element("nav", &[("aria-label", "On this page")], plain("ul", items))
}

/// The first errors that stand, of those that are shown below.
fn standing_errors(drawn: &Drawn<'_>) -> Markup {
    let all = drawn.report.counts().errors;
    if all == 0 {
        return Markup::empty();
    }
    let columns = [Column::words("Where"), Column::words("What is wrong"), Column::numbers("Difference")];
    let listed = drawn.shown.full.iter().filter(|numbered| numbered.finding.stands()).take(MOST_LISTED);
    let rows: Vec<Vec<Markup>> =
        listed.map(|numbered| vec![link(*numbered), what(numbered.finding), difference(numbered.finding)]).collect();
    let more = all - rows.len();
    table("standing-errors", "Errors that stand", &columns, rows).then(others(more))
}

/// How many errors are not listed.
fn others(number: usize) -> Markup {
    if number == 0 {
        return Markup::empty();
    }
    let (errors, verb) = if number == 1 { ("error", "stands") } else { ("errors", "stand") };
    let below = element("a", &[("href", "#findings")], text("among the findings"));
    plain("p", text(&format!("{number} more {errors} {verb}, ")).then(below).then(text(".")))
}

/// How much was found in each workbook, with links to its findings and to its marked copy; nothing where there is only one.
pub fn by_workbook(drawn: &Drawn<'_>) -> Markup {
    let workbooks = workbooks(drawn);
    if workbooks.len() < 2 {
        return Markup::empty();
    }
    let columns = [
        Column::words("Workbook"),
        Column::numbers("Errors"),
        Column::numbers("Explained"),
        Column::numbers("Warnings"),
        Column::numbers("For information"),
        Column::words("In Excel"),
    ];
    let shown = drawn.shown.full.iter().map(|numbered| numbered.finding.place.workbook.as_deref());
    let shown: BTreeSet<Option<&str>> = shown.collect();
    let rows = workbooks.iter().enumerate().map(|(index, findings)| {
        let workbook = findings[0].finding.place.workbook.as_deref();
        let target = format!("#{}", workbook_id(index));
        let count = |weight| {
            let count = findings.iter().filter(|numbered| numbered.finding.weight() == weight).count();
            text(&if count == 0 { "–".to_owned() } else { count.to_string() })
        };
        let name = text(inbox_or(workbook));
        vec![
            if shown.contains(&workbook) { element("a", &[("href", &target)], name) } else { name },
            count(Weight::Standing),
            count(Weight::Explained),
            count(Weight::Warning),
            count(Weight::Info),
            marked::short_link(drawn.face, workbook).unwrap_or_else(|| text("–")),
        ]
    });
    table("by-workbook", "Findings by workbook", &columns, rows.collect())
}

fn what(finding: &Finding) -> Markup {
    text(&finding.message)
}

fn difference(finding: &Finding) -> Markup {
    text(&finding.difference.map(|difference| difference.to_string()).unwrap_or_else(|| "–".to_owned()))
}

/// A line that leads to the checks that are not listed at the top.
fn further_checks(more: usize) -> Markup {
    if more == 0 {
        return Markup::empty();
    }
    let words = format!("{} listed below", verdict::count(more, "more is", "more are"));
    plain("p", element("a", &[("href", "#not-run")], text(&words)))
}

/// The required checks that did not run stand against publication too, so they are named at the top.
fn required_checks(report: &Report) -> Markup {
    let rows: Vec<Vec<Markup>> =
        report.required_not_run().map(|check| vec![plain("code", text(&check.check)), text(&check.why)]).collect();
    if rows.is_empty() {
        return Markup::empty();
    }
    let more = rows.len().saturating_sub(MOST_LISTED);
    let columns = [Column::words("Check"), Column::words("Why it did not run")];
    let listed = rows.into_iter().take(MOST_LISTED).collect();
    table("standing-checks", "Required checks that did not run", &columns, listed).then(further_checks(more))
}
