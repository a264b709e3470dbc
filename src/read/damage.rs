//! Cells of which the file leaves open what they hold: those that are there twice, and those that a reader found damaged.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::open::{Cells, damaged};
use crate::model::{
    Area, BeyondLimit, Damage, DamagedCell, GridCell, Limit, Limits, Position, RawValue, UnreadableWorkbook,
    cut_where_long,
};

/// A sheet with more damaged cells than this is of no use, so the whole of it is refused.
const MOST_DAMAGED: usize = 1_000;

/// A damaged cell, in place of what could not be read.
pub(super) fn damaged_cell() -> GridCell {
    GridCell { raw: RawValue::Damaged, ..GridCell::default() }
}

/// Puts the cells of a sheet in order, each once, and tells the damaged ones, from the top down: those that the reader found,
/// and those that are there more than once with different contents. One that is there twice with the same is read as one.
///
/// # Errors
/// When so many are damaged, or a cell lies beyond Excel's last, that the sheet cannot be trusted.
pub(super) fn settle(
    cells: &mut Cells,
    mut found: Vec<DamagedCell>,
    sheet: &str,
) -> Result<Vec<DamagedCell>, UnreadableWorkbook> {
    // Stable, so that of two cells at one place the later stays behind the earlier.
    cells.sort_by_key(|(position, _)| *position);
    if let Some((position, _)) = cells.iter().find(|(position, _)| !position.is_on_sheet()) {
        return Err(beyond_the_grid(sheet, &position.to_string()));
    }
    if cells.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        found.extend(joined(cells));
    }
    cells.retain(|(_, cell)| cell.raw != RawValue::Empty || cell.formula.is_some());
    found.sort_by_key(|one| one.position);
    found.dedup_by_key(|one| one.position);
    if found.len() > MOST_DAMAGED {
        return Err(damaged(format!("the sheet {sheet} has more than 1,000 damaged cells")));
    }
    Ok(found)
}

/// Puts damaged cells in the place of what calamine made of them, and tells each. Of an area, which may be large, no more are
/// told than it takes to refuse the sheet.
pub(super) fn put_in_place(cells: &mut Cells, areas: Vec<(Area, Damage)>) -> Vec<DamagedCell> {
    let mut damaged: BTreeMap<Position, Damage> = BTreeMap::new();
    for (area, damage) in areas {
        let columns = || area.first.column..=area.last.column;
        let places = (area.first.row..=area.last.row).flat_map(|row| columns().map(move |column| (row, column)));
        for (row, column) in places.take(MOST_DAMAGED + 1) {
            damaged.insert(Position::new(row, column), damage.clone());
        }
    }
    if damaged.is_empty() {
        return Vec::new();
    }
    cells.retain(|(position, _)| !damaged.contains_key(position));
    cells.extend(damaged.keys().map(|position| (*position, damaged_cell())));
    damaged.into_iter().map(|(position, damage)| DamagedCell { position, damage }).collect()
}

/// What is said of a sheet with a cell that no sheet of Excel has.
pub(super) fn beyond_the_grid(sheet: &str, cell: &str) -> UnreadableWorkbook {
    let cell = cut_where_long(cell);
    damaged(format!("the sheet {sheet} has a cell {cell}, which lies beyond the last that Excel has, XFD1048576"))
}

/// Makes one cell of those at one place, and tells those that differ.
fn joined(cells: &mut Cells) -> Vec<DamagedCell> {
    let mut twice = Vec::new();
    let mut once = Cells::with_capacity(cells.len());
    for group in std::mem::take(cells).chunk_by(|one, other| one.0 == other.0) {
        let (Some((position, first)), Some((_, last))) = (group.first(), group.last()) else { continue };
        if group.iter().all(|(_, cell)| has_the_same(cell, first)) {
            once.push((*position, last.clone()));
            continue;
        }
        let times = u32::try_from(group.len()).unwrap_or(u32::MAX);
        let damage = Damage::GivenTwice { times, first: said(first), last: said(last) };
        twice.push(DamagedCell { position: *position, damage });
        once.push((*position, damaged_cell()));
    }
    *cells = once;
    twice
}

fn has_the_same(one: &GridCell, other: &GridCell) -> bool {
    one.raw == other.raw && one.formula == other.formula
}

/// What a cell holds; the formula, of one that was never calculated.
fn said(cell: &GridCell) -> Arc<str> {
    match &cell.formula {
        Some(formula) if cell.is_without_result() => cut_where_long(&format!("={formula}")).into(),
        _ => cut_where_long(&cell.raw.shown()).into(),
    }
}

/// Whether the texts of a sheet's cells are of a length that is allowed.
///
/// # Errors
/// The limit that one of them is beyond.
pub(super) fn hold_texts(limits: &Limits, cells: &Cells, sheet: &str) -> Result<(), BeyondLimit> {
    let most = limits.most(Limit::Text);
    let long = cells.iter().find_map(|(position, cell)| match &cell.raw {
        // A text never has more characters than bytes.
        RawValue::Text(text) if text.len() as u64 > most && text.chars().count() as u64 > most => Some(*position),
        _ => None,
    });
    match long {
        Some(position) => Err(text_too_long(limits, sheet, position)),
        None => Ok(()),
    }
}

fn text_too_long(limits: &Limits, sheet: &str, position: Position) -> BeyondLimit {
    let most = limits.most(Limit::Text);
    let what = format!("the cell {sheet}!{position} has a text of more than {} characters", Limit::Text.said(most));
    BeyondLimit { limit: Limit::Text, most, what }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(cell: &str, raw: RawValue) -> (Position, GridCell) {
        (cell.parse().unwrap(), GridCell { raw, ..GridCell::default() })
    }

    #[test]
    fn a_cell_that_is_there_twice() {
        let number = |cell, number| at(cell, RawValue::Number(number));
        let mut cells =
            vec![number("B2", 1000.0), number("A1", 5.0), number("B2", 9000.0), number("A2", 7.0), number("A2", 7.0)];
        let damaged = settle(&mut cells, Vec::new(), "Spend").unwrap();
        let damage = Damage::GivenTwice { times: 2, first: "1000".into(), last: "9000".into() };
        assert_eq!(damaged, [DamagedCell { position: "B2".parse().unwrap(), damage }]);
        assert_eq!(cells, [number("A1", 5.0), number("A2", 7.0), at("B2", RawValue::Damaged)]);
    }

    #[test]
    fn a_sheet_of_damaged_cells_is_refused() {
        let twice = |count: u32| -> Cells {
            let one = |row: u32, number: f64| {
                (Position::new(row, 0), GridCell { raw: RawValue::Number(number), ..GridCell::default() })
            };
            (0..count).flat_map(|row| [one(row, 1.0), one(row, 2.0)]).collect()
        };
        assert_eq!(settle(&mut twice(1_000), Vec::new(), "Spend").map(|damaged| damaged.len()), Ok(1_000));
        let UnreadableWorkbook::Damaged(words) = settle(&mut twice(1_001), Vec::new(), "Spend").unwrap_err() else {
            panic!()
        };
        assert_eq!(words, "the sheet Spend has more than 1,000 damaged cells");
    }

    #[test]
    fn a_text_that_is_too_long() {
        let limits = Limits::default().with(&["text=3".parse().unwrap()]);
        let cells = |text: &str| vec![at("C7", RawValue::Text(text.into()))];
        assert_eq!(hold_texts(&limits, &cells("äöü"), "Spend"), Ok(()));
        let beyond = hold_texts(&limits, &cells("abcd"), "Spend").unwrap_err();
        assert_eq!(beyond.what, "the cell Spend!C7 has a text of more than 3 characters");
        assert_eq!(beyond.option(), "--limit text=6");
    }
}
