//! The kinds of faults: each a name, a family, and how it is planted in a copy of a year.

mod hidden;
mod months;
mod structure;
mod totals;
mod values;

pub use months::with_virement;

use crate::chance::Chance;
use crate::editor::Book;
use crate::key::Key;
use crate::year::{Changes, Year};

/// What a fault has to do with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    Totals,
    Values,
    Hidden,
    Months,
    Structure,
}

impl Family {
    /// All, in the order of the table.
    pub const ALL: [Self; 5] = [Self::Totals, Self::Values, Self::Hidden, Self::Months, Self::Structure];

    /// As the table calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Totals => "Totals and formulas",
            Self::Values => "Values that look right and are not",
            Self::Hidden => "Hidden or out of place",
            Self::Months => "Between workbooks and months",
            Self::Structure => "Structure",
        }
    }
}

/// A kind of fault.
pub struct Kind {
    /// A description that is not a code of ours.
    pub name: &'static str,
    pub family: Family,
    /// Plants one; none where the year has no place for it.
    pub plant: fn(&mut Plot<'_>) -> Option<Key>,
}

/// The name of a kind, and what plants it.
pub type Planting = (&'static str, fn(&mut Plot<'_>) -> Option<Key>);

/// Every kind, by family.
pub fn kinds() -> Vec<Kind> {
    let of =
        |family, list: &[Planting]| list.iter().map(|&(name, plant)| Kind { name, family, plant }).collect::<Vec<_>>();
    [
        of(Family::Totals, totals::KINDS),
        of(Family::Values, values::KINDS),
        of(Family::Hidden, hidden::KINDS),
        of(Family::Months, months::KINDS),
        of(Family::Structure, structure::KINDS),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Where a fault is planted: a year, what chance decides, and what was changed.
pub struct Plot<'y> {
    pub year: &'y Year,
    pub chance: Chance,
    pub changes: Changes,
}

impl<'y> Plot<'y> {
    /// A plot in a year, with the chance of a seed for a kind.
    pub fn new(year: &'y Year, seed: u64, kind: &str) -> Self {
        Self { year, chance: Chance::new(seed, kind), changes: Changes::default() }
    }

    /// Any return with so many payments.
    pub fn return_with(&mut self, rows: u32) -> Option<Return> {
        self.return_where(|one| one.payments() >= rows)
    }

    /// Any return of which something holds.
    pub fn return_where(&mut self, holds: impl Fn(&Return) -> bool) -> Option<Return> {
        let returns: Vec<Return> = self.returns().into_iter().filter(|one| holds(one)).collect();
        self.chance.of(&returns).cloned()
    }

    /// Any return of which nothing is said as it is, so that a copy of it says nothing of its own.
    pub fn clean_return(&mut self) -> Option<Return> {
        let findings = &self.year.clean.findings;
        let of: Vec<String> =
            findings.iter().filter_map(|one| one.place.workbook.as_deref().map(str::to_owned)).collect();
        self.return_where(|one| !of.contains(&one.path))
    }

    /// The returns, by month.
    pub fn returns(&self) -> Vec<Return> {
        let paths = self.year.paths("return");
        paths.into_iter().map(|path| Return { path: path.to_owned(), book: self.year.book(path).clone() }).collect()
    }

    /// The only workbook with a word in its path.
    pub fn only(&self, word: &str) -> Book {
        let paths = self.year.paths(word);
        assert_eq!(paths.len(), 1, "{word}");
        self.year.book(paths[0]).clone()
    }

    /// Lays a workbook into the copy as it is.
    pub fn put(&mut self, book: &Book) {
        self.changes.0.insert(book.path.clone(), Some(book.bytes()));
    }

    /// Lays a workbook into the copy, calculated, as Excel saves it.
    pub fn put_calculated(&mut self, mut book: Book) {
        book.calculate();
        self.put(&book);
    }
}

/// A monthly return. Its payments stand on `Spend` from row 4 on, in the columns A date, B reference, C project, D payee,
/// E description, F amount, and its totals in the row below them; its projects on `Summary` from row 4 on, in the columns
/// A ref, B project, C budget, D spend this month, E spend to date, F remaining.
#[derive(Debug, Clone)]
pub struct Return {
    pub path: String,
    pub book: Book,
}

impl Return {
    /// The row of the total of the payments, counted from 1.
    pub fn total_row(&self) -> u32 {
        total_row(&self.book, "Spend", "E")
    }

    /// How many payments there are.
    pub fn payments(&self) -> u32 {
        self.total_row() - 4
    }

    /// The row of the last payment.
    pub fn last_row(&self) -> u32 {
        self.total_row() - 1
    }

    /// The row of the totals of the projects.
    pub fn summary_total(&self) -> u32 {
        total_row(&self.book, "Summary", "B")
    }

    /// The rows of projects, as far as something holds of them.
    pub fn projects(&self, holds: impl Fn(&Self, u32) -> bool) -> Vec<u32> {
        (4..self.summary_total()).filter(|row| holds(self, *row)).collect()
    }

    /// The rows of payments, as far as something holds of them.
    pub fn payments_where(&self, holds: impl Fn(&Self, u32) -> bool) -> Vec<u32> {
        (4..self.total_row()).filter(|row| holds(self, *row)).collect()
    }

    /// The row on `Summary` of the project that a payment is for.
    pub fn project_of(&self, payment: u32) -> u32 {
        let project = self.spend_text("C", payment).trim_matches([' ', '\u{a0}']).to_owned();
        let rows = self.projects(|one, row| one.book.sheet("Summary").text(&format!("B{row}")) == project);
        *rows.first().unwrap_or_else(|| panic!("no project {project}"))
    }

    /// An amount or date on `Spend`.
    pub fn spend(&self, column: &str, row: u32) -> f64 {
        self.book.sheet("Spend").number(&format!("{column}{row}"))
    }

    /// A text on `Spend`.
    pub fn spend_text(&self, column: &str, row: u32) -> &str {
        self.book.sheet("Spend").text(&format!("{column}{row}"))
    }

    /// A number on `Summary`.
    pub fn summary(&self, column: &str, row: u32) -> f64 {
        self.book.sheet("Summary").number(&format!("{column}{row}"))
    }

    /// Whether its dates of payment are dates, and not texts.
    pub fn has_dates(&self) -> bool {
        self.spend_text("A", 4).is_empty()
    }
}

/// The row of a sheet, counted from 1, that says Total in a column.
fn total_row(book: &Book, sheet: &str, column: &str) -> u32 {
    let is_total = |row: &u32| book.sheet(sheet).text(&format!("{column}{row}")) == "Total";
    (4..10_000).find(is_total).unwrap_or_else(|| panic!("no total on {sheet}"))
}

/// A figure to the penny, in pence.
pub fn pence(amount: f64) -> i64 {
    (amount * 100.0).round() as i64
}
