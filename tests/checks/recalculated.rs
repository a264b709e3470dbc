//! Results that formulas no longer give, and what could not be recalculated.

use crosscast::model::{Difference, Figures, Outcome, Place};
use crosscast::schema::Pack;

use super::support::pack;
use super::{judged, lines, messages, not_run};

fn lines_pack() -> Pack {
    let fields = "
fields:
  - {name: name, title: Name, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP, optional: true}}
  - {name: count, title: Count, type: number, crosscast: {optional: true}}
";
    pack(&[("lines", "Lines", fields)])
}

/// What is found in a sheet of lines with the headings in row 1, the first line in row 2.
fn found(rows: &str) -> Outcome {
    judged(&lines_pack(), "lines.xlsx", &format!("# Lines\nName | Amount | Count\n{rows}"))
}

/// What is found of results alone: their lines and messages.
fn stale(rows: &str) -> Vec<String> {
    let outcome = found(rows);
    let of_results = outcome.findings.iter().filter(|finding| finding.code == "stale-result");
    of_results.map(|finding| format!("{}: {}", finding.place.in_workbook(), finding.message)).collect()
}

#[test]
fn a_result_that_the_formula_no_longer_gives() {
    for (name, rows, expected) in [
        (
            "an amount in a table",
            "a | £1.00\nb | =B2*2 -> £3.00",
            "Lines!B3: B3 shows £3.00; its formula =B2*2 now gives £2.00. The difference is £1.00.",
        ),
        (
            "by a penny",
            "a | £1.00\nb | =B2*2 -> £2.01",
            "Lines!B3: B3 shows £2.01; its formula =B2*2 now gives £2.00. The difference is £0.01.",
        ),
        (
            "a number",
            "a | | 4\nb | | =C2*250 -> 1100",
            "Lines!C3: C3 shows 1,100; its formula =C2*250 now gives 1,000. The difference is 100.",
        ),
        (
            "a number with decimals",
            "a | | 4\nb | | =C2/3 -> 1.5",
            "Lines!C3: C3 shows 1.5; its formula =C2/3 now gives 1.33333333333333. The difference is 0.166666667.",
        ),
        (
            "an amount beside the table",
            "a | £5.00 | | | =SUM(B2:B2) -> £6.00",
            "Lines!E2: E2 shows £6.00; its formula =SUM(B2:B2) now gives £5.00. The difference is £1.00.",
        ),
        (
            "a percentage",
            "a | £5.00 | | | =B2/20 -> 12%",
            "Lines!E2: E2 shows 12%; its formula =B2/20 now gives 25%. The difference is -13%.",
        ),
        (
            "a date",
            "a | £5.00 | | | 2022-04-30 | =E2+1 -> 2022-05-02",
            "Lines!F2: F2 shows 02/05/2022; its formula =E2+1 now gives 01/05/2022.",
        ),
        (
            "a text",
            "a | £5.00 | | | =IF(B2=5,\"agrees\",\"CHECK\") -> CHECK",
            "Lines!E2: E2 shows “CHECK”; its formula =IF(B2=5,\"…\",\"…\") now gives “agrees”.",
        ),
        (
            "a text where a number should be",
            "a | £5.00 | | | =B2 -> \"five\"",
            "Lines!E2: E2 shows “five”; its formula =B2 now gives 5.",
        ),
        ("TRUE", "a | £5.00 | | | =B2=5 -> FALSE", "Lines!E2: E2 shows FALSE; its formula =B2=5 now gives TRUE."),
        (
            "from another sheet",
            "a | £5.00 | | | =Rates!A1 -> £6.00\n# Rates\n£5.00",
            "Lines!E2: E2 shows £6.00; its formula =Rates!A1 now gives £5.00. The difference is £1.00.",
        ),
    ] {
        assert_eq!(stale(rows), [expected], "{name}");
    }
}

#[test]
fn a_sum_that_lacks_more_than_what_is_held_as_text() {
    let rows = "a | £1.00\nb | \"£2.00\"\nc | =SUM(B2:B3) -> £3.50";
    let message = "Lines!B4: B4 shows £3.50; its formula =SUM(B2:B3) now gives £1.00. The difference is £2.50.";
    assert_eq!(stale(rows), [message]);
}

#[test]
fn results_that_are_right() {
    for (name, rows) in [
        ("the same", "a | £1.00\nb | =B2*2 -> £2.00"),
        ("but for its last digits", "a | £0.10\nb | £0.20\nc | =B2+B3 -> £0.30"),
        ("what is left of equal amounts", "a | £0.30\nb | £0.10\nc | £0.20\nd | =B2-B3-B4 -> £0.00"),
        ("rounded as Excel does", "a | 1.005 | 1.005\nb | | =ROUND(C2,2) -> 1.01"),
        ("an error", "a | £1.00 | | | =NA()+B2 -> #N/A"),
        ("an error that it would no longer be", "a | £1.00 | | | =B2 -> #N/A"),
        ("another letter case of the function", "a | £1.00 | | | =sum(b2) -> £1.00"),
        ("one formula stale keeps those that use it right", "a | £1.00 | | | =B2 -> £1.00 | =E2*2 -> £2.00"),
        ("it lacks just what is held as text", "a | £1.00\nb | \"£2.00\"\nc | =SUM(B2:B3) -> £3.00"),
        ("programs count TRUE in different ways", "a | £1.00 | | | TRUE | =SUM(E2:E2) -> 1"),
        ("no result at all", "a | £1.00 | | | =B2*2"),
        ("the sheet is not the pack's", "a | £1.00\n# Other\n1 | =A1 -> 2"),
    ] {
        assert_eq!(stale(rows), [""; 0], "{name}");
    }
}

#[test]
fn less_than_half_a_penny_is_no_difference_of_amounts() {
    assert_eq!(stale("a | £1.00\nb | =B2*2 -> £2.004"), [""; 0]);
    assert_eq!(stale("a | £1.00\nb | =B2*2 -> £2.006").len(), 1);
    // Of other numbers it is one.
    assert_eq!(stale("a | | 1\nb | | =C2*2 -> 2.004").len(), 1);
}

#[test]
fn what_a_stale_total_carries() {
    let outcome = found("a | £5.00\nb | £7.00\nTotal | =SUM(B2:B3) -> £11.50");
    assert_eq!(lines(&outcome), ["error stale-result Lines!B4", "error total-mismatch Lines!B4"]);
    let finding = &outcome.findings[0];
    assert!(finding.explainable);
    assert_eq!((finding.expected.as_deref(), finding.actual.as_deref()), (Some("£12.00"), Some("£11.50")));
    assert_eq!(finding.difference.map(Difference::plain).as_deref(), Some("-0.50"));
    let comparison = finding.comparison.as_ref().unwrap();
    assert_eq!((comparison.stated, comparison.computed, comparison.figures), (1150, 1200, Figures::Pence));
    assert_eq!(comparison.lines.iter().map(Place::in_workbook).collect::<Vec<_>>(), ["Lines!B2:B3"]);
    let cause = finding.cause.as_ref().unwrap();
    assert_eq!(cause.suggestion.text, "B4 showing an earlier result (£11.50 instead of £12.00)");
    assert_eq!(cause.difference, finding.difference);
}

#[test]
fn formulas_of_one_shape_are_one_finding() {
    let rows: String = (2..42).map(|row| format!("a | £5.00 | | | =B{row}*2 -> £9.00\n")).collect();
    let outcome = found(&rows);
    assert_eq!(lines(&outcome), ["error stale-result Lines!E2:E41"]);
    assert_eq!(
        messages(&outcome),
        ["E2:E41 show results that their formulas no longer give. \
          The first: E2 shows £9.00; its formula =B2*2 now gives £10.00."]
    );
    let cause = outcome.findings[0].cause.as_ref().unwrap();
    assert_eq!(cause.difference.map(Difference::plain).as_deref(), Some("-40.00"));

    // A formula of another shape stands apart, and so does one that is right.
    let rows = "a | £5.00 | | | =B2*2 -> £9.00\nb | £5.00 | | | =B3*3 -> £9.00\nc | £5.00 | | | =B4*2 -> £10.00\n";
    assert_eq!(lines(&found(rows)), ["error stale-result Lines!E2", "error stale-result Lines!E3"]);
}

#[test]
fn formulas_that_were_never_calculated() {
    let beside = found("a | £1.00 | | | =B2*2\nb | £1.00 | | | =B3*2");
    assert_eq!(lines(&beside), ["error formula-without-result Lines!E2:E3"]);
    let message = "E2:E3 hold a formula that was never calculated, so its result is not in the file.";
    assert_eq!(messages(&beside), [message]);
    // That of a table's cell is said once.
    assert_eq!(lines(&found("a | £1.00\nb | =B2*2")), ["error formula-without-result Lines!B3"]);
    // What depends on it cannot be told.
    let after = found("a | £1.00 | | | =B2*2 | =E2*2 -> £4.00");
    assert_eq!(lines(&after), ["error formula-without-result Lines!E2"]);
    let why = "stale-result: 1 of 1 formula could not be recalculated: Lines!F2 (it depends on E2, which was never \
               calculated) (lines.xlsx).";
    assert_eq!(not_run(&after), [why]);
}

#[test]
fn what_could_not_be_recalculated_is_counted_and_named() {
    let rows = "a | £1.00 | | | =INDIRECT(\"B2\") -> £9.00 | =B2 -> £1.00
b | £1.00 | | | =INDIRECT(\"B3\") -> £9.00 | =[1]Spend!B2 -> £9.00
c | £1.00 | | | =NPV(0.1,B4) -> £9.00 | =TEXT(B4,\"0\") -> £9.00
d | £1.00 | | | =B5/0 -> £9.00 | =1/0 -> #DIV/0!";
    let outcome = found(rows);
    assert_eq!(lines(&outcome), ["warning other-workbook-linked Lines!F3"]);
    assert_eq!(
        not_run(&outcome),
        [
            "stale-result: 6 of 7 formulas could not be recalculated: Lines!E2 and 1 more (it uses INDIRECT, whose result \
          changes by itself), Lines!F3 (it refers to another workbook), Lines!E4 (it uses NPV) and 2 for other reasons \
          (lines.xlsx)."
        ]
    );
    assert!(outcome.not_run.iter().all(|not_run| !not_run.required), "it stands against nothing");
    assert_eq!(not_run(&found("a | £1.00 | | | =B2 -> £1.00")), [""; 0]);
}
