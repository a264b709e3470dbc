//! Texts that no printer likes: one cell, or the name of one file, never keeps the month's outputs from being made.

use crate::desk::{Desk, FUNDING, MAY, finding, findings, text};

#[test]
fn a_character_that_the_appendix_cannot_print_is_written_out_and_said() {
    let desk = Desk::year();
    let change =
        ("\"A 2022-23 grant round for hate crime", "\"\u{1F512} 中 \u{202E}A 2022-23 grant round for hate crime");
    desk.retype(FUNDING, &[change]);
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    let written = "[U+1F512] [U+4E2D] [U+202E]A 2022-23 grant round for hate crime";
    assert!(desk.appendix("").contains(written), "{}", desk.appendix(""));

    let (_, report) = desk.report(&[]);
    let said = finding(&report, "unprintable-character");
    assert_eq!(text(&said["severity"]), "warning");
    assert_eq!(text(&said["cell"]), "C7");
    assert_eq!(
        text(&said["message"]),
        "C7 holds characters that the appendix cannot print: “\u{1F512}” (U+1F512), “中” (U+4E2D) and U+202E."
    );
}

#[test]
fn letters_with_accents_and_signs_that_it_can_print_are_not_said() {
    let desk = Desk::year();
    let change = ("\"A 2022-23 grant round for hate crime", "\"Café “Łódź” – £5 ½ €, two\\nlines; for hate crime");
    desk.retype(FUNDING, &[change]);
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert!(desk.appendix("").contains("Café “Łódź” – £5 ½ €, two lines; for hate crime"));
    let (_, report) = desk.report(&[]);
    assert!(!findings(&report).iter().any(|line| line.contains("unprintable")), "{:#?}", findings(&report));
}

#[test]
fn a_file_name_that_the_appendix_cannot_print_is_written_out_and_said() {
    let desk = Desk::year();
    desk.rename(MAY, "monthly/2022-05 May return \u{1F512}.xlsx");
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert!(desk.appendix("").contains("monthly/2022-05 May return [U+1F512].xlsx"));
    let (_, report) = desk.report(&[]);
    let said = finding(&report, "unprintable-character");
    assert_eq!(text(&said["workbook"]), "monthly/2022-05 May return \u{1F512}.xlsx");
    assert_eq!(
        text(&said["message"]),
        "The name of the file holds a character that the appendix cannot print: “\u{1F512}” (U+1F512)."
    );
}

#[test]
fn what_a_finding_quotes_is_written_out_in_the_draft_too() {
    let desk = Desk::year();
    desk.retype(MAY, &[("\"PCC-03\" | \"Hate Crime\"", "\"PCC-03\" | \"社区\"")]);
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 1, "{}", ended.err);
    let appendix = desk.appendix("-DRAFT");
    assert!(appendix.contains("The project “[U+793E][U+533A]” is not in the funding table."), "{appendix}");
}

#[test]
fn a_payee_in_the_column_beside_its_own_is_not_quoted_to_the_public() {
    let desk = Desk::year();
    desk.retype(MAY, &[("\"JNL-0009\" | \"Hate Crime\"", "\"JNL-0009\" | \"Bright Locks Ltd\"")]);
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 1, "{}", ended.err);
    let appendix = desk.appendix("-DRAFT");
    assert!(appendix.contains("Spend!C8") && !appendix.contains("Bright Locks"), "{appendix}");
    assert!(desk.output("for-officers/findings.html").contains("Bright Locks Ltd"));
}
