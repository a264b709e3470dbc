//! What the checks of a report mean: once for each, and the findings lead there.

use crate::model::{CheckPage, Report};

use super::markup::{Markup, element, heading, plain, section, text};

/// The checks that found something or did not run, each with all that there is to know about it.
pub fn checks(report: &Report, pages: &[CheckPage]) -> Markup {
    let named = named(report, pages);
    if named.is_empty() {
        return Markup::empty();
    }
    let intro = "What each check means that found something or did not run, in the order of the checks.";
    let articles = named.into_iter().map(article).collect();
    section("checks", "The checks", element("p", &[("class", "intro")], text(intro)).then(articles))
}

/// How many checks are written about.
pub fn count(report: &Report, pages: &[CheckPage]) -> usize {
    named(report, pages).len()
}

/// The code of a check; it leads to what is written about the check, if there is a page about it.
pub fn code(code: &str, pages: &[CheckPage]) -> Markup {
    let shown = plain("code", text(code));
    if pages.iter().any(|page| page.code == code) {
        element("a", &[("href", &format!("#{}", identifier(code)))], shown)
    } else {
        shown
    }
}

fn named<'a>(report: &Report, pages: &'a [CheckPage]) -> Vec<&'a CheckPage> {
    let is_named = |page: &&CheckPage| {
        let code = &page.code;
        report.findings.iter().any(|finding| finding.code == *code)
            || report.not_run.iter().any(|not_run| not_run.check == *code)
    };
    pages.iter().filter(is_named).collect()
}

fn article(page: &CheckPage) -> Markup {
    let identifier = identifier(&page.code);
    let heading_id = format!("{identifier}-heading");
    let title = text(&page.title).then(Markup::own(" ")).then(plain("code", text(&page.code)));
    let parts = page.parts.iter().map(|part| plain("dt", text(part.heading)).then(plain("dd", text(&part.text))));
    let content = Markup::own("\n").then(heading(3, &heading_id, title)).then(element(
        "dl",
        &[("class", "advice")],
        parts.collect(),
    ));
    element("article", &[("class", "check"), ("id", &identifier), ("aria-labelledby", &heading_id)], content)
}

fn identifier(code: &str) -> String {
    format!("check-{code}")
}
