//! What changes in the inbox did to the findings.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{Change, Judged, changes};
use crate::model::{Finding, Place, Weight};

/// The kinds that are counted, heaviest first: what stands, is explained, is a warning, is for information; and checks that
/// did not run.
const KINDS: usize = 5;
const NOT_RUN: usize = 4;

/// How many findings came and went. Displayed: `+2 errors, -1 warning`; nothing when none did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    came: [usize; KINDS],
    went: [usize; KINDS],
}

impl Tally {
    /// Whether none came and none went.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = [
            ("error", "errors"),
            ("explained", "explained"),
            ("warning", "warnings"),
            ("for information", "for information"),
            ("check that did not run", "checks that did not run"),
        ];
        let mut parts = Vec::new();
        for (kind, (one, many)) in words.into_iter().enumerate() {
            for (sign, number) in [('+', self.came[kind]), ('-', self.went[kind])] {
                if number > 0 {
                    parts.push(format!("{sign}{number} {}", if number == 1 { one } else { many }));
                }
            }
        }
        formatter.write_str(&parts.join(", "))
    }
}

/// What is other than before, and what it did.
#[derive(Debug, Clone, PartialEq)]
pub struct Effects<'a> {
    /// Each workbook that came in, changed or went, with the findings in it that came and went.
    pub changes: Vec<(Change, Tally)>,
    /// The findings that came and went in other workbooks, and about the inbox as a whole; and the checks that did not run.
    pub elsewhere: Tally,
    /// The errors that stand and the warnings that were not there before; errors first, else in the report's order.
    pub new: Vec<&'a Finding>,
}

/// Two findings are the same when their code, place and message are, and they weigh the same.
type Same<'a> = (&'a str, &'a Place, &'a str, usize);

impl<'a> Effects<'a> {
    /// What is other in one inbox than in the other.
    pub fn between(before: &'a Judged, after: &'a Judged) -> Self {
        let mut changes: Vec<(Change, Tally)> =
            changes(before, after).into_iter().map(|change| (change, Tally::default())).collect();
        let lines: BTreeMap<String, usize> =
            changes.iter().enumerate().map(|(line, (change, _))| (change.path.clone(), line)).collect();
        let mut elsewhere = Tally::default();
        let (old, now) = (numbers(&before.findings), numbers(&after.findings));
        let all: BTreeSet<&Same<'_>> = old.keys().chain(now.keys()).collect();
        for same in all {
            let number = |of: &BTreeMap<Same<'_>, usize>| of.get(same).copied().unwrap_or_default();
            let (before, after) = (number(&old), number(&now));
            let line = same.1.workbook.as_deref().and_then(|path| lines.get(path));
            let tally = line.map_or(&mut elsewhere, |line| &mut changes[*line].1);
            tally.came[same.3] += after.saturating_sub(before);
            tally.went[same.3] += before.saturating_sub(after);
        }
        let (old_checks, new_checks): (BTreeSet<_>, BTreeSet<_>) =
            (before.not_run.iter().collect(), after.not_run.iter().collect());
        elsewhere.came[NOT_RUN] = new_checks.difference(&old_checks).count();
        elsewhere.went[NOT_RUN] = old_checks.difference(&new_checks).count();

        let weighs = |weight: Weight| {
            let is_new = |finding: &&Finding| finding.weight() == weight && !old.contains_key(&same(finding));
            after.findings.iter().filter(is_new).collect::<Vec<_>>()
        };
        let new = [weighs(Weight::Standing), weighs(Weight::Warning)].concat();
        Self { changes, elsewhere, new }
    }
}

fn numbers(findings: &[Finding]) -> BTreeMap<Same<'_>, usize> {
    let mut numbers = BTreeMap::new();
    for finding in findings {
        *numbers.entry(same(finding)).or_default() += 1;
    }
    numbers
}

fn same(finding: &Finding) -> Same<'_> {
    let kind = match finding.weight() {
        Weight::Standing => 0,
        Weight::Explained => 1,
        Weight::Warning => 2,
        Weight::Info => 3,
    };
    (&finding.code, &finding.place, &finding.message, kind)
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use super::super::changes::tests::judged;
    use super::*;
    use crate::model::{NotRun, Position, Severity};

    /// A finding at a cell of the sheet Spend, by its row from 1.
    pub fn finding(severity: Severity, workbook: &str, row: u32, message: &str) -> Finding {
        let (workbook, sheet): (Arc<str>, Arc<str>) = (workbook.into(), "Spend".into());
        let place = Place::area(&workbook, &sheet, Position::new(row - 1, 5));
        Finding::new("total-mismatch", severity, place, message, "Mend it.")
    }

    #[test]
    fn findings_are_counted_to_the_workbook_that_they_are_in() {
        let error = |workbook: &str, row| finding(Severity::Error, workbook, row, "The total is wrong.");
        // That of row 9 stays.
        let before = judged(
            &[("a.xlsx", "1"), ("b.xlsx", "1")],
            vec![error("a.xlsx", 1), error("b.xlsx", 1), error("b.xlsx", 9)],
        );
        let after = judged(
            &[("a.xlsx", "2"), ("b.xlsx", "1"), ("c.xlsx", "1")],
            vec![
                error("a.xlsx", 2),
                finding(Severity::Warning, "a.xlsx", 3, "Odd."),
                error("b.xlsx", 9),
                error("c.xlsx", 1),
            ],
        );
        let effects = Effects::between(&before, &after);
        let told: Vec<(&str, String)> =
            effects.changes.iter().map(|(change, tally)| (change.path.as_str(), tally.to_string())).collect();
        assert_eq!(told, [("a.xlsx", "+1 error, -1 error, +1 warning".to_owned()), ("c.xlsx", "+1 error".to_owned())]);
        assert_eq!(effects.elsewhere.to_string(), "-1 error");
        let new: Vec<String> = effects.new.iter().map(|finding| finding.place.in_workbook()).collect();
        assert_eq!(new, ["Spend!F2", "Spend!F1", "Spend!F3"], "errors first");
    }

    #[test]
    fn a_finding_is_the_same_while_code_place_and_message_are() {
        let one = finding(Severity::Error, "a.xlsx", 1, "One.");
        let mut other = one.clone();
        other.fix = "Mend it otherwise.".to_owned();
        let inbox = |findings| judged(&[("a.xlsx", "1")], findings);
        let same = |a: &[&Finding], b: &[&Finding]| {
            let of = |findings: &[&Finding]| inbox(findings.iter().map(|finding| (*finding).clone()).collect());
            Effects::between(&of(a), &of(b)).elsewhere.to_string()
        };
        assert_eq!(same(&[&one], &[&other]), "");
        let message = finding(Severity::Error, "a.xlsx", 1, "Two.");
        assert_eq!(same(&[&one], &[&message]), "+1 error, -1 error");
        // Said twice of one place, and then once.
        assert_eq!(same(&[&one, &one], &[&one]), "-1 error");
        assert_eq!(same(&[&one], &[&one, &one, &one]), "+2 errors");
    }

    #[test]
    fn an_explanation_takes_an_error_away_and_may_be_taken_away_itself() {
        let stands = finding(Severity::Error, "a.xlsx", 1, "One.");
        let explained = Finding {
            explained: Some(crate::model::Explained {
                explanation: "Agreed.".to_owned(),
                recorded_by: "Finance officer".to_owned(),
                approved_by: "Treasurer".to_owned(),
                date: Default::default(),
                source: Place::inbox(),
            }),
            ..stands.clone()
        };
        let without = judged(&[("a.xlsx", "1")], vec![stands]);
        let with = judged(&[("a.xlsx", "1"), ("Explanations.xlsx", "2")], vec![explained]);
        let effects = Effects::between(&without, &with);
        assert_eq!(effects.elsewhere.to_string(), "-1 error, +1 explained");
        assert!(effects.changes[0].1.is_nothing() && effects.new.is_empty());
        let back = Effects::between(&with, &without);
        assert_eq!((back.elsewhere.to_string().as_str(), back.new.len()), ("+1 error, -1 explained", 1));
    }

    #[test]
    fn checks_that_did_not_run_are_elsewhere() {
        let before = judged(&[("a.xlsx", "1")], Vec::new());
        let mut after = before.clone();
        after.not_run.push(NotRun { check: "spend".to_owned(), why: "Why.".to_owned(), required: true });
        assert_eq!(Effects::between(&before, &after).elsewhere.to_string(), "+1 check that did not run");
        assert_eq!(Effects::between(&after, &before).elsewhere.to_string(), "-1 check that did not run");
        assert!(Effects::between(&after, &after).elsewhere.is_nothing());
    }
}
