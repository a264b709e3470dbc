//! What the rooms hand to each other: plain types, no input or output.
//!
//! Data flows one way (see the crate's page); each stage is a function from one of these types to the next.

mod cell;
mod check;
mod check_page;
mod damage;
mod decimal;
pub mod document;
mod excerpt;
mod finding;
mod fingerprint;
mod format;
mod grid;
mod inspection;
mod limits;
mod marks;
mod money;
mod number_format;
mod over;
mod period;
mod progress;
mod report;
mod rows;
mod sent_grid;
mod sheet;
mod shown;
mod similar;
mod value;
mod words;
mod workbook;

pub use cell::{Area, CellRef, NotACell, Place, Position, column_letters};
pub use check::{About, Check};
pub use check_page::{CheckPage, CheckPart, how_to_silence};
pub use damage::{Damage, DamagedCell};
pub use decimal::Decimal;
pub use excerpt::{COLUMNS_AROUND, Excerpt, ExcerptSheet, Excerpts, MOST_SHOWN, ROWS_AROUND, ShownCell, window};
pub use finding::{
    Cause, Comparison, Difference, Explained, Figures, Finding, NotRun, Outcome, Severity, Suggestion, Weight,
};
pub use fingerprint::sha256;
pub use format::{Format, FormatError, SUPPRESSED, long_date};
pub use grid::{Grid, GridCell, GridError, Line};
pub use inspection::{
    CellKind, ColumnSeen, FileProperties, HiddenPart, InspectedColumn, InspectedFile, InspectedLayout,
    InspectedSettings, InspectedSheet, InspectedState, InspectedTable, InspectedWorkbook, Inspection, InspectionCounts,
    WorkbookFormat,
};
pub use limits::{BeyondLimit, Limit, LimitSetting, Limits, NotALimit};
pub use marks::{
    FILL_OF_ERRORS, FILL_OF_NOTES, FILL_OF_WARNINGS, FINDINGS_SHEET, FINDINGS_TITLE, KEPT_TINT, MARK_AUTHOR,
    MARK_BEGIN, MARK_END, MARK_GAP, darkened, is_findings_sheet, is_kept_tint, is_mark_fill, lightened, marks_within,
    without_mark,
};
pub use money::{AmountError, Money, grouped, ungrouped};
pub use number_format::format_sections;
pub use over::{Kinds, Over};
pub use period::{Month, MonthError, Period};
pub use progress::{Event, Progress, Silent};
pub use report::{Checked, Counts, Report, TableReport, WorkbookReport, WorkbookState};
pub use rows::{Gathered, QueryError, QueryRows, Scalar, StoredRows, quoted_name};
pub use sheet::{DefinedName, HiddenLines, Settings, Sheet, SheetLayout, Visibility, WhyHidden};
pub use similar::{label_key, likely_match, name_key};
pub use value::{Cell, Converted, RawValue, SharedText, Unreadable, Value};
pub use words::{capitalised, cut_where_long, listed, on_one_line};
pub use workbook::{
    AbsentTable, Ambiguity, Column, Heading, Origin, Row, SheetText, StatedSum, SumOf, Table, TextHolder,
    UnreadableWorkbook, WORKBOOK_ENDINGS, WhyAbsent, Workbook, file_name, file_stem, is_workbook_name,
};
