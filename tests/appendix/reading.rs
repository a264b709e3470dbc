//! A PDF as a reading program sees it: what is drawn on each page, and the tree that leads to it.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::support::marks::{Mark, marks_of};

/// A PDF taken apart.
pub struct Reading {
    /// The pages in order, each with its marked contents in the order of drawing.
    pub pages: Vec<Vec<Mark>>,
    file: Document,
    page_ids: Vec<ObjectId>,
}

/// A link as a reading program offers it.
#[derive(Debug)]
pub struct Link {
    /// Where it is in the file.
    pub id: ObjectId,
    /// The page, from 0.
    pub page: usize,
    /// The element that the parent tree gives for it.
    pub owner: ObjectId,
    /// What it says of itself.
    pub words: String,
    /// Left, lower, right and upper edge, from the bottom left corner.
    pub area: [f32; 4],
    /// How many lines it is on.
    pub lines: usize,
    /// The address, for a link to the web.
    pub address: Option<String>,
    /// Page and height on it, for a link within the document.
    pub destination: Option<(usize, f32)>,
}

/// An element of the structure tree.
#[derive(Debug)]
pub struct Element {
    /// Where it is in the file.
    pub id: ObjectId,
    /// Its structure type.
    pub kind: String,
    /// The scope of a heading cell.
    pub scope: Option<String>,
    /// All text in it and below it.
    pub text: String,
    /// Pages and numbers of its own marked contents.
    pub marks: Vec<(usize, usize)>,
    /// Its own annotations.
    pub annotations: Vec<ObjectId>,
    /// Its alternative text.
    pub alt: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Where it lies on its page, from the bottom left corner.
    pub area: Option<[f32; 4]>,
    /// The elements in it.
    pub kids: Vec<Element>,
}

impl Reading {
    /// Takes a file apart.
    pub fn of(bytes: &[u8]) -> Self {
        let file = Document::load_mem(bytes).unwrap();
        let page_ids: Vec<ObjectId> = file.get_pages().into_values().collect();
        let pages = page_ids.iter().map(|&page| marks_of(&file, page)).collect();
        Self { pages, file, page_ids }
    }

    /// The root element.
    pub fn tree(&self) -> Element {
        let root = self.dictionary_at(self.file.catalog().unwrap(), b"StructTreeRoot");
        let kids = root.get(b"K").unwrap().as_array().unwrap();
        assert_eq!(kids.len(), 1, "one root element");
        self.element(kids[0].as_reference().unwrap(), self.reference_of_tree())
    }

    /// The element that the parent tree gives for each marked content of each page.
    pub fn owners(&self) -> BTreeMap<(usize, usize), ObjectId> {
        let root = self.dictionary_at(self.file.catalog().unwrap(), b"StructTreeRoot");
        let numbers = self.dictionary_at(root, b"ParentTree").get(b"Nums").unwrap().as_array().unwrap().clone();
        let mut owners = BTreeMap::new();
        for (page, id) in self.page_ids.iter().enumerate() {
            let key = self.file.get_dictionary(*id).unwrap().get(b"StructParents").unwrap().as_i64().unwrap();
            let of_page = numbers.chunks(2).find(|pair| pair[0].as_i64().unwrap() == key).map(|pair| &pair[1]);
            let of_page = self.file.dereference(of_page.expect("the page is in the parent tree")).unwrap().1;
            for (mcid, owner) in of_page.as_array().unwrap().iter().enumerate() {
                owners.insert((page, mcid), owner.as_reference().unwrap());
            }
        }
        owners
    }

    /// The links of all pages.
    pub fn links(&self) -> Vec<Link> {
        let root = self.dictionary_at(self.file.catalog().unwrap(), b"StructTreeRoot");
        let numbers = self.dictionary_at(root, b"ParentTree").get(b"Nums").unwrap().as_array().unwrap().clone();
        let mut links = Vec::new();
        for (page, id) in self.page_ids.iter().enumerate() {
            let Ok(annotations) = self.file.get_dictionary(*id).unwrap().get(b"Annots") else { continue };
            for annotation in annotations.as_array().unwrap() {
                let id = annotation.as_reference().unwrap();
                let found = self.file.get_dictionary(id).unwrap();
                assert_eq!(found.get(b"P").unwrap().as_reference().unwrap(), self.page_ids[page]);
                let key = found.get(b"StructParent").unwrap().as_i64().unwrap();
                let owner = numbers.chunks(2).find(|pair| pair[0].as_i64().unwrap() == key);
                let action = found.get(b"A").and_then(Object::as_dict).ok();
                let destination = found.get(b"Dest").and_then(Object::as_array).ok();
                links.push(Link {
                    id,
                    page,
                    owner: owner.expect("the link is in the parent tree")[1].as_reference().unwrap(),
                    words: lopdf::decode_text_string(found.get(b"Contents").unwrap()).unwrap(),
                    area: floats(found.get(b"Rect").unwrap()),
                    lines: found.get(b"QuadPoints").map_or(1, |points| points.as_array().unwrap().len() / 8),
                    address: action
                        .map(|action| String::from_utf8_lossy(action.get(b"URI").unwrap().as_str().unwrap()).into()),
                    destination: destination
                        .map(|goal| (self.page_of(goal[0].as_reference().unwrap()), goal[3].as_float().unwrap())),
                });
            }
        }
        links
    }

    /// The names of the fonts of all pages.
    pub fn fonts(&self) -> std::collections::BTreeSet<String> {
        let of_page = |&page: &ObjectId| self.file.get_page_fonts(page).unwrap().into_values().collect::<Vec<_>>();
        self.page_ids.iter().flat_map(of_page).map(|font| name(font, b"BaseFont")).collect()
    }

    /// Width and height of each page.
    pub fn papers(&self) -> Vec<(f32, f32)> {
        let size = |id: &ObjectId| {
            let [left, lower, right, upper] = floats(self.file.get_dictionary(*id).unwrap().get(b"MediaBox").unwrap());
            (right - left, upper - lower)
        };
        self.page_ids.iter().map(size).collect()
    }

    fn page_of(&self, id: ObjectId) -> usize {
        self.page_ids.iter().position(|&page| page == id).unwrap()
    }

    /// Titles of the outline in order, with their depth, page and height on it.
    pub fn outline(&self) -> Vec<(usize, String, usize, f32)> {
        let mut entries = Vec::new();
        if let Ok(root) = self.file.catalog().unwrap().get(b"Outlines") {
            self.outline_below(root.as_reference().unwrap(), 1, &mut entries);
        }
        entries
    }

    fn outline_below(&self, id: ObjectId, depth: usize, entries: &mut Vec<(usize, String, usize, f32)>) {
        let mut next = self.file.get_dictionary(id).unwrap().get(b"First").and_then(Object::as_reference).ok();
        while let Some(id) = next {
            let item = self.file.get_dictionary(id).unwrap();
            let title = lopdf::decode_text_string(item.get(b"Title").unwrap()).unwrap();
            let destination = item.get(b"Dest").unwrap().as_array().unwrap();
            let page = destination[0].as_reference().unwrap();
            let page = self.page_of(page);
            entries.push((depth, title, page, destination[3].as_float().unwrap()));
            self.outline_below(id, depth + 1, entries);
            next = item.get(b"Next").and_then(Object::as_reference).ok();
        }
    }

    fn reference_of_tree(&self) -> ObjectId {
        self.file.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap()
    }

    fn element(&self, id: ObjectId, parent: ObjectId) -> Element {
        let dictionary = self.file.get_dictionary(id).unwrap();
        assert_eq!(dictionary.get(b"P").unwrap().as_reference().unwrap(), parent, "the way back to the parent");
        let home = dictionary.get(b"Pg").and_then(Object::as_reference).ok();
        let mut element = Element {
            id,
            kind: name(dictionary, b"S"),
            scope: dictionary
                .get(b"A")
                .and_then(Object::as_dict)
                .ok()
                .filter(|a| a.has(b"Scope"))
                .map(|a| name(a, b"Scope")),
            text: String::new(),
            marks: Vec::new(),
            annotations: Vec::new(),
            alt: dictionary.get(b"Alt").ok().map(|alt| lopdf::decode_text_string(alt).unwrap()),
            name: dictionary.get(b"ID").ok().map(|id| lopdf::decode_text_string(id).unwrap()),
            area: dictionary.get(b"A").and_then(Object::as_dict).and_then(|a| a.get(b"BBox")).ok().map(floats),
            kids: Vec::new(),
        };
        let kids = match dictionary.get(b"K") {
            Ok(Object::Array(kids)) => kids.clone(),
            Ok(kid) => vec![kid.clone()],
            Err(_) => Vec::new(),
        };
        for kid in kids {
            match kid {
                Object::Reference(kid) => {
                    let kid = self.element(kid, id);
                    element.text.push_str(&kid.text);
                    element.kids.push(kid);
                }
                Object::Integer(mcid) => self.add_mark(&mut element, home.unwrap(), mcid),
                Object::Dictionary(object) if object.has(b"Obj") => {
                    element.annotations.push(object.get(b"Obj").unwrap().as_reference().unwrap());
                }
                Object::Dictionary(mark) => {
                    let page = mark.get(b"Pg").unwrap().as_reference().unwrap();
                    self.add_mark(&mut element, page, mark.get(b"MCID").unwrap().as_i64().unwrap());
                }
                other => panic!("a kid that is none: {other:?}"),
            }
        }
        element
    }

    fn add_mark(&self, element: &mut Element, page: ObjectId, mcid: i64) {
        let (page, mcid) = (self.page_of(page), mcid as usize);
        let mark =
            self.pages[page].iter().find(|mark| mark.mcid == Some(mcid)).expect("the marked content is on the page");
        assert_eq!(mark.tag, element.kind, "the mark and its element are of one kind");
        element.text.push_str(&mark.text);
        element.marks.push((page, mcid));
    }

    fn dictionary_at<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> &'a Dictionary {
        self.file.dereference(dictionary.get(key).unwrap()).unwrap().1.as_dict().unwrap()
    }
}

impl Element {
    /// This element and all below it, in reading order.
    pub fn all(&self) -> Vec<&Element> {
        std::iter::once(self).chain(self.kids.iter().flat_map(Element::all)).collect()
    }

    /// The elements of one kind.
    pub fn of_kind(&self, kind: &str) -> Vec<&Element> {
        self.all().into_iter().filter(|element| element.kind == kind).collect()
    }
}

fn floats(numbers: &Object) -> [f32; 4] {
    let numbers: Vec<f32> = numbers.as_array().unwrap().iter().map(|number| number.as_float().unwrap()).collect();
    numbers.try_into().unwrap()
}

fn name(dictionary: &Dictionary, key: &[u8]) -> String {
    String::from_utf8(dictionary.get(key).unwrap().as_name().unwrap().to_vec()).unwrap()
}
