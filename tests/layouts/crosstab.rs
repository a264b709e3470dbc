//! Crosstabs: values of one kind in a grid.

use crate::{findings, read_by, shown, the_table};
use crosscast::model::{Area, Converted, Money, Origin, StatedSum, SumOf, Table, Value, WhyAbsent, Workbook};

/// Headcount by team, with years across.
const YEARS: &str = "
fields:
  - {name: team, title: Team, type: string, constraints: {required: true}}
  - {name: year, title: Year, type: string}
  - {name: people, title: People, type: integer}
primaryKey: [team, year]
crosscast:
  title: Headcount
  layout: crosstab
  across: {from: '20\\d\\d(-\\d\\d)?', into: [year], value: people}
";

fn absent(workbook: &Workbook) -> &WhyAbsent {
    assert!(workbook.tables.is_empty(), "{:?}", workbook.tables);
    &workbook.absent[0].why
}

/// The values of a field.
fn values(table: &Table, field: usize) -> Vec<Value> {
    table.rows.iter().map(|row| row.cells[field].value.clone()).collect()
}

/// The stated sums, each as `of label cell: cells that it adds`.
fn stated(table: &Table) -> Vec<String> {
    let of = |sum: &StatedSum| match sum.of {
        SumOf::Part => "part",
        SumOf::All => "all",
        SumOf::Across => "across",
    };
    let added = |sum: &StatedSum| {
        let cells = sum.rows.iter().map(|row| table.rows[*row].cells[sum.field].position.to_string());
        cells.collect::<Vec<_>>().join(" ")
    };
    let sums = table.stated.iter();
    sums.map(|sum| format!("{} {} {}: {}", of(sum), sum.label, sum.cell.position, added(sum))).collect()
}

/// Survey: years, quarters or halves across (22).
#[test]
fn years_across() {
    let tables = [("headcount", "Staff", YEARS)];
    let text = "# Staff
        Headcount by team

        Team   | 2020-21 | 2021-22 | 2022-23
        Adults | 10      | 11      | 12
        Family |         | 5       | 6";
    let table = the_table(&read_by(&tables, text), "headcount");
    assert_eq!(
        shown(&table),
        [
            ["A4 Adults", "B3 2020-21", "B4 10"],
            ["A4 Adults", "C3 2021-22", "C4 11"],
            ["A4 Adults", "D3 2022-23", "D4 12"],
            ["A5 Family", "C3 2021-22", "C5 5"],
            ["A5 Family", "D3 2022-23", "D5 6"],
        ]
    );
    assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 3, 3, 4, 4]);
    let origins: Vec<Origin> = table.columns.iter().flatten().map(|column| column.origin).collect();
    assert_eq!(origins, [Origin::Heading, Origin::Across, Origin::Crosstab]);
    assert_eq!(values(&table, 2)[0], Value::Integer(10));
    assert!(findings(&tables, text).is_empty(), "{:?}", findings(&tables, text));
}

/// Near miss: nothing that goes across is there, and the pack's heading does not name it.
#[test]
fn years_under_another_name_are_not_guessed() {
    let read = read_by(
        &[("headcount", "Staff", YEARS)],
        "# Staff
        Team   | This year | Last year
        Adults | 10        | 11",
    );
    assert_eq!(*absent(&read), WhyAbsent::NoHeadings(vec!["Team".into(), "20\\d\\d(-\\d\\d)?".into()]));
}

/// Budget by service, with months across that are dates.
const MONTHS: &str = "
fields:
  - {name: service, title: Service, type: string}
  - {name: manager, title: Manager, type: string, crosscast: {optional: true}}
  - {name: month, title: Month, type: yearmonth}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
primaryKey: [service, month]
crosscast:
  title: Budget
  layout: crosstab
  across: {from: April 2022, to: June 2022, into: [month], value: amount, totals: {match: Total}, skip_columns: [Variance]}
";

/// Survey: headings that are dates; a total column (18), a total at the foot (26).
#[test]
fn months_with_a_total_column_and_a_total_row() {
    let tables = [("budget", "Budget", MONTHS)];
    let text = "# Budget
        Service | 2022-04 | 2022-05 | 2022-06 | Total | Variance | Notes
        Roads   | £1.00   | £2.00   | £3.00   | £6.00 | £9.00    | late
        Parks   | £4.00   |         | £5.00   | £9.00 | £9.00    |
        Total   | £5.00   | £2.00   | £8.00   | £15.00 |";
    let table = the_table(&read_by(&tables, text), "budget");
    assert_eq!(
        shown(&table),
        [
            ["A2 Roads", "A2", "B1 01/04/2022", "B2 1"],
            ["A2 Roads", "A2", "C1 01/05/2022", "C2 2"],
            ["A2 Roads", "A2", "D1 01/06/2022", "D2 3"],
            ["A3 Parks", "A3", "B1 01/04/2022", "B3 4"],
            ["A3 Parks", "A3", "D1 01/06/2022", "D3 5"],
        ]
    );
    assert_eq!(values(&table, 2)[1], Value::Month("2022-05".parse().unwrap()));
    assert_eq!(table.rows[1].cells[2].converted, None::<Converted>);
    assert_eq!(values(&table, 3)[1], Value::Money(Money::from_pence(200)));
    assert_eq!(
        stated(&table),
        [
            "across Total E2: B2 C2 D2",
            "across Total E3: B3 D3",
            "all Total B4: B2 B3",
            "all Total C4: C2",
            "all Total D4: D2 D3",
            "all Total E4: B2 C2 D2 B3 D3",
        ]
    );
    assert_eq!(table.total, None);
    let unknown: Vec<_> = table.unknown_headings.iter().map(|heading| heading.position.to_string()).collect();
    assert_eq!(unknown, ["G1"], "a variance is passed over, notes behind the last month are not known");
    assert_eq!(the_unknown(&findings(&tables, text)), ["unknown-column G1"]);
}

/// The codes and cells of findings.
fn the_unknown(findings: &[String]) -> Vec<&str> {
    findings.iter().map(|finding| finding.split(':').next().unwrap_or_default()).collect()
}

/// Actual and forecast above the months.
const TWO_ROWS: &str = "
fields:
  - {name: service, title: Service, type: string}
  - {name: kind, title: Kind, type: string}
  - {name: month, title: Month, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
primaryKey: [service, kind, month]
crosscast:
  title: Monitor
  layout: crosstab
  headings: {rows: 2, fill: right}
  across: {from: Actual, into: [kind, month], value: amount, totals: {match: Total}}
";

/// Survey: headings on several rows (41), with Actual and Forecast above months; spacer columns inside (12).
#[test]
fn headings_on_two_rows_with_spacers() {
    let tables = [("monitor", "Monitor", TWO_ROWS)];
    let text = "# Monitor
        Budget monitor
        Service | Actual |       |       | | Forecast |       |       | Total
                | April  | May   | Total | | April    | May   | Total |
        Roads   | £1.00  | £2.00 | £3.00 | | £4.00    | £5.00 | £9.00 | £12.00";
    let table = the_table(&read_by(&tables, text), "monitor");
    assert_eq!(
        shown(&table),
        [
            ["A4 Roads", "B2 Actual", "B3 April", "B4 1"],
            ["A4 Roads", "B2 Actual", "C3 May", "C4 2"],
            ["A4 Roads", "F2 Forecast", "F3 April", "F4 4"],
            ["A4 Roads", "F2 Forecast", "G3 May", "G4 5"],
        ]
    );
    assert_eq!(stated(&table), ["across Total D4: B4 C4", "across Total H4: F4 G4", "across Total I4: B4 C4 F4 G4"]);
    let found = findings(&tables, text);
    assert!(found.is_empty(), "{found:?}");
}
