//! A workbook as it was read: typed tables, and facts about its make-up that the checks judge.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Area, BeyondLimit, Cell, Month, Position, Settings, Sheet, without_mark};

/// A workbook, read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Workbook {
    /// The path below the inbox, with `/`.
    pub path: Arc<str>,
    /// SHA-256 of the bytes that were read, in lower-case hexadecimal.
    pub sha256: String,
    /// The name of the pack's workbook entry whose file pattern matches, if one does.
    pub kind: Option<Arc<str>>,
    /// The month that the file name carries, if the pattern captures one.
    pub month_in_name: Option<Month>,
    /// Why nothing could be read of it; then it has no sheets and no tables.
    pub unreadable: Option<UnreadableWorkbook>,
    /// The sheets, in the order of their tabs.
    pub sheets: Vec<Sheet>,
    /// The tables that the pack asks for and that were found.
    pub tables: Vec<Table>,
    /// The tables that the pack asks for and that were not found.
    pub absent: Vec<AbsentTable>,
    /// What its sheets say outside the tables: titles, notes, headings that no field has, columns and sheets that no
    /// table claims, comments, text boxes. In the order of the tabs, and on each sheet from the top down.
    pub texts: Vec<SheetText>,
    /// The sheets that no table claims and whose texts could not be read.
    pub unread_sheets: Vec<Arc<str>>,
    /// How it is calculated and what it refers to. None where the file's format does not tell it.
    pub settings: Option<Settings>,
}

impl Workbook {
    /// A workbook of which no more is known than its path below the inbox.
    pub fn at(path: &str) -> Self {
        Self {
            path: path.into(),
            sha256: String::new(),
            kind: None,
            month_in_name: None,
            unreadable: None,
            sheets: Vec::new(),
            tables: Vec::new(),
            absent: Vec::new(),
            texts: Vec::new(),
            unread_sheets: Vec::new(),
            settings: None,
        }
    }

    /// Lets go of all that was read of it, since it cannot be relied upon; what its name tells stays.
    pub fn give_up(&mut self, why: UnreadableWorkbook) {
        self.unreadable = Some(why);
        self.sheets.clear();
        self.tables.clear();
        self.absent.clear();
        self.texts.clear();
        self.unread_sheets.clear();
        self.settings = None;
    }

    /// The table of that name, if it was found.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| &*table.name == name)
    }

    /// The sheet of that name, if it is there; letter case is forgiven, as Excel does in formulas.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name.to_lowercase() == name.to_lowercase())
    }

    /// The file's name without folders and ending.
    pub fn stem(&self) -> &str {
        file_stem(&self.path)
    }
}

/// The endings of files that may be workbooks, in lower case and without the dot.
pub const WORKBOOK_ENDINGS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];

/// Whether a file's name has the ending of a workbook; letter case is forgiven.
pub fn is_workbook_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| WORKBOOK_ENDINGS.contains(&ending.as_str()))
}

/// The name of a file without folders, which `/` parts.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The name of a file without folders, which `/` parts, and without its ending, whatever that is.
pub fn file_stem(path: &str) -> &str {
    let name = file_name(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

impl From<BeyondLimit> for UnreadableWorkbook {
    fn from(beyond: BeyondLimit) -> Self {
        Self::BeyondLimit(beyond)
    }
}

/// Why a file could not be read as a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnreadableWorkbook {
    /// No bytes at all.
    Empty,
    /// A web page with an Excel name.
    WebPage,
    /// Plain text, such as CSV, with an Excel name.
    PlainText,
    /// A PDF with an Excel name.
    Pdf,
    /// Locked with a password.
    Encrypted,
    /// Cut off or damaged; with the reader's words.
    Damaged(String),
    /// Of another kind than its name says, which Excel opens too, such as CSV; with the kind.
    OtherKind(String),
    /// Of a kind that Excel does not open, such as a picture; with the kind.
    Foreign(String),
    /// An archive that may hold a workbook; with what it is.
    Packed(String),
    /// No file of its own, only what leads to one that lies elsewhere; with what it is.
    Pointer(String),
    /// Neither Excel nor LibreOffice.
    Unknown,
    /// It asks for more than a limit allows.
    BeyondLimit(BeyondLimit),
    /// The reader broke down over it, in a process of its own; with what it said.
    BrokeReader(String),
    /// It was written to again and again while it was read.
    Changing,
    /// Another program has it open and keeps it to itself.
    OpenElsewhere,
    /// Its contents lie in the cloud, and have not been fetched.
    NotDownloaded,
    /// It was there when the inbox was listed, and has gone since.
    Gone,
    /// No file but something else under a file's name, such as a pipe; with what it is.
    NoFile(String),
    /// The operating system would not let it be read; with its words.
    NoAccess(String),
}

/// A text of a sheet that stands in no cell of a table.
///
/// Dates, and whole numbers of ten digits or more, are texts here too, as they are shown: outside the tables nothing says
/// what they mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetText {
    /// The sheet it stands on.
    pub sheet: Arc<str>,
    /// Its cell; of a comment or link the cell that it is on, of a text box the cell under its top left corner. None where no
    /// cell is known.
    pub position: Option<Position>,
    /// What holds it.
    pub holder: TextHolder,
    /// The text as the sheet has it.
    pub text: Arc<str>,
}

impl SheetText {
    /// The text without what the tool itself put into a comment of a marked copy. Anybody can write lines like the tool's, so
    /// personal data are looked for in [`text`](Self::text).
    pub fn without_mark(&self) -> Cow<'_, str> {
        match self.holder {
            TextHolder::Comment => without_mark(&self.text),
            TextHolder::Cell | TextHolder::TextBox | TextHolder::Link => Cow::Borrowed(&self.text),
        }
    }
}

/// What holds a text of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextHolder {
    /// A cell.
    Cell,
    /// A comment or note on a cell, with its replies.
    Comment,
    /// A text box or shape.
    TextBox,
    /// A link of a cell that reaches someone by mail or telephone; its text is the address.
    Link,
}

/// A table that should be in a workbook and was not found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbsentTable {
    /// The table schema's name.
    pub table: Arc<str>,
    /// The sheet that was looked at; where there is none, its name or pattern in the pack.
    pub sheet: Arc<str>,
    /// Why it was not found.
    pub why: WhyAbsent,
}

/// Why a table was not found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyAbsent {
    /// There is no such sheet.
    NoSheet,
    /// The sheet is there, and these of its headings (in a form: labels) are not.
    NoHeadings(Vec<String>),
    /// What the pack locates it by is not there.
    NotLocated {
        /// What, in words: `the text “Section B”`, `the defined name Payments`.
        what: String,
        /// Cells with something like it.
        near: Vec<Heading>,
    },
    /// It could be in more places than one.
    Ambiguous(Ambiguity),
}

impl WhyAbsent {
    /// The headings that were not found on a sheet that is there.
    pub fn missing_headings(&self) -> &[String] {
        if let Self::NoHeadings(missing) = self { missing } else { &[] }
    }

    /// Whether its sheet is there.
    pub fn is_sheet_found(&self) -> bool {
        *self != Self::NoSheet
    }
}

/// What could be meant in more ways than one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ambiguity {
    /// What, in words: `the headings of Payments`, `the heading April`.
    pub what: String,
    /// The cells that could be meant, in the order of the sheet, each with its text.
    pub candidates: Vec<Heading>,
    /// What added to the pack would tell them apart, as it is written there: `locate: {nth: 1}`.
    pub add: String,
}

/// A table of a workbook: rows typed by a table schema.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The table schema's name.
    pub name: Arc<str>,
    /// The sheet it stands on.
    pub sheet: Arc<str>,
    /// For each field of the schema, in its order, the column found for it (in a form: the label).
    pub columns: Vec<Option<Column>>,
    /// Headings that the schema does not know.
    pub unknown_headings: Vec<Heading>,
    /// Headings that match a field which another column already has.
    pub repeated_headings: Vec<Heading>,
    /// Columns within the table that hold values under an empty heading: the heading's cell.
    pub blank_headings: Vec<Position>,
    /// The rows, in the order of the sheet.
    pub rows: Vec<Row>,
    /// Rows among the others that state a subtotal of them. They are no records: nothing is required of them, and nothing
    /// that adds the rows adds them.
    pub subtotals: Vec<Row>,
    /// The stated total, if the table has a totals row.
    pub total: Option<Row>,
    /// Rows below the total that look like data.
    pub after_total: Vec<Area>,
    /// Sums that the sheet states of the table's values elsewhere than in its row of totals: subtotals that the pack
    /// describes, totals above the rows or beside them.
    pub stated: Vec<StatedSum>,
    /// Fields of which two columns could be meant, by their place among the schema's fields; they have no column.
    pub ambiguous: Vec<(usize, Ambiguity)>,
}

impl Table {
    /// A table without rows, by the name of its schema, its sheet, and the column found for each field.
    pub fn new(name: Arc<str>, sheet: Arc<str>, columns: Vec<Option<Column>>) -> Self {
        Self {
            name,
            sheet,
            columns,
            unknown_headings: Vec::new(),
            repeated_headings: Vec::new(),
            blank_headings: Vec::new(),
            rows: Vec::new(),
            subtotals: Vec::new(),
            total: None,
            after_total: Vec::new(),
            stated: Vec::new(),
            ambiguous: Vec::new(),
        }
    }
}

impl Table {
    /// Where fields were found on the sheet: all but those whose values its name gives, which stand in no cell.
    pub fn headings(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().flatten().filter(|column| column.origin != Origin::Sheet)
    }
}

/// A sum that a sheet states of values of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatedSum {
    /// What the sheet calls it: the label of its row or the heading of its column; empty where it has none.
    pub label: Arc<str>,
    /// The cell that states it, typed as the field.
    pub cell: Cell,
    /// The place of the field among the schema's fields.
    pub field: usize,
    /// The rows whose values it is the sum of, by their places among the table's rows.
    pub rows: Vec<usize>,
    /// What it is a sum of.
    pub of: SumOf,
}

/// What a stated sum is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SumOf {
    /// Of a part of the rows.
    Part,
    /// Of all rows.
    All,
    /// Of values beside it in its row.
    Across,
}

/// Where a field was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The cell of the heading.
    pub heading: Position,
    /// The heading's text as the sheet has it; of headings on several rows, from the top down with ` > ` between.
    pub text: Arc<str>,
    /// Where the values come from.
    pub origin: Origin,
}

impl Column {
    /// A column below its heading, or a label with its value.
    pub fn new(heading: Position, text: Arc<str>) -> Self {
        Self { heading, text, origin: Origin::Heading }
    }
}

/// Where the values of a field come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// From the column below its heading, or beside its label: each row from a cell of its own.
    Heading,
    /// From the rows of sections: several rows from one cell, which is `heading` for the first.
    Section,
    /// From the headings that go across: several rows from one cell. `heading` is the first of them.
    Across,
    /// From the cells below the headings that go across: each row from a cell of its own. `heading` is the first heading.
    Crosstab,
    /// From the text with which a block begins, `heading`: all rows from that cell.
    Block,
    /// From the name of the sheet: no cell. `heading` is A1, and is not to be shown.
    Sheet,
}

/// A heading and its cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The cell.
    pub position: Position,
    /// The text as the sheet has it.
    pub text: Arc<str>,
}

/// A row of a table: one cell for each field of the schema, in its order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Zero-based row in the sheet.
    pub line: u32,
    /// The cells.
    pub cells: Vec<Cell>,
}
