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

#[test]
fn a_payee_does_not_tell_which_payment_is_meant() {
    let year = |total: &'static str| {
        let edits = [Change(MAY, "Hate Crime | Supplier", " | Supplier"), Change(MAY, "Total | £1,500.00\n", total)];
        Year::to(To::May).with(&edits).run()
    };
    let ran = year("Total | =SUM(F2:F2) -> £1,500.00\n");
    let told = format!("The formula of a total leaves lines of its column out. {DETAILS}");
    let officers = "The total in F4 leaves out F3 (£500.00, Grant): its formula is =SUM(F2:F2).";
    assert_eq!(messages(&ran, "total-leaves-lines-out"), [(told, officers.to_owned())]);
    // Where the total is wrong by just that, it is said as its likely cause.
    let ran = year("Total | =SUM(F2:F2) -> £1,000.00\n");
    let suggestions = ran.report.findings.iter().flat_map(|finding| &finding.suggestions);
    let about: Vec<&str> = suggestions.map(|one| one.text.as_str()).filter(|text| text.contains("F3")).collect();
    assert_eq!(about, ["F3 (£500.00, Grant), which SUM(F2:F2) leaves out"]);
}

/// What a formula names and shows can be of another sheet than its own.
#[test]
fn what_formulas_quote_and_show_is_not_told() {
    const HATE: &str = "PCC-02 | Hate Crime | £39,250.00 | £500.00 | £1,000.00 | £38,250.00\n";
    for (name, code, edits, officers) in [
        (
            "the criterion of a sum",
            "stale-result",
            &[Change(
                MAY,
                HATE,
                "PCC-02 | Hate Crime | £39,250.00 | =SUMIF(Spend!D:D,\"Supplier\",Spend!F:F) -> £500.00 | £1,000.00 | £38,250.00\n",
            )][..],
            "D3 shows £500.00; its formula =SUMIF(Spend!D:D,\"…\",Spend!F:F) now gives £1,500.00. The difference is -£1,000.00.",
        ),
        (
            "a result",
            "stale-result",
            &[Change(
                MAY,
                HATE,
                "PCC-02 | Hate Crime | £39,250.00 | £500.00 | £1,000.00 | £38,250.00 | | =INDEX(Spend!D:D,3) -> Bob Payee\n",
            )],
            "H3 shows “Bob Payee”; its formula =INDEX(Spend!D:D,3) now gives “Supplier”.",
        ),
        (
            "a formula of a column",
            "formula-unlike-others",
            &[
                Change(
                    MAY,
                    "DA-01 | A count | Domestic abuse | 10\n",
                    "DA-01 | A count | Domestic abuse | 10 | =LEN(\"Al\") -> 2\n",
                ),
                Change(
                    MAY,
                    "DA-02 | A count | Domestic abuse | 10\n",
                    "DA-02 | A count | Domestic abuse | 10 | =LEN(\"Al\") -> 2\n",
                ),
                Change(
                    MAY,
                    "DA-03 | A count | Domestic abuse | 10\n",
                    "DA-03 | A count | Domestic abuse | 10 | =LEN(\"Al\") -> 2\n",
                ),
                Change(
                    MAY,
                    "DA-04 | A count | Domestic abuse | 10\n",
                    "DA-04 | A count | Domestic abuse | 10 | =LEN(\"Supplier\")+1 -> 9\n",
                ),
            ],
            "E5 says =LEN(\"…\")+1; the other formulas of the column are like =LEN(\"…\") in E2.",
        ),
    ] {
        let ran = Year::to(To::May).with(edits).run();
        let found = messages(&ran, code);
        let [(public, said)] = found.as_slice() else { panic!("{name}: {found:?}") };
        assert_eq!(said, officers, "{name}");
        assert!(public.ends_with(DETAILS) && !public.contains("Supplier"), "{name}: {public}");
    }
}

#[test]
fn what_is_said_of_formulas_without_quoting_them_is_told() {
    const HATE: &str = "PCC-02 | Hate Crime | £39,250.00 | £500.00 | £1,000.00 | £38,250.00\n";
    let circle = "PCC-02 | Hate Crime | £39,250.00 | £500.00 | £1,000.00 | £38,250.00 | | =I3 -> 1 | =H3 -> 1\n";
    let edits = vec![Change(MAY, HATE, circle)];
    let told = told("circular-reference", edits.leak());
    assert_eq!(told, "Formulas go round in a circle: H3, I3 and again H3, each using the next.");
}
