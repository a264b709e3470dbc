//! Shutting the pack's queries in: they come from a file, so they may read the stored tables and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;

use super::work::{STEPS_EACH, Work};
use super::{StoreError, texts};

/// What a query may call: SQLite's own functions that come to the same on any day and any machine, and those of
/// [`super::functions`]. All others are refused: those of the clock, of chance, of files, of extensions.
const ALLOWED: [&str; 58] = [
    "abs",
    "avg",
    "char",
    "coalesce",
    "concat",
    "concat_ws",
    "count",
    "cume_dist",
    "day_before",
    "days_between",
    "dense_rank",
    "first_value",
    "format",
    "glob",
    "group_concat",
    "hex",
    "if",
    "ifnull",
    "iif",
    "instr",
    "kept_back",
    "lag",
    "last_day",
    "last_value",
    "lead",
    "length",
    "like",
    "lower",
    "ltrim",
    "max",
    "min",
    "month_of",
    "months_after",
    "nth_value",
    "ntile",
    "nullif",
    "octet_length",
    "percent_rank",
    "printf",
    "quote",
    "rank",
    "replace",
    "round",
    "row_number",
    "rtrim",
    "shown",
    "sign",
    "string_agg",
    "substr",
    "substring",
    "sum",
    "total",
    "trim",
    "typeof",
    "unhex",
    "unicode",
    "upper",
    "years_after",
];

/// Tables that SQLite makes of its own settings, of its pages, or of a text.
const NOT_STORED: [&str; 6] = ["sqlite_", "pragma_", "json", "dbstat", "fts", "rtree"];

/// The longest text that a query may make, in bytes: the cells of a million rows, as `_cells` names them.
pub(super) const LONGEST_TEXT: usize = 16 << 20;
/// The most memory that the stored rows and what queries make of them may take, in bytes: two million rows of twelve columns
/// take some 450 MiB, and a query that sorts all of them as much again. SQLite holds to it in the whole process.
const MOST_MEMORY: u64 = 2 << 30;

/// Settings that hold for the life of the store. `work` counts what a query takes, which is stopped when it is too much.
pub(super) fn configure(connection: &mut Connection, work: &Arc<Work>) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // A misspelt "column" is then an error, and not a text.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, i32::try_from(LONGEST_TEXT).unwrap_or(i32::MAX))?;
    connection.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA case_sensitive_like = OFF;")?;
    connection.query_row(&format!("PRAGMA hard_heap_limit = {MOST_MEMORY}"), [], |_| Ok(()))?;
    // After the setting of LIKE, which puts SQLite's own back.
    texts::register(connection)?;
    let work = work.clone();
    connection.progress_handler(STEPS_EACH.into(), Some(move || work.is_too_much()))?;
    Ok(())
}

/// What a query reads, as SQLite reports it while the query is prepared; through views as well.
#[derive(Default)]
pub(super) struct Reads {
    /// The tables, with the columns of each, in lower case. A table of which no column is read is there without any.
    pub columns: BTreeSet<(String, Option<String>)>,
    /// The first column that may not be read, and why.
    pub refused: Option<Refused>,
    /// The first function that may not be called.
    pub function: Option<String>,
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
        let is_let_through = only_reading(&context);
        if let (AuthAction::Function { function_name }, Authorization::Deny) = (context.action, is_let_through) {
            lock(&reads).function.get_or_insert(function_name.to_owned());
        }
        is_let_through
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

fn only_reading(context: &AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select | AuthAction::Recursive => Authorization::Allow,
        AuthAction::Read { table_name, .. } if !NOT_STORED.iter().any(|begin| has_begin(table_name, begin)) => {
            Authorization::Allow
        }
        AuthAction::Function { function_name }
            if ALLOWED.iter().any(|allowed| allowed.eq_ignore_ascii_case(function_name)) =>
        {
            Authorization::Allow
        }
        _ => Authorization::Deny,
    }
}

fn has_begin(name: &str, begin: &str) -> bool {
    name.get(..begin.len()).is_some_and(|found| found.eq_ignore_ascii_case(begin))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::work::{LONGEST, STEPS};
    use super::*;

    /// What a query says that may take so many steps and so long.
    fn outcome(most: u64, longest: Duration, query: &str) -> rusqlite::Result<i64> {
        let mut connection = Connection::open_in_memory().unwrap();
        let work = Arc::new(Work::new(most, longest));
        configure(&mut connection, &work).unwrap();
        seal(&mut connection, &Arc::default(), None).unwrap();
        work.begin(0);
        connection.query_row(query, [], |row| row.get(0))
    }

    const ENDLESS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

    #[test]
    fn a_query_without_end_is_stopped_by_the_count_of_its_steps() {
        let long = Duration::from_secs(3600);
        let stopped = outcome(1_000_000, long, ENDLESS).unwrap_err();
        assert_eq!(stopped.sqlite_error_code(), Some(rusqlite::ErrorCode::OperationInterrupted));
        let near = ENDLESS.replace("FROM n)", "FROM n LIMIT 10000)");
        assert_eq!(outcome(1_000_000, long, &near).unwrap(), 10_000);
    }

    #[test]
    fn a_query_of_few_and_long_steps_is_stopped_by_the_time() {
        let stopped = outcome(u64::MAX, Duration::from_millis(200), ENDLESS).unwrap_err();
        assert_eq!(stopped.sqlite_error_code(), Some(rusqlite::ErrorCode::OperationInterrupted));
    }

    #[test]
    fn a_text_without_end_is_refused() {
        let ask = |query| outcome(STEPS, LONGEST, query);
        assert!(ask("SELECT length(printf('%.*c', 100000000, 'x'))").is_err());
        assert!(ask("SELECT length(zeroblob(100000000))").is_err());
        assert_eq!(ask("SELECT length(printf('%.*c', 1000000, 'x'))").unwrap(), 1_000_000);
    }
}
