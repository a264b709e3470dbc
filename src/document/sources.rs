//! The list of sources: where each table, chart and headline figure comes from.

use super::origins::Origins;
use crate::model::document::{Block, SourceNote};

/// A block, or a headline figure of it, that has a source.
pub(super) struct Sourced {
    /// Its place among the blocks.
    pub block: usize,
    /// The place of the headline figure among those of the block.
    pub fact: Option<usize>,
    /// The numbers of its origins.
    pub origins: Vec<usize>,
}

impl Sourced {
    /// A table or a chart.
    pub fn block(block: usize, origins: Vec<usize>) -> Self {
        Self { block, fact: None, origins }
    }
}

/// The notes on all that has a source, in the order of the blocks, and in each of these its number. What comes from the same
/// cells shares one note.
pub(super) fn sources(sourced: &[Sourced], origins: &Origins, blocks: &mut [Block]) -> Vec<SourceNote> {
    let mut notes: Vec<SourceNote> = Vec::new();
    for one in sourced {
        let (of, source) = match (blocks.get_mut(one.block), one.fact) {
            (Some(Block::Table(table)), _) => (numbered(&table.caption), &mut table.source),
            (Some(Block::Chart(chart)), _) => (numbered(&chart.title), &mut chart.source),
            (Some(Block::Facts(facts)), Some(index)) => {
                let Some(fact) = facts.get_mut(index) else { continue };
                (fact.label.clone(), &mut fact.source)
            }
            _ => continue,
        };
        let note = origins.note(of, &one.origins);
        let same = notes.iter().position(|known| (&known.full, &known.text) == (&note.full, &note.text));
        match same {
            Some(known) => notes[known].of = format!("{}; {}", notes[known].of, note.of),
            None => notes.push(note),
        }
        *source = Some(same.unwrap_or(notes.len() - 1));
    }
    notes
}

/// `Table 3` of `Table 3: Funding`.
fn numbered(caption: &str) -> String {
    caption.split_once(':').map_or(caption, |(number, _)| number).to_owned()
}
