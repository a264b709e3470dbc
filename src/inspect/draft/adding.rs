//! Formulas that add cells: of their own column above them, or of their own row.

use std::collections::BTreeSet;

use super::shape::{Headed, Shape, filled_between};
use crate::model::{Area, Grid, Position, RawValue};

/// Of more rows than this no nested sums are followed.
const MOST_SUMS: usize = 200;
/// A longer formula is not read, in bytes.
const LONGEST_FORMULA: usize = 2_000;

/// The cells that a formula adds, if it does nothing else: `SUM(C4:C6)`, `C4+C5`, `SUM(C4:C6,C9)`.
fn added(formula: &str) -> Option<Vec<Area>> {
    if formula.len() > LONGEST_FORMULA {
        return None;
    }
    let plain = formula.trim().trim_start_matches('=').replace([' ', '$'], "").to_uppercase();
    let mut areas = Vec::new();
    let mut has_function = false;
    // The arguments of a sum are separated by commas, the terms of a chain by `+`.
    for term in plain.trim_start_matches('+').split('+') {
        let inner = ["SUM(", "SUBTOTAL(9,", "SUBTOTAL(109,"].iter().find_map(|begin| term.strip_prefix(begin));
        has_function |= inner.is_some();
        match inner {
            Some(inner) => {
                for cells in inner.strip_suffix(')')?.split(',') {
                    areas.push(area(cells)?);
                }
            }
            None => areas.push(area(term)?),
        }
    }
    (has_function || areas.len() > 1).then_some(areas)
}

fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (first, last): (Position, Position) = (first.parse().ok()?, last.parse().ok()?);
    (first.row <= last.row && first.column <= last.column).then(|| Area::new(first, last))
}

/// Whether a formula names cells of its own row alone, as a variance beside a total does.
fn is_of_row(formula: &str, row: u32) -> bool {
    let mut seen = false;
    let plain = formula.replace('$', "").to_uppercase();
    let names = plain.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '!' && sign != '\'');
    for name in names {
        match name.parse::<Position>() {
            Ok(at) if at.row == row => seen = true,
            Ok(_) => return false,
            Err(_) if name.contains('!') => return false,
            Err(_) => {}
        }
    }
    seen
}

/// Whether a row is a sum: each of its figures is a formula, and adds only cells of its own column above it, from the row
/// `top` on. A figure beside those may be reckoned from its own row, as a variance is.
pub(super) fn is_sum_of_rows(grid: &Grid, row: u32, columns: (u32, u32), top: u32) -> bool {
    let mut sums = 0;
    for (column, cell) in filled_between(grid, row, columns) {
        let Some(formula) = cell.formula.as_deref() else {
            if matches!(cell.raw, RawValue::Text(_)) {
                continue;
            }
            return false;
        };
        let is_above = |area: &Area| {
            area.first.column == column && area.last.column == column && area.first.row >= top && area.last.row < row
        };
        match added(formula) {
            Some(areas) if areas.iter().all(is_above) => sums += 1,
            _ if is_of_row(formula, row) => {}
            _ => return false,
        }
    }
    sums > 0
}

/// Whether a row of sums takes in all records or all other sums, by itself or through the sums that it adds.
pub(super) fn takes_all(grid: &Grid, shape: &Shape, row: u32, sums: &[u32], columns: (u32, u32)) -> bool {
    let rows_of = |row: u32| -> Vec<(u32, u32)> {
        let cells = filled_between(grid, row, columns);
        let first = cells.iter().find_map(|(column, cell)| {
            let areas = added(cell.formula.as_deref()?)?;
            areas.iter().all(|area| area.first.column == *column).then_some(areas)
        });
        first.into_iter().flatten().map(|area| (area.first.row, area.last.row)).collect()
    };
    if sums.len() > MOST_SUMS {
        return false;
    }
    let mut taken = rows_of(row);
    let mut others: Vec<u32> = sums.iter().copied().filter(|other| *other < row).collect();
    others.sort_unstable();
    let mut all_sums = !others.is_empty();
    for other in others.into_iter().rev() {
        all_sums &= taken.iter().any(|(first, last)| (*first..=*last).contains(&other));
        if taken.iter().any(|(first, last)| (*first..=*last).contains(&other)) {
            taken.extend(rows_of(other));
        }
    }
    all_sums || shape.records.iter().all(|record| taken.iter().any(|(first, last)| (*first..=*last).contains(record)))
}

/// Whether most cells of a column are formulas that add the values of their own row: all of them, or those below the same
/// upper headings.
pub(super) fn adds_row(grid: &Grid, shape: &Shape, headed: &Headed, values: &[usize]) -> bool {
    let upper = |headed: &Headed| headed.path[..headed.path.len().saturating_sub(1)].to_vec();
    let own = upper(headed);
    let all: BTreeSet<u32> = values.iter().map(|place| shape.columns[*place].column).collect();
    let below_same = values.iter().map(|place| &shape.columns[*place]).filter(|value| upper(value) == own);
    let alike: BTreeSet<u32> = below_same.map(|value| value.column).collect();
    let wanted = if own.is_empty() { &all } else { &alike };
    let (mut filled, mut sums) = (0, 0);
    for row in &shape.records {
        let Some(cell) = grid.cell(Position::new(*row, headed.column)).filter(|cell| cell.is_filled()) else {
            continue;
        };
        filled += 1;
        let areas = cell.formula.as_deref().and_then(added).unwrap_or_default();
        let is_own = areas.iter().all(|area| area.first.row == *row && area.last.row == *row);
        let near = areas.iter().all(|area| area.last.column - area.first.column <= 1_000);
        if is_own && near {
            let columns: BTreeSet<u32> = areas.iter().flat_map(|area| area.first.column..=area.last.column).collect();
            sums += usize::from(columns == *wanted);
        }
    }
    sums > 0 && sums * 2 > filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_formula_adds() {
        let told = |formula: &str| {
            added(formula).map(|areas| areas.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(told("SUM(C4:C6)").as_deref(), Some("C4:C6"));
        assert_eq!(told("$C$4 + C5").as_deref(), Some("C4 C5"));
        assert_eq!(told("+SUM(C4:C6,C9)+C12").as_deref(), Some("C4:C6 C9 C12"));
        assert_eq!(told("SUBTOTAL(9,C4:C6)").as_deref(), Some("C4:C6"));
        for other in ["C4", "C4-C5", "SUM(C4:C6)/2", "SUM(Other!C4:C6)", "AVERAGE(C4:C6)", "C4+5", "SUBTOTAL(1,C4:C6)"]
        {
            assert_eq!(told(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_of_a_row() {
        assert!(is_of_row("B30-O30", 29) && is_of_row("IF(B30=0,0,C30/B30)", 29));
        assert!(!is_of_row("B30-O29", 29) && !is_of_row("Other!B30", 29) && !is_of_row("5", 29));
    }
}
