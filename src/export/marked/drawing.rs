//! The boxes of comments (VML), which Excel draws when the pointer is over a cell. Excel's own VML is not always well formed,
//! so it is taken as text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::comments::Patched;
use super::error::NotMarked;
use super::measures::Measures;
use crate::model::Position;

/// A block of numbers of shapes: each drawing has blocks of its own.
const BLOCK: usize = 1024;
const END: &str = "</xml>";
const SHAPE: &str = "<v:shape";
const SHAPE_END: &str = "</v:shape>";

/// The namespaces of drawings, each with the prefix that Excel gives it.
const PREFIXES: [(&str, &str); 3] = [
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("x", "urn:schemas-microsoft-com:office:excel"),
];

/// Which blocks of numbers no drawing of the workbook has.
#[derive(Debug)]
pub struct Blocks(usize);

impl Blocks {
    /// Those after the blocks of all drawings of a workbook.
    pub fn after<'d>(drawings: impl Iterator<Item = &'d str>) -> Self {
        Self(drawings.flat_map(blocks_of).max().unwrap_or(0))
    }

    /// So many numbers, in blocks that are the drawing's alone.
    fn take(&mut self, count: usize) -> Vec<usize> {
        let first = self.0 + 1;
        self.0 += count.div_ceil(BLOCK - 1).max(1);
        (first..=self.0).collect()
    }
}

/// The blocks that a drawing has, by what it says of itself.
fn blocks_of(drawing: &str) -> Vec<usize> {
    let drawing = &*usual_prefixes(drawing);
    let Some((_, rest)) = drawing.split_once("<o:idmap") else { return Vec::new() };
    let Some((tag, _)) = rest.split_once('>') else { return Vec::new() };
    let Some((_, data)) = tag.split_once("data=") else { return Vec::new() };
    let data = data.trim_start_matches(['"', '\'']).split(['"', '\'']).next().unwrap_or_default();
    data.split(',').filter_map(|block| block.trim().parse().ok()).collect()
}

/// A drawing with boxes for these comments.
pub fn new(notes: &BTreeMap<Position, &str>, measures: &Measures, blocks: &mut Blocks) -> String {
    let taken = blocks.take(notes.len());
    let data = taken.iter().map(usize::to_string).collect::<Vec<_>>().join(",");
    format!(
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" \
         data=\"{data}\"/></o:shapelayout>{}{}{END}",
        shape_type(),
        boxes(notes, measures, &taken)
    )
}

/// A drawing with boxes taken out and others added; those of comments with other words get their size.
///
/// # Errors
/// [`NotMarked`], where the part, `name`, is not as Excel writes it.
pub fn patch(
    drawing: &str,
    patched: &Patched,
    notes: &BTreeMap<Position, &str>,
    measures: &Measures,
    blocks: &mut Blocks,
    name: &str,
) -> Result<String, NotMarked> {
    let refused = || NotMarked::Part(name.to_owned());
    let mut kept = redrawn(&usual_prefixes(drawing), patched, measures);
    if notes.is_empty() {
        return Ok(kept);
    }
    for prefix in ["xmlns:v=", "xmlns:o=", "xmlns:x="] {
        if !kept.contains(prefix) {
            return Err(refused());
        }
    }
    let taken = blocks.take(notes.len());
    let mut added = String::new();
    if !kept.contains("_x0000_t202") {
        added.push_str(shape_type());
    }
    added.push_str(&boxes(notes, measures, &taken));
    let end = kept.rfind(END).ok_or_else(refused)?;
    kept.insert_str(end, &added);
    Ok(with_blocks(&kept, &taken))
}

/// The drawing with Excel's prefixes: other programs write others, such as `ns1:shape` for `v:shape`.
fn usual_prefixes(drawing: &str) -> Cow<'_, str> {
    let declared = |namespace: &str| {
        let (before, _) = drawing.split_once(&format!("=\"{namespace}\""))?;
        before.rsplit_once("xmlns:").map(|(_, prefix)| prefix)
    };
    let mut usual = Cow::Borrowed(drawing);
    for (prefix, namespace) in PREFIXES {
        let Some(other) = declared(namespace).filter(|other| *other != prefix) else { continue };
        for (before, after) in [("<", ":"), ("</", ":"), (" ", ":"), ("xmlns:", "=")] {
            let (other, prefix) = (format!("{before}{other}{after}"), format!("{before}{prefix}{after}"));
            usual = Cow::Owned(usual.replace(&other, &prefix));
        }
    }
    usual
}

/// The drawing, which says that further blocks are its own.
fn with_blocks(drawing: &str, taken: &[usize]) -> String {
    let all: Vec<String> = blocks_of(drawing).iter().chain(taken).map(usize::to_string).collect();
    let Some(map) = drawing.find("<o:idmap") else { return drawing.to_owned() };
    let Some(data) = drawing[map..].find("data=").map(|offset| map + offset + "data=".len()) else {
        return drawing.to_owned();
    };
    let quote = drawing[data..].chars().next().unwrap_or('"');
    let Some(length) = drawing[data + 1..].find(quote) else { return drawing.to_owned() };
    format!("{}{}{}", &drawing[..=data], all.join(","), &drawing[data + 1 + length..])
}

/// The drawing without the boxes of comments that are gone, and with those in their new size whose words are others.
fn redrawn(drawing: &str, patched: &Patched, measures: &Measures) -> String {
    let mut kept = String::with_capacity(drawing.len());
    let mut at = 0;
    for (start, end) in shapes(drawing) {
        let shape = &drawing[start..end];
        let Some(cell) = cell_of(shape) else { continue };
        if patched.removed.contains(&cell) {
            kept.push_str(&drawing[at..start]);
            at = end;
        } else if let Some(words) = patched.changed.get(&cell) {
            kept.push_str(&drawing[at..start]);
            kept.push_str(&resized(shape, &measures.anchor(cell, words)));
            at = end;
        }
    }
    kept + &drawing[at..]
}

fn resized(shape: &str, anchor: &str) -> String {
    const ANCHOR: &str = "<x:Anchor>";
    let Some((before, rest)) = shape.split_once(ANCHOR) else { return shape.to_owned() };
    let Some((_, after)) = rest.split_once('<') else { return shape.to_owned() };
    format!("{before}{ANCHOR}{anchor}<{after}")
}

/// Where shapes begin and end.
fn shapes(drawing: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = drawing[at..].find(SHAPE).map(|offset| at + offset) {
        // The types of shapes begin with the same letters.
        if !drawing[start + SHAPE.len()..].starts_with(|next: char| next.is_whitespace() || next == '>') {
            at = start + SHAPE.len();
            continue;
        }
        let Some(end) = drawing[start..].find(SHAPE_END).map(|offset| start + offset + SHAPE_END.len()) else { break };
        found.push((start, end));
        at = end;
    }
    found
}

/// The cell whose comment a shape is the box of.
fn cell_of(shape: &str) -> Option<Position> {
    if !["ObjectType=\"Note\"", "ObjectType='Note'"].iter().any(|note| shape.contains(note)) {
        return None;
    }
    let number = |name: &str| -> Option<u32> {
        let (_, rest) = shape.split_once(&format!("<x:{name}>"))?;
        rest.split('<').next()?.trim().parse().ok()
    };
    Some(Position::new(number("Row")?, number("Column")?))
}

fn shape_type() -> &'static str {
    "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">\
     <v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
}

fn boxes(notes: &BTreeMap<Position, &str>, measures: &Measures, blocks: &[usize]) -> String {
    // The first number of a block is the drawing's own.
    let numbers = blocks.iter().flat_map(|block| block * BLOCK + 1..(block + 1) * BLOCK);
    let mut drawn = String::new();
    for ((order, (position, note)), number) in notes.iter().enumerate().zip(numbers) {
        let Position { row, column } = *position;
        let anchor = measures.anchor(*position, note);
        drawn.push_str(&format!(
            "<v:shape id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style='position:absolute;margin-left:60pt;\
             margin-top:2pt;width:240pt;height:80pt;z-index:{};visibility:hidden' fillcolor=\"#ffffe1\" \
             o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow color=\"black\" obscured=\"t\"/>\
             <v:path o:connecttype=\"none\"/><v:textbox style='mso-direction-alt:auto'><div style='text-align:left'>\
             </div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
             <x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>\
             <x:Column>{column}</x:Column></x:ClientData></v:shape>",
            order + 1
        ));
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_programs_prefixes_become_excels() {
        let other = "<xml xmlns:ns0=\"urn:schemas-microsoft-com:office:office\" xmlns:ns1=\"urn:schemas-microsoft-com:vml\" \
                     xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><ns0:idmap ns1:ext=\"edit\" data=\"1,3\"/>\
                     <ns1:shape ns0:insetmode=\"auto\"><x:Row>3</x:Row></ns1:shape></xml>";
        let usual = "<xml xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:v=\"urn:schemas-microsoft-com:vml\" \
                     xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:idmap v:ext=\"edit\" data=\"1,3\"/>\
                     <v:shape o:insetmode=\"auto\"><x:Row>3</x:Row></v:shape></xml>";
        assert_eq!(usual_prefixes(other), usual);
        assert_eq!(blocks_of(other), [1, 3]);
        // Excel's own is left as it is.
        assert!(matches!(usual_prefixes(usual), Cow::Borrowed(_)));
    }
}
