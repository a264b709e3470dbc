//! Tables with a heading row and a row for each record.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::convert;
use super::locate::{self, Headings};
use super::place::Region;
use crate::model::{Area, Cell, Grid, Line, Position, RawValue, Row, Table, WhyAbsent};
use crate::schema::TableSchema;

/// Takes a table out of a sheet.
///
/// A table ends at its totals row, else at the last row with values in two of its columns. All rows before that end that
/// hold anything in its columns are its rows: gaps are passed over and nothing between is left out but subtotals, which are
/// kept apart.
///
/// # Errors
/// Why it was not found.
pub(super) fn table(region: &Region<'_>, schema: &TableSchema) -> Result<Table, WhyAbsent> {
    let headings = locate::headings(&region.grid, schema).map_err(WhyAbsent::NoHeadings)?;
    let end = next_headings(&region.grid, headings.row, region.neighbours);
    Ok(table_below(&region.grid, schema, region.sheet, headings, end))
}

/// Takes the table out of a sheet whose headings are known; `end` is the zero-based row before which it ends.
pub(super) fn table_below(grid: &Grid, schema: &TableSchema, sheet: &Arc<str>, headings: Headings, end: u32) -> Table {
    let body = Body::new(grid, schema, &headings, end);
    let blank_headings = blank_headings(grid, &headings, &body.rows);
    Table {
        name: schema.name.clone(),
        sheet: sheet.clone(),
        rows: body.rows.iter().map(|line| row(line, schema, &headings)).collect(),
        subtotals: body.subtotals.iter().map(|line| row(line, schema, &headings)).collect(),
        total: body.total.map(|line| total_row(line, schema, &headings)),
        after_total: body.areas_after_total(&headings),
        stated: Vec::new(),
        ambiguous: Vec::new(),
        columns: headings.columns,
        unknown_headings: headings.unknown,
        repeated_headings: headings.repeated,
        blank_headings,
    }
}

/// The lines below the headings, by what they are.
struct Body<'g> {
    rows: Vec<&'g Line>,
    subtotals: Vec<&'g Line>,
    total: Option<&'g Line>,
    after_total: Vec<&'g Line>,
}

impl<'g> Body<'g> {
    fn new(grid: &'g Grid, schema: &TableSchema, headings: &Headings, end: u32) -> Self {
        let columns = headings.table_columns();
        let from = grid.lines().partition_point(|line| line.row <= headings.row);
        let below: Vec<&Line> = grid.lines()[from..].iter().take_while(|line| line.row < end).collect();
        let filled = |line: &Line| columns.iter().filter(|column| line.is_filled(**column)).count();
        let looks_like_data = |line: &Line| filled(line) >= columns.len().min(2);

        let total_at = below.iter().position(|line| is_totals_row(line, schema, headings, &columns));
        let last = below.iter().rposition(|line| looks_like_data(line)).map_or(0, |index| index + 1);
        let filled_rows = below[..total_at.unwrap_or(last)].iter().copied().filter(|line| filled(line) > 0);
        let (subtotals, rows) = filled_rows.partition(|line| is_subtotal_row(line, schema, headings, &columns));
        let after = total_at.map_or(&[][..], |index| &below[index + 1..]);
        Self {
            rows,
            subtotals,
            total: total_at.map(|index| below[index]),
            after_total: after.iter().copied().filter(|line| looks_like_data(line)).collect(),
        }
    }

    /// Rows that follow each other make one area.
    fn areas_after_total(&self, headings: &Headings) -> Vec<Area> {
        let columns = headings.table_columns();
        let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return Vec::new() };
        let mut areas: Vec<Area> = Vec::new();
        for line in &self.after_total {
            let end = Position::new(line.row, *last);
            match areas.last_mut() {
                Some(area) if area.last.row + 1 == line.row => area.last = end,
                _ => areas.push(Area::new(Position::new(line.row, *first), end)),
            }
        }
        areas
    }
}

/// The row of the next headings below, of another table that the pack places on the same sheet.
pub(super) fn next_headings(grid: &Grid, row: u32, neighbours: &[&TableSchema]) -> u32 {
    let others = neighbours.iter().filter_map(|schema| locate::headings(grid, schema).ok());
    others.map(|headings| headings.row).filter(|other| *other > row).min().unwrap_or(u32::MAX)
}

/// Whether a row states the totals: a total's label, and nothing in the other columns that identify a record (the
/// primary key and the first column, unless that holds numbers, which have totals).
fn is_totals_row(line: &Line, schema: &TableSchema, headings: &Headings, columns: &[u32]) -> bool {
    states(line, schema, headings, columns, |text| schema.is_total_label(text))
}

/// Whether a row states the subtotal of rows above it: the label of one, nothing that identifies a record, and a formula.
/// Without a formula it could as well be a record that is not filled in.
fn is_subtotal_row(line: &Line, schema: &TableSchema, headings: &Headings, columns: &[u32]) -> bool {
    let adds = || line.filled().any(|(column, cell)| columns.contains(&column) && cell.formula.is_some());
    states(line, schema, headings, columns, is_subtotal_label) && adds()
}

fn is_subtotal_label(text: &str) -> bool {
    let letters: String = text.chars().filter(|letter| letter.is_alphabetic()).collect();
    letters.to_lowercase().starts_with("subtotal")
}

/// Whether a row has a label of some kind, and nothing in the other columns that identify a record.
fn states(
    line: &Line,
    schema: &TableSchema,
    headings: &Headings,
    columns: &[u32],
    is_label: impl Fn(&str) -> bool,
) -> bool {
    let Some(last) = columns.last() else { return false };
    let label = line.filled().find(|(column, cell)| {
        column <= last && matches!(&cell.raw, RawValue::Text(text) if is_label(&convert::plain(text)))
    });
    let Some((label, _)) = label else { return false };
    let key = schema.primary_key.iter().filter_map(|name| schema.field_index(name));
    let key_columns = key.filter_map(|index| headings.columns[index].as_ref()).map(|column| column.heading.column);
    let first = columns.first().copied().filter(|first| !holds_numbers(*first, schema, headings));
    key_columns.chain(first).all(|column| column == label || !line.is_filled(column))
}

fn holds_numbers(column: u32, schema: &TableSchema, headings: &Headings) -> bool {
    let mut fields = schema.fields.iter().zip(&headings.columns);
    let field = fields.find(|(_, found)| found.as_ref().is_some_and(|found| found.heading.column == column));
    field.is_some_and(|(field, _)| field.kind().is_numeric())
}

/// Columns with values in the table's rows but no heading, where they stand within it or directly beside it.
fn blank_headings(grid: &Grid, headings: &Headings, rows: &[&Line]) -> Vec<Position> {
    let headed = |column: u32| grid.cell(Position::new(headings.row, column)).is_some_and(|cell| cell.is_filled());
    let filled: BTreeSet<u32> = rows.iter().flat_map(|line| line.filled()).map(|(column, _)| column).collect();
    let unheaded: BTreeSet<u32> = filled.into_iter().filter(|column| !headed(*column)).collect();
    let columns = headings.table_columns();
    let (Some(mut first), Some(mut last)) = (columns.first().copied(), columns.last().copied()) else {
        return Vec::new();
    };
    while first > 0 && (unheaded.contains(&(first - 1)) || headed(first - 1)) {
        first -= 1;
    }
    while unheaded.contains(&(last + 1)) || headed(last + 1) {
        last += 1;
    }
    unheaded.range(first..=last).map(|column| Position::new(headings.row, *column)).collect()
}

fn row(line: &Line, schema: &TableSchema, headings: &Headings) -> Row {
    let first = || headings.columns.iter().flatten().map(|column| column.heading.column).min().unwrap_or_default();
    let cells = schema.fields.iter().zip(&headings.columns).map(|(field, column)| match column {
        Some(column) => {
            let position = Position::new(line.row, column.heading.column);
            convert::cell(position, line.cell(position.column), field, schema)
        }
        // A cell of a missing column stands for its row: at the table's first column.
        None => Cell::absent(Position::new(line.row, first())),
    });
    Row { line: line.row, cells: cells.collect() }
}

/// A row of totals is typed like any other, but its label is no mistake in a column of numbers or dates.
fn total_row(line: &Line, schema: &TableSchema, headings: &Headings) -> Row {
    let mut total = row(line, schema, headings);
    for cell in &mut total.cells {
        if matches!(&cell.raw, RawValue::Text(text) if schema.is_total_label(&convert::plain(text))) && cell.is_marked()
        {
            cell.converted = None;
        }
    }
    total
}
