//! What is drawn on the pages of a PDF, by its marked contents.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Document, Object, ObjectId};

/// Something drawn between the opening and the end of marked content.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mark {
    /// The tag; empty for what is drawn outside any mark.
    pub tag: String,
    /// Its number on the page, unless it is an artifact.
    pub mcid: Option<usize>,
    /// Its text.
    pub text: String,
    /// Left edge and baseline of its first text, from the bottom left corner of the page.
    pub at: Option<(f32, f32)>,
}

/// The marked contents of a page, in the order of drawing.
pub fn marks_of(file: &Document, page: ObjectId) -> Vec<Mark> {
    let fonts: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = file
        .get_page_fonts(page)
        .unwrap()
        .into_iter()
        .map(|(name, font)| {
            let stream = file.dereference(font.get(b"ToUnicode").unwrap()).unwrap().1.as_stream().unwrap();
            let text = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            (name, texts_of_glyphs(&String::from_utf8(text).unwrap()))
        })
        .collect();
    let mut marks: Vec<Mark> = Vec::new();
    let (mut is_open, mut font) = (false, &BTreeMap::new());
    for operation in Content::decode(&file.get_page_content(page)).unwrap().operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BDC" => {
                assert!(!is_open, "marked content inside marked content");
                is_open = true;
                let tag = String::from_utf8(operands[0].as_name().unwrap().to_vec()).unwrap();
                let mcid = operands[1].as_dict().unwrap().get(b"MCID").and_then(Object::as_i64).ok();
                marks.push(Mark { tag, mcid: mcid.map(|mcid| mcid as usize), ..Mark::default() });
            }
            "EMC" => is_open = false,
            "Tf" => font = &fonts[operands[0].as_name().unwrap()],
            "Td" => {
                let at = (operands[0].as_float().unwrap(), operands[1].as_float().unwrap());
                if let Some(mark) = marks.last_mut() {
                    mark.at.get_or_insert(at);
                }
            }
            "TJ" | "Tj" | "'" | "\"" | "f" | "f*" | "S" | "s" | "B" | "b" | "sh" | "Do" => {
                if !is_open {
                    marks.push(Mark::default());
                }
                let mark = marks.last_mut().unwrap();
                let strings = operands.iter().flat_map(|operand| match operand {
                    Object::Array(items) => items.as_slice(),
                    single => std::slice::from_ref(single),
                });
                for code in strings.flat_map(|string| string.as_str().unwrap_or_default().chunks(2)) {
                    mark.text.push_str(&font[&u16::from_be_bytes([code[0], code[1]])]);
                }
            }
            _ => {}
        }
    }
    marks
}

fn texts_of_glyphs(map: &str) -> BTreeMap<u16, String> {
    let mut texts = BTreeMap::new();
    for line in map.lines() {
        if let Some((code, text)) =
            line.strip_prefix('<').and_then(|line| line.trim_end().strip_suffix('>')?.split_once("> <"))
        {
            let units: Vec<u16> = text
                .as_bytes()
                .chunks(4)
                .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).unwrap(), 16).unwrap())
                .collect();
            texts.insert(u16::from_str_radix(code, 16).unwrap(), String::from_utf16(&units).unwrap());
        }
    }
    texts
}
