//! An `.ods` workbook whose XML was laid out for people: calamine takes the white space between its elements for content.

use std::io::{Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The parts that calamine reads.
const PARTS: [&str; 3] = ["mimetype", "META-INF/manifest.xml", CONTENT];
const CONTENT: &str = "content.xml";

/// The same workbook without white space and comments between the elements of its content; none where it cannot be made.
/// Texts of cells stay as they are.
pub(super) fn compact(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    for part in PARTS {
        let Ok(mut found) = archive.by_name(part) else { continue };
        let mut content = String::new();
        found.read_to_string(&mut content).ok()?;
        written.start_file(part, options).ok()?;
        let content = if part == CONTENT { without_layout(&content)? } else { content };
        written.write_all(content.as_bytes()).ok()?;
    }
    Some(written.finish().ok()?.into_inner())
}

/// An XML text without what stands between elements that hold no text of their own; none where it is not well formed.
fn without_layout(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    let mut written = String::with_capacity(xml.len());
    // How many elements of text the place lies in.
    let mut depth = 0usize;
    let mut from = 0;
    loop {
        let event = reader.read_event().ok()?;
        let to = usize::try_from(reader.buffer_position()).ok()?;
        let is_kept = match &event {
            Event::Start(tag) if tag.name().as_ref().starts_with("text:") => {
                depth += 1;
                true
            }
            Event::End(tag) if tag.name().as_ref().starts_with("text:") => {
                depth = depth.saturating_sub(1);
                true
            }
            Event::Text(text) => depth > 0 || !text.trim().is_empty(),
            Event::Comment(_) | Event::PI(_) => false,
            Event::Eof => return Some(written),
            _ => true,
        };
        if is_kept {
            written.push_str(xml.get(from..to)?);
        }
        from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_that_is_layout() {
        let xml =
            "<?xml version=\"1.0\"?>\n<a>\n  <!-- b --><c d=\"1 2\">\n <text:p> e <text:s/>\n f</text:p> </c>\n</a>\n";
        let expected = "<?xml version=\"1.0\"?><a><c d=\"1 2\"><text:p> e <text:s/>\n f</text:p></c></a>";
        assert_eq!(without_layout(xml).as_deref(), Some(expected));
        assert_eq!(without_layout("<a>\n<b"), None);
    }
}
