//! Footnotes: `[^name]` in the prose, and `[^name]: text` anywhere in the file.

use std::collections::BTreeMap;

use super::FILE;
use super::fence::{Kind, Piece};
use crate::model::document::Inline;
use crate::schema::Mistake;

/// The footnotes of a document.
#[derive(Default)]
pub(super) struct Footnotes {
    /// Names and lines of the first references, in their order.
    referred: Vec<(String, usize)>,
    /// The texts by their names.
    texts: BTreeMap<String, Vec<Inline>>,
}

impl Footnotes {
    /// The index of the note that is referred to.
    pub fn refer(&mut self, name: &str, line: usize) -> usize {
        let known = self.referred.iter().position(|(known, _)| known == name);
        known.unwrap_or_else(|| {
            self.referred.push((name.to_owned(), line));
            self.referred.len() - 1
        })
    }

    /// Adds the text of a note.
    pub fn define(&mut self, name: &str, text: Vec<Inline>) {
        self.texts.insert(name.to_owned(), text);
    }

    /// The notes in the order of their first references. A note that is defined and, by a condition that does not hold, not
    /// referred to is left out.
    pub fn end(mut self, mistakes: &mut Vec<Mistake>) -> Vec<Vec<Inline>> {
        let mut notes = Vec::with_capacity(self.referred.len());
        for (name, line) in &self.referred {
            match self.texts.remove(name) {
                Some(text) => notes.push(text),
                None => mistakes.push(not_defined(name, *line)),
            }
        }
        notes
    }
}

fn not_defined(name: &str, line: usize) -> Mistake {
    Mistake::at(
        FILE,
        line,
        "",
        format!("there is no note [^{name}]: write [^{name}]: and its text on a line of its own"),
    )
}

/// What is wrong with the footnotes of the file, whatever the rows are: references that lead nowhere, notes that nothing
/// refers to, and a name that two notes have.
pub(super) fn faults(pieces: &[Piece]) -> Vec<Mistake> {
    let mut referred: Vec<(&str, usize)> = Vec::new();
    let mut defined: Vec<(&str, usize)> = Vec::new();
    let mut mistakes = Vec::new();
    for piece in pieces {
        let Kind::Prose(text) = &piece.kind else { continue };
        for (index, line) in text.lines().enumerate() {
            for name in names(line) {
                let at = piece.line + index;
                if !is_defined_on(line, name) {
                    referred.push((name, at));
                } else if defined.iter().any(|(known, _)| *known == name) {
                    mistakes.push(Mistake::at(FILE, at, "", format!("there is a note [^{name}] above already")));
                } else {
                    defined.push((name, at));
                }
            }
        }
    }
    let is_in = |names: &[(&str, usize)], name: &str| names.iter().any(|(known, _)| *known == name);
    let nowhere = referred.iter().filter(|(name, _)| !is_in(&defined, name));
    mistakes.extend(nowhere.map(|(name, line)| not_defined(name, *line)));
    let unused = defined.iter().filter(|(name, _)| !is_in(&referred, name));
    mistakes.extend(
        unused.map(|(name, line)| Mistake::at(FILE, *line, "", format!("nothing refers to the note [^{name}]"))),
    );
    mistakes
}

/// The piece of Markdown with an empty note for each name that another piece of the file defines: without it a reference
/// is no reference to the reader of Markdown.
pub(super) fn with_stubs(markdown: &str) -> String {
    let mut all = markdown.to_owned();
    let mut known: Vec<&str> =
        markdown.lines().flat_map(|line| names(line).filter(move |name| is_defined_on(line, name))).collect();
    for name in markdown.lines().flat_map(names) {
        if !known.contains(&name) {
            known.push(name);
            all.push_str(&format!("\n\n[^{name}]: elsewhere\n"));
        }
    }
    all
}

/// The names in `[^name]` on a line.
fn names(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices("[^").filter_map(|(at, _)| {
        let name = &line[at + 2..];
        let name = &name[..name.find(']')?];
        let is_name = !name.is_empty() && !name.contains(['[', ' ', '\\', '^', '`']);
        is_name.then_some(name)
    })
}

/// Whether a note of that name begins on the line, perhaps behind the tags of a template.
fn is_defined_on(line: &str, name: &str) -> bool {
    let mut rest = line.trim_start();
    while let Some((_, after)) = rest.strip_prefix("{%").and_then(|tag| tag.split_once("%}")) {
        rest = after.trim_start();
    }
    let after = rest.strip_prefix("[^").and_then(|rest| rest.strip_prefix(name));
    after.is_some_and(|after| after.starts_with("]:"))
}
