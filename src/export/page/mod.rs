//! `findings.html`: what was found and what it means, in one file for officers, that needs no network.
//!
//! The page is put together from sections, each of them a function from the report to `Markup`. Its own script filters the
//! findings and copies references; without it everything can be read.

mod checks;
mod counted;
mod filter;
mod finding;
mod grid;
mod marked;
mod markup;
mod overview;
mod passed;
mod policy;
mod reference;
mod sources;

use std::collections::BTreeMap;

use crate::model::{CheckPage, Excerpts, Report};

use super::TableTitles;
use super::counted::Shown;
use super::grouping::numbered;
use super::verdict;
use checks::Checks;
use markup::{Markup, element, heading, plain, section, text};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Of a check that found more than this, only the first findings are drawn: a browser takes long over more, and a person
/// longer.
const MANY_OF_CHECK: usize = 500;
/// So many findings are drawn of a check that found more.
const FIRST_OF_CHECK: usize = 50;

/// The page's title.
const TITLE: &str = "Findings";

/// What the page needs to know beside the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFace {
    /// The language of the page, as an RFC 5646 tag.
    pub language: String,
    /// What officers call the tables.
    pub titles: TableTitles,
    /// What there is to know about the checks, in the order in which they run.
    pub checks: Vec<CheckPage>,
    /// Where the marked copy of a workbook, or its list of findings, lies beside the page, by the workbook's path:
    /// `marked/April.xlsx`.
    pub marked: BTreeMap<String, String>,
}

/// What the sections of a page are drawn from.
struct Drawn<'a> {
    report: &'a Report,
    excerpts: &'a Excerpts,
    face: &'a PageFace,
    checks: Checks<'a>,
    shown: Shown<'a>,
}

/// The page: what stands against publication first, then every finding by workbook and sheet with the cells round it, the
/// checks that did not run and those that did, the workbooks that were read, and what the checks mean.
pub fn page(report: &Report, excerpts: &Excerpts, face: &PageFace) -> String {
    let shown = Shown::of(numbered(report), MANY_OF_CHECK, FIRST_OF_CHECK);
    let drawn = Drawn { report, excerpts, face, checks: Checks::of(report, &face.checks), shown };
    let body = [
        element("a", &[("class", "skip"), ("href", "#main")], text("Skip to the findings")),
        Markup::own("\n"),
        element("header", &[("class", "page")], Markup::own("\n").then(title_block(report))),
        element("main", &[("id", "main"), ("tabindex", "-1")], main(&drawn)),
        footer(report),
        plain("script", Markup::own(SCRIPT)),
        Markup::own("\n"),
    ];
    let html = element(
        "html",
        &[("lang", &face.language)],
        Markup::own("\n").then(head(report)).then(plain("body", body.into_iter().collect())),
    );
    format!("<!DOCTYPE html>\n{}", html.into_html())
}

fn main(drawn: &Drawn<'_>) -> Markup {
    let sections = [
        Markup::own("\n"),
        overview::standing(drawn),
        overview::contents(drawn),
        findings(drawn),
        sources::not_run(drawn),
        passed::checked(drawn.report, drawn.face, &drawn.checks),
        sources::workbooks(drawn.report, drawn.face),
        drawn.checks.section(),
    ];
    sections.into_iter().collect()
}

fn head(report: &Report) -> Markup {
    let title = format!("{TITLE} – {}", report.pack);
    let own = Markup::own(concat!(
        "\n<meta charset=\"utf-8\">\n",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
        "<meta name=\"color-scheme\" content=\"light dark\">\n",
        "<meta name=\"robots\" content=\"noindex\">\n",
    ));
    let style = plain("style", Markup::own(STYLE));
    let title = plain("title", text(&title)).then(Markup::own("\n"));
    plain("head", own.then(policy::policy(STYLE, SCRIPT)).then(title).then(style).then(Markup::own("\n")))
}

fn title_block(report: &Report) -> Markup {
    let mut block = element("p", &[("class", "partnership")], text(&report.pack))
        .then(heading(1, "", text(TITLE)))
        .then(element("p", &[("class", "period")], text(&verdict::period(&report.period))));
    if let Some(notice) = &report.notice {
        block = block.then(element("p", &[("class", "notice")], text(notice)));
    }
    block
}

fn findings(drawn: &Drawn<'_>) -> Markup {
    if drawn.report.findings.is_empty() {
        return section("findings", "Findings", plain("p", text("Nothing was found.")));
    }
    let intro = "By workbook and sheet. In each grid of cells, those that the finding is about have a thick frame, and others \
                 that it concerns a dashed one. What could explain a difference is a suggestion; none of it is proven.";
    let parts = [
        overview::by_workbook(drawn),
        counted::counted(drawn),
        element("p", &[("class", "intro")], text(intro)),
        filter::filter(&drawn.shown, &drawn.checks),
        finding::by_workbook(drawn),
    ];
    section("findings", "Findings", parts.into_iter().collect())
}

fn footer(report: &Report) -> Markup {
    let words = "For officers. This page can hold what may not be published: it is no part of the committee's papers.";
    let mut content = plain("p", text(words));
    if let Some(notice) = &report.notice {
        content = content.then(plain("p", text(notice)));
    }
    element("footer", &[("class", "page")], Markup::own("\n").then(content))
}

#[cfg(test)]
mod tests;
