//! What a workbook's sheets say beside the tables: titles, notes, other columns and sheets, comments, text boxes.

use std::collections::BTreeMap;

use super::super::runs::{Fault, Run, gather};
use super::{PERSONAL_DATA, birth, fault, finding, hits_in};
use crate::model::{Outcome, Place, Position, SheetText, TextHolder, Workbook, capitalised};

/// Judges the texts of each sheet. Those of one column that share a fault are one finding, as in a table.
pub(super) fn check(workbook: &Workbook, outcome: &mut Outcome) {
    for texts in workbook.texts.chunk_by(|a, b| a.sheet == b.sheet) {
        let place = Place::sheet(&workbook.path, &texts[0].sheet);
        let mut labels = Labels::default();
        let mut columns: BTreeMap<(TextHolder, u32), Vec<Fault>> = BTreeMap::new();
        let mut nowhere: BTreeMap<TextHolder, Vec<Fault>> = BTreeMap::new();
        for (number, text) in texts.iter().enumerate() {
            let of_birth = labels.say_birth(text);
            let Some(hits) = hits_in(&text.text, of_birth) else { continue };
            match text.position {
                Some(at) => {
                    columns.entry((text.holder, at.column)).or_default().push(fault(at.row as usize, at, &hits));
                }
                None => nowhere.entry(text.holder).or_default().push(fault(number, Position::new(0, 0), &hits)),
            }
        }
        for ((holder, _), faults) in columns {
            for run in gather(&PERSONAL_DATA, faults) {
                let from = called(holder, &run);
                let place = Place { area: Some(run.area), ..place.clone() };
                outcome.findings.push(finding(&run, place, &capitalised(&from), &from));
            }
        }
        for (holder, faults) in nowhere {
            for run in gather(&PERSONAL_DATA, faults) {
                let from = on_the_sheet(holder, &run);
                outcome.findings.push(finding(&run, place.clone(), &capitalised(from), from));
            }
        }
    }
}

/// What holds the texts of a run, within a sentence: `B4`, `the comment on B4`.
fn called(holder: TextHolder, run: &Run) -> String {
    let ranges = run.ranges();
    match holder {
        TextHolder::Cell => ranges,
        TextHolder::Comment => format!("the {} on {ranges}", run.either("comment", "comments")),
        TextHolder::TextBox => format!("the {} at {ranges}", run.either("text box", "text boxes")),
    }
}

fn on_the_sheet(holder: TextHolder, run: &Run) -> &'static str {
    match holder {
        TextHolder::Cell => run.either("a cell of the sheet", "cells of the sheet"),
        TextHolder::Comment => run.either("a comment on the sheet", "comments on the sheet"),
        TextHolder::TextBox => run.either("a text box on the sheet", "text boxes on the sheet"),
    }
}

/// What the headings and labels of a sheet say of the cells below and beside them, as far as it has been read.
#[derive(Default)]
struct Labels {
    /// For each column the last row that was read, and whether what is in it is headed as dates of birth.
    columns: BTreeMap<u32, (u32, bool)>,
    /// The last row that was read, and whether its last text is a label for a date of birth.
    row: Option<(u32, bool)>,
}

impl Labels {
    /// Takes the next text of the sheet, from the top down, and tells whether a label says that it is a date of birth.
    fn say_birth(&mut self, text: &SheetText) -> bool {
        let (Some(at), TextHolder::Cell) = (text.position, text.holder) else { return false };
        let above = self.columns.get(&at.column).copied();
        let beside = self.row.filter(|(row, _)| *row == at.row).is_some_and(|(_, of_birth)| of_birth);
        let is_day = birth::is_day(&text.text);
        let is_label = birth::is_label(&text.text);
        let headed = match above {
            // A word among the dates ("unknown") does not end the list; one after a gap heads something else.
            Some((row, true)) => is_label || is_day || row + 1 == at.row,
            _ => is_label,
        };
        self.columns.insert(at.column, (at.row, headed));
        self.row = Some((at.row, is_label || (is_day && beside)));
        is_day && (headed || beside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which texts are dates of birth, of a sheet that is written as `A1 text`.
    fn born(texts: &[(&str, &str)]) -> Vec<String> {
        let mut labels = Labels::default();
        let texts = texts.iter().map(|(cell, text)| SheetText {
            sheet: "List".into(),
            position: cell.parse().ok(),
            holder: TextHolder::Cell,
            text: (*text).into(),
        });
        let born = texts.filter(|text| labels.say_birth(text));
        born.map(|text| text.position.unwrap().to_string()).collect()
    }

    #[test]
    fn dates_below_and_beside_a_label() {
        let list =
            [("A1", "Name"), ("B1", "DOB"), ("A2", "J"), ("B2", "12/03/1990"), ("B3", "unknown"), ("B4", "1/2/99")];
        assert_eq!(born(&list), ["B2", "B4"]);
        assert_eq!(
            born(&[("A1", "Date of birth:"), ("C1", "12/03/1990"), ("A2", "Date paid:"), ("C2", "01/04/2022")]),
            ["C1"]
        );
    }

    #[test]
    fn dates_that_another_label_is_nearer_to() {
        let lists =
            [("B1", "DOB"), ("B2", "12/03/1990"), ("B9", "Date paid"), ("B10", "01/04/2022"), ("C10", "02/04/2022")];
        assert_eq!(born(&lists), ["B2"]);
        assert_eq!(born(&[("A1", "DOB"), ("B1", "Paid"), ("C1", "01/04/2022")]), [""; 0]);
    }
}
