//! An officer's own workbook, marked: a copy in which every faulty cell is filled and carries a comment with the message, and
//! whose first sheet lists the findings.
//!
//! The package is patched: what is not marked stays byte for byte as it was. The copy can be put into the inbox in place of
//! the original, since reading passes over all that is added ([`crate::model::is_findings_sheet`] and what stands beside it)
//! but for personal data, which anybody could have written there;
//! marked again, it bears the new marks in place of the old.

mod comments;
mod content_types;
mod drawing;
mod error;
mod list_sheet;
mod markup;
mod measures;
mod old_list;
mod package;
mod relations;
mod shade;
mod sheet;
mod sheet_cells;
mod styles;
mod targets;
mod words;
mod workbook_part;

use std::collections::BTreeMap;

pub use self::error::NotMarked;
use self::list_sheet::Remarks;
use self::package::Package;
use self::relations::{Relation, relations};
use self::sheet::{Desk, WorksheetPart};
use self::styles::{NO_STYLES, Styles};
use crate::model::{Finding, is_findings_sheet};

/// What the list of findings says of the workbook at its top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedFace {
    /// The workbook's name, as the officer knows it.
    pub workbook: String,
    /// The partnership's name.
    pub partnership: String,
    /// The year and the months of it that are reported, in words.
    pub period: String,
    /// A sentence that everything made from these data says on its face.
    pub notice: Option<String>,
}

/// A copy of an `.xlsx` or `.xlsm` workbook with its findings marked; `findings` are those of this workbook in the order of
/// the report.
///
/// # Errors
/// [`NotMarked`], where the workbook is of another kind, signed, or not understood.
pub fn marked(original: &[u8], findings: &[&Finding], face: &MarkedFace) -> Result<Vec<u8>, NotMarked> {
    let mut package = Package::open(original)?;
    let (book, relation_kinds) = book(&mut package)?;
    let text = package.text(&book)?;
    let namespace = workbook_part::namespace(&text, &book)?;
    let known = relations(&mut package, &book)?;
    let sheets = workbook_part::sheets(&text, &book)?;
    let old = old_list::old_list(&mut package, &sheets, &known)?;
    let (styles_part, mut styles) = open_styles(&mut package, &book, &known, &relation_kinds)?;
    let parts = worksheets(&sheets, &known);
    let mut remarks = Remarks::default();
    let mut desk = Desk::of(&mut package, &mut styles, &parts, namespace.clone(), relation_kinds.clone())?;
    for part in &parts {
        desk.mark(part, findings, &mut remarks)?;
    }
    let mut added = desk.finish();
    let list = list_sheet::list_sheet(findings, face, &remarks, &mut styles, &namespace);
    package.put(&styles_part, styles.finish(&styles_part)?);
    let (list_part, relation) = match old {
        Some(old) => {
            package.remove(&relations::file_of(&old.target));
            (old.target.clone(), old.id.clone())
        }
        None => {
            let part = package.free_name("xl/worksheets/crosscast", ".xml");
            let relation = relations::add(&mut package, &book, &format!("{relation_kinds}/worksheet"), &part)?;
            (part, relation)
        }
    };
    package.put(&list_part, list.part.clone());
    package.put(&book, workbook_part::with_list(&text, &list, &relation, &relation_kinds, &book)?);
    if old.is_none() {
        add_title(&mut package, sheets.len())?;
    }
    added.parts.push((list_part, content_types::WORKSHEET));
    added.parts.push((styles_part, content_types::STYLES));
    content_types::add(&mut package, &added.parts, added.has_drawings)?;
    package.finish()
}

/// The part of the workbook as a whole, and what the types of its relations begin with.
fn book(package: &mut Package<'_>) -> Result<(String, String), NotMarked> {
    let relations = relations(package, "")?;
    if relations.iter().any(|relation| relation.kind.ends_with("/digital-signature/origin")) {
        return Err(NotMarked::Signed);
    }
    let book = relations.into_iter().find(|relation| relation.is("officeDocument"));
    let Relation { kind, target, .. } = book.ok_or(NotMarked::OtherKind("no workbook of Excel"))?;
    let kinds = kind.rsplit_once('/').map_or("", |(kinds, _)| kinds).to_owned();
    Ok((target, kinds))
}

/// The styles, which are made where the workbook has none.
fn open_styles(
    package: &mut Package<'_>,
    book: &str,
    known: &[Relation],
    kinds: &str,
) -> Result<(String, Styles), NotMarked> {
    let named = known.iter().find(|relation| relation.is("styles")).map(|relation| relation.target.clone());
    let (part, text) = match named {
        Some(part) => {
            let text = package.text(&part)?;
            (part, text)
        }
        None => {
            let part = package.free_name("xl/styles", ".xml");
            relations::add(package, book, &format!("{kinds}/styles"), &part)?;
            (part, NO_STYLES.to_owned())
        }
    };
    let styles = Styles::read(text, &part)?;
    Ok((part, styles))
}

/// The sheets that are the officer's own, with their parts, charts and dialogs among them.
fn worksheets(sheets: &[workbook_part::NamedSheet], known: &[Relation]) -> Vec<WorksheetPart> {
    let by_id: BTreeMap<&str, &Relation> = known.iter().map(|relation| (relation.id.as_str(), relation)).collect();
    let own = sheets.iter().filter(|sheet| !is_findings_sheet(&sheet.name));
    own.filter_map(|sheet| {
        let relation = by_id.get(sheet.relation.as_str()).filter(|relation| !relation.leads_out)?;
        let has_cells = relation.is("worksheet");
        Some(WorksheetPart { name: sheet.name.clone(), part: relation.target.clone(), has_cells })
    })
    .collect()
}

/// Puts the list among the titles of sheets that the file's properties hold.
fn add_title(package: &mut Package<'_>, sheets: usize) -> Result<(), NotMarked> {
    let part = relations(package, "")?.into_iter().find(|relation| relation.is("extended-properties"));
    let Some(part) = part.map(|relation| relation.target) else { return Ok(()) };
    if let Some(changed) = package.find(&part)?.and_then(|text| workbook_part::titles(&text, sheets)) {
        package.put(&part, changed);
    }
    Ok(())
}
