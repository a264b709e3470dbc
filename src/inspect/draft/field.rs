//! A field made of what the cells of its column hold, with the cells that made the draft think so.

use std::sync::Arc;

use super::Note;
use super::shorthand;
use super::study::{MOST_VALUES, Study};
use crate::model::{CellKind, ColumnSeen};
use crate::schema::{Field, FieldType, Pattern, Shorthand, Unit, Window};

/// A value is required of a column without an empty cell, from so many records on.
const FEWEST_FOR_REQUIRED: usize = 3;
/// Values are a key when none is there twice, from so many records on.
const FEWEST_FOR_KEY: usize = 5;
/// An enumeration has so many times as many records as values.
const RECORDS_A_VALUE: usize = 3;
/// Longer texts are no values of an enumeration, in characters.
const LONGEST_VALUE: usize = 60;

/// A column that a field is made of.
pub(super) struct Seen<'a> {
    /// What its cells hold.
    pub study: &'a Study,
    /// Its cells in the first table: `C5:C40`.
    pub area: Arc<str>,
    /// Its heading, with those above.
    pub heading: &'a str,
    /// Whether a value is given once for several rows.
    pub is_filled_down: bool,
}

/// The type of a column, and why.
struct Typed {
    field_type: FieldType,
    unit: Option<Unit>,
    why: &'static str,
    /// The kinds of cells that are of the type.
    kinds: &'static [CellKind],
}

const NUMBERS: &[CellKind] = &[
    CellKind::WholeNumber,
    CellKind::Number,
    CellKind::Amount,
    CellKind::Percentage,
    CellKind::Error,
    CellKind::WithoutResult,
];
const DAYS: &[CellKind] = &[CellKind::Date, CellKind::Error, CellKind::WithoutResult];
const YES_OR_NO: &[CellKind] = &[CellKind::YesOrNo, CellKind::Error, CellKind::WithoutResult];
const WORDS: &[CellKind] = &[CellKind::Text, CellKind::YesOrNo, CellKind::Error, CellKind::WithoutResult];

/// Makes the field of a column; `index` is its place among the fields, by which notes know it.
pub(super) fn field(name: &str, title: &str, index: usize, seen: &Seen<'_>) -> (Field, Vec<Note>) {
    let study = seen.study;
    let typed = typed(seen);
    let mut field = Field::plain(name, title, typed.field_type);
    field.crosscast.unit = typed.unit;
    let path = |key: &str| format!("fields[{index}].{key}");
    let mut notes = vec![Note::new(path("type"), typed.why).at([seen.area.clone()])];
    for (kind, count) in study.others(typed.kinds) {
        let text = format!("{} among them", kind.counted(count));
        notes.push(Note::new(path("type"), text).at(study.cells.get(&kind).cloned().unwrap_or_default()));
    }
    if study.unread_days > 0 && typed.field_type == FieldType::String {
        notes.push(Note::new(path("type"), "days in words are read as texts; type them as dd/mm/yyyy to have dates"));
    }
    if typed.field_type == FieldType::Boolean {
        (field.true_values, field.false_values) = (study.yes.clone(), study.no.clone());
    }
    if !matches!(typed.field_type, FieldType::String) {
        take_shorthand(&mut field, study, &path("crosscast.shorthand"), &mut notes);
    }
    constrain(&mut field, seen, &path, &mut notes);
    (field, notes)
}

/// The type of a column: that of most of its cells.
fn typed(seen: &Seen<'_>) -> Typed {
    let study = seen.study;
    let tally = study.tally.seen();
    let is_pounds = study.pound_formats + study.pound_texts > 0 || seen.heading.contains('£');
    let all_pence = study.pence == study.numbers && study.numbers > 0;
    let number = |why| Typed { field_type: FieldType::Number, unit: None, why, kinds: NUMBERS };
    match tally {
        ColumnSeen::Percentage => Typed { unit: Some(Unit::Percent), ..number("numbers shown as percentages") },
        ColumnSeen::Amount | ColumnSeen::Number | ColumnSeen::WholeNumber
            if is_pounds && all_pence && !is_year(seen) && !seen.heading.contains('%') =>
        {
            let shown = study.pound_formats + study.pound_texts > 0;
            let why = if shown { "amounts shown in pounds" } else { "amounts: the heading says £" };
            Typed { unit: Some(Unit::Gbp), ..number(why) }
        }
        ColumnSeen::Amount => number("amounts that are not all whole pence of pounds"),
        ColumnSeen::Number => number("numbers"),
        ColumnSeen::WholeNumber => {
            Typed { field_type: FieldType::Integer, unit: None, why: "whole numbers", kinds: NUMBERS }
        }
        ColumnSeen::Date if study.are_months && study.count(CellKind::DateAsText) == 0 => Typed {
            field_type: FieldType::Yearmonth,
            unit: None,
            why: "months: first days, shown without the day",
            kinds: DAYS,
        },
        ColumnSeen::Date | ColumnSeen::DateAsText if study.unread_days * 2 < study.tally.filled => {
            Typed { field_type: FieldType::Date, unit: None, why: "dates", kinds: DAYS }
        }
        ColumnSeen::YesOrNo if study.count(CellKind::YesOrNo) == study.tally.filled && study.shorthand.is_empty() => {
            Typed { field_type: FieldType::Boolean, unit: None, why: "yes or no", kinds: YES_OR_NO }
        }
        _ if study.month_texts > 0 && study.month_texts == study.tally.filled => {
            Typed { field_type: FieldType::Yearmonth, unit: None, why: "months as texts", kinds: WORDS }
        }
        ColumnSeen::Empty => {
            Typed { field_type: FieldType::String, unit: None, why: "nothing to tell by", kinds: WORDS }
        }
        ColumnSeen::Mixed => {
            Typed { field_type: FieldType::String, unit: None, why: "a mixture, read as texts", kinds: WORDS }
        }
        _ => Typed { field_type: FieldType::String, unit: None, why: "texts", kinds: WORDS },
    }
}

/// Whether a column holds years: whole numbers that are never shown as money.
fn is_year(seen: &Seen<'_>) -> bool {
    let is_year =
        |text: &String| text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1900..=2100).contains(&year));
    seen.study.pound_formats == 0 && !seen.study.texts.is_empty() && seen.study.texts.keys().all(is_year)
}

/// Texts that stand where figures belong, as a guess at what they mean.
fn take_shorthand(field: &mut Field, study: &Study, path: &str, notes: &mut Vec<Note>) {
    for (text, cells) in &study.shorthand {
        let Some(meaning) = shorthand::meaning(text) else { continue };
        let is_figure = meaning == "0";
        let numeric = field.kind().is_numeric();
        let value = match (is_figure, numeric) {
            (true, true) => serde_json::from_str(meaning).ok(),
            (true, false) => Some(Shorthand::Meaning("none".to_owned())),
            (false, _) => Some(Shorthand::Meaning(meaning.to_owned())),
        };
        let Some(value) = value else { continue };
        field.crosscast.shorthand.insert(text.clone(), value);
        let note = Note::new(format!("{path}.{text}"), "a guess at what it means").at(cells.iter().cloned());
        notes.push(note);
    }
}

/// Required, a list of values, a pattern of codes.
fn constrain(field: &mut Field, seen: &Seen<'_>, path: &impl Fn(&str) -> String, notes: &mut Vec<Note>) {
    let study = seen.study;
    let is_text = field.field_type == FieldType::String;
    let is_complete = study.empty == 0 || (seen.is_filled_down && study.filled() > 0);
    if is_complete && study.records >= FEWEST_FOR_REQUIRED {
        field.constraints.required = true;
        let text = format!("none of {} is empty", study.records);
        notes.push(Note::new(path("constraints.required"), text));
    }
    if is_text && let Some(codes) = pattern(study) {
        notes.push(Note::new(path("constraints.pattern"), "codes alike").at([seen.area.clone()]));
        field.constraints.pattern = Some(codes);
    } else if is_text && is_enumeration(study, seen.is_filled_down) {
        field.constraints.allowed = study.texts.keys().cloned().collect();
        let text = format!("{} values in {} rows; add those that may come", study.texts.len(), study.filled());
        notes.push(Note::new(path("constraints.enum"), text).at([seen.area.clone()]));
    }
}

fn pattern(study: &Study) -> Option<Pattern> {
    let is_enough = study.filled() >= FEWEST_FOR_KEY && study.shorthand.is_empty();
    let text = study.codes.pattern().filter(|_| is_enough)?;
    Pattern::new(&text).ok()
}

/// Whether a column of texts has few values, each there again and again.
fn is_enumeration(study: &Study, is_filled_down: bool) -> bool {
    let values = study.texts.len();
    !study.has_many_texts
        && (2..=MOST_VALUES).contains(&values)
        && !is_filled_down
        && study.filled() >= values * RECORDS_A_VALUE
        && study.texts.keys().all(|text| text.chars().count() <= LONGEST_VALUE)
        && study.others(WORDS).is_empty()
        && study.count(CellKind::Text) + study.count(CellKind::YesOrNo) > 0
}

/// Whether the values of a column could identify its rows.
pub(super) fn identifies(field: &Field, seen: &Seen<'_>) -> bool {
    let study = seen.study;
    let is_code = field.constraints.pattern.is_some() || says_reference(seen.heading);
    let is_of_a_type = field.field_type == FieldType::String
        || (field.field_type == FieldType::Integer && says_reference(seen.heading));
    is_of_a_type
        && study.records >= FEWEST_FOR_KEY
        && study.empty == 0
        && study.is_without_repeats
        && study.shorthand.is_empty()
        && (is_code || study.texts.keys().all(|text| text.chars().count() <= LONGEST_VALUE))
}

/// Whether a heading is that of references or numbers of things.
pub(super) fn says_reference(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    let mut words = lower.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| ["ref", "reference", "id", "code", "no", "number", "uprn", "urn", "invoice"].contains(&word))
}

/// Puts the days of a field within the year, where all are.
pub(super) fn within_year(field: &mut Field, study: &Study, year: i32) -> bool {
    let is_within = matches!(field.field_type, FieldType::Date)
        && study.years.len() == 1
        && study.years.contains_key(&year)
        && study.unread_days == 0
        && study.count(CellKind::Date) + study.count(CellKind::DateAsText) == study.tally.filled;
    if is_within {
        field.crosscast.window = Window::Year;
    }
    is_within
}
