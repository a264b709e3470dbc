//! What follows from what.

use std::collections::{BTreeMap, BTreeSet};

use super::super::near;
use super::by_rows::ByRows;
use crate::model::{Area, Difference, Finding, Place, Severity};

/// The checks whose findings stay where another in the same cell says why the figure differs: they say what the figure
/// should be, and an explanation of the difference names them.
const STAY: [&str; 4] = ["control-total", "total-mismatch", "subtotal-mismatch", "row-total-mismatch"];

/// The check of sums of a part of the lines of a table.
const OF_A_PART: &str = "subtotal-mismatch";

/// The findings, and where they lie.
pub(super) struct Links<'a> {
    findings: &'a [Finding],
    /// Those that have cells, where these are.
    by_sheet: BySheet<'a>,
    /// Of these, those that say of themselves what they are the cause of.
    telling: BySheet<'a>,
    /// Of these, those about sums of a part of the lines of a table, where the lines are.
    of_parts: BySheet<'a>,
    /// What findings about a whole workbook name as the cells in which something is wrong because of them: the finding, and
    /// the cells.
    named: Vec<(usize, &'a Place)>,
    /// Where these are.
    named_by_sheet: BySheet<'a>,
}

/// What lies on a sheet of a workbook.
type BySheet<'a> = BTreeMap<(&'a str, &'a str), ByRows>;

impl<'a> Links<'a> {
    /// The findings by sheet.
    pub fn new(findings: &'a [Finding]) -> Self {
        let (mut by_sheet, mut telling, mut of_parts) = (BySheet::new(), BySheet::new(), BySheet::new());
        for (index, finding) in findings.iter().enumerate() {
            let (Some(sheet), Some(area)) = (sheet(&finding.place), finding.place.area) else { continue };
            by_sheet.entry(sheet).or_default().insert(area, index);
            if finding.cause.is_some() {
                telling.entry(sheet).or_default().insert(area, index);
            }
            if let Some(lines) = first_lines(finding).filter(|_| finding.code == OF_A_PART) {
                of_parts.entry(sheet).or_default().insert(lines, index);
            }
        }
        let whole = findings.iter().enumerate().filter(|(_, finding)| is_of_whole_workbook(finding));
        let named: Vec<(usize, &Place)> =
            whole.flat_map(|(index, finding)| finding.related.iter().map(move |place| (index, place))).collect();
        let mut named_by_sheet = BySheet::new();
        for (number, (_, place)) in named.iter().enumerate() {
            if let (Some(sheet), Some(area)) = (sheet(place), place.area) {
                named_by_sheet.entry(sheet).or_default().insert(area, number);
            }
        }
        Self { findings, by_sheet, telling, of_parts, named, named_by_sheet }
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
        let others = self.near(finding, effect);
        let follows = |how: fn(&Finding, &Finding) -> bool| {
            let all = others.iter().copied();
            all.filter(move |other| how(finding, &self.findings[*other]))
        };
        if is_note {
            return follows(|note, cause| stays_at_its_cell(cause, note) && is_said_by(note, cause)).collect();
        }
        self.that_name(finding).into_iter().chain(follows(is_said_by)).chain(follows(is_computed_from)).collect()
    }

    /// The findings that lie where one could follow from them, in their order: in its own cells, in those that it was computed
    /// from, and below a total. A sheet may have very many others.
    fn near(&self, finding: &Finding, effect: usize) -> BTreeSet<usize> {
        // Most findings name no cells beside their own and are the cause of nothing: what such a one follows from says so of
        // itself.
        let is_plain = finding.cause.is_none() && finding.related.is_empty();
        let those = if is_plain { &self.telling } else { &self.by_sheet };
        let places = || near::sources(finding).chain([&finding.place]);
        let mut near: BTreeSet<usize> = places().flat_map(|place| at(those, place)).collect();
        if finding.comparison.is_some() {
            let lines = || finding.comparison.iter().flat_map(|comparison| &comparison.lines);
            let parts = lines().flat_map(|lines| at(&self.of_parts, lines));
            near.extend(parts.filter(|part| !is_plain || self.findings[*part].cause.is_some()));
            // What stands below a total may say that it is counted in it.
            let sheet = sheet(&finding.place).and_then(|sheet| self.telling.get(&sheet));
            let below = sheet.zip(finding.place.area).map(|(sheet, total)| sheet.near(total.last.row, u32::MAX));
            near.extend(below.into_iter().flatten());
        }
        near.remove(&effect);
        near
    }

    /// The errors about a whole workbook that name the cell of an error.
    fn that_name(&self, finding: &Finding) -> BTreeSet<usize> {
        if finding.severity != Severity::Error {
            return BTreeSet::new();
        }
        let naming = at(&self.named_by_sheet, &finding.place).map(|number| self.named[number]);
        let naming = naming.filter(|(_, cells)| cells.covers(&finding.place)).map(|(whole, _)| whole);
        let is_of_its_workbook = |whole: &Finding| whole.place.workbook == finding.place.workbook;
        let is_cause = |whole: &Finding| whole.severity == Severity::Error && is_of_its_workbook(whole);
        naming.filter(|whole| is_cause(&self.findings[*whole])).collect()
    }
}

/// What takes up the rows of a place on its sheet, and some that lie near them; nothing where it is no cells.
fn at<'a>(those: &'a BySheet<'a>, place: &'a Place) -> impl Iterator<Item = usize> + use<'a> {
    let rows = sheet(place).and_then(|sheet| those.get(&sheet)).zip(place.area);
    rows.into_iter().flat_map(|(sheet, area)| sheet.near(area.first.row, area.last.row))
}

/// The first of the areas that the computed figure of a finding is the sum of.
fn first_lines(finding: &Finding) -> Option<Area> {
    finding.comparison.as_ref()?.lines.first()?.area
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
