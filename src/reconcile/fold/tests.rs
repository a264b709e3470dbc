//! Findings in, findings out.

use std::sync::Arc;

use super::*;
use crate::model::{Area, Cause, Comparison, Difference, Figures, Money, Place, Suggestion};

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

/// A finding of two figures of which the computed one is the sum of some cells.
fn sum(code: &str, cell: &str, pounds: i64, lines: &str) -> Finding {
    let mut finding = finding(code, cell, Some(pounds), &[lines]);
    let figures = Figures::Pence;
    let lines = vec![place(lines)];
    finding.comparison = Some(Comparison { stated: 100 * pounds, computed: 0, figures, lines, is_approved: false });
    finding.explainable = true;
    finding
}

/// A warning that puts figures off by so much, or by nobody knows how much.
fn cause(code: &str, cell: &str, pounds: Option<i64>) -> Finding {
    let mut finding = finding(code, cell, None, &[]);
    finding.severity = Severity::Warning;
    let difference = pounds.map(|pounds| Difference::Money(Money::from_pence(pounds * 100)));
    let suggestion = Suggestion { text: format!("{code} told"), cells: vec![place(cell)] };
    finding.cause = Some(Cause { suggestion, difference });
    finding
}

fn named(finding: Finding, suggestion: &str, cell: &str) -> Finding {
    let mut finding = finding;
    finding.suggestions.push(Suggestion { text: suggestion.to_owned(), cells: vec![place(cell)] });
    finding
}

#[test]
fn what_a_finding_says_it_is_the_cause_of() {
    let rows: [(&str, Vec<Finding>, &[&str]); 14] = [
        (
            "a total follows from a line typed as text",
            vec![sum("total-mismatch", "S!F9", -10, "S!F4:F8"), cause("amount-as-text", "S!F6", Some(-10))],
            &["amount-as-text S!F6 [S!F9]"],
        ),
        (
            "of several lines as well",
            vec![sum("total-mismatch", "S!F9", -10, "S!F4:F8"), cause("amount-as-text", "S!F5:F6", Some(-10))],
            &["amount-as-text S!F5:F6 [S!F9]"],
        ),
        (
            "another amount is another cause",
            vec![sum("total-mismatch", "S!F9", -11, "S!F4:F8"), cause("amount-as-text", "S!F6", Some(-10))],
            &["amount-as-text S!F6 []", "total-mismatch S!F9 [S!F4:F8]"],
        ),
        (
            "a cell that is not counted is no cause",
            vec![sum("total-mismatch", "S!F9", -10, "S!F4:F8"), cause("amount-as-text", "S!E6", Some(-10))],
            &["amount-as-text S!E6 []", "total-mismatch S!F9 [S!F4:F8]"],
        ),
        (
            "of unknown size, and the search found the same cell",
            vec![
                named(sum("total-mismatch", "S!F9", -10, "S!F4:F8"), "left out", "S!F6"),
                cause("hidden-row", "S!A6:F6", None),
            ],
            &["hidden-row S!A6:F6 [S!F9]"],
        ),
        (
            "of unknown size, and the search found another cell",
            vec![
                named(sum("total-mismatch", "S!F9", -10, "S!F4:F8"), "left out", "S!F7"),
                cause("hidden-row", "S!A6:F6", None),
            ],
            &["hidden-row S!A6:F6 []", "total-mismatch S!F9 [S!F4:F8]"],
        ),
        (
            "of unknown size, and it is all that was found",
            vec![
                named(sum("total-mismatch", "S!F9", -10, "S!F4:F8"), "hidden-row told", "S!A6:F6"),
                cause("hidden-row", "S!A6:F6", None),
            ],
            &["hidden-row S!A6:F6 []", "total-mismatch S!F9 [S!F4:F8]"],
        ),
        (
            "a total stays beside what its formula does",
            vec![sum("total-mismatch", "S!F9", -10, "S!F4:F8"), cause("sum-leaves-out-rows", "S!F9", Some(-10))],
            &["total-mismatch S!F9 [S!F4:F8]"],
        ),
        (
            "a total stays beside what is said of its cell without an amount",
            vec![sum("total-mismatch", "S!F9", -10, "S!F4:F8"), cause("total-typed-over", "S!F9", None)],
            &["total-mismatch S!F9 [S!F4:F8]"],
        ),
        (
            "but not beside what is said of another amount",
            vec![sum("total-mismatch", "S!F9", -10, "S!F4:F8"), cause("stale-result", "S!F9", Some(-7))],
            &["stale-result S!F9 []", "total-mismatch S!F9 [S!F4:F8]"],
        ),
        (
            "a rule goes where its cell says why",
            vec![sum("a-rule", "S!F9", -10, "S!F4:F8"), cause("stale-result", "S!F9", Some(-10))],
            &["stale-result S!F9 []"],
        ),
        (
            "in one cell, by another amount",
            vec![sum("a-rule", "S!F9", -10, "S!F4:F8"), cause("stale-result", "S!F9", Some(-9))],
            &["a-rule S!F9 [S!F4:F8]", "stale-result S!F9 []"],
        ),
        (
            "a chain by a warning leads to its root",
            vec![
                sum("a-rule", "S!G9", 10, "S!F9"),
                sum("total-mismatch", "S!F9", -10, "S!F4:F8"),
                cause("amount-as-text", "S!F6", Some(-10)),
            ],
            &["amount-as-text S!F6 [S!F9 S!G9]"],
        ),
        (
            "each workbook and sheet has its own",
            vec![sum("total-mismatch", "T!F9", -10, "T!F4:F8"), cause("amount-as-text", "S!F6", Some(-10))],
            &["amount-as-text S!F6 []", "total-mismatch T!F9 [T!F4:F8]"],
        ),
    ];
    for (name, findings, expected) in rows {
        assert_eq!(folded(findings.clone()), expected, "{name}");
        assert_eq!(folded(findings.into_iter().rev().collect()), expected, "{name}, the other way about");
    }
}

#[test]
fn a_warning_is_raised_to_what_follows_from_it() {
    let total = || {
        let mut total = sum("total-mismatch", "S!F9", -10, "S!F4:F8");
        (total.expected, total.actual) = (Some("£10.00".to_owned()), Some("£0.00".to_owned()));
        total
    };
    let raised = fold(vec![total(), cause("amount-as-text", "S!F6", Some(-10))]).remove(0);
    assert!(raised.stands() && raised.explainable);
    assert_eq!(raised.message, "amount-as-text Because of it, F9 is not what it should be.");
    assert_eq!((raised.expected.as_deref(), raised.actual.as_deref()), (Some("£10.00"), Some("£0.00")));
    assert_eq!((raised.difference, raised.comparison), (total().difference, total().comparison));

    // What no explanation can cover is covered by none afterwards, whichever comes first.
    for which in 0..2 {
        let mut effects = [total(), sum("a-rule", "S!G9", -10, "S!F6")];
        effects[which].explainable = false;
        let raised = fold([effects.to_vec(), vec![cause("amount-as-text", "S!F6", Some(-10))]].concat());
        assert_eq!(raised.len(), 1);
        assert!(raised[0].stands() && !raised[0].explainable);
    }

    // A warning from which only a warning follows stays one.
    let mut warning = total();
    warning.severity = Severity::Warning;
    let folded = fold(vec![warning, cause("amount-as-text", "S!F6", Some(-10))]);
    assert_eq!((folded.len(), folded[0].severity), (1, Severity::Warning));
}

#[test]
fn a_total_that_stays_says_first_what_its_formula_does() {
    let total = named(sum("total-mismatch", "S!F9", -10, "S!F4:F8"), "found", "S!F8");
    let formula = cause("sum-leaves-out-rows", "S!F9", Some(-10));
    let folded = fold(vec![total.clone(), formula.clone()]).remove(0);
    let texts: Vec<&str> = folded.suggestions.iter().map(|suggestion| suggestion.text.as_str()).collect();
    assert_eq!(texts, ["sum-leaves-out-rows told", "found"]);
    assert!(folded.explainable);

    let mut error = formula;
    error.severity = Severity::Error;
    let folded = fold(vec![total, error]);
    assert_eq!(folded.len(), 1);
    assert!(!folded[0].explainable, "what its formula does can be covered by no explanation");
}

#[test]
fn a_total_that_was_not_calculated_again_follows_from_its_line() {
    // E6 was typed over after E14 and F6 were calculated.
    let line = sum("rolls-forward", "S!E6", 250, "S!D6");
    let total = sum("total-mismatch", "S!E14", -250, "S!E4:E13");
    let stale = |cell: &str, pounds: i64, from: &str| {
        let mut finding = sum("stale-result", cell, pounds, from);
        finding.cause = cause("stale-result", cell, Some(pounds)).cause;
        finding
    };
    let remaining = sum("remaining", "S!F6", 250, "S!E6");
    let findings = vec![line, total, stale("S!E14", -250, "S!E4:E13"), stale("S!F6", 250, "S!E6"), remaining];
    assert_eq!(folded(findings.clone()), ["rolls-forward S!E6 [S!D6 S!F6 S!E14]"]);
    assert_eq!(folded(findings.into_iter().rev().collect()), ["rolls-forward S!E6 [S!D6 S!F6 S!E14]"]);
}

#[test]
fn what_stands_below_a_total_can_be_counted_in_it() {
    let total = sum("total-mismatch", "S!F9", 10, "S!F4:F8");
    let below = cause("unclaimed-figures", "S!F12", Some(10));
    assert_eq!(folded(vec![total.clone(), below]), ["unclaimed-figures S!F12 [S!F9]"]);
    let beside = cause("unclaimed-figures", "S!H6", Some(10));
    assert_eq!(folded(vec![total, beside]).len(), 2);
}

#[test]
fn a_note_about_the_cell_of_a_difference_is_said_with_it() {
    let note = |cell: &str| Finding { severity: Severity::Info, ..cause("total-typed-over", cell, Some(-10)) };
    let total = || sum("total-mismatch", "S!F9", -10, "S!F4:F8");
    assert_eq!(folded(vec![total(), note("S!F9")]), ["total-mismatch S!F9 [S!F4:F8]"]);
    assert_eq!(
        folded(vec![sum("a-rule", "S!G9", 10, "S!F6"), note("S!F6")]).len(),
        1,
        "a note that says why by just as much takes what follows from it"
    );
    let mut plain = note("S!F9");
    plain.cause = None;
    assert_eq!(folded(vec![total(), plain]).len(), 2);
}

#[test]
fn a_line_and_the_sum_over_it_differ_opposite_ways() {
    let line = sum("line", "S!F6", 10, "S!D6");
    assert_eq!(folded(vec![line.clone(), sum("total", "S!F9", -10, "S!F4:F8")]), ["line S!F6 [S!D6 S!F9]"]);
    assert_eq!(folded(vec![line, sum("total", "S!F9", 10, "S!F4:F8")]), ["line S!F6 [S!D6]", "total S!F9 [S!F4:F8]"]);
}

/// A warning that could be the reason for an error in some cell, and does not say by how much.
fn note(cell: &str) -> Finding {
    let mut note = Finding { severity: Severity::Warning, ..finding("note", cell, None, &[]) };
    let suggestion = Suggestion { text: "typed over".to_owned(), cells: vec![place(cell)] };
    note.cause = Some(Cause { suggestion, difference: None });
    note
}

#[test]
fn a_note_on_the_cell_of_an_error_is_said_with_it() {
    let error = || finding("wrong", "S!F6", Some(10), &[]);
    let told = fold(vec![error(), note("S!F6")]);
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].code.as_str(), told[0].suggestions[0].text.as_str()), ("wrong", "typed over"));
    // Of another cell, or of several, it stays.
    assert_eq!(folded(vec![error(), note("S!F7")]), ["wrong S!F6 []", "note S!F7 []"]);
    assert_eq!(folded(vec![error(), note("S!F6:F7")]), ["wrong S!F6 []", "note S!F6:F7 []"]);
}

#[test]
fn what_a_whole_workbook_puts_wrong_follows_from_it() {
    let whole = |severity: Severity| {
        let mut whole = Finding { severity, ..finding("calendar", "S!A1", None, &["R!B4", "S!A4:A6"]) };
        whole.place = Place::workbook(&Arc::from("w.xlsx"));
        whole.cause = cause("calendar", "R!B4", None).cause;
        whole
    };
    let month = || Finding { explainable: false, ..finding("month", "R!B4", None, &[]) };
    for findings in [vec![whole(Severity::Error), month()], vec![month(), whole(Severity::Error)]] {
        assert_eq!(folded(findings), ["calendar  [R!B4 S!A4:A6]"]);
    }
    let others = [
        ("another cell", finding("month", "R!B5", None, &[])),
        ("a warning in its cell", Finding { severity: Severity::Warning, ..month() }),
    ];
    for (name, other) in others {
        assert_eq!(fold(vec![whole(Severity::Error), other]).len(), 2, "{name}");
    }
    // A warning takes no error with it, and does not follow from what stands in the cells that it names.
    assert_eq!(fold(vec![whole(Severity::Warning), month()]).len(), 2);
    // What names cells without saying that it is why they are wrong was computed from them.
    let computed = Finding { cause: None, ..whole(Severity::Error) };
    assert_eq!(folded(vec![computed, month()]).len(), 1);
}

#[test]
fn of_many_findings_each_follows_from_the_cells_that_it_names() {
    // Held against each other, they would be compared four hundred million times.
    let of_row = |row: usize| {
        let [line, figure] = [format!("S!D{row}"), format!("S!F{row}")];
        [finding("figure", &figure, None, &[&line]), finding("line", &line, None, &[])]
    };
    let beside = finding("figure", "S!G10001", None, &["S!E1:E10000"]);
    let folded = folded((1..=10_000).flat_map(of_row).chain([beside]).collect());
    assert_eq!(folded.len(), 10_001);
    assert_eq!(folded[0], "line S!D1 [S!F1]");
    assert_eq!(folded[9_999], "line S!D10000 [S!F10000]");
    assert_eq!(folded[10_000], "figure S!G10001 [S!E1:E10000]", "in other columns of the same rows");
}
