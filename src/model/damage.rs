//! Cells that a file gives in a way that leaves open what they hold.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Position;

/// A cell of which the file leaves open what it holds. In its sheet's cells it stands as
/// [`RawValue::Damaged`](super::RawValue::Damaged), so that it passes for no figure and no text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DamagedCell {
    /// The cell.
    pub position: Position,
    /// What is wrong with it.
    pub damage: Damage,
}

/// What is wrong with a cell of a file. Texts are as the file has them, and may be long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Damage {
    /// It is there more than once, with different contents: how often, and the first and the last of them.
    GivenTwice {
        /// How often it is there.
        times: u32,
        /// What it holds where it comes first.
        first: Arc<str>,
        /// What it holds where it comes last.
        last: Arc<str>,
    },
    /// It should hold a number, and holds this, such as `NaN`.
    NotANumber(Arc<str>),
    /// It should hold TRUE or FALSE, and holds this.
    NotYesOrNo(Arc<str>),
    /// It names a text of the workbook's list of texts, by this number, and the list has none there.
    NoSuchText(Arc<str>),
    /// It says that what it holds is of this kind, which no workbook has.
    UnknownKind(Arc<str>),
    /// It says that it holds a number, a date or the like, but only this text is there, which it shows.
    NoValue(Arc<str>),
    /// What it holds is written in a way that programs read differently; with all that is written.
    ReadDifferently(Arc<str>),
    /// It shares a formula with other cells, and none of them states it.
    NoSuchFormula,
    /// The reader did not know how to take it.
    NotRead,
}
