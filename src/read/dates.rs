//! Days: from serial numbers, from ISO texts of date cells, and from what officers type.

use chrono::{Datelike, NaiveDate};

use crate::model::RawValue;

/// The last serial number of either date system that Excel shows: 31 December 9999, counted from 1900.
const LAST_SERIAL: f64 = 2_958_465.0;
/// Days between the first days of the two date systems.
const DAYS_FROM_1900_TO_1904: f64 = 1462.0;
/// Days of earlier years are not taken from the ISO text of a cell.
const FIRST_YEAR: i32 = 1000;

/// What a number formatted as a date holds. A time of day alone stays a number.
///
/// Serial number 60 is Excel's 29 February 1900, which no calendar has, and 0 its day before the first.
pub(super) fn from_serial(serial: f64, is_1904: bool) -> RawValue {
    let impossible = || RawValue::ImpossibleDate(serial.to_string().into());
    if !serial.is_finite() {
        return impossible();
    }
    let days = if is_1904 { serial + DAYS_FROM_1900_TO_1904 } else { serial };
    if days > 0.0 && days < 1.0 {
        return RawValue::Number(serial);
    }
    // What is less than a tenth of a millisecond under midnight is midnight: Excel rounds to the millisecond.
    let whole = (days + 1e-9).floor();
    if !(1.0..=LAST_SERIAL).contains(&whole) || whole == 60.0 {
        return impossible();
    }
    // Before serial number 60 Excel counts one day less than the calendar.
    let since_1899_12_30 = if whole < 60.0 { whole + 1.0 } else { whole };
    NaiveDate::from_ymd_opt(1899, 12, 30)
        .and_then(|epoch| epoch.checked_add_signed(chrono::Duration::days(since_1899_12_30 as i64)))
        .map_or_else(impossible, RawValue::Date)
}

/// What a date cell holds whose day is kept as ISO text; a time may follow.
pub(super) fn from_iso(text: &str) -> RawValue {
    match days(without_time(text.trim())) {
        // A year of fewer digits is a slip of the program that wrote it.
        Days::Is(date) if date.year() >= FIRST_YEAR => RawValue::Date(date),
        _ => RawValue::ImpossibleDate(text.into()),
    }
}

/// What a text says where a date is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Days {
    /// A day.
    Is(NaiveDate),
    /// Written as a day, but no calendar has it.
    Impossible,
    /// A number alone, such as a year.
    Number,
    /// Anything else.
    Other,
}

/// Reads `15/04/2022`, `15-04-2022`, `15.04.2022` (day first, as in Britain) and `2022-04-15`; a time may follow.
pub(super) fn from_text(text: &str) -> Days {
    let text = text.trim();
    if text.parse::<f64>().is_ok() {
        return Days::Number;
    }
    days(without_time(text))
}

fn days(text: &str) -> Days {
    for separator in ['/', '-', '.'] {
        let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
        let [first, second, third] = parts[..] else { continue };
        let (Some(a), Some(b), Some(c)) = (digits(first), digits(second), digits(third)) else { return Days::Other };
        let (year, month, day) = match (first.len(), second.len(), third.len()) {
            (1..=2, 1..=2, 4) => (c, b, a),
            (4, 1..=2, 1..=2) if separator == '-' => (a, b, c),
            _ => return Days::Other,
        };
        let date = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
        return date.map_or(Days::Impossible, Days::Is);
    }
    Days::Other
}

fn digits(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// The text without a time of day behind a space or a `T`.
fn without_time(text: &str) -> &str {
    match text.split_once(['T', ' ']) {
        Some((day, time)) if is_time(time.trim()) => day,
        _ => text,
    }
}

fn is_time(text: &str) -> bool {
    let plain = text.trim_end_matches('Z');
    let clock = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = plain.split(':').collect();
    match parts[..] {
        [hours, minutes] => clock(hours) && clock(minutes),
        [hours, minutes, seconds] => {
            clock(hours) && clock(minutes) && seconds.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn serial_numbers() {
        for (serial, is_1904, date) in [
            (44_666.0, false, day(2022, 4, 15)),
            (44_666.75, false, day(2022, 4, 15)),
            (1.0, false, day(1900, 1, 1)),
            (59.0, false, day(1900, 2, 28)),
            (61.0, false, day(1900, 3, 1)),
            (2_958_465.0, false, day(9999, 12, 31)),
            (43_204.0, true, day(2022, 4, 15)),
            (0.0, true, day(1904, 1, 1)),
        ] {
            assert_eq!(from_serial(serial, is_1904), RawValue::Date(date), "{serial} {is_1904}");
        }
    }

    #[test]
    fn serial_numbers_that_no_calendar_has() {
        for (serial, shown) in [(0.0, "0"), (60.0, "60"), (-1.0, "-1"), (2_958_466.0, "2958466")] {
            assert_eq!(from_serial(serial, false), RawValue::ImpossibleDate(shown.into()));
        }
        assert_eq!(from_serial(0.5, false), RawValue::Number(0.5), "a time of day");
        assert!(matches!(from_serial(f64::NAN, false), RawValue::ImpossibleDate(_)));
    }

    #[test]
    fn iso_texts_of_date_cells() {
        assert_eq!(from_iso("2022-05-12"), RawValue::Date(day(2022, 5, 12)));
        assert_eq!(from_iso("2022-05-12T09:30:00"), RawValue::Date(day(2022, 5, 12)));
        assert_eq!(from_iso("2022-05-12T09:30:00.123Z"), RawValue::Date(day(2022, 5, 12)));
        assert_eq!(from_iso("1899-12-30"), RawValue::Date(day(1899, 12, 30)));
        // Of another time zone the day could be another one here.
        for text in [
            "2024-02-30",
            "2022-05-12T00:30:00+02:00",
            "2022-05-12Z",
            "0022-05-12",
            "10000-01-01",
            "2022-5",
            "09:30:00",
            "-2022-05-12",
            "2022-W19-4",
            "20220512",
            "today",
        ] {
            assert_eq!(from_iso(text), RawValue::ImpossibleDate(text.into()), "{text}");
        }
    }

    #[test]
    fn texts_that_are_days() {
        for text in ["15/04/2022", "15-04-2022", "15.04.2022", "2022-04-15", " 15/4/2022 ", "15/04/2022 09:30"] {
            assert_eq!(from_text(text), Days::Is(day(2022, 4, 15)), "{text}");
        }
        for text in ["31/02/2023", "04/15/2022", "2023-02-29", "00/04/2022", "15/13/2022"] {
            assert_eq!(from_text(text), Days::Impossible, "{text}");
        }
        for text in ["2022", "44666", "44666.5"] {
            assert_eq!(from_text(text), Days::Number, "{text}");
        }
        for text in ["", "15/04/22", "April", "15 April 2022", "15/04", "a/b/2022", "15/04/2022 noon", "1/2/3/2022"] {
            assert_eq!(from_text(text), Days::Other, "{text}");
        }
    }
}
