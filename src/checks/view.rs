//! A table beside its schema: columns, cells, and the words by which a message names them.

use std::collections::BTreeSet;

use crate::model::{Area, Cell, Column, Grid, Origin, Place, Position, Row, Table, Workbook};
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
    /// The fields that were found and have cells. A missing column has none to judge, which structure reports; nor has what
    /// the sheet's name says, which is judged there too.
    pub fn columns(self) -> impl Iterator<Item = ColumnView<'a>> {
        let has_cells = |found: &Option<Column>| found.as_ref().is_some_and(|column| column.origin != Origin::Sheet);
        let fields = self.schema.fields.iter().enumerate();
        fields
            .filter(move |(index, _)| self.table.columns.get(*index).is_some_and(has_cells))
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

    /// The first and the last of the table's columns on its sheet, zero-based.
    pub fn span(self) -> Option<(u32, u32)> {
        let headings = self.columns().filter_map(|column| self.table.columns.get(column.index)?.as_ref());
        let headings = headings.map(|column| column.heading.column);
        let across = self.columns().filter(|column| column.origin() == Origin::Crosstab).filter_map(ColumnView::area);
        let ends = headings.chain(across.flat_map(|area| [area.first.column, area.last.column]));
        ends.fold(None, |span, end| {
            Some(span.map_or((end, end), |(first, last): (u32, u32)| (first.min(end), last.max(end))))
        })
    }

    /// Whether the table is a form: labels with a value each.
    pub fn is_form(self) -> bool {
        self.schema.layout_of_records() == Layout::Form
    }

    /// Whether the table is a crosstab: values in a grid, each of which is a record.
    pub fn is_crosstab(self) -> bool {
        self.schema.layout_of_records() == Layout::Crosstab
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

    /// Where the values come from.
    pub fn origin(self) -> Origin {
        self.of.table.columns.get(self.index).and_then(Option::as_ref).map_or(Origin::Heading, |column| column.origin)
    }

    /// The cells of the data rows, in the order of the sheet. One that several rows share, such as a heading that goes across
    /// or the label of a section, comes once.
    pub fn cells(self) -> impl Iterator<Item = &'a Cell> {
        self.numbered().map(|(_, cell)| cell)
    }

    /// The cells as [`Self::cells`], each with a number by which neighbours are known: those of cells below each other follow
    /// on one another. In a column of records, blank rows between them do not part them.
    pub fn numbered(self) -> impl Iterator<Item = (usize, &'a Cell)> {
        self.rows().map(|(number, _, cell)| (number, cell))
    }

    /// The cells as [`Self::numbered`], each with its row; one that several rows share with the first of them.
    pub fn rows(self) -> impl Iterator<Item = (usize, &'a Row, &'a Cell)> {
        let is_carried = !matches!(self.origin(), Origin::Heading | Origin::Crosstab);
        let by_sheet = self.is_numbered_by_sheet();
        let (mut last, mut seen) = (None, BTreeSet::new());
        let cells = self.of.table.rows.iter().enumerate();
        let cells = cells.filter_map(move |(index, row)| Some((index, row, row.cells.get(self.index)?)));
        let new = cells.filter(move |(.., cell)| {
            let position = cell.position;
            if is_carried { seen.insert(position) } else { last.replace(position) != Some(position) }
        });
        new.map(move |(index, row, cell)| (if by_sheet { cell.position.row as usize } else { index }, row, cell))
    }

    /// The cells as [`Self::numbered`], and behind them the total's, which follows on the last.
    pub fn numbered_with(self, total: Option<&'a Cell>) -> impl Iterator<Item = (usize, &'a Cell)> {
        let behind = if self.is_numbered_by_sheet() { usize::MAX } else { self.of.table.rows.len() };
        self.numbered().chain(total.map(|cell| (behind, cell)))
    }

    /// Whether cells that follow on one another need not lie below each other.
    fn is_numbered_by_sheet(self) -> bool {
        self.of.is_crosstab() || self.origin() != Origin::Heading
    }

    /// The row of which a cell is; of one that several rows share, the first.
    pub fn row_of(self, cell: Position) -> Option<&'a Row> {
        let is_there = |row: &&Row| row.cells.get(self.index).is_some_and(|held| held.position == cell);
        self.of.table.rows.iter().find(is_there)
    }

    /// The cell of the totals row, if there is such a row and the cell holds more than the row's label.
    pub fn total(self) -> Option<&'a Cell> {
        let cell = self.of.table.total.as_ref()?.cells.get(self.index)?;
        let is_label = self.of.schema.is_total_label(&cell.raw.shown());
        (!is_label).then_some(cell)
    }

    /// The cells from the first to the last data row, of a crosstab's values from the first column to the last too; none
    /// when there are no rows.
    pub fn area(self) -> Option<Area> {
        let mut positions = self.cells().map(|cell| cell.position);
        let first: Area = positions.next()?.into();
        Some(positions.fold(first, Area::with))
    }
}
