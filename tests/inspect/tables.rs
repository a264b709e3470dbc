//! What looks like a table, and what does not.

use std::time::Instant;

use crosscast::inspect::{likely_tables, pack};
use crosscast::model::{Grid, GridCell, Limits, Position, RawValue};
use crosscast::read::{self, Wanted};

use crate::support::workbook;

/// The likely tables of a workbook's first sheet: `A3:C6 2 rows, total 6: Date paid date, Amount amount`.
fn seen(text: &str) -> Vec<String> {
    let bytes = workbook(&format!("# Sheet\n{}", text.trim_matches('\n')));
    let opened = read::open(&read::guard(&bytes, &Limits::default()).unwrap(), &bytes, &Wanted::Every);
    let workbook = read::workbook("Test.xlsx", "", opened, &pack([], &[]));
    let grid = workbook.sheets[0].grid.as_ref().unwrap();
    let tables = likely_tables(grid).into_iter().map(|table| {
        let heading = |column| grid.cell(Position::new(table.heading_row(), column)).unwrap().raw.shown();
        let columns =
            table.columns.iter().map(|(column, tally)| format!("{} {}", heading(*column), tally.seen().in_words()));
        let columns: Vec<String> = columns.collect();
        let total = table.total.map(|row| format!(", total {}", row + 1)).unwrap_or_default();
        format!("{} {} rows{total}: {}", table.area, table.rows, columns.join(", "))
    });
    tables.collect()
}

#[test]
fn a_table_below_a_title_and_above_a_note() {
    let found = seen(
        "Payments made in April 2022

         Date paid  | Reference | Project    | Amount
         2022-04-15 | INV-0001  | Hate Crime | £561.44
         2022-04-19 | INV-0002  | Dawn       | £12.00
                    |           | Total      | =SUM(D4:D5) -> £573.44

         Source: the ledger of the council",
    );
    assert_eq!(found, ["A3:D6 2 rows, total 6: Date paid date, Reference text, Project text, Amount amount"]);
}

#[test]
fn a_table_of_texts_alone() {
    let found = seen("Organisation | Sector\nPolice | Public\nMIND | Charity\nCouncil | Public");
    assert_eq!(found, ["A1:B4 3 rows: Organisation text, Sector text"]);
}

#[test]
fn tables_side_by_side() {
    let found = seen(
        "Ward | Crimes |  | Ward | Calls
         North | 12 |  | North | 5
         South | 13 |  | South | 6
               |    |  | East  | 7",
    );
    assert_eq!(found, ["A1:B3 2 rows: Ward text, Crimes whole number", "D1:E4 3 rows: Ward text, Calls whole number"]);
}

#[test]
fn tables_below_each_other() {
    let found = seen(
        "Ward | Crimes
         North | 12
         South | 13
         Total | =SUM(B2:B3) -> 25
         Ward | Calls
         North | 5
         South | 6

         Meetings
         Day | Chair
         2022-04-15 | Officer
         2022-05-15 | Officer",
    );
    assert_eq!(
        found,
        [
            "A1:B4 2 rows, total 4: Ward text, Crimes whole number",
            "A5:B7 2 rows: Ward text, Calls whole number",
            "A10:B12 2 rows: Day date, Chair text",
        ]
    );
}

#[test]
fn texts_in_two_tables_below_each_other_are_parted_by_a_title() {
    let found =
        seen("Name | Sector\nPolice | Public\nMIND | Charity\n\nOfficers\nRole | Team\nLead | North\nAnalyst | South");
    assert_eq!(found, ["A1:B3 2 rows: Name text, Sector text", "A6:B8 2 rows: Role text, Team text"]);
}

#[test]
fn gaps_between_rows_and_rows_with_one_cell() {
    let found = seen(
        "Ref | Project | Amount
         A-1 | Dawn    | £5.00

         Prevention
         A-2 | Dusk    | £6.00
         A-3 | Noon    | £7.00
         Prepared by the finance team",
    );
    assert_eq!(found, ["A1:C6 4 rows: Ref text, Project text, Amount amount"]);
}

#[test]
fn a_column_without_values_between() {
    let found = seen(
        "Ref | Project |  | Amount
         A-1 | Dawn |  | £5.00
         A-2 | Dusk |  | £6.00",
    );
    assert_eq!(found, ["A1:D3 2 rows: Ref text, Project text, Amount amount"]);
}

#[test]
fn years_and_days_over_columns() {
    let found = seen("Measure | Area | 2021 | 2022\nCrimes | North | 5 | 6\nCalls | North | 7 | 8");
    assert_eq!(found, ["A1:D3 2 rows: Measure text, Area text, 2021 whole number, 2022 whole number"]);
}

#[test]
fn what_columns_hold() {
    let found = seen(
        r#"Paid | Typed | Count | Rate | Share | Agreed | Odd | Nothing
         2022-04-15 | "15/04/2022" | 1 | 1.5 | 12% | Yes | 1 |
         2022-04-16 | "16/04/2022" | 2 | 2   | 13% | No  | North |
         2022-04-17 | "31/02/2022" | 3 | 3   | 14% | No  | 2022-04-15 |"#,
    );
    assert_eq!(
        found,
        ["A1:H4 3 rows: Paid date, Typed date as text, Count whole number, Rate number, Share percentage, \
          Agreed yes or no, Odd mixed, Nothing empty"]
    );
}

#[test]
fn a_form_above_a_table() {
    let found = seen(
        "Organisation | Council
         Prepared by | Officer
         Date | Reference | Amount
         2022-04-15 | INV-1 | £5.00
         2022-04-16 | INV-2 | £6.00",
    );
    assert_eq!(found, ["A3:C5 2 rows: Date date, Reference text, Amount amount"]);
}

#[test]
fn a_total_in_parts() {
    let found = seen(
        "Budget | Amount
         Rent | £5.00
         Total premises | £5.00
         Pay | £6.00
         Grand total | £11.00
         After the total | £1.00",
    );
    assert_eq!(found, ["A1:B5 3 rows, total 5: Budget text, Amount amount"]);
}

#[test]
fn what_is_no_table() {
    for (what, text) in [
        ("a note beside figures", "Spend | see the ledger\n12\n13\n14"),
        ("one heading", "Amount\n12\n13\n14"),
        ("one row below the headings", "Ward | Crimes\nNorth | 12"),
        ("figures without headings", "1 | 2\n3 | 4\n5 | 6"),
        (
            "labels with their values",
            "Year | 2022-23\nMonth | 2022-04\nStatus | Final\nPrepared | 2022-05-03\nNumber | 12",
        ),
        ("sentences", "This is a note.\nIt has a second line.\nAnd a third."),
        ("headings apart", "Ward |  |  | Crimes\nNorth |  |  | 12\nSouth |  |  | 13"),
        ("nothing", "x"),
    ] {
        assert_eq!(seen(text), [""; 0], "{what}");
    }
}

/// One pass over the cells: a sheet on which every row could begin twenty tables takes no more time for it.
#[test]
fn many_cells_take_no_more_time_than_they_are_many() {
    let text = |text: &str| GridCell { raw: RawValue::Text(text.into()), ..GridCell::default() };
    let grid_of = |rows: u32| {
        let places = (0..rows).flat_map(|row| (0..60).filter(|column| column % 3 < 2).map(move |column| (row, column)));
        let cells = places
            .map(|(row, column)| (Position::new(row, column), text(if column % 3 == 0 { "Ward" } else { "Sum" })));
        Grid::new(cells.collect()).unwrap()
    };
    let time = |rows: u32| {
        let grid = grid_of(rows);
        let begins = Instant::now();
        assert_eq!(likely_tables(&grid).len(), 20);
        begins.elapsed().as_secs_f64()
    };
    // Ten times as many cells; a machine that is busy may need twice as long in between.
    let (few, many) = (time(1_000), time(10_000));
    assert!(many < few * 40.0 + 0.5, "{few} s for 40,000 cells, {many} s for 400,000");
}
