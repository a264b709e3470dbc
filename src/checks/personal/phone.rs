//! Telephone numbers of the United Kingdom, with and without their 0.

use std::sync::LazyLock;

use regex::Regex;

use super::kinds::{Sight, compiled};

/// Ten or eleven digits from a 0, or from the country's code.
pub(super) static PHONE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?:(?:\+|00)44[ .-]?(?:\(0\)[ -]?)?|\(?0)\d(?:(?:[ ()-]{0,2}|\.)\d){7,9}"));

/// A number that lost its 0 because it was typed as a number, after words that say what it is.
pub(super) static WITHOUT_ZERO: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?ix) \b (?:tel|phone|telephone|mob|mobile) \b (?: [\s:;\#.=()-] | \b(?:number|num|no|is)\b ){0,6} (?P<it>\d{10})",
    )
});

static LABEL: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?i)\b(?:phone|tel|telephone|mobile|contact)s?\b"));

/// A number of the country's plan: ten or eleven digits from 01, 02, 03, 07, 08 or 09, its area code in one piece.
pub(super) fn is_phone(sight: &Sight<'_>) -> bool {
    let text = sight.it;
    let abroad = text.starts_with('+') || text.starts_with("00");
    let national: String = if abroad {
        let rest: String = text.trim_start_matches(['+', '0']).chars().skip(2).filter(char::is_ascii_digit).collect();
        format!("0{}", rest.trim_start_matches('0'))
    } else {
        text.chars().filter(char::is_ascii_digit).collect()
    };
    let shortest = if national.starts_with("01") { 10 } else { 11 };
    if !begins_as_phone(&national) || !(shortest..=11).contains(&national.len()) {
        return false;
    }
    let first_piece = text.trim_start_matches('(').split([' ', '-', ')', '.']).next().unwrap_or_default();
    abroad || first_piece.len() >= if national.starts_with("01") { 4 } else { 3 }
}

/// Whether a text is a number that lost its 0, and no more.
pub(super) fn is_without_zero(text: &str) -> bool {
    let digits = text.trim();
    digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit()) && begins_as_phone(&format!("0{digits}"))
}

/// Whether a heading or label says that what belongs to it are telephone numbers.
pub(super) fn is_label(text: &str) -> bool {
    LABEL.is_match(text)
}

fn begins_as_phone(national: &str) -> bool {
    ["01", "02", "03", "07", "08", "09"].iter().any(|begin| national.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::super::kinds::{find, masked};

    #[test]
    fn phones() {
        for (text, shown) in [
            ("ring 07700.900.123.", "ring 07***3."),
            ("07700.900123", "07***3"),
            ("07700-900-123", "07***3"),
            ("020.7946.0958", "02***8"),
            ("+44.7700.900.123", "+4***3"),
            ("Tel 7700900123", "Tel 77***3"),
            ("Mobile no: 7700900123, Dawn", "Mobile no: 77***3, Dawn"),
            ("phone number is 1905722233", "phone number is 19***3"),
        ] {
            assert_eq!(masked(text), shown);
            assert_eq!(find(text).unwrap().called, ["a telephone number"], "{text}");
        }
        for text in [
            "03.04.2022 10.15",
            "03.04.2022.10.15.2",
            "01-04-2022 31-03",
            "INV/07700.900.123",
            "0770..0900..123",
            "Hotel 7700900123",
            "phone 4500012346",
            "mobile unit 7700900123",
            "tel 77009001234",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
