//! What the formula of a total adds: how often each line of its column, and what beside them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::view::TableView;
use super::written::Written;
use crate::formula::{Adding, Reference, Sum, Target};
use crate::model::{Figures, Grid, GridCell, Position, RawValue, Row, SheetLayout, StatedSum, SumOf, WhyHidden};

/// Functions that a total may be made with beside sums, since they change no figure that is whole pence.
const AROUND_SUMS: [&str; 5] = ["SUM", "SUBTOTAL", "AGGREGATE", "ROUND", "IFERROR"];
/// The most lines that the subtotals of a column may add together: where each line adds all above it, those of some thousand
/// lines.
const MOST_ADDED: usize = 2_000_000;

/// Said of a column whose subtotals add too many lines to be taken apart in good time.
pub(super) struct TooMany;

/// The formula of a column's total, and what it adds.
pub(super) struct Total<'a> {
    pub view: TableView<'a>,
    pub grid: &'a Grid,
    pub written: &'a Written<'a>,
    /// The field whose column it stands in, and how its figures are added.
    pub field: Option<(usize, Figures)>,
    /// How often each line is added, by its row; subtotals are taken apart into their lines.
    pub times: BTreeMap<u32, u32>,
    /// Subtotals among the lines: their rows.
    pub subtotals: BTreeSet<u32>,
    /// Subtotals that are added although their lines are too.
    pub with_their_lines: BTreeSet<u32>,
    /// Lines that are in the formula, but that it passes over since they are hidden.
    pub passed_over: BTreeSet<u32>,
    /// Cells with numbers that are no lines of the column, and the sheet if it is another.
    pub others: Vec<(Option<String>, Position)>,
    /// What is added to the sum by hand.
    pub by_hand: Option<f64>,
}

impl<'a> Total<'a> {
    /// None when the formula is no total of its column, or none of a kind that is judged.
    ///
    /// # Errors
    /// [`TooMany`] when the subtotals of its column add too many lines.
    pub fn of(
        view: TableView<'a>,
        written: &'a Written<'a>,
        formulas: &'a [Written<'a>],
    ) -> Result<Option<Self>, TooMany> {
        let Some(grid) = &written.sheet.grid else { return Ok(None) };
        let Some((sum, by_hand)) = the_sum(written) else { return Ok(None) };
        let column = written.at.column;
        let field = view.columns().find(|one| heading_column(view, one.index) == Some(column));
        let field = field.and_then(|one| Some((one.index, one.kind().figures()?)));
        let lines = view.table.rows.iter().chain(&view.table.subtotals);
        let lines: BTreeSet<u32> = lines.map(|row| row.line).collect();
        let mut total = Self {
            view,
            grid,
            written,
            field,
            times: BTreeMap::new(),
            subtotals: BTreeSet::new(),
            with_their_lines: BTreeSet::new(),
            passed_over: BTreeSet::new(),
            others: Vec::new(),
            by_hand,
        };
        let mut parts = subtotals(&lines, written, formulas, MOST_ADDED)?;
        parts.extend(described_subtotals(view, written, formulas, &lines));
        total.subtotals = parts.keys().copied().collect();
        total.count(&sum, &lines, &parts);
        total.pass_over(&sum, written.sheet.layout.as_ref());
        Ok(total.is_of_its_column(&lines).then_some(total))
    }

    /// Counts how often each line is added, and gathers what else is.
    fn count(&mut self, sum: &Sum, lines: &BTreeSet<u32>, parts: &BTreeMap<u32, (Adding, BTreeSet<u32>)>) {
        let own = self.written.at;
        let passes_over_filler = !self.view.schema.crosscast.rows.require.is_empty();
        let mut direct: BTreeMap<u32, u32> = BTreeMap::new();
        for cells in &sum.areas {
            let is_own_sheet = cells.contain(&self.view.table.sheet, &self.view.table.sheet, cells.area.first);
            if !is_own_sheet {
                self.others.push((cells.sheet.clone(), cells.area.first));
                continue;
            }
            if (cells.area.first.column..=cells.area.last.column).contains(&own.column) {
                for line in lines.range(cells.area.first.row..=cells.area.last.row) {
                    *direct.entry(*line).or_default() += 1;
                }
            }
            let is_line = |at: Position| at.column == own.column && lines.contains(&at.row);
            // Filler, such as the rows of a template that wait to be filled in, adds nothing.
            let is_filler = |cell: &GridCell| passes_over_filler && cell.raw == RawValue::Number(0.0);
            let is_number = |cell: &GridCell| matches!(cell.raw, RawValue::Number(_)) && !is_filler(cell);
            let numbers = self.grid.within(cells.area).filter(|(_, cell)| is_number(cell));
            let beside = numbers.map(|(at, _)| at).filter(|at| !is_line(*at) && *at != own);
            self.others.extend(beside.map(|at| (None, at)));
        }
        for (line, times) in &direct {
            let Some((inner, of)) = parts.get(line) else {
                *self.times.entry(*line).or_default() += times;
                continue;
            };
            // A SUBTOTAL passes over other SUBTOTALs among its cells.
            if sum.adding != Adding::Sum
                && sum.adding != Adding::Chain
                && *inner != Adding::Sum
                && *inner != Adding::Chain
            {
                continue;
            }
            if of.iter().any(|part| direct.contains_key(part)) {
                self.with_their_lines.insert(*line);
            } else {
                for part in of {
                    *self.times.entry(*part).or_default() += times;
                }
            }
        }
    }

    /// Notes the lines that the formula passes over because they are hidden.
    fn pass_over(&mut self, sum: &Sum, layout: Option<&SheetLayout>) {
        let Some(layout) = layout.filter(|_| matches!(sum.adding, Adding::Subtotal | Adding::Aggregate)) else {
            return;
        };
        for line in self.times.keys() {
            let is_passed_over = match layout.why_row_is_hidden(*line) {
                Some(WhyHidden::Filtered) => true,
                Some(WhyHidden::Hidden | WhyHidden::NoSize) => sum.leaves_hidden_rows_out,
                None => false,
            };
            if is_passed_over {
                self.passed_over.insert(*line);
            }
        }
    }

    /// Whether it is meant as the total of its column: it adds lines of it, or lines of another column in its place.
    fn is_of_its_column(&self, lines: &BTreeSet<u32>) -> bool {
        let adds_own = !self.times.is_empty() || !self.with_their_lines.is_empty();
        let adds_lines = || {
            !self.others.is_empty() && self.others.iter().all(|(sheet, at)| sheet.is_none() && lines.contains(&at.row))
        };
        adds_own || (self.field.is_some() && self.has_figures() && adds_lines())
    }

    fn has_figures(&self) -> bool {
        let mut lines = self.view.table.rows.iter().map(|row| Position::new(row.line, self.written.at.column));
        lines.any(|at| self.grid.cell(at).is_some_and(|cell| matches!(cell.raw, RawValue::Number(_))))
    }
}

/// Whether a cell of a table's totals row holds a formula that adds lines of the table.
pub(super) fn adds_lines(view: TableView<'_>, written: &Written<'_>) -> bool {
    let Some(formula) = &written.formula else { return false };
    let sums = formula.sums();
    // Where a name or a table of Excel's lies is not known here: in the totals row it is taken for the lines.
    let is_named = |reference: &&Reference| matches!(reference.target, Target::Table(_) | Target::Name { .. });
    if sums.iter().any(|sum| !sum.is_all_cells) && formula.references().iter().any(is_named) {
        return true;
    }
    let mut areas = sums.iter().flat_map(|sum| &sum.areas);
    let is_within = |row: &Row, first: u32, last: u32| (first..=last).contains(&row.line);
    areas.any(|cells| view.table.rows.iter().any(|row| is_within(row, cells.area.first.row, cells.area.last.row)))
}

/// The one sum that a formula is, with what is added to it by hand; none where it is more than that.
fn the_sum(written: &Written<'_>) -> Option<(Sum, Option<f64>)> {
    let formula = written.formula.as_ref()?;
    let mut sums = formula.sums();
    let sum = sums.pop().filter(|_| sums.is_empty())?;
    let is_plain = sum.is_all_cells
        && !sum.areas.is_empty()
        && sum.areas.iter().all(|cells| !cells.is_open())
        && formula.references().len() == sum.areas.len()
        && formula.functions().iter().all(|name| AROUND_SUMS.contains(name));
    if !is_plain {
        return None;
    }
    if sum.is_whole || formula.functions().iter().any(|name| ["ROUND", "IFERROR"].contains(name)) {
        return Some((sum, None));
    }
    // What is left is the sum and constants: a figure after it is one that was typed in.
    let (_, after) = written.text.rsplit_once(')')?;
    let sign = after.trim_start();
    let by_hand: f64 = sign.strip_prefix(['+', '-'])?.trim().parse().ok()?;
    let by_hand = if sign.starts_with('-') { -by_hand } else { by_hand };
    // A nought that is typed changes nothing.
    Some((sum, (by_hand != 0.0).then_some(by_hand)))
}

/// How a subtotal adds, and the rows of the lines that it adds.
type Parts = BTreeMap<u32, (Adding, BTreeSet<u32>)>;

/// The lines of a table that are subtotals of others in a total's column, by their rows. Subtotals of subtotals are taken
/// apart into lines.
///
/// # Errors
/// [`TooMany`] when they add more lines together than `most`.
fn subtotals(
    lines: &BTreeSet<u32>,
    total: &Written<'_>,
    formulas: &[Written<'_>],
    most: usize,
) -> Result<Parts, TooMany> {
    let in_column = |one: &&Written<'_>| {
        one.sheet.name == total.sheet.name && one.at.column == total.at.column && lines.contains(&one.at.row)
    };
    let mut parts: Parts = BTreeMap::new();
    let mut left = most;
    for written in formulas.iter().filter(in_column) {
        let Some((sum, None)) = the_sum(written) else { continue };
        let is_own = |area: &crate::model::Area| {
            area.first.column == total.at.column && area.last.column == total.at.column && !area.contains(written.at)
        };
        if !sum.areas.iter().all(|cells| cells.sheet.is_none() && is_own(&cells.area)) {
            continue;
        }
        let rows = sum.areas.iter().flat_map(|cells| lines.range(cells.area.first.row..=cells.area.last.row));
        let rows: BTreeSet<u32> = rows.copied().collect();
        left = left.checked_sub(rows.len()).ok_or(TooMany)?;
        // A running balance names the line above; a subtotal adds several.
        if rows.len() > 1 {
            parts.insert(written.at.row, (sum.adding, rows));
        }
    }
    let rows: Vec<u32> = parts.keys().copied().collect();
    // From the top down, and then from the foot up for those that stand above their lines: each takes in what those of its
    // lines were taken apart into before.
    for row in rows.iter().chain(rows.iter().rev()) {
        let Some((adding, mut of)) = parts.remove(row) else { continue };
        let inner: Vec<u32> = of.iter().filter(|line| parts.contains_key(line)).copied().collect();
        for line in inner {
            of.remove(&line);
            left = left.checked_sub(parts[&line].1.len()).ok_or(TooMany)?;
            of.extend(&parts[&line].1);
        }
        parts.insert(*row, (adding, of));
    }
    Ok(parts)
}

/// The subtotals in a total's column that the pack describes, with the lines that they are the sum of, whatever their formulas
/// add: where a subtotal leaves a line out, its own check says so, and the total that adds it is not to blame.
fn described_subtotals(
    view: TableView<'_>,
    total: &Written<'_>,
    formulas: &[Written<'_>],
    lines: &BTreeSet<u32>,
) -> Parts {
    let of_part = view.table.stated.iter().filter(|stated| stated.of == SumOf::Part);
    let in_column = of_part.filter(|stated| {
        let at = stated.cell.position;
        at.column == total.at.column && lines.contains(&at.row)
    });
    let line_of = |row: &usize| view.table.rows.get(*row).map(|row| row.line);
    let added = |stated: &StatedSum| stated.rows.iter().filter_map(line_of).collect();
    let mut parts: Parts = in_column.map(|stated| (stated.cell.position.row, (Adding::Sum, added(stated)))).collect();
    // One that is a SUBTOTAL is passed over by others.
    for written in formulas.iter().filter(|one| one.sheet.name == total.sheet.name && one.at.column == total.at.column)
    {
        if let (Some((adding, _)), Some((sum, _))) = (parts.get_mut(&written.at.row), the_sum(written)) {
            *adding = sum.adding;
        }
    }
    parts
}

/// The column of a field's heading.
fn heading_column(view: TableView<'_>, field: usize) -> Option<u32> {
    Some(view.table.columns.get(field)?.as_ref()?.heading.column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::parse;
    use crate::model::{GridCell, Sheet, Visibility};

    /// What the formulas of column F are taken apart into, by their rows as Excel counts them.
    fn taken_apart(formulas: &[(u32, &str)], most: usize) -> Option<Vec<(u32, Vec<u32>)>> {
        let (sheet, cell) = (Sheet::new("Spend", Visibility::Visible), GridCell::default());
        let formulas: Vec<Written<'_>> = formulas
            .iter()
            .map(|(row, text)| {
                let at = Position::new(row - 1, 5);
                Written { sheet: &sheet, at, cell: &cell, text, formula: parse(text).ok() }
            })
            .collect();
        let lines: BTreeSet<u32> = (0..20).collect();
        let parts = subtotals(&lines, formulas.last()?, &formulas, most).ok()?;
        let rows = |of: &BTreeSet<u32>| of.iter().map(|line| line + 1).collect();
        Some(parts.iter().map(|(row, (_, of))| (row + 1, rows(of))).collect())
    }

    #[test]
    fn subtotals_are_taken_apart_into_lines() {
        let below = [(3, "SUM(F1:F2)"), (6, "SUM(F4:F5)"), (7, "SUM(F3,F6)"), (9, "SUM(F7:F8)")];
        let expected = vec![(3, vec![1, 2]), (6, vec![4, 5]), (7, vec![1, 2, 4, 5]), (9, vec![1, 2, 4, 5, 8])];
        assert_eq!(taken_apart(&below, 100), Some(expected));
        let above = [(1, "SUM(F2,F5)"), (2, "SUM(F3:F4)"), (5, "SUM(F6:F7)")];
        let expected = vec![(1, vec![3, 4, 6, 7]), (2, vec![3, 4]), (5, vec![6, 7])];
        assert_eq!(taken_apart(&above, 100), Some(expected));
        // Each adds all above it: the lines are the first two.
        let growing = [(3, "SUM(F1:F2)"), (4, "SUM(F1:F3)"), (5, "SUM(F1:F4)")];
        let expected = vec![(3, vec![1, 2]), (4, vec![1, 2]), (5, vec![1, 2])];
        assert_eq!(taken_apart(&growing, 15), Some(expected));
        assert_eq!(taken_apart(&growing, 14), None);
    }
}
