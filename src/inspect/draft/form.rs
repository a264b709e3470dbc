//! A form on a sheet: labels, each with its value to the right.

use std::collections::{BTreeMap, BTreeSet};

use super::super::headings::is_heading_text;
use crate::model::{Area, Grid, GridCell, Line, Position, label_key, on_one_line};

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
    let mut labels: Vec<Labelled> = Vec::new();
    let mut section: Option<String> = None;
    let mut filled_values = 0;
    let columns = label_columns(grid, &is_free);
    for line in grid.lines().iter().filter(is_free) {
        let cells: Vec<(u32, &GridCell)> = line.filled().collect();
        match cells.as_slice() {
            [(column, cell)] if columns.contains(column) && is_label(cell) => {
                let text = on_one_line(&cell.raw.shown());
                if text.ends_with(':') {
                    labels.push(labelled(line.row, *column, column + 1, &text, section.as_ref()));
                } else {
                    section = Some(text);
                }
            }
            [(column, label), (value, _)] if is_pair(*column, label, *value) => {
                filled_values += 1;
                labels.push(labelled(line.row, *column, *value, &on_one_line(&label.raw.shown()), section.as_ref()));
            }
            [(first, label), (value, _), (second, other), (other_value, _)]
                if is_pair(*first, label, *value)
                    && is_pair(*second, other, *other_value)
                    && columns.contains(first)
                    && columns.contains(second) =>
            {
                filled_values += 2;
                labels.push(labelled(line.row, *first, *value, &on_one_line(&label.raw.shown()), section.as_ref()));
                let text = on_one_line(&other.raw.shown());
                labels.push(labelled(line.row, *second, *other_value, &text, section.as_ref()));
            }
            _ => {}
        }
    }
    labels.retain(|label| columns.contains(&label.at.column));
    tell_apart(&mut labels);
    let is_enough = labels.len() >= FEWEST && filled_values >= FEWEST;
    let first = labels.first()?.at;
    let right = labels.iter().map(|label| label.value.column).max()?;
    let last = labels.last()?.at.row;
    let left = labels.iter().map(|label| label.at.column).min()?;
    is_enough.then(|| FormShape { area: Area::new(Position::new(first.row, left), Position::new(last, right)), labels })
}

/// The columns in which labels stand: at least two of them.
fn label_columns(grid: &Grid, is_free: &impl Fn(&&Line) -> bool) -> BTreeSet<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for line in grid.lines().iter().filter(is_free) {
        let cells: Vec<(u32, &GridCell)> = line.filled().collect();
        for pair in cells.chunks_exact(2).filter(|_| cells.len() == 2 || cells.len() == 4) {
            if let [(column, label), (value, _)] = pair
                && is_pair(*column, label, *value)
            {
                *counts.entry(*column).or_default() += 1;
            }
        }
    }
    counts.into_iter().filter(|(_, count)| *count >= 2).map(|(column, _)| column).collect()
}

fn labelled(row: u32, column: u32, value: u32, text: &str, section: Option<&String>) -> Labelled {
    Labelled {
        at: Position::new(row, column),
        text: text.trim_end_matches(':').trim_end().to_owned(),
        value: Position::new(row, value),
        section: section.cloned(),
    }
}

fn is_label(cell: &GridCell) -> bool {
    is_heading_text(cell) && cell.raw.shown().chars().count() <= LONGEST_LABEL
}

fn is_pair(label_column: u32, label: &GridCell, value_column: u32) -> bool {
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
