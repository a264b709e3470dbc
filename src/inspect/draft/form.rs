//! A form on a sheet: labels, each with its value to the right.

use std::collections::{BTreeMap, BTreeSet};

use super::super::headings::is_heading_text;
use crate::model::{Area, Grid, GridCell, Line, Position, RawValue, label_key, on_one_line};

/// So many labels with values make a form.
const FEWEST: usize = 3;
/// A value stands at most so many columns right of its label.
const REACH: u32 = 8;
/// Longer texts are no labels, in characters.
const LONGEST_LABEL: usize = 80;

/// A form.
#[derive(Debug, Clone)]
pub(super) struct FormShape {
    /// Its labels, from the top down.
    pub labels: Vec<Labelled>,
    /// From its first label to its last value.
    pub area: Area,
    /// Whether hints in brackets stand between labels and their values.
    pub has_hints: bool,
}

/// A label with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Labelled {
    /// The cell of the label.
    pub at: Position,
    /// The label on one line, without a colon at its end.
    pub text: String,
    /// The cell of the value, filled or not.
    pub value: Position,
    /// Whether the value stands below the label, and not beside it.
    pub is_above: bool,
    /// The text alone on its row above, where another label of the form is the same.
    pub section: Option<String>,
}

impl Labelled {
    /// What tells it from other labels.
    pub fn key(&self) -> String {
        label_key(&self.section.iter().map(String::as_str).chain([self.text.as_str()]).collect::<Vec<_>>().join(" > "))
    }
}

/// The form on the cells of a sheet that no table has, if there is one.
pub(super) fn form(grid: &Grid, tables: &[Area]) -> Option<FormShape> {
    let is_free = |line: &&Line| !tables.iter().any(|area| (area.first.row..=area.last.row).contains(&line.row));
    let lines: Vec<&Line> = grid.lines().iter().filter(is_free).collect();
    let columns = label_columns(&lines);
    let mut labels: Vec<Labelled> = Vec::new();
    let mut section: Option<String> = None;
    let (mut filled_values, mut has_hints) = (0, false);
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        index += 1;
        let cells = without_hints(line);
        has_hints |= cells.len() < line.filled().count();
        let mut add = |(column, label): (u32, &GridCell), value: Position, is_above: bool| {
            let text = on_one_line(&label.raw.shown()).trim_end_matches(':').trim_end().to_owned();
            let at = Position::new(line.row, column);
            labels.push(Labelled { at, text, value, is_above, section: section.clone() });
        };
        let beside = |column: u32| Position::new(line.row, column);
        if let Some(below) = lines.get(index).filter(|below| has_values_below(&cells, line, below)) {
            cells.iter().for_each(|cell| add(*cell, Position::new(below.row, cell.0), true));
            filled_values += cells.len();
            index += 1;
            continue;
        }
        match cells.as_slice() {
            [only @ (column, cell)] if columns.contains(column) && is_label(cell) => {
                let text = on_one_line(&cell.raw.shown());
                if text.ends_with(':') || has_hint_behind(line, *column) {
                    add(*only, beside(column + 1), false);
                } else {
                    section = Some(text);
                }
            }
            [label, value] if columns.contains(&label.0) && is_pair(*label, *value) => {
                filled_values += 1;
                add(*label, beside(value.0), false);
            }
            [first, value, second, other]
                if is_pair(*first, *value)
                    && is_pair(*second, *other)
                    && columns.contains(&first.0)
                    && columns.contains(&second.0) =>
            {
                filled_values += 2;
                add(*first, beside(value.0), false);
                add(*second, beside(other.0), false);
            }
            _ => {}
        }
    }
    tell_apart(&mut labels);
    let is_enough = labels.len() >= FEWEST && filled_values >= FEWEST;
    let first = labels.first()?.at;
    let right = labels.iter().map(|label| label.value.column).max()?;
    let last = labels.iter().map(|label| label.value.row).max()?;
    let left = labels.iter().map(|label| label.at.column).min()?;
    let area = Area::new(Position::new(first.row, left), Position::new(last, right));
    is_enough.then_some(FormShape { labels, area, has_hints })
}

/// The cells of a row that hold something, hints in brackets left out.
fn without_hints(line: &Line) -> Vec<(u32, &GridCell)> {
    let mut cells: Vec<(u32, &GridCell)> = line.filled().collect();
    let first = cells.first().map(|(column, _)| *column);
    cells.retain(|(column, cell)| Some(*column) == first || !is_hint(cell));
    cells
}

/// Whether a cell holds a text in brackets: what is to be put in, and no value.
fn is_hint(cell: &GridCell) -> bool {
    let RawValue::Text(text) = &cell.raw else { return false };
    let text = text.trim();
    text.starts_with('(') && text.ends_with(')') && text.contains(char::is_alphabetic)
}

fn has_hint_behind(line: &Line, column: u32) -> bool {
    line.filled().any(|(other, cell)| other > column && is_hint(cell))
}

/// Whether the labels of a row have their values in the row below: as many, in their columns, and figures among them.
fn has_values_below(labels: &[(u32, &GridCell)], line: &Line, below: &Line) -> bool {
    let values = without_hints(below);
    labels.len() >= 2
        && below.row == line.row + 1
        && labels.iter().all(|(_, cell)| is_label(cell))
        && labels.iter().map(|(column, _)| column).eq(values.iter().map(|(column, _)| column))
        && values.iter().all(|(_, cell)| !matches!(cell.raw, RawValue::Text(_)))
}

/// The columns in which labels stand: at least two of them.
fn label_columns(lines: &[&Line]) -> BTreeSet<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for line in lines {
        let cells = without_hints(line);
        for pair in cells.chunks_exact(2).filter(|_| cells.len() == 2 || cells.len() == 4) {
            if is_pair(pair[0], pair[1]) {
                *counts.entry(pair[0].0).or_default() += 1;
            }
        }
    }
    counts.into_iter().filter(|(_, count)| *count >= 2).map(|(column, _)| column).collect()
}

fn is_label(cell: &GridCell) -> bool {
    is_heading_text(cell) && cell.raw.shown().chars().count() <= LONGEST_LABEL
}

fn is_pair((label_column, label): (u32, &GridCell), (value_column, _): (u32, &GridCell)) -> bool {
    is_label(label) && value_column <= label_column + REACH
}

/// Keeps the section of labels that are there again; of others, it is not needed. A label that is there twice in one
/// section is left out the second time.
fn tell_apart(labels: &mut Vec<Labelled>) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for label in labels.iter() {
        *counts.entry(label_key(&label.text)).or_default() += 1;
    }
    for label in labels.iter_mut().filter(|label| counts.get(&label_key(&label.text)) == Some(&1)) {
        label.section = None;
    }
    let mut seen = BTreeSet::new();
    labels.retain(|label| seen.insert(label.key()));
}
