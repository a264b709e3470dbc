//! Shutting the pack's queries in: they come from a file, so they may read the stored tables and nothing else.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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

/// From here on only reading is let through.
pub(super) fn seal(connection: &mut Connection) -> Result<(), StoreError> {
    connection.execute_batch("PRAGMA query_only = ON")?;
    connection.authorizer(Some(only_reading))?;
    Ok(())
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
