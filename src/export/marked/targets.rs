//! Which cells of a sheet are marked, by which finding, and where its note stands.

use std::collections::BTreeMap;

use super::list_sheet::Remarks;
use super::markup::Document;
use super::sheet_cells::Targets;
use crate::export::counted::order;
use crate::model::{Area, Difference, Finding, Position, Weight};

/// So many cells of one area are filled, from its first row on.
pub const MOST_OF_AREA: usize = 2_000;
/// So many cells of one sheet are filled.
const MOST_OF_SHEET: usize = 200_000;
/// So many cells of one sheet have a note: each is a box that Excel draws when it opens the workbook.
const MOST_NOTES: usize = 5_000;

/// What is marked on a sheet.
#[derive(Debug, Default)]
pub struct Marked<'f> {
    /// The cells that are filled.
    pub targets: Targets,
    /// What is said in the note of each cell: the findings, with their places among the workbook's.
    pub said: BTreeMap<Position, Vec<(usize, &'f Finding)>>,
}

/// What the findings of a sheet mark on it. Cells that are merged are marked at the first of them.
pub fn of_sheet<'f>(
    findings: &[&'f Finding],
    sheet: &str,
    document: Option<&Document<'_>>,
    remarks: &mut Remarks,
) -> Marked<'f> {
    let mut marked = Marked::default();
    let merged = document.map(merged).unwrap_or_default();
    let mut filled = 0;
    // The heaviest first: they have their fills and notes, whatever is left out.
    let mut by_weight: Vec<(usize, &&'f Finding)> = findings.iter().enumerate().collect();
    by_weight.sort_by_key(|(_, finding)| order(finding.weight()));
    for (index, finding) in by_weight {
        let place = &finding.place;
        let (Some(area), Some(on)) = (place.area, &place.sheet) else { continue };
        if !on.eq_ignore_ascii_case(sheet) && on.to_lowercase() != sheet.to_lowercase() {
            continue;
        }
        let room = MOST_OF_AREA.min(MOST_OF_SHEET - filled);
        let cells = cells_of(area, room);
        if (cells.len() as u64) < count(area) {
            let only = match cells.len() {
                0 => "None of its cells are filled, since so many others are.".to_owned(),
                some => format!("Only the first {} of its cells are filled.", Difference::Count(some as i64)),
            };
            remarks.add(index, &only);
        }
        filled += cells.len();
        for cell in cells {
            let weight = marked.targets.entry(cell.row).or_default().entry(cell.column).or_insert(Weight::Info);
            if order(finding.weight()) < order(*weight) {
                *weight = finding.weight();
            }
        }
        if marked.said.len() < MOST_NOTES || marked.said.contains_key(&area.first) {
            marked.said.entry(area.first).or_default().push((index, finding));
        } else {
            remarks.add(index, "It has no note at its cell, since so many others have.");
        }
    }
    marked.gather(&merged);
    marked
}

/// The first cells of an area, from the top down and from left to right.
fn cells_of(area: Area, most: usize) -> Vec<Position> {
    let rows = area.first.row..=area.last.row;
    let cells =
        rows.flat_map(|row| (area.first.column..=area.last.column).map(move |column| Position::new(row, column)));
    cells.filter(|cell| cell.is_on_sheet()).take(most).collect()
}

fn count(area: Area) -> u64 {
    let length = |first: u32, last: u32| u64::from(last.saturating_sub(first)) + 1;
    length(area.first.row, area.last.row) * length(area.first.column, area.last.column)
}

/// The cells that are merged into one.
fn merged(document: &Document<'_>) -> Vec<Area> {
    let area = |element| {
        let text = document.attribute(element, "ref")?;
        let (first, last) = text.split_once(':')?;
        Some(Area::new(first.parse().ok()?, last.parse().ok()?))
    };
    let merges = document.child(document.root(), "mergeCells");
    merges.map(|merges| document.children(merges).filter_map(area).collect()).unwrap_or_default()
}

impl Marked<'_> {
    /// Moves what lies in merged cells to the first of them.
    fn gather(&mut self, merged: &[Area]) {
        let mut merges = Merges::of(merged);
        for (row, cells) in std::mem::take(&mut self.targets) {
            for (column, weight) in cells {
                let first = merges.first_of(Position::new(row, column));
                let heaviest = self.targets.entry(first.row).or_default().entry(first.column).or_insert(weight);
                if order(weight) < order(*heaviest) {
                    *heaviest = weight;
                }
            }
        }
        let mut merges = Merges::of(merged);
        for (cell, said) in std::mem::take(&mut self.said) {
            self.said.entry(merges.first_of(cell)).or_default().extend(said);
        }
        self.said.values_mut().for_each(|said| said.sort_by_key(|(index, _)| *index));
    }
}

/// Merged cells, looked through from the top down. They do not overlap; of those that do anyway, one counts.
struct Merges {
    /// Those that begin further down, the uppermost last.
    coming: Vec<Area>,
    /// By their first columns those that have begun, of which some may have ended.
    begun: BTreeMap<u32, Area>,
}

impl Merges {
    fn of(merged: &[Area]) -> Self {
        let mut coming = merged.to_vec();
        coming.sort_by_key(|area| std::cmp::Reverse(area.first));
        Self { coming, begun: BTreeMap::new() }
    }

    /// The first of the cells that a cell is merged with; itself where it is merged with none. It must not lie above one that
    /// was asked for before.
    fn first_of(&mut self, cell: Position) -> Position {
        while let Some(area) = self.coming.pop_if(|area| area.first.row <= cell.row) {
            let at_once = self.begun.get(&area.first.column).filter(|other| other.last.row >= cell.row);
            if at_once.is_none() {
                self.begun.insert(area.first.column, area);
            }
        }
        while let Some((column, area)) = self.begun.range(..=cell.column).next_back() {
            let (column, area) = (*column, *area);
            if area.last.row >= cell.row {
                return if area.contains(cell) { area.first } else { cell };
            }
            self.begun.remove(&column);
        }
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample_report::many;

    #[test]
    fn so_many_cells_have_a_note_and_all_are_filled() {
        let report = many(2_501);
        let findings: Vec<&Finding> = report.findings.iter().skip(1).collect();
        let mut remarks = Remarks::default();
        let marked = of_sheet(&findings, "Spend", None, &mut remarks);
        assert_eq!((marked.said.len(), marked.targets.len()), (5_000, 2_501));
        let said: Vec<(usize, &str)> =
            remarks.of_findings.iter().map(|(index, said)| (*index, said.as_str())).collect();
        let none = "It has no note at its cell, since so many others have.";
        // The last two warnings, which are every second finding; no error is without.
        assert_eq!(said, [(4_999, none), (5_001, none)]);
        // Near miss: two fewer each have theirs.
        let mut remarks = Remarks::default();
        assert_eq!(of_sheet(&findings[..5_000], "Spend", None, &mut remarks).said.len(), 5_000);
        assert!(remarks.of_findings.is_empty());
    }
}
