//! Workbooks (`.xlsx`) from readable parts: one sheet, Probe, with an item and a figure.

use crate::support::package::package;

/// The XML of the rows of a probe: Dawn, 1000.
pub const ROWS: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Item</t></is></c>\
    <c r=\"B1\" t=\"inlineStr\"><is><t>Figure</t></is></c></row>\
    <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Dawn</t></is></c><c r=\"B2\"><v>1000</v></c></row>";

/// The part of the one sheet.
pub const SHEET: &str = "xl/worksheets/sheet1.xml";
/// The part of the workbook.
pub const BOOK: &str = "xl/workbook.xml";
/// The part that leads from the workbook to its sheets.
pub const BOOK_RELATIONSHIPS: &str = "xl/_rels/workbook.xml.rels";

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// The parts of a workbook.
#[derive(Clone)]
pub struct Book(pub Vec<(String, Vec<u8>)>);

impl Book {
    /// A good probe.
    pub fn good() -> Self {
        Self::of(&worksheet(ROWS))
    }

    /// A probe with these rows below the good ones' headings: XML of `row` elements.
    pub fn rows(rows: &str) -> Self {
        Self::of(&worksheet(rows))
    }

    /// A probe whose row 2 has these cells: XML of `c` elements. Unless A2 is among them, it is Dawn.
    pub fn cells(cells: &str) -> Self {
        let (headings, _) = ROWS.split_once("<row r=\"2\">").unwrap();
        let dawn = if cells.contains("\"A2\"") { "" } else { "<c r=\"A2\" t=\"inlineStr\"><is><t>Dawn</t></is></c>" };
        Self::rows(&format!("{headings}<row r=\"2\">{dawn}{cells}</row>"))
    }

    /// A probe whose sheet is this part.
    pub fn of(sheet: &str) -> Self {
        let types = format!(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
             <Override PartName=\"/xl/workbook.xml\" ContentType=\"{CONTENT_TYPE}.sheet.main+xml\"/>\
             <Override PartName=\"/{SHEET}\" ContentType=\"{CONTENT_TYPE}.worksheet+xml\"/></Types>"
        );
        let book = format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>\
             <sheet name=\"Probe\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
        );
        Self(Vec::new())
            .with("[Content_Types].xml", types)
            .with("_rels/.rels", relationships(&[("rId1", "officeDocument", BOOK)]))
            .with(BOOK, book)
            .with(BOOK_RELATIONSHIPS, relationships(&[("rId1", "worksheet", "worksheets/sheet1.xml")]))
            .with(SHEET, sheet)
    }

    /// The same with a part put in, or put in place of the one of that name.
    pub fn with(mut self, part: &str, content: impl Into<Vec<u8>>) -> Self {
        let content = content.into();
        match self.0.iter_mut().find(|(name, _)| name == part) {
            Some((_, old)) => *old = content,
            None => self.0.push((part.to_owned(), content)),
        }
        self
    }

    /// The same without a part.
    pub fn without(mut self, part: &str) -> Self {
        let before = self.0.len();
        self.0.retain(|(name, _)| name != part);
        assert!(self.0.len() < before, "{part} is not there");
        self
    }

    /// The same with a text of a part replaced, which must be there.
    pub fn edit(self, part: &str, from: &str, to: &str) -> Self {
        let (_, content) = self.0.iter().find(|(name, _)| name == part).unwrap();
        let text = String::from_utf8(content.clone()).unwrap();
        assert!(text.contains(from), "{from} is not in {part}");
        let text = text.replace(from, to);
        self.with(part, text)
    }

    /// The same with one more part to which the workbook leads.
    pub fn leading_to(self, kind: &str, target: &str) -> Self {
        let more = format!(
            "<Relationship Id=\"more-{kind}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/></Relationships>"
        );
        self.edit(BOOK_RELATIONSHIPS, "</Relationships>", &more)
    }

    /// The same with the texts that cells share: the XML of the part.
    pub fn sharing(self, texts: &str) -> Self {
        self.leading_to("sharedStrings", "sharedStrings.xml").with("xl/sharedStrings.xml", texts)
    }

    /// The same with styles: the XML of the part.
    pub fn styled(self, styles: &str) -> Self {
        self.leading_to("styles", "styles.xml").with("xl/styles.xml", styles)
    }

    /// The package.
    pub fn bytes(&self) -> Vec<u8> {
        package(&self.0)
    }
}

/// The part of a sheet with these rows.
pub fn worksheet(rows: &str) -> String {
    format!("<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheetData>{rows}</sheetData></worksheet>")
}

/// A part of relationships: each its name, the last word of its type, and its target.
pub fn relationships(each: &[(&str, &str, &str)]) -> String {
    let each: String = each
        .iter()
        .map(|(id, kind, target)| {
            format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
        })
        .collect();
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{each}</Relationships>"
    )
}

/// A part of texts that cells share, with counts that need not be true.
pub fn shared_texts(count: &str, texts: &str) -> String {
    format!("<sst xmlns=\"{MAIN}\" count=\"{count}\" uniqueCount=\"{count}\">{texts}</sst>")
}
