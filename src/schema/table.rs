//! A table schema: Table Schema (Data Package standard v2) in YAML.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use validator::Validate;

use super::field::{Field, FieldKind, Shorthand};
use super::layout::{Across, Blocks, FormOptions, HeadingOptions, Layout, Locate, RowOptions};
use super::{CheckOptions, OneOrMany};
use crate::model::Money;

/// A table schema.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TableSchema {
    /// The file's name without its ending; set by the loader.
    #[serde(skip)]
    pub name: Arc<str>,
    /// The address of the standard that the file follows, for other programs that read it.
    #[serde(default, rename = "$schema")]
    pub standard: Option<String>,
    /// The fields, in the order in which they are stored.
    #[serde(default)]
    #[validate(length(min = 1, message = "at least one field must be given"), nested)]
    pub fields: Vec<Field>,
    /// The fields that identify a row, over all workbooks of the year.
    #[serde(default)]
    pub primary_key: OneOrMany,
    /// Further sets of fields that must not repeat.
    #[serde(default)]
    pub unique_keys: Vec<Vec<String>>,
    /// Fields whose values must be in another table.
    #[serde(default)]
    pub foreign_keys: Vec<ForeignKey>,
    /// Texts that mean that there is no value; spaces alone always do.
    #[serde(default)]
    pub missing_values: Vec<String>,
    /// What Table Schema cannot say of a table: its title, how it is laid out, where it stands.
    #[serde(default)]
    pub crosscast: TableOptions,
}

/// Fields whose values must be in another table.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ForeignKey {
    /// The fields of this table.
    pub fields: OneOrMany,
    /// Where they must be found.
    pub reference: Reference,
}

/// The other table of a foreign key.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The name of the other table; `''` is this table itself.
    pub resource: String,
    /// Its fields, in the order of the foreign key's.
    pub fields: OneOrMany,
}

/// What Table Schema cannot say of a table.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TableOptions {
    /// What officers call the table.
    #[serde(default)]
    pub title: String,
    /// How it is laid out on its sheet.
    #[serde(default)]
    pub layout: Layout,
    /// Where on its sheet it is looked for, when its headings alone do not tell it.
    #[serde(default)]
    pub locate: Locate,
    /// Its headings, where they stand on several rows or need care.
    #[serde(default)]
    pub headings: HeadingOptions,
    /// What the rows below the headings are, where they are more than records and a total.
    #[serde(default)]
    pub rows: RowOptions,
    /// What goes across; only of a crosstab, which must have it.
    #[serde(default)]
    pub across: Option<Across>,
    /// How blocks begin and end; only of blocks, which must have it.
    #[serde(default)]
    pub blocks: Option<Blocks>,
    /// How values stand by their labels; only of forms.
    #[serde(default)]
    pub form: FormOptions,
    /// Texts that stand for a value in any field of numbers or dates of the table, as `shorthand` of a field.
    #[serde(default)]
    pub shorthand: BTreeMap<String, Shorthand>,
    /// How a measure runs over the months.
    #[serde(default)]
    pub over_time: Option<OverTime>,
    /// Settings for single checks, by code, in this table.
    #[serde(default)]
    pub checks: BTreeMap<String, CheckOptions>,
}

/// How a measure runs over the months: flows are summed, stocks take the last month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OverTime {
    /// The field that names the measure.
    pub key: String,
    /// The field that holds its value.
    pub value: String,
    /// How measures run that are not named below.
    pub default: HowOverTime,
    /// Measures of which only the last month counts, for example cameras at the month's end.
    #[serde(default)]
    pub last: Vec<String>,
    /// Measures that have no figure for the year.
    #[serde(default)]
    pub none: Vec<String>,
    /// Measures of which the public may read the figure for the period and never that of a single month, for example
    /// counts so small that a month's would point to a person. In the appendix a month's figure is `[c]`, and so is the
    /// figure for the period while that is a single month. Two appendices whose periods differ by a month tell that
    /// month's figure all the same.
    #[serde(default)]
    pub published_as_total: Vec<String>,
}

/// How a measure runs over the months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum HowOverTime {
    /// The months are added.
    Sum,
    /// The last month counts.
    Last,
    /// There is no figure for the year.
    None,
}

impl TableSchema {
    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether the store can make the table and its views: there are fields, and `over_time` names two of them.
    pub fn can_be_stored(&self) -> bool {
        let is_known =
            |over_time: &OverTime| [&over_time.key, &over_time.value].iter().all(|name| self.field(name).is_some());
        !self.fields.is_empty() && self.crosscast.over_time.as_ref().is_none_or(is_known)
    }

    /// How its records are laid out: of blocks, how each block is.
    pub fn layout_of_records(&self) -> Layout {
        match (self.crosscast.layout, &self.crosscast.blocks) {
            (Layout::Blocks, Some(blocks)) => blocks.layout,
            (layout, _) => layout,
        }
    }

    /// The place of a field among the fields.
    pub fn field_index(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// What officers call the table: its title, else its name.
    pub fn called(&self) -> &str {
        if self.crosscast.title.is_empty() { &self.name } else { &self.crosscast.title }
    }

    /// Every set of fields whose values must not repeat, the primary key first.
    pub fn keys(&self) -> Vec<Vec<&str>> {
        let single = self.fields.iter().filter(|field| field.constraints.unique).map(|field| vec![field.name.as_str()]);
        let several = self.unique_keys.iter().map(|key| key.iter().map(String::as_str).collect());
        let primary = (!self.primary_key.is_empty()).then(|| self.primary_key.iter().collect::<Vec<_>>());
        let mut keys: Vec<Vec<&str>> = primary.into_iter().chain(single).chain(several).collect();
        let mut seen = Vec::new();
        keys.retain(|key| {
            let first = !seen.contains(key);
            seen.push(key.clone());
            first
        });
        keys
    }

    /// Whether a text labels the totals row.
    pub fn is_total_label(&self, text: &str) -> bool {
        let text = text.trim().trim_end_matches(':').trim_end();
        match &self.crosscast.rows.totals {
            Some(totals) => totals.pattern.is_match(text),
            None => {
                ["total", "totals", "grand total", "grand totals"].iter().any(|label| text.eq_ignore_ascii_case(label))
            }
        }
    }
}

impl TableSchema {
    /// Names within the file must lead somewhere, foreign keys must name as many fields here as there, and bounds must be
    /// of their field's type.
    pub(super) fn inconsistencies(&self) -> Vec<Inconsistency> {
        let mut wrong = self.unknown_names();
        wrong.extend(self.uneven_keys());
        wrong.extend(self.unknown_measures());
        wrong.extend(self.faults_of_values());
        wrong.extend(self.faults_of_layout());
        for (index, field) in self.fields.iter().enumerate() {
            let mut found = |key: &str, what: String| {
                let dot = if key.is_empty() { "" } else { "." };
                let path = format!("fields[{index}]{dot}{key}");
                wrong.push(Inconsistency { path, name: field.name.clone(), what, allowed: Vec::new() });
            };
            if self.fields[..index].iter().any(|earlier| earlier.name == field.name) {
                found("name", format!("the field {} is given twice", field.name));
            }
            let (least, most) = (&field.constraints.minimum, &field.constraints.maximum);
            for (key, bound) in [("minimum", least), ("maximum", most)] {
                if let Some(bound) = bound.as_ref().filter(|bound| !fits(bound.text(), field.kind())) {
                    let what = format!("{} is not a bound for {}, which is {}", bound.text(), field.name, field.kind());
                    found(&format!("constraints.{key}"), what);
                }
            }
            if let (Some(least), Some(most)) = (least, most)
                && is_above(least.text(), most.text(), field.kind())
            {
                let what =
                    format!("the minimum of {}, {}, is above its maximum, {}", field.name, least.text(), most.text());
                found("constraints", what);
            }
            if let (Some(least), Some(most)) = (field.constraints.min_length, field.constraints.max_length)
                && least > most
            {
                found(
                    "constraints",
                    format!("the minLength of {}, {least}, is above its maxLength, {most}", field.name),
                );
            }
            if field.constraints.pattern.is_some() && field.kind() != FieldKind::Text {
                found("constraints.pattern", format!("{} has a pattern, which only a string can have", field.name));
            }
            if field.crosscast.control_total && field.kind() != FieldKind::Money {
                let what =
                    format!("{} has a control_total, which only a number with the unit GBP can have", field.name);
                found("crosscast.control_total", what);
            }
            if field.crosscast.suppress_below.is_some() && field.kind() != FieldKind::Integer {
                let what = format!("{} has a suppress_below, which only an integer can have", field.name);
                found("crosscast.suppress_below", what);
            } else if let Some(least) = field.crosscast.suppress_below.filter(|least| *least < 2) {
                let what = format!(
                    "the suppress_below of {} is {least}, which keeps nothing back: counts from 1 to one less than it \
                     are kept back, so it must be at least 2",
                    field.name
                );
                found("crosscast.suppress_below", what);
            }
        }
        wrong
    }

    /// Names of fields that are not there.
    fn unknown_names(&self) -> Vec<Inconsistency> {
        let keys = self.unique_keys.iter().enumerate().map(|(index, key)| (format!("uniqueKeys[{index}]"), key.iter()));
        let mut named: Vec<(String, &str)> =
            self.primary_key.iter().map(|name| ("primaryKey".to_owned(), name)).collect();
        named.extend(keys.flat_map(|(path, key)| key.map(move |name| (path.clone(), name.as_str()))));
        for (index, key) in self.foreign_keys.iter().enumerate() {
            named.extend(key.fields.iter().map(|name| (format!("foreignKeys[{index}].fields"), name)));
        }
        for (index, field) in self.fields.iter().enumerate() {
            let unit_in = field.crosscast.unit_in.iter();
            named.extend(unit_in.map(|name| (format!("fields[{index}].crosscast.unit_in"), name.as_str())));
        }
        if let Some(over_time) = &self.crosscast.over_time {
            named.push(("crosscast.over_time.key".to_owned(), &over_time.key));
            named.push(("crosscast.over_time.value".to_owned(), &over_time.value));
        }
        let unknown = named.into_iter().filter(|(_, name)| self.field(name).is_none());
        unknown
            .map(|(path, name)| Inconsistency {
                path,
                name: name.to_owned(),
                what: format!("{name} is not a field of this table"),
                allowed: self.fields.iter().map(|field| field.name.clone()).collect(),
            })
            .collect()
    }

    /// Measures of `over_time` that are not among the values that the key field allows: a slip there would publish what
    /// must not be, in silence.
    fn unknown_measures(&self) -> Vec<Inconsistency> {
        let Some(over_time) = &self.crosscast.over_time else { return Vec::new() };
        let allowed = self.field(&over_time.key).map(|key| key.constraints.allowed.as_slice()).unwrap_or_default();
        let lists = [
            ("last", &over_time.last),
            ("none", &over_time.none),
            ("published_as_total", &over_time.published_as_total),
        ];
        let measures = lists.into_iter().flat_map(|(list, measures)| measures.iter().map(move |name| (list, name)));
        let unknown = measures.filter(|(_, measure)| !allowed.is_empty() && !allowed.contains(measure));
        unknown
            .map(|(list, measure)| Inconsistency {
                path: format!("crosscast.over_time.{list}"),
                name: measure.clone(),
                what: format!("{measure} is not a value that {} allows", over_time.key),
                allowed: allowed.to_vec(),
            })
            .collect()
    }

    /// Foreign keys of which a field has no partner in the other table: they could not be looked up at all.
    fn uneven_keys(&self) -> impl Iterator<Item = Inconsistency> {
        self.foreign_keys.iter().enumerate().filter_map(|(index, key)| {
            let (here, there) = (key.fields.iter().count(), key.reference.fields.iter().count());
            (here == 0 || here != there).then(|| Inconsistency {
                path: format!("foreignKeys[{index}]"),
                name: "foreignKeys".to_owned(),
                what: format!(
                    "the foreign key names {here} of its own fields and {there} of the table that it refers to; name \
                     as many, and at least one"
                ),
                allowed: Vec::new(),
            })
        })
    }
}

/// Something in a table schema that does not fit the rest of it.
pub(super) struct Inconsistency {
    /// Where in the file.
    pub path: String,
    /// The name that it is about.
    pub name: String,
    /// What is wrong.
    pub what: String,
    /// The names that are allowed; none where it is not about a name.
    pub allowed: Vec<String>,
}

/// Whether one bound lies above another; bounds that do not fit are a mistake of their own.
fn is_above(least: &str, most: &str, kind: FieldKind) -> bool {
    let numbers = least.parse::<f64>().ok().zip(most.parse::<f64>().ok());
    match kind {
        FieldKind::Date | FieldKind::Month => fits(least, kind) && fits(most, kind) && least > most,
        _ => numbers.is_some_and(|(least, most)| least > most),
    }
}

/// Whether a bound or a figure can be read as a value of its kind.
pub(super) fn fits(bound: &str, kind: FieldKind) -> bool {
    match kind {
        FieldKind::Money => Money::from_text(bound).is_ok(),
        FieldKind::Integer => bound.parse::<i64>().is_ok(),
        FieldKind::Number | FieldKind::Percentage => bound.parse::<f64>().is_ok_and(f64::is_finite),
        FieldKind::Date => bound.parse::<chrono::NaiveDate>().is_ok(),
        FieldKind::Month => bound.parse::<crate::model::Month>().is_ok(),
        FieldKind::Text | FieldKind::Boolean => false,
    }
}
