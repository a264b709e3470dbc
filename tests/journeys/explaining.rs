//! An officer lets a difference stand, and says why: what an explanation covers, and when it lapses.

use serde_json::Value as Json;

use crate::desk::{DRAFT, Desk, EXPLANATIONS, FINAL, FUNDING, SIX_THOUSAND, finding, findings, standing, text};
use crate::support::workbook;

const HEADINGS: &str = "Workbook | Sheet | Cell | Difference | Explanation | Recorded by | Approved by | Date recorded";

/// The sample year with other rows in its explanations workbook.
fn year_explained_by(rows: &str) -> Desk {
    let desk = Desk::year();
    desk.put(EXPLANATIONS, &workbook(&format!("# Explanations\n{HEADINGS}\n{rows}")));
    desk
}

/// The findings that are about explanations: `warning explanation-unused … Explanations!C2`.
fn about_explanations(report: &Json) -> Vec<String> {
    findings(report).into_iter().filter(|line| line.contains(" explanation-")).collect()
}

#[test]
fn without_an_explanation_there_is_a_draft_and_no_final_and_then_the_other_way_round() {
    let desk = Desk::year();
    assert_eq!(desk.run(&[]).status, 0);
    assert_eq!(desk.outputs(), FINAL);

    let explanations = std::fs::read(desk.path("inbox").join(EXPLANATIONS)).unwrap();
    desk.take(EXPLANATIONS);
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 1);
    assert!(ended.out.contains("1 error stands against publication."), "{}", ended.out);
    assert_eq!(desk.outputs(), DRAFT);
    let appendix = desk.appendix("-DRAFT");
    let reason = "funding/SWCSP funding 2022-23.xlsx, PCC funding!D15: The total says £139,250.00";
    assert!(appendix.contains(reason), "{appendix}");
    assert!(!appendix.contains("The year is not complete"));
    assert!(!appendix.contains("Explained difference"));
    let report = desk.written_report();
    assert_eq!(standing(&report), [SIX_THOUSAND]);

    desk.put(EXPLANATIONS, &explanations);
    assert_eq!(desk.run(&[]).status, 0);
    assert_eq!(desk.outputs(), FINAL);
    assert!(!desk.appendix("").contains("DRAFT"));
}

#[test]
fn an_explanation_lapses_when_anything_that_it_names_is_another() {
    let reason = "| The published table does not itemise this amount. | Finance lead | Chief officer | 2023-07-10";
    for (what, row) in [
        ("another cell", "SWCSP funding 2022-23.xlsx | PCC funding | D16 | 6000"),
        ("another difference", "SWCSP funding 2022-23.xlsx | PCC funding | D15 | 5999.99"),
        ("the other sign", "SWCSP funding 2022-23.xlsx | PCC funding | D15 | -6000"),
        ("another sheet", "SWCSP funding 2022-23.xlsx | Notes | D15 | 6000"),
        ("another workbook", "SWCSP funding 2021-22.xlsx | PCC funding | D15 | 6000"),
    ] {
        let (status, report) = year_explained_by(&format!("{row} {reason}")).report(&[]);
        assert_eq!(status, 1, "{what}");
        assert_eq!(standing(&report), [SIX_THOUSAND], "{what}");
        let unused = ["warning explanation-unused Explanations 2022-23.xlsx Explanations!C2"];
        assert_eq!(about_explanations(&report), unused, "{what}");
    }
}

#[test]
fn an_explanation_holds_when_only_its_spelling_is_another() {
    let reason = "| The published table does not itemise this amount. | Finance lead | Chief officer | 2023-07-10";
    for row in [
        "SWCSP funding 2022-23 | PCC funding | D15 | £6,000.00",
        "swcsp funding 2022-23.XLSX | pcc funding | $D$15 | 6000",
        "funding/SWCSP funding 2022-23.xlsx | PCC funding | D15 | 6000",
    ] {
        let (status, report) = year_explained_by(&format!("{row} {reason}")).report(&[]);
        assert_eq!((status, about_explanations(&report)), (0, Vec::new()), "{row}");
    }
}

#[test]
fn an_explanation_lapses_when_the_figure_moves() {
    let desk = Desk::year();
    // One pound more: £139,251.00 against lines of £133,250.00.
    desk.retype(FUNDING, &[("139250", "139251")]);
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    let total = finding(&report, "total-mismatch");
    assert_eq!((&total["difference"], &total["explained"]), (&Json::from("6001.00"), &Json::Null));
    assert_eq!(about_explanations(&report), ["warning explanation-unused Explanations 2022-23.xlsx Explanations!C4"]);
    assert_eq!(
        finding(&report, "explanation-unused")["message"],
        "The explanation for SWCSP funding 2022-23 PCC funding!D15 covers nothing: there is no difference of \
         £6,000.00 in that cell."
    );
}

#[test]
fn one_role_cannot_record_and_approve() {
    let desk = year_explained_by(
        "SWCSP funding 2022-23.xlsx | PCC funding | D15 | 6000 | The published table does not itemise it. | \
         Chief finance officer | chief  finance officer | 2023-07-10",
    );
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    assert_eq!(
        standing(&report),
        ["error explanation-not-approved Explanations 2022-23.xlsx Explanations!G2", SIX_THOUSAND]
    );
}

#[test]
fn personal_data_cannot_be_explained() {
    let desk = year_explained_by(
        "SWCSP funding 2022-23.xlsx | PCC funding | D15 | 6000 | The published table does not itemise it. | \
         Finance lead | Chief officer | 2023-07-10\n\
         2022-04 April return.xlsx | Spend | E7 | 0 | The address is that of an office, not a person. | Finance lead | \
         Chief officer | 2023-07-10",
    );
    let april = crate::desk::APRIL;
    desk.retype(april, &[("\"Project worker, monthly grant payment\"", "\"Grant, ask jo.bloggs@example.org\"")]);
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    assert_eq!(standing(&report), [format!("error personal-data {april} Spend!E7")]);
    // What looks like a person's is nowhere in the report in full.
    assert!(!report.to_string().contains("jo.bloggs"));
    assert!(!text(&finding(&report, "personal-data")["message"]).is_empty());
    assert_eq!(
        about_explanations(&report),
        ["warning explanation-not-possible Explanations 2022-23.xlsx Explanations!C3"]
    );
}

#[test]
fn an_explanation_of_a_difference_across_workbooks() {
    // March's summary says £10.00 more was spent on Street Pastors than was paid.
    let desk = Desk::year();
    desk.put(
        "monthly/2023-03 March return.xlsx",
        &std::fs::read(crate::desk::repository("samples/with-faults/monthly/2023-03 March return.xlsx")).unwrap(),
    );
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    let wrong = finding(&report, "spend-agrees-with-summary");
    assert_eq!((text(&wrong["cell"]), text(&wrong["difference"])), ("D9", "10.00"));

    let six = "SWCSP funding 2022-23.xlsx | PCC funding | D15 | 6000 | The published table does not itemise it. | \
               Finance lead | Chief officer | 2023-07-10";
    let ten = "2023-03 March return | Summary | D9 | 10 | An accrual that is paid in April 2023. | Finance lead | \
               Chief officer | 2023-07-10";
    desk.put(EXPLANATIONS, &workbook(&format!("# Explanations\n{HEADINGS}\n{six}\n{ten}")));
    assert_eq!(desk.run(&[]).status, 0);
    assert_eq!(desk.outputs(), FINAL);
    assert!(desk.appendix("").contains("An accrual that is paid in April 2023."));
}
