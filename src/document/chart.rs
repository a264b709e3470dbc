//! The `chart` fence: a query and how its rows are drawn.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use validator::Validate;

use super::FILE;
use super::fence::Piece;
use super::origins::{Origins, RowOrigins};
use super::pence::AmountNames;
use super::queries::faults_of_query;
use super::shorthand::notes_on_marks;
use crate::model::document::{ChartBlock, ChartKind, ChartValue, Series};
use crate::model::{Format, QueryRows, Scalar, StoredRows};
use crate::schema::{Mistake, NOT_AVAILABLE};

/// A chart of the appendix.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ChartPlan {
    /// How the values are drawn.
    pub kind: ChartKind,
    /// What stands above the chart, without its number: a template.
    #[serde(default)]
    #[validate(length(min = 1, message = "the title is missing: it says what the chart shows"))]
    pub title: String,
    /// What the chart shows, for those who do not see it: a template.
    #[serde(default)]
    #[validate(length(
        min = 1,
        message = "the alternative text is missing: it says what the chart shows to those who do not see it"
    ))]
    pub alt: String,
    /// The query: a row for each category.
    #[serde(default)]
    #[validate(length(min = 1, message = "the query is missing"))]
    pub query: String,
    /// What the values stand along.
    pub category: CategoryPlan,
    /// The values.
    #[serde(default)]
    #[validate(length(min = 1, message = "the series are missing"))]
    pub series: Vec<SeriesPlan>,
    /// How the values are shown.
    #[serde(default = "number")]
    pub format: Format,
    /// What stands instead of the chart when there are no rows: a template.
    #[serde(default = "super::table::nothing_to_report")]
    pub empty: String,
    /// Notes under the chart: templates.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// The categories of a chart: projects, months.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryPlan {
    /// The query's column.
    pub name: String,
    /// How the categories are shown.
    #[serde(default)]
    pub format: Format,
}

/// The values of one colour.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct SeriesPlan {
    /// The query's column.
    pub name: String,
    /// What the values are.
    pub title: String,
}

fn number() -> Format {
    Format::Number
}

impl ChartPlan {
    /// Reports texts that are blank, a format that has no axis, and a bar chart of several series.
    pub fn faults_of_form(&self, piece: &Piece) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        let mut fault = |path: &str, what: &str| mistakes.push(Mistake::at(FILE, piece.line_of(path), path, what));
        // Nothing at all is told with the other keys.
        for (path, text) in [("title", &self.title), ("alt", &self.alt)] {
            if text.trim().is_empty() && !text.is_empty() {
                fault(path, "the text is missing");
            }
        }
        if !self.format.is_numeric() {
            fault("format", "a chart shows money, integer, number or percentage");
        }
        if self.kind == ChartKind::Bar && self.series.len() > 1 {
            fault("series", "a bar chart has one series; for several write kind: grouped-bar");
        }
        mistakes
    }

    /// Reports a query that fails, and columns that it does not give.
    pub fn check(&self, piece: &Piece, rows: &dyn StoredRows, amounts: &AmountNames<'_>) -> Vec<Mistake> {
        let series = self.series.iter().enumerate();
        let series = series.map(|(index, one)| (format!("series[{index}]"), one.name.as_str()));
        let named = std::iter::once(("category".to_owned(), self.category.name.as_str())).chain(series);
        let mut mistakes = faults_of_query(&self.query, named, piece, rows);
        let line = piece.line_of("format");
        let fault = |one: &SeriesPlan| amounts.fault_of_column(&one.name, self.format, line, "format");
        mistakes.extend(self.series.iter().find_map(fault));
        mistakes
    }

    /// Formats the rows of the query, whose origins are `of_rows`. The texts and notes of the plan are left to the caller, who
    /// has the templates. Gives the chart with the numbers of all its origins.
    pub fn build(
        &self,
        found: &QueryRows,
        of_rows: &[RowOrigins],
        origins: &Origins,
        piece: &Piece,
    ) -> Result<(ChartBlock, Vec<usize>), Mistake> {
        let mut categories = Vec::with_capacity(found.rows.len());
        let category = self.column(found, &self.category.name, "category", piece)?;
        for row in &found.rows {
            categories.push(shown(self.category.format, &row[category], "category", piece)?);
        }
        let mut series = Vec::with_capacity(self.series.len());
        let mut all_origins = BTreeSet::new();
        for (index, plan) in self.series.iter().enumerate() {
            let path = format!("series[{index}]");
            let column = self.column(found, &plan.name, &path, piece)?;
            let mut values = Vec::with_capacity(found.rows.len());
            for (row, of_row) in found.rows.iter().zip(of_rows) {
                let (amount, number) = (amount(&row[column]), of_row.columns[column]);
                let label = shown(self.format, &row[column], &path, piece)?;
                all_origins.insert(number);
                values.push(ChartValue { amount, label, origin: origins.full(&[number]) });
            }
            series.push(Series { title: plan.title.clone(), values });
        }
        let labels = series.iter().flat_map(|series| &series.values).map(|value| value.label.as_str());
        let chart = ChartBlock {
            title: String::new(),
            alt: String::new(),
            kind: self.kind,
            categories,
            notes: notes_on_marks(labels),
            series,
            format: self.format,
            empty: String::new(),
            source: None,
        };
        Ok((chart, all_origins.into_iter().collect()))
    }

    fn column(&self, found: &QueryRows, name: &str, path: &str, piece: &Piece) -> Result<usize, Mistake> {
        let what = || format!("the query does not give a column named {name}");
        found.column(name).ok_or_else(|| Mistake::at(FILE, piece.line_of(path), path, what()))
    }
}

fn shown(format: Format, value: &Scalar, path: &str, piece: &Piece) -> Result<String, Mistake> {
    if value.is_null() {
        return Ok(NOT_AVAILABLE.to_owned());
    }
    format.show(value).map_err(|why| Mistake::at(FILE, piece.line_of(path), path, why.to_string()))
}

/// The value for drawing; what is missing or kept back leaves a gap.
fn amount(value: &Scalar) -> Option<f64> {
    match value {
        Scalar::Integer(number) => Some(*number as f64),
        Scalar::Real(number) => number.is_finite().then_some(*number),
        Scalar::Null | Scalar::Text(_) => None,
    }
}
