//! XML, piece by piece, as workbooks are written in it: names without their prefixes, entities resolved.
//!
//! What is not well formed ends where it breaks, and never is an error: whoever needs the whole says so.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// The pieces of an XML part, read as they are asked for, so that a long part takes no more memory than a short one.
pub(super) struct Markup<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    has_ended: bool,
}

impl<R: BufRead> Markup<R> {
    /// The pieces of what a source holds.
    pub fn new(source: R) -> Self {
        let mut reader = Reader::from_reader(source);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        // An element that is empty is closed right after, so that nobody need ask which of the two it is.
        config.expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), has_ended: false }
    }

    /// The next piece; none at the end, and where it is not well formed.
    pub fn piece(&mut self) -> Option<Event<'_>> {
        if self.has_ended {
            return None;
        }
        self.buffer.clear();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) | Err(_) => {
                self.has_ended = true;
                None
            }
            Ok(piece) => Some(piece),
        }
    }

    /// The next tag that opens an element; what lies between is passed over.
    pub fn tag(&mut self) -> Option<BytesStart<'static>> {
        loop {
            if let Event::Start(tag) = self.piece()? {
                return Some(tag.into_owned());
            }
        }
    }

    /// The text from here to the end of the element of that name, that of elements within it included.
    pub fn text_to_end_of(&mut self, name: &str) -> String {
        let mut whole = String::new();
        while let Some(piece) = self.piece() {
            match piece {
                Event::End(end) if end.local_name().as_ref() == name => break,
                piece => whole.push_str(&text(&piece)),
            }
        }
        whole
    }
}

/// The name of an element without its prefix: `xdr:from` is `from`.
pub(super) fn name<'t>(tag: &'t BytesStart<'_>) -> &'t str {
    tag.local_name().into_inner()
}

/// The value of the attribute of that name, whatever its prefix. An entity that is not known stays as it is.
pub(super) fn attribute<'t>(tag: &'t BytesStart<'_>, name: &str) -> Option<Cow<'t, str>> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    if !found.value.contains('&') {
        return Some(found.value);
    }
    Some(unescape(&found.value).map(Cow::into_owned).map_or(found.value, Cow::Owned))
}

/// The attribute of that name as what its text says, such as a number or a cell; none when it says no such thing.
pub(super) fn parsed<T: std::str::FromStr>(tag: &BytesStart<'_>, name: &str) -> Option<T> {
    attribute(tag, name)?.trim().parse().ok()
}

/// Whether the attribute of that name says yes.
pub(super) fn is_on(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| matches!(&*value, "1" | "true"))
}

/// What a piece between tags says: text, or a character that is written as an entity; empty of any other piece.
pub(super) fn text<'p>(piece: &'p Event<'_>) -> Cow<'p, str> {
    match piece {
        Event::Text(text) => Cow::Borrowed(text),
        Event::CData(text) => Cow::Borrowed(text),
        Event::GeneralRef(entity) => {
            let written = format!("&{};", &**entity);
            unescape(&written).map(Cow::into_owned).unwrap_or(written).into()
        }
        _ => Cow::Borrowed(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(xml: &str) -> Vec<String> {
        let mut markup = Markup::new(xml.as_bytes());
        let mut shown = Vec::new();
        while let Some(piece) = markup.piece() {
            shown.push(match &piece {
                Event::Start(tag) => format!("<{} {}", name(tag), attribute(tag, "ref").unwrap_or_default()),
                Event::End(tag) => format!("/{}", tag.local_name().as_ref()),
                piece => text(piece).into_owned(),
            });
        }
        shown.retain(|piece| !piece.is_empty());
        shown
    }

    #[test]
    fn tags_texts_and_what_is_passed_over() {
        assert_eq!(
            shown(
                "<?xml version=\"1.0\"?><!-- a > b --><x:c a='1' x:ref = 'B&gt;4' b=\"1\"><t/>a &lt;b&#39;&#x43;</x:c>"
            ),
            ["<c B>4", "<t ", "/t", "a ", "<", "b", "'", "C", "/c"]
        );
        assert_eq!(shown("<t><![CDATA[a & <b>]]></t>"), ["<t ", "a & <b>", "/t"]);
        assert_eq!(Markup::new(&b"a &amp; <b>c</b>&nbsp;</t>d"[..]).text_to_end_of("t"), "a & c&nbsp;");
    }

    #[test]
    fn what_is_not_well_formed_ends() {
        assert_eq!(shown("<a/><c ref=\"B4>text"), ["<a ", "/a"]);
        assert_eq!(shown("<!-- never closed"), [""; 0]);
        assert_eq!(shown(""), [""; 0]);
    }
}
