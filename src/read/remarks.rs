//! Comments, text boxes and links of `.xlsx` workbooks, which calamine does not give: parts of the package of their own, to
//! which a sheet's relationships lead, and for links the relationships themselves.
//!
//! Not reached: those of `.xls`, `.xlsb` and `.ods` workbooks, and in `.xlsx` the headers and footers of printed pages, the
//! texts of charts, the prompts of data validation, links to pages of the web, links on shapes and pictures,
//! links that a formula makes, and the document's properties.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::markup::{self, Markup, attribute, name};
use super::parts::{Package, Relationship};
use crate::model::{Position, SheetText, TextHolder};

/// The comments, text boxes and links of each sheet, from the top down; of a marked copy what the tool itself put
/// into them too. A part that is not there or not well formed gives none.
pub(super) fn remarks(package: &mut Package<'_>) -> BTreeMap<Arc<str>, Vec<SheetText>> {
    let sheets = package.sheets();
    // A part is of one sheet. Thousands of relationships can lead to one, each of which would be read anew.
    let mut read = BTreeSet::new();
    sheets.into_iter().map(|(sheet, part)| (sheet.clone(), remarks_of(package, &sheet, &part, &mut read))).collect()
}

fn remarks_of(package: &mut Package<'_>, sheet: &Arc<str>, part: &str, read: &mut BTreeSet<String>) -> Vec<SheetText> {
    let mut remarks: BTreeMap<(Option<Position>, TextHolder), String> = BTreeMap::new();
    if !read.insert(part.to_lowercase()) {
        return Vec::new();
    }
    let relationships = package.relationships(part);
    let links = relationships.iter().filter_map(|one| Some((one.id.as_str(), reached_by(one)?))).collect();
    for (position, text) in links_of(package, part, links) {
        add(remarks.entry((position, TextHolder::Link)).or_default(), &text);
    }
    for one in relationships.iter().filter(|one| !one.leads_out) {
        if !read.insert(one.target.to_lowercase()) {
            continue;
        }
        let Some(markup) = package.part(&one.target) else { continue };
        let (found, holder) = match one.kind.as_str() {
            "comments" => (comments(markup, "comment"), TextHolder::Comment),
            "threadedComment" => (comments(markup, "threadedComment"), TextHolder::Comment),
            "drawing" => (text_boxes(markup), TextHolder::TextBox),
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
fn links_of(package: &mut Package<'_>, part: &str, links: BTreeMap<&str, String>) -> Vec<(Option<Position>, String)> {
    let mut found = Vec::new();
    // Most sheets have none, and the part is long.
    if links.is_empty() {
        return found;
    }
    let Some(mut markup) = package.part(part) else { return found };
    while let Some(tag) = markup.tag() {
        if name(&tag) == "hyperlink"
            && let Some(link) = attribute(&tag, "id").and_then(|id| links.get(&*id))
        {
            found.push((area(&tag), link.clone()));
        }
    }
    found
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

/// The texts of comments with their cells, in the order of the part. `called` is the element of one.
fn comments<R: BufRead>(mut markup: Markup<R>, called: &str) -> Vec<(Option<Position>, String)> {
    let mut found = Vec::new();
    while let Some(tag) = markup.tag() {
        if name(&tag) == called {
            found.push((markup::parsed(&tag, "ref"), markup.text_to_end_of(called)));
        }
    }
    found
}

/// The first cell of those that an element is about.
fn area(tag: &BytesStart<'_>) -> Option<Position> {
    attribute(tag, "ref")?.split(':').next()?.parse().ok()
}

/// The texts of shapes with the cells under their top left corners, in the order of the part.
fn text_boxes<R: BufRead>(mut markup: Markup<R>) -> Vec<(Option<Position>, String)> {
    let mut found = Vec::new();
    let (mut row, mut column) = (String::new(), String::new());
    let mut text = String::new();
    // The elements that the text lies in, without prefixes.
    let mut within: Vec<String> = Vec::new();
    while let Some(piece) = markup.piece() {
        match piece {
            Event::Start(tag) => {
                if is_anchor(name(&tag)) {
                    row.clear();
                    column.clear();
                }
                within.push(name(&tag).to_owned());
            }
            Event::End(tag) => {
                within.pop();
                if tag.local_name().as_ref() == "p" {
                    text.push('\n');
                }
                if is_anchor(tag.local_name().as_ref()) {
                    let corner = row.trim().parse().ok().zip(column.trim().parse().ok());
                    let position = corner.map(|(row, column)| Position::new(row, column));
                    found.push((position.filter(|position| position.is_on_sheet()), std::mem::take(&mut text)));
                }
            }
            piece => {
                let within: Vec<&str> = within.iter().rev().take(2).map(String::as_str).collect();
                match within.as_slice() {
                    ["row", "from"] => row.push_str(&markup::text(&piece)),
                    ["col", "from"] => column.push_str(&markup::text(&piece)),
                    ["t", ..] => text.push_str(&markup::text(&piece)),
                    _ => {}
                }
            }
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
    fn a_comment_is_one_text_however_it_is_formatted() {
        let xml = "<comments><authors><author>A</author></authors><commentList><comment ref=\"B4\" authorId=\"0\"><text>\
                   <r><rPr><b/></rPr><t>ring 077</t></r><r><t xml:space=\"preserve\">00 900123</t></r></text></comment>\
                   <comment ref=\"?\"><text><t>x</t></text></comment></commentList></comments>";
        let expected = [(Some(Position::new(3, 1)), "ring 07700 900123".to_owned()), (None, "x".to_owned())];
        assert_eq!(comments(Markup::new(xml.as_bytes()), "comment"), expected);
        assert_eq!(comments(Markup::new(xml.as_bytes()), "threadedComment"), []);
    }

    #[test]
    fn a_text_box_stands_where_its_corner_is() {
        let xml = "<xdr:wsDr><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row>\
                   </xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:row>9</xdr:row></xdr:to><xdr:sp><xdr:txBody><a:p><a:r>\
                   <a:t>one</a:t></a:r></a:p><a:p><a:r><a:t>two</a:t></a:r></a:p></xdr:txBody></xdr:sp>\
                   </xdr:twoCellAnchor><xdr:absoluteAnchor><a:t>three</a:t></xdr:absoluteAnchor></xdr:wsDr>";
        let expected = [(Some(Position::new(3, 1)), "one\ntwo\n".to_owned()), (None, "three".to_owned())];
        assert_eq!(text_boxes(Markup::new(xml.as_bytes())), expected);
    }
}
