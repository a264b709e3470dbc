//! The comments of a sheet: the tool's own are added, put below an officer's words, and taken out again.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::error::NotMarked;
use super::markup::{Document, Edits, Element};
use super::words::written;
use crate::model::{MARK_AUTHOR, MARK_GAP, Position, marks_within};

/// The author that Excel gives to the note that stands for a thread in older versions begins with this.
const THREAD_AUTHOR: &str = "tc=";

/// What became of the comments of a sheet.
#[derive(Debug, Default)]
pub struct Patched {
    /// The part.
    pub text: String,
    /// The cells that have a comment now.
    pub all: BTreeSet<Position>,
    /// The cells that had none before, whose boxes are to be drawn.
    pub added: BTreeSet<Position>,
    /// The cells whose comment was the tool's own and is gone.
    pub removed: BTreeSet<Position>,
    /// The cells whose comment has other words now, with these.
    pub changed: BTreeMap<Position, String>,
    /// The cells that have a thread, on which no note was put.
    pub threads: BTreeSet<Position>,
}

/// The comments of a sheet that has none yet.
pub fn new(notes: &BTreeMap<Position, String>, namespace: &str) -> Patched {
    let comments: String = notes.iter().map(|(position, note)| comment("", *position, 0, note)).collect();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{namespace}\"><authors>\
         <author>{MARK_AUTHOR}</author></authors><commentList>{comments}</commentList></comments>"
    );
    let all: BTreeSet<Position> = notes.keys().copied().collect();
    Patched { text, added: all.clone(), all, ..Patched::default() }
}

/// Puts notes into the comments of a sheet in place of those of an earlier marking. `threads` are the cells with a thread:
/// what stands for it among the comments is left as it is.
///
/// # Errors
/// [`NotMarked`], where the part, `name`, is not understood.
pub fn patch(
    text: &str,
    notes: &BTreeMap<Position, String>,
    threads: &BTreeSet<Position>,
    name: &str,
) -> Result<Patched, NotMarked> {
    let refused = || NotMarked::Part(name.to_owned());
    let document = Document::parse(text, "").map_err(|why| why.of(name))?;
    let root = document.root();
    let prefix = document.prefix(root);
    let authors = document.child(root, "authors").ok_or_else(refused)?;
    let list = document.child(root, "commentList").ok_or_else(refused)?;
    let names: Vec<&str> = document.children(authors).map(|author| document.text[author.content()].trim()).collect();
    let mut patched = Patched { threads: threads.clone(), ..Patched::default() };
    let mut edits = Edits::default();
    for comment in document.children(list).filter(|child| document.name(child) == "comment") {
        let position = document.attribute(comment, "ref").and_then(|place| place.parse::<Position>().ok());
        let position = position.ok_or_else(refused)?;
        let author = document.tag(comment).number::<usize>("authorId").and_then(|index| names.get(index));
        if threads.contains(&position) || author.is_some_and(|author| author.starts_with(THREAD_AUTHOR)) {
            patched.threads.insert(position);
            patched.all.insert(position);
            continue;
        }
        let held = document.child(comment, "text");
        let runs = held.map(|held| Runs::of(&document, held)).unwrap_or_default();
        match (runs.is_all_marked(), notes.get(&position)) {
            (true, None) => {
                edits.replace(comment.whole(), "");
                patched.removed.insert(position);
                continue;
            }
            (true, Some(note)) => {
                if let Some(held) = held {
                    edits.replace(held.whole(), text_of(prefix, &run(prefix, note)));
                }
                patched.changed.insert(position, note.clone());
            }
            (false, note) => {
                let added = note.map(|note| run(prefix, &format!("{MARK_GAP}{note}")));
                if let Some(note) = note {
                    patched.changed.insert(position, format!("{}{MARK_GAP}{note}", runs.own_words));
                }
                match held {
                    Some(held) => edit_words(&document, held, &runs, added.as_deref(), &mut edits),
                    None => edits.append(&document, comment, &text_of(prefix, &added.unwrap_or_default())),
                }
            }
        }
        patched.all.insert(position);
    }
    let mut author = names.iter().position(|name| *name == MARK_AUTHOR);
    let mut added = String::new();
    for (position, note) in notes.iter().filter(|(position, _)| !patched.all.contains(position)) {
        if author.is_none() {
            edits.append(&document, authors, &format!("<{prefix}author>{MARK_AUTHOR}</{prefix}author>"));
        }
        let author = *author.get_or_insert(names.len());
        added.push_str(&comment(prefix, *position, author, note));
        patched.added.insert(*position);
    }
    if !added.is_empty() {
        edits.append(&document, list, &added);
    }
    patched.all.extend(patched.added.iter().copied());
    patched.text = edits.made(text);
    Ok(patched)
}

/// Takes the tool's words out of a comment and puts others below the officer's own.
fn edit_words(document: &Document<'_>, held: &Element, runs: &Runs, added: Option<&str>, edits: &mut Edits) {
    for (range, kept) in &runs.changed {
        edits.replace(range.clone(), kept.as_str());
    }
    let Some(added) = added else { return };
    let prefix = document.prefix(held);
    // A text alone becomes a run, since other runs cannot follow it.
    if let Some(alone) = document.child(held, "t") {
        edits.insert(alone.open.start, format!("<{prefix}r>"));
        edits.insert(alone.close.end, format!("</{prefix}r>{added}"));
        return;
    }
    // Readings of words stand behind the runs.
    match document.children(held).filter(|child| document.name(child) == "r").last() {
        Some(last) => edits.insert(last.close.end, added),
        None => edits.append(document, held, added),
    }
}

/// What the texts of a comment hold, run by run.
#[derive(Default)]
struct Runs {
    /// What remains in place of the runs' contents that hold words of the tool.
    changed: Vec<(Range<usize>, String)>,
    /// What is not the tool's, as XML writes it.
    own_words: String,
}

impl Runs {
    fn of(document: &Document<'_>, held: &Element) -> Self {
        let mut runs = Self::default();
        // Programs cut a text into runs where they like, also within the tool's words.
        let whole: String = document.within(held, "t").map(|text| &document.text[text.content()]).collect();
        let marks = marks_within(&whole);
        let mut marks = marks.as_slice();
        let mut start = 0;
        for text in document.within(held, "t") {
            let content = &document.text[text.content()];
            let end = start + content.len();
            while let [mark, later @ ..] = marks
                && mark.end <= start
            {
                marks = later;
            }
            let kept = outside(&whole, start..end, marks);
            runs.own_words.push_str(&kept);
            if kept != content {
                runs.changed.push((text.content(), kept));
            }
            start = end;
        }
        runs
    }

    fn is_all_marked(&self) -> bool {
        self.own_words.trim().is_empty() && !self.changed.is_empty()
    }
}

/// What of a run stands outside of marks. All are places in the whole text; the marks are in order, and none ends before the
/// run.
fn outside(whole: &str, run: Range<usize>, marks: &[Range<usize>]) -> String {
    let mut kept = String::new();
    let mut at = run.start;
    for mark in marks.iter().take_while(|mark| mark.start < run.end) {
        kept.push_str(&whole[at..mark.start.max(at)]);
        at = mark.end.min(run.end);
    }
    kept.push_str(&whole[at..run.end]);
    kept
}

fn comment(prefix: &str, position: Position, author: usize, note: &str) -> String {
    let text = text_of(prefix, &run(prefix, note));
    format!("<{prefix}comment ref=\"{position}\" authorId=\"{author}\" shapeId=\"0\">{text}</{prefix}comment>")
}

fn text_of(prefix: &str, runs: &str) -> String {
    format!("<{prefix}text>{runs}</{prefix}text>")
}

/// A run in the letters in which Excel writes notes.
fn run(prefix: &str, text: &str) -> String {
    format!(
        "<{prefix}r><{prefix}rPr><{prefix}sz val=\"9\"/><{prefix}color indexed=\"81\"/><{prefix}rFont val=\"Tahoma\"/>\
         <{prefix}family val=\"2\"/></{prefix}rPr><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>",
        written(text)
    )
}
