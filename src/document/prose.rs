//! Markdown, already filled in, becomes headings, paragraphs, lists, tables and footnotes.

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::FILE;
use super::footnotes::{Footnotes, with_stubs};
use super::grid::{Grid, Gridded, captioned};
use super::marks::{Marks, has_figure};
use super::origins::Origins;
use crate::model::document::{Block, Inline, Target};
use crate::schema::Mistake;

/// So many levels of headings can be printed.
const DEEPEST: u8 = 5;

/// What the prose is written into.
pub(super) struct Page<'p> {
    pub blocks: &'p mut Vec<Block>,
    pub notes: &'p mut Footnotes,
    pub origins: &'p Origins,
    pub mistakes: &'p mut Vec<Mistake>,
}

/// Adds the blocks of a piece of Markdown that begins on a line of the file. What the document has no place for is a
/// mistake at its line. Gives the tables that were added.
pub(super) fn write(markdown: &str, line: usize, page: Page<'_>) -> Vec<Gridded> {
    let Page { blocks, notes, origins, mistakes } = page;
    let all = with_stubs(markdown);
    let first = blocks.len();
    let mut builder = Builder::new(blocks, notes, origins);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(&all, options).into_offset_iter() {
        // What was added behind the piece for the sake of its references is no part of it.
        if range.start >= markdown.len() {
            break;
        }
        builder.line = line + markdown[..range.start].matches('\n').count();
        if let Err(what) = builder.take(event) {
            mistakes.push(Mistake::at(FILE, builder.line, "", what));
        }
    }
    let tables = builder.tables;
    captioned(tables, first, blocks, mistakes)
}

/// The reader of one piece of Markdown.
struct Builder<'p> {
    blocks: &'p mut Vec<Block>,
    notes: &'p mut Footnotes,
    origins: &'p Origins,
    /// The line of the file that is being read.
    line: usize,
    runs: Vec<Inline>,
    marks: Marks,
    bold: usize,
    italic: usize,
    link: Option<Target>,
    list: Option<(bool, Vec<Vec<Inline>>)>,
    /// The name of the footnote that is being read, and its words once they are.
    note: Option<(String, Option<Vec<Inline>>)>,
    in_heading: bool,
    table: Option<Grid>,
    tables: Vec<Gridded>,
}

impl<'p> Builder<'p> {
    fn new(blocks: &'p mut Vec<Block>, notes: &'p mut Footnotes, origins: &'p Origins) -> Self {
        Self {
            blocks,
            notes,
            origins,
            line: 0,
            runs: Vec::new(),
            marks: Marks::default(),
            bold: 0,
            italic: 0,
            link: None,
            list: None,
            note: None,
            in_heading: false,
            table: None,
            tables: Vec::new(),
        }
    }

    /// Takes the next event; or says what cannot be printed.
    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Text(text) => self.text(&text),
            // In it the escapes of text from cells would be printed.
            Event::Code(_) => return Err(unprintable("text between ` marks")),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            Event::FootnoteReference(name) => return self.refer(&name),
            Event::Start(tag) => return self.start(tag),
            Event::End(tag) => return self.end(tag),
            Event::Html(_) | Event::InlineHtml(_) => return Err(unprintable("HTML")),
            Event::Rule => return Err(unprintable("a rule across the page")),
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'_>) -> Result<(), String> {
        match tag {
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::Heading { .. } => {
                self.in_heading = true;
                if let Some(within) = self.within() {
                    return Err(unprintable(&format!("a heading in {within}")));
                }
            }
            Tag::Paragraph if self.list.is_some() && !self.runs.is_empty() => {
                return Err(unprintable("a list item of two paragraphs"));
            }
            Tag::List(first) => {
                if let Some(within) = self.within() {
                    return Err(unprintable(&format!("a list in {within}")));
                }
                self.list = Some((first.is_some(), Vec::new()));
            }
            Tag::Table(sides) => {
                let within = self.within();
                self.table = Some(Grid::new(&sides, self.line));
                if let Some(within) = within {
                    return Err(unprintable(&format!("a table in {within}")));
                }
            }
            Tag::FootnoteDefinition(name) => self.note = Some((name.to_string(), None)),
            Tag::Link { link_type, dest_url, .. } => {
                if self.in_heading || self.table.is_some() {
                    return Err(unprintable(if self.in_heading { "a link in a heading" } else { "a link in a table" }));
                }
                if has_figure(&dest_url) {
                    return Err("the address of a link must be written out: no link is made from a cell".to_owned());
                }
                self.link = Some(Target::Web(address(link_type, &dest_url)?));
            }
            Tag::BlockQuote(_) => return Err(unprintable("a quotation")),
            Tag::CodeBlock(_) => return Err(unprintable("a block of code")),
            Tag::Image { .. } => return Err(unprintable("an image")),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), String> {
        match tag {
            TagEnd::Strong => self.bold -= 1,
            TagEnd::Emphasis => self.italic -= 1,
            TagEnd::Link => self.link = None,
            TagEnd::Heading(level) => {
                self.in_heading = false;
                let text: String = self.take_runs().into_iter().map(|run| run.text).collect();
                let (level, above) = (depth(level), self.level_above());
                self.blocks.push(Block::Heading { level, number: None, text });
                return fault_of_level(level, above).map_or(Ok(()), Err);
            }
            // In a list the item takes the words when it ends.
            TagEnd::Paragraph if self.list.is_none() => {
                let text = self.take_runs();
                match &mut self.note {
                    Some((_, Some(_))) => return Err(unprintable("a note of two paragraphs")),
                    Some((_, words)) => *words = Some(text),
                    None => self.blocks.push(Block::Paragraph { number: None, text }),
                }
            }
            TagEnd::Item => {
                let item = self.take_runs();
                if let Some((_, items)) = &mut self.list {
                    items.push(item);
                }
            }
            TagEnd::List(_) => {
                if let Some((ordered, items)) = self.list.take() {
                    self.blocks.push(Block::List { ordered, items });
                }
            }
            TagEnd::FootnoteDefinition => {
                if let Some((name, words)) = self.note.take() {
                    let words = words.ok_or_else(|| format!("the note [^{name}] has no words"))?;
                    self.notes.define(&name, words);
                }
            }
            TagEnd::TableCell => {
                let runs = self.take_runs();
                self.table.iter_mut().for_each(|table| table.cell(&runs));
            }
            TagEnd::TableHead | TagEnd::TableRow => self.table.iter_mut().for_each(Grid::end_row),
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.tables.push(table.end(self.blocks));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The runs of a block, without spaces at its ends: the reader of Markdown leaves them where a mark stands before them.
    fn take_runs(&mut self) -> Vec<Inline> {
        let mut runs = std::mem::take(&mut self.runs);
        if let Some(first) = runs.first_mut() {
            first.text = first.text.trim_start().to_owned();
        }
        if let Some(last) = runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        runs.retain(|run| !run.text.is_empty());
        runs
    }

    /// The level of the last heading; 0 before the first.
    fn level_above(&self) -> u8 {
        let levels =
            self.blocks.iter().rev().map(|block| if let Block::Heading { level, .. } = block { *level } else { 0 });
        levels.into_iter().find(|level| *level > 0).unwrap_or(0)
    }

    /// What a block would stand in, if it may not stand there.
    fn within(&self) -> Option<&'static str> {
        match (&self.note, &self.list) {
            (Some(_), _) => Some("a note"),
            (None, Some(_)) => Some("a list"),
            (None, None) => None,
        }
    }

    fn refer(&mut self, name: &str) -> Result<(), String> {
        if self.in_heading || self.table.is_some() || self.note.is_some() {
            let within = if self.in_heading { "a heading" } else { self.within().unwrap_or("a table") };
            return Err(unprintable(&format!("the mark of a note in {within}")));
        }
        let index = self.notes.refer(name, self.line);
        let target = Some(Target::Note(index));
        // Two marks without anything between them would be read as one number.
        if matches!(self.runs.last(), Some(Inline { target: Some(Target::Note(_)), .. })) {
            self.runs.push(Inline::plain(" "));
        }
        self.runs.push(Inline { text: (index + 1).to_string(), target, ..Inline::default() });
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let (bold, italic) = (self.bold > 0, self.italic > 0);
        for (origins, text) in self.marks.split(text) {
            let origin = self.origins.full(&origins);
            if let Some(table) = &mut self.table {
                table.figure(&origins, origin.clone());
            }
            match self.runs.last_mut() {
                Some(last)
                    if (last.bold, last.italic) == (bold, italic)
                        && last.target == self.link
                        && last.origin == origin =>
                {
                    last.text.push_str(&text);
                }
                _ => self.runs.push(Inline { text, bold, italic, target: self.link.clone(), origin }),
            }
        }
    }
}

/// What is wrong with a heading's level, below a heading of the level `above`: a reader who goes from heading to heading would
/// miss one.
fn fault_of_level(level: u8, above: u8) -> Option<String> {
    let marks = |level: u8| "#".repeat(level.into());
    if level > DEEPEST {
        return Some(format!("a heading has at most {DEEPEST} levels, and this one has {level}: {}", marks(level)));
    }
    let next = above + 1;
    let below =
        if above == 0 { "the first heading".to_owned() } else { format!("a heading below one with {}", marks(above)) };
    (level > next).then(|| format!("{below} begins with {} at most, and this one with {}", marks(next), marks(level)))
}

fn unprintable(what: &str) -> String {
    format!("{what} cannot be printed")
}

/// The address of a link: a page of the web by https, or an email address.
fn address(kind: LinkType, address: &str) -> Result<String, String> {
    if kind == LinkType::Email {
        return Ok(format!("mailto:{address}"));
    }
    let has_scheme = |scheme: &str| address.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme));
    if has_scheme("https://") || has_scheme("mailto:") {
        return Ok(address.to_owned());
    }
    Err(format!("a link may lead to https:// or mailto:, and this one leads to {address}"))
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
