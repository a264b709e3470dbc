//! Percentages typed as whole numbers: 50 where 0.5, shown as 50%, is meant.

use crate::checks::Context;
use crate::checks::runs::{Fault, gather};
use crate::checks::view::ColumnView;
use crate::checks::words::named;
use crate::model::{About, Cell, Check, Figures, Outcome, Over, RawValue, Value};
use crate::schema::FieldKind;

/// Above this a percentage that is not shown as one is taken for a whole number: 150%.
const THRESHOLD: f64 = 1.5;

/// So many times the threshold is too much for a percentage that is shown as one, or stands among figures of other units.
const TOO_MANY_TIMES: f64 = 10.0;

/// The most that the column's other values may be.
const WHOLE: f64 = 1.0;

static PERCENTAGE_AS_WHOLE_NUMBER: Check = Check::warning(
    "percentage-as-whole-number",
    "A percentage is typed as a whole number",
    About {
        meaning: "The cell holds a number above the threshold (1.5, which is 150%, unless the pack sets another) without \
                  the percentage format, while no other value of its column is above 100%; or, with the format or \
                  among figures of other units, one above ten times the threshold.",
        why: "Excel holds 50% as 0.5: 50 is 5,000%, and an average over the column is far too large.",
        example: "50 in a column of which the other cells show 45% and 62%.",
        mend: "Type the value with its percent sign, such as 50%.",
    },
)
.over(Over::Percentages);

pub(super) static CHECKS: [&Check; 1] = [&PERCENTAGE_AS_WHOLE_NUMBER];

/// The rows of the sheet, zero-based, that have a percentage in a column: those on which the check runs.
pub(in crate::checks) fn rows_with_percentages(column: ColumnView<'_>) -> impl Iterator<Item = u32> {
    percentages(column).into_iter().map(|one| one.cell.position.row)
}

/// A percentage of a column.
struct Percentage<'a> {
    line: usize,
    cell: &'a Cell,
    value: f64,
    is_shown_as_such: bool,
}

/// Judges a column of percentages, or those of a column whose rows say their units.
pub(super) fn check(column: ColumnView<'_>, context: &Context<'_>, outcome: &mut Outcome) {
    let percentages = percentages(column);
    let (schema, field) = (&column.of.schema.name, &column.field.name);
    let options = context.pack.check_options_in(PERCENTAGE_AS_WHOLE_NUMBER.code, Some(schema), Some(field));
    let threshold = options.threshold.unwrap_or(THRESHOLD);
    let is_bare = |one: &Percentage<'_>| !one.is_shown_as_such && one.value > threshold;
    let mut others = percentages.iter().filter(|one| !is_bare(one)).peekable();
    let are_fractions = others.peek().is_some() && others.all(|one| one.value <= WHOLE);
    let is_wrong = |one: &&Percentage<'_>| (are_fractions && is_bare(one)) || one.value > threshold * TOO_MANY_TIMES;
    // Where all are too large, whole numbers are how the column is kept.
    if percentages.len() > 1 && percentages.iter().all(is_bare) {
        return;
    }
    let faults = percentages.iter().filter(is_wrong).map(|one| Fault {
        line: one.line,
        position: one.cell.position,
        cause: String::new(),
        shown: one.value.to_string(),
    });
    for run in gather(&PERCENTAGE_AS_WHOLE_NUMBER, faults) {
        let (holds, is) = run.either(("holds", "is"), ("hold", "are"));
        let values = percentages.iter().filter(|one| run.area.contains(one.cell.position) && is_wrong(one));
        let to_excel: Vec<String> = values.map(|one| as_per_cent(one.value)).collect();
        let per_cent: Vec<String> = run.shown.iter().map(|shown| format!("{shown}%")).collect();
        let mut finding = run.finding(
            column,
            format!(
                "{} {holds} {}, which to Excel {is} {}; {} could be meant.",
                run.ranges(),
                named(&run.shown),
                named(&to_excel),
                named(&per_cent),
            ),
            format!("Type the percentage with its sign, such as {}, into {}.", per_cent[0], run.each()),
        );
        finding.actual = run.shown.first().filter(|_| run.is_single()).cloned();
        outcome.findings.push(finding);
    }
}

/// A number as Excel shows it in the percentage format: `20,000%` for 200.
fn as_per_cent(value: f64) -> String {
    match Figures::parts(value * 100.0) {
        Some(parts) if parts % 1_000_000_000 == 0 => format!("{}%", Figures::Ones.show(parts / 1_000_000_000)),
        Some(parts) => format!("{}%", Figures::Parts.show(parts)),
        None => format!("{}%", value * 100.0),
    }
}

/// The percentages of a column, from the top down.
fn percentages(column: ColumnView<'_>) -> Vec<Percentage<'_>> {
    let unit_at = column.field.crosscast.unit_in.as_ref().and_then(|name| column.of.schema.field_index(name));
    if column.kind() != FieldKind::Percentage && unit_at.is_none() {
        return Vec::new();
    }
    let percentages = column.rows().filter_map(|(line, row, cell)| {
        let Value::Number(value) = cell.value else { return None };
        let says_so = || unit_at.and_then(|at| row.cells.get(at)).is_some_and(|unit| is_per_cent(&unit.value));
        (column.kind() == FieldKind::Percentage || says_so()).then(|| Percentage {
            line,
            cell,
            value,
            is_shown_as_such: is_shown_as_percentage(column, cell),
        })
    });
    percentages.collect()
}

/// Whether a unit is the hundredth.
fn is_per_cent(unit: &Value) -> bool {
    let Value::Text(unit) = unit else { return false };
    matches!(&*unit.to_lowercase(), "%" | "percent" | "per cent" | "percentage")
}

/// Whether a cell shows its number with a percent sign, or is a text that has one.
fn is_shown_as_percentage(column: ColumnView<'_>, cell: &Cell) -> bool {
    if let RawValue::Text(text) = &cell.raw {
        return text.contains('%');
    }
    let format = column.grid().and_then(|grid| grid.cell(cell.position)).and_then(|cell| cell.format.as_deref());
    format.is_some_and(|format| format.contains('%'))
}
