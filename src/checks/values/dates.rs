//! Dates that were not meant as they stand: years of two digits, small numbers shown as dates, times of day.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::days::written;
use super::{Context, is_asked};
use crate::checks::runs::{Fault, Run, gather, gather_all};
use crate::checks::view::ColumnView;
use crate::checks::window::Days;
use crate::checks::words::{named, quoted};
use crate::model::{About, Cell, Check, Finding, Kinds, Outcome, Over, Position, RawValue, Suggestion, Value};
use crate::schema::FieldKind;

/// Seconds of a day.
const DAY: f64 = 86_400.0;

static TWO_DIGIT_YEAR: Check = Check::error(
    "two-digit-year",
    "The century of a date is not written or is another",
    About {
        meaning: "The year of the date has two digits, or the date lies whole centuries before or after a day that \
                  would fit.",
        why: "Excel takes two digits for this century or for the last one, and so the row may belong to no month of \
              the year.",
        example: "15/04/22 typed as text, or 15/04/1922 in the return for April 2022.",
        mend: "Type the day as dd/mm/yyyy.",
    },
)
.over(Over::Cells(Kinds::Day));

static NUMBER_AS_DATE: Check = Check::error(
    "number-as-date",
    "A number is shown as a date",
    About {
        meaning: "The cell holds a small number, and its format makes a date of the year 1900 of it.",
        why: "Nobody wrote that day: a count or a day of the month was typed into a cell that is formatted as a date.",
        example: "15, shown as 15/01/1900, under Date paid.",
        mend: "Type the day as dd/mm/yyyy, or move the number to the column where it belongs.",
    },
)
.over(Over::Cells(Kinds::Day));

static DATE_WITH_TIME: Check = Check::warning(
    "date-with-time",
    "Dates hold a time of day",
    About {
        meaning: "The cells show a day and hold a time of that day as well. The day was read.",
        why: "Excel counts such a cell as later than the day itself: a filter or SUMIFS up to that day leaves it out.",
        example: "15/04/2022 that holds 15/04/2022 09:30, copied from a bank statement.",
        mend: "Type the day alone. For many cells, put =INT(A4) for the date in A4 into an empty column, fill it down, copy \
               it, and paste it over the dates as values.",
    },
)
.over(Over::Cells(Kinds::Day));

pub(super) static CHECKS: [&Check; 3] = [&TWO_DIGIT_YEAR, &NUMBER_AS_DATE, &DATE_WITH_TIME];

/// What is wrong with the year of a date.
struct Year {
    check: &'static Check,
    /// What keeps it apart from other faults of the column.
    cause: String,
    /// The day that was likely meant.
    meant: Option<NaiveDate>,
}

/// Whether a cell's fault is its year, so that other checks have nothing to say of it.
pub(super) fn takes(column: ColumnView<'_>, cell: &Cell, context: &Context<'_>) -> bool {
    let days = Days::of(column.field, context);
    year_of(column, cell, days.as_ref()).is_some_and(|year| is_asked(year.check, column, context.pack))
}

/// Judges a column of dates.
pub(super) fn check(column: ColumnView<'_>, context: &Context<'_>, outcome: &mut Outcome) {
    if column.kind() != FieldKind::Date {
        return;
    }
    let days = Days::of(column.field, context);
    let cells = column.cells().enumerate();
    let wrong: Vec<(usize, &Cell, Year)> =
        cells.filter_map(|(line, cell)| Some((line, cell, year_of(column, cell, days.as_ref())?))).collect();
    let meant: BTreeMap<Position, Option<NaiveDate>> =
        wrong.iter().map(|(_, cell, year)| (cell.position, year.meant)).collect();
    for check in [&TWO_DIGIT_YEAR, &NUMBER_AS_DATE] {
        let of_check = wrong.iter().filter(|(_, _, year)| std::ptr::eq(year.check, check));
        let faults = of_check.map(|(line, cell, year)| Fault {
            line: *line,
            position: cell.position,
            cause: year.cause.clone(),
            shown: said(cell),
        });
        for run in gather(check, faults) {
            let day = meant.get(&run.area.first).copied().flatten();
            outcome.findings.push(of_year(&run, column, day, days.as_ref()));
        }
    }
    with_time(column, outcome);
}

fn said(cell: &Cell) -> String {
    match &cell.raw {
        RawValue::Text(text) => quoted(text),
        raw => raw.shown(),
    }
}

/// What is wrong with the year of a cell's date; none where nothing is.
fn year_of(column: ColumnView<'_>, cell: &Cell, days: Option<&Days>) -> Option<Year> {
    if column.kind() != FieldKind::Date {
        return None;
    }
    let of_centuries = |check, cause: &str, meant| Some(Year { check, cause: cause.to_owned(), meant });
    match (&cell.raw, &cell.value) {
        (RawValue::Text(text), Value::Null) => {
            let written = written(text).filter(|written| written.is_short)?;
            // Nothing says which century was meant, unless the day must lie somewhere.
            let year = days.and_then(|days| days.year_ending_in(written.year)).unwrap_or(2000 + written.year);
            let fits = |day: &NaiveDate| days.is_none_or(|days| days.contain(*day));
            let read = [written.in_year(year), written.american_in_year(year)];
            read.iter().any(Option::is_some).then_some(())?;
            let meant = read.into_iter().flatten().find(fits);
            of_centuries(&TWO_DIGIT_YEAR, "a year of two digits, so that the day was not read", meant)
        }
        (RawValue::Date(day), Value::Date(_)) if number_behind(column, *day).is_some() => {
            let number = number_behind(column, *day).unwrap_or_default();
            let cause = if number == 1 { "the number 1".to_owned() } else { format!("the number {number}") };
            Some(Year { check: &NUMBER_AS_DATE, cause, meant: None })
        }
        (_, Value::Date(day)) => {
            let year = days.and_then(|days| days.year_ending_in(day.year().rem_euclid(100)));
            let meant = year
                .and_then(|year| day.with_year(year))
                .filter(|meant| days.is_some_and(|days| days.contain(*meant) && !days.contain(*day)));
            match meant {
                Some(_) => of_centuries(&TWO_DIGIT_YEAR, "another century", meant),
                None if day.year() < 100 => of_centuries(&TWO_DIGIT_YEAR, "a year that begins with two zeros", None),
                None => None,
            }
        }
        _ => None,
    }
}

/// The number behind a date of the first year of its workbook's calendar; none of later dates.
fn number_behind(column: ColumnView<'_>, day: NaiveDate) -> Option<i64> {
    let settings = column.of.workbook.settings.as_ref();
    let before = match (settings.is_some_and(|settings| settings.counts_from_1904), day.year()) {
        (true, 1904) => NaiveDate::from_ymd_opt(1904, 1, 1)?,
        // Excel's 29 February 1900 makes the calendar one day longer from March on.
        (false, 1900) if day.ordinal() <= 59 => NaiveDate::from_ymd_opt(1899, 12, 31)?,
        (false, 1900) => NaiveDate::from_ymd_opt(1899, 12, 30)?,
        _ => return None,
    };
    Some(day.signed_duration_since(before).num_days())
}

fn of_year(run: &Run, column: ColumnView<'_>, meant: Option<NaiveDate>, days: Option<&Days>) -> Finding {
    let as_days = format!("Type the day as dd/mm/yyyy into {}.", run.each());
    if run.cause.starts_with("the number") {
        let shows = run.either("shows", "show");
        let message =
            format!("{} {shows} {}, which is {} shown as a date.", run.ranges(), named(&run.shown), run.cause);
        let mut finding = run.finding(column, message, as_days);
        finding.actual = run.shown.first().filter(|_| run.is_single()).cloned();
        return finding;
    }
    let mut finding = run.finding(column, format!("{}, with {}.", run.says(), run.cause), as_days);
    if run.is_single() {
        finding.actual = run.shown.first().cloned();
        finding.suggestions.extend(meant.map(|meant| {
            let lies = days.filter(|days| days.contain(meant));
            let lies = lies.map(|days| format!(", which lies {}", days.words)).unwrap_or_default();
            Suggestion { text: format!("{}{lies}", meant.format("%d/%m/%Y")), cells: Vec::new() }
        }));
    }
    finding
}

/// Judges whether dates hold a time of day; a column's are one finding.
fn with_time(column: ColumnView<'_>, outcome: &mut Outcome) {
    let Some(grid) = column.grid() else { return };
    let faults = column.numbered().filter_map(|(line, cell)| {
        let RawValue::Date(_) = cell.raw else { return None };
        let time = time_of(grid.cell(cell.position)?.serial?)?;
        Some(Fault { line, position: cell.position, cause: String::new(), shown: time })
    });
    if let Some(run) = gather_all(&DATE_WITH_TIME, faults) {
        let holds = run.either("holds a day", "hold days");
        let mend = if run.is_single() {
            format!("Type the day alone into {}.", run.area)
        } else {
            format!(
                "Type the days alone into {}; or put =INT({}) into an empty column beside that row, fill it down, copy it, \
                 and paste it over the dates as values.",
                run.ranges(),
                run.area.first
            )
        };
        outcome.findings.push(run.finding(
            column,
            format!("{} {holds} with a time of day: {}.", run.ranges(), named(&run.shown)),
            mend,
        ));
    }
}

/// The time of day in a date's number, as `09:30`; none at midnight, to the second.
fn time_of(serial: f64) -> Option<String> {
    let seconds = (serial.fract() * DAY).round();
    if !(1.0..DAY).contains(&seconds) {
        return None;
    }
    let seconds = seconds as u32;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    Some(if rest == 0 { format!("{hours:02}:{minutes:02}") } else { format!("{hours:02}:{minutes:02}:{rest:02}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day() {
        assert_eq!(time_of(44_666.395_833_333_336), Some("09:30".to_owned()));
        assert_eq!(time_of(44_666.5 + 1.0 / DAY), Some("12:00:01".to_owned()));
        for midnight in [44_666.0, 44_666.000_000_1, 44_666.999_999_999] {
            assert_eq!(time_of(midnight), None, "{midnight}");
        }
    }
}
