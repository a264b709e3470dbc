//! Binary workbooks (`.xlsb`) whose records lie.

use crate::row::{Row, reads_1000, unreadable};
use crate::support::binary_workbook::BinaryCell::{Number, Text};
use crate::support::binary_workbook::binary_workbook;
use crate::support::package::package;
use crate::zip_by_hand::place_of;

const SHEET: &str = "xl/worksheets/sheet1.bin";
const BOOK: &str = "xl/workbook.bin";

/// A good probe.
pub fn good_xlsb() -> Vec<u8> {
    binary_workbook("Probe", &[&[Text("Item"), Text("Figure")], &[Text("Dawn"), Number(1000.0)]])
}

/// The parts of a good probe.
fn parts() -> Vec<(String, Vec<u8>)> {
    use std::io::Read;

    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(good_xlsb())).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        parts.push((part.name().unwrap().to_string(), content));
    }
    parts
}

fn with(part: &str, edit: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut parts = parts();
    let (_, content) = parts.iter_mut().find(|(name, _)| name == part).unwrap();
    edit(content);
    package(&parts)
}

fn at(content: &[u8], bytes: &[u8]) -> usize {
    content.windows(bytes.len()).position(|window| window == bytes).unwrap()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// One row for each.
pub fn rows() -> Vec<Row> {
    let before = |text: &str| {
        let text = wide(text);
        move |content: &[u8]| at(content, &text) - 4
    };
    let dawn = before("Dawn");
    let number = |content: &[u8]| at(content, &1000f64.to_le_bytes());
    let mut rows = vec![
        Row::probe("xlsb good", good_xlsb(), reads_1000()),
        Row::probe(
            "xlsb with a record of 250 MB that is not there",
            with(SHEET, |content| {
                let begins = number(content) - 10;
                content.truncate(begins);
                content.extend([0x05, 0xff, 0xff, 0xff, 0x7f]);
            }),
            unreadable(""),
        ),
        Row::probe(
            "xlsb with a record shorter than what it holds",
            with(SHEET, |content| {
                let length = number(content) - 10;
                content[length] = 0x82;
            }),
            unreadable(""),
        ),
        Row::probe(
            "xlsb with a text of 4 billion letters",
            with(SHEET, |content| {
                let begins = dawn(content);
                content[begins..begins + 4].fill(0xff);
            }),
            unreadable(""),
        ),
        Row::probe(
            "xlsb with a row of four billion",
            with(SHEET, |content| {
                let row_2 = content
                    .windows(5)
                    .rposition(|window| window == [0x99, 0x80, 1, 0, 0])
                    .map_or(0, |begins| begins + 2);
                content[row_2..row_2 + 4].fill(0xff);
            }),
            unreadable(""),
        ),
        Row::probe(
            "xlsb with a column of four billion",
            with(SHEET, |content| {
                let column = number(content) - 8;
                content[column..column + 4].fill(0xff);
            }),
            unreadable(""),
        ),
        Row::probe(
            "xlsb with a number that is none",
            with(SHEET, |content| {
                let begins = number(content);
                content[begins..begins + 8].copy_from_slice(&f64::NAN.to_le_bytes());
            }),
            vec![crate::row::Expected::at("damaged-cell", "Probe!B2", "NaN")],
        ),
        Row::probe(
            "xlsb whose sheet breaks off",
            with(SHEET, |content| content.truncate(number(content) + 3)),
            unreadable(""),
        ),
        Row::probe("xlsb whose sheet is empty", with(SHEET, Vec::clear), unreadable("")),
        Row::probe("xlsb whose sheet is zeros", with(SHEET, |content| content.fill(0)), unreadable("")),
        Row::probe(
            "xlsb whose sheet never says that it ends",
            with(SHEET, |content| content.truncate(content.len() - 4)),
            unreadable(""),
        )
        .or(reads_1000()),
        Row::probe("xlsb whose workbook is empty", with(BOOK, Vec::clear), unreadable("")),
        Row::probe("xlsb whose workbook breaks off", with(BOOK, |content| content.truncate(20)), unreadable("")),
        Row::probe(
            "xlsb whose sheet has a name of 4 billion letters",
            with(BOOK, |content| {
                let begins = at(content, &wide("Probe")) - 4;
                content[begins..begins + 4].fill(0xff);
            }),
            unreadable(""),
        ),
        Row::probe(
            "xlsb with a sheet that is not there",
            with("xl/_rels/workbook.bin.rels", |content| {
                *content = String::from_utf8(content.clone()).unwrap().replace("sheet1", "sheet9").into_bytes();
            }),
            unreadable(""),
        ),
        Row::probe(
            "xlsb with a wrong byte in its sheet",
            {
                let mut bytes = good_xlsb();
                let (_, begins) = place_of(&bytes, SHEET);
                bytes[begins + 30] ^= 4;
                bytes
            },
            unreadable("damaged"),
        ),
    ];
    for row in &mut rows {
        row.path = row.path.replace(".xlsx", ".xlsb");
    }
    rows
}
