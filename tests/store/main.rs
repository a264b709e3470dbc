//! The store: what its queries may do, where its rows lead back to, and the figures of the year.

#![allow(clippy::unwrap_used)]

mod origins;
mod public;
mod shorthand;
mod spread;

#[path = "../support"]
mod support {
    pub mod pack;
    pub mod package;
    pub mod sample_pack;
    pub mod store;
    pub mod workbook;
}

use crosscast::model::{Scalar, StoredRows, UnreadableWorkbook, WorkbookState};
use crosscast::read::read;
use crosscast::schema::{Pack, PackFiles};
use crosscast::store::Store;
use support::pack::{pack_of, partnership};
use support::sample_pack::sample_pack;
use support::store::sealed_store;
use support::workbook::workbook;

/// A sealed store of workbooks `(path, text)` of the year 2022-23.
fn store(pack: &Pack, workbooks: &[(&str, &str)]) -> Store {
    let read = |(path, text): &(&str, &str)| {
        let workbook = read(path, &workbook(text), pack);
        assert!(!workbook.tables.is_empty(), "{path}: {workbook:#?}");
        workbook
    };
    sealed_store(pack, &workbooks.iter().map(read).collect::<Vec<_>>())
}

fn empty() -> Store {
    store(&sample_pack(), &[])
}

/// The one value that a query gives.
fn value(store: &Store, query: &str) -> Scalar {
    let rows = store.query(query).unwrap_or_else(|error| panic!("{query}: {error}")).rows;
    assert_eq!((rows.len(), rows.first().map(Vec::len)), (1, Some(1)), "{query}");
    rows[0][0].clone()
}

fn text(text: &str) -> Scalar {
    Scalar::Text(text.to_owned())
}

/// A return of two payments, with a total, and two measures.
const RETURN: &str = "# Return
Monthly return

 | Return month | 2022-04
 | Status | Final

# Spend
Payments

 | Project | People | Amount
 | Hate Crime | 3 | £1.50

 | Dawn Project | 4 | £2.50
 | Total | 7 | £4.00

# Measures
Measure ID | Value
DA-01 | 1
DA-02 | 2
";

#[test]
fn queries_of_the_pack_can_only_read_the_stored_tables() {
    let store = empty();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("copy.db");
    let into = format!("VACUUM INTO '{}'", file.display());
    let attach = format!("ATTACH '{}' AS other", file.display());
    for query in [
        "DELETE FROM spend",
        "INSERT INTO funding (ref) VALUES ('PCC-11')",
        "UPDATE funding SET amount = 0",
        "INSERT INTO funding (ref) VALUES ('PCC-11') RETURNING ref",
        "WITH gone AS (SELECT 1) DELETE FROM spend",
        "DROP TABLE spend",
        "CREATE TABLE more (a)",
        "CREATE TEMP TABLE more (a)",
        "CREATE TEMP VIEW more AS SELECT 1",
        "ALTER TABLE spend ADD COLUMN more",
        "VACUUM",
        &into,
        &attach,
        "ATTACH ':memory:' AS other",
        "DETACH main",
        "REINDEX",
        "ANALYZE",
        "BEGIN",
        "COMMIT",
        "SAVEPOINT here",
        "PRAGMA query_only = OFF",
        "PRAGMA table_info(spend)",
        "PRAGMA user_version",
        "SELECT * FROM pragma_table_info('spend')",
        "SELECT * FROM pragma_database_list",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM sqlite_schema",
        "SELECT * FROM sqlite_temp_master",
        "SELECT load_extension('more')",
        "EXPLAIN DELETE FROM spend",
        "",
        "-- nothing but a comment",
    ] {
        assert!(store.query(query).is_err(), "{query} was let through");
        assert!(store.columns(query).is_err(), "{query} was prepared");
    }
    assert!(!file.exists());
    assert_eq!(value(&store, "SELECT count(*) FROM spend"), Scalar::Integer(0));
}

#[test]
fn the_clock_and_chance_are_refused() {
    let store = empty();
    for expression in [
        "random()",
        "RANDOM()",
        "randomblob(8)",
        "date()",
        "date('now')",
        "date('2022-04-30')",
        "time('now')",
        "datetime('now')",
        "julianday('now')",
        "unixepoch()",
        "strftime('%s', 'now')",
        "timediff('now', '2022-01-01')",
        "CURRENT_DATE",
        "CURRENT_TIME",
        "CURRENT_TIMESTAMP",
    ] {
        let error = store.query(&format!("SELECT {expression}")).expect_err(expression);
        let name = expression.split('(').next().unwrap_or_default();
        let begin = format!("a query may not call {name}: it may only call functions that come to the same on any day");
        assert!(error.message.to_ascii_lowercase().starts_with(&begin.to_ascii_lowercase()), "{error}");
    }
}

#[test]
fn what_rules_need_passes() {
    let store = empty();
    for (query, expected) in [
        ("SELECT group_concat(name, ' ') FROM (SELECT 'a' AS name UNION ALL SELECT 'b')", text("a b")),
        ("SELECT upper(trim(' a ')) || coalesce(NULL, 'b')", text("Ab")),
        (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT sum(i) FROM n",
            Scalar::Integer(55),
        ),
        ("SELECT sum(rank) FROM (SELECT row_number() OVER (ORDER BY month) AS rank FROM month)", Scalar::Integer(78)),
        ("SELECT approved_total FROM period", Scalar::Integer(13_925_000)),
        ("SELECT count(*) FROM measures_to_date", Scalar::Integer(0)),
        ("SELECT 'x' LIKE 'X'", Scalar::Integer(1)),
    ] {
        assert_eq!(value(&store, query), expected, "{query}");
    }
}

#[test]
fn a_misspelt_name_is_an_error_and_not_a_text() {
    let store = empty();
    for query in ["SELECT \"amont\" FROM spend", "SELECT amont FROM spend", "SELECT amount FROM spent"] {
        let error = store.query(query).unwrap_err();
        assert!(error.message.starts_with("no such"), "{query}: {error}");
    }
    assert_eq!(store.query("SELECT \"amount\" FROM spend").unwrap().rows, Vec::<Vec<Scalar>>::new());
}

#[test]
fn more_than_one_statement_is_an_error() {
    assert_eq!(empty().query("SELECT 1; SELECT 2").unwrap_err().message, "there is more than one statement");
    assert!(empty().query("SELECT 1; DELETE FROM spend").is_err());
    assert!(empty().query("SELECT 1;\n-- the end\n").is_ok());
}

#[test]
fn an_error_names_its_line_of_the_query() {
    let error = empty().query("SELECT ref,\n    amont\nFROM funding").unwrap_err();
    assert_eq!((error.message.as_str(), error.line), ("no such column: amont", Some(2)));
    // Near miss: in double quotes, for which SQLite guesses that a text was meant.
    let error = empty().query("SELECT project,\n \"amont\" FROM spend").unwrap_err();
    assert_eq!(error.message, "no such column: \"amont\"");
}

#[test]
fn mistakes_in_rules_name_the_line_of_their_file() {
    let mut files = PackFiles::built_in();
    let head = "-- title: A rule\n-- message: \"{{ projct }} has {{ _actual }}.\"\n-- fix: Correct it.\n-- needs: [funding.amount]\n";
    files.insert(
        "rules/a-column.sql",
        format!("{}SELECT _row,\n    amont\nFROM funding\n", head.replace("projct", "_row")),
    );
    files.insert("rules/a-name.sql", format!("{head}SELECT _row, project FROM funding\n"));
    files.insert("rules/a-syntax.sql", format!("{head}\nSELECT _row FORM funding\n"));
    files.insert("rules/a-write.sql", format!("{head}DELETE FROM funding\n"));
    files.insert(
        "rules/a-template.sql",
        format!("{}SELECT project FROM funding\n", head.replace("{{ projct }}", "{{ project")),
    );
    files.insert(
        "rules/an-unknown-filter.sql",
        format!("{}SELECT project FROM funding\n", head.replace("projct", "project | mony")),
    );
    let pack = Pack::parse(files).unwrap();
    let store = store(&pack, &[]);
    let mistakes: Vec<String> = store.check_rules(&pack).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(mistakes.join("\n"), @r#"
    rules/a-column.sql, line 6, query: no such column: amont.
    rules/a-name.sql, line 2, message: the message names projct, which the query does not give. Did you mean project? Allowed: _actual, _difference, _expected, project.
    rules/a-syntax.sql, line 6, query: near "funding": syntax error.
    rules/a-template.sql, line 2, message: unexpected identifier, expected end of variable block.
    rules/a-write.sql, line 5, query: the query may only read the stored tables, without functions of the clock or of chance.
    rules/an-unknown-filter.sql, line 2, message: the message uses the filter mony, which is not known. Did you mean money? Allowed: boolean, date, integer, money, month, number, percentage.
    "#);
}

#[test]
fn functions_of_dates() {
    let store = empty();
    for (expression, expected) in [
        ("days_between('2023-07-19', '2024-07-18')", Scalar::Integer(365)),
        ("days_between('2024-03-01', '2024-02-28')", Scalar::Integer(-2)),
        ("days_between('2024-03-01', NULL)", Scalar::Null),
        ("days_between('2024-02-30', '2024-03-01')", Scalar::Null),
        ("day_before('2023-03-01')", text("2023-02-28")),
        ("day_before('2024-03-01')", text("2024-02-29")),
        ("day_before('2023-01-01')", text("2022-12-31")),
        ("years_after('2021-11-25', 3)", text("2024-11-25")),
        ("years_after('2020-02-29', 3)", text("2023-03-01")),
        ("years_after('2020-02-29', 4)", text("2024-02-29")),
        ("years_after('2020-02-29', -1)", text("2019-03-01")),
        ("years_after('2020-02-29', 999999)", Scalar::Null),
        ("years_after(NULL, 3)", Scalar::Null),
        ("months_after('2022-12', 1)", text("2023-01")),
        ("months_after('2023-01', -1)", text("2022-12")),
        ("months_after('2022-04', 12)", text("2023-04")),
        ("months_after('2022-04', 0)", text("2022-04")),
        ("months_after('2022-13', 1)", Scalar::Null),
        ("month_of('2022-04-30')", text("2022-04")),
        ("month_of('April')", Scalar::Null),
        ("last_day('2022-04')", text("2022-04-30")),
        ("last_day('2023-02')", text("2023-02-28")),
        ("last_day('2024-02')", text("2024-02-29")),
        ("last_day(NULL)", Scalar::Null),
        // What is of another type gives nothing rather than stopping the query.
        ("month_of(5)", Scalar::Null),
        ("last_day(1.5)", Scalar::Null),
        ("years_after('2021-11-25', 'three')", Scalar::Null),
        ("years_after('2021-11-25', 4000000000)", Scalar::Null),
        ("months_after('2022-04', 1.5)", Scalar::Null),
    ] {
        assert_eq!(value(&store, &format!("SELECT {expression}")), expected, "{expression}");
    }
}

const MEASURES: &str = "
fields:
  - {name: measure_id, title: Measure ID, type: string}
  - {name: value, title: Value, type: integer}
crosscast:
  over_time: {key: measure_id, value: value, default: sum, last: [AS-04], none: [YE-01]}
";

const FRONT: &str = "
fields:
  - {name: month, title: Return month, type: yearmonth}
  - {name: status, title: Status, type: string}
crosscast: {layout: form}
";

const SPEND: &str = "
fields:
  - {name: project, title: Project, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
  - {name: people, title: People, type: integer}
";

fn small_pack() -> Pack {
    let workbooks = "  - name: return
    files: '(?P<month>\\d{4}-\\d{2}) return'
    frequency: monthly
    tables: [{table: front, sheet: Return}, {table: spend, sheet: Spend}, {table: measures, sheet: Measures}]
";
    pack_of(&[
        ("tables/front.yaml", FRONT),
        ("tables/measures.yaml", MEASURES),
        ("tables/spend.yaml", SPEND),
        ("partnership.yaml", &partnership(workbooks)),
    ])
}

fn month(measures: &str) -> String {
    format!("# Measures\nMeasure ID | Value\n{measures}")
}

#[test]
fn measures_to_date() {
    let months = [
        ("2022-06 return.xlsx", month("DA-01 | 30\nAS-04 | 6\nSP-01 | 1\nYE-01 | 7\n")),
        ("2022-04 return.xlsx", month("DA-01 | 10\nAS-04 | 3\nSP-01 | 1\nYE-01 | 7\n")),
        ("2022-05 return.xlsx", month("DA-01 | 25\nAS-04 | 5\nSP-01 | 1O\nYE-01 | 7\n")),
    ];
    let months: Vec<(&str, &str)> = months.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let store = store(&small_pack(), &months);
    let rows = store.query("SELECT key, how, months, value, _cells FROM measures_to_date ORDER BY key").unwrap().rows;
    assert_eq!(
        rows,
        [
            // A stock takes the last month, whatever the order of the files; it was stored first.
            vec![text("AS-04"), text("last"), Scalar::Integer(3), Scalar::Integer(6), text("2:value")],
            vec![text("DA-01"), text("sum"), Scalar::Integer(3), Scalar::Integer(65), text("1:value 5:value 9:value")],
            // May's value is 1O with a letter: there is no figure, and not the sum of the others.
            vec![text("SP-01"), text("sum"), Scalar::Integer(3), Scalar::Null, text("3:value 7:value 11:value")],
            vec![text("YE-01"), text("none"), Scalar::Integer(3), Scalar::Null, Scalar::Null],
        ]
    );
    let cell = store.place(5, Some("value")).unwrap();
    assert_eq!((cell.workbook.as_deref(), &*cell.in_workbook()), (Some("2022-04 return.xlsx"), "Measures!B2"));
}

#[test]
fn workbooks_that_were_read_are_numbered_by_their_paths() {
    let pack = small_pack();
    let one = |path: &str, state: WorkbookState| {
        let mut one = read(path, &workbook(&month("DA-01 | 10\n")), &pack);
        one.unreadable = (state == WorkbookState::Unreadable).then_some(UnreadableWorkbook::Empty);
        one
    };
    let store = sealed_store(
        &pack,
        &[
            one("b/2022-05 return.xlsx", WorkbookState::Read),
            one("a/2022-06 return.xlsx", WorkbookState::Unreadable),
            one("Z/2022-07 return.xlsx", WorkbookState::Read),
            one("a/2022-04 return.xlsx", WorkbookState::Read),
        ],
    );
    let rows = store.query("SELECT workbook, number FROM workbook ORDER BY workbook").unwrap().rows;
    assert_eq!(
        rows,
        [
            // Capital letters come first, as they do wherever paths are sorted.
            vec![text("Z/2022-07 return.xlsx"), Scalar::Integer(1)],
            vec![text("a/2022-04 return.xlsx"), Scalar::Integer(2)],
            vec![text("a/2022-06 return.xlsx"), Scalar::Null],
            vec![text("b/2022-05 return.xlsx"), Scalar::Integer(3)],
        ]
    );
}

/// The words that officers read on the page and the console stand in the store for the pack's queries.
#[test]
fn states_and_tables_in_words() {
    let pack = small_pack();
    let store = store(&pack, &[("2022-04 return.xlsx", &month("DA-01 | 10\n"))]);
    assert_eq!(value(&store, "SELECT state || ': ' || state_title FROM workbook"), text("read: Read"));
    let called = pack.tables["measures"].called();
    assert_eq!(value(&store, "SELECT title FROM source WHERE table_name = 'measures'"), text(called));
    assert_eq!(crosscast::model::WorkbookState::NotYetDue.in_words(), "Not yet due");
}

#[test]
fn a_stock_needs_its_last_month_only() {
    let months = [
        ("2022-04 return.xlsx", month("AS-04 | #REF!\nDA-01 | 1\n")),
        ("2022-05 return.xlsx", month("AS-04 | 5\nDA-01 | 1\n")),
    ];
    let months: Vec<(&str, &str)> = months.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let store = store(&small_pack(), &months);
    assert_eq!(value(&store, "SELECT value FROM measures_to_date WHERE key = 'AS-04'"), Scalar::Integer(5));
}

#[test]
fn rows_lead_back_to_their_cells() {
    let store = store(&small_pack(), &[("a/2022-04 return.xlsx", RETURN), ("b/2022-05 return.xlsx", RETURN)]);
    let place = |query: &str, field: Option<&str>| {
        let row = value(&store, query).as_integer().unwrap();
        store.place(row, field).map(|place| format!("{} {}", place.workbook.as_deref().unwrap(), place.in_workbook()))
    };
    let dawn = "SELECT _row FROM spend WHERE project = 'Dawn Project' AND _month = '2022-05'";
    for (query, field, expected) in [
        (dawn, Some("amount"), Some("b/2022-05 return.xlsx Spend!D6")),
        (dawn, Some("project"), Some("b/2022-05 return.xlsx Spend!B6")),
        (dawn, None, Some("b/2022-05 return.xlsx Spend!B6:D6")),
        (dawn, Some("payee"), None),
        (
            "SELECT max(_row) FROM measures WHERE _month = '2022-04'",
            Some("value"),
            Some("a/2022-04 return.xlsx Measures!B3"),
        ),
        (
            "SELECT min(_row) FROM measures WHERE _month = '2022-05'",
            Some("value"),
            Some("b/2022-05 return.xlsx Measures!B2"),
        ),
        // A form's record is one row, and each field has its own cell.
        ("SELECT _row FROM front WHERE _month = '2022-05'", Some("status"), Some("b/2022-05 return.xlsx Return!C4")),
        ("SELECT _row FROM front WHERE _month = '2022-05'", None, Some("b/2022-05 return.xlsx Return!C3")),
        // A stated total is a row for each number of the totals row.
        (
            "SELECT _row FROM stated_total WHERE field = 'amount' AND _month = '2022-04'",
            None,
            Some("a/2022-04 return.xlsx Spend!D7"),
        ),
        (
            "SELECT _row FROM stated_total WHERE field = 'people' AND _month = '2022-05'",
            Some("value"),
            Some("b/2022-05 return.xlsx Spend!C7"),
        ),
        ("SELECT max(_row) + 1 FROM measures", None, None),
        ("SELECT 0", None, None),
        ("SELECT -1", None, None),
    ] {
        assert_eq!(place(query, field).as_deref(), expected, "{query} {field:?}");
    }
    assert_eq!(value(&store, "SELECT sum(value) FROM stated_total WHERE field = 'amount'"), Scalar::Integer(800));
    assert_eq!(value(&store, "SELECT _line FROM spend WHERE _month = '2022-05' AND people = 4"), Scalar::Integer(6));
}

#[test]
fn a_query_of_another_run_starts_its_own_count_of_steps() {
    let store = empty();
    let long = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT max(i) FROM n";
    for _ in 0..3 {
        assert_eq!(value(&store, long), Scalar::Integer(200_000));
    }
}
