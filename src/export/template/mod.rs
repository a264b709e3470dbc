//! A blank workbook made from the pack: what an officer fills in and puts into the inbox.
//!
//! For each table its title, its headings as the reader wants them, cells to fill in with Excel's data validation by the
//! schema's constraints, and totals as formulas; behind them a sheet of guidance. Each entry that Excel refuses there is one
//! that is a finding when the workbook is read; Excel lets more pass than that.

mod anchors;
mod example;
mod file;
mod form;
mod guidance;
mod names;
mod page;
mod plan;
mod rows;
mod rule;
mod style;
mod words;

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use self::page::{Lists, Making, Page};
use self::plan::{Plan, Shape, Span, TablePlan};
use self::style::Styles;
use super::workbook::{WorkbookError, excel_date, language};
use crate::model::{Month, listed};
use crate::schema::{Pack, Year};

pub use self::file::{TemplateFileError, write};

/// So many rows are there to fill in, unless the pack tells which rows there are.
pub const ENTRY_ROWS: u32 = 40;
/// The names that the sheet of guidance may have; the first that is free.
const GUIDANCE: [&str; 3] = ["Guidance", "How to fill in", "About this form"];
/// The names that the sheet of lists may have; the first that is free.
const LISTS: [&str; 3] = ["Lists", "Lists to choose from", "Choices"];

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The name of a kind of workbook, or of a table.
    pub name: &'a str,
    /// The month for which the workbook is to be filled in, if it is one of a month.
    pub month: Option<Month>,
    /// The financial year, as the pack names it; that of the month, or the latest, if left out.
    pub year: Option<&'a str>,
    /// How many rows there are to fill in, where the pack does not tell them; at least 1.
    pub rows: u32,
}

/// A blank workbook.
#[derive(Debug)]
pub struct Template {
    /// The name under which it is known in the inbox when it is filled in, if the pack's pattern gives one; else what it is.
    pub file_name: String,
    /// The names of its sheets, in their order.
    pub sheets: Vec<String>,
    /// How the file has to be named, and what else it needs, in sentences for the officer.
    pub naming: Naming,
    /// Which sheets of the workbook it has not, and why, in sentences for the officer.
    pub without: Vec<String>,
    /// The file.
    pub bytes: Vec<u8>,
}

/// How a filled-in workbook has to be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The name by which it is known, without its ending; none where none could be told.
    known_as: Option<String>,
    /// Such a name of another month, where the month is not given.
    such_as: Option<String>,
    /// The pattern of such names; none of a table that no workbook of the pack has.
    pattern: Option<String>,
}

impl Naming {
    /// How the file has to be named, in sentences.
    pub fn sentences(&self) -> Vec<String> {
        let Some(pattern) = &self.pattern else {
            return vec!["The pack has this table in no workbook, so no name tells what it is.".to_owned()];
        };
        match (&self.known_as, &self.such_as) {
            (Some(name), _) => {
                vec![format!("The file must be named {name}.xlsx: by its name it is known what the workbook is.")]
            }
            (None, Some(name)) => vec![format!(
                "Name the file for its month, such as {name}.xlsx: by its name it is known what the workbook is, and of which \
                 month."
            )],
            (None, None) => vec![format!(
                "Name the file by the pattern {pattern} and the ending .xlsx: by its name it is known what the workbook is."
            )],
        }
    }
}

/// Why no blank workbook was made.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// No kind of workbook and no table has the name.
    #[error("{name} is neither a workbook nor a table of the pack.{known}.")]
    Unknown {
        /// What was given.
        name: String,
        /// The nearest name, and which there are.
        known: String,
    },
    /// The pack does not tell enough of a table.
    #[error(
        "A form for {table} cannot be made, because {why}. Copy a workbook that was filled in before, and clear its cells."
    )]
    CannotBeMade {
        /// The table's title.
        table: String,
        /// Why, as it follows “because”.
        why: String,
    },
    /// No such year in the pack.
    #[error("{year} is no year of the pack. Its years are {known}.")]
    NoSuchYear {
        /// What was given.
        year: String,
        /// Those that there are.
        known: String,
    },
    /// The month lies in no year of the pack, or not in the one that is given.
    #[error("{month} does not lie in {within}.")]
    OutsideYear {
        /// The month that was given.
        month: Month,
        /// Where it should lie.
        within: String,
    },
    /// The library that writes workbooks would not; with its words.
    #[error("The form could not be made: {0}")]
    Excel(String),
}

impl From<XlsxError> for TemplateError {
    fn from(error: XlsxError) -> Self {
        Self::Excel(error.to_string())
    }
}

impl From<WorkbookError> for TemplateError {
    fn from(error: WorkbookError) -> Self {
        Self::Excel(error.to_string())
    }
}

/// Makes a blank workbook; the same pack and the same asked give the same bytes.
///
/// # Errors
/// [`TemplateError`], in words for the officer.
pub fn template(pack: &Pack, asked: &Asked<'_>) -> Result<Template, TemplateError> {
    let span = Span { year: year(pack, asked)?, month: asked.month };
    let plan = plan::plan(pack, asked.name, &span, asked.rows.max(1))?;
    let span = plan.told(span);
    let naming = naming(pack, &plan, &span);
    let styles = Styles::new();
    let making = Making { pack, span, styles: &styles };
    let mut workbook = Workbook::new();
    workbook.set_default_format(&styles.base, style::ROW_PIXELS, style::COLUMN_PIXELS)?;
    workbook.set_properties(&properties(pack, &plan, &span));
    let sheets = write_sheets(&mut workbook, &plan, making, &naming)?;
    let bytes = language::with_language(workbook.save_to_buffer()?, &pack.partnership.language)?;
    let stem = naming.known_as.clone().unwrap_or_else(|| format!("{} template", plan.title));
    let file_name = format!("{}.xlsx", stem.replace(['\\', '/', ':', '*', '?', '"', '<', '>', '|'], " "));
    Ok(Template { file_name, sheets, naming, without: plan.without(), bytes })
}

/// The year that is asked for.
fn year<'p>(pack: &'p Pack, asked: &Asked<'_>) -> Result<&'p Year, TemplateError> {
    let years = &pack.partnership.years;
    let names = || listed(&years.iter().map(|year| year.name.as_str()).collect::<Vec<_>>(), "and");
    let unknown = |name: &str| TemplateError::NoSuchYear { year: name.to_owned(), known: names() };
    let year = match (asked.year, asked.month) {
        (Some(name), _) => years.iter().find(|year| year.name == name).ok_or_else(|| unknown(name))?,
        (None, Some(month)) => years.iter().find(|year| year.contains(month)).ok_or_else(|| {
            TemplateError::OutsideYear { month, within: format!("any year of the pack ({})", names()) }
        })?,
        (None, None) => years.iter().max_by_key(|year| year.start).ok_or_else(|| unknown("The latest"))?,
    };
    match asked.month.filter(|month| !year.contains(*month)) {
        Some(month) => Err(TemplateError::OutsideYear { month, within: year.name.clone() }),
        None => Ok(year),
    }
}

fn naming(pack: &Pack, plan: &Plan<'_>, span: &Span<'_>) -> Naming {
    let of_kind = plan.kind.map(|kind| {
        let known_as = names::file_stem(pack, kind, span);
        let such_as = names::example_stem(pack, kind, span);
        Naming { known_as, such_as, pattern: Some(kind.files.text().to_owned()) }
    });
    of_kind.unwrap_or(Naming { known_as: None, such_as: None, pattern: None })
}

/// Whether a workbook of that name (without its ending) is known for what was asked for, as far as the pack tells it.
pub fn is_known_by_name(pack: &Pack, asked: &Asked<'_>, stem: &str) -> Result<bool, TemplateError> {
    let span = Span { year: year(pack, asked)?, month: asked.month };
    let plan = plan::plan(pack, asked.name, &span, 1)?;
    Ok(plan.kind.is_some_and(|kind| names::is_known(pack, kind, &plan.told(span), stem)))
}

/// Writes all sheets and gives their names.
fn write_sheets(
    workbook: &mut Workbook,
    plan: &Plan<'_>,
    making: Making<'_>,
    naming: &Naming,
) -> Result<Vec<String>, TemplateError> {
    let choices = plan::choices(plan);
    let mut taken: Vec<&str> = plan.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let guidance = names::free_sheet(&GUIDANCE, &taken, &choices);
    let list_sheet = names::free_sheet(&LISTS, &taken, &choices).unwrap_or_else(|| LISTS[0].to_owned());
    let mut lists = Lists { sheet: list_sheet, columns: Vec::new() };
    let footer = format!("{}: {}, {}", making.pack.partnership.short_name, plan.title, period(&making.span));
    for sheet in &plan.sheets {
        let worksheet = workbook.add_worksheet().set_name(&sheet.name)?;
        let mut page = Page::new(worksheet, making, &mut lists);
        let mut first_entry = None;
        for table in &sheet.tables {
            page.head(table.schema.called(), &head_lines(plan, making, guidance.as_deref()))?;
            match &table.shape {
                Shape::Rows(rows) => first_entry = Some(rows.write(table.schema, &mut page)?),
                Shape::Form(form) => form.write(table.schema, &mut page)?,
            }
            page.row += 2;
        }
        if let (Some(row), [_]) = (first_entry, sheet.tables.as_slice()) {
            page.worksheet.set_freeze_panes(row, 0)?;
            page.worksheet.set_repeat_rows(row - 1, row - 1)?;
        }
        for (name, cells) in page.finish(&footer) {
            workbook.define_name(name, &cells)?;
        }
    }
    guidance::lists(workbook, &lists, making, &footer)?;
    let mut names: Vec<String> = taken.drain(..).map(str::to_owned).collect();
    if !lists.columns.is_empty() {
        names.push(lists.sheet.clone());
    }
    if let Some(name) = guidance {
        let worksheet = workbook.add_worksheet().set_name(&name)?;
        guidance::guidance(worksheet, plan, making, naming, &footer)?;
        names.push(name);
    }
    Ok(names)
}

/// What is said under the title of a table.
fn head_lines(plan: &Plan<'_>, making: Making<'_>, guidance: Option<&str>) -> Vec<String> {
    let of = format!("{}. {}, {}.", making.pack.partnership.name, plan.title, period(&making.span));
    let how =
        guidance.map(|sheet| format!("Fill in the pale cells with a border. What each must hold: sheet {sheet}."));
    [Some(of), how].into_iter().flatten().collect()
}

/// `April 2022`, or `financial year 2022-23`.
fn period(span: &Span<'_>) -> String {
    span.month.map_or_else(|| format!("financial year {}", span.year.name), |month| month.to_string())
}

fn properties(pack: &Pack, plan: &Plan<'_>, span: &Span<'_>) -> DocProperties {
    let partnership = &pack.partnership;
    let properties = DocProperties::new()
        .set_title(format!("{}, {}", plan.title, period(span)))
        .set_subject("A form to fill in")
        .set_author(&partnership.name)
        .set_company(&partnership.name)
        .set_comment(partnership.notice.as_deref().unwrap_or_default());
    // The first day of the period, so that the same pack gives the same bytes.
    match excel_date(span.month.map_or(span.year.start, Month::first_day)) {
        Some(day) => properties.set_creation_datetime(&day),
        None => properties,
    }
}

impl TablePlan<'_> {
    /// The fields that are filled in, by their places in the schema.
    fn fields(&self) -> Vec<usize> {
        match &self.shape {
            Shape::Rows(rows) => rows.fields(),
            Shape::Form(form) => form.fields(),
        }
    }

    fn has_rows(&self) -> bool {
        matches!(self.shape, Shape::Rows(_))
    }
}
