//! What every check is known by: code, severity, and words for people.

use super::{constraints, control, file, keys, personal, references, structure, totals, types, window};
use crate::model::{Finding, Place, Severity};

/// A check that is built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// The stable code, in kebab-case.
    pub code: &'static str,
    /// How much its findings weigh, unless the pack says otherwise.
    pub severity: Severity,
    /// Whether an officer's explanation can let a finding stand.
    pub explainable: bool,
    /// What it looks for, in a few words.
    pub title: &'static str,
    /// What it means, for people.
    pub about: About,
}

/// What a check means, for people who know Excel and not this tool.
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
    /// A finding of this check with its own severity.
    pub(super) fn finding(&self, place: Place, message: impl Into<String>, fix: impl Into<String>) -> Finding {
        let mut finding = Finding::new(self.code, self.severity, place, message, fix);
        finding.explainable = self.explainable;
        finding
    }

    /// How a finding that is right, but may stand, is silenced.
    pub fn silence(&self) -> String {
        let explain = if self.explainable {
            "Record why it stands in the explanations workbook: workbook, sheet, cell and difference. Otherwise, \
             whoever keeps the pack"
        } else {
            "No explanation can cover it. Whoever keeps the pack"
        };
        format!(
            "{explain} can change its weight or switch it off in partnership.yaml: `checks: {{{code}: {{severity: \
             info}}}}` or `checks: {{{code}: {{off: true}}}}`.",
            code = self.code
        )
    }

    /// The whole page about the check as plain text, a paragraph a line.
    pub fn page(&self) -> String {
        let About { meaning, why, example, mend } = self.about;
        format!(
            "{} ({}): {}\n\nWhat it means: {meaning}\nWhy it matters: {why}\nExample: {example}\nHow to mend it: \
             {mend}\nHow to silence it: {}\n",
            self.code,
            self.severity,
            self.title,
            self.silence()
        )
    }
}

/// The checks by family, in the order in which a workbook is judged.
const FAMILIES: [&[&Check]; 10] = [
    &file::CHECKS,
    &structure::CHECKS,
    &types::CHECKS,
    &constraints::CHECKS,
    &window::CHECKS,
    &totals::CHECKS,
    &control::CHECKS,
    &personal::CHECKS,
    &keys::CHECKS,
    &references::CHECKS,
];

/// Every check, in the order of the families.
pub fn registry() -> impl Iterator<Item = &'static Check> {
    FAMILIES.into_iter().flatten().copied()
}

/// The check of that code.
pub fn find(code: &str) -> Option<&'static Check> {
    registry().find(|check| check.code == code)
}

/// The codes of every check, sorted.
pub fn codes() -> Vec<&'static str> {
    let mut codes: Vec<&str> = registry().map(|check| check.code).collect();
    codes.sort_unstable();
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let codes = codes();
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
        for code in codes {
            let kebab =
                code.split('-').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
            assert!(kebab, "{code}");
            assert_eq!(find(code).map(|check| check.code), Some(code));
        }
        assert_eq!(find("no-such-check"), None);
    }

    #[test]
    fn every_check_is_documented_in_sentences() {
        for check in registry() {
            let About { meaning, why, example, mend } = check.about;
            for text in [meaning, why, example, mend] {
                assert!(text.len() > 10 && text.ends_with('.'), "{}: {text}", check.code);
                for word in ["valid", "please", "sorry", "forbidden"] {
                    assert!(!text.to_lowercase().contains(word), "{}: {word} in {text}", check.code);
                }
            }
            assert!(!check.title.is_empty() && !check.title.ends_with('.'), "{}", check.code);
            assert!(check.page().contains(check.code) && check.silence().contains("off: true"));
        }
    }

    #[test]
    fn what_no_explanation_can_cover() {
        for code in ["unreadable-workbook", "personal-data"] {
            assert!(!find(code).unwrap().explainable, "{code}");
        }
        for code in ["total-mismatch", "control-total"] {
            assert!(find(code).unwrap().explainable, "{code}");
        }
    }
}
