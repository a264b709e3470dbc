//! Titles that still name another month.

use crosscast::model::Place;

use super::{HEADINGS, judged, lines, messages, spend_pack};

const ROWS: &str = "2022-05-15 | INV-0001 | Hate Crime\nSee April 2022";

/// What is found in the return for May 2022 with a title above its payments.
fn titled(title: &str) -> Vec<String> {
    let outcome = judged(&spend_pack(), "2022-05 May.xlsx", &format!("# Spend\n{title}\n\n{HEADINGS}\n{ROWS}"));
    let of_titles = outcome.findings.iter().filter(|finding| finding.code == "other-month-in-title");
    of_titles.map(|finding| finding.place.in_workbook()).collect()
}

#[test]
fn titles_of_another_month() {
    for (name, title, found) in [
        ("last month's", "Payments made in April 2022", &["Spend!A1"] as &[&str]),
        ("in short", "Payments, Apr 22", &["Spend!A1"]),
        ("the same month of last year", "Payments made in May 2021", &["Spend!A1"]),
        ("as a number", "Spend 2022-04", &["Spend!A1"]),
        ("the workbook's own", "Payments made in May 2022", &[]),
        ("from when to when", "Payments from April 2022 to May 2022", &[]),
        ("no month; a month below the table is no title", "Payments", &[]),
        ("a financial year", "Payments 2022-23", &[]),
    ] {
        assert_eq!(titled(title), found, "{name}");
    }
}

#[test]
fn titles_of_one_workbook_are_one_finding() {
    let text = format!("# Spend\nPayments | | made in April 2022\nAs at 30 April 2022\n{HEADINGS}\n{ROWS}");
    let outcome = judged(&spend_pack(), "2022-05 May.xlsx", &text);
    let found = outcome.findings.iter().find(|finding| finding.code == "other-month-in-title").unwrap();
    assert_eq!(
        found.message,
        "C1 says “made in April 2022”; the workbook is for May 2022. Another title does so too. It could be made from the \
         workbook of April 2022."
    );
    assert_eq!(found.related.iter().map(Place::in_workbook).collect::<Vec<_>>(), ["Spend!A2"]);
    // A workbook of which the month is not known is held against none.
    let unknown = judged(&spend_pack(), "May.xlsx", &text);
    assert!(!lines(&unknown).iter().any(|line| line.contains("other-month")), "{:?}", messages(&unknown));
}
