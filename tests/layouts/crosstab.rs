//! Crosstabs: values of one kind in a grid.

mod judged;
mod sums;

use crate::{findings, read_by, shown, the_table};
use crosscast::model::{Converted, Money, Origin, StatedSum, SumOf, Table, Value, WhyAbsent, Workbook};

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

/// The same without a column of totals.
pub(super) fn months_alone() -> String {
    MONTHS.replace(", totals: {match: Total}", "")
}

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
    assert_eq!(the_codes(&findings(&tables, text)), ["unknown-heading G1"]);
}

/// The codes and cells of findings.
fn the_codes(findings: &[String]) -> Vec<&str> {
    findings.iter().map(|finding| finding.split(": ").next().unwrap_or_default()).collect()
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

/// Survey: hidden rows or columns (23). A hidden month is read, and reported with what it holds.
#[test]
fn a_hidden_month_and_a_hidden_row() {
    let schema = months_alone();
    let tables = [("budget", "Budget", schema.as_str())];
    let text = "# Budget
        @hide column C
        @hide row 3
        Service | 2022-04 | 2022-05 | 2022-06
        Roads   | £1.00   | £2.00   | £3.00
        Parks   | £4.00   | £5.00   | £6.00
        Baths   | £7.00   | £8.00   | £9.00";
    let found = findings(&tables, text);
    assert_eq!(
        found,
        [
            "hidden-columns C1:C4: Column C (“May 2022”) is hidden; the amount in it comes to £15.00.",
            "hidden-rows A3:D3: Row 3 is hidden; the amount in it comes to £15.00.",
        ]
    );
    assert_eq!(the_table(&read_by(&tables, text), "budget").rows.len(), 9);
}

/// Near miss: a hidden month that holds nothing, and a hidden column of notes.
#[test]
fn hidden_columns_without_values_are_no_findings() {
    let text = "# Budget
        @hide column D
        Service | 2022-04 | 2022-05 | 2022-06
        Roads   | £1.00   | £2.00   |
        Parks   | £4.00   | £5.00   |";
    assert_eq!(findings(&[("budget", "Budget", &months_alone())], text), Vec::<String>::new());
    // Near miss: the pack says that there is a total.
    assert_eq!(
        findings(&[("budget", "Budget", MONTHS)], text),
        ["expected-sum-missing : This table has no column of totals: no heading is like “Total”."]
    );
}

/// A cell that is no amount is named by itself, and neighbours with one fault as one range.
#[test]
fn cells_of_another_type() {
    let found = findings(
        &[("budget", "Budget", MONTHS)],
        "# Budget
        Service | 2022-04 | 2022-05 | 2022-06
        Roads   | £1.00   | late    | £3.00
        Parks   | soon    | soon    | £6.00
        Baths   | £7.00   | £8.00   | £9.00",
    );
    let amounts: Vec<&str> = the_codes(&found).into_iter().filter(|code| code.starts_with("not-an-amount")).collect();
    assert_eq!(amounts, ["not-an-amount C2", "not-an-amount B3:C3"]);
}

/// Survey: other categories across (20). A fault of a heading is told once, however many rows have it.
#[test]
fn other_categories_across() {
    let bands = "
fields:
  - {name: ward, title: Ward, type: string, constraints: {enum: [North, South]}}
  - {name: band, title: Band, type: string, constraints: {enum: [A, B, C]}}
  - {name: dwellings, title: Dwellings, type: integer, constraints: {required: true, minimum: 0}}
primaryKey: [ward, band]
crosscast:
  layout: crosstab
  across: {from: Band A, into: [band], value: dwellings}
";
    let text = "# Bands
        Ward  | Band A | Band B | Band C
        North | 10     | 20     | 30
        Suoth | 1      |        | 3";
    let tables = [("bands", "Bands", bands)];
    let table = the_table(&read_by(&tables, text), "bands");
    assert_eq!(table.rows.len(), 6, "where a value is required, an empty cell is a record");
    assert_eq!(values(&table, 2)[4], Value::Null);
    let found = findings(&tables, text);
    assert_eq!(
        the_codes(&found),
        ["not-in-list B1", "not-in-list C1", "not-in-list D1", "not-in-list A3", "required-value C3"]
    );
}

/// Near miss: the same with values that may be missing, and headings that the field allows.
#[test]
fn an_empty_cell_is_no_record() {
    let bands = "
fields:
  - {name: ward, title: Ward, type: string}
  - {name: band, title: Band, type: string, constraints: {enum: [Band A, Band B]}}
  - {name: dwellings, title: Dwellings, type: integer}
crosscast:
  layout: crosstab
  across: {from: Band A, into: [band], value: dwellings}
";
    let text = "# Bands
        Ward  | Band A | Band B
        North | 10     |
        South |        | 3";
    let tables = [("bands", "Bands", bands)];
    assert_eq!(shown(&the_table(&read_by(&tables, text), "bands")).len(), 2);
    assert_eq!(findings(&tables, text), Vec::<String>::new());
    let kept = bands.replace("value: dwellings}", "value: dwellings, keep_empty: true}");
    assert_eq!(the_table(&read_by(&[("bands", "Bands", &kept)], text), "bands").rows.len(), 4);
}

/// Survey: unit in its own row (19): the row below the headings holds no record.
#[test]
fn units_in_a_row_of_their_own() {
    let schema = months_alone().replace("layout: crosstab", "layout: crosstab\n  headings: {skip_rows: 1}");
    let text = "# Budget
        Service | 2022-04 | 2022-05 | 2022-06
                | pounds  | pounds  | pounds
        Roads   | £1.00   | £2.00   | £3.00";
    let tables = [("budget", "Budget", schema.as_str())];
    let table = the_table(&read_by(&tables, text), "budget");
    assert_eq!(table.rows.iter().map(|row| row.cells[3].position.to_string()).collect::<Vec<_>>(), ["B3", "C3", "D3"]);
    assert_eq!(findings(&tables, text), Vec::<String>::new());
    // Near miss: without the word, the units are values that are no amounts.
    let found = findings(&[("budget", "Budget", MONTHS)], text);
    assert!(found.iter().any(|finding| finding.starts_with("not-an-amount B2:D2")), "{found:?}");
}

/// Survey: spacer columns inside (12). One that holds a value has a finding: nothing was read of it.
#[test]
fn a_spacer_with_a_value_is_reported() {
    let found = findings(
        &[("budget", "Budget", &months_alone())],
        "# Budget
        Service | 2022-04 | | 2022-05 | 2022-06
        Roads   | £1.00   | | £2.00   | £3.00
        Parks   | £1.00   | £5.00 | £2.00 | £3.00",
    );
    assert_eq!(the_codes(&found), ["blank-heading C1"]);
}

/// Headings that stand twice are not guessed between.
#[test]
fn two_crosstabs_on_a_sheet() {
    let text = "# Staff
        Team   | 2020-21 | 2021-22
        Adults | 10      | 11

        Team   | 2020-21 | 2021-22
        Adults | 7       | 8";
    let read = read_by(&[("headcount", "Staff", YEARS)], text);
    let WhyAbsent::Ambiguous(ambiguity) = absent(&read) else { panic!("{:?}", read.absent) };
    assert_eq!(ambiguity.what, "the headings of Headcount");
    let candidates: Vec<String> = ambiguity.candidates.iter().map(|one| one.position.to_string()).collect();
    assert_eq!((candidates.join(" "), ambiguity.add.as_str()), ("A1 A4".to_owned(), "locate: {nth: 1}"));
    // With the key that the message names, the second is read.
    let second = YEARS.replace("layout: crosstab", "layout: crosstab\n  locate: {nth: 2}");
    let table = the_table(&read_by(&[("headcount", "Staff", &second)], text), "headcount");
    assert_eq!(shown(&table)[0], ["A5 Adults", "B4 2020-21", "B5 7"]);
}

/// Services under their directorates, with a subtotal for each.
const SECTIONS: &str = "
fields:
  - {name: directorate, title: Directorate, type: string}
  - {name: service, title: Service, type: string}
  - {name: month, title: Month, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
primaryKey: [service, month]
crosscast:
  title: Budget
  layout: crosstab
  across: {from: April, into: [month], value: amount, totals: {match: Year}}
  rows:
    sections: [{field: directorate}]
    subtotals: {match: '.* total'}
";

/// Survey: section rows (22), subtotal rows (21) and totals at the foot (26) hold in a crosstab as in rows.
#[test]
fn sections_and_subtotals_in_a_crosstab() {
    let tables = [("budget", "Budget", SECTIONS)];
    let text = "# Budget
        Service      | April  | May    | Year
        Adults       |
        Home care    | £1.00  | £2.00  | £3.00
        Day care     | £3.00  | £4.00  | £7.00
        Adults total | £4.00  | £6.00  | £10.00
        Roads        |
        Repairs      | £5.00  | £6.00  | £11.00
        Roads total  | £5.00  | £6.00  | £11.00
        Total        | £9.00  | £12.00 | £21.00";
    let table = the_table(&read_by(&tables, text), "budget");
    assert_eq!(
        shown(&table),
        [
            ["A2 Adults", "A3 Home care", "B1 April", "B3 1"],
            ["A2 Adults", "A3 Home care", "C1 May", "C3 2"],
            ["A2 Adults", "A4 Day care", "B1 April", "B4 3"],
            ["A2 Adults", "A4 Day care", "C1 May", "C4 4"],
            ["A6 Roads", "A7 Repairs", "B1 April", "B7 5"],
            ["A6 Roads", "A7 Repairs", "C1 May", "C7 6"],
        ]
    );
    assert_eq!(
        stated(&table),
        [
            "across Year D3: B3 C3",
            "across Year D4: B4 C4",
            "across Year D7: B7 C7",
            "part Adults total B5: B3 B4",
            "part Adults total C5: C3 C4",
            "part Adults total D5: B3 C3 B4 C4",
            "part Roads total B8: B7",
            "part Roads total C8: C7",
            "part Roads total D8: B7 C7",
            "all Total B9: B3 B4 B7",
            "all Total C9: C3 C4 C7",
            "all Total D9: B3 C3 B4 C4 B7 C7",
        ]
    );
    assert_eq!(findings(&tables, text), Vec::<String>::new());
}

/// Survey: side by side (14): the same headings twice in one row are not guessed between.
#[test]
fn crosstabs_beside_each_other() {
    let text = "# Staff
        Team   | 2020-21 | 2021-22 | | Team   | 2020-21 | 2021-22
        Adults | 10      | 11      | | Family | 7       | 8";
    let read = read_by(&[("headcount", "Staff", YEARS)], text);
    let WhyAbsent::Ambiguous(ambiguity) = absent(&read) else { panic!("{:?}", read.absent) };
    let candidates: Vec<String> = ambiguity.candidates.iter().map(|one| one.position.to_string()).collect();
    assert_eq!((candidates.join(" "), ambiguity.add.as_str()), ("A1 E1".to_owned(), "locate: {nth: 1}"));
    let second = YEARS.replace("layout: crosstab", "layout: crosstab\n  locate: {nth: 2}");
    let table = the_table(&read_by(&[("headcount", "Staff", &second)], text), "headcount");
    assert_eq!(shown(&table), [["E2 Family", "F1 2020-21", "F2 7"], ["E2 Family", "G1 2021-22", "G2 8"]]);
}

/// A key that two columns could be is not guessed, where headings stand on several rows.
#[test]
fn a_key_that_two_columns_could_be() {
    let text = "# Monitor
        Adults  | Roads   | Actual |
        Service | Service | April  | May
        Care    | Repairs | £1.00  | £2.00";
    let table = the_table(&read_by(&[("monitor", "Monitor", TWO_ROWS)], text), "monitor");
    assert_eq!(table.columns[0], None);
    let [(0, ambiguity)] = table.ambiguous.as_slice() else { panic!("{:?}", table.ambiguous) };
    assert_eq!((ambiguity.what.as_str(), ambiguity.add.as_str()), ("the heading Service", "path: [Adults, Service]"));
    assert_eq!(table.rows.len(), 2);
}
