//! Dates of birth: a date is one where words beside it, or the heading above it, say so.

use std::sync::LazyLock;

use regex::Regex;

use super::kinds::{Sight, compiled};

/// What stands in place of a date of birth.
pub(super) const MASKED_DATE: &str = "**/**/****";

/// A day in one of the ways in which people write it. Two digits for the year are enough.
const DAY: &str = r"(?: \d{1,2} [/.-] \d{1,2} [/.-] (?:\d{4}|\d{2}) | \d{4} [/.-] \d{1,2} [/.-] \d{1,2}
    | \d{1,2} (?:st|nd|rd|th)? (?:\ of)? [\ -] (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* [.,]? [\ -]? '? (?:\d{4}|\d{2})
    | (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \.? \ \d{1,2} (?:st|nd|rd|th)? ,? \ \d{4}
    | \d{1,2} \ \d{1,2} \ \d{4} | \d{8} )";

/// What says that a date is one of birth.
const WORDS: &str = r"(?: d\.?\ ?o\.?\ ?b\.? | dates?\ of\ birth | birth\ ?dates? | born | birthdays? | (?-i:b\.) )";

/// The words, and the date after them.
pub(super) static BIRTH_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let between = r"(?: [\s:;=,.()\[\]-] | \b(?:on|is|was|the|dd/mm/yyyy|dd/mm/yy | (?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)? )\b ){0,12}";
    compiled(&format!(r"(?ix) \b {WORDS} {between} (?P<it> {DAY} )"))
});

/// The date, and the words after it, in brackets or right behind it.
pub(super) static BIRTH_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&format!(r"(?ix) (?P<it> {DAY} ) \ ? [\ (\[:-] \ ? (?: d\.?o\.?b | date\ of\ birth ) \b"))
});

/// Whether a date after the words is one of birth: not the second of a list, `a. 12/03/2022 b. 12/04/2022`.
pub(super) fn is_birth(sight: &Sight<'_>) -> bool {
    !sight.whole.starts_with("b.") || !FIRST_OF_LIST.is_match(sight.before)
}

static FIRST_OF_LIST: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?:^|[\s(])a[.)]"));

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?ix) \b (?: d\.?\ ?o\.?\ ?b | dates?\ of\ birth | birth\ ?dates? | birthdays? ) \b | ^ \W* born (?:\ on)? \W* $",
    )
});

static WHOLE_DAY: LazyLock<Regex> = LazyLock::new(|| compiled(&format!(r"(?ix) ^ \s* {DAY} \s* $")));

/// Whether a heading or label says that what belongs to it are dates of birth.
pub(super) fn is_label(text: &str) -> bool {
    LABEL.is_match(text) && !BIRTH_BEFORE.is_match(text)
}

/// Whether a text is a date and no more. A time of day may follow.
pub(super) fn is_day(text: &str) -> bool {
    let day = text.split_once(" 00:00").map_or(text, |(day, _)| day);
    WHOLE_DAY.is_match(day)
}

#[cfg(test)]
mod tests {
    use super::super::kinds::find;
    use super::*;

    #[test]
    fn dates_of_birth() {
        for (text, shown) in [
            ("born 12/03/1990", "born **/**/****"),
            ("J, born on 12 March 1990, of no fixed abode", "J, born on **/**/****, of no fixed abode"),
            ("DOB: 12.3.90", "DOB: **/**/****"),
            ("D.O.B. 1990-03-12", "D.O.B. **/**/****"),
            ("date of birth (dd/mm/yyyy): 12-03-1990.", "date of birth (dd/mm/yyyy): **/**/****."),
            ("Date of Birth is 12th March 1990", "Date of Birth is **/**/****"),
            ("born March 12, 1990", "born **/**/****"),
            ("dob 12031990", "dob **/**/****"),
            ("12/03/1990 (DOB)", "**/**/**** (DOB)"),
            ("12/03/1990 DOB", "**/**/**** DOB"),
            ("born on Monday 12 March 1990", "born on Monday **/**/****"),
            ("born Thurs 12/03/1990", "born Thurs **/**/****"),
            ("12/03/1990 - DOB", "**/**/**** - DOB"),
            ("12/03/1990: date of birth", "**/**/****: date of birth"),
            ("b. 12/03/1990", "b. **/**/****"),
            ("Jane Doe (b. 12 March 1990)", "Jane Doe (b. **/**/****)"),
            ("client-born 12/03/1990", "client-born **/**/****"),
        ] {
            let hits = find(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((hits.called, hits.masked.as_str()), (vec!["a date of birth"], shown), "{text}");
            assert_eq!(find(shown), None, "{shown}");
        }
    }

    #[test]
    fn near_misses() {
        for text in [
            "12/03/1990",
            "12 March 2022",
            "paid on 12/03/2022",
            "born in 1990",
            "Stillborn project, ended 12/03/2022",
            "Newborn scheme from 01/04/2022",
            "children born in Worcester, report of 12/03/2022",
            "DOB not recorded; paid 12/03/2022",
            "Osborn 12/03/2022",
            "born 22",
            "a. 12/03/2022 b. 12/04/2022",
            "J. B. 12/03/2022",
            "sub. 12/03/2022",
            "b 12/03/2022",
            "born Monday; paid Tuesday 12/03/2022",
            "12/03/2022, DOB not recorded",
            "airborne 12/03/2022",
            "DOB: see file 2022-23",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn headings_and_labels() {
        for text in
            ["DOB", "D.O.B.", "Date of birth", "Client's date of birth (dd/mm/yyyy)", "Born", "born on:", "Birth date"]
        {
            assert!(is_label(text), "{text}");
        }
        for text in ["Date", "Date paid", "Children born", "Dobson", "Borne by", "born 12/03/1990", "Doberman"] {
            assert!(!is_label(text), "{text}");
        }
        for text in ["12/03/1990", " 12 March 1990 ", "1990-03-12", "12/03/1990 00:00:00"] {
            assert!(is_day(text), "{text}");
        }
        for text in ["12/03", "March 1990", "12/03/1990 to 13/03/1990", "1990", "DOB"] {
            assert!(!is_day(text), "{text}");
        }
    }
}
