//! The cells near findings, taken from the workbooks before these are let go.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Placed;
use crate::checks;
use crate::model::{Area, Excerpts, Finding, Grid, Position, ShownCell, Workbook, window};

/// The longest text of a cell that is shown whole, in characters.
const LONGEST_SHOWN: usize = 200;
/// Stands for a cell that holds personal data which by itself does not look like it.
const ALL_MASKED: &str = "***";
/// What every mask of personal data has in it.
const MASK: &str = "**";

/// The cells near the findings, each once. What was found to be personal is masked in the workbooks already; each text is
/// masked once more, as those of messages are.
pub(super) fn excerpts(placed: &[Placed], findings: &[Finding]) -> Excerpts {
    let mut wanted: BTreeMap<(&str, &str), Wanted> = BTreeMap::new();
    for finding in findings {
        let place = &finding.place;
        if let (Some(workbook), Some(sheet), Some(area)) = (&place.workbook, &place.sheet, place.area) {
            let wanted = wanted.entry((workbook, sheet)).or_default();
            wanted.add(window(area));
            if checks::is_personal(finding) && area.first == area.last {
                wanted.personal.insert(area.first);
            }
        }
    }
    let mut excerpts = Excerpts::default();
    for workbook in placed.iter().map(|one| &one.workbook) {
        for (sheet, grid) in grids(workbook) {
            if let Some(wanted) = wanted.remove(&(&*workbook.path, &**sheet)) {
                for (position, cell) in wanted.cells(grid) {
                    excerpts.insert(&workbook.path, sheet, position, cell);
                }
            }
        }
    }
    excerpts
}

/// The sheets of a workbook whose cells are known, by their names. Two can have one name once what is personal in it is
/// masked: then it cannot be told which of them is meant.
fn grids(workbook: &Workbook) -> impl Iterator<Item = (&Arc<str>, &Grid)> {
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    workbook.sheets.iter().for_each(|sheet| *named.entry(&sheet.name).or_default() += 1);
    let of_one_name = workbook.sheets.iter().filter(move |sheet| named.get(&*sheet.name) == Some(&1));
    of_one_name.filter_map(|sheet| Some((&sheet.name, sheet.grid.as_ref()?)))
}

/// The cells of a sheet that are wanted.
#[derive(Default)]
struct Wanted {
    /// By row, from which column to which; zero-based, in any order and overlapping.
    rows: BTreeMap<u32, Vec<(u32, u32)>>,
    /// The cells that hold personal data.
    personal: BTreeSet<Position>,
}

impl Wanted {
    fn add(&mut self, window: Area) {
        for row in window.first.row..=window.last.row {
            let columns = (window.first.column, window.last.column);
            let spans = self.rows.entry(row).or_default();
            // Findings in one column, one below the other, want the same of a row again and again.
            if spans.last() != Some(&columns) {
                spans.push(columns);
            }
        }
    }

    /// What is seen in them, each cell once.
    fn cells(self, grid: &Grid) -> Vec<(Position, ShownCell)> {
        let mut cells = Vec::new();
        for (row, mut spans) in self.rows {
            spans.sort_unstable();
            let mut next = 0;
            for (first, last) in spans {
                let first = first.max(next);
                if first > last {
                    continue;
                }
                next = last + 1;
                let within = grid.within(Area::new(Position::new(row, first), Position::new(row, last)));
                cells.extend(
                    within.filter_map(|(at, cell)| Some((at, masked(cell.shown()?, self.personal.contains(&at))))),
                );
            }
        }
        cells
    }
}

/// What may be seen of a cell that `is_personal` if it was found to hold personal data.
fn masked(cell: ShownCell, is_personal: bool) -> ShownCell {
    // Masked before it is cut: half a number is no number any more, and would stand there in clear.
    let text = checks::masked(&cell.text);
    match is_personal && !text.contains(MASK) {
        true => ShownCell { text: ALL_MASKED.into(), ..cell },
        false => ShownCell { text: cut(&text).into(), ..cell },
    }
}

/// A text, cut where it is long.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
