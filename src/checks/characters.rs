//! Characters: those that cannot be printed in the appendix, such as an emoji or a control character.

use super::runs::{Fault, gather};
use super::view::{ColumnView, TableView};
use super::words::named;
use crate::model::{About, Check, Outcome, Over, Place, Severity, Value, Workbook};
use crate::schema::{FieldKind, Pack};

const UNPRINTABLE: Check = Check {
    code: "unprintable-character",
    over: Over::Workbooks,
    severity: Severity::Warning,
    explainable: false,
    required: true,
    title: "A text holds a character that the appendix cannot print",
    about: About {
        meaning: "The text holds a character that the fonts of the appendix do not have, such as an emoji, or one that \
                  cannot be seen. The appendix prints its number in its place.",
        why: "A reader of the published appendix would find a number in square brackets within the text.",
        example: "A padlock in the description of a payment, printed as [U+1F512].",
        mend: "Type words instead of the character, or delete it.",
    },
};

pub(super) static CHECKS: [&Check; 1] = [&UNPRINTABLE];

/// Judges the name of a workbook, and the texts in it that may be published, by what the appendix `prints`.
pub fn check_characters(workbook: &Workbook, pack: &Pack, prints: &mut dyn FnMut(char) -> bool) -> Outcome {
    let mut outcome = Outcome::default();
    let in_name = unprinted(&workbook.path, prints);
    if !in_name.is_empty() {
        outcome.findings.push(UNPRINTABLE.finding(
            Place::workbook(&workbook.path),
            format!("The name of the file holds {}.", what(&in_name)),
            "Rename the file with letters and digits alone.",
        ));
    }
    for table in &workbook.tables {
        let Some(schema) = pack.tables.get(&table.name) else { continue };
        for column in (TableView { workbook, table, schema }).columns() {
            if column.kind() == FieldKind::Text && column.field.crosscast.publish != Some(false) {
                check_column(column, prints, &mut outcome);
            }
        }
    }
    super::settled_in(workbook, outcome, pack)
}

fn check_column(column: ColumnView<'_>, prints: &mut dyn FnMut(char) -> bool, outcome: &mut Outcome) {
    let faults = column.numbered().filter_map(|(line, cell)| {
        let Value::Text(text) = &cell.value else { return None };
        let unprinted = unprinted(text, prints);
        (!unprinted.is_empty()).then(|| Fault {
            line,
            position: cell.position,
            cause: what(&unprinted),
            shown: String::new(),
        })
    });
    for run in gather(&UNPRINTABLE, faults) {
        let holds = run.either("holds", "each hold");
        outcome.findings.push(run.finding(
            column,
            format!("{} {holds} {}.", run.ranges(), run.cause),
            format!("Type words instead in {}, or delete what cannot be printed.", run.ranges()),
        ));
    }
}

/// The characters of a text that are not printed, each once.
fn unprinted(text: &str, prints: &mut dyn FnMut(char) -> bool) -> Vec<char> {
    let mut unprinted = Vec::new();
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return unprinted;
    }
    for character in text.chars().filter(|character| !(' '..='~').contains(character)) {
        if !prints(character) && !unprinted.contains(&character) {
            unprinted.push(character);
        }
    }
    unprinted
}

/// The characters in words: `a character that the appendix cannot print: “🔒” (U+1F512)`.
fn what(unprinted: &[char]) -> String {
    let names: Vec<String> = unprinted.iter().map(|character| name(*character)).collect();
    let characters = if unprinted.len() == 1 { "a character" } else { "characters" };
    format!("{characters} that the appendix cannot print: {}", named(&names))
}

/// A character and its number; the number alone where nothing, or something misleading, would be seen.
fn name(character: char) -> String {
    let number = format!("U+{:04X}", u32::from(character));
    if character.is_alphanumeric() || u32::from(character) >= 0x1_F000 {
        format!("“{character}” ({number})")
    } else {
        number
    }
}
