//! Folding: a finding that follows from another is attached to it as related, and not counted again.

mod by_rows;
mod follows;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashSet};

use crate::model::{Finding, Place, Severity, Suggestion};
use follows::Links;

/// The most suggestions that a finding carries.
const MOST_SUGGESTIONS: usize = 3;

/// Attaches each finding that follows from another to its cause, and gives the causes.
///
/// A finding follows from an error that lies in a cell from which it was computed (its related cells), unless both
/// carry a difference and the two are not of the same size: then there are two causes. It follows as well from a finding
/// that says of itself what it is the cause of ([`crate::model::Cause`]), in its own cell or in one that it was computed
/// from, when that is by just as much. An error in a cell that an error about its whole workbook names as what it puts
/// wrong follows from that one, and never the other way about.
///
/// Nothing that stood against publication stops standing by it: a cause that was a warning is raised to what follows from
/// it, and what no explanation can cover is attached to nothing that one can.
pub fn fold(findings: Vec<Finding>) -> Vec<Finding> {
    let mut findings = findings;
    // Findings of one place and code stay as they came, so that missing months stand in the order of the year.
    findings.sort_by(|a, b| (&a.place, &a.code).cmp(&(&b.place, &b.code)));
    let causes = causes_of(&findings);
    let consequences: Vec<(usize, usize)> = (0..findings.len())
        .filter(|effect| causes[*effect].is_some())
        .map(|effect| (effect, root(&causes, effect)))
        .collect();
    let was_error: Vec<bool> = findings.iter().map(|finding| finding.severity == Severity::Error).collect();
    // One cause may have very many consequences, each of which it names once.
    let mut named: BTreeMap<usize, HashSet<Place>> = BTreeMap::new();
    for (effect, cause) in consequences {
        let effect = findings[effect].clone();
        let cause_of = &mut findings[cause];
        let named = named.entry(cause).or_insert_with(|| cause_of.related.iter().cloned().collect());
        if effect.place != cause_of.place && named.insert(effect.place.clone()) {
            cause_of.related.push(effect.place.clone());
        }
        attach(effect, cause_of, was_error[cause]);
    }
    let mut index = 0;
    findings.retain(|_| {
        index += 1;
        causes[index - 1].is_none()
    });
    findings
}

/// For each finding the one that it follows from directly.
fn causes_of(findings: &[Finding]) -> Vec<Option<usize>> {
    let links = Links::new(findings);
    let mut causes: Vec<Option<usize>> = vec![None; findings.len()];
    for effect in 0..findings.len() {
        causes[effect] = links.causes_of(effect).into_iter().find(|cause| root(&causes, *cause) != effect);
    }
    // A chain may lead by a warning, which says nothing of explanations, to a cause that one could cover.
    for effect in 0..findings.len() {
        let root = root(&causes, effect);
        if root != effect && stops_standing(&findings[effect], &findings[root]) {
            causes[effect] = None;
        }
    }
    causes
}

/// Whether an explanation of the cause would cover what no explanation can cover.
fn stops_standing(effect: &Finding, cause: &Finding) -> bool {
    effect.severity == Severity::Error
        && !effect.explainable
        && cause.explainable
        && cause.severity == Severity::Error
        && !follows::stays_at_its_cell(cause, effect)
}

/// The cause at the end of a chain of causes.
fn root(causes: &[Option<usize>], of: usize) -> usize {
    let mut at = of;
    while let Some(cause) = causes[at] {
        at = cause;
    }
    at
}

/// Lets a cause, which names what follows from it, weigh at least as much and say what to do.
fn attach(effect: Finding, cause: &mut Finding, was_error: bool) {
    if effect.severity == Severity::Error {
        if !was_error {
            raise(&effect, cause);
        } else if follows::stays_at_its_cell(cause, &effect) {
            cause.explainable &= effect.explainable;
        }
    }
    if follows::is_note_on(&effect, cause) {
        if let Some(told) = effect.cause {
            put_first(told.suggestion, &mut cause.suggestions);
        }
        return;
    }
    // What is said of the figure's own cell, and by how much it is off, goes before what else was found for it; and so it is
    // known what to do.
    if follows::stays_at_its_cell(cause, &effect)
        && let Some(told) = effect.cause.filter(|told| told.difference.is_some())
    {
        put_first(told.suggestion, &mut cause.suggestions);
        cause.fix = effect.fix;
    }
}

/// Makes an error of a warning from which an error follows. It carries what the error said of the figures, and an
/// explanation covers it only where one could cover all that follows.
fn raise(effect: &Finding, cause: &mut Finding) {
    let is_first = cause.severity != Severity::Error;
    cause.severity = Severity::Error;
    cause.explainable = effect.explainable && (is_first || cause.explainable);
    if !is_first {
        return;
    }
    // Without the amount: the public may read the message, and what follows may have been computed from what it may not.
    if effect.place != cause.place
        && let Some(area) = effect.place.area
    {
        let cell = if effect.place.sheet == cause.place.sheet { area.to_string() } else { effect.place.in_workbook() };
        cause.message.push_str(&format!(" Because of it, {cell} is not what it should be."));
    }
    if cause.difference.is_none() {
        cause.difference = effect.difference;
        cause.expected.clone_from(&effect.expected);
        cause.actual.clone_from(&effect.actual);
        cause.comparison.clone_from(&effect.comparison);
    }
}

fn put_first(suggestion: Suggestion, suggestions: &mut Vec<Suggestion>) {
    suggestions.retain(|known| *known != suggestion);
    suggestions.insert(0, suggestion);
    suggestions.truncate(MOST_SUGGESTIONS);
}
