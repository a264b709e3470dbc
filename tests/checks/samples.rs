//! Every check over the partnership's real year, and over the same year with faults planted.

use crosscast::checks::{Context, check_keys, check_workbook};
use crosscast::model::{Difference, Finding, Money, Outcome, Place};
use crosscast::reconcile::suggest;

use super::suggestions;
use super::support::sample_pack::sample_pack;
use super::support::sample_workbooks::sample_workbooks;
use super::support::store::sealed_store;

/// What all checks give over a sample year, in the order of the workbooks and then of the keys.
fn checked(folder: &str) -> Outcome {
    let pack = sample_pack();
    let year = &pack.partnership.years[0];
    let workbooks = sample_workbooks(folder, &pack);
    let mut outcome = Outcome::default();
    for workbook in &workbooks {
        outcome.extend(check_workbook(workbook, &Context { pack: &pack, year, month: workbook.month_in_name }));
    }
    outcome.extend(check_keys(&sealed_store(&pack, &workbooks), &pack).unwrap());
    suggest(&mut outcome.findings, &workbooks.iter().collect::<Vec<_>>(), &pack);
    outcome
}

/// `error code workbook Sheet!Cell`, a line for each finding.
fn lines(outcome: &Outcome) -> Vec<String> {
    let line = |finding: &Finding| {
        let workbook = finding.place.workbook.as_deref().unwrap_or_default();
        let place = finding.place.in_workbook();
        format!("{} {} {workbook} {place}", finding.severity, finding.code).trim_end().to_owned()
    };
    outcome.findings.iter().map(line).collect()
}

/// The finding of a code at a cell.
fn finding(outcome: &Outcome, code: &str, cell: &str) -> Finding {
    let found = outcome.findings.iter().find(|finding| finding.code == code && finding.place.in_workbook() == cell);
    found.unwrap_or_else(|| panic!("no {code} at {cell}")).clone()
}

fn places(places: &[Place]) -> Vec<String> {
    places.iter().map(Place::in_workbook).collect()
}

/// What of the one `.xls` workbook cannot be judged.
const NOT_TOLD: &str = "hidden-rows: Hidden rows and columns, filters, merged cells, invisible text, defined names and the \
                        calendar of dates were not looked at: a workbook of this format does not tell them (registers/SWCSP registers 2022-23.xls).";

#[test]
fn the_sample_year() {
    let outcome = checked("2022-23");
    assert_eq!(
        lines(&outcome),
        [
            "error control-total funding/SWCSP funding 2022-23.xlsx PCC funding!D15",
            "error total-mismatch funding/SWCSP funding 2022-23.xlsx PCC funding!D15",
            "warning date-as-text monthly/2022-05 May return.xlsx Spend!A4:A10",
            "warning invisible-character monthly/2022-08 August return.xlsx Spend!C4",
            "info unknown-heading monthly/2022-11 November return.xlsx Spend!G3",
        ]
    );
    assert_eq!(super::not_run(&outcome), [NOT_TOLD]);
}

#[test]
fn the_six_thousand_pounds() {
    let outcome = checked("2022-23");
    let total = finding(&outcome, "total-mismatch", "PCC funding!D15");
    assert_eq!(
        total.message,
        "The total says £139,250.00, which is the approved total; D5:D14 add up to £133,250.00. The difference is \
         £6,000.00."
    );
    assert_eq!(total.expected.as_deref(), Some("£133,250.00"));
    assert_eq!(total.actual.as_deref(), Some("£139,250.00"));
    assert_eq!(total.difference, Some(Difference::Money(Money::from_pence(600_000))));
    assert!(total.explainable);
    assert_eq!(places(&total.related), ["PCC funding!D5:D14"]);
    assert_eq!(
        suggestions(&total),
        [
            "a line of £6,000.00 left out",
            "D14 (£6,000.00, Youth ASB & Wellness Youth Mentoring) counted twice in the total"
        ]
    );
    assert_eq!(places(&total.suggestions[1].cells), ["PCC funding!D14"]);

    // The control total names the same cell and the same difference, so that it folds into the mismatch.
    let control = finding(&outcome, "control-total", "PCC funding!D15");
    assert_eq!(control.difference, total.difference);
    assert_eq!(places(&control.related), ["PCC funding!D15", "PCC funding!D5:D14"]);
    assert_eq!(
        control.message,
        "D5:D14 add up to £133,250.00; the approved total for 2022-23 is £139,250.00. The difference is £6,000.00."
    );
}

#[test]
fn the_year_with_faults() {
    let outcome = checked("with-faults");
    assert_eq!(
        lines(&outcome),
        [
            "error control-total funding/SWCSP funding 2022-23.xlsx PCC funding!D15",
            "error total-mismatch funding/SWCSP funding 2022-23.xlsx PCC funding!D15",
            "error personal-data monthly/2022-04 April return.xlsx Spend!E7",
            "warning date-as-text monthly/2022-05 May return.xlsx Spend!A4:A10",
            "error stale-result monthly/2022-05 May return.xlsx Summary!F6",
            "error stale-result monthly/2022-05 May return.xlsx Summary!E14",
            "error total-mismatch monthly/2022-05 May return.xlsx Summary!E14",
            "warning amount-as-text monthly/2022-06 June return.xlsx Spend!F6",
            "warning invisible-character monthly/2022-08 August return.xlsx Spend!C4",
            "error impossible-date monthly/2022-08 August return.xlsx Spend!A5",
            "error total-leaves-lines-out monthly/2022-09 September return.xlsx Spend!F12",
            "error total-mismatch monthly/2022-09 September return.xlsx Spend!F12",
            "info unknown-heading monthly/2022-11 November return.xlsx Spend!G3",
            "error date-outside-month monthly/2022-11 November return.xlsx Spend!A6",
            "error required-value monthly/2022-12 December return.xlsx Spend!A4",
            "error too-small monthly/2023-01 January return.xlsx Measures!D7",
            "error look-alike-characters monthly/2023-02 February return.xlsx Spend!F4",
            "error stale-result monthly/2023-02 February return.xlsx Spend!F8",
            "error stale-result monthly/2023-03 March return.xlsx Summary!D14",
            "error total-mismatch monthly/2023-03 March return.xlsx Summary!D14",
            "error stale-result performance/Recorded crime 2022-23.xlsx Recorded crime!B16",
            "error total-mismatch performance/Recorded crime 2022-23.xlsx Recorded crime!B16",
            "error unreadable-workbook registers/Meetings 2022-23.ods",
            "error not-in-list registers/SWCSP registers 2022-23.xls DHR!B5",
            "error repeated-value monthly/2022-07 July return.xlsx Spend!B7",
            "error unknown-reference monthly/2022-10 October return.xlsx Spend!C4",
        ]
    );
    assert_eq!(
        super::not_run(&outcome),
        [
            "date-outside-month: Spend!A5 could not be read (monthly/2022-08 August return.xlsx).",
            "total-mismatch: Spend!F4 could not be read (monthly/2023-02 February return.xlsx).",
            "date-outside-year: Meetings was not read (registers/Meetings 2022-23.ods).",
            "not-a-date: Meetings was not read (registers/Meetings 2022-23.ods).",
            "personal-data: Meetings was not read (registers/Meetings 2022-23.ods).",
            "repeated-key: Meetings was not read (registers/Meetings 2022-23.ods).",
            "required-value: Meetings was not read (registers/Meetings 2022-23.ods).",
            NOT_TOLD,
        ]
    );
}

#[test]
fn what_the_faults_are_said_to_be() {
    let outcome = checked("with-faults");
    for (code, cell, message) in [
        ("personal-data", "Spend!E7", "E7 holds what looks like an email address: j***@e***.org."),
        ("date-outside-month", "Spend!A6", "Date paid must be in November 2022; the cell says 15/01/2023."),
        ("required-value", "Spend!A4", "Enter the date paid."),
        ("repeated-value", "Spend!B7", "The reference “INV-0016” is already in B4."),
        (
            "unknown-reference",
            "Spend!C4",
            "The project “Youh ASB & Wellness Youth Mentoring” is not in the funding table.",
        ),
        (
            "total-mismatch",
            "Recorded crime!B16",
            "The total says 10,736; B4:B15 add up to 10,817. The difference is -81.",
        ),
    ] {
        assert_eq!(finding(&outcome, code, cell).message, message);
    }
    for (code, cell, likely) in [
        ("total-mismatch", "Spend!F12", "F11 (£3,922.42, Dawn Project), which SUM(F4:F10) leaves out"),
        ("not-in-list", "DHR!B5", "“With Home Office”"),
        ("unknown-reference", "Spend!C4", "“Youth ASB & Wellness Youth Mentoring”"),
    ] {
        assert_eq!(suggestions(&finding(&outcome, code, cell)), [likely]);
    }
    let crime = finding(&outcome, "total-mismatch", "Recorded crime!B16");
    assert_eq!(crime.difference, Some(Difference::Count(-81)));
}
