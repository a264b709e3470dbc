//! What other findings say of a difference: they name the cause, and by how much it puts a figure off.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::near;
use super::search::Search;
use crate::model::{Cause, Difference, Figures, Finding, Suggestion};

/// The findings that say what they are the cause of, by workbook.
pub(super) struct Told<'a> {
    by_workbook: BTreeMap<&'a str, Vec<(usize, &'a Finding, &'a Cause)>>,
    findings: &'a [Finding],
    /// The findings with a difference by their check, column and difference: the first, and how many there are.
    off_by: HashMap<(Column<'a>, Difference), (usize, usize)>,
}

/// The findings of a check in a column of a sheet: its code, the workbook, the sheet, and the zero-based column.
type Column<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<u32>);

/// What other findings say of one difference.
#[derive(Default)]
pub(super) struct ToldOf {
    /// Causes that put the figure off by just as much.
    pub exact: Vec<Suggestion>,
    /// Two causes that do so together.
    pub together: Vec<Suggestion>,
    /// Causes in the same cell or the lines of which it is not known by how much they put it off.
    pub of_unknown_size: Vec<Suggestion>,
}

impl<'a> Told<'a> {
    /// What findings say.
    pub fn new(findings: &'a [Finding]) -> Self {
        let mut by_workbook: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (index, finding) in findings.iter().enumerate() {
            if let (Some(workbook), Some(cause)) = (&finding.place.workbook, &finding.cause) {
                by_workbook.entry(workbook).or_default().push((index, finding, cause));
            }
        }
        // The order of findings is that of the checks; what is said must not depend on it.
        for told in by_workbook.values_mut() {
            told.sort_by(|(_, a, _), (_, b, _)| (&a.place, &a.code, &a.message).cmp(&(&b.place, &b.code, &b.message)));
        }
        let mut off_by: HashMap<_, (usize, usize)> = HashMap::new();
        for (index, finding) in findings.iter().enumerate() {
            if let Some(difference) = finding.difference {
                off_by.entry((column(finding), difference)).or_insert((index, 0)).1 += 1;
            }
        }
        Self { by_workbook, findings, off_by }
    }

    /// What the others say of the difference of one finding.
    pub fn of(&self, index: usize, search: &Search<'_>) -> ToldOf {
        let mut causes: Vec<(&Finding, &Cause)> = self.near(index);
        // What is said of the figure's own cell goes before what is said of the cells it comes from.
        causes.sort_by_key(|(finding, _)| !finding.place.overlaps(&self.findings[index].place));
        let mut told = ToldOf::default();
        let by = |cause: &Cause| cause.difference.and_then(|difference| in_figures(difference, search.figures));
        let fits = |by: i64| {
            by == search.difference || search.takes_away() && by.unsigned_abs() == search.difference.unsigned_abs()
        };
        for (position, (_, cause)) in causes.iter().enumerate() {
            match by(cause) {
                Some(known) if fits(known) => told.exact.push(cause.suggestion.clone()),
                Some(known) => {
                    let others = causes[position + 1..].iter().filter(|(_, other)| {
                        by(other).and_then(|other| other.checked_add(known)) == Some(search.difference)
                    });
                    told.together.extend(others.map(|(_, other)| together(&cause.suggestion, &other.suggestion)));
                }
                None => told.of_unknown_size.push(cause.suggestion.clone()),
            }
        }
        told.exact.extend(self.entered_elsewhere(index, search));
        told
    }

    /// The causes that concern the figure of a finding.
    fn near(&self, index: usize) -> Vec<(&'a Finding, &'a Cause)> {
        let finding = &self.findings[index];
        let places = near::sources(finding).chain([&finding.place]);
        let workbooks: BTreeSet<&str> = places.filter_map(|place| place.workbook.as_deref()).collect();
        let all = workbooks.into_iter().filter_map(|workbook| self.by_workbook.get(workbook)).flatten();
        let near = all.filter(|(other, told, _)| *other != index && near::concerns(&told.place, finding));
        near.map(|(_, told, cause)| (*told, *cause)).collect()
    }

    /// Another figure of the same column that is off by as much the other way: what the one lacks the other has.
    fn entered_elsewhere(&self, index: usize, search: &Search<'_>) -> Option<Suggestion> {
        let finding = &self.findings[index];
        let opposite = search.figures.difference(search.difference.checked_neg()?)?;
        let (other, count) = self.off_by.get(&(column(finding), opposite))?;
        let other = &self.findings[*other];
        let cell = other.place.area?;
        let off_by = search.figures.show(search.difference.saturating_abs());
        let text = format!("{off_by} entered in the wrong one of two lines: {cell} is off by as much the other way");
        (*count == 1).then(|| Suggestion { text, cells: vec![other.place.clone()] })
    }
}

/// The column in which a finding is.
fn column(Finding { code, place, .. }: &Finding) -> Column<'_> {
    (code, place.workbook.as_deref(), place.sheet.as_deref(), place.area.map(|area| area.first.column))
}

fn together(one: &Suggestion, other: &Suggestion) -> Suggestion {
    Suggestion {
        text: format!("{}; together with {}", one.text, other.text),
        cells: one.cells.iter().chain(&other.cells).cloned().collect(),
    }
}

fn in_figures(difference: Difference, figures: Figures) -> Option<i64> {
    match (difference, figures) {
        (Difference::Money(money), Figures::Pence) => Some(money.pence()),
        (Difference::Count(count), Figures::Ones) => Some(count),
        _ => None,
    }
}
