//! Zip packages, which most workbooks are, from their parts.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

/// The bytes of a package of parts, each its name and its content; the same parts always give the same bytes.
pub fn package<Name: AsRef<str>, Content: AsRef<[u8]>>(parts: &[(Name, Content)]) -> Vec<u8> {
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        written.start_file(name.as_ref(), options).expect("a part that can be begun");
        written.write_all(content.as_ref()).expect("a part that can be written");
    }
    written.finish().expect("a package that can be finished").into_inner()
}

/// A package with the text of its parts changed: `edit` is given each part's name and text.
pub fn edit_parts(bytes: &[u8], mut edit: impl FnMut(&str, String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip package");
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("a part's name").to_string();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("a whole part");
        let content = match String::from_utf8(content) {
            Ok(text) => edit(&name, text).into_bytes(),
            Err(other) => other.into_bytes(),
        };
        parts.push((name, content));
    }
    package(&parts)
}
