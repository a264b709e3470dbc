//! The fences of `appendix.md`: which there are, and how each is read.

use serde::de::DeserializeOwned;
use validator::Validate;

use super::FILE;
use super::chart::ChartPlan;
use super::explanations::ExplanationsPlan;
use super::facts::FactPlan;
use super::table::TablePlan;
use crate::schema::{Mistake, line_of, line_within, parse_yaml_further};

/// The names of the fences.
const NAMES: [&str; 8] = ["values", "rows", "query", "table", "chart", "facts", "explanations", "sources"];

/// A piece of the body.
pub(super) struct Piece {
    /// The line of its first line of text, or of its fence, from 1.
    pub line: usize,
    pub kind: Kind,
    /// The body of a fence below as many empty lines as there are lines above it in the file.
    padded: String,
}

pub(super) enum Kind {
    Prose(String),
    Values { name: String, by: Option<String>, query: String },
    Rows { name: String, query: String },
    Query { name: String, query: String },
    Table(Box<TablePlan>),
    Chart(Box<ChartPlan>),
    Facts(Vec<FactPlan>),
    Explanations(ExplanationsPlan),
    Sources,
}

impl Piece {
    pub fn new(line: usize, kind: Kind, padded: String) -> Self {
        Self { line, kind, padded }
    }

    /// The line in the file of a setting in the fence, or of the nearest that leads to it; else that of the fence.
    pub fn line_of(&self, path: &str) -> usize {
        line_of(&self.padded, path).max(self.line)
    }

    /// The line in the file of a line, from 1, of the text that a setting holds.
    pub fn line_within(&self, path: &str, line: usize) -> usize {
        line_within(&self.padded, path, line).max(self.line)
    }

    /// The line in the file that is meant by a line of the piece's query, from 1; without one, where the query begins.
    pub fn line_of_query(&self, line: Option<usize>) -> usize {
        match self.kind {
            Kind::Values { .. } | Kind::Rows { .. } | Kind::Query { .. } => self.line + line.unwrap_or(0),
            _ => line.map_or_else(|| self.line_of("query"), |line| self.line_within("query", line)),
        }
    }

    /// Every template of the piece with the line on which it begins.
    pub fn templates(&self) -> Vec<(usize, &str)> {
        let at = |path: &str| self.line_within(path, 1);
        match &self.kind {
            Kind::Prose(text) => vec![(self.line, text)],
            Kind::Table(plan) => {
                let mut all = vec![(at("caption"), plan.caption.as_str()), (at("empty"), &plan.empty)];
                all.extend(self.notes(&plan.notes));
                all
            }
            Kind::Chart(plan) => {
                let mut all =
                    vec![(at("title"), plan.title.as_str()), (at("alt"), &plan.alt), (at("empty"), &plan.empty)];
                all.extend(self.notes(&plan.notes));
                all
            }
            Kind::Facts(facts) => {
                let each = facts.iter().enumerate().flat_map(|(index, fact)| {
                    [("value", fact.value.as_str()), ("label", fact.label.as_str())]
                        .map(|(key, template)| (at(&format!("[{index}].{key}")), template))
                });
                each.collect()
            }
            Kind::Values { .. } | Kind::Rows { .. } | Kind::Query { .. } | Kind::Explanations(_) | Kind::Sources => {
                Vec::new()
            }
        }
    }

    /// The templates of notes with their lines.
    pub fn notes<'p>(&self, notes: &'p [String]) -> impl Iterator<Item = (usize, &'p str)> {
        let line = |index: usize| self.line_within(&format!("notes[{index}]"), 1);
        notes.iter().enumerate().map(move |(index, note)| (line(index), note.as_str()))
    }
}

/// Reads a fence; `line` is that of its first line, from 1.
pub(super) fn fence(info: &str, line: usize, body: &[&str], mistakes: &mut Vec<Mistake>) -> Option<Piece> {
    let words: Vec<&str> = info.split_whitespace().collect();
    let body_text = body.join("\n");
    let padded = format!("{}{body_text}", "\n".repeat(line));
    let before = mistakes.len();
    let kind = match words.as_slice() {
        ["values", name] => Some(Kind::Values { name: (*name).to_owned(), by: None, query: body_text }),
        ["values", name, "by", column] => {
            Some(Kind::Values { name: (*name).to_owned(), by: Some((*column).to_owned()), query: body_text })
        }
        ["rows", name] => Some(Kind::Rows { name: (*name).to_owned(), query: body_text }),
        ["query", name] => Some(Kind::Query { name: (*name).to_owned(), query: body_text }),
        ["query", ..] => refuse(line, "write it as ```query lines", mistakes),
        ["values", ..] => refuse(line, "write it as ```values crime, or ```values measure by measure_id", mistakes),
        ["rows", ..] => refuse(line, "write it as ```rows meetings", mistakes),
        ["table"] => yaml(&padded, mistakes).map(|plan| Kind::Table(Box::new(plan))),
        ["chart"] => yaml(&padded, mistakes).map(|plan| Kind::Chart(Box::new(plan))),
        ["facts"] => facts(&padded, line, mistakes),
        ["explanations"] => yaml(&padded, mistakes).map(Kind::Explanations),
        ["sources"] if body_text.trim().is_empty() => Some(Kind::Sources),
        ["sources"] => refuse(line, "a block of sources has nothing in it: what it lists is found by itself", mistakes),
        [name, ..] if NAMES.contains(name) => refuse(line, &format!("nothing may follow the word {name}"), mistakes),
        _ => {
            let name = words.first().copied().unwrap_or_default();
            let what = format!("there is no block named {}", if name.is_empty() { "(nothing)" } else { name });
            mistakes.push(Mistake::at(FILE, line, "", what).with_likely(name, NAMES));
            None
        }
    };
    // What is left out of a fence has no line of its own.
    for mistake in &mut mistakes[before..] {
        mistake.line = mistake.line.max(line);
    }
    let piece = Piece { line, kind: kind?, padded };
    mistakes.extend(faults_of_form(&piece));
    Some(piece)
}

fn refuse(line: usize, what: &str, mistakes: &mut Vec<Mistake>) -> Option<Kind> {
    mistakes.push(Mistake::at(FILE, line, "", what));
    None
}

fn yaml<T: DeserializeOwned + Validate>(padded: &str, mistakes: &mut Vec<Mistake>) -> Option<T> {
    parse_yaml_further(FILE, padded, mistakes)
}

/// The YAML of headline figures is a list, which the reader of typed YAML has no type for.
fn facts(padded: &str, line: usize, mistakes: &mut Vec<Mistake>) -> Option<Kind> {
    if padded.trim().is_empty() {
        return refuse(line, "a block of facts needs at least one figure: - {value: …, label: …}", mistakes);
    }
    let super::facts::FactList(facts) = yaml(padded, mistakes)?;
    Some(Kind::Facts(facts))
}

/// Mistakes of form that the typed YAML cannot tell.
fn faults_of_form(piece: &Piece) -> Vec<Mistake> {
    match &piece.kind {
        Kind::Table(plan) => plan.faults_of_form(piece),
        Kind::Chart(plan) => plan.faults_of_form(piece),
        Kind::Facts(facts) => super::facts::faults_of_form(facts, piece),
        Kind::Values { name, .. } | Kind::Rows { name, .. } | Kind::Query { name, .. } if !is_name(name) => {
            let what = format!("{name} cannot be named in a text: use letters, digits and _, and begin with a letter");
            vec![Mistake::at(FILE, piece.line, name, what)]
        }
        _ => Vec::new(),
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}

/// Names that two blocks have, or that is `period`, and more than one list of sources: the second is the mistake.
pub(super) fn repeated(pieces: &[Piece]) -> Vec<Mistake> {
    let mut names = vec!["period"];
    let mut has_sources = false;
    let mut mistakes = Vec::new();
    for piece in pieces {
        match &piece.kind {
            Kind::Values { name, .. } | Kind::Rows { name, .. } | Kind::Query { name, .. } => {
                if names.contains(&name.as_str()) {
                    mistakes.push(Mistake::at(FILE, piece.line, name, format!("the name {name} is taken")));
                }
                names.push(name);
            }
            Kind::Sources if has_sources => {
                mistakes.push(Mistake::at(FILE, piece.line, "", "the sources are listed above already"));
            }
            Kind::Sources => has_sources = true,
            _ => {}
        }
    }
    mistakes
}
