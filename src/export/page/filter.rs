//! What of the findings is shown: by workbook, check and severity. The page's script does it, so that without a script
//! the filter is not shown, and every finding is.

use std::collections::{BTreeMap, BTreeSet};

use crate::export::counted::Shown;
use crate::export::verdict;
use crate::model::{Finding, Weight};

use super::checks::Checks;
use super::finding::{inbox_or, workbook_key};
use super::markup::{Markup, element, plain, text, void};

/// What the filter calls what findings come to, and what the style sheet and the address of a filtered page call it.
const SEVERITIES: [(Weight, &str); 4] = [
    (Weight::Standing, "Errors that stand"),
    (Weight::Explained, "Errors, explained"),
    (Weight::Warning, "Warnings"),
    (Weight::Info, "For information"),
];

/// The word for what a finding comes to that the style sheet and the script know.
pub fn severity(weight: Weight) -> &'static str {
    match weight {
        Weight::Standing => "error",
        Weight::Explained => "explained",
        Weight::Warning => "warning",
        Weight::Info => "info",
    }
}

/// The filter, and below it how many findings are shown; the script says so anew with each change. It is about those that are
/// shown in full.
pub fn filter(shown: &Shown<'_>, checks: &Checks<'_>) -> Markup {
    let findings: Vec<&Finding> = shown.full.iter().map(|numbered| numbered.finding).collect();
    let form = element(
        "form",
        &[
            ("id", "filter"),
            ("role", "search"),
            ("aria-label", "Filter the findings"),
            ("autocomplete", "off"),
            ("hidden", ""),
        ],
        Markup::own("\n")
            .then(select("workbook", "Workbook", "All workbooks", workbooks(&findings)))
            .then(select("check", "Check", "All checks", codes(&findings, checks)))
            .then(severities(&findings))
            .then(element("button", &[("type", "button"), ("id", "clear")], text("Clear the filter")))
            .then(element("p", &[("class", "hint")], text(HINT))),
    );
    let number = format!("{}.", verdict::count(findings.len(), "finding", "findings"));
    form.then(element("p", &[("id", "shown"), ("role", "status")], text(&number)))
}

const HINT: &str = "The address of this page keeps what you chose: save it or send it. To go to a cell in Excel, copy its \
                    reference here, press F5 there, paste it and press Enter.";

/// A choice of one of several; each is a value and its words.
fn select(name: &str, label: &str, all: &str, options: Vec<(String, String)>) -> Markup {
    let id = format!("filter-{name}");
    let all = element("option", &[("value", "")], text(all));
    let options = options.iter().map(|(value, words)| element("option", &[("value", value)], text(words)));
    let select = element("select", &[("id", &id), ("name", name)], all.then(options.collect()));
    plain("div", element("label", &[("for", &id)], text(label)).then(select))
}

/// The workbooks in which something was found, in the order of the findings, with how much.
fn workbooks(findings: &[&Finding]) -> Vec<(String, String)> {
    let by_workbook = findings.chunk_by(|a, b| a.place.workbook == b.place.workbook);
    let option = |workbook: Option<&str>, count| {
        (workbook_key(workbook).to_owned(), format!("{} ({count})", inbox_or(workbook)))
    };
    by_workbook.map(|findings| option(findings[0].place.workbook.as_deref(), findings.len())).collect()
}

/// The checks that found something, by their titles.
fn codes(findings: &[&Finding], checks: &Checks<'_>) -> Vec<(String, String)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry(&finding.code).or_default() += 1;
    }
    let by_title: BTreeSet<(&str, &str, usize)> =
        counts.into_iter().map(|(code, count)| (checks.title(code), code, count)).collect();
    by_title.into_iter().map(|(title, code, count)| (code.to_owned(), format!("{title} ({count})"))).collect()
}

fn severities(findings: &[&Finding]) -> Markup {
    let choices = SEVERITIES.map(|(weight, words)| {
        let count = findings.iter().filter(|finding| finding.weight() == weight).count();
        if count == 0 {
            return Markup::empty();
        }
        let input = void("input", &[("type", "checkbox"), ("name", "severity"), ("value", severity(weight))]);
        plain("label", input.then(text(&format!("{words} ({count})"))))
    });
    plain("fieldset", plain("legend", text("Severity")).then(choices.into_iter().collect()))
}
