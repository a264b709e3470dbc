//! Where a value stands: cells and areas as Excel writes them.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The last row of an Excel sheet, zero-based (ECMA-376: 1,048,576 rows).
const LAST_ROW: u32 = 1_048_575;
/// The last column of an Excel sheet, zero-based (XFD).
const LAST_COLUMN: u32 = 16_383;

/// A cell's place in a sheet. Zero-based inside; shown as `F14`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column.
    pub column: u32,
}

impl Position {
    /// The last cell of an Excel sheet, `XFD1048576`.
    pub const LAST: Self = Self { row: LAST_ROW, column: LAST_COLUMN };

    /// A position from zero-based row and column.
    pub const fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// Whether an Excel sheet has such a cell.
    pub const fn is_on_sheet(self) -> bool {
        self.row <= LAST_ROW && self.column <= LAST_COLUMN
    }
}

/// The letters of a zero-based column: 0 is `A`, 26 is `AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", column_letters(self.column), u64::from(self.row) + 1)
    }
}

/// Said of a text that is not a cell in A1 notation, or lies beyond Excel's grid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a cell like F14")]
pub struct NotACell(String);

impl FromStr for Position {
    type Err = NotACell;

    /// Reads A1 notation; dollar signs and lower case are forgiven.
    ///
    /// # Errors
    /// [`NotACell`] when the text has another form or lies beyond `XFD1048576`.
    fn from_str(text: &str) -> Result<Self, NotACell> {
        let refuse = || NotACell(text.to_owned());
        let (mut column, mut row) = (0u32, 0u32);
        let (mut letters, mut digits) = (0, 0);
        for sign in text.trim().bytes().filter(|sign| *sign != b'$') {
            match sign {
                b'A'..=b'Z' | b'a'..=b'z' if digits == 0 && letters < 3 => {
                    letters += 1;
                    column = column * 26 + u32::from(sign.to_ascii_uppercase() - b'A') + 1;
                }
                b'0'..=b'9' if letters > 0 && (digits > 0 || sign != b'0') && digits < 8 => {
                    digits += 1;
                    row = row * 10 + u32::from(sign - b'0');
                }
                _ => return Err(refuse()),
            }
        }
        if digits == 0 {
            return Err(refuse());
        }
        let position = Self::new(row - 1, column - 1);
        if position.is_on_sheet() { Ok(position) } else { Err(refuse()) }
    }
}

/// One cell, or a rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Area {
    /// The cell at the top left.
    pub first: Position,
    /// The cell at the bottom right; the same as `first` for one cell.
    pub last: Position,
}

impl Area {
    /// The rectangle from one corner to the other, both within it.
    pub const fn new(first: Position, last: Position) -> Self {
        Self { first, last }
    }

    /// Whether a cell lies within.
    pub fn contains(&self, position: Position) -> bool {
        (self.first.row..=self.last.row).contains(&position.row)
            && (self.first.column..=self.last.column).contains(&position.column)
    }
}

impl Area {
    /// Whether the two have cells in common.
    pub fn overlaps(self, other: Self) -> bool {
        let apart = |first: u32, last: u32, from: u32, to: u32| last < from || to < first;
        !apart(self.first.row, self.last.row, other.first.row, other.last.row)
            && !apart(self.first.column, self.last.column, other.first.column, other.last.column)
    }
}

impl Area {
    /// The smallest area with a further cell in it.
    #[must_use]
    pub fn with(self, cell: Position) -> Self {
        let Self { first, last } = self;
        Self {
            first: Position::new(first.row.min(cell.row), first.column.min(cell.column)),
            last: Position::new(last.row.max(cell.row), last.column.max(cell.column)),
        }
    }
}

impl From<Position> for Area {
    fn from(position: Position) -> Self {
        Self { first: position, last: position }
    }
}

impl fmt::Display for Area {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(formatter, "{}", self.first)
        } else {
            write!(formatter, "{}:{}", self.first, self.last)
        }
    }
}

/// A cell of a workbook: workbook, sheet, row, column.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CellRef {
    /// The path below the inbox, with `/`.
    pub workbook: Arc<str>,
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// Where in the sheet.
    pub position: Position,
}

impl fmt::Display for CellRef {
    /// `Spend!F14`; the workbook is shown apart.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}!{}", self.sheet, self.position)
    }
}

/// Where a finding is: the inbox as a whole, a workbook, a sheet, or an area of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Place {
    /// The path below the inbox, with `/`; none when the finding is about the inbox.
    pub workbook: Option<Arc<str>>,
    /// The sheet's name; none when the finding is about the workbook.
    pub sheet: Option<Arc<str>>,
    /// The cell or cells; none when the finding is about the sheet.
    pub area: Option<Area>,
}

impl Place {
    /// The inbox as a whole.
    pub fn inbox() -> Self {
        Self::default()
    }

    /// A workbook as a whole.
    pub fn workbook(workbook: &Arc<str>) -> Self {
        Self { workbook: Some(workbook.clone()), sheet: None, area: None }
    }

    /// A sheet as a whole.
    pub fn sheet(workbook: &Arc<str>, sheet: &Arc<str>) -> Self {
        Self { workbook: Some(workbook.clone()), sheet: Some(sheet.clone()), area: None }
    }

    /// A cell or a rectangle of cells.
    pub fn area(workbook: &Arc<str>, sheet: &Arc<str>, area: impl Into<Area>) -> Self {
        Self { workbook: Some(workbook.clone()), sheet: Some(sheet.clone()), area: Some(area.into()) }
    }

    /// Whether this place has an area that holds the first cell of the other, in the same sheet.
    pub fn covers(&self, other: &Place) -> bool {
        match (self.area, other.area) {
            (Some(mine), Some(theirs)) => {
                self.workbook == other.workbook && self.sheet == other.sheet && mine.contains(theirs.first)
            }
            _ => false,
        }
    }

    /// Whether the two places have cells in common.
    pub fn overlaps(&self, other: &Place) -> bool {
        match (self.area, other.area) {
            (Some(mine), Some(theirs)) => {
                self.workbook == other.workbook && self.sheet == other.sheet && mine.overlaps(theirs)
            }
            _ => false,
        }
    }

    /// The sheet and area as Excel writes them: `Spend!F14`, `Spend`, or nothing for a whole workbook.
    pub fn in_workbook(&self) -> String {
        match (&self.sheet, self.area) {
            (Some(sheet), Some(area)) => format!("{sheet}!{area}"),
            (Some(sheet), None) => sheet.to_string(),
            (None, _) => String::new(),
        }
    }
}

impl From<CellRef> for Place {
    fn from(cell: CellRef) -> Self {
        Self { workbook: Some(cell.workbook), sheet: Some(cell.sheet), area: Some(cell.position.into()) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a1_notation() {
        for (text, row, column) in
            [("A1", 0, 0), ("F14", 13, 5), ("Z1", 0, 25), ("AA10", 9, 26), ("XFD1048576", 1_048_575, 16_383)]
        {
            assert_eq!(text.parse::<Position>().unwrap(), Position::new(row, column), "{text}");
            assert_eq!(Position::new(row, column).to_string(), text);
        }
        assert_eq!("$f$14".parse::<Position>().unwrap().to_string(), "F14");
    }

    #[test]
    fn not_a_cell() {
        for text in ["", "A", "1", "A0", "A01", "XFE1", "A1048577", "F 14", "ÄB1", "AAAA1", "F14:F15"] {
            assert!(text.parse::<Position>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a1_round_trip(row in 0..=LAST_ROW, column in 0..=LAST_COLUMN) {
            let position = Position::new(row, column);
            prop_assert_eq!(position.to_string().parse::<Position>().unwrap(), position);
        }
    }
}
