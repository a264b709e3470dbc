//! The HTML edition: one file without script, the same document in the same order as the PDF.

use std::fmt::{Display, Write};

use crate::export::escape;
use crate::model::document::{Align, Block, Detail, Document, Draft, Inline, TableBlock, TableCell};

const STYLE: &str = include_str!("edition.css");
/// Puts the word on every page when the edition is printed.
const DRAFT_STYLE: &str = "@page { @top-right { content: \"DRAFT\"; color: #a3121f; font: bold 20pt sans-serif; } }\n";

/// Writes the document, which has been checked.
pub(super) fn write(document: &Document) -> String {
    let mut page = Page::default();
    page.head(document);
    page.body(document);
    page.html
}

/// The page so far. A heading's anchor is its place in the document, so that links to it last as long as the order does.
#[derive(Default)]
struct Page {
    html: String,
    headings: usize,
}

impl Page {
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
        let is_numbered = document.blocks.iter().any(is_numbered);
        self.line(if is_numbered { "<div class=\"report numbered\">" } else { "<div class=\"report\">" });
        for block in &document.blocks {
            self.block(block);
        }
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
                self.line(format_args!("<p>{number}{}</p>", inlines(text)));
            }
            Block::List { ordered, items } => {
                let tag = if *ordered { "ol" } else { "ul" };
                self.line(format_args!("<{tag}>"));
                for item in items {
                    self.line(format_args!("<li>{}</li>", inlines(item)));
                }
                self.line(format_args!("</{tag}>"));
            }
            Block::Table(table) => self.table(table),
            Block::Chart(_) | Block::Facts(_) | Block::Sources => {}
        }
    }

    /// A wide table scrolls in a region of its own that the keyboard reaches, not the whole page.
    fn table(&mut self, table: &TableBlock) {
        let caption = escaped(&table.caption);
        self.line(format_args!("<div class=\"scroll\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\">"));
        self.line(format_args!("<table>\n<caption>{caption}</caption>"));
        self.line("<thead>\n<tr>");
        for column in &table.columns {
            self.line(format_args!("<th scope=\"col\"{}>{}</th>", side(column.align), escaped(&column.title)));
        }
        self.line("</tr>\n</thead>\n<tbody>");
        if table.rows.is_empty() {
            let count = table.columns.len();
            self.line(format_args!("<tr><td colspan=\"{count}\"><em>{}</em></td></tr>", escaped(&table.empty)));
        }
        for row in &table.rows {
            self.row(table, row);
        }
        self.line("</tbody>");
        if let Some(total) = &table.total {
            self.line("<tfoot>");
            self.row(table, total);
            self.line("</tfoot>");
        }
        self.line("</table>\n</div>");
        for note in &table.notes {
            self.line(format_args!("<p class=\"note\">{}</p>", escaped(note)));
        }
    }

    fn row(&mut self, table: &TableBlock, cells: &[TableCell]) {
        self.html.push_str("<tr>");
        for (index, (cell, column)) in cells.iter().zip(&table.columns).enumerate() {
            let (side, text) = (side(column.align), escaped(&cell.text));
            let side = if side.is_empty() && is_short(&cell.text) { " class=\"whole\"" } else { side };
            if index == 0 {
                self.write(format_args!("<th scope=\"row\"{side}>{text}</th>"));
            } else {
                self.write(format_args!("<td{side}>{text}</td>"));
            }
        }
        self.line("</tr>");
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

fn inlines(text: &[Inline]) -> String {
    let run = |run: &Inline| {
        let text = with_whole_numbers(&escaped(&run.text));
        match (run.bold, run.italic) {
            (false, false) => text,
            (true, false) => format!("<strong>{text}</strong>"),
            (false, true) => format!("<em>{text}</em>"),
            (true, true) => format!("<strong><em>{text}</em></strong>"),
        }
    };
    text.iter().map(run).collect()
}

/// A date or code, better not divided.
fn is_short(text: &str) -> bool {
    text.chars().count() <= 18
}

/// Browsers break a year (2022-23) after its hyphen unless told not to.
fn with_whole_numbers(escaped: &str) -> String {
    let whole = |word: &str| {
        let signs: Vec<char> = word.chars().collect();
        let is_range = |three: &[char]| three[0].is_numeric() && three[1] == '-' && three[2].is_numeric();
        match signs.windows(3).any(is_range) {
            true => format!("<span class=\"whole\">{word}</span>"),
            false => word.to_owned(),
        }
    };
    escaped.split(' ').map(whole).collect::<Vec<_>>().join(" ")
}

fn side(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Right => " class=\"amount\"",
    }
}

/// Text from a cell is text, in an element as in an attribute.
fn escaped(text: &str) -> String {
    escape::escaped(&super::typeset::plain(text))
}
