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
        here.iter().flat_map(|table| table.columns.iter().flatten()).map(|known| known.heading).collect();
    let elsewhere: BTreeSet<Position> = here.iter().flat_map(|table| held_elsewhere(table)).collect();
    let mut texts = Vec::new();
    for line in grid.lines() {
        let rows: Vec<&Row> = here.iter().flat_map(|table| rows_at(table, line)).collect();
        for (column, cell) in line.filled() {
            let position = Position::new(line.row, column);
            let Some(text) = text(&cell.raw) else { continue };
            let in_row = rows.iter().flat_map(|row| &row.cells).any(|held| held.position == position);
            if !in_row && !headings.contains(&position) && !elsewhere.contains(&position) {
                texts.push(SheetText {
                    sheet: sheet.clone(),
                    position: Some(position),
                    holder: TextHolder::Cell,
                    text,
                });
            }
        }
    }
    texts
}

/// The rows of a table that may have cells in a line of the sheet. The one record of a form has cells in many.
fn rows_at<'t>(table: &'t Table, line: &Line) -> impl Iterator<Item = &'t Row> {
    let row = match table.rows.as_slice() {
        [only] => Some(only),
        rows => rows.binary_search_by_key(&line.row, |row| row.line).ok().map(|index| &rows[index]),
    };
    row.into_iter().chain(table.total.as_ref().filter(|total| total.line == line.row))
}

/// The cells of a table's rows where some of them stand elsewhere than in their row's line: a section's label holds for all
/// rows below it.
fn held_elsewhere(table: &Table) -> impl Iterator<Item = Position> {
    let is_plain = table.columns.iter().flatten().all(|column| column.origin == Origin::Heading);
    let rows = if is_plain { &[][..] } else { table.rows.as_slice() };
    rows.iter().flat_map(|row| &row.cells).map(|cell| cell.position)
}

/// What a cell says in letters, or in digits that may be more than a figure.
fn text(raw: &RawValue) -> Option<Arc<str>> {
    match raw {
        RawValue::Text(text) => Some(text.clone()),
        RawValue::Date(_) => Some(raw.shown().into()),
        RawValue::Number(number) if is_long(*number) => Some(raw.shown().into()),
        _ => None,
    }
}

fn is_long(number: f64) -> bool {
    (SMALLEST_LONG_NUMBER..=LAST_WHOLE_NUMBER).contains(&number) && number.fract() == 0.0
}
