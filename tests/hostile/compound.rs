//! Compound files and the records of old workbooks (`.xls`), written field by field.

/// A sector's size in bytes.
const SECTOR: usize = 512;
/// In the allocation table: the last sector of a chain, a sector of the table itself, one that is not used.
const END_OF_CHAIN: u32 = 0xffff_fffe;
const TABLE_SECTOR: u32 = 0xffff_fffd;
const FREE_SECTOR: u32 = 0xffff_ffff;
/// Where the allocation table begins in the bytes; each entry takes four.
pub const TABLE_AT: usize = SECTOR;
/// Where the directory begins in the bytes; each entry takes 128.
pub const DIRECTORY_AT: usize = 2 * SECTOR;
/// The first sector of the first stream.
pub const FIRST_SECTOR: usize = 2;

/// A compound file of these streams, each with its name. All streams are made long enough to take sectors of their own.
pub fn compound(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    assert!(streams.len() <= 3, "one sector holds four entries");
    let mut table = vec![TABLE_SECTOR, END_OF_CHAIN];
    let mut directory = entry("Root Entry", 5, END_OF_CHAIN, 0);
    let mut sectors = Vec::new();
    for (name, content) in streams {
        let length = content.len().max(4096).next_multiple_of(SECTOR);
        let first = u32::try_from(table.len()).unwrap();
        directory.extend(entry(name, 2, first, u32::try_from(length).unwrap()));
        let last = first + u32::try_from(length / SECTOR).unwrap() - 1;
        table.extend((first..last).map(|sector| sector + 1));
        table.push(END_OF_CHAIN);
        sectors.extend(content);
        sectors.resize(sectors.len().next_multiple_of(SECTOR).max(sectors.len() - content.len() + length), 0);
    }
    assert!(table.len() <= SECTOR / 4, "one sector holds the table");
    table.resize(SECTOR / 4, FREE_SECTOR);
    directory.resize(SECTOR, 0);
    let table: Vec<u8> = table.into_iter().flat_map(u32::to_le_bytes).collect();
    [header(), table, directory, sectors].concat()
}

fn header() -> Vec<u8> {
    let mut header = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    header.resize(24, 0);
    for half in [0x003e_u16, 3, 0xfffe, 9, 6] {
        header.extend(half.to_le_bytes());
    }
    header.resize(44, 0);
    // One sector of the table, the directory's first sector; from 56 on the size below which streams are small, none of
    // which are here, and no further sectors of the table.
    for word in [1, 1, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0, 0] {
        header.extend(word.to_le_bytes());
    }
    header.resize(SECTOR, 0xff);
    header
}

fn entry(name: &str, kind: u8, first: u32, length: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let taken = u16::try_from(entry.len() + 2).unwrap();
    entry.resize(64, 0);
    entry.extend(taken.to_le_bytes());
    entry.extend([kind, 1]);
    entry.extend([0xff; 12]);
    entry.resize(116, 0);
    entry.extend(first.to_le_bytes());
    entry.extend(length.to_le_bytes());
    entry.resize(128, 0);
    entry
}

/// The same bytes with a word of four bytes put at a place.
pub fn with_word(mut bytes: Vec<u8>, at: usize, word: u32) -> Vec<u8> {
    bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
    bytes
}

/// A record: its type, its length, its bytes.
pub fn record(kind: u16, bytes: &[u8]) -> Vec<u8> {
    record_claiming(kind, u16::try_from(bytes.len()).unwrap(), bytes)
}

/// A record whose length is not said rightly.
pub fn record_claiming(kind: u16, length: u16, bytes: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), bytes].concat()
}

/// A text in a cell, by zero-based row and column.
pub fn text(row: u16, column: u16, text: &str) -> Vec<u8> {
    let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    record(0x0204, &[&place[..], &u16::try_from(text.len()).unwrap().to_le_bytes(), &[0], text.as_bytes()].concat())
}

/// A number in a cell, by zero-based row and column.
pub fn number(row: u16, column: u16, number: f64) -> Vec<u8> {
    record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0], &number.to_le_bytes()].concat())
}

/// The stream of a workbook with one sheet, Probe: more records of the whole, and those of the sheet.
pub fn book(globals: &[u8], sheet: &[u8]) -> Vec<u8> {
    book_at(globals, sheet, None)
}

/// The same, with the sheet said to begin elsewhere.
pub fn book_at(globals: &[u8], sheet: &[u8], begins: Option<u32>) -> Vec<u8> {
    let begin = record(0x0809, &[&[0, 6, 5, 0][..], &[0; 12]].concat());
    let end = record(0x000a, &[]);
    let code_page = record(0x0042, &1200u16.to_le_bytes());
    let listed = |at: u32| record(0x0085, &[&at.to_le_bytes()[..], &[0, 0, 5, 0], b"Probe"].concat());
    let whole = [begin, code_page, listed(0), globals.to_vec(), end.clone()].concat().len();
    let at = begins.unwrap_or(u32::try_from(whole).unwrap());
    let begin = record(0x0809, &[&[0, 6, 5, 0][..], &[0; 12]].concat());
    let code_page = record(0x0042, &1200u16.to_le_bytes());
    let begin_sheet = record(0x0809, &[&[0, 6, 0x10, 0][..], &[0; 12]].concat());
    [begin, code_page, listed(at), globals.to_vec(), end.clone(), begin_sheet, sheet.to_vec(), end].concat()
}
