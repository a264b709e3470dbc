//! Personal data in any text of a workbook: beside the tables, in comments, on hidden sheets, in names.

use crosscast::checks::{Context, check_names, check_personal_data, check_workbook, mask_found, shown_paths};
use crosscast::model::{Converted, Money, Outcome, RawValue, Unreadable, Value, Workbook};
use crosscast::read::read;
use crosscast::schema::Pack;

use super::support::pack;
use super::support::remarks::{with_links, with_remarks, with_thread};
use super::support::workbook;
use super::{lines, messages};

const PEOPLE: &str = "
fields:
  - {name: name, title: Project, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
  - {name: born, title: Date of birth, type: date, crosscast: {optional: true, window: year}}
  - {name: mobile, title: Mobile, type: string, crosscast: {optional: true}}
";

fn people() -> Pack {
    pack(&[("spend", "Spend", PEOPLE)])
}

fn judged(bytes: &[u8]) -> Outcome {
    let pack = people();
    let workbook = read("2022-04.xlsx", bytes, &pack);
    assert_eq!((workbook.unreadable.as_ref(), workbook.absent.len()), (None, 0));
    check_workbook(&workbook, &Context { pack: &pack, year: &pack.partnership.years[0], month: None })
}

/// The errors of personal data: `Sheet!A1`.
fn personal(outcome: &Outcome) -> Vec<String> {
    lines(outcome).into_iter().filter_map(|line| Some(line.strip_prefix("error personal-data ")?.to_owned())).collect()
}

#[test]
fn every_text_of_a_sheet() {
    for (name, text, expected) in [
        ("a title", "ask jo@example.org\nProject | Amount\nDawn | £5.00", &["Spend!A1"][..]),
        ("a heading", "Project | Amount | jo@example.org\nDawn | £5.00", &["Spend!C1"]),
        ("a column that no field has", "Project | Amount | Contact\nDawn | £5.00 | 07700 900123", &["Spend!C2"]),
        ("a note below", "Project | Amount\nDawn | £5.00\n\nflat at WR1 2EY", &["Spend!A4"]),
        ("a row of totals", "Project | Amount\nDawn | £5.00\nTotal | ring 07700 900123", &["Spend!B3"]),
        ("beside the totals", "Project | Amount\nDawn | £5.00\nTotal | £5.00 | 07700 900123", &["Spend!C3"]),
        ("after the totals", "Project | Amount\nDawn | £5.00\nTotal | £5.00\njo@example.org | £1.00", &["Spend!A4"]),
        ("a hidden sheet", "Project | Amount\nDawn | £5.00\n# Lists (hidden)\njo@example.org", &["Lists!A1"]),
        ("a number typed as such", "Project | Amount\nDawn | £5.00\n# Lists\nNHS number\n9434765919", &["Lists!A2"]),
        ("a phone typed as a number", "Project | Amount\nDawn | £5.00\n# Lists\nTel | 7700900123", &["Lists!B1"]),
        ("below a phone's heading", "Project | Amount | Phone\nDawn | £5.00 | 1905722233", &["Spend!C2"]),
        ("in a table", "Project | Amount\njo@example.org | £5.00", &["Spend!A2"]),
        ("bank details", "Project | Amount\nDawn | £5.00\n\npay 12-34-56 12345678", &["Spend!A4"]),
        ("born", "Project | Amount\nDawn, born 12/03/1990 | £5.00", &["Spend!A2"]),
        ("below a heading", "Project | Amount | DOB\nDawn | £5.00 | 1990-03-12", &["Spend!C2"]),
        ("beside a label", "Project | Amount\nDawn | £5.00\n# Client\nDate of birth: | \"12/3/90\"", &["Client!B1"]),
    ] {
        assert_eq!(personal(&judged(&workbook(&format!("# Spend\n{text}")))), expected, "{name}");
    }
}

#[test]
fn near_misses() {
    for text in [
        "A title of 12/04/2022 for INV-0001\nProject | Amount\nDawn | £5.00",
        "Project | Amount | Date paid\nDawn | £5.00 | 2022-04-12",
        "Project | Amount | Reference\nDawn | £5.00 | JNL-07700900123",
        "Project | Amount\nDawn | £5.00\n# Lists\n9434765918\n9434765919\nPO | 7700900123\n2022\n12345678\n12-04-22",
        "Project | Amount\nDawn born in 1990 | £5.00\n\nChildren born in the year\n2022-04-12",
    ] {
        assert_eq!(personal(&judged(&workbook(&format!("# Spend\n{text}")))), [""; 0], "{text}");
    }
}

#[test]
fn many_in_one_column_are_one_finding() {
    let outcome = judged(&workbook(
        "# Spend\nProject | Amount\nDawn | £5.00\n# Contacts (hidden)\nName | Phone\nA | 07700 900123\nB | 07700 900124\n\
         C | 07700 900125\nD | none\nE | 07700 900126",
    ));
    assert_eq!(
        messages(&outcome),
        [
            "B2:B4 each hold what looks like a telephone number, masked: 07***3, 07***4 and 07***5.",
            "B6 holds what looks like a telephone number: 07***6."
        ]
    );
}

#[test]
fn comments_and_text_boxes() {
    let outcome = judged(&with_remarks("ring 07700 900123", "born 12/03/1990"));
    assert_eq!(personal(&outcome), ["Other!C4", "Spend!B2"]);
    let said: Vec<&str> = messages(&outcome).into_iter().filter(|message| message.contains("looks like")).collect();
    assert_eq!(
        said,
        [
            "The text box at C4 holds what looks like a date of birth: **/**/****.",
            "The comment on B2 holds what looks like a telephone number: 07***3."
        ]
    );
    assert!(outcome.findings.iter().any(|finding| finding.fix.starts_with("Remove it from the comment on B2:")));

    let thread = judged(&with_thread("fine", "fine", ["ring me", "on 07700 900123"]));
    assert_eq!(personal(&thread), ["Spend!A2"]);
    assert_eq!(personal(&judged(&with_remarks("ring the office", "born in 1990"))), [""; 0]);
}

#[test]
fn links() {
    let outcome = judged(&with_links(["mailto:jo@example.org", "https://example.org/jo"]));
    assert_eq!(personal(&outcome), ["Spend!A2"]);
    let said: Vec<&str> = messages(&outcome).into_iter().filter(|message| message.contains("looks like")).collect();
    assert_eq!(said, ["The link of A2 holds what looks like an email address: j***@e***.org."]);
}

#[test]
fn names_of_sheets_and_files_are_masked_wherever_they_are_said() {
    let pack = people();
    let text = "# Spend\nProject | Amount\nDawn | £5.00\n# jo@example.org\nring 07700 900123";
    let mut workbooks = [read("WR1 2EY/2022-04 07700900123.xlsx", &workbook(text), &pack)];
    let outcome = check_names(&mut workbooks, &pack);
    let error = "error personal-data";
    assert_eq!(lines(&outcome), [error, error, "error personal-data j***@e***.org"]);
    assert_eq!(
        messages(&outcome),
        [
            "The name of a folder that the file is in holds what looks like a full postcode: WR* ***.",
            "The name of the file holds what looks like a telephone number: 07***3.",
            "The name of the sheet holds what looks like an email address: j***@e***.org.",
        ]
    );
    let [workbook] = &workbooks;
    assert_eq!(&*workbook.path, "WR* ***/2022-04 07***3.xlsx");
    let inside = check_personal_data(workbook, &pack);
    assert_eq!(personal(&inside), ["j***@e***.org!A1"]);
    assert!(!format!("{outcome:?}{inside:?}").contains("jo@"));

    let mut plain = [read("2022-04 April return.xlsx", &self::workbook("# Spend 2022-23\nx"), &pack)];
    assert_eq!(check_names(&mut plain, &pack), Outcome::default());
    assert_eq!(shown_paths([&*plain[0].path]), ["2022-04 April return.xlsx"]);
}

/// A workbook after what was found in it has been masked, as it goes into the store.
fn stored(text: &str) -> (Workbook, Outcome) {
    let pack = people();
    let mut workbook = read("2022-04.xlsx", &workbook(&format!("# Spend\n{text}")), &pack);
    let outcome = check_workbook(&workbook, &Context { pack: &pack, year: &pack.partnership.years[0], month: None });
    mask_found(&mut workbook, &outcome, &pack);
    (workbook, outcome)
}

#[test]
fn what_was_found_is_not_stored() {
    let (workbook, outcome) = stored(
        "Project | Amount | Date of birth\nask jo@example.org | £5.00 | 1990-03-12\nDawn | £6.00 | \"13/04/1990\"",
    );
    assert_eq!(personal(&outcome), ["Spend!A2", "Spend!C2:C3"]);
    let rows = &workbook.tables[0].rows;
    assert_eq!(rows[0].cells[0].value, Value::Text("ask j***@e***.org".into()));
    assert_eq!(rows[1].cells[0].value, Value::Text("Dawn".into()));
    for row in rows {
        assert_eq!((&row.cells[2].value, &row.cells[2].raw), (&Value::Null, &RawValue::Text("**/**/****".into())));
        assert!(row.cells[2].is_marked());
    }
    // Other checks had something to say of the dates as well.
    assert!(lines(&outcome).contains(&"error date-outside-year Spend!C2:C3".to_owned()), "{:?}", lines(&outcome));
    for said in ["jo@", "12/03/1990", "13/04/1990"] {
        assert!(!format!("{outcome:?}").contains(said), "{outcome:?}");
    }
    let (workbook, _) = stored("Project | Amount\nDawn 12/03/1990 | £5.00");
    assert_eq!(workbook.tables[0].rows[0].cells[0].value, Value::Text("Dawn 12/03/1990".into()));
}

#[test]
fn a_long_number_among_the_amounts_is_not_stored() {
    let (workbook, outcome) = stored("Project | Amount\nDawn | \"07700900123\"\nDusk | \"7700\"");
    assert_eq!(personal(&outcome), ["Spend!B2"]);
    let rows = &workbook.tables[0].rows;
    let cell = &rows[0].cells[1];
    assert_eq!((&cell.value, &cell.raw), (&Value::Null, &RawValue::Text("07***3".into())));
    assert_eq!(cell.converted, Some(Converted::Unreadable(Unreadable::NotAnAmount)));
    assert_eq!(rows[1].cells[1].value, Value::Money(Money::from_pence(770_000)));
    for said in ["7700900123", "900,123"] {
        assert!(!format!("{outcome:?}{workbook:?}").contains(said), "{outcome:?}");
    }
}

#[test]
fn what_is_no_date_of_birth_stays_in_what_is_said_of_its_column() {
    let rows = ["no", "-", "1", "1/2/1990", "11/2/1990"].map(|born| format!("Dawn | £5.00 | \"{born}\""));
    let outcome = judged(&workbook(&format!("# Spend\nProject | Amount | Date of birth\n{}", rows.join("\n"))));
    assert_eq!(personal(&outcome), ["Spend!C5:C6"]);
    let said: Vec<String> = outcome.findings.iter().map(|one| format!("{} {}", one.message, one.fix)).collect();
    let said = said.join("\n");
    assert!(!said.contains("/1990") && !said.contains("1**/"), "{said}");
    for kept in ["“no”", "“-”", "“1”", "nothing that"] {
        assert!(said.contains(kept), "{kept}: {said}");
    }
}

#[test]
fn telephone_numbers_that_were_typed_as_numbers_are_not_stored() {
    let (workbook, outcome) =
        stored("Project | Amount | Mobile\nDawn | £5.00 | 7700900123\n1905722233 | £1.00 | 4500012346");
    assert_eq!(personal(&outcome), ["Spend!C2"]);
    let rows = &workbook.tables[0].rows;
    let mobiles = [0, 1].map(|row: usize| rows[row].cells[3].value.clone());
    assert_eq!(mobiles, [Value::Text("77***3".into()), Value::Text("4500012346".into())]);
    assert!(!format!("{outcome:?}{workbook:?}").contains("7700900123"));
}

#[test]
fn a_sheet_whose_texts_could_not_be_read_is_listed() {
    let pack = people();
    let mut workbook = read("2022-04.xlsx", &workbook("# Spend\nProject | Amount\nDawn | £5.00"), &pack);
    workbook.unread_sheets.push("Other".into());
    let outcome = check_personal_data(&workbook, &pack);
    assert_eq!(
        super::not_run(&outcome),
        ["personal-data: The sheet Other could not be read, so its texts were not looked at (2022-04.xlsx)."]
    );
}
