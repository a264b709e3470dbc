//! What the directory at the end of a package says of its parts, judged before any of them is unpacked.

use std::io::Cursor;

use zip::read::ZipFileEntry;
use zip::{CompressionMethod, ZipArchive};

use super::package::{self, Archive};
use crate::model::{Limit, Limits, UnreadableWorkbook};

/// How an entry of the directory begins.
const ENTRY: &[u8; 4] = b"PK\x01\x02";
/// No entry of the directory takes fewer bytes.
const SMALLEST_ENTRY: u64 = 46;
/// How many times the most parts that are allowed may be listed before the list is not even read: what reading it takes
/// in memory grows with it.
const FAR_TOO_MANY: u64 = 10;

/// Parts that unpack to no more than this may do so from any size: together they are bounded by how many there are and
/// by what all unpack to.
const SMALL_PART: u64 = 8 << 20;

/// Opens a package and judges its directory.
///
/// # Errors
/// Why the package is not read.
pub(super) fn open<'b>(bytes: &'b [u8], limits: &Limits) -> Result<(Archive<'b>, u64), UnreadableWorkbook> {
    hold_listed(bytes, limits)?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| not_a_package(bytes))?;
    if archive.offset() != 0 {
        return Err(damaged("something else stands before its first part"));
    }
    hold_parts(archive.len() as u64, limits)?;
    let unpacked = check_entries(&archive, limits)?;
    if archive.has_overlapping_entries().map_err(|_| package::broken_off(bytes))? {
        return Err(damaged("two of its parts lie in the same place"));
    }
    Ok((archive, unpacked))
}

/// Why there is no directory that can be read.
fn not_a_package(bytes: &[u8]) -> UnreadableWorkbook {
    if is_one_of_several(bytes) {
        return damaged("it is one piece of a zip archive that was split into several");
    }
    package::broken_off(bytes)
}

/// Whether the end of a package says that other pieces come before it.
fn is_one_of_several(bytes: &[u8]) -> bool {
    /// The end begins with this, and the number of the piece follows.
    const END: &[u8; 4] = b"PK\x05\x06";
    let Some(at) = bytes.windows(END.len()).rposition(|four| four == END) else { return false };
    // The highest number says that the true one stands elsewhere.
    !matches!(bytes.get(at + 4..at + 6), None | Some([0, 0] | [0xff, 0xff]))
}

/// Whether a file lists so many parts that it is better not read at all.
fn hold_listed(bytes: &[u8], limits: &Limits) -> Result<(), UnreadableWorkbook> {
    let far_too_many = limits.most(Limit::Parts).saturating_mul(FAR_TOO_MANY);
    if (bytes.len() as u64) / SMALLEST_ENTRY <= far_too_many {
        return Ok(());
    }
    let listed = bytes.windows(ENTRY.len()).filter(|four| four == ENTRY).count() as u64;
    if listed > far_too_many { hold_parts(listed, limits) } else { Ok(()) }
}

fn hold_parts(parts: u64, limits: &Limits) -> Result<(), UnreadableWorkbook> {
    let what = || format!("the workbook has more than {} parts", Limit::Parts.said(limits.most(Limit::Parts)));
    Ok(limits.hold(Limit::Parts, parts, what)?)
}

/// Judges names, sizes and packing of the parts, and gives the bytes that all unpack to. Sizes that lie are found when
/// the parts are read.
fn check_entries(archive: &Archive<'_>, limits: &Limits) -> Result<u64, UnreadableWorkbook> {
    let mut names = Vec::new();
    let mut unpacked: u64 = 0;
    for index in 0..archive.len() {
        let part = archive.by_index_data(index).map_err(package::unpacking)?;
        let name = part.name().map_err(package::unpacking)?;
        check_name(&name)?;
        if part.encrypted() {
            return Err(UnreadableWorkbook::Encrypted);
        }
        check_packing(&part, &name)?;
        unpacked = unpacked.saturating_add(part.size());
        names.push(name_key(&name));
    }
    limits.hold(Limit::Unpacked, unpacked, || {
        format!("the workbook unpacks to more than {}", Limit::Unpacked.said(limits.most(Limit::Unpacked)))
    })?;
    for index in 0..archive.len() {
        hold_ratio(&archive.by_index_data(index).map_err(package::unpacking)?, limits)?;
    }
    names.sort_unstable();
    if archive.has_duplicate_names() || names.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(damaged("it has two parts of one name"));
    }
    Ok(unpacked)
}

/// A name as those who read a package compare it: letter case, the direction of slashes, and how it begins are forgiven.
fn name_key(name: &str) -> String {
    let name = name.replace('\\', "/").to_lowercase();
    let steps: Vec<&str> = name.split('/').filter(|step| !step.is_empty() && *step != ".").collect();
    // A folder is no part, so one may be named like a part.
    steps.join("/") + if name.ends_with('/') { "/" } else { "" }
}

/// Names that no workbook has. Those that begin at a root or a drive do no harm: no part is ever written under its name.
fn check_name(name: &str) -> Result<(), UnreadableWorkbook> {
    if name.contains('\0') || name.split(['/', '\\']).any(|step| step == "..") {
        let shown = shown(name);
        return Err(UnreadableWorkbook::Damaged(format!(
            "it has a part named {shown}, which leads out of the workbook"
        )));
    }
    Ok(())
}

/// Excel stores parts as they are or packs them in one way.
fn check_packing(part: &ZipFileEntry<'_>, name: &str) -> Result<(), UnreadableWorkbook> {
    let called = match part.compression() {
        CompressionMethod::STORE | CompressionMethod::DEFLATE => return Ok(()),
        CompressionMethod::DEFLATE64 => "Deflate64",
        CompressionMethod::BZIP2 => "bzip2",
        CompressionMethod::LZMA => "LZMA",
        CompressionMethod::ZSTD => "Zstandard",
        CompressionMethod::XZ => "XZ",
        CompressionMethod::PPMD => "PPMd",
        _ => "one without a name",
    };
    let shown = shown(name);
    Err(UnreadableWorkbook::Damaged(format!("its part {shown} is packed in a way that Excel does not know: {called}")))
}

fn hold_ratio(part: &ZipFileEntry<'_>, limits: &Limits) -> Result<(), UnreadableWorkbook> {
    if part.size() <= SMALL_PART {
        return Ok(());
    }
    let name = part.name().map_err(package::unpacking)?;
    let ratio = part.size() / part.compressed_size().max(1);
    Ok(limits.hold(Limit::Ratio, ratio, || {
        let most = Limit::Ratio.said(limits.most(Limit::Ratio));
        format!("its part {} unpacks to more than {most} times its size", shown(&name))
    })?)
}

/// The name of a part as a message shows it: on one line, and no longer than a line.
pub(super) fn shown(name: &str) -> String {
    const LONGEST: usize = 80;
    let plain = name.chars().map(|sign| if sign.is_control() { char::REPLACEMENT_CHARACTER } else { sign });
    let mut shown: String = plain.take(LONGEST).collect();
    if name.chars().count() > LONGEST {
        shown.push('…');
    }
    shown
}

fn damaged(words: &str) -> UnreadableWorkbook {
    UnreadableWorkbook::Damaged(words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_one_name() {
        for same in ["xl/a.xml", "XL/A.XML", "xl\\a.xml", "/xl/a.xml", "./xl/a.xml", "xl//a.xml", "xl/./a.xml"] {
            assert_eq!(name_key(same), "xl/a.xml", "{same}");
        }
        for other in ["xl/a.xml/", "xl/b.xml", "a.xml", "xl a.xml"] {
            assert_ne!(name_key(other), "xl/a.xml", "{other}");
        }
    }

    #[test]
    fn names_as_they_are_shown() {
        assert_eq!(shown("xl/a\n\u{7}.xml"), "xl/a\u{fffd}\u{fffd}.xml");
        assert_eq!(shown(&"a".repeat(81)), format!("{}…", "a".repeat(80)));
    }
}
