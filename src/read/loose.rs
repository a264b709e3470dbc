//! Texts of cells that no table holds: titles above the headings, notes below, columns and sheets that nobody asks for.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::convert::LAST_WHOLE_NUMBER;
use crate::model::{Grid, Line, Origin, Position, RawValue, Row, SheetText, Table, TextHolder};

/// From here on a whole number may be one that was typed to reach a person by, such as an NHS number (ten digits).
const SMALLEST_LONG_NUMBER: f64 = 1e9;

/// The texts of a sheet that stand in no cell of the tables, from the top down.
pub(super) fn texts(grid: &Grid, sheet: &Arc<str>, tables: &[Table]) -> Vec<SheetText> {
    let here: Vec<&Table> = tables.iter().filter(|table| table.sheet == *sheet).collect();
    let headings: BTreeSet<Position> =
        here.iter().flat_map(|table| table.headings()).map(|known| known.heading).collect();
    let mut texts = Vec::new();
    let carried: BTreeSet<Position> = here.iter().flat_map(|table| carried(table)).collect();
    let mut held: Vec<Position> = Vec::new();
    for line in grid.lines() {
        held.clear();
        let rows = here.iter().flat_map(|table| rows_at(table, line));
        held.extend(rows.flat_map(|row| &row.cells).map(|cell| cell.position));
        held.sort_unstable();
        for (column, cell) in line.filled() {
            let position = Position::new(line.row, column);
            let is_held = held.binary_search(&position).is_ok() || carried.contains(&position);
            if is_held || headings.contains(&position) {
                continue;
            }
            let text = text(&cell.raw).map(|text| SheetText {
                sheet: sheet.clone(),
                position: Some(position),
                holder: TextHolder::Cell,
                text,
            });
            texts.extend(text);
        }
    }
    texts
}

/// The cells of a table that stand in another line than the rows that have them: labels of sections, headings that go across,
/// the first line of a block. What a sheet's name says stands in no cell.
fn carried(table: &Table) -> impl Iterator<Item = Position> {
    let columns = table.columns.iter().enumerate();
    let carried = columns.filter(|(_, column)| {
        let origin = column.as_ref().map(|column| column.origin);
        matches!(origin, Some(Origin::Section | Origin::Across | Origin::Block))
    });
    let cells = carried.flat_map(|(index, _)| table.rows.iter().filter_map(move |row| row.cells.get(index)));
    // A text where a sum should stand is looked at like any other beside the table: no column of records has it.
    let stated = table.stated.iter().map(|sum| &sum.cell).filter(|cell| !matches!(cell.raw, RawValue::Text(_)));
    cells.chain(stated).map(|cell| cell.position)
}

/// The rows of a table that may have cells in a line of the sheet: of a crosstab several. The one record of a form has cells in
/// many lines.
fn rows_at<'t>(table: &'t Table, line: &Line) -> impl Iterator<Item = &'t Row> {
    let rows = match table.rows.as_slice() {
        [only] => std::slice::from_ref(only),
        rows => {
            let from = rows.partition_point(|row| row.line < line.row);
            let many = rows[from..].partition_point(|row| row.line == line.row);
            &rows[from..from + many]
        }
    };
    rows.iter().chain(table.total.as_ref().filter(|total| total.line == line.row))
}

/// What a cell says in letters, or in digits that may be more than a figure.
fn text(raw: &RawValue) -> Option<Arc<str>> {
    match raw {
        RawValue::Text(text) => Some((&**text).into()),
        RawValue::Date(_) => Some(raw.shown().into()),
        RawValue::Number(number) if is_long(*number) => Some(raw.shown().into()),
        _ => None,
    }
}

fn is_long(number: f64) -> bool {
    (SMALLEST_LONG_NUMBER..=LAST_WHOLE_NUMBER).contains(&number) && number.fract() == 0.0
}
