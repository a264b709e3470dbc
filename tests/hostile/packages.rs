//! Zip packages that lie or swell.

use crate::probe::{BOOK, Book, SHEET, worksheet};
use crate::row::{Row, reads_1000, unreadable};
use crate::support::package::package;
use crate::zip_by_hand::{Entry, archive, archive_claiming, checksum, listed_at, place_of, stored};

/// One row for each.
pub fn rows() -> Vec<Row> {
    let mut rows = swelling();
    rows.extend(lying());
    rows.extend(named_alike());
    rows.extend(damaged_parts());
    rows
}

fn swelling() -> Vec<Row> {
    let many = |count: usize| {
        let mut book = Book::good();
        book.0.extend((0..count).map(|index| (format!("xl/media/{index}"), Vec::new())));
        book
    };
    let inner = package(&[("inner.zip", zeros(1 << 20))]);
    vec![
        Row::probe("zip bomb of 4 GB in a sheet", bomb(SHEET, 4_000), unreadable("too large to be read safely")),
        Row::probe("zip bomb of 4 GB beside the sheets", bomb("xl/media/image1.png", 4_000), unreadable("too large")),
        Row::probe("zip bomb of 200 MB in a sheet, below the limit of size", bomb(SHEET, 200), unreadable("too large")),
        Row::probe("zip bomb that says 100 bytes", lying_bomb(100), unreadable("damaged")),
        Row::probe("fifty parts of 90 MB each", bombs(50, 90), unreadable("too large")),
        Row::probe("21,000 parts", many(21_000).bytes(), unreadable("more than 20,000 parts")),
        Row::probe("70,000 parts, more than a directory can count", many(70_000).bytes(), unreadable("parts")),
        Row::probe("200 empty parts beside the sheets", many(200).bytes(), reads_1000()),
        Row::probe("zip within a zip", Book::good().with("xl/embeddings/inner.zip", inner).bytes(), reads_1000()),
        Row::probe("40 parts that are the same 30 MB of bytes", quilt(), unreadable("")),
    ]
}

fn lying() -> Vec<Row> {
    let good = stored(&Book::good());
    let sheet = good.iter().position(|entry| entry.name == SHEET.as_bytes()).unwrap();
    let changed = |change: fn(&mut Entry)| {
        let mut entries = good.clone();
        change(&mut entries[sheet]);
        archive(&entries)
    };
    let half = archive(&good);
    vec![
        Row::probe("stored parts", archive(&good), reads_1000()),
        Row::probe(
            "a size too small in the directory",
            changed(|entry| entry.listed_sizes = (40, 40)),
            unreadable("damaged"),
        ),
        Row::probe(
            "a size too large in the directory",
            changed(|entry| entry.listed_sizes.1 += 1_000),
            unreadable("damaged"),
        ),
        Row::probe(
            "a size of 4 GB in the directory",
            changed(|entry| entry.listed_sizes = (0xffff_fff0, 0xffff_fff0)),
            unreadable(""),
        ),
        Row::probe(
            "a size of zip64 without its field",
            changed(|entry| entry.listed_sizes = (u32::MAX, u32::MAX)),
            unreadable(""),
        ),
        Row::probe(
            "sizes of zip64 that are 16 exabytes",
            changed(|entry| {
                entry.listed_sizes = (u32::MAX, u32::MAX);
                entry.extra = [&[1, 0, 16, 0][..], &[0xff; 16]].concat();
            }),
            unreadable(""),
        ),
        Row::probe("sizes of zero in the header of a part", changed(|entry| entry.sizes = (0, 0)), reads_1000())
            .or(unreadable("damaged")),
        Row::probe("a way of packing that nobody knows", changed(|entry| entry.method = 77), unreadable("")),
        Row::probe(
            "a part locked with a password",
            changed(|entry| entry.flags = 1),
            unreadable("locked with a password"),
        ),
        Row::probe(
            "more parts in the count than in the directory",
            archive_claiming(&good, 60_000),
            unreadable("damaged"),
        ),
        Row::probe("no parts in the count", archive_claiming(&good, 0), unreadable("")),
        Row::probe("nothing but the end of a directory", archive(&[]), unreadable("")),
        Row::probe("the directory cut in two", half[..half.len() - 150].to_vec(), unreadable("damaged")),
        Row::probe("a directory that begins beyond the end", directory_at(&half, 0x7fff_ffff), unreadable("damaged")),
        Row::probe("bytes before the first part", [b"#!/bin/sh\n".repeat(20), half.clone()].concat(), unreadable(""))
            .or(reads_1000()),
        Row::probe("bytes behind the directory", [half, b"and more".to_vec()].concat(), reads_1000())
            .or(unreadable("damaged")),
    ]
}

fn named_alike() -> Vec<Row> {
    let other = worksheet("").replace("<sheetData></sheetData>", "<sheetData/>");
    let two = |second: &str| {
        let mut entries = stored(&Book::good());
        entries.push(Entry::stored(second, other.as_bytes()));
        archive(&entries)
    };
    let mut renamed = stored(&Book::good());
    renamed[2].listed_name = b"xl/workbook.xmk".to_vec();
    vec![
        Row::probe("two parts of one name", two(SHEET), unreadable("two parts of one name")),
        Row::probe(
            "two parts that differ in letter case",
            two("XL/Worksheets/Sheet1.xml"),
            unreadable("two parts of one name"),
        ),
        Row::probe(
            "two parts that differ in slashes",
            two("xl\\worksheets\\sheet1.xml"),
            unreadable("two parts of one name"),
        ),
        Row::probe(
            "two parts that differ in a slash before",
            two("/xl/worksheets/sheet1.xml"),
            unreadable("two parts of one name"),
        ),
        Row::probe("two parts that differ in a dot", two("xl/./worksheets/sheet1.xml"), unreadable(""))
            .or(reads_1000()),
        Row::probe("a part that climbs out of the package", two("../../../etc/passwd"), unreadable(""))
            .or(reads_1000()),
        Row::probe("a part at the root of a drive", two("C:\\Windows\\win.ini"), unreadable("")).or(reads_1000()),
        Row::probe("a part whose name holds a NUL", two("xl/a\0b.xml"), unreadable("")).or(reads_1000()),
        Row::probe(
            "a part with another name in the directory",
            archive(&renamed),
            unreadable("another name in the list of parts"),
        ),
    ]
}

fn damaged_parts() -> Vec<Row> {
    let plain = archive(&stored(&Book::good()));
    let packed = Book::good().bytes();
    let (header, begins) = place_of(&packed, SHEET);
    let mut other_digit = plain.clone();
    let at = other_digit.windows(4).position(|window| window == b"1000").unwrap();
    other_digit[at] = b'9';
    let changed = |at: usize, bit: u8| {
        let mut bytes = packed.clone();
        bytes[at] ^= bit;
        bytes
    };
    let listed = listed_at(&packed, SHEET);
    vec![
        Row::probe(
            "a wrong digit in a stored part",
            other_digit,
            unreadable("its part xl/worksheets/sheet1.xml is damaged"),
        ),
        Row::probe("a wrong byte in a deflated part", changed(begins + 60, 1), unreadable("damaged")),
        Row::probe("a wrong byte at the beginning of a deflated part", changed(begins, 4), unreadable("damaged")),
        Row::probe("another checksum in the directory", changed(listed + 16, 1), unreadable("damaged")),
        Row::probe("another checksum in the header", changed(header + 14, 1), unreadable("damaged")).or(reads_1000()),
        Row::probe("a wrong letter in a part's name", changed(header + 31, 1), unreadable("damaged")),
        Row::probe("a part that leads to another's bytes", leading_to_another(), unreadable("damaged")),
        Row::probe("a directory of random bytes", scrambled(&packed, listed), unreadable("damaged")),
    ]
}

/// A workbook with a part of so many megabytes of blanks, in some kilobytes.
fn bomb(part: &str, megabytes: usize) -> Vec<u8> {
    let mut entries = stored(&Book::good());
    entries.retain(|entry| entry.name != part.as_bytes());
    entries.push(blanks(part, megabytes));
    archive(&entries)
}

fn bombs(count: usize, megabytes: usize) -> Vec<u8> {
    let mut entries = stored(&Book::good());
    entries.extend((0..count).map(|index| blanks(&format!("xl/media/image{index}.png"), megabytes)));
    archive(&entries)
}

fn lying_bomb(says: u32) -> Vec<u8> {
    let mut entries = stored(&Book::good());
    entries.push(blanks("xl/media/image1.png", 1_000).but(|entry| {
        entry.sizes.1 = says;
        entry.listed_sizes.1 = says;
    }));
    archive(&entries)
}

/// Many entries of the directory that lead to one part's bytes: each is small, all together are not.
fn quilt() -> Vec<u8> {
    let mut entries = stored(&Book::good());
    let first = entries.len();
    entries.push(blanks("xl/media/image0.png", 30));
    for index in 1..40 {
        let name = format!("xl/media/image{index}.png").into_bytes();
        let mut again = entries[first].clone();
        (again.packed, again.listed_name, again.leads_to) = (Vec::new(), name, Some(first));
        entries.push(again);
    }
    archive(&entries)
}

/// A deflated part of about so many megabytes of blanks. A deflater writes the same byte again and again for them, so that
/// its output can be made longer without running it over gigabytes; the checksum is not theirs.
fn blanks(name: &str, megabytes: usize) -> Entry {
    let packed = deflated(name, &vec![b' '; 4 << 20]);
    let run = packed.len() / 2;
    assert!(packed[run - 200..run + 200].iter().all(|byte| *byte == packed[run]), "not the same byte again and again");
    // Each of them stands for four times 258 bytes.
    let more = (megabytes << 20) / (4 * 258);
    let packed = [&packed[..run], &vec![packed[run]; more], &packed[run..]].concat();
    let unpacked = u32::try_from((4 << 20) + more * 4 * 258).unwrap();
    let sizes = (u32::try_from(packed.len()).unwrap(), unpacked);
    Entry { method: 8, sizes, listed_sizes: sizes, packed, ..Entry::stored(name, b"") }
}

fn deflated(name: &str, content: &[u8]) -> Vec<u8> {
    let whole = package(&[(name, content)]);
    let listed = listed_at(&whole, name);
    let size = u32::from_le_bytes(whole[listed + 20..listed + 24].try_into().unwrap());
    let (_, begins) = place_of(&whole, name);
    whole[begins..begins + size as usize].to_vec()
}

fn zeros(count: usize) -> Vec<u8> {
    vec![0; count]
}

fn leading_to_another() -> Vec<u8> {
    let mut entries = stored(&Book::good());
    let book = entries.iter().position(|entry| entry.name == BOOK.as_bytes()).unwrap();
    let last = entries.len() - 1;
    entries[last].leads_to = Some(book);
    archive(&entries)
}

fn directory_at(bytes: &[u8], place: u32) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let end = bytes.len() - 22;
    bytes[end + 16..end + 20].copy_from_slice(&place.to_le_bytes());
    bytes
}

/// All that lies behind a place is something else, by a rule that is always the same.
fn scrambled(bytes: &[u8], from: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let mut rest = checksum(b"scrambled");
    for byte in &mut bytes[from..] {
        rest = rest.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = (rest >> 24) as u8;
    }
    bytes
}
