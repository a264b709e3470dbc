//! What the public is told of findings: the message, unless it may quote what is not for publication.

use crosscast::model::{Scalar, StoredRows};
use crosscast::pipeline::Ran;

use super::year::{Change, Copy, Edit, MAY, To, Year};

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
            "required-value",
            &[Change(MAY, "Dawn Project | Supplier", "Dawn Project | ")][..],
            "A cell that must be filled in is empty.",
        ),
        (
            "a payee with a telephone number",
            "personal-data",
            &[Change(MAY, "Project worker", "Call 01905 723471")],
            "A text holds what could identify a person.",
        ),
        (
            "a month of HO-02",
            "too-small",
            &[Change(MAY, HO_02, "HO-02 | A count | Housing | -2\n")],
            "A value is below the least that it may be.",
        ),
        (
            "a rule over the measures' values",
            "housing-parts-within-whole",
            &[Change(MAY, HO_02, "HO-02 | A count | Housing | 12\n")],
            "This does not hold: Victims who are male, or whose sex is not known, are no more than all victims.",
        ),
        (
            "a misspelt measure",
            "too-small",
            &[Change(MAY, HO_02, "HO-22 | A count | Housing | -2\n")],
            "A value is below the least that it may be.",
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
            "too-small",
            &[Change(MAY, "DA-02 | A count | Domestic abuse | 10\n", "DA-02 | A count | Domestic abuse | -2\n")][..],
        ),
        ("the area of HO-02", "not-in-list", &[Change(MAY, "HO-02 | A count | Housing", "HO-02 | A count | Houses")]),
        ("an amount beside a payee", "amount-as-text", &[Change(MAY, "Grant | £500.00", "Grant | \"500.00\"")]),
        (
            "a rule over spend without the payee",
            "spend-agrees-with-summary",
            &[Change(MAY, "PCC-02 | Hate Crime | £39,250.00 | £500.00", "PCC-02 | Hate Crime | £39,250.00 | £501.00")],
        ),
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

/// Of such a workbook it is not known which field lies where.
#[test]
fn nothing_is_told_of_cells_of_a_workbook_that_is_not_in_the_figures() {
    let edits = &[
        Copy(MAY, "2022-05 return again.xlsx"),
        Change(
            "2022-05 return again.xlsx",
            "DA-02 | A count | Domestic abuse | 10\n",
            "DA-02 | A count | Domestic abuse | -2\n",
        ),
    ];
    assert_eq!(told("too-small", edits), format!("A value is below the least that it may be. {DETAILS}"));
    // What concerns the workbook as a whole quotes no cell.
    let about = told("return-repeated", edits);
    assert!(about.starts_with("There is another return for May 2022: 2022-05 return.xlsx."), "{about}");
}

#[test]
fn what_a_resubmission_changes_is_told_unless_it_is_not_for_publication() {
    let resubmitted = |from, to| {
        let edits = vec![
            Copy(MAY, "2022-05 return before.xlsx"),
            Change(MAY, "Status | Final", "Status | Resubmission"),
            Change(MAY, from, to),
        ];
        told("resubmitted", edits.leak())
    };
    let told = resubmitted("Project worker", "Project workers");
    assert!(told.contains("“Project workers” now"), "{told}");
    let payee = resubmitted("Dawn Project | Supplier", "Dawn Project | Acme");
    assert_eq!(payee, format!("A workbook was returned again. {DETAILS}"));
    let month = resubmitted("HO-02 | A count | Housing | 2\n", "HO-02 | A count | Housing | 1\n");
    assert_eq!(month, payee);
}
