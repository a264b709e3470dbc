//! The published figures, written once in `published.json` for these tests and the scripts beside them.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The published figures.
#[derive(Debug, Deserialize)]
pub struct Published {
    /// Each funding line: how its name begins, and its amount.
    pub lines: Vec<(String, String)>,
    /// Passages that hold the year's totals.
    pub sentences: Vec<String>,
    /// Each monthly measure: its ID, its words, and the year's figure.
    pub measures: Vec<(String, String, String)>,
    /// Each year-end measure: its ID, its words, and its figure as it is printed.
    pub year_end: Vec<(String, String, String)>,
    /// Totals of the consolidated workbook, by sheet and column title.
    pub totals: BTreeMap<String, BTreeMap<String, f64>>,
}

/// Reads them.
pub fn published() -> Published {
    serde_json::from_str(include_str!("published.json")).unwrap()
}
