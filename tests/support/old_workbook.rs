//! Workbooks of Excel 97 (`.xls`), made record by record (MS-XLS) in a compound file (MS-CFB), for what no program writes.

/// A sector of a compound file.
const SECTOR: usize = 512;
/// Streams of fewer bytes are kept elsewhere in a compound file.
const SHORTEST_STREAM: usize = 4096;
const END_OF_CHAIN: u32 = 0xffff_fffe;
const SECTOR_OF_TABLE: u32 = 0xffff_fffd;
const FREE: u32 = 0xffff_ffff;

/// A workbook whose sheets all have these names and one content: records of the kinds below.
pub fn old_workbook(sheets: &[&str], content: &[u8]) -> Vec<u8> {
    let begins = |kind: u16| record(0x0809, &[&[0, 6][..], &kind.to_le_bytes(), &[0; 12]].concat());
    let book = |content_at: u32| {
        let named = sheets.iter().flat_map(|name| {
            let length = u8::try_from(name.len()).expect("a short name");
            record(0x0085, &[&content_at.to_le_bytes()[..], &[0, 0, length, 0], name.as_bytes()].concat())
        });
        [begins(0x0005), named.collect(), record(0x000a, &[])].concat()
    };
    let content_at = u32::try_from(book(0).len()).expect("a short list of sheets");
    compound_file("Workbook", [&book(content_at), &begins(0x0010), content, &record(0x000a, &[])].concat())
}

/// The number 1 in a cell, by its zero-based row and column.
pub fn one_at(row: u16, column: u16) -> Vec<u8> {
    record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0], &1f64.to_le_bytes()].concat())
}

/// That a sheet has so many rows and columns.
pub fn dimensions(rows: u32, columns: u16) -> Vec<u8> {
    record(0x0200, &[&[0; 4][..], &rows.to_le_bytes(), &[0, 0], &columns.to_le_bytes(), &[0, 0]].concat())
}

fn record(kind: u16, bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("a short record");
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), bytes].concat()
}

/// A compound file with one stream: the header, the stream, the directory, the allocation table.
fn compound_file(name: &str, mut stream: Vec<u8>) -> Vec<u8> {
    stream.resize(stream.len().max(SHORTEST_STREAM).next_multiple_of(SECTOR), 0);
    let sectors = u32::try_from(stream.len() / SECTOR).expect("a short stream");
    let in_table = (SECTOR / 4) as u32;
    let mut tables = 1;
    while tables * in_table < sectors + 1 + tables {
        tables += 1;
    }
    let first_table = sectors + 1;

    let mut chains: Vec<u32> = (1..sectors).chain([END_OF_CHAIN, END_OF_CHAIN]).collect();
    chains.extend((0..tables).map(|_| SECTOR_OF_TABLE));
    chains.resize((tables * in_table) as usize, FREE);

    let mut file = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    file.resize(24, 0);
    // The version, the order of the bytes, the sizes of sectors and small sectors as powers of two.
    file.extend([0x3e_u16, 3, 0xfffe, 9, 6].map(u16::to_le_bytes).concat());
    file.resize(44, 0);
    let small_streams = [SHORTEST_STREAM as u32, END_OF_CHAIN, 0];
    file.extend([&[tables, sectors, 0][..], &small_streams, &[END_OF_CHAIN, 0]].concat().map_bytes());
    file.extend((first_table..first_table + tables).collect::<Vec<_>>().map_bytes());
    file.resize(SECTOR, 0xff);

    let length = stream.len() as u32;
    file.extend(stream);
    file.extend(directory_entry("Root Entry", 5, 1, [END_OF_CHAIN, 0]));
    file.extend(directory_entry(name, 2, FREE, [0, length]));
    file.extend([0; 2 * 128]);
    file.extend(chains.map_bytes());
    file
}

/// An entry of the directory: its name, kind, first child, first sector and length.
fn directory_entry(name: &str, kind: u8, child: u32, place: [u32; 2]) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(entry.len() + 2).expect("a short name");
    entry.resize(64, 0);
    entry.extend(length.to_le_bytes());
    entry.extend([kind, 1]);
    entry.extend(vec![FREE, FREE, child].map_bytes());
    entry.resize(116, 0);
    entry.extend(place.to_vec().map_bytes());
    entry.resize(128, 0);
    entry
}

/// Numbers as a compound file has them.
trait AsBytes {
    fn map_bytes(&self) -> Vec<u8>;
}

impl AsBytes for Vec<u32> {
    fn map_bytes(&self) -> Vec<u8> {
        self.iter().flat_map(|number| number.to_le_bytes()).collect()
    }
}
