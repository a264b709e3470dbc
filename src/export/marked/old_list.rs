//! The list that an earlier marking put into a workbook, told from an officer's own sheet of that name.

use super::error::NotMarked;
use super::markup::Document;
use super::package::Package;
use super::relations::Relation;
use super::workbook_part::NamedSheet;
use crate::model::{FINDINGS_TITLE, is_findings_sheet};

/// The relation that leads to the list of an earlier marking, of the sheets and relations of a workbook.
///
/// # Errors
/// [`NotMarked::NameTaken`], where an officer's own sheet has its name: it would be lost.
pub fn old_list<'k>(
    package: &mut Package<'_>,
    sheets: &[NamedSheet],
    known: &'k [Relation],
) -> Result<Option<&'k Relation>, NotMarked> {
    let Some(named) = sheets.iter().find(|sheet| is_findings_sheet(&sheet.name)) else { return Ok(None) };
    let relation = known.iter().find(|one| one.id == named.relation).ok_or(NotMarked::NameTaken)?;
    let is_list = relation.is("worksheet") && !relation.leads_out && is_list(package, &relation.target, known)?;
    if is_list { Ok(Some(relation)) } else { Err(NotMarked::NameTaken) }
}

/// Whether a sheet begins as the list does and nothing on it is calculated.
fn is_list(package: &mut Package<'_>, part: &str, known: &[Relation]) -> Result<bool, NotMarked> {
    let text = package.text(part)?;
    let document = Document::parse(&text, "").map_err(|why| why.of(part))?;
    let root = document.root();
    if document.within(root, "f").next().is_some() {
        return Ok(false);
    }
    let row = document.child(root, "sheetData").and_then(|data| document.children(data).next());
    let Some(cell) = row.and_then(|row| document.children(row).next()) else { return Ok(false) };
    if document.attribute(cell, "r").is_some_and(|place| &*place != "A1") {
        return Ok(false);
    }
    let held: String = document.within(cell, "t").map(|text| &document.text[text.content()]).collect();
    let value = document.child(cell, "v").map(|value| document.text[value.content()].trim());
    match (document.attribute(cell, "t").as_deref(), value) {
        // As Excel has it once it has saved the copy.
        (Some("s"), Some(number)) => shared_text_begins(package, number, known),
        (Some("str"), Some(text)) => Ok(text.starts_with(FINDINGS_TITLE)),
        _ => Ok(held.starts_with(FINDINGS_TITLE)),
    }
}

/// Whether a text of those that cells share, by its number from 0, begins as the list does.
fn shared_text_begins(package: &mut Package<'_>, number: &str, known: &[Relation]) -> Result<bool, NotMarked> {
    let Some(part) = known.iter().find(|one| one.is("sharedStrings")).map(|one| &one.target) else { return Ok(false) };
    let text = package.text(part)?;
    let document = Document::parse(&text, "si").map_err(|why| why.of(part))?;
    let Some(held) = number.parse().ok().and_then(|number| document.children(document.root()).nth(number)) else {
        return Ok(false);
    };
    let Ok(held) = Document::parse(document.written(held), "") else { return Ok(false) };
    let words: String = held.within(held.root(), "t").map(|text| &held.text[text.content()]).collect();
    Ok(words.starts_with(FINDINGS_TITLE))
}
