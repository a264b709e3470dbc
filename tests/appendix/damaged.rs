//! A good PDF, damaged in one way at a time: each damage is seen, and by the name of what is wrong.

use crosscast::export::appendix;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::full;
use crate::support::conformance::faults;

type Damage = fn(&mut Document);

/// The damage, how it is done, and words of a fault that has to be found.
const DAMAGES: &[(&str, Damage, &str)] = &[
    ("no scope", |file| each_element(file, "TH", |cell| drop(cell.remove(b"A"))), "own: a heading cell has no scope"),
    ("no alt", |file| each_element(file, "Figure", |figure| drop(figure.remove(b"Alt"))), "own: a figure has no alt"),
    (
        "skipped heading",
        |file| first_element(file, "H2", |heading| heading.set("S", "H4")),
        "own: a heading of level 4",
    ),
    ("short row", |file| last_element(file, "TR", lose_a_kid), "of 14 cells"),
    ("no language", |file| drop(file.catalog_mut().unwrap().remove(b"Lang")), "own: the document has no language"),
    ("untagged text", untag, "own: something is drawn outside"),
    ("font not embedded", |file| each_of(file, b"FontDescriptor", |font| drop(font.remove(b"FontFile2"))), "embedded"),
    ("no ToUnicode", |file| each_of(file, b"Font", |font| drop(font.remove(b"ToUnicode"))), "ToUnicode"),
    ("wrong widths", |file| each_of(file, b"Font", widen), "has another width"),
    ("emptied parent tree", empty_the_parent_tree, "own: marked content does not lead back"),
    ("no tree", |file| drop(file.catalog_mut().unwrap().remove(b"StructTreeRoot")), "own: there is no structure tree"),
    ("a link that is in no element", |file| each_element(file, "Link", lose_a_kid), "own: a link is in no element"),
    (
        "a note without a name",
        |file| each_element(file, "Note", |note| drop(note.remove(b"ID"))),
        "own: a note has no name",
    ),
];

#[test]
fn each_damage_is_seen_by_its_name() {
    let good = appendix::pdf(&full::year_end()).unwrap();
    let unchanged = damaged(&good, |_| {});
    assert!(faults(&unchanged).is_empty(), "{:#?}", faults(&unchanged));
    for (name, damage, words) in DAMAGES {
        let faults = faults(&damaged(&good, *damage));
        assert!(faults.iter().any(|fault| fault.contains(words)), "{name}: {faults:#?}");
    }
}

fn damaged(good: &[u8], damage: Damage) -> Vec<u8> {
    let mut file = Document::load_mem(good).unwrap();
    damage(&mut file);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

/// The elements of one kind, in the order of the file, which is that of reading.
fn elements(file: &Document, kind: &str) -> Vec<ObjectId> {
    let is_one = |object: &Object| {
        object.as_dict().is_ok_and(|element| {
            element.has_type(b"StructElem")
                && element.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == kind.as_bytes())
        })
    };
    let found = file.objects.iter().filter(|(_, object)| is_one(object)).map(|(id, _)| *id).collect::<Vec<_>>();
    assert!(!found.is_empty(), "there is no {kind} to damage");
    found
}

fn each_element(file: &mut Document, kind: &str, change: impl Fn(&mut Dictionary)) {
    for id in elements(file, kind) {
        change(file.get_dictionary_mut(id).unwrap());
    }
}

fn first_element(file: &mut Document, kind: &str, change: impl Fn(&mut Dictionary)) {
    let id = elements(file, kind)[0];
    change(file.get_dictionary_mut(id).unwrap());
}

fn last_element(file: &mut Document, kind: &str, change: impl Fn(&mut Dictionary)) {
    let id = *elements(file, kind).last().unwrap();
    change(file.get_dictionary_mut(id).unwrap());
}

fn each_of(file: &mut Document, kind: &[u8], change: impl Fn(&mut Dictionary)) {
    for object in file.objects.values_mut() {
        if let Ok(found) = object.as_dict_mut()
            && found.has_type(kind)
        {
            change(found);
        }
    }
}

fn lose_a_kid(element: &mut Dictionary) {
    element.get_mut(b"K").unwrap().as_array_mut().unwrap().pop();
}

fn widen(font: &mut Dictionary) {
    let Ok(fonts) = font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut) else { return };
    let widths = fonts[0].as_dict_mut().unwrap().get_mut(b"W").and_then(Object::as_array_mut).unwrap();
    for width in widths.iter_mut().filter_map(|width| width.as_array_mut().ok()).flatten() {
        *width = Object::Integer(width.as_i64().unwrap_or_default() + 300);
    }
}

fn untag(file: &mut Document) {
    let page = file.get_pages()[&1];
    let mut content = Content::decode(&file.get_page_content(page)).unwrap();
    let begins = content.operations.iter().position(|operation| operation.operator == "BDC").unwrap();
    let ends = content.operations.iter().position(|operation| operation.operator == "EMC").unwrap();
    content.operations.remove(ends);
    content.operations.remove(begins);
    file.change_page_content(page, content.encode().unwrap()).unwrap();
}

fn empty_the_parent_tree(file: &mut Document) {
    let root = file.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let tree = file.get_dictionary(root).unwrap().get(b"ParentTree").unwrap().as_reference().unwrap();
    file.get_dictionary_mut(tree).unwrap().set("Nums", Vec::<Object>::new());
}
