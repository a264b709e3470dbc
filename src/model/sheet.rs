//! A sheet beside its tables: its cells, and what of it a reader does not see.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Area, DamagedCell, Grid};

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The name on the tab.
    pub name: Arc<str>,
    /// Whether it is shown.
    pub visibility: Visibility,
    /// Its cells: of the sheets that hold tables, of those that their formulas name, and of hidden ones. None for the others.
    pub grid: Option<Grid>,
    /// What is hidden or merged on it. None where the file's format does not tell it.
    pub layout: Option<SheetLayout>,
    /// The cells of which the file leaves open what they hold, from the top down; also of sheets whose cells are not kept.
    pub damaged: Vec<DamagedCell>,
}

impl Sheet {
    /// A sheet of which no more is known than its name and whether it is shown.
    pub fn new(name: &str, visibility: Visibility) -> Self {
        Self { name: name.into(), visibility, grid: None, layout: None, damaged: Vec::new() }
    }

    /// Whether its tab is not shown.
    pub fn is_hidden(&self) -> bool {
        self.visibility != Visibility::Visible
    }
}

/// Whether a sheet is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// Its tab is shown.
    Visible,
    /// Hidden; Excel's Unhide brings it back.
    Hidden,
    /// Hidden so that Excel's Unhide does not list it.
    VeryHidden,
}

/// What of a sheet is hidden or merged.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SheetLayout {
    /// Rows that are not shown, from the top down.
    pub hidden_rows: Vec<HiddenLines>,
    /// Columns that are not shown, from left to right.
    pub hidden_columns: Vec<HiddenLines>,
    /// Cells that are merged into one, from the top down.
    pub merged: Vec<Area>,
}

impl SheetLayout {
    /// Why a row is not shown; none when it is.
    pub fn why_row_is_hidden(&self, row: u32) -> Option<WhyHidden> {
        why_hidden(&self.hidden_rows, row)
    }

    /// Why a column is not shown; none when it is.
    pub fn why_column_is_hidden(&self, column: u32) -> Option<WhyHidden> {
        why_hidden(&self.hidden_columns, column)
    }
}

fn why_hidden(lines: &[HiddenLines], at: u32) -> Option<WhyHidden> {
    // They lie in order and apart, and a sheet with a filter may have very many.
    let reaches = lines.partition_point(|lines| lines.last < at);
    lines.get(reaches).filter(|lines| lines.first <= at).map(|lines| lines.why)
}

/// Rows or columns next to each other that are not shown, for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenLines {
    /// The first, zero-based.
    pub first: u32,
    /// The last, zero-based.
    pub last: u32,
    /// Why they are not shown.
    pub why: WhyHidden,
}

/// Why a row or column is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyHidden {
    /// It was hidden.
    Hidden,
    /// A filter passes over it.
    Filtered,
    /// Its height or width is nothing.
    NoSize,
}

/// What a workbook says of how it is calculated and what it refers to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settings {
    /// Whether its dates are counted from 1904 instead of 1900.
    pub counts_from_1904: bool,
    /// Whether it is calculated only when somebody asks for it (F9).
    pub calculates_manually: bool,
    /// Whether formulas may refer to themselves, round and round.
    pub iterates: bool,
    /// The names that are defined in it, in the order of the file.
    pub names: Vec<DefinedName>,
    /// The other workbooks that it is linked to, as it names them: `[1]` in a formula is the first.
    pub links: Vec<Arc<str>>,
}

/// A name for a formula or for cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinedName {
    /// The name.
    pub name: Arc<str>,
    /// The sheet on which alone it holds; none for the whole workbook.
    pub sheet: Option<Arc<str>>,
    /// What it stands for, without `=`: `Spend!$F$4:$F$9`, `#REF!`.
    pub refers_to: Arc<str>,
}
