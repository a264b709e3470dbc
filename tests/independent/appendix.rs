//! The appendix as PDF, read by poppler, qpdf and a checker of PDF/UA and PDF/A.

use std::process::Command;

use crate::programs::{Program, needed, run};
use crate::published::published;
use crate::sample_year;
use crate::support::conformance::assert_conforms;

/// What one of poppler's programs says of the appendix.
fn poppler(program: Program, options: &[&str], last: &[&str]) -> Option<String> {
    let executable = needed(program)?;
    Some(run(Command::new(executable).args(options).arg(sample_year::appendix()).args(last)).output)
}

fn text() -> Option<String> {
    poppler(Program::Pdftotext, &["-layout", "-enc", "UTF-8"], &["-"])
}

/// On one line, with single spaces, as a reader's eye joins wrapped lines.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether some line begins so and holds this figure or passage, standing alone between spaces.
fn has_row(text: &str, begins: &str, figure: &str) -> bool {
    let alone = format!(" {figure} ");
    text.lines()
        .filter_map(|line| line.trim().strip_prefix(begins))
        .any(|rest| format!(" {} ", joined(rest)).contains(&alone))
}

#[test]
fn every_page_says_which_of_how_many_it_is_and_carries_the_running_head() {
    let Some(text) = text() else { return };
    let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert!((6..=20).contains(&pages.len()), "{} pages", pages.len());
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("Page {} of {}", index + 1, pages.len())), "{page}");
        assert!(page.contains("Worcester City Council: Communities Committee"), "{page}");
        assert!(!page.contains("DRAFT"), "{page}");
    }
    assert!(pages[0].contains("Sample: annual figures as published in July 2023; monthly detail is illustrative"));
}

#[test]
fn the_totals_are_the_published_ones() {
    let Some(text) = text() else { return };
    let (published, all) = (published(), joined(&text));
    for sentence in &published.sentences {
        assert!(all.contains(sentence.as_str()), "not in the appendix: {sentence}");
    }
    for (project, amount) in &published.lines {
        assert!(has_row(&text, project, amount), "{project} {amount}");
    }
    for (id, measure, figure) in published.measures.iter().chain(&published.year_end) {
        assert!(has_row(&text, measure, figure), "{id} {measure} {figure}");
    }
    assert!(has_row(&text, "Total", "£133,250.00"));
    assert!(has_row(&text, "Total", "10,817") && has_row(&text, "Total", "681"));
    assert!(!has_row(&text, "Mobile CCTV cameras at month end", "53"), "a stock is never added");
}

#[test]
fn reviews_and_orders_are_the_published_ones() {
    let Some(text) = text() else { return };
    for (number, stage) in [
        ("16", "Published"),
        ("18", "With Home Office"),
        ("21", "With Home Office"),
        ("22", "With Home Office"),
        ("25", "Draft for sign-off"),
        ("28", "In progress"),
    ] {
        assert!(has_row(&text, number, stage), "{number} {stage}");
    }
    for (order, expires) in
        [("Dog control", "5 July 2024"), ("City centre", "28 March 2024"), ("Alcohol", "12 August 2024")]
    {
        assert!(has_row(&text, order, expires), "{order} {expires}");
    }
    for (group, count) in
        [("Safer Worcester Partnership", 4), ("Serious and Organised Crime", 3), ("Worcester Multi-Agency Tactical", 4)]
    {
        assert_eq!(text.lines().filter(|line| line.contains(group)).count(), count, "{group}");
    }
}

#[test]
fn the_sections_are_in_order() {
    let Some(text) = text() else { return };
    let headings = [
        "Summary",
        "Funding 2022-23",
        "Position by project",
        "Spend by month",
        "Performance by area",
        "Recorded crime",
        "Domestic Homicide Reviews",
        "Public Spaces Protection Orders",
        "Meetings",
        "Action plan priorities",
        "How the figures were checked",
        "Sources",
    ];
    let mut places = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        let numbered = format!("{} {heading}", index + 1);
        places.push(text.lines().position(|line| joined(line) == numbered).unwrap_or_else(|| panic!("{numbered}")));
    }
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn it_is_an_a4_document_with_a_title_and_tags() {
    let Some(about) = poppler(Program::Pdfinfo, &[], &[]) else { return };
    let about = joined(&about);
    for property in
        ["Title: Community Safety Partnership: figures for 2022-23", "Tagged: yes", "PDF version: 1.7", "(A4)"]
    {
        assert!(about.contains(property), "{property}: {about}");
    }
}

#[test]
fn headings_and_tables_are_tagged_in_order() {
    let Some(structure) = poppler(Program::Pdfinfo, &["-struct-text"], &[]) else { return };
    let tags: Vec<&str> = structure
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(|tag| tag.trim_end_matches(':'))
        .collect();
    let count = |tag: &str| tags.iter().filter(|each| **each == tag).count();
    assert_eq!(count("H1"), 1);
    assert_eq!(count("H2"), 12, "one for each section");
    assert_eq!(count("H3"), 6, "one for each area of measures");
    assert_eq!(count("Table"), 17);
    assert_eq!(count("Figure"), 4, "one for each chart");
    assert_eq!(count("Note"), 2, "one for each footnote");
    assert_eq!(count("Caption"), count("Table"));
    assert!(count("TH") > 40, "{} heading cells", count("TH"));
    let first = |tag: &str| tags.iter().position(|each| *each == tag).unwrap();
    assert!(first("H1") < first("H2") && first("H2") < first("Table") && first("Table") < first("TH"));
    assert!(first("TH") < first("TD"), "a table's heading row comes first");
}

#[test]
fn every_font_is_embedded_as_a_subset_with_its_characters() {
    let Some(fonts) = poppler(Program::Pdffonts, &[], &[]) else { return };
    let fonts: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(!fonts.is_empty());
    for font in fonts {
        let words: Vec<&str> = font.split_whitespace().collect();
        // name, type…, encoding, embedded, subset, to Unicode, object number and generation
        assert_eq!(&words[words.len() - 5..words.len() - 2], ["yes", "yes", "yes"], "{font}");
    }
}

#[test]
fn qpdf_finds_no_fault() {
    let Some(qpdf) = needed(Program::Qpdf) else { return };
    let said = run(Command::new(qpdf).arg("--check").arg(sample_year::appendix()));
    assert!(said.output.contains("No syntax or stream encoding errors found"), "{}", said.output);
    assert_eq!(said.errors, "");
}

#[test]
fn pages_are_drawn_without_a_word_of_complaint() {
    let Some(pdftoppm) = needed(Program::Pdftoppm) else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(pdftoppm);
    let said = run(command.args(["-r", "50", "-gray"]).arg(sample_year::appendix()).arg(folder.path().join("page")));
    assert_eq!(said.errors, "");
    for page in std::fs::read_dir(folder.path()).unwrap() {
        let pixels = std::fs::read(page.unwrap().path()).unwrap();
        let dark = pixels.iter().filter(|level| **level < 128).count();
        // A page of text has a few per cent of ink: an empty or a blackened one shows a font or colour that failed.
        assert!((pixels.len() / 200..pixels.len() / 5).contains(&dark), "{dark} dark of {}", pixels.len());
    }
}

/// Needs no program: the checker is a crate.
#[test]
fn it_meets_pdf_ua_1_and_pdf_a_2a() {
    assert_conforms(&std::fs::read(sample_year::appendix()).unwrap());
}
