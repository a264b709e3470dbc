//! Results for machines: the report (`findings.json` and `crosscast check --format json`), and what `crosscast inspect` found.

use std::io;

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
    written(report)
}

/// The JSON Schema (draft 2020-12) that describes what `crosscast inspect --format json` writes.
pub const INSPECTION_SCHEMA: &str = include_str!("inspection.schema.json");

/// What is in files that were looked at without a pack, as indented JSON that ends with a line break.
pub fn inspection_json(inspection: &Inspection) -> String {
    written(inspection)
}

/// Indented JSON that ends with a line break, each part of it made harmless as it is written: of a hundred thousand findings
/// there is one copy.
fn written(result: &impl Serialize) -> String {
    let mut safe = Harmless(String::new());
    serde_json::to_writer_pretty(&mut safe, result).expect("a result has text keys and plain values only");
    safe.0.push('\n');
    safe.0
}

/// Indented JSON with the characters that act written as `\u` escapes, and a line break at its end.
pub(super) fn harmless(text: &str) -> String {
    let mut safe = Harmless(String::with_capacity(text.len() + 1));
    safe.push(text);
    safe.0.push('\n');
    safe.0
}

/// JSON in which no character acts.
struct Harmless(String);

impl Harmless {
    fn push(&mut self, text: &str) {
        for character in text.chars() {
            // The line breaks of the indentation are no part of a text: those within one are escaped already.
            if character != '\n' && (is_hidden(character) || matches!(character, '\u{2028}' | '\u{2029}')) {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    self.0.push_str(&format!("\\u{unit:04x}"));
                }
            } else {
                self.0.push(character);
            }
        }
    }
}

impl io::Write for Harmless {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // JSON is written in whole texts: no character is parted.
        self.push(str::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
