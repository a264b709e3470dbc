//! The report for machines: `findings.json` and `crosscast check --format json`.

use crate::model::Report;

use super::visible::is_hidden;

/// The JSON Schema (draft 2020-12) that describes the report.
pub const SCHEMA: &str = include_str!("report.schema.json");

/// The report as indented JSON that ends with a line break.
///
/// Characters that act on a terminal or turn the direction of a line are written as `\u` escapes: the same text to a
/// machine, and harmless where the JSON is printed.
pub fn json(report: &Report) -> String {
    harmless(&serde_json::to_string_pretty(report).expect("a report has text keys and plain values only"))
}

/// Indented JSON with the characters that act written as `\u` escapes, and a line break at its end.
pub(super) fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    for character in text.chars() {
        // The line breaks of the indentation are no part of a text: those within one are escaped already.
        if character != '\n' && (is_hidden(character) || matches!(character, '\u{2028}' | '\u{2029}')) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            safe.push(character);
        }
    }
    safe.push('\n');
    safe
}

#[cfg(test)]
mod tests;
