//! What texts mean that stand for no value: a column beside the field's, and who may read it.

use crosscast::model::{Scalar, StoredRows};
use crosscast::schema::Pack;
use crosscast::store::Store;

use crate::store;
use crate::support::pack::{pack_of, partnership};

const SPEND: &str = "
fields:
  - {name: project, title: Project, type: string}
  - {name: payee, title: Payee, type: string, crosscast: {publish: false, shorthand: {\"[x]\": withheld by the payee}}}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP, shorthand: {'-': 0, NIL: 0}}}
  - name: people
    title: People
    type: integer
    crosscast: {suppress_below: 5, shorthand: {\"[c]\": fewer than five people}}
  - {name: visits, title: Visits, type: integer}
crosscast: {shorthand: {'..': not available}}
";

const APRIL: &str = "# Spend
Project | Payee | Amount | People | Visits
Dawn | [x] | - | [c] | 3
Hilltop | Acme Ltd | .. | 7 | ..
Total | | nil | 7 | 3
";

fn pack() -> Pack {
    let workbooks = "  - name: return
    files: '(?P<month>\\d{4}-\\d{2}) return'
    frequency: monthly
    tables: [{table: spend, sheet: Spend}]
";
    pack_of(&[("tables/spend.yaml", SPEND), ("partnership.yaml", &partnership(workbooks))])
}

fn filled() -> Store {
    store(&pack(), &[("2022-04 return.xlsx", APRIL)])
}

/// The rows that a query gives, each with ` | ` between its values.
fn rows(store: &Store, query: &str) -> Vec<String> {
    let shown = |value: &Scalar| match value {
        Scalar::Null => "NULL".to_owned(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::Real(number) => number.to_string(),
        Scalar::Text(text) => text.clone(),
    };
    let answer = store.query(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    answer.rows.iter().map(|row| row.iter().map(shown).collect::<Vec<_>>().join(" | ")).collect()
}

#[test]
fn what_a_text_means_stands_beside_the_value_that_is_not_there() {
    let store = filled();
    assert_eq!(
        rows(&store, "SELECT project, amount, amount_shorthand, people, people_shorthand FROM spend"),
        ["Dawn | 0 | NULL | NULL | fewer than five people", "Hilltop | NULL | not available | 7 | NULL"]
    );
    // The table's shorthand is that of its numbers, not of its texts; the columns follow those of the fields.
    assert_eq!(
        store.query("SELECT * FROM spend").unwrap().columns[4..],
        [
            "project",
            "payee",
            "amount",
            "people",
            "visits",
            "payee_shorthand",
            "amount_shorthand",
            "people_shorthand",
            "visits_shorthand"
        ]
    );
    assert_eq!(rows(&store, "SELECT value FROM stated_total WHERE field = 'amount'"), ["0"]);
    assert!(store.query("SELECT project_shorthand FROM spend").is_err());
}

#[test]
fn reading_what_a_text_means_is_reading_its_cell() {
    let store = filled();
    let places = store.origins("SELECT amount_shorthand FROM spend").unwrap();
    let cells: Vec<String> = places.iter().map(|place| place.in_workbook()).collect();
    assert_eq!(cells, ["Spend!C2:C3"]);
}

/// A text such as `[c]` says that a count is small, or that a payee wanted no name: it is kept back with its field.
#[test]
fn what_a_text_means_is_as_public_as_its_field() {
    let mut store = filled();
    store.open_to_public().unwrap();
    assert_eq!(
        rows(&store, "SELECT amount_shorthand, visits_shorthand FROM spend"),
        ["NULL | NULL", "not available | not available"]
    );
    for (field, query) in [
        ("payee", "SELECT payee_shorthand FROM spend"),
        ("people", "SELECT people_shorthand FROM spend"),
        ("people", "SELECT count(*) FROM spend WHERE people_shorthand IS NOT NULL"),
        ("people", "SELECT s.\"PEOPLE_shorthand\" AS amount FROM spend s"),
    ] {
        let refused = store.query(query).expect_err(query).message;
        let expected = format!(
            "{field}_shorthand of the table spend is not for publication, since not all values of {field} are (see \
             tables/spend.yaml)"
        );
        assert_eq!(refused, expected, "{query}");
    }
    // SQLite does not ask about the columns of USING; the view has nothing there.
    let using = "SELECT count(*) FROM (SELECT 'fewer than five people' AS people_shorthand) v JOIN spend \
                 USING (people_shorthand)";
    assert!(store.query(using).map_or(true, |answer| answer.rows == [[Scalar::Integer(0)]]));
    store.open_to_officers().unwrap();
    assert_eq!(rows(&store, "SELECT payee_shorthand FROM spend LIMIT 1"), ["withheld by the payee"]);
}
