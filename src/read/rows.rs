//! Tables with a heading row and a row for each record.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::body::{Body, Record, StatedRow};
use super::convert;
use super::frame::Frame;
use super::headings::{self, Headings};
use super::place::{self, Region};
use crate::model::{Cell, Column, Grid, GridCell, Line, Origin, Position, RawValue, Row, StatedSum, Table, WhyAbsent};
use crate::schema::TableSchema;

/// Takes a table out of a sheet.
///
/// Which line is what, and where the table ends, is told by [`Body::of`]: gaps are passed over, and nothing between is left out
/// but subtotals, which are kept apart, and what the pack says is no record.
///
/// # Errors
/// Why it was not found.
pub(super) fn table(region: &Region<'_>, schema: &TableSchema) -> Result<Table, WhyAbsent> {
    let headings = headings::headings(region, schema)?;
    let end = headings::next_below(region, headings.row);
    Ok(table_below(&region.grid, schema, region.sheet, headings, end))
}

/// Takes the table out of a sheet whose headings are known; `end` is the zero-based row before which it ends.
pub(super) fn table_below(grid: &Grid, schema: &TableSchema, sheet: &Arc<str>, headings: Headings, end: u32) -> Table {
    let frame = Frame::new(grid, schema, &headings);
    let body = Body::of(grid, &frame, headings.body, end);
    let blank_headings = blank_headings(&headings, &body.records);
    let rows = Rows::new(grid, &frame, &headings, &body);
    let mut table = Table {
        rows: body.records.iter().map(|record| rows.record(record)).collect(),
        subtotals: body.subtotals.iter().map(|line| rows.line(line)).collect(),
        total: body.total.map(|line| rows.total(line)),
        after_total: body.areas_after_total(&frame),
        stated: body.stated.iter().flat_map(|stated| rows.stated(stated)).collect(),
        blank_headings,
        ..Table::new(schema.name.clone(), sheet.clone(), Vec::new())
    };
    table.columns = columns(grid, schema, &headings, &body);
    (table.unknown_headings, table.repeated_headings) = (headings.unknown, headings.repeated);
    table.ambiguous = headings.ambiguous;
    table
}

/// The column of each field; of one that sections give, the cell of the first of them.
fn columns(grid: &Grid, schema: &TableSchema, headings: &Headings, body: &Body<'_>) -> Vec<Option<Column>> {
    let mut columns = headings.columns.clone();
    for (level, section) in schema.crosscast.rows.sections.iter().enumerate() {
        let first = body.sections.iter().find(|row| row.level == level);
        let (Some(first), Some(index)) = (first, schema.field_index(&section.field)) else { continue };
        let text = grid.cell(first.position).map(|cell| cell.raw.shown()).unwrap_or_default();
        let column = Column { origin: Origin::Section, ..Column::new(first.position, text.into()) };
        columns[index].get_or_insert(column);
    }
    columns
}

/// Columns with values in the table's rows but no heading, where they stand within it or directly beside it.
fn blank_headings(headings: &Headings, records: &[Record<'_>]) -> Vec<Position> {
    let headed = |column: u32| headings.is_headed(column);
    let mut is_filled: Vec<bool> = Vec::new();
    for (column, _) in records.iter().flat_map(|record| record.line.filled()) {
        let column = column as usize;
        is_filled.resize(is_filled.len().max(column + 1), false);
        is_filled[column] = true;
    }
    let filled = (0..).zip(is_filled).filter(|(_, is_filled)| *is_filled).map(|(column, _)| column);
    let unheaded: BTreeSet<u32> = filled.filter(|column| !headed(*column)).collect();
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

/// Types the lines of a table.
struct Rows<'a> {
    grid: &'a Grid,
    frame: &'a Frame<'a>,
    headings: &'a Headings,
    body: &'a Body<'a>,
    /// For each section the place of its field among the schema's, and the cell that its records carry.
    carried: Vec<Option<(usize, Cell)>>,
    /// The table's first column, zero-based.
    first: u32,
}

impl<'a> Rows<'a> {
    fn new(grid: &'a Grid, frame: &'a Frame<'a>, headings: &'a Headings, body: &'a Body<'a>) -> Self {
        let schema = frame.schema;
        let carried = body.sections.iter().map(|row| {
            let index = schema.field_index(&schema.crosscast.rows.sections.get(row.level)?.field)?;
            let found = grid.cell(row.position)?;
            let found = match frame.value_is_part(row.level) {
                true => &GridCell { raw: RawValue::Text(row.value.as_str().into()), ..found.clone() },
                false => found,
            };
            Some((index, place::carried(row.position, found, schema.fields.get(index)?, schema)))
        });
        let first = headings.columns.iter().flatten().map(|column| column.heading.column).min().unwrap_or_default();
        Self { grid, frame, headings, body, carried: carried.collect(), first }
    }

    /// The cells of one line.
    fn line(&self, line: &Line) -> Row {
        let schema = self.frame.schema;
        let cells = schema.fields.iter().zip(&self.headings.columns).map(|(field, column)| match column {
            Some(column) => {
                let position = Position::new(line.row, column.heading.column);
                convert::cell(position, line.cell(position.column), field, schema)
            }
            // A cell of a missing column stands for its row: at the table's first column.
            None => Cell::absent(Position::new(line.row, self.first)),
        });
        Row { line: line.row, cells: cells.collect() }
    }

    /// The cells of a record, with what sections and rows above give it.
    fn record(&self, record: &Record<'_>) -> Row {
        let schema = self.frame.schema;
        let mut row = self.line(record.line);
        for ((index, column), given_at) in self.frame.fill_down.iter().zip(&record.given_at) {
            if *given_at != record.line.row
                && let Some(field) = schema.fields.get(*index)
            {
                let position = Position::new(*given_at, *column);
                let cell = convert::cell(position, self.grid.cell(position), field, schema);
                row.cells[*index] = Cell { formula: None, ..cell };
            }
        }
        for (index, _) in self.body.sections_of(record) {
            let Some((field, cell)) = &self.carried[index] else { continue };
            if row.cells[*field].raw.is_blank() && !row.cells[*field].is_marked() {
                row.cells[*field] = cell.clone();
            }
        }
        row
    }

    /// A row of totals is typed like any other, but its label is no mistake in a column of numbers or dates.
    fn total(&self, line: &Line) -> Row {
        let schema = self.frame.schema;
        let mut total = self.line(line);
        for cell in &mut total.cells {
            if matches!(&cell.raw, RawValue::Text(text) if schema.is_total_label(&convert::plain(text)))
                && cell.is_marked()
            {
                cell.converted = None;
            }
        }
        total
    }

    /// What a row that the pack describes states: a sum for each field of numbers that it fills beside its label.
    fn stated(&self, stated: &StatedRow<'_>) -> Vec<StatedSum> {
        let schema = self.frame.schema;
        let label: Arc<str> = stated.label.as_str().into();
        let sums = self.line(stated.line).cells.into_iter().enumerate().filter(|(index, cell)| {
            let is_number = schema.fields.get(*index).is_some_and(|field| field.kind().figures().is_some());
            let is_label = Some(cell.position.column) == stated.label_column;
            is_number
                && !is_label
                && (!cell.raw.is_blank() || cell.is_marked())
                && self.headings.columns[*index].is_some()
        });
        sums.map(|(field, cell)| StatedSum {
            label: label.clone(),
            cell,
            field,
            rows: stated.records.clone().collect(),
            of: stated.of,
        })
        .collect()
    }
}
