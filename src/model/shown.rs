//! What is seen in a cell, as Excel shows it.

use super::{GridCell, RawValue, ShownCell};

impl GridCell {
    /// What is seen in the cell; none where nothing is, as in an empty cell and in that of a formula without a result.
    pub fn shown(&self) -> Option<ShownCell> {
        let text = self.raw.shown();
        let is_number = matches!(self.raw, RawValue::Number(_) | RawValue::Date(_) | RawValue::ImpossibleDate(_));
        (!text.trim().is_empty()).then(|| ShownCell { text: text.trim().into(), is_number })
    }
}
