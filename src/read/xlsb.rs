//! Sheets of `.xlsb` workbooks: calamine reads the values, and [`binary_records`](super::binary_records) what it passes over.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Xlsb, XlsbError};

use super::binary_records::BinaryCells;
use super::open::{Cells, SheetContent, cell_of, damaged, hold_cells};
use super::{binary_formulas, damage};
use crate::model::{GridCell, Limits, Position, RawValue, SharedText, UnreadableWorkbook};

/// The cells of a sheet, and which of them are damaged. Its formulas are read apart, as far as they can be; its errors are those of its own `records`.
///
/// # Errors
/// Why the sheet cannot be read.
pub(super) fn cells(
    book: &mut Xlsb<Cursor<&[u8]>>,
    records: BinaryCells,
    name: &str,
    limits: &Limits,
) -> Result<SheetContent, UnreadableWorkbook> {
    let mut cells = Cells::new();
    let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
    loop {
        let cell = match reader.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            // An error value that calamine does not know; the record has been passed.
            Err(XlsbError::CellError(_)) => continue,
            Err(error) => return Err(damaged(error)),
        };
        let (row, column) = cell.get_position();
        let position = Position::new(row, column);
        if !records.errors.contains_key(&position) {
            cells.push((position, cell_of(cell.get_value().clone())));
        }
        hold_cells(limits, cells.len(), name)?;
    }
    drop(reader);
    let error = |(position, name)| (position, GridCell { raw: RawValue::Error(name), ..GridCell::default() });
    cells.extend(records.errors.into_iter().map(error));
    let mut formulas: BTreeMap<Position, SharedText> = BTreeMap::new();
    let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
    loop {
        let cell = match reader.next_formula() {
            Ok(Some(cell)) => cell,
            Ok(None) | Err(XlsbError::Io(_)) => break,
            // A formula that calamine does not know; the record has been passed.
            Err(_) => continue,
        };
        let (row, column) = cell.get_position();
        if let Some(formula) = binary_formulas::formula(cell.get_value()) {
            formulas.insert(Position::new(row, column), formula.into());
        }
    }
    let damaged = damage::put_in_place(&mut cells, records.damaged);
    for (position, cell) in cells.iter_mut().filter(|(_, cell)| cell.raw != RawValue::Damaged) {
        cell.formula = formulas.get(position).cloned();
    }
    Ok(SheetContent { cells, layout: None, damaged })
}
