//! Results: whether a formula still gives what is stored with it.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::super::not_run;
use super::super::runs::gather;
use super::super::types::{FORMULA_WITHOUT_RESULT, never_calculated};
use super::figure::Units;
use super::stale::{STALE_RESULT, Stale, findings};
use super::written::{Written, alike, fault};
use crate::formula::{Book, Computed, NotRecalculated, Recalculated};
use crate::model::{Converted, Outcome, Place, Position, RawValue, Unreadable, Value, Workbook, listed};
use crate::schema::Pack;

/// The most reasons and cells that an entry of what was not recalculated names.
const MOST_NAMED: usize = 3;
/// Recalculates each formula by itself, from the results that are stored in the cells which it names.
pub(super) fn check(workbook: &Workbook, pack: &Pack, formulas: &[Written<'_>], outcome: &mut Outcome) {
    let book = Book::of(workbook);
    let mut stale: Vec<Stale<'_>> = Vec::new();
    let mut unknown: Vec<(&Written<'_>, String)> = Vec::new();
    // Asked for only where a result is stale, which is seldom.
    let units = OnceCell::new();
    let as_text = numbers_as_text(workbook);
    let mut compared = 0;
    for written in formulas {
        // A formula without a result has nothing to be compared with, and an error is a finding of its own.
        if written.cell.is_without_result() || matches!(written.cell.raw, RawValue::Error(_) | RawValue::Damaged) {
            continue;
        }
        compared += 1;
        match judge(written, &book) {
            Ok(None) => {}
            // The cell that holds the text has a finding of its own, which says that sums leave it out.
            Ok(Some((stored, now))) if lacks_only_texts(written, &stored, &now, &as_text) => {}
            Ok(Some((stored, now))) => {
                let units: &Units<'_> = units.get_or_init(|| Units::of(workbook, pack));
                let unit = units.of_cell(&written.sheet.name, written.at, written.cell);
                if !unit.is_same(&stored, &now.value) {
                    stale.push(Stale { written, unit, stored, now });
                }
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

/// The numbers and amounts that cells of tables hold as text, by sheet and place. They are in the result of a formula that was
/// calculated before they became texts, or by a program that takes them for numbers.
fn numbers_as_text(workbook: &Workbook) -> BTreeMap<(&str, Position), f64> {
    let mut found = BTreeMap::new();
    for table in &workbook.tables {
        let cells = table.rows.iter().chain(&table.total).flat_map(|row| &row.cells);
        for cell in cells.filter(|cell| cell.converted == Some(Converted::FromText)) {
            let number = match cell.value {
                Value::Money(money) => money.pounds(),
                Value::Integer(number) => number as f64,
                Value::Number(number) => number,
                _ => continue,
            };
            found.insert((&*table.sheet, cell.position), number);
        }
    }
    found
}

/// Whether a sum is out by just the numbers that its cells hold as text.
fn lacks_only_texts(
    written: &Written<'_>,
    stored: &Computed,
    now: &Recalculated,
    as_text: &BTreeMap<(&str, Position), f64>,
) -> bool {
    let Computed::Number(number) = now.value else { return false };
    if as_text.is_empty() {
        return false;
    }
    let areas = written.whole_sum().map(|sum| sum.areas).unwrap_or_default();
    let left_out: Vec<f64> = areas
        .iter()
        .flat_map(|cells| {
            let is_in = |(sheet, at): &(&str, Position)| cells.contain(&written.sheet.name, sheet, *at);
            as_text.iter().filter(move |(place, _)| is_in(place)).map(|(_, number)| *number)
        })
        .collect();
    let value = Computed::Number(number + left_out.iter().sum::<f64>());
    !left_out.is_empty() && Recalculated { value, ..now.clone() }.is(stored)
}

/// Whether a date of which the time was not read is the day of the date that was computed.
fn is_same_day(written: &Written<'_>, stored: &Computed, now: &Computed) -> bool {
    let is_day = matches!(written.cell.raw, RawValue::Date(_)) && written.cell.serial.is_none();
    matches!((stored, now), (Computed::Number(stored), Computed::Number(now)) if is_day && now.floor() == *stored)
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
