//! Results: whether a formula still gives what is stored with it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::not_run;
use super::super::runs::{Fault, Run, gather};
use super::super::types::{FORMULA_WITHOUT_RESULT, never_calculated};
use super::super::words::shortened;
use super::figure::{self, Unit, Units};
use super::written::Written;
use crate::formula::{Book, Computed, NotRecalculated, Recalculated, Target};
use crate::model::{
    About, Area, Cause, Check, Comparison, Converted, Figures, Finding, Outcome, Place, Position, RawValue, Suggestion,
    Unreadable, Workbook, listed,
};
use crate::schema::Pack;

/// The result that is stored with a formula is not what the formula gives.
pub(super) static STALE_RESULT: Check = Check::error(
    "stale-result",
    "A formula shows a result that it no longer gives",
    About {
        meaning: "The file holds a result for the formula, and from the cells that it names it now gives another.",
        why: "Whoever opens the workbook may see another figure than the one that was read here and published.",
        example: "F8 shows £6,902.26, and its formula =SUM(F4:F7) now gives £7,463.70: a line was put in by a program, or \
                  while calculation was set to manual.",
        mend: "Open the workbook in Excel, press Ctrl+Alt+F9 so that every formula is calculated again, look at the \
               figures that change, and save.",
    },
)
.explainable()
.not_required();

/// The most reasons and cells that an entry of what was not recalculated names.
const MOST_NAMED: usize = 3;
/// The most areas that a finding names as those its formula refers to.
const MOST_RELATED: usize = 10;

const MEND: &str = "Open the workbook in Excel, press Ctrl+Alt+F9 to calculate it again, and save it.";

/// A formula whose result is stale.
struct Stale<'a> {
    written: &'a Written<'a>,
    unit: Unit,
    stored: Computed,
    now: Recalculated,
}

/// Recalculates each formula by itself, from the results that are stored in the cells which it names.
pub(super) fn check(workbook: &Workbook, pack: &Pack, formulas: &[Written<'_>], outcome: &mut Outcome) {
    let book = Book::of(workbook);
    let mut stale: Vec<Stale<'_>> = Vec::new();
    let mut unknown: Vec<(&Written<'_>, String)> = Vec::new();
    let units = Units::of(workbook, pack);
    let mut compared = 0;
    for written in formulas {
        // A formula without a result has nothing to be compared with, and an error is a finding of its own.
        if written.cell.is_without_result() || matches!(written.cell.raw, RawValue::Error(_)) {
            continue;
        }
        compared += 1;
        match judge(written, &book) {
            Ok(None) => {}
            Ok(Some((stored, now))) => {
                let unit = units.of_cell(&written.sheet.name, written.at, written.cell);
                stale.push(Stale { written, unit, stored, now });
            }
            Err(why) => unknown.push((written, why)),
        }
    }
    outcome.findings.extend(findings(workbook, &book, &stale));
    if !unknown.is_empty() {
        not_run::list(outcome, STALE_RESULT.code, not_recalculated(workbook, &unknown, compared));
    }
    without_result(workbook, formulas, outcome);
}

/// What is stored and what the formula gives, where they differ.
///
/// # Errors
/// Why it could not be told, in a few words.
fn judge(written: &Written<'_>, book: &Book<'_>) -> Result<Option<(Computed, Recalculated)>, String> {
    let formula = written.formula.as_ref().ok_or_else(|| NotRecalculated::NotParsed.to_string())?;
    let now = formula.evaluate(&written.sheet.name, written.at, book).map_err(|why| why.to_string())?;
    let stored = book.stored(written.at, written.cell).map_err(|why| why.to_string())?;
    if now.is(&stored) || is_same_day(written, &stored, &now.value) {
        return Ok(None);
    }
    match (&now.value, &now.doubt) {
        (_, Some(doubt)) => Err(doubt.to_string()),
        (Computed::Error(error), None) => Err(format!("from the cells that it names it would give {error}")),
        _ => Ok(Some((stored, now))),
    }
}

/// Whether a date of which the time was not read is the day of the date that was computed.
fn is_same_day(written: &Written<'_>, stored: &Computed, now: &Computed) -> bool {
    let is_day = matches!(written.cell.raw, RawValue::Date(_)) && written.cell.serial.is_none();
    matches!((stored, now), (Computed::Number(stored), Computed::Number(now)) if is_day && now.floor() == *stored)
}

/// The findings: cells of a column whose formulas have one shape are one, where they are below each other.
fn findings(workbook: &Workbook, book: &Book<'_>, stale: &[Stale<'_>]) -> Vec<Finding> {
    let mut found = Vec::new();
    for alike in alike(stale, |one| one.written) {
        for run in gather(&STALE_RESULT, alike.iter().map(|one| fault(one.written))) {
            let members: Vec<&Stale<'_>> =
                alike.iter().filter(|one| run.area.contains(one.written.at)).copied().collect();
            found.extend(match members.as_slice() {
                [] => None,
                [only] => Some(single(workbook, book, only)),
                [first, ..] => Some(several(workbook, book, &run, first, &members)),
            });
        }
    }
    found
}

/// Cells in groups, each of a column of one sheet and of formulas of one shape; from the top down.
fn alike<'a, T>(cells: &'a [T], written: impl Fn(&'a T) -> &'a Written<'a>) -> Vec<Vec<&'a T>> {
    let mut groups: BTreeMap<(&str, u32, String), Vec<&T>> = BTreeMap::new();
    for cell in cells {
        let of = written(cell);
        groups.entry((&of.sheet.name, of.at.column, of.shape())).or_default().push(cell);
    }
    groups.into_values().collect()
}

fn fault(written: &Written<'_>) -> Fault {
    // The formulas of a group have one shape: nothing else keeps them apart.
    Fault { line: written.at.row as usize, position: written.at, cause: String::new(), shown: String::new() }
}

/// What a cell shows and what it should: `F8 shows £6,902.26; its formula =SUM(F4:F7) now gives £7,463.70.`
fn says(one: &Stale<'_>, book: &Book<'_>) -> String {
    let shown = |value: &Computed| one.unit.show(value, book);
    let Written { at, text, .. } = one.written;
    let formula = shortened(&format!("={text}"));
    format!("{at} shows {}; its formula {formula} now gives {}.", shown(&one.stored), shown(&one.now.value))
}

fn single(workbook: &Workbook, book: &Book<'_>, one: &Stale<'_>) -> Finding {
    let place = one.written.place(workbook);
    let mut message = says(one, book);
    let compared = one.unit.compared(&one.stored, &one.now.value);
    let gap = compared.and_then(|(stated, computed, figures)| Some((stated.checked_sub(computed)?, figures)));
    if let Some((gap, figures)) = gap {
        let size = match figures {
            Figures::Parts => gap.unsigned_abs() as f64 / 1e9,
            Figures::Pence => gap.unsigned_abs() as f64 / 100.0,
            Figures::Ones => gap.unsigned_abs() as f64,
        };
        message.push_str(&format!(" The difference is {}.", one.unit.show(&Computed::Number(size), book)));
    }
    let mut finding = STALE_RESULT.finding(place.clone(), message, MEND);
    finding.expected = Some(one.unit.show(&one.now.value, book));
    finding.actual = Some(one.unit.show(&one.stored, book));
    finding.difference = gap.and_then(|(gap, figures)| figure::difference(figures, gap));
    finding.related = referred_to(workbook, one.written);
    finding.comparison = compared.map(|(stated, computed, figures)| Comparison {
        stated,
        computed,
        figures,
        lines: added(workbook, one.written),
        is_approved: false,
    });
    let text = format!(
        "{} showing an earlier result ({} instead of {})",
        one.written.at,
        one.unit.show(&one.stored, book),
        one.unit.show(&one.now.value, book)
    );
    finding.cause = Some(Cause { suggestion: Suggestion { text, cells: vec![place] }, difference: finding.difference });
    finding
}

fn several(workbook: &Workbook, book: &Book<'_>, run: &Run, first: &Stale<'_>, members: &[&Stale<'_>]) -> Finding {
    let place = Place::area(&workbook.path, &first.written.sheet.name, run.area);
    let message =
        format!("{} show results that their formulas no longer give. The first: {}", run.ranges(), says(first, book));
    let mut finding = STALE_RESULT.finding(place.clone(), message, MEND);
    let text = format!("{} showing earlier results", run.ranges());
    finding.cause = Some(Cause { suggestion: Suggestion { text, cells: vec![place] }, difference: together(members) });
    finding
}

/// By how much a sum over all of them is off, where they are figures of one kind.
fn together(members: &[&Stale<'_>]) -> Option<crate::model::Difference> {
    let mut total = 0i64;
    let mut kind = None;
    for one in members {
        let (stated, computed, figures) = one.unit.compared(&one.stored, &one.now.value)?;
        if *kind.get_or_insert(figures) != figures {
            return None;
        }
        total = total.checked_add(stated.checked_sub(computed)?)?;
    }
    figure::difference(kind?, total)
}

/// The cells that a formula adds, where it is nothing but their sum.
fn added(workbook: &Workbook, written: &Written<'_>) -> Vec<Place> {
    let sums = written.formula.as_ref().map(|formula| formula.sums()).unwrap_or_default();
    let whole = sums.into_iter().find(|sum| sum.is_whole && sum.is_all_cells);
    let areas = whole.map(|sum| sum.areas).unwrap_or_default();
    areas.iter().filter_map(|cells| place_of(workbook, written, cells.sheet.as_deref(), cells.area)).collect()
}

/// The cells that a formula names, as far as they are of this workbook and not whole rows or columns.
fn referred_to(workbook: &Workbook, written: &Written<'_>) -> Vec<Place> {
    let mut places = Vec::new();
    let references = written.formula.iter().flat_map(|formula| formula.references());
    for reference in references {
        if let Target::Cells(cells) = &reference.target
            && !cells.is_open()
            && let Some(place) = place_of(workbook, written, cells.sheet.as_deref(), cells.area)
            && !places.contains(&place)
        {
            places.push(place);
        }
    }
    places.truncate(MOST_RELATED);
    places
}

fn place_of(workbook: &Workbook, written: &Written<'_>, sheet: Option<&str>, area: Area) -> Option<Place> {
    let sheet = match sheet {
        Some(name) => &workbook.sheet(name)?.name,
        None => &written.sheet.name,
    };
    Some(Place::area(&workbook.path, sheet, area))
}

/// How many formulas were not recalculated, the first of them by each reason.
fn not_recalculated(workbook: &Workbook, unknown: &[(&Written<'_>, String)], compared: usize) -> String {
    let mut reasons: Vec<(&str, Vec<&Written<'_>>)> = Vec::new();
    for (written, why) in unknown {
        match reasons.iter_mut().find(|(known, _)| known == why) {
            Some((_, cells)) => cells.push(written),
            None => reasons.push((why, vec![written])),
        }
    }
    let mut named: Vec<String> = reasons
        .iter()
        .take(MOST_NAMED)
        .filter_map(|(why, cells)| {
            let first = cells.first()?;
            let more = match cells.len() - 1 {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            Some(format!("{}!{}{more} ({why})", first.sheet.name, first.at))
        })
        .collect();
    let others: usize = reasons.iter().skip(MOST_NAMED).map(|(_, cells)| cells.len()).sum();
    if others > 0 {
        named.push(format!("{others} for other reasons"));
    }
    let count = unknown.len();
    let formulas = if compared == 1 { "formula" } else { "formulas" };
    format!(
        "{count} of {compared} {formulas} could not be recalculated: {} ({}).",
        listed(&named, "and"),
        workbook.path
    )
}

/// Reports formulas beside tables that were never calculated; those of a table's cells are reported by their types.
fn without_result(workbook: &Workbook, formulas: &[Written<'_>], outcome: &mut Outcome) {
    let reported: BTreeSet<(&str, Position)> = workbook
        .tables
        .iter()
        .flat_map(|table| {
            let cells = table.rows.iter().chain(&table.total).flat_map(|row| &row.cells);
            let is_reported = Some(Converted::Unreadable(Unreadable::FormulaWithoutResult));
            let cells = cells.filter(move |cell| cell.converted == is_reported);
            cells.map(|cell| (&*table.sheet, cell.position))
        })
        .collect();
    let is_beside = |written: &&Written<'_>| {
        written.cell.is_without_result() && !reported.contains(&(&*written.sheet.name, written.at))
    };
    let beside: Vec<&Written<'_>> = formulas.iter().filter(is_beside).collect();
    for alike in alike(&beside, |written| written) {
        let Some(sheet) = alike.first().map(|written| &written.sheet.name) else { continue };
        for run in gather(&FORMULA_WITHOUT_RESULT.check, alike.iter().map(|written| fault(written))) {
            let (message, fix) = never_calculated(&run);
            let place = Place::area(&workbook.path, sheet, run.area);
            outcome.findings.push(FORMULA_WITHOUT_RESULT.check.finding(place, message, fix));
        }
    }
}
