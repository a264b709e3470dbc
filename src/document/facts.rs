//! The `facts` fence: a row of headline figures.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationErrors};

use super::FILE;
use super::fence::Piece;
use crate::schema::Mistake;

/// A headline figure: both texts are templates.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct FactPlan {
    /// The figure, with its format: `"{{ funding.amount | money }}"`.
    pub value: String,
    /// What it is, in a few words.
    pub label: String,
}

/// The body of the fence.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub(super) struct FactList(pub Vec<FactPlan>);

impl Validate for FactList {
    /// What its texts lack is told with their lines by [`faults_of_form`].
    fn validate(&self) -> Result<(), ValidationErrors> {
        Ok(())
    }
}

/// Reports figures without words, and words without a figure.
pub(super) fn faults_of_form(facts: &[FactPlan], piece: &Piece) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    if facts.is_empty() {
        mistakes.push(Mistake::at(FILE, piece.line, "", "a block of facts needs at least one figure"));
    }
    for (index, fact) in facts.iter().enumerate() {
        for (key, text) in [("value", &fact.value), ("label", &fact.label)] {
            if text.trim().is_empty() {
                let path = format!("[{index}].{key}");
                mistakes.push(Mistake::at(FILE, piece.line_of(&path), path, format!("the {key} is missing")));
            }
        }
    }
    mistakes
}
