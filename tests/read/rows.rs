//! Tables with a heading row and a row for each record.

use crate::support::{pack, workbook};
use crosscast::model::{Converted, Money, Position, RawValue, Row, Table, Unreadable, Value, Workbook};
use crosscast::read::read;

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
    let sheets: Vec<_> = read.sheets.iter().map(|sheet| (&*sheet.name, sheet.is_hidden())).collect();
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

#[test]
fn rows_below_the_total_are_named_and_notes_are_not() {
    let table = spend(
        "# Spend
        Date paid | Reference | Project | Amount
        2022-04-15 | INV-1 | Dawn | £1.00
        | | Total | £1.00
        2022-04-20 | INV-2 | Dawn | £2.00
        2022-04-21 | INV-3 | Dawn | £3.00

        Paid by the Commissioner.
        | INV-4 | | £4.00",
    );
    assert_eq!(references(&table), ["INV-1"]);
    let areas: Vec<_> = table.after_total.iter().map(ToString::to_string).collect();
    assert_eq!(areas, ["A4:D5", "A8:D8"]);
}

#[test]
fn without_a_totals_row_gaps_are_passed_over_and_notes_left_out() {
    let table = spend(
        "# Spend
        Date paid | Reference | Project | Amount
        2022-04-15 | INV-1 | Dawn | £1.00

        2022-04-16 | INV-2 | Dawn | £2.00
        | INV-3
        |



        2022-04-20 | INV-4 | Dawn | £4.00

        Paid by the Commissioner.",
    );
    assert_eq!(references(&table), ["INV-1", "INV-2", "INV-3", "INV-4"]);
    assert_eq!(table.rows[3].line, 9);
    assert_eq!((table.total, table.after_total), (None, vec![]));
}

#[test]
fn a_total_is_told_from_a_record_that_speaks_of_one() {
    let table = spend(
        "# Spend
        Date paid | Reference | Project | Amount
        2022-04-15 | INV-1 | Total | £1.00
        Total: | | | £1.00",
    );
    assert_eq!(references(&table), ["INV-1"], "a row with a reference is a record");
    let total = table.total.unwrap();
    assert_eq!(total.cells[0].converted, None, "the label is no mistake in a column of dates");
    assert_eq!(total.cells[3].value, pounds("1.00"));
}

#[test]
fn a_subtotal_among_the_rows_is_no_record() {
    let table = spend(
        "# Spend
        Date paid  | Reference | Project     | Amount
        2022-04-15 | INV-0001  | Hate Crime  | £561.44
        2022-04-20 | INV-0002  | Dawn        | £100.00
                   |           | Sub-total:  | =SUM(D2:D3) -> £661.44
        2022-04-21 | INV-0003  | Dawn        | £10.00
                   |           | Total       | =D4+D5 -> £671.44",
    );
    assert_eq!(references(&table), ["INV-0001", "INV-0002", "INV-0003"]);
    let subtotals: Vec<(u32, &Value)> = table.subtotals.iter().map(|row| (row.line, &row.cells[3].value)).collect();
    assert_eq!(subtotals, [(3, &pounds("661.44"))]);
    assert_eq!(table.total.map(|row| row.line), Some(5));
}

#[test]
fn a_subtotal_is_told_from_a_record_that_speaks_of_one() {
    let table = spend(
        "# Spend
        Date paid  | Reference | Project         | Amount
        2022-04-15 | INV-0001  | Subtotal system | =50+50 -> £100.00
                   |           | Subtotal        | £100.00",
    );
    // The one has a reference, the other no formula.
    assert_eq!((table.rows.len(), table.subtotals.len()), (2, 0));
}

#[test]
fn the_label_of_the_total_may_stand_outside_the_table() {
    let table = spend(
        "# Spend
        | Date paid | Reference | Project | Amount
        | 2022-04-15 | INV-1 | Dawn | £1.00
        Grand total | | | | £1.00",
    );
    assert_eq!(table.rows.len(), 1);
    assert_eq!(table.total.unwrap().cells[3].value, pounds("1.00"));
    assert_eq!(table.blank_headings, []);
}

#[test]
fn the_label_of_the_total_may_stand_beside_an_amount_in_the_first_column() {
    let table = spend(
        "# Spend
        Amount | Project | Date paid | Reference
        £1.00 | Dawn | 2022-04-15 | INV-1
        £2.00 | Total | 2022-04-15 | INV-2
        £3.00 | Total",
    );
    assert_eq!(references(&table), ["INV-1", "INV-2"], "a row with a reference is a record");
    assert_eq!(table.total.unwrap().cells[3].value, pounds("3.00"));
}

#[test]
fn repeated_and_blank_headings() {
    let table = spend(
        "# Spend
        Date paid | Reference | | Project | | Amount | Amount (£)
        2022-04-15 | INV-1 | lost | Dawn | | £1.00 | £9.00 | beside | | far
        | | | Total | | £1.00",
    );
    let repeated: Vec<_> = table.repeated_headings.iter().map(|heading| heading.position).collect();
    assert_eq!(repeated, [at("G1")]);
    assert_eq!(table.rows[0].cells[3].value, pounds("1.00"), "the first of two columns counts");
    assert_eq!(table.blank_headings, [at("C1"), at("H1")]);
}

#[test]
fn what_is_absent_is_said() {
    let missing = |text: &str| {
        let mut read = read_spend(text);
        assert_eq!(read.tables, []);
        read.absent.remove(0)
    };
    let sheet = missing("# Payments\nDate paid | Reference | Project | Amount");
    assert_eq!((&*sheet.table, &*sheet.sheet, sheet.why.is_sheet_found()), ("spend", "Spend", false));
    let headings = missing("# SPEND\nDate paid | Ref. | Scheme | Value");
    assert_eq!((&*headings.sheet, headings.why.is_sheet_found()), ("SPEND", true));
    assert_eq!(headings.why.missing_headings(), ["Reference", "Project", "Amount"]);
    assert_eq!(missing("# Spend\nnothing").why.missing_headings().len(), 4);
}

#[test]
fn half_of_the_headings_are_enough() {
    let table = spend("# Spend\nDate paid | Reference | Cost\n2022-04-15 | INV-1 | 12");
    assert_eq!(table.columns.iter().flatten().count(), 2);
    assert_eq!(table.rows.len(), 1);

    let longer = format!(
        "{}  - {{name: checked, title: Checked, type: string}}\nprimaryKey: [reference]\n",
        &SPEND[..SPEND.find("primaryKey").unwrap()]
    );
    let bytes = workbook("# Spend\nDate paid | Reference | Cost\n2022-04-15 | INV-1 | 12");
    let read = read("x.xlsx", &bytes, &pack(&[("spend", "Spend", &longer)]));
    assert_eq!(read.absent[0].why.missing_headings(), ["Project", "Amount", "Checked"], "two of five are not");
}

#[test]
fn one_heading_of_two_is_not_enough() {
    let members = "fields:\n  - {name: organisation, title: Organisation, type: string}\n  - {name: sector, title: Sector, type: string}\n";
    let bytes = workbook("# Members\nSector\nPolice | West Mercia Police");
    let read = read("x.xlsx", &bytes, &pack(&[("members", "Members", members)]));
    assert_eq!(read.absent[0].why.missing_headings(), ["Organisation"], "a lone word may be a title");
}

#[test]
fn two_tables_on_one_sheet() {
    let budget =
        "fields:\n  - {name: line, title: Line, type: string}\n  - {name: budget, title: Budget, type: integer}\n";
    let pack = pack(&[("spend", "Spend", SPEND), ("budget", " spend ", budget)]);
    let bytes = workbook(
        "# Spend
        Date paid | Reference | Project | Amount
        2022-04-15 | INV-1 | Dawn | £1.00
        | | Total | £1.00

        Line | Budget
        One | 1
        Two | 2",
    );
    let read = read("x.xlsx", &bytes, &pack);
    assert_eq!(read.table("spend").unwrap().after_total, [], "the next table is no data after the total");
    assert_eq!(read.table("budget").unwrap().rows.len(), 2);
}

#[test]
fn a_workbook_that_the_pack_does_not_know() {
    let partnership = crate::support::pack::partnership(
        "  - name: return\n    files: 'return'\n    tables:\n      - {table: spend, sheet: Spend}\n",
    );
    let pack = crate::support::pack_of(&[("tables/spend.yaml", SPEND), ("partnership.yaml", &partnership)]);
    let bytes = workbook("# Spend\nDate paid | Reference");
    let unknown = read("Book1.xlsx", &bytes, &pack);
    assert_eq!((unknown.kind, unknown.tables.len(), unknown.absent.len()), (None, 0, 0));
    assert_eq!(unknown.sheets.len(), 1);
    assert_eq!(read("return.xlsx", &bytes, &pack).tables.len(), 1);
}

#[test]
fn what_was_read_can_be_handed_to_another_process() {
    let read = read_spend("# Spend\nDate paid | Reference | Project | Amount\n2022-04-15 | INV-1 | Dawn | £1.00");
    let json = serde_json::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<Workbook>(&json).unwrap(), read);
}

#[test]
fn the_pattern_of_the_totals_row_forgives_letter_case() {
    let schema = format!("{SPEND}crosscast: {{rows: {{totals: {{match: 'Total (spend|paid)'}}}}}}\n");
    let text = "# Spend
        Date paid | Reference | Project | Amount
        2022-04-15 | INV-1 | Dawn | £1.00
        | | TOTAL spend: | £1.00
        2022-04-16 | INV-2 | Total | £2.00";
    let read = read("monthly/2022-04 April return.xlsx", &workbook(text), &pack(&[("spend", "Spend", &schema)]));
    let table = read.table("spend").unwrap();
    assert_eq!(references(table), ["INV-1"]);
    assert_eq!(table.total.as_ref().unwrap().cells[3].value, pounds("1.00"));
    assert_eq!(table.after_total.len(), 1, "a text that the pattern does not match is no label");
}
