//! Labels: how wide they are, where they break, and the place that they take.

use super::super::fonts::{Face, Fonts};
use super::super::scene::Anchor;
use super::super::typeset;
use super::LEADING;
use super::sketch::{Lettering, Point, Sketch};

/// How much of the size of the type letters rise above the baseline.
const RISE: f32 = 0.78;
/// How much of the size of the type letters fall below the baseline.
const FALL: f32 = 0.24;

/// Width of a text on one line, in points.
pub(super) fn width(fonts: &mut Fonts, bold: bool, size: f32, text: &str) -> f32 {
    typeset::measure(fonts, Face::of(bold, false), size, text).1
}

/// Width of the widest of some texts, in points; nothing for none.
pub(super) fn widest<T: AsRef<str>>(fonts: &mut Fonts, bold: bool, size: f32, texts: &[T]) -> f32 {
    texts.iter().map(|text| width(fonts, bold, size, text.as_ref())).fold(0.0, f32::max)
}

/// A text in at most `most` lines that are no wider than `measure`. What is too much is cut off with an ellipsis; a word
/// that is wider than the measure is cut between letters.
pub(super) fn wrapped(fonts: &mut Fonts, lettering: Lettering, text: &str, measure: f32, most: usize) -> Vec<String> {
    let (bold, size) = (lettering.bold, lettering.size);
    let mut lines = vec![String::new()];
    for part in parts(&typeset::plain(text)) {
        for piece in cut(fonts, bold, size, &part, measure) {
            let line = lines.last().map_or("", String::as_str);
            let longer = format!("{line}{piece}");
            if line.is_empty() || width(fonts, bold, size, &longer) <= measure {
                lines.pop();
                lines.push(longer);
            } else {
                lines.push(piece);
            }
        }
    }
    let mut lines: Vec<String> = lines.into_iter().map(|line| line.trim().to_owned()).collect();
    if lines.len() > most {
        lines.truncate(most);
        let last = lines.pop().unwrap_or_default();
        lines.push(shortened(fonts, bold, size, &last, measure));
    }
    lines
}

/// Words, and the halves of words that are joined by a hyphen or slash, each with the space that follows it.
fn parts(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut parts = vec![String::new()];
    for (index, letter) in letters.iter().enumerate() {
        let around = (index.checked_sub(1).map(|before| letters[before]), letters.get(index + 1).copied());
        let may_break = *letter == ' ' || typeset::may_break_after(*letter, around);
        if let Some(part) = parts.last_mut() {
            part.push(*letter);
        }
        if may_break {
            parts.push(String::new());
        }
    }
    parts.retain(|part| !part.is_empty() && part != " ");
    parts
}

/// The part, letter by letter where it is wider than the measure.
fn cut(fonts: &mut Fonts, bold: bool, size: f32, part: &str, measure: f32) -> Vec<String> {
    if width(fonts, bold, size, part) <= measure {
        return vec![part.to_owned()];
    }
    let mut pieces = vec![String::new()];
    for letter in part.chars() {
        let piece = pieces.last().map_or("", String::as_str);
        let longer = format!("{piece}{letter}");
        if piece.is_empty() || width(fonts, bold, size, &longer) <= measure {
            pieces.pop();
            pieces.push(longer);
        } else {
            pieces.push(letter.to_string());
        }
    }
    pieces
}

fn shortened(fonts: &mut Fonts, bold: bool, size: f32, line: &str, measure: f32) -> String {
    let mut kept = line.to_owned();
    loop {
        let text = format!("{}…", kept.trim_end_matches([' ', ',', ';', ':']));
        if kept.is_empty() || width(fonts, bold, size, &text) <= measure {
            return text;
        }
        kept.pop();
    }
}

/// The place that a line of text takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TextBox {
    /// Left edge.
    pub(super) left: f32,
    /// Upper edge.
    pub(super) top: f32,
    /// Right edge.
    pub(super) right: f32,
    /// Lower edge.
    pub(super) bottom: f32,
}

impl TextBox {
    /// The place of a text whose anchor and baseline are at a place.
    pub(super) fn of(fonts: &mut Fonts, (x, y): Point, text: &str, lettering: Lettering) -> Self {
        let width = width(fonts, lettering.bold, lettering.size, text);
        let left = match lettering.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Self { left, top: y - RISE * lettering.size, right: left + width, bottom: y + FALL * lettering.size }
    }

    /// The same place with a border around it.
    pub(super) fn grown(self, border: f32) -> Self {
        Self {
            left: self.left - border,
            top: self.top - border,
            right: self.right + border,
            bottom: self.bottom + border,
        }
    }

    /// Whether two places share more than an edge.
    pub(super) fn overlaps(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether a straight line passes through the place.
    pub(super) fn is_crossed(self, (x, y): Point, (to_x, to_y): Point) -> bool {
        // What is left of the line after it is cut at each edge in turn (Liang and Barsky).
        let (across, down) = (to_x - x, to_y - y);
        let (mut begin, mut end) = (0.0f32, 1.0f32);
        for (direction, distance) in
            [(-across, x - self.left), (across, self.right - x), (-down, y - self.top), (down, self.bottom - y)]
        {
            if direction == 0.0 {
                if distance < 0.0 {
                    return false;
                }
            } else if direction < 0.0 {
                begin = begin.max(distance / direction);
            } else {
                end = end.min(distance / direction);
            }
        }
        begin <= end
    }
}

/// Height of some lines of text, in points.
pub(super) fn height(lines: usize, size: f32) -> f32 {
    lines as f32 * size * LEADING
}

/// Baseline of the first of some lines that are centred on `middle`.
pub(super) fn first_baseline(middle: f32, lines: usize, size: f32) -> f32 {
    // Capitals and digits are some 0.71 of the size high; their middle is what the eye takes for the middle of a line.
    middle - (lines.saturating_sub(1)) as f32 * size * LEADING / 2.0 + 0.36 * size
}

/// Writes lines one below the other, centred on the height `middle`.
pub(super) fn write(sketch: &mut Sketch, (x, middle): Point, lines: &[String], lettering: Lettering) {
    let first = first_baseline(middle, lines.len(), lettering.size);
    for (index, line) in lines.iter().enumerate() {
        sketch.text((x, first + height(index, lettering.size)), line.as_str(), lettering);
    }
}
