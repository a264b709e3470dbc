//! The numbered notes of the workbook, gathered from the plan.

use crate::schema::NOT_AVAILABLE;

/// The note on a sheet whose texts had to be cut.
pub const CUT: &str = "A text is longer than a cell of Excel can hold (32,767 characters). It is cut where […] stands; \
                       the whole text is in the source workbook.";

/// The note on the sheets of a table that has more rows than one sheet holds.
pub const CONTINUED: &str = "The table has more rows than a sheet of Excel can hold, so it goes on over several sheets. The \
                             line under the title says which rows a sheet has. A total row is of its sheet alone; the total \
                             of all sheets stands at the end of the last.";

/// What shorthand in the tables means.
pub const SHORTHAND: [(&str, &str); 2] = [
    ("Blank cell", "Not given in the source workbook, or could not be read (then a finding says so)."),
    (NOT_AVAILABLE, "Not available."),
];

/// A note and the sheets that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The note.
    pub text: String,
    /// The names of the sheets; empty when it holds for all.
    pub sheets: Vec<String>,
}

/// The notes in the order of their numbers, from 1.
#[derive(Debug, Default)]
pub struct Notes(Vec<Note>);

impl Notes {
    /// Begins with the notes that hold for the whole workbook.
    pub fn new(for_all: &[String]) -> Self {
        let mut notes = Self::default();
        for text in for_all {
            if !notes.0.iter().any(|note| note.text == *text) {
                notes.0.push(Note { text: text.clone(), sheets: Vec::new() });
            }
        }
        notes
    }

    /// Adds a note on a sheet; the same words on another sheet keep their number.
    pub fn add(&mut self, text: &str, sheet: &str) {
        match self.0.iter_mut().find(|note| note.text == text) {
            Some(note) if note.sheets.is_empty() || note.sheets.iter().any(|known| known == sheet) => {}
            Some(note) => note.sheets.push(sheet.to_owned()),
            None => self.0.push(Note { text: text.to_owned(), sheets: vec![sheet.to_owned()] }),
        }
    }

    /// The notes with their marks.
    pub fn all(&self) -> impl Iterator<Item = (String, &Note)> {
        self.0.iter().enumerate().map(|(index, note)| (mark(index), note))
    }

    /// The marks of the notes on a sheet, for example `[note 2]`.
    pub fn marks(&self, sheet: &str) -> Vec<String> {
        self.all().filter(|(_, note)| note.sheets.iter().any(|known| known == sheet)).map(|(mark, _)| mark).collect()
    }

    /// The marks of the notes that hold for all sheets.
    pub fn marks_for_all(&self) -> Vec<String> {
        self.all().filter(|(_, note)| note.sheets.is_empty()).map(|(mark, _)| mark).collect()
    }

    /// How many rows the table of notes has: the notes and the shorthand.
    pub fn rows(&self) -> usize {
        self.0.len() + SHORTHAND.len()
    }
}

fn mark(index: usize) -> String {
    format!("[note {}]", index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_have_one_number() {
        let mut notes = Notes::new(&["Sample.".to_owned()]);
        notes.add("Journals are marked JNL.", "Payments");
        notes.add("Sample.", "Payments");
        notes.add("Stocks take the last month.", "Measures");
        notes.add("Journals are marked JNL.", "Spend");
        assert_eq!(notes.marks_for_all(), ["[note 1]"]);
        assert_eq!(notes.marks("Payments"), ["[note 2]"]);
        assert_eq!(notes.marks("Measures"), ["[note 3]"]);
        assert_eq!(notes.marks("Spend"), ["[note 2]"]);
        assert_eq!(notes.rows(), 5);
    }
}
