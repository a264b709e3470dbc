//! How much memory the texts of a workbook take.
//!
//! A workbook of a few bytes can have a million cells share one long text or one long formula, of which each cell then has
//! its own.

use crate::model::{BeyondLimit, GridCell, Limit, Limits, RawValue};

/// How many times a text is kept, at the most, while a workbook is read and judged: in its cell, in its table, in the store.
const COPIES: u64 = 4;

/// How many times its text a formula takes: it is kept, and made into parts when it is judged.
const COPIES_OF_FORMULAS: u64 = 16;

/// The texts of a workbook's cells, counted as they are read.
pub(super) struct TextMemory {
    limits: Limits,
    /// In bytes.
    taken: u64,
}

impl TextMemory {
    /// Nothing taken yet.
    pub fn within(limits: Limits) -> Self {
        Self { limits, taken: 0 }
    }

    /// Counts what a cell holds and its formula.
    ///
    /// # Errors
    /// When the texts of all cells take more memory than is allowed.
    pub fn take(&mut self, cell: &GridCell) -> Result<(), BeyondLimit> {
        self.taken += match &cell.raw {
            RawValue::Text(text) | RawValue::ImpossibleDate(text) | RawValue::Error(text) => text.len() as u64 * COPIES,
            RawValue::Empty | RawValue::Damaged | RawValue::Number(_) | RawValue::Date(_) | RawValue::Boolean(_) => 0,
        };
        self.take_formula(cell)
    }

    /// Counts the formula of a cell.
    ///
    /// # Errors
    /// When the texts of all cells take more memory than is allowed.
    pub fn take_formula(&mut self, cell: &GridCell) -> Result<(), BeyondLimit> {
        self.taken += cell.formula.as_ref().map_or(0, |formula| formula.len() as u64 * COPIES_OF_FORMULAS);
        self.limits.hold(Limit::Memory, self.taken, || {
            let most = Limit::Memory.said(self.limits.most(Limit::Memory));
            format!("its texts and formulas take more than {most} of memory")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_formulas_count_as_often_as_they_are_kept() {
        let limits = Limits::default().with(&["memory=136".parse().unwrap()]);
        let mut texts = TextMemory::within(limits);
        let text = GridCell { raw: RawValue::Text("four".into()), ..GridCell::default() };
        let formula = GridCell { raw: RawValue::Number(1.0), formula: Some("1+1".into()), ..GridCell::default() };
        assert_eq!((texts.take(&text), texts.take(&formula), texts.take(&formula)), (Ok(()), Ok(()), Ok(())));
        let beyond = texts.take_formula(&formula).unwrap_err();
        assert_eq!(beyond.what, "its texts and formulas take more than 136 bytes of memory");
        assert_eq!(beyond.option(), "--limit memory=272");
    }
}
