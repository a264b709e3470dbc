//! On how much each check ran: what a report without findings is worth.
//!
//! Each check says over what it runs ([`Over`]); here that is counted, once for all of them: of workbooks in this file, of
//! the rows of their tables in [`table`]. Nothing is counted of which it is in doubt whether the check could look at it.

mod doubts;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Context;
use super::view::TableView;
use super::weight::Scope;
use crate::model::{Check, Month, NotRun, Over, RawValue, Workbook, WorkbookState};
use crate::schema::{Pack, Year};
use doubts::Doubts;
use table::{LookedTable, rows_with_formulas};

/// A workbook, and what became of it.
#[derive(Debug, Clone, Copy)]
pub struct Covered<'a> {
    /// The workbook.
    pub workbook: &'a Workbook,
    /// What became of it.
    pub state: WorkbookState,
    /// Its month; none where it has none or none is known.
    pub month: Option<Month>,
}

/// On what a check ran.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extent {
    /// The workbooks, by their paths.
    pub workbooks: BTreeSet<Arc<str>>,
    /// How many rows of their tables; none where it is not about rows.
    pub rows: Option<usize>,
}

impl Extent {
    /// Adds a workbook, with the rows of it if they are what the check looks at.
    pub fn add(&mut self, workbook: &Arc<str>, rows: Option<usize>) {
        self.workbooks.insert(workbook.clone());
        if let Some(rows) = rows {
            *self.rows.get_or_insert_default() += rows;
        }
    }
}

/// On what each of these checks ran, by code. A check that is switched off, and one that had nothing to look at, is not
/// among them. `not_run` is what is known not to have been judged.
pub fn coverage(
    checks: impl Iterator<Item = &'static Check>,
    covered: &[Covered<'_>],
    (pack, year): (&Pack, &Year),
    not_run: &[NotRun],
    is_whole_inbox: bool,
) -> BTreeMap<&'static str, Extent> {
    let doubts = Doubts::of(not_run, covered.iter().map(|one| &*one.workbook.path));
    let looked: Vec<Looked<'_>> = covered.iter().map(|one| Looked::of(one, pack, year)).collect();
    let with_rows = tables_with_rows(covered);
    let mut found: BTreeMap<&'static str, Extent> = BTreeMap::new();
    // When only some files were given, nothing is said of the inbox as a whole.
    for check in checks.filter(|check| is_whole_inbox || check.over != Over::Inbox) {
        for one in &looked {
            let path = &one.covered.workbook.path;
            if may_be_in_doubt(check.over) && doubts.are_of(check.code, path) {
                continue;
            }
            if let Some(rows) = one.ran(check, &with_rows) {
                found.entry(check.code).or_default().add(path, rows);
            }
        }
    }
    found
}

/// Whether of a workbook that is named among what was not run nothing is counted. Of the others it is known row by row what
/// could not be judged.
fn may_be_in_doubt(over: Over) -> bool {
    !matches!(
        over,
        Over::Cells(_) | Over::Asked | Over::Values | Over::Percentages | Over::Keys | Over::References | Over::Files
    )
}

/// The names of the tables of which there are rows in the figures.
fn tables_with_rows<'a>(covered: &[Covered<'a>]) -> BTreeSet<&'a str> {
    let used = covered.iter().filter(|one| one.state == WorkbookState::Read);
    let tables = used.flat_map(|one| &one.workbook.tables).filter(|table| !table.rows.is_empty());
    tables.map(|table| &*table.name).collect()
}

/// A workbook, with what is looked up of it for many checks.
struct Looked<'a> {
    covered: &'a Covered<'a>,
    pack: &'a Pack,
    tables: Vec<LookedTable<'a>>,
    /// Whether there are formulas on the sheets that hold tables.
    has_formulas: bool,
}

impl<'a> Looked<'a> {
    fn of(covered: &'a Covered<'a>, pack: &'a Pack, year: &'a Year) -> Self {
        let workbook = covered.workbook;
        let context = Context { pack, year, month: covered.month };
        let formulas = rows_with_formulas(workbook);
        let tables = workbook.tables.iter().filter_map(|table| {
            let view = TableView { workbook, table, schema: pack.tables.get(&table.name)? };
            let rows_with_formulas = formulas.get(&*table.sheet).cloned().unwrap_or_default();
            Some(LookedTable::of(view, rows_with_formulas, !formulas.is_empty(), &context))
        });
        Self { covered, pack, tables: tables.collect(), has_formulas: !formulas.is_empty() }
    }

    /// Whether a check ran on the workbook, and then on how many rows, if it is about rows.
    fn ran(&self, check: &Check, with_rows: &BTreeSet<&str>) -> Option<Option<usize>> {
        let workbook = self.covered.workbook;
        let has_settings = workbook.settings.is_some();
        let is_looked_at = match check.over {
            Over::Inbox | Over::Files => true,
            Over::Readable => workbook.unreadable.is_none(),
            _ if self.covered.state != WorkbookState::Read => false,
            Over::Workbooks => true,
            Over::Months => self.covered.month.is_some(),
            Over::SharedSheets => self.shares_a_sheet(),
            Over::Comments => gives_comments(&workbook.path),
            Over::Settings => has_settings,
            Over::Calendar => has_settings && self.holds_days(),
            Over::Formulas => self.has_formulas,
            Over::Calculation => has_settings && self.has_formulas,
            over => {
                let rows: usize = self.tables.iter().map(|table| table.rows(check, self.pack, with_rows)).sum();
                return (rows > 0).then(|| Some(rows).filter(|_| is_about_rows(over)));
            }
        };
        (is_looked_at && Scope::everywhere(self.pack).has_on(check.code)).then_some(None)
    }

    fn shares_a_sheet(&self) -> bool {
        let mut sheets = BTreeSet::new();
        self.tables.iter().any(|table| !sheets.insert(&table.view.table.sheet))
    }

    fn holds_days(&self) -> bool {
        let cells = self.covered.workbook.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
        cells.map(|cell| &cell.raw).any(|raw| matches!(raw, RawValue::Date(_) | RawValue::ImpossibleDate(_)))
    }
}

/// Whether what a check looks at is counted in rows.
fn is_about_rows(over: Over) -> bool {
    let of_sheets = matches!(over, Over::Tables | Over::SheetNames);
    !of_sheets && !matches!(over, Over::FormulasOfTotals | Over::RowsOfTotals | Over::FormulasOfRecords)
}

/// Whether the comments of a workbook are read, as they are of the newer formats of Excel alone.
fn gives_comments(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    matches!(ending.as_str(), "xlsx" | "xlsm")
}
