//! The one copy of the data: every value traceable to its cell.
//!
//! What the pack's queries can read (all names are lower case):
//!
//! - each table of the pack under its own name, with the columns `_row` (unique over the whole store), `_source`,
//!   `_line` (the row in the sheet as Excel counts), `_month` (the month of its workbook, `2022-04`, or NULL), and one
//!   column a field. Money is whole pence, a date `2022-04-30`, a month `2022-04`, yes and no 1 and 0; what is empty or
//!   could not be read is NULL. A field in which texts stand for no value (`shorthand` with a meaning) has a second column,
//!   `FIELD_shorthand`: what the text in the cell means, else NULL.
//! - `source`: `_source`, `workbook` (path below the inbox), `stem`, `sheet`, `table_name`, `title` (what officers call the
//!   table), `kind`, `month`, `rows`.
//! - `workbook`: `workbook`, `stem`, `kind`, `title` (what officers call the kind), `month` (in its file name, else the
//!   one it states; NULL for a yearly workbook), `state`, `state_title` (what officers are told of it), `sha256`,
//!   `number` (the place of the workbook among those whose state is `read`, from 1, in the order of their paths; NULL for
//!   the others).
//! - `stated_total`: `_row`, `_source`, `_line`, `_month`, `table_name`, `field`, `value`. A rule that reads one needs
//!   `stated_total.FIELD`.
//! - `month`: the months of the year: `month`, `position` (from 1), `due` (1 when the run has reached it).
//! - `period`: one row: `year`, `start`, `end`, `to_month`, `complete`, `approved_total`, `committee_date`,
//!   `partnership`, `short_name`, `council`, `committee`, `notice`.
//! - `allowed_value`: `table_name`, `field`, `value`, `position` of each `enum` of the pack.
//! - `TABLE_to_date` for each table with `over_time`: `key`, `value`, `how`, `months`, `_cells`: the figure for the period;
//!   NULL where the value of a month that it is made of could not be read. `_cells` are the cells that it is made of, as
//!   rules write `_related`: `ROW:FIELD` with spaces between, where `ROW` is a `_row` of the table.
//! - after reconciling: `finding`: `position` (from 1), `severity`, `code`, `workbook`, `sheet`, `cell`, `table_name`,
//!   `message`, `expected`, `actual`, `difference`, `fix`, `suggestions`, `explanation`, `recorded_by`, `approved_by`,
//!   `explained_on`, `public_message`; and `not_run`: `position`, `code`, `why`, which names cells and never quotes one.
//!   All but the positions are texts, as messages show them. `public_message` is the message, unless that may quote what is
//!   not for the public; then it says what the check is about, and that officers have the details.
//!
//! Rules and the consolidated workbook read all of that. The queries of `appendix.md` run after
//! [`Store::open_to_public`] and see, under the same names, what may be published:
//!
//! - `FIELD_shorthand` of a field of which not all values are for the public cannot be read.
//! - A field with `publish: false` cannot be read: a query that touches it is refused, as `SELECT *` is over its table.
//! - A count from 1 to one less than its field's `suppress_below` is kept back. So is, in each month, the value of a
//!   measure that is `published_as_total`, or of one that is not among those that the key field allows.
//! - What is kept back is an infinite number, which is printed `[c]`, and so is each cell of an answer that depends on it,
//!   whatever is reckoned, compared, cast or pasted together; `shown(value, format)` gives the text `[c]`, and the words
//!   about it stay. To find such cells, a query that meets a figure that is kept back is run again with other numbers in
//!   its place, among them those that the query names. Where its rows, their order, or a column whose name begins with
//!   `_` are others then, the query is refused: which rows it gives would tell of the figure, or be wrong. Whether a
//!   figure is there at all (`IS NULL`, `count`) is not kept back. Not found is a condition that only numbers between two
//!   bounds meet that stand in other cells, not in the query.
//! - In `TABLE_to_date` a figure is infinite when it is below its field's `suppress_below`, and that of a measure that is
//!   `published_as_total` when it is made of fewer than two months (one that takes the last month always is).
//! - In `stated_total` there are no totals of fields with `publish: false`, and those of fields of which values may be
//!   kept back are infinite.
//! - In `finding` all columns that can quote cells are refused but `public_message` and the officer's `explanation`.
//! - Tables are named by themselves: `main.spend` is refused.
//!
//! What is not held back: a small count that can be reckoned from a total and its other parts, and a month's figure that
//! can be reckoned from the appendices of two periods.
//!
//! SQL functions of our own, all pure: `days_between(from, to)`, `day_before(date)`, `years_after(date, years)`,
//! `months_after(month, months)`, `month_of(date)`, `last_day(month)`, and `shown(value, format)`: the value as the
//! format of that name (`integer`, `money`, …) prints it, NULL where it cannot. Of SQLite's own functions those can be called
//! that come to the same on any day: those of texts, numbers, aggregates and windows; not those of dates, chance, JSON or
//! files.
//!
//! A query can only read. It is stopped after a thousand million of SQLite's steps and a thousand more for each stored row, or
//! after 30 seconds and 30 more for each million stored rows; a text that it makes may have 16 MiB, its rows ten million where
//! they are handed on one by one and 128 MiB where they are gathered, and all that SQLite holds 2 GiB: two million rows of
//! twelve columns, with room to sort them.

mod disclosure;
mod functions;
mod guard;
mod insert;
mod kept_back;
mod origins;
mod place;
mod public;
mod query;
mod results;
mod rules;
mod spread;
mod tables;
mod texts;
mod work;

use std::sync::{Arc, Mutex};

use rusqlite::Connection;

use crate::model::{Period, QueryError};
use crate::schema::{Pack, Year};
use guard::Reads;
use kept_back::KeptBack;
use place::Source;
use public::Public;
use work::Work;

/// Why the store cannot go on: SQLite refused the tool's own work, or a rule of the pack failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite's answer.
    #[error("the store of rows failed: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A rule's query or template, with the rule's file.
    #[error("{file}: {source}")]
    Rule {
        /// The file below the pack's folder.
        file: String,
        /// Why.
        source: QueryError,
    },
}

/// The tables of one run, in SQLite, in memory.
pub struct Store {
    connection: Connection,
    /// What the running query has taken.
    work: Arc<Work>,
    /// What the query that was prepared last reads.
    reads: Arc<Mutex<Reads>>,
    /// Where the rows came from, in the order of their `_row`s.
    sources: Vec<Source>,
    /// The `_row` that the next row gets.
    next_row: i64,
    /// What the public may read.
    public: Public,
    /// Whether queries are the public's now.
    is_public: bool,
    /// What stands in for figures that the public may not read.
    kept_back: Arc<KeptBack>,
}

impl Store {
    /// A store with the pack's tables, still empty.
    ///
    /// # Errors
    /// [`StoreError`] when SQLite cannot make the tables, for example because two tables have one name.
    pub fn new(pack: &Pack, year: &Year, period: &Period) -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        let work = Arc::new(Work::new(work::STEPS, work::LONGEST));
        guard::configure(&mut connection, &work)?;
        functions::register(&connection)?;
        let kept_back = KeptBack::register(&connection)?;
        let store = Self {
            connection,
            work,
            reads: Arc::default(),
            sources: Vec::new(),
            next_row: 1,
            public: Public::of(pack),
            is_public: false,
            kept_back,
        };
        tables::create(&store.connection, pack)?;
        tables::fill_period(&store.connection, pack, year, period)?;
        Ok(store)
    }

    /// Ends the writing of rows: from here on the pack's queries can be run, and they can only read.
    ///
    /// # Errors
    /// [`StoreError`] when SQLite refuses the setting.
    pub fn seal(&mut self) -> Result<(), StoreError> {
        tables::number_workbooks(&self.connection)?;
        self.shut()
    }

    /// Lets nothing but reading through, as after [`Store::seal`].
    fn shut(&mut self) -> Result<(), StoreError> {
        let withheld = self.is_public.then(|| self.public.withheld());
        guard::seal(&mut self.connection, &self.reads, withheld)
    }

    /// From here on queries see what the public may read, and no more; see the top of this file. The store must be
    /// sealed, and is sealed again.
    ///
    /// # Errors
    /// [`StoreError`] when SQLite refuses a view.
    pub fn open_to_public(&mut self) -> Result<(), StoreError> {
        self.change_readers(true)
    }

    /// From here on queries see everything again, as before [`Store::open_to_public`].
    ///
    /// # Errors
    /// [`StoreError`] when SQLite does not drop a view.
    pub fn open_to_officers(&mut self) -> Result<(), StoreError> {
        self.change_readers(false)
    }

    fn change_readers(&mut self, is_public: bool) -> Result<(), StoreError> {
        if self.is_public == is_public {
            return Ok(());
        }
        self.unseal()?;
        self.connection.execute_batch(&if is_public { self.public.create() } else { self.public.drop() })?;
        self.is_public = is_public;
        self.shut()
    }

    /// Lets the tool itself write again, for results; the pack's queries are shut out meanwhile.
    fn unseal(&mut self) -> Result<(), StoreError> {
        guard::unseal(&mut self.connection)
    }
}
