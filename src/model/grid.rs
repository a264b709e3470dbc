//! A sheet's cells, as every format gives them: only those that hold something, in the order of the sheet.

use serde::{Deserialize, Serialize};

use super::{Area, Position, RawValue, SharedText};

/// What a cell holds, its formula, and how it is shown.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GridCell {
    /// What it holds.
    pub raw: RawValue,
    /// Its formula, without `=`. One that fills several cells at once (an array formula) stands in braces, as Excel shows
    /// it: `{SUM(A1:A3*B1:B3)}`; in each of its cells.
    pub formula: Option<SharedText>,
    /// Of a date: the number behind it, in days of the workbook's own calendar; its fraction is the time of day.
    pub serial: Option<f64>,
    /// The number format by its code, such as `#,##0.00`; none where it is General or the file's format does not give it.
    pub format: Option<SharedText>,
    /// Whether its text has the colour of what is behind it, so that nobody can see it.
    pub is_invisible: bool,
}

impl GridCell {
    /// Whether there is something: a value, or a formula that was never calculated.
    pub fn is_filled(&self) -> bool {
        !self.raw.is_blank() || self.is_without_result()
    }

    /// Whether it is a formula that was never calculated. One whose result is an empty text holds that text.
    pub fn is_without_result(&self) -> bool {
        self.raw == RawValue::Empty && self.formula.is_some()
    }
}

/// A row of a sheet that has cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column and cell, by column.
    cells: Vec<(u32, GridCell)>,
}

impl Line {
    /// A row of cells that come by column, each with its zero-based column.
    pub(super) fn new(row: u32, cells: Vec<(u32, GridCell)>) -> Self {
        Self { row, cells }
    }

    /// All its cells, by column.
    pub(super) fn all(&self) -> impl Iterator<Item = (u32, &GridCell)> {
        self.cells.iter().map(|(column, cell)| (*column, cell))
    }

    /// The cell in a column.
    pub fn cell(&self, column: u32) -> Option<&GridCell> {
        let index = self.cells.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        Some(&self.cells[index].1)
    }

    /// Whether the cell in a column holds something.
    pub fn is_filled(&self, column: u32) -> bool {
        self.cell(column).is_some_and(GridCell::is_filled)
    }

    /// The cells that hold something, by column.
    pub fn filled(&self) -> impl DoubleEndedIterator<Item = (u32, &GridCell)> {
        self.cells.iter().filter(|(_, cell)| cell.is_filled()).map(|(column, cell)| (*column, cell))
    }
}

/// The cells of a sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    lines: Vec<Line>,
}

/// Room for so many cells is kept while a grid is made of them, though it is not needed any more.
const MOST_IDLE: usize = 1 << 18;

/// Why a cell cannot be taken into a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GridError {
    /// It lies beyond the last row or column.
    BeyondTheGrid,
}

impl Grid {
    /// A grid of cells in any order. Of a cell given twice the last counts.
    ///
    /// # Errors
    /// [`GridError`] when a cell lies beyond Excel's grid.
    pub fn new(mut cells: Vec<(Position, GridCell)>) -> Result<Self, GridError> {
        // Stable, so that of two cells at one place the later stays behind the earlier.
        cells.sort_by_key(|(position, _)| *position);
        if cells.iter().any(|(position, _)| !position.is_on_sheet()) {
            return Err(GridError::BeyondTheGrid);
        }
        // From the end on, so that what was taken can be let go: not every cell is held twice.
        let mut lines: Vec<Line> = Vec::new();
        while let Some((Position { row, .. }, _)) = cells.last() {
            let row = *row;
            let from = cells.iter().rposition(|(position, _)| position.row != row).map_or(0, |before| before + 1);
            let mut line = Line::new(row, Vec::with_capacity(cells.len() - from));
            for (position, cell) in cells.drain(from..) {
                line.cells.pop_if(|(column, _)| *column == position.column);
                line.cells.push((position.column, cell));
            }
            lines.push(line);
            if cells.capacity() - cells.len() > MOST_IDLE {
                cells.shrink_to_fit();
            }
        }
        lines.reverse();
        lines.shrink_to_fit();
        Ok(Self { lines })
    }

    /// A grid of rows that come from the top.
    pub(super) fn of_lines(lines: Vec<Line>) -> Self {
        Self { lines }
    }

    /// The rows that have cells, from the top.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The cell at a place.
    pub fn cell(&self, position: Position) -> Option<&GridCell> {
        let index = self.lines.binary_search_by_key(&position.row, |line| line.row).ok()?;
        self.lines[index].cell(position.column)
    }

    /// Puts something else into a cell that is there; its formula and its number go with what it held.
    pub fn replace(&mut self, position: Position, raw: RawValue) {
        let Ok(line) = self.lines.binary_search_by_key(&position.row, |line| line.row) else { return };
        let cells = &mut self.lines[line].cells;
        if let Ok(index) = cells.binary_search_by_key(&position.column, |(column, _)| *column) {
            cells[index].1 = GridCell { raw, ..GridCell::default() };
        }
    }

    /// The cells of an area that are there, from the top down and from left to right.
    pub fn within(&self, area: Area) -> impl Iterator<Item = (Position, &GridCell)> {
        let from = self.lines.partition_point(|line| line.row < area.first.row);
        let lines = self.lines[from..].iter().take_while(move |line| line.row <= area.last.row);
        lines.flat_map(move |line| {
            let from = line.cells.partition_point(|(column, _)| *column < area.first.column);
            let cells = line.cells[from..].iter().take_while(move |(column, _)| *column <= area.last.column);
            cells.map(|(column, cell)| (Position::new(line.row, *column), cell))
        })
    }

    /// The cells of an area alone, each at its place: outside the area the cut grid is empty.
    pub fn cut(&self, area: Area) -> Self {
        let from = self.lines.partition_point(|line| line.row < area.first.row);
        let to = self.lines.partition_point(|line| line.row <= area.last.row);
        let lines = self.lines.get(from..to).unwrap_or_default().iter().filter_map(|line| {
            let from = line.cells.partition_point(|(column, _)| *column < area.first.column);
            let to = line.cells.partition_point(|(column, _)| *column <= area.last.column);
            let cells = line.cells.get(from..to).filter(|cells| !cells.is_empty())?;
            Some(Line { row: line.row, cells: cells.to_vec() })
        });
        Self { lines: lines.collect() }
    }

    /// Every cell that is there, from the top down and from left to right.
    pub fn cells(&self) -> impl Iterator<Item = (Position, &GridCell)> {
        self.lines
            .iter()
            .flat_map(|line| line.cells.iter().map(|(column, cell)| (Position::new(line.row, *column), cell)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64) -> GridCell {
        GridCell { raw: RawValue::Number(value), ..GridCell::default() }
    }

    #[test]
    fn cells_in_any_order() {
        let at = Position::new;
        let grid = Grid::new(vec![(at(5, 2), number(1.0)), (at(3, 0), number(2.0)), (at(5, 1), number(3.0))]).unwrap();
        assert_eq!(grid.lines().iter().map(|line| line.row).collect::<Vec<_>>(), [3, 5]);
        assert_eq!(grid.cell(at(5, 1)), Some(&number(3.0)));
        assert_eq!(grid.cell(at(4, 1)), None);
    }

    #[test]
    fn the_last_of_two_cells_counts() {
        let at = Position::new;
        let grid = Grid::new(vec![(at(0, 0), number(1000.0)), (at(0, 0), number(9000.0))]).unwrap();
        assert_eq!(grid.cell(at(0, 0)), Some(&number(9000.0)));
        assert_eq!(grid.lines()[0].filled().count(), 1);
    }

    #[test]
    fn the_cells_of_an_area() {
        let at = Position::new;
        let cells = [at(0, 0), at(1, 0), at(1, 2), at(2, 1), at(3, 1)];
        let grid = Grid::new(cells.map(|position| (position, number(1.0))).to_vec()).unwrap();
        let within: Vec<Position> = grid.within(Area::new(at(1, 1), at(2, 2))).map(|(position, _)| position).collect();
        assert_eq!(within, [at(1, 2), at(2, 1)]);
        assert_eq!(grid.cells().map(|(position, _)| position).collect::<Vec<_>>(), cells);
    }

    #[test]
    fn a_grid_is_cut_to_an_area() {
        let at = Position::new;
        let cells = [at(0, 0), at(1, 0), at(1, 2), at(2, 1), at(2, 3), at(3, 1)];
        let grid = Grid::new(cells.map(|position| (position, number(1.0))).to_vec()).unwrap();
        let cut = |first, last| -> Vec<Position> {
            grid.cut(Area::new(first, last)).cells().map(|(position, _)| position).collect()
        };
        assert_eq!(cut(at(1, 1), at(2, 2)), [at(1, 2), at(2, 1)], "its edges belong to it");
        assert_eq!(cut(at(0, 1), at(1, 1)), [], "rows with nothing in the area go");
        assert_eq!(grid.cut(Area::new(at(0, 1), at(1, 1))).lines(), []);
        assert_eq!(cut(at(4, 0), at(9, 9)), [], "below the last row");
        assert_eq!(cut(at(0, 0), at(9, 9)), cells);
    }

    #[test]
    fn another_value_in_a_cell() {
        let at = Position::new;
        let mut grid = Grid::new(vec![(at(0, 0), number(1.0)), (at(0, 1), number(2.0))]).unwrap();
        grid.replace(at(0, 1), RawValue::Text("x".into()));
        grid.replace(at(1, 1), RawValue::Text("y".into()));
        assert_eq!(grid.cells().map(|(_, cell)| cell.raw.shown()).collect::<Vec<_>>(), ["1", "x"]);
    }

    #[test]
    fn a_cell_beyond_excels_grid_is_refused() {
        let beyond = Grid::new(vec![(Position::new(1_048_576, 0), number(1.0))]);
        assert_eq!(beyond, Err(GridError::BeyondTheGrid));
        assert!(Grid::new(vec![(Position::new(1_048_575, 16_383), number(1.0))]).is_ok());
    }
}
