//! An officer meets a code and asks what it means: on the command line, and on the findings page.

use crate::desk::{Desk, plain_text};

#[test]
fn all_checks_are_listed() {
    let desk = Desk::new();
    let list = desk.crosscast(&["explain"]);
    assert_eq!((list.status, list.err.as_str()), (0, ""));
    let lines: Vec<Vec<&str>> = list.out.lines().map(|line| line.split_whitespace().collect()).collect();
    for (code, severity, title) in [
        ("total-mismatch", "error", "A stated total is not the sum of its column"),
        ("explanation-unused", "warning", "Every explanation covers a difference"),
        ("return-is-final", "warning", "A return's status is Final"),
    ] {
        let line = lines.iter().find(|line| line.first() == Some(&code)).unwrap_or_else(|| panic!("{code}"));
        assert_eq!((line[1], line[2..].join(" ").as_str()), (severity, title));
    }
    assert!(list.out.lines().all(|line| line.chars().count() <= 100), "{}", list.out);
    assert!(!list.out.contains('\u{1b}'));
}

#[test]
fn a_check_is_explained() {
    let desk = Desk::new();
    let built_in = desk.crosscast(&["explain", "amount-as-text"]);
    assert_eq!((built_in.status, built_in.err.as_str()), (0, ""));
    let expected = "warning  amount-as-text
Amounts are typed as text

What it means
    The cells hold texts that are plainly amounts. They were read as such.

Why it matters
    Excel's SUM leaves such cells out without a word, so the total beneath them is too small.

Example
    £1,250.00 typed as text in F6.

How to mend it
    Type the amount as a number, and let the cell's format show the pound sign.

How to silence it
";
    assert!(built_in.out.starts_with(expected), "{}", built_in.out);
    assert!(built_in.out.contains("amount-as-text: {severity: info}"), "{}", built_in.out);
    let rule = desk.crosscast(&["explain", "return-is-final"]);
    assert_eq!((rule.status, rule.err.as_str()), (0, ""));
    for part in [
        "warning  return-is-final\nA return's status is Final\n",
        "What a finding says\n    The status of the return for [month] is Draft.\n",
        "What it reads\n    Return (Status).\n",
        "rules/return-is-final.sql",
    ] {
        assert!(rule.out.contains(part), "{part}\n{}", rule.out);
    }
}

#[test]
fn a_code_that_no_check_has() {
    let desk = Desk::new();
    let slip = desk.crosscast(&["explain", "total-mismach"]);
    assert_eq!((slip.status, slip.out.as_str()), (2, ""));
    assert_eq!(
        slip.err.trim_end(),
        "There is no check named total-mismach. Did you mean total-mismatch? crosscast explain lists all of them."
    );
    let stranger = desk.crosscast(&["explain", "zzz"]);
    assert_eq!(stranger.err.trim_end(), "There is no check named zzz. crosscast explain lists all of them.");
}

#[test]
fn the_pack_is_asked_for_its_rules_and_weights() {
    let desk = Desk::new();
    desk.copy_pack();
    desk.edit_pack(
        "partnership.yaml",
        "checks: {}",
        "checks: {amount-as-text: {severity: error}, too-long: {off: true}}",
    );
    desk.edit_pack(
        "rules/return-is-final.sql",
        "-- title: A return's status is Final",
        "-- title: No return is a draft",
    );
    let list = desk.crosscast(&["explain", "--schemas", "schemas"]);
    let line = |code: &str| {
        let line = list.out.lines().find(|line| line.split_whitespace().next() == Some(code)).unwrap();
        line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("amount-as-text"), "error Amounts are typed as text");
    assert_eq!(line("too-long"), "off A text is too long");
    assert_eq!(line("return-is-final"), "warning No return is a draft");
}

#[test]
fn the_findings_page_says_what_its_checks_mean() {
    let desk = Desk::year_with_outputs();
    let html = desk.output("for-officers/findings.html");
    assert!(html.contains("<a href=\"#check-total-mismatch\">What this check means</a>"));
    assert_eq!(html.matches("<article class=\"check\" id=\"check-total-mismatch\"").count(), 1);
    let text = plain_text(&html);
    let said = "The figure in the totals row is not what the rows above it add up to, to the penny.";
    assert!(text.contains(said), "{text}");
    // What found nothing is not written about.
    assert!(!html.contains("check-too-long"));
}
