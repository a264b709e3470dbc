//! The trait by which stored rows are read, so that no room but the store knows where they are.

use std::ops::ControlFlow;
use std::sync::Arc;

use serde::Serialize;

use super::Place;

/// A value as the store holds it. Money is whole pence, a date `2022-04-30`, a month `2022-04`, yes and no 1 and 0.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Scalar {
    /// Nothing.
    Null,
    /// A whole number, or pence, or yes/no.
    Integer(i64),
    /// Another number.
    Real(f64),
    /// A text, a date or a month.
    Text(String),
}

impl Scalar {
    /// The whole number, if it is one.
    pub fn as_integer(&self) -> Option<i64> {
        if let Self::Integer(number) = self { Some(*number) } else { None }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Whether it is a figure that may not be shown. The store hands such figures to the public as an infinite number,
    /// so that whatever is reckoned with one is not shown either: sums and differences with it are infinite again.
    pub fn is_suppressed(&self) -> bool {
        matches!(self, Self::Real(number) if number.is_infinite())
    }

    /// Whether it is nothing.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

/// Why a query of the pack could not be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// The database's words.
    pub message: String,
    /// The line within the query, from 1, where it could be told.
    pub line: Option<usize>,
}

/// The answer to a query.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueryRows {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Scalar>>,
}

impl QueryRows {
    /// The place of a column among the columns.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }
}

/// The rows of an answer that is gathered in memory may take so many bytes.
const MOST_GATHERED: usize = 128 << 20;

/// The rows of an answer, gathered one by one as long as they are not too many.
#[derive(Debug, Default)]
pub struct Gathered {
    rows: Vec<Vec<Scalar>>,
    bytes: usize,
}

impl Gathered {
    /// Takes the next row; breaks where there is no room for it.
    pub fn take(&mut self, row: &[Scalar]) -> ControlFlow<()> {
        let texts = row.iter().filter_map(Scalar::as_text).map(str::len).sum::<usize>();
        self.bytes += size_of::<Vec<Scalar>>() + size_of_val(row) + texts;
        if self.bytes > MOST_GATHERED {
            return ControlFlow::Break(());
        }
        self.rows.push(row.to_vec());
        ControlFlow::Continue(())
    }

    /// The answer, with the names of its columns.
    ///
    /// # Errors
    /// [`QueryError`] where there was no room for a row.
    pub fn answer(self, columns: Vec<String>) -> Result<QueryRows, QueryError> {
        if self.bytes > MOST_GATHERED {
            let message =
                "the query gives more than 128 MiB of rows: give it a condition, or group its rows".to_owned();
            return Err(QueryError { message, line: None });
        }
        Ok(QueryRows { columns, rows: self.rows })
    }
}

/// The name of a table or column as SQL quotes it.
pub fn quoted_name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Rows that have been stored, read by SQL that can only read.
pub trait StoredRows {
    /// Runs a query and hands each row to `each`, until it breaks. Returns the names of the columns.
    ///
    /// # Errors
    /// [`QueryError`] when the query is not SQL, names what is not there, would write, or takes too long.
    fn stream(
        &self,
        query: &str,
        each: &mut dyn FnMut(&[Scalar]) -> ControlFlow<()>,
    ) -> Result<Vec<String>, QueryError>;

    /// The names of the columns that a query would give, without running it.
    ///
    /// # Errors
    /// As [`StoredRows::stream`].
    fn columns(&self, query: &str) -> Result<Vec<String>, QueryError>;

    /// Where a stored row came from: the cell of a field; or, when no field is named, all cells of the row, and the first
    /// of a form's. None when no such row or field is stored.
    fn place(&self, row: i64, field: Option<&str>) -> Option<Place>;

    /// The name of the stored table that holds a row. None when no such row is stored.
    fn table(&self, row: i64) -> Option<Arc<str>>;

    /// Every place that a query may take its values from: on each sheet, the cells of the fields that it reads, whether or
    /// not its conditions let them through. Sorted by workbook, sheet and area; empty when it reads no table of the pack.
    ///
    /// # Errors
    /// As [`StoredRows::stream`].
    fn origins(&self, query: &str) -> Result<Vec<Place>, QueryError>;

    /// Runs a query and collects its rows.
    ///
    /// # Errors
    /// As [`StoredRows::stream`].
    fn query(&self, query: &str) -> Result<QueryRows, QueryError> {
        let mut gathered = Gathered::default();
        let columns = self.stream(query, &mut |row| gathered.take(row))?;
        gathered.answer(columns)
    }
}
