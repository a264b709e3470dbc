//! Settings for single checks: what the pack says of a check, of a check in one table, and of a check in one field.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Mistake, Pack, yaml};
use crate::model::{Finding, Severity};

/// Settings for one check. What is left out is as a farther setting has it, and last as the check itself has it.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckOptions {
    /// Another severity than the check's own.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// Whether the check must run before anything is published.
    #[serde(default)]
    pub required: Option<bool>,
    /// Whether the check is switched off.
    #[serde(default)]
    pub off: Option<bool>,
    /// Another threshold than the check's own, in the check's own unit; only of a check that has one.
    #[serde(default)]
    pub threshold: Option<f64>,
}

impl CheckOptions {
    /// Whether the check is switched off.
    pub fn is_off(&self) -> bool {
        self.off == Some(true)
    }

    /// These settings, and for what they leave out those of a farther place.
    fn or(self, farther: Self) -> Self {
        Self {
            severity: self.severity.or(farther.severity),
            required: self.required.or(farther.required),
            off: self.off.or(farther.off),
            threshold: self.threshold.or(farther.threshold),
        }
    }
}

/// Settings by the code of their check.
type Settings = BTreeMap<String, CheckOptions>;

/// Where settings stand in the pack.
struct SettingsAt<'a> {
    file: String,
    path: String,
    settings: &'a Settings,
}

impl Pack {
    /// What `partnership.yaml` says of a check: its severity, and whether it is required or off.
    pub fn check_options(&self, code: &str) -> CheckOptions {
        self.check_options_in(code, None, None)
    }

    /// What the pack says of a check in a table, or in a field of it: the nearest setting wins, of the field, then of the
    /// table, then of the check. A table or field that the pack does not have has no settings.
    pub fn check_options_in(&self, code: &str, table: Option<&str>, field: Option<&str>) -> CheckOptions {
        let of = |settings: &Settings| settings.get(code).copied().unwrap_or_default();
        let schema = table.and_then(|table| self.tables.get(table));
        let field = schema.zip(field).and_then(|(schema, field)| schema.field(field));
        let of_field = field.map(|field| of(&field.crosscast.checks)).unwrap_or_default();
        let of_table = schema.map(|schema| of(&schema.crosscast.checks)).unwrap_or_default();
        of_field.or(of_table).or(of(&self.partnership.checks))
    }

    /// Gives findings the severity that `partnership.yaml` sets for their check, and leaves out what it switches off.
    pub fn weigh(&self, findings: &mut Vec<Finding>) {
        findings.retain_mut(|finding| self.keeps(finding, None, None));
    }

    /// Gives a finding the severity that the pack sets for its check in a table and field; says whether it is kept, which
    /// it is not where its check is switched off.
    pub fn keeps(&self, finding: &mut Finding, table: Option<&str>, field: Option<&str>) -> bool {
        let options = self.check_options_in(&finding.code, table, field);
        finding.severity = options.severity.unwrap_or(finding.severity);
        !options.is_off()
    }

    /// Reports settings for checks that do not exist, with the likely match, and thresholds of checks that have none.
    /// `known` are the codes of the built-in checks, to which the rules' codes are added; `with_threshold` those of the
    /// checks that have a threshold.
    pub fn check_codes(&self, known: &[&str], with_threshold: &[&str]) -> Vec<Mistake> {
        let known: Vec<&str> = known.iter().copied().chain(self.rules.iter().map(|rule| rule.code.as_str())).collect();
        let mut mistakes = Vec::new();
        for SettingsAt { file, path, settings } in self.settings() {
            let text = self.files.text(&file).unwrap_or_default();
            for (code, options) in settings {
                let path = format!("{path}.{code}");
                let at = |path: String, what: &str| Mistake::at(&file, yaml::line_of(text, &path), path, what);
                if !known.contains(&code.as_str()) {
                    mistakes.push(at(path, "no check has this code").with_likely_of_many(
                        code,
                        known.iter().copied(),
                        "`crosscast explain` lists them",
                    ));
                } else if options.threshold.is_some() && !with_threshold.contains(&code.as_str()) {
                    let what = format!("the check {code} has no threshold");
                    let path = format!("{path}.threshold");
                    mistakes.push(at(path, &what).with_likely("", with_threshold.iter().copied()));
                }
            }
        }
        mistakes
    }

    /// All settings of checks in the pack.
    fn settings(&self) -> impl Iterator<Item = SettingsAt<'_>> {
        let everywhere = SettingsAt {
            file: super::PARTNERSHIP.to_owned(),
            path: "checks".to_owned(),
            settings: &self.partnership.checks,
        };
        let of_tables = self.tables.iter().flat_map(|(name, schema): (&Arc<str>, _)| {
            let of = |path: String, settings| SettingsAt { file: format!("tables/{name}.yaml"), path, settings };
            let fields = schema.fields.iter().enumerate();
            let fields: Vec<_> = fields
                .map(|(index, field)| of(format!("fields[{index}].crosscast.checks"), &field.crosscast.checks))
                .collect();
            std::iter::once(of("crosscast.checks".to_owned(), &schema.crosscast.checks)).chain(fields)
        });
        std::iter::once(everywhere).chain(of_tables)
    }
}
