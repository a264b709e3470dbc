//! What each part of a package is, by `[Content_Types].xml`.

use super::error::NotMarked;
use super::markup::{Document, Edits};
use super::package::Package;
use super::relations::same_part;

const FILE: &str = "[Content_Types].xml";

/// What a sheet is.
pub const WORKSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
/// What the comments of a sheet are.
pub const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
/// What the styles of a workbook are.
pub const STYLES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
/// What the boxes of comments are.
const DRAWING: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// Says of parts that were added what they are; the boxes of comments are known by their ending.
///
/// # Errors
/// [`NotMarked`], where the part is not understood.
pub fn add(package: &mut Package<'_>, parts: &[(String, &str)], has_drawings: bool) -> Result<(), NotMarked> {
    let text = package.text(FILE)?;
    let document = Document::parse(&text, "").map_err(|why| why.of(FILE))?;
    let root = document.root();
    let prefix = document.prefix(root);
    let mut added = String::new();
    let is_drawing = |element: &&_| {
        document.attribute(element, "Extension").is_some_and(|ending| ending.eq_ignore_ascii_case("vml"))
    };
    if has_drawings && !document.within(root, "Default").any(|element| is_drawing(&element)) {
        added.push_str(&format!("<{prefix}Default Extension=\"vml\" ContentType=\"{DRAWING}\"/>"));
    }
    for (part, kind) in parts {
        let is_said = |element| document.attribute(element, "PartName").is_some_and(|name| same_part(&name, part));
        if !document.within(root, "Override").any(is_said) {
            added.push_str(&format!("<{prefix}Override PartName=\"/{part}\" ContentType=\"{kind}\"/>"));
        }
    }
    if !added.is_empty() {
        let mut edits = Edits::default();
        edits.append(&document, root, &added);
        package.put(FILE, edits.made(&text));
    }
    Ok(())
}
