//! Bytes and the pack in, a workbook of typed tables out.
//!
//! Reading is a pure function whose result can be serialised, so that it can run in a child process. The way through:
//! [`guard`] says what the bytes are, [`open`] has calamine turn them into grids of cells, [`locate`] finds headings by
//! name, [`rows`] and [`form`] take the tables out, [`convert`] gives each cell its field's type. What the sheets say
//! beside the tables is kept as texts: [`loose`] those of cells, [`remarks`] comments, text boxes and links. How it looks and
//! is calculated is kept too: [`layout`] what is hidden or merged and each cell's formula, [`styles`] formats and what nobody
//! sees, [`settings`] the workbook's own. What is wrong with the data is kept as facts for the checks to judge: nothing here
//! makes a finding, and nothing is guessed.

mod binary_formulas;
mod convert;
mod dates;
mod form;
mod guard;
mod layout;
mod locate;
mod loose;
mod markup;
mod ole;
mod open;
mod open_document;
mod open_document_layout;
mod open_document_styles;
mod package;
mod parts;
mod remarks;
mod rows;
mod settings;
mod shared_formulas;
mod styles;
mod xlsx;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use self::open::Opened;
use crate::model::{AbsentTable, Month, Sheet, Table, UnreadableWorkbook, Workbook, name_key, sha256};
use crate::schema::{Layout, Pack, TablePlace, TableSchema, WorkbookKind};

/// Reads a workbook: `path` is its path below the inbox, with `/`; `bytes` are the whole file.
///
/// The name decides only which tables are looked for; what the file is, is told from its bytes, so that an `.xls` that
/// was named `.xlsx` is read as what it is. A file that cannot be read comes back with
/// [`unreadable`](Workbook::unreadable) and without sheets and tables. Never panics.
pub fn read(path: &str, bytes: &[u8], pack: &Pack) -> Workbook {
    let mut workbook = Workbook { sha256: sha256(bytes), ..named(path, pack) };
    let kind = pack.workbook_kind(workbook.stem());
    let places = kind.map_or(&[][..], |kind| &kind.tables);
    match opened(bytes, places) {
        Ok(book) => take_tables(&mut workbook, book, places, pack),
        Err(why) => workbook.unreadable = Some(why),
    }
    workbook
}

/// A workbook by its name alone: its kind, and the month that the name carries.
fn named(path: &str, pack: &Pack) -> Workbook {
    let mut workbook = Workbook::at(path);
    let kind = pack.workbook_kind(workbook.stem());
    workbook.month_in_name = kind.and_then(|kind| month_in_name(kind, workbook.stem()));
    workbook.kind = kind.map(|kind| kind.name.as_str().into());
    workbook
}

/// A workbook of which not even the bytes could be had. Its name is known, so what it should hold is known too.
pub fn unreadable(path: &str, why: UnreadableWorkbook, pack: &Pack) -> Workbook {
    Workbook { unreadable: Some(why), ..named(path, pack) }
}

/// The month that the file's name carries, if its pattern captures one.
fn month_in_name(kind: &WorkbookKind, stem: &str) -> Option<Month> {
    kind.files.capture(stem, "month").and_then(Month::from_text)
}

/// The sheets, the grids of those that hold tables, and the texts of the others.
fn opened(bytes: &[u8], places: &[TablePlace]) -> Result<Opened, UnreadableWorkbook> {
    let container = guard::container(bytes)?;
    let wanted = |sheets: &[Sheet]| -> Vec<Arc<str>> {
        places.iter().filter_map(|place| locate::sheet(sheets, &place.sheet)).collect()
    };
    // calamine panics on some damaged files; that must not take the other workbooks with it.
    catch_unwind(AssertUnwindSafe(|| open::open(bytes, container, &wanted)))
        .unwrap_or_else(|_| Err(UnreadableWorkbook::Damaged("its contents do not hang together".to_owned())))
}

/// Looks for each table that the pack asks for on its sheet, and keeps the texts that no table holds.
fn take_tables(workbook: &mut Workbook, mut book: Opened, places: &[TablePlace], pack: &Pack) {
    for place in places {
        let Some(schema) = pack.tables.get(place.table.as_str()) else { continue };
        match table(&book, place, schema, &neighbours(place, places, pack)) {
            Ok(table) => workbook.tables.push(table),
            Err(absent) if place.required || absent.sheet_found => workbook.absent.push(absent),
            Err(_) => {}
        }
    }
    workbook.texts = book.texts(&workbook.tables);
    workbook.unread_sheets = std::mem::take(&mut book.unread);
    workbook.settings = book.settings.take();
    workbook.sheets = book.into_sheets();
}

/// The schemas of the other tables that the pack places on the same sheet: their headings end this table.
fn neighbours<'p>(place: &TablePlace, places: &[TablePlace], pack: &'p Pack) -> Vec<&'p TableSchema> {
    let same_sheet = |other: &&TablePlace| name_key(&other.sheet) == name_key(&place.sheet);
    let others = places.iter().filter(|other| other.table != place.table).filter(same_sheet);
    others.filter_map(|other| pack.tables.get(other.table.as_str())).collect()
}

/// The table of a schema on the sheet of its place, or what is missing of it.
fn table(
    book: &Opened,
    place: &TablePlace,
    schema: &TableSchema,
    neighbours: &[&TableSchema],
) -> Result<Table, AbsentTable> {
    let absent = |sheet: Arc<str>, sheet_found: bool, missing_headings: Vec<String>| AbsentTable {
        table: schema.name.clone(),
        sheet,
        sheet_found,
        missing_headings,
    };
    let Some(sheet) = locate::sheet(&book.sheets, &place.sheet) else {
        return Err(absent(place.sheet.as_str().into(), false, Vec::new()));
    };
    let grid = book.grid(&sheet);
    let found = match schema.crosscast.layout {
        Layout::Rows => rows::table(grid, schema, &sheet, neighbours),
        Layout::Form => form::table(grid, schema, &sheet),
    };
    found.map_err(|missing| absent(sheet.clone(), true, missing))
}
