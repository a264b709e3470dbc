//! The formulas of the sheets that hold tables, each read once for all checks.

use std::collections::BTreeMap;

use super::super::runs::Fault;
use crate::formula::{Formula, Sum, parse};
use crate::model::{GridCell, Place, Position, Sheet, Workbook};

/// A cell with a formula.
pub(super) struct Written<'a> {
    pub sheet: &'a Sheet,
    pub at: Position,
    pub cell: &'a GridCell,
    /// As the cell has it, without `=`.
    pub text: &'a str,
    /// None where it could not be read as one.
    pub formula: Option<Formula>,
}

impl Written<'_> {
    /// Where it is.
    pub fn place(&self, workbook: &Workbook) -> Place {
        Place::area(&workbook.path, &self.sheet.name, self.at)
    }

    /// The sum that the formula is, where it is nothing but a sum of cells.
    pub fn whole_sum(&self) -> Option<Sum> {
        self.formula.as_ref()?.sums().into_iter().find(|sum| sum.is_whole && sum.is_all_cells)
    }

    /// What formulas that were filled down have in common; that of one which could not be read is its text.
    pub fn shape(&self) -> String {
        self.formula.as_ref().map_or_else(|| self.text.to_owned(), |formula| formula.shape(self.at))
    }
}

/// Every cell with a formula on the sheets that hold tables of the pack, in the order of the tabs and on each from the top
/// down and from left to right.
pub(super) fn formulas(workbook: &Workbook) -> Vec<Written<'_>> {
    let holds_a_table = |sheet: &&Sheet| workbook.tables.iter().any(|table| table.sheet == sheet.name);
    let mut found = Vec::new();
    for sheet in workbook.sheets.iter().filter(holds_a_table) {
        for (at, cell) in sheet.grid.iter().flat_map(|grid| grid.cells()) {
            if let Some(text) = cell.formula.as_deref() {
                found.push(Written { sheet, at, cell, text, formula: parse(text).ok() });
            }
        }
    }
    found
}

/// Cells in groups, each of a column of one sheet and of formulas of one shape; from the top down.
pub(super) fn alike<'a, T>(cells: &'a [T], written: impl Fn(&'a T) -> &'a Written<'a>) -> Vec<Vec<&'a T>> {
    let mut groups: BTreeMap<(&str, u32, String), Vec<&T>> = BTreeMap::new();
    for cell in cells {
        let of = written(cell);
        groups.entry((&of.sheet.name, of.at.column, of.shape())).or_default().push(cell);
    }
    groups.into_values().collect()
}

/// A cell of such a group as a fault.
pub(super) fn fault(written: &Written<'_>) -> Fault {
    // The formulas of a group have one shape: nothing else keeps them apart.
    Fault { line: written.at.row as usize, position: written.at, cause: String::new(), shown: String::new() }
}
