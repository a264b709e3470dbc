//! The links to the officers' own workbooks, marked, that lie beside the page.

use super::PageFace;
use super::markup::{Markup, element, text};

/// A link to the marked copy of a workbook, or to the list of its findings where there is only that; nothing where there
/// is neither.
pub fn link(face: &PageFace, workbook: Option<&str>) -> Option<Markup> {
    named(face, workbook, "Open the marked copy", "Open the list of findings in Excel")
}

/// The same in a few words, for a table that says that it is about Excel.
pub fn short_link(face: &PageFace, workbook: Option<&str>) -> Option<Markup> {
    named(face, workbook, "Marked copy", "List of findings")
}

fn named(face: &PageFace, workbook: Option<&str>, copy: &str, list: &str) -> Option<Markup> {
    let workbook = workbook?;
    let path = face.marked.get(workbook)?;
    // A copy has the name of its workbook, so that it can go back into the inbox; a list must not have it.
    let words = if path.ends_with(workbook) { copy } else { list };
    Some(element("a", &[("href", &address(path))], text(words)))
}

/// A path as a link beside the page has it: all but letters, digits and what is harmless is written by its bytes.
fn address(path: &str) -> String {
    let mut address = String::with_capacity(path.len() + 16);
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'/' => address.push(char::from(byte)),
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::TableTitles;

    #[test]
    fn links_to_copies_and_lists() {
        let marked = [
            ("returns/April #1.xlsx", "marked/returns/April #1.xlsx"),
            ("old.xls", "marked/old.xls findings.xlsx"),
            ("javascript:alert(1).xlsx", "javascript:alert(1).xlsx"),
        ];
        let face = PageFace {
            language: "en-GB".into(),
            titles: TableTitles::default(),
            checks: Vec::new(),
            marked: marked.map(|(workbook, path)| (workbook.to_owned(), path.to_owned())).into(),
        };
        let html = |workbook| link(&face, Some(workbook)).map(Markup::into_html);
        for (workbook, expected) in [
            ("returns/April #1.xlsx", "<a href=\"marked/returns/April%20%231.xlsx\">Open the marked copy</a>"),
            ("old.xls", "<a href=\"marked/old.xls%20findings.xlsx\">Open the list of findings in Excel</a>"),
            ("javascript:alert(1).xlsx", "<a href=\"javascript%3Aalert%281%29.xlsx\">Open the marked copy</a>"),
        ] {
            assert_eq!(html(workbook).as_deref(), Some(expected));
        }
        assert_eq!(html("May.xlsx"), None);
        assert_eq!(link(&face, None), None);
    }
}
