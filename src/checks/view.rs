//! A table beside its schema: columns, cells, and the words by which a message names them.

use crate::model::{Area, Cell, Grid, Place, Table, Workbook};
use crate::schema::{Field, FieldKind, Layout, TableSchema};

/// A table of a workbook, with the schema that it follows.
#[derive(Clone, Copy)]
pub(super) struct TableView<'a> {
    pub workbook: &'a Workbook,
    pub table: &'a Table,
    pub schema: &'a TableSchema,
}

/// A field that was found in a table.
#[derive(Clone, Copy)]
pub(super) struct ColumnView<'a> {
    /// The table.
    pub of: TableView<'a>,
    /// The place among the schema's fields.
    pub index: usize,
    /// The field.
    pub field: &'a Field,
}

impl<'a> TableView<'a> {
    /// The fields that were found. A missing column has no cells to judge: structure reports it.
    pub fn columns(self) -> impl Iterator<Item = ColumnView<'a>> {
        let fields = self.schema.fields.iter().enumerate();
        fields
            .filter(move |(index, _)| matches!(self.table.columns.get(*index), Some(Some(_))))
            .map(move |(index, field)| ColumnView { of: self, index, field })
    }

    /// A place on the table's sheet.
    pub fn place(self, area: impl Into<Area>) -> Place {
        Place::area(&self.workbook.path, &self.table.sheet, area)
    }

    /// The sheet as a whole.
    pub fn sheet(self) -> Place {
        Place::sheet(&self.workbook.path, &self.table.sheet)
    }

    /// Whether the table is a form: labels with a value each.
    pub fn is_form(self) -> bool {
        self.schema.crosscast.layout == Layout::Form
    }
}

impl<'a> ColumnView<'a> {
    /// What the field's values are.
    pub fn kind(self) -> FieldKind {
        self.field.kind()
    }

    /// The cells of the sheet, where it keeps them: formats, and the numbers behind dates.
    pub fn grid(self) -> Option<&'a Grid> {
        self.of.workbook.sheets.iter().find(|sheet| sheet.name == self.of.table.sheet)?.grid.as_ref()
    }

    /// The cells of the data rows, in the order of the sheet.
    pub fn cells(self) -> impl Iterator<Item = &'a Cell> {
        self.of.table.rows.iter().filter_map(move |row| row.cells.get(self.index))
    }

    /// The cell of the totals row, if there is such a row and the cell holds more than the row's label.
    pub fn total(self) -> Option<&'a Cell> {
        let cell = self.of.table.total.as_ref()?.cells.get(self.index)?;
        let is_label = self.of.schema.is_total_label(&cell.raw.shown());
        (!is_label).then_some(cell)
    }

    /// The cells from the first to the last data row; none when there are no rows.
    pub fn area(self) -> Option<Area> {
        let first = self.cells().next()?.position;
        let last = self.cells().last()?.position;
        Some(Area::new(first, last))
    }
}
