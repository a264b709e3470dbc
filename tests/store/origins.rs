//! Which cells a query may take its values from.

use crosscast::model::StoredRows;

use crate::{RETURN, empty, small_pack, store};

/// The places of a query over two returns; the second has no totals row in Spend, and no rows in Measures.
fn origins(query: &str) -> Vec<String> {
    let first = format!("{RETURN}DA-03 | 3\n");
    let second = RETURN.replace(" | Total | 7 | £4.00\n", "").replace("DA-01 | 1\nDA-02 | 2\n", "");
    let store = store(&small_pack(), &[("b/2022-05 return.xlsx", &second), ("a/2022-04 return.xlsx", &first)]);
    let places = store.origins(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    places.iter().map(|place| format!("{}/{}", &place.workbook.as_deref().unwrap()[..1], place.in_workbook())).collect()
}

#[test]
fn cells_that_queries_may_take_their_values_from() {
    for (query, expected) in [
        // The column over all lines of the table, in each workbook, by the workbooks' paths.
        ("SELECT sum(amount) FROM spend", &["a/Spend!D4:D6", "b/Spend!D4:D6"][..]),
        ("SELECT sum(\"amount\") FROM SPEND", &["a/Spend!D4:D6", "b/Spend!D4:D6"]),
        // Columns side by side are one area, whatever the order in which they are named; others are not.
        ("SELECT amount, people FROM spend", &["a/Spend!C4:D6", "b/Spend!C4:D6"]),
        ("SELECT amount, project FROM spend", &["a/Spend!B4:B6", "a/Spend!D4:D6", "b/Spend!B4:B6", "b/Spend!D4:D6"]),
        ("SELECT * FROM spend", &["a/Spend!B4:D6", "b/Spend!B4:D6"]),
        // What stands in a condition is read as well.
        ("SELECT count(*) FROM spend WHERE people > 3", &["a/Spend!C4:C6", "b/Spend!C4:C6"]),
        (
            "SELECT 1 FROM month WHERE EXISTS (SELECT 1 FROM spend WHERE people > 3)",
            &["a/Spend!C4:C6", "b/Spend!C4:C6"],
        ),
        // Whole rows where only rows are counted; an own column is no cell.
        ("SELECT count(*) FROM spend", &["a/Spend!B4:D6", "b/Spend!B4:D6"]),
        ("SELECT max(_row), min(_line), _source, _month FROM spend", &["a/Spend!B4:D6", "b/Spend!B4:D6"]),
        ("SELECT amount, _row FROM spend WHERE _month = '2022-04'", &["a/Spend!D4:D6", "b/Spend!D4:D6"]),
        // Through common tables, subqueries, compound selects and views. The second return has no measures.
        ("WITH s AS (SELECT amount AS a FROM spend) SELECT sum(a) FROM s", &["a/Spend!D4:D6", "b/Spend!D4:D6"]),
        ("WITH spend AS (SELECT amount FROM main.spend) SELECT * FROM spend", &["a/Spend!D4:D6", "b/Spend!D4:D6"]),
        ("SELECT value FROM measures UNION ALL SELECT 1", &["a/Measures!B2:B4"]),
        ("SELECT value FROM measures_to_date", &["a/Measures!A2:B4"]),
        ("SELECT (SELECT count(*) FROM measures_to_date), 1", &["a/Measures!A2:B4"]),
        // A form is single cells.
        ("SELECT status FROM front", &["a/Return!C4", "b/Return!C4"]),
        ("SELECT count(*) FROM front", &["a/Return!C3", "a/Return!C4", "b/Return!C3", "b/Return!C4"]),
        // Stated totals: all of them, or those that a condition names.
        ("SELECT sum(value) FROM stated_total", &["a/Spend!C7", "a/Spend!D7"]),
        ("SELECT value FROM stated_total t WHERE t.table_name = 'spend' AND t.field='amount'", &["a/Spend!D7"]),
        ("SELECT value FROM stated_total WHERE table_name = 'measures' AND field = 'value'", &[]),
        ("SELECT value, field FROM stated_total WHERE field = 'amount'", &["a/Spend!D7"]),
        ("SELECT value FROM stated_total WHERE field IN ('amount')", &["a/Spend!C7", "a/Spend!D7"]),
        ("SELECT value FROM stated_total AS t WHERE t.field = 'amount' AND value > 1", &["a/Spend!D7"]),
        ("SELECT (SELECT value FROM stated_total WHERE field = 'people'), 1", &["a/Spend!C7"]),
        ("SELECT value FROM stated_total WHERE field = 'people' ORDER BY _row LIMIT 1", &["a/Spend!C7"]),
        // A condition that lets other totals through, or is none on them, leaves all of them.
        ("SELECT value FROM stated_total WHERE NOT table_name = 'funding'", &["a/Spend!C7", "a/Spend!D7"]),
        (
            "SELECT value FROM stated_total WHERE value > 1 AND NOT(table_name = 'funding')",
            &["a/Spend!C7", "a/Spend!D7"],
        ),
        ("SELECT value FROM stated_total WHERE field = 'people' OR value > 1", &["a/Spend!C7", "a/Spend!D7"]),
        (
            "SELECT value FROM stated_total WHERE field = 'people' AND value > 1 OR value > 0",
            &["a/Spend!C7", "a/Spend!D7"],
        ),
        ("SELECT value FROM stated_total WHERE value > 1 or field = 'people'", &["a/Spend!C7", "a/Spend!D7"]),
        ("SELECT value FROM stated_total WHERE value > 1 -- AND field = 'people'", &["a/Spend!C7", "a/Spend!D7"]),
        ("SELECT value FROM stated_total /* WHERE field = 'people' */", &["a/Spend!C7", "a/Spend!D7"]),
        ("SELECT value FROM stated_total WHERE (field = 'people') = 0", &["a/Spend!C7", "a/Spend!D7"]),
        ("SELECT value FROM stated_total WHERE field = 'people' = 0", &["a/Spend!C7", "a/Spend!D7"]),
        ("SELECT value FROM stated_total WHERE field = 'AMOUNT' COLLATE NOCASE", &["a/Spend!C7", "a/Spend!D7"]),
        (
            "SELECT CASE WHEN field = 'people' THEN value ELSE -value END FROM stated_total",
            &["a/Spend!C7", "a/Spend!D7"],
        ),
        (
            "SELECT count(*) FILTER (WHERE field = 'people'), sum(value) FROM stated_total",
            &["a/Spend!C7", "a/Spend!D7"],
        ),
        (
            "SELECT (SELECT sum(value) FROM stated_total WHERE field = 'people') + sum(value) FROM stated_total",
            &["a/Spend!C7", "a/Spend!D7"],
        ),
        (
            "SELECT t.value FROM stated_total t JOIN source s WHERE s.table_name = 'funding'",
            &["a/Spend!C7", "a/Spend!D7"],
        ),
        (
            "SELECT (SELECT max(value) FROM stated_total t WHERE a.field = 'people') FROM allowed_value a",
            &["a/Spend!C7", "a/Spend!D7"],
        ),
        // Several tables, sorted by workbook, sheet and area.
        (
            "SELECT f.status, sum(s.amount) FROM spend s JOIN front f USING (_month)",
            &["a/Return!C4", "a/Spend!D4:D6", "b/Return!C4", "b/Spend!D4:D6"],
        ),
        // No table of the pack.
        ("SELECT partnership FROM period", &[]),
        ("SELECT count(*) FROM workbook JOIN finding JOIN source JOIN month JOIN allowed_value JOIN not_run", &[]),
        ("SELECT 1", &[]),
    ] {
        assert_eq!(origins(query), expected, "{query}");
    }
}

#[test]
fn each_query_has_its_own_origins() {
    let store = store(&small_pack(), &[("2022-04 return.xlsx", RETURN)]);
    let count = |query: &str| store.origins(query).unwrap().len();
    assert_eq!((count("SELECT amount FROM spend"), count("SELECT value FROM measures")), (1, 1));
    assert!(store.origins("SELECT amount, FROM spend").is_err());
    assert_eq!((count("SELECT 1"), count("SELECT status FROM front")), (0, 1));
}

#[test]
fn a_query_that_may_not_be_run_has_no_origins() {
    assert!(empty().origins("DELETE FROM spend").is_err());
    assert!(empty().origins("SELECT payee FROM spent").is_err());
    assert_eq!(empty().origins("SELECT payee FROM spend"), Ok(Vec::new()));
}
