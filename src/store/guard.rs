//! Shutting the pack's queries in: they come from a file, so they may read the stored tables and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;

use super::StoreError;

/// SQLite counts its own steps; a query that needs more than this many is stopped. It is a count, not a time, so that
/// the same inputs end the same way on any machine. A query over a million rows takes some 10^8.
pub(super) const STEPS: u64 = 4_000_000_000;
/// SQLite asks after so many steps.
const STEPS_EACH: i32 = 100_000;

/// Functions that depend on the clock, on chance, or on the process.
const DENIED: [&str; 13] = [
    "current_date",
    "current_time",
    "current_timestamp",
    "date",
    "datetime",
    "julianday",
    "load_extension",
    "random",
    "randomblob",
    "strftime",
    "time",
    "timediff",
    "unixepoch",
];

/// The longest text that a query may make, in bytes.
const LONGEST: i32 = 64 << 20;

/// Settings that hold for the life of the store. `steps` counts the steps of one query; it is set to 0 before each, and
/// the query is stopped when it passes `most`.
pub(super) fn configure(connection: &mut Connection, steps: &Arc<AtomicU64>, most: u64) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // A misspelt "column" is then an error, and not a text.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST)?;
    connection.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA case_sensitive_like = OFF;")?;
    let taken = steps.clone();
    let each = u64::from(STEPS_EACH.unsigned_abs());
    connection.progress_handler(STEPS_EACH, Some(move || taken.fetch_add(each, Ordering::Relaxed) > most))?;
    Ok(())
}

/// What a query reads, as SQLite reports it while the query is prepared; through views as well.
#[derive(Default)]
pub(super) struct Reads {
    /// The tables, with the columns of each, in lower case. A table of which no column is read is there without any.
    pub columns: BTreeSet<(String, Option<String>)>,
    /// The first column that may not be read, and why.
    pub refused: Option<Refused>,
}

/// A column that a query may not read.
#[derive(Clone)]
pub(super) struct Refused {
    /// The column's name.
    pub column: String,
    /// Why, in the pack's words.
    pub why: String,
}

impl Reads {
    fn note(&mut self, table: &str, column: &str) {
        let column = (!column.is_empty()).then(|| column.to_ascii_lowercase());
        self.columns.insert((table.to_ascii_lowercase(), column));
    }
}

/// What may not be read: tables and columns in lower case, each with the reason.
pub(super) type Withheld = BTreeMap<(String, String), String>;

/// What was noted, for as long as it is held. A panic while it was held leaves it as good as before.
pub(super) fn lock(reads: &Mutex<Reads>) -> MutexGuard<'_, Reads> {
    reads.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From here on only reading is let through, and noted. For the public something is withheld: that is refused.
pub(super) fn seal(
    connection: &mut Connection,
    reads: &Arc<Mutex<Reads>>,
    withheld: Option<Withheld>,
) -> Result<(), StoreError> {
    connection.execute_batch("PRAGMA query_only = ON")?;
    let reads = reads.clone();
    connection.authorizer(Some(move |context: AuthContext<'_>| {
        if let AuthAction::Read { table_name, column_name } = context.action {
            let mut reads = lock(&reads);
            let column = (table_name.to_ascii_lowercase(), column_name.to_ascii_lowercase());
            if let Some(why) = withheld.as_ref().and_then(|withheld| withheld.get(&column)) {
                let refused = Refused { column: column.1, why: why.clone() };
                reads.refused.get_or_insert(refused);
                return Authorization::Deny;
            }
            if withheld.is_none() || !is_shadowed(&context, table_name) {
                reads.note(table_name, column_name);
            }
        }
        only_reading(context)
    }))?;
    Ok(())
}

/// Whether a table is read by the public's view of it: that has the table's name and reads all of it, whatever the query
/// reads of the view, which is reported beside.
fn is_shadowed(context: &AuthContext<'_>, table: &str) -> bool {
    let by_its_view = context.accessor.is_some_and(|view| view.eq_ignore_ascii_case(table));
    by_its_view && context.database_name == Some("main")
}

/// The tool's own statements pass again.
pub(super) fn unseal(connection: &mut Connection) -> Result<(), StoreError> {
    connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
    connection.execute_batch("PRAGMA query_only = OFF")?;
    Ok(())
}

fn only_reading(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select | AuthAction::Recursive => Authorization::Allow,
        AuthAction::Read { table_name, .. }
            if !table_name.starts_with("sqlite_") && !table_name.starts_with("pragma_") =>
        {
            Authorization::Allow
        }
        AuthAction::Function { function_name } if !DENIED.contains(&function_name.to_ascii_lowercase().as_str()) => {
            Authorization::Allow
        }
        _ => Authorization::Deny,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a query without end says when it may take so many steps.
    fn outcome(most: u64, query: &str) -> rusqlite::Result<i64> {
        let mut connection = Connection::open_in_memory().unwrap();
        configure(&mut connection, &Arc::new(AtomicU64::new(0)), most).unwrap();
        seal(&mut connection, &Arc::default(), None).unwrap();
        connection.query_row(query, [], |row| row.get(0))
    }

    #[test]
    fn a_query_without_end_is_stopped_by_the_count_of_its_steps() {
        let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
        let stopped = outcome(1_000_000, endless).unwrap_err();
        assert_eq!(stopped.sqlite_error_code(), Some(rusqlite::ErrorCode::OperationInterrupted));
        let long = endless.replace("FROM n)", "FROM n LIMIT 10000)");
        assert_eq!(outcome(1_000_000, &long).unwrap(), 10_000);
    }

    #[test]
    fn a_text_without_end_is_refused() {
        assert!(outcome(STEPS, "SELECT length(printf('%.*c', 100000000, 'x'))").is_err());
        assert!(outcome(STEPS, "SELECT length(zeroblob(100000000))").is_err());
        assert_eq!(outcome(STEPS, "SELECT length(printf('%.*c', 1000000, 'x'))").unwrap(), 1_000_000);
    }
}
