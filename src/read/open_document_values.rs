//! Values of an `.ods` workbook that calamine takes for others in silence: a boolean that is none for FALSE, a number that is
//! not there for an empty cell, an error value for a text.

use quick_xml::events::BytesStart;

use super::markup::{attribute, name};
use super::open::{Cells, cells_within};
use super::xlsx_values::is_number;
use crate::model::{Area, Damage, RawValue, cut_where_long};

/// The attributes that may hold the value of a cell, each with the kinds of values that it is for.
const VALUES: [(&str, &[&str]); 5] = [
    ("office:value", &["float", "percentage", "currency"]),
    ("office:date-value", &["date"]),
    ("office:time-value", &["time"]),
    ("office:boolean-value", &["boolean"]),
    ("office:string-value", &["string"]),
];

/// What the tag of a cell says of its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ValueSaid {
    /// Nothing that calamine would not take rightly.
    Plain,
    /// That it is an error value.
    Error,
    /// What makes it damaged.
    Damaged(Damage),
    /// A kind of value of which there is none; damaged if the cell shows something.
    Missing,
}

/// What the tag of a cell says of its value.
pub(super) fn said(tag: &BytesStart<'_>) -> ValueSaid {
    if exactly(tag, "calcext:value-type").as_deref() == Some("error") {
        return ValueSaid::Error;
    }
    let has_formula = attribute(tag, "formula").is_some();
    let Some(kind) = exactly(tag, "office:value-type") else {
        // calamine takes the text that such a cell shows for nothing.
        return if has_formula { ValueSaid::Plain } else { ValueSaid::Missing };
    };
    let given: Vec<(&str, String)> = VALUES.iter().filter_map(|(name, _)| Some((*name, exactly(tag, name)?))).collect();
    let known = VALUES.iter().find(|(_, kinds)| kinds.contains(&&*kind));
    let quoted = |text: &str| cut_where_long(text).into();
    match (known, given.as_slice()) {
        (None, []) => ValueSaid::Plain,
        (None, _) => ValueSaid::Damaged(Damage::UnknownKind(quoted(&kind))),
        // A text may stand in the cell itself, and a formula may never have been calculated.
        (Some(_), []) if kind == "string" || has_formula => ValueSaid::Plain,
        (Some(_), []) => ValueSaid::Missing,
        (Some((wanted, _)), [(given, value)]) if given == wanted => match kind.as_str() {
            "boolean" if !["true", "false"].contains(&&*value.to_lowercase()) => {
                ValueSaid::Damaged(Damage::NotYesOrNo(quoted(value)))
            }
            "float" | "percentage" | "currency" if !is_number(value.trim_ascii()) => {
                ValueSaid::Damaged(Damage::NotANumber(quoted(value)))
            }
            _ => ValueSaid::Plain,
        },
        (Some(_), several) => {
            let values: Vec<&str> = several.iter().map(|(_, value)| value.as_str()).collect();
            ValueSaid::Damaged(Damage::ReadDifferently(quoted(&values.join(", "))))
        }
    }
}

/// The value of the attribute of exactly that name: calamine goes by prefixes, and LibreOffice has two of most.
fn exactly(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|one| one.key.as_ref() == name)?;
    let value = found.value;
    Some(quick_xml::escape::unescape(&value).map(|text| text.into_owned()).unwrap_or_else(|_| value.into_owned()))
}

/// Whether a tag is that of a cell.
pub(super) fn is_cell(tag: &BytesStart<'_>) -> bool {
    matches!(name(tag), "table-cell" | "covered-table-cell")
}

/// Makes error values of the texts of cells that say that they hold them.
pub(super) fn take_errors(cells: &mut Cells, errors: Vec<Area>) {
    for area in errors {
        for cell in cells_within(cells, area) {
            if let RawValue::Text(text) = &cell.raw {
                cell.raw = RawValue::Error(text.clone());
            }
        }
    }
}
