//! Reading: workbooks become typed tables, and nothing of them is lost or guessed.

mod support;

use crosscast::model::{Converted, Money, Position, RawValue, Row, Table, Unreadable, Value, Workbook};
use crosscast::read::read;
use support::{pack, workbook};

const SPEND: &str = "
fields:
  - {name: paid_on, title: Date paid, type: date, constraints: {required: true}}
  - {name: reference, title: Reference, type: string, constraints: {required: true}}
  - {name: project, title: Project, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP, aliases: [Amount (£)]}}
primaryKey: [reference]
";

fn read_spend(text: &str) -> Workbook {
    read("monthly/2022-04 April return.xlsx", &workbook(text), &pack(&[("spend", "Spend", SPEND)]))
}

fn spend(text: &str) -> Table {
    let read = read_spend(text);
    assert_eq!(read.unreadable, None);
    read.table("spend").unwrap_or_else(|| panic!("{:?}", read.absent)).clone()
}

fn at(cell: &str) -> Position {
    cell.parse().unwrap()
}

fn pounds(text: &str) -> Value {
    Value::Money(Money::from_text(text).unwrap())
}

fn values(row: &Row) -> Vec<Value> {
    row.cells.iter().map(|cell| cell.value.clone()).collect()
}

fn references(table: &Table) -> Vec<String> {
    table.rows.iter().map(|row| row.cells[1].raw.shown()).collect()
}

#[test]
fn a_table_below_its_title_ends_at_its_totals_row() {
    let read = read_spend(
        "# Spend
        Payments made in April 2022

        Date paid  | Reference | Project    | Amount
        2022-04-15 | INV-0001  | Hate Crime | £561.44
        2022-04-20 | INV-0002  | Dawn       | £100.00
                   |           | Total      | =SUM(D4:D5) -> £661.44

        Journals are paid by the Commissioner.

        # Lists (hidden)
        Hate Crime",
    );
    assert_eq!(read.kind.as_deref(), Some("return"));
    assert_eq!(read.month_in_name.map(|month| month.iso()).as_deref(), Some("2022-04"));
    let sheets: Vec<_> = read.sheets.iter().map(|sheet| (&*sheet.name, sheet.hidden)).collect();
    assert_eq!(sheets, [("Spend", false), ("Lists", true)]);

    let table = read.table("spend").unwrap();
    assert_eq!(table.rows.len(), 2);
    assert_eq!(table.rows[0].line, 3);
    let day = Value::Date("2022-04-15".parse().unwrap());
    let expected = [day, Value::Text("INV-0001".into()), Value::Text("Hate Crime".into()), pounds("561.44")];
    assert_eq!(values(&table.rows[0]), expected);
    assert_eq!(table.rows[0].cells[3].position, at("D4"));
    assert_eq!(table.columns[3].as_ref().unwrap().heading, at("D3"));

    let total = table.total.as_ref().unwrap();
    assert_eq!(total.cells[3].value, pounds("661.44"));
    assert_eq!(total.cells[3].formula.as_deref(), Some("SUM(D4:D5)"));
    assert_eq!(table.after_total, []);
}

#[test]
fn columns_in_any_order_headings_forgiven() {
    let table = spend(
        "# Spend
        \"AMOUNT\u{a0}(£)\" | \"  date\\npaid \" | Checked | reference
        £12.00 | 2022-04-15 | yes | INV-0001",
    );
    assert_eq!(table.rows.len(), 1);
    assert_eq!(table.rows[0].cells[3].value, pounds("12.00"));
    assert_eq!(table.rows[0].cells[3].position, at("A2"));
    assert_eq!(table.columns[2], None, "there is no column for the project");
    assert_eq!(table.rows[0].cells[2].raw, RawValue::Empty);
    let unknown: Vec<_> = table.unknown_headings.iter().map(|heading| (&*heading.text, heading.position)).collect();
    assert_eq!(unknown, [("Checked", at("C1"))]);
}

#[test]
fn values_keep_why_they_could_not_be_read() {
    let table = spend(
        "# Spend
        Date paid | Reference | Project | Amount
        \"31/02/2023\" | 1001 | \" Dawn\\u{a0}\" | \"1O0.00\"
        serial 60 | INV-2 | #REF! | #SPILL!
        2022 | INV-3 | x | =SUM(D2:D3)
        \"15/04/2022\" | INV-4 | x | =SUM(D2:D3) -> \"£1,250.00\"",
    );
    let why = |row: usize, field: usize| table.rows[row].cells[field].converted.clone();
    let not = |why: Unreadable| Some(Converted::Unreadable(why));
    assert_eq!(why(0, 0), not(Unreadable::ImpossibleDate));
    assert_eq!(table.rows[0].cells[1].value, Value::Text("1001".into()));
    assert_eq!(table.rows[0].cells[2].value, Value::Text("Dawn".into()));
    assert_eq!(table.rows[0].cells[2].raw.shown(), " Dawn\u{a0}");
    assert_eq!(why(0, 3), not(Unreadable::NotAnAmount));
    assert_eq!(why(1, 0), not(Unreadable::ImpossibleDate));
    assert_eq!(why(1, 2), not(Unreadable::ErrorValue));
    assert_eq!(table.rows[1].cells[3].raw, RawValue::Error("#SPILL!".into()), "one cell is lost, not the sheet");
    assert_eq!(why(2, 0), not(Unreadable::NumberNotDate));
    assert_eq!(why(2, 3), not(Unreadable::FormulaWithoutResult));
    assert_eq!(why(3, 0), Some(Converted::FromText));
    assert_eq!(why(3, 3), Some(Converted::FromText));
    assert_eq!(table.rows[3].cells[3].value, pounds("1250.00"));
}
