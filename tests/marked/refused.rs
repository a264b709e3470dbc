//! What gets no marked copy, and why.

use crate::copies::{Parts, book, bytes, error, try_marked};
use crate::support::package::package;

#[track_caller]
fn assert_refused(original: &[u8], expected: &str) {
    assert_eq!(try_marked(original, &[error("A1")]).unwrap_err().to_string(), expected);
}

fn changed(part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut parts = book("<sheetData/>");
    let text = change(&parts.get(part).cloned().unwrap_or_default());
    parts.insert(part.to_owned(), text);
    bytes(&parts)
}

#[test]
fn other_kinds_of_files() {
    let other = "Only .xlsx and .xlsm workbooks without a password can be marked.";
    assert_refused(b"", other);
    assert_refused(b"<html>", other);
    assert_refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 an .xls or an .xlsx with a password", other);
    assert_refused(
        &package(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>")]),
        "This is an OpenDocument file, and only .xlsx and .xlsm workbooks can be marked.",
    );
    assert_refused(
        &changed("xl/workbook.bin", |_| String::new()),
        "This is an .xlsb workbook, and only .xlsx and .xlsm workbooks can be marked.",
    );
    let none = "This is no workbook of Excel, and only .xlsx and .xlsm workbooks can be marked.";
    assert_refused(&package(&[("a.txt", "a")]), none);
    assert_refused(&changed("_rels/.rels", |text| text.replace("officeDocument\"", "other\"")), none);
}

#[test]
fn a_signed_workbook() {
    let signed = "The workbook bears a digital signature, which would not hold for a marked copy.";
    assert_refused(&changed("_xmlsignatures/origin.sigs", |_| String::new()), signed);
    let origin = "<Relationship Id=\"s\" Target=\"signatures/origin.sigs\" \
                  Type=\"http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin\"/></Relationships>";
    assert_refused(&changed("_rels/.rels", |text| text.replace("</Relationships>", origin)), signed);
}

#[test]
fn parts_that_are_not_understood() {
    let not =
        |part: &str| format!("A part of the workbook, {part}, is not as Excel writes it, so nothing was put into it.");
    let sheet = "xl/worksheets/sheet1.xml";
    for (part, text) in [
        (sheet, "<worksheet><sheetData></worksheet>"),
        (sheet, "<!DOCTYPE w [<!ENTITY a \"b\">]><worksheet><sheetData/></worksheet>"),
        (sheet, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><worksheet><sheetData/></worksheet>"),
        (sheet, ""),
        ("xl/workbook.xml", "<workbook xmlns=\"m\"/>"),
        ("xl/styles.xml", "<styleSheet>"),
        ("[Content_Types].xml", "no markup"),
    ] {
        assert_refused(&changed(part, |_| text.to_owned()), &not(part));
    }
    let mut parts: Parts = book("<sheetData/>");
    parts.remove(sheet);
    assert_refused(&bytes(&parts), &not(sheet));
    let utf_16: Vec<u8> =
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut raw: Vec<(String, Vec<u8>)> = book("").into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    raw.iter_mut().find(|(name, _)| name == sheet).unwrap().1 = [&[0xff, 0xfe][..], &utf_16].concat();
    assert_refused(&package(&raw), &not(sheet));
    // A part that nobody needs to read may be anything.
    assert!(try_marked(&changed("xl/theme/theme1.xml", |_| "<a".to_owned()), &[error("A1")]).is_ok());
}
