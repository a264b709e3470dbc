//! What the cells of a column are, counted as they come.

use std::collections::BTreeMap;

use super::kinds::{is_pounds, kind_of};
use crate::model::{CellKind, ColumnSeen, GridCell, Money, RawValue};

/// A column is of a kind when at least three in four of its cells are.
const MOST_OF: (usize, usize) = (3, 4);

/// The cells of a column, counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ColumnTally {
    /// How many cells are of each kind.
    pub kinds: BTreeMap<CellKind, usize>,
    /// How many cells hold something.
    pub filled: usize,
    /// Numbers that are no whole pence.
    unlike_money: usize,
    /// Cells that are shown in pounds.
    in_pounds: usize,
}

impl ColumnTally {
    /// Counts a cell that holds something.
    pub(super) fn add(&mut self, cell: &GridCell) {
        let kind = kind_of(cell);
        *self.kinds.entry(kind).or_default() += 1;
        self.filled += 1;
        if let RawValue::Number(number) = cell.raw {
            self.unlike_money += usize::from(Money::from_number(number).is_err());
            self.in_pounds += usize::from(cell.format.as_deref().is_some_and(is_pounds));
        }
    }

    fn of(&self, kinds: &[CellKind]) -> usize {
        kinds.iter().filter_map(|kind| self.kinds.get(kind)).sum()
    }

    /// What the column holds.
    pub fn seen(&self) -> ColumnSeen {
        use CellKind::{
            Amount, Date, DateAsText, Error, Number, NumberAsText, Percentage, Text, WholeNumber, WithoutResult,
            YesOrNo,
        };
        // What shows no value says nothing of what the others are.
        let judged = self.filled - self.of(&[Error, WithoutResult]);
        let most = |kinds: &[CellKind]| self.of(kinds) * MOST_OF.1 >= judged * MOST_OF.0 && self.of(kinds) > 0;
        if self.filled == 0 {
            return ColumnSeen::Empty;
        }
        if most(&[WholeNumber, Number, Amount, Percentage, NumberAsText]) {
            return self.numbers();
        }
        if most(&[Date, DateAsText]) {
            let typed = self.of(&[DateAsText]) > self.of(&[Date]);
            return if typed { ColumnSeen::DateAsText } else { ColumnSeen::Date };
        }
        if most(&[YesOrNo]) {
            return ColumnSeen::YesOrNo;
        }
        if most(&[Text, YesOrNo]) { ColumnSeen::Text } else { ColumnSeen::Mixed }
    }

    fn numbers(&self) -> ColumnSeen {
        let all = self.of(&[CellKind::WholeNumber, CellKind::Number, CellKind::Amount, CellKind::Percentage]);
        let half = |kind: CellKind| self.of(&[kind]) > 0 && self.of(&[kind]) * 2 >= all;
        match () {
            () if half(CellKind::Amount) => ColumnSeen::Amount,
            () if half(CellKind::Percentage) => ColumnSeen::Percentage,
            () if self.of(&[CellKind::Number, CellKind::NumberAsText]) > 0 => ColumnSeen::Number,
            () => ColumnSeen::WholeNumber,
        }
    }

    /// Whether each of its numbers is an amount of pounds and whole pence.
    pub(super) fn is_pounds(&self) -> bool {
        self.seen() == ColumnSeen::Amount && self.unlike_money == 0 && self.in_pounds > 0
    }

    /// Whether more of its cells are numbers or days than words.
    pub(super) fn has_mostly_figures(&self) -> bool {
        let words = self.of(&[CellKind::Text, CellKind::YesOrNo]);
        self.filled - words > words
    }

    /// Whether it holds anything but words.
    pub(super) fn has_figures(&self) -> bool {
        self.filled > self.of(&[CellKind::Text, CellKind::YesOrNo])
    }
}
