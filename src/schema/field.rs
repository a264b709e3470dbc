//! A field of a table: the words of Table Schema, and what it cannot say under `crosscast`.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU32;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize};
use validator::Validate;

use super::layout::{LabelPattern, Strip, ValuePlace};
use super::{CheckOptions, Pattern};
use crate::model::Figures;

/// A field of a table.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Field {
    /// The name, as rules and queries use it: lower case letters, digits and `_`, with a letter first.
    #[validate(custom(function = "is_name"))]
    #[cfg_attr(test, schemars(regex(pattern = "^[a-z][a-z0-9_]*$")))]
    pub name: String,
    /// The heading of the column, or the label in a form; the name, if left out. Letter case, spaces and line breaks are
    /// forgiven.
    #[serde(default)]
    pub title: String,
    /// What the field means, for people.
    #[serde(default)]
    pub description: String,
    /// What the values are.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// How values are written, for other programs that read the file: `default` or `any`. Crosscast reads what Excel holds.
    #[serde(default)]
    #[validate(custom(function = "is_known_format"))]
    #[cfg_attr(test, schemars(extend("enum" = ["default", "any", null])))]
    pub format: Option<String>,
    /// What the values must satisfy.
    #[serde(default)]
    pub constraints: Constraints,
    /// Texts that mean yes (type boolean).
    #[serde(default)]
    pub true_values: Vec<String>,
    /// Texts that mean no (type boolean).
    #[serde(default)]
    pub false_values: Vec<String>,
    /// What Table Schema cannot say of a field: its unit, other headings, how its values are read.
    #[serde(default)]
    pub crosscast: FieldOptions,
}

fn is_name(name: &str) -> Result<(), validator::ValidationError> {
    let plain = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .chars()
            .all(|character| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_');
    if plain {
        Ok(())
    } else {
        Err(validator::ValidationError::new("name")
            .with_message(format!("{name} is not a name: lower case letters, digits and _").into()))
    }
}

fn is_known_format(format: &str) -> Result<(), validator::ValidationError> {
    if ["default", "any"].contains(&format) {
        Ok(())
    } else {
        Err(validator::ValidationError::new("format")
            .with_message(format!("the format {format} is not known; allowed: default, any").into()))
    }
}

impl Field {
    /// A field without more than a name, a title and a type.
    pub fn plain(name: &str, title: &str, field_type: FieldType) -> Self {
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            description: String::new(),
            field_type,
            format: None,
            constraints: Constraints::default(),
            true_values: Vec::new(),
            false_values: Vec::new(),
            crosscast: FieldOptions::default(),
        }
    }

    /// What its values are.
    pub fn kind(&self) -> FieldKind {
        match (self.field_type, self.crosscast.unit) {
            (FieldType::Number, Some(Unit::Gbp)) => FieldKind::Money,
            (FieldType::Number, Some(Unit::Percent)) => FieldKind::Percentage,
            (FieldType::Number, None) => FieldKind::Number,
            (FieldType::Integer, _) => FieldKind::Integer,
            (FieldType::String, _) => FieldKind::Text,
            (FieldType::Boolean, _) => FieldKind::Boolean,
            (FieldType::Date, _) => FieldKind::Date,
            (FieldType::Yearmonth, _) => FieldKind::Month,
        }
    }

    /// The heading that officers know: the title, else the name.
    pub fn heading(&self) -> &str {
        if self.title.is_empty() { &self.name } else { &self.title }
    }

    /// Whether its values are for the public: they are unless `publish: false` says otherwise.
    pub fn is_public(&self) -> bool {
        self.crosscast.publish != Some(false)
    }

    /// Every text by which the heading is known.
    pub fn headings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.heading()).chain(self.crosscast.aliases.iter().map(String::as_str))
    }
}

/// A type of Table Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number; money and percentages are numbers with a unit.
    Number,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
    /// A month.
    Yearmonth,
}

/// What a field's values are: its type and unit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A number of which 1 is 100%.
    Percentage,
    /// An amount in pounds and pence.
    Money,
    /// A day.
    Date,
    /// A month.
    Month,
    /// Yes or no.
    Boolean,
}

impl fmt::Display for FieldKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Text => "a text",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::Percentage => "a percentage",
            Self::Money => "an amount",
            Self::Date => "a date",
            Self::Month => "a month",
            Self::Boolean => "yes or no",
        })
    }
}

impl FieldKind {
    /// Whether values can be added.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Integer | Self::Number | Self::Percentage | Self::Money)
    }

    /// How values are added; none for texts and days, and for percentages, whose total is no sum.
    pub fn figures(self) -> Option<Figures> {
        match self {
            Self::Money => Some(Figures::Pence),
            Self::Integer => Some(Figures::Ones),
            Self::Number => Some(Figures::Parts),
            Self::Percentage | Self::Text | Self::Date | Self::Month | Self::Boolean => None,
        }
    }
}

/// The unit of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Unit {
    /// Pounds sterling, to the penny.
    #[serde(rename = "GBP")]
    Gbp,
    /// 1 is 100%.
    #[serde(rename = "percent")]
    Percent,
}

/// The window in which a date or month must lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Window {
    /// Anywhere.
    #[default]
    None,
    /// In the financial year.
    Year,
    /// In the month of the workbook.
    Month,
}

/// Which sign figures usually have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Usually {
    /// Above nothing: a negative one is pointed out, and may be right.
    Positive,
}

/// What a field's values must satisfy, by Table Schema.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Constraints {
    /// No value may be empty; spaces alone are empty.
    #[serde(default)]
    pub required: bool,
    /// No two values may be the same, over all workbooks of the year.
    #[serde(default)]
    pub unique: bool,
    /// The least value: a number, a day as `2022-04-01`, or a month as `2022-04`.
    #[serde(default)]
    pub minimum: Option<Bound>,
    /// The greatest value: a number, a day as `2022-04-01`, or a month as `2022-04`.
    #[serde(default)]
    pub maximum: Option<Bound>,
    /// The least number of characters.
    #[serde(default)]
    pub min_length: Option<usize>,
    /// The greatest number of characters.
    #[serde(default)]
    pub max_length: Option<usize>,
    /// The pattern of the whole text.
    #[serde(default)]
    pub pattern: Option<Pattern>,
    /// The allowed texts.
    #[serde(default, rename = "enum")]
    pub allowed: Vec<String>,
}

/// A bound as the pack writes it, kept as text so that money stays exact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(with = "BoundSchema"))]
pub struct Bound(String);

/// A bound as JSON Schema says it.
#[cfg(test)]
#[derive(schemars::JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "only its shape is wanted")]
enum BoundSchema {
    /// A number.
    Number(f64),
    /// A date as `2022-04-01`, a month as `2022-04`, or an amount as text.
    Text(String),
}

impl Bound {
    /// The bound's text.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyScalar;
        impl Visitor<'_> for AnyScalar {
            type Value = Bound;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a number, a date or an amount")
            }
            fn visit_i64<E>(self, number: i64) -> Result<Bound, E> {
                Ok(Bound(number.to_string()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Bound, E> {
                Ok(Bound(number.to_string()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Bound, E> {
                Ok(Bound(number.to_string()))
            }
            fn visit_str<E>(self, text: &str) -> Result<Bound, E> {
                Ok(Bound(text.to_owned()))
            }
        }
        deserializer.deserialize_any(AnyScalar)
    }
}

/// What a text stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Shorthand {
    /// A figure, written as numbers are.
    Figure(Bound),
    /// No value; with what the text means.
    Meaning(String),
}

impl<'de> Deserialize<'de> for Shorthand {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bound = Bound::deserialize(deserializer)?;
        let is_figure = bound.0.parse::<f64>().is_ok_and(f64::is_finite);
        Ok(if is_figure { Self::Figure(bound) } else { Self::Meaning(bound.0) })
    }
}

/// What Table Schema cannot say of a field.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FieldOptions {
    /// Other headings by which the field is known.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The unit of a number. Money is exact to the penny.
    #[serde(default)]
    pub unit: Option<Unit>,
    /// Where a date or month must lie.
    #[serde(default)]
    pub window: Window,
    /// Whether the column's sum and stated total must be the year's approved total.
    #[serde(default)]
    pub control_total: bool,
    /// Whether the column may be missing without an error.
    #[serde(default)]
    pub optional: bool,
    /// Set to `false` where values are not for the public: a query of `appendix.md` that reads the field is a mistake of
    /// the pack, and what the appendix could not print of its values is no finding.
    #[serde(default)]
    pub publish: Option<bool>,
    /// Counts from 1 to one less than this are kept back from the public: the appendix prints `[c]` for them, and for
    /// what is reckoned with them. Integers only, and at least 2; nothing is kept back unless it is given. A count that
    /// can be reckoned from a printed total and all but one of its parts is not kept back by this alone.
    #[serde(default)]
    #[cfg_attr(test, schemars(range(min = 2)))]
    pub suppress_below: Option<i64>,
    /// Whether rows are grouped by its texts, so that one name must not be spelt in two ways over the year.
    #[serde(default)]
    pub label: bool,
    /// The heading from the top down, where headings stand on several rows and the lowest alone is not enough:
    /// `[Forecast, April]`. Rows between may be left out.
    #[serde(default)]
    pub path: Vec<String>,
    /// The pattern of the heading or label, instead of its title and aliases.
    #[serde(default)]
    pub heading: Option<LabelPattern>,
    /// In a form: the pattern of the text above, below which the label is looked for.
    #[serde(default)]
    pub section: Option<LabelPattern>,
    /// In a form: where the value stands by its label, if otherwise than in the rest of the form.
    #[serde(default)]
    pub value: Option<ValuePlace>,
    /// Texts that stand for a value, such as `-` for 0; or for none, with what they mean: `"[x]": not available`. Letter
    /// case is forgiven. A figure is the value as it stands, whatever the `factor`. A text with a meaning fills a cell that
    /// must be filled in, and adds nothing to a sum; a stated sum of such cells that is not the sum of the others cannot be
    /// checked, which is said and is no error. What it means is kept in the store, in a column of its own named after
    /// the field: `FIELD_shorthand`.
    #[serde(default)]
    pub shorthand: BTreeMap<String, Shorthand>,
    /// What figures are multiplied by, where the sheet states them in thousands and its cells hold thousands too. It is
    /// never guessed from a title: cells often hold the full figure and show thousands.
    #[serde(default)]
    pub factor: Option<NonZeroU32>,
    /// Whether the number that the cell shows is meant, rounded and in thousands as its format has it, rather than the one
    /// it holds. A cell without a number format, and every cell of a file of a kind that does not give formats, shows what
    /// it holds; where a format cannot be told, the cell is a finding.
    #[serde(default)]
    pub display: bool,
    /// What is left out of texts before they are read; and of years that are typed as numbers.
    #[serde(default)]
    pub strip: Option<Strip>,
    /// The field of the same row that says what the number's unit is, where a table has figures of several units: where it
    /// says “percent” or “%”, 1 is 100%.
    #[serde(default)]
    pub unit_in: Option<String>,
    /// Which sign its figures usually have.
    #[serde(default)]
    pub usually: Option<Usually>,
    /// Settings for single checks, by code, in this field.
    #[serde(default)]
    pub checks: BTreeMap<String, CheckOptions>,
}
