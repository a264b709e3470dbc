//! Zip packages: whether one is a workbook, whole, and of a size that can be read.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::guard::Container;
use crate::model::{Limit, Limits, UnreadableWorkbook};

const SPREADSHEET: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Tells which kind of workbook a package is, after reading every part of it to its end: a reader of values stops
/// earlier, and would take a damaged figure for a good one.
/// Also how many bytes all parts unpack to.
pub(super) fn container(bytes: &[u8], limits: &Limits) -> Result<(Container, u64), UnreadableWorkbook> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| cut_off())?;
    let unpacked = check_directory(&archive, limits)?;
    let mut parts = Parts::default();
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(unpacking)?;
        if !has_one_name(bytes, &part) {
            return Err(UnreadableWorkbook::Damaged("a part has another name in the list of parts".to_owned()));
        }
        parts.take(part)?;
    }
    Ok((parts.container()?, unpacked))
}

/// Whether a part's own header bears the name that the directory gives it. Otherwise the part would pass for another,
/// or for none: without its styles, a workbook's dates are numbers.
fn has_one_name(bytes: &[u8], part: &ZipFile<'_, Cursor<&[u8]>>) -> bool {
    let Some(header) = usize::try_from(part.header_start()).ok().and_then(|start| bytes.get(start..)) else {
        return false;
    };
    // The header's fixed fields take 30 bytes; two of them, at 26, are the length of the name that follows.
    let length = header.get(26..28).map_or(0, |two| usize::from(two[0]) | usize::from(two[1]) << 8);
    header.get(30..30 + length) == Some(part.name_raw())
}

pub(super) fn cut_off() -> UnreadableWorkbook {
    UnreadableWorkbook::Damaged("the file ends too early, as after a copy that did not finish".to_owned())
}

fn unpacking(error: ZipError) -> UnreadableWorkbook {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            UnreadableWorkbook::Encrypted
        }
        error => UnreadableWorkbook::Damaged(error.to_string()),
    }
}

/// What the directory at the end of the package says of its parts. Sizes that lie are found when the parts are read.
fn check_directory(archive: &ZipArchive<Cursor<&[u8]>>, limits: &Limits) -> Result<u64, UnreadableWorkbook> {
    limits.hold(Limit::Parts, archive.len() as u64, || {
        format!("the workbook has more than {} parts", Limit::Parts.said(limits.most(Limit::Parts)))
    })?;
    let mut names = Vec::new();
    let mut unpacked: u64 = 0;
    for index in 0..archive.len() {
        let part = archive.by_index_data(index).map_err(unpacking)?;
        unpacked = unpacked.saturating_add(part.size());
        names.push(archive.name_for_index(index).transpose().map_err(unpacking)?.unwrap_or_default().to_lowercase());
    }
    limits.hold(Limit::Unpacked, unpacked, || {
        format!("the workbook unpacks to more than {}", Limit::Unpacked.said(limits.most(Limit::Unpacked)))
    })?;
    names.sort_unstable();
    if archive.has_duplicate_names() || names.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(UnreadableWorkbook::Damaged("it has two parts of one name".to_owned()));
    }
    Ok(unpacked)
}

/// What was seen while reading the parts.
#[derive(Default)]
struct Parts {
    names: Vec<String>,
    content_types: String,
    mimetype: String,
    manifest: String,
    content_ends: bool,
}

impl Parts {
    /// Reads a part to its end, so that its checksum is compared.
    fn take(&mut self, mut part: ZipFile<'_, Cursor<&[u8]>>) -> Result<(), UnreadableWorkbook> {
        let name = part.name().map_err(unpacking)?.to_string();
        let broken = |_| UnreadableWorkbook::Damaged(format!("its part {name} is damaged"));
        let kept = match name.as_str() {
            "[Content_Types].xml" => Some(&mut self.content_types),
            "mimetype" => Some(&mut self.mimetype),
            "META-INF/manifest.xml" => Some(&mut self.manifest),
            _ => None,
        };
        if let Some(kept) = kept {
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).map_err(broken)?;
            *kept = String::from_utf8_lossy(&bytes).into_owned();
        } else {
            let (first, last) = ends(&mut part).map_err(broken)?;
            if is_utf_16(&first) && name.ends_with(".xml") {
                // calamine would take such a sheet for an empty one.
                return Err(UnreadableWorkbook::Damaged(format!("its part {name} is written in UTF-16")));
            }
            if name == "content.xml" {
                self.content_ends = last.trim_ascii_end().ends_with(b":document-content>");
            }
        }
        self.names.push(name);
        Ok(())
    }

    fn container(&self) -> Result<Container, UnreadableWorkbook> {
        let has = |name: &str| self.names.iter().any(|part| part == name);
        let below = |folder: &str| self.names.iter().any(|part| part.starts_with(folder));
        let other = |kind: &str| Err(UnreadableWorkbook::OtherKind(kind.to_owned()));
        let open_document = self.mimetype.trim();
        if self.manifest.contains("encryption-data") || has("encrypted-package") {
            return Err(UnreadableWorkbook::Encrypted);
        }
        if open_document.starts_with(SPREADSHEET) || (self.mimetype.is_empty() && self.manifest.contains(SPREADSHEET)) {
            // calamine waits for ever for the rest of a text that ends too early.
            return if self.content_ends { Ok(Container::Ods) } else { Err(cut_off()) };
        }
        if open_document.contains("opendocument") {
            return other("a LibreOffice file that is not a spreadsheet");
        }
        if self.content_types.contains("ms-excel.sheet.binary") {
            return Ok(Container::Xlsb);
        }
        if self.content_types.contains("spreadsheetml.sheet.main+xml")
            || self.content_types.contains("spreadsheetml.template.main+xml")
            || self.content_types.contains("ms-excel.sheet.macroEnabled.main+xml")
            || self.content_types.contains("ms-excel.template.macroEnabled.main+xml")
            || has("xl/workbook.xml")
        {
            return Ok(Container::Xlsx);
        }
        if below("word/") {
            return other("a Word document");
        }
        if below("ppt/") {
            return other("a PowerPoint presentation");
        }
        if below("Index/") || has("Index.zip") {
            return other("an Apple Numbers document");
        }
        other("a zip archive that is not a workbook")
    }
}

/// Reads to the end and keeps the first four and the last hundred bytes.
fn ends(part: &mut impl Read) -> std::io::Result<(Vec<u8>, Vec<u8>)> {
    let mut buffer = [0; 16 * 1024];
    let (mut first, mut last) = (Vec::new(), Vec::new());
    loop {
        let count = part.read(&mut buffer)?;
        if count == 0 {
            return Ok((first, last));
        }
        if first.len() < 4 {
            first.extend(buffer[..count].iter().take(4 - first.len()));
        }
        last.extend_from_slice(&buffer[..count]);
        last.drain(..last.len().saturating_sub(100));
    }
}

fn is_utf_16(first: &[u8]) -> bool {
    matches!(first, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'<', 0, ..] | [0, b'<', ..])
}
