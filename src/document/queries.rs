//! What all queries of `appendix.md` have in common: how their mistakes are told.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::FILE;
use super::fence::Piece;
use crate::model::{Format, QueryError, QueryRows, Scalar, StoredRows};
use crate::schema::{Mistake, TableSchema};

/// Columns of a query that say something about a row and are never printed: its stored row, the cells that its figures
/// come from, a note on it.
pub(super) const RESERVED: [&str; 3] = ["_row", "_cells", "_note"];

/// A table or a chart prints at most so many rows: some six hundred pages.
const MOST_PRINTED: usize = 20_000;

/// The mistake that a query's error is, at its line of the file.
pub(super) fn query_mistake(piece: &Piece, error: &QueryError) -> Mistake {
    Mistake::at(FILE, piece.line_of_query(error.line), "query", error.message.clone())
}

/// The rows of a query.
pub(super) fn rows_of(query: &str, piece: &Piece, rows: &dyn StoredRows) -> Result<QueryRows, Mistake> {
    rows.query(query).map_err(|error| query_mistake(piece, &error))
}

/// The rows of a query that are all printed, in a table or a chart.
pub(super) fn printed_rows_of(query: &str, piece: &Piece, rows: &dyn StoredRows) -> Result<QueryRows, Mistake> {
    let found = rows_of(query, piece, rows)?;
    if found.rows.len() <= MOST_PRINTED {
        return Ok(found);
    }
    let what = format!(
        "the query gives {} rows, and at most 20,000 can be printed: give it a condition, or group its rows",
        Format::Integer.show(&Scalar::Integer(i64::try_from(found.rows.len()).unwrap_or(i64::MAX))).unwrap_or_default()
    );
    Err(Mistake::at(FILE, piece.line_of_query(None), "query", what))
}

/// The names of the columns of a query.
pub(super) fn columns_of(query: &str, piece: &Piece, rows: &dyn StoredRows) -> Result<Vec<String>, Mistake> {
    rows.columns(query).map_err(|error| query_mistake(piece, &error))
}

/// Reports a query that fails, and names that it gives no column for, each at the line of its path. That there is no query
/// is told elsewhere.
pub(super) fn faults_of_query<'n>(
    query: &str,
    named: impl Iterator<Item = (String, &'n str)>,
    piece: &Piece,
    rows: &dyn StoredRows,
) -> Vec<Mistake> {
    if query.trim().is_empty() {
        return Vec::new();
    }
    match columns_of(query, piece, rows) {
        Err(mistake) => vec![mistake],
        Ok(given) => unknown_columns(named, &given, piece),
    }
}

fn unknown_columns<'n>(
    named: impl Iterator<Item = (String, &'n str)>,
    given: &[String],
    piece: &Piece,
) -> Vec<Mistake> {
    let unknown = named.filter(|(_, name)| !given.iter().any(|column| column == name));
    unknown
        .map(|(path, name)| {
            let what = format!("the query does not give a column named {name}");
            Mistake::at(FILE, piece.line_of(&path), path, what).with_likely(name, given.iter().map(String::as_str))
        })
        .collect()
}

/// Reports names of stored tables that the pack does not have.
pub(super) fn unknown_tables(
    path: &str,
    names: &[String],
    piece: &Piece,
    tables: &BTreeMap<Arc<str>, TableSchema>,
) -> Vec<Mistake> {
    let unknown = names.iter().filter(|name| !tables.contains_key(name.as_str()));
    unknown
        .map(|name| {
            Mistake::at(FILE, piece.line_of(path), path, format!("there is no table named {name}"))
                .with_likely(name, tables.keys().map(|name| &**name))
        })
        .collect()
}
