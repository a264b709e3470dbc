//! Personal data: what could identify or reach a person, in texts where it does not belong.
//!
//! The cells of a workbook are looked at, be its rows in the figures or not: the cells of its tables ([`check`]), what
//! stands beside them ([`texts`]), and the names of its sheets and of its file ([`names`]). A finding never repeats what it
//! found: the message shows it masked, so does every other message that quotes a cell, and what was found is masked in the
//! workbook too before its rows are stored ([`masking`]), so that no output holds it.

mod bank;
mod birth;
mod headed;
mod iban;
mod kinds;
mod masking;
mod names;
mod neighbours;
mod outline;
mod phone;
mod postcode;
mod texts;

pub use kinds::masked;
pub use masking::mask_found;
pub(super) use names::masked_path;
pub use names::{check_names, shown_paths};

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::runs::{Fault, Run, gather};
use super::view::ColumnView;
use super::words::named;
use super::{not_run, view::TableView};
use crate::model::{
    About, Area, Cell, Check, Finding, Outcome, Over, Place, Position, RawValue, Severity, Suggestion, Value, Workbook,
};
use crate::schema::{Field, FieldKind, Pack};
use headed::{Topic, topics_of};
use kinds::Hits;

const PERSONAL_DATA: Check = Check {
    code: "personal-data",
    over: Over::Readable,
    severity: Severity::Error,
    explainable: false,
    required: true,
    title: "A text holds what could identify a person",
    about: About {
        meaning: "The text holds an email address, a telephone number, a National Insurance number, an NHS number, a \
                  full postcode, a date of birth or bank details. Looked at are all \
                  cells, those of hidden sheets too, the names of sheets and files, and in .xlsx workbooks comments, text \
                  boxes and links of cells that send mail or ring.",
        why: "What is published is read by anyone, and copies of it cannot be called back.",
        example: "A victim's telephone number in the description of a payment.",
        mend: "Remove it from the workbook, and say what is meant without naming or pointing to a person.",
    },
};

pub(super) static CHECKS: [&Check; 1] = [&PERSONAL_DATA];

/// The check of texts, if a field holds them.
pub(super) fn asked_by(field: &Field) -> Option<&'static Check> {
    (field.kind() == FieldKind::Text).then_some(&PERSONAL_DATA)
}

/// Whether a finding is about personal data.
pub fn is_personal(finding: &Finding) -> bool {
    finding.code == PERSONAL_DATA.code
}

/// Judges every text of a workbook by itself, as for one whose rows are not in the figures: nothing else is judged.
pub fn check_personal_data(workbook: &Workbook, pack: &Pack) -> Outcome {
    let mut outcome = Outcome::default();
    for table in &workbook.tables {
        let Some(schema) = pack.tables.get(&table.name) else { continue };
        for column in (TableView { workbook, table, schema }).columns() {
            check(column, &mut outcome);
        }
    }
    check_beside_tables(workbook, &mut outcome);
    super::settled_in(workbook, outcome, pack)
}

/// Judges the texts of a workbook that stand in no table.
pub(super) fn check_beside_tables(workbook: &Workbook, outcome: &mut Outcome) {
    texts::check(workbook, outcome);
    for sheet in &workbook.unread_sheets {
        let why = format!("The sheet {sheet} could not be read, so its texts were not looked at ({}).", workbook.path);
        not_run::list(outcome, PERSONAL_DATA.code, why);
    }
}

/// Judges the texts of a column and of its stated total, whatever its type: a text in a column of amounts can hold an
/// address too.
///
/// A text that has the form its column asks for is a reference, and is what it should be.
pub(super) fn check(column: ColumnView<'_>, outcome: &mut Outcome) {
    let topics = topics_of(column.field, column.of.table.columns.get(column.index).and_then(Option::as_ref));
    // The total does not follow on the last row: it is no record.
    let total = column.of.table.total.as_ref().and_then(|total| total.cells.get(column.index));
    let total = total.map(|cell| (usize::MAX, cell));
    let faults = column.numbered().chain(total).filter_map(|(line, cell)| {
        let hits = hits(cell, column.field, &topics)?;
        Some(fault(line, cell.position, &hits))
    });
    for run in gather(&PERSONAL_DATA, faults) {
        let ranges = run.ranges();
        outcome.findings.push(finding(&run, column.of.place(run.area), &ranges, &ranges));
    }
    hide_headed(column, &topics, &mut outcome.findings);
}

/// What other checks have said of a column of dates of birth or telephone numbers: that a cell is not in the year, and
/// which day it says. By themselves such texts say nothing of a person, and stand unmasked in what was said.
fn hide_headed(column: ColumnView<'_>, topics: &[Topic], findings: &mut [Finding]) {
    if topics.is_empty() {
        return;
    }
    let sheet = column.of.sheet();
    let total = column.of.table.total.as_ref().and_then(|total| total.cells.get(column.index));
    let shown = column.cells().chain(total).flat_map(said_of);
    let texts: BTreeSet<String> = shown.filter(|text| topics.iter().any(|topic| topic.is_of(text))).collect();
    let mut masks: Vec<(&String, String)> =
        texts.iter().filter_map(|text| Some((text, headed::find(text, topics)?.masked))).collect();
    // `11/2/1990` before `1/2/1990`, which stands within it.
    masks.sort_by_key(|(text, _)| Reverse(text.len()));
    let Some(own) = column.area() else { return };
    let of_column = |place: &Place| {
        let columns = |area: Area| area.first.column <= own.last.column && own.first.column <= area.last.column;
        place.sheet == sheet.sheet && place.workbook == sheet.workbook && place.area.is_some_and(columns)
    };
    for finding in findings.iter_mut().filter(|finding| of_column(&finding.place)) {
        for (text, mask) in &masks {
            each_text(finding, |said| {
                if said.contains(text.as_str()) {
                    *said = said.replace(text.as_str(), mask);
                }
            });
        }
    }
}

/// What may be said of a cell: what it holds, and the day that was read from it.
fn said_of(cell: &Cell) -> impl Iterator<Item = String> {
    let day = if let Value::Date(day) = cell.value { Some(RawValue::Date(day).shown()) } else { None };
    [cell.raw.shown().trim().to_owned()].into_iter().chain(day)
}

/// What a cell holds of personal data, where headings name these topics.
fn hits(cell: &Cell, field: &Field, topics: &[Topic]) -> Option<Hits> {
    if let Some(text) = free_text(cell, field) {
        return headed::find(text, topics);
    }
    // A day or number by itself says nothing of a person, unless its heading does.
    let is_figure = matches!(cell.raw, RawValue::Date(_) | RawValue::Number(_));
    let shown = if is_figure && !topics.is_empty() { cell.raw.shown() } else { return None };
    topics.iter().any(|topic| topic.is_of(&shown)).then(|| headed::find(&shown, topics))?
}

/// The text of a cell, unless it is a reference in the form that its column asks for, or one of a list. A number in a
/// column of texts is a text too.
fn free_text<'a>(cell: &'a Cell, field: &Field) -> Option<&'a str> {
    let ((RawValue::Text(text), _) | (_, Value::Text(text))) = (&cell.raw, &cell.value) else { return None };
    let constraints = &field.constraints;
    let is_reference = constraints.pattern.as_ref().is_some_and(|pattern| pattern.is_match(text.trim()));
    let is_listed = constraints.allowed.iter().any(|allowed| allowed == text.trim());
    (!is_reference && !is_listed).then_some(text)
}

fn fault(line: usize, position: Position, hits: &Hits) -> Fault {
    Fault { line, position, cause: hits.called.join(" and "), shown: hits.masks.join(", ") }
}

/// The finding over the texts of a run: `subject` names them at the beginning of a sentence, `from` within one.
fn finding(run: &Run, place: Place, subject: &str, from: &str) -> Finding {
    let (holds, masked) = run.either(("holds", ""), ("each hold", ", masked"));
    let mut finding = PERSONAL_DATA.finding(
        place,
        format!("{subject} {holds} what looks like {}{masked}: {}.", run.cause, named(&run.shown)),
        format!("Remove it from {from}: nothing that identifies or reaches a person may be published."),
    );
    finding.actual = run.is_single().then(|| run.shown.concat());
    finding
}

/// Masks what a finding says, whichever check said it.
pub(super) fn mask_finding(finding: &mut Finding) {
    each_text(finding, |text| {
        if let Some(hits) = kinds::find(text) {
            *text = hits.masked;
        }
    });
}

/// Masks what the suggestions of findings may have quoted of personal data: labels of lines, for example.
pub fn mask_suggestions(findings: &mut [Finding]) {
    for suggestion in findings.iter_mut().flat_map(|finding| &mut finding.suggestions) {
        if let Some(hits) = kinds::find(&suggestion.text) {
            suggestion.text = hits.masked;
        }
    }
}

/// Hands over every text of a finding that may quote a cell.
fn each_text(finding: &mut Finding, mut change: impl FnMut(&mut String)) {
    change(&mut finding.message);
    change(&mut finding.fix);
    finding.expected.iter_mut().chain(&mut finding.actual).for_each(&mut change);
    finding.suggestions.iter_mut().map(|suggestion: &mut Suggestion| &mut suggestion.text).for_each(change);
}
