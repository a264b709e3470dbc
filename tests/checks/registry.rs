//! The checks as products: codes that are unique, none left out of the registry, each documented, also in the README.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crosscast::checks;
use crosscast::model::{Check, CheckPage};
use crosscast::pipeline;
use crosscast::reconcile;
use regex::Regex;

use super::support::sample_pack::sample_pack;

/// The lines of the README between which the table of checks stands.
const MARKS: [&str; 2] = ["<!-- The checks, as tests/checks/registry.rs has them: -->", "<!-- End of the checks. -->"];

fn built_in() -> impl Iterator<Item = &'static Check> {
    checks::registry().chain(reconcile::registry())
}

fn repository(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

#[test]
fn codes_are_unique_over_built_in_checks_and_rules() {
    let pages = pipeline::check_pages(&sample_pack());
    let mut seen = BTreeSet::new();
    for page in &pages {
        assert!(seen.insert(&page.code), "{} is there twice", page.code);
        let kebab =
            page.code.split('-').all(|word| !word.is_empty() && word.chars().all(|sign| sign.is_ascii_lowercase()));
        assert!(kebab, "{}", page.code);
    }
    assert_eq!(pages.len(), built_in().count() + sample_pack().rules.len());
}

#[test]
fn every_check_and_rule_is_documented() {
    for page in pipeline::check_pages(&sample_pack()) {
        assert!(!page.title.is_empty() && !page.title.ends_with('.'), "{}: {}", page.code, page.title);
        let headings: Vec<&str> = page.parts.iter().map(|part| part.heading).collect();
        for heading in ["Why it matters", "How to mend it", "How to silence it"] {
            assert!(headings.contains(&heading), "{}: {headings:?}", page.code);
        }
        for part in &page.parts {
            assert!(part.text.len() > 10 && part.text.ends_with(['.', '!']), "{}: {}", page.code, part.text);
            for word in ["valid", "please", "sorry", "forbidden"] {
                // “Valid” is a whole word here: to validate is what a check does.
                let is_word = Regex::new(&format!("(?i)\\b(in)?{word}\\b")).unwrap().is_match(&part.text);
                assert!(!is_word, "{}: {word} in {}", page.code, part.text);
            }
        }
    }
}

#[test]
fn no_check_is_left_out_of_the_registry() {
    let code = Regex::new(r#"(?:\bcode:\s*|Check::(?:error|warning|info)\(\s*)"([^"]+)""#).unwrap();
    let mut written = BTreeSet::new();
    for room in ["src/checks", "src/reconcile"] {
        for source in sources(&repository(room)) {
            let text = fs::read_to_string(&source).unwrap();
            // Tests make up findings of their own.
            let text = text.split("#[cfg(test)]").next().unwrap();
            written.extend(code.captures_iter(text).map(|found| found[1].to_owned()));
        }
    }
    let registered: BTreeSet<String> = built_in().map(|check| check.code.to_owned()).collect();
    let left_out: Vec<_> = written.difference(&registered).collect();
    assert!(left_out.is_empty(), "not in the CHECKS of a family that registry.rs names: {left_out:?}");
    let not_seen: Vec<_> = registered.difference(&written).collect();
    assert!(not_seen.is_empty(), "registered, but in no source: {not_seen:?}");
}

/// The Rust files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            found.extend(sources(&entry.path()));
        } else if entry.path().extension().is_some_and(|ending| ending == "rs") {
            found.push(entry.path());
        }
    }
    found
}

#[test]
fn the_readme_has_the_table_of_all_checks() {
    let readme = fs::read_to_string(repository("README.md")).unwrap();
    let [begin, end] = MARKS;
    let (_, rest) = readme.split_once(begin).expect("the line before the table");
    let (table, _) = rest.split_once(end).expect("the line after the table");
    let expected = readme_table();
    assert!(
        table.trim() == expected,
        "Put this between the two comments of README.md:\n\n{begin}\n\n{expected}\n\n{end}\n"
    );
}

/// The checks in the order in which they run, then the rules of the sample's pack.
fn readme_table() -> String {
    let pack = sample_pack();
    let pages = pipeline::check_pages(&pack);
    let is_rule = |page: &&CheckPage| pack.rules.iter().any(|rule| rule.code == page.code);
    let row =
        |page: &CheckPage| format!("| `{}` | {} | {} |\n", page.code, page.weight(), page.title.replace('|', "\\|"));
    let of_checks: String = pages.iter().filter(|page| !is_rule(page)).map(row).collect();
    let of_rules: String = pages.iter().filter(is_rule).map(row).collect();
    format!(
        "| Check | Severity | What it looks for |\n|---|---|---|\n{of_checks}\n\
         | Rule of the sample's pack | Severity | What must hold |\n|---|---|---|\n{of_rules}"
    )
    .trim_end()
    .to_owned()
}
