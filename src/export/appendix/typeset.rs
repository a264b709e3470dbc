//! Text becomes lines: where it may break, and how wide each line is.

use std::rc::Rc;
use std::sync::LazyLock;

use regex::Regex;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};

use super::fonts::{Face, Fonts, Word};

/// A run of text that is set in one way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'t> {
    /// The words.
    pub(super) text: &'t str,
    /// How they look.
    pub(super) style: Style,
}

/// How a run of text looks, and which part of its paragraph it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// The style of the type.
    pub(super) face: Face,
    /// Size of the type, where the paragraph's is 1.
    pub(super) scale: f32,
    /// 0 for the text itself, else a number that tells links and marks from it and from each other.
    pub(super) part: usize,
}

impl Style {
    /// The text itself.
    pub(super) fn plain(face: Face) -> Self {
        Self { face, scale: 1.0, part: 0 }
    }
}

/// A stretch of shaped text in one style.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    /// The style of the type.
    pub(super) face: Face,
    /// Size of the type, where the line's is 1.
    pub(super) scale: f32,
    /// The part of the paragraph.
    pub(super) part: usize,
    /// Whether it is a space between words.
    pub(super) is_space: bool,
    /// The glyphs.
    pub(super) word: Rc<Word>,
}

impl Stretch {
    fn of(fonts: &mut Fonts, style: Style, text: &str) -> Self {
        let Style { face, scale, part } = style;
        Self { face, scale, part, is_space: text == " ", word: fonts.shape(face, text) }
    }

    /// Width in points on a line of type of `size`.
    fn width(&self, size: f32) -> f32 {
        self.word.width(size * self.scale)
    }
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

impl Line {
    /// The line in pieces, each of one part of the paragraph, with the part and the distance from the line's left end.
    pub(super) fn parts(self) -> Vec<(usize, f32, Self)> {
        let size = self.size;
        let mut x = 0.0;
        let same = self.stretches.chunk_by(|one, next| one.part == next.part);
        same.map(|stretches| {
            let full: f32 = stretches.iter().map(|stretch| stretch.width(size)).sum();
            let space = stretches.last().filter(|last| last.is_space).map_or(0.0, |last| last.width(size));
            let part = Self { stretches: stretches.to_vec(), size, width: full - space };
            x += full;
            (stretches[0].part, x - full, part)
        })
        .collect()
    }
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

/// The text as it is set: line breaks and tabs become spaces, marks without a shape are dropped.
pub(super) fn plain(text: &str) -> String {
    let shown = |character: &char| !matches!(character, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}');
    let spaced = |character: char| if matches!(character, '\n' | '\r' | '\t') { ' ' } else { character };
    text.chars().filter(shown).map(spaced).collect()
}

/// Sets plain text in one style.
pub(super) fn lines(fonts: &mut Fonts, face: Face, size: f32, text: &str, width: f32, breaking: Breaking) -> Vec<Line> {
    break_lines(pieces(fonts, size, &[plain_run(face, text)]), size, width, breaking, fonts)
}

/// Sets a paragraph of runs.
pub(super) fn run_lines(fonts: &mut Fonts, size: f32, runs: &[Run], width: f32) -> Vec<Line> {
    break_lines(pieces(fonts, size, runs), size, width, Breaking::Even, fonts)
}

/// Sets a text on one line, however wide.
pub(super) fn single(fonts: &mut Fonts, face: Face, size: f32, text: &str) -> Line {
    let pieces = pieces(fonts, size, &[plain_run(face, text)]);
    line(&pieces, size, true)
}

/// The same line with a space at its end, for a label that a text follows.
pub(super) fn followed(fonts: &mut Fonts, face: Face, mut line: Line) -> Line {
    line.stretches.push(Stretch::of(fonts, Style::plain(face), " "));
    line
}

/// Width of the longest part that cannot be broken, and of the whole text on one line.
pub(super) fn measure(fonts: &mut Fonts, face: Face, size: f32, text: &str) -> (f32, f32) {
    let pieces = pieces(fonts, size, &[plain_run(face, text)]);
    let longest = pieces.iter().map(|piece| piece.width).fold(0.0, f32::max);
    (longest, width_of_line(&pieces))
}

fn plain_run(face: Face, text: &str) -> Run<'_> {
    Run { text, style: Style::plain(face) }
}

fn pieces(fonts: &mut Fonts, size: f32, runs: &[Run]) -> Vec<Piece> {
    let letters: Vec<(Style, char)> = runs.iter().flat_map(|run| letters(fonts, run)).collect();
    let mut pieces = Vec::new();
    let mut piece = Building::new(size);
    for (index, &(style, letter)) in letters.iter().enumerate() {
        if letter == ' ' {
            pieces.extend(piece.finish(fonts, Some(style)));
            continue;
        }
        // A no-break space is drawn as a space, so that it is also copied and read as one.
        piece.push(fonts, style, if letter == '\u{A0}' { ' ' } else { letter });
        let around = (index.checked_sub(1).map(|before| letters[before].1), letters.get(index + 1).map(|next| next.1));
        if may_break_after(letter, around) {
            pieces.extend(piece.finish(fonts, None));
        }
    }
    pieces.extend(piece.finish(fonts, None));
    pieces
}

/// The letters of a run, each with a style whose font has it.
fn letters(fonts: &Fonts, run: &Run) -> Vec<(Style, char)> {
    let text: Vec<char> = plain(run.text).chars().collect();
    let mut letters = Vec::with_capacity(text.len());
    for cluster in text.chunk_by(|_, &next| is_mark(next)) {
        let face = |&letter: &char| fonts.face_for(run.style.face, cluster, letter);
        letters.extend(cluster.iter().map(|letter| (Style { face: face(letter), ..run.style }, *letter)));
    }
    letters
}

/// Whether a character combines with the one before it.
fn is_mark(character: char) -> bool {
    static MARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\p{M}$").expect("the pattern is a constant"));
    // Below it there are none, and most text is below it.
    character >= '\u{300}' && MARK.is_match(character.encode_utf8(&mut [0; 4]))
}

/// A break after a hyphen or slash only between letters: years (2022-23) and dates (1/4/2022) stay whole.
pub(super) fn may_break_after(letter: char, around: (Option<char>, Option<char>)) -> bool {
    matches!(letter, '-' | '/' | '\u{2010}' | '–' | '—')
        && matches!(around, (Some(before), Some(after)) if before.is_alphabetic() && after.is_alphabetic())
}

/// A piece while its letters come in.
struct Building {
    size: f32,
    done: Vec<Stretch>,
    style: Style,
    text: String,
}

impl Building {
    fn new(size: f32) -> Self {
        Self { size, done: Vec::new(), style: Style::plain(Face::Regular), text: String::new() }
    }

    fn push(&mut self, fonts: &mut Fonts, style: Style, letter: char) {
        if style != self.style {
            self.close_stretch(fonts);
            self.style = style;
        }
        self.text.push(letter);
    }

    fn close_stretch(&mut self, fonts: &mut Fonts) {
        if !self.text.is_empty() {
            self.done.push(Stretch::of(fonts, self.style, &self.text));
            self.text.clear();
        }
    }

    /// The piece, or nothing for the second of two spaces.
    fn finish(&mut self, fonts: &mut Fonts, space: Option<Style>) -> Option<Piece> {
        self.close_stretch(fonts);
        if self.done.is_empty() {
            return None;
        }
        let stretches = std::mem::take(&mut self.done);
        let space = space.map(|style| Stretch::of(fonts, style, " "));
        Some(Piece {
            width: stretches.iter().map(|stretch| stretch.width(self.size)).sum(),
            space_width: space.as_ref().map_or(0.0, |space| space.width(self.size)),
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
    let mut line = Line { size, width: width_of_line(pieces), ..Line::default() };
    for (index, piece) in pieces.iter().enumerate() {
        line.stretches.extend(piece.stretches.iter().cloned());
        let ends_text = is_last && index + 1 == pieces.len();
        if !ends_text {
            line.stretches.extend(piece.space.clone());
        }
    }
    line
}

/// Width in points of these pieces on one line, without the space at its end.
fn width_of_line(pieces: &[Piece]) -> f32 {
    let mut width = 0.0;
    for (index, piece) in pieces.iter().enumerate() {
        width += piece.width;
        if index + 1 < pieces.len() {
            width += piece.space_width;
        }
    }
    width
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
                let letter_width = letter.width(size * stretch.scale);
                if part.width + letter_width > width && !part.stretches.is_empty() {
                    cut.push(std::mem::replace(&mut part, Piece { unit: piece.unit, ..Piece::default() }));
                }
                part.width += letter_width;
                part.stretches.push(Stretch { word: Rc::new(letter), ..stretch.clone() });
            }
        }
        part.space = piece.space;
        part.space_width = piece.space_width;
        cut.push(part);
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of the lines, by the number of glyphs that each has.
    fn lengths(text: &str, width: f32) -> Vec<usize> {
        let mut fonts = Fonts::new().unwrap();
        let lines = lines(&mut fonts, Face::Regular, 10.0, text, width, Breaking::Full);
        let glyphs =
            |line: &Line| line.stretches.iter().map(|stretch| fonts.letters(stretch.face, &stretch.word).len()).sum();
        lines.iter().map(glyphs).collect()
    }

    #[test]
    fn a_line_that_goes_on_ends_with_a_space_and_the_last_does_not() {
        assert_eq!(lengths("one two three", 30.0), [4, 4, 5]);
    }

    #[test]
    fn words_break_after_a_hyphen_or_slash_between_letters() {
        assert_eq!(lengths("cross-border", 40.0), [6, 6]);
        assert_eq!(lengths("town/village", 40.0), [5, 7]);
    }

    #[test]
    fn years_dates_and_negative_amounts_do_not_break() {
        let mut fonts = Fonts::new().unwrap();
        for text in ["2022-23", "1/4/2022", "-£1,200.00", "M-12"] {
            let (longest, whole) = measure(&mut fonts, Face::Regular, 10.0, text);
            assert!((longest - whole).abs() < 0.001, "{text}");
        }
    }

    #[test]
    fn a_no_break_space_holds_words_together_and_two_spaces_are_one() {
        assert_eq!(lengths("30\u{A0}June 2022", 40.0), [8, 4]);
        assert_eq!(lengths("  a  b ", 100.0), [3]);
    }

    #[test]
    fn lines_are_never_wider_than_the_measure() {
        let mut fonts = Fonts::new().unwrap();
        let text =
            "The partnership reported, month by month, what was spent; cross-casting found no difference. ".repeat(5);
        for breaking in [Breaking::Even, Breaking::Full] {
            for line in lines(&mut fonts, Face::Bold, 11.0, &text, 120.0, breaking) {
                assert!(line.width <= 120.02, "{}", line.width);
            }
        }
    }

    #[test]
    fn what_the_font_lacks_is_set_in_another_with_the_marks_that_combine_with_it() {
        let fonts = Fonts::new().unwrap();
        let faces = |text: &str, face| {
            let letters = letters(&fonts, &plain_run(face, text));
            letters.iter().map(|(style, _)| style.face).collect::<Vec<_>>()
        };
        use Face::{Bold, Italic, Regular, SpareBold, SpareRegular};
        assert_eq!(faces("a✓", Regular), [Regular, SpareRegular]);
        assert_eq!(faces("✓", Bold), [SpareBold]);
        assert_eq!(faces("✗→x", Italic), [SpareRegular, Italic, Italic]);
        // A mark goes with its letter, into the other font and not.
        assert_eq!(faces("✓\u{301}e\u{301}", Regular), [SpareRegular, SpareRegular, Regular, Regular]);
        // What neither has stays where it is asked for; `refuse` looks for it.
        assert_eq!(faces("社", Bold), [Bold]);
    }

    #[test]
    fn digits_are_of_one_width_alone_and_in_pairs() {
        let mut fonts = Fonts::new().unwrap();
        for face in [Face::Regular, Face::Bold] {
            let mut widths =
                (0..100).map(|number| format!("{number:02}")).map(|text| fonts.shape(face, &text).width(1000.0));
            let first = widths.next().unwrap();
            assert!(widths.all(|width| width == first));
        }
    }

    #[test]
    fn signs_that_the_font_calls_marks_stand_by_themselves() {
        let mut fonts = Fonts::new().unwrap();
        let mut wide = |text: &str| measure(&mut fonts, Face::Regular, 10.0, text).1;
        for sign in ["`", "´", "¸"] {
            let (alone, between) = (wide(sign), wide(&format!("x{sign}x")));
            assert!(alone > 2.0, "{sign} is {alone} wide");
            assert!((between - (wide("xx") + alone)).abs() < 0.2, "x{sign}x is {between} wide");
        }
        // A mark that combines adds nothing.
        assert!((wide("x\u{301}") - wide("x")).abs() < 0.01);
    }
}
