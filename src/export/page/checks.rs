//! What the checks of a report mean: once for each, and the findings lead there.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{CheckPage, Report};

use super::markup::{Markup, element, heading, plain, section, text};

/// The checks as the page speaks of them.
#[derive(Debug)]
pub struct Checks<'a> {
    by_code: BTreeMap<&'a str, &'a CheckPage>,
    /// Those that found something or did not run, in the order of the checks.
    written_about: Vec<&'a CheckPage>,
}

impl<'a> Checks<'a> {
    /// Of all the checks that there are, what a report needs.
    pub fn of(report: &'a Report, pages: &'a [CheckPage]) -> Self {
        let found = report.findings.iter().map(|finding| finding.code.as_str());
        let named: BTreeSet<&str> = found.chain(report.not_run.iter().map(|not_run| not_run.check.as_str())).collect();
        Self {
            by_code: pages.iter().map(|page| (page.code.as_str(), page)).collect(),
            written_about: pages.iter().filter(|page| named.contains(page.code.as_str())).collect(),
        }
    }

    /// How many checks are written about.
    pub fn count(&self) -> usize {
        self.written_about.len()
    }

    /// What a check looks for; its code where nothing is known of it.
    pub fn title<'c>(&self, code: &'c str) -> &'c str
    where
        'a: 'c,
    {
        self.by_code.get(code).map_or(code, |page| page.title.as_str())
    }

    /// The code of a check that found something or did not run; it leads to what is written about the check, if there is
    /// a page about it.
    pub fn code(&self, code: &str) -> Markup {
        let shown = plain("code", text(code));
        if self.by_code.contains_key(code) { link(code, shown) } else { shown }
    }

    /// The check of a finding, below it: folded, what it means. Ten thousand findings can be of one check, so its text
    /// stands on the page once, and the page's script copies it here when it is unfolded.
    pub fn about(&self, code: &str) -> Markup {
        let Some(page) = self.by_code.get(code) else {
            return element("p", &[("class", "who")], text("Check: ").then(plain("code", text(code))));
        };
        let summary = text(&format!("About this check: {} ", page.title)).then(plain("code", text(code)));
        let content = plain("p", link(code, text("What this check means")));
        element("details", &[("class", "about")], plain("summary", summary).then(content))
    }

    /// The checks that found something or did not run, each with all that there is to know about it.
    pub fn section(&self) -> Markup {
        if self.written_about.is_empty() {
            return Markup::empty();
        }
        let intro = "What each check means that found something or did not run, in the order of the checks.";
        let articles = self.written_about.iter().map(|page| article(page)).collect();
        section("checks", "The checks", element("p", &[("class", "intro")], text(intro)).then(articles))
    }
}

fn link(code: &str, words: Markup) -> Markup {
    element("a", &[("href", &format!("#{}", identifier(code)))], words)
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
