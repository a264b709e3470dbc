//! The committee appendix as a tree of blocks, before it is drawn.
//!
//! The [`document`](crate::document) room makes it from `appendix.md`; the PDF and the HTML edition are two drawings of
//! the same tree, so they cannot disagree. All text is plain text: nothing in it is markup.

use serde::{Deserialize, Serialize};

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
}

/// A run of text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inline {
    /// The words, spaces included.
    pub text: String,
    /// Strong.
    pub bold: bool,
    /// Emphasised.
    pub italic: bool,
}

impl Inline {
    /// A run without emphasis.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: false, italic: false }
    }
}

/// A table with one heading row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableBlock {
    /// For example `Table 1: Funding 2022-23`; printed above the table and tagged as its caption.
    pub caption: String,
    /// The columns, at least one.
    pub columns: Vec<ColumnHead>,
    /// The body: one text for each column. The first column holds the row's heading (a TH with row scope).
    pub rows: Vec<Vec<String>>,
    /// The total row, if the table has one: one text for each column, empty where nothing is totalled.
    pub total: Option<Vec<String>>,
    /// What stands instead of the rows when there are none.
    pub empty: String,
    /// Notes printed under the table, one paragraph each: explained differences, what the figures mean.
    pub notes: Vec<String>,
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
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Text.
    #[default]
    Left,
    /// Amounts and counts.
    Right,
}
