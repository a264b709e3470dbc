//! Which of a row's texts tells a reader which row is meant.

use super::{Field, TableSchema};
use crate::model::{Row, Value};

impl TableSchema {
    /// The text that tells a reader which row is meant: the first text that is a name rather than a reference.
    pub fn label<'a>(&self, row: &'a Row) -> Option<&'a str> {
        let texts: Vec<(&Field, &str)> = self
            .fields
            .iter()
            .zip(&row.cells)
            .filter_map(|(field, cell)| match &cell.value {
                Value::Text(text) => Some((field, &**text)),
                _ => None,
            })
            .collect();
        let is_free = |field: &Field| field.constraints.pattern.is_none() && field.constraints.allowed.is_empty();
        let has_no_digit = |text: &str| !text.contains(|character: char| character.is_ascii_digit());
        texts
            .iter()
            .find(|(field, text)| is_free(field) && has_no_digit(text))
            .or_else(|| texts.iter().find(|(field, _)| is_free(field)))
            .or_else(|| texts.first())
            .map(|(_, text)| *text)
    }
}
