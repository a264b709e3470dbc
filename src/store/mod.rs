//! The one copy of the data: every value traceable to its cell.
//!
//! What the pack's queries can read (all names are lower case):
//!
//! - each table of the pack under its own name, with the columns `_row` (unique over the whole store), `_source`,
//!   `_line` (the row in the sheet as Excel counts), `_month` (the month of its workbook, `2022-04`, or NULL), and one
//!   column a field. Money is whole pence, a date `2022-04-30`, a month `2022-04`, yes and no 1 and 0; what is empty or
//!   could not be read is NULL.
//! - `source`: `_source`, `workbook` (path below the inbox), `stem`, `sheet`, `table_name`, `kind`, `month`.
//! - `workbook`: `workbook`, `stem`, `kind`, `month` (in its file name), `state`, `sha256`.
//! - `stated_total`: `_row`, `_source`, `_line`, `_month`, `table_name`, `field`, `value`.
//! - `month`: the months of the year: `month`, `position` (from 1), `due` (1 when the run has reached it).
//! - `period`: one row: `year`, `start`, `end`, `to_month`, `complete`, `approved_total`, `committee_date`,
//!   `partnership`, `short_name`, `council`, `committee`, `notice`.
//! - `allowed_value`: `table_name`, `field`, `value`, `position` of each `enum` of the pack.
//! - `TABLE_to_date` for each table with `over_time`: `key`, `value`, `how`, `months`: the figure for the period.
//! - after reconciling: `finding` and `not_run`.
