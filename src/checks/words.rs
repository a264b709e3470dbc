//! The words that messages share: names of fields, quoted texts, lists.

use std::collections::HashSet;

use super::personal;
use crate::formula::without_texts;
use crate::model::{Difference, Money, Scalar, Value, cut_where_long, listed, on_one_line};
use crate::schema::FieldKind;

/// The most texts that a message names one by one.
const MOST_NAMED: usize = 3;
/// The longest words of our own around texts of cells, in characters.
const LONGEST_SAID: usize = 200;

/// A heading as it stands within a sentence: `date paid`, but `DHR number`.
pub(super) fn in_sentence(heading: &str) -> String {
    let mut letters = heading.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().chain(std::iter::once(second)).chain(letters).collect()
        }
        _ => heading.to_owned(),
    }
}

/// A text of a cell in quotation marks, as [`shortened`].
pub(super) fn quoted(text: &str) -> String {
    format!("“{}”", shortened(text))
}

/// A text of a cell as a message shows it: one line, not too long, personal data masked.
pub(super) fn shortened(text: &str) -> String {
    cut_where_long(&personal::masked(&on_one_line(text)))
}

/// Words of our own around texts of cells, as a message says them: one line, personal data masked.
pub(super) fn said(words: &str) -> String {
    let words = personal::masked(&on_one_line(words));
    let is_long = words.chars().count() > LONGEST_SAID;
    if is_long { words.chars().take(LONGEST_SAID).chain(['…']).collect() } else { words }
}

/// A formula as a message quotes it: [`shortened`], without the texts in it; `text` is without `=`.
pub(super) fn formula(text: &str) -> String {
    format!("={}", formula_part(text))
}

/// A formula as a clause quotes it: without `=`.
pub(super) fn formula_part(text: &str) -> String {
    shortened(&without_texts(text))
}

/// The text that was likely meant, in quotation marks, and what cannot be seen: that only spaces are between the two.
pub(super) fn meant(given: &str, likely: &str) -> String {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let apart = if words(given) == words(likely) { ", with one space between the words" } else { "" };
    format!("{}{apart}", quoted(likely))
}

/// A text in quotation marks, and which spaces it has where no more than spaces keep it apart from another: the quotation
/// does not show them.
pub(super) fn quoted_apart(text: &str, other: &str) -> String {
    if text.split_whitespace().eq(other.split_whitespace()) {
        format!("{}, {}", quoted(text), spaces(text))
    } else {
        quoted(text)
    }
}

/// Which spaces a text has, by the first that is not one plain space between two words.
fn spaces(text: &str) -> String {
    if text.trim() != text {
        return "with a space before or after it".to_owned();
    }
    let mut rest = text;
    for word in text.split_whitespace() {
        rest = rest.strip_prefix(word).unwrap_or(rest);
        let gap = &rest[..rest.len() - rest.trim_start().len()];
        rest = rest.trim_start();
        match gap.chars().count() {
            0 => {}
            1 if gap == " " => {}
            1 => return format!("with a space that is not the plain one after {}", quoted(word)),
            2 => return format!("with two spaces after {}", quoted(word)),
            count => return format!("with {count} spaces after {}", quoted(word)),
        }
    }
    "with one space between the words".to_owned()
}

/// The distinct texts of several cells, the first few of them named: `“a”, “b”, “c” and 37 more`.
pub(super) fn named(texts: &[String]) -> String {
    let mut known = HashSet::new();
    let distinct: Vec<&str> = texts.iter().map(String::as_str).filter(|text| known.insert(*text)).collect();
    if distinct.len() <= MOST_NAMED {
        return listed(&distinct, "and");
    }
    format!("{} and {} more", distinct[..MOST_NAMED].join(", "), distinct.len() - MOST_NAMED)
}

/// A value as a message shows it.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => quoted(text),
        Value::Integer(number) => Difference::Count(*number).to_string(),
        Value::Number(number) => number.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Date(date) => date.format("%d/%m/%Y").to_string(),
        Value::Month(month) => month.to_string(),
        Value::Boolean(true) => "Yes".to_owned(),
        Value::Boolean(false) => "No".to_owned(),
    }
}

/// A stored value as a message shows it.
pub(super) fn stored(value: &Scalar, kind: FieldKind) -> String {
    let whole = value.as_integer();
    let text = value.as_text();
    let typed = match kind {
        FieldKind::Money => whole.map(|pence| Value::Money(Money::from_pence(pence))),
        FieldKind::Boolean => whole.map(|number| Value::Boolean(number != 0)),
        FieldKind::Date => text.and_then(|text| text.parse().ok()).map(Value::Date),
        FieldKind::Month => text.and_then(|text| text.parse().ok()).map(Value::Month),
        _ => None,
    };
    typed.map_or_else(
        || match value {
            Scalar::Null => String::new(),
            Scalar::Integer(number) => number.to_string(),
            Scalar::Real(number) => number.to_string(),
            Scalar::Text(text) => quoted(text),
        },
        |value| shown(&value),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_sentences() {
        for (heading, sentence) in [("Date paid", "date paid"), ("DHR number", "DHR number"), ("", ""), ("A", "A")] {
            assert_eq!(in_sentence(heading), sentence);
        }
    }

    #[test]
    fn texts_that_only_spaces_keep_apart() {
        assert_eq!(meant("Hate  Crime", "Hate Crime"), "“Hate Crime”, with one space between the words");
        assert_eq!(meant("Hat Crime", "Hate Crime"), "“Hate Crime”");
    }

    #[test]
    fn spaces_that_a_quotation_does_not_show() {
        for (text, other, said) in [
            ("West  Mercia Police", "West Mercia Police", "“West Mercia Police”, with two spaces after “West”"),
            ("West Mercia Police", "West  Mercia Police", "“West Mercia Police”, with one space between the words"),
            ("West Mercia   Police", "West Mercia Police", "“West Mercia Police”, with 3 spaces after “Mercia”"),
            ("West\u{a0}Mercia", "West Mercia", "“West Mercia”, with a space that is not the plain one after “West”"),
            ("West Mercia ", "West Mercia", "“West Mercia”, with a space before or after it"),
            ("West  Mercia", "West-Mercia", "“West Mercia”"),
        ] {
            assert_eq!(quoted_apart(text, other), said, "{text:?}");
        }
    }

    #[test]
    fn lists_of_texts() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(named(&texts(&["a", "b", "a"])), "a and b");
        assert_eq!(named(&texts(&["a", "b", "c", "d", "e"])), "a, b, c and 2 more");
    }

    #[test]
    fn quotes_are_one_short_line_without_personal_data() {
        assert_eq!(quoted(" two\nlines "), "“two lines”");
        assert_eq!(quoted("ask jo@example.org"), "“ask j***@e***.org”");
        assert_eq!(quoted(&"a".repeat(61)), format!("“{}…”", "a".repeat(60)));
    }
}
