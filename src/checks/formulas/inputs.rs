//! What formulas reckon with: cells that are empty, and texts that are no numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::super::runs::{Fault, Run, gather};
use super::super::words::{formula, quoted};
use super::written::Written;
use crate::formula::Target;
use crate::model::{
    About, Cause, Check, Finding, Outcome, Over, Place, Position, RawValue, Sheet, Suggestion, Workbook,
};

pub(super) static REFERS_TO_EMPTY_CELL: Check = Check::warning(
    "formula-uses-empty-cell",
    "A formula reckons with an empty cell",
    About {
        meaning: "The formula names a single cell that is empty, beside others that are not. Excel takes it for nought. A \
                  column that formulas use line by line, and that is filled on some lines, may be empty on others.",
        why: "Either a figure is missing, or the formula points one cell too far.",
        example: "=C14-E15, where the total stands in E14 and E15 is empty.",
        mend: "Fill in the cell, or point the formula at the cell that is meant.",
    },
)
.over(Over::Formulas)
.not_required();

pub(super) static REFERS_TO_TEXT: Check = Check::warning(
    "formula-uses-text",
    "A formula reckons with a text",
    About {
        meaning: "The formula names a single cell that holds a text. Excel's sums pass over it without a word.",
        why: "A figure is left out, or the formula points at a heading or label.",
        example: "=SUM(F3,F5), where F3 is the heading.",
        mend: "Point the formula at the cell that is meant, or type the number into it.",
    },
)
.over(Over::Formulas)
.not_required();

/// Functions that reckon with numbers alone, in which an empty cell or a text cannot be meant.
const RECKONING: [&str; 5] = ["SUM", "ROUND", "ABS", "AVERAGE", "PRODUCT"];

/// What a formula reckons with that is no number.
struct Odd<'a> {
    written: &'a Written<'a>,
    sheet: &'a Sheet,
    at: Position,
    /// The text; none for an empty cell.
    text: Option<&'a str>,
}

/// Judges the single cells that formulas reckon with.
pub(super) fn check(workbook: &Workbook, formulas: &[Written<'_>], outcome: &mut Outcome) {
    let numeric = cells_judged_by_type(workbook);
    let odd: Vec<Odd<'_>> = formulas.iter().flat_map(|written| odd_cells(workbook, written)).collect();
    let ledgers = Ledgers::of(workbook, formulas);
    let empty = odd.iter().filter(|odd| odd.text.is_none() && !ledgers.leave_empty(odd));
    let texts = odd.iter().filter(|odd| odd.text.is_some() && !numeric.contains(&(&*odd.sheet.name, odd.at)));
    outcome.findings.extend(findings(workbook, &REFERS_TO_EMPTY_CELL, empty));
    outcome.findings.extend(findings(workbook, &REFERS_TO_TEXT, texts));
}

/// The single cells that a formula reckons with and that hold no number, where others of them do.
fn odd_cells<'a>(workbook: &'a Workbook, written: &'a Written<'a>) -> Vec<Odd<'a>> {
    let Some(formula) = &written.formula else { return Vec::new() };
    let reckons = formula.functions().iter().all(|name| RECKONING.contains(name));
    if !reckons || !matches!(written.cell.raw, RawValue::Number(_)) {
        return Vec::new();
    }
    let mut odd = Vec::new();
    let mut is_any_filled = false;
    for reference in formula.references() {
        let Target::Cells(cells) = &reference.target else { continue };
        let Some(sheet) = workbook.sheet(cells.sheet_from(&written.sheet.name)) else { continue };
        let Some(grid) = &sheet.grid else { continue };
        let at = cells.area.first;
        if !cells.is_single() {
            is_any_filled |= grid.within(cells.area).any(|(_, cell)| cell.is_filled());
            continue;
        }
        match grid.cell(at).map(|cell| &cell.raw) {
            Some(RawValue::Text(text)) if !text.trim().is_empty() => {
                is_any_filled = true;
                odd.push(Odd { written, sheet, at, text: Some(text) });
            }
            Some(raw) if !raw.is_blank() => is_any_filled = true,
            _ if grid.cell(at).is_some_and(|cell| cell.is_filled()) => is_any_filled = true,
            _ => odd.push(Odd { written, sheet, at, text: None }),
        }
    }
    // Lines of a template that wait to be filled in reckon with nothing at all.
    if is_any_filled || odd.iter().any(|odd| odd.text.is_some()) { odd } else { Vec::new() }
}

/// A column of a sheet.
type Column<'a> = (&'a str, u32);

/// The columns of formulas that reckon line by line with columns which are filled on some lines and not on others, as a
/// running balance does with debits and credits. What is empty there is meant to be.
struct Ledgers<'a> {
    /// The rows of the formulas of each column, those of totals apart.
    rows: BTreeMap<Column<'a>, BTreeSet<u32>>,
    /// The columns of formulas, each with a column of which they use filled cells.
    filled: BTreeSet<(Column<'a>, Column<'a>)>,
}

impl<'a> Ledgers<'a> {
    fn of(workbook: &'a Workbook, formulas: &'a [Written<'a>]) -> Self {
        let totals: BTreeSet<(&str, u32)> =
            workbook.tables.iter().filter_map(|table| Some((&*table.sheet, table.total.as_ref()?.line))).collect();
        let mut ledgers = Self { rows: BTreeMap::new(), filled: BTreeSet::new() };
        for written in formulas.iter().filter(|one| !totals.contains(&(&*one.sheet.name, one.at.row))) {
            let column = (&*written.sheet.name, written.at.column);
            ledgers.rows.entry(column).or_default().insert(written.at.row);
            for reference in written.formula.iter().flat_map(|formula| formula.references()) {
                let Target::Cells(cells) = &reference.target else { continue };
                let Some(sheet) = workbook.sheet(cells.sheet_from(&written.sheet.name)) else { continue };
                let at = cells.area.first;
                let cell = sheet.grid.as_ref().filter(|_| cells.is_single()).and_then(|grid| grid.cell(at));
                if cell.is_some_and(|cell| cell.is_filled()) {
                    ledgers.filled.insert((column, (&sheet.name, at.column)));
                }
            }
        }
        ledgers
    }

    /// Whether an empty cell is one that such formulas find empty on some lines: it stands on a line of theirs, in a column
    /// that is filled on others.
    fn leave_empty(&self, odd: &Odd<'_>) -> bool {
        let column = (&*odd.written.sheet.name, odd.written.at.column);
        let Some(rows) = self.rows.get(&column).filter(|rows| rows.len() > 1) else { return false };
        rows.contains(&odd.written.at.row)
            && rows.contains(&odd.at.row)
            && self.filled.contains(&(column, (&*odd.sheet.name, odd.at.column)))
    }
}

/// The cells in whose columns numbers belong: a text there is found by its type.
fn cells_judged_by_type(workbook: &Workbook) -> BTreeSet<(&str, Position)> {
    let mut found = BTreeSet::new();
    for table in &workbook.tables {
        for cell in table.rows.iter().chain(&table.total).flat_map(|row| &row.cells) {
            if cell.converted.is_some() {
                found.insert((&*table.sheet, cell.position));
            }
        }
    }
    found
}

/// Formulas below each other with one shape that reckon with cells beside each other are one finding.
fn findings<'a>(workbook: &Workbook, check: &'static Check, odd: impl Iterator<Item = &'a Odd<'a>>) -> Vec<Finding> {
    let mut groups: BTreeMap<(&str, u32), Vec<&Odd<'_>>> = BTreeMap::new();
    for one in odd {
        groups.entry((&one.written.sheet.name, one.written.at.column)).or_default().push(one);
    }
    let mut found = Vec::new();
    for group in groups.into_values() {
        let faults = group.iter().map(|one| Fault {
            line: one.written.at.row as usize,
            position: one.written.at,
            cause: format!("{} {}", one.written.shape(), i64::from(one.at.column) - i64::from(one.written.at.column)),
            shown: named(one),
        });
        for run in gather(check, faults) {
            let first = group.iter().find(|one| run.area.first == one.written.at);
            found.extend(first.map(|first| finding(workbook, check, &run, first)));
        }
    }
    found
}

fn finding(workbook: &Workbook, check: &'static Check, run: &Run, first: &Odd<'_>) -> Finding {
    let cell = named(first);
    let (what, fix) = match first.text {
        None => {
            ("which is empty".to_owned(), format!("Fill in {cell}, or point the formula at the cell that is meant."))
        }
        Some(text) => (
            format!("which holds the text {}", quoted(text)),
            "Point the formula at the cell that is meant, or type the number into it.".to_owned(),
        ),
    };
    let message = if run.is_single() {
        format!("The formula in {}, {}, uses {cell}, {what}.", run.area, formula(first.written.text))
    } else {
        format!(
            "The formulas in {} use such cells: {} is {} and uses {cell}, {what}.",
            run.ranges(),
            first.written.at,
            formula(first.written.text)
        )
    };
    let mut finding = check.finding(Place::area(&workbook.path, &first.written.sheet.name, run.area), message, fix);
    let used = Place::area(&workbook.path, &first.sheet.name, first.at);
    finding.related.push(used.clone());
    let kind = if first.text.is_none() { "empty" } else { "a text" };
    let suggestion = Suggestion {
        text: format!("{cell}, which is {kind}, used by the formula in {}", first.written.at),
        cells: vec![used],
    };
    finding.cause = Some(Cause { suggestion, difference: None });
    finding
}

/// The cell as seen from its formula: with its sheet where that is another.
fn named(odd: &Odd<'_>) -> String {
    if odd.sheet.name == odd.written.sheet.name { odd.at.to_string() } else { format!("{}!{}", odd.sheet.name, odd.at) }
}
