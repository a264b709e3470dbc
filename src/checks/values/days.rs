//! Days as officers type them, taken apart: what a text that could not be read as a day may have meant.

use chrono::NaiveDate;

/// A text that is written as a day: three numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checks) struct Written {
    /// The first number: the day, in Britain.
    pub first: u32,
    /// The second number: the month, in Britain.
    pub second: u32,
    /// The year as it is written.
    pub year: i32,
    /// Whether the year has two digits.
    pub is_short: bool,
}

impl Written {
    /// The day as Britain writes it, in a year.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.second, self.first)
    }

    /// The day as America writes it, in a year.
    pub fn american_in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.first, self.second)
    }
}

/// A text such as `15/04/2022`, `15.4.22` or `04-25-2022`, taken apart; a time of day may follow.
pub(in crate::checks) fn written(text: &str) -> Option<Written> {
    let text = text.trim();
    let text = text.split_once([' ', 'T']).map_or(text, |(day, _)| day);
    ['/', '-', '.'].into_iter().find_map(|separator| {
        let parts: Vec<&str> = text.split(separator).collect();
        let [first, second, year] = parts[..] else { return None };
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let is_short = year.len() == 2;
        let has_form = [first, second].iter().all(|part| is_digits(part) && part.len() <= 2);
        if !has_form || !is_digits(year) || !(is_short || year.len() == 4) {
            return None;
        }
        Some(Written { first: first.parse().ok()?, second: second.parse().ok()?, year: year.parse().ok()?, is_short })
    })
}

/// The day that a text with a whole year plainly says.
pub(in crate::checks) fn of_text(text: &str) -> Option<NaiveDate> {
    let written = written(text).filter(|written| !written.is_short)?;
    written.in_year(written.year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_taken_apart() {
        let of = |text: &str| written(text).map(|w| (w.first, w.second, w.year, w.is_short));
        assert_eq!(of("15/04/22"), Some((15, 4, 22, true)));
        assert_eq!(of(" 4-25-2022 09:30"), Some((4, 25, 2022, false)));
        assert_eq!(of("1.2.1922"), Some((1, 2, 1922, false)));
        for text in ["2022-04-15", "15/04", "a/b/22", "15/04/202", "15 April 2022", ""] {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(of_text("25/04/2022"), NaiveDate::from_ymd_opt(2022, 4, 25));
        assert_eq!((of_text("04/25/2022"), of_text("15/04/22")), (None, None));
    }
}
