//! Results for machines: the report (`findings.json` and `crosscast check --format json`), and what `crosscast inspect` found.

use serde::Serialize;

use crate::model::{Inspection, Report};

use super::visible::is_hidden;

/// The JSON Schema (draft 2020-12) that describes the report.
pub const SCHEMA: &str = include_str!("report.schema.json");

/// The report as indented JSON that ends with a line break.
///
/// Characters that act on a terminal or turn the direction of a line are written as `\u` escapes: the same text to a
/// machine, and harmless where the JSON is printed.
pub fn json(report: &Report) -> String {
    harmless(&written(report))
}

/// The JSON Schema (draft 2020-12) that describes what `crosscast inspect --format json` writes.
pub const INSPECTION_SCHEMA: &str = include_str!("inspection.schema.json");

/// What is in files that were looked at without a pack, as indented JSON that ends with a line break.
pub fn inspection_json(inspection: &Inspection) -> String {
    harmless(&written(inspection))
}

fn written(result: &impl Serialize) -> String {
    serde_json::to_string_pretty(result).expect("a result has text keys and plain values only")
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
