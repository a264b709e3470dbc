//! The settings and blocks of `appendix.md` for the page of keys, which is made from the types that read them.

use schemars::SchemaGenerator;

use super::chart::ChartPlan;
use super::explanations::ExplanationsPlan;
use super::facts::FactList;
use super::source::FrontMatter;
use super::table::TablePlan;
use crate::schema::{Mistake, parse_yaml};

/// Adds the types of the settings and of each block that is YAML.
pub(crate) fn describe(generator: &mut SchemaGenerator) {
    generator.subschema_for::<FrontMatter>();
    generator.subschema_for::<TablePlan>();
    generator.subschema_for::<ChartPlan>();
    generator.subschema_for::<FactList>();
    generator.subschema_for::<ExplanationsPlan>();
}

/// What is wrong with the YAML of a block, by the name of its type.
pub(crate) fn mistakes_in(block: &str, yaml: &str) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let is_read = match block {
        "FrontMatter" => parse_yaml::<FrontMatter>(super::FILE, yaml, &mut mistakes).is_some(),
        "TablePlan" => parse_yaml::<TablePlan>(super::FILE, yaml, &mut mistakes).is_some(),
        "ChartPlan" => parse_yaml::<ChartPlan>(super::FILE, yaml, &mut mistakes).is_some(),
        "FactList" => parse_yaml::<FactList>(super::FILE, yaml, &mut mistakes).is_some(),
        "ExplanationsPlan" => parse_yaml::<ExplanationsPlan>(super::FILE, yaml, &mut mistakes).is_some(),
        other => panic!("appendix.md has no block {other}"),
    };
    assert_eq!(is_read, mistakes.is_empty());
    mistakes
}
