//! The appendix and the findings as web pages, in a browser.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::programs::{Program, Said, needed, python_file, run, skip};
use crate::sample_year;

/// Runs the browser, in a profile of its own, on a page.
fn browse(chromium: &Path, options: &[&str], page: &Path) -> Said {
    let profile = tempfile::tempdir().unwrap();
    run(Command::new(chromium)
        // Without the sandbox, which cannot be had as root in a container; the pages are our own.
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"])
        .args(["--no-first-run", "--disable-extensions", "--enable-logging=stderr", "--virtual-time-budget=20000"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(options)
        .arg(format!("file://{}", std::path::absolute(page).unwrap().display())))
}

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
    assert!(!appendix.contains("DRAFT") && !appendix.contains("<script") && !findings.contains("<script"));
}

#[test]
fn the_pages_have_no_fault_of_accessibility() {
    let Some(chromium) = needed(Program::Chromium) else { return };
    let Some(checker) = python_file("axe_playwright_python", "axe.min.js") else {
        return skip("axe-core is not installed (it comes with the Python package axe-playwright-python)");
    };
    let script = std::fs::read_to_string(checker).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for page in sample_year::pages() {
        let copy = with_checker(&page, &script, folder.path());
        for width in ["--window-size=1200,900", "--window-size=320,900"] {
            let dom = browse(&chromium, &[width, "--dump-dom"], &copy).output;
            let result =
                dom.rsplit_once("AXE[").and_then(|(_, rest)| rest.split_once("]AXE")).map(|(result, _)| result);
            assert_eq!(result, Some(""), "{} at {width}: rule (impact) elements", page.display());
        }
    }
}

/// A copy of the page that checks itself and writes what it found, as "rule (impact) elements", at its end. The page's own
/// policy lets no script run, so it is left out of the copy.
fn with_checker(page: &Path, script: &str, folder: &Path) -> PathBuf {
    let html = std::fs::read_to_string(page).unwrap();
    let policy = regex::Regex::new(r#"<meta http-equiv="Content-Security-Policy"[^>]*>"#).unwrap();
    let run = r#"
        const plain = words => words.replace(/[<>&\[\]]/g, ' ');
        const told = fault => `${fault.id} (${fault.impact}) ${plain(fault.nodes.map(node => node.target).join(', '))}`;
        axe.run().then(found => {
            const result = document.createElement('pre');
            result.textContent = `AXE[${found.violations.map(told).join('; ')}]AXE`;
            document.body.append(result);
        });"#;
    let scripts = format!("<script>{script}</script><script>{run}</script></body>");
    let copy = folder.join(page.file_name().unwrap());
    std::fs::write(&copy, policy.replace_all(&html, "").replace("</body>", &scripts)).unwrap();
    copy
}
