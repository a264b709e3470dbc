//! What a file says of itself: the program that wrote it and when. Names of people are not taken out of it.

use std::sync::Arc;

use super::guard::{Container, Guarded};
use super::markup::{name, text};
use super::parts::Package;
use crate::model::{FileProperties, WorkbookFormat, cut_where_long};
use quick_xml::events::Event;

/// What the parts beside the sheets say. Those of `.xls` are not looked at.
pub(super) fn properties(bytes: &[u8], guarded: &Guarded) -> FileProperties {
    let format = match guarded.container {
        Container::Xlsx => WorkbookFormat::Xlsx,
        Container::Xlsb => WorkbookFormat::Xlsb,
        Container::Xls => WorkbookFormat::Xls,
        Container::Ods => WorkbookFormat::Ods,
    };
    let mut properties = FileProperties { format, program: None, created: None, modified: None, names_people: false };
    if format == WorkbookFormat::Xls {
        return properties;
    }
    let Some(mut package) = Package::open(bytes) else { return properties };
    if format == WorkbookFormat::Xlsx && package.part("xl/vbaProject.bin").is_some() {
        properties.format = WorkbookFormat::Xlsm;
    }
    for part in parts(&mut package, format) {
        take(&mut package, &part, &mut properties);
    }
    properties
}

/// The parts that say it: of Excel's packages those to which the package itself leads.
fn parts(package: &mut Package<'_>, format: WorkbookFormat) -> Vec<String> {
    if format == WorkbookFormat::Ods {
        return vec!["meta.xml".to_owned()];
    }
    let known = ["extended-properties", "core-properties"];
    let relationships = package.relationships("").into_iter();
    relationships.filter(|one| !one.leads_out && known.contains(&one.kind.as_str())).map(|one| one.target).collect()
}

/// Takes what a part says. Of what is said twice, the first counts.
fn take(package: &mut Package<'_>, part: &str, properties: &mut FileProperties) {
    let Some(mut markup) = package.part(part) else { return };
    let mut element = String::new();
    while let Some(piece) = markup.piece() {
        match &piece {
            Event::Start(tag) => element = name(tag).to_owned(),
            Event::End(_) => element.clear(),
            piece => {
                let text = text(piece);
                let text = text.trim();
                if text.is_empty() {
                    continue;
                }
                let kept = || Some(Arc::from(cut_where_long(text)));
                match element.as_str() {
                    "Application" | "generator" if properties.program.is_none() => properties.program = kept(),
                    "created" | "creation-date" if properties.created.is_none() => properties.created = kept(),
                    // OpenDocument calls the day of the last saving its date.
                    "modified" | "date" if properties.modified.is_none() => properties.modified = kept(),
                    "creator" | "lastModifiedBy" | "initial-creator" | "Manager" => properties.names_people = true,
                    _ => {}
                }
            }
        }
    }
}
