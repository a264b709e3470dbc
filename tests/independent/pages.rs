//! The appendix and the findings as web pages, in a browser.

use crate::browser::{Checker, browse};
use crate::programs::{Program, needed};
use crate::sample_year;

#[test]
fn a_browser_shows_both_pages_without_complaint() {
    let Some(chromium) = needed(Program::Chromium) else { return };
    for page in sample_year::pages() {
        let folder = tempfile::tempdir().unwrap();
        let picture = folder.path().join("page.png");
        let screenshot = format!("--screenshot={}", picture.display());
        let said = browse(&chromium, &["--window-size=1000,1400", &screenshot], &page);
        assert!(!said.errors.contains("CONSOLE"), "{}: {}", page.display(), said.errors);
        // A blank page of this size takes some 6 kB.
        assert!(std::fs::metadata(&picture).unwrap().len() > 30_000, "{} is blank", page.display());
    }
}

#[test]
fn the_pages_hold_headings_tables_and_the_difference() {
    let Some(chromium) = needed(Program::Chromium) else { return };
    let [appendix, findings] = sample_year::pages().map(|page| browse(&chromium, &["--dump-dom"], &page).output);
    assert_eq!(appendix.matches("<h1").count(), 1);
    assert_eq!(appendix.matches("<h2").count(), 12 + 1, "the sections, and the footnotes");
    assert_eq!(appendix.matches("<figure").count(), 4);
    // A table, or the figures of a chart as one.
    assert_eq!(appendix.matches("<caption").count(), 17 + 4);
    for total in ["£133,250.00", "£139,250.00", "£6,000.00", "10,817", "over 120", "1,767"] {
        assert!(appendix.contains(total), "{total}");
    }
    assert_eq!(findings.matches("<h1").count(), 1);
    for passage in ["PCC funding", "D15<", "£6,000.00", "Could be"] {
        assert!(findings.contains(passage), "{passage}");
    }
    assert!(!appendix.contains("DRAFT") && !appendix.contains("<script"));
    assert_eq!(findings.matches("<script").count(), 1, "the page's own");
}

#[test]
fn the_pages_have_no_fault_of_accessibility() {
    let (Some(chromium), Some(checker)) = (needed(Program::Chromium), Checker::needed()) else { return };
    for page in sample_year::pages() {
        let html = std::fs::read_to_string(&page).unwrap();
        for width in ["--window-size=1200,900", "--window-size=320,900"] {
            assert_eq!(checker.faults(&chromium, &[width], &html), "", "{} at {width}", page.display());
        }
    }
}
