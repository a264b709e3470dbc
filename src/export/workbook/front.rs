//! The sheets before the tables: cover, contents, notes.

use rust_xlsxwriter::{RowNum, TableColumn, Worksheet, XlsxError};

use super::notes::{Notes, SHORTHAND};
use super::page;
use super::prepare::Prepared;
use super::sheet::HEADING_ROW;
use super::style::{Kind, Styles};
use super::width::BOLD;
use super::{Face, height, names};
use crate::model::listed;

/// The width of the cover's column, in characters: as wide as A4 prints at full size.
const LINE_WIDTH: f64 = 74.0;
/// How much larger than other text the title is, bold type included.
const TITLE_SIZE: f64 = 1.45;
/// The height of a heading on the cover, in points, with space above in place of a blank row.
const SECTION_HEIGHT: f64 = 34.0;

/// A sheet as the contents list it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The number of its rows of data.
    pub rows: u32,
}

/// Fills the cover: what this is, for whom, which months, from what.
pub fn cover(
    sheet: &mut Worksheet,
    prepared: &Prepared,
    face: &Face,
    notes: &Notes,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let mut cover = Cover { sheet, styles, row: 1 };
    cover.sheet.set_column_width(0, LINE_WIDTH)?;
    cover.sheet.write_string_with_format(0, 0, &prepared.title, &styles.title.clone().set_text_wrap())?;
    let title_lines = height::lines(&prepared.title, LINE_WIDTH / TITLE_SIZE);
    cover.sheet.set_row_height(0, height::of_lines(title_lines) * TITLE_SIZE)?;
    cover.text(&face.partnership)?;
    if let Some(notice) = &face.notice {
        cover.notice(notice)?;
    }
    if !prepared.cover.is_empty() {
        cover.section("About this workbook")?;
        for sentence in &prepared.cover {
            cover.text(sentence)?;
        }
    }
    cover.section("Period")?;
    cover.text(&format!("{}.", page::period_sentence(face)))?;
    cover.section("Committee")?;
    cover.text(&reported_to(face))?;
    cover.section("Prepared from")?;
    cover.text(&face.prepared_from)?;
    cover.section("Finding your way")?;
    cover.link(names::CONTENTS, "Contents: every sheet, with a link to it")?;
    let marks = notes.marks_for_all();
    let words = if marks.is_empty() {
        "Notes: what notes and shorthand mean".to_owned()
    } else {
        format!(
            "Notes: what notes and shorthand mean; {} {} for the whole workbook",
            listed(&marks, "and"),
            hold(&marks)
        )
    };
    cover.link(names::NOTES, &words)?;
    page::set_up(cover.sheet, face, LINE_WIDTH, false)
}

fn reported_to(face: &Face) -> String {
    if face.council.is_empty() { face.committee.clone() } else { format!("{}, {}", face.committee, face.council) }
}

fn hold(marks: &[String]) -> &'static str {
    if marks.len() == 1 { "holds" } else { "hold" }
}

/// The cover while it is filled, from the top down.
struct Cover<'a> {
    sheet: &'a mut Worksheet,
    styles: &'a Styles,
    row: RowNum,
}

impl Cover<'_> {
    fn section(&mut self, words: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, words, &self.styles.section)?;
        self.sheet.set_row_height(self.row, SECTION_HEIGHT)?;
        self.row += 1;
        Ok(())
    }

    fn text(&mut self, words: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, words, &self.styles.paragraph)?;
        self.end_row(height::lines(words, LINE_WIDTH))
    }

    fn notice(&mut self, words: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, words, &self.styles.notice)?;
        self.end_row(height::lines(words, LINE_WIDTH / BOLD))
    }

    fn end_row(&mut self, lines: u32) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, height::of_lines(lines))?;
        self.row += 1;
        Ok(())
    }

    fn link(&mut self, sheet: &str, words: &str) -> Result<(), XlsxError> {
        self.sheet.write_url_with_format(self.row, 0, page::link(sheet, words), &self.styles.link)?;
        self.end_row(1)
    }
}

/// Fills the contents: every sheet that follows, with a link, its title and its number of rows.
pub fn contents(
    sheet: &mut Worksheet,
    listed: &[Listed],
    face: &Face,
    notes: &Notes,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let count = listed.len();
    let line = format!("{count} {} and the notes on them.", if count == 1 { "table" } else { "tables" });
    page::head(sheet, names::CONTENTS, &line, names::COVER, styles)?;
    let notes_title = "What notes and shorthand mean".to_owned();
    let notes_rows = u32::try_from(notes.rows()).unwrap_or(u32::MAX);
    let notes_row = Listed { name: names::NOTES.to_owned(), title: notes_title, rows: notes_rows };
    let rows: Vec<[Words; 3]> = std::iter::once(&notes_row)
        .chain(listed)
        .map(|row| [Words::Link(row.name.clone()), Words::Text(row.title.clone()), Words::Count(row.rows)])
        .collect();
    let width = small_table(
        sheet,
        names::CONTENTS_TABLE,
        [("Sheet", 32.0), ("What it holds", 50.0), ("Rows", 12.0)],
        &rows,
        styles,
    )?;
    page::set_up(sheet, face, width, false)
}

/// Fills the notes: each with its mark and the sheets it is about, then the shorthand.
pub fn notes(sheet: &mut Worksheet, face: &Face, notes: &Notes, styles: &Styles) -> Result<(), XlsxError> {
    page::head(sheet, names::NOTES, "What the notes and shorthand in the tables mean.", names::CONTENTS, styles)?;
    let all = || Words::Text("All sheets".to_owned());
    let numbered = notes.all().map(|(mark, note)| {
        let about = if note.sheets.is_empty() { all() } else { Words::Text(listed(&note.sheets, "and")) };
        [Words::Text(mark), about, Words::Text(note.text.clone())]
    });
    let shorthand = SHORTHAND
        .iter()
        .map(|(mark, words)| [Words::Text((*mark).to_owned()), all(), Words::Text((*words).to_owned())]);
    let rows: Vec<[Words; 3]> = numbered.chain(shorthand).collect();
    let columns = [("Note", 13.0), ("Sheets", 26.0), ("What it means", 55.0)];
    let width = small_table(sheet, names::NOTES_TABLE, columns, &rows, styles)?;
    page::set_up(sheet, face, width, false)
}

/// What a cell of a table at the front holds.
enum Words {
    Text(String),
    /// The name of a sheet, linked to it.
    Link(String),
    Count(u32),
}

/// Writes a table at the front and gives the sum of its columns' widths, in characters.
fn small_table(
    sheet: &mut Worksheet,
    name: &str,
    columns: [(&str, f64); 3],
    rows: &[[Words; 3]],
    styles: &Styles,
) -> Result<f64, XlsxError> {
    let mut row = HEADING_ROW;
    for cells in rows {
        row += 1;
        let mut high = 1;
        for ((column, words), (_, width)) in (0u16..).zip(cells).zip(columns) {
            if let Words::Text(text) | Words::Link(text) = words {
                high = high.max(height::lines(text, width));
            }
            match words {
                Words::Text(text) => sheet.write_string_with_format(
                    row,
                    column,
                    text,
                    &styles.cell(usize::from(column), Kind::Text, false),
                )?,
                Words::Link(name) => {
                    sheet.write_url_with_format(row, column, page::link(name, name), &styles.link_cell)?
                }
                Words::Count(count) => sheet.write_number_with_format(
                    row,
                    column,
                    *count,
                    &styles.cell(usize::from(column), Kind::Count, false),
                )?,
            };
        }
        sheet.set_row_height(row, height::of_lines(high))?;
    }
    sheet.set_row_height(HEADING_ROW, height::of_lines(1))?;
    let is_count = |index: usize| matches!(rows.first().map(|row| &row[index]), Some(Words::Count(_)));
    let heads: Vec<TableColumn> = columns
        .iter()
        .enumerate()
        .map(|(index, (title, _))| {
            TableColumn::new().set_header(*title).set_header_format(styles.heading(index, is_count(index)))
        })
        .collect();
    sheet.add_table(HEADING_ROW, 0, row, 2, &page::table(name, &heads))?;
    sheet.set_repeat_rows(HEADING_ROW, HEADING_ROW)?;
    for (column, (_, width)) in (0..).zip(columns) {
        sheet.set_column_width(column, width)?;
    }
    Ok(columns.iter().map(|(_, width)| width).sum())
}
