//! The formulas of workbooks: what they refer to, what they add, their shape, and what they come to.
//!
//! [`parse`] turns the text of a cell's formula into a [`Formula`]. It is then asked which cells it names
//! ([`Formula::references`]), what it adds ([`Formula::sums`]), how it looks from its own cell ([`Formula::shape`]), and
//! what it comes to ([`Formula::evaluate`]) with the results that are stored in the cells that it names: one formula that
//! cannot be computed then spoils no other.
//!
//! Reading is done by the crate `formualizer-parse`, which limits how long and how deeply nested a formula may be; its
//! tree is made into one of our own ([`tree`]), so that no other file depends on it.

mod book;
mod evaluate;
mod function_names;
mod quoted;
mod reference;
mod shape;
mod sums;
mod tree;
mod uses;

pub use book::Book;
pub use evaluate::{Computed, NotRecalculated, Recalculated, to_15_digits};
pub use quoted::without_texts;
pub use reference::{Cells, Extent, Reference, Target};
pub use sums::{Adding, Sum};
pub use tree::NotParsed;

use crate::model::Position;
use tree::Node;

/// A formula, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    root: Node,
    is_array: bool,
}

/// Reads a formula as [`crate::model::GridCell::formula`] has it: without `=`, and in braces where it is an array formula.
///
/// # Errors
/// [`NotParsed`] when the text is no formula of Excel's, is longer than 64 KB, or is nested deeper than Excel allows.
pub fn parse(text: &str) -> Result<Formula, NotParsed> {
    let text = text.trim();
    let text = text.strip_prefix('=').unwrap_or(text);
    match text.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')) {
        Some(inner) => Ok(Formula { root: tree::read(inner.trim_start_matches('='))?, is_array: true }),
        None => Ok(Formula { root: tree::read(text)?, is_array: false }),
    }
}

impl Formula {
    /// Whether it fills several cells at once, or reckons with whole ranges (an array formula, in braces).
    pub fn is_array(&self) -> bool {
        self.is_array
    }

    /// Every reference in it, in the order of the text; one that is written twice is there twice.
    pub fn references(&self) -> Vec<&Reference> {
        let mut found = Vec::new();
        self.root.visit(&mut |node| {
            if let Node::Reference(reference) = node {
                found.push(reference);
            }
        });
        found
    }

    /// The references whose values it uses, in the order of the text: not those of which it only asks where they are (in ROW,
    /// ROWS, COLUMN and COLUMNS), nor the cells among which INDEX finds one. None where that is known only when it is
    /// computed: it calls OFFSET or INDIRECT, or a function stands at an end of a range (`F4:INDEX(F:F,9)`).
    pub fn uses(&self) -> Option<Vec<&Reference>> {
        uses::uses(&self.root)
    }

    /// Every sum in it, in the order of the text: see [`Sum`].
    pub fn sums(&self) -> Vec<Sum> {
        sums::sums(&self.root)
    }

    /// The names of the functions that it calls, in capitals and without the prefixes that files put before newer ones
    /// (`XLOOKUP`, not `_xlfn.XLOOKUP`), in the order of the text; each once.
    pub fn functions(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        self.root.visit(&mut |node| {
            if let Node::Function(name, _) = node
                && !found.contains(&name.as_str())
            {
                found.push(name);
            }
        });
        found
    }

    /// Whether its result changes although no cell that it names does: it calls NOW, TODAY, RAND, OFFSET, INDIRECT or
    /// their kin.
    pub fn is_volatile(&self) -> bool {
        self.functions().into_iter().any(function_names::is_volatile)
    }

    /// The formula as it looks from its own cell: references that are not fixed by `$` are counted from there. A formula
    /// that is filled down or across has one shape; letter case, spaces and needless brackets make no difference.
    ///
    /// The text is for comparing, not for showing: `SUM(R[-4]C[0]:R[-1]C[0])`.
    pub fn shape(&self, at: Position) -> String {
        shape::shape(&self.root, at, self.is_array)
    }

    /// Whether it holds the error `#REF!` in place of cells that were deleted.
    pub fn is_broken(&self) -> bool {
        self.references().iter().any(|reference| reference.target == Target::Broken)
    }
}

#[cfg(test)]
mod tests;
