//! Masking what was found in the cells themselves, once they have been judged and before they are stored.

use super::headed::topics_of;
use super::texts::masked_cells;
use super::{PERSONAL_DATA, hits};
use crate::model::{Cell, Converted, Origin, Outcome, RawValue, Unreadable, Value, Workbook};
use crate::schema::{FieldKind, Pack};

/// Masks in the cells of a workbook what was found in it, in its tables and beside them: the store has it from here, and the rules, the appendix and the
/// consolidated workbook from the store. A workbook in which nothing was found is left as it is.
///
/// What is no text, such as a date of birth or a long number in a column of amounts, becomes a cell that could not be read:
/// what needs it is listed as not run, and never guesses.
pub fn mask_found(workbook: &mut Workbook, found: &Outcome, pack: &Pack) {
    let is_here = |path: &Option<_>| path.as_ref() == Some(&workbook.path);
    if !found.findings.iter().any(|finding| finding.code == PERSONAL_DATA.code && is_here(&finding.place.workbook)) {
        return;
    }
    // Beside the tables nothing is stored, but what stands near a finding is shown.
    for (sheet, position, masked) in masked_cells(workbook) {
        let grid = workbook.sheets.iter_mut().find(|one| one.name == sheet).and_then(|sheet| sheet.grid.as_mut());
        grid.into_iter().for_each(|grid| grid.replace(position, RawValue::Text(masked.as_str().into())));
    }
    let sheets = &mut workbook.sheets;
    for table in &mut workbook.tables {
        let mut grid = sheets.iter_mut().find(|sheet| sheet.name == table.sheet).and_then(|sheet| sheet.grid.as_mut());
        let Some(schema) = pack.tables.get(&table.name) else { continue };
        for (index, field) in schema.fields.iter().enumerate() {
            let found = table.columns.get(index).and_then(Option::as_ref);
            let is_in_name = found.is_some_and(|column| column.origin == Origin::Sheet);
            let topics = topics_of(field, found);
            let rows = table.rows.iter_mut().chain(&mut table.total);
            for cell in rows.filter_map(|row| row.cells.get_mut(index)) {
                if let Some(hits) = hits(cell, field, &topics) {
                    mask(cell, &hits.masked, field.kind());
                    // What the sheet's name says stands in no cell.
                    if let Some(grid) = grid.as_mut().filter(|_| !is_in_name) {
                        grid.replace(cell.position, cell.raw.clone());
                    }
                }
            }
        }
    }
}

fn mask(cell: &mut Cell, masked: &str, kind: FieldKind) {
    cell.raw = RawValue::Text(masked.into());
    match cell.value {
        Value::Text(_) => cell.value = Value::Text(masked.trim().into()),
        // Nothing, or why it could not be read, is known already.
        Value::Null => {}
        _ => {
            cell.value = Value::Null;
            cell.converted = Some(Converted::Unreadable(unreadable_as(kind)));
        }
    }
}

/// Why a masked text cannot be read as a kind of field.
fn unreadable_as(kind: FieldKind) -> Unreadable {
    match kind {
        FieldKind::Money => Unreadable::NotAnAmount,
        FieldKind::Date => Unreadable::NotADate,
        FieldKind::Month => Unreadable::NotAMonth,
        FieldKind::Boolean => Unreadable::NotYesOrNo,
        FieldKind::Text | FieldKind::Integer | FieldKind::Number | FieldKind::Percentage => Unreadable::NotANumber,
    }
}
