//! Binary workbooks (`.xlsb`), made record by record (MS-XLSB), since no crate writes them.

use super::package::package;

/// A cell of a binary sheet.
pub enum BinaryCell {
    /// Nothing.
    None,
    /// A text.
    Text(&'static str),
    /// A number.
    Number(f64),
    /// A formula (`=#REF!`) whose result is `#REF!`.
    ErrorFormula,
    /// A record of that type with those bytes after the cell's place.
    Record(u16, &'static [u8]),
    /// A row that begins further down, of that number from 0.
    Row(u32),
}

/// The bytes of an `.xlsb` workbook with one sheet.
pub fn binary_workbook(sheet: &str, rows: &[&[BinaryCell]]) -> Vec<u8> {
    let mut cells = record(0x0094, &[0; 16]);
    cells.extend(record(0x0091, &[]));
    for (row, line) in (0u32..).zip(rows) {
        // The row's number, and fields that nobody reads here.
        cells.extend(record(0x0000, &[&row.to_le_bytes()[..], &[0; 21]].concat()));
        for (column, cell) in (0u32..).zip(*line) {
            let place = [&column.to_le_bytes()[..], &[0; 4]].concat();
            cells.extend(match cell {
                BinaryCell::None => Vec::new(),
                BinaryCell::Text(text) => record(0x0006, &[place, wide(text)].concat()),
                BinaryCell::Record(kind, bytes) => record(*kind, &[place, bytes.to_vec()].concat()),
                BinaryCell::Row(row) => record(0x0000, &[&row.to_le_bytes()[..], &[0; 21]].concat()),
                BinaryCell::Number(number) => record(0x0005, &[place, number.to_le_bytes().to_vec()].concat()),
                // The result, two bytes of flags, the formula's length, the formula: the error itself.
                BinaryCell::ErrorFormula => {
                    record(0x000b, &[place, vec![0x17, 0, 0, 2, 0, 0, 0, 0x1c, 0x17, 0, 0, 0, 0]].concat())
                }
            });
        }
    }
    cells.extend(record(0x0092, &[]));
    let shown_first = [0u32.to_le_bytes(), 1u32.to_le_bytes()].concat();
    let mut book = record(0x009c, &[shown_first, wide("rId1"), wide(sheet)].concat());
    book.extend(record(0x0090, &[]));
    book.extend(record(0x009d, &[]));

    let types = r#"<Types><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>"#;
    let relations = r#"<Relationships><Relationship Id="rId1" Type="http://schemas/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>"#;
    package(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/workbook.bin", &book),
        ("xl/worksheets/sheet1.bin", &cells),
    ])
}

/// A record: its type and length in groups of seven bits, its bytes.
fn record(kind: u16, bytes: &[u8]) -> Vec<u8> {
    let mut written = match kind {
        0..0x80 => vec![kind as u8],
        _ => vec![(kind & 0x7f) as u8 | 0x80, (kind >> 7) as u8],
    };
    assert!(bytes.len() < 0x4000, "two groups are enough");
    written.extend([(bytes.len() & 0x7f) as u8 | 0x80, (bytes.len() >> 7) as u8]);
    written.extend(bytes);
    written
}

/// A text: its length in characters, and these in UTF-16.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).expect("a short text");
    length.to_le_bytes().into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}
