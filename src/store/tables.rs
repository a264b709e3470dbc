//! The tables of the store: those of the pack, and those that every pack has.

use rusqlite::{Connection, params};

use super::StoreError;
use crate::model::{Money, Period, quoted_name};
use crate::schema::{FieldKind, HowOverTime, OverTime, Pack, TableSchema, Year};

const OWN_TABLES: &str = "
    CREATE TABLE source (_source INTEGER PRIMARY KEY, workbook TEXT, stem TEXT, sheet TEXT, table_name TEXT,
        title TEXT, kind TEXT, month TEXT, rows INTEGER);
    CREATE TABLE workbook (workbook TEXT PRIMARY KEY, stem TEXT, kind TEXT, title TEXT, month TEXT, state TEXT,
        state_title TEXT, sha256 TEXT, number INTEGER);
    CREATE TABLE stated_total (_row INTEGER PRIMARY KEY, _source INTEGER, _line INTEGER, _month TEXT, table_name TEXT,
        field TEXT, value);
    CREATE TABLE month (month TEXT PRIMARY KEY, position INTEGER, due INTEGER);
    CREATE TABLE period (year TEXT, start TEXT, \"end\" TEXT, to_month TEXT, complete INTEGER, approved_total INTEGER,
        committee_date TEXT, partnership TEXT, short_name TEXT, council TEXT, committee TEXT, notice TEXT);
    CREATE TABLE allowed_value (table_name TEXT, field TEXT, value TEXT, position INTEGER);
    CREATE TABLE finding (position INTEGER PRIMARY KEY, severity TEXT, code TEXT, workbook TEXT, sheet TEXT, cell TEXT,
        table_name TEXT, message TEXT, expected TEXT, actual TEXT, difference TEXT, fix TEXT, suggestions TEXT,
        explanation TEXT, recorded_by TEXT, approved_by TEXT, explained_on TEXT, public_message TEXT);
    CREATE TABLE not_run (position INTEGER PRIMARY KEY, code TEXT, why TEXT);
";

/// Makes all tables and views.
pub(super) fn create(connection: &Connection, pack: &Pack) -> Result<(), StoreError> {
    connection.execute_batch(OWN_TABLES)?;
    for (name, schema) in &pack.tables {
        let columns: String = schema
            .fields
            .iter()
            .map(|field| format!(", {} {}", quoted_name(&field.name), affinity(field.kind())))
            .collect();
        let meanings = schema.shorthand_columns().map(|(_, _, column)| format!(", {} TEXT", quoted_name(&column)));
        let columns = columns + &meanings.collect::<String>();
        connection.execute_batch(&format!(
            "CREATE TABLE {} (_row INTEGER PRIMARY KEY, _source INTEGER, _line INTEGER, _month TEXT{columns})",
            quoted_name(name)
        ))?;
        if let Some(over_time) = &schema.crosscast.over_time {
            connection.execute_batch(&to_date_view(schema, over_time))?;
        }
        let mut insert =
            connection.prepare("INSERT INTO allowed_value (table_name, field, value, position) VALUES (?, ?, ?, ?)")?;
        for field in &schema.fields {
            for (position, value) in field.constraints.allowed.iter().enumerate() {
                insert.execute(params![&**name, field.name, value, position as i64 + 1])?;
            }
        }
    }
    Ok(())
}

/// The year, the month that the run goes up to, and who it is for.
pub(super) fn fill_period(
    connection: &Connection,
    pack: &Pack,
    year: &Year,
    period: &Period,
) -> Result<(), StoreError> {
    let partnership = &pack.partnership;
    connection.execute(
        "INSERT INTO period VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            period.year,
            period.start.to_string(),
            period.end.to_string(),
            period.to.iso(),
            period.is_complete(),
            year.approved_total.map(Money::pence),
            year.committee_date.map(|date| date.to_string()),
            partnership.name,
            partnership.short_name,
            partnership.council,
            partnership.committee,
            partnership.notice,
        ],
    )?;
    let mut insert = connection.prepare("INSERT INTO month (month, position, due) VALUES (?, ?, ?)")?;
    for (index, month) in period.months().into_iter().enumerate() {
        insert.execute(params![month.iso(), index as i64 + 1, period.is_due(month)])?;
    }
    Ok(())
}

/// A text as SQL quotes it.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Texts as SQL lists them.
pub(super) fn literals(texts: &[String]) -> String {
    texts.iter().map(|text| literal(text)).collect::<Vec<_>>().join(", ")
}

fn affinity(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Integer | FieldKind::Money | FieldKind::Boolean => "INTEGER",
        FieldKind::Number | FieldKind::Percentage => "REAL",
        FieldKind::Text | FieldKind::Date | FieldKind::Month => "TEXT",
    }
}

/// Gives the workbooks that were read their numbers, from 1, in the order of their paths: they may have been put in in
/// any other.
pub(super) fn number_workbooks(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(
        "UPDATE workbook SET number = numbered.number
         FROM (SELECT workbook, row_number() OVER (ORDER BY workbook) AS number FROM workbook WHERE state = 'read')
             AS numbered
         WHERE numbered.workbook = workbook.workbook",
    )?;
    Ok(())
}

/// The figure of each measure for the period: a sum of the months, if all of them could be read, or the last month's
/// value; and the cells that it is made of.
fn to_date_view(schema: &TableSchema, over_time: &OverTime) -> String {
    let (key, value) = (quoted_name(&over_time.key), quoted_name(&over_time.value));
    let default = match over_time.default {
        HowOverTime::Sum => "'sum'",
        HowOverTime::Last => "'last'",
        HowOverTime::None => "'none'",
    };
    // SQLite takes the bare columns of a query with one max() from the row that holds the maximum.
    format!(
        "CREATE VIEW {view} AS
            SELECT key, how, months,
                CASE WHEN how = 'sum' AND read = months THEN total WHEN how = 'last' THEN last_value END AS value,
                CASE how WHEN 'sum' THEN cells WHEN 'last' THEN last_cell END AS _cells
            FROM (
                SELECT {key} AS key, count(*) AS months, count({value}) AS read, sum({value}) AS total,
                    max(_month) AS last_month, {value} AS last_value, _row || {field} AS last_cell,
                    group_concat(_row || {field}, ' ' ORDER BY _row) AS cells,
                    CASE WHEN {key} IN ({last}) THEN 'last' WHEN {key} IN ({none}) THEN 'none' ELSE {default} END AS how
                FROM {table} WHERE {key} IS NOT NULL GROUP BY {key})",
        view = quoted_name(&format!("{}_to_date", schema.name)),
        table = quoted_name(&schema.name),
        field = literal(&format!(":{}", over_time.value)),
        last = literals(&over_time.last),
        none = literals(&over_time.none),
    )
}
