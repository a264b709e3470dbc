//! Answering the pack's queries.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use rusqlite::types::ValueRef;

use super::Store;
use super::guard::{Reads, Refused, lock};
use super::kept_back::{DEPENDS, Depending, StandIn};
use super::origins::origins;
use super::place::source_of;
use super::public;
use crate::model::{Gathered, Place, QueryError, QueryRows, Scalar, StoredRows};

/// A query gives at most as many rows as ten sheets of Excel hold, over which the consolidated workbook divides them: one
/// without end would fill the memory.
const MOST_ROWS: u32 = 10_485_760;

/// What may be called instead of a function that is refused.
const NOT_CALLED: &str =
    "it may only call functions that come to the same on any day, such as sum, round or days_between";

impl StoredRows for Store {
    fn stream(
        &self,
        query: &str,
        each: &mut dyn FnMut(&[Scalar]) -> ControlFlow<()>,
    ) -> Result<Vec<String>, QueryError> {
        // Once for all runs of the query that the public's answer takes.
        self.work.begin(self.rows_stored());
        if !self.is_public {
            let columns = self.run(query, each);
            self.work.end();
            return columns;
        }
        let answer = self.public_answer(query);
        self.work.end();
        let answer = answer?;
        let _ = answer.rows.iter().try_for_each(|row| each(row));
        Ok(answer.columns)
    }

    fn columns(&self, query: &str) -> Result<Vec<String>, QueryError> {
        Ok(names(&self.prepared(query)?))
    }

    fn origins(&self, query: &str) -> Result<Vec<Place>, QueryError> {
        self.prepared(query)?;
        Ok(origins(&self.sources, &lock(&self.reads), query))
    }

    fn place(&self, row: i64, field: Option<&str>) -> Option<Place> {
        source_of(&self.sources, row)?.place(row, field)
    }

    fn table(&self, row: i64) -> Option<Arc<str>> {
        source_of(&self.sources, row).map(|source| source.table.clone())
    }
}

impl Store {
    /// How many rows of the pack's tables are stored.
    fn rows_stored(&self) -> u64 {
        u64::try_from(self.next_row - 1).unwrap_or_default()
    }

    /// Runs a query once and hands each row to `each`, until it breaks. Returns the names of the columns.
    fn run(&self, query: &str, each: &mut dyn FnMut(&[Scalar]) -> ControlFlow<()>) -> Result<Vec<String>, QueryError> {
        let mut statement = self.prepared(query)?;
        let columns = names(&statement);
        let mut rows = statement.query([]).map_err(|error| query_error(query, &error))?;
        // Each row is read into the texts of the row before it, so that no text of a long table is allocated anew.
        let mut values = vec![Scalar::Null; columns.len()];
        let mut count = 0u32;
        while let Some(row) = rows.next().map_err(|error| query_error(query, &error))? {
            count += 1;
            if count > MOST_ROWS {
                let message = "the query gives more rows than ten sheets of Excel can hold (10,485,760)".to_owned();
                return Err(QueryError { message, line: None });
            }
            for (index, value) in values.iter_mut().enumerate() {
                read_into(value, row.get_ref(index).map_err(|error| query_error(query, &error))?);
            }
            if each(&values).is_break() {
                break;
            }
        }
        Ok(columns)
    }

    /// The answer to a query with an infinite number in each cell that depends on a figure that is kept back; where there
    /// is none in what it reads, it is run once.
    fn public_answer(&self, query: &str) -> Result<QueryRows, QueryError> {
        let mut answer = self.answer_with(StandIn::Infinite, query)?;
        if !self.kept_back.is_met() {
            return Ok(answer);
        }
        let mut depending = Depending::default();
        for stand_in in StandIn::others(query) {
            let other = self.answer_with(stand_in, query);
            // A query that fails with another figure, as where a number becomes too great, depends on it as well.
            if !other.is_ok_and(|other| depending.compare(&answer.columns, &answer.rows, &other.rows)) {
                return Err(QueryError { message: DEPENDS.into(), line: None });
            }
        }
        depending.keep_back(&mut answer.rows);
        Ok(answer)
    }

    fn answer_with(&self, stand_in: StandIn, query: &str) -> Result<QueryRows, QueryError> {
        self.kept_back.set(stand_in);
        let mut gathered = Gathered::default();
        let columns = self.run(query, &mut |row| gathered.take(row))?;
        gathered.answer(columns)
    }

    /// The columns that a query reads, with their tables; none of a query that cannot be run.
    pub(super) fn columns_read(&self, query: &str) -> BTreeSet<(String, Option<String>)> {
        let is_prepared = self.prepared(query).is_ok();
        let columns = std::mem::take(&mut lock(&self.reads).columns);
        if is_prepared { columns } else { BTreeSet::new() }
    }

    /// Prepares one statement that can only read.
    fn prepared(&self, query: &str) -> Result<rusqlite::Statement<'_>, QueryError> {
        *lock(&self.reads) = Reads::default();
        if self.is_public
            && let Some(line) = public::names_main(query)
        {
            return Err(QueryError { message: public::NAMES_MAIN.into(), line: Some(line) });
        }
        let statement = self.connection.prepare(query).map_err(|error| self.refusal(query, &error))?;
        // VACUUM INTO passes the authorizer when it is prepared.
        if !statement.readonly() {
            return Err(QueryError { message: "the query would write; it may only read".into(), line: None });
        }
        if statement.column_count() == 0 {
            return Err(QueryError { message: "there is no query".into(), line: None });
        }
        Ok(statement)
    }

    /// Why a query cannot be prepared: what it may not read or call, else the database's words.
    fn refusal(&self, query: &str, error: &rusqlite::Error) -> QueryError {
        let (refused, function) = {
            let mut reads = lock(&self.reads);
            (reads.refused.take(), reads.function.take())
        };
        match (refused, function) {
            (Some(Refused { column, why }), _) => QueryError { message: why, line: line_of_name(query, &column) },
            (None, Some(function)) => QueryError {
                message: format!("a query may not call {function}: {NOT_CALLED}"),
                line: line_of_name(query, &function.to_ascii_lowercase()),
            },
            (None, None) => query_error(query, error),
        }
    }
}

fn names(statement: &rusqlite::Statement<'_>) -> Vec<String> {
    statement.column_names().map(str::to_owned).collect()
}

/// Puts a value as SQLite gives it in place of another, of which a text lends its memory.
fn read_into(place: &mut Scalar, value: ValueRef<'_>) {
    match (&mut *place, value) {
        (Scalar::Text(held), ValueRef::Text(text) | ValueRef::Blob(text)) => {
            held.clear();
            held.push_str(&String::from_utf8_lossy(text));
        }
        (_, value) => *place = scalar(value),
    }
}

/// A value as SQLite gives it.
pub(super) fn scalar(value: ValueRef<'_>) -> Scalar {
    match value {
        ValueRef::Null => Scalar::Null,
        ValueRef::Integer(number) => Scalar::Integer(number),
        ValueRef::Real(number) => Scalar::Real(number),
        ValueRef::Text(text) | ValueRef::Blob(text) => Scalar::Text(String::from_utf8_lossy(text).into_owned()),
    }
}

/// The first line, from 1, on which a column stands by its name; none where it is meant by `*`.
fn line_of_name(query: &str, column: &str) -> Option<usize> {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let is_named =
        |line: &str| line.to_ascii_lowercase().split(|character| !is_part(character)).any(|word| word == column);
    query.lines().position(is_named).map(|index| index + 1)
}

/// What SQLite says behind the name of a column in double quotes that is not there: a guess, and of a field that was renamed a
/// wrong one.
const GUESS: &str = " - should this be a string literal in single-quotes?";

fn query_error(query: &str, error: &rusqlite::Error) -> QueryError {
    match error {
        rusqlite::Error::SqlInputError { msg, offset, .. } => {
            let before = usize::try_from(*offset).ok().and_then(|offset| query.get(..offset));
            QueryError { message: msg.replace(GUESS, ""), line: before.map(|before| before.matches('\n').count() + 1) }
        }
        rusqlite::Error::SqliteFailure(failure, message) => {
            let words = match failure.code {
                rusqlite::ErrorCode::OperationInterrupted => "the query takes too long and was stopped".to_owned(),
                rusqlite::ErrorCode::AuthorizationForStatementDenied => {
                    "the query may only read the stored tables, without functions of the clock or of chance".to_owned()
                }
                rusqlite::ErrorCode::OutOfMemory => {
                    "the query needs more memory than the 2 GiB that all rows and queries may take".to_owned()
                }
                rusqlite::ErrorCode::TooBig => "the query makes a text that is longer than 16 MiB".to_owned(),
                _ => message.clone().unwrap_or_else(|| error.to_string()),
            };
            QueryError { message: words, line: None }
        }
        rusqlite::Error::MultipleStatement => {
            QueryError { message: "there is more than one statement".into(), line: None }
        }
        other => QueryError { message: other.to_string(), line: None },
    }
}
