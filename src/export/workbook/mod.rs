//! The consolidated workbook, by the conventions for spreadsheets that are published (Analysis Function): cover,
//! contents, notes, then one table a sheet, marked up as an Excel table.
//!
//! What the sheets hold stands in the pack's `consolidated.yaml`; the rows come from the store and are handed straight
//! to the sheet. A text from a cell is always written as text, never as a formula, link or number.

pub(in crate::export) mod cells;
mod front;
pub(in crate::export) mod height;
pub(in crate::export) mod language;
mod long;
mod markup;
mod names;
mod notes;
pub(in crate::export) mod page;
mod prepare;
mod rows;
mod sheet;
pub(in crate::export) mod style;
mod survey;
#[cfg(test)]
mod tests;
mod total;
mod width;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::model::{Progress, QueryError, StoredRows};
use crate::schema::{Consolidated, Mistake, Mistakes, TableSchema, line_of};
use front::Listed;
use long::LongTable;
use names::TakenNames;
use notes::Notes;
use prepare::{Prepared, PreparedSheet};
use sheet::Share;
use style::Styles;
use survey::Survey;

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

/// How many rows go where.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    /// The most rows of a table on one sheet.
    on_a_sheet: u32,
    /// A table of more rows is long: its rows are not held to be written, but go into the finished file.
    long: u32,
}

/// Excel has room for 1,048,576 rows: four above a table's rows, and two of totals beneath. Tables of some thousand rows are
/// written by the library, whose files are a little smaller.
const BOUNDS: Bounds = Bounds { on_a_sheet: 1_048_570, long: 5_000 };

/// Writes the consolidated workbook and gives its bytes; the same inputs give the same bytes. `text` is that of
/// `consolidated.yaml`, where the lines of mistakes are found; `progress` hears how many rows of long tables are written.
///
/// # Errors
/// [`WorkbookError`]; [`check`] finds the mistakes of a plan before anything is written.
pub fn consolidated(
    plan: &Consolidated,
    text: &str,
    tables: &BTreeMap<Arc<str>, TableSchema>,
    rows: &dyn StoredRows,
    face: &Face,
    progress: &dyn Progress,
) -> Result<Vec<u8>, WorkbookError> {
    consolidated_within(BOUNDS, plan, text, tables, rows, face, progress)
}

fn consolidated_within(
    bounds: Bounds,
    plan: &Consolidated,
    text: &str,
    tables: &BTreeMap<Arc<str>, TableSchema>,
    rows: &dyn StoredRows,
    face: &Face,
    progress: &dyn Progress,
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
    let mut mistakes = Vec::new();
    let mut writing = Writing { workbook: &mut workbook, rows, face, styles: &styles, bounds, mistakes: &mut mistakes };
    let (listed, long) = writing.tables(&prepared, &mut notes)?;
    front::cover(workbook.worksheet_from_name(names::COVER)?, &prepared, face, &notes, &styles)?;
    front::contents(workbook.worksheet_from_name(names::CONTENTS)?, &listed, face, &notes, &styles)?;
    front::notes(workbook.worksheet_from_name(names::NOTES)?, face, &notes, &styles)?;
    let file = workbook.save_to_buffer()?;
    drop(workbook);
    let file = long::filled(file, &face.language, &long, rows, &mut mistakes, progress)?;
    // Only now, since the lines of the file are counted for each mistake.
    for mistake in &mut mistakes {
        mistake.line = line_of(text, &mistake.path);
    }
    if mistakes.is_empty() { Ok(file) } else { Err(Mistakes::new(mistakes).into()) }
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

/// The tables while they are written; what stands against values is gathered, so that all of it is told at once.
struct Writing<'a> {
    workbook: &'a mut Workbook,
    rows: &'a dyn StoredRows,
    face: &'a Face,
    styles: &'a Styles,
    bounds: Bounds,
    mistakes: &'a mut Vec<Mistake>,
}

impl Writing<'_> {
    /// Writes the sheets of each table of the plan, those of long tables without their rows. Gives all sheets, and the long
    /// tables.
    fn tables<'p>(
        &mut self,
        prepared: &'p Prepared,
        notes: &mut Notes,
    ) -> Result<(Vec<Listed>, Vec<LongTable<'p>>), WorkbookError> {
        let mut taken = prepared.taken.clone();
        let mut listed = Vec::new();
        let mut long = Vec::new();
        for plan in &prepared.sheets {
            let survey = survey::survey(plan, self.rows, self.bounds.on_a_sheet)?;
            let shares = shares(plan, &survey, self.bounds.on_a_sheet, &mut taken);
            let first_sheet = names::FRONT.len() + listed.len() + 1;
            let is_long = shares.len() > 1 || survey.rows > self.bounds.long;
            for share in &shares {
                listed.push(self.sheet(plan, &survey, share, &shares, is_long, notes)?);
            }
            if is_long {
                long.push(LongTable { plan, survey, shares, first_sheet });
            }
        }
        Ok((listed, long))
    }

    fn sheet(
        &mut self,
        plan: &PreparedSheet,
        survey: &Survey,
        share: &Share,
        shares: &[Share],
        is_long: bool,
        notes: &mut Notes,
    ) -> Result<Listed, WorkbookError> {
        let sheet = self.workbook.add_worksheet().set_name(&share.name)?;
        let written = if is_long {
            sheet::write_frame(sheet, plan, survey, share, self.styles)?
        } else {
            sheet::write(sheet, plan, survey, share, (self.rows, self.mistakes), self.styles)?
        };
        let is_last = shares.last().is_some_and(|last| last.name == share.name);
        if share.is_part && is_last && written.total {
            sheet::write_total_of_all(sheet, plan, survey, shares, self.styles)?;
        }
        let of_tool = [(survey.cut, notes::CUT), (share.is_part, notes::CONTINUED)];
        let of_tool = of_tool.into_iter().filter_map(|(is_so, note)| is_so.then_some(note));
        for note in plan.notes.iter().map(String::as_str).chain(of_tool) {
            notes.add(note, &share.name);
        }
        let which = page::share_sentence(share, &written, shares);
        let line = page::sheet_line(self.face, &written, &which, &notes.marks(&share.name));
        page::head(sheet, &plan.title, &line, names::CONTENTS, self.styles)?;
        page::set_up(sheet, self.face, written.width, plan.landscape)?;
        Ok(Listed { name: share.name.clone(), title: plan.title.clone(), rows: written.rows })
    }
}

/// What each sheet holds of a table: further sheets are named after the first.
fn shares(plan: &PreparedSheet, survey: &Survey, on_a_sheet: u32, taken: &mut TakenNames) -> Vec<Share> {
    let is_part = survey.sheets.len() > 1;
    let mut shares = vec![Share {
        name: plan.name.clone(),
        table_name: plan.table_name.clone(),
        rows: 0..survey.rows.min(on_a_sheet),
        totals: survey.sheets.first().cloned().unwrap_or_default(),
        is_part,
    }];
    for (number, totals) in (2..).zip(survey.sheets.iter().skip(1)) {
        let name = names::continued(&plan.name, number, &mut taken.sheets);
        let table_name = taken.tables.give(&name);
        let start = shares.last().map_or(0, |last| last.rows.end);
        let rows = start..survey.rows.min(start + on_a_sheet);
        shares.push(Share { name, table_name, rows, totals: totals.clone(), is_part });
    }
    shares
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
