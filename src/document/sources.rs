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

/// The notes on all that has a source, in the order of the blocks, and in each of these its number. A table and a chart have
/// a note of their own; headline figures that come from the same cells share one.
pub(super) fn sources(sourced: &[Sourced], origins: &Origins, blocks: &mut [Block]) -> Vec<SourceNote> {
    let mut notes: Vec<SourceNote> = Vec::new();
    let mut of_facts: Vec<usize> = Vec::new();
    for one in sourced {
        match (blocks.get_mut(one.block), one.fact) {
            (Some(Block::Table(table)), _) => {
                table.source = Some(notes.len());
                notes.push(origins.note(numbered(&table.caption), &one.origins));
            }
            (Some(Block::Chart(chart)), _) => {
                chart.source = Some(notes.len());
                notes.push(origins.note(numbered(&chart.title), &one.origins));
            }
            (Some(Block::Facts(facts)), Some(index)) => {
                let Some(fact) = facts.get_mut(index) else { continue };
                let note = origins.note(fact.label.clone(), &one.origins);
                let shared = of_facts
                    .iter()
                    .copied()
                    .find(|known| (&notes[*known].full, &notes[*known].text) == (&note.full, &note.text));
                fact.source = Some(shared.unwrap_or(notes.len()));
                match shared {
                    Some(known) => notes[known].of = format!("{}; {}", notes[known].of, note.of),
                    None => {
                        of_facts.push(notes.len());
                        notes.push(note);
                    }
                }
            }
            _ => {}
        }
    }
    notes
}

/// `Table 3` of `Table 3: Funding`.
fn numbered(caption: &str) -> String {
    caption.split_once(':').map_or(caption, |(number, _)| number).to_owned()
}
