//! What an `.xlsx` workbook says of how it is calculated and what it refers to.

use std::sync::Arc;

use super::markup::{attribute, is_on, name, parsed};
use super::parts::Package;
use crate::model::{DefinedName, Settings};

/// Names that Excel gives by itself, for what is printed and what is filtered.
const GIVEN_BY_EXCEL: [&str; 3] = ["_xlnm.print_area", "_xlnm.print_titles", "_xlnm._filterdatabase"];
/// Stands for a workbook that is linked to and whose name could not be read, so that the others keep their numbers.
const UNKNOWN_LINK: &str = "a workbook whose name is not given";

/// The settings of a package; none when the part of the workbook is not there.
pub(super) fn settings(package: &mut Package<'_>) -> Option<Settings> {
    let book = package.book();
    let sheets = package.sheets();
    let relationships = package.relationships(&book);
    let mut settings = Settings::default();
    let mut links: Vec<Option<String>> = Vec::new();
    let mut markup = package.part(&book)?;
    while let Some(tag) = markup.tag() {
        match name(&tag) {
            "workbookPr" => settings.counts_from_1904 = is_on(&tag, "date1904"),
            "calcPr" => {
                settings.calculates_manually = attribute(&tag, "calcMode").as_deref() == Some("manual");
                settings.iterates = is_on(&tag, "iterate");
            }
            "definedName" => {
                let Some(name) = attribute(&tag, "name").map(|name| name.into_owned()) else { continue };
                let sheet = parsed::<usize>(&tag, "localSheetId");
                let sheet = sheet.and_then(|index| sheets.get(index)).map(|(sheet, _)| sheet.clone());
                let refers_to = markup.text_to_end_of("definedName").trim().to_owned();
                if !GIVEN_BY_EXCEL.contains(&name.to_lowercase().as_str()) {
                    settings.names.push(DefinedName { name: name.into(), sheet, refers_to: refers_to.into() });
                }
            }
            "externalReference" => {
                let id = attribute(&tag, "id");
                let part = relationships.iter().find(|one| !one.leads_out && Some(one.id.as_str()) == id.as_deref());
                links.push(part.map(|part| part.target.clone()));
            }
            _ => {}
        }
    }
    drop(markup);
    settings.links = links.into_iter().map(|part| linked(package, part)).collect();
    Some(settings)
}

/// The workbook to which the part of a link leads.
fn linked(package: &mut Package<'_>, part: Option<String>) -> Arc<str> {
    let targets = part.map(|part| package.relationships(&part)).unwrap_or_default();
    let target = targets.into_iter().find(|one| one.leads_out);
    target.map_or_else(|| UNKNOWN_LINK.into(), |one| one.target.replace("%20", " ").into())
}
