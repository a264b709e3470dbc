//! What the workbooks that officers work with have in common: their look, what they say about themselves, and the same
//! bytes for the same content.

use chrono::NaiveDate;
use rust_xlsxwriter::{ColNum, DocProperties, Format, RowNum, TableColumn, Workbook, Worksheet, XlsxError};

use super::visible::visible_text;
use super::workbook::cells::within_cell;
use super::workbook::style::{COLUMN_PIXELS, Kind, ROW_PIXELS, Styles};
use super::workbook::{WorkbookError, excel_date, height, language, page};
use crate::model::Difference;

/// The most characters of a document property.
const LONGEST_PROPERTY: usize = 255;

/// What such a workbook says about itself, at its top, in its document properties, and at the head and foot of its pages.
#[derive(Debug, Clone)]
pub struct DeskFace {
    /// The partnership's full name; becomes the document property "author".
    pub partnership: String,
    /// The partnership's name in short, at the head of each page.
    pub short_name: String,
    /// The financial year, for example `2022-23`.
    pub year: String,
    /// The months reported, for example `April 2022 to March 2023`.
    pub period: String,
    /// A sentence that must not be missed, for example that the data are a sample.
    pub notice: Option<String>,
    /// The language as an RFC 5646 tag, for example `en-GB`.
    pub language: String,
    /// The last day reported: stands as the day of creation, so that the same inputs give the same bytes.
    pub date: NaiveDate,
}

/// Why such a workbook could not be made: the words of the library that writes workbooks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("A workbook for officers could not be made: {0}")]
pub struct DeskError(String);

impl From<XlsxError> for DeskError {
    fn from(error: XlsxError) -> Self {
        Self(error.to_string())
    }
}

impl From<WorkbookError> for DeskError {
    fn from(error: WorkbookError) -> Self {
        Self(error.to_string())
    }
}

/// An empty workbook with its look and its properties.
pub fn begin(title: &str, face: &DeskFace, styles: &Styles) -> Result<Workbook, DeskError> {
    let mut workbook = Workbook::new();
    workbook.set_default_format(&styles.base, ROW_PIXELS, COLUMN_PIXELS)?;
    let properties = DocProperties::new()
        .set_title(within(title))
        .set_author(&face.partnership)
        .set_company(&face.partnership)
        .set_subject(format!("Financial year {}, {}", face.year, face.period))
        .set_comment(face.notice.as_deref().unwrap_or_default());
    workbook.set_properties(&match excel_date(face.date) {
        Some(date) => properties.set_creation_datetime(&date),
        None => properties,
    });
    Ok(workbook)
}

/// A document property: Excel takes 255 characters.
fn within(title: &str) -> String {
    visible_text(title).chars().take(LONGEST_PROPERTY).collect()
}

/// The bytes of a workbook that is filled.
pub fn finish(mut workbook: Workbook, face: &DeskFace) -> Result<Vec<u8>, DeskError> {
    Ok(language::with_language(workbook.save_to_buffer()?, &face.language)?)
}

/// How a sheet is printed: across, one page wide, its headings on each page.
pub fn set_up(sheet: &mut Worksheet, face: &DeskFace, headings: RowNum) -> Result<(), DeskError> {
    page::print(sheet, &format!("{} {}", face.short_name, face.year), &face.period, true)?;
    sheet.set_repeat_rows(headings, headings)?;
    Ok(())
}

/// The title in A1 and the lines below it, which run over the cells beside them; gives the first row that is free.
pub fn head(sheet: &mut Worksheet, title: &str, lines: &[String], styles: &Styles) -> Result<RowNum, DeskError> {
    sheet.write_string_with_format(0, 0, cell_text(title), &styles.title)?;
    sheet.set_row_height(0, 27)?;
    let mut row = 1;
    for line in lines {
        sheet.write_string_with_format(row, 0, cell_text(line), &styles.line)?;
        row += 1;
    }
    Ok(row)
}

/// A text as one line of a cell, every character of it shown, as far as a cell holds it.
pub fn cell_text(words: &str) -> String {
    within_cell(&visible_text(words)).0.into_owned()
}

/// Texts as lines of one cell, as [`cell_text`].
pub fn cell_lines<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let lines: Vec<_> = lines.map(visible_text).collect();
    within_cell(&lines.join("\n")).0.into_owned()
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    /// Its heading.
    pub title: &'a str,
    /// Its width, in characters.
    pub width: f64,
    is_number: bool,
}

impl<'a> Column<'a> {
    /// A column by its heading and width; whether it holds numbers says where the heading is set.
    pub const fn new(title: &'a str, width: f64, is_number: bool) -> Self {
        Self { title, width, is_number }
    }
}

/// Makes an Excel table of the rows from that of the headings, which it writes, to the last.
pub fn table(
    sheet: &mut Worksheet,
    name: &str,
    (headings, last): (RowNum, RowNum),
    columns: &[Column<'_>],
    filter: bool,
    styles: &Styles,
) -> Result<(), DeskError> {
    let heads: Vec<TableColumn> = columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let format = styles.heading(index, column.is_number);
            TableColumn::new().set_header(column.title).set_header_format(format)
        })
        .collect();
    let last_column = ColNum::try_from(columns.len().saturating_sub(1)).unwrap_or(ColNum::MAX);
    // Excel has no table without a row.
    let table = page::table(name, &heads).set_autofilter(filter);
    sheet.add_table(headings, 0, last.max(headings + 1), last_column, &table)?;
    let mut lines = 1;
    for (index, column) in (0..).zip(columns) {
        sheet.set_column_width(index, column.width)?;
        lines = lines.max(height::lines_of_heading(column.title, column.width));
    }
    sheet.set_row_height(headings, height::of_lines(lines))?;
    Ok(())
}

/// Writes a difference as a number: pounds, or a count.
pub fn write_difference(
    sheet: &mut Worksheet,
    (row, column): (RowNum, ColNum),
    difference: Option<Difference>,
    format: &dyn Fn(Kind) -> Format,
) -> Result<(), DeskError> {
    match difference {
        Some(Difference::Money(money)) => {
            sheet.write_number_with_format(row, column, money.pounds(), &format(Kind::Money))?
        }
        Some(Difference::Count(count)) => {
            sheet.write_number_with_format(row, column, count as f64, &format(Kind::Count))?
        }
        None => sheet.write_blank(row, column, &format(Kind::Text))?,
    };
    Ok(())
}

/// What a workbook says about itself in tests.
#[cfg(test)]
pub(super) fn sample_face() -> DeskFace {
    DeskFace {
        partnership: "Sample Partnership".into(),
        short_name: "Sample".into(),
        year: "2022-23".into(),
        period: "April 2022 to August 2022".into(),
        notice: Some("Sample: all figures are invented.".into()),
        language: "en-GB".into(),
        date: NaiveDate::from_ymd_opt(2022, 8, 31).unwrap(),
    }
}
