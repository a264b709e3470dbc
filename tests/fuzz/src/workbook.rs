//! The guard and the reader.

use std::io::{Cursor, Write};
use std::panic;
use std::sync::{LazyLock, Once};

use crosscast::model::{Limit, LimitSetting, Limits, Workbook};
use crosscast::read::{self, Wanted};
use crosscast::schema::{Pack, PackFiles};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A workbook that the pack expects, with tables of most kinds.
const PATH: &str = "monthly/2022-04 April return.xlsx";

static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::parse_all(PackFiles::built_in()).0);

/// Whatever the bytes of a file are, the guard says what they are or why they cannot be opened; and what it lets be opened
/// in this process is read or refused, within bounds.
pub fn guard(bytes: &[u8]) {
    let limits = Limits::default().with(&[LimitSetting { limit: Limit::Cells, most: 100_000 }]);
    let Ok(guarded) = read::guard(bytes, &limits) else { return };
    if guarded.is_read_inside() {
        whole(bytes, &limits);
    }
}

/// The same for a package whose parts hang together as a package: the input is the texts of its parts, of those that are
/// left out the usual ones.
pub fn workbook(bytes: &[u8]) {
    let Ok(input) = std::str::from_utf8(bytes) else { return };
    let mut parts = super::parts(input);
    for (name, usual) in USUAL {
        if !parts.iter().any(|(given, _)| *given == name) {
            parts.push((name, usual));
        }
    }
    let limits = Limits::default().with(&[LimitSetting { limit: Limit::Cells, most: 100_000 }]);
    if let Some(bytes) = package(&parts) {
        whole(&bytes, &limits);
    }
}

fn whole(bytes: &[u8], limits: &Limits) {
    quiet();
    let opened = |wanted: &Wanted| read::guard(bytes, limits).and_then(|guarded| read::open(&guarded, bytes, wanted));
    let first = read::workbook(PATH, "", opened(&Wanted::by_pack(PATH, &PACK)), &PACK);
    assert_eq!(same(&first), same(&read::workbook(PATH, "", opened(&Wanted::by_pack(PATH, &PACK)), &PACK)));
    let _ = opened(&Wanted::Every);
    if first.unreadable.is_some() {
        assert!(first.sheets.is_empty() && first.tables.is_empty());
    }
    for cell in first.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells) {
        assert!(cell.position.is_on_sheet());
    }
}

/// Everything of a workbook, as a text: a number that is none is not equal to itself.
fn same(workbook: &Workbook) -> String {
    format!("{workbook:?}")
}

/// What calamine's panics print is of no use here, and the fuzzer's own hook would take a panic that is caught for a
/// broken promise. One that nobody catches still ends the process.
fn quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |what| {
            let is_calamine = what.location().is_some_and(|place| place.file().contains("calamine"));
            if !is_calamine {
                before(what);
            }
        }));
    });
}

fn package(parts: &[(&str, &str)]) -> Option<Vec<u8>> {
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        written.start_file(*name, stored).ok()?;
        written.write_all(content.as_bytes()).ok()?;
    }
    Some(written.finish().ok()?.into_inner())
}

/// The parts of a small workbook.
const USUAL: [(&str, &str); 5] = [
    (
        "[Content_Types].xml",
        r#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Spend" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
    ),
    (
        "xl/worksheets/sheet1.xml",
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Date paid</t></is></c></row></sheetData></worksheet>"#,
    ),
];
