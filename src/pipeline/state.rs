//! What becomes of each workbook: whether its rows are in the figures, and if not, why.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Placed;
use super::period::{field_value, month_of};
use crate::checks;
use crate::model::{Month, Period, Value, Workbook, WorkbookState};
use crate::schema::Pack;

/// Gives each workbook its month and its state.
pub(super) fn place(workbooks: Vec<Workbook>, pack: &Pack, period: &Period) -> Vec<Placed> {
    let mut placed: Vec<Placed> = workbooks
        .into_iter()
        .map(|workbook| {
            let month = month_of(&workbook, pack);
            let state = state(&workbook, month, pack, period);
            Placed { workbook, month, state }
        })
        .collect();
    one_each(&mut placed, pack);
    copies(&mut placed, pack);
    placed
}

fn state(workbook: &Workbook, month: Option<Month>, pack: &Pack, period: &Period) -> WorkbookState {
    let Some(kind) = pack.kind_of(workbook) else {
        return if workbook.unreadable.is_some() { WorkbookState::Unreadable } else { WorkbookState::Unknown };
    };
    let outside = month.is_some_and(|month| month < Month::of(period.start) || month > Month::of(period.end));
    if outside {
        return WorkbookState::OtherYear;
    }
    if month.is_some_and(|month| month > period.to) || !kind.is_due(period) {
        return WorkbookState::NotYetDue;
    }
    if workbook.unreadable.is_some() { WorkbookState::Unreadable } else { WorkbookState::Read }
}

/// Of several workbooks of one kind and month one is used: the first that says it is a resubmission, else the first, by
/// the length of their names and then by their paths. It
/// stands in place of those that do not say so; one beside it that says the same as it is there twice.
fn one_each(placed: &mut [Placed], pack: &Pack) {
    let mut groups: BTreeMap<(String, Option<Month>), Vec<usize>> = BTreeMap::new();
    for (index, one) in placed.iter().enumerate() {
        if let Some(kind) = pack.kind_of(&one.workbook)
            && one.state == WorkbookState::Read
            && !kind.explanations
        {
            groups.entry((kind.name.clone(), one.month)).or_default().push(index);
        }
    }
    for mut members in groups.into_values().filter(|members| members.len() > 1) {
        // A copy's name is longer than that of what it is a copy of: `… return (2).xlsx`, `… return - Copy.xlsx`.
        members.sort_by_key(|index| {
            let workbook = &placed[*index].workbook;
            (workbook.stem().chars().count(), workbook.path.clone())
        });
        let (again, first): (Vec<usize>, Vec<usize>) =
            members.into_iter().partition(|index| is_resubmission(&placed[*index].workbook, pack));
        let (used, replaced) = match again.first() {
            Some(again) => (*again, WorkbookState::Superseded),
            None => (first[0], WorkbookState::Repeated),
        };
        for index in again.into_iter().filter(|index| *index != used) {
            placed[index].state = WorkbookState::Repeated;
        }
        for index in first.into_iter().filter(|index| *index != used) {
            placed[index].state = replaced;
        }
    }
}

/// A workbook with the rows of another month's is a copy under another name: the one that states another month than its
/// name has, else the later of the two.
fn copies(placed: &mut [Placed], pack: &Pack) {
    let fingerprints = fingerprints(placed, pack);
    let mut alike: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (index, fingerprint) in fingerprints.iter().enumerate() {
        fingerprint.iter().for_each(|fingerprint| alike.entry(*fingerprint).or_default().push(index));
    }
    for (later, fingerprint) in fingerprints.iter().enumerate() {
        for earlier in fingerprint.iter().filter_map(|fingerprint| alike.get(fingerprint)).flatten().copied() {
            let (one, other) = (&placed[earlier], &placed[later]);
            let are_used = one.state == WorkbookState::Read && other.state == WorkbookState::Read;
            if !are_used
                || one.month >= other.month
                || !checks::have_the_same_rows(&one.workbook, &other.workbook, pack)
            {
                continue;
            }
            let copy = if !states_its_month(one, pack) && states_its_month(other, pack) { earlier } else { later };
            placed[copy].state = WorkbookState::Copied;
        }
    }
}

/// The fingerprints of the rows of the workbooks that are used and of whose kind there are some for other months: only those that
/// have one in common need be compared cell by cell.
fn fingerprints(placed: &[Placed], pack: &Pack) -> Vec<Option<u64>> {
    let mut months: BTreeMap<Option<&str>, BTreeSet<Option<Month>>> = BTreeMap::new();
    let is_used = |one: &Placed| one.state == WorkbookState::Read;
    for one in placed.iter().filter(|one| is_used(one)) {
        months.entry(one.workbook.kind.as_deref()).or_default().insert(one.month);
    }
    let has_others = |one: &Placed| months.get(&one.workbook.kind.as_deref()).is_some_and(|months| months.len() > 1);
    let of = |one: &Placed| {
        let is_compared = is_used(one) && has_others(one);
        is_compared.then(|| checks::fingerprint_of_rows(&one.workbook, pack)).flatten()
    };
    placed.par_iter().map(of).collect()
}

/// Whether a workbook says of itself that it is for the month that it is taken for.
fn states_its_month(placed: &Placed, pack: &Pack) -> bool {
    let field = pack.kind_of(&placed.workbook).and_then(|kind| kind.month.as_ref());
    let stated = field.and_then(|field| field_value(&placed.workbook, pack, &field.table, &field.field));
    matches!((stated, placed.month), (Some(Value::Month(stated)), Some(month)) if *stated == month)
}

fn is_resubmission(workbook: &Workbook, pack: &Pack) -> bool {
    let Some(mark) = pack.kind_of(workbook).and_then(|kind| kind.resubmission.as_ref()) else { return false };
    match field_value(workbook, pack, &mark.field.table, &mark.field.field) {
        Some(Value::Text(text)) => text.trim().eq_ignore_ascii_case(&mark.value),
        _ => false,
    }
}
