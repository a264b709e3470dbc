//! Running text: emphasis, links, and the marks of notes and sources.

use super::{Page, escaped, title};
use crate::model::document::{Inline, Target, source_label};

/// A source note that is longer than this says too much to be shown over a figure: its short text stands instead.
const LONGEST_ORIGIN: usize = 240;

impl Page<'_> {
    /// Runs of text.
    pub(super) fn inlines(&mut self, text: &[Inline]) -> String {
        let mut html = String::new();
        // A link with emphasis inside is one link.
        for runs in text.chunk_by(|one, next| one.target.is_some() && one.target == next.target) {
            let inside: String = runs.iter().map(run).collect();
            html.push_str(&match runs.first().and_then(|run| run.target.as_ref()) {
                None => inside,
                Some(Target::Web(address)) => web_link(address, inside),
                Some(Target::Note(index)) => self.reference(*index, inside),
                Some(Target::Source(index)) => self.source_link(*index, inside),
            });
        }
        html
    }

    /// The mark of a source note, with a space before it that keeps it on the line of the caption or headline figure that
    /// it follows: ` [S3]`.
    pub(super) fn mark(&self, source: Option<usize>) -> String {
        source
            .filter(|index| *index < self.document.sources.len())
            .map(|index| format!("\u{A0}{}", self.source_link(index, format!("[{}]", source_label(index)))))
            .unwrap_or_default()
    }

    /// What is said of a figure whose source note is all that is known of it.
    pub(super) fn origin_of(&self, source: Option<usize>) -> Option<&str> {
        let note = self.document.sources.get(source?)?;
        let is_short = note.full.chars().count() <= LONGEST_ORIGIN;
        Some(if is_short { &note.full } else { &note.text })
    }

    /// A mark leads nowhere in a document that does not list its sources.
    fn source_link(&self, index: usize, inside: String) -> String {
        match self.document.sources.get(index) {
            Some(_) if self.lists_sources => {
                let origin = self.origin_of(Some(index)).map(title).unwrap_or_default();
                format!("<a class=\"mark-of-source\" href=\"#source-{}\"{origin}>{inside}</a>", index + 1)
            }
            _ => inside,
        }
    }

    /// The mark of a note. The first is where the note leads back to.
    fn reference(&mut self, index: usize, inside: String) -> String {
        let number = index + 1;
        let Some(before) = self.references.get_mut(index) else { return inside };
        *before += 1;
        let id = if *before == 1 { format!("ref-{number}") } else { format!("ref-{number}-{before}") };
        format!("<sup><a href=\"#note-{number}\" id=\"{id}\" role=\"doc-noteref\">{inside}</a></sup>")
    }

    /// The notes that the text refers to, each with a link back.
    pub(super) fn notes(&mut self) {
        let document = self.document;
        if document.notes.is_empty() {
            return;
        }
        self.line("<section class=\"notes\" role=\"doc-endnotes\" aria-labelledby=\"notes\">");
        self.line("<h2 id=\"notes\">Notes</h2>\n<ol>");
        for (index, note) in document.notes.iter().enumerate() {
            let (number, text) = (index + 1, self.inlines(note));
            let back = match self.references.get(index) {
                Some(count) if *count > 0 => format!(
                    " <a class=\"back\" href=\"#ref-{number}\" role=\"doc-backlink\" \
                     aria-label=\"Back to the text of note {number}\">↩</a>"
                ),
                _ => String::new(),
            };
            self.line(format_args!("<li id=\"note-{number}\">{text}{back}</li>"));
        }
        self.line("</ol>\n</section>");
    }

    /// The list that the marks of sources lead to.
    pub(super) fn sources(&mut self) {
        let document = self.document;
        if document.sources.is_empty() {
            return;
        }
        self.line("<ul class=\"sources\" role=\"list\">");
        for (index, note) in document.sources.iter().enumerate() {
            let (label, of, text) = (source_label(index), escaped(&note.of), escaped(&note.text));
            let number = index + 1;
            self.line(format_args!(
                "<li id=\"source-{number}\"><span class=\"number\">{label}</span> \
                 <span{}><strong>{of}:</strong> {text}</span></li>",
                title(&note.full)
            ));
        }
        self.line("</ul>");
    }
}

/// Only pages of the web and addresses for letters are led to: nothing that a browser would run.
fn web_link(address: &str, inside: String) -> String {
    let lower = address.trim().to_ascii_lowercase();
    if ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)) {
        format!("<a href=\"{}\">{inside}</a>", escaped(address.trim()))
    } else {
        inside
    }
}

fn run(run: &Inline) -> String {
    let mut text = with_whole_numbers(&escaped(&run.text));
    if let Some(origin) = &run.origin {
        text = format!("<span{}>{text}</span>", title(origin));
    }
    match (run.bold, run.italic) {
        (false, false) => text,
        (true, false) => format!("<strong>{text}</strong>"),
        (false, true) => format!("<em>{text}</em>"),
        (true, true) => format!("<strong><em>{text}</em></strong>"),
    }
}

/// Browsers break a year (2022-23) after its hyphen unless told not to.
pub(super) fn with_whole_numbers(escaped: &str) -> String {
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
