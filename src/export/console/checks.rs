//! The checks themselves as lines of a terminal: all of them in a list, and one with all that there is to know.

use super::style::{Ink, wrapped};
use super::{Style, visible_text};
use crate::model::{CheckPage, Severity};

/// The spaces between a list's columns.
const GAP: usize = 2;
/// By so many spaces the lines of a part are indented.
const INDENT: usize = 4;

/// A line for each check: its code, its weight and what it looks for. Ends with a line break.
pub fn check_list(pages: &[CheckPage], style: Style) -> String {
    let widest = |length: fn(&CheckPage) -> usize| pages.iter().map(length).max().unwrap_or_default() + GAP;
    let codes = widest(|page| page.code.chars().count());
    let weights = widest(|page| page.weight().len());
    let mut lines = Vec::new();
    for page in pages {
        let title = wrapped(&page.title, codes + weights, codes + weights);
        let weight = page.weight();
        let gap = " ".repeat(weights - weight.len());
        let first = format!("{:codes$}{}{gap}", visible_text(&page.code), style.paint(ink(page), &weight));
        let mut title = title.into_iter();
        lines.push(first + title.next().unwrap_or_default().trim_start());
        lines.extend(title);
    }
    lines.push(String::new());
    lines.push("crosscast explain CODE says what a check means and how to mend what it finds.".to_owned());
    lines.join("\n") + "\n"
}

/// All that there is to know about a check. Ends with a line break.
pub fn check_page(page: &CheckPage, style: Style) -> String {
    let mut lines = vec![format!("{}  {}", style.paint(ink(page), &page.weight()), visible_text(&page.code))];
    lines.extend(wrapped(&page.title, 0, 0).iter().map(|line| style.paint(Ink::Heading, line)));
    for part in &page.parts {
        lines.push(String::new());
        lines.push(style.paint(Ink::Heading, part.heading));
        lines.extend(wrapped(&part.text, INDENT, INDENT));
    }
    lines.join("\n") + "\n"
}

fn ink(page: &CheckPage) -> Ink {
    match page.severity {
        Severity::Error => Ink::Error,
        Severity::Warning => Ink::Warning,
        Severity::Info => Ink::Info,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CheckPart;

    fn page(code: &str, severity: Severity, is_off: bool) -> CheckPage {
        CheckPage {
            code: code.to_owned(),
            title: "A stated total is not the sum of its column".to_owned(),
            severity,
            is_off,
            parts: vec![CheckPart::new("What it means", "word ".repeat(25).trim_end())],
        }
    }

    #[test]
    fn a_line_for_each_check() {
        let pages = [page("total", Severity::Error, false), page("much-longer", Severity::Warning, true)];
        assert_eq!(
            check_list(&pages, Style::Plain),
            "total        error  A stated total is not the sum of its column\n\
             much-longer  off    A stated total is not the sum of its column\n\n\
             crosscast explain CODE says what a check means and how to mend what it finds.\n"
        );
    }

    #[test]
    fn all_about_one() {
        let words = |count: usize| format!("    {}", vec!["word"; count].join(" "));
        assert_eq!(
            check_page(&page("total", Severity::Error, false), Style::Plain),
            format!(
                "error  total\nA stated total is not the sum of its column\n\nWhat it means\n{}\n{}\n",
                words(18),
                words(7)
            )
        );
    }
}
