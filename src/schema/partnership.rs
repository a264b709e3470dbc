//! `partnership.yaml`: who, which years, which workbooks.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use validator::{Validate, ValidationError};

use super::layout::SheetChoice;
use super::{CheckOptions, Pattern};
use crate::model::{Money, Month, Period};

/// The partnership, its committee, its years and its workbooks.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Partnership {
    /// The full name of the partnership, or of whoever reports.
    #[serde(default)]
    #[validate(length(min = 1, message = "the partnership's name is missing"))]
    pub name: String,
    /// The name in short, for titles.
    #[serde(default)]
    #[validate(length(min = 1, message = "the short name is missing"))]
    pub short_name: String,
    /// The council whose committee receives the appendix.
    #[serde(default)]
    pub council: String,
    /// The committee that receives the appendix.
    #[serde(default)]
    #[validate(length(min = 1, message = "the committee is missing"))]
    pub committee: String,
    /// The language of all outputs, as a language tag: `en-GB` is British English, `cy` is Welsh.
    #[serde(default = "british_english")]
    #[validate(custom(function = "has_form_of_language_tag"))]
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")))]
    pub language: String,
    /// A sentence that every output says on its face, for example that the data are a sample.
    #[serde(default, deserialize_with = "words")]
    pub notice: Option<String>,
    /// The financial years that may be reported.
    #[serde(default)]
    #[validate(length(min = 1, message = "at least one year must be given"), nested)]
    pub years: Vec<Year>,
    /// The workbooks that are expected.
    #[serde(default)]
    #[validate(length(min = 1, message = "at least one workbook must be given"), nested)]
    pub workbooks: Vec<WorkbookKind>,
    /// Settings for single checks, by code. Those of a table or field are nearer, and win.
    #[serde(default)]
    pub checks: BTreeMap<String, CheckOptions>,
}

fn british_english() -> String {
    "en-GB".to_owned()
}

fn has_form_of_language_tag(tag: &str) -> Result<(), ValidationError> {
    if is_language_tag(tag) {
        Ok(())
    } else {
        Err(ValidationError::new("language").with_message(format!("{tag} is not a language tag such as en-GB").into()))
    }
}

/// Whether a text has the form of a language tag: a primary language of two or three letters, then parts of one to
/// eight letters or digits (RFC 5646).
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.chars().all(|letter| letter.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.chars().all(|sign| sign.is_ascii_alphanumeric()))
}

/// How a day is written, as JSON Schema says it.
#[cfg(test)]
const DAY: &str = r"^\d{4}-(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|3[01])$";

/// A financial year.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "ends_after_start", skip_on_field_errors = false))]
pub struct Year {
    /// What the year is called, for example `2022-23`.
    #[validate(length(min = 1, message = "the year's name is missing"))]
    pub name: String,
    /// The first day.
    #[serde(deserialize_with = "day")]
    #[cfg_attr(test, schemars(with = "String", regex(pattern = DAY)))]
    pub start: NaiveDate,
    /// The last day.
    #[serde(deserialize_with = "day")]
    #[cfg_attr(test, schemars(with = "String", regex(pattern = DAY)))]
    pub end: NaiveDate,
    /// The approved total of the year. The figures of fields marked `control_total`, and the totals that sheets state for
    /// them, must come to it.
    #[serde(default, deserialize_with = "amount")]
    #[cfg_attr(test, schemars(with = "super::Bound"))]
    pub approved_total: Option<Money>,
    /// The day of the committee that receives the year's appendix.
    #[serde(default, deserialize_with = "a_day")]
    #[cfg_attr(test, schemars(with = "String", regex(pattern = DAY)))]
    pub committee_date: Option<NaiveDate>,
}

fn ends_after_start(year: &Year) -> Result<(), ValidationError> {
    if year.end > year.start {
        Ok(())
    } else {
        Err(ValidationError::new("end").with_message("the year ends before it starts".into()))
    }
}

impl Year {
    /// The year reported up to a month.
    pub fn period(&self, to: Month) -> Period {
        Period { year: self.name.clone(), start: self.start, end: self.end, to }
    }

    /// Whether a month lies in the year.
    pub fn contains(&self, month: Month) -> bool {
        Month::of(self.start) <= month && month <= Month::of(self.end)
    }
}

/// Reads a day, saying how one is written.
fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|_| serde::de::Error::custom(format!("{text} is not a day written as 2022-04-01")))
}

fn a_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    day(deserializer).map(Some)
}

/// Reads an amount from a number or a text, exactly: the number is taken as it is written in the file.
fn amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Money>, D::Error> {
    let bound = super::Bound::deserialize(deserializer)?;
    Money::from_text(bound.text()).map(Some).map_err(|why| serde::de::Error::custom(format!("{} {why}", bound.text())))
}

/// Reads a text that may be left out; one without words is as good as none.
fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let given = Option::<String>::deserialize(deserializer)?;
    Ok(given.filter(|words| !words.trim().is_empty()))
}

/// A kind of workbook that is expected.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WorkbookKind {
    /// The name that rules and messages use.
    #[validate(length(min = 1, message = "the workbook's name is missing"))]
    pub name: String,
    /// What an officer calls it; the name, if left out.
    #[serde(default)]
    pub title: String,
    /// The pattern of the file's name without its ending such as `.xlsx`. Where the name tells the month, the group
    /// `(?P<month>…)` catches it, written as `2022-04`.
    pub files: Pattern,
    /// How often one is due.
    #[serde(default)]
    pub frequency: Frequency,
    /// When in the year it falls due (yearly workbooks).
    #[serde(default)]
    pub due: Due,
    /// Whether it is an error when no such workbook is there.
    #[serde(default = "yes")]
    pub required: bool,
    /// The field that states the workbook's month, as `table.field` (monthly workbooks).
    #[serde(default)]
    pub month: Option<FieldPath>,
    /// The field that states the day on which the workbook was prepared, as `table.field`: no date in it may be later.
    #[serde(default)]
    pub prepared: Option<FieldPath>,
    /// The field and value by which a second workbook for the same month says that it stands in place of the first.
    #[serde(default)]
    pub resubmission: Option<FieldValue>,
    /// Whether it holds officers' explanations of differences. There may be several of them.
    #[serde(default)]
    pub explanations: bool,
    /// Its tables, and the sheets they are on.
    #[serde(default)]
    #[validate(length(min = 1, message = "at least one table must be given"))]
    pub tables: Vec<TablePlace>,
}

impl WorkbookKind {
    /// What an officer calls it.
    pub fn called(&self) -> &str {
        if self.title.is_empty() { &self.name } else { &self.title }
    }

    /// Whether it is due at the month that a run reports up to.
    pub fn is_due(&self, period: &Period) -> bool {
        match (self.frequency, self.due) {
            (Frequency::Monthly, _) | (Frequency::Yearly, Due::Start) => true,
            (Frequency::Yearly, Due::End) => period.is_complete(),
        }
    }
}

/// A table of a workbook, and the sheet it is on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TablePlace {
    /// The name of the table's file in the folder `tables`, without `.yaml`.
    pub table: String,
    /// The sheet's name, letter case and spaces forgiven; or `{match: PATTERN}` for every sheet whose name matches.
    pub sheet: SheetChoice,
    /// Whether the workbook must have the sheet. When it has, the table must be on it.
    #[serde(default = "yes")]
    pub required: bool,
}

/// How often a workbook is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Frequency {
    /// Once a month.
    Monthly,
    /// Once a year.
    #[default]
    Yearly,
}

/// When in the year a yearly workbook falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Due {
    /// From the year's first month on.
    Start,
    /// With the year's last month.
    #[default]
    End,
}

/// A field of a table, as `table.field`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(with = "String", extend("pattern" = r"\.")))]
pub struct FieldPath {
    /// The table.
    pub table: String,
    /// The field.
    pub field: String,
}

impl<'de> Deserialize<'de> for FieldPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (table, field) =
            text.split_once('.').ok_or_else(|| serde::de::Error::custom(format!("{text} must be table.field")))?;
        Ok(Self { table: table.to_owned(), field: field.to_owned() })
    }
}

/// A field and a text that it may hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FieldValue {
    /// The field, as `table.field`.
    pub field: FieldPath,
    /// The text; letter case is forgiven.
    pub value: String,
}

fn yes() -> bool {
    true
}
