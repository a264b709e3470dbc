//! What a workbook that was returned again changes.

use crosscast::checks::{check_repeated, check_resubmission};
use crosscast::model::Place;
use crosscast::read::read;

use super::support::{pack, workbook};
use super::{lines, messages};

const LINES: &str = "
fields:
  - {name: name, title: Name, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
";
const NOTES: &str = "
fields:
  - {name: day, title: Day, type: date}
  - {name: note, title: Note, type: string}
";

/// What is said to differ, and the cells that are named beside it.
fn differs(before: &str, after: &str) -> (String, Vec<String>) {
    let pack = pack(&[("lines", "Lines", LINES), ("notes", "Notes", NOTES)]);
    let old = read("folder/2022-04 April.xlsx", &workbook(before), &pack);
    let new = read("2022-04 April again.xlsx", &workbook(after), &pack);
    let outcome = check_resubmission(&old, &new, &pack);
    assert_eq!(lines(&outcome), ["info resubmitted"]);
    let begins = "This workbook is a resubmission and is used in place of 2022-04 April.xlsx. It differs in ";
    let message = messages(&outcome)[0].strip_prefix(begins).unwrap().to_owned();
    (message, outcome.findings[0].related.iter().map(Place::in_workbook).collect())
}

#[test]
fn a_workbook_that_is_there_twice() {
    let pack = pack(&[("lines", "Lines", LINES), ("notes", "Notes", NOTES)]);
    let compared = |used: &str, other: &str| {
        let used = read("2022-04 April.xlsx", &workbook(&format!("# Lines\nName | Amount\n{used}")), &pack);
        let other = read("2022-04 April (2).xlsx", &workbook(&format!("# Lines\nName | Amount\n{other}")), &pack);
        let outcome = check_repeated(&used, &other, &pack);
        assert_eq!(lines(&outcome), ["info repeated-workbook-compared"]);
        messages(&outcome)[0].to_owned()
    };
    assert_eq!(
        compared("Rent | £5.00", "Rent | £5.00"),
        "This workbook holds the same values as 2022-04 April.xlsx, which is used."
    );
    assert_eq!(
        compared("Rent | £5.00", "Rent | £6.00"),
        "This workbook is not used. From 2022-04 April.xlsx, which is used, it differs in Lines!B2 (£5.00 there, £6.00 \
         here)."
    );
}

#[test]
fn what_differs() {
    let head = "# Lines\nName | Amount\n";
    let rows: [(&str, &str, &str, &str, &[&str]); 7] = [
        ("an amount", "Rent | £5.00", "Rent | £6.00", "Lines!B2 (£5.00 before, £6.00 now).", &["Lines!B2"]),
        (
            "personal data is masked",
            "Rent | £5.00",
            "jo@example.org | £5.00",
            "Lines!A2 (“Rent” before, “j***@e***.org” now).",
            &["Lines!A2"],
        ),
        (
            "what was empty",
            "Rent |\nHeat | £1.00",
            "Rent | £5.00\nHeat | £1.00",
            "Lines!B2 (empty before, £5.00 now).",
            &["Lines!B2"],
        ),
        (
            "what could be read",
            "Rent | £5.00",
            "Rent | ring 07700 900123",
            "Lines!B2 (£5.00 before, “ring 07***3” now).",
            &["Lines!B2"],
        ),
        (
            "the stated total alone",
            "Rent | £5.00\nTotal | £5.00",
            "Rent | £5.00\nTotal | £6.00",
            "Lines!B3 (£5.00 before, £6.00 now).",
            &["Lines!B3"],
        ),
        (
            "a row and a total that were added",
            "Rent | £5.00",
            "Rent | £5.00\nHeat | £6.00\nTotal | £11.00",
            "row 3 of Lines (new); the total in row 4 of Lines (new).",
            &["Lines!A3", "Lines!A4"],
        ),
        (
            "a row and a total that were taken out",
            "Rent | £5.00\nHeat | £6.00\nTotal | £11.00",
            "Rent | £5.00",
            "row 3 of Lines (gone); the total in row 4 of Lines (gone).",
            &[],
        ),
    ];
    for (name, before, after, said, related) in rows {
        let found = differs(&format!("{head}{before}"), &format!("{head}{after}"));
        assert_eq!(found, (said.to_owned(), related.iter().map(|cell| (*cell).to_owned()).collect()), "{name}");
    }
}

#[test]
fn tables_that_come_and_go() {
    let (lines, notes) = ("# Lines\nName | Amount\nRent | £5.00\n", "# Notes\nDay | Note\n2022-04-05 | Seen\n");
    assert_eq!(differs(lines, notes).0, "the table on Notes (new); the table on Lines (gone).");
}

#[test]
fn many_changes_are_counted() {
    let sheet =
        |amount: &str, rows: usize| format!("# Lines\nName | Amount\n{}", format!("Rent | {amount}\n").repeat(rows));
    let ends = |rows| differs(&sheet("£5.00", rows), &sheet("£6.00", rows)).0.rsplit("now)").next().unwrap().to_owned();
    assert_eq!(ends(8), ".");
    assert_eq!(ends(9), "; and in 1 more place.");
    assert_eq!(ends(10), "; and in 2 more places.");
}
