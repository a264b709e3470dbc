//! How a workbook is calculated: formulas that go round in a circle, and calculation that is not Excel's usual one.

use std::collections::BTreeMap;

use super::super::not_run;
use super::super::words::shortened;
use crate::formula::{Formula, Target, parse};
use crate::model::{About, Area, Check, Outcome, Over, Place, Position, Settings, Workbook};

pub(super) static CIRCULAR_REFERENCE: Check = Check::error(
    "circular-reference",
    "Formulas go round in a circle",
    About {
        meaning: "A formula uses a cell whose own formula uses the first one again, directly or by way of others.",
        why: "Excel cannot calculate such cells: it shows nought, or whatever was there last.",
        example: "=SUM(F4:F11) in F11 itself.",
        mend: "Follow the cells named and take the one out of a formula that should not be in it.",
    },
)
.over(Over::Formulas)
.not_required();

pub(super) static CALCULATION: Check = Check::warning(
    "calculation-not-automatic",
    "The workbook is not calculated as usual",
    About {
        meaning: "Calculation is set to manual, or formulas may go round in circles (iterative calculation is on).",
        why: "The results can be those of earlier figures, and Excel gives no sign of it.",
        example: "A workbook saved with Formulas, Calculation Options, Manual.",
        mend: "Set Formulas, Calculation Options to Automatic, take iterative calculation off under File, Options, Formulas, \
               look at what changes, and save.",
    },
)
.over(Over::Calculation)
.not_required();

/// The most uses of one cell with a formula by another that are followed in a workbook: where each row adds all above it, those
/// of some thousand rows.
const MOST_FOLLOWED: usize = 3_000_000;
/// At most so many cells of a circle are named.
const MOST_NAMED: usize = 6;

/// Judges how a workbook with formulas is calculated.
pub(super) fn check(workbook: &Workbook, outcome: &mut Outcome) {
    match &workbook.settings {
        Some(settings) => calculation(workbook, settings, outcome),
        None => {
            let why = format!("This kind of file does not tell how it is calculated ({}).", workbook.path);
            not_run::list(outcome, CALCULATION.code, why);
        }
    }
    let formulas = Formulas::of(workbook);
    let circles = formulas.circles(MOST_FOLLOWED);
    if circles.not_followed > 0 {
        let count = circles.not_followed;
        let formulas = if count == 1 { "formula uses" } else { "formulas use" };
        let why = format!("{count} {formulas} too many cells to be followed in good time ({}).", workbook.path);
        not_run::list(outcome, CIRCULAR_REFERENCE.code, why);
    }
    // Where they are meant, the setting that allows them is what a reader has to know.
    if workbook.settings.as_ref().is_some_and(|settings| settings.iterates) {
        return;
    }
    for circle in circles.found {
        outcome.findings.push(finding(workbook, &circle));
    }
}

fn calculation(workbook: &Workbook, settings: &Settings, outcome: &mut Outcome) {
    let place = || Place::workbook(&workbook.path);
    if settings.calculates_manually {
        outcome.findings.push(CALCULATION.finding(
            place(),
            "This workbook is calculated only when somebody presses F9, so its results may be those of earlier figures.",
            "Set Formulas, Calculation Options to Automatic, look at what changes, and save.",
        ));
    }
    if settings.iterates {
        outcome.findings.push(CALCULATION.finding(
            place(),
            "Formulas of this workbook may go round in circles: iterative calculation is on, so Excel does not say when \
             they do.",
            "Take iterative calculation off under File, Options, Formulas, unless it is meant, and save.",
        ));
    }
}

/// A cell: the sheet's place among the tabs, and where in it.
type Node = (usize, Position);

/// The formulas of the sheets whose cells are known, and the cells with formulas that each uses.
struct Formulas<'a> {
    workbook: &'a Workbook,
    nodes: BTreeMap<Node, Formula>,
    /// The rows of the cells with formulas, by sheet and column: most sums are over columns that have none.
    rows: BTreeMap<(usize, u32), Vec<u32>>,
    /// The sheets by their names in lower case.
    by_name: BTreeMap<String, usize>,
}

/// The circles of a workbook.
struct Circles {
    /// Each once, with its cells in the order in which they use each other.
    found: Vec<Vec<Node>>,
    /// How many formulas use more cells than were left of the allowance.
    not_followed: usize,
}

impl<'a> Formulas<'a> {
    fn of(workbook: &'a Workbook) -> Self {
        let mut nodes = BTreeMap::new();
        let mut rows: BTreeMap<(usize, u32), Vec<u32>> = BTreeMap::new();
        for (index, sheet) in workbook.sheets.iter().enumerate() {
            for (at, cell) in sheet.grid.iter().flat_map(|grid| grid.cells()) {
                if let Some(formula) = cell.formula.as_deref().and_then(|text| parse(text).ok()) {
                    nodes.insert((index, at), formula);
                    rows.entry((index, at.column)).or_default().push(at.row);
                }
            }
        }
        let names = workbook.sheets.iter().enumerate().rev();
        let by_name = names.map(|(index, sheet)| (sheet.name.to_lowercase(), index)).collect();
        Self { workbook, nodes, rows, by_name }
    }

    /// The cells with formulas that a cell's formula uses; none of one whose cells are known only when it is computed.
    /// Nothing where they are more than are left of the allowance, from which they are taken.
    fn used_by(&self, node: Node, allowance: &mut usize) -> Option<Vec<Node>> {
        let mut used = Vec::new();
        let own = &self.workbook.sheets[node.0].name;
        for reference in self.nodes[&node].uses().unwrap_or_default() {
            let Target::Cells(cells) = &reference.target else { continue };
            let name = cells.sheet_from(own).to_lowercase();
            let Some(&sheet) = self.by_name.get(&name) else { continue };
            let Area { first, last } = cells.area;
            for ((_, column), rows) in self.rows.range((sheet, first.column)..=(sheet, last.column)) {
                // The cells of a sheet come from the top down, so the rows are in order.
                let from = rows.partition_point(|row| *row < first.row);
                let until = rows.partition_point(|row| *row <= last.row);
                let within = rows.get(from..until).unwrap_or_default();
                *allowance = allowance.checked_sub(within.len())?;
                used.extend(within.iter().map(|row| (sheet, Position::new(*row, *column))));
            }
        }
        Some(used)
    }

    /// Each circle once, with its cells in the order in which they use each other; one that a search from the first tab and
    /// row meets first. Cells of a circle are in no other.
    fn circles(&self, most_followed: usize) -> Circles {
        let mut circles = Circles { found: Vec::new(), not_followed: 0 };
        let mut allowance = most_followed;
        let mut not_followed = 0;
        let mut used_by = |node: Node| {
            self.used_by(node, &mut allowance).unwrap_or_else(|| {
                not_followed += 1;
                Vec::new()
            })
        };
        let mut state: BTreeMap<Node, bool> = BTreeMap::new();
        for start in self.nodes.keys() {
            if state.contains_key(start) {
                continue;
            }
            // The way from the start, each cell with those that it uses and that are still to be followed.
            let mut way: Vec<(Node, Vec<Node>)> = vec![(*start, used_by(*start))];
            state.insert(*start, false);
            while let Some((node, rest)) = way.last_mut() {
                let Some(next) = rest.pop() else {
                    state.insert(*node, true);
                    way.pop();
                    continue;
                };
                match state.get(&next) {
                    Some(true) => {}
                    Some(false) => {
                        let from = way.iter().position(|(node, _)| *node == next).unwrap_or_default();
                        circles.found.push(way[from..].iter().map(|(node, _)| *node).collect());
                        // One circle at these cells is enough to be told.
                        for (node, _) in way.drain(from..) {
                            state.insert(node, true);
                        }
                    }
                    None => {
                        state.insert(next, false);
                        way.push((next, used_by(next)));
                    }
                }
            }
        }
        circles.not_followed = not_followed;
        circles
    }
}

fn finding(workbook: &Workbook, circle: &[Node]) -> crate::model::Finding {
    let (sheet, at) = circle[0];
    let own = &workbook.sheets[sheet].name;
    let name = |(sheet, at): &Node| match &workbook.sheets[*sheet].name {
        name if name == own => at.to_string(),
        name => format!("{name}!{at}"),
    };
    let place = |(sheet, at): &Node| Place::area(&workbook.path, &workbook.sheets[*sheet].name, *at);
    let message = match circle {
        [_] => format!("The formula in {at} uses {at} itself."),
        _ => {
            let mut named: Vec<String> = circle.iter().take(MOST_NAMED).map(name).collect();
            if circle.len() > MOST_NAMED {
                named.push(format!("{} more", circle.len() - MOST_NAMED));
            }
            format!("Formulas go round in a circle: {} and again {at}, each using the next.", named.join(", "))
        }
    };
    let formula = workbook.sheets[sheet].grid.as_ref().and_then(|grid| grid.cell(at)?.formula.as_deref());
    let fix = match (circle, formula) {
        ([_], Some(formula)) => {
            format!("Correct the formula in {at}, ={}, so that it does not name its own cell.", shortened(formula))
        }
        _ => "Take the cell out of a formula that should not be in it.".to_owned(),
    };
    let mut finding = CIRCULAR_REFERENCE.finding(place(&circle[0]), message, fix);
    finding.related = circle[1..].iter().take(MOST_NAMED).map(place).collect();
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Grid, GridCell, Settings, Sheet, Visibility};

    /// A sheet whose rows each add all above them in column F, but for the first.
    fn growing(rows: u32) -> Workbook {
        let cell = |row: u32| {
            let formula = (row > 0).then(|| format!("SUM(F$1:F{row})").into());
            (Position::new(row, 5), GridCell { formula, ..GridCell::default() })
        };
        let grid = Some(Grid::new((0..rows).map(cell).collect()).unwrap());
        Workbook {
            sheets: vec![Sheet { grid, ..Sheet::new("Spend", Visibility::Visible) }],
            settings: Some(Settings::default()),
            ..Workbook::at("Spend.xlsx")
        }
    }

    #[test]
    fn what_uses_too_many_cells_is_not_followed() {
        // The formula in the eleventh row uses nine others, that in the tenth eight, and so on: 45 uses.
        let workbook = growing(11);
        let formulas = Formulas::of(&workbook);
        let not_followed = |most| formulas.circles(most).not_followed;
        assert_eq!((not_followed(45), not_followed(44)), (0, 1));
        assert!(formulas.circles(45).found.is_empty());
    }
}
