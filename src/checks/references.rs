//! References: values that must be found in another table of the year.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::keys::{columns, given, in_words};
use super::runs::{Fault, Run, gather};
use super::words::{in_sentence, meant};
use super::{not_run, values};
use crate::model::{
    About, Check, Finding, Outcome, Over, Place, QueryError, Severity, StoredRows, Suggestion, likely_match,
    quoted_name,
};
use crate::schema::{Field, ForeignKey, Pack, TableSchema};

/// The most unknown values for which a likely match is looked for: more are no slips of the pen.
const MOST_LOOKED_UP: usize = 200;

const UNKNOWN_REFERENCE: Check = Check {
    code: "unknown-reference",
    over: Over::References,
    severity: Severity::Error,
    explainable: false,
    required: true,
    title: "A value is not in the table that it refers to",
    about: About {
        meaning: "The value must be one that another table lists, and that table does not list it.",
        why: "What is booked to a project that nobody funded is in no project's position.",
        example: "A payment to Youh ASB & Wellness Youth Mentoring, with a letter missing.",
        mend: "Spell the value as the other table does, or add it there.",
    },
};

pub(super) static CHECKS: [&Check; 1] = [&UNKNOWN_REFERENCE];

/// The check of foreign keys, if a field is part of one.
pub(super) fn asked_by(schema: &TableSchema, field: &Field) -> Option<&'static Check> {
    schema
        .foreign_keys
        .iter()
        .any(|key| key.fields.iter().any(|name| *name == field.name))
        .then_some(&UNKNOWN_REFERENCE)
}

/// A foreign key with both its tables; the pack is checked to name as many fields of the one as of the other.
struct Reference<'a> {
    from: &'a TableSchema,
    fields: Vec<&'a str>,
    to: &'a TableSchema,
    known: Vec<&'a str>,
}

/// The cells of one sheet that hold a value which is not listed.
type Unknown = BTreeMap<(Place, String), Vec<Fault>>;

/// Judges a foreign key of a table over all its stored rows.
pub(super) fn check(
    rows: &dyn StoredRows,
    schema: &TableSchema,
    key: &ForeignKey,
    pack: &Pack,
    outcome: &mut Outcome,
) -> Result<(), QueryError> {
    let reference = Reference::new(schema, key, pack);
    let unknown = reference.unknown(rows)?;
    if unknown.is_empty() {
        return Ok(());
    }
    let likely = reference.likely_values(rows)?;
    if likely.is_empty() {
        let (to, from) = (reference.to.called(), schema.called());
        let why = format!("{to} has no rows that were read, so that {from} could not be looked up in it.");
        not_run::list(outcome, UNKNOWN_REFERENCE.code, why);
        return Ok(());
    }
    let field = reference.fields.first().copied();
    let others = unknown.into_iter().filter(|((_, value), _)| !values::takes_reference(value, schema, field, pack));
    for (number, ((sheet, value), faults)) in others.enumerate() {
        for run in gather(&UNKNOWN_REFERENCE, faults) {
            let mut finding = reference.finding(&run, &sheet);
            if number < MOST_LOOKED_UP {
                finding.suggestions.extend(reference.suggestion(rows, &value, &likely));
            }
            outcome.findings.push(finding);
        }
    }
    Ok(())
}

impl<'a> Reference<'a> {
    fn new(from: &'a TableSchema, key: &'a ForeignKey, pack: &'a Pack) -> Self {
        // Table Schema: an empty resource is the table itself.
        let resource = key.reference.resource.as_str();
        let named = || pack.tables.get(resource).expect("the pack is checked to have the table of each foreign key");
        let to = if resource.is_empty() { from } else { named() };
        Self { from, fields: key.fields.iter().collect(), to, known: key.reference.fields.iter().collect() }
    }

    fn heads(&self) -> Vec<&'a Field> {
        self.fields.iter().filter_map(|name| self.from.field(name)).collect()
    }

    /// The values that are not listed, by sheet and value, with the cells that hold them.
    fn unknown(&self, rows: &dyn StoredRows) -> Result<Unknown, QueryError> {
        let query = format!(
            "SELECT _row, {mine} FROM {from} WHERE {given} AND ({mine}) NOT IN (SELECT {known} FROM {to} WHERE {listed}) \
             ORDER BY _row",
            mine = columns(&self.fields),
            from = quoted_name(&self.from.name),
            given = given(&self.fields),
            known = columns(&self.known),
            to = quoted_name(&self.to.name),
            listed = given(&self.known),
        );
        let heads = self.heads();
        let mut unknown = Unknown::new();
        rows.stream(&query, &mut |row| {
            let place = row.first().and_then(|row| rows.place(row.as_integer()?, self.fields.first().copied()));
            if let (Some(place), Some(values)) = (place, row.get(1..))
                && let Some(area) = place.area
            {
                let value = values.first().and_then(|value| value.as_text()).unwrap_or_default().to_owned();
                let words = in_words(&heads, values);
                let fault =
                    Fault { line: area.first.row as usize, position: area.first, cause: words.clone(), shown: words };
                unknown.entry((Place { area: None, ..place }, value)).or_default().push(fault);
            }
            ControlFlow::Continue(())
        })?;
        Ok(unknown)
    }

    /// The values that are listed, each with the first row that lists it; texts of single fields are compared.
    fn likely_values(&self, rows: &dyn StoredRows) -> Result<BTreeMap<String, i64>, QueryError> {
        let query = format!(
            "SELECT {first}, min(_row) FROM {to} WHERE {listed} GROUP BY {first} ORDER BY 1",
            first = columns(&self.known[..1]),
            to = quoted_name(&self.to.name),
            listed = given(&self.known),
        );
        let mut values = BTreeMap::new();
        rows.stream(&query, &mut |row| {
            if let [value, row] = row {
                values.insert(value.as_text().unwrap_or_default().to_owned(), row.as_integer().unwrap_or_default());
            }
            ControlFlow::Continue(())
        })?;
        Ok(values)
    }

    /// The message follows the field: “The project “…” is not in the funding table.”
    fn finding(&self, run: &Run, sheet: &Place) -> Finding {
        let value = run.shown.first().map(String::as_str).unwrap_or_default();
        let table = in_sentence(self.to.called());
        let cells = run.either(String::new(), format!(", but {} name it", run.ranges()));
        let place = Place { area: Some(run.area), ..sheet.clone() };
        UNKNOWN_REFERENCE.finding(
            place,
            format!("The {value} is not in the {table} table{cells}."),
            format!("Spell it as the {table} table does, or add it there."),
        )
    }

    /// The listed value that was likely meant, with its cell.
    fn suggestion(&self, rows: &dyn StoredRows, value: &str, likely: &BTreeMap<String, i64>) -> Option<Suggestion> {
        if self.fields.len() > 1 || value.is_empty() {
            return None;
        }
        let (found, row) = likely.get_key_value(likely_match(value, likely.keys().map(String::as_str))?)?;
        let cell = rows.place(*row, self.known.first().copied());
        Some(Suggestion { text: meant(value, found), cells: cell.into_iter().collect() })
    }
}
