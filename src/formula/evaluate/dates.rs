//! Functions of days: a date is the number of its day in the workbook's calendar.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::value::{Computed, NUMBER, Plain};
use super::{Evaluated, Evaluator, NotRecalculated};

/// Calls a function of days with numbers; none when the name is not one of theirs, or takes other arguments.
pub(super) fn call(evaluator: &Evaluator<'_>, name: &str, given: &[f64]) -> Option<Evaluated<Computed>> {
    let number = |date: Plain<NaiveDate>, of: fn(NaiveDate) -> u32| {
        date.map_or_else(|error| error, |date| Computed::Number(f64::from(of(date))))
    };
    Some(match (name, given) {
        ("YEAR", [serial]) => day(evaluator, *serial).map(|date| number(date, |date| date.year().unsigned_abs())),
        ("MONTH", [serial]) => day(evaluator, *serial).map(|date| number(date, |date| date.month())),
        ("DAY", [serial]) => day(evaluator, *serial).map(|date| number(date, |date| date.day())),
        ("DATE", [year, month, of_month]) => Ok(date(evaluator, *year, *month, *of_month)),
        ("EDATE", [serial, months]) => shifted(evaluator, *serial, *months, false),
        ("EOMONTH", [serial, months]) => shifted(evaluator, *serial, *months, true),
        _ => return None,
    })
}

/// The names of the functions that [`call`] knows.
pub(super) const NAMES: [&str; 6] = ["YEAR", "MONTH", "DAY", "DATE", "EDATE", "EOMONTH"];

/// The day behind a number.
fn day(evaluator: &Evaluator<'_>, serial: f64) -> Evaluated<Plain<NaiveDate>> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return Ok(Err(Computed::error(NUMBER)));
    }
    // Day 0 and 29 February 1900 are days to Excel and to no calendar.
    let is_odd = serial < 1.0 || (60.0..61.0).contains(&serial);
    match evaluator.book.date(serial) {
        Some(date) if !is_odd => Ok(Ok(date)),
        _ => Err(NotRecalculated::ImpossibleDate(format!("day {serial}"))),
    }
}

fn serial(evaluator: &Evaluator<'_>, date: Option<NaiveDate>) -> Computed {
    let serial = date.filter(|date| date.year() <= 9999).and_then(|date| evaluator.book.serial(date));
    serial.map_or_else(|| Computed::error(NUMBER), Computed::Number)
}

/// DATE: months beyond December and days beyond the month's end run on.
fn date(evaluator: &Evaluator<'_>, year: f64, month: f64, day: f64) -> Computed {
    let given = [year, month, day].map(f64::trunc);
    if given.iter().any(|number| number.abs() > 1e6) {
        return Computed::error(NUMBER);
    }
    let [mut year, month, day] = given.map(|number| number as i64);
    if (0..1900).contains(&year) {
        year += 1900;
    }
    let months = year * 12 + month - 1;
    let first = i32::try_from(months.div_euclid(12)).ok().zip(u32::try_from(months.rem_euclid(12) + 1).ok());
    let first = first.and_then(|(year, month)| NaiveDate::from_ymd_opt(year, month, 1));
    let days = Days::new((day - 1).unsigned_abs());
    let date =
        first.and_then(|first| if day >= 1 { first.checked_add_days(days) } else { first.checked_sub_days(days) });
    serial(evaluator, date)
}

/// EDATE and EOMONTH: the same day so many months later or earlier, or the last of that month.
fn shifted(evaluator: &Evaluator<'_>, from: f64, months: f64, to_the_end: bool) -> Evaluated<Computed> {
    let from = match day(evaluator, from.floor())? {
        Ok(date) => date,
        Err(error) => return Ok(error),
    };
    if months.abs() > 1e6 {
        return Ok(Computed::error(NUMBER));
    }
    let by = Months::new(months.trunc().abs() as u32);
    let moved = if months < 0.0 { from.checked_sub_months(by) } else { from.checked_add_months(by) };
    let moved = if to_the_end {
        moved
            .and_then(|date| date.with_day(1))
            .and_then(|first| first.checked_add_months(Months::new(1)))
            .and_then(|next| next.pred_opt())
    } else {
        moved
    };
    Ok(serial(evaluator, moved))
}
