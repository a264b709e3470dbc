//! Long tables: their rows go as markup from the store into the finished file while another thread packs them, so that
//! neither the table nor its markup is ever held whole. All else of their sheets the library has written before, with a row
//! in the place of theirs that tells the numbers of the styles.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use rust_xlsxwriter::RowNum;
use rust_xlsxwriter::utility::row_col_to_cell;
use zip::ZipArchive;

use super::WorkbookError;
use super::language::finished;
use super::markup::{Markup, StyleNumbers};
use super::prepare::PreparedSheet;
use super::rows::{Body, column_number};
use super::sheet::{HEADING_ROW, Share, last_row};
use super::style::Kind;
use super::survey::Survey;
use crate::model::{Event, Progress, Scalar, StoredRows};
use crate::schema::Mistake;

/// The pieces of markup that may wait to be packed.
const WAITING: usize = 8;

/// How far it is, is told after so many rows.
const EACH_TOLD: usize = 5_000;

/// A long table, of which the file holds all but the rows.
pub struct LongTable<'a> {
    /// The table.
    pub plan: &'a PreparedSheet,
    /// What is known of it.
    pub survey: Survey,
    /// What each of its sheets holds.
    pub shares: Vec<Share>,
    /// The place of the first of its sheets among all sheets, from 1; the others follow it.
    pub first_sheet: usize,
}

/// A part of the file that is written while its middle comes in.
pub struct OpenPart {
    /// What stands before the rows.
    pub head: String,
    /// The rows; they end when nobody can send any more.
    pub rows: Receiver<Vec<u8>>,
    /// What stands after the rows.
    pub tail: String,
}

/// Puts the rows of long tables into a file that holds all else, and finishes it in a language. Values that do not fit
/// their column's format are added to the mistakes.
///
/// # Errors
/// [`WorkbookError`] when a query cannot be answered or the file cannot be written.
pub fn filled(
    file: Vec<u8>,
    language: &str,
    tables: &[LongTable],
    rows: &dyn StoredRows,
    mistakes: &mut Vec<Mistake>,
    progress: &dyn Progress,
) -> Result<Vec<u8>, WorkbookError> {
    let mut told = Told { progress, done: 0, of: 0 };
    let mut open = BTreeMap::new();
    let mut sheets = Vec::new();
    for table in tables {
        let mut sheets_of_table = Vec::new();
        for (index, share) in table.shares.iter().enumerate() {
            let part = format!("xl/worksheets/sheet{}.xml", table.first_sheet + index);
            let frame = Frame::of(&file, &part, table.plan, share)?;
            let (sender, receiver) = sync_channel(WAITING);
            open.insert(part, OpenPart { head: frame.head, rows: receiver, tail: frame.tail });
            told.of += share.rows.len();
            sheets_of_table.push(SheetRows { markup: Markup::new(frame.styles), sender, rows: share.rows.len() });
        }
        sheets.push(sheets_of_table);
    }
    // The store answers on this thread alone, so the packing has the other one.
    thread::scope(|scope| {
        let packing = scope.spawn(|| finished(file, language, open));
        let sent =
            tables.iter().zip(sheets).try_for_each(|(table, sheets)| send(table, sheets, rows, mistakes, &mut told));
        let packed = packing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        sent.and(packed)
    })
}

/// How many rows are written, of all long tables together.
struct Told<'p> {
    progress: &'p dyn Progress,
    done: usize,
    of: usize,
}

impl Told<'_> {
    /// One more; told now and then.
    fn row(&mut self) {
        self.done += 1;
        if self.done.is_multiple_of(EACH_TOLD) {
            self.progress.event(Event::Step { done: self.done, of: self.of, what: "rows" });
        }
    }
}

/// The rows of one sheet on their way into the file.
struct SheetRows {
    markup: Markup,
    sender: SyncSender<Vec<u8>>,
    /// How many rows are still to come.
    rows: usize,
}

/// Sends the rows of a table, those of one sheet after those of the other.
fn send(
    table: &LongTable,
    sheets: Vec<SheetRows>,
    rows: &dyn StoredRows,
    mistakes: &mut Vec<Mistake>,
    told: &mut Told<'_>,
) -> Result<(), WorkbookError> {
    let mut body = Body::new(table.plan, &table.survey);
    let mut sheets = sheets.into_iter();
    let mut current = sheets.next();
    let mut line = HEADING_ROW;
    let mut outcome = Ok(());
    let streamed = rows.stream(&table.plan.query, &mut |row: &[Scalar]| {
        let Some(sheet) = &mut current else { return ControlFlow::Break(()) };
        line += 1;
        told.row();
        outcome = body.write_row(&mut sheet.markup, line, row, mistakes);
        sheet.rows -= 1;
        let piece = if sheet.rows == 0 { Some(sheet.markup.rest()) } else { sheet.markup.when_full() };
        // Nobody takes it where the file could not be written; the packing says why.
        let is_taken = piece.is_none_or(|piece| sheet.sender.send(piece).is_ok());
        if sheet.rows == 0 {
            current = sheets.next();
            line = HEADING_ROW;
        }
        if outcome.is_ok() && is_taken { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    outcome?;
    streamed.map(|_| ()).map_err(|source| WorkbookError::Query { sheet: table.plan.name.clone(), source })
}

/// What the library has written of a sheet.
struct Frame {
    head: String,
    tail: String,
    styles: StyleNumbers,
}

impl Frame {
    fn of(file: &[u8], part: &str, plan: &PreparedSheet, share: &Share) -> Result<Self, WorkbookError> {
        let text = part_of(file, part)?;
        Self::parted(&text, plan, share)
            .ok_or_else(|| WorkbookError::Excel(format!("no rows could be put into {part}")))
    }

    /// The sheet without the row that tells the styles.
    fn parted(text: &str, plan: &PreparedSheet, share: &Share) -> Option<Self> {
        let (head, rest) = text.split_once(&format!("<row r=\"{}\" ", HEADING_ROW + 2))?;
        let (styles, tail) = rest.split_once("</row>")?;
        let numbers = styles.split(" s=\"").skip(1).map(|rest| rest.split_once('"')?.0.parse().ok());
        let mut first: Vec<u32> = numbers.collect::<Option<_>>()?;
        if first.len() != 2 * Kind::ALL.len() {
            return None;
        }
        let further = first.split_off(Kind::ALL.len());
        // That row may be wider than the table.
        let (before, dimension) = head.split_once("<dimension ref=\"")?;
        let (_, after) = dimension.split_once('"')?;
        let last = row_col_to_cell(last_used_row(tail, share), column_number(plan.columns.len() - 1));
        let head = format!("{before}<dimension ref=\"A1:{last}\"{after}");
        Some(Self { head, tail: tail.to_owned(), styles: StyleNumbers { first, further } })
    }
}

/// The last row of a sheet, counted from 0: that of the body or, beneath it, of the totals.
fn last_used_row(tail: &str, share: &Share) -> RowNum {
    last_row(&share.rows) + RowNum::try_from(tail.matches("<row ").count()).unwrap_or_default()
}

fn part_of(file: &[u8], part: &str) -> Result<String, WorkbookError> {
    let failed = |why: &dyn std::fmt::Display| WorkbookError::Excel(format!("{part} could not be read back: {why}"));
    let mut parts = ZipArchive::new(Cursor::new(file)).map_err(|why| failed(&why))?;
    let mut text = String::new();
    parts.by_name(part).map_err(|why| failed(&why))?.read_to_string(&mut text).map_err(|why| failed(&why))?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[derive(Default)]
    struct Heard(Mutex<Vec<String>>);

    impl Progress for Heard {
        fn event(&self, event: Event<'_>) {
            self.0.lock().unwrap().push(format!("{event:?}"));
        }
    }

    #[test]
    fn rows_are_told_now_and_then() {
        let heard = Heard::default();
        let mut told = Told { progress: &heard, done: 0, of: 10_001 };
        (0..4_999).for_each(|_| told.row());
        assert_eq!(heard.0.lock().unwrap().len(), 0, "not each");
        (4_999..10_001).for_each(|_| told.row());
        let expected = [5_000, 10_000].map(|done| format!("Step {{ done: {done}, of: 10001, what: \"rows\" }}"));
        assert_eq!(*heard.0.lock().unwrap(), expected);
    }
}
