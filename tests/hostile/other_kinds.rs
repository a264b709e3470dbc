//! Files that are something else than their names say: read rightly, or named for what they are.

use crate::binary_workbooks::good_xlsb;
use crate::old_workbooks::good_xls;
use crate::open_documents::good_ods;
use crate::probe::Book;
use crate::row::{Row, reads_1000, unreadable};
use crate::support::package::package;

/// One row for each.
pub fn rows() -> Vec<Row> {
    let mut rows = renamed();
    rows.extend(texts());
    rows.extend(bytes());
    rows.extend(packages());
    rows
}

/// Each format under the others' names.
fn renamed() -> Vec<Row> {
    let made = [("xlsx", Book::good().bytes()), ("xls", good_xls()), ("xlsb", good_xlsb()), ("ods", good_ods())];
    let mut rows = Vec::new();
    for (format, bytes) in &made {
        for ending in ["xlsx", "xlsm", "xls", "xlsb", "ods"].into_iter().filter(|ending| ending != format) {
            rows.push(Row::probe(&format!("{format} named {ending}"), bytes.clone(), reads_1000()).ending(ending));
        }
    }
    rows
}

fn texts() -> Vec<Row> {
    let text = |name: &str, text: &str, words: &str| Row::probe(name, text.as_bytes().to_vec(), unreadable(words));
    let utf_16: Vec<u8> = "\u{feff}Item\tFigure\r\nDawn\t1000\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        text(
            "a web page",
            "<!DOCTYPE html>\n<html><body><table><tr><td>1000</td></tr></table></body></html>",
            "a web page",
        ),
        text("a web page of a table alone", "<table><tr><td>Dawn</td><td>1000</td></tr></table>", "a web page"),
        text("a page to sign in", "\u{feff}<html><head><title>Sign in</title></head></html>", "a web page"),
        text(
            "a web page saved as one file",
            "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>",
            "a web page",
        ),
        text("values with commas", "Item,Figure\r\nDawn,1000\r\n", "values with commas"),
        text("values with tabs", "Item\tFigure\r\nDawn\t1000\r\n", "values with tabs"),
        Row::probe("values with tabs in UTF-16", utf_16, unreadable("values with tabs")),
        text("values with a line that says so", "sep=;\r\nItem;Figure\r\nDawn;1000\r\n", "values with semicolons"),
        text("JSON", "{\"item\": \"Dawn\", \"figure\": 1000}", ""),
        text(
            "a placeholder of a cloud",
            "{\"url\": \"https://docs.example.org/d/1\", \"doc_id\": \"1\", \"email\": \"a@example.org\"}",
            "",
        ),
        text(
            "an XML spreadsheet of 2003",
            "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
            "an XML spreadsheet of 2003",
        ),
        text(
            "a flat spreadsheet of LibreOffice",
            "<?xml version=\"1.0\"?><office:document xmlns:office=\"o\"><office:body/></office:document>",
            "flat OpenDocument",
        ),
        text("other XML", "<?xml version=\"1.0\"?><accounts><line>1000</line></accounts>", ""),
        text(
            "an e-mail",
            "Received: from mail\r\nFrom: a@example.org\r\nSubject: Return\r\nMIME-Version: 1.0\r\n\r\nattached",
            "",
        ),
        text("a Rich Text document", "{\\rtf1\\ansi Dawn 1000}", "a Rich Text document"),
        text("SYLK", "ID;PWXL;N;E\r\nC;Y1;X1;K\"Dawn\"\r\nE\r\n", ""),
        text("a script", "#!/bin/sh\necho hello\n", ""),
    ]
}

fn bytes() -> Vec<Row> {
    let then = |name: &str, beginning: &[u8], words: &str| {
        let mut bytes = beginning.to_vec();
        // What follows is nothing that anyone reads.
        bytes.extend((0..4_000u32).map(|index| (index.wrapping_mul(2_654_435_761) >> 13) as u8));
        Row::probe(name, bytes, unreadable(words))
    };
    let exactly = |name: &str, bytes: &[u8], words: &str| Row::probe(name, bytes.to_vec(), unreadable(words));
    vec![
        then("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
        then("a PDF behind other bytes", b"\n\n\n%PDF-1.4\n", "a PDF"),
        then("a picture (PNG)", b"\x89PNG\r\n\x1a\n", "a picture"),
        then("a picture (JPEG)", b"\xff\xd8\xff\xe0", "a picture"),
        then("a 7z archive", b"7z\xbc\xaf\x27\x1c", "archive"),
        then("a gzip archive", b"\x1f\x8b\x08\0", "archive"),
        then("a RAR archive", b"Rar!\x1a\x07\x01\0", "archive"),
        then("a program of Windows", b"MZ\x90\0\x03\0\0\0", ""),
        then("a program of Linux", b"\x7fELF\x02\x01\x01\0", ""),
        then("an SQLite database", b"SQLite format 3\0", ""),
        then("an Access database", b"\0\x01\0\0Standard Jet DB\0", ""),
        then("a workbook of Excel 4", b"\x09\x04\x06\x00\x00\x00\x10\x00", "or older"),
        then("a workbook of Excel 2", b"\x09\x00\x04\x00\x02\x00\x10\x00", ""),
        then("random bytes", b"\xc3\x28\xa0\xa1\x00\x01", "neither an Excel nor"),
        exactly("no bytes", b"", "is empty"),
        exactly("one byte", b"P", ""),
        exactly("three bytes of a package", b"PK\x03", "damaged"),
        exactly("four bytes of a package", b"PK\x03\x04", "damaged"),
        exactly("a package that is its end alone", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", ""),
        exactly("a million zeros", &[0; 1_000_000], "nothing but zeros"),
        exactly("a line break", b"\r\n", ""),
        exactly("spaces", &b" ".repeat(5_000), ""),
    ]
}

fn packages() -> Vec<Row> {
    let of = |name: &str, parts: &[(&str, &str)], words: &str| Row::probe(name, package(parts), unreadable(words));
    let inner = Book::good().bytes();
    vec![
        of(
            "a Word document",
            &[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<document/>")],
            "a Word document",
        ),
        of(
            "a PowerPoint presentation",
            &[("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<presentation/>")],
            "a PowerPoint presentation",
        ),
        of(
            "an Apple Numbers document",
            &[("Index/Document.iwa", "x"), ("preview.jpg", "x")],
            "an Apple Numbers document",
        ),
        of("a zip archive of photographs", &[("photos/1.jpg", "x"), ("photos/2.jpg", "x")], "zip archive"),
        of(
            "a presentation of LibreOffice",
            &[("mimetype", "application/vnd.oasis.opendocument.presentation"), ("content.xml", "<a/>")],
            "not a spreadsheet",
        ),
        of("a Java program", &[("META-INF/MANIFEST.MF", "Manifest-Version: 1.0"), ("Main.class", "x")], "zip archive"),
        Row::probe(
            "a zip archive that holds a workbook",
            package(&[("Return.xlsx", inner)]),
            unreadable("zip archive"),
        ),
    ]
}
