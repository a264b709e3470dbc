//! A workbook as its formulas see it: cells by sheet and place, names, and what was added up before.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::{Days, NaiveDate};

use super::evaluate::{Computed, NotRecalculated, Tally, held};
use super::{Formula, parse};
use crate::model::{Area, Grid, GridCell, Position, Sheet, Workbook};

/// The most cells that the formulas of one workbook may look at together. A hundred thousand formulas that each add up all
/// rows above them would take hours; what is left when the allowance is spent is not recalculated, and said to be so.
const MOST_LOOKED_AT: u64 = 20_000_000;
/// Areas of more cells than this are added up once and remembered: every row may ask for the sum of a whole column.
const WORTH_REMEMBERING: u64 = 32;

/// The cells, sheets and names that the formulas of a workbook refer to. Made once for a workbook, since it remembers what
/// was added up.
pub struct Book<'a> {
    /// The sheets in the order of their tabs.
    sheets: Vec<&'a Sheet>,
    /// The place of a sheet among them, by its name in lower case.
    by_name: BTreeMap<String, usize>,
    names: BTreeMap<(Option<String>, String), Rc<Option<Formula>>>,
    tells_names: bool,
    counts_from_1904: bool,
    /// The allowance of cells, and what is spent of it.
    pub(super) most_looked_at: u64,
    looked_at: Cell<u64>,
    tallies: RefCell<BTreeMap<(usize, Area), Tally>>,
}

/// A rectangle of cells of a sheet whose cells were read.
#[derive(Clone, Copy)]
pub(super) struct Range<'a> {
    /// The place of the sheet among the sheets.
    pub index: usize,
    pub sheet: &'a Sheet,
    pub grid: &'a Grid,
    pub area: Area,
}

impl<'a> Book<'a> {
    /// The workbook as its formulas see it. A sheet whose cells were not read is not at hand, rather than empty.
    pub fn of(workbook: &'a Workbook) -> Self {
        let sheets: Vec<&Sheet> = workbook.sheets.iter().collect();
        let by_name = sheets.iter().enumerate().map(|(index, sheet)| (sheet.name.to_lowercase(), index)).collect();
        let settings = workbook.settings.as_ref();
        let names = settings.iter().flat_map(|settings| &settings.names).map(|name| {
            let sheet = name.sheet.as_ref().map(|sheet| sheet.to_lowercase());
            ((sheet, name.name.to_lowercase()), Rc::new(parse(&name.refers_to).ok()))
        });
        Self {
            sheets,
            by_name,
            names: names.collect(),
            tells_names: settings.is_some(),
            counts_from_1904: settings.is_some_and(|settings| settings.counts_from_1904),
            most_looked_at: MOST_LOOKED_AT,
            looked_at: Cell::new(0),
            tallies: RefCell::default(),
        }
    }

    /// The cell at a place of a sheet; none where there is nothing, and where the sheet's cells were not read.
    pub fn cell(&self, sheet: &str, at: Position) -> Option<&'a GridCell> {
        self.grid(sheet)?.cell(at)
    }

    /// The value that is stored in a cell, for comparing it with what its formula comes to; a date is its number.
    ///
    /// # Errors
    /// [`NotRecalculated`] for a formula that was never calculated, and a date that no calendar has.
    pub fn stored(&self, at: Position, cell: &GridCell) -> Result<Computed, NotRecalculated> {
        held(cell, || at.to_string(), self)
    }

    /// The cells of a sheet, if they were read; letter case is forgiven.
    pub fn grid(&self, sheet: &str) -> Option<&'a Grid> {
        self.sheets[self.index(sheet)?].grid.as_ref()
    }

    /// Whether there is a sheet of that name, read or not.
    pub fn has_sheet(&self, sheet: &str) -> bool {
        self.index(sheet).is_some()
    }

    fn index(&self, sheet: &str) -> Option<usize> {
        self.by_name.get(&sheet.to_lowercase()).copied()
    }

    /// Cells of a sheet, for reckoning with them.
    pub(super) fn range(&self, sheet: &str, area: Area) -> Result<Range<'a>, NotRecalculated> {
        let index = self.index(sheet).ok_or_else(|| NotRecalculated::NoSuchSheet(sheet.to_owned()))?;
        self.range_of(index, area)
    }

    fn range_of(&self, index: usize, area: Area) -> Result<Range<'a>, NotRecalculated> {
        let sheet = self.sheets[index];
        let grid = sheet.grid.as_ref().ok_or_else(|| NotRecalculated::SheetNotRead(sheet.name.to_string()))?;
        Ok(Range { index, sheet, grid, area })
    }

    /// The same cells of every sheet from one tab to another.
    pub(super) fn ranges(&self, first: &str, last: &str, area: Area) -> Result<Vec<Range<'a>>, NotRecalculated> {
        let index = |sheet: &str| self.index(sheet).ok_or_else(|| NotRecalculated::NoSuchSheet(sheet.to_owned()));
        let (first, last) = (index(first)?, index(last)?);
        (first.min(last)..=first.max(last)).map(|index| self.range_of(index, area)).collect()
    }

    /// What a name stands for: that of the sheet before that of the workbook.
    pub(super) fn name(&self, sheet: &str, name: &str) -> Result<Rc<Option<Formula>>, NotRecalculated> {
        let name_key = name.to_lowercase();
        let own = self.names.get(&(Some(sheet.to_lowercase()), name_key.clone()));
        match own.or_else(|| self.names.get(&(None, name_key))) {
            Some(formula) => Ok(Rc::clone(formula)),
            None if self.tells_names => Err(NotRecalculated::NoSuchName(name.to_owned())),
            None => Err(NotRecalculated::NamesNotRead(name.to_owned())),
        }
    }

    /// The number behind a day, by the calendar of the workbook. None for a day before it begins.
    pub(super) fn serial(&self, date: NaiveDate) -> Option<f64> {
        let days = date.signed_duration_since(self.epoch()?).num_days();
        // Excel's calendar from 1900 has a 29 February 1900: days before it are one less from its beginning.
        let days = if !self.counts_from_1904 && days <= 60 { days - 1 } else { days };
        (days >= 0).then_some(days as f64)
    }

    /// The day behind a number. None for one before the calendar begins, for the 29 February 1900, and after the year 9999.
    pub fn date(&self, serial: f64) -> Option<NaiveDate> {
        if !(0.0..2_958_466.0).contains(&serial) {
            return None;
        }
        let days = serial.floor() as u64;
        let days = match days {
            60 if !self.counts_from_1904 => return None,
            0..60 if !self.counts_from_1904 => days + 1,
            _ => days,
        };
        self.epoch()?.checked_add_days(Days::new(days))
    }

    fn epoch(&self) -> Option<NaiveDate> {
        if self.counts_from_1904 { NaiveDate::from_ymd_opt(1904, 1, 1) } else { NaiveDate::from_ymd_opt(1899, 12, 30) }
    }

    /// The last row that any sheet uses, zero-based.
    pub(super) fn last_row(&self) -> u32 {
        let grids = self.sheets.iter().filter_map(|sheet| sheet.grid.as_ref());
        grids.filter_map(|grid| grid.lines().last()).map(|line| line.row).max().unwrap_or(0)
    }

    /// Takes from the allowance of cells that may be looked at.
    pub(super) fn look_at(&self, cells: u64) -> Result<(), NotRecalculated> {
        let looked_at = self.looked_at.get().saturating_add(cells);
        if looked_at > self.most_looked_at {
            return Err(NotRecalculated::TooLong);
        }
        self.looked_at.set(looked_at);
        Ok(())
    }

    /// What the cells of a range come to: counted once and then remembered, where it is large.
    pub(super) fn tally(
        &self,
        range: Range<'a>,
        count: impl FnOnce() -> Result<Tally, NotRecalculated>,
    ) -> Result<Tally, NotRecalculated> {
        if range.size() <= WORTH_REMEMBERING {
            return count();
        }
        let key = (range.index, range.area);
        if let Some(known) = self.tallies.borrow().get(&key) {
            return Ok(known.clone());
        }
        let counted = count()?;
        self.tallies.borrow_mut().insert(key, counted.clone());
        Ok(counted)
    }
}

impl<'a> Range<'a> {
    /// How many rows it has.
    pub fn rows(self) -> u32 {
        self.area.last.row - self.area.first.row + 1
    }

    /// How many columns it has.
    pub fn columns(self) -> u32 {
        self.area.last.column - self.area.first.column + 1
    }

    /// How many cells it has, filled or not.
    pub fn size(self) -> u64 {
        u64::from(self.rows()) * u64::from(self.columns())
    }

    /// The cells that are there, from the top down and from left to right. Looking at them is taken from the allowance.
    pub fn cells(self, book: &Book<'_>) -> Result<impl Iterator<Item = (Position, &'a GridCell)>, NotRecalculated> {
        let lines = self.grid.lines();
        let from = lines.partition_point(|line| line.row < self.area.first.row);
        let until = lines.partition_point(|line| line.row <= self.area.last.row);
        book.look_at((until.saturating_sub(from) as u64).saturating_mul(u64::from(self.columns().min(64))))?;
        Ok(self.grid.within(self.area))
    }

    /// The cell that lies so many rows and columns from the first of this range.
    pub fn offset(self, row: u32, column: u32) -> Position {
        Position::new(self.area.first.row.saturating_add(row), self.area.first.column.saturating_add(column))
    }

    /// Some of its cells, or others of its sheet.
    pub fn part(self, area: impl Into<Area>) -> Self {
        Self { area: area.into(), ..self }
    }
}
