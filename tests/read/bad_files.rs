//! Files that cannot be read are named for what they are, and damage is never read as a figure.

use crosscast::model::{UnreadableWorkbook, Workbook};
use crosscast::read::read;

use crate::support::open_document::open_document_of;
use crate::support::package::{edit_parts, package};
use crate::support::patched::{locked_with_password, patched, registers};
use crate::support::sample_pack::sample_pack;
use crate::support::{pack, workbook};

const TABLE: &str =
    "fields:\n  - {name: project, title: Project, type: string}\n  - {name: amount, title: Amount, type: number}\n";

fn read_table(bytes: &[u8]) -> Workbook {
    read("return.xlsx", bytes, &pack(&[("spend", "Spend", TABLE)]))
}

fn why(bytes: &[u8]) -> UnreadableWorkbook {
    let read = read_table(bytes);
    assert_eq!((read.sheets.len(), read.tables.len(), read.absent.len()), (0, 0, 0));
    read.unreadable.expect("a file that cannot be read")
}

fn other(kind: &str) -> UnreadableWorkbook {
    UnreadableWorkbook::OtherKind(kind.to_owned())
}

fn foreign(kind: &str) -> UnreadableWorkbook {
    UnreadableWorkbook::Foreign(kind.to_owned())
}

fn small() -> Vec<u8> {
    workbook("# Spend\nProject | Amount\nDawn | 1000\nHate Crime | 2000")
}

#[test]
fn not_workbooks_at_all() {
    assert_eq!(why(b""), UnreadableWorkbook::Empty);
    assert_eq!(why(b"<!DOCTYPE html><title>Sign in</title>"), UnreadableWorkbook::WebPage);
    assert_eq!(why(b"Dear all,\nthe figures follow\n"), UnreadableWorkbook::PlainText);
    assert_eq!(why(b"Project,Amount\nDawn,1000\n"), other("values with commas between them (CSV)"));
    assert_eq!(why(b"%PDF-1.7"), UnreadableWorkbook::Pdf);
    let packed = |kind: &str| UnreadableWorkbook::Packed(kind.to_owned());
    assert_eq!(why(&package(&[("photos/a.txt", b"a")])), foreign("a zip archive that holds no workbook"));
    assert_eq!(why(&package(&[("May/a.XLSX", b"a")])), packed("a zip archive that holds May/a.XLSX"));
    assert_eq!(
        why(&package(&[("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")])),
        foreign("a Word document")
    );
    assert_eq!(why(&[1, 2, 3, 4]), UnreadableWorkbook::Unknown);
}

#[test]
fn the_fingerprint_is_of_the_bytes() {
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(read_table(b"").sha256, empty);
}

#[test]
fn a_cut_off_workbook_is_damaged_wherever_it_is_cut() {
    let bytes = small();
    assert_eq!(read_table(&bytes).unreadable, None);
    for length in (4..bytes.len()).step_by(61) {
        assert!(matches!(why(&bytes[..length]), UnreadableWorkbook::Damaged(_)), "{length}");
    }
    let pack = sample_pack();
    let xls = registers();
    for length in (8..xls.len() - 512).step_by(251) {
        let read = read("registers.xls", &xls[..length], &pack);
        assert!(matches!(read.unreadable, Some(UnreadableWorkbook::Damaged(_))), "{length} {:?}", read.unreadable);
    }
}

#[test]
fn a_changed_byte_never_changes_a_figure() {
    let bytes = small();
    let whole = read_table(&bytes);
    for at in (0..bytes.len()).step_by(7) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x08;
        let read = read_table(&changed);
        assert!(read.unreadable.is_some() || (&read.tables, &read.sheets) == (&whole.tables, &whole.sheets), "{at}");
    }
}

#[test]
fn locked_with_a_password() {
    assert_eq!(why(&locked_with_password()), UnreadableWorkbook::Encrypted);

    // An .xls that is locked says so in the record after its beginning.
    let xls = registers();
    let globals = [0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00];
    let begins = xls.windows(8).position(|window| window == globals).unwrap();
    let mut locked = xls.clone();
    locked[begins + 20..begins + 22].copy_from_slice(&0x002fu16.to_le_bytes());
    assert_eq!(why(&locked), UnreadableWorkbook::Encrypted);
    // By the oldest way of locking, which calamine takes for an unknown code page.
    locked[begins + 24..begins + 26].copy_from_slice(&[0, 0]);
    assert_eq!(why(&locked), UnreadableWorkbook::Encrypted);

    let content = "<office:document-content></office:document-content>";
    let entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    assert_eq!(why(&open_document_of(content, entry)), UnreadableWorkbook::Encrypted);
}

#[test]
fn an_open_document_that_ends_early_is_damaged_and_does_not_hang() {
    let content = "<office:document-content><office:body><office:spreadsheet><table:table><table:table-row/>";
    let UnreadableWorkbook::Damaged(words) = why(&open_document_of(content, "")) else { panic!() };
    assert_eq!(words, "the file ends too early, as after a copy that did not finish");
}

#[test]
fn parts_that_cannot_be_trusted() {
    let two = workbook("# Spend\nProject | Amount\n# Lists\nDawn");
    let UnreadableWorkbook::Damaged(words) = why(&patched(&two, b"sheet2.xml", b"sheet1.xml")) else { panic!() };
    assert_eq!(words, "it has two parts of one name");

    let utf_16: Vec<u8> = "<worksheet/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let parts = [("xl/workbook.xml", b"<workbook/>".to_vec()), ("xl/worksheets/sheet1.xml", utf_16)];
    let UnreadableWorkbook::Damaged(words) = why(&package(&parts)) else { panic!() };
    assert_eq!(words, "its part xl/worksheets/sheet1.xml is written in UTF-16");

    let same = edit_parts(&two, |_, text| text.replace("name=\"Lists\"", "name=\"SPEND\""));
    let UnreadableWorkbook::Damaged(words) = why(&same) else { panic!() };
    assert_eq!(words, "two sheets are named SPEND");

    let wide = edit_parts(&small(), |_, text| text.replace("r=\"B3\"", "r=\"XFE3\""));
    assert!(matches!(why(&wide), UnreadableWorkbook::Damaged(_)));
}

#[test]
fn a_size_that_is_too_large_is_refused_before_anything_is_unpacked() {
    let bytes = small();
    // The unpacked size stands 24 bytes into a part's entry in the directory.
    let entry = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    let mut large = bytes.clone();
    large[entry + 24..entry + 28].copy_from_slice(&0xffff_fff0u32.to_le_bytes());
    let UnreadableWorkbook::BeyondLimit(beyond) = why(&large) else { panic!() };
    assert_eq!(beyond.what, "the workbook unpacks to more than 2 GB");
    assert_eq!(beyond.option(), "--limit unpacked=4GB");
}
