//! Drafts of a pack: a table schema for each table that was found in workbooks that no pack describes, each guess with the
//! cells that made it think so.
//!
//! [`shape`] and [`form`] find tables on a sheet, with headings on several rows, sections, subtotals and what else stands
//! among the rows; [`groups`] brings together what is one table in many sheets and workbooks; [`study`] counts what the cells
//! of a column hold, and [`field`] makes a field of that; [`across`] sees months or years that go across. A [`Draft`] is data;
//! [`yaml`] writes it, and [`pack`] the other files of the pack. Nothing here reads a file or judges: the pipeline reads the
//! workbooks again by the drafted pack, and loosens what they break.

mod across;
mod adding;
mod building;
mod ending;
mod field;
mod files;
mod form;
mod form_draft;
mod groups;
mod identifiers;
mod names;
mod pack;
mod period;
mod pounds;
mod rows_draft;
mod shape;
mod shorthand;
mod study;
mod yaml;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::Sheet;
use crate::schema::{SheetChoice, TableSchema};

pub use building::{Drafted, drafts};
pub use files::{FileFamily, families};
pub use pack::{DraftedPack, files_of};
pub(in crate::inspect) use period::financial_year;
pub use period::{year_name, year_of, year_start};
pub use yaml::table_yaml;

/// A workbook that tables are drafted from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// What messages call it: its path.
    pub shown: &'a str,
    /// Its sheets.
    pub sheets: &'a [Sheet],
}

/// How a text is read as a day.
pub type ReadDay = fn(&str) -> Option<NaiveDate>;

/// A table schema, drafted.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The schema.
    pub schema: TableSchema,
    /// What made it think so, by the place in the schema.
    pub notes: Vec<Note>,
    /// Where the table stands.
    pub place: DraftPlace,
    /// How many of its days lie in each financial year, by the year in which that begins.
    pub years: Vec<(i32, usize)>,
}

/// Where a drafted table stands.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftPlace {
    /// The place of the kind of workbooks among the drafted kinds.
    pub kind: usize,
    /// The sheets.
    pub sheet: SheetChoice,
    /// Whether each workbook of the kind has it.
    pub in_each: bool,
    /// The cells of the first that was found, for example `Spend!A3:F14 of 2022-04 April return.xlsx`.
    pub first: String,
    /// How many more there were, on other sheets and in other workbooks.
    pub more: usize,
}

/// What made the draft think so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where in the schema: `fields[2].type`; the whole where it is empty.
    pub path: String,
    /// What was seen.
    pub text: String,
    /// The cells; of another sheet or workbook than the first, with its name.
    pub cells: Vec<Arc<str>>,
}

impl Note {
    /// A note on a part of the schema, without cells.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), cells: Vec::new() }
    }

    /// The same note with cells.
    pub fn at(mut self, cells: impl IntoIterator<Item = impl Into<Arc<str>>>) -> Self {
        self.cells = cells.into_iter().map(Into::into).collect();
        self
    }
}
