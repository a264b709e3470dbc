//! The package of a workbook while it is patched: parts that nobody changes are copied as they are packed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use super::error::NotMarked;

/// No part that is changed may unpack to more bytes.
const LARGEST_PART: u64 = 512 << 20;

/// The parts of a workbook, and what becomes of them.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Where each part lies, by its name as it is compared.
    places: BTreeMap<String, usize>,
    changed: BTreeMap<usize, Vec<u8>>,
    /// New parts by their names as they are compared, each with its own name.
    added: BTreeMap<String, (String, Vec<u8>)>,
    removed: BTreeSet<usize>,
}

impl<'b> Package<'b> {
    /// The package that these bytes are.
    ///
    /// # Errors
    /// [`NotMarked`], where they are none, or one that bears a signature.
    pub fn open(bytes: &'b [u8]) -> Result<Self, NotMarked> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NotMarked::OtherFormat)?;
        let mut places = BTreeMap::new();
        for index in 0..archive.len() {
            let name = archive.name_for_index(index).and_then(Result::ok);
            let name = name.ok_or_else(|| NotMarked::Part(format!("number {}", index + 1)))?;
            places.insert(key(&name), index);
        }
        if places.keys().any(|name| name.starts_with("_xmlsignatures/")) {
            return Err(NotMarked::Signed);
        }
        if places.contains_key("mimetype") || places.contains_key("content.xml") {
            return Err(NotMarked::OtherKind("an OpenDocument file"));
        }
        if places.contains_key("xl/workbook.bin") {
            return Err(NotMarked::OtherKind("an .xlsb workbook"));
        }
        if !places.contains_key("[content_types].xml") {
            return Err(NotMarked::OtherKind("no workbook of Excel"));
        }
        Ok(Self { archive, places, changed: BTreeMap::new(), added: BTreeMap::new(), removed: BTreeSet::new() })
    }

    /// Whether there is such a part.
    pub fn has(&self, part: &str) -> bool {
        let key = key(part);
        self.added.contains_key(&key) || self.places.get(&key).is_some_and(|index| !self.removed.contains(index))
    }

    /// The text of a part as it now is, without a byte order mark; none where it is not there.
    ///
    /// # Errors
    /// [`NotMarked`], where it is too large or no UTF-8.
    pub fn find(&mut self, part: &str) -> Result<Option<String>, NotMarked> {
        if !self.has(part) {
            return Ok(None);
        }
        let key = key(part);
        let refused = || NotMarked::Part(part.to_owned());
        let bytes = match (self.added.get(&key), self.places.get(&key)) {
            (Some((_, added)), _) => added.clone(),
            (None, Some(index)) if self.changed.contains_key(index) => self.changed[index].clone(),
            (None, Some(index)) => {
                let mut bytes = Vec::new();
                let part_file = self.archive.by_index(*index).map_err(|_| refused())?;
                part_file.take(LARGEST_PART + 1).read_to_end(&mut bytes).map_err(|_| refused())?;
                if bytes.len() as u64 > LARGEST_PART {
                    return Err(NotMarked::TooLarge(part.to_owned()));
                }
                bytes
            }
            (None, None) => return Ok(None),
        };
        let mut text = String::from_utf8(bytes).map_err(|_| refused())?;
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Ok(Some(text))
    }

    /// The text of a part that has to be there.
    ///
    /// # Errors
    /// [`NotMarked`], also where it is not there.
    pub fn text(&mut self, part: &str) -> Result<String, NotMarked> {
        self.find(part)?.ok_or_else(|| NotMarked::Part(part.to_owned()))
    }

    /// Puts a text into a part, which need not be there yet.
    pub fn put(&mut self, part: &str, text: String) {
        match self.places.get(&key(part)) {
            Some(index) => {
                self.removed.remove(index);
                self.changed.insert(*index, text.into_bytes());
            }
            None => {
                let name = part.trim_start_matches('/').to_owned();
                self.added.insert(key(part), (name, text.into_bytes()));
            }
        }
    }

    /// Takes a part away, if it is there.
    pub fn remove(&mut self, part: &str) {
        self.removed.extend(self.places.get(&key(part)));
    }

    /// A name of a part that nobody has, from a beginning and an ending with the lowest number between them.
    pub fn free_name(&self, begins: &str, ends: &str) -> String {
        let names = (1..).map(|number: u32| format!("{begins}{number}{ends}"));
        names.into_iter().find(|name| !self.is_taken(name)).unwrap_or_default()
    }

    fn is_taken(&self, part: &str) -> bool {
        let key = key(part);
        self.places.contains_key(&key) || self.added.contains_key(&key)
    }

    /// The bytes of the patched package.
    ///
    /// # Errors
    /// [`NotMarked`], where a part cannot be copied.
    pub fn finish(mut self) -> Result<Vec<u8>, NotMarked> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        // No clock, and one system for all: the same workbook gives the same bytes everywhere.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .system(System::Unix);
        for index in 0..self.archive.len() {
            if self.removed.contains(&index) {
                continue;
            }
            let part = self.archive.by_index_raw(index).map_err(|_| unnamed(index))?;
            let Some(content) = self.changed.get(&index) else {
                writer.raw_copy_file(part).map_err(|_| unnamed(index))?;
                continue;
            };
            let name = part.name().map_err(|_| unnamed(index))?.into_owned();
            drop(part);
            write(&mut writer, &name, content, options)?;
        }
        for (name, content) in self.added.values() {
            write(&mut writer, name, content, options)?;
        }
        Ok(writer.finish().map_err(|_| unnamed(0))?.into_inner())
    }
}

/// A part of more bytes than this is packed at a lower level: the usual one takes three times as long for a fifth less.
const LONG: usize = 4 << 20;
const LONG_LEVEL: i64 = 3;

fn write(
    writer: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    content: &[u8],
    options: SimpleFileOptions,
) -> Result<(), NotMarked> {
    let refused = || NotMarked::Part(name.to_owned());
    let options = if content.len() > LONG { options.compression_level(Some(LONG_LEVEL)) } else { options };
    writer.start_file(name, options).map_err(|_| refused())?;
    writer.write_all(content).map_err(|_| refused())
}

fn unnamed(index: usize) -> NotMarked {
    NotMarked::Part(format!("number {}", index + 1))
}

/// A part's name as names are compared: letter case and the direction of slashes are forgiven.
pub fn key(part: &str) -> String {
    part.replace('\\', "/").trim_start_matches('/').to_lowercase()
}
