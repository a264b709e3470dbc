//! OLE compound files: old workbooks, and encrypted new ones.

use super::guard::Container;
use super::package;
use crate::model::UnreadableWorkbook;

/// How every compound file begins.
pub(super) const SIGNATURE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// A directory entry takes this many bytes and begins at a multiple of them.
const ENTRY: usize = 128;
/// Sectors of a small stream begin at multiples of this.
pub(super) const SMALL_SECTOR: usize = 64;
/// Sector numbers from here on have another meaning.
pub(super) const FIRST_SPECIAL_SECTOR: u32 = 0xffff_fffa;
/// A sector that is not used.
const FREE_SECTOR: u32 = 0xffff_ffff;

/// What else programs keep in compound files, by the name of a stream.
const OTHER_KINDS: [(&str, &str); 8] = [
    ("WordDocument", "a Word document"),
    ("PowerPoint Document", "a PowerPoint presentation"),
    ("__properties_version1.0", "an e-mail of Outlook"),
    ("VisioDocument", "a Visio drawing"),
    ("Quill", "a Publisher document"),
    ("MatOST", "a Microsoft Works document"),
    ("Props9", "a Project plan"),
    ("\u{1}CompObj", "a document of another program"),
];

/// Tells what a compound file holds by the names of its streams.
pub(super) fn container(bytes: &[u8]) -> Result<Container, UnreadableWorkbook> {
    let has = |name: &str| has_stream(bytes, name);
    if has("EncryptedPackage") || has("EncryptionInfo") {
        return Err(UnreadableWorkbook::Encrypted);
    }
    if is_cut_off(bytes) || package::ends_in_zeros(bytes) {
        return Err(package::broken_off(bytes));
    }
    if has("Workbook") || has("Book") {
        return if is_locked(bytes) { Err(UnreadableWorkbook::Encrypted) } else { Ok(Container::Xls) };
    }
    let kind = OTHER_KINDS.iter().find(|(stream, _)| has(stream));
    Err(kind.map_or(UnreadableWorkbook::Unknown, |(_, kind)| UnreadableWorkbook::Foreign((*kind).to_owned())))
}

/// Whether a directory entry of that name is there: the name in UTF-16, then its length in bytes at offset 64.
fn has_stream(bytes: &[u8], name: &str) -> bool {
    let mut field: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    field.extend([0, 0]);
    let length = field.len() as u16;
    bytes.chunks_exact(ENTRY).any(|entry| entry.starts_with(&field) && entry[64..66] == length.to_le_bytes())
}

/// Whether the allocation table speaks of sectors that the file no longer has.
fn is_cut_off(bytes: &[u8]) -> bool {
    let Some(size) = sector_size(bytes) else { return true };
    // Sector 0 begins after the header, which takes one sector.
    let begins = |sector: u32| (sector as usize + 1).saturating_mul(size);
    let directory = word(bytes, 48).unwrap_or(FREE_SECTOR);
    if directory >= FIRST_SPECIAL_SECTOR || begins(directory) >= bytes.len() {
        return true;
    }
    // The header lists the first 109 sectors of the allocation table: enough for 7 MB.
    let table = (0..109).filter_map(|index| word(bytes, 76 + 4 * index)).take_while(|sector| *sector != FREE_SECTOR);
    let mut number = 0;
    let mut last = None;
    for sector in table {
        for index in 0..size / 4 {
            match word(bytes, begins(sector).saturating_add(4 * index)) {
                Some(FREE_SECTOR) => {}
                Some(_) => last = Some(number),
                None => return true,
            }
            number += 1;
        }
    }
    last.is_some_and(|last| begins(last) >= bytes.len())
}

pub(super) fn sector_size(bytes: &[u8]) -> Option<usize> {
    match bytes.get(30..32)? {
        [9, 0] => Some(512),
        [12, 0] => Some(4096),
        _ => None,
    }
}

pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    four.try_into().ok().map(u32::from_le_bytes)
}

/// Whether the workbook's stream says, right after its beginning, that it is locked with a password (FILEPASS).
fn is_locked(bytes: &[u8]) -> bool {
    const BEGINNING_OF_WORKBOOK: u16 = 0x0809;
    const FILE_PASS: u16 = 0x002f;
    /// FILEPASS comes before all records but a few.
    const RECORDS: usize = 4;
    bytes.chunks(SMALL_SECTOR).enumerate().any(|(index, sector)| {
        let Some(BEGINNING_OF_WORKBOOK) = half(sector, 0) else { return false };
        // Version 5 or 8 and the type of the workbook's globals.
        if !matches!(half(sector, 4), Some(0x0500 | 0x0600)) || half(sector, 6) != Some(0x0005) {
            return false;
        }
        let mut at = index * SMALL_SECTOR;
        for _ in 0..RECORDS {
            let (Some(record), Some(length)) = (half(bytes, at), half(bytes, at + 2)) else { return false };
            if record == FILE_PASS {
                return true;
            }
            at += 4 + usize::from(length);
        }
        false
    })
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    two.try_into().ok().map(u16::from_le_bytes)
}
