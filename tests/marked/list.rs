//! The first sheet of a marked copy.

use crosscast::export::marked::marked;
use crosscast::model::{Difference, Finding, Money, Place, Severity, Suggestion};

use crate::copies::{book, bytes, error, face, finding, list_of, marked_parts, parts, texts};

/// The list of a workbook with these findings.
fn list(findings: &[Finding]) -> String {
    list_of(&marked_parts(&book("<sheetData/>"), findings)).to_owned()
}

#[test]
fn the_list_says_what_it_is_and_what_to_do() {
    let list = texts(&list(&[error("A1")]));
    assert_eq!(list["A1"], "Crosscast findings: April.xlsx");
    assert_eq!(list["A2"], "Test partnership, 2022-23, April 2022 only (1 of 12 months)");
    assert_eq!(
        list["A3"],
        "Mend each cell in your own workbook or in this copy, save it, and put it into the inbox under its own name: the name \
         stays the same."
    );
    assert_eq!(
        list["A4"],
        "Crosscast passes over this sheet, its notes and its fills. When the workbook is checked again, they are made anew."
    );
    assert_eq!(
        list["A5"],
        "What the fills mean: red: an error that stands against publication; amber: a warning; blue-grey: explained, or for \
         information. Each cell has a note too, which shows when the pointer is over it."
    );
    let mut face = face();
    face.notice = Some("Sample: the figures are illustrative.".to_owned());
    let copy = marked(&bytes(&book("<sheetData/>")), &[&error("A1")], &face).unwrap();
    let list = texts(list_of(&parts(&copy)));
    assert_eq!(list["A3"], "Sample: the figures are illustrative.");
    assert_eq!(list["A7"], "Number", "everything below is a row further down");
}

#[test]
fn each_finding_has_a_row() {
    let mut total = finding("Spend", "D15", Severity::Error, "The total is wrong.");
    total.expected = Some("£133,250.00".to_owned());
    total.actual = Some("£139,250.00".to_owned());
    total.difference = Some(Difference::Money(Money::from_pence(-600_001)));
    total.suggestions = vec![Suggestion { text: "a line left out".into(), cells: vec![] }];
    let mut count = finding("O'Brien's", "A4:A9", Severity::Warning, "<b>=1</b>");
    count.difference = Some(Difference::Count(-3));
    let mut whole = finding("Spend", "A1", Severity::Info, "Has no table.");
    whole.place = Place::workbook(&"April.xlsx".into());
    let mut sheet = whole.clone();
    sheet.place = Place::sheet(&"April.xlsx".into(), &"Spend".into());
    let list = list(&[total, count, whole, sheet]);
    let cells = texts(&list);
    let row = |row: usize| -> Vec<&str> {
        ('A'..='J').map(|column| cells.get(&format!("{column}{row}")).map_or("", String::as_str)).collect()
    };
    assert_eq!(
        row(6),
        [
            "Number",
            "Severity",
            "Sheet and cell",
            "What is wrong",
            "Expected",
            "There is",
            "Difference",
            "Could be",
            "How to mend it",
            "Check"
        ]
    );
    assert_eq!(
        row(7),
        [
            "",
            "Error",
            "Spend!D15",
            "The total is wrong.",
            "£133,250.00",
            "£139,250.00",
            "",
            "a line left out.",
            "Correct the cell.",
            "total-mismatch"
        ]
    );
    assert_eq!(row(8)[1..4], ["Warning", "O'Brien's!A4:A9".replace('\'', "&#39;").as_str(), "&lt;b&gt;=1&lt;/b&gt;"]);
    assert_eq!(row(9)[1..4], ["For information", "The workbook as a whole", "Has no table."]);
    assert_eq!(row(10)[2], "Spend, as a whole");
    // Numbers are numbers, exact to the penny.
    let number = |place: &str| {
        let pattern = format!("<c r=\"{place}\" s=\"[0-9]+\"><v>([^<]*)</v></c>");
        regex::Regex::new(&pattern).unwrap().captures(&list).map(|found| found[1].to_owned())
    };
    assert_eq!(number("A7").as_deref(), Some("1"));
    assert_eq!(number("A10").as_deref(), Some("4"));
    assert_eq!(number("G7").as_deref(), Some("-6000.01"));
    assert_eq!(number("G8").as_deref(), Some("-3"));
    assert_eq!(number("G9"), None);
    // Links lead to the cells; a finding about the whole workbook has none.
    let links: Vec<&str> =
        list.split("<hyperlinks>").nth(1).unwrap().split("</hyperlinks>").next().unwrap().split("/>").collect();
    assert_eq!(
        links,
        [
            "<hyperlink ref=\"C7\" location=\"&#39;Spend&#39;!D15\" display=\"Spend!D15\"",
            "<hyperlink ref=\"C8\" location=\"&#39;O&#39;&#39;Brien&#39;&#39;s&#39;!A4:A9\" display=\"O&#39;Brien&#39;s!A4:A9\"",
            "<hyperlink ref=\"C10\" location=\"&#39;Spend&#39;!A1\" display=\"Spend, as a whole\"",
            ""
        ]
    );
}

#[test]
fn the_headings_are_frozen_filtered_and_printed_on_each_page() {
    let copy = marked_parts(&book("<sheetData/>"), &[error("A1"), error("A2")]);
    let list = list_of(&copy);
    assert!(list.contains("<pane ySplit=\"6\" topLeftCell=\"A7\" activePane=\"bottomLeft\" state=\"frozen\"/>"));
    assert!(list.contains("<autoFilter ref=\"A6:J8\"/>"));
    assert!(list.contains("<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>"));
    assert!(list.contains("<pageSetUpPr fitToPage=\"1\"/>"));
    let book = &copy["xl/workbook.xml"];
    assert!(book.contains(
        "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">&#39;Crosscast findings&#39;!$6:$6</definedName>"
    ));
    assert!(book.contains(
        "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"0\" hidden=\"1\">\
         &#39;Crosscast findings&#39;!$A$6:$J$8</definedName>"
    ));
}

#[test]
fn a_large_area_is_filled_in_part_and_the_list_says_so() {
    let list = texts(&list(&[error("A1:A2000"), error("C1:C2001")]));
    assert_eq!(list["D7"], "The total is wrong.");
    assert_eq!(list["D8"], "The total is wrong. Only the first 2,000 of its cells are filled.");
}
