//! Periods as headings and names have them: months, years, financial years, quarters.

use chrono::{Datelike, NaiveDate};

use crate::model::{GridCell, Month, RawValue};

/// Years that a heading may mean.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2099;
/// The month with which a financial year begins.
const FIRST_MONTH: u32 = 4;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What kind of period a heading or name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PeriodKind {
    /// A month with its year: `April 2022`, `Apr-22`, or a date.
    Month,
    /// A month without its year: `April`, `Apr`.
    MonthName,
    /// A year: `2022`.
    Year,
    /// A financial year: `2022-23`, `2022/23`.
    FinancialYear,
    /// A quarter or half: `Q1`, `Quarter 1`, `H2`.
    Quarter,
}

impl PeriodKind {
    /// The name of a field of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Month | Self::MonthName => "month",
            Self::Year => "year",
            Self::FinancialYear => "financial_year",
            Self::Quarter => "quarter",
        }
    }

    /// The pattern of any heading of the kind that is written like this one.
    pub fn pattern(self, like: &str) -> String {
        match self {
            Self::MonthName => month_names().to_owned(),
            _ => shape_of(like),
        }
    }
}

/// The pattern of the name of any month, long or short.
pub(super) fn month_names() -> &'static str {
    "Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|Aug(ust)?|Sept?(ember)?|Oct(ober)?|Nov(ember)?|Dec(ember)?"
}

/// The kind of period that a cell is.
pub(super) fn period_of_cell(cell: &GridCell) -> Option<PeriodKind> {
    match &cell.raw {
        RawValue::Date(_) => Some(PeriodKind::Month),
        RawValue::Number(number) if number.fract() == 0.0 && YEARS.contains(&(*number as i32)) => {
            Some(PeriodKind::Year)
        }
        RawValue::Text(text) => period_of(text),
        _ => None,
    }
}

/// The kind of period that a text is.
pub(super) fn period_of(text: &str) -> Option<PeriodKind> {
    let text = text.trim();
    if financial_year(text).is_some() {
        return Some(PeriodKind::FinancialYear);
    }
    if Month::from_text(text).is_some() {
        return Some(PeriodKind::Month);
    }
    if month_name(text).is_some() {
        return Some(PeriodKind::MonthName);
    }
    if text.len() == 4 && text.parse::<i32>().is_ok_and(|year| YEARS.contains(&year)) {
        return Some(PeriodKind::Year);
    }
    is_quarter(text).then_some(PeriodKind::Quarter)
}

/// The month of a name alone, 1 to 12: `April`, `Apr`, `Sept`.
pub(super) fn month_name(text: &str) -> Option<u32> {
    let lower = text.trim().trim_end_matches('.').to_lowercase();
    let index = MONTHS
        .iter()
        .position(|name| *name == lower || lower == name[..3] || (lower == "sept" && *name == "september"))?;
    u32::try_from(index + 1).ok()
}

/// The year in which a financial year begins: 2022 of `2022-23` and `2022/23`.
pub(in crate::inspect) fn financial_year(text: &str) -> Option<i32> {
    let (first, second) = text.trim().split_once(['-', '/', '\u{2013}'])?;
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if first.len() != 4 || !(second.len() == 2 || second.len() == 4) || !is_digits(first) || !is_digits(second) {
        return None;
    }
    let (begin, end): (i32, i32) = (first.parse().ok()?, second.parse().ok()?);
    let follows = if second.len() == 2 { (begin + 1) % 100 == end } else { begin + 1 == end };
    (follows && YEARS.contains(&begin)).then_some(begin)
}

fn is_quarter(text: &str) -> bool {
    let lower = text.to_lowercase();
    let digits =
        lower.strip_prefix("quarter ").or_else(|| lower.strip_prefix("qtr ")).or_else(|| lower.strip_prefix('q'));
    let halves = lower.strip_prefix("half ").or_else(|| lower.strip_prefix('h'));
    digits.is_some_and(|digit| ["1", "2", "3", "4"].contains(&digit))
        || halves.is_some_and(|half| ["1", "2"].contains(&half))
}

/// The pattern of texts that are written like one: so many digits, and words of letters.
fn shape_of(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut pattern = String::new();
    let mut index = 0;
    while index < characters.len() {
        let run = |of: fn(char) -> bool| characters[index..].iter().take_while(|sign| of(**sign)).count();
        let (digits, letters) = (run(|sign| sign.is_ascii_digit()), run(char::is_alphabetic));
        if digits > 0 {
            pattern.push_str(&if digits == 1 { r"\d".to_owned() } else { format!(r"\d{{{digits}}}") });
        } else if letters > 1 {
            pattern.push_str("[A-Za-z]+");
        } else {
            pattern.push_str(&super::names::escaped(&characters[index].to_string()));
        }
        index += digits.max(letters).max(1);
    }
    pattern
}

/// The year in which the financial year of a day begins.
pub fn year_of(day: NaiveDate) -> i32 {
    if day.month() < FIRST_MONTH { day.year() - 1 } else { day.year() }
}

/// The first day of a financial year, by the year in which it begins.
pub fn year_start(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, FIRST_MONTH, 1).unwrap_or_default()
}

/// The name of a financial year, by the year in which it begins: `2022-23`.
pub fn year_name(year: i32) -> String {
    format!("{year}-{:02}", (year + 1).rem_euclid(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods() {
        for (text, expected) in [
            ("April 2022", Some(PeriodKind::Month)),
            ("Apr-22", Some(PeriodKind::Month)),
            ("April", Some(PeriodKind::MonthName)),
            ("Sept", Some(PeriodKind::MonthName)),
            ("2022", Some(PeriodKind::Year)),
            ("2022-23", Some(PeriodKind::FinancialYear)),
            ("2022/23", Some(PeriodKind::FinancialYear)),
            ("Q1", Some(PeriodKind::Quarter)),
            ("Quarter 4", Some(PeriodKind::Quarter)),
            ("Q5", None),
            ("Maybe", None),
            ("1234", None),
            ("2022-24", None),
            ("Total", None),
        ] {
            assert_eq!(period_of(text), expected, "{text}");
        }
    }

    #[test]
    fn patterns_of_periods() {
        assert_eq!(PeriodKind::Month.pattern("April 2022"), r"[A-Za-z]+ \d{4}");
        assert_eq!(PeriodKind::FinancialYear.pattern("2022/23"), r"\d{4}/\d{2}");
        assert_eq!(PeriodKind::Quarter.pattern("Q1"), r"Q\d");
    }
}
