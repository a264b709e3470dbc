//! The labels of a form: which cell bears that of which field, told apart by the sections in which they stand.

use std::collections::BTreeMap;

use super::convert;
use super::footnotes;
use super::locate;
use super::place::Region;
use crate::model::{Column, Heading, Position, label_key, on_one_line};
use crate::schema::{Field, LabelPattern, Strip, TableSchema};

/// The labels that were found.
pub(super) struct Labels {
    /// For each field of the schema, the first cell that bears its label.
    pub columns: Vec<Option<Column>>,
    /// Cells that bear the label of a field that another cell before them has.
    pub repeated: Vec<Heading>,
}

/// Looks for the label of each field whose value the surroundings do not give.
pub(super) fn labels(region: &Region<'_>, schema: &TableSchema) -> Labels {
    let known = Known::new(region, schema);
    let mut labels = Labels { columns: vec![None; schema.fields.len()], repeated: Vec::new() };
    let mut begun = Begun::default();
    for line in region.grid.lines() {
        for (column, cell) in line.filled() {
            let position = Position::new(line.row, column);
            let text = locate::heading_text(cell);
            let said = known.said(&text);
            let sections = known.sections_named(&said);
            if !sections.is_empty() {
                begun.begin(position, sections);
            }
            let Some(index) = known.field(&said, begun.at(position)) else { continue };
            match &mut labels.columns[index] {
                Some(_) => labels.repeated.push(Heading { position, text }),
                first => *first = Some(Column::new(position, text)),
            }
        }
    }
    labels
}

/// Whether a text matches a pattern, with its colon or without.
fn is_meant(pattern: &LabelPattern, text: &str) -> bool {
    pattern.is_match(text) || pattern.is_match(text.trim_end_matches(':').trim_end())
}

/// By what the fields of a schema are known.
struct Known<'s> {
    schema: &'s TableSchema,
    /// The fields without a pattern, by the keys of their labels; of several with one label, in their order.
    keys: BTreeMap<String, Vec<usize>>,
    /// The fields with a pattern.
    patterns: Vec<(usize, &'s LabelPattern)>,
    /// The texts with which sections begin, each once.
    sections: Vec<&'s LabelPattern>,
    /// For each field, the place of its section among those.
    section_of: Vec<Option<usize>>,
}

impl<'s> Known<'s> {
    fn new(region: &Region<'_>, schema: &'s TableSchema) -> Self {
        let (mut keys, mut patterns, mut sections) = (BTreeMap::<String, Vec<usize>>::new(), Vec::new(), Vec::new());
        let mut section_of = Vec::new();
        for (index, field) in schema.fields.iter().enumerate() {
            section_of.push(section(field, &mut sections));
            if region.gives(index) {
                continue;
            }
            match &field.crosscast.heading {
                Some(pattern) => patterns.push((index, pattern)),
                None => field.headings().for_each(|heading| keys.entry(label_key(heading)).or_default().push(index)),
            }
        }
        Self { schema, keys, patterns, sections, section_of }
    }

    /// The text by which a cell is known: without marks of footnotes, where the table's headings may have them.
    fn said(&self, text: &str) -> String {
        let plain = on_one_line(&convert::plain(text));
        match self.schema.crosscast.headings.strip {
            Some(Strip::Footnotes) => footnotes::stripped(&plain).into_owned(),
            None => plain,
        }
    }

    /// The sections that begin with a text.
    fn sections_named(&self, said: &str) -> Vec<usize> {
        let sections = self.sections.iter().enumerate();
        sections.filter(|(_, pattern)| is_meant(pattern, said)).map(|(index, _)| index).collect()
    }

    /// The field whose label a text is among cells of those sections. One that is looked for in them comes before one that
    /// is looked for anywhere, and one that is known by the very text before one that is known by a pattern.
    fn field(&self, said: &str, within: &[usize]) -> Option<usize> {
        let exact = self.keys.get(&label_key(said)).into_iter().flatten().copied();
        let alike = self.patterns.iter().filter(|(_, pattern)| is_meant(pattern, said)).map(|(index, _)| *index);
        let meant: Vec<usize> = exact.chain(alike).collect();
        let is_within = |index: &&usize| self.section_of[**index].is_some_and(|section| within.contains(&section));
        let is_anywhere = |index: &&usize| self.section_of[**index].is_none();
        meant.iter().find(is_within).or_else(|| meant.iter().find(is_anywhere)).copied()
    }
}

/// The place of a field's section among those that are known, which it joins.
fn section<'s>(field: &'s Field, sections: &mut Vec<&'s LabelPattern>) -> Option<usize> {
    let pattern = field.crosscast.section.as_ref()?;
    Some(sections.iter().position(|known| *known == pattern).unwrap_or_else(|| {
        sections.push(pattern);
        sections.len() - 1
    }))
}

/// The sections that began last: below one text, or below several side by side.
#[derive(Default)]
struct Begun {
    row: u32,
    /// The column of each text, from the left, and the sections that it begins.
    texts: Vec<(u32, Vec<usize>)>,
}

impl Begun {
    fn begin(&mut self, position: Position, sections: Vec<usize>) {
        if position.row != self.row {
            self.texts.clear();
        }
        self.row = position.row;
        self.texts.push((position.column, sections));
    }

    /// The sections in which a cell stands: those of the nearest text to its left or straight above it; left of all, of the
    /// first.
    fn at(&self, position: Position) -> &[usize] {
        let left = self.texts.iter().rfind(|(column, _)| *column <= position.column);
        left.or(self.texts.first()).map(|(_, sections)| sections.as_slice()).unwrap_or_default()
    }
}
