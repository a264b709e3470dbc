//! What the public may read, and every way to what it may not.

use crosscast::model::{Format, Scalar, StoredRows};
use crosscast::schema::Pack;
use crosscast::store::Store;

use crate::support::pack::{pack_of, partnership};
use crate::{store, text, value};

const SPEND: &str = "
fields:
  - {name: project, title: Project, type: string}
  - {name: payee, title: Payee, type: string, crosscast: {publish: false}}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
  - {name: people, title: People, type: integer, crosscast: {suppress_below: 5}}
  - {name: points, title: Points, type: integer, crosscast: {publish: false}}
";

const MEASURES: &str = "
fields:
  - {name: measure_id, title: Measure ID, type: string, constraints: {enum: [DA-01, HO-02, HO-03, HO-04]}}
  - {name: value, title: Value, type: integer}
crosscast:
  over_time: {key: measure_id, value: value, default: sum, last: [HO-04], published_as_total: [HO-02, HO-03, HO-04]}
";

const VISITS: &str = "
fields:
  - {name: place, title: Place, type: string}
  - {name: visits, title: Visits, type: integer, crosscast: {suppress_below: 3}}
crosscast:
  over_time: {key: place, value: visits, default: sum}
";

fn pack() -> Pack {
    let workbooks = "  - name: return
    files: '(?P<month>\\d{4}-\\d{2}) return'
    frequency: monthly
    tables: [{table: spend, sheet: Spend}, {table: measures, sheet: Measures}, {table: visits, sheet: Visits}]
";
    pack_of(&[
        ("tables/measures.yaml", MEASURES),
        ("tables/spend.yaml", SPEND),
        ("tables/visits.yaml", VISITS),
        ("partnership.yaml", &partnership(workbooks)),
    ])
}

const APRIL: &str = "# Spend
Project | Payee | Amount | People | Points
Dawn | Acme Ltd | £10.00 | 4 | 7
Hate Crime | Smith & Co | £2.50 | 5 | 8
Dawn | Acme Ltd | £1.00 | 0 | 9
Total | | £13.50 | 9 | 24

# Measures
Measure ID | Value
DA-01 | 3
HO-02 | 2
HO-03 | 1
ho-02 | 6
HO-22 | 1
HO-04 | 8
Total | 21

# Visits
Place | Visits
Warndon | 1
Gorse Hill | 1
Total | 2
";

const MAY: &str = "# Measures
Measure ID | Value
DA-01 | 4
HO-02 | 15
HO-04 | 9

# Visits
Place | Visits
Warndon | 1
Gorse Hill | 4
";

fn public() -> Store {
    let mut store = store(&pack(), &[("2022-04 return.xlsx", APRIL), ("2022-05 return.xlsx", MAY)]);
    store.open_to_public().unwrap();
    store
}

fn refusal(store: &Store, query: &str) -> String {
    let refused = store.query(query).expect_err(query);
    assert_eq!(store.columns(query), Err(refused.clone()), "{query}");
    assert_eq!(store.origins(query), Err(refused.clone()), "{query}");
    refused.message
}

const PAYEE: &str = "payee of the table spend is not for publication (publish: false in tables/spend.yaml)";

#[test]
fn a_field_that_is_not_for_publication_cannot_be_reached() {
    let store = public();
    for (way, query) in [
        ("by its name", "SELECT payee FROM spend"),
        ("in capitals and quotes", "SELECT \"PAYEE\" FROM Spend"),
        ("by its table", "SELECT spend.payee FROM spend"),
        ("by an alias of its table", "SELECT s.payee FROM spend AS s"),
        ("with another name", "SELECT payee AS project FROM spend"),
        ("by all columns", "SELECT * FROM spend"),
        ("by all columns of one table", "SELECT s.* FROM period, spend s"),
        ("within an expression", "SELECT upper(coalesce(payee, '')) FROM spend"),
        ("in an aggregate", "SELECT count(DISTINCT payee) FROM spend"),
        ("in a condition", "SELECT amount FROM spend WHERE payee = 'Acme Ltd'"),
        ("in an order", "SELECT amount FROM spend ORDER BY payee"),
        ("in a group", "SELECT sum(amount) FROM spend GROUP BY payee"),
        ("in a condition of a group", "SELECT project FROM spend GROUP BY project HAVING max(payee) > 'A'"),
        ("in a window", "SELECT row_number() OVER (PARTITION BY payee) FROM spend"),
        ("in a join's condition", "SELECT s.amount FROM period p JOIN spend s ON s.payee = p.notice"),
        ("in a subquery", "SELECT amount FROM (SELECT * FROM spend)"),
        ("in a subquery as a value", "SELECT (SELECT max(payee) FROM spend)"),
        ("in EXISTS", "SELECT 1 WHERE EXISTS (SELECT 1 FROM spend WHERE payee LIKE 'A%')"),
        ("in IN", "SELECT 'Acme Ltd' IN (SELECT payee FROM spend)"),
        ("in a subquery that looks out", "SELECT (SELECT s.payee) FROM spend s"),
        ("in a common table", "WITH s AS (SELECT payee AS p FROM spend) SELECT p FROM s"),
        ("in a common table that is not read", "WITH s AS (SELECT payee AS p FROM spend) SELECT count(*) FROM s"),
        (
            "in a recursive one",
            "WITH RECURSIVE s(p) AS (SELECT payee FROM spend UNION SELECT p FROM s) SELECT p FROM s",
        ),
        ("in a compound", "SELECT project FROM spend UNION SELECT payee FROM spend"),
        ("in a row of values", "SELECT (project, payee) > ('a', 'b') FROM spend"),
    ] {
        assert_eq!(refusal(&store, query), PAYEE, "{way}");
    }
    let points = "points of the table spend is not for publication (publish: false in tables/spend.yaml)";
    assert_eq!(refusal(&store, "SELECT sum(points) FROM spend"), points);
    // The line is that of the name; `*` has none.
    let line = |query: &str| store.query(query).unwrap_err().line;
    assert_eq!(line("SELECT project,\n    s.Payee\nFROM spend s"), Some(2));
    assert_eq!(line("SELECT 'a payees'\nFROM spend\nWHERE payee = ''"), Some(3));
    assert_eq!(line("SELECT *\nFROM spend"), None);
}

/// SQLite does not ask whether these may read the field; the view has nothing there.
#[test]
fn a_join_by_a_field_that_is_not_for_publication_finds_nothing() {
    let mut store = public();
    let using = "SELECT count(*) FROM (SELECT 'Acme Ltd' AS payee) v JOIN spend USING (payee)";
    let natural = "SELECT count(*) FROM (SELECT 'Acme Ltd' AS payee) v NATURAL JOIN spend";
    for query in [using, natural] {
        assert!(!matches!(store.query(query), Ok(found) if found.rows != [[Scalar::Integer(0)]]), "{query}");
    }
    store.open_to_officers().unwrap();
    assert_eq!(value(&store, using), Scalar::Integer(2));
}

#[test]
fn the_tables_behind_the_views_cannot_be_reached() {
    let store = public();
    for query in [
        "SELECT payee FROM main.spend",
        "SELECT value FROM MAIN.measures",
        "SELECT value FROM \"main\".measures_to_date",
        "SELECT value FROM [main].\"measures\"",
        "SELECT message FROM `main` . finding",
        "SELECT value FROM 'main'.stated_total",
        "SELECT value FROM main/**/./**/measures",
        "SELECT value FROM main--\n.measures",
        // A common table of the same name looks like the view that may read the table.
        "WITH measures AS (SELECT value FROM main.measures) SELECT value FROM measures",
        "WITH spend AS (SELECT v.payee FROM (SELECT 'Acme Ltd' AS payee) v JOIN main.spend USING (payee)) SELECT 1 FROM spend",
        "SELECT count(*) FROM main.spend",
    ] {
        let refused = refusal(&store, query);
        assert!(refused.starts_with("the query names a table as main.TABLE; name it by itself"), "{query}: {refused}");
    }
    for query in [
        "SELECT * FROM sqlite_temp_master",
        "SELECT sql FROM temp.sqlite_master",
        "SELECT * FROM pragma_table_info('spend')",
        "DROP VIEW temp.spend",
        "CREATE TEMP VIEW more AS SELECT 1",
        "DELETE FROM spend",
        "PRAGMA query_only = OFF",
        "SELECT random()",
    ] {
        assert!(store.query(query).is_err(), "{query}");
    }
}

const KEPT_BACK: Scalar = Scalar::Real(f64::INFINITY);

#[test]
fn a_single_month_of_a_measure_that_is_published_as_a_total_is_never_shown() {
    let mut store = public();
    for (way, query) in [
        ("its value", "SELECT value FROM measures WHERE measure_id = 'HO-02' AND _month = '2022-05'"),
        ("a sum of one", "SELECT sum(value) FROM measures WHERE measure_id = 'HO-03'"),
        ("a sum of its months", "SELECT sum(value) FROM measures WHERE measure_id = 'HO-02'"),
        ("a sum with others", "SELECT sum(value) FROM measures"),
        ("a mean", "SELECT avg(value) FROM measures WHERE measure_id IN ('DA-01', 'HO-02')"),
        ("the greatest", "SELECT max(value) FROM measures"),
        ("the least", "SELECT min(value) FROM measures WHERE measure_id = 'HO-02'"),
        ("a half", "SELECT value / 2.0 FROM measures WHERE measure_id = 'HO-03'"),
        ("less one", "SELECT value - 1 FROM measures WHERE measure_id = 'HO-03'"),
        ("through a common table", "WITH m AS (SELECT * FROM measures) SELECT sum(value) FROM m"),
        ("through a subquery", "SELECT (SELECT value FROM measures WHERE measure_id = 'HO-03')"),
        ("in a window", "SELECT sum(value) OVER () FROM measures LIMIT 1"),
        ("by its row", "SELECT value FROM measures WHERE _row = 8"),
        ("a total to date of one month", "SELECT value FROM measures_to_date WHERE key = 'HO-03'"),
        ("a total to date that is the last month's", "SELECT value FROM measures_to_date WHERE key = 'HO-04'"),
        ("the total that its sheet states", "SELECT value FROM stated_total WHERE table_name = 'measures'"),
        ("its name in small letters", "SELECT value FROM measures WHERE measure_id = 'ho-02'"),
        ("its name misspelt", "SELECT value FROM measures WHERE measure_id = 'HO-22'"),
        ("its name misspelt, to date", "SELECT value FROM measures_to_date WHERE key = 'HO-22'"),
    ] {
        assert_eq!(value(&store, query), KEPT_BACK, "{way}");
    }
    assert_eq!(
        value(&store, "SELECT -value FROM measures WHERE measure_id = 'HO-03'"),
        Scalar::Real(f64::NEG_INFINITY)
    );
    // Neither may a condition tell it.
    for value_of_may in 0..20 {
        let query = format!("SELECT count(*) FROM measures WHERE measure_id = 'HO-02' AND value = {value_of_may}");
        assert_eq!(value(&store, &query), KEPT_BACK, "{query}");
    }
    for (near_miss, query, expected) in [
        ("the figure for the period", "SELECT value FROM measures_to_date WHERE key = 'HO-02'", Scalar::Integer(17)),
        (
            "which cells it is made of",
            "SELECT _cells FROM measures_to_date WHERE key = 'HO-02'",
            text("8:value 18:value"),
        ),
        (
            "another measure by month",
            "SELECT value FROM measures WHERE measure_id = 'DA-01' AND _month = '2022-05'",
            Scalar::Integer(4),
        ),
        ("another measure's sum", "SELECT sum(value) FROM measures WHERE measure_id = 'DA-01'", Scalar::Integer(7)),
        ("how many months", "SELECT count(value) FROM measures WHERE measure_id = 'HO-02'", Scalar::Integer(2)),
        ("the names", "SELECT count(DISTINCT measure_id) FROM measures", Scalar::Integer(6)),
    ] {
        assert_eq!(value(&store, query), expected, "{near_miss}");
    }
    store.open_to_officers().unwrap();
    assert_eq!(value(&store, "SELECT value FROM measures WHERE measure_id = 'HO-03'"), Scalar::Integer(1));
    assert_eq!(value(&store, "SELECT value FROM stated_total WHERE table_name = 'measures'"), Scalar::Integer(21));
}

#[test]
fn small_counts_are_kept_back() {
    let store = public();
    let people = store.query("SELECT people FROM spend ORDER BY _row").unwrap().rows;
    // 4 is below 5; 5 is not, and nothing is nothing.
    assert_eq!(people, [[KEPT_BACK], [Scalar::Integer(5)], [Scalar::Integer(0)]]);
    assert_eq!(Format::Integer.show(&people[0][0]).unwrap(), "[c]");
    for (query, expected) in [
        ("SELECT sum(people) FROM spend", KEPT_BACK),
        ("SELECT sum(people) FROM spend WHERE project = 'Hate Crime'", Scalar::Integer(5)),
        ("SELECT value FROM stated_total WHERE field = 'people'", KEPT_BACK),
        // Warndon has 1 and 1, Gorse Hill 1 and 4; what counts to date is the total.
        ("SELECT sum(visits) FROM visits WHERE place = 'Gorse Hill'", KEPT_BACK),
        ("SELECT value FROM visits_to_date WHERE key = 'Warndon'", KEPT_BACK),
        ("SELECT value FROM visits_to_date WHERE key = 'Gorse Hill'", Scalar::Integer(5)),
        ("SELECT shown(max(people), 'integer') FROM spend", text("[c]")),
        ("SELECT shown(sum(amount), 'money') FROM spend", text("£13.50")),
        ("SELECT shown(sum(amount), 'pounds') FROM spend", Scalar::Null),
        ("SELECT shown(NULL, 'integer')", Scalar::Null),
    ] {
        assert_eq!(value(&store, query), expected, "{query}");
    }
}

/// In May HO-02 is 15 and HO-04 is 9, which the public may not read; DA-01 is 4.
#[test]
fn what_depends_on_a_figure_that_is_kept_back_is_kept_back_too() {
    let store = public();
    let of_may = |what: &str, measure: &str| {
        value(&store, &format!("SELECT {what} FROM measures WHERE _month = '2022-05' AND measure_id = '{measure}'"))
    };
    for (what, of_another) in [
        ("1000.0 / value", Scalar::Real(250.0)),
        ("printf('%.0f%%', 100.0 / value)", text("25%")),
        ("CASE WHEN value > 17 THEN 'more' ELSE 'fewer' END", text("fewer")),
        ("value > 17", Scalar::Integer(0)),
        ("value = 15", Scalar::Integer(0)),
        ("value BETWEEN 10 AND 20", Scalar::Integer(0)),
        ("CASE value WHEN 15 THEN 'fifteen' END", Scalar::Null),
        ("CAST(value AS INTEGER)", Scalar::Integer(4)),
        ("CAST(value AS TEXT)", text("4")),
        ("value || ' victims'", text("4 victims")),
        ("printf('%d', value)", text("4")),
        ("value - value", Scalar::Integer(0)),
        ("min(value, 100)", Scalar::Integer(4)),
        ("value % 2", Scalar::Integer(0)),
        ("typeof(value / 3)", text("integer")),
        ("shown(100 / value, 'integer')", text("25")),
        ("shown(value, 'integer') || ' of ' || printf('%.1f', 100.0 / value)", text("4 of 25.0")),
    ] {
        assert_eq!(of_may(what, "HO-02"), KEPT_BACK, "{what}");
        assert_eq!(of_may(what, "DA-01"), of_another, "{what}");
    }
    for (near_miss, what, expected) in [
        ("the words about a mark stay", "'over ' || shown(value, 'integer')", text("over [c]")),
        ("two marks", "shown(value, 'integer') || ' and ' || shown(-value, 'integer')", text("[c] and [c]")),
        ("that a figure is there", "CASE WHEN value IS NULL THEN 'no' ELSE 'a' END || ' figure'", text("a figure")),
        ("another column", "measure_id", text("HO-02")),
        ("nothing reckoned with it", "CASE WHEN measure_id = 'HO-02' THEN 1 ELSE value END", Scalar::Integer(1)),
    ] {
        assert_eq!(of_may(what, "HO-02"), expected, "{near_miss}");
    }
    // Two of them held against each other: both are infinite.
    let greater = |one: &str, other: &str| {
        let of = |measure| format!("(SELECT sum(value) FROM measures WHERE measure_id = '{measure}')");
        value(&store, &format!("SELECT CASE WHEN {} > {} THEN 'more' ELSE 'fewer' END", of(one), of(other)))
    };
    assert_eq!(greater("HO-02", "HO-04"), KEPT_BACK);
    assert_eq!(greater("HO-04", "HO-02"), KEPT_BACK);
    assert_eq!(greater("DA-01", "DA-01"), text("fewer"));
    // The least of several is one of those that may be told, but not known to be the least.
    assert_eq!(value(&store, "SELECT min(value) FROM measures"), KEPT_BACK);
    assert_eq!(value(&store, "SELECT 100.0 / value FROM stated_total WHERE table_name = 'measures'"), KEPT_BACK);
    assert_eq!(value(&store, "SELECT 100.0 / value FROM measures_to_date WHERE key = 'HO-04'"), KEPT_BACK);
    assert_eq!(value(&store, "SELECT 170.0 / value FROM measures_to_date WHERE key = 'HO-02'"), Scalar::Real(10.0));
    // One cell of a row, and of a column.
    let rows = store.query("SELECT place, 12 / visits FROM visits ORDER BY _row").unwrap().rows;
    let rows_expected = [
        [text("Warndon"), KEPT_BACK],
        [text("Gorse Hill"), KEPT_BACK],
        [text("Warndon"), KEPT_BACK],
        [text("Gorse Hill"), Scalar::Integer(3)],
    ];
    assert_eq!(rows, rows_expected);
}

#[test]
fn a_condition_on_a_figure_that_is_kept_back_is_refused() {
    let store = public();
    for (way, query) in [
        ("a condition", "SELECT visits FROM visits WHERE visits < 100"),
        ("a condition of equality", "SELECT place FROM visits WHERE visits = 2"),
        ("a condition of a group", "SELECT place FROM visits GROUP BY place HAVING sum(visits) > 17"),
        ("a group", "SELECT count(*) FROM visits GROUP BY visits"),
        ("a join", "SELECT v.place FROM visits v JOIN measures m ON m.value = v.visits + 2"),
        ("the order", "SELECT place, visits FROM visits ORDER BY visits"),
        ("the rows that it is made of", "SELECT min(visits), _row FROM visits"),
        ("a note", "SELECT place, CASE WHEN visits < 3 THEN 'few' END AS _note FROM visits"),
        ("a number that is too great", "SELECT abs(CAST(value AS INTEGER)) FROM measures WHERE measure_id = 'HO-02'"),
    ] {
        let refused = store.query(query).expect_err(way);
        assert_eq!(
            refused.message,
            "a condition or the order of this query depends on a figure that is kept back; leave the figure out of them, \
             and out of columns whose names begin with _",
            "{way}"
        );
    }
    for (near_miss, query, rows) in [
        // A small count is 1 at the least.
        ("what each of them meets", "SELECT place FROM visits WHERE visits >= 1", 4),
        ("that it is there", "SELECT place FROM visits WHERE visits IS NOT NULL ORDER BY place", 4),
        ("rows in which none is kept back", "SELECT visits FROM visits WHERE visits > 3 AND _row = 21", 1),
        ("the order of others", "SELECT value FROM measures WHERE measure_id = 'DA-01' ORDER BY value DESC", 2),
    ] {
        let found = store.query(query).unwrap_or_else(|error| panic!("{near_miss}: {error}"));
        assert_eq!(found.rows.len(), rows, "{near_miss}: {found:?}");
    }
    // Officers may ask all of it.
    let mut store = store;
    store.open_to_officers().unwrap();
    assert_eq!(store.query("SELECT visits FROM visits WHERE visits < 3 ORDER BY visits").unwrap().rows.len(), 3);
}

#[test]
fn what_is_for_the_public_is_read_as_before() {
    let mut store = public();
    let queries = [
        "SELECT count(*) FROM spend",
        "SELECT sum(amount) FROM spend",
        "SELECT s.amount FROM spend s WHERE s.project = 'Hate Crime' AND EXISTS (SELECT 1 FROM spend)",
        "SELECT count(*) FROM spend a JOIN spend b USING (project)",
        "SELECT min(m._row) || m.measure_id FROM measures m JOIN measures_to_date d ON d.key = m.measure_id",
        "SELECT value FROM stated_total WHERE table_name = 'spend' AND field = 'amount'",
        "SELECT group_concat(months) FROM (SELECT months FROM measures_to_date ORDER BY key)",
        "SELECT group_concat(workbook || number) FROM workbook",
        "SELECT count(*) FROM source, month, period, allowed_value",
        "SELECT count(*) FROM finding, not_run WHERE public_message IS NULL AND explanation IS NULL AND why IS NULL",
        "WITH payee AS (SELECT 'payee' AS payee) SELECT payee FROM payee",
        "SELECT 'payee' FROM period",
    ];
    let answers = |store: &Store| queries.map(|query| value(store, query));
    let of_the_public = answers(&store);
    assert_eq!(of_the_public[..2], [Scalar::Integer(3), Scalar::Integer(1350)]);
    store.open_to_officers().unwrap();
    assert_eq!(answers(&store), of_the_public);
    assert_eq!(value(&store, "SELECT max(payee) FROM spend"), text("Smith & Co"));
    assert!(store.query("DROP VIEW measures_to_date").is_err());
    // And once more.
    store.open_to_public().unwrap();
    store.open_to_public().unwrap();
    assert_eq!(answers(&store), of_the_public);
    assert_eq!(refusal(&store, "SELECT payee FROM spend"), PAYEE);
}

#[test]
fn findings_do_not_quote() {
    let store = public();
    for column in ["message", "expected", "actual", "difference", "fix", "suggestions"] {
        assert_eq!(
            refusal(&store, &format!("SELECT {column} FROM finding")),
            format!(
                "{column} of the table finding can quote what is not for publication; public_message is what may be \
                 published"
            )
        );
    }
    assert!(store.query("SELECT * FROM finding").is_err());
    assert!(store.query("SELECT position, code, cell, public_message, explanation FROM finding").is_ok());
}

#[test]
fn totals_of_what_is_not_for_publication_are_left_out() {
    let store = public();
    let fields =
        "SELECT group_concat(field) FROM (SELECT field FROM stated_total WHERE table_name = 'spend' ORDER BY field)";
    assert_eq!(value(&store, fields), text("amount,people"));
}

#[test]
fn origins_are_those_of_the_tables_behind_the_views() {
    let mut store = public();
    let queries = [
        "SELECT people FROM spend",
        "SELECT amount, project FROM spend",
        "SELECT measure_id FROM measures",
        "SELECT value FROM measures_to_date",
        "SELECT value FROM visits_to_date",
        "SELECT count(*) FROM measures",
        "SELECT value FROM stated_total WHERE table_name = 'spend' AND field = 'amount'",
        "SELECT count(*) FROM finding",
    ];
    let places = |store: &Store| queries.map(|query| store.origins(query).unwrap());
    let of_the_public = places(&store);
    let cells = of_the_public.iter().map(|places| {
        let cells: Vec<String> = places.iter().map(crosscast::model::Place::in_workbook).collect();
        cells.join(" ")
    });
    assert_eq!(
        cells.collect::<Vec<_>>(),
        [
            "Spend!D2:D4",
            "Spend!A2:A4 Spend!C2:C4",
            "Measures!A2:A7 Measures!A2:A4",
            "Measures!A2:B7 Measures!A2:B4",
            "Visits!A2:B3 Visits!A2:B3",
            "Measures!A2:B7 Measures!A2:B4",
            "Spend!C5",
            "",
        ]
    );
    store.open_to_officers().unwrap();
    assert_eq!(places(&store), of_the_public);
}
