//! The little of XML that a workbook's comments need: tags, their attributes, and the text between them.
//!
//! What is not well formed gives fewer pieces, never an error: a comment that cannot be read keeps nothing else from it.

use std::borrow::Cow;

/// A piece of a text in XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'x> {
    /// A tag that opens an element; one that is empty is closed right after.
    Open(Tag<'x>),
    /// The name of the element that ends.
    Close(&'x str),
    /// The text between tags, its entities resolved.
    Text(Cow<'x, str>),
}

/// A tag that opens an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'x> {
    /// The name without its prefix.
    pub name: &'x str,
    attributes: &'x str,
}

impl<'x> Tag<'x> {
    /// The value of the attribute of that name, whatever its prefix.
    pub fn attribute(&self, name: &str) -> Option<Cow<'x, str>> {
        let mut rest = self.attributes;
        while let Some((key, after)) = rest.split_once('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let (value, more) = after[1..].split_once(quote)?;
            if local(key.trim()) == name {
                return Some(resolved(value));
            }
            rest = more;
        }
        None
    }
}

/// The pieces of a text in XML, in its order.
pub(super) struct Pieces<'x> {
    rest: &'x str,
    /// The element of an empty tag, which is closed next.
    closes: Option<&'x str>,
}

/// The pieces of a text in XML.
pub(super) fn pieces(xml: &str) -> Pieces<'_> {
    Pieces { rest: xml, closes: None }
}

impl<'x> Iterator for Pieces<'x> {
    type Item = Piece<'x>;

    fn next(&mut self) -> Option<Piece<'x>> {
        if let Some(name) = self.closes.take() {
            return Some(Piece::Close(name));
        }
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(markup) = self.rest.strip_prefix('<') else {
                let text = self.through(self.rest.find('<').unwrap_or(self.rest.len()));
                return Some(Piece::Text(resolved(text)));
            };
            if markup.starts_with("!--") {
                self.past("-->");
            } else if markup.starts_with("![CDATA[") {
                let text = self.past("]]>");
                return Some(Piece::Text(text.strip_prefix("<![CDATA[").unwrap_or_default().into()));
            } else if markup.starts_with('?') {
                self.past("?>");
            } else if markup.starts_with('!') {
                self.past(">");
            } else {
                return Some(self.tag());
            }
        }
    }
}

impl<'x> Pieces<'x> {
    /// Takes so many bytes.
    fn through(&mut self, length: usize) -> &'x str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Takes what stands before an ending, and passes over the ending.
    fn past(&mut self, ending: &str) -> &'x str {
        let (taken, rest) = self.rest.split_once(ending).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn tag(&mut self) -> Piece<'x> {
        let length = end_of_tag(self.rest);
        let inside = self.through(length).trim_start_matches('<').trim_end_matches('>');
        if let Some(name) = inside.strip_prefix('/') {
            return Piece::Close(local(name.trim()));
        }
        let (inside, is_empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let name_ends = inside.find(char::is_whitespace).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_ends);
        let tag = Tag { name: local(name), attributes };
        self.closes = is_empty.then_some(tag.name);
        Piece::Open(tag)
    }
}

/// How long a tag is: a `>` between quotes does not end it.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// A name without its prefix: `xdr:from` is `from`.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// A text with its entities resolved; one that is not known stays as it is.
fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        written.push_str(before);
        match after.split_once(';').and_then(|(entity, more)| Some((character(entity)?, more))) {
            Some((character, more)) => {
                written.push(character);
                rest = more;
            }
            None => {
                written.push('&');
                rest = after;
            }
        }
    }
    written.push_str(rest);
    written.into()
}

fn character(entity: &str) -> Option<char> {
    let number = |digits: &str, radix: u32| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match entity.strip_prefix("#x").or_else(|| entity.strip_prefix("#X")) {
            Some(digits) => number(digits, 16),
            None => number(entity.strip_prefix('#')?, 10),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(xml: &str) -> Vec<String> {
        let show = |piece| match piece {
            Piece::Open(tag) => format!("<{} {:?}", tag.name, tag.attribute("ref").as_deref().unwrap_or_default()),
            Piece::Close(name) => format!("/{name}"),
            Piece::Text(text) => format!("{text:?}"),
        };
        pieces(xml).map(show).collect()
    }

    #[test]
    fn tags_texts_and_what_is_passed_over() {
        assert_eq!(
            shown("<?xml version=\"1.0\"?><!-- a > b --><x:c x:ref = 'B>4' b=\"1\"><t/>a &lt;b&#39;&#x43;</x:c>"),
            ["<c \"B>4\"", "<t \"\"", "/t", "\"a <b'C\"", "/c"]
        );
        assert_eq!(shown("<t><![CDATA[a & <b>]]></t>"), ["<t \"\"", "\"a & <b>\"", "/t"]);
    }

    #[test]
    fn what_is_not_well_formed_ends() {
        assert_eq!(shown("<c ref=\"B4>text"), ["<c \"\""]);
        assert_eq!(shown("a & b &nbsp; &#x110000; <"), ["\"a & b &nbsp; &#x110000; \"", "< \"\""]);
        assert_eq!(shown("<!-- never closed"), [""; 0]);
        assert_eq!(shown(""), [""; 0]);
    }
}
