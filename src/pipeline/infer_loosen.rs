//! Takes out of a draft what the workbooks that it was drafted from break.

use super::infer_check::Judged;
use crate::inspect::draft::{Draft, DraftedPack, Note};
use crate::model::Finding;
use crate::schema::{Field, FieldType, OneOrMany, Window};

/// A type was a wrong guess when more than one in so many cells is not of it.
const MOST_UNREAD: usize = 4;

/// Loosens what is broken; whether anything was.
pub(super) fn loosen(drafted: &mut DraftedPack, judged: &Judged) -> bool {
    let mut has_changed = false;
    for (finding, place) in &judged.errors {
        let Some((table, field)) = place else { continue };
        let draft = drafted.drafted.drafts.iter_mut().find(|draft| *draft.schema.name == **table);
        let Some(draft) = draft else { continue };
        has_changed |= match field {
            Some(field) => loosen_field(draft, *field, finding, judged),
            None => loosen_table(draft, finding),
        };
    }
    has_changed
}

/// Loosens what no cell is told of.
fn loosen_table(draft: &mut Draft, finding: &Finding) -> bool {
    let is_key = ["repeated-key", "repeated-value"].contains(&finding.code.as_str());
    is_key && drop_key(draft)
}

fn drop_key(draft: &mut Draft) -> bool {
    let had = !draft.schema.primary_key.is_empty();
    draft.schema.primary_key = OneOrMany::default();
    draft.notes.retain(|note| note.path != "primaryKey");
    had
}

fn loosen_field(draft: &mut Draft, index: usize, finding: &Finding, judged: &Judged) -> bool {
    let (filled, unread) = judged.cells.get(&(draft.schema.name.to_string(), index)).copied().unwrap_or_default();
    let is_wrong_type = unread * MOST_UNREAD > filled;
    let name = draft.schema.fields.get(index).map(|field| field.name.clone()).unwrap_or_default();
    if ["repeated-key", "repeated-value"].contains(&finding.code.as_str()) {
        return drop_key(draft)
            || take(draft, index, "constraints.unique", |field| std::mem::take(&mut field.constraints.unique));
    }
    match finding.code.as_str() {
        "required-value" => {
            let is_key = draft.schema.primary_key.iter().any(|key| key == name);
            let was =
                take(draft, index, "constraints.required", |field| std::mem::take(&mut field.constraints.required));
            (is_key && drop_key(draft)) || was
        }
        "not-in-list" => {
            take(draft, index, "constraints.enum", |field| !std::mem::take(&mut field.constraints.allowed).is_empty())
        }
        "pattern-mismatch" => {
            take(draft, index, "constraints.pattern", |field| field.constraints.pattern.take().is_some())
        }
        "date-outside-year" => {
            take(draft, index, "crosscast.window", |field| std::mem::take(&mut field.crosscast.window) == Window::Year)
        }
        "not-a-whole-number" => retype(draft, index, FieldType::Number, "not all of them are whole"),
        "fraction-of-penny" if is_wrong_type => retype(draft, index, FieldType::Number, "not all are whole pence"),
        "not-a-date" | "not-a-month" | "impossible-date" | "not-a-number" | "not-an-amount" | "not-yes-or-no"
            if is_wrong_type =>
        {
            retype(draft, index, FieldType::String, "read as texts, since many cells cannot be read as that")
        }
        _ => false,
    }
}

/// Takes a constraint out with its notes; `out` says whether it was there.
fn take(draft: &mut Draft, index: usize, key: &str, out: impl Fn(&mut Field) -> bool) -> bool {
    let was = draft.schema.fields.get_mut(index).is_some_and(out);
    let path = format!("fields[{index}].{key}");
    draft.notes.retain(|note| note.path != path);
    was
}

/// Gives a field a type that takes more, with what only its old type can have taken out.
fn retype(draft: &mut Draft, index: usize, to: FieldType, why: &str) -> bool {
    let Some(field) = draft.schema.fields.get_mut(index) else { return false };
    let had_unit = field.crosscast.unit.take().is_some();
    if field.field_type == to && !had_unit {
        return false;
    }
    field.field_type = to;
    field.crosscast.window = Window::None;
    field.true_values.clear();
    field.false_values.clear();
    if to == FieldType::String {
        field.crosscast.shorthand.clear();
        field.crosscast.checks.clear();
    }
    draft.notes.push(Note::new(format!("fields[{index}].type"), why));
    true
}
