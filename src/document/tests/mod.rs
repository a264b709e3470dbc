//! What becomes of an `appendix.md`, over rows that the tests lay down: a query is the name of its answer.

mod fences;
mod mistakes;
mod origins;
mod prose;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::*;
use crate::model::document::{Block, Inline};
use crate::model::{Area, Place, QueryError, QueryRows, Scalar};

/// Answers by the names of their queries.
#[derive(Clone, Default)]
pub(super) struct Rows {
    answers: BTreeMap<String, QueryRows>,
    reads: BTreeMap<String, Vec<Place>>,
    stored: BTreeMap<(i64, String), Scalar>,
}

impl Rows {
    /// Rows that know the year 2022-23 and nothing else.
    pub fn new() -> Self {
        let finding = ["table_name", "place", "message", "explanation", "workbook", "recorded", "approved", "date"];
        let rows = Self::default();
        rows.with("SELECT * FROM period", &["year"], vec![vec!["2022-23".into()]])
            .with("SELECT table_name", &finding, vec![])
            .with("SELECT workbook, number, sha256 FROM workbook", &["workbook", "number", "sha256"], vec![])
    }

    /// Adds an answer.
    pub fn with(mut self, query: &str, columns: &[&str], rows: Vec<Vec<Scalar>>) -> Self {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        self.answers.insert(query.to_owned(), QueryRows { columns, rows });
        self
    }

    /// Adds the workbooks of the year by their numbers: 1 is that of the funding, 2 to 13 are the monthly returns, 14 to 25 those of
    /// another year.
    pub fn with_workbooks(self) -> Self {
        let row = |number: i64| {
            let mark = format!("{number:0>2}").repeat(32);
            vec![workbook(number).as_str().into(), number.into(), mark.as_str().into()]
        };
        let columns = ["workbook", "number", "sha256"];
        self.with("SELECT workbook, number, sha256 FROM workbook", &columns, (1..=25).map(row).collect())
    }

    /// Says which places a query reads.
    pub fn reading(mut self, query: &str, places: Vec<Place>) -> Self {
        self.reads.insert(query.to_owned(), places);
        self
    }

    /// Says what is stored in a field of a row.
    pub fn storing(mut self, row: i64, field: &str, value: Scalar) -> Self {
        self.stored.insert((row, field.to_owned()), value);
        self
    }

    /// What is stored in fields of rows, as it is asked for by `SELECT _row, "field" FROM "stored"`; none for another query.
    fn stored(&self, query: &str) -> Option<Result<QueryRows, QueryError>> {
        let (fields, _) = query.strip_prefix("SELECT _row, ")?.split_once(" FROM \"stored\"")?;
        let columns: Vec<String> = fields.split(", ").map(|field| field.replace('"', "")).collect();
        let is_stored = |field: &String| self.stored.keys().any(|(_, name)| name == field);
        if !columns.iter().all(is_stored) {
            return Some(Err(QueryError { message: "no such column".to_owned(), line: None }));
        }
        let ids: BTreeSet<i64> = self.stored.keys().map(|(row, _)| *row).collect();
        let value = |row: i64, field: &String| self.stored.get(&(row, field.clone())).cloned().unwrap_or(Scalar::Null);
        let row = |row: i64| {
            std::iter::once(Scalar::Integer(row)).chain(columns.iter().map(|field| value(row, field))).collect()
        };
        let rows = ids.into_iter().map(row).collect();
        Some(Ok(QueryRows { columns, rows }))
    }

    /// Adds a difference in a table that an officer lets stand.
    pub fn explaining(self, table: &str) -> Self {
        let row =
            [table, "PCC funding!D15", "The total is £6,000.00 more.", "As published.", "funding.xlsx", "An officer"];
        let mut row: Vec<Scalar> = row.into_iter().map(Scalar::from).collect();
        row.extend(["A manager".into(), "2023-06-30".into()]);
        let mut all = self;
        if let Some(found) = all.answers.get_mut("SELECT table_name") {
            found.rows.push(row);
        }
        all
    }

    fn answer(&self, query: &str) -> Result<QueryRows, QueryError> {
        if let Some(answer) = self.stored(query) {
            return answer;
        }
        let name = if query.starts_with("SELECT table_name") { "SELECT table_name" } else { query.trim() };
        let error = || QueryError { message: format!("no such table: {name}"), line: Some(1) };
        self.answers.get(name).cloned().ok_or_else(error)
    }
}

impl StoredRows for Rows {
    fn stream(
        &self,
        query: &str,
        each: &mut dyn FnMut(&[Scalar]) -> ControlFlow<()>,
    ) -> Result<Vec<String>, QueryError> {
        let found = self.answer(query)?;
        for row in &found.rows {
            if each(row).is_break() {
                break;
            }
        }
        Ok(found.columns)
    }

    fn columns(&self, query: &str) -> Result<Vec<String>, QueryError> {
        self.answer(query).map(|found| found.columns)
    }

    /// Rows 1 to 99 are lines 1 to 99 of the funding; row 205 is line 5 of the second workbook, and so on.
    fn place(&self, row: i64, field: Option<&str>) -> Option<Place> {
        let (number, line) = if row < 100 { (1, row) } else { (row / 100, row % 100) };
        let area = match (number, field) {
            (14.., _) | (_, Some("nothing")) => return None,
            (1, Some("project")) => format!("B{line}"),
            (_, Some("amount")) => format!("D{line}"),
            (_, Some(_)) => return None,
            (_, None) => return Some(place(number, &format!("B{line}"), &format!("D{line}"))),
        };
        Some(place(number, &area, &area))
    }

    fn table(&self, row: i64) -> Option<Arc<str>> {
        self.place(row, None).map(|_| "stored".into())
    }

    fn origins(&self, query: &str) -> Result<Vec<Place>, QueryError> {
        self.answer(query).map(|_| self.reads.get(query.trim()).cloned().unwrap_or_default())
    }
}

/// The path of a workbook of the year.
fn workbook(number: i64) -> String {
    if number == 1 { "funding/Funding.xlsx".to_owned() } else { format!("monthly/Return {number}.xlsx") }
}

/// Cells of a workbook of the year.
pub(super) fn place(number: i64, first: &str, last: &str) -> Place {
    let sheet = if number == 1 { "PCC funding" } else { "Measures" };
    let area = Area::new(first.parse().unwrap(), last.parse().unwrap());
    Place::area(&workbook(number).into(), &sheet.into(), area)
}

impl From<&str> for Scalar {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Scalar {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

/// A figure that is kept back.
pub(super) const KEPT_BACK: Scalar = Scalar::Real(f64::INFINITY);

/// The settings at the top, without numbers; the text below them begins in line 6.
pub(super) const FRONT: &str =
    "---\ntitle: Figures\nsubject: Figures of the year\nnumber_headings: false\nnumber_paragraphs: false\n---\n";

pub(super) fn face(is_draft: bool) -> Face {
    let day = |text: &str| text.parse().unwrap();
    let period = Period {
        year: "2022-23".into(),
        start: day("2022-04-01"),
        end: day("2023-03-31"),
        to: "2023-03".parse().unwrap(),
    };
    Face {
        language: "en-GB".into(),
        author: "Partnership".into(),
        notice: None,
        period,
        fingerprint: "0123456789abcdef".into(),
        draft: is_draft.then(|| Draft { reasons: vec!["A reason.".into()] }),
    }
}

/// The final document of a text below the settings.
pub(super) fn document(text: &str, rows: &Rows) -> Document {
    build(&format!("{FRONT}{text}"), rows, &face(false)).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// The draft of a text below the settings.
pub(super) fn draft(text: &str, rows: &Rows) -> Document {
    build(&format!("{FRONT}{text}"), rows, &face(true)).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// The mistakes of the final document, as they are shown.
pub(super) fn refused(text: &str, rows: &Rows) -> Vec<String> {
    let mistakes = build(&format!("{FRONT}{text}"), rows, &face(false)).expect_err("the text has mistakes");
    mistakes.all().iter().map(ToString::to_string).collect()
}

/// The mistakes that are told before there are rows.
pub(super) fn told(text: &str, rows: &Rows) -> Vec<String> {
    let mistakes = Mistakes::new(check(&format!("{FRONT}{text}"), rows, &BTreeMap::new()));
    mistakes.all().iter().map(ToString::to_string).collect()
}

/// The words of some runs.
pub(super) fn words(runs: &[Inline]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// The words of a block of prose.
pub(super) fn words_of(block: &Block) -> String {
    match block {
        Block::Heading { text, .. } => text.clone(),
        Block::Paragraph { text, .. } => words(text),
        Block::List { items, .. } => items.iter().map(|item| words(item)).collect::<Vec<_>>().join("\n"),
        other => panic!("{other:?} is no prose"),
    }
}

/// The cells of a row.
pub(super) fn texts<T: AsRef<str>>(cells: &[T]) -> Vec<&str> {
    cells.iter().map(AsRef::as_ref).collect()
}
