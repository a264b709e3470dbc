//! What keeps a document from being written: looked for before anything is drawn, and told all at once.

mod body;

use std::collections::HashMap;
use std::fmt;

use super::columns::has_room_for_amounts;
use super::figure::has_room_for_chart;
use super::fonts::{Face, Fonts};
use super::typeset::plain;
use crate::export::visible::is_hidden;
use crate::model::document::{Block, Document};
use crate::schema::is_language_tag;

/// Why the appendix was not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the appendix cannot be written:{}", reasons.iter().map(|reason| format!("\n  {reason}")).collect::<String>())]
pub struct Refusal {
    /// Every reason, in the order of the document; never empty.
    pub reasons: Vec<Reason>,
}

/// One thing that is wrong with the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The block, for example `block 7, table “Table 1: Funding”, row 3, column 2`.
    pub place: String,
    /// What is wrong there.
    pub problem: String,
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.problem)
    }
}

impl Refusal {
    /// A refusal that has to do with the writer, not with the document.
    pub(super) fn of_writer(error: impl fmt::Display) -> Self {
        Self { reasons: vec![Reason { place: "PDF writer".to_owned(), problem: error.to_string() }] }
    }
}

/// Looks at what both editions need: titles, order of headings, shape of tables and charts, links that lead somewhere.
pub(super) fn check_structure(document: &Document) -> Result<(), Refusal> {
    Check { fonts: None, reasons: Vec::new(), shown: HashMap::new() }.document(document)
}

/// Looks at what both editions need, and whether the font can show every character.
pub(super) fn check(document: &Document, fonts: &Fonts) -> Result<(), Refusal> {
    Check { fonts: Some(fonts), reasons: Vec::new(), shown: HashMap::new() }.document(document)
}

/// Looks at what a page of paper has no room for: a chart that is higher, a table whose amounts are wider.
pub(super) fn check_room(document: &Document, fonts: &mut Fonts) -> Result<(), Refusal> {
    let mut reasons = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let problem = match block {
            Block::Chart(chart) if !has_room_for_chart(chart, fonts) => {
                "the chart is higher than a page: show fewer categories, or a table"
            }
            Block::Table(table) if !has_room_for_amounts(fonts, table) => {
                "the table is wider than a page on its side, so amounts would be cut: show fewer columns"
            }
            _ => continue,
        };
        reasons.push(Reason { place: body::place_of(index, block), problem: problem.to_owned() });
    }
    if reasons.is_empty() { Ok(()) } else { Err(Refusal { reasons }) }
}

struct Check<'a> {
    fonts: Option<&'a Fonts>,
    reasons: Vec<Reason>,
    /// Which characters can be shown, as far as looked for.
    shown: HashMap<(Face, char), bool>,
}

impl Check<'_> {
    fn document(mut self, document: &Document) -> Result<(), Refusal> {
        self.required("title", Face::Bold, &document.title);
        if !is_language_tag(&document.language) {
            self.refuse("language", format!("{:?} is no language tag such as en-GB", document.language));
        }
        self.metadata("author", &document.author);
        self.metadata("subject", &document.subject);
        self.text("running header", Face::Regular, &document.header);
        self.text("running footer", Face::Regular, &document.footer);
        if let Some(draft) = &document.draft {
            if draft.reasons.is_empty() {
                self.refuse("draft", "a draft has to say why it is one");
            }
            for (index, reason) in draft.reasons.iter().enumerate() {
                self.required(&format!("draft, reason {}", index + 1), Face::Regular, reason);
            }
        }
        for (index, detail) in document.title_block.iter().enumerate() {
            let place = format!("title block, line {}", index + 1);
            self.required(&format!("{place}, label"), Face::Bold, &detail.label);
            self.required(&format!("{place}, {:?}", detail.label), Face::Regular, &detail.value);
        }
        if let Some(notice) = &document.notice {
            self.required("notice", Face::Bold, notice);
        }
        self.body(document);
        if self.reasons.is_empty() { Ok(()) } else { Err(Refusal { reasons: self.reasons }) }
    }

    fn number(&mut self, place: &str, face: Face, number: Option<&str>) {
        if let Some(number) = number {
            self.required(&format!("{place}, number"), face, number);
        }
    }

    fn required(&mut self, place: &str, face: Face, text: &str) {
        if is_blank(text) {
            self.refuse(place, "it has no text");
        }
        self.text(place, face, text);
    }

    fn text(&mut self, place: &str, face: Face, text: &str) {
        if let Some(problem) = self.problem_with(face, text) {
            self.refuse(place, problem);
        }
    }

    /// The document properties are not drawn, so any font will do.
    fn metadata(&mut self, place: &str, text: &str) {
        if text.chars().any(|character| character.is_control() && !matches!(character, '\n' | '\r' | '\t')) {
            self.refuse(place, "it holds a control character");
        }
    }

    fn problem_with(&mut self, face: Face, text: &str) -> Option<String> {
        let mut unseen = Vec::new();
        for character in plain(text).chars() {
            // Looking into the font takes long, and most texts are made of the same letters.
            let is_shown = *self
                .shown
                .entry((face, character))
                .or_insert_with(|| !is_hidden(character) && self.fonts.is_none_or(|fonts| fonts.has(face, character)));
            if !is_shown && !unseen.contains(&character) {
                unseen.push(character);
            }
        }
        let names: Vec<String> = unseen.into_iter().map(name).collect();
        (!names.is_empty()).then(|| format!("the font cannot show {}", names.join(", ")))
    }

    fn refuse(&mut self, place: &str, problem: impl Into<String>) {
        let reason = Reason { place: place.to_owned(), problem: problem.into() };
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }
}

fn name(character: char) -> String {
    let number = format!("U+{:04X}", u32::from(character));
    if is_hidden(character) { number } else { format!("“{character}” ({number})") }
}

fn is_blank(text: &str) -> bool {
    plain(text).trim().is_empty()
}
