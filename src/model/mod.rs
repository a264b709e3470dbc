//! What the rooms hand to each other: plain types, no input or output.
//!
//! Data flows one way (see the crate's page); each stage is a function from one of these types to the next.

mod cell;
mod check;
pub mod document;
mod finding;
mod fingerprint;
mod format;
mod money;
mod period;
mod progress;
mod report;
mod rows;
mod similar;
mod value;
mod workbook;

pub use cell::{Area, CellRef, NotACell, Place, Position, column_letters};
pub use check::{About, Check};
pub use finding::{Difference, Explained, Finding, NotRun, Outcome, Severity, Suggestion, Weight};
pub use fingerprint::sha256;
pub use format::{Format, FormatError, long_date};
pub use money::{AmountError, Money};
pub use period::{Month, MonthError, Period};
pub use progress::{Event, Progress, Silent};
pub use report::{Counts, Report, TableReport, WorkbookReport, WorkbookState};
pub use rows::{QueryError, QueryRows, Scalar, StoredRows};
pub use similar::likely_match;
pub use value::{Cell, Converted, RawValue, Unreadable, Value};
pub use workbook::{AbsentTable, Column, Heading, Row, Sheet, Table, UnreadableWorkbook, Workbook};
