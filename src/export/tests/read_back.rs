//! Workbooks that were made, read back for the tests of those that make them.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

/// The texts and numbers of a sheet, a row a line.
pub fn rows(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut workbook = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    let shown = |cell: &Data| if *cell == Data::Empty { String::new() } else { cell.to_string() };
    range.rows().map(|row| row.iter().map(shown).collect()).collect()
}

/// A part of the package, by its name.
pub fn part(bytes: &[u8], name: &str) -> String {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    parts.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}
