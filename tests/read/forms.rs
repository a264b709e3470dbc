//! Forms: labels, each with its value beside or below it.

use crosscast::model::{Converted, Month, Table, Unreadable, Value, Workbook};
use crosscast::read::read;

use crate::support::{pack, workbook};

const RETURN: &str = "
fields:
  - {name: partnership, title: Partnership, type: string}
  - {name: month, title: Return month, type: yearmonth}
  - {name: prepared_by, title: Prepared by, type: string}
  - {name: status, title: Status, type: string}
crosscast: {layout: form}
";

fn read_form(text: &str) -> Workbook {
    read("2022-04 return.xlsx", &workbook(text), &pack(&[("return", "Return", RETURN)]))
}

fn form(text: &str) -> Table {
    let read = read_form(text);
    read.table("return").unwrap_or_else(|| panic!("{:?}", read.absent)).clone()
}

fn texts(table: &Table) -> Vec<(String, Value)> {
    table.rows[0].cells.iter().map(|cell| (cell.position.to_string(), cell.value.clone())).collect()
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

#[test]
fn values_to_the_right() {
    let table = form(
        "# Return
        Monthly return

        Partnership | SWCSP
        RETURN MONTH: | 2022-04
        Prepared by | | Partnership
        Status |
        All returns are due by the tenth.",
    );
    let month = Value::Month(Month::new(2022, 4).unwrap());
    let expected = [("B3", text("SWCSP")), ("B4", month), ("C5", text("Partnership")), ("B6", Value::Null)];
    assert_eq!(texts(&table), expected.map(|(cell, value)| (cell.to_owned(), value)));
    assert_eq!((table.rows.len(), table.rows[0].line), (1, 2));
    assert_eq!(table.columns[1].as_ref().unwrap().heading.to_string(), "A4");
    assert_eq!(table.repeated_headings, [], "a value that reads like a label is not one");
}

#[test]
fn values_below() {
    let table = form(
        "# Return
        Partnership | Return month | Prepared by | Status
        SWCSP | \"May\" | | Final",
    );
    assert_eq!(table.rows[0].cells[0].value, text("SWCSP"));
    assert_eq!(table.rows[0].cells[1].converted, Some(Converted::Unreadable(Unreadable::NotAMonth)));
    assert_eq!(table.rows[0].cells[2].value, Value::Null);
    assert_eq!(table.rows[0].cells[3].position.to_string(), "D2");
}

#[test]
fn a_label_given_twice() {
    let table = form("# Return\nPartnership | SWCSP\nStatus | Draft\nStatus | Final");
    assert_eq!(table.rows[0].cells[3].value, text("Draft"));
    let repeated: Vec<_> = table.repeated_headings.iter().map(|heading| heading.position.to_string()).collect();
    assert_eq!(repeated, ["A3"]);
}

#[test]
fn too_few_labels() {
    let read = read_form("# Return\nStatus | Final");
    assert_eq!(read.absent[0].why.missing_headings(), ["Partnership", "Return month", "Prepared by"]);
}

#[test]
fn an_empty_form_is_not_filled_with_its_own_labels() {
    let table = form("# Return\nPartnership\nReturn month\nPrepared by\nStatus");
    assert!(table.rows[0].cells.iter().all(|cell| cell.value == Value::Null && !cell.is_marked()), "{table:?}");
}
