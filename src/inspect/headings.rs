//! Which cells of a row could be headings.

use crate::model::{GridCell, RawValue};

use super::draft::financial_year;
use super::kinds::kind_of;
use crate::model::CellKind;

/// Longer texts are sentences, not headings.
const LONGEST_HEADING: usize = 200;
/// Years that stand over columns of figures.
const YEARS: std::ops::RangeInclusive<f64> = 1900.0..=2100.0;

/// Cells next to each other, with their columns.
pub(super) type Run<'g> = Vec<(u32, &'g GridCell)>;

/// The cells of a row in runs of those that stand next to each other.
pub(super) fn runs<'g>(cells: impl IntoIterator<Item = (u32, &'g GridCell)>) -> Vec<Run<'g>> {
    let mut runs: Vec<Run<'g>> = Vec::new();
    for (column, cell) in cells {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|(last, _)| last + 1 == column) => run.push((column, cell)),
            _ => runs.push(vec![(column, cell)]),
        }
    }
    runs
}

/// Whether a run could be the headings of a table: all of its cells could be headings, the first is a text, and two texts
/// stand side by side, or all others are periods.
pub(super) fn could_be_headings(run: &[(u32, &GridCell)]) -> bool {
    let is_text = |cell: &GridCell| is_heading_text(cell);
    let two_texts = run.windows(2).any(|pair| pair[0].0 + 1 == pair[1].0 && is_text(pair[0].1) && is_text(pair[1].1));
    let are_headings = || two_texts && run.iter().all(|(_, cell)| is_heading(cell));
    run.first().is_some_and(|(_, cell)| is_text(cell)) && (are_headings() || are_periods(&run[1..]))
}

/// Whether cells are periods that follow each other: financial years, or at least three years, each one more than the one
/// before. Other whole numbers could be counts.
fn are_periods(cells: &[(u32, &GridCell)]) -> bool {
    let years =
        |of: fn(&GridCell) -> Option<i32>| -> Option<Vec<i32>> { cells.iter().map(|(_, cell)| of(cell)).collect() };
    let follow = |years: &[i32]| years.windows(2).all(|pair| (pair[1] - pair[0]).abs() == 1);
    let financial = years(|cell| match &cell.raw {
        RawValue::Text(text) => financial_year(text),
        _ => None,
    });
    let plain = years(|cell| match cell.raw {
        RawValue::Number(number) if number.fract() == 0.0 && YEARS.contains(&number) => Some(number as i32),
        _ => None,
    });
    financial.is_some_and(|years| years.len() > 1 && follow(&years))
        || plain.is_some_and(|years| years.len() > 2 && follow(&years))
}

/// Whether a cell could be a heading: a text, or a day or year over a column of figures.
fn is_heading(cell: &GridCell) -> bool {
    match &cell.raw {
        RawValue::Date(_) => true,
        RawValue::Number(number) => number.fract() == 0.0 && YEARS.contains(number),
        _ => is_heading_text(cell),
    }
}

/// Whether a cell holds a text that could be a heading: words, and no figure, day, yes or no.
pub(super) fn is_heading_text(cell: &GridCell) -> bool {
    let RawValue::Text(text) = &cell.raw else { return false };
    let has_letter = text.chars().any(char::is_alphabetic) || text.contains(['£', '%', '#']);
    has_letter && text.chars().count() <= LONGEST_HEADING && kind_of(cell) == CellKind::Text
}

/// What the label of a row says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// It states the total of the rows above it.
    Total,
    /// It states the total of some of them: `Subtotal`, `Total income`.
    PartTotal,
    /// Nothing of that kind.
    None,
}

/// What the first text of a row says of it.
pub(super) fn label_of(cells: &[(u32, &GridCell)], is_total: impl Fn(&str) -> bool) -> Label {
    let mut texts =
        cells.iter().filter_map(|(_, cell)| if let RawValue::Text(text) = &cell.raw { Some(text) } else { None });
    let Some(first) = texts.next() else { return Label::None };
    if is_total(first) {
        return Label::Total;
    }
    let letters: String = first.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>().to_lowercase();
    let is_part = letters.starts_with("total")
        || letters.starts_with("subtotal")
        || letters.ends_with("total")
        || letters.starts_with("net");
    if is_part { Label::PartTotal } else { Label::None }
}
