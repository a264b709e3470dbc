//! Rows as the markup of a sheet's part (ECMA-376, part 1, 18.3.1), for tables so long that the library's own way, a tree of
//! cells, would hold all of them and take several times as long. Texts stand in their cells, not in the table of texts that
//! all sheets share: that would have to be held to the end.

use std::borrow::Cow;
use std::io::Write;

use rust_xlsxwriter::{ColNum, RowNum, utility::column_number_to_name};

use super::cells::{Content, Outcome, content, within_cell, words};
use super::rows::Target;
use super::style::Kind;
use super::{WorkbookError, excel_date};
use crate::model::{Format, Scalar};

/// The bytes of markup that are handed on at once.
const CHUNK: usize = 256 << 10;

/// A pixel, in points.
const PIXEL: f64 = 0.75;

/// The numbers by which the workbook's styles know the formats of cells, in the order of the kinds.
#[derive(Debug, Clone, PartialEq)]
pub struct StyleNumbers {
    /// Of the first column.
    pub first: Vec<u32>,
    /// Of the further columns.
    pub further: Vec<u32>,
}

impl StyleNumbers {
    fn of(&self, column: ColNum, kind: Kind) -> u32 {
        let numbers = if column == 0 { &self.first } else { &self.further };
        numbers[kind as usize]
    }
}

/// Markup of rows that was written and not yet handed on.
pub struct Markup {
    bytes: Vec<u8>,
    styles: StyleNumbers,
    /// The letters of the columns that were come to.
    letters: Vec<String>,
    /// The number of the row that was begun, as Excel counts.
    row: String,
}

impl Markup {
    /// Nothing is written yet.
    pub fn new(styles: StyleNumbers) -> Self {
        Self { bytes: Vec::new(), styles, letters: Vec::new(), row: String::new() }
    }

    /// What was written, once that is much.
    pub fn when_full(&mut self) -> Option<Vec<u8>> {
        (self.bytes.len() >= CHUNK).then(|| self.rest())
    }

    /// What was written.
    pub fn rest(&mut self) -> Vec<u8> {
        std::mem::replace(&mut self.bytes, Vec::with_capacity(CHUNK + CHUNK / 8))
    }

    /// `<c r="B5" s="7"`.
    fn open_cell(&mut self, column: ColNum, kind: Kind) {
        let index = usize::from(column);
        for next in self.letters.len()..=index {
            self.letters.push(column_number_to_name(ColNum::try_from(next).unwrap_or(ColNum::MAX)));
        }
        self.push("<c r=\"");
        self.bytes.extend_from_slice(self.letters[index].as_bytes());
        self.bytes.extend_from_slice(self.row.as_bytes());
        self.push("\" s=\"");
        let style = self.styles.of(column, kind);
        self.push_shown(style);
        self.push("\"");
    }

    fn blank(&mut self, column: ColNum, kind: Kind) {
        self.open_cell(column, kind);
        self.push("/>");
    }

    fn number(&mut self, column: ColNum, number: f64, kind: Kind) {
        // Excel has no such number; the library writes these words too.
        if !number.is_finite() {
            let words = if number > 0.0 { "INF" } else { "-INF" };
            return self.text(column, words, kind);
        }
        self.open_cell(column, kind);
        self.push("><v>");
        // A whole number has the same digits without the search for the shortest that are exact.
        if number.fract() == 0.0 && number.abs() < 1e15 {
            self.push_shown(number as i64);
        } else {
            self.push_shown(number);
        }
        self.push("</v></c>");
    }

    fn text(&mut self, column: ColNum, text: &str, kind: Kind) {
        if text.is_empty() {
            return self.blank(column, kind);
        }
        self.open_cell(column, kind);
        let is_space = |character: char| matches!(character, ' ' | '\t' | '\n');
        let is_kept = text.starts_with(is_space) || text.ends_with(is_space);
        self.push(if is_kept { " t=\"inlineStr\"><is><t xml:space=\"preserve\">" } else { " t=\"inlineStr\"><is><t>" });
        self.push(&in_markup(text));
        self.push("</t></is></c>");
    }

    fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn push_shown(&mut self, number: impl std::fmt::Display) {
        write!(self.bytes, "{number}").expect("a vector takes all that is written to it");
    }
}

impl Target for Markup {
    fn begin_row(&mut self, row: RowNum, height: f64) -> Result<(), WorkbookError> {
        self.row = (row + 1).to_string();
        self.push("<row r=\"");
        self.bytes.extend_from_slice(self.row.as_bytes());
        self.push("\" ht=\"");
        // Excel draws rows of whole pixels, of three quarters of a point each.
        self.push_shown((height / PIXEL).round() * PIXEL);
        self.push("\" customHeight=\"1\">");
        Ok(())
    }

    fn cell(&mut self, column: ColNum, format: Format, value: &Scalar) -> Result<Outcome, WorkbookError> {
        match content(format, value) {
            Content::Blank => self.blank(column, Kind::Text),
            Content::Number(number, kind) => self.number(column, number, kind),
            Content::Day(day, kind) => match excel_date(day) {
                Some(date) => self.number(column, date.to_excel(), kind),
                None => self.text(column, &words(day, kind), Kind::Mark),
            },
            Content::Text(text, kind) => self.text(column, &within_cell(text).0, kind),
            Content::Misfit => return Ok(Outcome::Misfit),
        }
        Ok(Outcome::Written)
    }

    fn end_row(&mut self) {
        self.push("</row>");
    }
}

/// A text as the markup holds it: what XML or Excel would take for something else (`&`, control characters, `_x0041_`) is
/// written as the library writes it.
fn in_markup(text: &str) -> Cow<'_, str> {
    // U+FFFE and U+FFFF, which XML does not allow, begin with the byte EF.
    let means_something = |byte: u8| byte < b' ' || matches!(byte, b'&' | b'<' | b'>' | b'_' | 0xEF);
    if !text.bytes().any(means_something) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len() + 16);
    for (at, character) in text.char_indices() {
        match character {
            '&' => kept.push_str("&amp;"),
            '<' => kept.push_str("&lt;"),
            '>' => kept.push_str("&gt;"),
            '\t' | '\n' => kept.push(character),
            '\0'..' ' | '\u{FFFE}' | '\u{FFFF}' => kept.push_str(&format!("_x{:04X}_", u32::from(character))),
            '_' if names_a_character(&text.as_bytes()[at..]) => kept.push_str("_x005F_"),
            other => kept.push(other),
        }
    }
    Cow::Owned(kept)
}

/// Whether a text begins as Excel writes a character by its number: `_x0041_`.
fn names_a_character(text: &[u8]) -> bool {
    matches!(text, [b'_', b'x', number @ .., ] if number.len() >= 5 && number[4] == b'_'
        && number[..4].iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_texts_in_markup() {
        for (text, expected) in [
            ("Adult Social Care", "Adult Social Care"),
            ("Tom & Ann <Ltd>", "Tom &amp; Ann &lt;Ltd&gt;"),
            ("one\ntwo", "one\ntwo"),
            ("a\u{7}b", "a_x0007_b"),
            ("_x0041_", "_x005F_x0041_"),
            ("_x004_ snake_case", "_x004_ snake_case"),
            ("\u{FFFF}", "_xFFFF_"),
            ("ﬁve", "ﬁve"),
        ] {
            assert_eq!(in_markup(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_row_in_markup() {
        let kinds = |from: u32| (from..from + 9).collect();
        let mut markup = Markup::new(StyleNumbers { first: kinds(10), further: kinds(30) });
        markup.begin_row(4, 18.75).unwrap();
        for (column, format, value) in [
            (0, Format::Text, Scalar::Text("=1+1".into())),
            (1, Format::Money, Scalar::Integer(-3_888_925)),
            (2, Format::Money, Scalar::Integer(100)),
            (3, Format::Date, Scalar::Text("2022-04-29".into())),
            (4, Format::Text, Scalar::Null),
            (5, Format::Text, Scalar::Text(" x".into())),
            // What a query reckoned beyond all numbers.
            (6, Format::Percentage, Scalar::Real(f64::INFINITY)),
            (26, Format::Integer, Scalar::Text("[x]".into())),
        ] {
            assert_eq!(markup.cell(column, format, &value).unwrap(), Outcome::Written);
        }
        assert_eq!(markup.cell(27, Format::Money, &Scalar::Real(1.5)).unwrap(), Outcome::Misfit);
        markup.end_row();
        assert_eq!(markup.when_full(), None);
        assert_eq!(
            String::from_utf8(markup.rest()).unwrap(),
            "<row r=\"5\" ht=\"18.75\" customHeight=\"1\">\
             <c r=\"A5\" s=\"10\" t=\"inlineStr\"><is><t>=1+1</t></is></c><c r=\"B5\" s=\"35\"><v>-38889.25</v></c>\
             <c r=\"C5\" s=\"35\"><v>1</v></c><c r=\"D5\" s=\"37\"><v>44680</v></c><c r=\"E5\" s=\"30\"/>\
             <c r=\"F5\" s=\"30\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> x</t></is></c>\
             <c r=\"G5\" s=\"36\" t=\"inlineStr\"><is><t>INF</t></is></c>\
             <c r=\"AA5\" s=\"31\" t=\"inlineStr\"><is><t>[x]</t></is></c></row>"
        );
    }
}
