//! What every sheet has in common: title, a line about it, a way back, and how it is printed.

use rust_xlsxwriter::{Table, TableColumn, TableStyle, Url, Worksheet, XlsxError};

use super::Face;
use super::sheet::{Share, Written};
use super::style::Styles;
use crate::model::{Scalar, listed};

/// A4, by Excel's numbering.
const A4: u8 = 9;
/// Wider than this, in characters, a table is printed across.
const UPRIGHT: f64 = 95.0;
/// The most characters at the head or foot of a page.
const LONGEST_MARGIN_TEXT: usize = 255;

/// `Financial year 2022-23, April 2022 to March 2023`.
pub fn period_sentence(face: &Face) -> String {
    format!("Financial year {}, {}", face.year, face.period)
}

/// The line under a sheet's title: period, rows, notes. `share` says which rows of a table that stands on several sheets.
pub fn sheet_line(face: &Face, written: &Written, share: &str, marks: &[String]) -> String {
    let rows = match (written.rows, written.total) {
        (0, _) => "This table has no rows.".to_owned(),
        (1, false) => "One table with 1 row.".to_owned(),
        (1, true) => "One table with 1 row and a total row.".to_owned(),
        (rows, false) => format!("One table with {} rows.", count(rows)),
        (rows, true) => format!("One table with {} rows and a total row.", count(rows)),
    };
    let notes = if marks.is_empty() { String::new() } else { format!(" Read {}.", listed(marks, "and")) };
    format!("{}. {rows}{share}{notes}", period_sentence(face))
}

/// Which rows of its table a sheet has, and what its total row totals; nothing where it has all of them.
pub fn share_sentence(share: &Share, written: &Written, shares: &[Share]) -> String {
    let (1.., Some(last)) = (shares.len() - 1, shares.last()) else { return String::new() };
    let rows = format!(
        " These are rows {} to {} of {} on {} sheets",
        count(share.rows.start + 1),
        count(share.rows.end),
        count(last.rows.end),
        shares.len()
    );
    let total = match written.total {
        true if share.name == last.name => "; under the total row of this sheet stands the total of all.".to_owned(),
        true => format!("; the total row is of this sheet alone, and the total of all stands on {}.", last.name),
        false => ".".to_owned(),
    };
    rows + &total
}

fn count(number: u32) -> String {
    crate::model::Format::Integer.show(&Scalar::Integer(i64::from(number))).unwrap_or_default()
}

/// Title, line and way back in A1 to A3.
pub fn head(sheet: &mut Worksheet, title: &str, line: &str, back: &str, styles: &Styles) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, title, &styles.title)?;
    sheet.set_row_height(0, 27)?;
    sheet.write_string_with_format(1, 0, line, &styles.line)?;
    let words = format!("Back to {}", back.to_lowercase());
    sheet.write_url_with_format(2, 0, link(back, &words), &styles.link)?;
    // Space above the table in place of a blank row.
    sheet.set_row_height(2, 25)?;
    Ok(())
}

/// An Excel table. No filter buttons and no banding by colour: what is published is plain, and looks the same in every
/// program.
pub fn table(name: &str, columns: &[TableColumn]) -> Table {
    Table::new()
        .set_name(name)
        .set_columns(columns)
        .set_style(TableStyle::None)
        .set_autofilter(false)
        .set_banded_rows(false)
}

/// A link to the first cell of a sheet.
pub fn link(sheet: &str, words: &str) -> Url {
    Url::new(format!("internal:'{}'!A1", sheet.replace('\'', "''"))).set_text(words)
}

/// A4, one page wide, with a head and foot that say what it is and which page.
pub fn set_up(sheet: &mut Worksheet, face: &Face, width: f64, landscape: bool) -> Result<(), XlsxError> {
    print(sheet, &format!("{} {}", face.short_name, face.year), &face.period, landscape || width > UPRIGHT)
}

/// A4, one page wide, with texts at the left of the pages' heads and feet; the sheet's name and the page's number stand at
/// the right.
pub fn print(sheet: &mut Worksheet, head: &str, foot: &str, landscape: bool) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.5, 0.5, 0.75, 0.75, 0.3, 0.3);
    if landscape {
        sheet.set_landscape();
    }
    sheet.set_header(within(head, "&R&A"));
    sheet.set_footer(within(foot, "&RPage &P of &N"));
    sheet.set_selection(0, 0, 0, 0)?;
    Ok(())
}

/// A text for the left of a page's head or foot, and the codes that follow; `&` in the text is no code.
fn within(text: &str, codes: &str) -> String {
    let room = LONGEST_MARGIN_TEXT / 2 - codes.len();
    let text: String = text.chars().take(room).collect();
    format!("&L{}{codes}", text.replace('&', "&&"))
}
