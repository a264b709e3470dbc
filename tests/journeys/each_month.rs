//! Every month: the inbox as it stood at the end of August, and the whole year looked at up to August.

use calamine::Data;
use serde_json::Value as Json;

use crate::desk::{
    DRAFT, Desk, EXPLANATIONS, FINAL, SIX_THOUSAND, finding, findings, messages, number, row, set_aside, text,
};

/// Sums of April to August that were added by hand from the five returns; AS-04 is August's figure.
const TO_AUGUST: [(&str, f64); 28] = [
    ("DA-01", 145.0),
    ("DA-02", 39.0),
    ("DA-03", 25.0),
    ("DA-04", 48.0),
    ("DA-05", 19.0),
    ("DA-06", 23.0),
    ("HO-01", 82.0),
    ("HO-02", 7.0),
    ("HO-03", 0.0),
    ("SP-01", 729.0),
    ("SP-02", 10.0),
    ("SP-03", 692.0),
    ("SP-04", 75.0),
    ("SP-05", 70.0),
    ("CS-01", 27.0),
    ("CS-02", 5.0),
    ("CS-03", 23.0),
    ("CS-04", 243.0),
    ("CS-05", 13.0),
    ("CS-06", 0.0),
    ("YO-01", 9.0),
    ("YO-02", 175.0),
    ("YO-03", 35.0),
    ("YO-04", 288.0),
    ("AS-01", 3003.0),
    ("AS-02", 457.0),
    ("AS-03", 1.0),
    ("AS-04", 3.0),
];

/// Spend to date at the end of August by project, added by hand from the payments.
const SPENT_TO_AUGUST: [(&str, f64); 10] = [
    ("PCC-01", 20_000.00),
    ("PCC-02", 5_000.00),
    ("PCC-03", 5_000.00),
    ("PCC-04", 1_700.00),
    ("PCC-05", 17_779.94),
    ("PCC-06", 1_347.25),
    ("PCC-07", 4_151.36),
    ("PCC-08", 782.45),
    ("PCC-09", 9_680.11),
    ("PCC-10", 1_629.84),
];

/// The figures of a run up to August.
fn assert_figures_to_august(desk: &Desk) {
    let measures = desk.consolidated("Measures by month");
    for (id, figure) in TO_AUGUST {
        assert_eq!(number(&row(&measures, id)[15]), Some(figure), "{id}");
        // September to March are blank, not 0.
        assert!(row(&measures, id)[8..15].iter().all(|cell| *cell == Data::Empty), "{id}");
    }
    let position = desk.consolidated("Position by project");
    for (id, spent) in SPENT_TO_AUGUST {
        assert_eq!(number(&row(&position, id)[4]), Some(spent), "{id}");
    }
    let total: Vec<_> = row(&position, "Total")[3..6].iter().map(number).collect();
    assert_eq!(total, [Some(133_250.00), Some(67_070.95), Some(66_179.05)]);
    let months = desk.consolidated("Spend by project and month");
    let spent: Vec<_> = row(&months, "Total")[2..7].iter().map(number).collect();
    assert_eq!(spent, [6_902.26, 24_283.35, 24_474.73, 6_451.82, 4_958.79].map(Some));

    let appendix = desk.appendix("-DRAFT");
    for said in [
        "The year is not complete: the figures run up to August 2022, and the year ends with March 2023.",
        "Data up to August 2022",
        "DAWN service took 145 referrals.",
        "Spend to date on those lines is £67,070.95, an underspend of £66,179.05.",
        "Mobile CCTV cameras at month end 3 At the end of the last month",
        "Explained difference at PCC funding!D15",
        "The recorded crime workbook falls due with the year's last month.",
    ] {
        assert!(appendix.contains(said), "{said}\n{appendix}");
    }
}

#[test]
fn the_inbox_at_the_end_of_august() {
    let desk = Desk::end_of_august();
    let ended = desk.run(&[]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
    assert_eq!(desk.outputs(), DRAFT);
    let report = desk.written_report();
    assert_eq!((text(&report["year"]), text(&report["to"])), ("2022-23", "2022-08"));
    // Nothing is missing that is not yet due.
    assert_eq!(
        findings(&report),
        [
            format!("{SIX_THOUSAND} explained").as_str(),
            "warning date-as-text monthly/2022-05 May return.xlsx Spend!A4:A10",
            "warning invisible-character monthly/2022-08 August return.xlsx Spend!C4",
        ]
    );
    assert_eq!(report["not_run"], Json::Array(Vec::new()));
    assert_eq!(finding(&report, "total-mismatch")["related"].as_array().unwrap().len(), 6);
    assert_figures_to_august(&desk);
}

#[test]
fn the_whole_year_up_to_august() {
    let desk = Desk::year();
    let ended = desk.run(&["--to", "2022-08"]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
    assert_eq!(desk.outputs(), DRAFT);
    let report = desk.written_report();
    assert_eq!(
        set_aside(&report),
        [
            "monthly/2022-09 September return.xlsx: not-yet-due",
            "monthly/2022-10 October return.xlsx: not-yet-due",
            "monthly/2022-11 November return.xlsx: not-yet-due",
            "monthly/2022-12 December return.xlsx: not-yet-due",
            "monthly/2023-01 January return.xlsx: not-yet-due",
            "monthly/2023-02 February return.xlsx: not-yet-due",
            "monthly/2023-03 March return.xlsx: not-yet-due",
            "performance/Recorded crime 2022-23.xlsx: not-yet-due",
            "performance/Year-end measures 2022-23.xlsx: not-yet-due",
            "registers/Meetings 2022-23.ods: not-yet-due",
            "registers/SWCSP registers 2022-23.xls: not-yet-due",
        ]
    );
    assert!(ended.out.contains("not yet due"), "{}", ended.out);
    assert_figures_to_august(&desk);
}

#[test]
fn at_the_end_of_august_without_the_explanation() {
    let desk = Desk::end_of_august();
    desk.take(EXPLANATIONS);
    assert_eq!(desk.run(&[]).status, 1);
    let appendix = desk.appendix("-DRAFT");
    assert!(appendix.contains("The year is not complete"));
    assert!(appendix.contains("funding/SWCSP funding 2022-23.xlsx, PCC funding!D15: The total says £139,250.00"));
}

#[test]
fn a_final_of_the_year_is_not_left_beside_a_draft_of_august() {
    let desk = Desk::year_with_outputs();
    assert_eq!(desk.outputs(), FINAL);
    assert_eq!(desk.run(&["--to", "2022-08"]).status, 0);
    assert_eq!(desk.outputs(), DRAFT);
}

#[test]
fn a_month_that_is_asked_for_and_not_there_is_named() {
    let (status, report) = Desk::end_of_august().report(&["--to", "2022-10"]);
    assert_eq!(status, 1);
    assert_eq!(
        messages(&report, "return-missing"),
        ["There is no return for September 2022.", "There is no return for October 2022."]
    );
}

#[test]
fn the_funding_workbook_is_due_from_the_first_month() {
    let desk = Desk::end_of_august();
    desk.take(crate::desk::FUNDING);
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    assert_eq!(finding(&report, "missing-workbook")["message"], "The funding workbook is not in the inbox.");
    let missing = findings(&report).iter().filter(|line| line.contains("missing-workbook")).count();
    assert_eq!(missing, 1, "the other yearly workbooks are not due");
}
