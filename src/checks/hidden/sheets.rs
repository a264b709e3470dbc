//! Hidden sheets that hold what is read, what formulas use, or amounts.

use super::amounts;
use crate::checks::view::TableView;
use crate::checks::words::quoted;
use crate::model::{
    About, Area, Check, Finding, Grid, GridCell, Outcome, Over, Place, Position, Sheet, Visibility, Workbook, listed,
};

pub(super) const HIDDEN_SHEET: Check = Check::warning(
    "hidden-sheet",
    "A hidden sheet holds figures",
    About {
        meaning: "A sheet whose tab does not show holds a table that is read, cells that formulas use, or amounts.",
        why: "Figures that nobody sees can go into a total, and are sent out with the workbook.",
        example: "A hidden sheet Old spend with 14 amounts, from which a formula on the Summary sheet takes one.",
        mend: "Right-click any tab, choose Unhide, and look at the sheet; delete it if nothing on it is needed.",
    },
)
.over(Over::Workbooks);

/// Judges the sheets whose tabs do not show. Lists of texts and numbers, which choices are made from, are passed over.
pub(super) fn check(workbook: &Workbook, views: &[TableView<'_>], outcome: &mut Outcome) {
    let hidden = workbook.sheets.iter().filter(|sheet| sheet.is_hidden());
    outcome.findings.extend(hidden.filter_map(|sheet| hidden_sheet(workbook, sheet, views)));
}

fn hidden_sheet(workbook: &Workbook, sheet: &Sheet, views: &[TableView<'_>]) -> Option<Finding> {
    let tables: Vec<String> = views
        .iter()
        .filter(|view| view.table.sheet == sheet.name)
        .map(|view| format!("the table {}, which is read", quoted(view.schema.called())))
        .collect();
    let users = formulas_that_name(workbook, sheet);
    let amounts = sheet.grid.as_ref().map(amounts_of).unwrap_or_default();
    if tables.is_empty() && users.is_empty() && amounts.is_empty() {
        return None;
    }
    let mut what = tables;
    if what.is_empty() && !amounts.is_empty() {
        what.push(amounts_in_words(&amounts));
    }
    if let Some(first) = users.first() {
        let more = match users.len() - 1 {
            0 => String::new(),
            1 => " and one more formula".to_owned(),
            more => format!(" and {more} more formulas"),
        };
        let use_it = if users.len() == 1 { "uses" } else { "use" };
        what.push(format!("cells that {}{more} {use_it}", first.in_workbook()));
    }
    let very = if sheet.visibility == Visibility::VeryHidden { ", so that Unhide does not list it" } else { "" };
    let message = format!("The sheet {} is hidden{very}, and holds {}.", quoted(&sheet.name), listed(&what, "and"));
    let fix = if sheet.visibility == Visibility::VeryHidden {
        "In Excel press Alt+F11, choose the sheet and set Visible to -1; delete the sheet if nothing on it is needed."
    } else {
        "Right-click any tab, choose Unhide, and look at the sheet; delete it if nothing on it is needed."
    };
    let mut finding = HIDDEN_SHEET.finding(Place::sheet(&workbook.path, &sheet.name), message, fix);
    finding.related = users.into_iter().take(MOST_RELATED).collect();
    Some(finding)
}

/// The most formulas that a finding leads to.
const MOST_RELATED: usize = 10;

/// Formulas of other sheets, of those that were read, that use a sheet's cells.
fn formulas_that_name(workbook: &Workbook, sheet: &Sheet) -> Vec<Place> {
    let mut places = Vec::new();
    for other in workbook.sheets.iter().filter(|other| other.name != sheet.name && holds_a_table(workbook, other)) {
        let cells = other.grid.iter().flat_map(Grid::cells);
        let users =
            cells.filter(|(_, cell)| cell.formula.as_deref().is_some_and(|formula| names(formula, &sheet.name)));
        places.extend(users.map(|(position, _)| Place::area(&workbook.path, &other.name, position)));
    }
    places
}

fn holds_a_table(workbook: &Workbook, sheet: &Sheet) -> bool {
    workbook.tables.iter().any(|table| table.sheet == sheet.name)
}

/// Whether a formula names a sheet: `Lists!`, `'Old spend'!`. Letter case is forgiven, as Excel does; a longer name that
/// ends alike is another.
fn names(formula: &str, sheet: &str) -> bool {
    let (formula, sheet) = (formula.to_lowercase(), sheet.to_lowercase());
    let quoted = format!("'{}'!", sheet.replace('\'', "''"));
    let bare = format!("{sheet}!");
    let stands_alone = |at: usize| {
        let before = formula[..at].chars().next_back();
        !before.is_some_and(|before| before.is_alphanumeric() || matches!(before, '_' | '.' | '\'' | ']'))
    };
    formula.contains(&quoted) || formula.match_indices(&bare).any(|(at, _)| stands_alone(at))
}

fn amounts_of(grid: &Grid) -> Vec<(Position, &GridCell)> {
    grid.cells().filter(|(_, cell)| amounts::is_amount(cell)).collect()
}

/// Amounts and what they come to, sums of others left aside: `14 amounts in B4:C10 that come to £1,250.00`.
fn amounts_in_words(amounts: &[(Position, &GridCell)]) -> String {
    let rows = || amounts.iter().map(|(position, _)| position.row);
    let columns = || amounts.iter().map(|(position, _)| position.column);
    let corners = rows().min().zip(columns().min()).zip(rows().max().zip(columns().max()));
    let area =
        corners.map(|((top, left), (bottom, right))| Area::new(Position::new(top, left), Position::new(bottom, right)));
    let place = area.map(|area| format!(" in {area}")).unwrap_or_default();
    let typed = amounts.iter().filter(|(_, cell)| cell.formula.is_none());
    let sum = amounts::total(typed.map(|(_, cell)| *cell)).filter(|sum| sum.pence() != 0);
    match (amounts.len(), sum) {
        (1, Some(sum)) => format!("an amount{place}: {sum}"),
        (1, None) => format!("an amount{place}"),
        (count, Some(sum)) => format!("{count} amounts{place}; those that were typed come to {sum}"),
        (count, None) => format!("{count} amounts{place}"),
    }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn formulas_that_name_a_sheet() {
        for (formula, sheet, expected) in [
            ("SUM(Lists!A1:A9)", "Lists", true),
            ("'Old spend'!A1+1", "old spend", true),
            ("'It''s'!A1", "It's", true),
            ("MyLists!A1", "Lists", false),
            ("'My Lists'!A1", "Lists", false),
            ("[1]Lists!A1", "Lists", false),
            ("Lists+A1", "Lists", false),
        ] {
            assert_eq!(names(formula, sheet), expected, "{formula}");
        }
    }
}
