//! Markdown, already filled in, becomes headings, paragraphs and lists.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::FILE;
use crate::model::document::{Block, Inline};
use crate::schema::Mistake;

/// Adds the blocks of a piece of Markdown. What the document has no place for is a mistake at its line.
pub(super) fn blocks(markdown: &str, line: usize, blocks: &mut Vec<Block>, mistakes: &mut Vec<Mistake>) {
    let mut builder = Builder::default();
    for (event, range) in Parser::new_ext(markdown, Options::empty()).into_offset_iter() {
        if let Err(what) = builder.take(event, blocks) {
            let at = line + markdown[..range.start].matches('\n').count();
            mistakes.push(Mistake::at(FILE, at, "", format!("{what} cannot be printed")));
        }
    }
}

#[derive(Default)]
struct Builder {
    runs: Vec<Inline>,
    bold: usize,
    italic: usize,
    list: Option<(bool, Vec<Vec<Inline>>)>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, blocks: &mut Vec<Block>) -> Result<(), &'static str> {
        match event {
            Event::Start(Tag::Strong) => self.bold += 1,
            Event::End(TagEnd::Strong) => self.bold -= 1,
            Event::Start(Tag::Emphasis) => self.italic += 1,
            Event::End(TagEnd::Emphasis) => self.italic -= 1,
            Event::Text(text) | Event::Code(text) => self.text(&text),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            Event::Start(Tag::Heading { .. }) if self.list.is_some() => return Err("a heading in a list"),
            Event::Start(Tag::Paragraph) if self.list.is_some() && !self.runs.is_empty() => {
                return Err("a list item of two paragraphs");
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item) => {}
            Event::End(TagEnd::Heading(level)) => {
                let text: String = self.runs.drain(..).map(|run| run.text).collect();
                blocks.push(Block::Heading { level: depth(level), number: None, text });
            }
            // In a list the item takes the words when it ends.
            Event::End(TagEnd::Paragraph) if self.list.is_none() => {
                let text = std::mem::take(&mut self.runs);
                blocks.push(Block::Paragraph { number: None, text });
            }
            Event::Start(Tag::List(first)) => {
                if self.list.is_some() {
                    return Err("a list in a list");
                }
                self.list = Some((first.is_some(), Vec::new()));
            }
            Event::End(TagEnd::Item) => {
                let item = std::mem::take(&mut self.runs);
                if let Some((_, items)) = &mut self.list {
                    items.push(item);
                }
            }
            Event::End(TagEnd::List(_)) => {
                if let Some((ordered, items)) = self.list.take() {
                    blocks.push(Block::List { ordered, items });
                }
            }
            Event::Start(Tag::BlockQuote(_)) => return Err("a quotation"),
            Event::Start(Tag::CodeBlock(_)) => return Err("a block of code"),
            Event::Start(Tag::Link { .. }) => return Err("a link"),
            Event::Start(Tag::Image { .. }) => return Err("an image"),
            Event::Html(_) | Event::InlineHtml(_) => return Err("HTML"),
            Event::Rule => return Err("a rule across the page"),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let (bold, italic) = (self.bold > 0, self.italic > 0);
        match self.runs.last_mut() {
            Some(last) if last.bold == bold && last.italic == italic => last.text.push_str(text),
            _ => self.runs.push(Inline { text: text.to_owned(), bold, italic, ..Inline::default() }),
        }
    }
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
