//! Months, quarters or years across: a crosstab.

use super::adding::adds_row;
use super::ending::is_total_heading;
use super::period::PeriodKind;
use super::shape::{Headed, Shape};
use crate::model::{Grid, Position, RawValue};

/// So many periods across make a crosstab.
const FEWEST: usize = 3;

/// What goes across in a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GoesAcross {
    /// The kind of the periods.
    pub period: PeriodKind,
    /// The columns of values, by their places among the table's columns.
    pub values: Vec<usize>,
    /// The columns that state the sum of a row.
    pub totals: Vec<usize>,
    /// Columns of figures beside the values that are neither.
    pub passed_over: Vec<usize>,
    /// The place of the last column that is one of these.
    pub last: usize,
    /// Whether columns with headings of their own stand to the right of them.
    pub has_more: bool,
}

/// What goes across in a table; none where nothing does.
pub(super) fn goes_across(grid: &Grid, shape: &Shape) -> Option<GoesAcross> {
    let period = commonest(&shape.columns)?;
    let values: Vec<usize> = places(&shape.columns, |headed| headed.period == Some(period));
    let (first, last_value) = (*values.first()?, *values.last()?);
    let figures = |headed: &Headed| has_figures(grid, shape, headed);
    let all_figures = values.iter().all(|place| figures(&shape.columns[*place]));
    // Under several rows of headings each value must have as many.
    let depth = shape.columns[first].path.len();
    let is_even = values.iter().all(|place| shape.columns[*place].path.len() == depth);
    let is_deep = u32::try_from(depth) == Ok(shape.heading_rows);
    if values.len() < FEWEST || first == 0 || !all_figures || !is_even || !is_deep {
        return None;
    }
    let later: Vec<usize> = (first..shape.columns.len()).filter(|place| !values.contains(place)).collect();
    let is_total = |place: &usize| {
        let headed = &shape.columns[*place];
        is_total_heading(headed.lowest()) || adds_row(grid, shape, headed, &values)
    };
    let totals: Vec<usize> = later.iter().copied().filter(is_total).collect();
    let others: Vec<usize> = later.iter().copied().filter(|place| !is_total(place)).collect();
    // What has figures beside the values is reckoned from them, or a figure of another kind; texts are fields of the row.
    let (passed_over, fields): (Vec<usize>, Vec<usize>) =
        others.into_iter().partition(|place| *place < last_value || figures(&shape.columns[*place]));
    let last = values.iter().chain(&totals).chain(&passed_over).max().copied()?;
    Some(GoesAcross { period, values, totals, passed_over, last, has_more: !fields.is_empty() })
}

/// The kind of period that most headings are.
fn commonest(columns: &[Headed]) -> Option<PeriodKind> {
    let kinds: Vec<PeriodKind> = columns.iter().filter_map(|headed| headed.period).collect();
    let count = |kind: PeriodKind| kinds.iter().filter(|other| **other == kind).count();
    kinds.iter().copied().max_by_key(|kind| count(*kind))
}

fn places(columns: &[Headed], is_one: impl Fn(&Headed) -> bool) -> Vec<usize> {
    columns.iter().enumerate().filter(|(_, headed)| is_one(headed)).map(|(place, _)| place).collect()
}

/// Whether the records hold figures in a column, and hardly anything else but shorthand.
fn has_figures(grid: &Grid, shape: &Shape, headed: &Headed) -> bool {
    let cells = shape.records.iter().filter_map(|row| grid.cell(Position::new(*row, headed.column)));
    let (mut figures, mut words) = (0, 0);
    for cell in cells.filter(|cell| cell.is_filled()) {
        match &cell.raw {
            RawValue::Text(text) if super::shorthand::meaning(text).is_some() => {}
            RawValue::Text(text) if crate::model::Money::from_text(text.trim()).is_err() => words += 1,
            RawValue::Date(_) => words += 1,
            _ => figures += 1,
        }
    }
    figures >= words * 3
}
