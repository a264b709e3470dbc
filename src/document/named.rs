//! Named queries: a `query NAME` fence, from which the queries of the other blocks read as from a stored table.

use std::ops::ControlFlow;

use super::fence::Kind;
use super::source::Source;
use crate::model::{Place, QueryError, Scalar, StoredRows};

/// Stored rows, with the named queries of one file beside the stored tables.
pub(super) struct WithNamed<'a> {
    rows: &'a dyn StoredRows,
    /// Name and query, in the order of the file: each may read from those above it.
    named: Vec<(&'a str, &'a str)>,
}

impl<'a> WithNamed<'a> {
    /// Takes the named queries from the file.
    pub fn new(rows: &'a dyn StoredRows, source: &'a Source) -> Self {
        let named = source.pieces.iter().filter_map(|piece| match &piece.kind {
            Kind::Query { name, query } => Some((name.as_str(), query.as_str())),
            _ => None,
        });
        Self { rows, named: named.collect() }
    }

    /// The query with the named queries that it reads from written before it, and how many lines these take.
    fn with_named(&self, query: &str) -> (String, usize) {
        let mut needed: Vec<(&str, &str)> = Vec::new();
        for &(name, text) in self.named.iter().rev() {
            // A query may be one of the named ones itself; it does not read from itself.
            let used = names(query, name) && text != query || needed.iter().any(|(_, other)| names(other, name));
            if used {
                needed.push((name, text));
            }
        }
        if needed.is_empty() {
            return (query.to_owned(), 0);
        }
        let written: Vec<String> =
            needed.iter().rev().map(|(name, text)| format!("\"{name}\" AS (\n{text}\n)")).collect();
        let before = format!("WITH RECURSIVE {}", written.join(", "));
        let lines = before.matches('\n').count();
        match without_with(query) {
            Some(rest) => (format!("{before}, {rest}"), lines),
            None => (format!("{before} {query}"), lines),
        }
    }

    /// An error with its line in the query that was asked.
    fn at_home(error: QueryError, before: usize) -> QueryError {
        QueryError { line: error.line.and_then(|line| line.checked_sub(before)).filter(|line| *line > 0), ..error }
    }
}

impl StoredRows for WithNamed<'_> {
    fn stream(
        &self,
        query: &str,
        each: &mut dyn FnMut(&[Scalar]) -> ControlFlow<()>,
    ) -> Result<Vec<String>, QueryError> {
        let (query, before) = self.with_named(query);
        self.rows.stream(&query, each).map_err(|error| Self::at_home(error, before))
    }

    fn columns(&self, query: &str) -> Result<Vec<String>, QueryError> {
        let (query, before) = self.with_named(query);
        self.rows.columns(&query).map_err(|error| Self::at_home(error, before))
    }

    fn origins(&self, query: &str) -> Result<Vec<Place>, QueryError> {
        let (query, before) = self.with_named(query);
        self.rows.origins(&query).map_err(|error| Self::at_home(error, before))
    }

    fn place(&self, row: i64, field: Option<&str>) -> Option<Place> {
        self.rows.place(row, field)
    }
}

/// Whether a query holds a name as a word of its own.
fn names(query: &str, name: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    query
        .match_indices(name)
        .any(|(at, _)| !query[..at].ends_with(is_part) && !query[at + name.len()..].starts_with(is_part))
}

/// What follows the `WITH` that a query begins with, if it does; `RECURSIVE` is left out as well.
fn without_with(query: &str) -> Option<&str> {
    let after = |text: &'_ str, word: &str| -> Option<usize> {
        let start = text.len() - text.trim_start().len();
        let end = start + word.len();
        let found = text.get(start..end)?.eq_ignore_ascii_case(word) && text[end..].starts_with(char::is_whitespace);
        found.then_some(end)
    };
    let rest = &query[after(query, "WITH")?..];
    Some(after(rest, "RECURSIVE").map_or(rest, |end| &rest[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    /// Stored rows that note what they are asked, and say that the last line is wrong.
    #[derive(Default)]
    struct Asked(RefCell<String>);

    impl StoredRows for Asked {
        fn stream(
            &self,
            query: &str,
            _: &mut dyn FnMut(&[Scalar]) -> ControlFlow<()>,
        ) -> Result<Vec<String>, QueryError> {
            *self.0.borrow_mut() = query.replace('\n', " ");
            Err(QueryError { message: "wrong".to_owned(), line: Some(query.matches('\n').count() + 1) })
        }
        fn columns(&self, query: &str) -> Result<Vec<String>, QueryError> {
            self.stream(query, &mut |_| ControlFlow::Break(()))
        }
        fn origins(&self, query: &str) -> Result<Vec<Place>, QueryError> {
            self.columns(query).map(|_| Vec::new())
        }
        fn place(&self, _: i64, _: Option<&str>) -> Option<Place> {
            None
        }
    }

    #[test]
    fn a_query_is_asked_with_the_named_queries_that_it_reads_from() {
        let text = "---\ntitle: T\nsubject: S\n---\n```query lines\nSELECT 1\n```\n```query sums\nSELECT sum(a) FROM lines\n```\n```query other\nSELECT 2\n```";
        let source = Source::parse(text, &mut Vec::new()).unwrap();
        let lines = "\"lines\" AS ( SELECT 1 )";
        let sums = "\"sums\" AS ( SELECT sum(a) FROM lines )";
        for (query, asked, line) in [
            ("SELECT a\nFROM spend", "SELECT a FROM spend".to_owned(), 2),
            ("SELECT a\nFROM lines", format!("WITH RECURSIVE {lines} SELECT a FROM lines"), 2),
            ("SELECT a FROM sums", format!("WITH RECURSIVE {lines}, {sums} SELECT a FROM sums"), 1),
            ("SELECT sum(a) FROM lines", format!("WITH RECURSIVE {lines} SELECT sum(a) FROM lines"), 1),
            ("SELECT deadlines\nFROM lines_2", "SELECT deadlines FROM lines_2".to_owned(), 2),
            (
                "with recursive n(i) AS (SELECT a FROM lines)\nSELECT i FROM n",
                format!("WITH RECURSIVE {lines},  n(i) AS (SELECT a FROM lines) SELECT i FROM n"),
                2,
            ),
        ] {
            let rows = Asked::default();
            let error = WithNamed::new(&rows, &source).columns(query).unwrap_err();
            assert_eq!((rows.0.into_inner(), error.line), (asked, Some(line)), "{query}");
        }
    }
}
