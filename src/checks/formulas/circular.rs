//! How a workbook is calculated: formulas that go round in a circle, and calculation that is not Excel's usual one.

use std::collections::BTreeMap;

use super::super::not_run;
use crate::formula::{Formula, Target, parse};
use crate::model::{About, Area, Check, Outcome, Place, Position, Settings, Workbook};

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
.not_required();

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
    let circles = Formulas::of(workbook).circles();
    // Where they are meant, the setting that allows them is what a reader has to know.
    if workbook.settings.as_ref().is_some_and(|settings| settings.iterates) {
        return;
    }
    for circle in circles {
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
        Self { workbook, nodes, rows }
    }

    /// The cells with formulas that a cell's formula uses; none of one whose cells are known only when it is computed.
    fn used_by(&self, node: Node) -> Vec<Node> {
        let mut used = Vec::new();
        let own = &self.workbook.sheets[node.0].name;
        for reference in self.nodes[&node].uses().unwrap_or_default() {
            let Target::Cells(cells) = &reference.target else { continue };
            let name = cells.sheet_from(own).to_lowercase();
            let Some(sheet) = self.workbook.sheets.iter().position(|sheet| sheet.name.to_lowercase() == name) else {
                continue;
            };
            let Area { first, last } = cells.area;
            for ((_, column), rows) in self.rows.range((sheet, first.column)..=(sheet, last.column)) {
                // The cells of a sheet come from the top down, so the rows are in order.
                let from = rows.partition_point(|row| *row < first.row);
                let within = rows[from..].iter().take_while(|row| **row <= last.row);
                used.extend(within.map(|row| (sheet, Position::new(*row, *column))));
            }
        }
        used
    }

    /// Each circle once, with its cells in the order in which they use each other; one that a search from the first tab and
    /// row meets first. Cells of a circle are in no other.
    fn circles(&self) -> Vec<Vec<Node>> {
        let mut circles = Vec::new();
        let mut state: BTreeMap<Node, bool> = BTreeMap::new();
        for start in self.nodes.keys() {
            if state.contains_key(start) {
                continue;
            }
            // The way from the start, each cell with those that it uses and that are still to be followed.
            let mut way: Vec<(Node, Vec<Node>)> = vec![(*start, self.used_by(*start))];
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
                        circles.push(way[from..].iter().map(|(node, _)| *node).collect());
                        // One circle at these cells is enough to be told.
                        for (node, _) in way.drain(from..) {
                            state.insert(node, true);
                        }
                    }
                    None => {
                        state.insert(next, false);
                        way.push((next, self.used_by(next)));
                    }
                }
            }
        }
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
    let mut finding = CIRCULAR_REFERENCE.finding(
        place(&circle[0]),
        message,
        "Take the cell out of a formula that should not be in it.",
    );
    finding.related = circle[1..].iter().take(MOST_NAMED).map(place).collect();
    finding
}
