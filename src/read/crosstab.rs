//! Crosstabs: values of one kind in a grid, of which each cell becomes a record.
//!
//! A crosstab is read as rows first, each column of values as a field of its own; so that all that the pack says of rows holds
//! for it too. Then each row becomes as many records as it has values.

use std::sync::Arc;

use super::across::{self, AcrossColumn, AcrossHeadings};
use super::headings::{Headings, next_below};
use super::place::{Region, carried};
use super::rows;
use crate::model::{Cell, Column, Converted, Origin, Position, RawValue, Row, StatedSum, SumOf, Table, WhyAbsent};
use crate::schema::{Across, Field, TableSchema};

/// Takes a crosstab out of a region.
///
/// # Errors
/// Why it was not found.
pub(super) fn table(region: &Region<'_>, schema: &TableSchema) -> Result<Table, WhyAbsent> {
    let nothing_across = || WhyAbsent::NoHeadings(Vec::new());
    let across = schema.crosscast.across.as_ref().ok_or_else(nothing_across)?;
    let value = schema.field_index(&across.value).ok_or_else(nothing_across)?;
    let headings = across::headings(region, schema, across)?;
    let wide = wide_table(region, schema, across, value, &headings);
    Ok(Crosstab::new(region, schema, across, value, &headings).records(wide))
}

/// The crosstab as a table of rows: behind the fields of its schema one for each column of values, and one for each column
/// that states their sum.
fn wide_table(
    region: &Region<'_>,
    schema: &TableSchema,
    across: &Across,
    value: usize,
    found: &AcrossHeadings,
) -> Table {
    let mut wide = schema.clone();
    let mut columns = found.keys.clone();
    let not_of_rows = |name: &String| *name == across.value || across.into.contains(name);
    wide.crosscast.rows.require.retain(|name| !not_of_rows(name));
    for column in found.values.iter().chain(&found.totals) {
        let (position, text) = column.lowest();
        columns.push(Some(Column::new(Position::new(position.row, column.column), text)));
        wide.fields.push(Field { name: format!("{} {}", across.value, column.column), ..schema.fields[value].clone() });
    }
    let last_heading = found.rows.end.saturating_sub(1);
    let headings = Headings {
        first_row: found.rows.start,
        body: found.rows.end.saturating_add(schema.crosscast.headings.skip_rows),
        ..Headings::known(&region.grid, last_heading, columns)
    };
    let end = next_below(region, last_heading);
    rows::table_below(&region.grid, &wide, region.sheet, headings, end)
}

/// What is needed to make records of rows.
struct Crosstab<'a> {
    region: &'a Region<'a>,
    schema: &'a TableSchema,
    headings: &'a AcrossHeadings,
    /// The place of the field of values among the schema's fields.
    value: usize,
    /// The field, and its cell for each column of values, of those that take the headings.
    into: Vec<(usize, Vec<Cell>)>,
    /// Whether an empty cell is a record without a value.
    keeps_empty: bool,
    /// For each column that states sums, the columns of values that it adds, by their places among those.
    added: Vec<Vec<usize>>,
}

/// The places of records among the rows of the table, by line and column of values.
struct Records {
    rows: Vec<Row>,
    places: Vec<Vec<Option<usize>>>,
}

impl Records {
    /// The records of these lines in these columns.
    fn of(&self, lines: impl Iterator<Item = usize> + Clone, columns: &[usize]) -> Vec<usize> {
        let of_line = |line: usize| columns.iter().filter_map(move |column| *self.places.get(line)?.get(*column)?);
        lines.flat_map(of_line).collect()
    }

    /// The first record of each of these lines: what a column beside the values states once. None where a line has none.
    fn first_of(&self, lines: impl Iterator<Item = usize>) -> Option<Vec<usize>> {
        lines.map(|line| self.places.get(line)?.iter().flatten().min().copied()).collect()
    }
}

impl<'a> Crosstab<'a> {
    fn new(
        region: &'a Region<'a>,
        schema: &'a TableSchema,
        across: &Across,
        value: usize,
        headings: &'a AcrossHeadings,
    ) -> Self {
        let adds = |total: &AcrossColumn| {
            let all = || 0..headings.values.len();
            let own: Vec<usize> = all().filter(|index| headings.values[*index].is_under(total)).collect();
            if own.is_empty() { all().collect() } else { own }
        };
        let is_required = schema.crosscast.rows.require.contains(&across.value);
        Self {
            region,
            schema,
            headings,
            value,
            into: into_cells(region, schema, across, headings),
            keeps_empty: !is_required && (across.keep_empty || schema.fields[value].constraints.required),
            added: headings.totals.iter().map(adds).collect(),
        }
    }

    /// The table of records.
    fn records(&self, wide: Table) -> Table {
        let records = self.taken_apart(&wide.rows);
        let mut columns = wide.columns[..self.schema.fields.len()].to_vec();
        for (field, cells) in &self.into {
            let first = cells.first().map(|cell| (cell.position, Arc::from(cell.raw.shown())));
            columns[*field] = first.map(|(heading, text)| Column { heading, text, origin: Origin::Across });
        }
        let first = &self.headings.values[0];
        let heading = Position::new(first.lowest().0.row, first.column);
        columns[self.value] = Some(Column { heading, text: first.joined(), origin: Origin::Crosstab });
        Table {
            unknown_headings: self.headings.unknown.clone(),
            repeated_headings: self.headings.repeated.clone(),
            ambiguous: self.headings.ambiguous.clone(),
            blank_headings: self.blank_headings(&wide),
            stated: self.stated(&wide, &records),
            subtotals: wide.subtotals.into_iter().map(|row| self.narrow(row)).collect(),
            after_total: wide.after_total,
            rows: records.rows,
            ..Table::new(wide.name, wide.sheet, columns)
        }
    }

    /// The records of each row.
    fn taken_apart(&self, wide: &[Row]) -> Records {
        let mut records = Records { rows: Vec::new(), places: Vec::with_capacity(wide.len()) };
        for row in wide {
            let (fields, values) = row.cells.split_at(self.schema.fields.len());
            let values = &values[..self.headings.values.len()];
            let places = values.iter().enumerate().map(|(index, value)| {
                let is_empty = value.raw.is_blank() && !value.is_marked();
                if is_empty && !self.keeps_empty {
                    return None;
                }
                let mut cells = fields.to_vec();
                for (field, across) in &self.into {
                    cells[*field] = across[index].clone();
                }
                cells[self.value] = value.clone();
                records.rows.push(Row { line: row.line, cells });
                Some(records.rows.len() - 1)
            });
            let places = places.collect();
            records.places.push(places);
        }
        records
    }

    /// A row with the cells of the fields that have a heading of their own alone.
    fn narrow(&self, mut row: Row) -> Row {
        row.cells.truncate(self.schema.fields.len());
        row
    }

    /// Every sum that the sheet states: beside the rows, in the rows of totals and subtotals, and where these meet.
    fn stated(&self, wide: &Table, records: &Records) -> Vec<StatedSum> {
        let fields = self.schema.fields.len();
        let mut stated = Vec::new();
        for (line, row) in wide.rows.iter().enumerate() {
            for (index, total) in self.headings.totals.iter().enumerate() {
                let cell = &row.cells[fields + self.headings.values.len() + index];
                let label = total.lowest().1;
                stated.extend(self.sum(
                    label,
                    cell,
                    self.value,
                    records.of([line].into_iter(), &self.added[index]),
                    SumOf::Across,
                ));
            }
        }
        for row in &wide.stated {
            let lines = row.rows.iter().copied();
            stated.extend(self.of_lines(row.label.clone(), &row.cell, row.field, lines, records, row.of));
        }
        for (field, cell) in wide.total.iter().flat_map(|total| total.cells.iter().enumerate()) {
            let lines = 0..wide.rows.len();
            stated.extend(self.of_lines(total_label(wide), cell, field, lines, records, SumOf::All));
        }
        stated
    }

    /// What a cell of a row of totals states of lines, by the field of the wide table that it is in.
    fn of_lines(
        &self,
        label: Arc<str>,
        cell: &Cell,
        field: usize,
        lines: impl Iterator<Item = usize> + Clone,
        records: &Records,
        of: SumOf,
    ) -> Option<StatedSum> {
        let own = self.schema.fields.len();
        let values = self.headings.values.len();
        if field < own {
            return self.sum(label, cell, field, records.first_of(lines)?, of);
        }
        let column = field - own;
        let columns = if column < values { vec![column] } else { self.added.get(column - values)?.clone() };
        self.sum(label, cell, self.value, records.of(lines, &columns), of)
    }

    /// A stated sum, unless its cell is empty or of a field that is not added.
    fn sum(&self, label: Arc<str>, cell: &Cell, field: usize, rows: Vec<usize>, of: SumOf) -> Option<StatedSum> {
        let is_added = self.schema.fields.get(field)?.kind().figures().is_some();
        let is_label =
            matches!((&cell.raw, &cell.converted), (RawValue::Text(_), None)) && cell.value.figure().is_none();
        let is_filled = !cell.raw.is_blank() || cell.is_marked();
        let is_shorthand = matches!(cell.converted, Some(Converted::Shorthand { meaning: Some(_) }));
        (is_added && is_filled && !is_label && !is_shorthand).then(|| StatedSum {
            label,
            cell: cell.clone(),
            field,
            rows,
            of,
        })
    }

    /// Columns between the first and the last that hold values under no heading.
    fn blank_headings(&self, wide: &Table) -> Vec<Position> {
        let headed = &self.headings.headed;
        let (Some(first), Some(last)) = (headed.first().copied(), headed.last().copied()) else { return Vec::new() };
        let row = self.headings.rows.end.saturating_sub(1);
        let lines = wide.rows.iter().map(|row| row.line);
        let (Some(top), Some(bottom)) = (lines.clone().min(), lines.max()) else { return Vec::new() };
        let from = self.region.grid.lines().partition_point(|line| line.row < top);
        let lines = self.region.grid.lines()[from..].iter().take_while(|line| line.row <= bottom);
        let filled = lines.flat_map(|line| line.filled()).map(|(column, _)| column);
        let mut blank: Vec<u32> =
            filled.filter(|column| (first..=last).contains(column) && headed.binary_search(column).is_err()).collect();
        blank.sort_unstable();
        blank.dedup();
        blank.into_iter().map(|column| Position::new(row, column)).collect()
    }
}

/// What the row of totals is called.
fn total_label(wide: &Table) -> Arc<str> {
    let cells = wide.total.iter().flat_map(|total| &total.cells);
    let texts = cells.filter_map(|cell| if let RawValue::Text(text) = &cell.raw { Some(text) } else { None });
    texts.map(|text| text.trim().into()).next().unwrap_or_default()
}

/// For each field that takes headings, its cell for each column of values: the lowest heading is the last field's.
fn into_cells(
    region: &Region<'_>,
    schema: &TableSchema,
    across: &Across,
    headings: &AcrossHeadings,
) -> Vec<(usize, Vec<Cell>)> {
    let fields = across.into.iter().rev().zip(headings.rows.clone().rev());
    let found = fields.filter_map(|(name, row)| {
        let index = schema.field_index(name)?;
        let cells = headings.values.iter().map(|column| heading_cell(region, schema, index, column, row));
        Some((index, cells.collect()))
    });
    found.collect()
}

/// The cell of a heading, typed by the field that takes it; what the pack strips of headings is no part of the value.
fn heading_cell(region: &Region<'_>, schema: &TableSchema, field: usize, column: &AcrossColumn, row: u32) -> Cell {
    let Some((position, text)) = column.at(row) else { return Cell::absent(Position::new(row, column.column)) };
    let Some(found) = region.grid.cell(*position) else { return Cell::absent(*position) };
    let mut read = found.clone();
    if *read.raw.shown() != **text {
        read.raw = RawValue::Text((&**text).into());
    }
    Cell { raw: found.raw.clone(), ..carried(*position, &read, &schema.fields[field], schema) }
}
