//! Links: figures that come from other workbooks.

use std::collections::BTreeMap;

use super::super::not_run;
use super::super::words::quoted;
use super::lines::{areas_of, in_areas};
use super::written::Written;
use crate::formula::Target;
use crate::model::{About, Check, Outcome, Over, Place, Position, Workbook};

pub(super) static OTHER_WORKBOOK: Check = Check::warning(
    "other-workbook-linked",
    "Figures are taken from another workbook",
    About {
        meaning: "Formulas of this workbook refer to another one, or it keeps a link to one.",
        why: "The figures are those of the last time the link was followed. Whoever has not the other workbook cannot check \
              them, and they change or break when it is moved.",
        example: "=[Budget 2022.xlsx]Sheet1!$C$4 under Budget.",
        mend: "Copy the figures in as values and say where they are from, or break the link with Data, Edit Links.",
    },
)
.over(Over::Settings)
.not_required();

/// Names the other workbooks, each once, with the cells that refer to it.
pub(super) fn check(workbook: &Workbook, formulas: &[Written<'_>], outcome: &mut Outcome) {
    let links = workbook.settings.as_ref().map(|settings| settings.links.as_slice()).unwrap_or_default();
    let mut books: BTreeMap<String, BTreeMap<&str, Vec<Position>>> = BTreeMap::new();
    for link in links {
        books.entry(file_name(link)).or_default();
    }
    for written in formulas {
        for reference in written.formula.iter().flat_map(|formula| formula.references()) {
            if let Target::OtherWorkbook(token) = &reference.target {
                let cells = books.entry(book_of(token, links)).or_default();
                cells.entry(&written.sheet.name).or_default().push(written.at);
            }
        }
    }
    for (book, sheets) in books {
        let fix = "Copy the figures in as values and say where they are from, or break the link with Data, Edit Links.";
        if sheets.is_empty() {
            let message = format!("This workbook is linked to another, {}.", quoted(&book));
            outcome.findings.push(OTHER_WORKBOOK.finding(Place::workbook(&workbook.path), message, fix));
        }
        for (name, cells) in sheets {
            let Some(sheet) = workbook.sheet(name) else { continue };
            let areas = areas_of(&cells);
            let takes = if cells.len() == 1 { "takes its figure" } else { "take their figures" };
            let named: Vec<String> = areas.iter().map(ToString::to_string).collect();
            let message = format!("{} {takes} from another workbook, {}.", in_areas(&named), quoted(&book));
            let place = |area| Place::area(&workbook.path, &sheet.name, area);
            let mut finding = OTHER_WORKBOOK.finding(place(areas[0]), message, fix);
            finding.related = areas[1..].iter().map(|area| place(*area)).collect();
            outcome.findings.push(finding);
        }
    }
    if workbook.settings.is_none() && !formulas.is_empty() {
        let why = format!("This kind of file does not tell which workbooks it is linked to ({}).", workbook.path);
        not_run::list(outcome, OTHER_WORKBOOK.code, why);
    }
}

/// The other workbook that a formula names: `[1]` is the first link, anything else its name.
fn book_of(token: &str, links: &[std::sync::Arc<str>]) -> String {
    let bare = token.trim_matches(['[', ']', '\'']);
    let number: Option<usize> = bare.parse().ok();
    match number.and_then(|number| links.get(number.checked_sub(1)?)) {
        Some(link) => file_name(link),
        None => file_name(bare),
    }
}

/// A link's file without its folders.
fn file_name(link: &str) -> String {
    let name = link.rsplit(['/', '\\']).next().unwrap_or(link);
    name.trim_matches(['[', ']']).replace("%20", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_link() {
        assert_eq!(book_of("[1]", &["file:///C:/Users/Officer/Budget%202022.xlsx".into()]), "Budget 2022.xlsx");
        assert_eq!(book_of("[Budget.xlsx]", &[]), "Budget.xlsx");
        assert_eq!(book_of("[2]", &["Budget.xlsx".into()]), "2");
    }
}
