//! The `table` fence: a query and how its rows are printed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use validator::Validate;

use super::FILE;
use super::fence::Piece;
use super::origins::{Origins, RowOrigins};
use super::pence::AmountNames;
use super::queries::{RESERVED, faults_of_query, unknown_tables};
use super::shorthand::notes_on_marks;
use crate::model::document::{Align, ColumnHead, TableBlock, TableCell};
use crate::model::{Format, QueryRows, Scalar, StoredRows, column_letters};
use crate::schema::{Mistake, NOT_AVAILABLE, TableSchema, Total};

/// A table of the appendix.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct TablePlan {
    /// What stands above the table, without its number: a template.
    #[serde(default)]
    #[validate(length(min = 1, message = "the caption is missing: it says what the table shows"))]
    pub caption: String,
    /// The query.
    #[serde(default)]
    #[validate(length(min = 1, message = "the query is missing"))]
    pub query: String,
    /// The columns, in the order in which they are printed.
    #[serde(default)]
    #[validate(length(min = 1, message = "the columns are missing"))]
    pub columns: Vec<ColumnPlan>,
    /// Notes under the table: templates.
    #[serde(default)]
    pub notes: Vec<String>,
    /// What stands instead of rows when there are none: a template.
    #[serde(default = "nothing_to_report")]
    pub empty: String,
    /// The label of the total row.
    #[serde(default = "total")]
    pub total: String,
    /// Stored tables whose explained differences are printed under this table.
    #[serde(default)]
    pub explained: Vec<String>,
}

/// A column of a table.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnPlan {
    /// The query's column.
    pub name: String,
    /// The heading.
    pub title: String,
    /// How the values are shown.
    #[serde(default)]
    pub format: Format,
    /// What stands in the total row.
    #[serde(default)]
    pub total: Total,
    /// The side to which the column is set; by its format, if left out.
    #[serde(default)]
    pub align: Option<Align>,
    /// What stands for a value that is not there; `[x]` for figures and dates, and nothing for texts, if left out.
    #[serde(default)]
    pub missing: Option<String>,
}

pub(super) fn nothing_to_report() -> String {
    "Nothing to report.".to_owned()
}

fn total() -> String {
    "Total".to_owned()
}

impl TablePlan {
    /// Reports columns that have no title, or a name that is not printed.
    pub fn faults_of_form(&self, piece: &Piece) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        for (index, column) in self.columns.iter().enumerate() {
            let mut fault = |key: &str, what: String| {
                let path = format!("columns[{index}].{key}");
                mistakes.push(Mistake::at(FILE, piece.line_of(&path), path, what));
            };
            if column.title.trim().is_empty() {
                fault("title", format!("the column {} has no title", column.name));
            }
            if RESERVED.contains(&column.name.as_str()) {
                fault("name", format!("{} says something about the row and is not printed", column.name));
            }
        }
        mistakes
    }

    /// Reports a query that fails, columns that it does not give, and tables whose differences it cannot explain.
    pub fn check(
        &self,
        piece: &Piece,
        rows: &dyn StoredRows,
        tables: &BTreeMap<Arc<str>, TableSchema>,
        amounts: &AmountNames<'_>,
    ) -> Vec<Mistake> {
        let mut mistakes = unknown_tables("explained", &self.explained, piece, tables);
        let named = self.columns.iter().enumerate();
        let named = named.map(|(index, column)| (format!("columns[{index}]"), column.name.as_str()));
        mistakes.extend(faults_of_query(&self.query, named, piece, rows));
        mistakes.extend(self.columns.iter().enumerate().filter_map(|(index, column)| {
            let path = format!("columns[{index}]");
            amounts.fault_of_column(&column.name, column.format, piece.line_of(&path), &path)
        }));
        mistakes
    }

    /// Formats the rows of the query, whose origins are `of_rows`. Caption and notes of the plan are left to the caller, who
    /// has the templates. Gives the table with the numbers of all its origins.
    pub fn build(
        &self,
        found: &QueryRows,
        of_rows: &[RowOrigins],
        origins: &Origins,
        piece: &Piece,
    ) -> Result<(TableBlock, Vec<usize>), Mistake> {
        let indices: Vec<usize> = self
            .columns
            .iter()
            .map(|column| found.column(&column.name).ok_or_else(|| not_given(piece, &column.name)))
            .collect::<Result<_, _>>()?;
        let note = found.column("_note");
        let mut row_notes = RowNotes::default();
        let mut body = Vec::with_capacity(found.rows.len());
        let mut all_origins = BTreeSet::new();
        for (row, of_row) in found.rows.iter().zip(of_rows) {
            let mut cells = Vec::with_capacity(self.columns.len());
            for (position, index) in indices.iter().enumerate() {
                let number = of_row.columns[*index];
                all_origins.insert(number);
                let origin = self.columns[position].holds_figures().then(|| origins.full(&[number])).flatten();
                cells.push(TableCell { text: self.show(position, &row[*index], piece)?, origin });
            }
            let text = note.and_then(|note| row[note].as_text()).map(str::trim).unwrap_or_default();
            if let Some(first) = cells.first_mut().filter(|_| !text.is_empty()) {
                first.text = format!("{} ({})", first.text, row_notes.letter(text)).trim_start().to_owned();
            }
            body.push(cells);
        }
        let total = self.total_row(found, &indices, of_rows, origins, piece)?;
        let mut notes = row_notes.printed();
        let cells = body.iter().flatten().chain(total.iter().flatten());
        notes.extend(notes_on_marks(cells.map(|cell| cell.text.as_str())));
        let columns = self.columns.iter().map(ColumnPlan::head).collect();
        let (caption, empty) = (String::new(), String::new());
        let table = TableBlock { caption, columns, rows: body, total, empty, notes, source: None };
        Ok((table, all_origins.into_iter().collect()))
    }

    fn total_row(
        &self,
        found: &QueryRows,
        indices: &[usize],
        of_rows: &[RowOrigins],
        origins: &Origins,
        piece: &Piece,
    ) -> Result<Option<Vec<TableCell>>, Mistake> {
        if self.columns.iter().all(|column| column.total == Total::None) || found.rows.is_empty() {
            return Ok(None);
        }
        let mut cells = Vec::with_capacity(self.columns.len());
        for (position, (column, index)) in self.columns.iter().zip(indices).enumerate() {
            cells.push(match column.total {
                Total::Sum => {
                    let sum = sum(found.rows.iter().map(|row| &row[*index]));
                    let numbers: BTreeSet<usize> = of_rows.iter().map(|of_row| of_row.columns[*index]).collect();
                    let numbers: Vec<usize> = numbers.into_iter().collect();
                    TableCell { text: self.show(position, &sum, piece)?, origin: origins.full(&numbers) }
                }
                Total::None if position == 0 => self.total.clone().into(),
                Total::None => TableCell::default(),
            });
        }
        Ok(Some(cells))
    }

    /// A value of the column at a position, as it is printed.
    fn show(&self, position: usize, value: &Scalar, piece: &Piece) -> Result<String, Mistake> {
        let column = &self.columns[position];
        if value.is_null() {
            return Ok(match (&column.missing, column.format) {
                (Some(missing), _) => missing.clone(),
                (None, Format::Text) => String::new(),
                (None, _) => NOT_AVAILABLE.to_owned(),
            });
        }
        column.format.show(value).map_err(|why| {
            let line = piece.line_of(&format!("columns[{position}]"));
            Mistake::at(FILE, line, format!("columns.{}", column.name), why.to_string())
        })
    }
}

impl ColumnPlan {
    /// Whether the column holds figures or dates, perhaps made texts by the query, and not words.
    fn holds_figures(&self) -> bool {
        self.format != Format::Text || self.align == Some(Align::Right)
    }

    fn head(&self) -> ColumnHead {
        let by_format = if self.format.is_numeric() { Align::Right } else { Align::Left };
        ColumnHead { title: self.title.clone(), align: self.align.unwrap_or(by_format) }
    }
}

fn not_given(piece: &Piece, column: &str) -> Mistake {
    let what = format!("the query does not give a column named {column}");
    Mistake::at(FILE, piece.line_of("columns"), "columns", what)
}

/// The notes of single rows, each once, in the order of their letters.
#[derive(Default)]
struct RowNotes(Vec<String>);

impl RowNotes {
    /// The letter of a note: a, b, …, z, aa, ab, ….
    fn letter(&mut self, text: &str) -> String {
        let index = self.0.iter().position(|note| note == text).unwrap_or_else(|| {
            self.0.push(text.to_owned());
            self.0.len() - 1
        });
        letters(index)
    }

    fn printed(&self) -> Vec<String> {
        self.0.iter().enumerate().map(|(index, text)| format!("({}) {text}", letters(index))).collect()
    }
}

/// As Excel names its columns, in small letters.
fn letters(index: usize) -> String {
    column_letters(u32::try_from(index).unwrap_or(u32::MAX)).to_lowercase()
}

/// The sum of the values: exact of whole numbers and pence; of others added in the order of the rows, so that the same rows
/// give the same sum. One that is kept back keeps the sum back, or it could be reckoned from it. A value that is missing
/// makes the sum missing: a total that leaves something out would be wrong without a word.
fn sum<'a>(values: impl Iterator<Item = &'a Scalar> + Clone) -> Scalar {
    if let Some(kept_back) = values.clone().find(|value| value.is_suppressed()) {
        return kept_back.clone();
    }
    let is_whole = values.clone().all(|value| matches!(value, Scalar::Integer(_)));
    let sum = if is_whole { whole_sum(values).map(Scalar::Integer) } else { real_sum(values).map(Scalar::Real) };
    sum.unwrap_or(Scalar::Null)
}

/// None when the sum is too great.
fn whole_sum<'a>(mut values: impl Iterator<Item = &'a Scalar>) -> Option<i64> {
    values.try_fold(0i64, |sum, value| sum.checked_add(value.as_integer()?))
}

/// None when a value is no number, or the sum is too great.
fn real_sum<'a>(mut values: impl Iterator<Item = &'a Scalar>) -> Option<f64> {
    let number = |value: &Scalar| match value {
        Scalar::Integer(number) => Some(*number as f64),
        Scalar::Real(number) => Some(*number),
        Scalar::Null | Scalar::Text(_) => None,
    };
    values.try_fold(0.0, |sum, value| number(value).map(|number| sum + number)).filter(|sum: &f64| sum.is_finite())
}
