//! The styles of a workbook: for each style of a marked cell one like it with the fill of a mark, and those of the list.

use std::collections::BTreeMap;

use super::error::NotMarked;
use super::markup::{Document, Edits, Element, Tag};
use super::shade::{Shade, kept, light_text, text_colour};
use crate::export::escape::escaped;
use crate::model::{FILL_OF_ERRORS, FILL_OF_NOTES, FILL_OF_WARNINGS, Weight, darkened, lightened};

/// Excel holds no more formats of cells (ECMA-376 leaves it open).
const MOST_FORMATS: usize = 65_000;

/// The order of the lists in the part, as the schema has it.
const ORDER: [&str; 11] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];

/// A part for a workbook that has none.
pub const NO_STYLES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
    "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>",
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>",
    "<fill><patternFill patternType=\"gray125\"/></fill></fills>",
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>",
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
    "<cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>",
    "</styleSheet>",
);

/// The fill of a weight.
pub fn fill_of(weight: Weight) -> [u8; 3] {
    match weight {
        Weight::Standing => FILL_OF_ERRORS,
        Weight::Warning => FILL_OF_WARNINGS,
        Weight::Explained | Weight::Info => FILL_OF_NOTES,
    }
}

/// A list of the part: its elements as they are written, and those that are added.
struct List {
    written: Vec<String>,
    known: BTreeMap<String, usize>,
    first_added: usize,
}

impl List {
    fn of(document: &Document<'_>, name: &str) -> Self {
        let list = document.child(document.root(), name);
        let elements = list.map(|list| document.children(list).map(|one| document.written(one).to_owned()).collect());
        let written: Vec<String> = elements.unwrap_or_default();
        let mut known = BTreeMap::new();
        for (index, one) in written.iter().enumerate() {
            known.entry(one.clone()).or_insert(index);
        }
        Self { first_added: written.len(), written, known }
    }

    /// The number of an element, which is added where there is none that is written alike.
    fn number(&mut self, written: String) -> usize {
        if let Some(index) = self.known.get(&written) {
            return *index;
        }
        let index = self.written.len();
        self.known.insert(written.clone(), index);
        self.written.push(written);
        index
    }
}

/// The styles of a workbook while its cells are marked.
pub struct Styles {
    part: String,
    prefix: String,
    formats: List,
    fonts: List,
    fills: List,
    cells: List,
    marked: BTreeMap<(usize, [u8; 3]), usize>,
    cleaned: BTreeMap<usize, Option<usize>>,
}

impl Styles {
    /// The styles that a part holds.
    ///
    /// # Errors
    /// [`NotMarked`], where they are not understood; `name` is the part's.
    pub fn read(part: String, name: &str) -> Result<Self, NotMarked> {
        let document = Document::parse(&part, "").map_err(|why| why.of(name))?;
        let prefix = document.prefix(document.root()).to_owned();
        let list = |name: &str| List::of(&document, name);
        let (formats, fonts, fills, cells) = (list("numFmts"), list("fonts"), list("fills"), list("cellXfs"));
        let (marked, cleaned) = (BTreeMap::new(), BTreeMap::new());
        let mut styles = Self { part, prefix, formats, fonts, fills, cells, marked, cleaned };
        styles.lay_foundation();
        Ok(styles)
    }

    /// What a list has to begin with, where it is missing: style 0 is that of cells that name none, fills 0 and 1 are Excel's.
    fn lay_foundation(&mut self) {
        let prefix = self.prefix.clone();
        if self.fonts.written.is_empty() {
            self.fonts.number(format!(
                "<{prefix}font><{prefix}sz val=\"11\"/><{prefix}name val=\"Calibri\"/></{prefix}font>"
            ));
        }
        if self.fills.written.is_empty() {
            for pattern in ["none", "gray125"] {
                self.fills
                    .number(format!("<{prefix}fill><{prefix}patternFill patternType=\"{pattern}\"/></{prefix}fill>"));
            }
        }
        if self.cells.written.is_empty() {
            self.cells.number(format!("<{prefix}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"));
        }
    }

    /// Whether a style of the workbook has the fill of a mark, as after an officer worked on a marked copy.
    pub fn has_marks(&self) -> bool {
        self.fills.written.iter().any(|fill| Shade(fill).is_mark())
    }

    /// The style of a cell of that style once it is marked.
    ///
    /// # Errors
    /// [`NotMarked`], where the workbook would have more styles than Excel holds.
    pub fn marked(&mut self, style: usize, weight: Weight, part: &str) -> Result<usize, NotMarked> {
        // A cell of a style that is not there looks like one that names none.
        let style = if style < self.cells.written.len() { style } else { 0 };
        let fill = fill_of(weight);
        if let Some(marked) = self.marked.get(&(style, fill)) {
            return Ok(*marked);
        }
        if self.cells.written.len() >= MOST_FORMATS {
            return Err(NotMarked::TooLarge(part.to_owned()));
        }
        let mut format = self.before_mark(style).unwrap_or_else(|| self.cells.written[style].clone());
        let before = self.shade_of(&format).and_then(|shade| shade.colour()).map(|colour| kept(&colour));
        let dark = self.font_of(&format).and_then(|font| with_colour(font, &digits(darkened(light_text(font)?))));
        set_number(&mut format, "fillId", self.fill(&digits(fill), before.as_deref()));
        set_number(&mut format, "applyFill", 1);
        if let Some(dark) = dark {
            set_number(&mut format, "fontId", self.fonts.number(dark));
            set_number(&mut format, "applyFont", 1);
        }
        let marked = self.cells.number(format);
        self.marked.insert((style, fill), marked);
        Ok(marked)
    }

    /// The style that a marked cell had before; none of a style that is no mark's.
    pub fn cleaned(&mut self, style: usize) -> Option<usize> {
        if let Some(cleaned) = self.cleaned.get(&style) {
            return *cleaned;
        }
        let cleaned = self.before_mark(style).map(|format| self.cells.number(format));
        self.cleaned.insert(style, cleaned);
        cleaned
    }

    /// The format of a marked cell as it was before, as it is written; none of one that is no mark's.
    fn before_mark(&mut self, style: usize) -> Option<String> {
        let mut format = self.cells.written.get(style)?.clone();
        let shade = self.shade_of(&format).filter(Shade::is_mark)?;
        let before = shade.before();
        let light = self.font_of(&format).and_then(|font| with_colour(font, &digits(lightened(text_colour(font)?)?)));
        let fill = before.map_or(0, |colour| self.solid(&colour, "indexed=\"64\""));
        set_number(&mut format, "fillId", fill);
        if let Some(light) = light {
            set_number(&mut format, "fontId", self.fonts.number(light));
        }
        Some(format)
    }

    /// The number of a style with words of its own: the list's. `alignment` are its attributes.
    pub fn of_list(&mut self, look: &Look<'_>) -> usize {
        let prefix = self.prefix.clone();
        let colour = look.ink.map(|ink| format!("<{prefix}color rgb=\"FF{ink}\"/>")).unwrap_or_default();
        let bold = if look.is_bold { format!("<{prefix}b/>") } else { String::new() };
        let underlined = if look.is_link { format!("<{prefix}u/>") } else { String::new() };
        let font = self.fonts.number(format!(
            "<{prefix}font>{bold}{underlined}<{prefix}sz val=\"{}\"/>{colour}<{prefix}name val=\"Calibri\"/>\
             <{prefix}family val=\"2\"/></{prefix}font>",
            look.size
        ));
        let fill = look.fill.map_or(0, |fill| self.fill(fill, None));
        let format = look.format.map_or(0, |code| self.format(code));
        let side = if look.is_to_right { "right" } else { "left" };
        let wrap = if look.is_wrapped { " wrapText=\"1\"" } else { "" };
        self.cells.number(format!(
            "<{prefix}xf numFmtId=\"{format}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"0\" applyNumberFormat=\"1\" \
             applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\"><{prefix}alignment horizontal=\"{side}\" vertical=\"top\"{wrap}/></{prefix}xf>"
        ))
    }

    /// The part with what was added.
    ///
    /// # Errors
    /// [`NotMarked`], where it is not understood; `name` is the part's.
    pub fn finish(self, name: &str) -> Result<String, NotMarked> {
        let document = Document::parse(&self.part, "").map_err(|why| why.of(name))?;
        let mut edits = Edits::default();
        for (name, list) in
            [("numFmts", &self.formats), ("fonts", &self.fonts), ("fills", &self.fills), ("cellXfs", &self.cells)]
        {
            let added = list.written[list.first_added..].concat();
            if added.is_empty() {
                continue;
            }
            let count = list.written.len().to_string();
            match document.child(document.root(), name) {
                Some(element) => {
                    edits.set(&document, element, "count", &count);
                    edits.append(&document, element, &added);
                }
                None => {
                    let prefix = &self.prefix;
                    let whole = format!("<{prefix}{name} count=\"{count}\">{added}</{prefix}{name}>");
                    match first_after(&document, name) {
                        Some(next) => edits.insert(next.open.start, whole),
                        None => edits.append(&document, document.root(), &whole),
                    }
                }
            }
        }
        Ok(edits.made(&self.part))
    }

    fn shade_of(&self, format: &str) -> Option<Shade<'_>> {
        Some(Shade(self.fills.written.get(Tag(first_tag(format)).number::<usize>("fillId")?)?))
    }

    fn font_of(&self, format: &str) -> Option<&str> {
        self.fonts.written.get(Tag(first_tag(format)).number::<usize>("fontId")?).map(String::as_str)
    }

    /// A fill of a colour, that keeps the one that was there before as its second, which nobody sees.
    fn fill(&mut self, colour: &str, before: Option<&str>) -> usize {
        self.solid(&format!("rgb=\"FF{colour}\""), before.unwrap_or("indexed=\"64\""))
    }

    fn solid(&mut self, colour: &str, behind: &str) -> usize {
        let prefix = &self.prefix;
        let fill = format!(
            "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor {colour}/>\
             <{prefix}bgColor {behind}/></{prefix}patternFill></{prefix}fill>"
        );
        self.fills.number(fill)
    }

    fn format(&mut self, code: &str) -> usize {
        let written = escaped(code);
        let number = |element: &String| Tag(first_tag(element)).number::<usize>("numFmtId");
        let known = self.formats.written.iter().find(|one| one.contains(&format!("formatCode=\"{written}\"")));
        if let Some(number) = known.and_then(number) {
            return number;
        }
        // Numbers below 164 are Excel's own.
        let free = self.formats.written.iter().filter_map(number).max().unwrap_or(0).max(163) + 1;
        let prefix = self.prefix.clone();
        self.formats.number(format!("<{prefix}numFmt numFmtId=\"{free}\" formatCode=\"{written}\"/>"));
        free
    }
}

/// How a cell of the list looks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look<'a> {
    /// In points.
    pub size: u32,
    /// Bold.
    pub is_bold: bool,
    /// Underlined, as links are.
    pub is_link: bool,
    /// Broken into lines.
    pub is_wrapped: bool,
    /// Set to the right, as amounts are.
    pub is_to_right: bool,
    /// The colour of the text, as six hexadecimal digits.
    pub ink: Option<&'a str>,
    /// The fill, as six hexadecimal digits.
    pub fill: Option<&'a str>,
    /// The number format.
    pub format: Option<&'a str>,
}

/// A colour as six hexadecimal digits.
pub fn digits(colour: [u8; 3]) -> String {
    colour.iter().map(|channel| format!("{channel:02X}")).collect()
}

fn first_after<'d>(document: &'d Document<'_>, name: &str) -> Option<&'d Element> {
    let place = ORDER.iter().position(|one| *one == name)?;
    document.children(document.root()).find(|child| ORDER[place + 1..].contains(&document.name(child)))
}

/// The tag that opens an element, of the element as it is written.
pub fn first_tag(element: &str) -> &str {
    let mut quote = None;
    for (at, character) in element.char_indices() {
        match (quote, character) {
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), character) if open == character => quote = None,
            (None, '>') => return &element[..=at],
            _ => {}
        }
    }
    element
}

fn set_number(element: &mut String, name: &str, number: usize) {
    let tag = first_tag(element);
    let changed = Tag(tag).with(name, &number.to_string());
    *element = changed + &element[tag.len()..];
}

/// A font with another colour.
fn with_colour(font: &str, colour: &str) -> Option<String> {
    let document = Document::parse(font, "").ok()?;
    let prefix = document.prefix(document.root());
    let written = format!("<{prefix}color rgb=\"FF{colour}\"/>");
    let mut edits = Edits::default();
    edits.replace(document.child(document.root(), "color")?.whole(), written);
    Some(edits.made(font))
}

/// The colour of eight or six hexadecimal digits.
pub fn colour_of(text: &str) -> Option<[u8; 3]> {
    let digits = text.get(text.len().checked_sub(6)?..)?;
    let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([channel(0)?, channel(2)?, channel(4)?])
}
