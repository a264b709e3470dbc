//! Bytes and the pack in, a workbook of typed tables out.
//!
//! Reading is a pure function whose result can be serialised, so that it can run in a child process. The way through:
//! [`guard()`] says what the bytes are and refuses what is too large, [`open()`] has calamine turn them into grids of cells,
//! [`region`] finds the part of a sheet in which a table is, [`headings`] its headings by name, [`rows`] and [`form`] take the tables out, [`convert`] gives each cell its field's type.
//! What the sheets say beside the tables is kept as texts: [`loose`] those of cells, [`remarks`] comments, text boxes and
//! links. How it looks and is calculated is kept too: [`layout`] what is hidden or merged and each cell's formula, [`styles`]
//! formats and what nobody sees, [`settings`] the workbook's own. Where calamine would take a cell for another in silence, the
//! file itself is read beside it, and the cell is one of the damaged ones ([`damage`]). What is wrong with the data is kept as
//! facts for the checks to judge: nothing here makes a finding, and nothing is guessed.

mod across;
mod binary_formulas;
mod binary_records;
mod blocks;
mod body;
mod convert;
mod counts;
mod crosstab;
mod damage;
mod dates;
mod directory;
mod excel_tables;
mod footnotes;
mod form;
mod form_labels;
mod frame;
mod guard;
mod heading_fields;
mod heading_paths;
mod headings;
mod known;
mod layout;
mod locate;
mod loose;
mod markup;
mod old_records;
mod ole;
mod ole_stream;
mod open;
mod open_document;
mod open_document_compact;
mod open_document_layout;
mod open_document_styles;
mod open_document_values;
mod other_kinds;
mod own_list;
mod package;
mod parts;
mod pieces;
mod place;
mod properties;
mod region;
mod remarks;
mod rows;
mod settings;
mod shared_formulas;
mod stated;
mod styles;
mod text_memory;
mod xlsb;
mod xlsx;
mod xlsx_values;
mod yaml_text;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::panic::{AssertUnwindSafe, catch_unwind};

use self::dates::Days;
pub use self::guard::{Guarded, guard};
pub use self::known::{KnownTable, take_known_tables};
pub use self::open::Opened;
use crate::model::{Limits, Month, UnreadableWorkbook, Workbook, name_key, sha256};
use crate::schema::{LabelPattern, Pack, SheetChoice, TablePlace, TableSchema, WorkbookKind};

/// Of which sheets the cells are wanted; of the others the texts are kept, and the cells of those that formulas there name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Wanted {
    /// Those that are chosen.
    Chosen(Vec<WantedSheets>),
    /// All.
    Every,
}

/// Which sheets are wanted, as a pack chooses them ([`SheetChoice`]) and in a form that any format can carry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum WantedSheets {
    /// The one of that name; letter case and spaces are forgiven.
    Named(String),
    /// Those whose names match; hidden ones too where that is set.
    Matching(LabelPattern, bool),
}

impl From<&SheetChoice> for WantedSheets {
    fn from(choice: &SheetChoice) -> Self {
        match choice {
            SheetChoice::Named(name) => Self::Named(name.clone()),
            SheetChoice::Matching(sheets) => Self::Matching(sheets.pattern.clone(), sheets.hidden),
        }
    }
}

impl Wanted {
    /// The sheets on which the pack places the tables of a workbook of that name.
    pub fn by_pack(path: &str, pack: &Pack) -> Self {
        let kind = pack.workbook_kind(Workbook::at(path).stem());
        Self::Chosen(places(kind).iter().map(|place| (&place.sheet).into()).collect())
    }
}

/// Reads a workbook in this process: `path` is its path below the inbox, with `/`; `bytes` are the whole file.
///
/// The name decides only which tables are looked for; what the file is, is told from its bytes, so that an `.xls` that
/// was named `.xlsx` is read as what it is. A file that cannot be read comes back with
/// [`unreadable`](Workbook::unreadable) and without sheets and tables. Never panics, but what cannot be
/// [read inside](Guarded::is_read_inside) may take any time and memory, and end the process.
pub fn read(path: &str, bytes: &[u8], pack: &Pack) -> Workbook {
    let wanted = Wanted::by_pack(path, pack);
    let opened = guard(bytes, &Limits::default()).and_then(|guarded| open(&guarded, bytes, &wanted));
    workbook(path, &sha256(bytes), opened, pack)
}

/// Opens what was guarded: the sheets, the cells of those that are wanted, and the texts of the others. What comes back can
/// be serialised, so that this can be done in a process of its own.
///
/// # Errors
/// Why the file cannot be read.
pub fn open(guarded: &Guarded, bytes: &[u8], wanted: &Wanted) -> Result<Opened, UnreadableWorkbook> {
    // calamine panics on some damaged files; that must not take the other workbooks with it.
    catch_unwind(AssertUnwindSafe(|| {
        let container = guarded.looked_through(bytes)?;
        let mut opened = open::open(bytes, container, guarded.limits(), wanted)?;
        opened.properties = Some(properties::properties(bytes, container));
        Ok(opened)
    }))
    .unwrap_or_else(|_| Err(UnreadableWorkbook::Damaged("its contents do not hang together".to_owned())))
}

/// The workbook of a file by its path below the inbox, with `/`, its fingerprint, and what came of opening it: the tables that
/// the pack asks for, typed.
pub fn workbook(path: &str, sha256: &str, opened: Result<Opened, UnreadableWorkbook>, pack: &Pack) -> Workbook {
    let mut workbook = Workbook::at(path);
    sha256.clone_into(&mut workbook.sha256);
    let kind = pack.workbook_kind(workbook.stem());
    workbook.month_in_name = kind.and_then(|kind| month_in_name(kind, workbook.stem()));
    workbook.kind = kind.map(|kind| kind.name.as_str().into());
    match opened {
        Ok(book) => take_tables(&mut workbook, book, places(kind), pack),
        Err(why) => workbook.unreadable = Some(why),
    }
    workbook
}

/// Where the tables of a kind of workbooks are; nowhere, of none.
fn places(kind: Option<&WorkbookKind>) -> &[TablePlace] {
    kind.map_or(&[][..], |kind| &kind.tables)
}

/// The month that the file's name carries, if its pattern captures one.
fn month_in_name(kind: &WorkbookKind, stem: &str) -> Option<Month> {
    kind.files.capture(stem, "month").and_then(Month::from_text)
}

/// The day that a text is, as officers type it: `15/04/2022`, day first; a time may follow. None of a text that is none, or
/// no day of the calendar.
pub fn date_from_text(text: &str) -> Option<NaiveDate> {
    match dates::from_text(text) {
        Days::Is(day) => Some(day),
        Days::Impossible | Days::Number | Days::Other => None,
    }
}

/// Looks for each table that the pack asks for on its sheet, and keeps the texts that no table holds.
fn take_tables(workbook: &mut Workbook, mut book: Opened, places: &[TablePlace], pack: &Pack) {
    for place in places {
        let Some(schema) = pack.tables.get(place.table.as_str()) else { continue };
        let (tables, absent) = place::tables(&book, place, schema, &neighbours(place, places, pack));
        workbook.tables.extend(tables);
        workbook.absent.extend(absent.into_iter().filter(|absent| place.required || absent.why.is_sheet_found()));
    }
    workbook.texts = book.texts(&workbook.tables);
    workbook.unread_sheets = std::mem::take(&mut book.unread);
    workbook.settings = book.settings.take();
    workbook.sheets = book.into_sheets();
}

/// The schemas of the other tables that the pack places on the same sheet: their headings end this table.
fn neighbours<'p>(place: &TablePlace, places: &[TablePlace], pack: &'p Pack) -> Vec<&'p TableSchema> {
    let key = |place: &TablePlace| place.sheet.name().map(name_key);
    let same_sheet = |other: &&TablePlace| match (&other.sheet, &place.sheet) {
        (SheetChoice::Matching(one), SheetChoice::Matching(other)) => one == other,
        _ => key(other) == key(place),
    };
    let others = places.iter().filter(|other| other.table != place.table).filter(same_sheet);
    others.filter_map(|other| pack.tables.get(other.table.as_str())).collect()
}
