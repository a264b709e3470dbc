//! What the public is told of findings: the message, unless it may quote what is not for publication.

use crosscast::model::{Scalar, StoredRows};
use crosscast::pipeline::Ran;

use super::year::{APRIL, Change, Copy, Edit, MAY, To, Year};

const DETAILS: &str = "Details are in the findings page for officers.";

/// The messages that the public and officers read of the findings with a code.
fn messages(ran: &Ran, code: &str) -> Vec<(String, String)> {
    let query = format!("SELECT public_message, message FROM finding WHERE code = '{code}' ORDER BY position");
    let text = |value: &Scalar| value.as_text().unwrap().to_owned();
    ran.store.query(&query).unwrap().rows.iter().map(|row| (text(&row[0]), text(&row[1]))).collect()
}

/// What the public is told after changes of the only finding with a code.
fn told(code: &str, edits: &'static [Edit]) -> String {
    let ran = Year::to(To::May).with(edits).run();
    let messages = messages(&ran, code);
    assert_eq!(messages.len(), 1, "{code}: {messages:?}");
    messages[0].0.clone()
}

#[test]
fn messages_that_may_quote_what_is_not_for_publication_are_not_told() {
    const HO_02: &str = "HO-02 | A count | Housing | 2\n";
    for (name, code, edits, expected) in [
        (
            "a payee",
            "missing-value",
            &[Change(MAY, "Dawn Project | Supplier", "Dawn Project | ")][..],
            "A value that must be there is missing.",
        ),
        (
            "a payee with a telephone number",
            "personal-data",
            &[Change(MAY, "Project worker", "Call 01905 723471")],
            "A text holds what could identify a person.",
        ),
        (
            "a month of HO-02",
            "below-minimum",
            &[Change(MAY, HO_02, "HO-02 | A count | Housing | -2\n")],
            "A figure lies below its least value.",
        ),
        (
            "a rule over the measures' values",
            "housing-parts-within-whole",
            &[Change(MAY, HO_02, "HO-02 | A count | Housing | 12\n")],
            "This does not hold: Victims who are male, or whose sex is not known, are no more than all victims.",
        ),
        (
            "a misspelt measure",
            "below-minimum",
            &[Change(MAY, HO_02, "HO-22 | A count | Housing | -2\n")],
            "A figure lies below its least value.",
        ),
    ] {
        assert_eq!(told(code, edits), format!("{expected} {DETAILS}"), "{name}");
    }
}

#[test]
fn messages_that_quote_nothing_of_that_are_told() {
    for (name, code, edits) in [
        (
            "a month of another measure",
            "below-minimum",
            &[Change(MAY, "DA-02 | A count | Domestic abuse | 10\n", "DA-02 | A count | Domestic abuse | -2\n")][..],
        ),
        (
            "the area of HO-02",
            "value-not-allowed",
            &[Change(MAY, "HO-02 | A count | Housing", "HO-02 | A count | Houses")],
        ),
        ("an amount beside a payee", "amount-as-text", &[Change(MAY, "Grant | £500.00", "Grant | \"500.00\"")]),
        ("a rule over spend without the payee", "spend-agrees-with-summary", &[Change(MAY, "Summary\n", "Summary\n")]),
        (
            "a rule over measures without their values",
            "measure-given-once",
            &[Change(MAY, "HO-02 | A count | Housing | 2\n", "")],
        ),
    ] {
        let ran = Year::to(To::May).with(edits).run();
        let messages = messages(&ran, code);
        assert!(!messages.is_empty(), "{name}: {:#?}", ran.report.findings);
        for (public, officers) in messages {
            assert_eq!(public, officers, "{name}");
        }
    }
}

#[test]
fn nothing_is_told_of_cells_of_a_workbook_that_is_not_in_the_figures() {
    let ran = Year::to(To::May).with(&[Copy(MAY, "2022-05 return again.xlsx"), Copy(APRIL, "x")]).run();
    println!("{:#?}", ran.report.findings);
}
