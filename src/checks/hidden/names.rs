//! Defined names that point nowhere.

use crate::checks::view::TableView;
use crate::checks::words::named;
use crate::model::{About, Check, DefinedName, Grid, Outcome, Over, Place, Workbook};

pub(super) const BROKEN_NAME: Check = Check::warning(
    "broken-name",
    "A defined name points nowhere",
    About {
        meaning: "A name that is defined in the workbook stands for cells that were deleted: #REF!.",
        why: "A formula that uses the name gives an error, and a list of choices that was made from it is empty.",
        example: "TotalSpend stands for Spend!#REF!, since the row was deleted that it stood for.",
        mend: "Choose Formulas, Name Manager, and delete the name or give it its cells again.",
    },
)
.over(Over::Settings);

/// The most formulas that a finding leads to.
const MOST_RELATED: usize = 10;

/// Judges the defined names of a workbook: all that are broken are one finding.
pub(super) fn check(workbook: &Workbook, views: &[TableView<'_>], outcome: &mut Outcome) {
    let names = workbook.settings.iter().flat_map(|settings| &settings.names);
    let broken: Vec<&DefinedName> = names.filter(|name| name.refers_to.contains("#REF!")).collect();
    if broken.is_empty() {
        return;
    }
    let shown: Vec<String> = broken.iter().map(|name| name.name.to_string()).collect();
    let (subject, verb, their) = match shown.len() {
        1 => ("The defined name", "points", "its"),
        _ => ("The defined names", "point", "their"),
    };
    let message = format!("{subject} {} {verb} nowhere: {their} cells were deleted (#REF!).", named(&shown));
    let fix = "Choose Formulas, Name Manager, and delete what is not used; give the others their cells again.";
    let mut finding = BROKEN_NAME.finding(Place::workbook(&workbook.path), message, fix);
    finding.related = users(workbook, views, &broken);
    outcome.findings.push(finding);
}

/// Formulas on the sheets that are read that use one of the names.
fn users(workbook: &Workbook, views: &[TableView<'_>], broken: &[&DefinedName]) -> Vec<Place> {
    let sheets = workbook.sheets.iter().filter(|sheet| views.iter().any(|view| view.table.sheet == sheet.name));
    let cells = sheets.flat_map(|sheet| sheet.grid.iter().flat_map(Grid::cells).map(move |cell| (sheet, cell)));
    let uses = |formula: &str| {
        let is_of_name = |character: char| character.is_alphanumeric() || matches!(character, '_' | '.' | '\\');
        formula.split(|character| !is_of_name(character)).any(|word| broken.iter().any(|name| *name.name == *word))
    };
    let users = cells.filter(|(_, (_, cell))| cell.formula.as_deref().is_some_and(uses));
    users.map(|(sheet, (position, _))| Place::area(&workbook.path, &sheet.name, position)).take(MOST_RELATED).collect()
}
