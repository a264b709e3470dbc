//! Text becomes lines: where it may break, and how wide each line is.

use std::rc::Rc;

use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};

use super::fonts::{Face, Fonts, Word};
use crate::model::document::Inline;

/// A stretch of shaped text in one style.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    /// The style.
    pub(super) face: Face,
    /// The glyphs.
    pub(super) word: Rc<Word>,
}

/// A line of text, ready to be drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// What is drawn, from left to right. A line that goes on ends with a space, or words fuse when read aloud.
    pub(super) stretches: Vec<Stretch>,
    /// Size of the type in points.
    pub(super) size: f32,
    /// Width in points without the space at the end.
    pub(super) width: f32,
}

/// What stays together on a line: a word, or the part of one up to a hyphen or slash.
#[derive(Debug, Clone, Default)]
struct Piece {
    stretches: Vec<Stretch>,
    space: Option<Stretch>,
    /// In points.
    width: f32,
    /// In points.
    space_width: f32,
    /// Points to the unit that the line breaker's penalties are made for: about the width of a letter.
    unit: f32,
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        f64::from(self.width / self.unit)
    }

    fn whitespace_width(&self) -> f64 {
        f64::from(self.space_width / self.unit)
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) enum Breaking {
    /// Lines of like length: for paragraphs.
    Even,
    /// Each line as full as can be: for cells.
    Full,
}

/// The text as it is set: control characters and line breaks become spaces, marks without a shape are dropped.
pub(super) fn plain(text: &str) -> String {
    let shown = |character: &char| !matches!(character, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}');
    let spaced = |character: char| if matches!(character, '\n' | '\r' | '\t') { ' ' } else { character };
    text.chars().filter(shown).map(spaced).collect()
}

/// Sets plain text in one style.
pub(super) fn lines(fonts: &mut Fonts, face: Face, size: f32, text: &str, width: f32, breaking: Breaking) -> Vec<Line> {
    break_lines(pieces(fonts, size, [(face, text)].into_iter()), size, width, breaking, fonts)
}

/// Sets a paragraph of runs.
pub(super) fn inline_lines(fonts: &mut Fonts, size: f32, text: &[Inline], width: f32) -> Vec<Line> {
    let runs = text.iter().map(|run| (Face::of(run.bold, run.italic), run.text.as_str()));
    break_lines(pieces(fonts, size, runs), size, width, Breaking::Even, fonts)
}

/// Sets a text on one line, however wide.
pub(super) fn single(fonts: &mut Fonts, face: Face, size: f32, text: &str) -> Line {
    let pieces = pieces(fonts, size, [(face, text)].into_iter());
    line(&pieces, size, true)
}

/// The same line with a space at its end, for a label that a text follows.
pub(super) fn followed(fonts: &mut Fonts, face: Face, mut line: Line) -> Line {
    line.stretches.push(Stretch { face, word: fonts.shape(face, " ") });
    line
}

/// Width of the longest part that cannot be broken, and of the whole text on one line.
pub(super) fn measure(fonts: &mut Fonts, face: Face, size: f32, text: &str) -> (f32, f32) {
    let pieces = pieces(fonts, size, [(face, text)].into_iter());
    let longest = pieces.iter().map(|piece| piece.width).fold(0.0, f32::max);
    (longest, line(&pieces, size, true).width)
}

fn pieces<'a>(fonts: &mut Fonts, size: f32, runs: impl Iterator<Item = (Face, &'a str)>) -> Vec<Piece> {
    let letters: Vec<(Face, char)> = runs
        .flat_map(|(face, text)| plain(text).chars().map(move |letter| (face, letter)).collect::<Vec<_>>())
        .collect();
    let mut pieces = Vec::new();
    let mut piece = Building::new(size);
    for (index, &(face, letter)) in letters.iter().enumerate() {
        if letter == ' ' {
            pieces.extend(piece.finish(fonts, Some(face)));
            continue;
        }
        // A no-break space is drawn as a space, so that it is also copied and read as one.
        piece.push(fonts, face, if letter == '\u{A0}' { ' ' } else { letter });
        let around = (index.checked_sub(1).map(|before| letters[before].1), letters.get(index + 1).map(|next| next.1));
        if may_break_after(letter, around) {
            pieces.extend(piece.finish(fonts, None));
        }
    }
    pieces.extend(piece.finish(fonts, None));
    pieces
}

/// A break after a hyphen or slash only between letters: years (2022-23) and dates (1/4/2022) stay whole.
fn may_break_after(letter: char, around: (Option<char>, Option<char>)) -> bool {
    matches!(letter, '-' | '/' | '\u{2010}' | '–' | '—')
        && matches!(around, (Some(before), Some(after)) if before.is_alphabetic() && after.is_alphabetic())
}

/// A piece while its letters come in.
struct Building {
    size: f32,
    done: Vec<Stretch>,
    face: Face,
    text: String,
}

impl Building {
    fn new(size: f32) -> Self {
        Self { size, done: Vec::new(), face: Face::Regular, text: String::new() }
    }

    fn push(&mut self, fonts: &mut Fonts, face: Face, letter: char) {
        if face != self.face {
            self.close_stretch(fonts);
            self.face = face;
        }
        self.text.push(letter);
    }

    fn close_stretch(&mut self, fonts: &mut Fonts) {
        if !self.text.is_empty() {
            let word = fonts.shape(self.face, &self.text);
            self.done.push(Stretch { face: self.face, word });
            self.text.clear();
        }
    }

    /// The piece, or nothing for the second of two spaces.
    fn finish(&mut self, fonts: &mut Fonts, space: Option<Face>) -> Option<Piece> {
        self.close_stretch(fonts);
        if self.done.is_empty() {
            return None;
        }
        let stretches = std::mem::take(&mut self.done);
        let space = space.map(|face| Stretch { face, word: fonts.shape(face, " ") });
        Some(Piece {
            width: stretches.iter().map(|stretch| stretch.word.width(self.size)).sum(),
            space_width: space.as_ref().map_or(0.0, |space| space.word.width(self.size)),
            stretches,
            space,
            unit: self.size / 2.0,
        })
    }
}

fn break_lines(pieces: Vec<Piece>, size: f32, width: f32, breaking: Breaking, fonts: &mut Fonts) -> Vec<Line> {
    let pieces =
        if pieces.iter().any(|piece| piece.width > width) { cut_overlong(pieces, size, width, fonts) } else { pieces };
    // A hair more than the width, since sums of rounded widths differ in the last digit.
    let widths = [f64::from((width + 0.01) / (size / 2.0))];
    let broken = match breaking {
        Breaking::Even => wrap_optimal_fit(&pieces, &widths, &Penalties::new()).ok(),
        Breaking::Full => None,
    };
    let broken = broken.unwrap_or_else(|| wrap_first_fit(&pieces, &widths));
    let last = broken.len().saturating_sub(1);
    broken.into_iter().enumerate().map(|(index, pieces)| line(pieces, size, index == last)).collect()
}

fn line(pieces: &[Piece], size: f32, is_last: bool) -> Line {
    let mut line = Line { size, ..Line::default() };
    for (index, piece) in pieces.iter().enumerate() {
        let ends_line = index + 1 == pieces.len();
        line.stretches.extend(piece.stretches.iter().cloned());
        line.width += piece.width;
        if !(ends_line && is_last) {
            line.stretches.extend(piece.space.clone());
        }
        if !ends_line {
            line.width += piece.space_width;
        }
    }
    line
}

/// The last resort: a word wider than the whole measure is cut between letters, rather than run off the page.
fn cut_overlong(pieces: Vec<Piece>, size: f32, width: f32, fonts: &Fonts) -> Vec<Piece> {
    let mut cut = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if piece.width <= width {
            cut.push(piece);
            continue;
        }
        let mut part = Piece { unit: piece.unit, ..Piece::default() };
        for stretch in &piece.stretches {
            for letter in fonts.letters(stretch.face, &stretch.word) {
                let letter_width = letter.width(size);
                if part.width + letter_width > width && !part.stretches.is_empty() {
                    cut.push(std::mem::replace(&mut part, Piece { unit: piece.unit, ..Piece::default() }));
                }
                part.width += letter_width;
                part.stretches.push(Stretch { face: stretch.face, word: Rc::new(letter) });
            }
        }
        part.space = piece.space;
        part.space_width = piece.space_width;
        cut.push(part);
    }
    cut
}
