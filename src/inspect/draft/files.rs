//! Kinds of workbooks, told from the names of files: those that differ by a month or a year alone are of one kind.

use super::names::{escaped, snake_case, titled};
use super::period::{financial_year, month_name, month_names};
use crate::model::Month;

/// A kind of workbooks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFamily {
    /// Its name in the pack.
    pub name: String,
    /// What an officer calls it.
    pub title: String,
    /// The pattern of the file's name.
    pub pattern: String,
    /// Whether the names carry a month.
    pub is_monthly: bool,
    /// The workbooks, by their places among those given.
    pub members: Vec<usize>,
    /// The years in which the financial years begin that the names tell, each with how often.
    pub years: Vec<i32>,
}

/// A part of a file's name.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// A month with its year, as it is written.
    Month(Month, String),
    /// The name of a month, or its first letters.
    MonthName,
    /// A financial year, as it is written, by the year in which it begins.
    Year(i32, String),
    /// Anything else.
    Words(String),
}

/// The kinds of the workbooks with these names, without endings; in the order of the first of each.
pub fn families<'n>(stems: impl IntoIterator<Item = &'n str>) -> Vec<FileFamily> {
    let mut found: Vec<(String, FileFamily)> = Vec::new();
    for (index, stem) in stems.into_iter().enumerate() {
        let parts = parts(stem);
        let key = pattern(&parts).to_lowercase();
        match found.iter_mut().find(|(known, _)| *known == key) {
            Some((_, family)) => {
                family.members.push(index);
                family.years.extend(years(&parts));
            }
            None => found.push((key, family(index, &parts))),
        }
    }
    let mut families: Vec<FileFamily> = found.into_iter().map(|(_, family)| family).collect();
    let mut names = super::names::Names::default();
    for family in &mut families {
        family.name = names.give(&family.name, "workbook").replace('_', "-");
    }
    families
}

fn family(index: usize, parts: &[Part]) -> FileFamily {
    let words: Vec<&str> =
        parts.iter().filter_map(|part| if let Part::Words(words) = part { Some(words.trim()) } else { None }).collect();
    let name = snake_case(&words.join(" "));
    FileFamily {
        title: if name.is_empty() { "Workbook".to_owned() } else { titled(&name) },
        name,
        pattern: format!("(?i){}", pattern(parts)),
        is_monthly: parts.iter().any(|part| matches!(part, Part::Month(..))),
        members: vec![index],
        years: years(parts).collect(),
    }
}

fn years(parts: &[Part]) -> impl Iterator<Item = i32> {
    parts.iter().filter_map(|part| match part {
        Part::Month(month, _) => Some(super::year_of(month.first_day())),
        Part::Year(year, _) => Some(*year),
        _ => None,
    })
}

/// The pattern of names that are made of parts like these.
fn pattern(parts: &[Part]) -> String {
    let mut has_month = false;
    let mut pattern = String::new();
    for part in parts {
        match part {
            Part::Month(_, written) => {
                let shape = if written.starts_with(|first: char| first.is_ascii_digit()) {
                    written
                        .chars()
                        .map(|sign| if sign.is_ascii_digit() { r"\d".to_owned() } else { escaped(&sign.to_string()) })
                        .collect()
                } else {
                    let digits = written.chars().rev().take_while(char::is_ascii_digit).count();
                    let separator: String = written.chars().skip_while(|sign| sign.is_alphabetic()).take(1).collect();
                    format!("[a-z]+{}\\d{{{digits}}}", escaped(&separator))
                };
                let shape = shape.replace(r"\d\d\d\d", r"\d{4}").replace(r"\d\d", r"\d{2}");
                pattern.push_str(&if has_month { shape } else { format!("(?P<month>{shape})") });
                has_month = true;
            }
            Part::MonthName => pattern.push_str(&format!("({})", month_names())),
            Part::Year(_, written) => {
                let second = written.chars().rev().take_while(char::is_ascii_digit).count();
                let separator: String = written.chars().skip(4).take(1).collect();
                pattern.push_str(&format!("\\d{{4}}{}\\d{{{second}}}", escaped(&separator)));
            }
            Part::Words(words) => pattern.push_str(&escaped(words)),
        }
    }
    pattern
}

/// Takes a name apart: at spaces, and at what stands for a month or a year.
fn parts(stem: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let tokens: Vec<&str> = stem.split_inclusive([' ', '_', ',']).collect();
    let mut index = 0;
    while index < tokens.len() {
        let (word, behind) = split(tokens[index]);
        let two = tokens.get(index + 1).map(|next| format!("{word}{behind}{}", split(next).0));
        let month_of_two = two.filter(|_| behind == " " && month_name(word).is_some());
        let month_of_two = month_of_two.and_then(|text| Some((Month::from_text(&text)?, text)));
        if let Some(year) = financial_year(word) {
            parts.push(Part::Year(year, word.to_owned()));
        } else if let Some((month, text)) = month_of_two {
            parts.push(Part::Month(month, text));
            push_words(&mut parts, split(tokens[index + 1]).1);
            index += 2;
            continue;
        } else if let Some(month) = Month::from_text(word) {
            parts.push(Part::Month(month, word.to_owned()));
        } else if month_name(word).is_some() && word.len() > 2 {
            parts.push(Part::MonthName);
        } else {
            push_words(&mut parts, word);
        }
        push_words(&mut parts, behind);
        index += 1;
    }
    parts
}

/// A token without the sign behind it, and that sign.
fn split(token: &str) -> (&str, &str) {
    let word = token.trim_end_matches([' ', '_', ',']);
    token.split_at(word.len())
}

fn push_words(parts: &mut Vec<Part>, words: &str) {
    if words.is_empty() {
        return;
    }
    match parts.last_mut() {
        Some(Part::Words(before)) => before.push_str(words),
        _ => parts.push(Part::Words(words.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Pattern;

    #[test]
    fn names_that_differ_by_a_month_are_of_one_kind() {
        let stems =
            ["2022-04 April return", "2022-05 May return", "SWCSP funding 2022-23", "Budget monitor April 2022"];
        let families = families(stems);
        let told: Vec<(&str, &str, bool, Vec<usize>)> = families
            .iter()
            .map(|family| (family.name.as_str(), family.title.as_str(), family.is_monthly, family.members.clone()))
            .collect();
        assert_eq!(
            told,
            [
                ("return", "Return", true, vec![0, 1]),
                ("swcsp-funding", "Swcsp funding", false, vec![2]),
                ("budget-monitor", "Budget monitor", true, vec![3]),
            ]
        );
        for (family, stem) in families.iter().zip([stems[0], stems[2], stems[3]]) {
            assert!(Pattern::new(&family.pattern).unwrap().is_match(stem), "{} {stem}", family.pattern);
        }
        let month = |family: &FileFamily, stem: &str| {
            let pattern = Pattern::new(&family.pattern).unwrap();
            pattern.capture(stem, "month").and_then(Month::from_text).map(Month::iso)
        };
        assert_eq!(month(&families[0], stems[1]).as_deref(), Some("2022-05"));
        assert_eq!(month(&families[2], stems[3]).as_deref(), Some("2022-04"));
        assert_eq!(families[1].years, [2022]);
    }

    #[test]
    fn other_names_are_kinds_of_their_own() {
        assert_eq!(families(["Grants", "Payments"]).len(), 2);
        assert_eq!(families(["2022-04 return", "2022-05 summary"]).len(), 2);
    }
}
