//! The top of the page: whether something stands against publication, what it is, and what the page holds.

use crate::export::grouping::{Groups, Numbered};
use crate::export::verdict;
use crate::model::{Finding, Report, capitalised};

use super::finding::link;
use super::markup::{Column, Markup, element, plain, section, table, text};
use super::{PageFace, checks};

/// What stands against publication, or that nothing does: the verdict, then the errors and the checks.
pub fn standing(report: &Report) -> Markup {
    let class = if report.is_clear() { "verdict clear" } else { "verdict stands" };
    // Of a year that is not complete the verdict says it.
    let is_draft = !report.is_clear() && report.period.is_complete();
    let draft = if is_draft { "The committee appendix of this run is a DRAFT." } else { "" };
    let verdict = element("div", &[("class", class)], {
        let words = plain("p", plain("strong", text(&verdict::verdict(report))));
        let words = if draft.is_empty() { words } else { words.then(plain("p", text(draft))) };
        words.then(plain("p", text(&format!("{}.", capitalised(&verdict::counts(report))))))
    });
    let groups = Groups::of(report);
    let errors = findings_table("standing-errors", "Errors that stand", &groups.standing);
    section("standing", "What stands against publication", verdict.then(errors).then(required_checks(report)))
}

/// A table of contents with the numbers of findings, of checks that did not run, of workbooks, and of checks that are
/// written about.
pub fn contents(report: &Report, face: &PageFace) -> Markup {
    let counts = report.counts();
    let mut entries = vec![(format!("Findings ({})", report.findings.len()), "#findings")];
    if counts.not_run > 0 {
        entries.push((format!("Checks that did not run ({})", counts.not_run), "#not-run"));
    }
    entries.push((format!("Workbooks ({})", report.workbooks.len()), "#workbooks"));
    let checks = checks::count(report, &face.checks);
    if checks > 0 {
        entries.push((format!("The checks ({checks})"), "#checks"));
    }
    let items = entries
        .into_iter()
        .map(|(title, target)| plain("li", element("a", &[("href", target)], text(&title))))
        .collect();
    element("nav", &[("aria-label", "On this page")], plain("ul", items))
}

fn findings_table(id: &str, caption: &str, findings: &[Numbered<'_>]) -> Markup {
    if findings.is_empty() {
        return Markup::empty();
    }
    let columns = [Column::words("Where"), Column::words("What is wrong"), Column::numbers("Difference")];
    let rows =
        findings.iter().map(|numbered| vec![link(*numbered), what(numbered.finding), difference(numbered.finding)]);
    table(id, caption, &columns, rows.collect())
}

fn what(finding: &Finding) -> Markup {
    text(&finding.message)
}

fn difference(finding: &Finding) -> Markup {
    text(&finding.difference.map(|difference| difference.to_string()).unwrap_or_else(|| "–".to_owned()))
}

/// The required checks that did not run stand against publication too, so they are named at the top.
fn required_checks(report: &Report) -> Markup {
    let rows: Vec<Vec<Markup>> =
        report.required_not_run().map(|check| vec![plain("code", text(&check.check)), text(&check.why)]).collect();
    if rows.is_empty() {
        return Markup::empty();
    }
    let columns = [Column::words("Check"), Column::words("Why it did not run")];
    table("standing-checks", "Required checks that did not run", &columns, rows)
}
