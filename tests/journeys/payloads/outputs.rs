//! What is in an output besides its words: elements of a page, formulas and links of a workbook, actions of a PDF.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use lopdf::{Document, Object};
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::support::marks::marks_of;

/// A page, taken apart.
#[derive(Debug, Default)]
pub struct Page {
    /// Each element: its name, the names of its attributes, and the value of each that leads somewhere or runs something.
    pub elements: Vec<String>,
    /// The words of each element that holds no other, with single spaces, entities read.
    pub texts: Vec<String>,
    /// The content of its style sheets and of its scripts.
    pub styles: Vec<String>,
}

impl Page {
    /// Takes a page apart. It must be written as our own pages are: a `<` stands nowhere but before a tag, the values of
    /// attributes stand in double quotes, and an `&` begins an entity.
    pub fn of(html: &str) -> Self {
        let mut page = Self::default();
        let mut rest = html;
        while let Some((text, after)) = rest.split_once('<') {
            page.text(text);
            rest = page.tag(after);
        }
        page.text(rest);
        page
    }

    /// The kinds of elements, each once.
    pub fn kinds(&self) -> BTreeSet<&str> {
        self.elements.iter().map(String::as_str).collect()
    }

    fn text(&mut self, text: &str) {
        assert!(!text.contains('>') && !text.contains('"') && !text.contains('\''), "not escaped: {text}");
        let words = unescaped(text).split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            self.texts.push(words);
        }
    }

    /// Takes a tag, and gives what follows it.
    fn tag<'h>(&mut self, tag: &'h str) -> &'h str {
        if let Some(rest) = tag.strip_prefix("!DOCTYPE html>") {
            return rest;
        }
        let end = tag.find(|character: char| !character.is_ascii_alphanumeric() && character != '/').unwrap();
        let (name, mut rest) = tag.split_at(end);
        assert!(!name.is_empty(), "a lone < before {}", tag.chars().take(40).collect::<String>());
        let mut shown = name.to_owned();
        while let Some(attribute) = rest.strip_prefix(' ') {
            let end = attribute.find(['=', ' ', '>', '/']).unwrap();
            let (attribute, after) = attribute.split_at(end);
            rest = after;
            let mut value = "";
            if let Some(quoted) = after.strip_prefix("=\"") {
                (value, rest) = quoted.split_once('"').unwrap();
                assert!(!value.contains(['<', '>']), "not escaped: {value}");
                unescaped(value);
            }
            shown.push_str(&format!(" {attribute}"));
            let leads = matches!(attribute, "href" | "src" | "style" | "class" | "xlink:href" | "action" | "srcdoc");
            // Where a link within the page leads is counted over the page; what findings there are moves it.
            // A short text is kept on one line.
            if attribute == "class" && value == "whole" {
                shown.truncate(shown.len() - " class".len());
            } else if (leads && !value.starts_with('#')) || attribute.starts_with("on") {
                shown.push_str(&format!("={value}"));
            }
        }
        rest = rest.trim_start_matches('/').strip_prefix('>').expect("the end of a tag");
        self.elements.push(shown);
        let ends = ["</style>", "</script>"];
        if let Some(end) = ends.into_iter().find(|end| end[2..].strip_suffix('>') == Some(name)) {
            let (content, after) = rest.split_once(end).unwrap();
            self.styles.push(content.to_owned());
            return after;
        }
        rest
    }
}

/// A text without its entities; one that is not of our own is a fault.
fn unescaped(text: &str) -> String {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, after) = part.split_once(';').unwrap_or_else(|| panic!("a lone & before {part}"));
        plain.push(match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "#39" => '\'',
            other => panic!("the entity {other} is none of ours"),
        });
        plain.push_str(after);
    }
    plain
}

/// What a workbook does besides holding values.
#[derive(Debug, PartialEq, Eq)]
pub struct Active {
    /// The names of its parts.
    pub parts: Vec<String>,
    /// Each formula, with its part.
    pub formulas: BTreeSet<(String, String)>,
    /// Each link within the workbook, with its part and where it leads.
    pub links: BTreeSet<(String, String)>,
    /// Each relationship: part, target, and whether it leads out.
    pub relationships: BTreeSet<(String, String, bool)>,
    /// Each defined name with what it stands for.
    pub names: BTreeSet<(String, String)>,
    /// How many cells there are of each type.
    pub types: BTreeMap<String, usize>,
}

impl Active {
    /// Reads every part of a package, each of which must be well-formed XML.
    pub fn of(bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut active = Self {
            parts: Vec::new(),
            formulas: BTreeSet::new(),
            links: BTreeSet::new(),
            relationships: BTreeSet::new(),
            names: BTreeSet::new(),
            types: BTreeMap::new(),
        };
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).unwrap();
            let name = part.name().unwrap().to_string();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            assert!(text.chars().all(is_xml), "{name} holds a character that XML does not allow");
            active.read(&name, &text);
            active.parts.push(name);
        }
        active.parts.sort();
        active
    }

    fn read(&mut self, part: &str, text: &str) {
        let mut reader = Reader::from_str(text);
        let mut inside = Vec::new();
        loop {
            let event = reader.read_event().unwrap_or_else(|error| panic!("{part}: {error}"));
            match &event {
                Event::Eof => break,
                Event::DocType(_) => panic!("{part} has a document type"),
                Event::Start(start) | Event::Empty(start) => {
                    let name: String = start.name().as_ref().to_owned();
                    let attribute = |wanted: &str| {
                        let found = start.attributes().map(|attribute| attribute.unwrap());
                        let mut found = found.filter(|attribute| attribute.key.as_ref() == wanted);
                        found.next().map(|attribute| attribute.value.to_string())
                    };
                    match name.as_str() {
                        "hyperlink" => {
                            let target = attribute("location").unwrap_or_default();
                            assert_eq!(attribute("r:id"), None, "{part}: a link that leads out");
                            self.links.insert((part.to_owned(), target));
                        }
                        "Relationship" => {
                            let leads_out = attribute("TargetMode").is_some();
                            let target = attribute("Target").unwrap_or_default();
                            self.relationships.insert((part.to_owned(), target, leads_out));
                        }
                        "c" => *self.types.entry(attribute("t").unwrap_or_default()).or_default() += 1,
                        "ddeLink" | "oleLink" | "externalReference" | "externalLink" | "dataBinding" => {
                            panic!("{part}: {name}")
                        }
                        _ => {}
                    }
                    if matches!(event, Event::Start(_)) {
                        inside.push(name);
                    }
                }
                Event::End(_) => drop(inside.pop()),
                Event::Text(words) => {
                    let words = words.to_string();
                    match inside.last().map(String::as_str) {
                        Some("f" | "totalsRowFormula" | "calculatedColumnFormula") => {
                            self.formulas.insert((part.to_owned(), words));
                        }
                        Some("definedName") => drop(self.names.insert((part.to_owned(), words))),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        assert!(inside.is_empty(), "{part} ends within {inside:?}");
    }
}

/// Whether XML allows a character (XML 1.0, production 2).
fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// What a PDF does besides being read.
#[derive(Debug, PartialEq, Eq)]
pub struct Actions {
    /// The kinds of its actions, such as `URI`, with where each leads.
    pub actions: BTreeSet<(String, String)>,
    /// The kinds of its annotations.
    pub annotations: BTreeSet<String>,
    /// Keys of dictionaries that run or embed something.
    pub keys: BTreeSet<String>,
}

impl Actions {
    /// Looks into every object of the file.
    pub fn of(bytes: &[u8]) -> Self {
        let file = Document::load_mem(bytes).unwrap();
        let mut found = Self { actions: BTreeSet::new(), annotations: BTreeSet::new(), keys: BTreeSet::new() };
        file.objects.values().for_each(|object| found.look(object));
        found.look(&Object::Dictionary(file.trailer.clone()));
        found
    }

    fn look(&mut self, object: &Object) {
        let dictionary = match object {
            Object::Array(items) => return items.iter().for_each(|item| self.look(item)),
            Object::Dictionary(dictionary) => dictionary,
            Object::Stream(stream) => &stream.dict,
            _ => return,
        };
        let name = |key: &[u8]| {
            let name = dictionary.get(key).and_then(Object::as_name).unwrap_or_default();
            String::from_utf8_lossy(name).into_owned()
        };
        if dictionary.has(b"URI") || ["JavaScript", "Launch", "GoToR", "SubmitForm"].contains(&name(b"S").as_str()) {
            let address = dictionary.get(b"URI").and_then(Object::as_str).unwrap_or_default();
            self.actions.insert((name(b"S"), String::from_utf8_lossy(address).into_owned()));
        }
        if name(b"Type") == "Annot" || dictionary.has(b"Rect") {
            self.annotations.insert(name(b"Subtype"));
        }
        for key in [&b"JS"[..], b"AA", b"OpenAction", b"EmbeddedFiles", b"AcroForm", b"XFA", b"Launch", b"F"] {
            if dictionary.has(key) {
                self.keys.insert(String::from_utf8_lossy(key).into_owned());
            }
        }
        dictionary.iter().for_each(|(_, value)| self.look(value));
    }
}

/// The words that are drawn on the pages of a PDF, without any space.
pub fn drawn(bytes: &[u8]) -> String {
    let file = Document::load_mem(bytes).unwrap();
    let marks = file.get_pages().into_values().flat_map(|page| marks_of(&file, page));
    marks.flat_map(|mark| mark.text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>()).collect()
}
