//! How large what a workbook holds is when it is unpacked, as its package states it: told from the end of the file, before
//! anything is opened.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};

use super::Found;
use super::contents::{is_in_the_cloud, open};

/// The directory of a package with 20,000 parts is smaller; what is larger is refused when it is read.
const MOST_DIRECTORY: u64 = 4 << 20;
/// The end of a package, with the longest note that may stand behind it.
const LONGEST_END: u64 = 22 + 0xFFFF;
/// How the end of a directory begins, and how the line of a part does.
const END: [u8; 4] = *b"PK\x05\x06";
const PART: [u8; 4] = *b"PK\x01\x02";

/// The bytes that the sheets and the texts of a workbook unpack to, as its package states them; the length of a file that is
/// no package. Nothing is unpacked, and what is stated need not be true. None when the file cannot be looked into.
pub fn stated_size(found: &Found) -> Option<u64> {
    let metadata = fs::metadata(&found.location).ok()?;
    if !metadata.is_file() || is_in_the_cloud(&metadata) {
        return None;
    }
    let mut file = open(&found.location).ok()?;
    Some(of_package(&mut file, metadata.len()).unwrap_or(metadata.len()))
}

/// None when it is no package, or its directory is not to be relied upon.
fn of_package(file: &mut File, length: u64) -> Option<u64> {
    let end = read_at(file, length.saturating_sub(LONGEST_END), LONGEST_END).ok()?;
    let end = &end[end.windows(END.len()).rposition(|window| window == END)?..];
    let (size, begin) = (number(end, 12, 4)?, number(end, 16, 4)?);
    if size > MOST_DIRECTORY {
        return None;
    }
    let directory = read_at(file, begin, size).ok()?;
    let mut rest = directory.as_slice();
    let mut sum = 0_u64;
    while rest.starts_with(&PART) {
        let lengths = [28, 30, 32].map(|at| number(rest, at, 2).unwrap_or_default() as usize);
        let name = rest.get(46..46 + lengths[0])?;
        if holds_cells(&String::from_utf8_lossy(name)) {
            sum = sum.saturating_add(number(rest, 24, 4)?);
        }
        rest = rest.get(46 + lengths.iter().sum::<usize>()..)?;
    }
    Some(sum)
}

/// Whether a part holds cells, or the texts of cells.
fn holds_cells(part: &str) -> bool {
    let part = part.to_lowercase();
    part.starts_with("xl/worksheets/sheet") || part.starts_with("xl/sharedstrings.") || part == "content.xml"
}

fn read_at(file: &mut File, begin: u64, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(begin))?;
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A number of so many bytes, the lowest first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at + length)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;

    use super::*;

    /// A package of these parts, each with so many zeros in it.
    fn package(parts: &[(&str, usize)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, length) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(&vec![0; *length]).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn stated(bytes: &[u8]) -> Option<u64> {
        let folder = tempfile::tempdir().unwrap();
        let location = folder.path().join("a.xlsx");
        fs::write(&location, bytes).unwrap();
        stated_size(&Found { path: "a.xlsx".to_owned(), location })
    }

    #[test]
    fn sheets_and_texts_count_and_nothing_else() {
        let parts = [
            ("xl/workbook.xml", 7_000),
            ("xl/worksheets/sheet1.xml", 1_000_000),
            ("xl/worksheets/sheet2.xml", 20_000),
            ("xl/worksheets/_rels/sheet1.xml.rels", 9_000),
            ("xl/sharedStrings.xml", 300),
            ("xl/media/image1.png", 50_000),
        ];
        assert_eq!(stated(&package(&parts)), Some(1_020_300));
        assert_eq!(stated(&package(&[("mimetype", 46), ("content.xml", 4_000), ("styles.xml", 10)])), Some(4_000));
    }

    #[test]
    fn what_is_no_package_counts_with_its_length() {
        assert_eq!(stated(b"no workbook"), Some(11));
        let whole = package(&[("content.xml", 4_000)]);
        // Cut off in its directory, and within the line of a part.
        assert_eq!(stated(&whole[..whole.len() - 30]), Some(whole.len() as u64 - 30));
        let mut cut = whole.clone();
        let at = cut.windows(4).rposition(|window| window == PART).unwrap();
        cut[at + 28..at + 30].copy_from_slice(&[0xFF, 0xFF]);
        assert_eq!(stated(&cut), Some(whole.len() as u64));
        let nowhere = Found { path: "a.xlsx".to_owned(), location: "no such file.xlsx".into() };
        assert_eq!(stated_size(&nowhere), None);
    }

    #[test]
    fn a_directory_that_says_to_be_endless_is_not_read() {
        let mut bytes = package(&[("content.xml", 4_000)]);
        let end = bytes.windows(4).rposition(|window| window == END).unwrap();
        bytes[end + 12..end + 16].copy_from_slice(&[0xFF; 4]);
        assert_eq!(stated(&bytes), Some(bytes.len() as u64));
    }
}
