//! Data validation as Excel does it, for the rules that blank workbooks hold: read from the file, and asked of entries.

use std::collections::BTreeMap;

use crosscast::model::Position;
use regex::Regex;

use crate::form::{At, Entry, plain};

/// What a rule asks of an entry; all of it must hold.
#[derive(Debug, Clone)]
pub struct Rule {
    pub conditions: Vec<Condition>,
    /// Texts that are let pass whatever the conditions say.
    pub words: Vec<String>,
}

/// What must hold of an entry.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    OneOf(Vec<String>),
    IsNumber,
    /// No more than so many decimals once it is multiplied.
    Decimals {
        times: f64,
        decimals: i32,
    },
    Least {
        times: f64,
        bound: f64,
    },
    Most {
        times: f64,
        bound: f64,
    },
    LengthLeast(usize),
    LengthMost(usize),
    /// No other row has the same in all of these columns.
    Once(Vec<u32>),
}

/// The rules of a sheet: the first and the last cell of each, and what it asks. `listed` gives the texts of cells such as
/// `'Lists'!$A$2:$A$9`. Panics over a rule that is not known, so that none goes untried.
pub fn rules(sheet: &str, listed: &dyn Fn(&str) -> Vec<String>) -> Vec<(Position, Position, Rule)> {
    let element = Regex::new(r#"(?s)<dataValidation ([^>]*?)(?:/>|>(.*?)</dataValidation>)"#).unwrap();
    let attribute = Regex::new(r#"(\w+)="([^"]*)""#).unwrap();
    let found = element.captures_iter(sheet).map(|found| {
        let attributes: BTreeMap<String, String> =
            attribute.captures_iter(&found[1]).map(|pair| (pair[1].to_owned(), plain(&pair[2]))).collect();
        let formula = |nth: u32| {
            let text = found.get(2).map(|inside| inside.as_str()).unwrap_or_default();
            let formula = Regex::new(&format!("<formula{nth}>([^<]*)</formula{nth}>")).unwrap();
            formula.captures(text).map(|found| plain(&found[1]))
        };
        for (limit, name) in [(32, "promptTitle"), (255, "prompt"), (32, "errorTitle"), (225, "error")] {
            let said = attributes.get(name).unwrap_or_else(|| panic!("{attributes:?}"));
            assert!((1..=limit).contains(&said.chars().count()), "{name}: {said}");
        }
        let cells = &attributes["sqref"];
        let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
        (first.parse().unwrap(), last.parse().unwrap(), rule(&attributes, formula(1), formula(2), listed))
    });
    found.collect()
}

fn rule(
    attributes: &BTreeMap<String, String>,
    first: Option<String>,
    second: Option<String>,
    listed: &dyn Fn(&str) -> Vec<String>,
) -> Rule {
    let number = |text: &Option<String>| -> f64 { text.as_ref().unwrap().parse().unwrap() };
    let kind = attributes.get("type").map_or("none", String::as_str);
    let mut words = Vec::new();
    let mut conditions = match kind {
        "none" => Vec::new(),
        "list" => vec![Condition::OneOf(list(&first.clone().unwrap(), listed))],
        "whole" => vec![Condition::IsNumber, Condition::Decimals { times: 1.0, decimals: 0 }],
        "decimal" | "date" => vec![Condition::IsNumber],
        "custom" => {
            let (all, others) = custom(&first.clone().unwrap());
            words = others;
            all
        }
        other => panic!("{other}"),
    };
    if ["whole", "decimal", "date"].contains(&kind) {
        conditions.push(Condition::Least { times: 1.0, bound: number(&first) });
        match attributes.get("operator").map(String::as_str) {
            // Excel leaves out the operator that is the default.
            None | Some("between") => conditions.push(Condition::Most { times: 1.0, bound: number(&second) }),
            Some("greaterThanOrEqual") => {}
            Some(other) => panic!("{other}"),
        }
    }
    Rule { conditions, words }
}

/// The texts of a list.
fn list(formula: &str, listed: &dyn Fn(&str) -> Vec<String>) -> Vec<String> {
    match formula.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        Some(texts) => texts.split(',').map(str::to_owned).collect(),
        None => listed(formula),
    }
}

/// The conditions of a formula, and the texts that it lets pass.
fn custom(formula: &str) -> (Vec<Condition>, Vec<String>) {
    let word = Regex::new(r#"^[A-Z]+\d+="((?:[^"]|"")+)"$"#).unwrap();
    let inside = |text: &str, name: &str| -> Option<String> {
        Some(text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')')?.to_owned())
    };
    if let Some(inner) = inside(formula, "OR").filter(|inner| !inner.contains("=\"\"")) {
        let parts = split(&inner);
        let (last, texts) = parts.split_last().unwrap();
        let words = texts.iter().map(|text| word.captures(text).unwrap()[1].replace("\"\"", "\"")).collect();
        return (custom(last).0, words);
    }
    let parts = inside(formula, "AND").map_or_else(|| vec![formula.to_owned()], |inner| split(&inner));
    (parts.iter().map(|part| condition(part)).collect(), Vec::new())
}

/// A text at the commas that stand in no brackets and no quotation marks.
fn split(text: &str) -> Vec<String> {
    let (mut parts, mut depth, mut quoted) = (vec![String::new()], 0, false);
    for sign in text.chars() {
        quoted ^= sign == '"';
        match sign {
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            ',' if depth == 0 && !quoted => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(sign);
    }
    parts
}

fn condition(text: &str) -> Condition {
    let captured = |pattern: &str| Regex::new(pattern).unwrap().captures(text);
    let times = |found: Option<regex::Match<'_>>| found.map_or(1.0, |factor| factor.as_str().parse().unwrap());
    if captured(r"^ISNUMBER\([A-Z]+\d+\)$").is_some() {
        return Condition::IsNumber;
    }
    if let Some(found) = captured(r"^ABS\([A-Z]+\d+(?:\*(\d+))?-ROUND\([A-Z]+\d+(?:\*\d+)?,(\d)\)\)<0\.0000000005$") {
        return Condition::Decimals { times: times(found.get(1)), decimals: found[2].parse().unwrap() };
    }
    if let Some(found) = captured(r"^LEN\((TRIM\()?[A-Z]+\d+\)+(>=|<=)(\d+)$") {
        let bound = found[3].parse().unwrap();
        return if &found[2] == ">=" { Condition::LengthLeast(bound) } else { Condition::LengthMost(bound) };
    }
    let bound = r"(-?[\d.]+|DATE\((\d+),(\d+),(\d+)\))";
    if let Some(found) = captured(&format!(r"^[A-Z]+\d+(?:\*(\d+))?(>=|<=){bound}$")) {
        let times = times(found.get(1));
        let bound = match (found.get(4), found.get(5), found.get(6)) {
            (Some(year), Some(month), Some(day)) => {
                let part = |found: regex::Match<'_>| found.as_str().parse::<u32>().unwrap();
                serial(i32::try_from(part(year)).unwrap(), part(month), part(day))
            }
            _ => found[3].parse().unwrap(),
        };
        return if &found[2] == ">=" { Condition::Least { times, bound } } else { Condition::Most { times, bound } };
    }
    if text.contains("SUMPRODUCT(") && text.ends_with("<2)") || text.ends_with(")<2") {
        let cells = Regex::new(r"EXACT\(([A-Z]+)\$\d+:[A-Z]+\$\d+,").unwrap();
        let column = |letters: &str| format!("{letters}1").parse::<Position>().unwrap().column;
        return Condition::Once(cells.captures_iter(text).map(|found| column(&found[1])).collect());
    }
    panic!("{text} is not known")
}

/// The number by which Excel knows a day.
pub fn serial(year: i32, month: u32, day: u32) -> f64 {
    let day = chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap();
    day.signed_duration_since(chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days() as f64
}

impl Rule {
    /// Whether Excel takes an entry that stands in a cell among others.
    pub fn accepts(&self, entry: &Entry, at: &At, others: &BTreeMap<At, Entry>) -> bool {
        let is_word =
            matches!(entry, Entry::Text(text) if self.words.iter().any(|word| word.eq_ignore_ascii_case(text)));
        is_word || self.conditions.iter().all(|condition| condition.holds(entry, at, others))
    }
}

impl Condition {
    pub fn holds(&self, entry: &Entry, (sheet, at): &At, others: &BTreeMap<At, Entry>) -> bool {
        match (self, entry) {
            (Self::OneOf(texts), Entry::Text(text)) => texts.contains(text),
            (Self::OneOf(texts), Entry::Number(number)) => texts.contains(&number.to_string()),
            (Self::IsNumber, entry) => matches!(entry, Entry::Number(_)),
            (Self::Decimals { times, decimals }, Entry::Number(number)) => {
                let (figure, unit) = (number * times, 10f64.powi(*decimals));
                (figure - (figure * unit).round() / unit).abs() < 5e-10
            }
            (Self::Least { times, bound }, Entry::Number(number)) => number * times >= *bound,
            (Self::Most { times, bound }, Entry::Number(number)) => number * times <= *bound,
            // Excel takes texts for greater than any number, and then fails to reckon with them.
            (Self::Decimals { .. } | Self::Least { .. } | Self::Most { .. }, Entry::Text(_)) => false,
            (Self::LengthLeast(least), Entry::Text(text)) => text.chars().count() >= *least,
            (Self::LengthMost(most), Entry::Text(text)) => {
                text.split_whitespace().collect::<Vec<_>>().join(" ").chars().count() <= *most
            }
            (Self::LengthLeast(_) | Self::LengthMost(_), Entry::Number(_)) => true,
            (Self::Once(columns), _) => {
                let key = |row: u32| -> Vec<Option<&Entry>> {
                    let cell = |column: &u32| (sheet.clone(), Position::new(row, *column));
                    columns.iter().map(|column| others.get(&cell(column))).collect()
                };
                let own: Vec<Option<&Entry>> = columns
                    .iter()
                    .zip(key(at.row))
                    .map(|(column, other)| if *column == at.column { Some(entry) } else { other })
                    .collect();
                let is_other_row = |row: &u32| *row != at.row;
                let rows = others.keys().filter(|(other, _)| other == sheet).map(|(_, other)| other.row);
                own.iter().any(Option::is_none) || !rows.filter(is_other_row).any(|row| key(row) == own)
            }
        }
    }
}
