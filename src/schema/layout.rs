//! How a table lies on its sheet: the words under `crosscast` that say where it is looked for and what its rows are.
//!
//! They are made for tables as officers keep them (headings on several rows, months across, section rows, subtotals, the
//! same block again and again), so that each can be described without code.

use std::fmt;
use std::num::NonZeroU32;
use std::ops::Deref;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::Pattern;

/// A pattern of a heading, a label or a title on a sheet: it must match the whole text, and forgives letter case.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(with = "Pattern"))]
pub struct LabelPattern(Pattern);

impl LabelPattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn new(text: &str) -> Result<Self, String> {
        Pattern::new(text)?.in_any_case().map(Self)
    }
}

impl Deref for LabelPattern {
    type Target = Pattern;
    fn deref(&self) -> &Pattern {
        &self.0
    }
}

impl<'de> Deserialize<'de> for LabelPattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Pattern::deserialize(deserializer)?.in_any_case().map(Self).map_err(D::Error::custom)
    }
}

/// How a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// A heading row (or several), and a row for each record.
    #[default]
    Rows,
    /// Labels, each with its value beside or below it: one record.
    Form,
    /// Values of one kind in a grid, for example months across: each of its cells becomes a record.
    Crosstab,
    /// The same small table again and again, each below a line of its own.
    Blocks,
}

/// Which sheets a table is on: the one of a name, or every one whose name matches a pattern.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum SheetChoice {
    /// The sheet of that name; letter case and spaces are forgiven.
    Named(String),
    /// Every sheet whose name matches.
    Matching(SheetPattern),
}

impl SheetChoice {
    /// The name, where one sheet is named.
    pub fn name(&self) -> Option<&str> {
        if let Self::Named(name) = self { Some(name) } else { None }
    }
}

impl From<&str> for SheetChoice {
    fn from(name: &str) -> Self {
        Self::Named(name.to_owned())
    }
}

impl fmt::Display for SheetChoice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => formatter.write_str(name),
            Self::Matching(sheets) => formatter.write_str(sheets.pattern.text()),
        }
    }
}

impl<'de> Deserialize<'de> for SheetChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameOrPattern;
        impl<'de> Visitor<'de> for NameOrPattern {
            type Value = SheetChoice;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("the name of a sheet or {match: PATTERN}; a name that is a number needs quotes")
            }
            fn visit_str<E>(self, name: &str) -> Result<SheetChoice, E> {
                Ok(SheetChoice::Named(name.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, keys: A) -> Result<SheetChoice, A::Error> {
                SheetPattern::deserialize(MapAccessDeserializer::new(keys)).map(SheetChoice::Matching)
            }
        }
        deserializer.deserialize_any(NameOrPattern)
    }
}

/// Every sheet whose name matches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SheetPattern {
    /// The pattern of the whole name, in any letter case. What a group such as `(?P<month>.*)` catches is the value of the
    /// field of that name, in every row of the sheet.
    #[serde(rename = "match")]
    pub pattern: LabelPattern,
    /// Whether hidden sheets are read too.
    #[serde(default)]
    pub hidden: bool,
}

/// Where on its sheet a table is looked for, when its headings alone do not tell it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Locate {
    /// The pattern of the text of a cell below whose row the table stands, for example its title.
    #[serde(default)]
    pub after: Option<LabelPattern>,
    /// The pattern of the text of a cell above whose row the table ends.
    #[serde(default)]
    pub before: Option<LabelPattern>,
    /// The defined name (Name Manager) of the cells in which the table stands.
    #[serde(default)]
    pub name: Option<String>,
    /// The name of the Excel table.
    #[serde(default)]
    pub table: Option<String>,
    /// The cells in which the table stands, such as `B5:H40`; or columns, such as `B:H`.
    #[serde(default)]
    pub range: Option<String>,
    /// Which of several tables with the same headings: 1 is the first, from the top down and then from left to right.
    #[serde(default)]
    pub nth: Option<NonZeroU32>,
}

/// The headings of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HeadingOptions {
    /// On how many rows the headings stand. With several, a column's heading is the path from the top down.
    #[serde(default = "one")]
    pub rows: NonZeroU32,
    /// How far a heading of the upper rows reaches to the right.
    #[serde(default)]
    pub fill: HeadingFill,
    /// What is left out of headings before they are compared.
    #[serde(default)]
    pub strip: Option<Strip>,
    /// How many rows directly below the headings hold no record, for example units or numbers of columns.
    #[serde(default)]
    pub skip_rows: u32,
}

impl Default for HeadingOptions {
    fn default() -> Self {
        Self { rows: one(), fill: HeadingFill::default(), strip: None, skip_rows: 0 }
    }
}

fn one() -> NonZeroU32 {
    NonZeroU32::MIN
}

/// How far a heading of the upper rows reaches to the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum HeadingFill {
    /// Over the cells that are merged with it.
    #[default]
    Merged,
    /// Over the empty cells to its right, up to the next heading in its row or in a row above.
    Right,
    /// Over its own column alone.
    None,
}

/// What is left out of a text before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Strip {
    /// Marks of footnotes at its end: `[note 2]`, `(2)` after a word, `²`, `*`, and a digit behind a year (`20062` is 2006,
    /// note 2).
    Footnotes,
}

/// What the rows below the headings are.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RowOptions {
    /// Rows with a label alone, which holds for the rows below them: the outermost first. A section ends where the next of its
    /// level, or of one further out, begins; and at a subtotal below its rows that names it, as `Total Adults` does: rows
    /// below that have no value for its field, nor for those of the sections inside it. A subtotal that names no open
    /// section, such as `Staff`, ends none.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// Fields whose value is given once, for the rows below it too.
    #[serde(default)]
    pub fill_down: Vec<String>,
    /// Fields without which a row is no record but filler, such as `< Select >` or a formula that comes to nothing.
    #[serde(default)]
    pub require: Vec<String>,
    /// The row that states the totals; one labelled Total or Grand total unless given.
    #[serde(default)]
    pub totals: Option<StatedRows>,
    /// Rows that state the sum of a part of the rows: of the section that their label names, as `Total Adults` does; else of the
    /// rows since the last subtotal or section row, if they stand below them, or down to the next, if above. One directly next
    /// to another, with no row between them, is of the next level: of the outer section, or of all since the last of that level.
    #[serde(default)]
    pub subtotals: Option<StatedRows>,
    /// Patterns of the labels of rows that are passed over, for example sums of other rows ("of which", "England").
    #[serde(default)]
    pub skip: Vec<LabelPattern>,
    /// Whether the headings may stand again among the rows, as at the top of each printed page; they are passed over.
    #[serde(default)]
    pub repeated_headings: bool,
    /// Where the table ends, if not at its total or its last row.
    #[serde(default)]
    pub end: Option<End>,
}

/// A row with a label alone, which holds for the rows below it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The field that takes the label as its value, in each row below.
    pub field: String,
    /// The pattern of the label; any label, if left out. What a group `(?P<name>…)` with the field's name catches is the
    /// value; else it is the whole label.
    #[serde(default, rename = "match")]
    pub pattern: Option<LabelPattern>,
}

/// Rows or columns that state sums of others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StatedRows {
    /// The pattern of their label. `''` is a row of numbers without a label.
    #[serde(rename = "match")]
    pub pattern: LabelPattern,
    /// Whether they stand below or above the rows that they are the sum of.
    #[serde(default)]
    pub at: StatedAt,
    /// What becomes of them.
    #[serde(default, rename = "do")]
    pub treatment: Treatment,
}

/// Where a stated sum stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum StatedAt {
    /// Below the rows that it is the sum of.
    #[default]
    Below,
    /// Above them.
    Above,
}

/// What becomes of rows or columns that state sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Treatment {
    /// They are no records, and what they state must be the sum.
    #[default]
    Check,
    /// They are no records, and what they state is not looked at.
    Drop,
    /// They are records like the others.
    Keep,
}

/// Where a table ends.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct End {
    /// The pattern of the text of a cell in the first row that no longer belongs to the table, such as `END` or `Notes:?`.
    #[serde(default, rename = "match")]
    pub pattern: Option<LabelPattern>,
    /// So many empty rows end the table; fewer are passed over.
    #[serde(default)]
    pub blank_rows: Option<NonZeroU32>,
}

/// What goes across in a crosstab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Across {
    /// The pattern of the first heading that goes across. All columns from it on are values, up to `to`, but those of fields
    /// with a heading of their own, of `totals` and of `skip_columns`. A heading that is a date is known as `April 2022`,
    /// `Apr-22`, `Apr 22` and `2022-04` too.
    pub from: LabelPattern,
    /// The pattern of the last heading that goes across; the last column with a heading, if left out.
    #[serde(default)]
    pub to: Option<LabelPattern>,
    /// The fields that take the headings as their values: one for each heading row, from the top down.
    pub into: Vec<String>,
    /// The field that takes the values.
    pub value: String,
    /// The columns that state the sum of a row, by the pattern of their heading (the lowest).
    #[serde(default)]
    pub totals: Option<StatedColumns>,
    /// Patterns of the headings of columns that are passed over, for example a variance.
    #[serde(default)]
    pub skip_columns: Vec<LabelPattern>,
    /// Whether an empty cell is a record without a value. If not, only where the value is `required`.
    #[serde(default)]
    pub keep_empty: bool,
}

/// Columns that state the sum of the values of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StatedColumns {
    /// The pattern of the heading. With several heading rows: of the lowest; the column is the sum of the values whose upper
    /// headings are its own, or of all values of the row where it has none.
    #[serde(rename = "match")]
    pub pattern: LabelPattern,
    /// What becomes of them: `check` or `drop`.
    #[serde(default, rename = "do")]
    pub treatment: Treatment,
}

/// A small table that comes again and again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Blocks {
    /// The pattern of the text of the cell with which a block begins. What a group such as `(?P<project>.*)` catches is the
    /// value of the field of that name, in every row of the block. Blocks may stand below or beside each other.
    pub start: LabelPattern,
    /// The pattern of the text of a cell in the row before which the last block ends; the end of the sheet, if left out.
    #[serde(default)]
    pub end: Option<LabelPattern>,
    /// How each block is laid out: `rows`, `form` or `crosstab`.
    #[serde(default)]
    pub layout: Layout,
}

/// A form.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FormOptions {
    /// Where values stand by their labels. If left out: to the right, or below where nothing stands to the right of any.
    #[serde(default)]
    pub value: Option<ValuePlace>,
    /// Patterns of texts that are no values, such as `< Select >` or a hint between a label and its value.
    #[serde(default)]
    pub ignore: Vec<LabelPattern>,
}

/// Where a value stands by its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ValuePlace {
    /// In the first filled cell in that direction.
    Towards(Direction),
    /// So many columns and rows away.
    Away(Steps),
}

impl<'de> Deserialize<'de> for ValuePlace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DirectionOrSteps;
        impl<'de> Visitor<'de> for DirectionOrSteps {
            type Value = ValuePlace;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("right, below, or a number of columns and rows such as {right: 2, below: 1}")
            }
            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<ValuePlace, E> {
                Direction::deserialize(word.into_deserializer()).map(ValuePlace::Towards)
            }
            fn visit_map<A: MapAccess<'de>>(self, keys: A) -> Result<ValuePlace, A::Error> {
                Steps::deserialize(MapAccessDeserializer::new(keys)).map(ValuePlace::Away)
            }
        }
        deserializer.deserialize_any(DirectionOrSteps)
    }
}

/// A direction on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// To the right, in the same row.
    Right,
    /// Below, in the same column.
    Below,
}

/// How far a value stands from its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Steps {
    /// Columns to the right.
    #[serde(default)]
    pub right: u32,
    /// Rows below.
    #[serde(default)]
    pub below: u32,
}
