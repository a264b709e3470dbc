//! Noto Sans: which glyphs a text needs, how far each moves the pen, and the subset that goes into the file. What Noto
//! Sans lacks (✓, arrows, most mathematics) is set in DejaVu Sans.
//!
//! printpdf neither shapes nor subsets in the build that we use. Text is shaped here word by word, each glyph gets its
//! number in the subset at once, and widths are kept in whole thousandths of an em as the PDF writes them, so that what
//! the layout measures is what a reader draws.

use std::collections::HashMap;
use std::rc::Rc;

use printpdf::{
    Codepoint, FontId, FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMap, PdfFontMetricsStub, TextItem,
};
use rustybuzz::ttf_parser::{GlyphId, Tag};
use rustybuzz::{BufferClusterLevel, Feature, Script, ShapePlan, UnicodeBuffer, script};
use subsetter::GlyphRemapper;

/// A style of the family that the appendix is set in, or of the one that steps in for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Face {
    /// Upright, weight 400.
    Regular,
    /// Upright, weight 700.
    Bold,
    /// Slanted, weight 400.
    Italic,
    /// Slanted, weight 700.
    BoldItalic,
    /// DejaVu Sans, upright, weight 400.
    SpareRegular,
    /// DejaVu Sans, upright, weight 700. It has no slanted style with the same signs, so these two serve all four.
    SpareBold,
}

impl Face {
    /// The styles that a text can ask for.
    pub(super) const STYLES: [Self; 4] = [Self::Regular, Self::Bold, Self::Italic, Self::BoldItalic];
    /// All styles, in the order of their numbers.
    const ALL: [Self; 6] =
        [Self::Regular, Self::Bold, Self::Italic, Self::BoldItalic, Self::SpareRegular, Self::SpareBold];

    /// The style that steps in for what this one lacks.
    fn spare(self) -> Self {
        match self {
            Self::Regular | Self::Italic | Self::SpareRegular => Self::SpareRegular,
            Self::Bold | Self::BoldItalic | Self::SpareBold => Self::SpareBold,
        }
    }

    /// The style for a run of text.
    pub(super) fn of(bold: bool, italic: bool) -> Self {
        match (bold, italic) {
            (false, false) => Self::Regular,
            (true, false) => Self::Bold,
            (false, true) => Self::Italic,
            (true, true) => Self::BoldItalic,
        }
    }

    /// The name of the font in the page's resources. It is fixed, because printpdf's own names come from a counter of
    /// the whole process and would make the second document differ from the first.
    pub(super) fn id(self) -> FontId {
        let name = match self {
            Self::Regular => "NotoRegular",
            Self::Bold => "NotoBold",
            Self::Italic => "NotoItalic",
            Self::BoldItalic => "NotoBoldItalic",
            Self::SpareRegular => "DejaVuRegular",
            Self::SpareBold => "DejaVuBold",
        };
        FontId(name.to_owned())
    }

    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => notosans::REGULAR_TTF,
            Self::Bold => notosans::BOLD_TTF,
            Self::Italic => notosans::ITALIC_TTF,
            Self::BoldItalic => notosans::BOLD_ITALIC_TTF,
            Self::SpareRegular => dejavu::sans::regular(),
            Self::SpareBold => dejavu::sans::bold(),
        }
    }

    /// The PostScript name, with the six letters that mark a subset (ISO 32000-1, 9.6.4).
    fn subset_name(self) -> String {
        let letter = char::from(b'A' + self as u8);
        let name = match self {
            Self::SpareRegular => "DejaVuSans".to_owned(),
            Self::SpareBold => "DejaVuSans-Bold".to_owned(),
            noto => format!("NotoSans-{noto:?}"),
        };
        format!("CAST{letter}{letter}+{name}")
    }
}

/// A glyph of a subset and what follows it.
#[derive(Debug, Clone, Copy)]
struct Glyph {
    /// Its number in the subset.
    code: u16,
    /// What is taken off its width before the next glyph (kerning), in thousandths of an em.
    pull: i32,
}

/// A shaped piece of text without a place to break.
#[derive(Debug)]
pub(super) struct Word {
    glyphs: Vec<Glyph>,
    /// Width in thousandths of an em.
    width: i32,
}

impl Word {
    /// Width in points when set at `size`.
    pub(super) fn width(&self, size: f32) -> f32 {
        self.width as f32 * size / 1000.0
    }
}

/// One style: the font and what has been used of it.
struct FaceInUse {
    font: rustybuzz::Face<'static>,
    /// How the texts of a script are shaped. To tell it takes longer than to shape a word by it.
    plans: Vec<(Script, ShapePlan)>,
    subset: GlyphRemapper,
    /// Text of each glyph of the subset, for reading aloud and copying.
    texts: Vec<String>,
    /// The letter that stands for each glyph of the subset and for no other, where there is one.
    letters: Vec<Option<char>>,
    /// Width of each glyph of the subset in thousandths of an em.
    widths: Vec<i32>,
}

/// All styles, and the words shaped so far.
pub(super) struct Fonts {
    faces: [FaceInUse; 6],
    /// In the order of the styles' numbers.
    words: [HashMap<String, Rc<Word>>; 6],
}

/// Why the fonts could not be used; it would be a fault of the program, not of the document.
#[derive(Debug, thiserror::Error)]
pub(super) enum FontError {
    /// The bundled font cannot be parsed.
    #[error("the bundled font {0:?} cannot be read")]
    Unreadable(Face),
    /// The subset cannot be made.
    #[error("the font {0:?} cannot be reduced to the glyphs in use: {1}")]
    Subset(Face, subsetter::Error),
}

impl Fonts {
    /// Reads the bundled fonts.
    pub(super) fn new() -> Result<Self, FontError> {
        Ok(Self {
            faces: [
                FaceInUse::new(Face::Regular)?,
                FaceInUse::new(Face::Bold)?,
                FaceInUse::new(Face::Italic)?,
                FaceInUse::new(Face::BoldItalic)?,
                FaceInUse::new(Face::SpareRegular)?,
                FaceInUse::new(Face::SpareBold)?,
            ],
            words: Default::default(),
        })
    }

    /// Whether the style, or the one that steps in for it, can show `character`.
    pub(super) fn has(&self, face: Face, character: char) -> bool {
        self.holds(face, character) || self.holds(face.spare(), character)
    }

    /// The style in which a character of `cluster`, a letter and the marks that combine with it, is set: the one asked for
    /// or the one that steps in for it, and the same for all of the cluster if one of them has it all, so that the marks
    /// fit their letter.
    pub(super) fn face_for(&self, face: Face, cluster: &[char], character: char) -> Face {
        if let [only] = cluster
            && only.is_ascii()
        {
            return face;
        }
        let has_all = |face| cluster.iter().all(|&character| self.holds(face, character));
        let spare = face.spare();
        let stays = has_all(face) || !has_all(spare) && (self.holds(face, character) || !self.holds(spare, character));
        if stays { face } else { spare }
    }

    fn holds(&self, face: Face, character: char) -> bool {
        self.faces[face as usize].font.glyph_index(character).is_some_and(|glyph| glyph.0 != 0)
    }

    /// The glyphs for a text that is not broken.
    pub(super) fn shape(&mut self, face: Face, text: &str) -> Rc<Word> {
        let known = &mut self.words[face as usize];
        if let Some(word) = known.get(text) {
            return Rc::clone(word);
        }
        let word = Rc::new(self.faces[face as usize].shape(text));
        known.insert(text.to_owned(), Rc::clone(&word));
        word
    }

    /// The glyphs of some words as printpdf draws them: strings as long as can be, since a glyph of its own is written
    /// with twice as many bytes and takes far longer.
    pub(super) fn items<'a>(&self, face: Face, words: impl Iterator<Item = &'a Word>) -> Vec<TextItem> {
        let in_use = &self.faces[face as usize];
        let (mut items, mut string) = (Vec::new(), String::new());
        for glyph in words.flat_map(|word| &word.glyphs) {
            match in_use.letters[usize::from(glyph.code)] {
                Some(letter) => string.push(letter),
                None => {
                    flush(&mut items, &mut string);
                    let text = in_use.texts[usize::from(glyph.code)].clone();
                    items.push(TextItem::GlyphIds(vec![Codepoint::with_cid(glyph.code, 0.0, text)]));
                }
            }
            if glyph.pull != 0 {
                flush(&mut items, &mut string);
                items.push(TextItem::Offset(glyph.pull as f32));
            }
        }
        flush(&mut items, &mut string);
        items
    }

    /// A word letter by letter, for a measure that is narrower than the word.
    pub(super) fn letters(&self, face: Face, word: &Word) -> Vec<Word> {
        let widths = &self.faces[face as usize].widths;
        let letter = |glyph: &Glyph| Word { glyphs: vec![*glyph], width: widths[usize::from(glyph.code)] - glyph.pull };
        word.glyphs.iter().map(letter).collect()
    }

    /// The subsets, ready to be embedded. Only styles in use are in the result.
    pub(super) fn embed(&self) -> Result<PdfFontMap, FontError> {
        let mut map = PdfFontMap::default();
        for face in Face::ALL {
            let in_use = &self.faces[face as usize];
            if in_use.texts.len() > 1 {
                map.map.insert(face.id(), PdfFont::new(in_use.subset_font(face)?));
            }
        }
        Ok(map)
    }
}

fn flush(items: &mut Vec<TextItem>, string: &mut String) {
    if !string.is_empty() {
        items.push(TextItem::Text(std::mem::take(string)));
    }
}

impl FaceInUse {
    fn new(face: Face) -> Result<Self, FontError> {
        let font = rustybuzz::Face::from_slice(face.bytes(), 0).ok_or(FontError::Unreadable(face))?;
        // Glyph 0 is .notdef in every subset; it is never drawn, because `refuse` looks for what the font lacks.
        Ok(Self {
            font,
            plans: Vec::new(),
            subset: GlyphRemapper::new(),
            texts: vec![String::new()],
            letters: vec![None],
            widths: vec![0],
        })
    }

    fn shape(&mut self, text: &str) -> Word {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_cluster_level(BufferClusterLevel::Characters);
        buffer.guess_segment_properties();
        let plan = self.plan(&buffer);
        let shaped = rustybuzz::shape_with_plan(&self.font, &self.plans[plan].1, buffer);

        let infos = shaped.glyph_infos();
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(infos.len());
        let mut width = 0;
        for (index, (info, position)) in infos.iter().zip(shaped.glyph_positions()).enumerate() {
            let start = info.cluster as usize;
            let end = infos.get(index + 1).map_or(text.len(), |next| next.cluster as usize);
            let code = self.code(info.glyph_id as u16, text.get(start..end).unwrap_or_default());
            let own = self.widths[usize::from(code)];
            // The font calls signs such as ` and ´ marks, so they come without a width and set over the letter before.
            // Marks that combine have no width of their own.
            let is_sign = position.x_advance == 0 && own > 0;
            let advance = if is_sign { own } else { self.thousandths(position.x_advance) };
            let shift = if is_sign { 0 } else { self.thousandths(position.x_offset) };
            if let Some(before) = glyphs.last_mut() {
                before.pull -= shift;
            }
            glyphs.push(Glyph { code, pull: own - advance + shift });
            width += advance;
        }
        Word { glyphs, width }
    }

    /// The place of the plan by which a text of its script is shaped.
    fn plan(&mut self, buffer: &UnicodeBuffer) -> usize {
        let of = buffer.script();
        self.plans.iter().position(|(known, _)| *known == of).unwrap_or_else(|| {
            // A ligature would be one glyph for two letters, which some readers cannot search or select by halves.
            let features =
                [Feature::new(Tag::from_bytes(b"liga"), 0, ..), Feature::new(Tag::from_bytes(b"dlig"), 0, ..)];
            // Digits and signs are of no script; the direction follows from the script.
            let named = (of != script::UNKNOWN).then_some(of);
            let plan = ShapePlan::new(&self.font, buffer.direction(), named, buffer.language().as_ref(), &features);
            self.plans.push((of, plan));
            self.plans.len() - 1
        })
    }

    /// The number of a glyph in the subset. The first text that it stood for is the one that it keeps.
    fn code(&mut self, glyph: u16, text: &str) -> u16 {
        let code = self.subset.remap(glyph);
        if usize::from(code) == self.texts.len() {
            let mut letters = text.chars();
            let only =
                letters.next().filter(|letter| letters.next().is_none() && !self.letters.contains(&Some(*letter)));
            self.letters.push(only);
            // Never nothing: PDF/A wants each glyph to lead to text.
            self.texts.push(if text.is_empty() { "\u{FFFD}".to_owned() } else { text.to_owned() });
            let advance = self.font.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0);
            self.widths.push(self.thousandths(i32::from(advance)));
        }
        code
    }

    fn thousandths(&self, units: i32) -> i32 {
        (f64::from(units) * 1000.0 / f64::from(self.font.units_per_em())).round() as i32
    }

    fn subset_font(&self, face: Face) -> Result<ParsedFont, FontError> {
        let bytes = subsetter::subset(face.bytes(), 0, &self.subset).map_err(|error| FontError::Subset(face, error))?;
        let scaled = |units: i16| self.thousandths(i32::from(units)) as i16;
        let letters = (0u16..).zip(&self.letters);
        let box_of_all = self.font.global_bounding_box();
        // All measures are given in thousandths, since printpdf would cut the widths off instead of rounding them.
        Ok(ParsedFont {
            original_bytes: bytes,
            font_index: 0,
            font_name: Some(face.subset_name()),
            codepoint_to_glyph: letters.filter_map(|(code, letter)| Some((u32::from((*letter)?), code))).collect(),
            glyph_widths: (0u16..).zip(self.widths.iter().map(|&width| width as u16)).collect(),
            units_per_em: 1000,
            font_metrics: FontMetrics { ascent: scaled(self.font.ascender()), descent: scaled(self.font.descender()) },
            font_type: FontType::TrueType,
            pdf_font_metrics: PdfFontMetricsStub {
                units_per_em: 1000,
                x_min: scaled(box_of_all.x_min),
                y_min: scaled(box_of_all.y_min),
                x_max: scaled(box_of_all.x_max),
                y_max: scaled(box_of_all.y_max),
                caret_slope_rise: 1000,
                caret_slope_run: ((-self.font.italic_angle()).to_radians().tan() * 1000.0).round() as i16,
                us_weight_class: self.font.weight().to_number(),
            },
        })
    }
}
