//! `findings.html`: what was found and what it means, in one file for officers, that needs neither network nor script.
//!
//! The page is put together from sections, each of them a function from the report to `Markup`.

mod checks;
mod finding;
mod markup;
mod overview;
mod sources;

use std::collections::BTreeMap;

use crate::model::{CheckPage, Excerpts, Report};

use super::TableTitles;
use super::verdict;
use markup::{Markup, element, heading, plain, section, text};

const STYLE: &str = include_str!("page.css");

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

/// The page: what stands against publication first, then every finding by workbook and sheet, the checks that did not
/// run, the workbooks that were read, and what the checks mean.
pub fn page(report: &Report, _excerpts: &Excerpts, face: &PageFace) -> String {
    let body = [
        element("a", &[("class", "skip"), ("href", "#main")], text("Skip to the findings")),
        Markup::own("\n"),
        element("header", &[("class", "page")], Markup::own("\n").then(title_block(report))),
        element(
            "main",
            &[("id", "main"), ("tabindex", "-1")],
            [
                Markup::own("\n"),
                overview::standing(report),
                overview::contents(report, face),
                findings(report, face),
                sources::not_run(report, face),
                sources::workbooks(report, face),
                checks::checks(report, &face.checks),
            ]
            .into_iter()
            .collect(),
        ),
        footer(report),
    ];
    let html = element(
        "html",
        &[("lang", &face.language)],
        Markup::own("\n").then(head(report)).then(plain("body", body.into_iter().collect())),
    );
    format!("<!DOCTYPE html>\n{}", html.into_html())
}

fn head(report: &Report) -> Markup {
    let title = format!("{TITLE} – {}", report.pack);
    let own = Markup::own(concat!(
        "\n<meta charset=\"utf-8\">\n",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
        "<meta name=\"color-scheme\" content=\"light dark\">\n",
        "<meta name=\"robots\" content=\"noindex\">\n",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    ));
    let style = plain("style", Markup::own(STYLE));
    plain("head", own.then(plain("title", text(&title))).then(Markup::own("\n")).then(style).then(Markup::own("\n")))
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

fn findings(report: &Report, face: &PageFace) -> Markup {
    if report.findings.is_empty() {
        return section("findings", "Findings", plain("p", text("Nothing was found.")));
    }
    let intro = "By workbook and sheet. What could explain a difference is a suggestion; none of it is proven.";
    section(
        "findings",
        "Findings",
        element("p", &[("class", "intro")], text(intro)).then(finding::by_workbook(report, &face.checks)),
    )
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
