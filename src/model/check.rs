//! What every built-in check is known by: code, severity, and words for people.

use super::check_page::how_to_silence;
use super::{CheckPage, CheckPart, Finding, Over, Place, Severity};

/// A check that is built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// The stable code, in kebab-case.
    pub code: &'static str,
    /// How much its findings weigh, unless the pack says otherwise.
    pub severity: Severity,
    /// Whether an officer's explanation can let a finding stand.
    pub explainable: bool,
    /// Whether it must have run before anything is published, unless the pack says otherwise.
    pub required: bool,
    /// Over what it runs.
    pub over: Over,
    /// What it looks for, in a few words.
    pub title: &'static str,
    /// What it means, for people.
    pub about: About,
}

/// What a check means, for people who know Excel and not this tool. It is the check's documentation, written beside the
/// check: `crosscast explain`, the findings page and the README take it from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// What was found when it reports something.
    pub meaning: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// An example.
    pub example: &'static str,
    /// How to mend it.
    pub mend: &'static str,
}

impl Check {
    /// A check whose findings are errors that no explanation can cover.
    pub const fn error(code: &'static str, title: &'static str, about: About) -> Self {
        Self { code, severity: Severity::Error, explainable: false, required: true, over: Over::Asked, title, about }
    }

    /// A check whose findings are warnings.
    pub const fn warning(code: &'static str, title: &'static str, about: About) -> Self {
        Self { code, severity: Severity::Warning, explainable: false, required: true, over: Over::Asked, title, about }
    }

    /// A check whose findings are for information.
    pub const fn info(code: &'static str, title: &'static str, about: About) -> Self {
        Self { code, severity: Severity::Info, explainable: false, required: true, over: Over::Asked, title, about }
    }

    /// The same check, which runs over something else than the fields that ask for it.
    pub const fn over(self, over: Over) -> Self {
        Self { over, ..self }
    }

    /// The same check, of which it stands against nothing that it could not run.
    pub const fn not_required(self) -> Self {
        Self { required: false, ..self }
    }

    /// The same check, whose findings an officer's explanation can let stand.
    pub const fn explainable(self) -> Self {
        Self { explainable: true, ..self }
    }

    /// A finding of this check with its own severity.
    pub fn finding(&self, place: Place, message: impl Into<String>, fix: impl Into<String>) -> Finding {
        let mut finding = Finding::new(self.code, self.severity, place, message, fix);
        finding.explainable = self.explainable;
        finding
    }

    /// How a finding that is right, but may stand, is silenced.
    pub fn silence(&self) -> String {
        how_to_silence(self.code, self.explainable)
    }

    /// The whole page about the check, which `crosscast explain` and the findings page show.
    pub fn page(&self) -> CheckPage {
        let About { meaning, why, example, mend } = self.about;
        CheckPage {
            code: self.code.to_owned(),
            title: self.title.to_owned(),
            severity: self.severity,
            is_off: false,
            parts: vec![
                CheckPart::new("What it means", meaning),
                CheckPart::new("Why it matters", why),
                CheckPart::new("Example", example),
                CheckPart::new("How to mend it", mend),
                CheckPart::new("How to silence it", self.silence()),
            ],
        }
    }
}
