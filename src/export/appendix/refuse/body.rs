//! The blocks of the body, and what their links lead to.

use super::{Check, is_blank};
use crate::export::appendix::fonts::Face;
use crate::export::appendix::typeset::plain;
use crate::model::document::{Block, ChartBlock, ChartKind, Document, Fact, Inline, SourceNote, TableBlock, Target};

/// How a block is named, by its place from 0.
pub(super) fn place_of(index: usize, block: &Block) -> String {
    format!("block {}, {}", index + 1, describe(block))
}

impl Check<'_> {
    /// Looks at the body, and at the notes and sources that it leads to.
    pub(super) fn body(&mut self, document: &Document) {
        let mut above = 0;
        for (index, block) in document.blocks.iter().enumerate() {
            let place = place_of(index, block);
            match block {
                Block::Heading { level, number, text } => {
                    if !(1..=5).contains(level) {
                        self.refuse(&place, format!("the level is {level}; it has to be 1 to 5"));
                    } else if *level > above + 1 {
                        self.refuse(&place, format!("level {level} follows level {above}; no level may be skipped"));
                    }
                    above = *level;
                    self.number(&place, Face::Bold, number.as_deref());
                    self.required(&place, Face::Bold, text);
                }
                Block::Paragraph { number, text } => {
                    self.number(&place, Face::Regular, number.as_deref());
                    self.inlines(&place, text);
                }
                Block::List { items, .. } => {
                    if items.is_empty() {
                        self.refuse(&place, "the list has no items");
                    }
                    for (item, text) in items.iter().enumerate() {
                        self.inlines(&format!("{place}, item {}", item + 1), text);
                    }
                }
                Block::Table(table) => self.table(&place, table),
                Block::Chart(chart) => self.chart(&place, chart),
                Block::Facts(facts) => self.facts(&place, facts),
                Block::Sources => self.sources(&place, &document.sources),
            }
            self.leads(&place, block, document);
        }
        self.notes(document);
    }

    fn table(&mut self, place: &str, table: &TableBlock) {
        self.required(&format!("{place}, caption"), Face::Bold, &table.caption);
        self.text(&format!("{place}, caption"), Face::Italic, &table.caption);
        let count = table.columns.len();
        if count == 0 {
            self.refuse(place, "the table has no columns");
        }
        for (column, head) in table.columns.iter().enumerate() {
            self.required(&format!("{place}, title of column {}", column + 1), Face::Bold, &head.title);
        }
        let rows = table.rows.iter().enumerate().map(|(row, cells)| (format!("row {}", row + 1), Face::Regular, cells));
        let total = table.total.iter().map(|cells| ("total row".to_owned(), Face::Bold, cells));
        for (row, face, cells) in rows.chain(total) {
            if cells.len() != count {
                self.refuse(&format!("{place}, {row}"), format!("the row has {} of {count} cells", cells.len()));
            }
            for (column, cell) in cells.iter().enumerate() {
                let text = &cell.text;
                if self.problem_with(face, text).is_some() {
                    self.text(&format!("{place}, {row}, column {}", column + 1), face, text);
                }
            }
        }
        if table.rows.is_empty() {
            self.required(&format!("{place}, text for no rows"), Face::Italic, &table.empty);
        }
        for (note, text) in table.notes.iter().enumerate() {
            self.required(&format!("{place}, note {}", note + 1), Face::Regular, text);
        }
    }

    fn chart(&mut self, place: &str, chart: &ChartBlock) {
        self.required(&format!("{place}, title"), Face::Bold, &chart.title);
        // The alternative text is read, not drawn.
        if is_blank(&chart.alt) {
            self.refuse(place, "the chart has no alternative text, which says in words what it shows");
        }
        self.metadata(&format!("{place}, alternative text"), &chart.alt);
        match (chart.kind, chart.series.len()) {
            (_, 0) => self.refuse(place, "the chart has no series"),
            (ChartKind::Bar, count @ 2..) => {
                self.refuse(place, format!("a bar chart has one series; this one has {count}"));
            }
            _ => {}
        }
        for (index, category) in chart.categories.iter().enumerate() {
            self.text(&format!("{place}, category {}", index + 1), Face::Regular, category);
        }
        for (index, series) in chart.series.iter().enumerate() {
            let place = format!("{place}, series {}", index + 1);
            self.text(&place, Face::Regular, &series.title);
            let (values, categories) = (series.values.len(), chart.categories.len());
            if values != categories {
                self.refuse(&place, format!("the series has {values} values for {categories} categories"));
            }
            for (index, value) in series.values.iter().enumerate() {
                self.text(&format!("{place}, value {}", index + 1), Face::Regular, &value.label);
            }
        }
        if chart.categories.is_empty() {
            self.required(&format!("{place}, text for no values"), Face::Italic, &chart.empty);
        }
        for (note, text) in chart.notes.iter().enumerate() {
            self.required(&format!("{place}, note {}", note + 1), Face::Regular, text);
        }
    }

    fn facts(&mut self, place: &str, facts: &[Fact]) {
        if facts.is_empty() {
            self.refuse(place, "there are no figures");
        }
        for (index, fact) in facts.iter().enumerate() {
            self.required(&format!("{place}, figure {}, value", index + 1), Face::Bold, &fact.value);
            self.required(&format!("{place}, figure {}, label", index + 1), Face::Regular, &fact.label);
        }
    }

    fn sources(&mut self, place: &str, sources: &[SourceNote]) {
        for (index, source) in sources.iter().enumerate() {
            self.required(&format!("{place}, source {}", index + 1), Face::Regular, &source.of);
            self.required(&format!("{place}, source {}", index + 1), Face::Regular, &source.text);
        }
    }

    fn notes(&mut self, document: &Document) {
        for (index, text) in document.notes.iter().enumerate() {
            let place = format!("footnote {}", index + 1);
            self.inlines(&place, text);
            for run in text {
                self.target(&place, run, document);
            }
            if text.iter().any(|run| matches!(run.target, Some(Target::Note(_)))) {
                self.refuse(&place, "a footnote cannot refer to a footnote");
            }
            let is_mark = |run: &Inline| run.target == Some(Target::Note(index));
            // The HTML edition lists all notes at its end; a page of the PDF has those that are referred to on it.
            if self.fonts.is_some() && !document.blocks.iter().flat_map(inlines_of).any(is_mark) {
                self.refuse(&place, "no text refers to it");
            }
        }
    }

    /// Looks whether everything in a block that leads somewhere arrives.
    fn leads(&mut self, place: &str, block: &Block, document: &Document) {
        for run in inlines_of(block) {
            self.target(place, run, document);
        }
        let marks: Vec<usize> = match block {
            Block::Table(table) => table.source.into_iter().collect(),
            Block::Chart(chart) => chart.source.into_iter().collect(),
            Block::Facts(facts) => facts.iter().filter_map(|fact| fact.source).collect(),
            _ => inlines_of(block).filter_map(source_of).collect(),
        };
        let count = document.sources.len();
        for source in marks {
            if source >= count {
                self.refuse(place, format!("it names source {}; there are {count}", source + 1));
            } else if self.fonts.is_some() && !document.blocks.contains(&Block::Sources) {
                // The HTML edition prints such a mark without a link.
                self.refuse(place, "it names a source, and the document has no list of sources");
            }
        }
    }

    fn target(&mut self, place: &str, run: &Inline, document: &Document) {
        match &run.target {
            Some(Target::Web(address)) if is_blank(address) => {
                self.refuse(place, format!("the link “{}” has no address", shortened(&run.text)));
            }
            Some(Target::Web(address)) => self.metadata(place, address),
            Some(Target::Note(note)) if *note >= document.notes.len() => {
                let count = document.notes.len();
                self.refuse(place, format!("it refers to footnote {}; there are {count}", note + 1));
            }
            _ => {}
        }
        if run.target.is_some() && is_blank(&run.text) {
            self.refuse(place, "a link or mark has no text");
        }
    }

    fn inlines(&mut self, place: &str, text: &[Inline]) {
        if text.iter().all(|run| is_blank(&run.text)) {
            self.refuse(place, "it has no text");
        }
        for run in text {
            self.text(place, Face::of(run.bold, run.italic), &run.text);
        }
    }
}

/// The runs of a block of running text.
fn inlines_of(block: &Block) -> impl Iterator<Item = &Inline> {
    let (one, many): (&[Inline], &[Vec<Inline>]) = match block {
        Block::Paragraph { text, .. } => (text, &[]),
        Block::List { items, .. } => (&[], items),
        _ => (&[], &[]),
    };
    one.iter().chain(many.iter().flatten())
}

fn source_of(run: &Inline) -> Option<usize> {
    if let Some(Target::Source(source)) = run.target { Some(source) } else { None }
}

fn describe(block: &Block) -> String {
    match block {
        Block::Heading { number, text, .. } => format!("heading “{}”", named(number.as_deref(), text)),
        Block::Paragraph { number, text } => {
            let text: String = text.iter().map(|run| run.text.as_str()).collect();
            format!("paragraph “{}”", named(number.as_deref(), &text))
        }
        Block::List { .. } => "list".to_owned(),
        Block::Table(table) => format!("table “{}”", shortened(&table.caption)),
        Block::Chart(chart) => format!("chart “{}”", shortened(&chart.title)),
        Block::Facts(_) => "headline figures".to_owned(),
        Block::Sources => "sources".to_owned(),
    }
}

fn named(number: Option<&str>, text: &str) -> String {
    number.map_or_else(|| shortened(text), |number| format!("{number} {}", shortened(text)))
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let text = plain(text);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}
