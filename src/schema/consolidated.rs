//! `consolidated.yaml`: the sheets of the consolidated workbook.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::model::Format;

/// The consolidated workbook: what stands on its cover, and its sheets in order.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Consolidated {
    /// The workbook's title: a template.
    #[serde(default)]
    #[validate(length(min = 1, message = "the title is missing"))]
    pub title: String,
    /// Sentences on the cover: templates.
    #[serde(default)]
    pub cover: Vec<String>,
    /// Queries of one row each, by a name of your own. Templates may use their columns as `{{ name.column }}`.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// Notes that hold for the whole workbook, on the notes sheet: templates.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The sheets of tables, in order.
    #[serde(default)]
    #[validate(length(min = 1, message = "at least one sheet must be given"), nested)]
    pub sheets: Vec<SheetPlan>,
}

/// A sheet: one table, from a query or a table of the store.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "has_one_source", skip_on_field_errors = false))]
#[cfg_attr(
    test,
    schemars(extend("oneOf" = [
        {"required": ["table"], "not": {"required": ["query"]}},
        {"required": ["query", "columns"], "not": {"required": ["table"]}, "properties": {"columns": {"minItems": 1}}},
    ]))
)]
pub struct SheetPlan {
    /// The name on the tab: at most 31 characters, none of `[]:*?/\`.
    #[validate(custom(function = "is_sheet_name"))]
    #[cfg_attr(test, schemars(regex(pattern = r"^[^'\[\]:*?/\\]([^\[\]:*?/\\]{0,29}[^'\[\]:*?/\\])?$")))]
    pub name: String,
    /// The title above the table: a template.
    #[validate(length(min = 1, message = "the title is missing"))]
    pub title: String,
    /// A table of the pack, by the name of its file: each of its fields becomes a column, with the source of each row. Give
    /// either this or `query`.
    #[serde(default)]
    pub table: Option<String>,
    /// A query (SQL) whose columns become those of the sheet; they must be listed in `columns`.
    #[serde(default)]
    pub query: Option<String>,
    /// Titles and formats of the columns of a query, or of fields of a table that differ from their schema.
    #[serde(default)]
    pub columns: Vec<SheetColumn>,
    /// Notes on this table, on the notes sheet: templates.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Printed across rather than upright.
    #[serde(default)]
    pub landscape: bool,
}

/// A column of a sheet.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SheetColumn {
    /// The query's column, or the table's field.
    pub name: String,
    /// The heading.
    pub title: String,
    /// How the values are shown.
    #[serde(default)]
    pub format: Format,
    /// What stands in the total row.
    #[serde(default)]
    pub total: Total,
    /// The width in characters; from the content, if left out.
    #[serde(default)]
    pub width: Option<f64>,
}

/// What stands in the total row of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Total {
    /// Nothing.
    #[default]
    None,
    /// The sum, as a live formula.
    Sum,
}

fn has_one_source(sheet: &SheetPlan) -> Result<(), ValidationError> {
    if sheet.table.is_some() == sheet.query.is_some() {
        return Err(ValidationError::new("query").with_message("give either table or query".into()));
    }
    if sheet.query.is_some() && sheet.columns.is_empty() {
        return Err(ValidationError::new("columns").with_message("a query needs its columns".into()));
    }
    Ok(())
}

fn is_sheet_name(name: &str) -> Result<(), ValidationError> {
    let length = name.chars().count();
    let allowed =
        !name.contains(['[', ']', ':', '*', '?', '/', '\\']) && !name.starts_with('\'') && !name.ends_with('\'');
    if (1..=31).contains(&length) && allowed {
        Ok(())
    } else {
        Err(ValidationError::new("name")
            .with_message(format!("{name} is not a sheet name: 1 to 31 characters, none of []:*?/\\").into()))
    }
}
