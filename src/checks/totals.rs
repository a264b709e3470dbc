//! Totals: the total that a sheet states, against the exact sum of the column above it.

use super::not_run::{self, could_not_be_read, could_not_be_read_in};
use super::stated_sums::with_unknown_parts;
use super::sum::{self, NoSum};
use super::view::ColumnView;
use super::words::in_sentence;
use crate::model::{
    About, Cell, Check, Comparison, Figures, Finding, Money, Outcome, Over, Severity, StatedSum, SumOf, Value,
};
use crate::schema::{Field, Layout, TableSchema, Year};

/// The stated total is not the sum of its column.
pub(super) const TOTAL_MISMATCH: Check = Check {
    code: "total-mismatch",
    over: Over::Totals,
    severity: Severity::Error,
    explainable: true,
    required: true,
    title: "A stated total is not the sum of its column",
    about: About {
        meaning: "The figure in the totals row is not what the rows above it add up to, to the penny.",
        why: "A wrong total in a public report is the accident to prevent. Either a line or the total is wrong.",
        example: "A total of £139,250.00 over ten lines that add up to £133,250.00.",
        mend: "Find the line that is missing, repeated or mistyped, or correct the total and its formula.",
    },
};

const MISSING_TOTAL: Check = Check {
    code: "missing-total",
    over: Over::Columns,
    severity: Severity::Warning,
    explainable: false,
    required: true,
    title: "A column that is controlled states no total",
    about: About {
        meaning: "The lines of this column must come to the approved total, and the sheet states no total of them.",
        why: "A stated total is what a reader compares: without it, a line that was lost leaves no trace on the sheet.",
        example: "The Amount column of the funding table, without a row labelled Total.",
        mend: "Add a row labelled Total below the lines, with the sum of the column.",
    },
};

pub(super) static CHECKS: [&Check; 2] = [&TOTAL_MISMATCH, &MISSING_TOTAL];

/// The check of stated totals, if a field's column can have one.
pub(super) fn asked_by(schema: &TableSchema, field: &Field) -> Option<&'static Check> {
    let is_summed = field.kind().figures().is_some() && schema.crosscast.layout == Layout::Rows;
    is_summed.then_some(&TOTAL_MISMATCH)
}

/// The check whether a total is stated, if a field's column is controlled.
pub(super) fn must_be_stated(field: &Field) -> Option<&'static Check> {
    (field.crosscast.control_total && field.kind().figures().is_some()).then_some(&MISSING_TOTAL)
}

/// Judges a column's stated total. A column without one has nothing to judge, unless it is controlled.
pub(super) fn check(column: ColumnView<'_>, year: &Year, outcome: &mut Outcome) {
    let Some(figures) = column.kind().figures() else { return };
    if column.of.is_form() {
        return;
    }
    let Some(total) = stated(column) else {
        if column.field.crosscast.control_total && !states_all(column) {
            outcome.findings.push(missing_total(column));
        }
        return;
    };
    let path = &column.of.workbook.path;
    let Some(stated) = total.value.figure() else {
        let why = match total.value {
            Value::Number(_) => why_no_sum(column, &NoSum::TooLarge),
            _ => could_not_be_read(&column.of.place(total.position), 1, path),
        };
        return not_run::list(outcome, TOTAL_MISMATCH.code, why);
    };
    match sum::of_column(column) {
        Ok(computed) if computed == stated => {}
        Ok(computed) => {
            let (place, says) = (column.of.place(total.position), figures.show(stated));
            let unknown = with_unknown_parts(column.of, &place, column.cells(), ("The total", &says));
            outcome.findings.extend(unknown.or_else(|| mismatch(column, figures, total, stated, computed, year)));
        }
        Err(why) => not_run::list(outcome, TOTAL_MISMATCH.code, why_no_sum(column, &why)),
    }
}

/// Whether the sheet states a sum of all values elsewhere than in a row of totals, as a crosstab does.
fn states_all(column: ColumnView<'_>) -> bool {
    let rows = column.of.table.rows.len();
    let is_all = |sum: &StatedSum| sum.field == column.index && sum.of == SumOf::All && sum.rows.len() == rows;
    column.of.table.stated.iter().any(is_all)
}

/// The cell that states the column's total, unless it is empty.
pub(super) fn stated(column: ColumnView<'_>) -> Option<&Cell> {
    column.total().filter(|cell| !cell.raw.is_blank() || cell.is_marked())
}

/// Why a column could not be added, as a sentence.
pub(super) fn why_no_sum(column: ColumnView<'_>, why: &NoSum<'_>) -> String {
    match why {
        NoSum::Unread(first, count) => could_not_be_read_in(column.of, first.position, *count),
        NoSum::TooLarge => format!(
            "The sum of {} on {} is too large to be added exactly ({}).",
            in_sentence(column.field.heading()),
            column.of.table.sheet,
            column.of.workbook.path
        ),
    }
}

/// The lines as a message names them: `D5:D14 add up to`, `D5 says`.
pub(super) fn lines_come_to(column: ColumnView<'_>) -> String {
    match column.area() {
        // Columns that state sums may stand between.
        Some(area) if column.of.is_crosstab() => format!("the {} values in {area} add up to", column.cells().count()),
        Some(area) if area.first != area.last => format!("{area} add up to"),
        Some(area) => format!("{area} comes to"),
        None => "there are no lines above it, which come to".to_owned(),
    }
}

fn mismatch(
    column: ColumnView<'_>,
    figures: Figures,
    total: &Cell,
    stated: i64,
    computed: i64,
    year: &Year,
) -> Option<Finding> {
    let approved = column.field.crosscast.control_total && year.approved_total.map(Money::pence) == Some(stated);
    let difference = stated.checked_sub(computed)?;
    let mut finding = TOTAL_MISMATCH.finding(
        column.of.place(total.position),
        format!(
            "The total says {}{}; {} {}. The difference is {}.",
            figures.show(stated),
            if approved { ", which is the approved total" } else { "" },
            lines_come_to(column),
            figures.show(computed),
            figures.show(difference),
        ),
        "Add the missing line, correct the total, or record an explanation.",
    );
    finding.expected = Some(figures.show(computed));
    finding.actual = Some(figures.show(stated));
    finding.difference = figures.difference(difference);
    finding.related.extend(column.area().map(|area| column.of.place(area)));
    finding.comparison = Some(Comparison {
        stated,
        computed,
        figures,
        lines: column.area().map(|area| column.of.place(area)).into_iter().collect(),
        is_approved: approved,
    });
    Some(finding)
}

fn missing_total(column: ColumnView<'_>) -> Finding {
    let row = column.of.table.total.as_ref();
    let place = row.and_then(|row| row.cells.get(column.index)).map(|cell| column.of.place(cell.position));
    MISSING_TOTAL.finding(
        place.unwrap_or_else(|| column.of.sheet()),
        format!("The sheet states no total of the {}.", in_sentence(column.field.heading())),
        "Add a row labelled Total below the lines, with the sum of the column.",
    )
}
