//! One finding after the other, by workbook and sheet.

use std::collections::BTreeMap;

use crate::export::grouping::{Numbered, numbered};
use crate::model::{Explained, Finding, Place, capitalised, long_date};

use super::Drawn;
use super::counted::severity_word;
use super::filter::severity;
use super::grid::grid;
use super::marked;
use super::markup::{Markup, element, heading, plain, text};
use super::reference::reference;

/// More related cells than this are folded.
const MOST_RELATED: usize = 12;

/// The findings of each workbook that are shown, and within it of each sheet.
pub fn by_workbook(drawn: &Drawn<'_>) -> Markup {
    let workbooks = workbooks(drawn);
    let name = |findings: &[Numbered<'_>]| findings[0].finding.place.workbook.clone();
    // A workbook has the number that it has among all, though others may have nothing to show.
    let numbers: BTreeMap<_, usize> = workbooks.iter().enumerate().map(|(index, all)| (name(all), index)).collect();
    let shown = drawn.shown.full.chunk_by(of_one_workbook);
    shown.filter_map(|findings| Some(of_workbook(*numbers.get(&name(findings))?, findings, drawn))).collect()
}

/// The findings of each workbook that has some; those of the inbox as a whole are first.
pub fn workbooks<'a>(drawn: &Drawn<'a>) -> Vec<Vec<Numbered<'a>>> {
    let findings: Vec<Numbered<'a>> = numbered(drawn.report).collect();
    findings.chunk_by(of_one_workbook).map(<[_]>::to_vec).collect()
}

fn of_one_workbook(one: &Numbered<'_>, other: &Numbered<'_>) -> bool {
    one.finding.place.workbook == other.finding.place.workbook
}

/// The name under which others find what was found in a workbook, by its place among them.
pub fn workbook_id(index: usize) -> String {
    format!("workbook-{}", index + 1)
}

/// A workbook's name, or that of the inbox.
pub fn inbox_or(workbook: Option<&str>) -> &str {
    workbook.unwrap_or("The inbox as a whole")
}

/// What the filter calls a workbook, and the inbox.
pub fn workbook_key(workbook: Option<&str>) -> &str {
    // No workbook is called so.
    workbook.unwrap_or(".")
}

fn of_workbook(index: usize, findings: &[Numbered<'_>], drawn: &Drawn<'_>) -> Markup {
    let workbook = findings[0].finding.place.workbook.as_deref();
    let title = Markup::own("\n").then(heading(3, "", text(inbox_or(workbook))));
    let copy = marked::link(drawn.face, workbook).map(|link| element("p", &[("class", "marked")], link));
    let attributes = [("class", "workbook"), ("id", &workbook_id(index)), ("data-workbook", workbook_key(workbook))];
    element("section", &attributes, title.then(copy.unwrap_or_default()).then(by_sheet(findings, drawn)))
}

fn by_sheet(findings: &[Numbered<'_>], drawn: &Drawn<'_>) -> Markup {
    findings
        .chunk_by(|a, b| a.finding.place.sheet == b.finding.place.sheet)
        .map(|findings| {
            let place = &findings[0].finding.place;
            // A finding about a whole workbook has no sheet to stand under; its heading then follows the workbook's.
            let (title, level) = match &place.sheet {
                Some(sheet) => (heading(4, "", text(&format!("Sheet {sheet}"))), 5),
                None => (Markup::empty(), 4),
            };
            let articles = findings.iter().map(|numbered| article(*numbered, level, drawn)).collect();
            element("div", &[("class", "sheet")], title.then(articles))
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

fn article(numbered: Numbered<'_>, level: usize, drawn: &Drawn<'_>) -> Markup {
    let finding = numbered.finding;
    let identifier = identifier(numbered.number);
    let heading_id = format!("{identifier}-heading");
    let title = element("span", &[("class", "severity")], text(severity_word(finding.weight())))
        .then(Markup::own(" "))
        .then(text(&in_sheet(&finding.place)));
    let head = heading(level, &heading_id, title).then(copy_button(&finding.place));
    let content = Markup::own("\n")
        .then(element("div", &[("class", "head")], head))
        .then(element("p", &[("class", "message")], text(&finding.message)))
        .then(figures(finding))
        .then(grid(drawn.excerpts, finding))
        .then(advice(finding))
        .then(drawn.checks.about(&finding.code));
    let class = format!("finding {}", severity(finding.weight()));
    let attributes = [
        ("class", class.as_str()),
        ("id", &identifier),
        ("data-check", &finding.code),
        ("aria-labelledby", &heading_id),
    ];
    element("article", &attributes, content)
}

/// A button that copies the cell's reference, for Excel's Go To. Without a script it is not shown.
fn copy_button(place: &Place) -> Markup {
    let Some(reference) = reference(place) else { return Markup::empty() };
    element("button", &[("class", "copy"), ("value", &reference)], text(&format!("Copy {reference}")))
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
        entries.push(entry("Also concerned", all_related(finding)));
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

/// The related places; of very many the first, and folded the others.
fn all_related(finding: &Finding) -> Markup {
    let list = |places: &[Place]| {
        let places = places.iter().map(|place| plain("li", related(place, &finding.place)));
        element("ul", &[("class", "cells")], places.collect())
    };
    if finding.related.len() <= MOST_RELATED {
        return list(&finding.related);
    }
    let (first, others) = finding.related.split_at(MOST_RELATED - 1);
    let summary = plain("summary", text(&format!("{} more places", others.len())));
    list(first).then(element("details", &[("class", "more")], summary.then(list(others))))
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
