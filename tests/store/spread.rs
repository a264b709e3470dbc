//! Rows whose cells lie in many places: crosstabs, and values that stand in a sheet's name.

use crosscast::checks::check_keys;
use crosscast::model::{Scalar, StoredRows};
use crosscast::schema::Pack;
use crosscast::store::Store;

use crate::support::pack::{pack_of, partnership};
use crate::{store, value};

const BUDGET: &str = "
fields:
  - {name: directorate, title: Directorate, type: string}
  - {name: service, title: Service, type: string}
  - {name: manager, title: Manager, type: string}
  - {name: month, title: Month, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
primaryKey: [service, month]
crosscast:
  layout: crosstab
  across: {from: April, to: June, into: [month], value: amount, totals: {match: Total}}
";

/// The directorate is the sheet's name; a column that states a sum stands between the months.
const SHEET: &str = "# Budget Roads
Service | Manager | April | May | Total | June
Repairs | Ann     | £1.00 | £2.00 | £9.00 | £6.00

Signs   | Ben     | £3.00 |       | £7.00 | £4.00
";

fn pack() -> Pack {
    let budget = "{table: budget, sheet: {match: 'Budget (?P<directorate>.*)'}}";
    let workbooks = format!("  - {{name: monitor, files: '.*', tables: [{budget}]}}\n");
    pack_of(&[("partnership.yaml", &partnership(&workbooks)), ("tables/budget.yaml", BUDGET)])
}

fn stored() -> Store {
    store(&pack(), &[("monitor.xlsx", SHEET)])
}

/// Where a row leads back to.
fn place(store: &Store, row: &str, field: Option<&str>) -> String {
    let Scalar::Integer(id) = value(store, &format!("SELECT _row FROM budget WHERE {row}")) else { panic!("{row}") };
    store.place(id, field).unwrap_or_else(|| panic!("{row}, {field:?}")).in_workbook()
}

#[test]
fn the_cells_of_a_row_of_a_crosstab() {
    let store = stored();
    let row = "service = 'Signs' AND month = 'June'";
    for (field, expected) in [
        (Some("amount"), "Budget Roads!F4"),
        (Some("month"), "Budget Roads!F1"),
        (Some("service"), "Budget Roads!A4"),
        (Some("manager"), "Budget Roads!B4"),
        // What the sheet's name says stands in no cell.
        (Some("directorate"), "Budget Roads"),
        // A record is a value.
        (None, "Budget Roads!F4"),
    ] {
        assert_eq!(place(&store, row, field), expected, "{field:?}");
    }
    assert_eq!(place(&store, "amount = 200", None), "Budget Roads!D2");
    assert_eq!(value(&store, &format!("SELECT _line FROM budget WHERE {row}")), Scalar::Integer(4));
    assert_eq!(value(&store, "SELECT count(*) FROM budget WHERE directorate = 'Roads'"), Scalar::Integer(5));
    assert_eq!(value(&store, "SELECT sum(amount) FROM budget"), Scalar::Integer(1600));
    let Scalar::Integer(id) = value(&store, "SELECT max(_row) FROM budget") else { panic!("no row") };
    assert_eq!(store.place(id, Some("nothing")), None);
    assert_eq!(store.place(id + 1, None), None);
}

#[test]
fn the_cells_that_a_query_of_a_crosstab_may_read() {
    let store = stored();
    for (query, expected) in [
        // The values without the sums between them; the May of Signs is empty, and no record.
        ("SELECT sum(amount) FROM budget", &["C2:D2", "F2:F4", "C4"][..]),
        ("SELECT service FROM budget", &["A2:A4"]),
        ("SELECT service, manager FROM budget", &["A2:B4"]),
        ("SELECT month FROM budget", &["C1:D1", "F1"]),
        ("SELECT directorate FROM budget", &[]),
        ("SELECT count(*) FROM budget", &["C1:D1", "F1:F4", "A2:D2", "A4:C4"]),
    ] {
        let places = store.origins(query).unwrap();
        let cells: Vec<String> = places.iter().filter_map(|place| Some(place.area?.to_string())).collect();
        assert_eq!(cells, expected, "{query}");
    }
}

#[test]
fn a_row_that_is_there_twice_is_found_by_its_values() {
    let twice = format!("{SHEET}Repairs | Ann | £1.00 | £2.00 | £9.00 | £6.00\n");
    let outcome = check_keys(&store(&pack(), &[("monitor.xlsx", &twice)]), &pack()).unwrap();
    let found: Vec<String> = outcome
        .findings
        .iter()
        .map(|finding| format!("{} {}: {}", finding.code, finding.place.in_workbook(), finding.message))
        .collect();
    assert_eq!(
        found,
        [
            "repeated-key Budget Roads!C5:D5: 2 rows have the service and month of the rows of C2:D2.",
            "repeated-key Budget Roads!F5: The row of F2 already has the service “Repairs” and month “June”.",
        ]
    );
    // Near miss: the same service in each month is no repeat.
    assert!(check_keys(&stored(), &pack()).unwrap().findings.is_empty());
}
