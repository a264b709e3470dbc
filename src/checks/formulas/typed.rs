//! Totals that are typed: a number where a formula should add the lines.

use super::super::sum;
use super::super::view::{ColumnView, TableView};
use super::added::adds_lines;
use super::written::Written;
use crate::model::{About, Cause, Cell, Check, Finding, Outcome, RawValue, Severity, Suggestion};
use crate::schema::Layout;

pub(super) const TYPED_OVER: Check = Check::warning(
    "total-typed-over",
    "A total is a number that was typed, not a formula",
    About {
        meaning: "The cell of the total holds a number. Where other totals of its row are formulas it was likely typed over \
                  one; otherwise it is only said for information, and only while the number is right.",
        why: "A typed total stays as it is when a line changes, and nothing on the sheet shows it.",
        example: "9,061.00 typed into C14, where D14 says =SUM(D4:D13).",
        mend: "Put the formula back that adds the lines, such as =SUM(C4:C13).",
    },
)
.not_required();

/// Judges the totals of a table. A typed total that is wrong, beside which none is a formula, is found by what it should be.
pub(super) fn check(view: TableView<'_>, formulas: &[Written<'_>], outcome: &mut Outcome) {
    let Some(total) = view.table.total.as_ref().filter(|_| view.schema.crosscast.layout == Layout::Rows) else {
        return;
    };
    let in_row = formulas.iter().filter(|one| one.sheet.name == view.table.sheet && one.at.row == total.line);
    let with_formula: Vec<&Written<'_>> = in_row.filter(|one| adds_lines(view, one)).collect();
    for column in view.columns().filter(|column| column.kind().figures().is_some()) {
        let Some(cell) = column.total().filter(|cell| matches!(cell.raw, RawValue::Number(_))) else { continue };
        if cell.formula.is_none() && view.table.rows.len() > 1 {
            outcome.findings.extend(judged(column, cell, with_formula.first().copied()));
        }
    }
}

fn judged(column: ColumnView<'_>, cell: &Cell, beside: Option<&Written<'_>>) -> Option<Finding> {
    let figures = column.kind().figures()?;
    let (stated, computed) = (cell.value.figure(), sum::of_column(column).ok());
    let is_right = stated.is_some() && stated == computed;
    let at = cell.position;
    let area = column.area()?;
    let shown = stated.map_or_else(|| cell.raw.shown(), |stated| figures.show(stated));
    let fix = format!("Put the formula =SUM({area}) into {at}.");
    let mut finding = match beside {
        Some(beside) => {
            let message = format!(
                "The total in {at}, {shown}, is a typed number; {} beside it is the formula ={}.",
                beside.at, beside.text
            );
            TYPED_OVER.finding(column.of.place(at), message, fix)
        }
        None if is_right => {
            let message = format!(
                "The total in {at}, {shown}, is a typed number. It is right now, and stays as it is when a line changes."
            );
            let mut finding = TYPED_OVER.finding(column.of.place(at), message, fix);
            finding.severity = Severity::Info;
            finding
        }
        None => return None,
    };
    let difference = stated.zip(computed).and_then(|(stated, computed)| stated.checked_sub(computed));
    if let Some(difference) = difference.filter(|difference| *difference != 0) {
        let suggestion = Suggestion {
            text: format!("the total in {at} typed as a number where a formula should add {area}"),
            cells: vec![column.of.place(at)],
        };
        finding.cause = Some(Cause { suggestion, difference: figures.difference(difference) });
    }
    Some(finding)
}
