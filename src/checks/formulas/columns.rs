//! Columns of formulas: whether a number was typed over one of them, and whether one is unlike the others.

use std::collections::{BTreeMap, BTreeSet};

use super::super::runs::{Fault, Run, gather};
use super::super::view::TableView;
use super::super::words::{formula, named};
use super::written::Written;
use crate::formula::without_texts;
use crate::model::{About, Cause, Check, Finding, Grid, Outcome, Over, Place, Position, RawValue, Suggestion};
use crate::schema::Layout;

pub(super) static FORMULA_TYPED_OVER: Check = Check::warning(
    "formula-typed-over",
    "A number stands in a column of formulas",
    About {
        meaning: "The other cells of the column are formulas of one kind, and this one holds a typed number.",
        why: "The number stays as it is when the figures beside it change, and nothing on the sheet shows it.",
        example: "2,310.00 in F7, where F4:F13 say =C4-E4, =C5-E5 and so on.",
        mend: "Copy the formula down from the cell above, and look at what changes.",
    },
)
.over(Over::FormulasOfRecords)
.not_required();

pub(super) static FORMULA_UNLIKE_OTHERS: Check = Check::warning(
    "formula-unlike-others",
    "A formula is unlike the others of its column",
    About {
        meaning: "The other cells of the column are formulas of one kind, and this one refers to other cells or reckons \
                  otherwise.",
        why: "It was likely changed by a slip: the column then shows one thing under its heading, and another here.",
        example: "=C7-D7 in F7, where the others say =C4-E4, =C5-E5 and so on.",
        mend: "Copy the formula down from the cell above, or say beside it why this one differs.",
    },
)
.over(Over::FormulasOfRecords)
.not_required();

/// The fewest formulas of one kind that show what a column's formulas are.
const FEWEST_ALIKE: usize = 3;
/// Of so many cells at most one may differ, for the others to show what was meant.
const CELLS_FOR_ONE_ODD: usize = 4;

/// Judges each column of a table that is made of formulas, known to the table or not.
pub(super) fn check(view: TableView<'_>, formulas: &[Written<'_>], outcome: &mut Outcome) {
    let sheet = view.workbook.sheet(&view.table.sheet);
    let Some(grid) = sheet.and_then(|sheet| sheet.grid.as_ref()) else { return };
    if view.schema.crosscast.layout != Layout::Rows {
        return;
    }
    let lines: BTreeMap<u32, usize> =
        view.table.rows.iter().enumerate().map(|(index, row)| (row.line, index)).collect();
    let mut columns: BTreeMap<u32, Vec<&Written<'_>>> = BTreeMap::new();
    for written in formulas.iter().filter(|one| one.sheet.name == view.table.sheet && lines.contains_key(&one.at.row)) {
        columns.entry(written.at.column).or_default().push(written);
    }
    for (column, formulas) in columns {
        outcome.findings.extend(judged(view, grid, &lines, column, &formulas));
    }
}

fn judged(
    view: TableView<'_>,
    grid: &Grid,
    lines: &BTreeMap<u32, usize>,
    column: u32,
    formulas: &[&Written<'_>],
) -> Vec<Finding> {
    let Some(usual) = Usual::of(formulas) else { return Vec::new() };
    let first_line = lines.keys().next().copied();
    // A running balance begins with another formula, or a number.
    let may_differ = |at: &Position| usual.names_the_line_above && Some(at.row) == first_line;
    let unlike: Vec<&&Written<'_>> =
        formulas.iter().filter(|one| one.shape() != usual.shape && !may_differ(&one.at) && !is_subtotal(one)).collect();
    let with_formula: BTreeSet<Position> = formulas.iter().map(|one| one.at).collect();
    let typed: Vec<Position> = lines
        .keys()
        .map(|line| Position::new(*line, column))
        .filter(|at| !with_formula.contains(at) && !may_differ(at))
        .filter(|at| grid.cell(*at).is_some_and(|cell| matches!(cell.raw, RawValue::Number(_) | RawValue::Date(_))))
        .collect();
    let odd = unlike.len() + typed.len();
    if odd * CELLS_FOR_ONE_ODD > usual.cells.len() + odd {
        return Vec::new();
    }
    let like = &usual.cells[0];
    let mut found = Vec::new();
    let shown = |at: Position| grid.cell(at).map(|cell| cell.raw.shown()).unwrap_or_default();
    let faults = typed.iter().map(|at| fault(lines, *at, shown(*at), String::new()));
    for run in gather(&FORMULA_TYPED_OVER, faults) {
        let (hold, a_number) = run.either(("holds", "a typed number"), ("hold", "typed numbers"));
        let message = format!(
            "{} {hold} {a_number}, {}; the other cells of the column are formulas like {} in {}.",
            run.ranges(),
            named(&run.shown),
            formula(like.text),
            like.at
        );
        let clause = format!("{a_number} in {}, where the column has formulas", run.ranges());
        found.push(finding(view, &run, message, clause));
    }
    let faults = unlike.iter().map(|one| fault(lines, one.at, formula(one.text), one.shape()));
    for run in gather(&FORMULA_UNLIKE_OTHERS, faults) {
        // Without their texts the two would look the same.
        let has_other_texts = without_texts(&run.cause) == without_texts(&usual.shape);
        let message = format!(
            "{}; the other formulas of the column are like {} in {}{}.",
            run.says(),
            formula(like.text),
            like.at,
            if has_other_texts { ", with other texts between the quotation marks" } else { "" }
        );
        let clause = format!("the formula in {}, unlike the others of its column", run.ranges());
        found.push(finding(view, &run, message, clause));
    }
    found
}

fn fault(lines: &BTreeMap<u32, usize>, at: Position, shown: String, cause: String) -> Fault {
    Fault { line: lines.get(&at.row).copied().unwrap_or_default(), position: at, cause, shown }
}

fn finding(view: TableView<'_>, run: &Run, message: String, clause: String) -> Finding {
    let place = view.place(run.area);
    let fix = format!("Copy the formula of the column into {}, or say beside it why it differs.", run.each());
    let mut finding = run.check().finding(place.clone(), message, fix);
    let cells: Vec<Place> = vec![place];
    finding.cause = Some(Cause { suggestion: Suggestion { text: clause, cells }, difference: None });
    finding
}

/// What most formulas of a column have in common.
struct Usual<'a> {
    shape: String,
    cells: Vec<&'a Written<'a>>,
    /// Whether each refers to its own column in the line above it, as a running balance does.
    names_the_line_above: bool,
}

impl<'a> Usual<'a> {
    fn of(formulas: &[&'a Written<'a>]) -> Option<Self> {
        let mut shapes: BTreeMap<String, Vec<&Written<'_>>> = BTreeMap::new();
        for written in formulas {
            shapes.entry(written.shape()).or_default().push(written);
        }
        let most = shapes.values().map(Vec::len).max()?;
        // Where two kinds are as many, neither is the usual one.
        if shapes.values().filter(|cells| cells.len() == most).count() > 1 {
            return None;
        }
        let (shape, cells) = shapes.into_iter().find(|(_, cells)| cells.len() == most)?;
        let first = cells.first().filter(|_| most >= FEWEST_ALIKE)?;
        let above = first.at.row.checked_sub(1).map(|row| Position::new(row, first.at.column));
        let names_the_line_above = above.is_some_and(|above| names(first, above));
        Some(Self { shape, names_the_line_above, cells })
    }
}

fn names(written: &Written<'_>, at: Position) -> bool {
    use crate::formula::Target;
    let references = written.formula.as_ref().map(|formula| formula.references()).unwrap_or_default();
    references.iter().any(|reference| match &reference.target {
        Target::Cells(cells) => cells.contain(&written.sheet.name, &written.sheet.name, at),
        _ => false,
    })
}

/// Whether a formula adds several lines of its own column, as a subtotal between them does.
fn is_subtotal(written: &Written<'_>) -> bool {
    let sums = written.formula.as_ref().map(|formula| formula.sums()).unwrap_or_default();
    sums.iter().any(|sum| {
        let is_own = |area: &crate::model::Area| {
            area.first.column == written.at.column
                && area.last.column == written.at.column
                && area.first.row < area.last.row
        };
        sum.is_whole && sum.areas.iter().all(|cells| is_own(&cells.area))
    })
}
