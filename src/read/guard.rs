//! What the bytes are, before anything is opened.

use serde::{Deserialize, Serialize};

use super::{ole, package};
use crate::model::{Limit, Limits, UnreadableWorkbook};

/// A workbook by the way it is packed; the file's name does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Container {
    /// `.xlsx` or `.xlsm`.
    Xlsx,
    /// `.xlsb`.
    Xlsb,
    /// `.xls`.
    Xls,
    /// `.ods`.
    Ods,
}

/// A package that unpacks to no more than this is read inside. It is many times what a return takes, and so little that
/// nothing made of it takes long, even what takes a step for each two things in it. `tests/measured.rs` has the figures.
const MOST_INSIDE: u64 = 1 << 20;

/// A workbook that may be opened, within limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guarded {
    pub(super) container: Container,
    pub(super) limits: Limits,
    /// How many bytes its parts unpack to; those of the file, where it has no parts.
    pub(super) unpacked: u64,
}

impl Guarded {
    /// Whether it can be opened in this process without danger: a small `.xlsx` or `.xlsm`, every part of which has been
    /// looked at. The readers of other formats take sizes on trust.
    pub fn is_read_inside(&self) -> bool {
        self.container == Container::Xlsx && self.unpacked <= MOST_INSIDE
    }

    /// What reading it is limited to.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
}

/// Tells what the bytes of a file are and whether they can be opened as a workbook, before anything is.
///
/// # Errors
/// Why the bytes are not a workbook that can be read.
pub fn guard(bytes: &[u8], limits: &Limits) -> Result<Guarded, UnreadableWorkbook> {
    let too_large = || format!("the file has more than {}", Limit::File.said(limits.most(Limit::File)));
    limits.hold(Limit::File, bytes.len() as u64, too_large)?;
    container(bytes, limits)
}

/// As much of a file as is looked at to tell text from other things.
const GLANCE: usize = 8192;

/// Files that are sometimes saved with an Excel name, by how they begin.
const OTHER_KINDS: [(&[u8], &str); 9] = [
    (b"{\\rtf", "a Rich Text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"\x09\x04\x06\x00", "a workbook of Excel 4 or older"),
    (b"\x09\x02\x06\x00", "a workbook of Excel 4 or older"),
];

/// Tells how a workbook is packed.
///
/// # Errors
/// Why the bytes are not a workbook that can be read.
fn container(bytes: &[u8], limits: &Limits) -> Result<Guarded, UnreadableWorkbook> {
    if bytes.is_empty() {
        return Err(UnreadableWorkbook::Empty);
    }
    if bytes.iter().all(|byte| *byte == 0) {
        return Err(UnreadableWorkbook::Damaged("the file holds nothing but zeros".to_owned()));
    }
    if bytes.starts_with(b"PK") {
        let (container, unpacked) = package::container(bytes, limits)?;
        return Ok(Guarded { container, limits: *limits, unpacked });
    }
    if bytes.starts_with(&ole::SIGNATURE) {
        let container = ole::container(bytes)?;
        return Ok(Guarded { container, limits: *limits, unpacked: bytes.len() as u64 });
    }
    if let Some((_, kind)) = OTHER_KINDS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        return Err(UnreadableWorkbook::OtherKind((*kind).to_owned()));
    }
    let glance = &bytes[..bytes.len().min(GLANCE)];
    if glance[..glance.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Err(UnreadableWorkbook::Pdf);
    }
    match decoded(glance) {
        Some(text) => Err(text_kind(&text)),
        None => Err(UnreadableWorkbook::Unknown),
    }
}

/// What a text is: a web page, an XML spreadsheet, or plain.
fn text_kind(text: &str) -> UnreadableWorkbook {
    let lower = text.trim_start_matches('\u{feff}').trim_start().to_lowercase();
    let begins = |starts: &[&str]| starts.iter().any(|start| lower.starts_with(start));
    if lower.starts_with("<?xml") || lower.starts_with("<workbook") {
        if lower.contains("urn:schemas-microsoft-com:office:spreadsheet") || lower.contains("excel.sheet") {
            return UnreadableWorkbook::OtherKind("an XML spreadsheet of 2003".to_owned());
        }
        if lower.contains("<office:document") {
            return UnreadableWorkbook::OtherKind("a flat OpenDocument spreadsheet (.fods)".to_owned());
        }
    }
    let page = ["<html", "<!doctype html", "<head", "<table", "<meta", "<style", "<body", "mime-version:"];
    let marked_up = (lower.starts_with("<?xml") || lower.starts_with("<!--"))
        && (lower.contains("<html") || lower.contains("<!doctype html"));
    if begins(&page) || marked_up { UnreadableWorkbook::WebPage } else { UnreadableWorkbook::PlainText }
}

/// The bytes as text, if that is what they are: UTF-16 with a mark, UTF-8, or an 8-bit code of Windows.
fn decoded(bytes: &[u8]) -> Option<String> {
    let pairs = |order: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| order([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match bytes {
        [0xff, 0xfe, ..] => pairs(u16::from_le_bytes),
        [0xfe, 0xff, ..] => pairs(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    let is_control = |character: char| character.is_control() && !matches!(character, '\t' | '\r' | '\n' | '\u{c}');
    (!text.chars().any(is_control)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_workbook() {
        let other = |kind: &str| UnreadableWorkbook::OtherKind(kind.to_owned());
        let cases: [(&[u8], UnreadableWorkbook); 14] = [
            (b"", UnreadableWorkbook::Empty),
            (b"<html><body>Sign in</body></html>", UnreadableWorkbook::WebPage),
            (b"\xef\xbb\xbf \r\n<!DOCTYPE HTML PUBLIC>", UnreadableWorkbook::WebPage),
            (b"<?xml version=\"1.0\"?><!DOCTYPE html><html/>", UnreadableWorkbook::WebPage),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0", UnreadableWorkbook::WebPage),
            (b"MIME-Version: 1.0\r\n", UnreadableWorkbook::WebPage),
            (b"Date paid,Reference\r\n15/04/2022,INV-0001\r\n", UnreadableWorkbook::PlainText),
            (b"Amount (\xa3)\r\n12\r\n", UnreadableWorkbook::PlainText),
            (b"%PDF-1.7\n%\xe2\xe3", UnreadableWorkbook::Pdf),
            (b"{\\rtf1\\ansi", other("a Rich Text document")),
            (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>", other("an XML spreadsheet of 2003")),
            (b"\x89PNG\r\n\x1a\n", other("a picture")),
            (b"\x01\x02\x03\x04", UnreadableWorkbook::Unknown),
            (b"\0\0\0\0", UnreadableWorkbook::Damaged("the file holds nothing but zeros".to_owned())),
        ];
        for (bytes, expected) in cases {
            assert_eq!(guard(bytes, &Limits::default()), Err(expected), "{}", String::from_utf8_lossy(bytes));
        }
    }
}
