//! Rows as the templates of the prose see them: `{{ crime.months }}`, `{{ measure["DA-01"].value }}`.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, Rest};
use minijinja::{Environment, Error, ErrorKind, Value};

use super::marks;
use super::origins::RowOrigins;
use crate::model::{Format, QueryRows, Scalar};
use crate::schema::{Empty, RowReference, printed, to_template, verbatim};

/// One row of a query.
#[derive(Debug)]
pub(super) struct TemplateRow {
    columns: Arc<[String]>,
    values: Vec<Value>,
    origins: RowOrigins,
}

impl TemplateRow {
    /// A row with the names of its columns and the origins of its values.
    pub fn new(columns: &Arc<[String]>, row: &[Scalar], origins: RowOrigins) -> Self {
        Self { columns: columns.clone(), values: row.iter().map(to_template).collect(), origins }
    }

    /// The number of the origin of a column; of all columns without one.
    fn origins_of(&self, column: Option<&str>) -> Vec<usize> {
        let index = column.and_then(|name| self.columns.iter().position(|column| column == name));
        match index {
            Some(index) => self.origins.columns.get(index).copied().into_iter().collect(),
            None => self.origins.columns.clone(),
        }
    }
}

/// The name of the function that says where a figure begins, and which origins it has.
const BEGIN: &str = "origins_of_the_figure";
/// The name of the function that says where a figure ends.
const END: &str = "end_of_the_figure";

/// Makes an environment fit for what [`marked`] gives.
pub(super) fn add_marks(environment: &mut Environment<'static>) {
    environment.add_function(BEGIN, |arguments: Rest<Value>| {
        let mut origins = Vec::new();
        for pair in arguments.chunks(2) {
            let row = pair[0].downcast_object_ref::<TemplateRow>();
            origins.extend(row.map(|row| row.origins_of(pair.get(1).and_then(Value::as_str))).unwrap_or_default());
        }
        origins.sort_unstable();
        origins.dedup();
        verbatim(if origins.is_empty() { String::new() } else { marks::begin(&origins) })
    });
    environment.add_function(END, || verbatim(marks::end()));
}

/// The template with marks round each figure: `{{ crime.months }}` becomes
/// `{{ begin(crime, "months") }}{{ crime.months }}{{ end() }}`. Its lines stay those of the template.
pub(super) fn marked(template: &str) -> String {
    let mut text = String::with_capacity(template.len());
    let mut done = 0;
    for printed in printed(template).into_iter().filter(|printed| !printed.references.is_empty()) {
        let trims = |mark: Option<char>| mark.filter(|mark| matches!(mark, '-' | '+'));
        let before = trims(printed.inside.chars().next());
        let after = trims(printed.inside.chars().next_back());
        let from = before.map_or(0, char::len_utf8);
        let to = printed.inside.len() - after.map_or(0, char::len_utf8);
        let expression = printed.inside.get(from..to).unwrap_or_default();
        let argument = |reference: &RowReference<'_>| {
            let base = reference.base.replace('\n', " ");
            format!("{base}, {}", reference.column.map_or("none".to_owned(), |column| format!("\"{column}\"")))
        };
        let arguments: Vec<String> = printed.references.iter().map(argument).collect();
        let shown = |mark: Option<char>| mark.map(String::from).unwrap_or_default();
        text.push_str(&template[done..printed.start]);
        text.push_str(&format!(
            "{{{{{} {BEGIN}({}) }}}}{{{{ {expression} }}}}{{{{ {END}() {}}}}}",
            shown(before),
            arguments.join(", "),
            shown(after)
        ));
        done = printed.end;
    }
    text.push_str(&template[done..]);
    text
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
