//! What is said of cells that many records of a crosstab carry: once, at their own place.

use super::{YEARS, months_alone};
use crate::{read_by, the_table};
use crosscast::checks::{Context, check_workbook, mask_found};
use crosscast::model::Value;

/// Personal data in a heading that goes across is one finding, and is masked in every record that carries it.
#[test]
fn personal_data_in_a_heading_is_masked_in_every_record() {
    let schema = YEARS.replace("20\\d\\d(-\\d\\d)?", "Desk.*");
    let tables = [("headcount", "Staff", schema.as_str())];
    let mut workbook = read_by(
        &tables,
        "# Staff
        Team   | Desk 1 | Desk ann.other@example.org
        Adults | 10     | 11
        Family | 5      | 6",
    );
    let pack = crate::support::pack(&tables);
    let outcome = check_workbook(&workbook, &Context { pack: &pack, year: &pack.partnership.years[0], month: None });
    let found: Vec<String> =
        outcome.findings.iter().map(|one| format!("{} {}", one.code, one.place.in_workbook())).collect();
    assert_eq!(found, ["personal-data Staff!C1"]);
    mask_found(&mut workbook, &outcome, &pack);
    let table = the_table(&workbook, "headcount");
    for row in &table.rows {
        let (raw, value) = (row.cells[1].raw.shown(), format!("{:?}", row.cells[1].value));
        assert!(!raw.contains("ann") && !value.contains("ann"), "{raw} {value}");
    }
    assert_eq!(table.rows[2].cells[1].value, Value::Text("Desk 1".into()));
}

/// What the pack sets for a field holds for its cells, wherever they lie.
#[test]
fn weights_of_fields() {
    let text = "# Bands
        Ward  | Band A | Band B
        North | -1     | 20
        South | 1      | -3";
    let schema = |options: &str| {
        format!(
            "
fields:
  - {{name: ward, title: Ward, type: string}}
  - {{name: band, title: Band, type: string, constraints: {{enum: [Band A]}}, crosscast: {{{options}}}}}
  - {{name: dwellings, title: Dwellings, type: integer, constraints: {{minimum: 0}}, crosscast: {{checks: {{too-small: {{severity: warning}}}}}}}}
crosscast:
  layout: crosstab
  across: {{from: Band A, into: [band], value: dwellings}}
"
        )
    };
    let severities = |options: &str| {
        let schema = schema(options);
        let tables = [("bands", "Bands", schema.as_str())];
        let pack = crate::support::pack(&tables);
        let workbook = read_by(&tables, text);
        let outcome =
            check_workbook(&workbook, &Context { pack: &pack, year: &pack.partnership.years[0], month: None });
        let line =
            |one: &crosscast::model::Finding| format!("{} {} {}", one.severity, one.code, one.place.in_workbook());
        outcome.findings.iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        severities(""),
        ["error not-in-list Bands!C1", "warning too-small Bands!B2", "warning too-small Bands!C3"]
    );
    assert_eq!(
        severities("checks: {not-in-list: {off: true}}"),
        ["warning too-small Bands!B2", "warning too-small Bands!C3"]
    );
}

/// A heading that is no month is one cell that could not be read, however many records carry it.
#[test]
fn a_heading_that_is_no_month() {
    let schema = months_alone().replace("type: yearmonth", "type: yearmonth, crosscast: {window: year}");
    let tables = [("budget", "Budget", schema.as_str())];
    let workbook = read_by(
        &tables,
        "# Budget
        Service | 2022-04 | Later | 2022-06
        Roads   | £1.00   | £2.00 | £3.00
        Parks   | £4.00   | £5.00 | £6.00",
    );
    let pack = crate::support::pack(&tables);
    let outcome = check_workbook(&workbook, &Context { pack: &pack, year: &pack.partnership.years[0], month: None });
    let found: Vec<String> =
        outcome.findings.iter().map(|one| format!("{} {}", one.code, one.place.in_workbook())).collect();
    assert_eq!(found, ["not-a-month Budget!C1"]);
    let not_run: Vec<String> = outcome.not_run.iter().map(|one| format!("{}: {}", one.check, one.why)).collect();
    assert_eq!(not_run, ["date-outside-year: Budget!C1 could not be read (2022-04 April.xlsx)."]);
}
