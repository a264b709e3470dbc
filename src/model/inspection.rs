//! What is in files that were looked at without a pack: the result of `crosscast inspect`.
//!
//! Serialised, it is the document that `crosscast inspect --format json` writes. The shape is versioned;
//! `inspection.schema.json` in the room `export::json` describes it, and tests hold it to that.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::report::FindingShape;
use super::{Area, Finding, NotRun, Position, Severity, Visibility, WhyHidden, column_letters};

/// The version of the document's shape.
const VERSION: u32 = 1;

/// How a workbook is packed; the file's name does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WorkbookFormat {
    /// Excel's format since 2007.
    Xlsx,
    /// The same with macros.
    Xlsm,
    /// The same in binary.
    Xlsb,
    /// Excel's format from 1997 to 2003.
    Xls,
    /// OpenDocument, as LibreOffice writes it.
    Ods,
}

impl WorkbookFormat {
    /// The ending that files of it have, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsm => "xlsm",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
        }
    }
}

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileProperties {
    /// How it is packed.
    pub format: WorkbookFormat,
    /// The program that wrote it, as it calls itself; none where the file does not say so.
    pub program: Option<Arc<str>>,
    /// When it was made, as the file has it; mostly `2023-04-01T09:00:00Z`.
    pub created: Option<Arc<str>>,
    /// When it was last saved, as the file has it.
    pub modified: Option<Arc<str>>,
    /// Whether it names who made it or who saved it last. The names are not kept: they are of persons.
    pub names_people: bool,
}

/// What is in the files that were looked at, in the order of their paths.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspection {
    /// One for each file.
    pub files: Vec<InspectedFile>,
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct InspectedFile {
    /// Its path below the folder that was given, with `/`; what looks like personal data in it is masked.
    pub path: Arc<str>,
    /// SHA-256 of what was read, in lower-case hexadecimal; empty where nothing could be read.
    pub sha256: String,
    /// Bytes that were read.
    pub size: u64,
    /// What came of reading it.
    pub state: InspectedState,
    /// What the checks found that need no pack, sorted by place and code.
    pub findings: Vec<Finding>,
    /// The checks that could not run.
    pub not_run: Vec<NotRun>,
}

/// What came of reading a file.
#[derive(Debug, Clone, PartialEq)]
pub enum InspectedState {
    /// It is a workbook and was read.
    Read(Box<InspectedWorkbook>),
    /// It has the name of a workbook and could not be read; the finding `unreadable-workbook` says why.
    Unreadable,
    /// It has not the name of a workbook, and is none; with what it is: `a PDF`.
    NotAWorkbook(String),
}

/// What is in a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct InspectedWorkbook {
    /// What it says of itself.
    pub properties: Option<FileProperties>,
    /// What it says of how it is calculated; none where its format does not tell it.
    pub settings: Option<InspectedSettings>,
    /// Its sheets, in the order of their tabs.
    pub sheets: Vec<InspectedSheet>,
    /// The sheets that could not be read.
    pub unread_sheets: Vec<Arc<str>>,
}

/// How a workbook is calculated and what it refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InspectedSettings {
    /// Whether its dates are counted from 1904 instead of 1900.
    pub counts_from_1904: bool,
    /// Whether it is calculated only when somebody asks for it.
    pub calculates_manually: bool,
    /// Whether formulas may refer to themselves.
    pub iterates: bool,
    /// How many names are defined in it.
    pub names: usize,
    /// Those of them that point to cells that were deleted.
    pub broken_names: Vec<Arc<str>>,
    /// The other workbooks that it is linked to: the names of their files, without folders.
    pub links: Vec<String>,
}

/// What is on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct InspectedSheet {
    /// The name on the tab.
    pub name: Arc<str>,
    /// Whether it is shown.
    pub visibility: Visibility,
    /// From the first to the last cell that holds something; none where none does.
    pub used: Option<Area>,
    /// Cells that hold something.
    pub filled: usize,
    /// Cells with a formula.
    pub formulas: usize,
    /// Cells that show an Excel error.
    pub errors: usize,
    /// The first of them.
    pub first_errors: Vec<Position>,
    /// What of it is not shown or merged; none where the format does not tell it.
    pub layout: Option<InspectedLayout>,
    /// Comments on its cells.
    pub comments: usize,
    /// What looks like a table, from the top down.
    pub tables: Vec<InspectedTable>,
    /// How many more there are.
    pub more_tables: usize,
}

/// What of a sheet is not shown or merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InspectedLayout {
    /// Rows that are not shown, as Excel names them: `4:9`.
    pub hidden_rows: Vec<HiddenPart>,
    /// Columns that are not shown, as Excel names them: `C:D`.
    pub hidden_columns: Vec<HiddenPart>,
    /// How many areas are merged into one cell.
    pub merged: usize,
}

/// Rows or columns that are not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HiddenPart {
    /// As Excel names them: `4:9`, `C:D`.
    pub lines: String,
    /// Why they are not shown.
    pub why: WhyHidden,
}

/// A block of rows under headings: what looks like a table.
#[derive(Debug, Clone, PartialEq)]
pub struct InspectedTable {
    /// From its first heading to its last cell.
    pub area: Area,
    /// Rows below the headings, without that of the total.
    pub rows: usize,
    /// The zero-based row of the total, if one seems to be there.
    pub total: Option<u32>,
    /// Its columns, from left to right.
    pub columns: Vec<InspectedColumn>,
    /// Whether the checks looked at it: those of a workbook beyond a number of cells are not judged one by one.
    pub is_checked: bool,
}

/// A column of what looks like a table.
#[derive(Debug, Clone, PartialEq)]
pub struct InspectedColumn {
    /// Zero-based column.
    pub column: u32,
    /// The heading as the sheet has it.
    pub heading: String,
    /// What its cells are.
    pub seen: ColumnSeen,
    /// How many of its cells hold something.
    pub filled: usize,
    /// How many of its cells are of each kind.
    pub kinds: BTreeMap<CellKind, usize>,
}

/// What a cell seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellKind {
    /// Words.
    Text,
    /// A number without decimals.
    WholeNumber,
    /// A number with decimals.
    Number,
    /// A number that is shown as money.
    Amount,
    /// A number that is shown as a percentage.
    Percentage,
    /// A number that was typed as a text.
    NumberAsText,
    /// A day.
    Date,
    /// A day that was typed as a text.
    DateAsText,
    /// Yes or no, true or false.
    YesOrNo,
    /// An Excel error.
    Error,
    /// A formula that was never calculated.
    WithoutResult,
}

impl CellKind {
    /// So many of it, in words: `1 date as text`.
    pub fn counted(self, count: usize) -> String {
        let (one, many) = match self {
            Self::Text => ("text", "texts"),
            Self::WholeNumber => ("whole number", "whole numbers"),
            Self::Number => ("number", "numbers"),
            Self::Amount => ("amount", "amounts"),
            Self::Percentage => ("percentage", "percentages"),
            Self::NumberAsText => ("number as text", "numbers as text"),
            Self::Date => ("date", "dates"),
            Self::DateAsText => ("date as text", "dates as text"),
            Self::YesOrNo => ("yes or no", "yes or no"),
            Self::Error => ("error", "errors"),
            Self::WithoutResult => ("formula without a result", "formulas without a result"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnSeen {
    /// None holds anything.
    Empty,
    /// Words.
    Text,
    /// Numbers without decimals.
    WholeNumber,
    /// Numbers, some with decimals.
    Number,
    /// Money.
    Amount,
    /// Percentages.
    Percentage,
    /// Days.
    Date,
    /// Days that were typed as texts.
    DateAsText,
    /// Yes or no.
    YesOrNo,
    /// Too many kinds of cells to tell.
    Mixed,
}

impl ColumnSeen {
    /// In words: `date as text`.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Text => "text",
            Self::WholeNumber => "whole number",
            Self::Number => "number",
            Self::Amount => "amount",
            Self::Percentage => "percentage",
            Self::Date => "date",
            Self::DateAsText => "date as text",
            Self::YesOrNo => "yes or no",
            Self::Mixed => "mixed",
        }
    }
}

/// What an inspection comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct InspectionCounts {
    /// Files that were looked at.
    pub files: usize,
    /// Workbooks that were read.
    pub read: usize,
    /// Files with the name of a workbook that could not be read.
    pub unreadable: usize,
    /// Files that are no workbooks.
    pub not_workbooks: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are good to know.
    pub infos: usize,
}

impl InspectedFile {
    /// How many findings have a severity.
    pub fn findings_of(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// What is in it, if it was read.
    pub fn workbook(&self) -> Option<&InspectedWorkbook> {
        if let InspectedState::Read(workbook) = &self.state { Some(workbook) } else { None }
    }
}

impl Inspection {
    /// The counts.
    pub fn counts(&self) -> InspectionCounts {
        let mut counts = InspectionCounts { files: self.files.len(), ..InspectionCounts::default() };
        for file in &self.files {
            match file.state {
                InspectedState::Read(_) => counts.read += 1,
                InspectedState::Unreadable => counts.unreadable += 1,
                InspectedState::NotAWorkbook(_) => counts.not_workbooks += 1,
            }
            counts.errors += file.findings_of(Severity::Error);
            counts.warnings += file.findings_of(Severity::Warning);
            counts.infos += file.findings_of(Severity::Info);
        }
        counts
    }

    /// Whether every workbook could be read, and no finding is an error.
    pub fn is_clear(&self) -> bool {
        let counts = self.counts();
        counts.unreadable == 0 && counts.errors == 0
    }
}

impl Serialize for Inspection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_struct("Inspection", 3)?;
        document.serialize_field("version", &VERSION)?;
        document.serialize_field("workbooks", &self.files)?;
        document.serialize_field("counts", &self.counts())?;
        document.end()
    }
}

impl Serialize for InspectedFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (state, what) = match &self.state {
            InspectedState::Read(_) => ("read", None),
            InspectedState::Unreadable => ("unreadable", None),
            InspectedState::NotAWorkbook(what) => ("not-a-workbook", Some(what)),
        };
        let workbook = self.workbook();
        let properties = workbook.and_then(|workbook| workbook.properties.as_ref());
        let findings: Vec<FindingShape<'_>> = self.findings.iter().map(FindingShape::from).collect();
        let mut file = serializer.serialize_struct("InspectedFile", 11)?;
        file.serialize_field("path", &self.path)?;
        file.serialize_field("state", state)?;
        file.serialize_field("what", &what)?;
        file.serialize_field("size", &self.size)?;
        file.serialize_field("sha256", &(!self.sha256.is_empty()).then_some(&self.sha256))?;
        file.serialize_field("properties", &properties)?;
        file.serialize_field("settings", &workbook.map(|workbook| &workbook.settings))?;
        file.serialize_field("sheets", &workbook.map(|workbook| workbook.sheets.as_slice()).unwrap_or_default())?;
        let unread = workbook.map(|workbook| workbook.unread_sheets.as_slice()).unwrap_or_default();
        file.serialize_field("unread_sheets", unread)?;
        file.serialize_field("findings", &findings)?;
        file.serialize_field("not_run", &self.not_run)?;
        file.end()
    }
}

impl Serialize for InspectedSheet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let first_errors: Vec<String> = self.first_errors.iter().map(ToString::to_string).collect();
        let mut sheet = serializer.serialize_struct("InspectedSheet", 11)?;
        sheet.serialize_field("name", &self.name)?;
        sheet.serialize_field("visibility", &self.visibility)?;
        sheet.serialize_field("used", &self.used.map(|area| area.to_string()))?;
        sheet.serialize_field("filled", &self.filled)?;
        sheet.serialize_field("formulas", &self.formulas)?;
        sheet.serialize_field("errors", &self.errors)?;
        sheet.serialize_field("first_errors", &first_errors)?;
        sheet.serialize_field("layout", &self.layout)?;
        sheet.serialize_field("comments", &self.comments)?;
        sheet.serialize_field("tables", &self.tables)?;
        sheet.serialize_field("more_tables", &self.more_tables)?;
        sheet.end()
    }
}

impl Serialize for InspectedTable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut table = serializer.serialize_struct("InspectedTable", 6)?;
        table.serialize_field("area", &self.area.to_string())?;
        table.serialize_field("heading_row", &(u64::from(self.area.first.row) + 1))?;
        table.serialize_field("rows", &self.rows)?;
        table.serialize_field("total_row", &self.total.map(|row| u64::from(row) + 1))?;
        table.serialize_field("is_checked", &self.is_checked)?;
        table.serialize_field("columns", &self.columns)?;
        table.end()
    }
}

impl Serialize for InspectedColumn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut column = serializer.serialize_struct("InspectedColumn", 5)?;
        column.serialize_field("column", &column_letters(self.column))?;
        column.serialize_field("heading", &self.heading)?;
        column.serialize_field("type", &self.seen)?;
        column.serialize_field("filled", &self.filled)?;
        column.serialize_field("kinds", &self.kinds)?;
        column.end()
    }
}
