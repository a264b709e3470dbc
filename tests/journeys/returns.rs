//! Monthly returns as they come: left out, sent twice, sent again, misnamed, not finished.

use crate::desk::{APRIL, Desk, MAY, finding, findings, messages, number, row, sample, set_aside, standing, text};

const AUGUST: &str = "monthly/2022-08 August return.xlsx";
const AGAIN: &str = "monthly/2022-08 August return (2).xlsx";

#[test]
fn a_month_is_missing() {
    let desk = Desk::year();
    desk.take("monthly/2022-07 July return.xlsx");
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    assert_eq!(messages(&report, "return-missing"), ["There is no return for July 2022."]);
    // August's spend to date cannot be held against July's; nothing else follows.
    assert_eq!(standing(&report), ["error return-missing"]);
}

#[test]
fn a_month_is_sent_twice() {
    let desk = Desk::year();
    desk.put(AGAIN, &sample(AUGUST));
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 1);
    let report = desk.written_report();
    // The error names both, and its figures are counted once.
    let repeated = finding(&report, "return-repeated");
    let both = format!("{} {}", text(&repeated["workbook"]), text(&repeated["message"]));
    assert!(both.contains(AUGUST) && both.contains(AGAIN), "{both}");
    assert_eq!(standing(&report).len(), 1, "{:#?}", standing(&report));
    assert_eq!(set_aside(&report).len(), 1);
    let rows = desk.consolidated("Spend by project and month");
    assert_eq!(number(&row(&rows, "Total")[6]), Some(4_958.79));
    assert_eq!(number(&row(&rows, "Total")[14]), Some(132_662.60));
}

#[test]
fn a_month_is_a_copy_of_another() {
    const FEBRUARY: &str = "monthly/2023-02 February return.xlsx";
    const MARCH: &str = "monthly/2023-03 March return.xlsx";
    let desk = Desk::year();
    desk.put(MARCH, &sample(FEBRUARY));
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 1);
    let report = desk.written_report();
    assert_eq!(standing(&report), [format!("error copy-of-another-month {MARCH}")]);
    assert_eq!(
        messages(&report, "copy-of-another-month"),
        ["Every row of this workbook is in 2023-02 February return.xlsx too, so its figures are not used."]
    );
    assert_eq!(set_aside(&report), [format!("{MARCH}: copied")]);
    // What March would hold was not read, and nothing is counted twice.
    let rows = desk.consolidated("Spend by project and month");
    assert_eq!(number(&row(&rows, "Total")[13]), Some(0.0));

    // With the month typed into its first sheet it is a copy all the same; with a figure of its own it is none.
    desk.retype(MARCH, &[("2023-02-01", "2023-03-01")]);
    assert_eq!(set_aside(&desk.report(&[]).1), [format!("{MARCH}: copied")]);
    desk.retype(
        MARCH,
        &[(
            "\"DA-01\" | \"Referrals to DAWN\" | \"Domestic abuse\" | ",
            "\"DA-01\" | \"Referrals to DAWN\" | \"Domestic abuse\" | 1",
        )],
    );
    assert_eq!(set_aside(&desk.report(&[]).1), [""; 0]);
}

#[test]
fn a_month_is_resubmitted() {
    let desk = Desk::year();
    desk.put(AGAIN, &sample(AUGUST));
    // £388.70 becomes £400.00: the payment, and the figures that follow from it in August's summary.
    desk.retype(
        AGAIN,
        &[
            ("\"Final\"", "\"Resubmission\""),
            ("\"Security equipment\" | 388.7\n", "\"Security equipment\" | 400\n"),
            ("\"Total\" | 4958.79\n", "\"Total\" | 4970.09\n"),
        ],
    );
    let ended = desk.run(&[]);
    let report = desk.written_report();
    assert_eq!(set_aside(&report), [format!("{AUGUST}: superseded")]);
    let again = finding(&report, "resubmitted");
    assert_eq!((text(&again["severity"]), text(&again["workbook"])), ("info", AGAIN));
    assert_eq!(
        again["message"],
        "This workbook is a resubmission and is used in place of 2022-08 August return.xlsx. It differs in Return!B7 \
         (“Final” before, “Resubmission” now); Spend!F4 (£388.70 before, £400.00 now); Spend!F7 (£4,958.79 before, \
         £4,970.09 now)."
    );
    // Its payments are the ones that count; its summary was not changed with them, which is the one error.
    assert_eq!(ended.status, 1);
    assert_eq!(standing(&report), [format!("error spend-agrees-with-summary {AGAIN} Summary!D10")]);
    assert_eq!(text(&finding(&report, "spend-agrees-with-summary")["difference"]), "-11.30");
    let rows = desk.consolidated("Spend by project and month");
    assert_eq!(number(&row(&rows, "Total")[6]), Some(4_970.09));
    assert_eq!(number(&row(&rows, "Total")[14]), Some(132_673.90));
}

#[test]
fn a_resubmission_that_changes_nothing() {
    let desk = Desk::year();
    desk.put(AGAIN, &sample(AUGUST));
    desk.retype(AGAIN, &[("\"Final\"", "\"Resubmission\"")]);
    assert_eq!(desk.run(&[]).status, 0);
    let rows = desk.consolidated("Spend by project and month");
    assert_eq!(number(&row(&rows, "Total")[14]), Some(132_662.60));
}

#[test]
fn the_return_month_is_not_that_of_the_file_name() {
    let desk = Desk::year();
    desk.retype(MAY, &[("\"Return month\" | 2022-05-01", "\"Return month\" | 2022-04-01")]);
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    assert_eq!(standing(&report), [format!("error return-month-agrees-with-name {MAY} Return!B4")]);
    assert_eq!(
        messages(&report, "return-month-agrees-with-name"),
        ["The return month says April 2022; the name of the file says May 2022."]
    );
}

#[test]
fn a_draft_return_is_a_warning() {
    let desk = Desk::year();
    desk.retype(APRIL, &[("\"Final\"", "\"Draft\"")]);
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 0);
    assert!(findings(&report).contains(&format!("warning return-is-final {APRIL} Return!B7")));
    assert_eq!(messages(&report, "return-is-final"), ["The status of the return for April 2022 is Draft."]);
}

#[test]
fn a_return_prepared_before_the_month_was_over() {
    // April ends on the 30th: the last day is too early, the day after is not.
    for (prepared, status) in [("2022-04-30", 1), ("2022-05-01", 0)] {
        let desk = Desk::year();
        desk.retype(APRIL, &[("2022-05-10", prepared)]);
        let (ended, report) = desk.report(&[]);
        assert_eq!(ended, status, "{prepared}");
        if status == 1 {
            assert_eq!(standing(&report), [format!("error return-prepared-after-month-end {APRIL} Return!B6")]);
            assert_eq!(
                messages(&report, "return-prepared-after-month-end"),
                [
                    "The return for April 2022 says that it was prepared on 30 April 2022. It must be prepared after the month's last day, 30 April 2022."
                ]
            );
        }
    }
}

#[test]
fn a_return_without_its_month_in_the_name() {
    // It is not known by its name, so that its month is missing, and the name is said to be the cause.
    let desk = Desk::year();
    desk.rename(APRIL, "monthly/April.xlsx");
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    assert_eq!(set_aside(&report), ["monthly/April.xlsx: unknown"]);
    assert_eq!(messages(&report, "return-missing"), ["There is no return for April 2022."]);
    let unknown = finding(&report, "unknown-workbook");
    assert_eq!(text(&unknown["workbook"]), "monthly/April.xlsx");
    assert_eq!(text(&unknown["suggestions"][0]["text"]), "“monthly return”, under a name that has a slip in it");
}
