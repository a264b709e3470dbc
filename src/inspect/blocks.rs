//! Blocks of rows under headings: what looks like tables, found in one pass over the cells of a sheet.
//!
//! A block begins with a row of headings: at least two texts side by side, and nothing in the run that could not be a
//! heading. It takes the rows below it, cells beyond its columns left aside, until a row states its total, or nothing of it
//! is filled for a few rows, or, after a gap or a title, other headings come. Rows with one cell are kept waiting: they are
//! notes below the table unless a fuller row follows. In the end a block counts as a table when two of its columns hold
//! values in two rows.

use std::collections::BTreeMap;

use super::headings::{Label, Run, could_be_headings, is_heading_text, label_of, runs};
use super::tallies::ColumnTally;
use crate::model::{Area, ColumnSeen, Grid, GridCell, Line, Position};
use crate::schema::TableSchema;

/// A block ends after so many rows in which nothing of it is filled.
const MOST_EMPTY_ROWS: u32 = 3;
/// So many rows with one cell may come before a fuller one.
const MOST_WAITING: usize = 10;
/// A block of two columns with no more rows than this may be labels with their values, above the headings of a table.
const MOST_ROWS_OF_LABELS: usize = 3;
/// Columns of a table beyond this many are not described, and not checked.
const MOST_COLUMNS: usize = 256;

/// What looks like a table.
#[derive(Debug, Clone, PartialEq)]
pub struct LikelyTable {
    /// From its first heading to its last cell.
    pub area: Area,
    /// Rows below the headings, without that of the total.
    pub rows: usize,
    /// The zero-based row that states its total.
    pub total: Option<u32>,
    /// Whether rows among the others state totals of parts.
    pub has_part_totals: bool,
    /// Its columns with a heading, from left to right: the zero-based column, and what its cells are.
    pub columns: Vec<(u32, ColumnTally)>,
}

impl LikelyTable {
    /// The zero-based row of its headings.
    pub fn heading_row(&self) -> u32 {
        self.area.first.row
    }

    /// How many cells it has, filled or not.
    pub fn cells(&self) -> usize {
        self.columns.len() * (self.rows + 1)
    }
}

/// What looks like tables on a sheet, from the top down and from left to right.
pub fn likely_tables(grid: &Grid) -> Vec<LikelyTable> {
    let schema = TableSchema::default();
    let is_total = |text: &str| schema.is_total_label(text);
    let mut open = OpenBlocks::default();
    let mut found = Vec::new();
    for line in grid.lines() {
        open.take(line, &is_total, &mut found);
    }
    found.extend(open.blocks.into_values().filter_map(Block::table));
    found.sort_by_key(|table: &LikelyTable| table.area);
    found
}

/// The blocks that further rows may belong to, by their first columns. No two of them overlap.
#[derive(Default)]
struct OpenBlocks<'g> {
    blocks: BTreeMap<u32, Block<'g>>,
}

impl<'g> OpenBlocks<'g> {
    /// Gives the cells of a row to the blocks that they belong to, and begins blocks with those that belong to none.
    fn take(&mut self, line: &'g Line, is_total: &dyn Fn(&str) -> bool, found: &mut Vec<LikelyTable>) {
        let mut of_blocks: BTreeMap<u32, Run<'g>> = BTreeMap::new();
        let mut free: Run<'g> = Vec::new();
        for (column, cell) in line.filled() {
            match self.at(column) {
                Some(key) => of_blocks.entry(key).or_default().push((column, cell)),
                None => free.push((column, cell)),
            }
        }
        let mut has_closed = false;
        for (key, cells) in of_blocks {
            let Some(block) = self.blocks.get_mut(&key) else { continue };
            if block.ends_before(line, &cells) {
                found.extend(self.blocks.remove(&key).and_then(Block::table));
                free.extend(cells);
                has_closed = true;
            } else {
                block.take(line.row, cells, is_total);
            }
        }
        if has_closed {
            free.sort_by_key(|(column, _)| *column);
        }
        for run in joined(runs(free)) {
            if could_be_headings(&run)
                && let Some(block) = Block::begin(line.row, &run)
            {
                self.blocks.insert(block.first, block);
            }
        }
    }

    /// The first column of the block that has a column.
    fn at(&self, column: u32) -> Option<u32> {
        let (first, block) = self.blocks.range(..=column).next_back()?;
        (block.last >= column).then_some(*first)
    }
}

/// A run with the single texts that stand one empty column to its right: a column without values was left between.
fn joined(found: Vec<Run<'_>>) -> Vec<Run<'_>> {
    let mut joined: Vec<Run<'_>> = Vec::new();
    for run in found {
        let is_single = run.len() == 1 && is_heading_text(run[0].1);
        match joined.last_mut() {
            Some(before)
                if is_single && before.len() > 1 && before.last().is_some_and(|(last, _)| last + 2 == run[0].0) =>
            {
                before.extend(run);
            }
            _ => joined.push(run),
        }
    }
    joined
}

/// Rows under headings.
struct Block<'g> {
    heading_row: u32,
    /// The first column, zero-based.
    first: u32,
    /// The last column, zero-based.
    last: u32,
    /// Each column with a heading.
    columns: Vec<(u32, ColumnTally)>,
    rows: usize,
    /// The last row that belongs to it.
    last_row: u32,
    /// The last row in which anything of it was filled.
    touched: u32,
    /// Rows with one cell, which belong to it when a fuller row follows.
    waiting: Vec<(u32, Run<'g>)>,
    total: Option<u32>,
    has_part_totals: bool,
}

impl<'g> Block<'g> {
    fn begin(row: u32, headings: &[(u32, &'g GridCell)]) -> Option<Self> {
        let (first, last) = (headings.first()?.0, headings.last()?.0);
        Some(Self {
            heading_row: row,
            first,
            last,
            columns: headings.iter().map(|(column, _)| (*column, ColumnTally::default())).collect(),
            rows: 0,
            last_row: row,
            touched: row,
            waiting: Vec::new(),
            total: None,
            has_part_totals: false,
        })
    }

    /// Whether a row with these cells in the block's columns is no longer of it.
    fn ends_before(&self, line: &Line, cells: &[(u32, &GridCell)]) -> bool {
        let empty = line.row - self.touched - 1;
        if self.total.is_some() || empty > MOST_EMPTY_ROWS || self.waiting.len() > MOST_WAITING {
            return true;
        }
        let are_headings = runs(cells.iter().copied()).iter().any(|run| could_be_headings(run));
        if !are_headings {
            return false;
        }
        let after_title = empty > 0 || !self.waiting.is_empty();
        let has_figures = self.columns.iter().any(|(_, tally)| tally.has_figures());
        if after_title && (has_figures || !self.waiting.is_empty() || self.rows < 2) {
            return true;
        }
        // Labels and their values, or a title of two cells, right above a row of more headings.
        let is_wider = line.is_filled(self.last + 1) || (self.first > 0 && line.is_filled(self.first - 1));
        let may_be_labels = self.rows == 0 || (self.columns.len() == 2 && self.rows <= MOST_ROWS_OF_LABELS);
        is_wider && may_be_labels
    }

    fn take(&mut self, row: u32, cells: Run<'g>, is_total: &dyn Fn(&str) -> bool) {
        self.touched = row;
        let label = label_of(&cells, is_total);
        if label == Label::Total && (self.rows > 0 || !self.waiting.is_empty()) {
            self.accept_waiting();
            (self.total, self.last_row) = (Some(row), row);
        } else if cells.len() < 2 {
            self.waiting.push((row, cells));
        } else {
            self.has_part_totals |= label == Label::PartTotal;
            self.accept_waiting();
            self.accept(row, &cells);
        }
    }

    fn accept_waiting(&mut self) {
        for (row, cells) in std::mem::take(&mut self.waiting) {
            self.accept(row, &cells);
        }
    }

    fn accept(&mut self, row: u32, cells: &[(u32, &GridCell)]) {
        self.rows += 1;
        self.last_row = row;
        for (column, cell) in cells {
            if let Ok(index) = self.columns.binary_search_by_key(column, |(known, _)| *known) {
                self.columns[index].1.add(cell);
            }
        }
    }

    /// The table that it is; none when it is none.
    fn table(mut self) -> Option<LikelyTable> {
        // A text that only stood near the headings is none of them.
        while self.columns.len() > 2
            && let [.., (before, _), (last, tally)] = self.columns.as_slice()
            && *last > before + 1
            && tally.filled * 2 < self.rows
        {
            self.columns.pop();
        }
        let last = self.columns.last()?.0;
        let with_values = self.columns.iter().filter(|(_, tally)| tally.filled >= 2).count();
        if self.rows < 2 || with_values < 2 || self.is_labels() {
            return None;
        }
        self.columns.truncate(MOST_COLUMNS);
        let area = Area::new(Position::new(self.heading_row, self.first), Position::new(self.last_row, last));
        Some(LikelyTable {
            area,
            rows: self.rows,
            total: self.total,
            has_part_totals: self.has_part_totals,
            columns: self.columns,
        })
    }

    /// Whether it is labels, each with its value to the right: two columns, in the second of which everything is found.
    fn is_labels(&self) -> bool {
        let [(_, labels), (_, values)] = self.columns.as_slice() else { return false };
        labels.seen() == ColumnSeen::Text && values.seen() == ColumnSeen::Mixed
    }
}
