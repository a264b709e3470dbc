//! The colours of fills and texts, as far as marks have to know them.

use super::markup::{Document, Tag};
use super::styles::colour_of;
use crate::model::{KEPT_TINT, is_kept_tint, is_mark_fill};

/// From this luminance on (0 black, 1 white) a text is too light for the fill of a mark.
const LIGHT: f64 = 0.4;

/// A fill of a workbook, as it is written.
#[derive(Debug, Clone, Copy)]
pub struct Shade<'f>(pub &'f str);

impl Shade<'_> {
    /// Whether it is that of a mark.
    pub fn is_mark(&self) -> bool {
        let rgb = self.colour().and_then(|colour| attribute_of(&colour, "rgb"));
        rgb.and_then(|rgb| colour_of(&rgb)).is_some_and(is_mark_fill)
    }

    /// The attributes of its colour, as they are written; none where it is not filled, or with a pattern or gradient.
    pub fn colour(&self) -> Option<String> {
        let document = Document::parse(self.0, "").ok()?;
        let pattern = document.child(document.root(), "patternFill")?;
        if document.attribute(pattern, "patternType").as_deref() != Some("solid") {
            return None;
        }
        attributes(document.text, document.child(pattern, "fgColor")?.open.clone()).map(str::to_owned)
    }

    /// Of a mark's: the attributes of the colour that was there before; none where there was none.
    pub fn before(&self) -> Option<String> {
        let document = Document::parse(self.0, "").ok()?;
        let pattern = document.child(document.root(), "patternFill")?;
        let background = document.child(pattern, "bgColor")?;
        let tag = document.tag(background);
        if let Some(rgb) = tag.value("rgb") {
            return tag.number("tint").is_some_and(is_kept_tint).then(|| format!("rgb=\"{rgb}\""));
        }
        let is_none = tag.number::<u32>("indexed") == Some(64);
        attributes(document.text, background.open.clone()).filter(|_| !is_none).map(str::to_owned)
    }
}

/// The attributes of a colour as they are kept behind the fill of a mark.
pub fn kept(colour: &str) -> String {
    match attribute_of(colour, "rgb") {
        Some(rgb) => format!("rgb=\"{rgb}\" tint=\"{KEPT_TINT}\""),
        None => colour.to_owned(),
    }
}

/// One of a colour's attributes.
fn attribute_of(colour: &str, name: &str) -> Option<String> {
    Tag(&format!("<color {colour}/>")).value(name).map(|value| value.into_owned())
}

/// The attributes of a tag that closes itself, as they are written; none where it has none.
fn attributes(text: &str, tag: std::ops::Range<usize>) -> Option<&str> {
    let (_, attributes) = text[tag].split_once(|character: char| character.is_whitespace())?;
    let attributes = attributes.trim_end_matches(['>', '/']).trim();
    (!attributes.is_empty()).then_some(attributes)
}

/// The colour of a font's text, of a font as it is written, where it is too light to be read on the fill of a mark.
pub fn light_text(font: &str) -> Option<[u8; 3]> {
    let colour = text_colour(font)?;
    (luminance(colour) >= LIGHT).then_some(colour)
}

/// The colour of a font's text; of the colours of a theme and of the old palette only white is known.
pub fn text_colour(font: &str) -> Option<[u8; 3]> {
    let document = Document::parse(font, "").ok()?;
    let tag = document.tag(document.child(document.root(), "color")?);
    if let Some(rgb) = tag.value("rgb") {
        return colour_of(&rgb);
    }
    match (tag.number::<u32>("theme"), tag.number::<u32>("indexed")) {
        // Of every theme the first colour is that of paper; a tint makes it darker.
        (Some(0), _) => {
            let tint = tag.number::<f64>("tint").unwrap_or(0.0).clamp(-1.0, 0.0);
            Some([((1.0 + tint) * 255.0).round() as u8; 3])
        }
        (None, Some(1 | 9 | 65)) => Some([255; 3]),
        _ => None,
    }
}

/// How light a colour is, from 0 (black) to 1 (white), as WCAG 2.2 has it.
fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}
