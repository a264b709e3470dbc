//! Budget that was moved from one line to another in the year.

use crate::desk::{Desk, findings, messages, number, row, standing};

const FUNDING: &str = "funding/SWCSP funding 2022-23.xlsx";
const MARCH: &str = "monthly/2023-03 March return.xlsx";

/// £100.00 moved in March from Acquisitive Crime to Youth ASB, in the summary.
const IN_THE_SUMMARY: [(&str, &str); 2] = [
    (
        "\"Acquisitive Crime\" | 10000 | 628.22 | 9412.6 | 587.4",
        "\"Acquisitive Crime\" | 9900 | 628.22 | 9412.6 | 487.4",
    ),
    (
        "\"Youth ASB & Wellness Youth Mentoring\" | 6000 | 1534.63 | 6000 | 0",
        "\"Youth ASB & Wellness Youth Mentoring\" | 6100 | 1534.63 | 6000 | 100",
    ),
];

/// The same, on a sheet of the funding workbook.
const RECORDED: (&str, &str) = (
    "\"Prepared by: partnership finance lead\"",
    "\"Prepared by: partnership finance lead\"\n# Virements\nDate | From | To | Amount | Authority\n\
     2023-03-06 | PCC-07 | PCC-10 | £100.00 | Chief finance officer",
);

#[test]
fn what_is_moved_and_recorded_changes_the_budget_everywhere() {
    let desk = Desk::year();
    desk.retype(MARCH, &IN_THE_SUMMARY);
    desk.retype(FUNDING, &[RECORDED]);
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 0, "{}", ended.out);
    assert_eq!(standing(&desk.written_report()), [""; 0]);
    let rows = desk.consolidated("Position by project");
    for (reference, budget, variance) in [("PCC-07", 9_900.00, 487.40), ("PCC-10", 6_100.00, 100.00)] {
        assert_eq!(
            (number(&row(&rows, reference)[3]), number(&row(&rows, reference)[5])),
            (Some(budget), Some(variance))
        );
    }
    assert_eq!(number(&row(&rows, "Total")[3]), Some(133_250.00));
    let appendix = desk.appendix("");
    assert!(appendix.contains("£9,900.00") && appendix.contains("£6,100.00"), "{appendix}");
}

#[test]
fn what_is_moved_and_not_recorded_is_two_errors() {
    let desk = Desk::year();
    desk.retype(MARCH, &IN_THE_SUMMARY);
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    assert_eq!(
        standing(&report),
        [
            format!("error budget-changes-by-virement {MARCH} Summary!C10"),
            format!("error budget-changes-by-virement {MARCH} Summary!C13"),
        ]
    );
    assert_eq!(
        messages(&report, "budget-changes-by-virement")[0],
        "The budget for Acquisitive Crime is £9,900.00; in February 2023 it was £10,000.00, and no virement of March 2023 \
         changes it. The difference is -£100.00."
    );
}

#[test]
fn the_sheet_of_virements_is_missed_only_where_its_table_is_not_on_it() {
    let desk = Desk::year();
    desk.retype(FUNDING, &[(RECORDED.0, "\"Prepared by: partnership finance lead\"\n# Virements\nNothing was moved")]);
    let (_, report) = desk.report(&[]);
    let found = findings(&report);
    assert!(found.iter().any(|line| line == &format!("error missing-table {FUNDING} Virements")), "{found:#?}");
}

#[test]
fn a_ref_that_the_funding_does_not_know_is_one_error() {
    let desk = Desk::year();
    let unknown = RECORDED.1.replace("PCC-07", "P7");
    desk.retype(FUNDING, &[(RECORDED.0, &unknown)]);
    let (_, report) = desk.report(&[]);
    let of_virements: Vec<String> = findings(&report).into_iter().filter(|line| line.contains(" Virements!")).collect();
    assert_eq!(of_virements, [format!("error unknown-reference {FUNDING} Virements!B2")]);
    assert_eq!(messages(&report, "unknown-reference"), ["The from ref “P7” is not in the funding table."]);
}
