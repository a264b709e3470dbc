//! Which cells of a sheet are marked, by which finding, and where its note stands.

use std::collections::BTreeMap;

use super::list_sheet::Remarks;
use super::markup::Document;
use super::sheet_cells::Targets;
use super::words::order;
use crate::model::{Area, Difference, Finding, Position, Weight};

/// So many cells of one area are filled, from its first row on.
pub const MOST_OF_AREA: usize = 2_000;
/// So many cells of one sheet are filled.
const MOST_OF_SHEET: usize = 200_000;

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
    for (index, finding) in findings.iter().enumerate() {
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
        marked.said.entry(area.first).or_default().push((index, finding));
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
        for area in merged {
            let mut heaviest: Option<Weight> = None;
            for cells in
                self.targets.range_mut(area.first.row..=area.last.row.max(area.first.row)).map(|(_, cells)| cells)
            {
                let within: Vec<u32> = cells
                    .range(area.first.column..=area.last.column.max(area.first.column))
                    .map(|(column, _)| *column)
                    .collect();
                for column in within {
                    let weight = cells.remove(&column);
                    heaviest = [heaviest, weight].into_iter().flatten().min_by_key(|weight| order(*weight));
                }
            }
            if let Some(weight) = heaviest {
                self.targets.entry(area.first.row).or_default().insert(area.first.column, weight);
            }
            let rows = Position::new(area.first.row, 0)..=Position::new(area.last.row.max(area.first.row), u32::MAX);
            let within: Vec<Position> =
                self.said.range(rows).map(|(cell, _)| *cell).filter(|cell| area.contains(*cell)).collect();
            for cell in within.into_iter().filter(|cell| *cell != area.first) {
                let said = self.said.remove(&cell).unwrap_or_default();
                self.said.entry(area.first).or_default().extend(said);
            }
        }
        self.targets.retain(|_, cells| !cells.is_empty());
        self.said.values_mut().for_each(|said| said.sort_by_key(|(index, _)| *index));
    }
}
