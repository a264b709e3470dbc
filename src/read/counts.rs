//! One pass over each XML part before anything is opened: what it counts, declares and nests, and whether it is whole.
//!
//! calamine asks for memory by numbers that it finds (`uniqueCount` of the shared texts, `si` of a formula), and takes the
//! end of what it looks for as the end of the part. Nothing is kept of a part but the piece that is being read, so that the
//! pass itself takes no memory to speak of.

use std::io::{self, Read};

use quick_xml::events::{BytesDecl, BytesStart};

use super::directory::shown;
use super::pieces::{Broken, Piece, Pieces, Tag};
use crate::model::{Limit, Limits, UnreadableWorkbook};

/// Elements that lie deeper in each other than this are no workbook's.
const DEEPEST: usize = 256;
/// A tag, comment or text that is longer than this is no workbook's: what reads XML keeps it whole.
const LONGEST_PIECE: usize = 64 << 20;
/// An element takes no fewer bytes, `<si/>`.
const SMALLEST_TEXT: u64 = 5;
/// As many texts are made room for without harm, whatever a part says of itself.
const HARMLESS_TEXTS: u64 = 1_000_000;

/// A part that is XML.
#[derive(Clone, Copy)]
pub(super) struct PartMarkup<'p> {
    /// Its name.
    pub name: &'p str,
    /// How many bytes it unpacks to.
    pub size: u64,
}

/// The outermost elements of parts that figures, formats or names are read from: these have to be whole. Others may break
/// off, as the comments that some programs write do.
const WHOLE: [&str; 9] = [
    "worksheet",
    "workbook",
    "sst",
    "styleSheet",
    "Relationships",
    "Types",
    "document-content",
    "document-styles",
    "manifest",
];

/// Goes through a part to its end, whatever is found on the way: its checksum is compared there.
///
/// # Errors
/// The source's error, as of a checksum that fails. What is wrong with the XML is the value that comes back.
pub(super) fn check(
    part: &PartMarkup<'_>,
    source: impl Read,
    limits: &Limits,
) -> io::Result<Result<(), UnreadableWorkbook>> {
    let mut pass = Pass { part, limits, depth: 0, texts: 0, encoding: None, is_whole_wanted: None };
    let mut pieces = Pieces::new(Letters::new(source), LONGEST_PIECE);
    let verdict = loop {
        match pieces.next() {
            Ok(Some(piece)) => {
                if let Err(why) = pass.take(piece) {
                    break Err(why);
                }
            }
            Ok(None) => break pass.end(),
            Err(Broken::TooLong) => break pass.not_whole("holds a text without an end"),
            Err(Broken::Source(error)) => return Err(error),
            Err(Broken::Off) => break pass.not_whole("breaks off"),
        }
    };
    io::copy(pieces.source(), &mut io::sink())?;
    let letters = pieces.source();
    Ok(match verdict {
        Ok(()) if letters.are_amiss() || (letters.has_others && pass.encoding.is_some()) => pass.not_utf_8(),
        verdict => verdict,
    })
}

/// Whether an instruction is the declaration of the part, and not one of those whose names only begin so.
fn is_declaration(said: &[u8]) -> bool {
    said.strip_prefix(b"xml").is_some_and(|rest| rest.first().is_none_or(u8::is_ascii_whitespace))
}

/// What is known of a part while it is gone through.
struct Pass<'p> {
    part: &'p PartMarkup<'p>,
    limits: &'p Limits,
    depth: usize,
    texts: u64,
    /// The encoding that it says it is written in, unless that is one of which all letters read as UTF-8.
    encoding: Option<String>,
    /// Whether its outermost element is one of [`WHOLE`], once that was seen.
    is_whole_wanted: Option<bool>,
}

impl Pass<'_> {
    fn take(&mut self, piece: Piece<'_>) -> Result<(), UnreadableWorkbook> {
        match piece {
            Piece::Instruction(said) if is_declaration(said) => {
                let said = String::from_utf8_lossy(said);
                let encoding = BytesDecl::from_start(BytesStart::from_content(&*said, 3))
                    .encoding()
                    .and_then(Result::ok)
                    .map(|encoding| encoding.to_lowercase());
                self.encoding = encoding.filter(|encoding| !matches!(&**encoding, "utf-8" | "utf8" | "us-ascii"));
            }
            // Some programs name the grammar of a part, which nobody reads. Entities of its own change its texts.
            Piece::Grammar(grammar) if String::from_utf8_lossy(grammar).to_uppercase().contains("<!ENTITY") => {
                return Err(self.damaged("declares entities, which no workbook does"));
            }
            Piece::Start(tag) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(self.damaged("holds elements that lie too deep in each other"));
                }
                self.count(tag)?;
            }
            Piece::Empty(tag) => self.count(tag)?,
            Piece::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }

    /// Holds the numbers that a reader would ask for memory by.
    fn count(&mut self, tag: Tag<'_>) -> Result<(), UnreadableWorkbook> {
        self.is_whole_wanted.get_or_insert_with(|| WHOLE.iter().any(|name| name.as_bytes() == tag.name()));
        match tag.name() {
            // The `count` beside it is of the cells that hold the texts; nobody makes room by it.
            b"sst" => {
                let stated = tag.attribute("uniqueCount").unwrap_or_default();
                let is_number = !stated.is_empty() && stated.bytes().all(|byte| byte.is_ascii_digit());
                // Digits that are too many for a number still say that there is more than can be.
                let texts = stated.parse().unwrap_or(if is_number { u64::MAX } else { 0 });
                self.hold_texts(texts)?;
                if texts > HARMLESS_TEXTS && texts > self.part.size / SMALLEST_TEXT {
                    return Err(self.damaged("counts more texts than it can hold"));
                }
            }
            b"si" => {
                self.texts += 1;
                self.hold_texts(self.texts)?;
            }
            b"f" => {
                let most = self.limits.most(Limit::Cells);
                if tag.parsed::<u64>("si").is_some_and(|number| number > most) {
                    return Err(self.damaged("gives a formula a number that is higher than there can be formulas"));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn hold_texts(&self, texts: u64) -> Result<(), UnreadableWorkbook> {
        let most = self.limits.most(Limit::Strings);
        let what = || format!("the cells share more than {} texts", Limit::Strings.said(most));
        Ok(self.limits.hold(Limit::Strings, texts, what)?)
    }

    /// What is wrong with a part that was gone through to its end.
    fn end(&self) -> Result<(), UnreadableWorkbook> {
        if self.depth > 0 { self.not_whole("breaks off") } else { Ok(()) }
    }

    fn not_utf_8(&self) -> Result<(), UnreadableWorkbook> {
        match &self.encoding {
            Some(encoding) => self.not_whole(&format!("is written in {}, not in UTF-8", shown(encoding))),
            None => self.not_whole("holds letters that are not written in UTF-8"),
        }
    }

    fn not_whole(&self, words: &str) -> Result<(), UnreadableWorkbook> {
        if self.is_whole_wanted == Some(true) { Err(self.damaged(words)) } else { Ok(()) }
    }

    fn damaged(&self, words: &str) -> UnreadableWorkbook {
        UnreadableWorkbook::Damaged(format!("its part {} {words}", shown(self.part.name)))
    }
}

/// A source of bytes, each of which is looked at once.
struct Letters<R> {
    source: R,
    /// Whether it gave any byte beyond ASCII.
    has_others: bool,
    /// Whether it gave bytes that are no letters in UTF-8.
    has_strange: bool,
    /// The beginning of a letter whose end was not given yet.
    begun: Vec<u8>,
}

impl<R> Letters<R> {
    fn new(source: R) -> Self {
        Self { source, has_others: false, has_strange: false, begun: Vec::new() }
    }

    /// Whether, of a source at its end, some of the bytes are no letters in UTF-8.
    fn are_amiss(&self) -> bool {
        self.has_strange || !self.begun.is_empty()
    }

    fn look_at(&mut self, bytes: &[u8]) {
        if self.has_strange || (self.begun.is_empty() && bytes.is_ascii()) {
            return;
        }
        self.has_others = true;
        self.begun.extend_from_slice(bytes);
        let (whole, is_begun) = match str::from_utf8(&self.begun) {
            Ok(text) => (text.len(), true),
            Err(error) => (error.valid_up_to(), error.error_len().is_none()),
        };
        self.has_strange = !is_begun;
        self.begun.drain(..whole);
    }
}

impl<R: Read> Read for Letters<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(into)?;
        self.look_at(&into[..count]);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(size: usize) -> PartMarkup<'static> {
        PartMarkup { name: "p.xml", size: size as u64 }
    }

    fn said(xml: &[u8]) -> String {
        let limits = Limits::default().with(&["strings=2000000".parse().unwrap()]);
        match check(&part(xml.len()), xml, &limits).unwrap() {
            Ok(()) => String::new(),
            Err(UnreadableWorkbook::Damaged(words)) => words,
            Err(UnreadableWorkbook::BeyondLimit(beyond)) => format!("{} {}", beyond.what, beyond.option()),
            Err(other) => format!("{other:?}"),
        }
    }

    fn nested(depth: usize) -> Vec<u8> {
        format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth)).into_bytes()
    }

    #[test]
    fn what_is_refused_and_its_near_miss() {
        let laughs = "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        let cases: [(Vec<u8>, &str); 26] = [
            (laughs.into(), "its part p.xml declares entities, which no workbook does"),
            ("<!DOCTYPE a PUBLIC \"-//OpenOffice.org//DTD Manifest 1.0//EN\" \"Manifest.dtd\"><a/>".into(), ""),
            (nested(257), "its part p.xml holds elements that lie too deep in each other"),
            (nested(256), ""),
            // One strange byte takes back nothing of what was found.
            ([laughs.as_bytes(), b"\xe9"].concat(), "its part p.xml declares entities, which no workbook does"),
            ("<!DOCTYPE a SYSTEM \"<\"><sst>".into(), "its part p.xml breaks off"),
            ("<!DOCTYPE a [<!-- < it's -->]><sst>".into(), "its part p.xml breaks off"),
            (
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><?xml-stylesheet href=\"x\"?><sst>café</sst>".into(),
                "its part p.xml is written in iso-8859-1, not in UTF-8",
            ),
            ("<sst><b></b>".into(), "its part p.xml breaks off"),
            ("<sst><b></b></sst>".into(), ""),
            ("<sst><b c=\"".into(), "its part p.xml breaks off"),
            ("<sst><!-- ".into(), "its part p.xml breaks off"),
            (b"<sst>caf\xe9</sst>".to_vec(), "its part p.xml holds letters that are not written in UTF-8"),
            ("<sst>café</sst>".into(), ""),
            (
                b"<?xml version=\"1.0\" encoding=\"windows-1252\"?><sst>caf\xe9</sst>".to_vec(),
                "its part p.xml is written in windows-1252, not in UTF-8",
            ),
            // Both readings are letters, and only one of them is what was written.
            (
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><sst>café</sst>".into(),
                "its part p.xml is written in iso-8859-1, not in UTF-8",
            ),
            ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><sst>cafe</sst>".into(), ""),
            ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><sst>café</sst>".into(), ""),
            ("<sst uniqueCount=\"1999999\"/>".into(), "its part p.xml counts more texts than it can hold"),
            ("<sst uniqueCount=\"1000000\"/>".into(), ""),
            (
                "<sst uniqueCount=\"2000001\"/>".into(),
                "the cells share more than 2,000,000 texts --limit strings=4000000",
            ),
            (
                "<x:sst uniqueCount=\"99999999999999999999999\"/>".into(),
                "the cells share more than 2,000,000 texts --limit strings=4000000",
            ),
            ("<sst count=\"4000000000\" uniqueCount=\"1\"/>".into(), ""),
            (
                "<f t=\"shared\" si=\"4294967295\"/>".into(),
                "its part p.xml gives a formula a number that is higher than there can be formulas",
            ),
            ("<f t=\"shared\" si=\"5000000\"/>".into(), ""),
            ("".into(), ""),
        ];
        for (xml, expected) in cases {
            assert_eq!(said(&xml), expected, "{}", String::from_utf8_lossy(&xml));
        }
    }

    #[test]
    fn what_holds_no_figures_need_not_be_whole_but_harmless() {
        assert_eq!(said(b"<comments><comment"), "");
        assert_eq!(said(b"<comments>caf\xe9</comments>"), "");
        let entities = said(b"<!DOCTYPE a [<!ENTITY b 'c'>]><comments/>");
        assert_eq!(entities, "its part p.xml declares entities, which no workbook does");
    }

    #[test]
    fn texts_that_are_there_are_counted_too() {
        let limits = Limits::default().with(&["strings=2".parse().unwrap()]);
        let checked = |xml: &[u8]| check(&part(xml.len()), xml, &limits).unwrap();
        assert_eq!(checked(b"<sst><si/><si><t>a</t></si></sst>"), Ok(()));
        assert!(matches!(checked(b"<sst><si/><si/><si/></sst>"), Err(UnreadableWorkbook::BeyondLimit(_))));
    }

    #[test]
    fn a_text_without_an_end_is_not_kept() {
        let endless = io::repeat(b'a').take((LONGEST_PIECE + (1 << 20)) as u64);
        let source = io::Cursor::new(b"<sst>").chain(endless);
        let Ok(Err(UnreadableWorkbook::Damaged(words))) = check(&part(0), source, &Limits::default()) else { panic!() };
        assert_eq!(words, "its part p.xml holds a text without an end");
    }
}
