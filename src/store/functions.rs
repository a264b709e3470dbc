//! Pure functions of dates, in place of SQLite's own, which may look at the clock; and of formats.

use chrono::{Datelike, Months, NaiveDate};
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};

use super::StoreError;
use super::query::scalar;
use crate::model::{Format, Month};

/// Adds the functions to a connection. Each gives NULL for NULL, and for what is not of its type.
pub(super) fn register(connection: &Connection) -> Result<(), StoreError> {
    let pure = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("days_between", 2, pure, |arguments| {
        let days = |from: NaiveDate, to: NaiveDate| (to - from).num_days();
        Ok(date(arguments, 0).zip(date(arguments, 1)).map(|(from, to)| days(from, to)))
    })?;
    connection.create_scalar_function("day_before", 1, pure, |arguments| {
        Ok(date(arguments, 0).and_then(|date| date.pred_opt()).map(|date| date.to_string()))
    })?;
    connection.create_scalar_function("years_after", 2, pure, |arguments| {
        Ok(date(arguments, 0)
            .zip(count(arguments, 1))
            .and_then(|(date, years)| years_after(date, years))
            .map(|day| day.to_string()))
    })?;
    connection.create_scalar_function("months_after", 2, pure, |arguments| {
        Ok(month(arguments, 0)
            .zip(count(arguments, 1))
            .and_then(|(month, months)| months_after(month, months))
            .map(Month::iso))
    })?;
    connection.create_scalar_function("month_of", 1, pure, |arguments| {
        Ok(date(arguments, 0).map(|date| Month::of(date).iso()))
    })?;
    connection.create_scalar_function("last_day", 1, pure, |arguments| {
        Ok(month(arguments, 0).map(|month| month.last_day().to_string()))
    })?;
    connection.create_scalar_function("shown", 2, pure, |arguments| Ok(shown(arguments)))?;
    Ok(())
}

/// A value in a format of the pack; none for what is not of the format's type.
fn shown(arguments: &Context<'_>) -> Option<String> {
    let format: Format = serde_json::from_value(arguments.get_raw(1).as_str().ok()?.into()).ok()?;
    let value = scalar(arguments.get_raw(0));
    if value.is_null() { None } else { format.show(&value).ok() }
}

fn date(arguments: &Context<'_>, index: usize) -> Option<NaiveDate> {
    arguments.get_raw(index).as_str().ok()?.parse().ok()
}

fn month(arguments: &Context<'_>, index: usize) -> Option<Month> {
    arguments.get_raw(index).as_str().ok()?.parse().ok()
}

fn count(arguments: &Context<'_>, index: usize) -> Option<i32> {
    arguments.get_raw(index).as_i64().ok()?.try_into().ok()
}

/// The same day in another year; 29 February becomes 1 March, the day on which a term of whole years has passed.
fn years_after(date: NaiveDate, years: i32) -> Option<NaiveDate> {
    let year = date.year().checked_add(years)?;
    NaiveDate::from_ymd_opt(year, date.month(), date.day()).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

fn months_after(month: Month, months: i32) -> Option<Month> {
    let step = Months::new(months.unsigned_abs());
    let first = month.first_day();
    if months >= 0 { first.checked_add_months(step) } else { first.checked_sub_months(step) }.map(Month::of)
}
