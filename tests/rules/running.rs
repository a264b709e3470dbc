//! When a rule does not run, and how the pack sets its weight.

use crosscast::model::Severity;

use super::year::{
    APRIL, CRIME, Change, EXPLANATIONS, FUNDING, JUNE, MAY, REGISTERS, To, Without, Year, not_run, pack_with_checks,
    report,
};

/// What is said of one rule that did not run.
fn why(lines: &[String], code: &str) -> Vec<String> {
    let prefix = format!("{code}: ");
    lines.iter().filter_map(|line| line.strip_prefix(&prefix)).map(str::to_owned).collect()
}

#[test]
fn a_table_that_is_missing() {
    let ran = Year::to(To::March).with(&[Without(CRIME)]).run();
    assert_eq!(report(&ran), ["missing-workbook error the inbox"]);
    assert_eq!(
        not_run(&ran),
        [
            "crime-change-is-difference: Recorded crime was not read: the recorded crime workbook or its table is missing.",
            "crime-months-complete: Recorded crime was not read: the recorded crime workbook or its table is missing.",
        ]
    );
    assert!(ran.report.not_run.iter().all(|check| check.required));
    assert!(!ran.report.is_clear());
}

#[test]
fn a_month_whose_table_is_missing() {
    let ran = Year::to(To::June).with(&[Change(MAY, "# Spend\n", "# Money\n")]).run();
    assert_eq!(
        why(&not_run(&ran), "spend-agrees-with-summary"),
        ["Payments for May 2022 was not read: the monthly return or its table is missing."]
    );
    // The other months are judged.
    let edits =
        [Change(MAY, "# Spend\n", "# Money\n"), Change(JUNE, "£39,250.00 | £500.00 |", "£39,250.00 | £501.00 |")];
    let found = report(&Year::to(To::June).with(&edits).run());
    let rule: Vec<&String> = found.iter().filter(|line| line.starts_with("spend-agrees")).collect();
    assert_eq!(rule.len(), 1, "{found:#?}");
    assert!(rule[0].contains("2022-06 return Summary!D3: £501.00 for £500.00"), "{rule:?}");
}

/// A name, changes, a rule, why it did not run, and what it found all the same.
type Unread = (&'static str, &'static [super::Edit], &'static str, &'static [&'static str], &'static [&'static str]);

#[test]
fn a_cell_that_could_not_be_read() {
    let rows: &[Unread] = &[
        (
            "the project of an amount that is no number is passed over, the other is judged",
            &[
                Change(MAY, "Project worker | £1,000.00\n", "Project worker | 1O0\n"),
                Change(MAY, "£39,250.00 | £500.00 |", "£39,250.00 | £501.00 |"),
            ],
            "spend-agrees-with-summary",
            &["Spend!F2 could not be read, so what it counts in was not checked (2022-05 return.xlsx)."],
            &["error 2022-05 return Summary!D3: £501.00 for £500.00, out by £1.00"],
        ),
        (
            "the month after one that is an error value is passed over",
            &[Change(MAY, "£1,000.00 | £2,000.00 | £98,000.00", "£1,000.00 | #REF! | £98,000.00")],
            "spend-to-date-rolls-forward",
            &["Summary!E2 could not be read, so what it counts in was not checked (2022-05 return.xlsx)."],
            &[],
        ),
        (
            "a measure's ID that is an error value may be the one that is missing",
            &[Change(MAY, "DA-02 |", "#N/A |")],
            "measure-given-once",
            &["Measures!A3 could not be read, so what it counts in was not checked (2022-05 return.xlsx)."],
            &[],
        ),
        (
            "a cell that the rule does not need does not stop it",
            &[Change(MAY, "Project worker | £1,000.00\n", "#REF! | £1,000.00\n")],
            "spend-agrees-with-summary",
            &[],
            &[],
        ),
        (
            "a stated total that is an error value",
            &[Change(MAY, "Total | £139,250.00 |", "Total | #REF! |")],
            "summary-total-is-approved-total",
            &["Summary!C4 could not be read, so what it counts in was not checked (2022-05 return.xlsx)."],
            &[],
        ),
        (
            "a stated total that the rule does not need",
            &[Change(MAY, "Total | £139,250.00 | £1,500.00 |", "Total | £139,250.00 | #REF! |")],
            "summary-total-is-approved-total",
            &[],
            &[],
        ),
    ];
    for (name, edits, code, expected_why, expected) in rows {
        let ran = Year::to(To::June).with(edits).run();
        assert_eq!(why(&not_run(&ran), code), *expected_why, "{name}");
        let found: Vec<String> =
            ran.report.findings.iter().filter(|finding| finding.code == *code).map(super::line).collect();
        assert_eq!(found, *expected, "{name}");
    }
}

#[test]
fn what_is_not_due_is_neither_missing_nor_passed() {
    let ran = Year::to(To::May).run();
    assert_eq!((report(&ran), not_run(&ran)), (vec![], vec![]));
    // Present but early: the yearly workbook is left aside, and its faults with it.
    let late = Year::to(To::March).with(&[
        Change(REGISTERS, "2021-11-25 | 2024-11-24", "2021-11-25 | 2029-11-24"),
        Change(CRIME, "2022-05 | 1100 | 1090 | 10", "2022-05 | 1100 | 1090 | 99"),
    ]);
    let early =
        ["2022-06", "2022-07", "2022-08", "2022-09", "2022-10", "2022-11", "2022-12", "2023-01", "2023-02", "2023-03"];
    let ran = early.iter().fold(late, |year, month| year.without(&format!("{month} return.xlsx"))).run();
    assert_eq!((report(&ran), not_run(&ran)), (vec![], vec![]));
}

#[test]
fn the_pack_sets_weight_and_switches_off() {
    let edits = [
        Change(MAY, "Status | Final", "Status | Draft"),
        Change(APRIL, "Return month | 2022-04", "Return month | 2022-05"),
    ];
    let year = Year::to(To::May).with(&edits);
    assert_eq!(
        report(&year.run()),
        [
            "return-month-agrees-with-name error 2022-04 return Return!B3",
            "return-is-final warning 2022-05 return Return!B6"
        ]
    );
    let pack =
        pack_with_checks("{return-is-final: {severity: error}, return-month-agrees-with-name: {severity: info}}");
    let ran = year.run_with(&pack);
    let weights: Vec<Severity> = ran.report.findings.iter().map(|finding| finding.severity).collect();
    assert_eq!(weights, [Severity::Info, Severity::Error]);
    let pack = pack_with_checks("{return-is-final: {off: true}, return-month-agrees-with-name: {off: true}}");
    assert_eq!(report(&year.run_with(&pack)), [""; 0]);
}

#[test]
fn a_rule_that_is_off_or_not_required_does_not_stand_in_the_way() {
    let year = Year::to(To::March).with(&[Without(CRIME)]);
    let pack = pack_with_checks(
        "{crime-change-is-difference: {off: true}, crime-months-complete: {required: false}, missing-workbook: {off: true}}",
    );
    let ran = year.run_with(&pack);
    assert_eq!(
        not_run(&ran),
        ["crime-months-complete: Recorded crime was not read: the recorded crime workbook or its table is missing."]
    );
    assert!(ran.report.is_clear());
}

#[test]
fn an_optional_workbook_is_not_missed() {
    // The year is over, so that every other yearly workbook is due.
    let ran = Year::to(To::March).run();
    assert!(!ran.report.workbooks.iter().any(|workbook| workbook.path == EXPLANATIONS));
    assert_eq!((report(&ran), not_run(&ran)), (vec![], vec![]));
}

#[test]
fn a_workbook_that_is_missing_is_named_by_its_kind() {
    let ran = Year::to(To::May).with(&[Without(FUNDING)]).run();
    assert_eq!(
        why(&not_run(&ran), "summary-budget-is-funding-line"),
        ["Funding was not read: the funding workbook or its table is missing."]
    );
}

/// A name, changes, how each error begins, and what is said of each rule that did not run.
type Headless = (&'static str, &'static [super::Edit], &'static [&'static str], &'static [&'static str]);

#[test]
fn a_column_that_is_missing_never_counts_as_passed() {
    let rows: &[Headless] = &[
        (
            "payments without amounts are compared with nothing",
            &[Change(MAY, "Description | Amount\n", "Description | Amuont\n")],
            &["missing-heading error 2022-05 return Spend!F1: Amuont for Amount"],
            &[
                "payment-repeated: Spend has no “Amount”, so what is counted by it was not checked (2022-05 return.xlsx).",
                "payments-differ-from-last-month: Spend has no “Amount”, so what is counted by it was not checked \
                 (2022-05 return.xlsx).",
                "spend-agrees-with-summary: Spend has no “Amount”, so what is counted by it was not checked \
                 (2022-05 return.xlsx).",
            ],
        ),
        (
            "each rule that needs spend to date is listed",
            &[Change(MAY, "Spend this month | Spend to date |", "Spend this month | Spent |")],
            &["missing-heading error 2022-05 return Summary!E1: Spent for Spend to date"],
            &[
                "project-within-budget: Summary has no “Spend to date”, so what is counted by it was not checked \
                 (2022-05 return.xlsx).",
                "remaining-is-budget-less-spend: Summary has no “Spend to date”, so what is counted by it was not \
                 checked (2022-05 return.xlsx).",
                "spend-to-date-rolls-forward: Summary has no “Spend to date”, so what is counted by it was not checked \
                 (2022-05 return.xlsx).",
            ],
        ),
        (
            "a form without the label",
            &[Change(MAY, "Return month | 2022-05", "Month of return | 2022-05")],
            &["missing-heading error 2022-05 return Return"],
            &["return-month-agrees-with-name: Return has no “Return month”, so what is counted by it was not checked \
               (2022-05 return.xlsx)."],
        ),
        (
            "near miss: a column that no rule needs",
            &[Change(MAY, "Payee | Description | Amount\n", "Payee | Dscription | Amount\n")],
            &["missing-heading error 2022-05 return Spend!E1: Dscription for Description"],
            &[],
        ),
    ];
    for (name, edits, found, expected) in rows {
        let ran = Year::to(To::June).with(edits).run();
        let errors: Vec<String> = report(&ran).into_iter().filter(|line| line.contains(" error ")).collect();
        let begins = |line: &String| found.iter().any(|found| line.starts_with(found));
        assert!(errors.len() == found.len() && errors.iter().all(begins), "{name}: {errors:?}");
        let rules: Vec<String> =
            not_run(&ran).into_iter().filter(|line| line.contains("what is counted by it")).collect();
        assert_eq!(rules, *expected, "{name}");
    }
}
