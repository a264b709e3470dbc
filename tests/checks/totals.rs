//! Stated totals, the approved total, and what could explain a difference.

use crosscast::model::{Difference, Outcome, Place};
use crosscast::schema::Pack;

use super::support::pack;
use super::{judged, lines, messages, not_run, suggestions};

/// What is found in a column of amounts, labelled Line a, Line b, …, and its stated total.
fn sums(pack: &Pack, amounts: &[&str], total: &str) -> Outcome {
    let rows: String =
        amounts.iter().zip('a'..).map(|(amount, letter)| format!("Line {letter} | {amount}\n")).collect();
    judged(pack, "lines.xlsx", &format!("# Lines\nName | Amount\n{rows}Total | {total}"))
}

fn lines_pack(amount: &str) -> Pack {
    let name = "  - {name: name, title: Name, type: string}";
    pack(&[("lines", "Lines", &format!("fields:\n{name}\n  - {{name: amount, title: Amount, {amount}}}\n"))])
}

fn pounds() -> Pack {
    lines_pack("type: number, crosscast: {unit: GBP}")
}

#[test]
fn stated_totals() {
    let pack = pounds();
    assert_eq!(lines(&sums(&pack, &["£0.10", "£0.20"], "£0.30")), [""; 0]);
    let penny = sums(&pack, &["£0.10", "£0.20"], "£0.31");
    assert_eq!(lines(&penny), ["error total-mismatch Lines!B4"]);
    assert_eq!(messages(&penny), ["The total says £0.31; B2:B3 add up to £0.30. The difference is £0.01."]);
    assert_eq!(penny.findings[0].difference.map(Difference::plain).as_deref(), Some("0.01"));
    assert_eq!(penny.findings[0].related.iter().map(Place::in_workbook).collect::<Vec<_>>(), ["Lines!B2:B3"]);

    let marked = sums(&pack, &["£0.10", "x", "£0.20"], "£0.31");
    assert_eq!(lines(&marked), ["error not-an-amount Lines!B3"]);
    assert_eq!(not_run(&marked), ["total-mismatch: Lines!B3 could not be read (lines.xlsx)."]);

    let uncalculated = sums(&pack, &["£0.10", "£0.20"], "=SUM(B2:B3)");
    assert_eq!(lines(&uncalculated), ["error formula-without-result Lines!B4"]);
    assert_eq!(not_run(&uncalculated), ["total-mismatch: Lines!B4 could not be read (lines.xlsx)."]);

    assert_eq!(lines(&sums(&pack, &["£0.10", ""], "")), [""; 0]);
}

#[test]
fn totals_of_counts_numbers_and_percentages() {
    let counts = lines_pack("type: integer");
    assert_eq!(lines(&sums(&counts, &["909", "883"], "1792")), [""; 0]);
    let short = sums(&counts, &["909", "883"], "1711");
    assert_eq!(messages(&short), ["The total says 1,711; B2:B3 add up to 1,792. The difference is 81."]);
    assert_eq!(short.findings[0].difference, Some(Difference::Count(-81)));

    let numbers = lines_pack("type: number");
    assert_eq!(lines(&sums(&numbers, &["0.1", "0.2"], "0.3")), [""; 0]);
    assert_eq!(
        messages(&sums(&numbers, &["0.1", "0.2"], "0.35")),
        ["The total says 0.35; B2:B3 add up to 0.3. The difference is 0.05."]
    );

    // Nine decimals of a thousand million are beyond what can be added exactly.
    for (amounts, total) in [(["1000000000", "1"], "1000000002"), (["999999999", "1"], "1000000000")] {
        let large = sums(&numbers, &amounts, total);
        assert_eq!(lines(&large), [""; 0]);
        let why = "total-mismatch: The sum of amount on Lines is too large to be added exactly (lines.xlsx).";
        assert_eq!(not_run(&large), [why]);
    }
    assert_eq!(lines(&sums(&numbers, &["999999998", "1"], "999999999")), [""; 0]);

    // A total of percentages is no sum.
    assert_eq!(lines(&sums(&lines_pack("type: number, crosscast: {unit: percent}"), &["50%", "70%"], "60%")), [""; 0]);
}

#[test]
fn what_could_explain_a_difference() {
    let pack = pounds();
    let amounts = ["£120.50", "£75.25", "£310.00", "£48.99", "£205.10"];
    // The lines add up to £759.84.
    let rows: [(&str, &str, &[&str]); 11] = [
        ("left out of the total", "£449.84", &["B4 (£310.00, Line c) left out of the total"]),
        ("counted twice", "£808.83", &["a line of £48.99 left out", "B5 (£48.99, Line d) counted twice in the total"]),
        ("the last two left out", "£505.75", &["B5:B6 (£254.09 together) left out of the total"]),
        ("the first two left out", "£564.09", &["B2:B3 (£195.75 together) left out of the total"]),
        ("a sign turned", "£349.64", &["B6 (£205.10, Line e) with its sign turned"]),
        (
            "a decimal point slipped",
            "£1,844.34",
            &["B2 (£120.50, Line a) with its decimal point out of place (£1,205.00)"],
        ),
        ("two digits swapped in a line", "£804.84", &["B6 (£205.10, Line e) with two digits swapped (£250.10)"]),
        ("two digits swapped in the total", "£759.48", &["the total typed with two digits swapped"]),
        ("the total ten times", "£7,598.40", &["the total typed with its decimal point out of place"]),
        ("divisible by nine, and nothing more", "£768.84", &[]),
        ("nothing known", "£761.11", &[]),
    ];
    for (name, total, expected) in rows {
        let outcome = sums(&pack, &amounts, total);
        assert_eq!(lines(&outcome), ["error total-mismatch Lines!B7"], "{name}");
        assert_eq!(suggestions(&outcome.findings[0]), expected, "{name}");
    }
}

#[test]
fn what_several_lines_explain() {
    let pack = pounds();
    let typed = sums(&pack, &["£120.50", "\"£75.25\"", "£310.00"], "£430.50");
    let mismatch = typed.findings.iter().find(|finding| finding.code == "total-mismatch").unwrap();
    assert_eq!(suggestions(mismatch)[0], "B3 (£75.25, Line b) typed as text, which Excel's sums leave out");

    let several = sums(&pack, &["£5.00", "£5.00", "£5.00", "£5.00"], "£25.00");
    assert_eq!(
        suggestions(&several.findings[0]),
        ["a line of £5.00 left out", "one of B2, B3, B4 and 1 more counted twice in the total"]
    );

    let twice = "# Lines\nName | Amount\nRent | £80.00\nHeat | £7.00\nRent | £80.00\nTotal | £87.00";
    let twice = judged(&pack, "lines.xlsx", twice);
    assert_eq!(
        suggestions(&twice.findings[0]),
        ["B4 (£80.00, Rent) entered twice, as in B2", "B2 (£80.00, Rent) or B4 (£80.00, Rent) left out of the total"]
    );
}

#[test]
fn the_approved_total() {
    let pack = lines_pack("type: number, crosscast: {unit: GBP, control_total: true}");
    // The approved total of the test's year is £139,250.00.
    let rows: [(&str, &[&str], &str, &[&str]); 5] = [
        ("lines and total agree", &["£139,000.00", "£250.00"], "£139,250.00", &[]),
        (
            "the lines do not",
            &["£139,000.00"],
            "£139,250.00",
            &["control-total B3 £139,000.00 250.00", "total-mismatch B3 £139,000.00 250.00"],
        ),
        ("both are another sum", &["£139,000.00"], "£139,000.00", &["control-total B3 £139,250.00 -250.00"]),
        (
            "the total is not",
            &["£139,250.00"],
            "£139,000.00",
            &["control-total B3 £139,250.00 -250.00", "total-mismatch B3 £139,250.00 -250.00"],
        ),
        ("no total is stated", &["£139,000.00"], "", &["control-total B2 £139,250.00 -250.00", "missing-total B3  "]),
    ];
    for (name, amounts, total, expected) in rows {
        let mut outcome = sums(&pack, amounts, total);
        outcome.findings.sort_by(|a, b| a.code.cmp(&b.code));
        let found: Vec<String> = outcome
            .findings
            .iter()
            .map(|finding| {
                let difference = finding.difference.map(Difference::plain).unwrap_or_default();
                let cell = finding.place.area.unwrap();
                format!("{} {cell} {} {difference}", finding.code, finding.expected.as_deref().unwrap_or_default())
            })
            .collect();
        assert_eq!(found, expected, "{name}");
    }
    let marked = sums(&pack, &["x"], "£139,250.00");
    assert_eq!(
        not_run(&marked),
        ["control-total", "total-mismatch"].map(|code| format!("{code}: Lines!B2 could not be read (lines.xlsx)."))
    );
}
