//! A workbook, taken apart into its parts and sheets.

use std::io::{Cursor, Read};

use regex::Regex;
use zip::ZipArchive;

use super::sheet::SheetXml;
use super::{calculation, plain};
use crate::support::package::package;

/// A workbook that can be changed.
#[derive(Debug, Clone)]
pub struct Book {
    /// Where it lies in the inbox.
    pub path: String,
    /// The parts of the package that are no sheets.
    parts: Vec<(String, Vec<u8>)>,
    /// The sheets, in the order of their tabs.
    pub sheets: Vec<SheetXml>,
}

impl Book {
    /// Takes a workbook apart.
    pub fn open(path: &str, bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a package");
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).expect("a part");
            let name = part.name().expect("a name").to_string();
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("a whole part");
            parts.push((name, content));
        }
        let mut book = Self { path: path.to_owned(), parts, sheets: Vec::new() };
        let shared = book.shared_texts();
        for (name, part) in book.places_of_sheets() {
            let xml = book.text_of(&part);
            book.sheets.push(SheetXml::parse(&name, &part, &xml, &shared));
        }
        book
    }

    /// The workbook's bytes; the same workbook always gives the same.
    pub fn bytes(&self) -> Vec<u8> {
        let mut parts = self.parts.clone();
        for sheet in &self.sheets {
            put(&mut parts, &sheet.part, &sheet.xml());
        }
        package(&parts)
    }

    /// The sheet of a name.
    pub fn sheet(&self, name: &str) -> &SheetXml {
        self.sheets.iter().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("{} has no {name}", self.path))
    }

    /// The sheet of a name, to change it.
    pub fn edit(&mut self, name: &str) -> &mut SheetXml {
        self.sheets.iter_mut().find(|sheet| sheet.name == name).expect("a sheet of that name")
    }

    /// Calculates the formulas anew, as Excel does.
    pub fn calculate(&mut self) {
        calculation::calculate(self);
    }

    /// The text of a part that is no sheet, or of a sheet as it was read.
    pub fn text_of(&self, part: &str) -> String {
        let found = self.parts.iter().find(|(name, _)| name == part);
        let (_, content) = found.unwrap_or_else(|| panic!("{} has no part {part}", self.path));
        String::from_utf8(content.clone()).expect("a text")
    }

    /// Puts a part in, or another text in its place.
    pub fn put_part(&mut self, part: &str, text: &str) {
        put(&mut self.parts, part, text);
    }

    /// Whether there is a part of that name.
    pub fn has_part(&self, part: &str) -> bool {
        self.parts.iter().any(|(name, _)| name == part)
    }

    fn shared_texts(&self) -> Vec<String> {
        if !self.has_part("xl/sharedStrings.xml") {
            return Vec::new();
        }
        let item = Regex::new(r"(?s)<si>(.*?)</si>").unwrap();
        let text = Regex::new(r"(?s)<t(?:\s[^>]*)?>(.*?)</t>").unwrap();
        let shared = self.text_of("xl/sharedStrings.xml");
        let items = item.captures_iter(&shared);
        items.map(|item| text.captures_iter(&item[1]).map(|text| plain(&text[1])).collect()).collect()
    }

    /// The name and the part of each sheet.
    fn places_of_sheets(&self) -> Vec<(String, String)> {
        let relations = self.text_of("xl/_rels/workbook.xml.rels");
        let sheet = Regex::new(r#"<sheet name="([^"]*)"[^>]* r:id="([^"]*)"/>"#).unwrap();
        let book = self.text_of("xl/workbook.xml");
        let place = |id: &str| {
            let relation = Regex::new(&format!(r#"<Relationship Id="{id}"[^>]* Target="([^"]*)""#)).unwrap();
            format!("xl/{}", &relation.captures(&relations).expect("a sheet's part")[1])
        };
        sheet.captures_iter(&book).map(|found| (plain(&found[1]), place(&found[2]))).collect()
    }
}

fn put(parts: &mut Vec<(String, Vec<u8>)>, part: &str, text: &str) {
    match parts.iter_mut().find(|(name, _)| name == part) {
        Some((_, content)) => *content = text.as_bytes().to_vec(),
        None => parts.push((part.to_owned(), text.as_bytes().to_vec())),
    }
}
