//! Hidden columns among the values of a crosstab.

use std::collections::BTreeMap;

use super::lines::HIDDEN_COLUMNS;
use crate::checks::view::{ColumnView, TableView};
use crate::checks::words::{in_sentence, quoted, shown};
use crate::model::{Area, Cell, Finding, Origin, Position, Row, SheetLayout, Value, column_letters, listed};

/// A hidden column of values.
struct Hidden<'a> {
    column: u32,
    /// The headings above it, as a message shows them.
    headings: String,
    cells: Vec<&'a Cell>,
}

/// The hidden columns of values that hold something; those beside each other are one finding.
pub(super) fn hidden_columns(view: TableView<'_>, layout: &SheetLayout) -> Vec<Finding> {
    let Some(values) = view.columns().find(|column| column.origin() == Origin::Crosstab) else { return Vec::new() };
    let mut columns: BTreeMap<u32, Option<Hidden<'_>>> = BTreeMap::new();
    for row in &view.table.rows {
        let Some(cell) = row.cells.get(values.index) else { continue };
        let column = cell.position.column;
        let hidden = columns.entry(column).or_insert_with(|| {
            let is_hidden = layout.why_column_is_hidden(column).is_some();
            is_hidden.then(|| Hidden { column, headings: headings_of(view, row), cells: Vec::new() })
        });
        if let Some(hidden) = hidden
            && (!cell.raw.is_blank() || cell.is_marked())
        {
            hidden.cells.push(cell);
        }
    }
    let hidden: Vec<Hidden<'_>> = columns.into_values().flatten().filter(|hidden| !hidden.cells.is_empty()).collect();
    let beside = hidden.chunk_by(|one, next| one.column + 1 == next.column);
    beside.filter_map(|columns| finding(view, values, columns)).collect()
}

/// The headings that go across above a record's value.
fn headings_of(view: TableView<'_>, row: &Row) -> String {
    let across = view.columns().filter(|column| column.origin() == Origin::Across);
    let cells = across.filter_map(|column| row.cells.get(column.index));
    let texts = cells.map(|cell| if cell.value == Value::Null { cell.raw.shown() } else { shown(&cell.value) });
    quoted(&texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" > "))
}

fn finding(view: TableView<'_>, values: ColumnView<'_>, columns: &[Hidden<'_>]) -> Option<Finding> {
    let (first, last) = (columns.first()?, columns.last()?);
    let headings: Vec<&str> = columns.iter().map(|hidden| hidden.headings.as_str()).collect();
    let which = if columns.len() == 1 {
        format!("Column {} ({}) is", column_letters(first.column), headings[0])
    } else {
        let (from, to) = (column_letters(first.column), column_letters(last.column));
        format!("Columns {from} to {to} ({}) are", listed(&headings, "and"))
    };
    let cells = || columns.iter().flat_map(|hidden| &hidden.cells);
    let sum = cells().filter_map(|cell| cell.value.figure()).try_fold(0i64, i64::checked_add);
    let figures = values.kind().figures().zip(sum).filter(|(_, sum)| *sum != 0);
    let them = if columns.len() == 1 { "it" } else { "them" };
    let held = match figures {
        Some((figures, sum)) => {
            format!("; the {} in {them} comes to {}", in_sentence(values.field.heading()), figures.show(sum))
        }
        None => format!(", and {} values that are read", if columns.len() == 1 { "holds" } else { "hold" }),
    };
    let heading = view.table.columns.get(values.index)?.as_ref()?.heading.row;
    let top = Position::new(heading, first.column);
    let area =
        cells().fold(Area::from(top), |area, cell| area.with(cell.position)).with(Position::new(heading, last.column));
    let fix = if columns.len() == 1 { "Unhide the column." } else { "Unhide the columns." };
    Some(HIDDEN_COLUMNS.finding(view.place(area), format!("{which} hidden{held}."), fix))
}
