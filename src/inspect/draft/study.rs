//! What the cells of a column hold, over all the tables that are one: counted as they come.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::super::kinds::kind_of;
use super::super::tallies::ColumnTally;
use super::ReadDay;
use super::identifiers::CodePattern;
use super::period::year_of;
use super::shorthand;
use crate::model::{CellKind, GridCell, Money, Month, RawValue, on_one_line};

/// An enumeration has at most so many values.
pub(super) const MOST_VALUES: usize = 12;
/// So many cells of a kind are named.
const MOST_NAMED: usize = 3;

/// The cells of a column, counted.
#[derive(Debug, Clone, Default)]
pub(super) struct Study {
    /// What they are, shorthand aside.
    pub tally: ColumnTally,
    /// How many records there are, those that have nothing in the column included.
    pub records: usize,
    /// How many of them have nothing in it.
    pub empty: usize,
    /// The first cells of each kind, by name.
    pub cells: BTreeMap<CellKind, Vec<Arc<str>>>,
    /// The texts, while there are few, with how often each comes.
    pub texts: BTreeMap<String, usize>,
    /// Whether there are more texts than an enumeration has.
    pub has_many_texts: bool,
    /// Whether each value is there once.
    pub is_without_repeats: bool,
    seen: HashSet<String>,
    /// The pattern of codes.
    pub codes: CodePattern,
    /// Texts that stand for a figure or for none, each with its cells.
    pub shorthand: BTreeMap<String, Vec<Arc<str>>>,
    /// How many days lie in each financial year, by the year in which that begins.
    pub years: BTreeMap<i32, usize>,
    /// Days as words, which are not read.
    pub unread_days: usize,
    /// Whether every day is the first of its month, and no format shows a day.
    pub are_months: bool,
    /// Texts that are months with their year.
    pub month_texts: usize,
    /// Numbers that are whole pence.
    pub pence: usize,
    /// Numbers, or texts of amounts.
    pub numbers: usize,
    /// Amounts that were typed as texts with a pound sign.
    pub pound_texts: usize,
    /// Cells shown in pounds.
    pub pound_formats: usize,
    /// The words of yes and of no.
    pub yes: Vec<String>,
    /// The words of no.
    pub no: Vec<String>,
}

impl Study {
    /// Nothing counted as yet.
    pub fn new() -> Self {
        Self { is_without_repeats: true, are_months: true, ..Self::default() }
    }

    /// Counts the cell of a record; `name` says where it is.
    pub fn add(&mut self, cell: Option<&GridCell>, name: impl Fn() -> String, read_day: ReadDay) {
        self.records += 1;
        let Some(cell) = cell.filter(|cell| cell.is_filled()) else {
            self.empty += 1;
            return;
        };
        let shown = cell.raw.shown();
        let shown = shown.trim();
        if let RawValue::Text(_) = &cell.raw
            && shorthand::meaning(shown).is_some()
        {
            let cells = self.shorthand.entry(shown.to_owned()).or_default();
            if cells.len() < MOST_NAMED {
                cells.push(name().into());
            }
            self.take_text(shown);
            return;
        }
        self.tally.add(cell);
        let kind = kind_of(cell);
        let named = self.cells.entry(kind).or_default();
        if named.len() < MOST_NAMED {
            named.push(name().into());
        }
        self.take_text(shown);
        self.codes.add(shown);
        self.take_number(cell, shown);
        self.take_day(cell, kind, shown, read_day);
        self.take_yes_or_no(kind, shown);
    }

    fn take_text(&mut self, shown: &str) {
        let text = on_one_line(shown);
        self.is_without_repeats &= self.seen.insert(text.to_lowercase());
        if let Some(count) = self.texts.get_mut(shown) {
            *count += 1;
        } else if self.texts.len() < MOST_VALUES {
            self.texts.insert(shown.to_owned(), 1);
        } else {
            self.has_many_texts = true;
        }
    }

    fn take_number(&mut self, cell: &GridCell, shown: &str) {
        match &cell.raw {
            RawValue::Number(number) => {
                self.numbers += 1;
                self.pence += usize::from(Money::from_number(*number).is_ok());
                self.pound_formats += usize::from(cell.format.as_deref().is_some_and(|format| format.contains('£')));
            }
            RawValue::Text(_) if Money::from_text(shown).is_ok() => {
                self.numbers += 1;
                self.pence += 1;
                self.pound_texts += usize::from(shown.contains('£'));
            }
            _ => {}
        }
    }

    fn take_day(&mut self, cell: &GridCell, kind: CellKind, shown: &str, read_day: ReadDay) {
        let day: Option<NaiveDate> = match (&cell.raw, kind) {
            (RawValue::Date(day), _) => Some(*day),
            (RawValue::Text(_), CellKind::DateAsText) => read_day(shown),
            _ => None,
        };
        if let RawValue::Text(_) = cell.raw {
            self.month_texts += usize::from(Month::from_text(shown).is_some());
            self.unread_days += usize::from(kind == CellKind::DateAsText && day.is_none());
        }
        if let Some(day) = day {
            *self.years.entry(year_of(day)).or_default() += 1;
            let shows_a_day =
                cell.format.as_deref().is_none_or(|format| format.to_lowercase().contains('d')) || shown.is_empty();
            self.are_months &= day.day() == 1 && matches!(cell.raw, RawValue::Date(_)) && !shows_a_day;
        }
    }

    fn take_yes_or_no(&mut self, kind: CellKind, shown: &str) {
        if kind != CellKind::YesOrNo {
            return;
        }
        let is_yes = ["yes", "y", "true"].contains(&shown.to_lowercase().as_str());
        let words = if is_yes { &mut self.yes } else { &mut self.no };
        if !words.iter().any(|word| word == shown) {
            words.push(shown.to_owned());
        }
    }

    /// How many cells hold something, shorthand included.
    pub fn filled(&self) -> usize {
        self.records - self.empty
    }

    /// How many cells are of a kind.
    pub fn count(&self, kind: CellKind) -> usize {
        self.tally.kinds.get(&kind).copied().unwrap_or_default()
    }

    /// Cells that are of other kinds than these, by kind, with how many there are.
    pub fn others(&self, kinds: &[CellKind]) -> Vec<(CellKind, usize)> {
        self.tally.kinds.iter().filter(|(kind, _)| !kinds.contains(kind)).map(|(kind, count)| (*kind, *count)).collect()
    }
}
