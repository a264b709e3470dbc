//! Packages are judged by their directories and parts before anything of them is opened.

use crosscast::model::{Limits, RawValue, UnreadableWorkbook, Workbook};
use crosscast::read::{self, read};
use zip::ZipArchive;

use crate::support::binary_workbook::{BinaryCell, binary_workbook};
use crate::support::open_document::open_document;
use crate::support::package::edit_parts;
use crate::support::patched::registers;
use crate::support::raw_package::{RawPart, checksum, raw_package, raw_package_with};
use crate::support::{pack, workbook};

const TABLE: &str =
    "fields:\n  - {name: project, title: Project, type: string}\n  - {name: amount, title: Amount, type: number}\n";
const SHEET: &str = "xl/worksheets/sheet1.xml";

fn small() -> Vec<u8> {
    workbook("# Spend\nProject | Amount\nDawn | 1000\nCafé | 2000")
}

fn read_table(bytes: &[u8]) -> Workbook {
    read("return.xlsx", bytes, &pack(&[("spend", "Spend", TABLE)]))
}

/// The parts of a workbook by name and content.
fn contents(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut content = |name: &str| {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_name(name).unwrap(), &mut bytes).unwrap();
        bytes
    };
    names.iter().map(|name| (name.clone(), content(name))).collect()
}

/// A small workbook whose parts are stored as they are.
fn stored() -> Vec<RawPart> {
    contents(&small()).iter().map(|(name, content)| RawPart::stored(name, content)).collect()
}

/// The same with its parts deflated.
fn deflated() -> Vec<RawPart> {
    contents(&small()).iter().map(|(name, content)| RawPart::deflated(name, content)).collect()
}

fn sheet(parts: &mut [RawPart]) -> &mut RawPart {
    parts.iter_mut().find(|part| part.name == SHEET.as_bytes()).unwrap()
}

fn with(extra: RawPart) -> Vec<u8> {
    let mut parts = stored();
    parts.push(extra);
    raw_package(&parts)
}

/// What is said of a workbook: nothing when it is read, and then its figures must be right.
fn said(bytes: &[u8]) -> String {
    let read = read_table(bytes);
    match read.unreadable {
        Some(UnreadableWorkbook::Damaged(words)) => words,
        Some(UnreadableWorkbook::BeyondLimit(beyond)) => format!("{}: {}", beyond.what, beyond.option()),
        Some(other) => format!("{other:?}"),
        None => {
            let rows = &read.tables[0].rows;
            let figures: Vec<_> = rows.iter().map(|row| row.cells[1].raw.clone()).collect();
            assert_eq!(figures, [RawValue::Number(1000.0), RawValue::Number(2000.0)]);
            assert_eq!(rows[1].cells[0].raw, RawValue::Text("Café".into()));
            String::new()
        }
    }
}

/// A workbook with the text of one of its parts changed.
fn edited(part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut is_there = false;
    let bytes = edit_parts(&small(), |name, text| {
        is_there |= name == part && text.contains(from);
        if name == part { text.replacen(from, to, 1) } else { text }
    });
    assert!(is_there, "{from} in {part}");
    bytes
}

#[test]
fn a_wrong_digit_is_found_by_its_checksum() {
    let damaged = "its part xl/worksheets/sheet1.xml is damaged";
    let mut parts = stored();
    assert_eq!(said(&raw_package(&parts)), "");
    let part = sheet(&mut parts);
    let digit = part.packed.windows(8).position(|window| window == b"<v>1000<").unwrap() + 3;
    part.packed[digit] = b'9';
    assert_eq!(said(&raw_package(&parts)), damaged, "stored");
    // With the checksum of what it says now, nobody can tell.
    let part = sheet(&mut parts);
    part.checksum = checksum(&part.packed);
    assert_eq!(read_table(&raw_package(&parts)).tables[0].rows[0].cells[1].raw, RawValue::Number(9000.0));

    let mut parts = deflated();
    assert_eq!(said(&raw_package(&parts)), "");
    let mut other = sheet(&mut stored()).clone();
    other.packed[digit] = b'9';
    let changed = RawPart::deflated(SHEET, &other.packed);
    sheet(&mut parts).packed = changed.packed;
    assert_eq!(said(&raw_package(&parts)), damaged, "deflated");
}

#[test]
fn directories_that_cannot_be_trusted() {
    let two = "it has two parts of one name";
    let leads_out = |name: &str| format!("it has a part named {name}, which leads out of the workbook");
    let lying = |change: fn(&mut RawPart)| {
        let mut parts = deflated();
        change(sheet(&mut parts));
        raw_package(&parts)
    };
    let one = |name: &str| with(RawPart::stored(name, b"a"));
    let sharing = || {
        let mut parts = stored();
        let first = parts[0].clone();
        parts.push(RawPart { listed: Some(b"again.xml".to_vec()), shares: Some(0), ..first });
        raw_package(&parts)
    };
    let overlapping = || {
        // The last part's bytes are all that follows, its own directory entry too.
        let mut parts = stored();
        let mut last = RawPart::stored("media/a.png", b"");
        last.packed = Vec::new();
        parts.push(last);
        let mut bytes = raw_package(&parts);
        let entry = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
        bytes[entry + 20..entry + 24].copy_from_slice(&40u32.to_le_bytes());
        bytes[entry + 24..entry + 28].copy_from_slice(&40u32.to_le_bytes());
        bytes
    };
    let before = [b"PK\x03\x04 something else".to_vec(), raw_package(&stored())].concat();
    let comment = {
        let mut bytes = raw_package(&stored());
        let length = bytes.len();
        bytes[length - 2..].copy_from_slice(&7u16.to_le_bytes());
        bytes.extend(b"comment");
        bytes
    };
    let method = |number: u16| with(RawPart { method: number, ..RawPart::stored("a.bin", b"a") });
    let packed = |called: &str| format!("its part a.bin is packed in a way that Excel does not know: {called}");
    let too_early = "the file ends too early, as after a copy that did not finish";
    let zeros = [&raw_package(&stored())[..2000], &[0; 6000]].concat();
    let cases: Vec<(&str, Vec<u8>, String)> = vec![
        ("as it should be", raw_package(&stored()), String::new()),
        ("a part twice", one(SHEET), two.into()),
        ("in capitals", one("XL/WORKSHEETS/SHEET1.XML"), two.into()),
        ("with backslashes", one("xl\\worksheets\\sheet1.xml"), two.into()),
        ("from the root", one("/xl/worksheets/sheet1.xml"), two.into()),
        ("from here", one("./xl/worksheets/sheet1.xml"), two.into()),
        ("with two slashes", one("xl//worksheets/sheet1.xml"), two.into()),
        ("nearly the same", one("xl/worksheets/sheet1.xm"), String::new()),
        ("out of the workbook", one("../../etc/a"), leads_out("../../etc/a")),
        ("out of it with backslashes", one("xl\\..\\..\\a"), leads_out("xl\\..\\..\\a")),
        ("dots within a name", one("xl/a..b"), String::new()),
        ("with a zero", one("xl/a\0.png"), leads_out("xl/a\u{fffd}.png")),
        ("from a drive, which harms nobody", one("C:\\a.png"), String::new()),
        ("from the root, which harms nobody", one("/etc/a.png"), String::new()),
        ("the bytes of another", sharing(), "two of its parts lie in the same place".into()),
        ("over the directory", overlapping(), "two of its parts lie in the same place".into()),
        ("something before", before, "something else stands before its first part".into()),
        ("a comment behind", comment, String::new()),
        ("deflate64", method(9), packed("Deflate64")),
        ("bzip2", method(12), packed("bzip2")),
        ("LZMA", method(14), packed("LZMA")),
        ("Zstandard", method(93), packed("Zstandard")),
        ("another", method(77), packed("one without a name")),
        ("encrypted", with(RawPart { flags: 1, ..RawPart::stored("a.bin", &[1; 20]) }), "Encrypted".into()),
        (
            "one piece of several",
            raw_package_with(&stored(), 1),
            "it is one piece of a zip archive that was split into several".into(),
        ),
        ("larger than it says", lying(|part| part.size -= 1), "its part xl/worksheets/sheet1.xml is damaged".into()),
        ("smaller than it says", lying(|part| part.size += 1), "its part xl/worksheets/sheet1.xml is damaged".into()),
        ("another name in the list", lying(|part| part.listed = Some(b"xl/a.xml".to_vec())), {
            "a part has another name in the list of parts".into()
        }),
        ("cut off", raw_package(&stored())[..2000].to_vec(), too_early.into()),
        ("cut off, with room kept", zeros, "the end of the file is empty, as after a download that broke off".into()),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(said(&bytes), expected, "{name}");
    }
}

#[test]
fn parts_whose_contents_are_refused() {
    let strings = "xl/sharedStrings.xml";
    let part = |part: &str, words: &str| format!("its part {part} {words}");
    let latin = |bytes: &[u8]| {
        let mut parts = stored();
        let strings = parts.iter_mut().find(|part| part.name == strings.as_bytes()).unwrap();
        let text = String::from_utf8(strings.packed.clone()).unwrap().replace("UTF-8", "ISO-8859-1");
        let (before, after) = text.split_once('é').unwrap();
        let content = [before.as_bytes(), bytes, after.as_bytes()].concat();
        *strings = RawPart::stored("xl/sharedStrings.xml", &content);
        raw_package(&parts)
    };
    let utf_16 = |name: &str| {
        let mut parts = stored();
        let found = parts.iter_mut().find(|part| part.name == name.as_bytes()).unwrap();
        let text = String::from_utf8(found.packed.clone()).unwrap();
        let content: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        *found = RawPart::stored(name, &content);
        raw_package(&parts)
    };
    let deep = format!("{}{}</sheetData>", "<x>".repeat(300), "</x>".repeat(300));
    let entity = "<!DOCTYPE sst [<!ENTITY a \"ha\">]><sst";
    let cases: Vec<(&str, Vec<u8>, String)> = vec![
        ("entities", edited(strings, "<sst", entity), part(strings, "declares entities, which no workbook does")),
        ("a grammar that nobody reads", edited(strings, "<sst", "<!DOCTYPE sst SYSTEM \"a.dtd\"><sst"), String::new()),
        (
            "texts beyond the limit",
            edited(strings, "uniqueCount=\"", "uniqueCount=\"400000000"),
            "the cells share more than 15,000,000 texts: --limit strings=30000000".into(),
        ),
        (
            "more texts than there is room for",
            edited(strings, "uniqueCount=\"", "uniqueCount=\"300000"),
            part(strings, "counts more texts than it can hold"),
        ),
        ("a few too many, which harms nobody", edited(strings, "uniqueCount=\"", "uniqueCount=\"30"), String::new()),
        ("cells that hold them", edited(strings, " count=\"", " count=\"40000000000"), String::new()),
        (
            "the number of a formula",
            edited(SHEET, "<v>1000</v>", "<f t=\"shared\" si=\"4294967295\" ref=\"B2\">1000</f><v>1000</v>"),
            part(SHEET, "gives a formula a number that is higher than there can be formulas"),
        ),
        (
            "too deep",
            edited(SHEET, "</sheetData>", &deep),
            part(SHEET, "holds elements that lie too deep in each other"),
        ),
        ("a sheet that breaks off behind its cells", edited(SHEET, "</worksheet>", ""), part(SHEET, "breaks off")),
        (
            "a size that lies",
            edited(SHEET, "<sheetData>", "<dimension ref=\"A1:XFD1048576\"/><sheetData>"),
            String::new(),
        ),
        ("Windows letters", latin(b"\xe9"), part(strings, "is written in iso-8859-1, not in UTF-8")),
        (
            "letters that could be either",
            latin("é".as_bytes()),
            part(strings, "is written in iso-8859-1, not in UTF-8"),
        ),
        ("a sheet in UTF-16", utf_16(SHEET), part(SHEET, "is written in UTF-16")),
        (
            "links in UTF-16",
            utf_16("xl/_rels/workbook.xml.rels"),
            part("xl/_rels/workbook.xml.rels", "is written in UTF-16"),
        ),
        ("styles in UTF-16", utf_16("xl/styles.xml"), part("xl/styles.xml", "is written in UTF-16")),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(said(&bytes), expected, "{name}");
    }
}

#[test]
fn limits_hold_and_can_be_raised() {
    let blank = |size: usize| with(RawPart::deflated("media/a.bin", &vec![0; size]));
    let ratio = "its part media/a.bin unpacks to more than 500 times its size: --limit ratio=1000";
    assert_eq!(said(&blank((8 << 20) + 1)), ratio);
    assert_eq!(said(&blank(8 << 20)), "", "small enough to unpack from any size");

    let guarded = |bytes: &[u8], setting: &str| {
        let limits = Limits::default().with(&[setting.parse().unwrap()]);
        match read::guard(bytes, &limits) {
            Ok(_) => String::new(),
            Err(UnreadableWorkbook::BeyondLimit(beyond)) => format!("{}: {}", beyond.what, beyond.option()),
            Err(other) => format!("{other:?}"),
        }
    };
    assert_eq!(guarded(&blank((8 << 20) + 1), "ratio=2000"), "");
    let count = stored().len();
    let many = format!("the workbook has more than {} parts: --limit parts={}", count - 1, 2 * (count - 1));
    assert_eq!(guarded(&raw_package(&stored()), &format!("parts={}", count - 1)), many);
    assert_eq!(guarded(&raw_package(&stored()), &format!("parts={count}")), "");
    let bytes = raw_package(&stored());
    let size = bytes.len();
    let large = format!("the file has more than {}", crosscast::model::Limit::File.said(size as u64 - 1));
    assert!(guarded(&bytes, &format!("file={}", size - 1)).starts_with(&large));
    assert_eq!(guarded(&bytes, &format!("file={size}")), "");
    let unpacked = guarded(&bytes, "unpacked=1KB");
    assert_eq!(unpacked, "the workbook unpacks to more than 1 KB: --limit unpacked=2KB");

    // A directory so long that reading it would take memory is not read.
    let entries = [b"PK\x01\x02".to_vec(), vec![0; 42]].concat().repeat(60);
    assert_eq!(
        guarded(&[b"PK\x03\x04".to_vec(), entries].concat(), "parts=5"),
        "the workbook has more than 5 parts: --limit parts=10"
    );
}

#[test]
fn each_format_is_read_as_what_it_is_under_any_name() {
    let table =
        "fields:\n  - {name: project, title: Project, type: string}\n  - {name: amount, title: Amount, type: number}\n";
    let row = |texts: [&str; 2]| {
        let cell = |text: &str| match text.parse::<f64>() {
            Ok(_) => format!(
                "<table:table-cell office:value-type=\"float\" office:value=\"{text}\"><text:p>{text}</text:p></table:table-cell>"
            ),
            Err(_) => {
                format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
            }
        };
        format!("<table:table-row>{}{}</table:table-row>", cell(texts[0]), cell(texts[1]))
    };
    let ods = open_document("Spend", &format!("{}{}", row(["Project", "Amount"]), row(["Dawn", "1000"])));
    let text = BinaryCell::Text;
    let xlsb =
        binary_workbook("Spend", &[&[text("Project"), text("Amount")], &[text("Dawn"), BinaryCell::Number(1000.0)]]);
    let formats = [("xlsx", small()), ("xlsb", xlsb), ("ods", ods)];
    let names = ["return.xlsx", "return.xlsb", "return.xls", "return.ods", "return.xlsm"];
    for name in names {
        for (format, bytes) in &formats {
            let read = read(name, bytes, &pack(&[("spend", "Spend", table)]));
            assert_eq!(read.unreadable, None, "{format} as {name}");
            assert_eq!(read.tables[0].rows[0].cells[1].raw, RawValue::Number(1000.0), "{format} as {name}");
        }
        // The registers of the sample year are the workbook that is an .xls.
        let registers = read(name, &registers(), &pack(&[("spend", "Spend", table)]));
        assert_eq!((registers.unreadable, registers.sheets.len()), (None, 3), "xls as {name}");
    }
}
