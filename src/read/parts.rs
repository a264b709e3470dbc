//! The parts of an `.xlsx` package, and how they lead to each other.

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};
use std::sync::Arc;

use zip::ZipArchive;
use zip::read::ZipFile;

use super::markup::{Markup, attribute, name};
use super::pieces::Pieces;

/// A part, read from its beginning.
pub(super) type PartMarkup<'p, 'b> = Markup<BufReader<ZipFile<'p, Cursor<&'b [u8]>>>>;

/// A long part, read from its beginning.
pub(super) type PartPieces<'p, 'b> = Pieces<ZipFile<'p, Cursor<&'b [u8]>>>;

/// A relationship of a part.
pub(super) struct Relationship {
    /// The last word of its type.
    pub kind: String,
    /// The part that it leads to; the address, of one that leads out of the workbook.
    pub target: String,
    /// The name by which the part means it.
    pub id: String,
    /// Whether it leads out of the workbook.
    pub leads_out: bool,
}

/// The package of a workbook.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Where each part lies in the archive, by its name with `/` and in lower case: letter case is forgiven, and so are the
    /// backslashes of some programs.
    parts: BTreeMap<String, usize>,
}

impl<'b> Package<'b> {
    /// The package that these bytes are; none when they are none.
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let named = |index: usize| Some(key(&archive.name_for_index(index)?.ok()?));
        let parts = (0..archive.len()).filter_map(|index| Some((named(index)?, index))).collect();
        Some(Self { archive, parts })
    }

    /// The pieces of a part; none when it is not there. Its size was looked at when the package was guarded.
    pub fn part(&mut self, part: &str) -> Option<PartMarkup<'_, 'b>> {
        let index = *self.parts.get(&key(part))?;
        Some(Markup::new(BufReader::new(self.archive.by_index(index).ok()?)))
    }

    /// The pieces of a part that may be as long as the workbook; none when it is not there.
    pub fn pieces(&mut self, part: &str) -> Option<PartPieces<'_, 'b>> {
        let index = *self.parts.get(&key(part))?;
        Some(Pieces::new(self.archive.by_index(index).ok()?, usize::MAX >> 1))
    }

    /// The bytes of a part; none when it is not there. Its size was looked at when the package was guarded.
    pub fn content(&mut self, part: &str) -> Option<Vec<u8>> {
        let index = *self.parts.get(&key(part))?;
        let mut content = Vec::new();
        self.archive.by_index(index).ok()?.read_to_end(&mut content).ok()?;
        Some(content)
    }

    /// The part of the workbook as a whole.
    pub fn book(&mut self) -> String {
        let book = self.relationships("").into_iter().find(|one| one.kind == "officeDocument" && !one.leads_out);
        book.map_or_else(|| "xl/workbook.xml".to_owned(), |one| one.target)
    }

    /// The sheets by their names, with their parts, in the order of their tabs.
    pub fn sheets(&mut self) -> Vec<(Arc<str>, String)> {
        let book = self.book();
        let parts = self.relationships(&book);
        let mut sheets = Vec::new();
        let Some(mut markup) = self.part(&book) else { return sheets };
        while let Some(tag) = markup.tag() {
            if name(&tag) == "sheet"
                && let (Some(name), Some(id)) = (attribute(&tag, "name"), attribute(&tag, "id"))
                && let Some(part) = parts.iter().find(|part| part.id == id)
            {
                sheets.push((Arc::from(&*name), part.target.clone()));
            }
        }
        sheets
    }

    /// The relationships of a part; those of the package itself have no name.
    pub fn relationships(&mut self, part: &str) -> Vec<Relationship> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let mut found = Vec::new();
        let Some(mut markup) = self.part(&resolved(folder, &format!("_rels/{file}.rels"))) else { return found };
        while let Some(tag) = markup.tag() {
            if name(&tag) == "Relationship"
                && let (Some(kind), Some(target), Some(id)) =
                    (attribute(&tag, "Type"), attribute(&tag, "Target"), attribute(&tag, "Id"))
            {
                let leads_out = attribute(&tag, "TargetMode").as_deref() == Some("External");
                found.push(Relationship {
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: if leads_out { target.into_owned() } else { resolved(folder, &target) },
                    id: id.into_owned(),
                    leads_out,
                });
            }
        }
        found
    }
}

fn key(part: &str) -> String {
    part.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// A target as the package names it: below the folder of the part that leads to it, unless it begins at the root.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let from_root = target.starts_with('/');
    let mut path: Vec<&str> = if from_root { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            ".." => drop(path.pop()),
            "." => {}
            part => path.push(part),
        }
    }
    path.retain(|part| !part.is_empty());
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets() {
        assert_eq!(resolved("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("xl/worksheets", "/xl/comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("", "xl/workbook.xml"), "xl/workbook.xml");
        assert_eq!(resolved("", "../../a.xml"), "a.xml");
        assert_eq!(resolved("xl", "worksheets\\sheet1.xml"), "xl/worksheets/sheet1.xml");
    }
}
