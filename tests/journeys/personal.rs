//! Personal data in any text of the inbox: an error that no explanation covers, and in full in nothing that is made.

use std::io::{Cursor, Read};

use crate::desk::{APRIL, DRAFT, Desk, EXPLANATIONS, FUNDING, MAY, finding, standing, text, text_of};
use crate::support::workbook;

/// What the planted texts hold, in full.
const PLANTED: [&str; 5] = ["jo.bloggs", "900123", "12345678", "12/03/1990", "2EY"];

/// The texts of a file that was written: those of the parts, where it is a package.
fn words(bytes: &[u8]) -> String {
    let Ok(mut package) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let mut text = String::new();
    for index in 0..package.len() {
        let mut part = Vec::new();
        package.by_index(index).unwrap().read_to_end(&mut part).unwrap();
        text.push_str(&String::from_utf8_lossy(&part));
    }
    text
}

#[test]
fn what_was_found_is_in_full_in_no_output() {
    let desk = Desk::year();
    // In a text that the appendix prints, on a hidden sheet, in the explanations, in a workbook that nobody expects.
    desk.retype(
        FUNDING,
        &[(
            "\"A 2022-23 grant round for hate crime",
            "\"Ask jo.bloggs@example.org. A 2022-23 grant round for hate crime",
        )],
    );
    let may = std::fs::read(desk.path("inbox").join(MAY)).unwrap();
    desk.put(MAY, &workbook(&format!("{}# WR1 2EY (hidden)\nring 07700 900123\n", text_of(&may))));
    desk.retype(EXPLANATIONS, &[("Shown as published: ", "J, born 12/03/1990. Shown as published: ")]);
    desk.put("Rota 07700 900123.xlsx", &workbook("# Rota\npay into account 12345678"));

    let ended = desk.run(&[]);
    assert_eq!(ended.status, 1, "{}", ended.err);
    let report = desk.written_report();
    let found: Vec<String> = standing(&report).into_iter().filter(|line| line.contains("personal-data")).collect();
    assert_eq!(
        found,
        [
            "error personal-data Explanations 2022-23.xlsx Explanations!E4".to_owned(),
            "error personal-data Rota 07***3.xlsx".to_owned(),
            "error personal-data Rota 07***3.xlsx Rota!A1".to_owned(),
            format!("error personal-data {FUNDING} PCC funding!C7"),
            format!("error personal-data {MAY} WR* ***"),
            format!("error personal-data {MAY} WR* ***!A1"),
        ]
    );
    assert_eq!(desk.outputs(), DRAFT);
    let outputs: Vec<(String, String)> = desk
        .outputs()
        .into_iter()
        .map(|path| (words(&std::fs::read(desk.path("output").join(&path)).unwrap()), path))
        .chain([(ended.out, "the console".to_owned())])
        .collect();
    for (text, path) in outputs {
        for planted in PLANTED {
            assert!(!text.contains(planted), "{planted} in {path}");
        }
    }
    // The cell is named all the same: on the draft's first page, and with the mask for officers.
    let draft = desk.appendix("-DRAFT");
    assert!(draft.contains("PCC funding!C7: A text holds what could identify a person."), "{draft}");
    assert!(draft.contains("Ask j***@e***.org. A 2022-23 grant round"), "{draft}");
    let page = desk.output("for-officers/findings.html");
    assert!(page.contains("C7 holds what looks like an email address: j***@e***.org."), "{page}");
}

#[test]
fn workbooks_that_are_not_in_the_figures_are_looked_at_too() {
    let desk = Desk::end_of_august();
    desk.retype(
        MAY,
        &[("\"JNL-0009\" | \"Hate Crime\"", "\"JNL-0009\" | \"Hate Crime\" | \"\" | \"ring 07700 900123\"")],
    );
    let may = std::fs::read(desk.path("inbox").join(MAY)).unwrap();
    // Up to April, the return for May is not yet due; for another year it would not be either.
    let (status, report) = desk.report(&["--to", "2022-04"]);
    assert_eq!(status, 1);
    assert!(
        standing(&report).iter().all(|line| line.starts_with(&format!("error personal-data {MAY} Spend!"))),
        "{:?}",
        standing(&report)
    );
    assert_eq!(standing(&report).len(), 1);
    assert!(text(&finding(&report, "personal-data")["message"]).contains("07***3"));

    // One that a resubmission stands in place of.
    desk.put(MAY, &may);
    let again = text_of(&crate::desk::sample(MAY)).replacen("\"Final\"", "\"Resubmission\"", 1);
    desk.put("monthly/2022-05 May return again.xlsx", &workbook(&again));
    let (_, report) = desk.report(&[]);
    assert_eq!(crate::desk::set_aside(&report), [format!("{MAY}: superseded")]);
    assert_eq!(standing(&report).len(), 1, "{:?}", standing(&report));

    // A year without any is as it was.
    let (_, clean) = Desk::end_of_august().report(&["--to", "2022-04"]);
    assert_eq!(standing(&clean).iter().filter(|line| line.contains("personal-data")).count(), 0);
    assert!(clean["workbooks"].to_string().contains(APRIL));
}
