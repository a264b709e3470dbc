//! Forms: labels, each with its value beside or below it; one record.

use std::collections::BTreeSet;

use super::convert;
use super::locate;
use super::place::Region;
use crate::model::{Cell, Column, Grid, Heading, Position, Row, Table, WhyAbsent, label_key};
use crate::schema::TableSchema;

/// A value stands at most this many columns right of its label.
const REACH: u32 = 8;

/// Takes the one record of a form out of a sheet.
///
/// A form keeps one manner throughout: values stand right of their labels, or, when no label has anything to its right,
/// below them. So an empty value is never filled from the next line.
///
/// # Errors
/// Why it was not found.
pub(super) fn table(region: &Region<'_>, schema: &TableSchema) -> Result<Table, WhyAbsent> {
    let (grid, sheet) = (&*region.grid, region.sheet);
    let (columns, others) = labels(grid, schema);
    if !locate::is_enough(schema, &columns) {
        return Err(WhyAbsent::NoHeadings(locate::missing(schema, &columns)));
    }
    let label_cells: BTreeSet<Position> = columns.iter().flatten().map(|label| label.heading).collect();
    let to_the_right = |label: &Column| right_of(grid, label.heading, &label_cells);
    let beside = columns.iter().flatten().any(|label| to_the_right(label).is_some());
    let value_at = |label: &Column| {
        if beside {
            to_the_right(label).unwrap_or(Position::new(label.heading.row, label.heading.column + 1))
        } else {
            Position::new(label.heading.row + 1, label.heading.column)
        }
    };

    let line = label_cells.first().map_or(0, |label| label.row);
    let places: Vec<Option<Position>> = columns.iter().map(|label| label.as_ref().map(value_at)).collect();
    let cells = schema.fields.iter().zip(&places).map(|(field, place)| match place {
        Some(place) if label_cells.contains(place) => Cell::absent(*place),
        Some(place) => convert::cell(*place, grid.cell(*place), field, schema),
        None => Cell::absent(Position::new(line, 0)),
    });
    let row = Row { line, cells: cells.collect() };
    // A value that reads like a label ("Prepared by: Partnership") is not that label a second time.
    let repeated = others.into_iter().filter(|other| !places.contains(&Some(other.position)));
    Ok(Table {
        name: schema.name.clone(),
        sheet: sheet.clone(),
        columns,
        unknown_headings: Vec::new(),
        repeated_headings: repeated.collect(),
        blank_headings: Vec::new(),
        rows: vec![row],
        total: None,
        subtotals: Vec::new(),
        after_total: Vec::new(),
        stated: Vec::new(),
        ambiguous: Vec::new(),
    })
}

/// The first cell that bears each field's label, and the cells that bear it again.
fn labels(grid: &Grid, schema: &TableSchema) -> (Vec<Option<Column>>, Vec<Heading>) {
    let keys = locate::field_keys(schema);
    let mut first = vec![None; schema.fields.len()];
    let mut others = Vec::new();
    for line in grid.lines() {
        for (column, cell) in line.filled() {
            let position = Position::new(line.row, column);
            let text = locate::heading_text(cell);
            match keys.get(&label_key(&text)) {
                Some(index) if first[*index].is_none() => first[*index] = Some(Column::new(position, text)),
                Some(_) => others.push(Heading { position, text }),
                None => {}
            }
        }
    }
    (first, others)
}

/// The first filled cell to the right of a label, before any other label.
fn right_of(grid: &Grid, label: Position, labels: &BTreeSet<Position>) -> Option<Position> {
    let right = (1..=REACH).map(|distance| Position::new(label.row, label.column + distance));
    let mut before_next_label = right.take_while(|place| !labels.contains(place));
    before_next_label.find(|place| grid.cell(*place).is_some_and(|cell| cell.is_filled()))
}
