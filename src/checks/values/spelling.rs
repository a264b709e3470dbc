//! Labels that are spelt in two ways over the workbooks of the year, so that their rows fall into two groups.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::letters::folded;
use crate::checks::runs::{Fault, gather};
use crate::checks::words::{in_sentence, quoted, quoted_apart};
use crate::model::{About, Check, Outcome, Over, Place, QueryError, StoredRows, Suggestion, quoted_name};
use crate::schema::{Field, TableSchema};

static SPELT_TWO_WAYS: Check = Check::warning(
    "spelt-two-ways",
    "A name is spelt in two ways",
    About {
        meaning: "Two spellings in one column differ only in spaces, letter case, hyphens, full stops, apostrophes, or \
                  “and” for “&”. The rarer one is named.",
        why: "Whoever groups or filters by this column gets two names, each with a part of the figures.",
        example: "Dawn Project & Co in eleven rows, and Dawn project and Co in one.",
        mend: "Spell the name in one way.",
    },
)
.over(Over::Values);

pub(super) static CHECKS: [&Check; 1] = [&SPELT_TWO_WAYS];

/// The check of spellings, if the pack says that a field holds names.
pub(super) fn asked_by(field: &Field) -> Option<&'static Check> {
    field.crosscast.label.then_some(&SPELT_TWO_WAYS)
}

/// One spelling: its rows, in the order of the store.
type Spellings = BTreeMap<String, Vec<i64>>;

/// Judges a field that is marked as a label over all stored rows of its table.
pub(super) fn check(
    rows: &dyn StoredRows,
    schema: &TableSchema,
    field: &Field,
    outcome: &mut Outcome,
) -> Result<(), QueryError> {
    let query = format!(
        "SELECT _row, {name} FROM {table} WHERE {name} IS NOT NULL ORDER BY _row",
        name = quoted_name(&field.name),
        table = quoted_name(&schema.name)
    );
    let mut labels: BTreeMap<String, Spellings> = BTreeMap::new();
    rows.stream(&query, &mut |row| {
        if let [row, label] = row
            && let (Some(row), Some(label)) = (row.as_integer(), label.as_text())
        {
            labels.entry(folded(label)).or_default().entry(label.to_owned()).or_default().push(row);
        }
        ControlFlow::Continue(())
    })?;
    for (key, spellings) in &labels {
        if !key.is_empty() && spellings.len() > 1 {
            judge(rows, field, spellings, outcome);
        }
    }
    Ok(())
}

/// Reports every spelling of a label but the commonest; of equally common ones the first in the year is kept.
fn judge(rows: &dyn StoredRows, field: &Field, spellings: &Spellings, outcome: &mut Outcome) {
    let rank = |rows: &Vec<i64>| (std::cmp::Reverse(rows.len()), rows.first().copied());
    let Some((common, usual)) = spellings.iter().min_by_key(|(_, rows)| rank(rows)) else { return };
    let first = usual.first().and_then(|row| rows.place(*row, Some(&field.name)));
    for (spelling, lines) in spellings.iter().filter(|(spelling, _)| *spelling != common) {
        let mut by_sheet: BTreeMap<Place, Vec<Fault>> = BTreeMap::new();
        for place in lines.iter().filter_map(|row| rows.place(*row, Some(&field.name))) {
            let Some(area) = place.area else { continue };
            let fault = Fault {
                line: area.first.row as usize,
                position: area.first,
                cause: String::new(),
                shown: quoted(spelling),
            };
            by_sheet.entry(Place { area: None, ..place }).or_default().push(fault);
        }
        for (sheet, faults) in by_sheet {
            for run in gather(&SPELT_TWO_WAYS, faults) {
                let rows_say = match usual.len() {
                    1 => "another row says".to_owned(),
                    count => format!("{count} other rows say"),
                };
                let says = run.either("says", "say");
                let what = in_sentence(field.heading());
                let given = quoted_apart(spelling, common);
                let comma = if given == quoted(spelling) { "" } else { "," };
                let mut finding = SPELT_TWO_WAYS.finding(
                    Place { area: Some(run.area), ..sheet.clone() },
                    format!(
                        "{} {says} {given}{comma} as the {what}; {rows_say} {}.",
                        run.ranges(),
                        quoted_apart(common, spelling)
                    ),
                    format!("Spell the {what} in one way."),
                );
                let text = quoted_apart(common, spelling);
                finding.suggestions.push(Suggestion { text, cells: first.iter().cloned().collect() });
                outcome.findings.push(finding);
            }
        }
    }
}
