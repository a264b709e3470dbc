//! Rows as the templates of the prose see them: `{{ crime.months }}`, `{{ measure["DA-01"].value }}`.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object};
use minijinja::{Error, ErrorKind, Value};

use crate::model::{Format, QueryRows, Scalar};
use crate::schema::{Empty, to_template};

/// One row of a query.
#[derive(Debug)]
pub(super) struct TemplateRow {
    columns: Arc<[String]>,
    values: Vec<Value>,
}

impl TemplateRow {
    /// A row with the names of its columns.
    pub fn new(columns: &Arc<[String]>, row: &[Scalar]) -> Self {
        Self { columns: columns.clone(), values: row.iter().map(to_template).collect() }
    }
}

impl Object for TemplateRow {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let index = self.columns.iter().position(|column| key.as_str() == Some(column))?;
        self.values.get(index).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.columns.iter().map(|column| Value::from(column.as_str())).collect())
    }
}

/// The rows of a query, each picked by the text of one of its columns.
#[derive(Debug)]
pub(super) struct KeyedRows {
    name: String,
    columns: Arc<[String]>,
    /// Nothing stands for a key that several rows have: none of them can be the one that is meant.
    rows: BTreeMap<String, Option<Value>>,
    empty: Empty,
}

impl KeyedRows {
    /// The rows by the column at `by`; `rows` are those of `found` as templates see them.
    pub fn new(name: &str, found: &QueryRows, by: usize, rows: Vec<Value>, empty: Empty) -> Self {
        let mut keyed: BTreeMap<String, Option<Value>> = BTreeMap::new();
        for (row, value) in found.rows.iter().zip(rows) {
            if let (false, Ok(key)) = (row[by].is_null(), Format::Text.show(&row[by])) {
                keyed.entry(key).and_modify(|row| *row = None).or_insert(Some(value));
            }
        }
        Self { name: name.to_owned(), columns: found.columns.as_slice().into(), rows: keyed, empty }
    }
}

impl Object for KeyedRows {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.to_string();
        let why = match self.rows.get(&key) {
            Some(Some(row)) => return Some(row.clone()),
            Some(None) => format!("{} has several rows of {key:?}", self.name),
            None => format!("{} has no row of {key:?}", self.name),
        };
        Some(Value::from_object(MissingRow { columns: self.columns.clone(), why, empty: self.empty }))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.rows.keys().map(|key| Value::from(key.as_str())).collect())
    }
}

/// Stands for a row that is not there: it does not hold in a condition, and its values are not available in a draft, and
/// errors that name the key elsewhere.
#[derive(Debug)]
struct MissingRow {
    columns: Arc<[String]>,
    why: String,
    empty: Empty,
}

impl Object for MissingRow {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        if !self.columns.iter().any(|column| key.as_str() == Some(column)) {
            return None;
        }
        Some(match self.empty {
            Empty::Refused => Value::from(Error::new(ErrorKind::InvalidOperation, self.why.clone())),
            Empty::Marked | Empty::Blank => Value::from(()),
        })
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }
}
