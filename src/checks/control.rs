//! The control total: what the year's approved total asks of the lines and of the total that the sheet states.

use super::not_run::{self, could_not_be_read};
use super::sum;
use super::totals;
use super::view::ColumnView;
use crate::model::{
    About, Cell, Check, Comparison, Figures, Finding, Money, Outcome, Over, Place, Severity, capitalised,
};
use crate::schema::{Field, FieldKind, Year};

const CONTROL_TOTAL: Check = Check {
    code: "control-total",
    over: Over::Columns,
    severity: Severity::Error,
    explainable: true,
    required: true,
    title: "The lines or their total are not the approved total",
    about: About {
        meaning: "The partnership approved a total for the year. The lines must add up to it, and the sheet must state it.",
        why: "Money that was granted and is in no line, or is in a line and was not granted, must be found before \
              the report is published.",
        example: "Lines of £133,250.00 against an approved total of £139,250.00.",
        mend: "Add the missing line or correct the amounts; if the approved total itself has changed, change it in \
               partnership.yaml.",
    },
};

pub(super) static CHECKS: [&Check; 1] = [&CONTROL_TOTAL];

/// The check of the approved total, if a field's column is held to it.
pub(super) fn asked_by(field: &Field) -> Option<&'static Check> {
    (field.crosscast.control_total && field.kind() == FieldKind::Money).then_some(&CONTROL_TOTAL)
}

/// Judges a controlled column against the year's approved total.
pub(super) fn check(column: ColumnView<'_>, year: &Year, outcome: &mut Outcome) {
    if asked_by(column.field).is_none() {
        return;
    }
    let path = &column.of.workbook.path;
    let Some(approved) = year.approved_total.map(Money::pence) else {
        let why = format!("No approved total is given for {} in partnership.yaml ({path}).", year.name);
        return not_run::list(outcome, CONTROL_TOTAL.code, why);
    };
    let total = totals::stated(column);
    let stated = match total.map(|cell| (cell, cell.value.figure())) {
        Some((cell, None)) => {
            let why = could_not_be_read(&column.of.place(cell.position), 1, path);
            not_run::list(outcome, CONTROL_TOTAL.code, why);
            None
        }
        Some((_, stated)) => stated,
        None => None,
    };
    let computed = match sum::of_column(column) {
        Ok(computed) => Some(computed),
        Err(why) => {
            not_run::list(outcome, CONTROL_TOTAL.code, totals::why_no_sum(column, &why));
            None
        }
    };
    outcome.findings.extend(difference(column, total, stated, computed, approved, &year.name));
}

/// The finding when the stated total, or else the sum of the lines, is not the approved total.
///
/// Its difference is the figure at its cell less what that should be, so that it can be known as the same difference
/// as that of the stated total from its lines.
fn difference(
    column: ColumnView<'_>,
    total: Option<&Cell>,
    stated: Option<i64>,
    computed: Option<i64>,
    approved: i64,
    year: &str,
) -> Option<Finding> {
    let money = |pence: i64| Figures::Pence.show(pence);
    let lines = totals::lines_come_to(column);
    let sums_up = computed.map(|computed| format!("{lines} {}", money(computed)));
    let (what, expected, actual, difference) = match (stated, computed) {
        (Some(stated), _) if stated != approved => {
            let and_lines = sums_up.map(|sums_up| format!(", {sums_up}")).unwrap_or_default();
            let what = format!("The total says {}{and_lines}", money(stated));
            (what, approved, stated, stated.checked_sub(approved)?)
        }
        (Some(stated), Some(computed)) if computed != approved => {
            (capitalised(&sums_up?), computed, stated, stated.checked_sub(computed)?)
        }
        (None, Some(computed)) if computed != approved => {
            (capitalised(&sums_up?), approved, computed, computed.checked_sub(approved)?)
        }
        _ => return None,
    };
    let off_by = money(difference);
    let mut finding = CONTROL_TOTAL.finding(
        place(column, total),
        format!("{what}; the approved total for {year} is {}. The difference is {off_by}.", money(approved)),
        "Add the missing line, correct the amounts, or record an explanation.",
    );
    finding.expected = Some(money(expected));
    finding.actual = Some(money(actual));
    finding.difference = Figures::Pence.difference(difference);
    // The total's own cell as well: by it, the same difference between total and lines is known to be one cause.
    finding.related.extend(total.map(|cell| column.of.place(cell.position)));
    finding.related.extend(column.area().map(|area| column.of.place(area)));
    if let Some(computed) = computed.filter(|computed| *computed != approved) {
        finding.comparison = Some(Comparison {
            stated: approved,
            computed,
            figures: Figures::Pence,
            lines: column.area().map(|area| column.of.place(area)).into_iter().collect(),
            is_approved: true,
        });
    }
    Some(finding)
}

/// The cell that states the total, else the last of the lines, else the heading.
fn place(column: ColumnView<'_>, total: Option<&Cell>) -> Place {
    let last_line = || column.cells().last().map(|cell| cell.position);
    let heading = || column.of.table.columns.get(column.index)?.as_ref().map(|column| column.heading);
    match total.map(|cell| cell.position).or_else(last_line).or_else(heading) {
        Some(position) => column.of.place(position),
        None => column.of.sheet(),
    }
}
