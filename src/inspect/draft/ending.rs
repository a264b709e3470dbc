//! Rows that state sums, and how the end of a table is told.

use super::adding::takes_all;
use super::names::escaped;
use super::shape::{Shape, filled_between};
use crate::model::{Area, Grid, GridCell, Position, RawValue, on_one_line};
use crate::schema::TableSchema;

/// How the end of a table is told, where its last row or total does not tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ending {
    /// By the text of a cell below it.
    Text(Position, String),
    /// By so many empty rows.
    BlankRows(u32),
}

/// Tells from rows with the label of a sum, and from those that are one by their formulas (`sums`), which state one: the last
/// may be the total of all, others are of parts; the rest are records whose name begins like a sum's.
pub(super) fn totals(
    grid: &Grid,
    shape: &mut Shape,
    mut stated: Vec<(u32, String)>,
    sums: &[u32],
    columns: (u32, u32),
) {
    let schema = TableSchema::default();
    let last_record = shape.records.iter().max().copied().unwrap_or_default();
    let is_by_formula = |row: &u32| sums.binary_search(row).is_ok();
    if let Some((row, label)) = stated.last()
        && *row > last_record
        && (schema.is_total_label(label)
            || (stated.len() == 1 && adds_up(grid, shape, *row, columns))
            || (is_by_formula(row) && takes_all(grid, shape, *row, sums, columns)))
    {
        shape.total = stated.pop();
    }
    let (sure, likely): (Vec<_>, Vec<_>) = stated.into_iter().partition(|(row, _)| is_by_formula(row));
    let is_any = likely.iter().any(|(row, label)| {
        schema.is_total_label(label) || has_sum(grid, *row, columns) || adds_up(grid, shape, *row, columns)
    });
    shape.subtotals = sure;
    // Beside sums that are sure, a row with the label of one is one of them.
    if is_any || (!shape.subtotals.is_empty() && !likely.is_empty()) {
        shape.subtotals.extend(likely);
        shape.subtotals.sort_unstable();
    } else {
        shape.records.extend(likely.into_iter().map(|(row, _)| row));
    }
}

/// Whether a cell of a row has a formula that adds.
fn has_sum(grid: &Grid, row: u32, columns: (u32, u32)) -> bool {
    filled_between(grid, row, columns).iter().any(|(_, cell)| cell.formula.as_deref().is_some_and(is_sum))
}

/// Whether a formula adds and does nothing else.
pub(super) fn is_sum(formula: &str) -> bool {
    let formula = formula.to_uppercase();
    let begins = ["SUM(", "SUBTOTAL("].iter().any(|function| formula.starts_with(function));
    begins || (formula.contains('+') && !formula.contains(['/', '*', '-']))
}

/// Whether in each column of figures a row holds the sum of the records above it, back to the last row that is none.
fn adds_up(grid: &Grid, shape: &Shape, row: u32, columns: (u32, u32)) -> bool {
    let from = shape.sections.iter().chain(&shape.repeated).filter(|other| **other < row).max().copied();
    let above: Vec<u32> = shape
        .records
        .iter()
        .copied()
        .filter(|record| *record < row && from.is_none_or(|from| *record > from))
        .collect();
    let number = |row: u32, column: u32| match grid.cell(Position::new(row, column)).map(|cell| &cell.raw) {
        Some(RawValue::Number(number)) => Some(*number),
        _ => None,
    };
    let mut seen = false;
    for (column, _) in filled_between(grid, row, columns) {
        let Some(stated) = number(row, column) else { continue };
        let sum: f64 = above.iter().filter_map(|record| number(*record, column)).sum();
        if (sum - stated).abs() > 0.005 {
            return false;
        }
        seen = above.len() > 1;
    }
    seen
}

/// The pattern of labels of subtotals; none where they have nothing in common.
pub(super) fn pattern_of(labels: &[&str]) -> String {
    let mut patterns: Vec<String> = Vec::new();
    for label in labels {
        let plain = label.trim().trim_end_matches(':');
        let lower = plain.to_lowercase();
        let pattern =
            if lower.starts_with("sub-total") || lower.starts_with("subtotal") || lower.starts_with("sub total") {
                "sub[- ]?total.*".to_owned()
            } else if matches!(lower.as_str(), "total" | "totals") {
                "totals?:?".to_owned()
            } else if lower.starts_with("total ") {
                "total .+".to_owned()
            } else if lower.ends_with(" total") {
                ".+ total".to_owned()
            } else {
                escaped(plain)
            };
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    patterns.join("|")
}

/// How the end of a table must be told: not at all where nothing that looks like its rows stands below it.
pub(super) fn ending(grid: &Grid, shape: &Shape, others: &[Area]) -> Option<Ending> {
    let columns = (shape.area.first.column, shape.area.last.column);
    let last = shape.area.last.row;
    let is_table = |row: u32| {
        others.iter().any(|area| {
            area.first.row > last
                && row >= area.first.row
                && area.first.column <= columns.1
                && area.last.column >= columns.0
        })
    };
    let start = grid.lines().partition_point(|line| line.row <= last);
    let below: Vec<(u32, Vec<(u32, &GridCell)>)> = grid.lines()[start..]
        .iter()
        .take_while(|line| !is_table(line.row))
        .map(|line| (line.row, filled_between(grid, line.row, columns)))
        .filter(|(_, cells)| !cells.is_empty())
        .collect();
    if !below.iter().any(|(_, cells)| cells.len() >= 2) {
        return None;
    }
    let (row, cells) = below.first()?;
    let gap = row - last - 1;
    // What stands directly below without a title is a row that was entered in the wrong place, and is to be found.
    if gap == 0 && cells.len() > 1 {
        return None;
    }
    match cells.first() {
        Some((column, GridCell { raw: RawValue::Text(text), .. })) if super::period::period_of(text).is_none() => {
            Some(Ending::Text(Position::new(*row, *column), on_one_line(text)))
        }
        _ => Some(Ending::BlankRows(gap)),
    }
}

/// Whether a heading is that of a column of sums across.
pub(super) fn is_total_heading(heading: &str) -> bool {
    let lower = heading.trim().to_lowercase();
    let words: Vec<&str> = lower.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_known = |word: &&str| {
        ["total", "totals", "grand", "year", "annual", "full", "for", "the", "row", "all", "months"].contains(word)
            || word.chars().all(|sign| sign.is_ascii_digit())
    };
    words.iter().any(|word| word.starts_with("total")) && words.iter().all(is_known)
}
