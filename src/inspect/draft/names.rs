//! Names that are made of headings and titles, and patterns of texts.

use std::collections::BTreeSet;

/// Names that the store and rules keep for themselves.
const KEPT: [&str; 8] =
    ["source", "workbook", "stated_total", "month", "period", "allowed_value", "finding", "not_run"];
/// Longer names are cut.
const LONGEST: usize = 50;

/// Names that have been given, each once.
#[derive(Debug, Default)]
pub(super) struct Names {
    given: BTreeSet<String>,
}

impl Names {
    /// Names of tables: those that the store keeps for itself are given already.
    pub fn of_tables() -> Self {
        Self { given: KEPT.map(str::to_owned).into() }
    }

    /// A name made of a text, in lower case, with `_` between words and a letter first; with a number behind it where it
    /// was given before. `or` stands in where the text has no letters or digits.
    pub fn give(&mut self, text: &str, or: &str) -> String {
        let plain = snake_case(text);
        let name = if plain.is_empty() { or.to_owned() } else { plain };
        let mut unique = name.clone();
        let mut number = 1;
        while !self.given.insert(unique.clone()) {
            number += 1;
            unique = format!("{name}_{number}");
        }
        unique
    }
}

/// A text in lower case with `_` between its words, and a letter first.
pub(super) fn snake_case(text: &str) -> String {
    let text = text.replace('%', " percent ").replace('&', " and ").replace(['\'', '\u{2019}'], "");
    let mut words: Vec<String> = vec![String::new()];
    for character in text.chars() {
        match unaccented(character) {
            Some(letter) => words.last_mut().unwrap_or(&mut String::new()).push(letter),
            None => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    let mut name = String::new();
    for word in words {
        if !name.is_empty() && name.len() + word.len() > LONGEST {
            break;
        }
        if !name.is_empty() {
            name.push('_');
        }
        name.push_str(&word);
    }
    let name: String = name.chars().take(LONGEST).collect();
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("n{name}") } else { name }
}

/// A letter or digit as names have it.
fn unaccented(character: char) -> Option<char> {
    let plain = match character {
        'à'..='å' | 'À'..='Å' => 'a',
        'è'..='ë' | 'È'..='Ë' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' => 'i',
        'ò'..='ö' | 'Ò'..='Ö' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' => 'u',
        'ç' | 'Ç' => 'c',
        other => other.to_ascii_lowercase(),
    };
    plain.is_ascii_alphanumeric().then_some(plain)
}

/// A text as a pattern that matches it and nothing else. People read it in the draft, so no more is escaped than must be:
/// `regex::escape` would write `Apr\-24`.
pub(super) fn escaped(text: &str) -> String {
    let mut pattern = String::new();
    for character in text.chars() {
        if matches!(character, '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

/// A name as a title: `recorded_crime` is `Recorded crime`.
pub(super) fn titled(name: &str) -> String {
    crate::model::capitalised(&name.replace(['_', '-'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_headings() {
        for (heading, name) in [
            ("Date paid", "date_paid"),
            ("Amount (£)", "amount"),
            ("% of budget", "percent_of_budget"),
            ("2022-23", "n2022_23"),
            ("Officer's initials", "officers_initials"),
            ("  Café\nspend ", "cafe_spend"),
            ("£", ""),
        ] {
            assert_eq!(snake_case(heading), name, "{heading}");
        }
        let mut names = Names::default();
        assert_eq!(names.give("Amount", "column_a"), "amount");
        assert_eq!(names.give("Amount (£)", "column_b"), "amount_2");
        assert_eq!(names.give("£", "column_c"), "column_c");
        assert_eq!(Names::of_tables().give("Month", "table"), "month_2");
    }
}
