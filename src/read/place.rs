//! From a place of the pack to tables: which sheets, which part of each, and how it is laid out.

use std::borrow::Cow;
use std::sync::Arc;

use super::open::Opened;
use super::{blocks, convert, crosstab, form, locate, region, rows};
use crate::model::{
    AbsentTable, Area, Cell, Column, Converted, Grid, GridCell, Origin, Position, RawValue, Table, WhyAbsent,
};
use crate::schema::{Layout, Pattern, TablePlace, TableSchema};

/// A part of a sheet in which a table is looked for, and what its surroundings tell of it.
#[derive(Debug, Clone)]
pub(super) struct Region<'a> {
    /// The sheet.
    pub sheet: &'a Arc<str>,
    /// The cells of the part, at their places on the sheet.
    pub grid: Cow<'a, Grid>,
    /// The cells of the sheet that are merged into one.
    pub merged: &'a [Area],
    /// The schemas of the other tables that the pack places on the same sheet: their headings end this table.
    pub neighbours: &'a [&'a TableSchema],
    /// The fields whose values the surroundings give.
    pub given: Vec<Given>,
}

/// A field whose value stands outside the table: in the sheet's name, or in the line with which a block begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Given {
    /// The place of the field among the schema's fields.
    pub field: usize,
    /// Its value, as a text.
    pub text: Arc<str>,
    /// Where the value stands.
    pub position: Position,
    /// [`Origin::Sheet`] or [`Origin::Block`].
    pub origin: Origin,
}

impl Region<'_> {
    /// Whether the surroundings give a field's value, so that the table need not have it.
    pub fn gives(&self, field: usize) -> bool {
        self.given.iter().any(|given| given.field == field)
    }
}

/// What the named groups of a pattern catch in a text, for the fields of those names.
pub(super) fn caught(
    pattern: &Pattern,
    text: &str,
    schema: &TableSchema,
    position: Position,
    origin: Origin,
) -> Vec<Given> {
    let caught = pattern.groups().filter_map(|group| {
        let text = pattern.capture(text, group)?.trim();
        Some(Given { field: schema.field_index(group)?, text: text.into(), position, origin })
    });
    caught.collect()
}

/// The tables of a schema on the sheets of its place, and what is missing of them.
pub(super) fn tables(
    book: &Opened,
    place: &TablePlace,
    schema: &TableSchema,
    neighbours: &[&TableSchema],
) -> (Vec<Table>, Vec<AbsentTable>) {
    let absent = |sheet: Arc<str>, why: WhyAbsent| AbsentTable { table: schema.name.clone(), sheet, why };
    let sheets = locate::sheets(&book.sheets, &place.sheet, schema);
    if sheets.is_empty() {
        return (Vec::new(), vec![absent(place.sheet.to_string().into(), WhyAbsent::NoSheet)]);
    }
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for (sheet, given) in sheets {
        let (tables, without) = on_sheet(book, &sheet, given, schema, neighbours);
        found.extend(tables);
        missing.extend(without.into_iter().map(|why| absent(sheet.clone(), why)));
    }
    (found, missing)
}

/// The tables of a schema on one sheet, and why one was not found; of blocks some can be there and others not.
fn on_sheet(
    book: &Opened,
    sheet: &Arc<str>,
    given: Vec<Given>,
    schema: &TableSchema,
    neighbours: &[&TableSchema],
) -> (Vec<Table>, Vec<WhyAbsent>) {
    let region = match region::region(book, sheet, schema, neighbours, given) {
        Ok(region) => region,
        Err(why) => return (Vec::new(), vec![why]),
    };
    match schema.crosscast.layout {
        Layout::Blocks => blocks::tables(&region, schema),
        layout => match in_region(&region, schema, layout) {
            Ok(table) => (vec![table], Vec::new()),
            Err(why) => (Vec::new(), vec![why]),
        },
    }
}

/// The one table of a region, laid out in rows, as a form or as a crosstab.
///
/// # Errors
/// Why it was not found.
pub(super) fn in_region(region: &Region<'_>, schema: &TableSchema, layout: Layout) -> Result<Table, WhyAbsent> {
    let mut table = match layout {
        Layout::Rows | Layout::Blocks => rows::table(region, schema)?,
        Layout::Form => form::table(region, schema)?,
        Layout::Crosstab => crosstab::table(region, schema)?,
    };
    for given in &region.given {
        give(&mut table, given, schema);
    }
    Ok(table)
}

/// Puts a value that the surroundings give into every row.
fn give(table: &mut Table, given: &Given, schema: &TableSchema) {
    let (Some(column), Some(field)) = (table.columns.get_mut(given.field), schema.fields.get(given.field)) else {
        return;
    };
    *column = Some(Column { heading: given.position, text: given.text.clone(), origin: given.origin });
    let cell = carried(
        given.position,
        &GridCell { raw: RawValue::Text((&*given.text).into()), ..GridCell::default() },
        field,
        schema,
    );
    for row in &mut table.rows {
        if let Some(held) = row.cells.get_mut(given.field) {
            *held = cell.clone();
        }
    }
}

/// The typed cell of a field whose value stands elsewhere than in its row: in a section's label, a heading that goes across,
/// a block's first line. That it is a text there is no fault.
pub(super) fn carried(
    position: Position,
    found: &GridCell,
    field: &crate::schema::Field,
    schema: &TableSchema,
) -> Cell {
    let mut cell = convert::cell(position, Some(found), field, schema);
    if cell.converted == Some(Converted::FromText) {
        cell.converted = None;
    }
    cell
}
