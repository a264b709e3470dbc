//! What a workbook's sheets say beside the tables: titles, notes, other columns and sheets, comments, text boxes, links.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::runs::{Fault, Run, gather};
use super::headed::{self, TOPICS, Topic};
use super::kinds::Hits;
use super::{PERSONAL_DATA, fault, finding};
use crate::model::{Outcome, Place, Position, SheetText, TextHolder, Workbook, capitalised};

/// Judges the texts of each sheet. Those of one column that share a fault are one finding, as in a table.
pub(super) fn check(workbook: &Workbook, outcome: &mut Outcome) {
    for texts in workbook.texts.chunk_by(|a, b| a.sheet == b.sheet) {
        let place = Place::sheet(&workbook.path, &texts[0].sheet);
        let mut columns: BTreeMap<(TextHolder, u32), Vec<Fault>> = BTreeMap::new();
        let mut nowhere: BTreeMap<TextHolder, Vec<Fault>> = BTreeMap::new();
        for (number, text, hits) in hits_among(texts) {
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

/// What each text of a sheet holds of personal data, with its place among them. They are given from the top down.
fn hits_among(texts: &[SheetText]) -> impl Iterator<Item = (usize, &SheetText, Hits)> {
    let mut labels = TOPICS.map(Labels::of);
    texts.iter().enumerate().filter_map(move |(number, text)| {
        let named: Vec<Topic> = labels.iter_mut().filter_map(|labels| labels.name(text)).collect();
        Some((number, text, headed::find(&text.text, &named)?))
    })
}

/// The cells beside the tables of a workbook that hold personal data, each with its sheet and its text masked.
pub(super) fn masked_cells(workbook: &Workbook) -> Vec<(Arc<str>, Position, String)> {
    let sheets = workbook.texts.chunk_by(|a, b| a.sheet == b.sheet);
    let hits = sheets.flat_map(hits_among).filter(|(_, text, _)| text.holder == TextHolder::Cell);
    hits.filter_map(|(_, text, hits)| Some((text.sheet.clone(), text.position?, hits.masked))).collect()
}

/// What holds the texts of a run, within a sentence: `B4`, `the comment on B4`.
fn called(holder: TextHolder, run: &Run) -> String {
    let ranges = run.ranges();
    match holder {
        TextHolder::Cell => ranges,
        TextHolder::Comment => format!("the {} on {ranges}", run.either("comment", "comments")),
        TextHolder::TextBox => format!("the {} at {ranges}", run.either("text box", "text boxes")),
        TextHolder::Link => format!("the {} of {ranges}", run.either("link", "links")),
    }
}

fn on_the_sheet(holder: TextHolder, run: &Run) -> &'static str {
    match holder {
        TextHolder::Cell => run.either("a cell of the sheet", "cells of the sheet"),
        TextHolder::Comment => run.either("a comment on the sheet", "comments on the sheet"),
        TextHolder::TextBox => run.either("a text box on the sheet", "text boxes on the sheet"),
        TextHolder::Link => run.either("a link on the sheet", "links on the sheet"),
    }
}

/// What the headings and labels of a sheet say of the cells below and beside them, as far as it has been read.
struct Labels {
    /// What they are looked through for.
    topic: Topic,
    /// For each column the last row that was read, and whether what is in it is headed by the topic.
    columns: BTreeMap<u32, (u32, bool)>,
    /// The last row that was read, and whether its last text is a label of the topic.
    row: Option<(u32, bool)>,
}

impl Labels {
    fn of(topic: Topic) -> Self {
        Self { topic, columns: BTreeMap::new(), row: None }
    }

    /// Takes the next text of the sheet, from the top down, and gives the topic if a label makes the text one of it.
    fn name(&mut self, text: &SheetText) -> Option<Topic> {
        let (Some(at), TextHolder::Cell) = (text.position, text.holder) else { return None };
        let above = self.columns.get(&at.column).copied();
        let beside = self.row.filter(|(row, _)| *row == at.row).is_some_and(|(_, is_label)| is_label);
        let is_of = self.topic.is_of(&text.text);
        let is_label = self.topic.is_named(&text.text);
        let headed = match above {
            // A word among the dates ("unknown") does not end the list; one after a gap heads something else.
            Some((row, true)) => is_label || is_of || row + 1 == at.row,
            _ => is_label,
        };
        self.columns.insert(at.column, (at.row, headed));
        self.row = Some((at.row, is_label || (is_of && beside)));
        (is_of && (headed || beside)).then_some(self.topic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn born(texts: &[(&str, &str)]) -> Vec<String> {
        named(Topic::Birth, texts)
    }

    /// Which texts a label makes ones of a topic, of a sheet that is written as `A1 text`.
    fn named(topic: Topic, texts: &[(&str, &str)]) -> Vec<String> {
        let mut labels = Labels::of(topic);
        let texts = texts.iter().map(|(cell, text)| SheetText {
            sheet: "List".into(),
            position: cell.parse().ok(),
            holder: TextHolder::Cell,
            text: (*text).into(),
        });
        let named = texts.filter(|text| labels.name(text).is_some());
        named.map(|text| text.position.unwrap().to_string()).collect()
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

    #[test]
    fn numbers_below_and_beside_a_label() {
        let list =
            [("A1", "Name"), ("B1", "Mobile"), ("A2", "J"), ("B2", "7700900123"), ("B3", "none"), ("B4", "1905722233")];
        assert_eq!(named(Topic::Phone, &list), ["B2", "B4"]);
        assert_eq!(
            named(Topic::Phone, &[("A1", "Tel:"), ("B1", "7700900123"), ("A2", "PO"), ("B2", "7700900123")]),
            ["B1"]
        );
        assert_eq!(named(Topic::Nhs, &[("A1", "NHS no"), ("B1", "9434765919"), ("C1", "9434765918")]), ["B1"]);
        assert_eq!(named(Topic::Nhs, &[("A1", "Order"), ("B1", "9434765919")]), [""; 0]);
    }
}
