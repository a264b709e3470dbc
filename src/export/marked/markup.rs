//! A part's XML as text whose elements know where they stand, so that what is changed is spliced in and all else stays as it
//! was written.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

use super::error::NotMarked;

/// No part may have more elements, each of which takes about 100 bytes. Those of cells are not kept.
const MOST_ELEMENTS: usize = 2_000_000;

/// Why the elements of a part are not known.
#[derive(Debug, PartialEq, Eq)]
pub enum NotParsed {
    /// It is not well formed, or written in what no workbook is.
    NotUnderstood,
    /// It has too many.
    TooMany,
}

impl NotParsed {
    /// The same of a part.
    pub fn of(self, part: &str) -> NotMarked {
        match self {
            Self::NotUnderstood => NotMarked::Part(part.to_owned()),
            Self::TooMany => NotMarked::TooLarge(part.to_owned()),
        }
    }
}

/// The XML of a part: its text, and its elements in the order in which they begin.
pub struct Document<'t> {
    /// The text.
    pub text: &'t str,
    elements: Vec<Element>,
}

/// Where an element stands in the text, in bytes.
#[derive(Debug, Clone)]
pub struct Element {
    /// The place among the elements.
    index: usize,
    /// The index after those of all elements within.
    after: usize,
    /// The name, with its prefix.
    name: Range<usize>,
    /// The tag that opens it, with its brackets.
    pub open: Range<usize>,
    /// The tag that closes it; empty, right after the opening one, where that closes itself.
    pub close: Range<usize>,
}

impl Element {
    /// All of it, tags included.
    pub fn whole(&self) -> Range<usize> {
        self.open.start..self.close.end
    }

    /// What stands between its tags.
    pub fn content(&self) -> Range<usize> {
        self.open.end..self.close.start
    }

    /// Whether its tag closes itself.
    pub fn is_closed(&self) -> bool {
        self.close.is_empty()
    }
}

impl<'t> Document<'t> {
    /// The elements of a text. Those within elements of the name `closed`, which may be very many, are left out.
    ///
    /// # Errors
    /// [`NotParsed`], also of a text that declares entities or another encoding than UTF-8.
    pub fn parse(text: &'t str, closed: &str) -> Result<Self, NotParsed> {
        Self::parse_up_to(text, closed, MOST_ELEMENTS)
    }

    /// The same with another number of elements that are too many to be passed.
    fn parse_up_to(text: &'t str, closed: &str, most: usize) -> Result<Self, NotParsed> {
        let mut reader = Reader::from_str(text);
        let mut elements: Vec<Element> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        loop {
            let start = position(&reader)?;
            let event = reader.read_event().map_err(|_| NotParsed::NotUnderstood)?;
            let end = position(&reader)?;
            if elements.len() > most {
                return Err(NotParsed::TooMany);
            }
            match event {
                Event::Start(tag) => {
                    let element = Element {
                        index: elements.len(),
                        after: elements.len() + 1,
                        name: start + 1..start + 1 + tag.name().as_ref().len(),
                        open: start..end,
                        close: end..end,
                    };
                    let is_passed = tag.local_name().as_ref() == closed;
                    elements.push(element);
                    if is_passed {
                        let content = reader.read_to_end(tag.name()).map_err(|_| NotParsed::NotUnderstood)?;
                        let close =
                            usize::try_from(content.end).map_err(|_| NotParsed::NotUnderstood)?..position(&reader)?;
                        elements.last_mut().ok_or(NotParsed::NotUnderstood)?.close = close;
                    } else {
                        open.push(elements.len() - 1);
                    }
                }
                Event::Empty(tag) => elements.push(Element {
                    index: elements.len(),
                    after: elements.len() + 1,
                    name: start + 1..start + 1 + tag.name().as_ref().len(),
                    open: start..end,
                    close: end..end,
                }),
                Event::End(_) => {
                    let after = elements.len();
                    let element =
                        open.pop().and_then(|index| elements.get_mut(index)).ok_or(NotParsed::NotUnderstood)?;
                    element.close = start..end;
                    element.after = after;
                }
                Event::DocType(_) => return Err(NotParsed::NotUnderstood),
                Event::Decl(declaration) => {
                    if let Some(encoding) = declaration.encoding() {
                        let encoding = encoding.map_err(|_| NotParsed::NotUnderstood)?.to_ascii_lowercase();
                        if !matches!(encoding.as_str(), "utf-8" | "utf8") {
                            return Err(NotParsed::NotUnderstood);
                        }
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        if !open.is_empty() || elements.is_empty() {
            return Err(NotParsed::NotUnderstood);
        }
        Ok(Self { text, elements })
    }

    /// The element that holds all others.
    pub fn root(&self) -> &Element {
        &self.elements[0]
    }

    /// The elements right below one, in their order.
    pub fn children(&self, of: &Element) -> impl Iterator<Item = &Element> {
        let mut next = of.index + 1;
        let after = of.after;
        std::iter::from_fn(move || {
            let child = self.elements.get(next).filter(|_| next < after)?;
            next = child.after;
            Some(child)
        })
    }

    /// The first element of a name right below one; the prefix of names does not count.
    pub fn child(&self, of: &Element, name: &str) -> Option<&Element> {
        self.children(of).find(|child| self.name(child) == name)
    }

    /// The elements of a name anywhere below one.
    pub fn within(&self, of: &Element, name: &str) -> impl Iterator<Item = &Element> {
        self.elements[of.index + 1..of.after].iter().filter(move |element| self.name(element) == name)
    }

    /// The name of an element without its prefix.
    pub fn name(&self, element: &Element) -> &'t str {
        let name = &self.text[element.name.clone()];
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// The prefix of an element's name with its colon, which elements beside it need too; empty where it has none.
    pub fn prefix(&self, element: &Element) -> &'t str {
        let name = &self.text[element.name.clone()];
        name.rfind(':').map_or("", |colon| &name[..=colon])
    }

    /// The tag that opens an element.
    pub fn tag(&self, element: &Element) -> Tag<'t> {
        Tag(&self.text[element.open.clone()])
    }

    /// The value of an attribute, whatever its prefix.
    pub fn attribute(&self, element: &Element, name: &str) -> Option<Cow<'t, str>> {
        self.tag(element).value(name)
    }

    /// An element as it is written.
    pub fn written(&self, element: &Element) -> &'t str {
        &self.text[element.whole()]
    }
}

fn position(reader: &Reader<&[u8]>) -> Result<usize, NotParsed> {
    usize::try_from(reader.buffer_position()).map_err(|_| NotParsed::NotUnderstood)
}

/// A tag that opens an element, with its brackets.
#[derive(Debug, Clone, Copy)]
pub struct Tag<'t>(pub &'t str);

/// An attribute of a tag.
struct Attribute {
    name: Range<usize>,
    value: Range<usize>,
}

impl<'t> Tag<'t> {
    fn attributes(self) -> Vec<Attribute> {
        let text = self.0;
        let mut found = Vec::new();
        let mut at = text.find(|character: char| character.is_whitespace()).unwrap_or(text.len());
        while let Some(sign) = text[at..].find('=').map(|offset| at + offset) {
            let begins = text[..sign].trim_end().rfind(|character: char| character.is_whitespace());
            let name = begins.map_or(at, |space| space + 1)..text[..sign].trim_end().len();
            let Some(quote) = text[sign..].find(['"', '\'']).map(|offset| sign + offset) else { break };
            let Some(length) = text[quote + 1..].find(char::from(text.as_bytes()[quote])) else { break };
            found.push(Attribute { name, value: quote + 1..quote + 1 + length });
            at = quote + 2 + length;
        }
        found
    }

    fn attribute(self, name: &str) -> Option<Attribute> {
        let local = |attribute: &Attribute| {
            let whole = &self.0[attribute.name.clone()];
            whole != "xmlns" && !whole.starts_with("xmlns:") && whole.rsplit(':').next() == Some(name)
        };
        self.attributes().into_iter().find(local)
    }

    /// The value of an attribute, whatever its prefix, with its entities resolved.
    pub fn value(self, name: &str) -> Option<Cow<'t, str>> {
        let value = &self.0[self.attribute(name)?.value];
        Some(unescape(value).unwrap_or(Cow::Borrowed(value)))
    }

    /// The same as a number.
    pub fn number<N: std::str::FromStr>(self, name: &str) -> Option<N> {
        self.value(name)?.trim().parse().ok()
    }

    /// Whether an attribute says yes.
    pub fn is_on(self, name: &str) -> bool {
        self.value(name).is_some_and(|value| matches!(&*value, "1" | "true"))
    }

    /// The tag with another value of an attribute, which needs no escaping.
    pub fn with(self, name: &str, value: &str) -> String {
        match self.attribute(name) {
            Some(attribute) => {
                format!("{}{value}{}", &self.0[..attribute.value.start], &self.0[attribute.value.end..])
            }
            None => {
                let end = self.0.len() - if self.0.ends_with("/>") { 2 } else { 1 };
                format!("{} {name}=\"{value}\"{}", self.0[..end].trim_end(), &self.0[end..])
            }
        }
    }

    /// The tag without an attribute.
    pub fn without(self, name: &str) -> String {
        let Some(attribute) = self.attribute(name) else { return self.0.to_owned() };
        format!("{}{}", self.0[..attribute.name.start].trim_end(), &self.0[attribute.value.end + 1..])
    }
}

/// Changes to a text, which do not overlap.
#[derive(Debug, Default)]
pub struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts something in place of what stands there.
    pub fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.0.push((range, with.into()));
    }

    /// Puts something in at a place.
    pub fn insert(&mut self, at: usize, what: impl Into<String>) {
        self.0.push((at..at, what.into()));
    }

    /// Puts something in as the last of an element's content.
    pub fn append(&mut self, document: &Document<'_>, element: &Element, what: &str) {
        if element.is_closed() {
            let name = &document.text[element.name.clone()];
            self.replace(element.open.end - 2..element.open.end, format!(">{what}</{name}>"));
        } else {
            self.insert(element.close.start, what);
        }
    }

    /// Gives an element another value of an attribute; one change an element.
    pub fn set(&mut self, document: &Document<'_>, element: &Element, name: &str, value: &str) {
        let tag = document.tag(element);
        match tag.attribute(name) {
            Some(attribute) => {
                let start = element.open.start;
                self.replace(start + attribute.value.start..start + attribute.value.end, value);
            }
            None => {
                let end = element.open.end - if tag.0.ends_with("/>") { 2 } else { 1 };
                self.insert(end, format!(" {name}=\"{value}\""));
            }
        }
    }

    /// Takes further changes.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with the changes made. Of two at one place the earlier comes first.
    pub fn made(mut self, text: &str) -> String {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let added: usize = self.0.iter().map(|(_, what)| what.len()).sum();
        let mut made = String::with_capacity(text.len() + added);
        let mut at = 0;
        for (range, what) in self.0 {
            made.push_str(text.get(at..range.start).unwrap_or_default());
            made.push_str(&what);
            at = at.max(range.end);
        }
        made.push_str(&text[at..]);
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_counted() {
        let text = "<a><b/><c><d/></c></a>";
        assert!(Document::parse_up_to(text, "", 4).is_ok());
        assert_eq!(Document::parse_up_to(text, "", 3).err(), Some(NotParsed::TooMany));
        assert!(Document::parse_up_to(text, "c", 3).is_ok(), "what is passed over is not counted");
        let said = NotParsed::TooMany.of("xl/a.xml").to_string();
        assert_eq!(said, "A part of the workbook, xl/a.xml, is too large to be marked.");
    }
}
