//! Errors that formulas use: hidden by them, beside the tables, or within their own text.

use std::collections::{BTreeMap, BTreeSet};

use super::super::words::formula;
use super::written::Written;
use crate::formula::Target;
use crate::model::{About, Cause, Check, Outcome, Over, Place, Position, RawValue, Sheet, Suggestion, Workbook};

pub(super) static ERROR_HIDDEN: Check = Check::error(
    "error-hidden-by-formula",
    "A formula hides the error of a cell that it uses",
    About {
        meaning: "A cell that the formula names shows an Excel error, and the formula shows a figure in spite of it, with \
                  IFERROR or its like.",
        why: "The figure looks right and leaves out whatever could not be calculated.",
        example: "=IFERROR(SUM(F4:F7),0) shows 0.00, because F6 is #N/A.",
        mend: "Correct the cell with the error; then the formula needs nothing to hide it.",
    },
)
.over(Over::Formulas)
.not_required();

pub(super) static ERROR_BESIDE_TABLE: Check = Check::error(
    "error-beside-table",
    "A cell that formulas use shows an Excel error",
    About {
        meaning: "The cell stands in no column of a table that is read, shows an error such as #REF!, and formulas use it.",
        why: "Every formula that uses it shows an error too, or hides one.",
        example: "#DIV/0! in H4, which =F4*H4 in G4 uses.",
        mend: "Correct the formula of the cell with the error.",
    },
)
.over(Over::Formulas)
.not_required();

pub(super) static BROKEN_REFERENCE: Check = Check::error(
    "broken-reference",
    "A formula refers to cells that were deleted",
    About {
        meaning: "The formula holds #REF! where it once named cells: those were deleted.",
        why: "It shows an old result only until it is calculated again, and then an error.",
        example: "=SUM(F4:F7)+#REF!, after a row or sheet was deleted.",
        mend: "Put the cells that are meant in place of #REF!, or restore what was deleted.",
    },
)
.over(Over::Formulas)
.not_required();

/// Functions that let a formula show something in spite of an error.
const HIDING: [&str; 6] = ["IFERROR", "IFNA", "ISERROR", "ISERR", "ISNA", "AGGREGATE"];

/// Judges what errors the formulas use.
pub(super) fn check(workbook: &Workbook, formulas: &[Written<'_>], outcome: &mut Outcome) {
    let errors = Errors::of(workbook);
    let reported = cells_of_tables(workbook);
    let is_reported = |sheet: &str, at: Position| reported.contains(&(sheet, at));
    // Those that no formula was found to use yet: each is gathered once, however many formulas use it.
    let mut unused = errors.by_sheet.clone();
    let mut beside: BTreeSet<(&str, Position)> = BTreeSet::new();
    for written in formulas {
        let shows_error = matches!(written.cell.raw, RawValue::Error(_));
        broken(workbook, written, shows_error && is_reported(&written.sheet.name, written.at), outcome);
        if !shows_error
            && hides(written)
            && let Some((sheet, at)) = errors.used_by(workbook, written)
        {
            hidden(workbook, written, sheet, at, outcome);
        }
        for (sheet, at) in used_by(&unused, workbook, written) {
            if let Some(errors) = unused.get_mut(&*sheet.name) {
                errors.remove(&at);
            }
            if !is_reported(&sheet.name, at) {
                beside.insert((&sheet.name, at));
            }
        }
    }
    let by_place: BTreeMap<(&str, Position), &Written<'_>> =
        formulas.iter().map(|one| ((&*one.sheet.name, one.at), one)).collect();
    for (name, at) in beside {
        let Some(sheet) = workbook.sheet(name) else { continue };
        // The error of a formula that uses another error is no cause of its own.
        let own = by_place.get(&(name, at));
        if own.is_none_or(|own| errors.used_by(workbook, own).is_none() && !is_broken(own)) {
            used_beside(workbook, sheet, at, outcome);
        }
    }
}

/// The cells of each sheet that show errors; most sheets have none.
type BySheet<'a> = BTreeMap<&'a str, BTreeSet<Position>>;

struct Errors<'a> {
    by_sheet: BySheet<'a>,
}

impl<'a> Errors<'a> {
    fn of(workbook: &'a Workbook) -> Self {
        let mut by_sheet = BySheet::new();
        for sheet in &workbook.sheets {
            let cells = sheet.grid.iter().flat_map(|grid| grid.cells());
            let errors: BTreeSet<Position> =
                cells.filter(|(_, cell)| matches!(cell.raw, RawValue::Error(_))).map(|(at, _)| at).collect();
            if !errors.is_empty() {
                by_sheet.insert(&sheet.name, errors);
            }
        }
        Self { by_sheet }
    }

    /// The first cell with an error that a formula names, in its order; its own is none.
    fn used_by(&self, workbook: &'a Workbook, written: &Written<'a>) -> Option<(&'a Sheet, Position)> {
        each_used_by(&self.by_sheet, workbook, written).next()
    }
}

/// The cells among these that a formula names, in its order.
fn used_by<'a>(errors: &BySheet<'a>, workbook: &'a Workbook, written: &Written<'a>) -> Vec<(&'a Sheet, Position)> {
    each_used_by(errors, workbook, written).collect()
}

fn each_used_by<'a, 'b>(
    errors: &'b BySheet<'a>,
    workbook: &'a Workbook,
    written: &'b Written<'a>,
) -> impl Iterator<Item = (&'a Sheet, Position)> + 'b {
    let is_any = !errors.is_empty();
    let formula = written.formula.iter().filter(move |_| is_any);
    formula.flat_map(|formula| formula.references()).flat_map(move |reference| {
        let cells = match &reference.target {
            Target::Cells(cells) => Some(cells),
            _ => None,
        };
        let found = cells.and_then(|cells| {
            let sheet = workbook.sheet(cells.sheet_from(&written.sheet.name))?;
            Some((sheet, cells.area, errors.get(&*sheet.name)?))
        });
        found.into_iter().flat_map(move |(sheet, area, errors)| {
            let rows = errors.range(Position::new(area.first.row, 0)..=Position::new(area.last.row, area.last.column));
            let is_own = move |at: Position| sheet.name == written.sheet.name && at == written.at;
            rows.copied().filter(move |at| area.contains(*at) && !is_own(*at)).map(move |at| (sheet, at))
        })
    })
}

fn hides(written: &Written<'_>) -> bool {
    let functions = written.formula.as_ref().map(|formula| formula.functions()).unwrap_or_default();
    functions.iter().any(|name| HIDING.contains(name))
}

fn is_broken(written: &Written<'_>) -> bool {
    written.formula.as_ref().is_some_and(|formula| formula.is_broken())
}

/// The cells that are judged by their types: those of the tables' fields, and of their totals.
fn cells_of_tables(workbook: &Workbook) -> BTreeSet<(&str, Position)> {
    let of_table = |table: &crate::model::Table| -> Vec<Position> {
        let rows = table.rows.iter().chain(&table.total);
        let is_found = |index: usize| matches!(table.columns.get(index), Some(Some(_)));
        rows.flat_map(|row| {
            row.cells.iter().enumerate().filter(|(index, _)| is_found(*index)).map(|(_, cell)| cell.position)
        })
        .collect()
    };
    workbook.tables.iter().flat_map(|table| of_table(table).into_iter().map(|at| (&*table.sheet, at))).collect()
}

fn hidden(workbook: &Workbook, written: &Written<'_>, sheet: &Sheet, at: Position, outcome: &mut Outcome) {
    let cell = named(written, sheet, at);
    let message = format!(
        "{} shows {} although {cell}, which it uses, is {}: its formula is {}.",
        written.at,
        written.cell.raw.shown(),
        error_at(sheet, at),
        formula(written.text)
    );
    let mut finding = ERROR_HIDDEN.finding(written.place(workbook), message, format!("Correct {cell}."));
    // Not related, or it would be folded into the error itself: that an error is hidden is a fault of its own.
    let place = Place::area(&workbook.path, &sheet.name, at);
    let suggestion = Suggestion {
        text: format!("the error in {cell}, hidden by the formula in {}", written.at),
        cells: vec![place],
    };
    finding.cause = Some(Cause { suggestion, difference: None });
    outcome.findings.push(finding);
}

fn used_beside(workbook: &Workbook, sheet: &Sheet, at: Position, outcome: &mut Outcome) {
    let message = format!("{at} shows the Excel error {}, and formulas use it.", error_at(sheet, at));
    let place = Place::area(&workbook.path, &sheet.name, at);
    outcome.findings.push(ERROR_BESIDE_TABLE.finding(
        place,
        message,
        format!("Correct the formula in {at}, or type the value."),
    ));
}

fn broken(workbook: &Workbook, written: &Written<'_>, is_reported: bool, outcome: &mut Outcome) {
    if !is_broken(written) || is_reported {
        return;
    }
    let message = format!(
        "The formula in {} refers to cells that were deleted: {}. It will show #REF! when it is calculated again.",
        written.at,
        formula(written.text)
    );
    let fix = "Put the cells that are meant in place of #REF!.";
    let place = written.place(workbook);
    let mut finding = BROKEN_REFERENCE.finding(place.clone(), message, fix);
    let suggestion =
        Suggestion { text: format!("cells that were deleted, in the formula of {}", written.at), cells: vec![place] };
    finding.cause = Some(Cause { suggestion, difference: None });
    outcome.findings.push(finding);
}

fn error_at(sheet: &Sheet, at: Position) -> String {
    sheet.grid.as_ref().and_then(|grid| grid.cell(at)).map(|cell| cell.raw.shown()).unwrap_or_default()
}

/// A cell as seen from a formula: with its sheet where that is another.
fn named(written: &Written<'_>, sheet: &Sheet, at: Position) -> String {
    if sheet.name == written.sheet.name { at.to_string() } else { format!("{}!{at}", sheet.name) }
}
