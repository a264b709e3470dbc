//! The names of files, folders and sheets: judged, and masked before anything is said of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::PERSONAL_DATA;
use super::kinds::{self, Hits};
use crate::model::{Finding, Outcome, Place, Workbook};
use crate::schema::Pack;

/// Judges the names of workbooks and of their sheets, and masks in them what was found, so that nothing that is made
/// later says it: not the place of a finding, not the list of inputs.
///
/// Comes after reading, which knows a workbook and its sheets by their names, and before everything else.
pub fn check_names(workbooks: &mut [Workbook], pack: &Pack) -> Outcome {
    let mut outcome = Outcome::default();
    let shown = shown_paths(workbooks.iter().map(|workbook| &*workbook.path));
    for (workbook, path) in workbooks.iter_mut().zip(shown) {
        let in_path = in_path(&workbook.path);
        if *workbook.path != *path {
            workbook.path = path.into();
        }
        let place = Place::workbook(&workbook.path);
        for (what, remedy, hits) in in_path {
            outcome.findings.push(finding(place.clone(), what, remedy, &hits));
        }
        for index in 0..workbook.sheets.len() {
            let name = workbook.sheets[index].name.clone();
            let Some(hits) = kinds::find(&name) else { continue };
            let called: Arc<str> = hits.masked.as_str().into();
            rename_sheet(workbook, &name, &called);
            let place = Place::sheet(&workbook.path, &called);
            outcome.findings.push(finding(place, "The name of the sheet", "Give the sheet another name", &hits));
        }
    }
    super::super::settled(outcome, pack)
}

/// The paths as outputs show them: what looks like personal data masked, and still no two alike. Most are as they were.
pub fn shown_paths<'a>(paths: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut given = BTreeSet::new();
    let shown = paths.into_iter().map(|path| {
        let mut shown = masked_path(path);
        while !given.insert(shown.clone()) {
            shown.push('*');
        }
        shown
    });
    shown.collect()
}

/// A path with each of its names masked.
pub(in crate::checks) fn masked_path(path: &str) -> String {
    path.split('/')
        .map(|name| hits_in_name(name).map_or_else(|| name.to_owned(), |hits| hits.masked))
        .collect::<Vec<_>>()
        .join("/")
}

/// What the names in a path hold: which name, what to do, and what was found.
fn in_path(path: &str) -> Vec<(&'static str, &'static str, Hits)> {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let of_file = hits_in_name(file).map(|hits| ("The name of the file", "Rename the file", hits));
    let of_folders = folders.split('/').find_map(hits_in_name);
    let of_folders = of_folders.map(|hits| ("The name of a folder that the file is in", "Rename the folder", hits));
    of_file.into_iter().chain(of_folders).collect()
}

/// In the names of files an underscore stands where a space would.
fn hits_in_name(name: &str) -> Option<Hits> {
    kinds::find(name).or_else(|| kinds::find(&name.replace('_', " ")))
}

fn finding(place: Place, what: &str, remedy: &str, hits: &Hits) -> Finding {
    let shown = hits.masks.join(", ");
    let mut finding = PERSONAL_DATA.finding(
        place,
        format!("{what} holds what looks like {}: {shown}.", hits.called.join(" and ")),
        format!("{remedy}: nothing that identifies or reaches a person may be published."),
    );
    finding.actual = Some(shown);
    finding
}

fn rename_sheet(workbook: &mut Workbook, from: &str, to: &Arc<str>) {
    let sheets = workbook.sheets.iter_mut().map(|sheet| &mut sheet.name);
    let texts = workbook.texts.iter_mut().map(|text| &mut text.sheet);
    let tables = workbook.tables.iter_mut().map(|table| &mut table.sheet);
    let absent = workbook.absent.iter_mut().map(|absent| &mut absent.sheet);
    let unread = workbook.unread_sheets.iter_mut();
    for name in sheets.chain(texts).chain(tables).chain(absent).chain(unread).filter(|name| ***name == *from) {
        *name = to.clone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_as_they_are_shown() {
        let paths = [
            "monthly/2022-04 April return.xlsx",
            "jo@example.org/return_07700900123.xlsx",
            "07700 900123.xlsx",
            "07700 900133.xlsx",
            "INV-07700900123.xlsx",
        ];
        assert_eq!(
            shown_paths(paths),
            [
                "monthly/2022-04 April return.xlsx",
                "j***@e***.org/return_07***3.xlsx",
                "07***3.xlsx",
                "07***3.xlsx*",
                "INV-07700900123.xlsx",
            ]
        );
        assert_eq!(masked_path("07***3.xlsx"), "07***3.xlsx", "what is masked stays as it is");
    }
}
