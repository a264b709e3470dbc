//! Folding: a finding that follows from another is attached to it as related, and not counted again.

use crate::model::{Finding, Severity};

/// Attaches each finding that follows from another to its cause, and gives the causes.
///
/// A finding follows from an error that lies in a cell from which it was computed (its related cells), unless both
/// carry a difference and the two are not of the same size: then there are two causes. What no explanation can cover
/// follows only from what no explanation can cover either.
pub fn fold(findings: Vec<Finding>) -> Vec<Finding> {
    let mut findings = findings;
    // Findings of one place and code stay as they came, so that missing months stand in the order of the year.
    findings.sort_by(|a, b| (&a.place, &a.code).cmp(&(&b.place, &b.code)));
    let mut causes: Vec<Option<usize>> = vec![None; findings.len()];
    for effect in 0..findings.len() {
        causes[effect] = (0..findings.len())
            .find(|cause| follows(&findings[effect], &findings[*cause]) && root(&causes, *cause) != effect);
    }
    let consequences: Vec<(usize, usize)> = (0..findings.len())
        .filter(|effect| causes[*effect].is_some())
        .map(|effect| (effect, root(&causes, effect)))
        .collect();
    for (effect, cause) in &consequences {
        let place = findings[*effect].place.clone();
        if place != findings[*cause].place && !findings[*cause].related.contains(&place) {
            findings[*cause].related.push(place);
        }
    }
    let mut index = 0;
    findings.retain(|_| {
        index += 1;
        causes[index - 1].is_none()
    });
    findings
}

fn follows(effect: &Finding, cause: &Finding) -> bool {
    if cause.severity != Severity::Error || effect.severity == Severity::Info {
        return false;
    }
    // An explanation of the cause would cover what no explanation can cover.
    if cause.explainable && !effect.explainable {
        return false;
    }
    let in_related = effect.related.iter().any(|place| place.covers(&cause.place));
    let same_size = match (effect.difference, cause.difference) {
        (Some(mine), Some(theirs)) => mine.same_size(theirs),
        _ => true,
    };
    in_related && same_size
}

/// The cause at the end of a chain of causes.
fn root(causes: &[Option<usize>], of: usize) -> usize {
    let mut at = of;
    while let Some(cause) = causes[at] {
        at = cause;
    }
    at
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Area, Difference, Money, Place};

    fn place(cell: &str) -> Place {
        let (sheet, cell) = cell.split_once('!').unwrap();
        let (first, last) = cell.split_once(':').unwrap_or((cell, cell));
        let area = Area::new(first.parse().unwrap(), last.parse().unwrap());
        Place::area(&Arc::from("w.xlsx"), &Arc::from(sheet), area)
    }

    fn finding(code: &str, cell: &str, pounds: Option<i64>, related: &[&str]) -> Finding {
        let mut finding = Finding::new(code, Severity::Error, place(cell), code, "mend it");
        finding.difference = pounds.map(|pounds| Difference::Money(Money::from_pence(pounds * 100)));
        finding.related = related.iter().map(|cell| place(cell)).collect();
        finding
    }

    fn folded(findings: Vec<Finding>) -> Vec<String> {
        let shown = |finding: Finding| {
            let related: Vec<String> = finding.related.iter().map(Place::in_workbook).collect();
            format!("{} {} [{}]", finding.code, finding.place.in_workbook(), related.join(" "))
        };
        fold(findings).into_iter().map(shown).collect()
    }

    #[test]
    fn what_follows_is_attached() {
        let rows: [(&str, Vec<Finding>, &[&str]); 6] = [
            (
                "a total follows from its line",
                vec![finding("total", "S!F9", Some(-10), &["S!F4:F8"]), finding("line", "S!F6", Some(10), &[])],
                &["line S!F6 [S!F9]"],
            ),
            (
                "a chain leads to its root",
                vec![
                    finding("june", "S!E6", Some(-250), &["S!E5"]),
                    finding("july", "S!E7", Some(-250), &["S!E6"]),
                    finding("may", "S!E5", Some(250), &["S!D5"]),
                ],
                &["may S!E5 [S!D5 S!E6 S!E7]"],
            ),
            (
                "another size is another cause",
                vec![finding("total", "S!F9", Some(-11), &["S!F4:F8"]), finding("line", "S!F6", Some(10), &[])],
                &["line S!F6 []", "total S!F9 [S!F4:F8]"],
            ),
            (
                "a cause without a difference takes what follows",
                vec![finding("sum", "S!D9", Some(5), &["S!C4"]), finding("name", "S!C4", None, &[])],
                &["name S!C4 [S!D9]"],
            ),
            (
                "two that name each other stay one",
                vec![finding("a", "S!A1", None, &["S!B1"]), finding("b", "S!B1", None, &["S!A1"])],
                &["b S!B1 [S!A1]"],
            ),
            (
                "no relation, no folding",
                vec![finding("a", "S!A1", Some(5), &[]), finding("b", "S!B1", Some(5), &[])],
                &["a S!A1 []", "b S!B1 []"],
            ),
        ];
        for (name, findings, expected) in rows {
            assert_eq!(folded(findings), expected, "{name}");
        }
    }

    #[test]
    fn a_warning_is_no_cause() {
        let mut text = finding("amount-as-text", "S!F6", None, &[]);
        text.severity = Severity::Warning;
        let total = finding("total", "S!F9", Some(-10), &["S!F4:F8"]);
        assert_eq!(fold(vec![text, total]).len(), 2);
    }
}
