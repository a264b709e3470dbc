//! One finding after the other, by workbook and sheet.

use crate::export::grouping::{Numbered, numbered};
use crate::model::{CheckPage, Explained, Finding, Place, Report, Weight, capitalised, long_date};

use super::checks::code;
use super::markup::{Markup, element, heading, plain, text};

/// The findings of each workbook, and within it of each sheet.
pub fn by_workbook(report: &Report, checks: &[CheckPage]) -> Markup {
    let findings: Vec<Numbered<'_>> = numbered(report).collect();
    findings
        .chunk_by(|a, b| a.finding.place.workbook == b.finding.place.workbook)
        .map(|findings| {
            let name = findings[0].finding.place.workbook.as_deref().unwrap_or("The inbox as a whole");
            element(
                "section",
                &[("class", "workbook")],
                Markup::own("\n").then(heading(3, "", text(name))).then(by_sheet(findings, checks)),
            )
        })
        .collect()
}

fn by_sheet(findings: &[Numbered<'_>], checks: &[CheckPage]) -> Markup {
    findings
        .chunk_by(|a, b| a.finding.place.sheet == b.finding.place.sheet)
        .map(|findings| {
            let place = &findings[0].finding.place;
            // A finding about a whole workbook has no sheet to stand under; its heading then follows the workbook's.
            let (title, level) = match &place.sheet {
                Some(sheet) => (heading(4, "", text(&format!("Sheet {sheet}"))), 5),
                None => (Markup::empty(), 4),
            };
            title.then(findings.iter().map(|numbered| article(*numbered, level, checks)).collect())
        })
        .collect()
}

/// A link to a finding further down, with its place as text.
pub fn link(numbered: Numbered<'_>) -> Markup {
    let place = &numbered.finding.place;
    let target = format!("#{}", identifier(numbered.number));
    let mut words = element("a", &[("href", &target)], text(&cells(place)));
    if let Some(workbook) = place.workbook.as_deref().filter(|_| place.sheet.is_some()) {
        words = words.then(element("span", &[("class", "file")], text(workbook)));
    }
    words
}

fn identifier(number: usize) -> String {
    format!("finding-{number}")
}

fn article(numbered: Numbered<'_>, level: usize, checks: &[CheckPage]) -> Markup {
    let finding = numbered.finding;
    let identifier = identifier(numbered.number);
    let heading_id = format!("{identifier}-heading");
    let (class, word) = weight(finding);
    let title = element("span", &[("class", "severity")], text(word))
        .then(Markup::own(" "))
        .then(element("span", &[("class", "where")], text(&in_sheet(&finding.place))))
        .then(Markup::own(" "))
        .then(code(&finding.code, checks));
    let content = Markup::own("\n")
        .then(heading(level, &heading_id, title))
        .then(element("p", &[("class", "message")], text(&finding.message)))
        .then(figures(finding))
        .then(advice(finding));
    let class = format!("finding {class}");
    element("article", &[("class", &class), ("id", &identifier), ("aria-labelledby", &heading_id)], content)
}

/// The class for the style sheet, and the word that says the same.
fn weight(finding: &Finding) -> (&'static str, &'static str) {
    match finding.weight() {
        Weight::Standing => ("error", "Error"),
        Weight::Explained => ("explained", "Error, explained"),
        Weight::Warning => ("warning", "Warning"),
        Weight::Info => ("info", "For information"),
    }
}

/// Expected, actual and difference beside each other, as far as they are known.
fn figures(finding: &Finding) -> Markup {
    let difference = finding.difference.map(|difference| difference.to_string());
    let figures: Markup = [
        ("Expected", finding.expected.as_deref()),
        ("There is", finding.actual.as_deref()),
        ("Difference", difference.as_deref()),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|value| plain("div", entry(name, text(value)))))
    .collect();
    if figures == Markup::empty() { figures } else { element("dl", &[("class", "figures")], figures) }
}

/// What it could be, how to mend it, who explained it, and which other cells it concerns.
fn advice(finding: &Finding) -> Markup {
    let mut entries = Vec::new();
    if !finding.suggestions.is_empty() {
        let clauses = finding.suggestions.iter().map(|suggestion| plain("li", text(&suggestion.text)));
        entries.push(entry("Could be", plain("ul", clauses.collect())));
    }
    if !finding.fix.is_empty() {
        entries.push(entry("Fix", text(&capitalised(&finding.fix))));
    }
    if let Some(explained) = &finding.explained {
        entries.push(entry("Explained", explanation(explained)));
    }
    if !finding.related.is_empty() {
        let places = finding.related.iter().map(|place| plain("li", related(place, &finding.place)));
        entries.push(entry("Also concerned", element("ul", &[("class", "cells")], places.collect())));
    }
    if entries.is_empty() {
        return Markup::empty();
    }
    element("dl", &[("class", "advice")], entries.into_iter().collect())
}

fn entry(name: &str, value: Markup) -> Markup {
    plain("dt", text(name)).then(plain("dd", value))
}

fn explanation(explained: &Explained) -> Markup {
    let who = format!(
        "Recorded by {}, approved by {}, {}",
        explained.recorded_by,
        explained.approved_by,
        long_date(explained.date)
    );
    let source = explained.source.workbook.as_deref().map(|workbook| {
        element("p", &[("class", "who")], text(&format!("In {workbook}, {}", explained.source.in_workbook())))
    });
    plain("p", text(&explained.explanation))
        .then(element("p", &[("class", "who")], text(&who)))
        .then(source.unwrap_or_default())
}

/// A related place; its workbook is named when it is another.
fn related(place: &Place, of: &Place) -> Markup {
    let cells = element("span", &[("class", "where")], text(&cells(place)));
    match &place.workbook {
        Some(workbook) if place.workbook != of.workbook && place.sheet.is_some() => {
            cells.then(Markup::own(" ")).then(element("span", &[("class", "file")], text(workbook)))
        }
        _ => cells,
    }
}

/// The sheet and cells, or the workbook, or the inbox.
fn cells(place: &Place) -> String {
    match (&place.sheet, &place.workbook) {
        (Some(_), _) => place.in_workbook(),
        (None, Some(workbook)) => workbook.to_string(),
        (None, None) => "The inbox as a whole".to_owned(),
    }
}

/// The place under the heading of its sheet, where the sheet need not be said again.
fn in_sheet(place: &Place) -> String {
    match (place.area, &place.sheet, &place.workbook) {
        (Some(area), _, _) if area.first == area.last => format!("Cell {area}"),
        (Some(area), _, _) => format!("Cells {area}"),
        (None, Some(_), _) => "The sheet as a whole".to_owned(),
        (None, None, Some(_)) => "The workbook as a whole".to_owned(),
        (None, None, None) => "The inbox".to_owned(),
    }
}
