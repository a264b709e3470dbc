//! Tables that are written into the prose by hand.

use std::sync::Arc;

use pulldown_cmark::Alignment;

use super::FILE;
use super::shorthand::notes_on_marks;
use super::table::nothing_to_report;
use crate::model::document::{Align, Block, ColumnHead, Inline, TableBlock, TableCell};
use crate::schema::Mistake;

/// What the caption of such a table begins with.
const CAPTION: &str = "Table: ";

/// A table that is being read.
pub(super) struct Grid {
    line: usize,
    sides: Vec<Align>,
    rows: Vec<Vec<TableCell>>,
    row: Vec<TableCell>,
    /// The origin of the cell that is being read.
    origin: Option<Arc<str>>,
    origins: Vec<usize>,
}

/// A table that was read.
pub(super) struct Gridded {
    /// Its place among the blocks.
    pub block: usize,
    /// The numbers of the origins of its figures.
    pub origins: Vec<usize>,
    line: usize,
}

impl Grid {
    /// A table that begins on a line of the file.
    pub fn new(sides: &[Alignment], line: usize) -> Self {
        let side = |side: &Alignment| if *side == Alignment::Right { Align::Right } else { Align::Left };
        let sides = sides.iter().map(side).collect();
        Self { line, sides, rows: Vec::new(), row: Vec::new(), origin: None, origins: Vec::new() }
    }

    /// Notes the origins of a figure in the cell that is being read; of several figures the first is that of the cell.
    pub fn figure(&mut self, origins: &[usize], full: Option<Arc<str>>) {
        self.origins.extend(origins);
        self.origin = self.origin.take().or(full);
    }

    /// Ends a cell.
    pub fn cell(&mut self, runs: &[Inline]) {
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        self.row.push(TableCell { text, origin: self.origin.take() });
    }

    /// Ends a row; the first is that of the headings.
    pub fn end_row(&mut self) {
        self.rows.push(std::mem::take(&mut self.row));
    }

    /// Adds the table to the blocks, still without a caption.
    pub fn end(mut self, blocks: &mut Vec<Block>) -> Gridded {
        let body = self.rows.split_off(self.rows.len().min(1));
        let titles = self.rows.pop().unwrap_or_default();
        let columns = titles.into_iter().zip(&self.sides);
        let columns = columns.map(|(title, side)| ColumnHead { title: title.text, align: *side }).collect();
        let notes = notes_on_marks(body.iter().flatten().map(|cell| cell.text.as_str()));
        blocks.push(Block::Table(TableBlock {
            caption: String::new(),
            columns,
            rows: body,
            total: None,
            empty: nothing_to_report(),
            notes,
            source: None,
        }));
        self.origins.sort_unstable();
        self.origins.dedup();
        Gridded { block: blocks.len() - 1, origins: self.origins, line: self.line }
    }
}

/// Gives each table the paragraph right above or below it that begins with `Table: ` as its caption, and takes that
/// paragraph out; `first` is the first block of the piece. A table without one is a mistake, and so is a column without a
/// heading.
pub(super) fn captioned(
    mut tables: Vec<Gridded>,
    first: usize,
    blocks: &mut Vec<Block>,
    mistakes: &mut Vec<Mistake>,
) -> Vec<Gridded> {
    let mut taken: Vec<usize> = Vec::new();
    for table in &tables {
        let above = table.block.checked_sub(1).filter(|above| *above >= first);
        let places = above.into_iter().chain([table.block + 1]);
        let mut captions = places.filter(|place| !taken.contains(place));
        let caption = captions.find_map(|place| Some((place, caption_of(blocks.get(place)?)?)));
        let Some(Block::Table(block)) = blocks.get_mut(table.block) else { continue };
        for (index, _) in block.columns.iter().enumerate().filter(|(_, column)| column.title.is_empty()) {
            mistakes.push(Mistake::at(FILE, table.line, "", format!("column {} has no title", index + 1)));
        }
        match caption {
            Some((place, caption)) => {
                block.caption = caption;
                taken.push(place);
            }
            None => mistakes.push(Mistake::at(
                FILE,
                table.line,
                "",
                "the table has no caption: write a paragraph that begins with \"Table: \" above or below it, with an empty \
                 line between",
            )),
        }
    }
    taken.sort_unstable();
    for place in taken.into_iter().rev() {
        blocks.remove(place);
        tables.iter_mut().filter(|table| table.block > place).for_each(|table| table.block -= 1);
    }
    tables
}

fn caption_of(block: &Block) -> Option<String> {
    let Block::Paragraph { text, .. } = block else { return None };
    let words: String = text.iter().map(|run| run.text.as_str()).collect();
    let caption = words.strip_prefix(CAPTION)?.trim();
    (!caption.is_empty()).then(|| caption.to_owned())
}
