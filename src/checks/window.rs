//! Windows: dates and months that must lie in the workbook's month or in the financial year.

use chrono::{Datelike, NaiveDate};

use super::runs::{Fault, Run, gather};
use super::view::ColumnView;
use super::words::{in_sentence, named, shown};
use super::{Context, not_run};
use crate::model::{About, Cell, Check, Finding, Outcome, Severity, Suggestion, Value, long_date};
use crate::schema::{Field, Window};

const DATE_OUTSIDE_MONTH: Check = Check {
    code: "date-outside-month",
    severity: Severity::Error,
    explainable: false,
    required: true,
    title: "A date is not in the month of its workbook",
    about: About {
        meaning: "A monthly workbook holds what happened in its month, and this date lies in another.",
        why: "The figure is counted in the wrong month, or twice.",
        example: "15/01/2023 in the return for April 2022.",
        mend: "Correct the date, or move the row to the return of its month.",
    },
};

const DATE_OUTSIDE_YEAR: Check = Check {
    code: "date-outside-year",
    severity: Severity::Error,
    explainable: false,
    required: true,
    title: "A date is not in the financial year",
    about: About {
        meaning: "The date lies before the first or after the last day of the year that is reported.",
        why: "What belongs to another year must not be in this year's figures.",
        example: "A meeting on 12/06/2021 in the register for 2022-23.",
        mend: "Correct the date, or move the row to the workbook of its year.",
    },
};

pub(super) static CHECKS: [&Check; 2] = [&DATE_OUTSIDE_MONTH, &DATE_OUTSIDE_YEAR];

/// The check that a field's window asks for.
pub(super) fn asked_by(field: &Field) -> Option<&'static Check> {
    match field.crosscast.window {
        Window::None => None,
        Window::Year => Some(&DATE_OUTSIDE_YEAR),
        Window::Month => Some(&DATE_OUTSIDE_MONTH),
    }
}

/// The days within which values must lie, and the words for them.
struct Days {
    check: &'static Check,
    first: NaiveDate,
    last: NaiveDate,
    words: String,
}

impl Days {
    fn contain(&self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }
}

/// Judges a column of dates or months against the window that its field names.
pub(super) fn check(column: ColumnView<'_>, context: &Context<'_>, outcome: &mut Outcome) {
    let days = match column.field.crosscast.window {
        Window::None => return,
        Window::Year => Days {
            check: &DATE_OUTSIDE_YEAR,
            first: context.year.start,
            last: context.year.end,
            words: format!("between {} and {}", long_date(context.year.start), long_date(context.year.end)),
        },
        Window::Month => {
            let Some(month) = context.month else {
                let what = in_sentence(column.field.heading());
                let path = &column.of.workbook.path;
                let why = format!("The month of the workbook is not known, so no {what} could be judged ({path}).");
                return not_run::list(outcome, DATE_OUTSIDE_MONTH.code, why);
            };
            Days {
                check: &DATE_OUTSIDE_MONTH,
                first: month.first_day(),
                last: month.last_day(),
                words: format!("in {month}"),
            }
        }
    };
    let faults = column.cells().enumerate().filter_map(|(line, cell)| {
        let is_outside = !days.contain(day_of(&cell.value)?);
        is_outside.then(|| Fault { line, position: cell.position, cause: String::new(), shown: shown(&cell.value) })
    });
    for run in gather(days.check, faults) {
        outcome.findings.push(finding(&run, column, &days));
    }
}

/// The day that a value stands for; a month stands for its first.
fn day_of(value: &Value) -> Option<NaiveDate> {
    match value {
        Value::Date(date) => Some(*date),
        Value::Month(month) => Some(month.first_day()),
        _ => None,
    }
}

fn finding(run: &Run, column: ColumnView<'_>, days: &Days) -> Finding {
    let heading = column.field.heading();
    let says = run.either("the cell says".to_owned(), format!("{} say", run.ranges()));
    let mut finding = run.finding(
        column,
        format!("{heading} must be {}; {says} {}.", days.words, named(&run.shown)),
        format!("Correct {}, or move the {} where the date belongs.", run.ranges(), run.either("row", "rows")),
    );
    if run.is_single() {
        finding.expected = Some(days.words.clone());
        finding.actual = run.shown.first().cloned();
        let cell = column.cells().find(|cell| cell.position == run.area.first);
        finding.suggestions = cell.map(|cell| likely_slips(cell, days)).unwrap_or_default();
    }
    finding
}

/// The slips that would bring a date back into its window: day and month the wrong way round, or another year.
fn likely_slips(cell: &Cell, days: &Days) -> Vec<Suggestion> {
    let Value::Date(date) = cell.value else { return Vec::new() };
    let swapped = NaiveDate::from_ymd_opt(date.year(), date.day(), date.month());
    let same_day_in = |year: i32| NaiveDate::from_ymd_opt(year, date.month(), date.day());
    let mut slips = Vec::new();
    let mut offer = |words: &str, date: Option<NaiveDate>| {
        if let Some(date) = date.filter(|date| days.contain(*date)) {
            let text = format!("{}, with {words}", date.format("%d/%m/%Y"));
            slips.push(Suggestion { text, cells: Vec::new() });
        }
    };
    offer("day and month the wrong way round", swapped);
    for year in days.first.year()..=days.last.year() {
        offer("the wrong year", same_day_in(year));
    }
    slips
}
