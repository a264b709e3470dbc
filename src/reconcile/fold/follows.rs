//! What follows from what.

use std::collections::{BTreeMap, BTreeSet};

use super::super::near;
use crate::model::{Area, Difference, Finding, Place, Severity};

/// The checks whose findings stay where another in the same cell says why the figure differs: they say what the figure
/// should be, and an explanation of the difference names them.
const STAY: [&str; 4] = ["control-total", "total-mismatch", "subtotal-mismatch", "row-total-mismatch"];

/// The check of sums of a part of the lines of a table.
const OF_A_PART: &str = "subtotal-mismatch";

/// The findings, and where they lie.
pub(super) struct Links<'a> {
    findings: &'a [Finding],
    /// By workbook and sheet: those that have cells.
    by_sheet: BTreeMap<(&'a str, &'a str), Vec<usize>>,
    /// Of these, those that say of themselves what they are the cause of.
    telling: BTreeMap<(&'a str, &'a str), Vec<usize>>,
    /// By workbook: those about all of it that say why what stands in some of its cells is wrong.
    of_whole: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Links<'a> {
    /// The findings by sheet.
    pub fn new(findings: &'a [Finding]) -> Self {
        let (mut by_sheet, mut telling) = (BTreeMap::<_, Vec<usize>>::new(), BTreeMap::<_, Vec<usize>>::new());
        for (index, finding) in findings.iter().enumerate() {
            if let (Some(sheet), Some(_)) = (sheet(&finding.place), finding.place.area) {
                by_sheet.entry(sheet).or_default().push(index);
                if finding.cause.is_some() {
                    telling.entry(sheet).or_default().push(index);
                }
            }
        }
        let mut of_whole: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (index, finding) in findings.iter().enumerate() {
            if let Some(workbook) = finding.place.workbook.as_deref().filter(|_| is_of_whole_workbook(finding)) {
                of_whole.entry(workbook).or_default().push(index);
            }
        }
        Self { findings, by_sheet, telling, of_whole }
    }

    /// The findings that one could follow from, the likeliest first: those about the whole workbook that name its cell,
    /// those that say why a figure differs, then errors in the cells that it was computed from; each in the order of the
    /// findings.
    pub fn causes_of(&self, effect: usize) -> Vec<usize> {
        let finding = &self.findings[effect];
        // The cells that it names follow from it, and not it from them.
        if is_of_whole_workbook(finding) {
            return Vec::new();
        }
        // A note follows from nothing, but it may say why the figure in its own cell differs.
        let is_note = finding.severity == Severity::Info;
        if is_note && finding.cause.is_none() {
            return Vec::new();
        }
        let places = near::sources(finding).chain([&finding.place]);
        let sheets: BTreeSet<(&str, &str)> = places.filter_map(sheet).collect();
        // Most findings name no cells beside their own and are the cause of nothing: what such a one follows from says so of
        // itself. A sheet may have very many of them.
        let is_plain = finding.cause.is_none() && finding.related.is_empty();
        let those = if is_plain { &self.telling } else { &self.by_sheet };
        let near = sheets.into_iter().filter_map(|sheet| those.get(&sheet)).flatten().copied();
        let others: BTreeSet<usize> = near.filter(|other| *other != effect).collect();
        let follows = |how: fn(&Finding, &Finding) -> bool| {
            let all = others.iter().copied();
            all.filter(move |other| how(finding, &self.findings[*other]))
        };
        if is_note {
            return follows(|note, cause| stays_at_its_cell(cause, note) && is_said_by(note, cause)).collect();
        }
        let workbook = finding.place.workbook.as_deref();
        let of_whole = workbook.and_then(|workbook| self.of_whole.get(workbook)).into_iter().flatten().copied();
        let of_whole = of_whole.filter(|other| is_named_by(finding, &self.findings[*other]));
        of_whole.chain(follows(is_said_by)).chain(follows(is_computed_from)).collect()
    }
}

fn sheet(place: &Place) -> Option<(&str, &str)> {
    Some((place.workbook.as_deref()?, place.sheet.as_deref()?))
}

/// Whether a finding is about a whole workbook and says of itself that it is why what stands in the cells that it names is
/// wrong, as the calendar is by which its dates are counted.
fn is_of_whole_workbook(finding: &Finding) -> bool {
    finding.place.workbook.is_some()
        && finding.place.sheet.is_none()
        && finding.cause.is_some()
        && !finding.related.is_empty()
}

/// Whether an error lies in a cell that an error about the whole workbook names.
fn is_named_by(effect: &Finding, whole: &Finding) -> bool {
    effect.severity == Severity::Error
        && whole.severity == Severity::Error
        && whole.related.iter().any(|place| place.covers(&effect.place))
}

/// Whether the effect was computed from a cell in which the cause, an error, lies.
fn is_computed_from(effect: &Finding, cause: &Finding) -> bool {
    if cause.severity != Severity::Error {
        return false;
    }
    // An explanation of the cause would cover what no explanation can cover.
    if cause.explainable && !effect.explainable {
        return false;
    }
    if cause.code == OF_A_PART && effect.comparison.is_some() {
        return is_sum_of_part(effect, cause);
    }
    let in_related = effect.related.iter().any(|place| place.covers(&cause.place));
    let same_size = match (effect.difference, cause.difference) {
        (Some(mine), Some(theirs)) if is_sum_over(effect, cause) => Some(mine) == theirs.reversed(),
        (Some(mine), Some(theirs)) => mine.same_size(theirs),
        _ => true,
    };
    in_related && same_size
}

/// Whether a sum is off by just as much as the sum of a part of its lines, which takes it with it.
fn is_sum_of_part(effect: &Finding, cause: &Finding) -> bool {
    let (Some(whole), Some(part)) = (&effect.comparison, &cause.comparison) else { return false };
    let lie_within = |inner: &[Place], outer: &[Place]| {
        !inner.is_empty() && inner.iter().all(|place| outer.iter().any(|whole| holds(whole, place)))
    };
    effect.difference.is_some()
        && effect.difference == cause.difference
        && lie_within(&part.lines, &whole.lines)
        // Of two subtotals of the same lines neither follows from the other.
        && (effect.code != cause.code || !lie_within(&whole.lines, &part.lines))
}

/// Whether all cells of a place are among those of another.
fn holds(whole: &Place, place: &Place) -> bool {
    let all = |(whole, area): (Area, Area)| whole.contains(area.first) && whole.contains(area.last);
    whole.covers(place) && whole.area.zip(place.area).is_some_and(all)
}

/// Whether the effect is about the sum of a column in which the cause lies: what its line has too much, the stated sum
/// has too little beside that.
fn is_sum_over(effect: &Finding, cause: &Finding) -> bool {
    let Some(comparison) = &effect.comparison else { return false };
    let [column] = comparison.lines.as_slice() else { return false };
    let is_column = column.area.is_some_and(|area| area.first.row != area.last.row);
    is_column && cause.comparison.is_some() && !column.covers(&effect.place) && column.covers(&cause.place)
}

/// Whether one of the two says why the other differs, by just as much, and the effect is the one that goes.
fn is_said_by(effect: &Finding, cause: &Finding) -> bool {
    if stays_at_its_cell(cause, effect) {
        // What is said of the very cell that states the figure is said of the same fault, unless by another amount.
        return puts_off(effect).is_none() || agrees(cause, effect);
    }
    if is_note_on(effect, cause) {
        return true;
    }
    near::concerns(&cause.place, effect) && !stays_at_its_cell(effect, cause) && agrees(effect, cause)
}

/// Whether a finding stays beside another in its own cell that says why the figure differs.
pub(super) fn stays_at_its_cell(finding: &Finding, other: &Finding) -> bool {
    finding.place == other.place
        && finding.place.area.is_some()
        && STAY.contains(&finding.code.as_str())
        && !STAY.contains(&other.code.as_str())
        && other.cause.is_some()
}

/// Whether a warning says something of the very cell of an error that could be its reason, and not by how much: that its
/// formula is another than its neighbours', say. The error says what the cell should hold, so it stays.
pub(super) fn is_note_on(warning: &Finding, error: &Finding) -> bool {
    warning.severity == Severity::Warning
        && error.severity == Severity::Error
        && warning.place == error.place
        && warning.place.area.is_some_and(|area| area.first == area.last)
        && warning.cause.is_some()
        && puts_off(warning).is_none()
}

/// Whether what one says of itself as a cause fits the difference of the other.
fn agrees(effect: &Finding, cause: &Finding) -> bool {
    let (Some(difference), Some(told)) = (effect.difference, &cause.cause) else { return false };
    match puts_off(cause) {
        Some(by) => by.same_size(difference),
        // Of a cause whose size is not known, the search must have found the same cells for reasons of its own.
        None => effect.suggestions.first().is_some_and(|first| {
            *first != told.suggestion
                && !first.cells.is_empty()
                && first.cells.iter().all(|cell| cause.place.covers(cell))
        }),
    }
}

/// By how much a cause puts a figure off, where that is known.
fn puts_off(cause: &Finding) -> Option<Difference> {
    cause.cause.as_ref().and_then(|told| told.difference).or(cause.difference)
}
