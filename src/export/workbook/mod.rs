//! The consolidated workbook, by the conventions for spreadsheets that are published (Analysis Function): cover,
//! contents, notes, then one table a sheet, marked up as an Excel table.
//!
//! What the sheets hold stands in the pack's `consolidated.yaml`; the rows come from the store and are handed straight
//! to the sheet. A text from a cell is always written as text, never as a formula, link or number.

pub(in crate::export) mod cells;
mod front;
pub(in crate::export) mod height;
pub(in crate::export) mod language;
mod names;
mod notes;
pub(in crate::export) mod page;
mod prepare;
mod sheet;
pub(in crate::export) mod style;
#[cfg(test)]
mod tests;
mod total;
mod width;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::model::{QueryError, StoredRows};
use crate::schema::{Consolidated, Mistake, Mistakes, TableSchema, line_of};
use front::Listed;
use notes::Notes;
use prepare::Prepared;
use style::Styles;

/// The names by which the templates of `consolidated.yaml` know the run.
pub type Context = BTreeMap<String, minijinja::Value>;

/// What the workbook says about itself: on its cover, in its document properties, at the head and foot of its pages.
#[derive(Debug, Clone)]
pub struct Face {
    /// The partnership's full name; becomes the document property "author".
    pub partnership: String,
    /// The partnership's name in short, at the head of each page.
    pub short_name: String,
    /// The council whose committee receives the report; may be empty.
    pub council: String,
    /// The committee.
    pub committee: String,
    /// The financial year, for example `2022-23`.
    pub year: String,
    /// The months reported, for example `April 2022 to March 2023`, or `up to August 2022; the year is not complete`.
    pub period: String,
    /// A sentence that must not be missed, for example that the data are a sample.
    pub notice: Option<String>,
    /// What the workbook was made from: the number of workbooks and their fingerprint.
    pub prepared_from: String,
    /// The language as an RFC 5646 tag, for example `en-GB`.
    pub language: String,
    /// The last day reported: stands as the day of creation, so that the same inputs give the same bytes.
    pub date: NaiveDate,
    /// The names that templates in titles, cover sentences and notes may use.
    pub context: Context,
}

/// Why the workbook could not be made.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// The plan asks for what cannot be done; every such mistake at once.
    #[error(transparent)]
    Plan(#[from] Mistakes),
    /// A query that was in order could not be answered, for example because it took too long.
    #[error("The sheet {sheet} could not be filled: {source}")]
    Query {
        /// The sheet's name.
        sheet: String,
        /// The store's answer.
        source: QueryError,
    },
    /// More rows than a sheet can hold.
    #[error(
        "The sheet {sheet} has more than {} rows, which is more than Excel can hold. Divide it in consolidated.yaml, \
         for example into one sheet for each half-year.",
        sheet::MOST_ROWS
    )]
    TooManyRows {
        /// The sheet's name.
        sheet: String,
    },
    /// A column's total is beyond what can be added exactly.
    #[error("The total of {column} on the sheet {sheet} is too large to be added exactly.")]
    TotalTooLarge {
        /// The sheet's name.
        sheet: String,
        /// The column's title.
        column: String,
    },
    /// The library that writes workbooks would not; with its words.
    #[error("The consolidated workbook could not be made: {0}")]
    Excel(String),
}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        Self::Excel(error.to_string())
    }
}

/// Writes the consolidated workbook and gives its bytes; the same inputs give the same bytes. `text` is that of
/// `consolidated.yaml`, where the lines of mistakes are found.
///
/// # Errors
/// [`WorkbookError`]; [`check`] finds the mistakes of a plan before anything is written.
pub fn consolidated(
    plan: &Consolidated,
    text: &str,
    tables: &BTreeMap<Arc<str>, TableSchema>,
    rows: &dyn StoredRows,
    face: &Face,
) -> Result<Vec<u8>, WorkbookError> {
    let prepared = prepare::prepare(plan, text, tables, rows, &face.context).map_err(Mistakes::new)?;
    let styles = Styles::new();
    let mut workbook = Workbook::new();
    workbook.set_default_format(&styles.base, style::ROW_PIXELS, style::COLUMN_PIXELS)?;
    workbook.set_properties(&properties(&prepared, face));
    // The sheets at the front say what the others hold, so they are filled last.
    for name in names::FRONT {
        workbook.add_worksheet().set_name(name)?;
    }
    let mut notes = Notes::new(&prepared.notes);
    let listed = write_tables(&mut workbook, &prepared, text, rows, face, &styles, &mut notes)?;
    front::cover(workbook.worksheet_from_name(names::COVER)?, &prepared, face, &notes, &styles)?;
    front::contents(workbook.worksheet_from_name(names::CONTENTS)?, &listed, face, &notes, &styles)?;
    front::notes(workbook.worksheet_from_name(names::NOTES)?, face, &notes, &styles)?;
    language::with_language(workbook.save_to_buffer()?, &face.language)
}

/// Every mistake in `consolidated.yaml` that its types cannot show: unknown columns, queries that are not SQL or name
/// what is not there, templates that name what is not known. `text` is the file's text, where the lines are found.
pub fn check(
    plan: &Consolidated,
    text: &str,
    tables: &BTreeMap<Arc<str>, TableSchema>,
    rows: &dyn StoredRows,
    context: &Context,
) -> Vec<Mistake> {
    prepare::prepare(plan, text, tables, rows, context).err().unwrap_or_default()
}

/// Writes a sheet for each table of the plan, and gathers what stands against values so that all of it is told at once.
fn write_tables(
    workbook: &mut Workbook,
    prepared: &Prepared,
    text: &str,
    rows: &dyn StoredRows,
    face: &Face,
    styles: &Styles,
    notes: &mut Notes,
) -> Result<Vec<Listed>, WorkbookError> {
    let mut listed = Vec::new();
    let mut mistakes = Vec::new();
    for plan in &prepared.sheets {
        let worksheet = workbook.add_worksheet().set_name(&plan.name)?;
        let written = sheet::write(worksheet, plan, rows, styles, &mut mistakes)?;
        for note in &plan.notes {
            notes.add(note, &plan.name);
        }
        if written.cut {
            notes.add(notes::CUT, &plan.name);
        }
        let line = page::sheet_line(face, &written, &notes.marks(&plan.name));
        page::head(worksheet, &plan.title, &line, names::CONTENTS, styles)?;
        page::set_up(worksheet, face, written.width, plan.landscape)?;
        listed.push(Listed { name: plan.name.clone(), title: plan.title.clone(), rows: written.rows });
    }
    // Only now, since the lines of the file are counted for each mistake.
    for mistake in &mut mistakes {
        mistake.line = line_of(text, &mistake.path);
    }
    if mistakes.is_empty() { Ok(listed) } else { Err(Mistakes::new(mistakes).into()) }
}

fn properties(prepared: &Prepared, face: &Face) -> DocProperties {
    let comment = face.notice.iter().map(String::as_str).chain([face.prepared_from.as_str()]);
    let properties = DocProperties::new()
        .set_title(&prepared.title)
        .set_subject(page::period_sentence(face))
        .set_author(&face.partnership)
        .set_company(&face.partnership)
        .set_comment(comment.collect::<Vec<_>>().join(" "));
    match excel_date(face.date) {
        Some(date) => properties.set_creation_datetime(&date),
        None => properties,
    }
}

/// A day as Excel counts days; none before 1900 and after 9999.
pub(in crate::export) fn excel_date(date: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    ExcelDateTime::from_ymd(year, u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?).ok()
}
