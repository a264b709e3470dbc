//! Stated totals and the approved total.

use crosscast::model::{Difference, Outcome, Place};
use crosscast::schema::Pack;
use proptest::prelude::*;

use super::support::pack;
use super::{judged, lines, messages, not_run};

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
    assert_eq!(messages(&short), ["The total says 1,711; B2:B3 add up to 1,792. The difference is -81."]);
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

/// An amount in the notation of test workbooks.
fn amount(pence: i64) -> String {
    format!("{}£{}.{:02}", if pence < 0 { "-" } else { "" }, pence.abs() / 100, pence.abs() % 100)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn sums_are_exact_in_any_order(
        mut pence in proptest::collection::vec(-1_000_000_000i64..1_000_000_000, 1..24),
        too_much in -3i64..=3,
    ) {
        let pack = pounds();
        let stated = amount(pence.iter().sum::<i64>() + too_much);
        for _ in 0..2 {
            let amounts: Vec<String> = pence.iter().copied().map(amount).collect();
            let amounts: Vec<&str> = amounts.iter().map(String::as_str).collect();
            let found = sums(&pack, &amounts, &stated);
            let differences: Vec<String> =
                found.findings.iter().filter_map(|finding| finding.difference).map(Difference::plain).collect();
            let expected = if too_much == 0 { Vec::new() } else { vec![amount(too_much).replace('£', "")] };
            prop_assert_eq!(differences, expected);
            pence.sort_unstable();
        }
    }
}
