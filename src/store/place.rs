//! Leading a stored row back to its cells.

use std::sync::Arc;

use super::spread::Spread;
use crate::model::{Area, Month, Place, Position};

/// A table that was put into the store: which rows are its, and where their cells are.
pub(super) struct Source {
    pub workbook: Arc<str>,
    pub sheet: Arc<str>,
    pub table: Arc<str>,
    /// For stated totals: the table that they are the totals of.
    pub totals_of: Option<Arc<str>>,
    /// The kind of its workbook.
    pub kind: Option<Arc<str>>,
    /// The month that its workbook is for; none for a yearly one.
    pub month: Option<Month>,
    /// The first `_row`; the rows follow one another.
    pub first_row: i64,
    /// How the rows lie in the sheet.
    pub lines: Lines,
    /// Cells that could not be read: `_row` and the field's name.
    pub marked: Vec<(i64, String)>,
    /// Fields that must be there and whose column or label is not: the name, and what officers call it.
    pub absent: Vec<(String, String)>,
    /// The sheets of its workbook on which a further table of its name should be and could not be read.
    pub unread: Vec<Arc<str>>,
}

/// How the rows of a source lie in the sheet.
pub(super) enum Lines {
    /// Records: the zero-based line of each, and the column of each field.
    Rows { lines: Vec<u32>, columns: Vec<(String, u32)> },
    /// Single cells: a form's one record, or stated totals, each row with its own field and cell.
    Cells { fields: Vec<(String, Position)>, each_a_row: bool },
    /// Rows with cells in many places.
    Spread(Spread),
}

impl Source {
    /// Whether a row is one of its.
    pub fn holds(&self, row: i64) -> bool {
        (self.first_row..self.first_row + self.len()).contains(&row)
    }

    /// How many rows it has.
    pub fn len(&self) -> i64 {
        match &self.lines {
            Lines::Rows { lines, .. } => lines.len() as i64,
            Lines::Cells { fields, each_a_row: true } => fields.len() as i64,
            Lines::Cells { .. } => 1,
            Lines::Spread(spread) => spread.lines.len() as i64,
        }
    }

    /// The cell of a field in a row, or what stands for the whole row.
    pub fn place(&self, row: i64, field: Option<&str>) -> Option<Place> {
        let index = usize::try_from(row - self.first_row).ok()?;
        let area: Area = match &self.lines {
            Lines::Rows { lines, columns } => {
                let line = *lines.get(index)?;
                match field {
                    Some(field) => Position::new(line, columns.iter().find(|(name, _)| name == field)?.1).into(),
                    None => {
                        let first = columns.iter().map(|(_, column)| *column).min()?;
                        let last = columns.iter().map(|(_, column)| *column).max()?;
                        Area::new(Position::new(line, first), Position::new(line, last))
                    }
                }
            }
            Lines::Cells { fields, each_a_row: true } => fields.get(index)?.1.into(),
            Lines::Cells { fields, each_a_row: false } => match field {
                Some(field) => fields.iter().find(|(name, _)| name == field)?.1.into(),
                None => fields.first()?.1.into(),
            },
            Lines::Spread(spread) => match spread.area(index, field)? {
                Some(area) => area,
                None => return Some(Place::sheet(&self.workbook, &self.sheet)),
            },
        };
        Some(Place::area(&self.workbook, &self.sheet, area))
    }
}

/// The source that holds a row.
pub(super) fn source_of(sources: &[Source], row: i64) -> Option<&Source> {
    let index = sources.partition_point(|source| source.first_row <= row).checked_sub(1)?;
    let source = &sources[index];
    source.holds(row).then_some(source)
}
