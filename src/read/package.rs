//! Zip packages: whether one is a workbook, whole, and of a size that can be read.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::counts::{self, PartMarkup};
use super::directory;
use super::guard::Container;
use crate::model::{Limits, UnreadableWorkbook, is_workbook_name};

/// The parts that say what a package is are short.
const LONGEST_KEPT: u64 = 16 << 20;
const SPREADSHEET: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// A package whose directory was read.
pub(super) type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;
/// A part of it.
type Part<'p, 'b> = ZipFile<'p, Cursor<&'b [u8]>>;

/// Tells which kind of workbook a package is, after reading every part of it to its end: a reader of values stops
/// earlier, and would take a damaged figure for a good one.
/// Also how many bytes all parts unpack to.
pub(super) fn container(bytes: &[u8], limits: &Limits) -> Result<(Container, u64), UnreadableWorkbook> {
    let (mut archive, unpacked) = directory::open(bytes, limits)?;
    let mut parts = Parts::default();
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(unpacking)?;
        if !has_one_name(bytes, &part) {
            return Err(UnreadableWorkbook::Damaged("a part has another name in the list of parts".to_owned()));
        }
        parts.take(part, limits)?;
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

/// A file that does not end where it should.
pub(super) fn cut_off() -> UnreadableWorkbook {
    UnreadableWorkbook::Damaged("the file ends too early, as after a copy that did not finish".to_owned())
}

/// The same, after a look at how it ends instead.
pub(super) fn broken_off(bytes: &[u8]) -> UnreadableWorkbook {
    if !ends_in_zeros(bytes) {
        return cut_off();
    }
    UnreadableWorkbook::Damaged("the end of the file is empty, as after a download that broke off".to_owned())
}

/// Whether a good part of a file, at its end, was kept free for bytes that never came.
pub(super) fn ends_in_zeros(bytes: &[u8]) -> bool {
    const BLOCK: usize = 4096;
    let zeros = bytes.iter().rev().take_while(|byte| **byte == 0).count();
    zeros >= BLOCK && zeros >= bytes.len() / 4
}

/// Why a part cannot be unpacked.
pub(super) fn unpacking(error: ZipError) -> UnreadableWorkbook {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            UnreadableWorkbook::Encrypted
        }
        error => UnreadableWorkbook::Damaged(error.to_string()),
    }
}

/// What was seen while reading the parts.
#[derive(Default)]
struct Parts {
    names: Vec<String>,
    content_types: String,
    mimetype: String,
    manifest: String,
    content_ends: bool,
    /// The first thing that is wrong with the XML of a part. It counts only of a workbook: a document is named for what it is.
    amiss: Option<UnreadableWorkbook>,
}

impl Parts {
    /// Reads a part to its end, so that its checksum is compared.
    fn take(&mut self, part: Part<'_, '_>, limits: &Limits) -> Result<(), UnreadableWorkbook> {
        let name = part.name().map_err(unpacking)?.to_string();
        let size = part.size();
        let broken = |_| UnreadableWorkbook::Damaged(format!("its part {} is damaged", directory::shown(&name)));
        // A part that unpacks to more than the directory says is not read further than that.
        let mut part = BufReader::new(Exactly { source: part, left: size });
        let first = part.fill_buf().map_err(broken)?;
        let is_markup = is_xml_name(&name) || first.trim_ascii_start().starts_with(b"<?xml");
        if is_markup && is_utf_16(first) {
            // calamine would take such a sheet for an empty one.
            self.find(UnreadableWorkbook::Damaged(format!(
                "its part {} is written in UTF-16",
                directory::shown(&name)
            )));
        }
        let kept = match name.as_str() {
            "[Content_Types].xml" => Some(&mut self.content_types),
            "mimetype" => Some(&mut self.mimetype),
            "META-INF/manifest.xml" => Some(&mut self.manifest),
            _ => None,
        };
        if let Some(kept) = kept {
            let mut bytes = Vec::new();
            part.by_ref().take(LONGEST_KEPT).read_to_end(&mut bytes).map_err(broken)?;
            io::copy(&mut part, &mut io::sink()).map_err(broken)?;
            *kept = String::from_utf8_lossy(&bytes).into_owned();
            if is_markup {
                self.check_markup(&name, size, &*bytes, limits).map_err(broken)?;
            }
        } else if is_markup {
            let mut part = Ending { source: part, last: Vec::new() };
            self.check_markup(&name, size, &mut part, limits).map_err(broken)?;
            if name == "content.xml" {
                self.content_ends = part.last.trim_ascii_end().ends_with(b":document-content>");
            }
        } else {
            io::copy(&mut part, &mut io::sink()).map_err(broken)?;
        }
        self.names.push(name);
        Ok(())
    }

    /// Goes through a part that is XML, and keeps what is wrong with it.
    fn check_markup(&mut self, name: &str, size: u64, part: impl Read, limits: &Limits) -> io::Result<()> {
        let found = counts::check(&PartMarkup { name, size }, part, limits)?;
        found.unwrap_or_else(|why| self.find(why));
        Ok(())
    }

    fn find(&mut self, why: UnreadableWorkbook) {
        self.amiss.get_or_insert(why);
    }

    /// What the parts make together.
    fn container(self) -> Result<Container, UnreadableWorkbook> {
        let kind = self.kind()?;
        self.amiss.map_or(Ok(kind), Err)
    }

    fn kind(&self) -> Result<Container, UnreadableWorkbook> {
        let has = |name: &str| self.names.iter().any(|part| part == name);
        let below = |folder: &str| self.names.iter().any(|part| part.starts_with(folder));
        let other = |kind: &str| Err(UnreadableWorkbook::Foreign(kind.to_owned()));
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
        if let Some(workbook) = self.names.iter().find(|name| is_workbook_name(name)) {
            return Err(UnreadableWorkbook::Packed(format!("a zip archive that holds {}", directory::shown(workbook))));
        }
        Err(UnreadableWorkbook::Foreign("a zip archive that holds no workbook".to_owned()))
    }
}

/// A part that gives as many bytes as the directory says that it has, neither more nor fewer.
struct Exactly<R> {
    source: R,
    left: u64,
}

impl<R: Read> Read for Exactly<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(into)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| io::Error::other("more than its size"))?;
        if count == 0 && !into.is_empty() && self.left > 0 {
            return Err(io::Error::other("less than its size"));
        }
        Ok(count)
    }
}

/// Keeps the last bytes that are read.
struct Ending<R> {
    source: R,
    last: Vec<u8>,
}

impl<R: Read> Read for Ending<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        const KEPT: usize = 100;
        let count = self.source.read(into)?;
        self.last.extend_from_slice(&into[..count]);
        self.last.drain(..self.last.len().saturating_sub(KEPT));
        Ok(count)
    }
}

/// Whether a part's name says that it is XML that has to be well formed. Excel writes drawings (`.vml`) that are not.
fn is_xml_name(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with(".xml") || name.ends_with(".rels")
}

fn is_utf_16(first: &[u8]) -> bool {
    matches!(
        first,
        [0xff, 0xfe, ..]
            | [0xfe, 0xff, ..]
            | [b'<', 0, ..]
            | [0, b'<', ..]
            | [0, 0, 0xfe, 0xff, ..]
            | [0, 0, 0, b'<', ..]
    )
}
