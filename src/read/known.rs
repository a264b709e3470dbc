//! Tables whose place is known already, rather than looked for by their headings.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::headings::Headings;
use super::{loose, rows};
use crate::model::{Column, Position, SheetText, TextHolder, Workbook};
use crate::schema::TableSchema;

/// A table with a heading row whose place is known.
#[derive(Debug, Clone)]
pub struct KnownTable<'s> {
    /// The sheet it stands on, as the workbook names it.
    pub sheet: Arc<str>,
    /// What its cells are read as.
    pub schema: &'s TableSchema,
    /// The zero-based row of the headings.
    pub heading_row: u32,
    /// The zero-based columns of the schema's fields, in its order.
    pub columns: Vec<u32>,
    /// The zero-based last row, that of a total included.
    pub last_row: u32,
}

/// Types the cells of tables whose place is known, of a workbook that keeps the cells of their sheets, as
/// [`workbook`](super::workbook) does those of the pack's tables. The texts that they hold are then no texts beside tables.
pub fn take_known_tables(workbook: &mut Workbook, tables: &[KnownTable<'_>]) {
    for known in tables {
        let Some(sheet) = workbook.sheets.iter().find(|sheet| sheet.name == known.sheet) else { continue };
        let Some(grid) = &sheet.grid else { continue };
        let columns = known.columns.iter().map(|column| {
            let heading = Position::new(known.heading_row, *column);
            let text = grid.cell(heading).map(|cell| cell.raw.shown()).unwrap_or_default();
            Some(Column::new(heading, text.into()))
        });
        let columns: Vec<Option<Column>> = columns.collect();
        let headings = Headings::known(grid, known.heading_row, columns);
        let table = rows::table_below(grid, known.schema, &known.sheet, headings, known.last_row.saturating_add(1));
        workbook.tables.push(table);
    }
    let sheets: BTreeSet<Arc<str>> = tables.iter().map(|known| known.sheet.clone()).collect();
    for sheet in &sheets {
        forget_texts_in_tables(workbook, sheet);
    }
}

/// Leaves out of the texts of a sheet those of its cells that a table now holds. The headings stay among them: no pack
/// vouches for what they say.
fn forget_texts_in_tables(workbook: &mut Workbook, name: &Arc<str>) {
    let Some(grid) = workbook.sheets.iter().find(|sheet| sheet.name == *name).and_then(|sheet| sheet.grid.as_ref())
    else {
        return;
    };
    let mut beside: Vec<SheetText> = loose::texts(grid, name, &workbook.tables);
    let tables = workbook.tables.iter().filter(|table| table.sheet == *name);
    beside.extend(tables.flat_map(|table| table.columns.iter().flatten()).map(|column| SheetText {
        sheet: name.clone(),
        position: Some(column.heading),
        holder: TextHolder::Cell,
        text: column.text.clone(),
    }));
    beside.sort_by_key(|text| text.position);
    let is_replaced = |text: &SheetText| text.sheet == *name && text.holder == TextHolder::Cell;
    let at = workbook.texts.iter().position(|text| text.sheet == *name).unwrap_or(workbook.texts.len());
    workbook.texts.retain(|text| !is_replaced(text));
    workbook.texts.splice(at..at, beside);
}
