//! Named queries: a `query NAME` fence, from which the queries of the other blocks read as from a stored table.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::fence::Kind;
use super::source::Source;
use crate::model::{Place, QueryError, Scalar, StoredRows};
use crate::schema::after_spaces;

/// Stored rows, with the named queries of one file beside the stored tables.
pub(super) struct WithNamed<'a> {
    rows: &'a dyn StoredRows,
    /// Name and query, in the order of the file: each may read from the others.
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

    /// The query with the named queries that it reads from written before it, and how many lines these take. The database
    /// finds each among them in whatever order they stand.
    fn with_named(&self, query: &str) -> (String, usize) {
        let needed = self.needed(query);
        if needed.is_empty() {
            return (query.to_owned(), 0);
        }
        let written: Vec<String> = needed.iter().map(|(name, text)| format!("\"{name}\" AS (\n{text}\n)")).collect();
        let before = format!("WITH RECURSIVE {}", written.join(", "));
        let lines = before.matches('\n').count();
        match without_with(query) {
            Some(rest) => (format!("{before}, {rest}"), lines),
            None => (format!("{before} {query}"), lines),
        }
    }

    /// The named queries that a query reads from, and those that these read from, in the order of the file. It may be one of
    /// them itself, and then it is among them only where another of them reads from it.
    fn needed(&self, query: &str) -> Vec<(&'a str, &'a str)> {
        let mut is_needed = vec![false; self.named.len()];
        let mut texts = vec![query];
        while let Some(reader) = texts.pop() {
            for (index, &(name, text)) in self.named.iter().enumerate() {
                if !is_needed[index] && text != reader && names(reader, name) {
                    is_needed[index] = true;
                    texts.push(text);
                }
            }
        }
        self.named.iter().zip(is_needed).filter(|(_, is_needed)| *is_needed).map(|(named, _)| *named).collect()
    }

    /// An error with its line in the query that was asked.
    fn at_home(error: QueryError, before: usize) -> QueryError {
        let line = error.line.and_then(|line| line.checked_sub(before)).filter(|line| *line > 0);
        let message = match error.message.strip_prefix("circular reference: ") {
            Some(name) => format!("the query {name} reads from itself, by way of the named queries that it reads from"),
            None => error.message,
        };
        QueryError { message, line }
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

    fn table(&self, row: i64) -> Option<Arc<str>> {
        self.rows.table(row)
    }
}

/// Whether a query holds a name as a word of its own.
fn names(query: &str, name: &str) -> bool {
    query.match_indices(name).any(|(at, _)| {
        !query[..at].ends_with(is_part_of_a_name) && !query[at + name.len()..].starts_with(is_part_of_a_name)
    })
}

/// The query without the `WITH` that it begins with, if it does, perhaps behind comments; `RECURSIVE` is left out as well.
/// All its lines stay.
fn without_with(query: &str) -> Option<String> {
    let (comments, rest) = without_word(query, "WITH")?;
    let (more, rest) = without_word(rest, "RECURSIVE").unwrap_or(("", rest));
    Some(format!("{comments}{more}{rest}"))
}

/// What stands before and behind the word that a text begins with behind spaces and comments; none where it is another.
fn without_word<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    let rest = after_spaces(text);
    let (found, after) = rest.split_at_checked(word.len())?;
    let is_word = found.eq_ignore_ascii_case(word) && !after.starts_with(is_part_of_a_name);
    is_word.then(|| (&text[..text.len() - rest.len()], after))
}

fn is_part_of_a_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
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
        fn table(&self, _: i64) -> Option<Arc<str>> {
            None
        }
    }

    #[test]
    fn a_query_is_asked_with_the_named_queries_that_it_reads_from() {
        let text = "---\ntitle: T\nsubject: S\n---\n```query lines\nSELECT 1\n```\n```query sums\nSELECT sum(a) FROM lines\n```\n```query other\nSELECT 2\n```\n\
                    ```query late\nSELECT b\nFROM below\n```\n```query below\nSELECT 3\n```";
        let source = Source::parse(text, &mut Vec::new()).unwrap();
        let lines = "\"lines\" AS ( SELECT 1 )";
        let sums = "\"sums\" AS ( SELECT sum(a) FROM lines )";
        let (late, below) = ("\"late\" AS ( SELECT b FROM below )", "\"below\" AS ( SELECT 3 )");
        for (query, asked, line) in [
            ("SELECT a\nFROM spend", "SELECT a FROM spend".to_owned(), 2),
            ("SELECT a\nFROM lines", format!("WITH RECURSIVE {lines} SELECT a FROM lines"), 2),
            ("SELECT a FROM sums", format!("WITH RECURSIVE {lines}, {sums} SELECT a FROM sums"), 1),
            ("SELECT sum(a) FROM lines", format!("WITH RECURSIVE {lines} SELECT sum(a) FROM lines"), 1),
            ("SELECT deadlines\nFROM lines_2", "SELECT deadlines FROM lines_2".to_owned(), 2),
            (
                "with recursive n(i) AS (SELECT a FROM lines)\nSELECT i FROM n",
                format!("WITH RECURSIVE {lines},   n(i) AS (SELECT a FROM lines) SELECT i FROM n"),
                2,
            ),
            (
                "-- lines\n/* of\n*/ WITH/* b */ n(i) AS (SELECT a FROM lines)\nSELECT i FROM n",
                format!(
                    "WITH RECURSIVE {lines}, -- lines /* of */ /* b */ n(i) AS (SELECT a FROM lines) SELECT i FROM n"
                ),
                4,
            ),
            ("-- with\nSELECT a FROM lines", format!("WITH RECURSIVE {lines} -- with SELECT a FROM lines"), 2),
            ("WITHOUT\nlines", format!("WITH RECURSIVE {lines} WITHOUT lines"), 2),
            // One that reads from one below it: both are written, whichever block asks.
            ("SELECT * FROM late", format!("WITH RECURSIVE {late}, {below} SELECT * FROM late"), 1),
            ("SELECT b\nFROM below", format!("WITH RECURSIVE {below} SELECT b FROM below"), 2),
        ] {
            let rows = Asked::default();
            let error = WithNamed::new(&rows, &source).columns(query).unwrap_err();
            assert_eq!((rows.0.into_inner(), error.line), (asked, Some(line)), "{query}");
        }
    }
}
