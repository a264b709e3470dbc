//! Our own checks: what is drawn leads to the structure tree and back, and the tree is as readers need it.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// Something that an element can hold: marked content by page and number, or an annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Held {
    Content(ObjectId, i64),
    Annotation(ObjectId),
}

/// What is wrong with the tags of a file, one sentence each.
pub fn faults(bytes: &[u8]) -> Vec<String> {
    let file = Document::load_mem(bytes).unwrap();
    let mut found = Found { file: &file, held: BTreeMap::new(), names: BTreeSet::new(), level: 0, faults: Vec::new() };
    found.walk();
    found.faults
}

struct Found<'a> {
    file: &'a Document,
    /// The element of each thing that the tree holds.
    held: BTreeMap<Held, ObjectId>,
    names: BTreeSet<Vec<u8>>,
    /// Of the heading before.
    level: u8,
    faults: Vec<String>,
}

impl<'a> Found<'a> {
    fn walk(&mut self) {
        let catalog = self.file.catalog().unwrap();
        if !catalog.has(b"Lang") {
            self.faults.push("the document has no language".to_owned());
        }
        let Some(root) = self.dictionary(catalog, b"StructTreeRoot") else {
            self.faults.push("there is no structure tree".to_owned());
            return;
        };
        for kid in self.kids(root) {
            self.element(&kid);
        }
        let back = self.parent_tree(root);
        for page in self.file.get_pages().into_values().collect::<Vec<_>>() {
            self.page(page, &back);
        }
    }

    fn element(&mut self, id: &Object) {
        let Ok(id) = id.as_reference() else { return };
        let Ok(element) = self.file.get_dictionary(id) else { return };
        let kind = name(element, b"S");
        match kind.as_str() {
            "TH" if self.attribute(element, b"Scope").is_none() => {
                self.faults.push("a heading cell has no scope".to_owned());
            }
            "Figure" if !element.has(b"Alt") => self.faults.push("a figure has no alternative text".to_owned()),
            "Note" => match element.get(b"ID").and_then(Object::as_str) {
                Ok(id) if self.names.insert(id.to_vec()) => {}
                _ => self.faults.push("a note has no name of its own".to_owned()),
            },
            "Table" => self.table(element),
            "H1" | "H2" | "H3" | "H4" | "H5" | "H6" => {
                let level = kind.as_bytes()[1] - b'0';
                if level > self.level + 1 {
                    self.faults.push(format!("a heading of level {level} follows one of level {}", self.level));
                }
                self.level = level;
            }
            _ => {}
        }
        let home = element.get(b"Pg").and_then(Object::as_reference).ok();
        for kid in self.kids(element) {
            match &kid {
                Object::Reference(_) => self.element(&kid),
                Object::Integer(mcid) => self.hold(home.map(|page| Held::Content(page, *mcid)), id),
                Object::Dictionary(kid) => {
                    let object = kid.get(b"Obj").and_then(Object::as_reference).ok().map(Held::Annotation);
                    let page = kid.get(b"Pg").and_then(Object::as_reference).ok().or(home);
                    let mcid = kid.get(b"MCID").and_then(Object::as_i64).ok();
                    self.hold(object.or(page.zip(mcid).map(|(page, mcid)| Held::Content(page, mcid))), id);
                }
                _ => self.faults.push("an element holds what is neither an element nor on a page".to_owned()),
            }
        }
    }

    fn hold(&mut self, held: Option<Held>, by: ObjectId) {
        match held.map(|held| self.held.insert(held, by)) {
            Some(None) => {}
            Some(_) => self.faults.push("two elements hold the same".to_owned()),
            None => self.faults.push("an element holds nothing that is on a page".to_owned()),
        }
    }

    /// Each row has as many cells as the first.
    fn table(&mut self, table: &Dictionary) {
        let rows: Vec<i64> = self.rows(table).iter().map(|row| self.cells(row)).collect();
        for (index, &cells) in rows.iter().enumerate() {
            if cells != rows[0] {
                self.faults.push(format!("row {index} of a table has {cells} of {} cells", rows[0]));
            }
        }
    }

    fn rows(&self, element: &Dictionary) -> Vec<&'a Dictionary> {
        let kids = self.kids(element);
        let kids = kids.iter().filter_map(|kid| self.file.get_dictionary(kid.as_reference().ok()?).ok());
        kids.flat_map(|kid| if name(kid, b"S") == "TR" { vec![kid] } else { self.rows(kid) }).collect()
    }

    fn cells(&self, row: &Dictionary) -> i64 {
        let kids = self.kids(row);
        let kids = kids.iter().filter_map(|kid| self.file.get_dictionary(kid.as_reference().ok()?).ok());
        kids.map(|cell| self.attribute(cell, b"ColSpan").and_then(|span| span.as_i64().ok()).unwrap_or(1)).sum()
    }

    /// The way back: for each key of the parent tree, what it leads to.
    fn parent_tree(&mut self, root: &'a Dictionary) -> BTreeMap<i64, &'a Object> {
        let numbers = self.dictionary(root, b"ParentTree").and_then(|tree| tree.get(b"Nums").ok());
        let pairs = numbers.and_then(|numbers| numbers.as_array().ok()).map_or(&[][..], Vec::as_slice).chunks(2);
        pairs.filter_map(|pair| Some((pair[0].as_i64().ok()?, pair.get(1)?))).collect()
    }

    fn page(&mut self, id: ObjectId, back: &BTreeMap<i64, &'a Object>) {
        let page = self.file.get_dictionary(id).unwrap();
        let key = page.get(b"StructParents").and_then(Object::as_i64).ok();
        let owners = key.and_then(|key| back.get(&key));
        let owners = owners.and_then(|owners| self.file.dereference(owners).ok()?.1.as_array().ok());
        for mcid in self.marks(id) {
            let back = owners.and_then(|owners| owners.get(usize::try_from(mcid).ok()?)?.as_reference().ok());
            self.compare(Held::Content(id, mcid), back, "marked content");
        }
        let annotations = page.get(b"Annots").and_then(Object::as_array).map_or(&[][..], Vec::as_slice);
        for annotation in annotations.iter().filter_map(|annotation| annotation.as_reference().ok()) {
            let found = self.file.get_dictionary(annotation).unwrap();
            let key = found.get(b"StructParent").and_then(Object::as_i64).ok();
            let back = key.and_then(|key| back.get(&key)).and_then(|owner| owner.as_reference().ok());
            self.compare(Held::Annotation(annotation), back, "a link");
        }
    }

    fn compare(&mut self, held: Held, back: Option<ObjectId>, what: &str) {
        let by = self.held.get(&held).copied();
        if by.is_none() {
            self.faults.push(format!("{what} is in no element"));
        }
        if back.is_none() || back != by {
            self.faults.push(format!("{what} does not lead back to its element"));
        }
    }

    /// The numbers of the marked contents of a page; says what is drawn outside of any.
    fn marks(&mut self, page: ObjectId) -> Vec<i64> {
        let (mut marks, mut open) = (Vec::new(), 0);
        for operation in Content::decode(&self.file.get_page_content(page)).unwrap().operations {
            match operation.operator.as_str() {
                "BDC" | "BMC" => {
                    open += 1;
                    let properties = operation.operands.get(1).and_then(|properties| properties.as_dict().ok());
                    marks.extend(properties.and_then(|of| of.get(b"MCID").and_then(Object::as_i64).ok()));
                }
                "EMC" => open -= 1,
                "TJ" | "Tj" | "f" | "f*" | "S" | "s" | "B" | "b" if open < 1 => {
                    self.faults.push("something is drawn outside of marked content".to_owned());
                }
                _ => {}
            }
        }
        marks
    }

    fn kids(&self, element: &Dictionary) -> Vec<Object> {
        match element.get(b"K") {
            Ok(Object::Array(kids)) => kids.clone(),
            Ok(kid) => vec![kid.clone()],
            Err(_) => Vec::new(),
        }
    }

    fn attribute(&self, element: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        self.dictionary(element, b"A")?.get(key).ok()
    }

    fn dictionary(&self, of: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        self.file.dereference(of.get(key).ok()?).ok()?.1.as_dict().ok()
    }
}

fn name(dictionary: &Dictionary, key: &[u8]) -> String {
    dictionary
        .get(key)
        .and_then(Object::as_name)
        .map_or_else(|_| String::new(), |name| String::from_utf8_lossy(name).into())
}
