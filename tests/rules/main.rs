//! Every rule of the pack: cells in, findings out, with a near miss that must not fire.

#![allow(clippy::unwrap_used)]

mod carried;
mod coverage;
mod excerpts;
mod explaining;
mod folding;
mod inbox;
mod measures;
mod money;
mod public;
mod registers;
mod running;
mod suggesting;
mod year;

#[path = "../support"]
mod support {
    pub mod package;
    pub mod sample_pack;
    pub mod workbook;

    pub use workbook::workbook;
}

use std::collections::BTreeSet;

use crosscast::model::Finding;
use year::{Edit, PACK, To, Year, line};

/// What is known of a rule, and what shows it.
struct RuleCases {
    code: &'static str,
    to: To,
    /// What to do, for the first of `fires`.
    fix: &'static str,
    explainable: bool,
    fires: &'static [Fires],
    /// Changes after which it must not fire.
    near_misses: &'static [(&'static str, &'static [Edit])],
}

/// Changes after which a rule finds something.
struct Fires {
    name: &'static str,
    edits: &'static [Edit],
    /// A line for each finding of this rule.
    found: &'static [&'static str],
    /// The whole message of the first.
    message: &'static str,
    /// The related cells of the first.
    related: &'static [&'static str],
}

fn all() -> impl Iterator<Item = &'static RuleCases> {
    money::RULES.iter().chain(carried::RULES).chain(inbox::RULES).chain(measures::RULES).chain(registers::RULES)
}

/// What one rule finds before anything is folded.
fn findings_of(code: &str, to: To, edits: &[Edit]) -> Vec<Finding> {
    let ran = Year::to(to).with(edits).run();
    let outcome = ran.store.run_rules(&PACK, &ran.report.period).unwrap();
    outcome.findings.into_iter().filter(|finding| finding.code == code).collect()
}

fn check(rules: &[RuleCases]) {
    for rule in rules {
        for fires in rule.fires {
            let name = format!("{}: {}", rule.code, fires.name);
            let found = findings_of(rule.code, rule.to, fires.edits);
            assert_eq!(found.iter().map(line).collect::<Vec<_>>(), fires.found, "{name}");
            assert_eq!(found[0].message, fires.message, "{name}");
            assert_eq!(found[0].related.iter().map(year::place).collect::<Vec<_>>(), fires.related, "{name}");
            assert!(found.iter().all(|finding| finding.explainable == rule.explainable), "{name}");
        }
        assert_eq!(findings_of(rule.code, rule.to, rule.fires[0].edits)[0].fix, rule.fix, "{}", rule.code);
        for (name, edits) in rule.near_misses {
            let found = findings_of(rule.code, rule.to, edits);
            assert!(found.is_empty(), "{}: {name}: {found:#?}", rule.code);
        }
    }
}

#[test]
fn every_rule_of_the_pack_has_cases() {
    let in_pack: BTreeSet<&str> = PACK.rules.iter().map(|rule| rule.code.as_str()).collect();
    let tested: BTreeSet<&str> = all().map(|rule| rule.code).collect();
    assert_eq!(in_pack, tested);
    for rule in all() {
        assert!(!rule.fires.is_empty() && !rule.near_misses.is_empty(), "{} needs both", rule.code);
    }
}

#[test]
fn a_year_in_which_every_rule_holds() {
    for to in [To::May, To::June, To::March] {
        let ran = Year::to(to).run();
        assert_eq!(year::report(&ran), [""; 0]);
        assert_eq!(year::not_run(&ran), [""; 0]);
    }
}
