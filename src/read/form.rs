//! Forms: labels, each with its value beside or below it; one record.

use std::collections::BTreeSet;

use super::convert;
use super::form_labels::{Labels, labels};
use super::locate;
use super::place::Region;
use crate::model::{Cell, Column, GridCell, Position, Row, Table, Value, WhyAbsent, on_one_line};
use crate::schema::{Direction, FormOptions, TableSchema, ValuePlace};

/// A value stands at most this many columns right of its label, or rows below it, unless the pack says how far.
const REACH: u32 = 8;

/// Takes the one record of a form out of a region.
///
/// Unless the pack says otherwise a form keeps one manner throughout: values stand right of their labels, or, when no label
/// has anything to its right, directly below them. So an empty value is never filled from the next line.
///
/// # Errors
/// Why it was not found.
pub(super) fn table(region: &Region<'_>, schema: &TableSchema) -> Result<Table, WhyAbsent> {
    let Labels { columns, repeated } = labels(region, schema);
    let found = with_given(region, &columns);
    if columns.iter().all(Option::is_none) || !locate::is_enough(schema, &found) {
        return Err(WhyAbsent::NoHeadings(locate::missing(schema, &found)));
    }
    let form = Form {
        region,
        options: &schema.crosscast.form,
        labels: columns.iter().flatten().map(|label| label.heading).collect(),
    };
    let places = form.places(&columns, schema);
    let line = form.labels.first().map_or(0, |label| label.row);
    let cells = schema.fields.iter().zip(&places).map(|(field, place)| match place {
        Some(place) => match form.value(*place) {
            Some(found) => convert::cell(*place, Some(found), field, schema),
            None => Cell::absent(*place),
        },
        None => Cell::absent(Position::new(line, 0)),
    });
    let row = Row { line, cells: cells.collect() };
    // A value that reads like a label ("Prepared by: Partnership") is not that label a second time.
    let repeated = repeated.into_iter().filter(|other| !places.contains(&Some(other.position))).collect();
    let table = Table::new(schema.name.clone(), region.sheet.clone(), columns);
    Ok(Table { repeated_headings: repeated, rows: vec![row], ..table })
}

/// Whether a form is one of several that were not needed: a field without which there is no record was left empty.
pub(super) fn is_filler(table: &Table, schema: &TableSchema) -> bool {
    let required = || schema.crosscast.rows.require.iter().filter_map(|name| schema.field_index(name));
    let is_empty = |cell: &Cell| cell.value == Value::Null && cell.converted.is_none();
    table.rows.iter().all(|row| required().any(|index| row.cells.get(index).is_some_and(is_empty)))
}

/// The columns, with those whose values the surroundings give.
fn with_given(region: &Region<'_>, columns: &[Option<Column>]) -> Vec<Option<Column>> {
    let mut found = columns.to_vec();
    for given in &region.given {
        if let Some(column) = found.get_mut(given.field) {
            column.get_or_insert_with(|| Column::new(given.position, given.text.clone()));
        }
    }
    found
}

/// A form whose labels are known.
struct Form<'f> {
    region: &'f Region<'f>,
    options: &'f FormOptions,
    labels: BTreeSet<Position>,
}

impl Form<'_> {
    /// Where the value of each field stands whose label was found.
    fn places(&self, columns: &[Option<Column>], schema: &TableSchema) -> Vec<Option<Position>> {
        let said = |index: usize| schema.fields[index].crosscast.value.or(self.options.value);
        let unsaid = columns.iter().enumerate().filter(|(index, _)| said(*index).is_none());
        let labels = unsaid.filter_map(|(_, label)| label.as_ref());
        let beside = labels.into_iter().any(|label| self.has_beside(label.heading));
        let place = |(index, label): (usize, &Option<Column>)| {
            let label = label.as_ref()?.heading;
            Some(match said(index) {
                Some(ValuePlace::Away(steps)) => {
                    Position::new(label.row.saturating_add(steps.below), label.column.saturating_add(steps.right))
                }
                Some(ValuePlace::Towards(direction)) => self.towards(label, direction).unwrap_or_else(|empty| empty),
                None if beside => self.towards(label, Direction::Right).unwrap_or_else(|empty| empty),
                None => self.directly_below(label),
            })
        };
        columns.iter().enumerate().map(place).collect()
    }

    /// The first filled cell in a direction, before any other label; else the cell that would hold the value: the first of
    /// those that are passed over, or the one beside the label.
    fn towards(&self, label: Position, direction: Direction) -> Result<Position, Position> {
        let passed_over = |(_, cell): &(Position, &GridCell)| self.is_passed_over(cell);
        let found = self.filled(label, direction).find(|found| !passed_over(found));
        let empty = || self.filled(label, direction).map(|(place, _)| place).next();
        let nearest = || self.away(label, direction).next();
        found.map(|(place, _)| place).ok_or_else(|| empty().or_else(nearest).unwrap_or(label))
    }

    /// Whether anything stands to the right of a label: a value, or a hint or a drop-down list where one is to go.
    fn has_beside(&self, label: Position) -> bool {
        self.filled(label, Direction::Right).next().is_some()
    }

    /// The filled cells in a direction, before any other label.
    fn filled(&self, label: Position, direction: Direction) -> impl Iterator<Item = (Position, &GridCell)> {
        let steps = self.away(label, direction).take_while(|place| !self.labels.contains(place));
        steps.filter_map(|place| Some((place, self.region.grid.cell(place).filter(|cell| cell.is_filled())?)))
    }

    /// The cell below a label, or below the hints that stand there.
    fn directly_below(&self, label: Position) -> Position {
        let is_hint = |place: &Position| self.region.grid.cell(*place).is_some_and(|cell| self.is_passed_over(cell));
        let mut steps = self.away(label, Direction::Below);
        let first = steps.next().unwrap_or(label);
        if !is_hint(&first) { first } else { steps.find(|place| !is_hint(place)).unwrap_or(first) }
    }

    /// The cells in a direction from a label, from the nearest on; what is merged with the label is none of them.
    fn away(&self, label: Position, direction: Direction) -> impl Iterator<Item = Position> + use<> {
        let merged = self.region.merged.iter().find(|area| area.first == label);
        let last = merged.map_or(label, |area| area.last);
        (1..=REACH).map(move |distance| match direction {
            Direction::Right => Position::new(label.row, last.column.saturating_add(distance)),
            Direction::Below => Position::new(last.row.saturating_add(distance), label.column),
        })
    }

    /// What a cell holds that could be a value.
    fn value(&self, place: Position) -> Option<&GridCell> {
        let cell = self.region.grid.cell(place).filter(|cell| !self.is_passed_over(cell));
        cell.filter(|_| !self.labels.contains(&place))
    }

    /// Whether a text is no value: a hint, or what a drop-down list shows before anything was chosen.
    fn is_passed_over(&self, cell: &GridCell) -> bool {
        if self.options.ignore.is_empty() {
            return false;
        }
        let text = on_one_line(&convert::plain(&cell.raw.shown()));
        self.options.ignore.iter().any(|pattern| pattern.is_match(&text))
    }
}
