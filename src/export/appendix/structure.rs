//! The structure tree of the PDF: elements, what they hold, and the way back from marked content to its element.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary, text_string};

use super::tagged::{Drawing, Element, Kid, Numbering, Role};

/// Writes the tree of `drawing` and ties it to the pages and to the annotations. Returns the root of the tree.
pub(super) fn write(file: &mut Document, drawing: &Drawing, pages: &[ObjectId], annotations: &[ObjectId]) -> ObjectId {
    let writer = Writer { drawing, pages, annotations };
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = drawing.elements.iter().map(|_| file.new_object_id()).collect();
    for (element, id) in drawing.elements.iter().zip(&ids) {
        file.set_object(*id, writer.element(element, root, &ids));
    }
    let parent_tree = writer.parent_tree(file, &ids);
    let mut tree = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => vec![Object::Reference(ids[0])],
        "ParentTree" => parent_tree,
        "ParentTreeNextKey" => (pages.len() + annotations.len()) as i64,
    };
    if let Some(names) = writer.names(&ids) {
        tree.set("IDTree", file.add_object(dictionary! { "Names" => names }));
    }
    file.set_object(root, tree);
    root
}

/// What the tree is written from.
struct Writer<'a> {
    drawing: &'a Drawing,
    pages: &'a [ObjectId],
    annotations: &'a [ObjectId],
}

impl Writer<'_> {
    fn element(&self, element: &Element, root: ObjectId, ids: &[ObjectId]) -> Dictionary {
        // The page of the first content is written once; content on other pages carries its own.
        let home = element.kids.iter().find_map(|kid| match *kid {
            Kid::Content { page, .. } => Some(page),
            _ => None,
        });
        let kids: Vec<Object> = element.kids.iter().map(|&kid| self.kid(kid, home, ids)).collect();
        let mut written = dictionary! {
            "Type" => "StructElem",
            "S" => element.role.tag(),
            "P" => element.parent.map_or(root, |parent| ids[parent.0]),
        };
        if let Some(page) = home {
            written.set("Pg", self.pages[page]);
        }
        match <[Object; 1]>::try_from(kids) {
            Ok([only]) => written.set("K", only),
            Err(kids) if kids.is_empty() => {}
            Err(kids) => written.set("K", kids),
        }
        if let Role::Note(index) = element.role {
            written.set("ID", name_of_note(index));
        }
        if let Some(alt) = &element.alt {
            written.set("Alt", text_string(alt));
        }
        if let Some(attributes) = attributes(element) {
            written.set("A", attributes);
        }
        written
    }

    fn kid(&self, kid: Kid, home: Option<usize>, ids: &[ObjectId]) -> Object {
        match kid {
            Kid::Element(id) => Object::Reference(ids[id.0]),
            Kid::Content { page, mcid } if Some(page) == home => Object::Integer(mcid as i64),
            Kid::Content { page, mcid } => {
                dictionary! { "Type" => "MCR", "Pg" => self.pages[page], "MCID" => mcid as i64 }.into()
            }
            Kid::Annotation(index) => {
                let page = self.pages[self.drawing.annotations[index].page];
                dictionary! { "Type" => "OBJR", "Pg" => page, "Obj" => self.annotations[index] }.into()
            }
        }
    }

    /// From the marked contents of each page, and then from each annotation, back to the element.
    fn parent_tree(&self, file: &mut Document, ids: &[ObjectId]) -> ObjectId {
        let Drawing { owners, links, annotations, .. } = self.drawing;
        let mut numbers = Vec::with_capacity(2 * (owners.len() + annotations.len()));
        for (page, owners) in owners.iter().enumerate() {
            let owners: Vec<Object> = owners.iter().map(|owner| Object::Reference(ids[owner.0])).collect();
            let owners = file.add_object(owners);
            numbers.extend([Object::Integer(page as i64), Object::Reference(owners)]);
        }
        for (index, annotation) in annotations.iter().enumerate() {
            let element = links[annotation.link.0].element;
            numbers.extend([Object::Integer((owners.len() + index) as i64), Object::Reference(ids[element.0])]);
        }
        file.add_object(dictionary! { "Nums" => numbers })
    }

    /// The elements that have names, sorted by them; none if there are none.
    fn names(&self, ids: &[ObjectId]) -> Option<Vec<Object>> {
        let named = |(element, &id): (&Element, &ObjectId)| match element.role {
            Role::Note(index) => Some((index, id)),
            _ => None,
        };
        let mut notes: Vec<(usize, ObjectId)> = self.drawing.elements.iter().zip(ids).filter_map(named).collect();
        notes.sort_unstable();
        let names: Vec<Object> =
            notes.into_iter().flat_map(|(index, id)| [name_of_note(index), Object::Reference(id)]).collect();
        (!names.is_empty()).then_some(names)
    }
}

/// With leading zeros, so that names sort as numbers do.
fn name_of_note(index: usize) -> Object {
    Object::string_literal(format!("note-{:05}", index + 1))
}

fn attributes(element: &Element) -> Option<Dictionary> {
    match element.role {
        Role::ColumnHeading => Some(dictionary! { "O" => "Table", "Scope" => "Column" }),
        Role::RowHeading => Some(dictionary! { "O" => "Table", "Scope" => "Row" }),
        Role::Cell(columns) if columns > 1 => Some(dictionary! { "O" => "Table", "ColSpan" => columns as i64 }),
        Role::List(numbering) => {
            let numbering = match numbering {
                Numbering::Decimal => "Decimal",
                Numbering::Disc => "Disc",
                Numbering::Unnumbered => "None",
            };
            Some(dictionary! { "O" => "List", "ListNumbering" => numbering })
        }
        Role::Figure => {
            let area: Vec<Object> = element.area?.map(Object::Real).to_vec();
            Some(dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => area })
        }
        _ => None,
    }
}
