//! The committee appendix as a tree of blocks, before it is drawn.
//!
//! The [`document`](crate::document) room makes it from `appendix.md`; the PDF and the HTML edition are two drawings of
//! the same tree, so they cannot disagree. All text is plain text: nothing in it is markup.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Format;

/// A whole report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The title, shown on the first page and in the window's title bar.
    pub title: String,
    /// Language of the text as an RFC 5646 tag, for example `en-GB` (WCAG 3.1.1).
    pub language: String,
    /// Who issues the report; becomes the document property "author".
    pub author: String,
    /// One line that says what the report is about; becomes the document property "subject".
    pub subject: String,
    /// Label and value pairs under the title: report to, date, period, wards, …
    pub title_block: Vec<Detail>,
    /// A sentence that stands under the title block and must not be missed, for example that the data are a sample.
    pub notice: Option<String>,
    /// Running text at the head of every page.
    pub header: String,
    /// Running text at the foot of every page, left of "Page x of y".
    pub footer: String,
    /// Present while something stands against publication.
    pub draft: Option<Draft>,
    /// The body, in reading order.
    pub blocks: Vec<Block>,
    /// The footnotes that the body refers to, in the order of the first references; numbered from 1 where shown.
    pub notes: Vec<Vec<Inline>>,
    /// Where the tables, charts and headline figures come from; shown as S1, S2, … by [`source_label`].
    pub sources: Vec<SourceNote>,
}

/// How a source note is referred to: `S1` for the first, whose index is 0.
pub fn source_label(index: usize) -> String {
    format!("S{}", index + 1)
}

/// Where a table, a chart or a headline figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceNote {
    /// What it is the source of, for example `Table 1`.
    pub of: String,
    /// The cells, with workbooks by their numbers in the list of workbooks: `PCC funding!D5:D14 of workbook 17`.
    pub text: String,
    /// The same with the workbooks' names and the first 12 digits of their SHA-256, for where there is room.
    pub full: Arc<str>,
}

impl Document {
    /// The title as a window shows it: a draft is known by it.
    pub fn shown_title(&self) -> String {
        match self.draft {
            Some(_) => format!("DRAFT: {}", self.title),
            None => self.title.clone(),
        }
    }
}

/// A label and its value in the title block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// For example `Report to`.
    pub label: String,
    /// For example `Communities Committee`.
    pub value: String,
}

impl Detail {
    /// The label without a colon, which each edition sets or leaves out itself.
    pub fn name(&self) -> &str {
        self.label.trim_end_matches(':')
    }
}

/// Why a report may not be published yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// One sentence for each reason; never empty.
    pub reasons: Vec<String>,
}

impl Draft {
    /// Stands at the head of a draft.
    pub const HEADING: &str = "DRAFT – not for publication";

    /// Leads to the reasons.
    pub fn lead(&self) -> &'static str {
        if self.reasons.len() == 1 { "The reason:" } else { "The reasons:" }
    }
}

/// One block of the body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// A heading. Level 1 is a section of the report (the title stands above all levels); no level is skipped.
    Heading {
        /// 1 to 5.
        level: u8,
        /// The printed number, for example `3` or `3.1`, if headings are numbered.
        number: Option<String>,
        /// The words, without the number.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// The printed number, for example `3.2`, if paragraphs are numbered.
        number: Option<String>,
        /// The words.
        text: Vec<Inline>,
    },
    /// A list of short items.
    List {
        /// Numbered (`1.`) or with bullets.
        ordered: bool,
        /// Each item is one paragraph.
        items: Vec<Vec<Inline>>,
    },
    /// A table.
    Table(TableBlock),
    /// A chart.
    Chart(ChartBlock),
    /// A row of headline figures; a list to those who do not see it.
    Facts(Vec<Fact>),
    /// The list of the document's [`sources`](Document::sources).
    Sources,
}

/// A run of text in one style.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inline {
    /// The words, spaces included.
    pub text: String,
    /// Strong.
    pub bold: bool,
    /// Emphasised.
    pub italic: bool,
    /// Where the run leads, if it is a link or the mark of a note.
    pub target: Option<Target>,
    /// For a figure: the workbook, cells and fingerprint that it comes from.
    pub origin: Option<Arc<str>>,
}

/// Where a run of text leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// A page of the web, by its address (`https://…`).
    Web(String),
    /// A footnote, by its index in [`Document::notes`]. The run's text is its number.
    Note(usize),
    /// A source note, by its index in [`Document::sources`].
    Source(usize),
}

impl Inline {
    /// A run without emphasis.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// A headline figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The figure as it is printed, for example `£133,250.00`.
    pub value: String,
    /// What it is, in a few words.
    pub label: String,
    /// Its source note, by its index in [`Document::sources`].
    pub source: Option<usize>,
}

/// A chart. What it shows is also said by its alternative text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChartBlock {
    /// For example `Figure 1: Budget and spend by project`; printed above the chart.
    pub title: String,
    /// What the chart shows, in words: for those who do not see it. Never empty.
    pub alt: String,
    /// How the values are drawn.
    pub kind: ChartKind,
    /// The labels of the categories: projects, months.
    pub categories: Vec<String>,
    /// One for each colour, at least one; a bar chart has exactly one.
    pub series: Vec<Series>,
    /// The format of the values, for the labels of the axis.
    pub format: Format,
    /// What stands instead of the chart when there are no categories.
    pub empty: String,
    /// Notes printed under the chart, one paragraph each.
    pub notes: Vec<String>,
    /// Its source note, by its index in [`Document::sources`].
    pub source: Option<usize>,
}

/// How a chart draws its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// One bar for each category.
    Bar,
    /// For each category a bar of each series.
    GroupedBar,
    /// A line for each series; the categories are in order, such as months.
    Line,
}

/// The values of one colour.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// What the values are, for example `Budget`.
    pub title: String,
    /// One for each category.
    pub values: Vec<ChartValue>,
}

/// A value of a chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChartValue {
    /// The value for drawing, in the unit in which it is stored (pence for money); none leaves a gap.
    pub amount: Option<f64>,
    /// The value as it is printed.
    pub label: String,
    /// The workbook, cells and fingerprint that it comes from.
    pub origin: Option<Arc<str>>,
}

/// A table with one heading row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableBlock {
    /// For example `Table 1: Funding 2022-23`; printed above the table and tagged as its caption.
    pub caption: String,
    /// The columns, at least one.
    pub columns: Vec<ColumnHead>,
    /// The body: one text for each column. The first column holds the row's heading (a TH with row scope).
    pub rows: Vec<Vec<TableCell>>,
    /// The total row, if the table has one: one text for each column, empty where nothing is totalled.
    pub total: Option<Vec<TableCell>>,
    /// What stands instead of the rows when there are none.
    pub empty: String,
    /// Notes printed under the table, one paragraph each: explained differences, what the figures mean.
    pub notes: Vec<String>,
    /// Its source note, by its index in [`Document::sources`].
    pub source: Option<usize>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableCell {
    /// The text.
    pub text: String,
    /// For a figure: the workbook, cells and fingerprint that it comes from.
    pub origin: Option<Arc<str>>,
}

impl From<String> for TableCell {
    fn from(text: String) -> Self {
        Self { text, origin: None }
    }
}

impl From<&str> for TableCell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl AsRef<str> for TableCell {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// A column's title and alignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnHead {
    /// The title, never empty.
    pub title: String,
    /// How the column's cells are set.
    pub align: Align,
}

/// The side to which a column's text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Text.
    #[default]
    Left,
    /// Amounts and counts.
    Right,
}
