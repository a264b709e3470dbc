//! The only way to draw: each call opens marked content, draws and closes it.
//!
//! What is drawn belongs either to an element of the structure tree or is an artifact (rules, shading, running text,
//! repeated table headings). A [`Pen`] exists only inside such a call, so nothing can be drawn untagged.

mod pen;
mod role;

use std::collections::BTreeMap;

use printpdf::{DictItem, Op, PdfPage, Pt};

pub(super) use pen::Pen;
pub(super) use role::{Artifact, Numbering, Role};

use super::links::{Landing, Link, LinkId, Mark};
use super::style::Paper;

/// An element of the structure tree, by its place in [`Drawing::elements`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ElementId(pub(super) usize);

/// What an element holds, in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kid {
    /// Another element.
    Element(ElementId),
    /// Marked content on a page.
    Content {
        /// The page, from 0.
        page: usize,
        /// The number of the marked content on that page.
        mcid: usize,
    },
    /// An annotation, by its place in [`Drawing::annotations`].
    Annotation(usize),
}

/// An element of the structure tree.
#[derive(Debug)]
pub(super) struct Element {
    /// What it is.
    pub(super) role: Role,
    /// The element that holds it; none for the root.
    pub(super) parent: Option<ElementId>,
    /// What it holds.
    pub(super) kids: Vec<Kid>,
    /// What a picture shows, in words.
    pub(super) alt: Option<String>,
    /// Where a picture lies on its page: left, lower, right and upper edge, from the lower left corner.
    pub(super) area: Option<[f32; 4]>,
    /// Whether it is among its parent's kids.
    is_attached: bool,
}

/// A link as it lies on one page.
#[derive(Debug)]
pub(super) struct Annotation {
    /// The link.
    pub(super) link: LinkId,
    /// The page, from 0.
    pub(super) page: usize,
    /// What of it is on the page, line by line: left, lower, right and upper edge, from the lower left corner.
    pub(super) areas: Vec<[f32; 4]>,
}

/// A page and its marked contents.
#[derive(Debug)]
struct Sheet {
    paper: Paper,
    ops: Vec<Op>,
    /// The element of each marked content.
    owners: Vec<ElementId>,
}

/// The pages drawn so far, and the tree that they are tagged with.
#[derive(Debug)]
pub(super) struct Canvas {
    sheets: Vec<Sheet>,
    elements: Vec<Element>,
    links: Vec<Link>,
    annotations: Vec<Annotation>,
    landings: BTreeMap<Mark, Landing>,
}

/// A finished drawing.
pub(super) struct Drawing {
    /// The pages as printpdf takes them.
    pub(super) pages: Vec<PdfPage>,
    /// The structure tree; the root comes first.
    pub(super) elements: Vec<Element>,
    /// For each page, the element of each marked content.
    pub(super) owners: Vec<Vec<ElementId>>,
    /// The links.
    pub(super) links: Vec<Link>,
    /// Where the links lie.
    pub(super) annotations: Vec<Annotation>,
    /// Where notes and sources stand.
    pub(super) landings: BTreeMap<Mark, Landing>,
}

impl Canvas {
    /// The element that holds all others.
    pub(super) const ROOT: ElementId = ElementId(0);

    /// A canvas with its root element and no page.
    pub(super) fn new() -> Self {
        Self {
            sheets: Vec::new(),
            elements: vec![Element::new(Role::Document, None)],
            links: Vec::new(),
            annotations: Vec::new(),
            landings: BTreeMap::new(),
        }
    }

    /// Adds a page at the end.
    pub(super) fn add_page(&mut self, paper: Paper) {
        self.sheets.push(Sheet { paper, ops: Vec::new(), owners: Vec::new() });
    }

    /// The number of pages.
    pub(super) fn page_count(&self) -> usize {
        self.sheets.len()
    }

    /// The size of a page.
    pub(super) fn paper(&self, page: usize) -> Paper {
        self.sheets[page].paper
    }

    /// Gives the last page, on which nothing has been drawn, another size.
    pub(super) fn turn_over(&mut self, paper: Paper) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.paper = paper;
        }
    }

    /// Adds an element at the end of `parent`.
    pub(super) fn open(&mut self, parent: ElementId, role: Role) -> ElementId {
        let id = self.open_within(parent, role);
        self.attach(id);
        id
    }

    /// Opens an element that stands within the text of `parent`: it takes its place among the parent's kids when its
    /// first content is drawn, after the text before it.
    pub(super) fn open_within(&mut self, parent: ElementId, role: Role) -> ElementId {
        let id = ElementId(self.elements.len());
        self.elements.push(Element::new(role, Some(parent)));
        id
    }

    fn attach(&mut self, id: ElementId) {
        let element = &mut self.elements[id.0];
        if let (false, Some(parent)) = (element.is_attached, element.parent) {
            element.is_attached = true;
            self.attach(parent);
            self.elements[parent.0].kids.push(Kid::Element(id));
        }
    }

    /// Adds a picture at the end of `parent`.
    pub(super) fn open_figure(&mut self, parent: ElementId, alt: &str) -> ElementId {
        let id = self.open(parent, Role::Figure);
        self.elements[id.0].alt = Some(alt.to_owned());
        id
    }

    /// Says where on its page a picture lies: `x` and `top` from the top left corner.
    pub(super) fn frame(&mut self, page: usize, figure: ElementId, (x, top): (f32, f32), (width, height): (f32, f32)) {
        let upper = self.paper(page).height - top;
        self.elements[figure.0].area = Some([x, upper - height, x + width, upper].map(hundredths));
    }

    /// Adds a link, whose element has to be a [`Role::Link`].
    pub(super) fn add_link(&mut self, link: Link) -> LinkId {
        self.links.push(link);
        LinkId(self.links.len() - 1)
    }

    /// Says that a line of a link lies here: `x` and `top` from the top left corner.
    pub(super) fn lay_link(&mut self, page: usize, link: LinkId, (x, top): (f32, f32), (width, height): (f32, f32)) {
        let upper = self.paper(page).height - top;
        let area = [x, upper - height, x + width, upper].map(hundredths);
        match self.annotations.iter_mut().rev().find(|annotation| annotation.link == link && annotation.page == page) {
            Some(annotation) => annotation.areas.push(area),
            None => self.annotations.push(Annotation { link, page, areas: vec![area] }),
        }
    }

    /// Says that what `mark` leads to begins here.
    pub(super) fn land(&mut self, mark: Mark, page: usize, top: f32) {
        let height = self.paper(page).height - top;
        self.landings.entry(mark).or_insert(Landing { page, height });
    }

    /// Draws a part of the text.
    pub(super) fn content(&mut self, page: usize, element: ElementId, draw: impl FnOnce(&mut Pen)) {
        let role = self.elements[element.0].role;
        let sheet = &mut self.sheets[page];
        let mcid = sheet.owners.len();
        let map = BTreeMap::from([("MCID".to_owned(), DictItem::Int(mcid as i64))]);
        if sheet.mark(role.tag(), map, draw) {
            sheet.owners.push(element);
            self.attach(element);
            self.elements[element.0].kids.push(Kid::Content { page, mcid });
        }
    }

    /// Draws something that is no part of the text.
    pub(super) fn artifact(&mut self, page: usize, artifact: Artifact, draw: impl FnOnce(&mut Pen)) {
        self.sheets[page].mark("Artifact", artifact.properties(), draw);
    }

    /// Ends the drawing.
    pub(super) fn finish(mut self) -> Drawing {
        for (index, annotation) in self.annotations.iter().enumerate() {
            let element = self.links[annotation.link.0].element;
            self.elements[element.0].kids.push(Kid::Annotation(index));
        }
        let (mut pages, mut owners) = (Vec::new(), Vec::new());
        for sheet in self.sheets {
            pages.push(PdfPage::new(Pt(sheet.paper.width).into(), Pt(sheet.paper.height).into(), sheet.ops));
            owners.push(sheet.owners);
        }
        let Self { elements, links, annotations, landings, .. } = self;
        Drawing { pages, elements, owners, links, annotations, landings }
    }
}

impl Element {
    fn new(role: Role, parent: Option<ElementId>) -> Self {
        Self { role, parent, kids: Vec::new(), alt: None, area: None, is_attached: false }
    }
}

impl Sheet {
    /// Whether anything was drawn; an empty mark is not left behind.
    fn mark(&mut self, tag: &str, map: BTreeMap<String, DictItem>, draw: impl FnOnce(&mut Pen)) -> bool {
        let properties = DictItem::Dict { map };
        let before = self.ops.len();
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
        draw(&mut Pen::on(&mut self.ops, self.paper));
        if self.ops.len() == before + 1 {
            self.ops.truncate(before);
            return false;
        }
        self.ops.push(Op::EndMarkedContent);
        true
    }
}

/// Rounded, for a smaller file.
fn hundredths(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}
