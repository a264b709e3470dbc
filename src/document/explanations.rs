//! The differences that officers let stand, and the `explanations` fence that prints those of some tables.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::model::document::{Block, Inline};
use crate::model::{Format, QueryError, Scalar, StoredRows};

/// The fence: which differences are printed.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ExplanationsPlan {
    /// Stored tables whose explained differences are printed.
    #[serde(default)]
    #[validate(length(min = 1, message = "the tables are missing, as in tables: [funding]"))]
    pub tables: Vec<String>,
}

/// A difference that an officer lets stand.
struct Explained {
    /// The stored table that it is in; empty where it is in none.
    table: String,
    /// Where it is, what it is, and what was recorded.
    sentences: String,
    /// Whether a block of the document prints it.
    claimed: bool,
}

/// All differences that officers let stand, in the order of the findings.
#[derive(Default)]
pub(super) struct Explanations(Vec<Explained>);

impl Explanations {
    /// Reads them from the stored findings.
    pub fn read(rows: &dyn StoredRows) -> Result<Self, QueryError> {
        let found = rows.query(
            "SELECT table_name, sheet || '!' || cell, public_message, explanation, workbook, recorded_by, approved_by,
                 explained_on
             FROM finding WHERE explanation IS NOT NULL ORDER BY position",
        )?;
        Ok(Self(found.rows.iter().map(|row| explained(row)).collect()))
    }

    /// The sentences of those that are in the tables. They are no longer listed at the end of the document.
    pub fn claim(&mut self, tables: &[String]) -> Vec<String> {
        let concerned = self.0.iter_mut().filter(|explained| tables.contains(&explained.table));
        concerned
            .map(|explained| {
                explained.claimed = true;
                explained.sentences.clone()
            })
            .collect()
    }

    /// Explained differences are never silent: a heading and a list of those that no block prints.
    pub fn unclaimed(&self, blocks: &mut Vec<Block>) {
        let rest = self.0.iter().filter(|explained| !explained.claimed);
        let items: Vec<Vec<Inline>> = rest.map(|explained| vec![Inline::plain(&explained.sentences)]).collect();
        if !items.is_empty() {
            blocks.push(Block::Heading { level: 1, number: None, text: "Explained differences".into() });
            blocks.push(Block::List { ordered: false, items });
        }
    }
}

fn explained(row: &[Scalar]) -> Explained {
    let text = |index: usize| row[index].as_text().unwrap_or_default();
    let date = Format::Date.show(&row[7]).unwrap_or_default();
    let sentences = format!(
        "Explained difference at {}: {} Explanation: {} (Workbook: {}. Recorded by: {}. Approved by: {}. {date}.)",
        text(1),
        text(2),
        text(3),
        text(4),
        text(5),
        text(6)
    );
    Explained { table: text(0).to_owned(), sentences, claimed: false }
}
