//! Our own check of the fonts: the widths that the file gives are those of the glyphs that it carries.

use lopdf::{Dictionary, Document, Object};
use rustybuzz::ttf_parser::{Face, GlyphId};

/// What is wrong with the widths of a file's fonts, one sentence each. Fonts that are not carried are left out: the
/// checker finds them.
pub fn faults(bytes: &[u8]) -> Vec<String> {
    let file = Document::load_mem(bytes).unwrap();
    let composite = file.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"DescendantFonts").ok());
    composite.filter_map(|fonts| faults_of(&file, descendant(&file, fonts)?)).collect()
}

/// The one font that a composite font is made of; it may stand within it.
fn descendant<'a>(file: &'a Document, fonts: &'a Object) -> Option<&'a Dictionary> {
    let fonts = file.dereference(fonts).ok()?.1.as_array().ok()?;
    file.dereference(fonts.first()?).ok()?.1.as_dict().ok()
}

fn faults_of(file: &Document, font: &Dictionary) -> Option<String> {
    let descriptor = file.dereference(font.get(b"FontDescriptor").ok()?).ok()?.1.as_dict().ok()?;
    let program = file.dereference(descriptor.get(b"FontFile2").ok()?).ok()?.1.as_stream().ok()?;
    let program = program.decompressed_content().unwrap_or_else(|_| program.content.clone());
    let face = Face::parse(&program, 0).ok()?;
    let widths = file.dereference(font.get(b"W").ok()?).ok()?.1.as_array().ok()?;
    let wrong = widths_of(widths).into_iter().find(|&(glyph, given)| {
        let own = f64::from(face.glyph_hor_advance(GlyphId(glyph)).unwrap_or_default());
        // Readers take a whole unit of a thousandth as the same.
        (own * 1000.0 / f64::from(face.units_per_em()) - given).abs() > 1.0
    });
    wrong.map(|(glyph, given)| format!("glyph {glyph} of a font has another width than the {given} given"))
}

/// The glyphs with their widths: `first [width width …]` (ISO 32000-1, 9.7.4.3).
fn widths_of(widths: &[Object]) -> Vec<(u16, f64)> {
    let mut found = Vec::new();
    for pair in widths.chunks(2) {
        let first = pair[0].as_i64().unwrap();
        for (index, width) in pair[1].as_array().unwrap().iter().enumerate() {
            found.push((u16::try_from(first).unwrap() + index as u16, f64::from(width.as_float().unwrap())));
        }
    }
    assert!(!found.is_empty(), "a font without widths");
    found
}
