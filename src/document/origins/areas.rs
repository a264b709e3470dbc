//! Cells of workbooks, brought together into as few areas as hold the same cells.

use std::sync::Arc;

use crate::model::{Area, Position};

/// An area of a sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellArea {
    /// The workbook, by its place among the workbooks.
    pub workbook: usize,
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// The cells.
    pub area: Area,
}

/// The same cells in as few areas as come from joining neighbours: D5, D6, D7 become D5:D7. In order, none within another.
pub(super) fn merged(mut areas: Vec<CellArea>) -> Vec<CellArea> {
    areas.sort();
    let mut all = Vec::with_capacity(areas.len());
    for sheet in areas.chunk_by(|one, other| (one.workbook, &one.sheet) == (other.workbook, &other.sheet)) {
        let area = |area| CellArea { workbook: sheet[0].workbook, sheet: sheet[0].sheet.clone(), area };
        all.extend(joined(sheet.iter().map(|one| one.area).collect()).into_iter().map(area));
    }
    all
}

/// The areas of one sheet. Down the columns first, then across the rows, until nothing changes.
fn joined(mut areas: Vec<Area>) -> Vec<Area> {
    loop {
        let before = areas.len();
        areas = down(areas);
        let across = down(areas.into_iter().map(turned).collect());
        areas = across.into_iter().map(turned).collect();
        areas.sort();
        if areas.len() == before {
            return without_inner(areas);
        }
    }
}

/// Joins areas of the same columns that follow one another or overlap.
fn down(mut areas: Vec<Area>) -> Vec<Area> {
    areas.sort_by_key(|area| (area.first.column, area.last.column, area.first.row, area.last.row));
    let mut joined: Vec<Area> = Vec::with_capacity(areas.len());
    for area in areas {
        match joined.last_mut() {
            Some(last)
                if (last.first.column, last.last.column) == (area.first.column, area.last.column)
                    && area.first.row <= last.last.row.saturating_add(1) =>
            {
                last.last.row = last.last.row.max(area.last.row);
            }
            _ => joined.push(area),
        }
    }
    joined
}

/// Rows and columns changed over.
fn turned(area: Area) -> Area {
    let turn = |position: Position| Position::new(position.column, position.row);
    Area::new(turn(area.first), turn(area.last))
}

fn without_inner(areas: Vec<Area>) -> Vec<Area> {
    let is_inner = |inner: &Area| {
        areas.iter().any(|outer| outer != inner && outer.contains(inner.first) && outer.contains(inner.last))
    };
    areas.iter().filter(|area| !is_inner(area)).copied().collect()
}
