//! The sheets before the tables: cover, contents, notes.

use rust_xlsxwriter::{RowNum, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use super::notes::{Notes, SHORTHAND, listed};
use super::page;
use super::prepare::Prepared;
use super::sheet::HEADING_ROW;
use super::style::{Kind, Styles};
use super::{Face, names};

/// The width of the cover's column, in characters: a line that can be read.
const LINE_WIDTH: f64 = 88.0;
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
        format!("Notes: what notes and shorthand mean; {} {} for the whole workbook", listed(&marks), hold(&marks))
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
        self.row += 1;
        Ok(())
    }

    fn notice(&mut self, words: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, words, &self.styles.notice)?;
        self.row += 1;
        Ok(())
    }

    fn link(&mut self, sheet: &str, words: &str) -> Result<(), XlsxError> {
        self.sheet.write_url_with_format(self.row, 0, page::link(sheet, words), &self.styles.link)?;
        self.row += 1;
        Ok(())
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
    small_table(
        sheet,
        names::CONTENTS_TABLE,
        [("Sheet", 34.0), ("What it holds", 62.0), ("Rows", 10.0)],
        &rows,
        styles,
    )?;
    page::set_up(sheet, face, 106.0, false)
}

/// Fills the notes: each with its mark and the sheets it is about, then the shorthand.
pub fn notes(sheet: &mut Worksheet, face: &Face, notes: &Notes, styles: &Styles) -> Result<(), XlsxError> {
    page::head(sheet, names::NOTES, "What the notes and shorthand in the tables mean.", names::CONTENTS, styles)?;
    let all = || Words::Text("All sheets".to_owned());
    let numbered = notes.all().map(|(mark, note)| {
        let about = if note.sheets.is_empty() { all() } else { Words::Text(listed(&note.sheets)) };
        [Words::Text(mark), about, Words::Text(note.text.clone())]
    });
    let shorthand = SHORTHAND
        .iter()
        .map(|(mark, words)| [Words::Text((*mark).to_owned()), all(), Words::Text((*words).to_owned())]);
    let rows: Vec<[Words; 3]> = numbered.chain(shorthand).collect();
    small_table(sheet, names::NOTES_TABLE, [("Note", 14.0), ("Sheets", 30.0), ("What it means", 66.0)], &rows, styles)?;
    page::set_up(sheet, face, 110.0, false)
}

/// What a cell of a table at the front holds.
enum Words {
    Text(String),
    /// The name of a sheet, linked to it.
    Link(String),
    Count(u32),
}

fn small_table(
    sheet: &mut Worksheet,
    name: &str,
    columns: [(&str, f64); 3],
    rows: &[[Words; 3]],
    styles: &Styles,
) -> Result<(), XlsxError> {
    let mut row = HEADING_ROW;
    for cells in rows {
        row += 1;
        for (column, words) in (0..).zip(cells) {
            match words {
                Words::Text(text) => {
                    sheet.write_string_with_format(row, column, text, &styles.cell(Kind::Text, false))?
                }
                Words::Link(name) => {
                    sheet.write_url_with_format(row, column, page::link(name, name), &styles.link_cell)?
                }
                Words::Count(count) => {
                    sheet.write_number_with_format(row, column, *count, &styles.cell(Kind::Count, false))?
                }
            };
        }
    }
    let is_count = |index: usize| matches!(rows.first().map(|row| &row[index]), Some(Words::Count(_)));
    let heads: Vec<TableColumn> = columns
        .iter()
        .enumerate()
        .map(|(index, (title, _))| {
            let heading = if is_count(index) { &styles.heading_right } else { &styles.heading };
            TableColumn::new().set_header(*title).set_header_format(heading)
        })
        .collect();
    let table = Table::new()
        .set_name(name)
        .set_columns(&heads)
        .set_style(TableStyle::None)
        .set_autofilter(false)
        .set_banded_rows(false);
    sheet.add_table(HEADING_ROW, 0, row, 2, &table)?;
    sheet.set_repeat_rows(HEADING_ROW, HEADING_ROW)?;
    for (column, (_, width)) in (0..).zip(columns) {
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}
