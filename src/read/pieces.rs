//! XML, piece by piece, for parts that are as long as the workbook: nothing is copied or looked into but what is asked for.
//!
//! It tells the same pieces as [`Markup`](super::markup::Markup), which is for all other parts: five times as fast, as it
//! neither decodes nor keeps what nobody reads. A piece ends as XML has it; whether names and ends fit together is left to
//! whoever reads.

use std::borrow::Cow;
use std::io::{self, Read};

use memchr::memmem::Finder;
use memchr::{memchr, memchr3};
use quick_xml::escape::unescape;

/// So many bytes are read at once.
const AT_ONCE: usize = 64 << 10;

/// A piece of XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'p> {
    /// A tag that opens an element.
    Start(Tag<'p>),
    /// A tag that opens an element and closes it.
    Empty(Tag<'p>),
    /// A tag that closes an element, by its name without prefix.
    End(&'p [u8]),
    /// What stands between tags, as it is written.
    Text(&'p [u8]),
    /// What stands between `<![CDATA[` and `]]>`.
    Data(&'p [u8]),
    /// What stands between `<?` and `?>`.
    Instruction(&'p [u8]),
    /// What stands between `<!DOCTYPE` and its end.
    Grammar(&'p [u8]),
    /// A comment.
    Comment,
}

/// A tag that opens an element: its name and its attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'p>(&'p [u8]);

/// Why there is no next piece.
#[derive(Debug)]
pub(super) enum Broken {
    /// The source cannot be read.
    Source(io::Error),
    /// A piece is longer than any may be.
    TooLong,
    /// The source ends within a piece.
    Off,
}

/// The pieces of a source, read as they are asked for.
pub(super) struct Pieces<R> {
    source: R,
    /// What was read and not yet passed, from `from` on.
    buffer: Vec<u8>,
    from: usize,
    /// A piece may have so many bytes.
    longest: usize,
}

impl<R: Read> Pieces<R> {
    /// The pieces of what a source holds, none of which may have more bytes than that.
    pub fn new(source: R, longest: usize) -> Self {
        Self { source, buffer: Vec::new(), from: 0, longest }
    }

    /// The source, at which more was read than was handed out.
    pub fn source(&mut self) -> &mut R {
        &mut self.source
    }

    /// The next piece; none at the end.
    ///
    /// # Errors
    /// [`Broken`], after which there is nothing more to read.
    pub fn next(&mut self) -> Result<Option<Piece<'_>>, Broken> {
        if self.from == self.buffer.len() && !self.fill()? {
            return Ok(None);
        }
        let length = if self.buffer[self.from] == b'<' { self.length_of_markup()? } else { self.length_of_text()? };
        let piece = &self.buffer[self.from..self.from + length];
        self.from += length;
        Ok(Some(piece_of(piece)))
    }

    /// Up to the next tag, or to the end.
    fn length_of_text(&mut self) -> Result<usize, Broken> {
        let mut looked_at = 0;
        loop {
            let rest = &self.buffer[self.from..];
            if let Some(at) = memchr(b'<', &rest[looked_at..]) {
                return Ok(looked_at + at);
            }
            looked_at = rest.len();
            if !self.fill()? {
                return Ok(looked_at);
            }
        }
    }

    fn length_of_markup(&mut self) -> Result<usize, Broken> {
        let mut end = EndOfMarkup::default();
        loop {
            if let Some(length) = end.find(&self.buffer[self.from..]) {
                return Ok(length);
            }
            if !self.fill()? {
                return Err(Broken::Off);
            }
        }
    }

    /// Reads on; no at the end of the source.
    fn fill(&mut self) -> Result<bool, Broken> {
        self.buffer.drain(..self.from);
        self.from = 0;
        let held = self.buffer.len();
        if held >= self.longest {
            // Only where there is more.
            let mut one = [0];
            return match self.read(&mut one)? {
                0 => Ok(false),
                _ => Err(Broken::TooLong),
            };
        }
        self.buffer.resize(held + AT_ONCE.max(held).min(self.longest - held), 0);
        let mut buffer = std::mem::take(&mut self.buffer);
        let count = self.read(&mut buffer[held..]);
        buffer.truncate(held + *count.as_ref().unwrap_or(&0));
        self.buffer = buffer;
        count.map(|count| count > 0)
    }

    fn read(&mut self, into: &mut [u8]) -> Result<usize, Broken> {
        loop {
            match self.source.read(into) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read.map_err(Broken::Source),
            }
        }
    }
}

/// Where markup ends that begins with `<`; looked for again when more of it was read.
#[derive(Default)]
struct EndOfMarkup {
    /// So many bytes were looked at.
    looked_at: usize,
    /// The quotation mark, within a tag, in which these end.
    within: Option<u8>,
}

impl EndOfMarkup {
    /// How long the markup is that begins here; none where its end was not read yet.
    fn find(&mut self, markup: &[u8]) -> Option<usize> {
        match markup.get(1)? {
            b'/' => memchr(b'>', markup).map(|at| at + 1),
            b'?' => self.after(markup, 2, b"?>"),
            b'!' if markup.len() < 9 && !markup.contains(&b'>') => None,
            b'!' if markup.starts_with(b"<!--") => self.after(markup, 4, b"-->"),
            b'!' if markup.starts_with(b"<![CDATA[") => self.after(markup, 9, b"]]>"),
            b'!' => Self::after_grammar(markup),
            _ => self.after_tag(markup),
        }
    }

    /// Behind the first place of these signs, from an offset on.
    fn after(&mut self, markup: &[u8], from: usize, signs: &[u8]) -> Option<usize> {
        // A part of the signs may have been read.
        let from = from.max(self.looked_at.saturating_sub(signs.len() - 1));
        let found = Finder::new(signs).find(markup.get(from..)?);
        self.looked_at = markup.len();
        found.map(|at| from + at + signs.len())
    }

    /// Behind the `>` that stands in no quotation marks.
    fn after_tag(&mut self, markup: &[u8]) -> Option<usize> {
        loop {
            let rest = &markup[self.looked_at..];
            let found = match self.within {
                Some(mark) => memchr(mark, rest),
                None => memchr3(b'>', b'"', b'\'', rest),
            };
            let Some(at) = found else {
                self.looked_at = markup.len();
                return None;
            };
            self.looked_at += at + 1;
            match (self.within, rest[at]) {
                (Some(_), _) => self.within = None,
                (None, b'>') => return Some(self.looked_at),
                (None, mark) => self.within = Some(mark),
            }
        }
    }

    /// Behind the `>` that closes as many as were opened, where none counts that stands in quotation marks or in a comment.
    /// Grammars are short and rare: each time it is looked from the beginning.
    fn after_grammar(markup: &[u8]) -> Option<usize> {
        let (mut at, mut open) = (0, 0_usize);
        loop {
            let rest = markup.get(at..)?;
            if rest.starts_with(b"<!--") {
                at += 4 + Finder::new(b"-->").find(&rest[4..])? + 3;
                continue;
            }
            match rest.first()? {
                b'<' => open += 1,
                b'>' if open <= 1 => return Some(at + 1),
                b'>' => open -= 1,
                mark @ (b'"' | b'\'') => at += 1 + memchr(*mark, &rest[1..])?,
                _ => {}
            }
            at += 1;
        }
    }
}

/// What a piece is, by its bytes.
fn piece_of(bytes: &[u8]) -> Piece<'_> {
    let Some(inner) = bytes.strip_prefix(b"<") else { return Piece::Text(bytes) };
    let between = |before: usize, after: usize| inner.get(before..inner.len() - after).unwrap_or_default();
    match inner {
        [b'/', name @ .., b'>'] => Piece::End(local(name.trim_ascii_end())),
        [b'?', ..] => Piece::Instruction(between(1, 2)),
        _ if inner.starts_with(b"!--") => Piece::Comment,
        _ if inner.starts_with(b"![CDATA[") => Piece::Data(between(8, 3)),
        [b'!', ..] => Piece::Grammar(between(1, 1)),
        [tag @ .., b'/', b'>'] => Piece::Empty(Tag(tag)),
        _ => Piece::Start(Tag(between(0, 1))),
    }
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    memchr(b':', name).map_or(name, |at| &name[at + 1..])
}

impl<'p> Tag<'p> {
    /// The name of the element without its prefix.
    pub fn name(self) -> &'p [u8] {
        local(&self.0[..self.length_of_name()])
    }

    fn length_of_name(self) -> usize {
        self.0.iter().position(u8::is_ascii_whitespace).unwrap_or(self.0.len())
    }

    /// The attributes up to the first that is none, each its name without prefix and its value as it is written.
    pub fn attributes(self) -> impl Iterator<Item = (&'p [u8], &'p [u8])> {
        let mut rest = &self.0[self.length_of_name()..];
        std::iter::from_fn(move || {
            let equals = memchr(b'=', rest)?;
            let name = rest[..equals].trim_ascii();
            let value = rest[equals + 1..].trim_ascii_start();
            let (mark, value) = value.split_first().filter(|(mark, _)| matches!(mark, b'"' | b'\''))?;
            let end = memchr(*mark, value)?;
            rest = &value[end + 1..];
            Some((local(name), &value[..end]))
        })
    }

    /// The value of the attribute of that name, whatever its prefix. An entity that is not known stays as it is.
    pub fn attribute(self, name: &str) -> Option<Cow<'p, str>> {
        let (_, value) = self.attributes().find(|(key, _)| *key == name.as_bytes())?;
        Some(text_of_attribute(value))
    }

    /// The attribute of that name as what its text says, such as a number; none when it says no such thing.
    pub fn parsed<T: std::str::FromStr>(self, name: &str) -> Option<T> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Whether the attribute of that name says yes.
    pub fn is_on(self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| matches!(&*value, "1" | "true"))
    }
}

/// The value of an attribute as a text.
pub(super) fn text_of_attribute(value: &[u8]) -> Cow<'_, str> {
    let value = String::from_utf8_lossy(value);
    if memchr(b'&', value.as_bytes()).is_none() {
        return value;
    }
    let plain = unescape(&value).ok().map(Cow::into_owned);
    plain.map_or(value, Cow::Owned)
}

/// What text says: characters that are written as entities resolved; an entity that is not known stays as it is.
pub(super) fn resolved(written: &[u8]) -> Cow<'_, str> {
    let written = String::from_utf8_lossy(written);
    if memchr(b'&', written.as_bytes()).is_none() {
        return written;
    }
    let mut resolved = String::with_capacity(written.len());
    let mut rest = &*written;
    while let Some(at) = rest.find('&') {
        resolved.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest[1..].find([';', '&']).map_or(rest.len(), |end| end + 1);
        let whole = if rest[end..].starts_with(';') { end + 1 } else { end };
        resolved.push_str(&unescape(&rest[..whole]).unwrap_or(Cow::Borrowed(&rest[..whole])));
        rest = &rest[whole..];
    }
    resolved.push_str(rest);
    resolved.into()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use quick_xml::events::Event;

    use super::*;
    use crate::read::markup::{self, Markup};

    /// Gives one byte at a time.
    struct Slow<'b>(&'b [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            into[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    /// Pieces in words, with how they end.
    fn shown(source: impl Read, longest: usize) -> Vec<String> {
        let mut pieces = Pieces::new(source, longest);
        let mut shown = Vec::new();
        let attributes = |tag: Tag<'_>| -> String {
            let each = tag.attributes();
            each.map(|(name, value)| format!(" {}={}", String::from_utf8_lossy(name), text_of_attribute(value)))
                .collect()
        };
        loop {
            let piece = match pieces.next() {
                Ok(None) => return shown.iter().flat_map(|piece: &String| piece.lines()).map(str::to_owned).collect(),
                Err(Broken::Off) => "breaks off".to_owned(),
                Err(Broken::TooLong) => "too long".to_owned(),
                Err(Broken::Source(error)) => error.to_string(),
                Ok(Some(Piece::Start(tag))) => {
                    format!("<{}{}", String::from_utf8_lossy(tag.name()), attributes(tag))
                }
                Ok(Some(Piece::Empty(tag))) => {
                    let name = String::from_utf8_lossy(tag.name());
                    format!("<{name}{}\n/{name}", attributes(tag))
                }
                Ok(Some(Piece::End(name))) => format!("/{}", String::from_utf8_lossy(name)),
                Ok(Some(Piece::Text(text))) => resolved(text).into_owned(),
                Ok(Some(Piece::Data(data))) => String::from_utf8_lossy(data).into_owned(),
                Ok(Some(Piece::Grammar(text) | Piece::Instruction(text))) => {
                    format!("({})", String::from_utf8_lossy(text))
                }
                Ok(Some(Piece::Comment)) => "(comment)".to_owned(),
            };
            let is_last = matches!(&*piece, "breaks off" | "too long");
            shown.push(piece);
            if is_last {
                return shown;
            }
        }
    }

    #[test]
    fn every_kind_of_piece_read_at_once_and_byte_by_byte() {
        let cases: [(&str, &[&str]); 13] = [
            (
                "<?xml version=\"1.0\"?><!-- a > b --><x:c a='1' x:ref = 'B&gt;4' b=\"1\"><t/>a</x:c >",
                &["(xml version=\"1.0\")", "(comment)", "<c a=1 ref=B>4 b=1", "<t", "/t", "a", "/c"],
            ),
            ("a &lt;b&#39;&#x43; &amp;lt; &nbsp; & c", &["a <b'C &lt; &nbsp; & c"]),
            ("<t a=\"x>y\" b='\"'/>", &["<t a=x>y b=\"", "/t"]),
            ("<t><![CDATA[a & <b>]]></t>", &["<t", "a & <b>", "/t"]),
            ("<!DOCTYPE a [<!ENTITY b \"c\">]><a/>", &["(DOCTYPE a [<!ENTITY b \"c\">])", "<a", "/a"]),
            (
                "<!DOCTYPE a SYSTEM \"<\" [<!-- it's < -->]><a/>",
                &["(DOCTYPE a SYSTEM \"<\" [<!-- it's < -->])", "<a", "/a"],
            ),
            ("<!-- -- - -> --><a/>", &["(comment)", "<a", "/a"]),
            ("<a b=\"1\" c d=\"2\"/>", &["<a b=1 c d=2", "/a"]),
            ("<a b=1 c=\"2\"/>", &["<a", "/a"]),
            ("<a", &["breaks off"]),
            ("<a b=\">", &["breaks off"]),
            ("<!-- never closed", &["breaks off"]),
            ("", &[]),
        ];
        for (xml, expected) in cases {
            let at_once = shown(xml.as_bytes(), 1000);
            assert_eq!(at_once, expected, "{xml}");
            assert_eq!(shown(Slow(xml.as_bytes()), 1000), at_once, "{xml}");
        }
    }

    #[test]
    fn no_piece_may_be_longer_than_that() {
        assert_eq!(shown(&b"<aa>bbbb</aa>"[..], 5), ["<aa", "bbbb", "/aa"]);
        assert_eq!(shown(&b"<aa>bbbbbbb</aa>"[..], 5), ["<aa", "too long"]);
        assert_eq!(shown(&b"<aa>bbbbb"[..], 5), ["<aa", "bbbbb"], "the source ends there");
    }

    /// Every part of the sample workbooks that is XML, as the two readers tell it.
    #[test]
    fn it_tells_what_the_other_reader_tells() {
        let mut parts = 0;
        for folder in ["samples/2022-23", "samples/with-faults", "samples/council/2024-25"] {
            for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
                let path = file.unwrap().path();
                let Ok(mut archive) = zip::ZipArchive::new(fs::File::open(&path).unwrap()) else { continue };
                for index in 0..archive.len() {
                    let mut part = archive.by_index(index).unwrap();
                    let mut bytes = Vec::new();
                    part.read_to_end(&mut bytes).unwrap();
                    if bytes.starts_with(b"<?xml") {
                        let (here, there) = (shown(&*bytes, usize::MAX >> 1).join("\n"), by_markup(&bytes));
                        assert_eq!(said(&here), said(&there), "{}", path.display());
                        parts += 1;
                    }
                }
            }
        }
        assert!(parts > 50, "{parts}");
    }

    /// The lines that say something which both readers tell.
    fn said(shown: &str) -> Vec<&str> {
        shown.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('(')).collect()
    }

    fn by_markup(xml: &[u8]) -> String {
        let mut markup = Markup::new(xml);
        let (mut shown, mut text) = (String::new(), String::new());
        while let Some(piece) = markup.piece() {
            let tag = match &piece {
                Event::Start(tag) => {
                    let mut line = format!("<{}", markup::name(tag));
                    for one in tag.attributes().with_checks(false).flatten() {
                        let name = one.key.local_name();
                        line += &format!(" {}={}", name.as_ref(), markup::attribute(tag, name.as_ref()).unwrap());
                    }
                    line + "\n"
                }
                Event::End(tag) => format!("/{}\n", tag.local_name().as_ref()),
                piece => {
                    text.push_str(&markup::text(piece));
                    continue;
                }
            };
            if !text.is_empty() {
                shown.push_str(&format!("{}\n", std::mem::take(&mut text)));
            }
            shown.push_str(&tag);
        }
        shown
    }
}
