//! What a workbook says beside its tables is read too: every text once, with its cell, and no text of a table.

use crosscast::model::{SheetText, TextHolder, Workbook};
use crosscast::read::read;

use crate::support::binary_workbook::{BinaryCell, binary_workbook};
use crate::support::open_document::open_document;
use crate::support::package::edit_parts;
use crate::support::patched::registers;
use crate::support::remarks::{with_links, with_remarks, with_thread};
use crate::support::sample_pack::sample_pack;
use crate::support::{pack, workbook};

const SPEND: &str = "
fields:
  - {name: project, title: Project, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
crosscast: {title: Spend}
";
const FORM: &str = "
fields:
  - {name: month, title: Month, type: yearmonth}
  - {name: status, title: Status, type: string}
crosscast: {layout: form}
";

fn of(bytes: &[u8]) -> Workbook {
    let read = read("2022-04.xlsx", bytes, &pack(&[("spend", "Spend", SPEND), ("form", "Form", FORM)]));
    assert_eq!(read.unreadable, None);
    read
}

/// `Sheet!A1 text`, with what holds it where that is no cell.
fn texts(workbook: &Workbook) -> Vec<String> {
    let line = |text: &SheetText| {
        let cell = text.position.map(|position| format!("!{position}")).unwrap_or_default();
        let holder = match text.holder {
            TextHolder::Cell => "",
            TextHolder::Comment => " (comment)",
            TextHolder::TextBox => " (text box)",
            TextHolder::Link => " (link)",
        };
        format!("{}{cell}{holder} {}", text.sheet, text.text)
    };
    workbook.texts.iter().map(line).collect()
}

#[test]
fn what_stands_beside_a_table() {
    let read = of(&workbook(
        "# Spend\nA title\n\nProject | Amount | Note | 3\nDawn | £5.00 | ask A\n | | between\nHate Crime | none | 2022-04-15\n\
         Total | £5.00 | so far\nchecked by B\n# Form\nA form\nMonth | 2022-04\nStatus | Final | in time\n",
    ));
    assert_eq!(read.absent, []);
    assert_eq!(
        texts(&read),
        [
            "Spend!A1 A title",
            "Spend!C3 Note",
            "Spend!C4 ask A",
            "Spend!C5 between",
            "Spend!C6 15/04/2022",
            "Spend!C7 so far",
            "Spend!A8 checked by B",
            "Form!A1 A form",
            "Form!C3 in time",
        ]
    );
}

#[test]
fn sheets_that_no_table_claims_hidden_ones_too() {
    let read = of(&workbook(
        "# Lists (hidden)\nDawn | 12 | £3.50 | 9434765919 | 943476591 | 94347659190.5 | TRUE | #N/A\n\n2022-04-15\n# Spend\n\
         Project | Amount\nDawn | £5.00",
    ));
    assert_eq!(texts(&read), ["Lists!A1 Dawn", "Lists!D1 9434765919", "Lists!A3 15/04/2022"]);
    assert!(read.unread_sheets.is_empty());
}

#[test]
fn a_workbook_that_no_table_is_expected_of() {
    let read = read("Holiday rota.xlsx", &workbook("# Rota\nwho | when\n# More\nwhy"), &sample_pack());
    assert_eq!(read.kind, None);
    assert_eq!(texts(&read), ["Rota!A1 who", "Rota!B1 when", "More!A1 why"]);
}

#[test]
fn comments_and_text_boxes() {
    let read = of(&with_remarks("note & <more>", "in a box"));
    assert_eq!(texts(&read), ["Spend!B2 (comment) note & <more>", "Other!C4 (text box) in a box\n"]);
    let read = of(&with_thread("note", "box", ["first", "second &lt;b&gt;"]));
    assert_eq!(
        texts(&read),
        ["Spend!A2 (comment) first\nsecond <b>", "Spend!B2 (comment) note", "Other!C4 (text box) box\n"]
    );
}

#[test]
fn links_that_reach_someone() {
    let read = of(&with_links(["mailto:jo@example.org?subject=Locks", "https://example.org/07700900123"]));
    assert_eq!(texts(&read), ["Spend!A2 (link) jo@example.org?subject=Locks"]);
    let telephone = edit_parts(&with_links(["mailto:jo@example.org", "https://example.org/"]), |_, text| {
        text.replace("https://example.org/", "TEL:07700%20900123").replace("ref=\"A2\"", "ref=\"A2:B3\"")
    });
    assert_eq!(texts(&of(&telephone)), ["Spend!A2 (link) jo@example.org", "Spend!B2 (link) 07700 900123"]);
}

#[test]
fn comments_that_are_not_well_formed_keep_nothing_from_being_read() {
    for (part, from, to) in [
        ("xl/comments1.xml", "</comment>", ""),
        ("xl/comments1.xml", "<comment ref=\"B2\"", "<comment ref=\""),
        ("xl/worksheets/_rels/sheet1.xml.rels", "../comments1.xml", "../../../gone.xml"),
    ] {
        let bytes = edit_parts(&with_remarks("note", "box"), |name, text| match name == part {
            true => {
                assert!(text.contains(from), "{text}");
                text.replace(from, to)
            }
            false => text,
        });
        let read = of(&bytes);
        assert_eq!(read.tables[0].rows.len(), 1, "{part}");
        assert!(texts(&read).contains(&"Other!C4 (text box) box\n".to_owned()), "{:?}", texts(&read));
    }
}

#[test]
fn a_sheet_without_a_table_that_cannot_be_read_is_named_and_the_tables_are_read() {
    let bytes = workbook("# Spend\nProject | Amount\nDawn | £5.00\n# Other\nsomething");
    let broken = edit_parts(&bytes, |name, text| match name {
        "xl/worksheets/sheet2.xml" => text.replace("r=\"A1\"", "r=\"XFE1\""),
        _ => text,
    });
    let read = of(&broken);
    assert_eq!(read.tables[0].rows.len(), 1);
    assert_eq!(read.unread_sheets, [std::sync::Arc::from("Other")]);
    assert!(of(&bytes).unread_sheets.is_empty());
}

#[test]
fn other_formats() {
    let rows = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>ring me</text:p></table:table-cell>\
                </table:table-row>";
    assert_eq!(texts(&of(&open_document("Other", rows))), ["Other!A1 ring me"]);
    let cells: &[&[BinaryCell]] = &[&[BinaryCell::Text("one"), BinaryCell::Number(2.0)]];
    assert_eq!(texts(&of(&binary_workbook("Other", cells))), ["Other!A1 one"]);
    // The registers' own tables are not expected of a workbook of this name.
    let xls = texts(&of(&registers()));
    assert_eq!(xls[..3], ["DHR!A1 Domestic Homicide Reviews", "DHR!A3 DHR number", "DHR!B3 Stage"]);
    assert!(xls.contains(&"PSPO!C4 25/11/2021".to_owned()), "{xls:?}");
}

#[test]
fn no_text_of_the_sample_year_is_there_twice() {
    for workbook in crate::support::sample_workbooks::sample_workbooks("2022-23", &sample_pack()) {
        for text in &workbook.texts {
            let cells = workbook.tables.iter().filter(|table| table.sheet == text.sheet).flat_map(|table| &table.rows);
            let mut held = cells.flat_map(|row| &row.cells).filter(|cell| !cell.raw.is_blank());
            assert!(!held.any(|cell| Some(cell.position) == text.position), "{} {text:?}", workbook.path);
        }
    }
}
