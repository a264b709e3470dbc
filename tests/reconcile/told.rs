//! Causes that other findings tell of.

use crosscast::model::{Area, Cause, Comparison, Difference, Figures, Finding, Money, Place, Severity, Suggestion};
use crosscast::reconcile::suggest;

use super::{pounds, suggestions};

fn place(cell: &str) -> Place {
    let (first, last) = cell.split_once(':').unwrap_or((cell, cell));
    Place::area(&"w.xlsx".into(), &"S".into(), Area::new(first.parse().unwrap(), last.parse().unwrap()))
}

fn difference(pence: i64) -> Option<Difference> {
    Some(Difference::Money(Money::from_pence(pence)))
}

/// A total of lines in B2:B9 that is off by so many pence.
fn total(cell: &str, pence: i64) -> Finding {
    let mut finding = Finding::new("total-mismatch", Severity::Error, place(cell), "is off", "mend it");
    let lines = vec![place("B2:B9")];
    let figures = Figures::Pence;
    finding.difference = difference(pence);
    finding.comparison =
        Some(Comparison { stated: 10_000 + pence, computed: 10_000, figures, lines, is_approved: false });
    finding
}

/// A warning that puts a figure off by so many pence, or by nobody knows how many.
fn cause(cell: &str, pence: Option<i64>) -> Finding {
    let mut finding = Finding::new("amount-as-text", Severity::Warning, place(cell), "is odd", "mend it");
    let suggestion = Suggestion { text: format!("{cell} told"), cells: vec![place(cell)] };
    finding.cause = Some(Cause { suggestion, difference: pence.and_then(difference) });
    finding
}

#[test]
fn what_others_tell() {
    let rows: [(&str, i64, Vec<Finding>, &[&str]); 10] = [
        ("of a line, by just as much", -250, vec![cause("B4", Some(-250))], &["B4 told"]),
        ("of some of the lines", -250, vec![cause("B4:B6", Some(-250))], &["B4:B6 told"]),
        (
            "of the figure's own cell, which goes first",
            -250,
            vec![cause("B4", Some(-250)), cause("B10", Some(-250))],
            &["B10 told", "B4 told"],
        ),
        ("of another amount", -250, vec![cause("B4", Some(-251))], &[]),
        ("of the same amount the other way", -250, vec![cause("B4", Some(250))], &[]),
        ("of what stands below the figure", 250, vec![cause("B12", Some(250))], &["B12 told"]),
        ("of a cell that is not counted", -250, vec![cause("C4", Some(-250))], &[]),
        (
            "of two that come to it together",
            -250,
            vec![cause("B4", Some(-150)), cause("B6", Some(-100))],
            &["B4 told; together with B6 told"],
        ),
        ("of one whose amount is not known", -250, vec![cause("B4", None)], &["B4 told"]),
        (
            "an amount that is known goes before one that is not",
            -250,
            vec![cause("B4", None), cause("B5", Some(-250))],
            &["B5 told"],
        ),
    ];
    let pack = pounds();
    for (name, pence, mut findings, expected) in rows {
        findings.push(total("B10", pence));
        suggest(&mut findings, &[], &pack);
        assert_eq!(suggestions(findings.last().unwrap()), expected, "{name}");
        // The order in which findings come does not matter.
        findings.iter_mut().for_each(|finding| finding.suggestions.clear());
        findings.reverse();
        suggest(&mut findings, &[], &pack);
        assert_eq!(suggestions(&findings[0]), expected, "{name}");
    }
}

#[test]
fn an_amount_in_the_wrong_one_of_two_lines() {
    let pack = pounds();
    let mut findings = vec![total("C4", 250), total("C7", -250), total("C9", 300)];
    suggest(&mut findings, &[], &pack);
    assert_eq!(
        suggestions(&findings[0]),
        ["£2.50 entered in the wrong one of two lines: C7 is off by as much the other way"]
    );
    assert_eq!(suggestions(&findings[2]), [""; 0]);

    // Of two that are off the other way nothing tells which.
    let mut findings = vec![total("C4", 250), total("C7", -250), total("C9", -250)];
    suggest(&mut findings, &[], &pack);
    assert_eq!(suggestions(&findings[0]), [""; 0]);
}

#[test]
fn a_cause_is_not_searched_and_what_it_suggests_stays() {
    let pack = pounds();
    let mut stale = total("B10", -250);
    stale.cause = cause("B10", Some(-250)).cause;
    let mut findings = vec![stale, cause("B4", Some(-250))];
    suggest(&mut findings, &[], &pack);
    assert_eq!(suggestions(&findings[0]), [""; 0]);

    let mut own = total("B10", -250);
    own.suggestions.push(Suggestion { text: "its own".to_owned(), cells: Vec::new() });
    let mut findings = vec![own, cause("B4", Some(-250))];
    suggest(&mut findings, &[], &pack);
    assert_eq!(suggestions(&findings[0]), ["its own", "B4 told"]);
}
