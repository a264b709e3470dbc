//! Formulas that a sheet states once and shares among cells.

use std::collections::BTreeMap;

use calamine::{XlsxFormulaMetadata, expand_shared_formula};

/// The shared formulas of one sheet, by their index.
///
/// Kept here rather than by calamine, which asks for memory by the index that the file names.
#[derive(Default)]
pub(super) struct SharedFormulas {
    anchors: BTreeMap<usize, ((u32, u32), String)>,
}

impl SharedFormulas {
    /// The text of a cell's formula, without `=`; none when it shares one that was not stated before it.
    pub fn text(&mut self, formula: XlsxFormulaMetadata, at: (u32, u32)) -> Option<String> {
        match formula {
            XlsxFormulaMetadata::Normal { formula } => Some(formula),
            XlsxFormulaMetadata::Shared { shared_index, formula, .. } => {
                self.anchors.insert(shared_index, (at, formula.clone()));
                Some(formula)
            }
            XlsxFormulaMetadata::SharedDerived { shared_index } => {
                let (anchor, formula) = self.anchors.get(&shared_index)?;
                expand_shared_formula(formula, *anchor, at).ok()
            }
            _ => None,
        }
    }
}
