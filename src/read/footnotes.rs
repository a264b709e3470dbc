//! Marks of footnotes at the end of a text.

use std::borrow::Cow;

/// What stands for a footnote by itself, also in groups: `*`, `†`, `²`, `⁽¹⁾`.
const MARKS: [char; 15] = ['*', '†', '‡', '¹', '²', '³', '⁰', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁽', '⁾'];

/// A text without the marks of footnotes at its end: `[note 2]`, `[2]`, `(2)` behind a word, superscripts, `*` and `†`, and the
/// digit behind a year (`20062` is 2006, note 2; `2006-072` is 2006-07). A text that is nothing but marks stays as it is.
pub(super) fn stripped(text: &str) -> Cow<'_, str> {
    let mut rest = text.trim_end();
    while let Some(shorter) = without_last(rest).map(str::trim_end).filter(|shorter| !shorter.trim().is_empty()) {
        rest = shorter;
    }
    Cow::Borrowed(if rest.len() == text.trim_end().len() { text } else { rest })
}

/// The text before its last mark; none where it ends in none.
fn without_last(text: &str) -> Option<&str> {
    text.strip_suffix(MARKS).or_else(|| without_bracket(text)).or_else(|| without_digit_behind_year(text))
}

fn without_bracket(text: &str) -> Option<&str> {
    let is_letter_last = |before: &str| before.trim_end().ends_with(char::is_alphabetic);
    if let Some((before, inside)) = text.strip_suffix(']').and_then(|open| open.rsplit_once('[')) {
        return names_notes(inside).then_some(before);
    }
    let (before, inside) = text.strip_suffix(')')?.rsplit_once('(')?;
    // Behind a number, brackets are more likely a figure.
    (names_notes(inside) && is_letter_last(before)).then_some(before)
}

/// Whether what stands in brackets names footnotes: `2`, `note 2`, `notes 1, 3 and 4`.
fn names_notes(inside: &str) -> bool {
    let inside = inside.trim().to_lowercase();
    let words = inside.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty());
    let numbers: Vec<&str> =
        words.filter(|word| !["note", "notes", "footnote", "footnotes", "and", "see"].contains(word)).collect();
    let is_number = |word: &&str| word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    !numbers.is_empty() && numbers.iter().all(is_number)
}

/// `2006` of `20062`, `2006-07` of `2006-072`.
fn without_digit_behind_year(text: &str) -> Option<&str> {
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let year = |text: &str| text.parse::<u32>().ok().filter(|year| (1900..2100).contains(year));
    if !text.is_ascii() {
        return None;
    }
    match text.len() {
        5 if all_digits(text) => year(&text[..4]).map(|_| &text[..4]),
        8 if all_digits(&text[..4]) && matches!(text.as_bytes()[4], b'-' | b'/') && all_digits(&text[5..]) => {
            let follows = text[5..7].parse::<u32>().ok() == year(&text[..4]).map(|year| (year + 1) % 100);
            follows.then_some(&text[..7])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_at_the_end() {
        for (text, expected) in [
            ("Total spend [note 2]", "Total spend"),
            ("Total spend [2]", "Total spend"),
            ("Total spend [notes 1, 3 and 4]", "Total spend"),
            ("Total spend[note 1][note 2]", "Total spend"),
            ("Wales (2)", "Wales"),
            ("Wales(2) *", "Wales"),
            ("Wales (note 2)", "Wales"),
            ("Population²", "Population"),
            ("Population ⁽¹⁾ ", "Population"),
            ("Police†", "Police"),
            ("20062", "2006"),
            ("2006-072", "2006-07"),
        ] {
            assert_eq!(stripped(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_mark() {
        for text in [
            "2006",
            "Band (A)",
            "Phase 2",
            "[x]",
            "[c]",
            "(2)",
            "*",
            "[2]",
            "100 (2)",
            "Spend (2022)",
            "30621",
            "2006-082",
            "2006-07",
            "Amount (£)",
            "Note 2",
            "Q1",
            "Total ",
            "",
        ] {
            assert_eq!(stripped(text), text);
        }
    }
}
