//! The HTML edition: one file without script, the same document in the same order as the PDF.

mod figure;
mod prose;
mod table;

use std::fmt::{Display, Write};

use super::fonts::Fonts;
use crate::export::escape;
use crate::model::document::{Block, Detail, Document, Draft};

const STYLE: &str = include_str!("../edition.css");
/// Puts the word on every page when the edition is printed.
const DRAFT_STYLE: &str = "@page { @top-right { content: \"DRAFT\"; color: #a3121f; font: bold 20pt sans-serif; } }\n";

/// A report with fewer sections than this is seen through without a list of them.
const LEAST_SECTIONS: usize = 4;

/// Writes the document, which has been checked. The fonts measure the texts of charts.
pub(super) fn write(document: &Document, fonts: &mut Fonts) -> String {
    let mut page = Page {
        document,
        fonts,
        html: String::new(),
        headings: 0,
        references: vec![0; document.notes.len()],
        lists_sources: document.blocks.iter().any(|block| matches!(block, Block::Sources)),
    };
    page.head(document);
    page.body(document);
    page.html
}

/// The page so far. A heading's anchor is its place in the document, so that links to it last as long as the order does.
struct Page<'a> {
    document: &'a Document,
    fonts: &'a mut Fonts,
    html: String,
    headings: usize,
    /// How often each note has been referred to.
    references: Vec<usize>,
    /// Whether there is a list that the marks of sources can lead to.
    lists_sources: bool,
}

impl Page<'_> {
    fn head(&mut self, document: &Document) {
        self.line(format_args!("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>", escaped(&document.language)));
        self.line("<meta charset=\"utf-8\">");
        self.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        self.line(format_args!("<title>{}</title>", escaped(&document.shown_title())));
        self.meta("author", &document.author);
        self.meta("description", &document.subject);
        let mark = if document.draft.is_some() { DRAFT_STYLE } else { "" };
        self.line(format_args!("<style>\n{STYLE}{mark}</style>\n</head>"));
    }

    fn meta(&mut self, name: &str, content: &str) {
        if !content.is_empty() {
            self.line(format_args!("<meta name=\"{name}\" content=\"{}\">", escaped(content)));
        }
    }

    fn body(&mut self, document: &Document) {
        self.line("<body>\n<a class=\"skip\" href=\"#content\">Skip to the report</a>");
        self.line("<header class=\"running\">");
        self.line(format_args!("<p>{}</p>", escaped(&document.header)));
        if document.draft.is_some() {
            self.line("<p class=\"mark\">DRAFT</p>");
        }
        self.line("</header>\n<main id=\"content\" tabindex=\"-1\">");
        if let Some(draft) = &document.draft {
            self.draft(draft);
        }
        self.line(format_args!("<h1>{}</h1>", escaped(&document.title)));
        self.title_block(&document.title_block);
        if let Some(notice) = &document.notice {
            self.line(format_args!("<p class=\"notice\"><strong>{}</strong></p>", escaped(notice)));
        }
        self.contents(&document.blocks);
        let is_numbered = document.blocks.iter().any(is_numbered);
        self.line(if is_numbered { "<div class=\"report numbered\">" } else { "<div class=\"report\">" });
        for block in &document.blocks {
            self.block(block);
        }
        self.notes();
        self.line("</div>\n</main>");
        self.line(format_args!(
            "<footer class=\"running\"><p>{}</p></footer>\n</body>\n</html>",
            escaped(&document.footer)
        ));
    }

    fn draft(&mut self, draft: &Draft) {
        self.line("<section class=\"draft\" aria-label=\"Draft\">");
        self.line(format_args!("<p><strong>{}</strong></p>\n<p>{}</p>\n<ul>", Draft::HEADING, draft.lead()));
        for reason in &draft.reasons {
            self.line(format_args!("<li>{}</li>", escaped(reason)));
        }
        self.line("</ul>\n</section>");
    }

    fn title_block(&mut self, details: &[Detail]) {
        if details.is_empty() {
            return;
        }
        self.line("<dl>");
        for detail in details {
            let (name, value) = (escaped(detail.name()), escaped(&detail.value));
            self.line(format_args!("<div><dt>{name}</dt><dd>{value}</dd></div>"));
        }
        self.line("</dl>");
    }

    /// The sections, for a reader who looks for one.
    fn contents(&mut self, blocks: &[Block]) {
        let headings = blocks.iter().filter_map(|block| match block {
            Block::Heading { level, number, text } => Some((*level, number, text)),
            _ => None,
        });
        let sections: Vec<_> = headings.enumerate().filter(|(_, (level, ..))| *level == 1).collect();
        if sections.len() < LEAST_SECTIONS {
            return;
        }
        self.line("<nav class=\"contents\" aria-label=\"Contents\">\n<p><strong>Contents</strong></p>");
        self.line("<ul role=\"list\">");
        for (index, (_, number, text)) in sections {
            let (number, text) = (hanging(number.as_deref()), escaped(text));
            let place = index + 1;
            self.line(format_args!(
                "<li><a href=\"#section-{place}\">{number}<span class=\"name\">{text}</span></a></li>"
            ));
        }
        self.line("</ul>\n</nav>");
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, number, text } => {
                self.headings += 1;
                let (level, id) = (level + 1, self.headings);
                let number = hanging(number.as_deref());
                self.line(format_args!("<h{level} id=\"section-{id}\">{number}{}</h{level}>", escaped(text)));
            }
            Block::Paragraph { number, text } => {
                let number = hanging(number.as_deref());
                let text = self.inlines(text);
                self.line(format_args!("<p>{number}{text}</p>"));
            }
            Block::List { ordered, items } => {
                let tag = if *ordered { "ol" } else { "ul" };
                self.line(format_args!("<{tag}>"));
                for item in items {
                    let item = self.inlines(item);
                    self.line(format_args!("<li>{item}</li>"));
                }
                self.line(format_args!("</{tag}>"));
            }
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
            Block::Facts(facts) => self.facts(facts),
            Block::Sources => self.sources(),
        }
    }

    fn line(&mut self, text: impl Display) {
        self.write(text);
        self.html.push('\n');
    }

    fn write(&mut self, text: impl Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.html, "{text}");
    }
}

fn is_numbered(block: &Block) -> bool {
    matches!(block, Block::Heading { number: Some(_), .. } | Block::Paragraph { number: Some(_), .. })
}

fn hanging(number: Option<&str>) -> String {
    number.map(|number| format!("<span class=\"number\">{}</span> ", escaped(number))).unwrap_or_default()
}

/// The attribute that says where a figure comes from.
fn title(origin: &str) -> String {
    format!(" title=\"{}\"", escaped(origin))
}

/// Text from a cell is text, in an element as in an attribute.
fn escaped(text: &str) -> String {
    escape::escaped(&super::typeset::plain(text))
}
