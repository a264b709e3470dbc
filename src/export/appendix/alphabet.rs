//! What the appendix can print: a character that its fonts lack, such as a Chinese one in a cell, is written out as
//! `[U+793E]`. One cell must not keep the whole appendix from being made, and must not lose its text in silence.

use std::borrow::Cow;
use std::collections::HashMap;

use super::fonts::{Face, Fonts};
use super::refuse::Refusal;
use super::typeset::plain;
use crate::export::visible::{by_number, is_hidden};
use crate::model::document::{Block, ChartBlock, Document, Inline, TableBlock};

/// The characters that the fonts of the appendix have.
pub struct Alphabet {
    fonts: Fonts,
    /// Looking into the fonts takes long, and most texts are made of the same letters.
    known: HashMap<char, bool>,
}

impl Alphabet {
    /// Reads the bundled fonts.
    ///
    /// # Errors
    /// A fault of the program: a bundled font cannot be read.
    pub fn new() -> Result<Self, Refusal> {
        Ok(Self { fonts: Fonts::new().map_err(Refusal::of_writer)?, known: HashMap::new() })
    }

    /// Whether a character is printed as it stands, upright and slanted, light and bold.
    pub fn has(&mut self, character: char) -> bool {
        // Line breaks are set as spaces, and marks without a shape are left out: neither is looked for in a font.
        if plain(character.encode_utf8(&mut [0; 4])).chars().all(|set| set == ' ') {
            return true;
        }
        let fonts = &self.fonts;
        *self
            .known
            .entry(character)
            .or_insert_with(|| !is_hidden(character) && Face::STYLES.into_iter().all(|face| fonts.has(face, character)))
    }

    /// The text with every character that the fonts lack written out.
    pub fn written_out<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        if text.chars().all(|character| self.has(character)) {
            return Cow::Borrowed(text);
        }
        let mut written = String::with_capacity(text.len());
        for character in text.chars() {
            if self.has(character) {
                written.push(character);
            } else {
                written.push_str(&by_number(character));
            }
        }
        Cow::Owned(written)
    }

    /// Writes out what the fonts lack wherever a document may hold text from a cell or the name of a file.
    pub fn write_out(&mut self, document: &mut Document) {
        for reason in document.draft.iter_mut().flat_map(|draft| &mut draft.reasons) {
            self.mend(reason);
        }
        for detail in &mut document.title_block {
            self.mend(&mut detail.value);
        }
        for block in &mut document.blocks {
            match block {
                Block::Heading { text, .. } => self.mend(text),
                Block::Paragraph { text, .. } => self.inlines(text),
                Block::List { items, .. } => items.iter_mut().for_each(|item| self.inlines(item)),
                Block::Table(table) => self.table(table),
                Block::Chart(chart) => self.chart(chart),
                Block::Facts(facts) => {
                    for fact in facts {
                        self.mend(&mut fact.value);
                        self.mend(&mut fact.label);
                    }
                }
                Block::Sources => {}
            }
        }
        document.notes.iter_mut().for_each(|note| self.inlines(note));
        for source in &mut document.sources {
            self.mend(&mut source.of);
            self.mend(&mut source.text);
        }
    }

    fn chart(&mut self, chart: &mut ChartBlock) {
        let texts = [&mut chart.title, &mut chart.alt, &mut chart.empty];
        for text in texts.into_iter().chain(&mut chart.categories).chain(&mut chart.notes) {
            self.mend(text);
        }
        for series in &mut chart.series {
            self.mend(&mut series.title);
            series.values.iter_mut().for_each(|value| self.mend(&mut value.label));
        }
    }

    fn table(&mut self, table: &mut TableBlock) {
        self.mend(&mut table.caption);
        for cell in table.rows.iter_mut().chain(&mut table.total).flatten() {
            self.mend(&mut cell.text);
        }
        table.notes.iter_mut().for_each(|note| self.mend(note));
    }

    fn inlines(&mut self, text: &mut [Inline]) {
        text.iter_mut().for_each(|run| self.mend(&mut run.text));
    }

    fn mend(&mut self, text: &mut String) {
        if let Cow::Owned(written) = self.written_out(text) {
            *text = written;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_fonts_lack_is_written_out() {
        let mut alphabet = Alphabet::new().unwrap();
        for (text, written) in [
            ("Locks \u{1F512} and keys", "Locks [U+1F512] and keys"),
            ("a face \u{1F600}", "a face \u{1F600}"),
            ("社区", "[U+793E][U+533A]"),
            ("checked ✓, A → B, 3 ≠ 4, ☐", "checked ✓, A → B, 3 ≠ 4, ☐"),
            ("bell\u{7}", "bell[U+0007]"),
            ("turned \u{202E}round", "turned [U+202E]round"),
            ("A\u{206A}B and A\u{2061}B", "A[U+206A]B and A[U+2061]B"),
            ("£5 – “café”, Łódź, Ωμέγα", "£5 – “café”, Łódź, Ωμέγα"),
            ("two\r\nlines\tand a soft\u{AD}hyphen", "two\r\nlines\tand a soft\u{AD}hyphen"),
        ] {
            assert_eq!(alphabet.written_out(text), written);
        }
    }
}
