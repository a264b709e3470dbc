//! The findings page: its text, its structure, and what hostile text does to it.

mod parts;

use super::super::sample_report::{august, clear, hostile, report};
use super::*;
use crate::model::{CheckPart, Place, Position, Severity, ShownCell};

fn face() -> PageFace {
    let page = |code: &str| CheckPage {
        code: code.into(),
        title: "Amounts are typed as text".into(),
        severity: Severity::Warning,
        is_off: false,
        parts: vec![CheckPart::new("How to mend it", "Type the amount as a number.")],
    };
    PageFace {
        language: "en-GB".into(),
        titles: [("funding".to_owned(), "Funding".to_owned())].into_iter().collect(),
        checks: ["unknown-heading", "spend-against-summary", "never-found"].map(page).to_vec(),
        marked: BTreeMap::new(),
    }
}

/// The page without its style sheet, its script and their hashes.
fn without_style(html: &str) -> String {
    let mut html = html.to_owned();
    for (start, end) in [("<style>", "</style>"), ("<script>", "</script>"), ("style-src", "; base-uri")] {
        let (before, rest) = html.split_once(start).unwrap();
        html = format!("{before}{}", rest.split_once(end).unwrap().1);
    }
    html
}

/// What stands in the cells round a place: the same text in each.
fn excerpts(place: &Place, shown: &str) -> Excerpts {
    let (workbook, sheet, area) =
        (place.workbook.as_ref().unwrap(), place.sheet.as_ref().unwrap(), place.area.unwrap());
    let mut excerpts = Excerpts::default();
    for row in area.first.row - 1..=area.first.row + 1 {
        for column in area.first.column - 1..=area.first.column + 1 {
            let cell = ShownCell { text: shown.into(), is_number: row == area.first.row };
            excerpts.insert(workbook, sheet, Position::new(row, column), cell);
        }
    }
    excerpts
}

#[test]
fn a_report_with_one_of_each() {
    insta::assert_snapshot!(without_style(&page(&report(), &Excerpts::default(), &face())));
}

#[test]
fn what_stands_comes_first() {
    let html = page(&report(), &Excerpts::default(), &face());
    let verdict = html.find("1 error and 1 check that did not run stand against publication.").unwrap();
    let link = html.find("<a href=\"#finding-5\">Spend!B14</a>").unwrap();
    let finding = html.find("id=\"finding-5\"").unwrap();
    assert!(verdict < link && link < finding, "{verdict} {link} {finding}");
    assert!(html.contains("The committee appendix of this run is a DRAFT."));
}

#[test]
fn a_draft_is_said_once() {
    let mut part = report();
    part.period.to = "2022-08".parse().unwrap();
    for report in [report(), part, august()] {
        assert_eq!(page(&report, &Excerpts::default(), &face()).matches("DRAFT").count(), 1);
    }
}

#[test]
fn nothing_stands() {
    let html = page(&clear(), &Excerpts::default(), &face());
    assert!(html.contains("<strong>Nothing stands against publication.</strong>"));
    assert!(!html.contains("DRAFT") && !html.contains("id=\"not-run\"") && !html.contains("id=\"standing-errors\""));
    assert!(html.contains("Error, explained"));
}

#[test]
fn a_finding_says_all_it_knows() {
    let html = page(&clear(), &Excerpts::default(), &face());
    for part in [
        "<h3>SWCSP funding 2022-23.xlsx</h3>",
        "<h4>Sheet PCC funding</h4>",
        "Cell D15",
        "<dt>Expected</dt>\n<dd>£133,250.00</dd>",
        "<dt>There is</dt>\n<dd>£139,250.00</dd>",
        "<dt>Difference</dt>\n<dd>£6,000.00</dd>",
        "<li>a line of £6,000.00 left out</li>",
        "<button class=\"copy\" value=\"&#39;PCC funding&#39;!D15\">Copy &#39;PCC funding&#39;!D15</button>",
        "<dd>Add the missing line, correct the total, or record an explanation.</dd>",
        "Recorded by Finance officer, approved by Head of Community Safety, 28 April 2023",
        "PCC funding!D5:D14",
        "returns/SWCSP return 2022-12.xlsx",
        "aaaaaaaaaaaa</code>",
    ] {
        assert!(html.contains(part), "{part}\n{}", without_style(&html));
    }
}

#[test]
fn workbooks_with_what_became_of_them() {
    let html = page(&august(), &Excerpts::default(), &face());
    for part in ["Not yet due", "Could not be read", "Not expected", "April 2022 to August 2022 (5 of 12 months)"] {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn hostile_text_stays_text() {
    let (mut face, mut report) = (face(), hostile());
    let bad = "\"><script>alert(1)</script>\u{1b}\u{202e}";
    report.pack = bad.into();
    report.notice = Some(bad.into());
    face.language = bad.into();
    let excerpts = excerpts(&report.findings[0].place, bad);
    let html = page(&report, &excerpts, &face);
    assert_eq!(html.matches("<table class=\"grid\">").count(), 4);
    assert_eq!(html.matches("<script").count(), 1, "the page's own: {html}");
    assert!(!html.chars().any(|character| character != '\n' && crate::export::visible::is_hidden(character)));
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;[U+001B][31m&quot;&#39;&amp;[U+202E]gnp.exe next"));
    let html = without_style(&html);
    // In grids the ends of rows and cells are left out.
    let (mut rest, mut outside) = (html.as_str(), String::new());
    while let Some((before, grid)) = rest.split_once("<table class=\"grid\">") {
        outside.push_str(before);
        let (grid, after) = grid.split_once("</table>").unwrap();
        assert_eq!(grid.matches("[U+202E]").count(), 9, "{grid}");
        assert_eq!(grid.matches("</").count(), 1, "that of what is said of the marked cell: {grid}");
        rest = after;
    }
    outside.push_str(rest);
    assert_eq!(tags(&outside), tags_are_balanced(&outside), "{html}");
}

/// Levels never skip one downwards, there is one title, and every id is there once and every link has its target.
#[test]
fn the_page_can_be_walked_by_headings_and_links() {
    for report in [report(), clear(), august(), hostile()] {
        let html = page(&report, &Excerpts::default(), &face());
        let levels: Vec<u32> = html
            .match_indices("<h")
            .filter_map(|(at, _)| html[at + 2..].chars().next().and_then(|digit| digit.to_digit(10)))
            .collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        assert_eq!(levels[0], 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
        let ids = values(&html, " id=\"");
        let mut unique = ids.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(ids.len(), unique.len(), "{ids:?}");
        for target in values(&html, " href=\"#").into_iter().chain(values(&html, "aria-labelledby=\"")) {
            assert!(ids.contains(&target), "{target}");
        }
        assert_eq!(html.matches("<table>").count(), html.matches("<caption").count());
        assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
    }
}

/// One file that asks for nothing: no address but those within the page.
#[test]
fn the_page_needs_no_network() {
    let html = page(&report(), &Excerpts::default(), &face());
    for part in ["http:", "https:", "src=", "url(", "@import", "<link", "<script ", "fetch", "import("] {
        assert!(!html.contains(part), "{part}");
    }
    // Windows line ends would change the hash that lets the script run.
    assert!(!SCRIPT.contains('\r') && !STYLE.contains('\r'));
}

/// Each ink on each paper it stands on has a contrast of at least 4.5 to 1, by day and by night.
#[test]
fn inks_can_be_read_on_their_papers() {
    let roots: Vec<&str> = STYLE.split(":root {").skip(1).map(|rest| rest.split('}').next().unwrap()).collect();
    assert_eq!(roots.len(), 3, "by day, by night, in print");
    for root in roots {
        let colour = |name: &str| {
            let value = root.split(&format!("--{name}: #")).nth(1).unwrap_or_else(|| panic!("no {name}"));
            luminance(value.split(';').next().unwrap())
        };
        for ink in ["ink", "quiet", "link", "error", "warning", "info", "clear"] {
            let papers: &[&str] = if ink == "ink" { &["paper", "panel", "mark"] } else { &["paper", "panel"] };
            for paper in papers {
                let (one, two) = (colour(ink), colour(paper));
                let contrast = (one.max(two) + 0.05) / (one.min(two) + 0.05);
                assert!(contrast >= 4.5, "{ink} on {paper}: {contrast:.2}");
            }
        }
    }
}

/// Relative luminance of a colour such as `a3161a`, as WCAG 2.2 defines it.
fn luminance(hex: &str) -> f64 {
    let hex = if hex.len() == 3 { hex.chars().flat_map(|digit| [digit, digit]).collect() } else { hex.to_owned() };
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

fn values(html: &str, before: &str) -> Vec<String> {
    html.split(before).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// How many elements are opened, those without an end left out.
fn tags(html: &str) -> usize {
    html.match_indices('<')
        .filter(|(at, _)| !["/", "!", "meta", "input"].iter().any(|start| html[at + 1..].starts_with(start)))
        .count()
}

/// How many elements are closed.
fn tags_are_balanced(html: &str) -> usize {
    html.matches("</").count()
}
