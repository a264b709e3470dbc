//! The `table` fence: a query and how its rows are printed.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use validator::Validate;

use super::{FILE, query_mistake};
use crate::model::document::{Align, ColumnHead, TableBlock, TableCell};
use crate::model::{Format, QueryRows, Scalar, StoredRows};
use crate::schema::{Mistake, NOT_AVAILABLE, TableSchema, Total};

/// A table of the appendix.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
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

fn nothing_to_report() -> String {
    "Nothing to report.".to_owned()
}

fn total() -> String {
    "Total".to_owned()
}

impl TablePlan {
    /// Reports a query that fails, columns that it does not give, and tables whose differences it cannot explain.
    pub fn check(&self, line: usize, rows: &dyn StoredRows, tables: &BTreeMap<Arc<str>, TableSchema>) -> Vec<Mistake> {
        let unknown = self.explained.iter().filter(|name| !tables.contains_key(name.as_str()));
        let mut mistakes: Vec<Mistake> = unknown
            .map(|name| {
                Mistake::at(FILE, line, "explained", format!("there is no table named {name}"))
                    .with_likely(name, tables.keys().map(|name| &**name))
            })
            .collect();
        match rows.columns(&self.query) {
            Err(error) => mistakes.push(query_mistake(line, &error)),
            Ok(given) => {
                let missing = self.columns.iter().filter(|column| !given.contains(&column.name));
                mistakes.extend(missing.map(|column| {
                    not_given(line, &column.name).with_likely(&column.name, given.iter().map(String::as_str))
                }));
            }
        }
        mistakes
    }

    /// Runs the query and formats its rows. Caption and notes are left to the caller, who has the templates.
    pub fn build(&self, rows: &dyn StoredRows, line: usize) -> Result<TableBlock, Mistake> {
        let found = rows.query(&self.query).map_err(|error| query_mistake(line, &error))?;
        let indices: Vec<usize> = self
            .columns
            .iter()
            .map(|column| found.column(&column.name).ok_or_else(|| not_given(line, &column.name)))
            .collect::<Result<_, _>>()?;
        let mut body = Vec::with_capacity(found.rows.len());
        for row in &found.rows {
            let cells = self
                .columns
                .iter()
                .zip(&indices)
                .map(|(column, index)| column.show(&row[*index], line).map(TableCell::from));
            body.push(cells.collect::<Result<Vec<_>, _>>()?);
        }
        Ok(TableBlock {
            caption: String::new(),
            columns: self.columns.iter().map(ColumnPlan::head).collect(),
            rows: body,
            total: self.total_row(&found, &indices, line)?,
            empty: String::new(),
            notes: Vec::new(),
            source: None,
        })
    }

    fn total_row(&self, found: &QueryRows, indices: &[usize], line: usize) -> Result<Option<Vec<TableCell>>, Mistake> {
        if self.columns.iter().all(|column| column.total == Total::None) || found.rows.is_empty() {
            return Ok(None);
        }
        let mut cells = Vec::with_capacity(self.columns.len());
        for (position, (column, index)) in self.columns.iter().zip(indices).enumerate() {
            cells.push(match column.total {
                Total::Sum => column.show(&sum(found.rows.iter().map(|row| &row[*index])), line)?.into(),
                Total::None if position == 0 => self.total.clone().into(),
                Total::None => TableCell::default(),
            });
        }
        Ok(Some(cells))
    }
}

impl ColumnPlan {
    fn head(&self) -> ColumnHead {
        let by_format = if self.format.is_numeric() { Align::Right } else { Align::Left };
        ColumnHead { title: self.title.clone(), align: self.align.unwrap_or(by_format) }
    }

    fn show(&self, value: &Scalar, line: usize) -> Result<String, Mistake> {
        if value.is_null() {
            return Ok(match (&self.missing, self.format) {
                (Some(missing), _) => missing.clone(),
                (None, Format::Text) => String::new(),
                (None, _) => NOT_AVAILABLE.to_owned(),
            });
        }
        self.format
            .show(value)
            .map_err(|why| Mistake::at(FILE, line, format!("columns.{}", self.name), why.to_string()))
    }
}

fn not_given(line: usize, column: &str) -> Mistake {
    Mistake::at(FILE, line, "columns", format!("the query does not give a column named {column}"))
}

/// An exact sum of whole numbers or pence. A value that is missing makes the sum missing: a total that leaves
/// something out would be wrong without a word.
fn sum<'a>(values: impl Iterator<Item = &'a Scalar>) -> Scalar {
    let mut sum = 0i64;
    for value in values {
        match value.as_integer().and_then(|number| sum.checked_add(number)) {
            Some(next) => sum = next,
            None => return Scalar::Null,
        }
    }
    Scalar::Integer(sum)
}
