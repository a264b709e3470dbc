//! `findings.html`: what was found, in one file for officers, that needs neither network nor script.
//!
//! The page is put together from sections, each of them a function from the report to `Markup`.

mod finding;
mod markup;
mod overview;
mod sources;

use crate::model::Report;

use super::TableTitles;
use super::verdict;
use markup::{Markup, element, heading, plain, section, text};

const STYLE: &str = include_str!("page.css");

/// What the page says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFace {
    /// The title, for example `Findings`.
    pub title: String,
    /// The partnership.
    pub partnership: String,
    /// The language of the page, as an RFC 5646 tag.
    pub language: String,
    /// The year and the months of it that are reported, in words. Empty: as the report says.
    pub period: String,
    /// A sentence that every output says on its face, for example that the data are a sample.
    pub notice: Option<String>,
    /// Whether the committee appendix of this run is a DRAFT.
    pub draft: bool,
    /// What officers call the tables.
    pub titles: TableTitles,
}

/// The page: what stands against publication first, then every finding by workbook and sheet, the checks that did not
/// run, and the workbooks that were read.
pub fn page(report: &Report, face: &PageFace) -> String {
    let body = [
        element("a", &[("class", "skip"), ("href", "#main")], text("Skip to the findings")),
        Markup::own("\n"),
        element("header", &[("class", "page")], Markup::own("\n").then(title_block(report, face))),
        element(
            "main",
            &[("id", "main"), ("tabindex", "-1")],
            [
                Markup::own("\n"),
                overview::standing(report, face),
                overview::contents(report),
                findings(report),
                sources::not_run(report),
                sources::workbooks(report, face),
            ]
            .into_iter()
            .collect(),
        ),
        footer(face),
    ];
    let html = element(
        "html",
        &[("lang", &face.language)],
        Markup::own("\n").then(head(face)).then(plain("body", body.into_iter().collect())),
    );
    format!("<!DOCTYPE html>\n{}", html.into_html())
}

fn head(face: &PageFace) -> Markup {
    let title = format!("{} – {}", face.title, face.partnership);
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

fn title_block(report: &Report, face: &PageFace) -> Markup {
    let period = if face.period.is_empty() { verdict::period(&report.period) } else { face.period.clone() };
    let mut block = element("p", &[("class", "partnership")], text(&face.partnership))
        .then(heading(1, "", text(&face.title)))
        .then(element("p", &[("class", "period")], text(&period)));
    if let Some(notice) = &face.notice {
        block = block.then(element("p", &[("class", "notice")], text(notice)));
    }
    block
}

fn findings(report: &Report) -> Markup {
    if report.findings.is_empty() {
        return section("findings", "Findings", plain("p", text("Nothing was found.")));
    }
    let intro = "By workbook and sheet. What could explain a difference is a suggestion; none of it is proven.";
    section("findings", "Findings", element("p", &[("class", "intro")], text(intro)).then(finding::by_workbook(report)))
}

fn footer(face: &PageFace) -> Markup {
    let words = "For officers. This page can hold what may not be published: it is no part of the committee's papers.";
    let mut content = plain("p", text(words));
    if let Some(notice) = &face.notice {
        content = content.then(plain("p", text(notice)));
    }
    element("footer", &[("class", "page")], Markup::own("\n").then(content))
}

#[cfg(test)]
mod tests;
