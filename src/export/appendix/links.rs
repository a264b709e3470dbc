//! Links: where they lead, and the annotations that make them work.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary, text_string};

use super::tagged::{Annotation, Drawing, ElementId};

/// A link, by its place in [`Drawing::links`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LinkId(pub(super) usize);

/// A link of the text.
#[derive(Debug)]
pub(super) struct Link {
    /// The element that holds its text.
    pub(super) element: ElementId,
    /// Where it leads.
    pub(super) goal: Goal,
    /// Where it leads, in words: for those who do not see the text around it.
    pub(super) words: String,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Goal {
    /// An address.
    Web(String),
    /// A place in the document.
    Mark(Mark),
}

/// What a mark in the text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// A footnote, by its index.
    Note(usize),
    /// A source note, by its index.
    Source(usize),
}

/// Where the text of a mark begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Landing {
    /// The page, from 0.
    pub(super) page: usize,
    /// Its upper edge, from the foot of the page.
    pub(super) height: f32,
}

/// Writes the annotations of `drawing` and ties them to their pages; their keys in the parent tree follow those of
/// the pages. Returns where they are.
pub(super) fn write(file: &mut Document, drawing: &Drawing, pages: &[ObjectId]) -> Vec<ObjectId> {
    let mut of_page: BTreeMap<usize, Vec<Object>> = BTreeMap::new();
    let mut ids = Vec::with_capacity(drawing.annotations.len());
    for (index, annotation) in drawing.annotations.iter().enumerate() {
        let mut written = dictionary(drawing, annotation, pages);
        written.set("StructParent", (pages.len() + index) as i64);
        let id = file.add_object(written);
        of_page.entry(annotation.page).or_default().push(Object::Reference(id));
        ids.push(id);
    }
    for (page, annotations) in of_page {
        if let Ok(page) = file.get_dictionary_mut(pages[page]) {
            page.set("Annots", annotations);
        }
    }
    ids
}

fn dictionary(drawing: &Drawing, annotation: &Annotation, pages: &[ObjectId]) -> Dictionary {
    let link = &drawing.links[annotation.link.0];
    let mut written = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => numbers(&hull(&annotation.areas)),
        "P" => pages[annotation.page],
        // Printed with the page, as PDF/A wants it; the link's own colour and underline show it, so no border does.
        "F" => 4,
        "Border" => vec![Object::Integer(0); 3],
        "Contents" => text_string(&link.words),
    };
    if annotation.areas.len() > 1 {
        // A link over two lines is not to be clicked between them.
        let corners = annotation
            .areas
            .iter()
            .flat_map(|&[left, lower, right, upper]| [left, upper, right, upper, left, lower, right, lower]);
        written.set("QuadPoints", numbers(&corners.collect::<Vec<f32>>()));
    }
    match &link.goal {
        Goal::Web(address) => {
            let address = Object::String(ascii(address).into_bytes(), StringFormat::Literal);
            written.set("A", dictionary! { "S" => "URI", "URI" => address });
        }
        Goal::Mark(mark) => {
            if let Some(landing) = drawing.landings.get(mark) {
                written.set("Dest", destination(pages[landing.page], landing.height));
            }
        }
    }
    written
}

/// A place on a page, `height` points above its foot. No zoom: the reader keeps the one that suits them.
pub(super) fn destination(page: ObjectId, height: f32) -> Vec<Object> {
    vec![
        Object::Reference(page),
        Object::from("XYZ"),
        Object::Integer(0),
        Object::Integer(height.ceil() as i64),
        Object::Null,
    ]
}

/// The rectangle around all areas.
fn hull(areas: &[[f32; 4]]) -> [f32; 4] {
    areas.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |hull, area| {
        [hull[0].min(area[0]), hull[1].min(area[1]), hull[2].max(area[2]), hull[3].max(area[3])]
    })
}

fn numbers(values: &[f32]) -> Vec<Object> {
    values.iter().map(|&value| Object::Real(value)).collect()
}

/// An address in the seven bits that PDF allows it: all else percent-encoded as UTF-8.
fn ascii(address: &str) -> String {
    let mut written = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'!'..=b'~' => written.push(char::from(byte)),
            _ => written.push_str(&format!("%{byte:02X}")),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_in_ascii() {
        assert_eq!(ascii("https://example.gov.uk/a?b=1#c"), "https://example.gov.uk/a?b=1#c");
        assert_eq!(ascii("https://example.cymru/ŵ x"), "https://example.cymru/%C5%B5%20x");
    }

    #[test]
    fn a_link_over_two_lines_lies_in_the_rectangle_around_both() {
        assert_eq!(hull(&[[300.0, 500.0, 500.0, 515.0], [57.0, 485.0, 90.0, 500.0]]), [57.0, 485.0, 500.0, 515.0]);
    }
}
