//! The page about a check: all that a person may ask about it, be it built in or a rule of the pack.

use std::fmt;

use super::Severity;

/// What there is to know about a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckPage {
    /// Its code.
    pub code: String,
    /// What it looks for; of a rule, what must hold.
    pub title: String,
    /// What its findings weigh, as the pack has it.
    pub severity: Severity,
    /// Whether the pack has switched it off.
    pub is_off: bool,
    /// The parts of its page, in the order in which they are read.
    pub parts: Vec<CheckPart>,
}

/// A part of a check's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckPart {
    /// What the part is about: `Why it matters`.
    pub heading: &'static str,
    /// Its sentences.
    pub text: String,
}

impl CheckPart {
    /// A part with its sentences.
    pub fn new(heading: &'static str, text: impl Into<String>) -> Self {
        Self { heading, text: text.into() }
    }
}

impl CheckPage {
    /// Its severity in a word, or that it is switched off.
    pub fn weight(&self) -> String {
        if self.is_off { "off".to_owned() } else { self.severity.to_string() }
    }
}

impl fmt::Display for CheckPage {
    /// Plain text, a paragraph a line.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} ({}): {}\n", self.code, self.weight(), self.title)?;
        self.parts.iter().try_for_each(|part| writeln!(formatter, "{}: {}", part.heading, part.text))
    }
}

/// How a finding that is right, but may stand, is silenced, and how the check's weight is changed.
pub fn how_to_silence(code: &str, explainable: bool) -> String {
    let explain = if explainable {
        "Record why it stands in the explanations workbook: workbook, sheet, cell and difference. Otherwise, whoever \
         keeps the pack"
    } else {
        "No explanation can cover it. Whoever keeps the pack"
    };
    format!(
        "{explain} can change its weight or switch it off: everywhere in partnership.yaml, by `checks: {{{code}: \
         {{severity: info}}}}` or `checks: {{{code}: {{off: true}}}}`; for a table, or a field of one, by the same under \
         `crosscast:` in the table's file."
    )
}
