//! The shorthand for figures that are not there, `[c]` and `[x]`, and where it is explained.

use crate::model::SUPPRESSED;
use crate::model::document::{Block, ChartBlock, Inline, TableBlock, Target};
use crate::schema::NOT_AVAILABLE;

/// Each mark and what is said of it.
const MEANINGS: [(&str, &str); 2] = [
    (SUPPRESSED, "[c]: kept back, because a small count could point to a person."),
    (NOT_AVAILABLE, "[x]: not available."),
];

/// What the shorthand in square brackets means, for each that stands in one of the texts.
pub(super) fn notes_on_marks<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Vec<String> {
    let is_there = |mark: &str| texts.clone().any(|text| text.contains(mark));
    MEANINGS.into_iter().filter(|(mark, _)| is_there(mark)).map(|(_, meaning)| meaning.to_owned()).collect()
}

/// Adds a paragraph behind each block of prose or of headline figures with a mark that no block above has explained; tables
/// and charts explain their own. It has no number, so that the paragraphs of a draft keep theirs.
pub(super) fn explain(blocks: &mut Vec<Block>, notes: &[Vec<Inline>]) {
    let mut explained: Vec<String> = Vec::new();
    let mut all = Vec::with_capacity(blocks.len());
    for block in std::mem::take(blocks) {
        let texts: Vec<String> = match &block {
            Block::Table(TableBlock { notes, .. }) | Block::Chart(ChartBlock { notes, .. }) => {
                explained.extend(notes.iter().cloned());
                Vec::new()
            }
            Block::Heading { text, .. } => vec![text.clone()],
            Block::Paragraph { text, .. } => words(text, notes),
            Block::List { items, .. } => items.iter().flat_map(|item| words(item, notes)).collect(),
            Block::Facts(facts) => facts.iter().flat_map(|fact| [fact.value.clone(), fact.label.clone()]).collect(),
            Block::Sources => Vec::new(),
        };
        all.push(block);
        let mut meanings = notes_on_marks(texts.iter().map(String::as_str));
        meanings.retain(|meaning| !explained.contains(meaning));
        if !meanings.is_empty() {
            all.push(Block::Paragraph { number: None, text: vec![Inline::plain(meanings.join(" "))] });
            explained.extend(meanings);
        }
    }
    *blocks = all;
}

/// The words of some runs, and those of each footnote that they refer to.
fn words(runs: &[Inline], notes: &[Vec<Inline>]) -> Vec<String> {
    let text = |runs: &[Inline]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    let referred = runs.iter().filter_map(|run| match run.target {
        Some(Target::Note(index)) => notes.get(index),
        _ => None,
    });
    std::iter::once(text(runs)).chain(referred.map(|note| text(note))).collect()
}
