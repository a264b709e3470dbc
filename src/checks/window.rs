//! Windows: dates and months that must lie in the workbook's month or in the financial year.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::runs::{Fault, Run, gather};
use super::view::ColumnView;
use super::words::{in_sentence, named, shown};
use super::{Context, not_run, values};
use crate::model::{About, Cell, Check, Finding, Outcome, Over, Severity, Suggestion, Value, long_date};
use crate::schema::{Field, Window};

/// Days between the first days of Excel's two calendars.
const DAYS_FROM_1900_TO_1904: i64 = 1462;

const DATE_OUTSIDE_MONTH: Check = Check {
    code: "date-outside-month",
    over: Over::Values,
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
    over: Over::Values,
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
pub(super) struct Days {
    check: &'static Check,
    first: NaiveDate,
    last: NaiveDate,
    /// Where that is, as it follows “lies” or “must be”: `in April 2022`.
    pub words: String,
}

impl Days {
    /// The days that a field asks for; none where it asks for none, or the month of the workbook is not known.
    pub fn of(field: &Field, context: &Context<'_>) -> Option<Self> {
        match field.crosscast.window {
            Window::None => None,
            Window::Year => Some(Self {
                check: &DATE_OUTSIDE_YEAR,
                first: context.year.start,
                last: context.year.end,
                words: format!("between {} and {}", long_date(context.year.start), long_date(context.year.end)),
            }),
            Window::Month => context.month.map(|month| Self {
                check: &DATE_OUTSIDE_MONTH,
                first: month.first_day(),
                last: month.last_day(),
                words: format!("in {month}"),
            }),
        }
    }

    /// Whether a value is a day, or a month, and none of them.
    pub fn are_without(&self, value: &Value) -> bool {
        day_of(value).is_some_and(|day| !self.contain(day))
    }

    /// Whether a day is one of them.
    pub fn contain(&self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }

    /// The year among them whose last two digits are these.
    pub fn year_ending_in(&self, digits: i32) -> Option<i32> {
        (self.first.year()..=self.last.year()).find(|year| year.rem_euclid(100) == digits)
    }
}

/// Judges a column of dates or months against the window that its field names.
pub(super) fn check(column: ColumnView<'_>, context: &Context<'_>, outcome: &mut Outcome) {
    let Some(days) = Days::of(column.field, context) else {
        if column.field.crosscast.window == Window::Month {
            let what = in_sentence(column.field.heading());
            let path = &column.of.workbook.path;
            let why = format!("The month of the workbook is not known, so no {what} could be judged ({path}).");
            not_run::list(outcome, DATE_OUTSIDE_MONTH.code, why);
        }
        return;
    };
    let outside = |cell: &&Cell| days.are_without(&cell.value);
    let is_ours = |cell: &&Cell| outside(cell) && !values::takes(column, cell, context);
    let faults = column.numbered().filter(|(_, cell)| is_ours(cell)).map(|(line, cell)| Fault {
        line,
        position: cell.position,
        cause: String::new(),
        shown: shown(&cell.value),
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
    }
    let outside = |cell: &&Cell| run.area.contains(cell.position);
    let dates = column.cells().filter(outside).filter_map(|cell| match cell.value {
        Value::Date(date) if !days.contain(date) => Some(date),
        _ => None,
    });
    finding.suggestions = likely_slips(&dates.collect::<Vec<_>>(), days);
    finding
}

/// The slips that would bring dates back into their window, all of them by the same slip: day and month the wrong way
/// round, the other calendar, or another year.
fn likely_slips(dates: &[NaiveDate], days: &Days) -> Vec<Suggestion> {
    let moved = |date: NaiveDate, by: i64| date.checked_add_signed(TimeDelta::try_days(by)?);
    let counted = "counted by Excel's other calendar, the 1904 date system being four years and one day away";
    let mut slips: Vec<Suggestion> = [
        slip("with day and month the wrong way round", dates, days, |date| {
            NaiveDate::from_ymd_opt(date.year(), date.day(), date.month())
        }),
        slip(counted, dates, days, |date| moved(date, DAYS_FROM_1900_TO_1904)),
        slip(counted, dates, days, |date| moved(date, -DAYS_FROM_1900_TO_1904)),
    ]
    .into_iter()
    .flatten()
    .collect();
    for year in days.first.year()..=days.last.year() {
        slips.extend(slip("with the wrong year", dates, days, |date| date.with_year(year)));
    }
    slips
}

/// What dates would be without a slip, if that brings every one of them into the window.
fn slip(
    words: &str,
    dates: &[NaiveDate],
    days: &Days,
    meant: impl Fn(NaiveDate) -> Option<NaiveDate>,
) -> Option<Suggestion> {
    let meant: Vec<NaiveDate> = dates.iter().filter_map(|date| meant(*date).filter(|day| days.contain(*day))).collect();
    if meant.is_empty() || meant.len() < dates.len() {
        return None;
    }
    let text = match meant.as_slice() {
        [one] => format!("{}, which lies {}, {words}", one.format("%d/%m/%Y"), days.words),
        _ => format!("all of them {words}: each then lies {}", days.words),
    };
    Some(Suggestion { text, cells: Vec::new() })
}

/// The days that texts in American order were likely meant to be, if each of them is a day that could be meant there.
pub(super) fn american_order(texts: &[&str], field: &Field, context: &Context<'_>) -> Option<Suggestion> {
    let days = Days::of(field, context);
    let meant = |text: &&str| {
        let written = values::written(text).filter(|written| !written.is_short)?;
        written.american_in_year(written.year).filter(|day| days.as_ref().is_none_or(|days| days.contain(*day)))
    };
    let meant: Vec<NaiveDate> = texts.iter().map(meant).collect::<Option<_>>()?;
    let lies = days.map(|days| format!(", which lies {}", days.words)).unwrap_or_default();
    let text = match meant.as_slice() {
        [] => return None,
        [one] => format!("{}{lies}, with day and month the wrong way round", one.format("%d/%m/%Y")),
        _ => "all of them with day and month the wrong way round, as in American dates".to_owned(),
    };
    Some(Suggestion { text, cells: Vec::new() })
}
