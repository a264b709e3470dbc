//! Which rules an officer's explanation can let stand, and what it takes.

use crosscast::model::Finding;

use super::year::{Change, MAY, To, Year, place, report};
use super::{all, findings_of};

/// A row of the explanations workbook for a finding.
fn row(finding: &Finding, pounds: &str) -> String {
    let shown = place(&finding.place);
    let (workbook, cell) = shown.rsplit_once('!').unwrap();
    let sheet = finding.place.sheet.as_deref().unwrap();
    format!("{} | {sheet} | {cell} | {pounds}", workbook.strip_suffix(sheet).unwrap().trim())
}

#[test]
fn explainable_rules_say_a_difference_at_one_cell() {
    for rule in all().filter(|rule| rule.explainable) {
        for finding in findings_of(rule.code, rule.to, rule.fires[0].edits) {
            assert!(finding.difference.is_some(), "{}: without a difference nothing can match", rule.code);
            assert!(finding.place.area.is_some_and(|area| area.first == area.last), "{}", rule.code);
        }
    }
}

#[test]
fn an_explanation_covers_each_explainable_rule() {
    for rule in all().filter(|rule| rule.explainable) {
        let edits = rule.fires[0].edits;
        let ran = Year::to(rule.to).with(edits).run();
        let Some(found) = ran.report.findings.iter().find(|finding| finding.code == rule.code) else {
            panic!("{}: {:#?}", rule.code, report(&ran));
        };
        assert!(found.stands(), "{}", rule.code);
        let difference = found.difference.unwrap().plain();
        let covered = Year::to(rule.to).with(edits).explained(&[row(found, &difference)]).run();
        let found = covered.report.findings.iter().find(|finding| finding.code == rule.code).unwrap();
        let explained = found.explained.as_ref().unwrap_or_else(|| panic!("{}: {:#?}", rule.code, report(&covered)));
        assert_eq!(explained.explanation, "Agreed with the funder in writing", "{}", rule.code);
        assert!(!found.stands(), "{}", rule.code);
    }
}

#[test]
fn an_explanation_lapses_when_the_figure_moves() {
    let remaining = |pounds| {
        [
            Change(MAY, "£2,000.00 | £98,000.00", pounds),
            Change(MAY, "£3,000.00 | £136,250.00", "£3,000.00 | £136,249.50"),
        ]
    };
    let explanation = ["2022-05 return | Summary | F2 | -0.5".to_owned()];
    let covered = Year::to(To::May).with(&remaining("£2,000.00 | £97,999.50")).explained(&explanation).run();
    assert!(covered.report.is_clear());
    let moved = Year::to(To::May).with(&remaining("£2,000.00 | £97,999.49")).explained(&explanation).run();
    let codes: Vec<&str> = moved.report.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert!(codes.contains(&"remaining-is-budget-less-spend") && codes.contains(&"explanation-unused"), "{codes:?}");
    assert!(!moved.report.is_clear());
}
