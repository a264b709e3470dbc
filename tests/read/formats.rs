//! What the file formats do differently comes out the same.

use crosscast::model::{Cell, Converted, RawValue, Table, Unreadable, Value};
use crosscast::read::read;

use crate::support::binary_workbook::{BinaryCell, binary_workbook};
use crate::support::open_document::open_document;
use crate::support::package::edit_parts;
use crate::support::{pack, workbook};

const TABLE: &str = "
fields:
  - {name: day, title: Day, type: date}
  - {name: number, title: Number, type: number}
";

fn table(name: &str, bytes: &[u8]) -> Table {
    let read = read(name, bytes, &pack(&[("table", "Sheet", TABLE)]));
    assert_eq!(read.unreadable, None);
    read.table("table").unwrap_or_else(|| panic!("{:?}", read.absent)).clone()
}

fn xlsx_with(sheet: impl Fn(String) -> String, book: impl Fn(String) -> String) -> Table {
    let bytes = workbook("# Sheet\nDay | Number\n2022-04-15 | 1\n2022-04-16 | =A2 -> 2\n2022-04-17 | =A3 -> 3");
    let bytes = edit_parts(&bytes, |name, text| match name {
        "xl/worksheets/sheet1.xml" => sheet(text),
        "xl/workbook.xml" => book(text),
        _ => text,
    });
    table("x.xlsx", &bytes)
}

fn day(text: &str) -> Value {
    Value::Date(text.parse().unwrap())
}

fn unreadable(why: Unreadable) -> Option<Converted> {
    Some(Converted::Unreadable(why))
}

fn column(table: &Table, field: usize) -> Vec<&Cell> {
    table.rows.iter().map(|row| &row.cells[field]).collect()
}

/// Changes a text in a part, which must be there.
fn changed(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from} is not in {text}");
    text.replace(from, to)
}

#[test]
fn dates_counted_from_1904() {
    let book = |text: String| changed(&text, "<workbookPr ", "<workbookPr date1904=\"1\" ");
    let table = xlsx_with(|text| text, book);
    assert_eq!(column(&table, 0)[0].value, day("2026-04-16"), "four years and a day later than from 1900");
}

#[test]
fn date_cells_kept_as_text() {
    let iso = |text: String| {
        let first =
            changed(&text, "<c r=\"A2\" s=\"1\"><v>44666</v>", "<c r=\"A2\" t=\"d\"><v>2022-05-12T00:00:00</v>");
        changed(&first, "<c r=\"A3\" s=\"1\"><v>44667</v>", "<c r=\"A3\" t=\"d\"><v>2024-02-30</v>")
    };
    let table = xlsx_with(iso, |text| text);
    assert_eq!(column(&table, 0)[0].value, day("2022-05-12"));
    assert_eq!(column(&table, 0)[1].converted, unreadable(Unreadable::ImpossibleDate));
    assert_eq!(column(&table, 0)[1].raw, RawValue::ImpossibleDate("2024-02-30".into()));
}

#[test]
fn formulas_that_are_shared() {
    let shared = |text: String| {
        let first = changed(&text, "<f>A2</f>", "<f t=\"shared\" ref=\"B3:B4\" si=\"4000000\">$A2*A$1</f>");
        changed(&first, "<f>A3</f>", "<f t=\"shared\" si=\"4000000\"/>")
    };
    let table = xlsx_with(shared, |text| text);
    let formulas: Vec<_> = column(&table, 1).iter().map(|cell| cell.formula.as_deref()).collect();
    assert_eq!(formulas, [None, Some("$A2*A$1"), Some("$A3*A$1")]);
}

#[test]
fn values_that_calamine_does_not_know_cost_one_cell() {
    let strange = |text: String| {
        let first = changed(&text, "<v>2</v>", "<v>#BLOCKED!</v>");
        let first = changed(&first, "<c r=\"B3\"", "<c r=\"B3\" t=\"e\"");
        changed(&first, "<c r=\"B2\"><v>1</v>", "<c r=\"B2\" t=\"b\"><v>maybe</v>")
    };
    let table = xlsx_with(strange, |text| text);
    let raw: Vec<_> = column(&table, 1).iter().map(|cell| cell.raw.clone()).collect();
    let error = |text: &str| RawValue::Error(text.into());
    assert_eq!(raw, [RawValue::Damaged, error("#BLOCKED!"), RawValue::Number(3.0)]);
    assert_eq!(column(&table, 1)[1].formula.as_deref(), Some("A2"));
    assert_eq!(table.rows.len(), 3);
}

#[test]
fn numbers_too_large_for_a_cell() {
    let bytes = workbook("# Sheet\nDay | Number\n2022-04-15 | 1e400");
    let bytes = edit_parts(&bytes, |_, text| text.replace("<v>inf</v>", "<v>1e400</v>"));
    let table = table("x.xlsx", &bytes);
    assert_eq!(column(&table, 1)[0].converted, unreadable(Unreadable::TooLarge));
}

#[test]
fn open_document_values() {
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let date = |date: &str| format!("<table:table-cell office:value-type=\"date\" office:date-value=\"{date}\"/>");
    let number = |more: &str| format!("<table:table-cell {more}/>");
    let row = |cells: [String; 2]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = [
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>".to_owned(),
        row([text("Day"), text("Number")]),
        row([date("2022-05-12"), number("office:value-type=\"float\" office:value=\"12.5\"")]),
        row([date("2022-02-30"), number("table:formula=\"of:=SUM([.B4];1)\" office:value-type=\"float\" office:value=\"13.5\"")]),
        row([date("2022-05-13T10:00:00"), number("table:formula=\"of:=[.B4]\"")]),
        row([text("12/05/2022"), "<table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p>#DIV/0!</text:p></table:table-cell>".to_owned()]),
    ];
    let table = table("x.ods", &open_document("Sheet", &rows.concat()));
    let days = column(&table, 0);
    assert_eq!((days[0].value.clone(), days[0].position.to_string()), (day("2022-05-12"), "A4".to_owned()));
    assert_eq!(days[1].converted, unreadable(Unreadable::ImpossibleDate));
    assert_eq!(days[2].value, day("2022-05-13"));
    assert_eq!((days[3].value.clone(), days[3].converted.clone()), (day("2022-05-12"), Some(Converted::FromText)));
    let numbers = column(&table, 1);
    assert_eq!(numbers[0].value, Value::Number(12.5));
    assert_eq!(numbers[1].formula.as_deref(), Some("SUM(B4,1)"));
    assert_eq!(numbers[2].converted, unreadable(Unreadable::FormulaWithoutResult));
    assert_eq!(numbers[3].converted, unreadable(Unreadable::ErrorValue));
}

#[test]
fn an_old_workbook_with_a_new_name_is_read_as_what_it_is() {
    let pack = crate::support::sample_pack::sample_pack();
    let xls = std::fs::read("samples/2022-23/registers/SWCSP registers 2022-23.xls").unwrap();
    assert_eq!(read("registers.xlsx", &xls, &pack).table("reviews").map(|table| table.rows.len()), Some(6));
    let ods = std::fs::read("samples/2022-23/registers/Meetings 2022-23.ods").unwrap();
    assert_eq!(read("meetings.xls", &ods, &pack).table("meetings").map(|table| table.rows.len()), Some(11));
}

#[test]
fn binary_workbooks() {
    let bytes = binary_workbook(
        "Sheet",
        &[
            &[BinaryCell::None],
            &[BinaryCell::Text("Day"), BinaryCell::None, BinaryCell::Text("Number")],
            &[BinaryCell::Text("12/05/2022"), BinaryCell::None, BinaryCell::Number(12.5)],
            &[BinaryCell::Text("13/05/2022"), BinaryCell::None, BinaryCell::ErrorFormula],
        ],
    );
    let table = table("x.xlsb", &bytes);
    assert_eq!(table.columns[1].as_ref().unwrap().heading.to_string(), "C2");
    assert_eq!(column(&table, 0)[0].value, day("2022-05-12"));
    assert_eq!(column(&table, 1)[0].value, Value::Number(12.5));
    assert_eq!(column(&table, 1)[1].converted, unreadable(Unreadable::ErrorValue), "errors of formulas do not vanish");
}
