//! Comments, text boxes and links of `.xlsx` workbooks, which calamine does not give: parts of the package of their own, to
//! which a sheet's relationships lead, and for links the relationships themselves.
//!
//! Not reached: those of `.xls`, `.xlsb` and `.ods` workbooks, and in `.xlsx` the headers and footers of printed pages, the
//! texts of charts, the prompts of data validation, links to pages of the web, links on shapes and pictures,
//! links that a formula makes, and the document's properties.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use zip::ZipArchive;

use super::markup::{Piece, Tag, pieces};
use crate::model::{Position, SheetText, TextHolder};

/// A relationship of a part: the last word of its type, the part it leads to (of a link out of the workbook the address),
/// and the name by which it is meant.
struct Relationship {
    kind: String,
    target: String,
    id: String,
}

/// The comments, text boxes and links of each sheet, from the top down. A part that is not there or not well formed gives none.
pub(super) fn remarks(bytes: &[u8]) -> BTreeMap<Arc<str>, Vec<SheetText>> {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return BTreeMap::new() };
    let mut package = Package(archive);
    package.sheets().into_iter().map(|(sheet, part)| (sheet.clone(), package.remarks_of(&sheet, &part))).collect()
}

struct Package<'b>(ZipArchive<Cursor<&'b [u8]>>);

impl Package<'_> {
    /// The sheets by their names, with their parts.
    fn sheets(&mut self) -> Vec<(Arc<str>, String)> {
        let book = self.relationships("").into_iter().find(|one| one.kind == "officeDocument");
        let book = book.map_or_else(|| "xl/workbook.xml".to_owned(), |one| one.target);
        let parts = self.relationships(&book);
        let text = self.text(&book);
        let mut sheets = Vec::new();
        for piece in pieces(&text) {
            let Piece::Open(tag) = piece else { continue };
            if tag.name == "sheet"
                && let (Some(name), Some(id)) = (tag.attribute("name"), tag.attribute("id"))
                && let Some(part) = parts.iter().find(|part| part.id == id)
            {
                sheets.push((Arc::from(&*name), part.target.clone()));
            }
        }
        sheets
    }

    fn remarks_of(&mut self, sheet: &Arc<str>, part: &str) -> Vec<SheetText> {
        let mut remarks: BTreeMap<(Option<Position>, TextHolder), String> = BTreeMap::new();
        let relationships = self.relationships(part);
        let links = relationships.iter().filter_map(|one| Some((one.id.as_str(), reached_by(one)?))).collect();
        for (position, text) in self.links(part, links) {
            add(remarks.entry((position, TextHolder::Link)).or_default(), &text);
        }
        for one in relationships {
            let (found, holder) = match one.kind.as_str() {
                "comments" => (comments(&self.text(&one.target), "comment"), TextHolder::Comment),
                "threadedComment" => (comments(&self.text(&one.target), "threadedComment"), TextHolder::Comment),
                "drawing" => (text_boxes(&self.text(&one.target)), TextHolder::TextBox),
                _ => continue,
            };
            for (position, text) in found {
                // Excel keeps a thread twice: as such, and as a note for older versions. The cell has one comment.
                add(remarks.entry((position, holder)).or_default(), &text);
            }
        }
        let said = remarks.into_iter().filter(|(_, text)| !text.trim().is_empty());
        let remark = |((position, holder), text): (_, String)| SheetText {
            sheet: sheet.clone(),
            position,
            holder,
            text: text.into(),
        };
        said.map(remark).collect()
    }

    /// The links of a sheet's part with their cells, of those that are given by their names.
    fn links(&mut self, part: &str, links: BTreeMap<&str, String>) -> Vec<(Option<Position>, String)> {
        // Most sheets have none, and the part is long.
        if links.is_empty() {
            return Vec::new();
        }
        let text = self.text(part);
        let tags = pieces(&text).filter_map(|piece| if let Piece::Open(tag) = piece { Some(tag) } else { None });
        let tags = tags.filter(|tag| tag.name == "hyperlink");
        tags.filter_map(|tag| Some((area(&tag), links.get(&*tag.attribute("id")?)?.clone()))).collect()
    }

    /// The relationships of a part; those of the package itself have no name. Of those that lead out of the workbook links
    /// alone.
    fn relationships(&mut self, part: &str) -> Vec<Relationship> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let text = self.text(&resolved(folder, &format!("_rels/{name}.rels")));
        let mut found = Vec::new();
        for piece in pieces(&text) {
            let Piece::Open(tag) = piece else { continue };
            if tag.name == "Relationship"
                && let (Some(kind), Some(target), Some(id)) =
                    (tag.attribute("Type"), tag.attribute("Target"), tag.attribute("Id"))
            {
                let kind = kind.rsplit('/').next().unwrap_or_default();
                let leads_out = tag.attribute("TargetMode").as_deref() == Some("External");
                let target = match (leads_out, kind) {
                    (true, "hyperlink") => target.into_owned(),
                    (true, _) => continue,
                    (false, _) => resolved(folder, &target),
                };
                found.push(Relationship { kind: kind.to_owned(), target, id: id.into_owned() });
            }
        }
        found
    }

    /// The text of a part; empty when it is not there. Its size was looked at when the package was guarded.
    fn text(&mut self, part: &str) -> String {
        let mut bytes = Vec::new();
        let read = self.0.by_name(part).ok().and_then(|mut part| part.read_to_end(&mut bytes).ok());
        read.map(|_| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }
}

/// Adds a text on a line of its own.
fn add(whole: &mut String, text: &str) {
    if !whole.is_empty() {
        whole.push('\n');
    }
    whole.push_str(text);
}

/// Whom a link reaches by mail or telephone: the address without what says so.
fn reached_by(link: &Relationship) -> Option<String> {
    let (scheme, address) = link.target.split_once(':').filter(|_| link.kind == "hyperlink")?;
    let reaches = ["mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    reaches.then(|| address.replace("%40", "@").replace("%20", " "))
}

/// A target as the package names it: below the folder of the part that leads to it, unless it begins at the root.
fn resolved(folder: &str, target: &str) -> String {
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

/// The texts of comments with their cells, in the order of the part. `called` is the element of one.
fn comments(xml: &str, called: &str) -> Vec<(Option<Position>, String)> {
    let mut found = Vec::new();
    let mut open: Option<(Option<Position>, String)> = None;
    for piece in pieces(xml) {
        match piece {
            Piece::Open(tag) if tag.name == called => open = Some((cell(&tag), String::new())),
            Piece::Close(name) if name == called => found.extend(open.take()),
            Piece::Text(text) => open.iter_mut().for_each(|(_, whole)| whole.push_str(&text)),
            _ => {}
        }
    }
    found
}

fn cell(tag: &Tag<'_>) -> Option<Position> {
    tag.attribute("ref")?.parse().ok()
}

/// The first cell of those that an element is about.
fn area(tag: &Tag<'_>) -> Option<Position> {
    tag.attribute("ref")?.split(':').next()?.parse().ok()
}

/// The texts of shapes with the cells under their top left corners, in the order of the part.
fn text_boxes(xml: &str) -> Vec<(Option<Position>, String)> {
    let mut found = Vec::new();
    let (mut row, mut column) = (None, None);
    let mut text = String::new();
    // The elements that the text lies in, without prefixes.
    let mut within: Vec<&str> = Vec::new();
    for piece in pieces(xml) {
        match piece {
            Piece::Open(tag) => {
                if is_anchor(tag.name) {
                    (row, column) = (None, None);
                }
                within.push(tag.name);
            }
            Piece::Close(name) => {
                within.pop();
                if name == "p" {
                    text.push('\n');
                }
                if is_anchor(name) {
                    let position = row.zip(column).map(|(row, column)| Position::new(row, column));
                    found.push((position.filter(|position| position.is_on_sheet()), std::mem::take(&mut text)));
                }
            }
            Piece::Text(said) => match within.as_slice() {
                [.., "from", "row"] => row = said.trim().parse().ok(),
                [.., "from", "col"] => column = said.trim().parse().ok(),
                [.., "t"] => text.push_str(&said),
                _ => {}
            },
        }
    }
    found
}

fn is_anchor(name: &str) -> bool {
    matches!(name, "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor")
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
    }

    #[test]
    fn a_comment_is_one_text_however_it_is_formatted() {
        let xml = "<comments><authors><author>A</author></authors><commentList><comment ref=\"B4\" authorId=\"0\"><text>\
                   <r><rPr><b/></rPr><t>ring 077</t></r><r><t xml:space=\"preserve\">00 900123</t></r></text></comment>\
                   <comment ref=\"?\"><text><t>x</t></text></comment></commentList></comments>";
        let expected = [(Some(Position::new(3, 1)), "ring 07700 900123".to_owned()), (None, "x".to_owned())];
        assert_eq!(comments(xml, "comment"), expected);
        assert_eq!(comments(xml, "threadedComment"), []);
    }

    #[test]
    fn a_text_box_stands_where_its_corner_is() {
        let xml = "<xdr:wsDr><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row>\
                   </xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:row>9</xdr:row></xdr:to><xdr:sp><xdr:txBody><a:p><a:r>\
                   <a:t>one</a:t></a:r></a:p><a:p><a:r><a:t>two</a:t></a:r></a:p></xdr:txBody></xdr:sp>\
                   </xdr:twoCellAnchor><xdr:absoluteAnchor><a:t>three</a:t></xdr:absoluteAnchor></xdr:wsDr>";
        let expected = [(Some(Position::new(3, 1)), "one\ntwo\n".to_owned()), (None, "three".to_owned())];
        assert_eq!(text_boxes(xml), expected);
    }
}
