//! The only way to draw: each call opens marked content, draws and closes it.
//!
//! What is drawn belongs either to an element of the structure tree or is an artifact (rules, shading, running text,
//! repeated table headings). A [`Pen`] exists only inside such a call, so nothing can be drawn untagged.

use std::collections::BTreeMap;

use printpdf::{DictItem, Op, PaintMode, PdfFontHandle, PdfPage, Point, Pt, Rect};

use super::fonts::{Face, Fonts};
use super::style::{Colour, PAGE_HEIGHT, PAGE_WIDTH};
use super::typeset::Line;

/// What an element of the structure tree is (ISO 32000-1, 14.8.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The root.
    Document,
    /// A heading, from 1 (the title) to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list, numbered or with bullets.
    List {
        /// Whether its items are numbered.
        ordered: bool,
    },
    /// An item of a list.
    ListItem,
    /// The bullet or number of an item.
    Label,
    /// The text of an item.
    ListBody,
    /// A table.
    Table,
    /// The caption of a table.
    Caption,
    /// The heading rows of a table.
    TableHead,
    /// The rows of a table.
    TableBody,
    /// The total row of a table.
    TableFoot,
    /// A row.
    Row,
    /// The heading of a column.
    ColumnHeading,
    /// The heading of a row.
    RowHeading,
    /// A cell over this number of columns.
    Cell(usize),
}

/// Why something is drawn that is no part of the text (ISO 32000-1, 14.8.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Artifact {
    /// Text at the head of the page.
    Header,
    /// Text at the foot of the page.
    Footer,
    /// Repeated because the page was turned.
    Repeated,
    /// Rules, boxes, shading.
    Layout,
}

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
}

/// A page and its marked contents.
#[derive(Debug, Default)]
struct Sheet {
    ops: Vec<Op>,
    /// The element of each marked content.
    owners: Vec<ElementId>,
}

/// The pages drawn so far, and the tree that they are tagged with.
#[derive(Debug)]
pub(super) struct Canvas {
    sheets: Vec<Sheet>,
    elements: Vec<Element>,
}

/// A finished drawing.
pub(super) struct Drawing {
    /// The pages as printpdf takes them.
    pub(super) pages: Vec<PdfPage>,
    /// The structure tree; the root comes first.
    pub(super) elements: Vec<Element>,
    /// For each page, the element of each marked content.
    pub(super) owners: Vec<Vec<ElementId>>,
}

impl Canvas {
    /// The element that holds all others.
    pub(super) const ROOT: ElementId = ElementId(0);

    /// A canvas with its root element and no page.
    pub(super) fn new() -> Self {
        Self { sheets: Vec::new(), elements: vec![Element { role: Role::Document, parent: None, kids: Vec::new() }] }
    }

    /// Adds a page at the end.
    pub(super) fn add_page(&mut self) {
        self.sheets.push(Sheet::default());
    }

    /// The number of pages.
    pub(super) fn page_count(&self) -> usize {
        self.sheets.len()
    }

    /// Adds an element at the end of `parent`.
    pub(super) fn open(&mut self, parent: ElementId, role: Role) -> ElementId {
        let id = ElementId(self.elements.len());
        self.elements.push(Element { role, parent: Some(parent), kids: Vec::new() });
        self.elements[parent.0].kids.push(Kid::Element(id));
        id
    }

    /// Draws a part of the text.
    pub(super) fn content(&mut self, page: usize, element: ElementId, draw: impl FnOnce(&mut Pen)) {
        let role = self.elements[element.0].role;
        let sheet = &mut self.sheets[page];
        let mcid = sheet.owners.len();
        let map = BTreeMap::from([("MCID".to_owned(), DictItem::Int(mcid as i64))]);
        if sheet.mark(role.tag(), map, draw) {
            sheet.owners.push(element);
            self.elements[element.0].kids.push(Kid::Content { page, mcid });
        }
    }

    /// Draws something that is no part of the text.
    pub(super) fn artifact(&mut self, page: usize, artifact: Artifact, draw: impl FnOnce(&mut Pen)) {
        self.sheets[page].mark("Artifact", artifact.properties(), draw);
    }

    /// Ends the drawing.
    pub(super) fn finish(self) -> Drawing {
        let (mut pages, mut owners) = (Vec::new(), Vec::new());
        for sheet in self.sheets {
            pages.push(PdfPage::new(Pt(PAGE_WIDTH).into(), Pt(PAGE_HEIGHT).into(), sheet.ops));
            owners.push(sheet.owners);
        }
        Drawing { pages, elements: self.elements, owners }
    }
}

impl Sheet {
    /// Whether anything was drawn; an empty mark is not left behind.
    fn mark(&mut self, tag: &str, map: BTreeMap<String, DictItem>, draw: impl FnOnce(&mut Pen)) -> bool {
        let properties = DictItem::Dict { map };
        let before = self.ops.len();
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
        draw(&mut Pen { ops: &mut self.ops });
        if self.ops.len() == before + 1 {
            self.ops.truncate(before);
            return false;
        }
        self.ops.push(Op::EndMarkedContent);
        true
    }
}

/// Draws inside one marked content.
pub(super) struct Pen<'a> {
    ops: &'a mut Vec<Op>,
}

impl Pen<'_> {
    /// Sets a line of text with its baseline `baseline` points below the top edge of the page.
    pub(super) fn text(&mut self, fonts: &Fonts, line: &Line, x: f32, baseline: f32, colour: Colour) {
        if line.stretches.is_empty() {
            return;
        }
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetFillColor { col: colour.to_print() });
        let pos = Point { x: Pt(hundredths(x)), y: Pt(hundredths(PAGE_HEIGHT - baseline)) };
        self.ops.push(Op::SetTextCursor { pos });
        for stretches in line.stretches.chunk_by(|one, next| one.face == next.face) {
            let face: Face = stretches[0].face;
            self.ops.push(Op::SetFont { font: PdfFontHandle::External(face.id()), size: Pt(line.size) });
            let items = fonts.items(face, stretches.iter().map(|stretch| &*stretch.word));
            self.ops.push(Op::ShowText { items });
        }
        self.ops.push(Op::EndTextSection);
    }

    /// Fills a rectangle whose top left corner is `x`, `top`; a rule is a low one.
    pub(super) fn fill(&mut self, x: f32, top: f32, width: f32, height: f32, colour: Colour) {
        self.ops.push(Op::SetFillColor { col: colour.to_print() });
        let rectangle = Rect {
            x: Pt(hundredths(x)),
            y: Pt(hundredths(PAGE_HEIGHT - top - height)),
            width: Pt(hundredths(width)),
            height: Pt(hundredths(height)),
            mode: Some(PaintMode::Fill),
            winding_order: None,
        };
        self.ops.push(Op::DrawRectangle { rectangle });
    }
}

/// Rounded, for a smaller file.
fn hundredths(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}

impl Role {
    /// The standard structure type.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(3) => "H3",
            Self::Heading(4) => "H4",
            Self::Heading(5) => "H5",
            Self::Heading(_) => "H6",
            Self::Paragraph => "P",
            Self::List { .. } => "L",
            Self::ListItem => "LI",
            Self::Label => "Lbl",
            Self::ListBody => "LBody",
            Self::Table => "Table",
            Self::Caption => "Caption",
            Self::TableHead => "THead",
            Self::TableBody => "TBody",
            Self::TableFoot => "TFoot",
            Self::Row => "TR",
            Self::ColumnHeading | Self::RowHeading => "TH",
            Self::Cell(_) => "TD",
        }
    }
}

impl Artifact {
    fn properties(self) -> BTreeMap<String, DictItem> {
        let name = |text: &str| DictItem::Name(text.as_bytes().to_vec());
        let (kind, subtype) = match self {
            Self::Header => ("Pagination", Some("Header")),
            Self::Footer => ("Pagination", Some("Footer")),
            Self::Repeated => ("Pagination", None),
            Self::Layout => ("Layout", None),
        };
        let mut map = BTreeMap::from([("Type".to_owned(), name(kind))]);
        if let Some(subtype) = subtype {
            map.insert("Subtype".to_owned(), name(subtype));
        }
        map
    }
}
