//! What every check is known by: code, severity, and words for people.

use super::{
    carried, characters, constraints, control, damage, file, formulas, hidden, inbox, keys, not_located, overlaps,
    personal, references, resubmission, sheet_names, stated_sums, structure, totals, types, unwritten, values, window,
};
use crate::model::Check;

/// The codes of the checks that have a threshold, which the pack can set.
pub fn with_threshold() -> Vec<&'static str> {
    values::with_threshold()
}

/// Every check, by family, in the order in which a workbook is judged.
pub fn registry() -> impl Iterator<Item = &'static Check> {
    let plain = |family: &'static [&'static Check]| family.iter().copied();
    plain(&inbox::CHECKS)
        .chain(plain(&file::CHECKS))
        .chain(plain(&damage::CHECKS))
        .chain(plain(&resubmission::CHECKS))
        .chain(plain(&structure::CHECKS))
        .chain(plain(&not_located::CHECKS))
        .chain(plain(&overlaps::CHECKS))
        .chain(plain(&sheet_names::CHECKS))
        .chain(types::CHECKS.iter().map(|check| &check.check))
        .chain(constraints::CHECKS.iter().map(|constraint| &constraint.check))
        .chain(plain(&window::CHECKS))
        .chain(plain(&carried::CHECKS))
        .chain(plain(&totals::CHECKS))
        .chain(plain(&stated_sums::CHECKS))
        .chain(plain(&formulas::CHECKS))
        .chain(plain(&control::CHECKS))
        .chain(plain(&unwritten::CHECKS))
        .chain(plain(&hidden::CHECKS))
        .chain(plain(&personal::CHECKS))
        .chain(plain(&characters::CHECKS))
        .chain(plain(&keys::CHECKS))
        .chain(plain(&references::CHECKS))
        .chain(values::checks())
}

/// The checks whose messages quote formulas, or what formulas name or show. A formula can take that from any sheet, so the
/// place of a finding does not tell whether its message is for the public.
pub fn quoting_formulas() -> impl Iterator<Item = &'static Check> {
    formulas::quoting()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{About, Over};

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let mut codes: Vec<&str> = registry().map(|check| check.code).collect();
        codes.sort_unstable();
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
        for code in codes {
            let kebab =
                code.split('-').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
            assert!(kebab, "{code}");
        }
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
            assert!(check.page().to_string().contains(check.code) && check.silence().contains("off: true"));
        }
    }

    /// These are counted where a field asks for them, which their families tell `coverage`. A new check that says nothing else
    /// of what it runs over is among them: then its family tells it too, or it is never said to have run.
    #[test]
    fn checks_that_fields_ask_for() {
        let of_fields = |check: &&Check| matches!(check.over, Over::Asked | Over::Values | Over::Columns);
        let mut codes: Vec<&str> = registry().filter(of_fields).map(|check| check.code).collect();
        codes.sort_unstable();
        assert_eq!(
            codes,
            [
                "control-total",
                "date-after-prepared",
                "date-outside-month",
                "date-outside-year",
                "day-and-month-swapped",
                "format-not-understood",
                "missing-total",
                "negative-amount",
                "not-in-list",
                "pattern-mismatch",
                "required-value",
                "spelt-two-ways",
                "too-large",
                "too-long",
                "too-short",
                "too-small",
            ]
        );
    }

    #[test]
    fn what_no_explanation_can_cover() {
        let explainable = |code: &str| registry().find(|check| check.code == code).unwrap().explainable;
        for code in ["unreadable-workbook", "personal-data"] {
            assert!(!explainable(code), "{code}");
        }
        for code in ["total-mismatch", "control-total"] {
            assert!(explainable(code), "{code}");
        }
    }
}
