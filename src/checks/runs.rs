//! Faults of a column, gathered: forty rows with one fault are one finding that names the range.

use std::collections::{BTreeMap, BTreeSet};

use super::view::ColumnView;
use super::words::named;
use crate::model::{Area, Check, Finding, Position};

/// The most findings that one fault may give in a column before they become one over the whole range.
const MOST_APART: usize = 3;

/// One cell's fault.
pub(super) struct Fault {
    /// The row's place among the table's rows, or on the sheet; rows next to each other there are one range.
    pub line: usize,
    /// The cell.
    pub position: Position,
    /// What keeps it apart from other faults: equal causes share a finding.
    pub cause: String,
    /// What the cell says, as a message shows it.
    pub shown: String,
}

/// Cells of a column, or of a crosstab, that share a fault.
pub(super) struct Run {
    check: &'static Check,
    /// From the first of the cells to the last.
    pub area: Area,
    /// Whether cells without the fault lie between them.
    pub is_scattered: bool,
    /// What the cells say, from the top down.
    pub shown: Vec<String>,
    /// The cause, as the faults gave it.
    pub cause: String,
    first_line: usize,
    last_line: usize,
}

impl Run {
    fn new(check: &'static Check, fault: Fault) -> Self {
        let Fault { line, position, cause, shown } = fault;
        let (area, shown) = (position.into(), vec![shown]);
        Self { check, area, is_scattered: false, shown, cause, first_line: line, last_line: line }
    }

    /// Whether a cell is the next: below the last of a column, or to its right in the same row.
    fn goes_on_with(&self, fault: &Fault) -> bool {
        let Area { first, last } = self.area;
        let at = fault.position;
        let is_below = self.last_line.checked_add(1) == Some(fault.line) && first.column == last.column;
        let is_beside = self.last_line == fault.line && first.row == last.row && last.row == at.row;
        is_below && last.column == at.column || is_beside && last.column.checked_add(1) == Some(at.column)
    }

    fn extend(&mut self, line: usize, position: Position, shown: String) {
        self.area.last = position;
        self.shown.push(shown);
        self.last_line = line;
    }

    /// Takes in a run that lies below it.
    fn extend_by(&mut self, below: Self) {
        self.area = self.area.with(below.area.first).with(below.area.last);
        self.shown.extend(below.shown);
        self.last_line = below.last_line;
    }

    /// The check whose fault it is.
    pub fn check(&self) -> &'static Check {
        self.check
    }

    /// Whether one cell alone has the fault.
    pub fn is_single(&self) -> bool {
        self.shown.len() == 1
    }

    /// The cells as a message names them: `A4`, `A4:A6`, or `5 cells of A4:A20`.
    pub fn ranges(&self) -> String {
        if self.is_scattered { format!("{} cells of {}", self.shown.len(), self.area) } else { self.area.to_string() }
    }

    /// One of two wordings, by the number of cells.
    pub fn either<T>(&self, one: T, several: T) -> T {
        if self.is_single() { one } else { several }
    }

    /// The cells as a remedy names them: `A4`, or `each of A4:A6`.
    pub fn each(&self) -> String {
        format!("{}{}", self.either("", "each of "), self.ranges())
    }

    /// What the cells say: `A4:A6 say “a”, “b” and “c”`.
    pub fn says(&self) -> String {
        format!("{} {} {}", self.ranges(), self.either("says", "say"), named(&self.shown))
    }

    /// The finding over all cells.
    pub fn finding(&self, column: ColumnView<'_>, message: impl Into<String>, fix: impl Into<String>) -> Finding {
        self.check.finding(column.of.place(self.area), message, fix)
    }
}

/// Gathers a check's faults, given from the top down, into ranges; a cell that several rows share is one of them. More than a
/// few ranges with one cause become one run.
pub(super) fn gather(check: &'static Check, faults: impl IntoIterator<Item = Fault>) -> Vec<Run> {
    let mut causes: BTreeMap<String, (Vec<Run>, BTreeSet<Position>)> = BTreeMap::new();
    for fault in faults {
        let (runs, known) = causes.entry(fault.cause.clone()).or_default();
        if !known.insert(fault.position) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.goes_on_with(&fault) => run.extend(fault.line, fault.position, fault.shown),
            _ => runs.push(Run::new(check, fault)),
        }
    }
    let mut runs: Vec<Run> = causes.into_values().flat_map(|(runs, _)| fold(stacked(runs))).collect();
    runs.sort_by_key(|run| run.area);
    runs
}

/// Gathers all of a check's faults, given from the top down, into one run; none when there are none.
pub(super) fn gather_all(check: &'static Check, faults: impl IntoIterator<Item = Fault>) -> Option<Run> {
    let one_cause = faults.into_iter().map(|fault| Fault { cause: String::new(), ..fault });
    whole(gather(check, one_cause))
}

/// Makes one run of those that lie below each other in the same columns.
fn stacked(runs: Vec<Run>) -> Vec<Run> {
    let mut stacked: Vec<Run> = Vec::new();
    let mut lowest: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for run in runs {
        let columns = (run.area.first.column, run.area.last.column);
        let above = lowest.get(&columns).map(|index| &mut stacked[*index]);
        match above.filter(|above| above.last_line.checked_add(1) == Some(run.first_line)) {
            Some(above) => above.extend_by(run),
            None => {
                lowest.insert(columns, stacked.len());
                stacked.push(run);
            }
        }
    }
    stacked
}

/// Makes one run of those with one cause where they are too many to read one by one.
fn fold(runs: Vec<Run>) -> Vec<Run> {
    if runs.len() <= MOST_APART {
        return runs;
    }
    whole(runs).into_iter().collect()
}

/// One run from the first of several to the last, scattered where they are more than one.
fn whole(runs: Vec<Run>) -> Option<Run> {
    let mut runs = runs.into_iter();
    let first = runs.next()?;
    Some(runs.fold(first, |mut whole, run| {
        whole.extend_by(run);
        whole.is_scattered = true;
        whole
    }))
}

#[cfg(test)]
mod tests {
    use super::super::types::NOT_AN_AMOUNT;
    use super::*;

    fn ranges_of(lines: &[usize]) -> Vec<String> {
        let faults = lines.iter().map(|line| Fault {
            line: *line,
            position: Position::new(3 + *line as u32, 0),
            cause: String::new(),
            shown: "x".to_owned(),
        });
        gather(&NOT_AN_AMOUNT.check, faults).iter().map(Run::ranges).collect()
    }

    #[test]
    fn rows_next_to_each_other_are_one_range() {
        assert_eq!(ranges_of(&[0, 1, 2]), ["A4:A6"]);
        assert_eq!(ranges_of(&[0, 2, 3]), ["A4", "A6:A7"]);
        assert_eq!(ranges_of(&[0, 2, 4, 6]), ["4 cells of A4:A10"]);
        assert!(ranges_of(&[]).is_empty());
    }

    #[test]
    fn cells_of_a_grid_are_ranges_of_neighbours() {
        for (cells, expected) in [
            (vec!["B4", "C4", "D4"], vec!["B4:D4"]),
            (vec!["B4", "D4"], vec!["B4", "D4"]),
            (vec!["D4", "B5", "D5"], vec!["D4:D5", "B5"]),
            (vec!["B4", "C4", "B5", "C5"], vec!["B4:C5"]),
            (vec!["B4", "C4", "B6", "C6"], vec!["B4:C4", "B6:C6"]),
            (vec!["A4", "A4", "A5", "A4"], vec!["A4:A5"]),
            (vec!["F4", "B5", "D6", "C9"], vec!["4 cells of B4:F9"]),
        ] {
            let positions = cells.iter().map(|cell| cell.parse::<Position>().unwrap());
            let faults = positions.map(|position| Fault {
                line: position.row as usize,
                position,
                cause: String::new(),
                shown: "x".to_owned(),
            });
            let ranges: Vec<String> = gather(&NOT_AN_AMOUNT.check, faults).iter().map(Run::ranges).collect();
            assert_eq!(ranges, expected, "{cells:?}");
        }
    }
}
