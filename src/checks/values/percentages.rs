//! Percentages typed as whole numbers: 50 where 0.5, shown as 50%, is meant.

use crate::checks::Context;
use crate::checks::runs::{Fault, gather};
use crate::checks::view::ColumnView;
use crate::checks::words::named;
use crate::model::{About, Cell, Check, Outcome, RawValue, Value};
use crate::schema::FieldKind;

/// Above this a percentage that is not shown as one is taken for a whole number: 150%.
pub(super) const THRESHOLD: f64 = 1.5;

/// The most that the column's other values may be.
const WHOLE: f64 = 1.0;

static PERCENTAGE_AS_WHOLE_NUMBER: Check = Check::warning(
    "percentage-as-whole-number",
    "A percentage is typed as a whole number",
    About {
        meaning: "The cell holds a number above the threshold (1.5, which is 150%, unless the pack sets another) without \
                  the percentage format, while no other value of its column is above 100%.",
        why: "Excel holds 50% as 0.5: 50 is 5,000%, and an average over the column is far too large.",
        example: "50 in a column of which the other cells show 45% and 62%.",
        mend: "Type the value with its percent sign, such as 50%.",
    },
);

pub(super) static CHECKS: [&Check; 1] = [&PERCENTAGE_AS_WHOLE_NUMBER];

/// Judges a column of percentages.
pub(super) fn check(column: ColumnView<'_>, context: &Context<'_>, outcome: &mut Outcome) {
    if column.kind() != FieldKind::Percentage {
        return;
    }
    let options = context.pack.check_options_in(
        PERCENTAGE_AS_WHOLE_NUMBER.code,
        Some(&column.of.schema.name),
        Some(&column.field.name),
    );
    let threshold = options.threshold.unwrap_or(THRESHOLD);
    let is_whole = |cell: &Cell, value: f64| value > threshold && !is_shown_as_percentage(column, cell);
    let values = || {
        column.cells().enumerate().filter_map(|(line, cell)| match cell.value {
            Value::Number(value) => Some((line, cell, value)),
            _ => None,
        })
    };
    let mut others = values().filter(|(_, cell, value)| !is_whole(cell, *value)).peekable();
    if others.peek().is_none() || others.any(|(_, _, value)| value > WHOLE) {
        return;
    }
    let faults = values().filter(|(_, cell, value)| is_whole(cell, *value)).map(|(line, cell, value)| Fault {
        line,
        position: cell.position,
        cause: String::new(),
        shown: value.to_string(),
    });
    for run in gather(&PERCENTAGE_AS_WHOLE_NUMBER, faults) {
        let holds = run.either("holds", "hold");
        let per_cent: Vec<String> = run.shown.iter().map(|shown| format!("{shown}%")).collect();
        let mut finding = run.finding(
            column,
            format!(
                "{} {holds} {}, which Excel takes for a hundred times as many per cent; {} {} meant.",
                run.ranges(),
                named(&run.shown),
                named(&per_cent),
                run.either("could be", "could be")
            ),
            format!("Type the percentage with its sign, such as {}, into {}.", per_cent[0], run.each()),
        );
        finding.actual = run.shown.first().filter(|_| run.is_single()).cloned();
        outcome.findings.push(finding);
    }
}

/// Whether a cell shows its number with a percent sign, or is a text that has one.
fn is_shown_as_percentage(column: ColumnView<'_>, cell: &Cell) -> bool {
    if let RawValue::Text(text) = &cell.raw {
        return text.contains('%');
    }
    let format = column.grid().and_then(|grid| grid.cell(cell.position)).and_then(|cell| cell.format.as_deref());
    format.is_some_and(|format| format.contains('%'))
}
