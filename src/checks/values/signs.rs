//! Signs: amounts that are negative where they usually are not.

use super::as_text::has_sign_of_text;
use crate::checks::constraints::is_below_minimum;
use crate::checks::runs::{Fault, Run, gather};
use crate::checks::view::ColumnView;
use crate::checks::words::{in_sentence, named, shortened, shown};
use crate::model::{About, Cause, Cell, Check, Money, Outcome, Over, Suggestion, Value};
use crate::schema::{Field, Usually};

static NEGATIVE_AMOUNT: Check = Check::warning(
    "negative-amount",
    "A figure is negative where figures usually are not",
    About {
        meaning: "The pack says that the figures of this column are usually positive, and this one is negative.",
        why: "A refund is right, and a slip of the sign takes twice the amount from the total.",
        example: "-£250.00 among the payments of a month.",
        mend: "If it is a refund, nothing needs doing; otherwise correct the sign.",
    },
)
.over(Over::Values);

pub(super) static CHECKS: [&Check; 1] = [&NEGATIVE_AMOUNT];

/// The check of signs, if the pack says how those of a field usually are.
pub(super) fn asked_by(field: &Field) -> Option<&'static Check> {
    (field.crosscast.usually == Some(Usually::Positive)).then_some(&NEGATIVE_AMOUNT)
}

/// Judges the signs of a column whose figures are usually positive. One below its minimum is a fault of its own.
pub(super) fn check(column: ColumnView<'_>, outcome: &mut Outcome) {
    if asked_by(column.field).is_none() {
        return;
    }
    let is_ours = |cell: &Cell| is_negative(cell) && !has_sign_of_text(cell) && !is_below_minimum(cell, column.field);
    let faults = column.numbered().filter(|(_, cell)| is_ours(cell));
    let faults = faults.map(|(line, cell)| Fault {
        line,
        position: cell.position,
        cause: String::new(),
        shown: shown(&cell.value),
    });
    for run in gather(&NEGATIVE_AMOUNT, faults) {
        let what = in_sentence(column.field.heading());
        let says = run.either("says", "say");
        let mut finding = run.finding(
            column,
            format!("{} {says} {}, and the {what} is usually positive.", run.ranges(), named(&run.shown)),
            format!("If it is no refund or correction, type {} without the minus.", run.each()),
        );
        finding.actual = run.shown.first().filter(|_| run.is_single()).cloned();
        finding.cause = sign_turned(&run, column);
        outcome.findings.push(finding);
    }
}

/// What a sign that was turned adds to every figure that depends on the cell: twice the figure.
fn sign_turned(run: &Run, column: ColumnView<'_>) -> Option<Cause> {
    let row = column.row_of(run.area.first).filter(|_| run.is_single())?;
    let (figures, figure) = (column.kind().figures()?, row.cells.get(column.index)?.value.figure()?);
    let label = column.of.schema.label(row).map(|label| format!(", {}", shortened(label))).unwrap_or_default();
    let text = format!("{} ({}{label}) with its sign turned", run.area, figures.show(figure));
    Some(Cause {
        suggestion: Suggestion { text, cells: vec![column.of.place(run.area)] },
        difference: figures.difference(figure.checked_mul(-2)?),
    })
}

fn is_negative(cell: &Cell) -> bool {
    match cell.value {
        Value::Money(money) => money < Money::default(),
        Value::Integer(number) => number < 0,
        Value::Number(number) => number < 0.0,
        _ => false,
    }
}
