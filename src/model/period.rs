//! Financial years and their months.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar month. Stored and sorted as `2022-04`, shown as `April 2022`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    year: i32,
    /// 1 to 12.
    month: u32,
}

/// The first year of Excel's calendar.
const FIRST_YEAR: u32 = 1900;

const NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Said of a text that is not a month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a month like 2022-04")]
pub struct MonthError(String);

impl Month {
    /// A month from a year and a month of 1 to 12.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 1).map(|_| Self { year, month })
    }

    /// The month that a day lies in.
    pub fn of(date: NaiveDate) -> Self {
        Self { year: date.year(), month: date.month() }
    }

    /// The first day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).expect("a Month is only made from a day that exists")
    }

    /// The last day.
    pub fn last_day(self) -> NaiveDate {
        self.next().first_day().pred_opt().expect("the first day of a later month has a day before it")
    }

    /// The month after.
    pub fn next(self) -> Self {
        if self.month == 12 { Self { year: self.year + 1, month: 1 } } else { Self { month: self.month + 1, ..self } }
    }

    /// `April`.
    pub fn name(self) -> &'static str {
        NAMES[(self.month - 1) as usize]
    }

    /// `2022-04`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// A month from a text an officer typed: `2022-04`, `04/2022`, `April 2022`, `Apr-22`.
    pub fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        let (first, second) = text.split_once(['-', '/', ' '])?;
        let second = second.trim();
        if let (Some(a), Some(b)) = (digits(first), digits(second)) {
            return match (first.len(), second.len()) {
                (4, 1..=2) => Self::of_calendar(a, b),
                (1..=2, 4) => Self::of_calendar(b, a),
                _ => None,
            };
        }
        let lower = first.to_lowercase();
        let index = NAMES.iter().position(|name| {
            let name = name.to_lowercase();
            name == lower || (lower.len() >= 3 && name.starts_with(&lower))
        })?;
        let year = match second.len() {
            4 => digits(second)?,
            2 => 2000 + digits(second)?,
            _ => return None,
        };
        Self::of_calendar(year, u32::try_from(index).ok()? + 1)
    }

    /// The month of a year that Excel's calendar has.
    fn of_calendar(year: u32, month: u32) -> Option<Self> {
        if year < FIRST_YEAR { None } else { Self::new(i32::try_from(year).ok()?, month) }
    }
}

/// A number of digits alone: a sign before it is none of a year or month.
fn digits(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.name(), self.year)
    }
}

impl FromStr for Month {
    type Err = MonthError;

    /// Reads `2022-04`.
    ///
    /// # Errors
    /// [`MonthError`] for any other form.
    fn from_str(text: &str) -> Result<Self, MonthError> {
        let refuse = || MonthError(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(refuse)?;
        if year.len() != 4 || month.len() != 2 {
            return Err(refuse());
        }
        Self::new(year.parse().map_err(|_| refuse())?, month.parse().map_err(|_| refuse())?).ok_or_else(refuse)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.iso())
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// What a run reports: a financial year, up to a month of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The year's name, for example `2022-23`.
    pub year: String,
    /// The first day.
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
    /// The last month that is reported.
    pub to: Month,
}

impl Period {
    /// All months of the year, in order.
    pub fn months(&self) -> Vec<Month> {
        let last = Month::of(self.end);
        let mut months = vec![Month::of(self.start)];
        while let Some(month) = months.last().copied().filter(|month| *month < last) {
            months.push(month.next());
        }
        months
    }

    /// Whether a month has been reached.
    pub fn is_due(&self, month: Month) -> bool {
        month <= self.to && Month::of(self.start) <= month
    }

    /// Whether the whole year is reported.
    pub fn is_complete(&self) -> bool {
        self.to >= Month::of(self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_a_year() {
        let period = Period {
            year: "2022-23".into(),
            start: NaiveDate::from_ymd_opt(2022, 4, 1).unwrap(),
            end: NaiveDate::from_ymd_opt(2023, 3, 31).unwrap(),
            to: "2022-08".parse().unwrap(),
        };
        let months = period.months();
        assert_eq!(months.len(), 12);
        assert_eq!((months[0].iso(), months[11].iso()), ("2022-04".into(), "2023-03".into()));
        assert!(period.is_due("2022-08".parse().unwrap()) && !period.is_due("2022-09".parse().unwrap()));
        assert!(!period.is_complete());
        assert_eq!(months[10].last_day(), NaiveDate::from_ymd_opt(2023, 2, 28).unwrap());
    }

    #[test]
    fn months_as_officers_type_them() {
        for text in ["2022-04", "04/2022", "4/2022", "April 2022", "apr-22", "Apr 2022"] {
            assert_eq!(Month::from_text(text).map(Month::iso).as_deref(), Some("2022-04"), "{text}");
        }
        for text in [
            "01--102",
            "6-+224",
            "0000-8",
            "Apr-+1",
            "March 1899",
            "2022",
            "13/2022",
            "2022-13",
            "Ap 2022",
            "April",
            "",
            "04/22",
            "May be",
        ] {
            assert_eq!(Month::from_text(text), None, "{text}");
        }
    }
}
