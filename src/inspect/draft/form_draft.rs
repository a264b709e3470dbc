//! The draft of a form.

use super::building::{Building, label_pattern};
use super::field::{Seen, field};
use super::form::Labelled;
use super::groups::{Found, Group, Sample};
use super::pounds::{pounds_on, take_pounds};
use super::study::Study;
use super::{Note, ReadDay, shorthand};
use crate::model::{GridCell, RawValue};
use crate::schema::{Direction, FieldType, LabelPattern, Layout, ValuePlace};

/// Hints stand in brackets.
const HINT: &str = r"\(.*\)";

/// Makes the schema of a form of the labels that were found in any of the workbooks.
pub(super) fn build(building: &mut Building, group: &Group<'_>, read_day: ReadDay) {
    building.schema.crosscast.layout = Layout::Form;
    let text = "labels with their values beside them";
    let area = group.samples[0].found.area().to_string();
    building.note(Note::new("crosscast.layout", text).at([area]));
    if group.samples.iter().any(|sample| matches!(&sample.found, Found::Form(form) if form.has_hints)) {
        building.schema.crosscast.form.ignore.extend(LabelPattern::new(HINT).ok());
        building.note(Note::new("crosscast.form.ignore", "hints between labels and their values"));
    }
    let mut labels: Vec<(String, &Labelled)> = Vec::new();
    for sample in &group.samples {
        for label in labels_of(sample) {
            if !labels.iter().any(|(key, _)| *key == label.key()) {
                labels.push((label.key(), label));
            }
        }
    }
    for (key, label) in labels {
        add(building, group, &key, label, read_day);
    }
}

fn labels_of<'s>(sample: &'s Sample<'_>) -> &'s [Labelled] {
    if let Found::Form(form) = &sample.found { &form.labels } else { &[] }
}

fn add(building: &mut Building, group: &Group<'_>, key: &str, label: &Labelled, read_day: ReadDay) {
    let mut study = Study::new();
    let mut is_in_all = true;
    for (index, sample) in group.samples.iter().enumerate() {
        let Some(own) = labels_of(sample).iter().find(|label| label.key() == key) else {
            is_in_all = false;
            continue;
        };
        let cell = sample.grid.cell(own.value).filter(|cell| !asks(building, cell));
        study.add(cell, || super::rows_draft::named(index, own.value, group), read_day);
    }
    let named = match &label.section {
        Some(section) => format!("{section} {}", label.text),
        None => label.text.clone(),
    };
    let name = building.names.give(&named, "field");
    let index = building.schema.fields.len();
    let seen =
        Seen { study: &study, area: label.value.to_string().into(), heading: &label.text, is_filled_down: false };
    // Two fields cannot have one title: the label is told by its pattern then.
    let title = match &label.section {
        Some(section) => format!("{} ({section})", label.text),
        None => label.text.clone(),
    };
    let (mut made, notes) = field(&name, &title, index, &seen);
    if let Some(spoken) = group.samples.iter().find_map(|sample| pounds_on(sample.grid))
        && let Some(note) = take_pounds(&mut made, index, &label.text, &study, &spoken)
    {
        building.note(note);
    }
    if label.section.is_some() {
        made.crosscast.heading = LabelPattern::new(&format!("{}:?", super::names::escaped(&label.text))).ok();
    }
    // One value says nothing of the form of others.
    made.constraints.pattern = None;
    made.constraints.allowed.clear();
    complete_yes_and_no(&mut made.true_values, &mut made.false_values, made.field_type);
    if label.is_above {
        made.crosscast.value = Some(ValuePlace::Towards(Direction::Below));
    }
    made.crosscast.optional = !is_in_all;
    made.crosscast.section = label.section.as_deref().and_then(label_pattern);
    building.schema.fields.push(made);
    building.notes.extend(notes);
    if label.section.is_some() {
        let note = Note::new(format!("fields[{index}].crosscast.section"), "the same label is there more than once");
        building.note(note);
    }
    building.count_days(index, &study);
}

/// Whether a cell only asks for a choice; the form passes such texts over.
fn asks(building: &mut Building, cell: &GridCell) -> bool {
    let RawValue::Text(text) = &cell.raw else { return false };
    if !shorthand::asks_for_a_choice(text) {
        return false;
    }
    let ignore = &mut building.schema.crosscast.form.ignore;
    let pattern = LabelPattern::new(&super::names::escaped(text.trim())).ok();
    ignore.extend(pattern.filter(|pattern| !ignore.contains(pattern)));
    true
}

/// Adds the word for no where only one for yes was seen, and the other way about.
pub(super) fn complete_yes_and_no(yes: &mut Vec<String>, no: &mut Vec<String>, field_type: FieldType) {
    if field_type != FieldType::Boolean {
        return;
    }
    let pairs = [("Yes", "No"), ("yes", "no"), ("YES", "NO"), ("Y", "N"), ("y", "n"), ("TRUE", "FALSE")];
    for (one, other) in pairs {
        let has = |words: &[String], word: &str| words.iter().any(|known| known == word);
        if has(yes, one) && no.is_empty() {
            no.push(other.to_owned());
        } else if has(no, other) && yes.is_empty() {
            yes.push(one.to_owned());
        }
    }
}
