//! Small packages as other programs write them, findings for them, and what a marked copy holds.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use crosscast::export::marked::{MarkedFace, NotMarked, marked};
use crosscast::model::{Area, Finding, Place, Severity};

use crate::support::package::package;

/// The parts of a package by their names.
pub type Parts = BTreeMap<String, String>;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook with a sheet `Spend` that has these elements, and plain styles: style 1 is bold on blue, style 2 white on blue.
pub fn book(sheet: &str) -> Parts {
    let mut parts = Parts::new();
    let mut put = |name: &str, text: String| drop(parts.insert(name.to_owned(), text));
    put(
        "[Content_Types].xml",
        "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
            .to_owned(),
    );
    put("_rels/.rels", relations(&[("rId1", "officeDocument", "xl/workbook.xml")]));
    put(
        "xl/workbook.xml",
        format!(
            "<?xml version=\"1.0\"?><workbook xmlns=\"{MAIN}\" xmlns:r=\"{KINDS}\"><bookViews><workbookView xWindow=\"0\" \
             activeTab=\"0\"/></bookViews><sheets><sheet name=\"Spend\" sheetId=\"7\" r:id=\"rId1\"/></sheets></workbook>"
        ),
    );
    let sheets = [("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml")];
    put("xl/_rels/workbook.xml.rels", relations(&sheets));
    put("xl/worksheets/sheet1.xml", format!("<?xml version=\"1.0\"?><worksheet xmlns=\"{MAIN}\">{sheet}</worksheet>"));
    put(
        "xl/styles.xml",
        format!(
            "<?xml version=\"1.0\"?><styleSheet xmlns=\"{MAIN}\"><fonts count=\"3\"><font><name val=\"Arial\"/></font>\
             <font><b/><name val=\"Arial\"/></font><font><color rgb=\"FFFFFFFF\"/><name val=\"Arial\"/></font></fonts>\
             <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/>\
             </fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF003366\"/><bgColor indexed=\"64\"/>\
             </patternFill></fill></fills><borders count=\"1\"><border/></borders><cellXfs count=\"3\">\
             <xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>\
             <xf numFmtId=\"4\" fontId=\"1\" fillId=\"2\" borderId=\"0\"><alignment horizontal=\"right\"/></xf>\
             <xf numFmtId=\"0\" fontId=\"2\" fillId=\"2\" borderId=\"0\"/></cellXfs></styleSheet>"
        ),
    );
    parts
}

/// A file of relations: names, the last words of their types, targets.
pub fn relations(given: &[(&str, &str, &str)]) -> String {
    let one = |(id, kind, target): &(&str, &str, &str)| {
        format!("<Relationship Id=\"{id}\" Type=\"{KINDS}/{kind}\" Target=\"{target}\"/>")
    };
    let all: String = given.iter().map(one).collect();
    format!(
        "<?xml version=\"1.0\"?><Relationships \
         xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
    )
}

/// The bytes of a package.
pub fn bytes(parts: &Parts) -> Vec<u8> {
    package(&parts.iter().collect::<Vec<_>>())
}

/// The parts of a package, texts alone.
pub fn parts(bytes: &[u8]) -> Parts {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Parts::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        parts.insert(part.name().unwrap().to_string(), String::from_utf8_lossy(&content).into_owned());
    }
    parts
}

/// An error on `Spend`, at `F14` or `F4:F9`.
pub fn error(cells: &str) -> Finding {
    finding("Spend", cells, Severity::Error, "The total is wrong.")
}

/// A finding on a sheet.
pub fn finding(sheet: &str, cells: &str, severity: Severity, message: &str) -> Finding {
    let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
    let area = Area::new(first.parse().unwrap(), last.parse().unwrap());
    let place = Place::area(&Arc::from("April.xlsx"), &Arc::from(sheet), area);
    Finding::new("total-mismatch", severity, place, message, "correct the cell.")
}

/// What the list says at its top.
pub fn face() -> MarkedFace {
    MarkedFace {
        workbook: "April.xlsx".to_owned(),
        partnership: "Test partnership".to_owned(),
        period: "2022-23, April 2022 only (1 of 12 months)".to_owned(),
        notice: None,
    }
}

/// A marked copy.
pub fn try_marked(original: &[u8], findings: &[Finding]) -> Result<Vec<u8>, NotMarked> {
    marked(original, &findings.iter().collect::<Vec<_>>(), &face())
}

/// The parts of a marked copy of a package.
pub fn marked_parts(original: &Parts, findings: &[Finding]) -> Parts {
    parts(&try_marked(&bytes(original), findings).unwrap_or_else(|error| panic!("{error}")))
}

/// The sheet of a marked copy between the tags of its root.
pub fn marked_sheet(sheet: &str, findings: &[Finding]) -> String {
    let copy = marked_parts(&book(sheet), findings);
    inner(&copy["xl/worksheets/sheet1.xml"]).to_owned()
}

/// What stands between the tags of a part's root.
pub fn inner(part: &str) -> &str {
    let part = part.split_once("?>").map_or(part, |(_, rest)| rest);
    let start = part.find('>').unwrap() + 1;
    &part[start..part.rfind("</").unwrap()]
}

/// The list of a copy whose workbook had none.
pub fn list_of(parts: &Parts) -> &str {
    &parts["xl/worksheets/crosscast1.xml"]
}

/// The texts of a sheet whose texts stand in its cells, by cell.
pub fn texts(sheet: &str) -> BTreeMap<String, String> {
    let cell = regex::Regex::new("<c r=\"([A-Z]+[0-9]+)\"[^>]*><is><t[^>]*>([^<]*)</t>").unwrap();
    cell.captures_iter(sheet).map(|found| (found[1].to_owned(), found[2].to_owned())).collect()
}
