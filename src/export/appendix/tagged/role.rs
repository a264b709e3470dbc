//! What is drawn, by the words of the standard.

use std::collections::BTreeMap;

use printpdf::DictItem;

/// What an element of the structure tree is (ISO 32000-1, 14.8.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Role {
    /// The root.
    Document,
    /// A heading, from 1 (the title) to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list.
    List(Numbering),
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
    /// A picture, with its alternative text.
    Figure,
    /// Text that leads somewhere, and the annotation that makes it do so.
    Link,
    /// The mark of a note.
    Reference,
    /// A footnote, by its index.
    Note(usize),
}

/// What stands before the items of a list (ISO 32000-1, 14.8.5.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Numbering {
    /// 1, 2, 3.
    Decimal,
    /// Bullets.
    Disc,
    /// Nothing, or a label that is no number.
    Unnumbered,
}

/// Why something is drawn that is no part of the text (ISO 32000-1, 14.8.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Artifact {
    /// Text at the head of the page.
    Header,
    /// Text at the foot of the page.
    Footer,
    /// Repeated because the page was turned.
    Repeated,
    /// Rules, boxes, shading.
    Layout,
}

impl Role {
    /// The standard structure type.
    pub(in super::super) fn tag(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(3) => "H3",
            Self::Heading(4) => "H4",
            Self::Heading(5) => "H5",
            Self::Heading(_) => "H6",
            Self::Paragraph => "P",
            Self::List(_) => "L",
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
            Self::Figure => "Figure",
            Self::Link => "Link",
            Self::Reference => "Reference",
            Self::Note(_) => "Note",
        }
    }
}

impl Artifact {
    /// The properties of its marked content.
    pub(super) fn properties(self) -> BTreeMap<String, DictItem> {
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
