//! The year with sixteen faults planted in it: each is found at its cell, and everything else still comes out.

use serde_json::Value as Json;

use crate::desk::{DRAFT, Desk, finding, findings, repository, sample, standing, text};
use crate::support::package::edit_parts;

/// The faults of the key that no finding of the report answers: `kind workbook cell`.
fn missed(report: &Json, key: &Json) -> Vec<String> {
    let weight = |severity: &Json| ["info", "warning", "error"].iter().position(|known| severity == known).unwrap();
    let answers = |fault: &Json, finding: &Json| {
        let cells = fault["any_of"].as_array();
        let is_there = match cells {
            Some(cells) => cells.contains(&finding["cell"]),
            None => fault["cell"] == finding["cell"],
        };
        is_there
            && fault["workbook"] == finding["workbook"]
            && fault["sheet"] == finding["sheet"]
            && weight(&finding["severity"]) >= weight(&fault["severity"])
    };
    let findings = report["findings"].as_array().unwrap();
    let missed = key.as_array().unwrap().iter().filter(|fault| !findings.iter().any(|found| answers(fault, found)));
    missed.map(|fault| format!("{} {} {}", text(&fault["kind"]), text(&fault["workbook"]), fault["cell"])).collect()
}

#[test]
fn every_planted_fault_is_found_at_its_cell() {
    let key = std::fs::read_to_string(repository("samples/with-faults.json")).unwrap();
    let key: Json = serde_json::from_str(&key).unwrap();
    assert_eq!(key.as_array().unwrap().len(), 16);
    let (status, report) = Desk::with("with-faults").report(&[]);
    assert_eq!(status, 1);
    assert_eq!(missed(&report, &key), Vec::<String>::new());

    // A year without faults answers none of them: that the key is met is no accident of its cells.
    let (_, clean) = Desk::year().report(&[]);
    assert_eq!(missed(&clean, &key).len(), 16);
}

#[test]
fn one_cause_gives_one_finding() {
    let (_, report) = Desk::with("with-faults").report(&[]);
    assert_eq!(
        standing(&report),
        [
            "error personal-data monthly/2022-04 April return.xlsx Spend!E7",
            "error spend-to-date-rolls-forward monthly/2022-05 May return.xlsx Summary!E6",
            "error repeated-value monthly/2022-07 July return.xlsx Spend!B7",
            "error impossible-date monthly/2022-08 August return.xlsx Spend!A5",
            "error total-mismatch monthly/2022-09 September return.xlsx Spend!F12",
            "error unknown-reference monthly/2022-10 October return.xlsx Spend!C4",
            "error date-outside-month monthly/2022-11 November return.xlsx Spend!A6",
            "error required-value monthly/2022-12 December return.xlsx Spend!A4",
            "error too-small monthly/2023-01 January return.xlsx Measures!D7",
            "error look-alike-characters monthly/2023-02 February return.xlsx Spend!F4",
            "error spend-agrees-with-summary monthly/2023-03 March return.xlsx Summary!D9",
            "error total-mismatch performance/Recorded crime 2022-23.xlsx Recorded crime!B16",
            "error unreadable-workbook registers/Meetings 2022-23.ods",
            "error not-in-list registers/SWCSP registers 2022-23.xls DHR!B5",
            "error order-within-three-years registers/SWCSP registers 2022-23.xls PSPO!D6",
        ]
    );
    assert!(findings(&report).contains(&"warning amount-as-text monthly/2022-06 June return.xlsx Spend!F6".to_owned()));
}

#[test]
fn what_could_explain_each_difference() {
    let (_, report) = Desk::with("with-faults").report(&[]);
    let differences = report["findings"].as_array().unwrap().iter().filter(|finding| !finding["difference"].is_null());
    let shown = |finding: &Json| {
        let first = finding["suggestions"].get(0).map_or("nothing", |suggestion| text(&suggestion["text"])).to_owned();
        (format!("{}!{} {}", text(&finding["sheet"]), text(&finding["cell"]), text(&finding["difference"])), first)
    };
    let found: Vec<(String, String)> = differences.map(shown).collect();
    let expected = [
        // As published; nobody has confirmed it.
        ("PCC funding!D15 6000.00", "a line of £6,000.00 left out"),
        // £5,000.00 was typed over with £5,250.00, and £1,478.22 with £1,488.22: no line, digit or sign explains those.
        ("Summary!E6 250.00", "nothing"),
        ("Spend!F12 -3922.42", "F11 (£3,922.42, Dawn Project), which SUM(F4:F10) leaves out"),
        ("Summary!D9 10.00", "nothing"),
        ("Recorded crime!B16 -81", "B16 showing an earlier result (10,736 instead of 10,817)"),
    ];
    let found: Vec<(&str, &str)> = found.iter().map(|(at, first)| (at.as_str(), first.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_truncated_workbook_is_one_finding_and_its_checks_are_not_run() {
    let (_, report) = Desk::with("with-faults").report(&[]);
    let of_meetings = findings(&report).into_iter().filter(|line| line.contains("Meetings"));
    assert_eq!(of_meetings.count(), 1);
    let not_run: Vec<&str> = report["not_run"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| text(&check["why"]).contains("Meetings"))
        .map(|check| text(&check["check"]))
        .collect();
    assert_eq!(not_run, ["date-outside-year", "not-a-date", "personal-data", "repeated-key", "required-value"]);
    assert_eq!(
        finding(&report, "unreadable-workbook")["message"],
        "This file is cut off or damaged (the file ends too early, as after a copy that did not finish)."
    );
}

#[test]
fn a_draft_is_made_that_says_why() {
    let desk = Desk::with("with-faults");
    assert_eq!(desk.run(&[]).status, 1);
    assert_eq!(desk.outputs(), DRAFT);
    let appendix = desk.appendix("-DRAFT");
    for said in [
        "DRAFT",
        "monthly/2022-05 May return.xlsx, Summary!E6: Spend to date for Hate Crime says £5,250.00",
        "There are 3 more errors; the findings page lists them.",
        "Not checked",
        // The payment whose amount could not be read is in no sum, and the figures still come out.
        "Recorded crime in Worcester came to 10,817",
    ] {
        assert!(appendix.contains(said), "{said}\n{appendix}");
    }
    // What looks like a person's address is in nothing that the committee gets, and masked for officers.
    let committee = std::fs::read(desk.path("output/for-committee/committee-appendix-DRAFT.pdf")).unwrap();
    for bytes in [appendix.as_bytes(), &committee, desk.output("for-officers/findings.html").as_bytes()] {
        assert!(!String::from_utf8_lossy(bytes).contains("@example.org"));
    }
}

#[test]
fn a_calendar_of_1904_is_the_one_cause_of_what_it_moves() {
    const JANUARY: &str = "monthly/2023-01 January return.xlsx";
    let desk = Desk::year();
    let from_1904 = edit_parts(&sample(JANUARY), |name, text| match name {
        "xl/workbook.xml" if text.contains("<workbookPr ") => {
            text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ")
        }
        "xl/workbook.xml" => text.replace("<workbookPr/>", "<workbookPr date1904=\"1\"/>"),
        _ => text,
    });
    desk.put(JANUARY, &from_1904);
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    assert_eq!(standing(&report), [format!("error other-date-system {JANUARY}")]);
    let message = text(&finding(&report, "other-date-system")["message"]);
    assert!(
        message.starts_with("This workbook counts its dates from 1904 instead of 1900, and so Return!B4 "),
        "{message}"
    );
}
