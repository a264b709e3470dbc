//! How the cells of workbooks are said.

use std::collections::BTreeMap;

use super::Workbook;
use super::areas::CellArea;
use crate::model::{column_letters, listed};

/// A text in full is at most so long, in characters; else it says less of the cells.
const LONGEST_FULL: usize = 1000;
/// A short text names at most so many areas.
const MOST_AREAS: usize = 6;

/// How much is said of the cells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// `Spend!F6:F14`.
    Cells,
    /// `Spend!F`.
    Columns,
    /// `Spend`.
    Sheets,
}

/// With the workbooks' names and fingerprints.
pub(super) fn full(areas: &[CellArea], workbooks: &[Workbook]) -> String {
    for detail in [Detail::Cells, Detail::Columns] {
        let one = |of_workbook: &[CellArea]| {
            let workbook = &workbooks[of_workbook[0].workbook];
            format!("{} (SHA-256 {}), {}", workbook.name, workbook.mark, sheets(of_workbook, detail).join(", "))
        };
        let text = by_workbook(areas).map(one).collect::<Vec<_>>().join("; ");
        if text.chars().count() <= LONGEST_FULL {
            return text;
        }
    }
    format!("{} in the list of workbooks", short(areas, workbooks))
}

/// With the workbooks' numbers.
pub(super) fn short(areas: &[CellArea], workbooks: &[Workbook]) -> String {
    for detail in [Detail::Cells, Detail::Columns, Detail::Sheets] {
        // Workbooks of which the same is said, in the order of the first of each.
        let mut groups: Vec<(Vec<String>, Vec<&Workbook>)> = Vec::new();
        for of_workbook in by_workbook(areas) {
            let (said, workbook) = (sheets(of_workbook, detail), &workbooks[of_workbook[0].workbook]);
            match groups.iter_mut().find(|(known, _)| *known == said) {
                Some((_, workbooks)) => workbooks.push(workbook),
                None => groups.push((said, vec![workbook])),
            }
        }
        if groups.iter().map(|(said, _)| said.len()).sum::<usize>() <= MOST_AREAS {
            let group = |(said, of): &(Vec<String>, Vec<&Workbook>)| format!("{} of {}", said.join(", "), numbered(of));
            return groups.iter().map(group).collect::<Vec<_>>().join("; ");
        }
    }
    let all: Vec<&Workbook> = by_workbook(areas).map(|areas| &workbooks[areas[0].workbook]).collect();
    format!("Cells of {}", numbered(&all))
}

fn by_workbook(areas: &[CellArea]) -> impl Iterator<Item = &[CellArea]> {
    areas.chunk_by(|one, other| one.workbook == other.workbook)
}

/// The areas of one workbook, each as Excel writes it; the sheet is named once: `Spend!F6:F14`, `F20`.
fn sheets(areas: &[CellArea], detail: Detail) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for of_sheet in areas.chunk_by(|one, other| one.sheet == other.sheet) {
        let parts: Vec<String> = match detail {
            Detail::Cells => of_sheet.iter().map(|one| one.area.to_string()).collect(),
            Detail::Columns => columns(of_sheet),
            Detail::Sheets => Vec::new(),
        };
        let sheet = &of_sheet[0].sheet;
        let mut parts = parts.into_iter();
        said.push(parts.next().map_or_else(|| sheet.to_string(), |first| format!("{sheet}!{first}")));
        said.extend(parts);
    }
    said
}

/// The columns of areas, those side by side as one: `D`, `F:H`.
fn columns(areas: &[CellArea]) -> Vec<String> {
    let mut runs: BTreeMap<u32, u32> = BTreeMap::new();
    for one in areas {
        let last = runs.entry(one.area.first.column).or_default();
        *last = (*last).max(one.area.last.column);
    }
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (first, last) in runs {
        match joined.last_mut() {
            Some((_, end)) if first <= end.saturating_add(1) => *end = (*end).max(last),
            _ => joined.push((first, last)),
        }
    }
    let letters = |(first, last): (u32, u32)| {
        let first_letters = column_letters(first);
        if first == last { first_letters } else { format!("{first_letters}:{}", column_letters(last)) }
    };
    joined.into_iter().map(letters).collect()
}

/// `workbook 17`, `workbooks 4 to 15 and 17`; one without a number by its name.
fn numbered(workbooks: &[&Workbook]) -> String {
    let mut numbers: Vec<i64> = workbooks.iter().filter_map(|workbook| workbook.number).collect();
    numbers.sort_unstable();
    let run = |run: &[i64]| match run {
        [first, .., last] if last - first > 1 => vec![format!("{first} to {last}")],
        few => few.iter().map(i64::to_string).collect(),
    };
    let mut said: Vec<String> = numbers.chunk_by(|one, next| next - one == 1).flat_map(run).collect();
    if let Some(first) = said.first_mut() {
        let word = if numbers.len() == 1 { "workbook" } else { "workbooks" };
        *first = format!("{word} {first}");
    }
    let unnumbered = workbooks.iter().filter(|workbook| workbook.number.is_none());
    said.extend(unnumbered.map(|workbook| workbook.name.clone()));
    listed(&said, "and")
}
