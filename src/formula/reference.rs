//! What a formula refers to.

use std::fmt;

use crate::model::{Area, Position};

/// A reference in a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// As the formula writes it: `$F$4:F7`, `Lists!A1`.
    pub text: String,
    /// What it is.
    pub target: Target,
}

/// What a reference is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Cells of this workbook.
    Cells(Cells),
    /// A defined name, with the sheet that was written before it, if one was: `Rate`, `Lists!Rate`.
    Name {
        /// The sheet that was written before it.
        sheet: Option<String>,
        /// The name.
        name: String,
    },
    /// A part of a table that Excel knows by name: `Payments[Amount]`. With the table's name, empty for the table that the
    /// cell is in.
    Table(String),
    /// Cells or a name of another workbook, with how the formula names that: `[1]`, or `[Budget.xlsx]`.
    OtherWorkbook(String),
    /// The same cells of several sheets next to each other: `April:March!F14`.
    Sheets {
        /// The first sheet.
        first: String,
        /// The last sheet.
        last: String,
        /// The cells on each of them.
        cells: Cells,
    },
    /// `#REF!`: the cells were deleted.
    Broken,
}

/// Cells that a formula names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// The sheet that is written before them; none for the formula's own.
    pub sheet: Option<String>,
    /// The cells, the corners put in order. Of whole columns from the first row that Excel has to the last; of whole rows
    /// from the first column to the last.
    pub area: Area,
    /// Whether they are whole columns (`F:F`), whole rows (`4:4`), or single cells and rectangles.
    pub extent: Extent,
    /// Whether the first row and column and the last row and column are fixed by `$`.
    pub(super) fixed: Fixed,
}

/// How far cells reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// From one cell to another.
    Rectangle,
    /// All rows of some columns: `F:F`.
    Columns,
    /// All columns of some rows: `4:5`.
    Rows,
}

/// Which ends of a reference are fixed by `$`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Fixed {
    pub first_row: bool,
    pub first_column: bool,
    pub last_row: bool,
    pub last_column: bool,
}

impl Cells {
    /// Whether it is one cell.
    pub fn is_single(&self) -> bool {
        self.area.first == self.area.last
    }

    /// Whether it is whole rows or whole columns.
    pub fn is_open(&self) -> bool {
        self.extent != Extent::Rectangle
    }

    /// Whether all its ends that are written are fixed by `$`.
    pub(super) fn is_fixed(&self) -> bool {
        let rows = self.fixed.first_row && self.fixed.last_row;
        let columns = self.fixed.first_column && self.fixed.last_column;
        (rows || self.extent == Extent::Columns) && (columns || self.extent == Extent::Rows)
    }

    /// Whether a cell of a sheet is among them; `own` is the formula's own sheet. Letter case of sheets is forgiven.
    pub fn contain(&self, own: &str, sheet: &str, position: Position) -> bool {
        self.sheet_from(own).to_lowercase() == sheet.to_lowercase() && self.area.contains(position)
    }

    /// The sheet that they are on, when the formula stands on `own`.
    pub fn sheet_from<'a>(&'a self, own: &'a str) -> &'a str {
        self.sheet.as_deref().unwrap_or(own)
    }
}

impl fmt::Display for Cells {
    /// As a message names them: `F4:F7`, `Lists!A1`, `F:F`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sheet) = &self.sheet {
            write!(formatter, "{sheet}!")?;
        }
        let Area { first, last } = self.area;
        let column = crate::model::column_letters;
        match self.extent {
            Extent::Rectangle => self.area.fmt(formatter),
            Extent::Columns => write!(formatter, "{}:{}", column(first.column), column(last.column)),
            Extent::Rows => write!(formatter, "{}:{}", first.row + 1, last.row + 1),
        }
    }
}
