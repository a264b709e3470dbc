//! What a note and the list say of a finding.

use std::collections::BTreeMap;

use crate::export::counted::order;
use crate::export::escape::escaped;
use crate::export::visible::{by_number, is_hidden};
use crate::model::{Finding, MARK_BEGIN, MARK_END, Position, Weight, capitalised, long_date};

/// The most characters of a note, its beginning and end included; Excel holds 32,767 in a text.
const LONGEST_NOTE: usize = 32_000;
/// The most characters of a cell of the list.
const LONGEST_CELL: usize = 32_000;

/// The word for what a finding comes to.
pub fn severity(weight: Weight) -> &'static str {
    match weight {
        Weight::Standing => "Error",
        Weight::Explained => "Error, explained",
        Weight::Warning => "Warning",
        Weight::Info => "For information",
    }
}

/// The note of each cell, of the findings that are said there, each group heaviest first.
pub fn notes(findings: BTreeMap<Position, Vec<&Finding>>) -> BTreeMap<Position, String> {
    findings.into_iter().map(|(position, findings)| (position, note(&findings))).collect()
}

/// What a note says of its findings; of those that are too many for a note the list tells.
fn note(findings: &[&Finding]) -> String {
    let mut findings = findings.to_vec();
    findings.sort_by_key(|finding| order(finding.weight()));
    let mut said = String::from(MARK_BEGIN);
    let mut length = said.chars().count();
    let room = LONGEST_NOTE - MARK_END.len() - 200;
    for (index, finding) in findings.iter().enumerate() {
        let words = of_finding(finding);
        let count = words.chars().count() + 2;
        if length + count > room {
            let left = findings.len() - index;
            if index == 0 {
                said.push('\n');
                said.extend(words.chars().take(room - length));
                said.push('…');
            }
            let more = if index == 0 { left - 1 } else { left };
            if more > 0 {
                said.push_str(&format!("\n\nThe sheet Crosscast findings lists {more} more for this cell."));
            }
            break;
        }
        said.push_str(if index == 0 { "\n" } else { "\n\n" });
        said.push_str(&words);
        length += count;
    }
    format!("{said}\n{MARK_END}")
}

fn of_finding(finding: &Finding) -> String {
    // Most messages name the cells themselves.
    let area = finding.place.area.filter(|area| area.first != area.last).map(|area| area.to_string());
    let whole = area.filter(|area| !finding.message.contains(area)).map(|area| format!(" in {area}"));
    let whole = whole.unwrap_or_default();
    let mut lines = vec![format!("{}{whole}: {}", severity(finding.weight()), finding.message)];
    let mut line = |name: &str, words: Option<String>| {
        lines.extend(words.filter(|words| !words.is_empty()).map(|words| format!("{name}: {words}")));
    };
    line("Expected", finding.expected.clone());
    line("There is", finding.actual.clone());
    line("Difference", finding.difference.map(|difference| difference.to_string()));
    line("Could be", Some(could_be(finding)));
    line("To mend", Some(capitalised(&finding.fix)));
    line("Explained", explained(finding));
    // The end of the tool's words must be where the note ends.
    let words = shown(&lines.join("\n"));
    words.replace(MARK_END, "(End.)").replace(MARK_BEGIN, "Crosscast:")
}

/// What could explain it, as one clause after the other.
pub fn could_be(finding: &Finding) -> String {
    let clause = |text: &str| text.trim().trim_end_matches('.').to_owned();
    let clauses: Vec<String> = finding.suggestions.iter().map(|suggestion| clause(&suggestion.text)).collect();
    if clauses.is_empty() { String::new() } else { format!("{}.", clauses.join("; or ")) }
}

/// The reason that an officer gave, and who.
fn explained(finding: &Finding) -> Option<String> {
    let explained = finding.explained.as_ref()?;
    let (by, approved) = (&explained.recorded_by, &explained.approved_by);
    let day = long_date(explained.date);
    Some(format!("{} (recorded by {by}, approved by {approved}, {day})", explained.explanation))
}

/// A text with every character shown; line breaks stay.
fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => shown.push('\n'),
            '\r' => {}
            '\t' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => shown.push(' '),
            other if is_hidden(other) => shown.push_str(&by_number(other)),
            other => shown.push(other),
        }
    }
    shown
}

/// A text of a cell of the list, no longer than Excel holds.
pub fn for_cell(text: &str) -> String {
    shown(text).chars().take(LONGEST_CELL).collect()
}

/// A text as XML holds it. What Excel would take for a character by its number (`_x0041_`) keeps its letters.
pub fn written(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        if character == '_' && is_number_of_character(&text[at..]) {
            kept.push_str("_x005F");
        }
        kept.push(character);
    }
    escaped(&kept)
}

fn is_number_of_character(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes[1].eq_ignore_ascii_case(&b'x')
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
        && bytes[6] == b'_'
}
