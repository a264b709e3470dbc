//! The structure tree of the PDF: elements, what they hold, and the way back from marked content to its element.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::tagged::{Drawing, Element, Kid, Role};

/// Writes the tree of `drawing` and ties it to the pages. Returns the root of the tree.
pub(super) fn write(file: &mut Document, drawing: &Drawing, pages: &[ObjectId]) -> ObjectId {
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = drawing.elements.iter().map(|_| file.new_object_id()).collect();
    for (element, id) in drawing.elements.iter().zip(&ids) {
        file.set_object(*id, element_dictionary(element, root, &ids, pages));
    }
    let parent_tree = write_parent_tree(file, drawing, &ids);
    file.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot",
            "K" => vec![Object::Reference(ids[0])],
            "ParentTree" => parent_tree,
            "ParentTreeNextKey" => pages.len() as i64,
        },
    );
    root
}

fn element_dictionary(element: &Element, root: ObjectId, ids: &[ObjectId], pages: &[ObjectId]) -> Dictionary {
    // The page of the first content is written once; content on other pages carries its own.
    let home = element.kids.iter().find_map(|kid| match kid {
        Kid::Content { page, .. } => Some(*page),
        Kid::Element(_) => None,
    });
    let kids: Vec<Object> = element
        .kids
        .iter()
        .map(|kid| match *kid {
            Kid::Element(id) => Object::Reference(ids[id.0]),
            Kid::Content { page, mcid } if Some(page) == home => Object::Integer(mcid as i64),
            Kid::Content { page, mcid } => {
                dictionary! { "Type" => "MCR", "Pg" => pages[page], "MCID" => mcid as i64 }.into()
            }
        })
        .collect();
    let mut written = dictionary! {
        "Type" => "StructElem",
        "S" => element.role.tag(),
        "P" => element.parent.map_or(root, |parent| ids[parent.0]),
    };
    if let Some(page) = home {
        written.set("Pg", pages[page]);
    }
    match <[Object; 1]>::try_from(kids) {
        Ok([only]) => written.set("K", only),
        Err(kids) if kids.is_empty() => {}
        Err(kids) => written.set("K", kids),
    }
    if let Some(attributes) = attributes(element.role) {
        written.set("A", attributes);
    }
    written
}

fn attributes(role: Role) -> Option<Dictionary> {
    match role {
        Role::ColumnHeading => Some(dictionary! { "O" => "Table", "Scope" => "Column" }),
        Role::RowHeading => Some(dictionary! { "O" => "Table", "Scope" => "Row" }),
        Role::Cell(columns) if columns > 1 => Some(dictionary! { "O" => "Table", "ColSpan" => columns as i64 }),
        Role::List { ordered } => {
            Some(dictionary! { "O" => "List", "ListNumbering" => if ordered { "Decimal" } else { "Disc" } })
        }
        _ => None,
    }
}

fn write_parent_tree(file: &mut Document, drawing: &Drawing, ids: &[ObjectId]) -> ObjectId {
    let mut numbers = Vec::with_capacity(2 * drawing.owners.len());
    for (page, owners) in drawing.owners.iter().enumerate() {
        let owners: Vec<Object> = owners.iter().map(|owner| Object::Reference(ids[owner.0])).collect();
        let owners = file.add_object(owners);
        numbers.extend([Object::Integer(page as i64), Object::Reference(owners)]);
    }
    file.add_object(dictionary! { "Nums" => numbers })
}
