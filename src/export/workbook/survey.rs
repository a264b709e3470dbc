//! What is known of a table before it is written: how many rows it has, how wide its columns are, and its totals.

use std::ops::ControlFlow;

use super::prepare::{PreparedColumn, PreparedSheet};
use super::total::Sum;
use super::width::{self, BOLD, Measure};
use super::{WorkbookError, cells};
use crate::model::{Scalar, StoredRows};

/// The totals of the columns of a table, where they have one.
pub type Totals = Vec<Option<Scalar>>;

/// What is known of a table before it is written.
#[derive(Debug)]
pub struct Survey {
    /// The number of rows of data.
    pub rows: u32,
    /// The columns' widths, in characters.
    pub widths: Vec<f64>,
    /// Whether each text of a column stands on one line, so that no height need be measured.
    pub on_one_line: Vec<bool>,
    /// The totals over all rows.
    pub totals: Totals,
    /// The totals of as many rows as a sheet holds, one sheet after another; empty without rows.
    pub sheets: Vec<Totals>,
    /// Whether a text is longer than a cell holds.
    pub cut: bool,
}

/// Looks through the rows of a table, of which a sheet holds `most`.
///
/// # Errors
/// [`WorkbookError`] when the query cannot be answered, or a total is beyond what can be added exactly.
pub fn survey(plan: &PreparedSheet, rows: &dyn StoredRows, most: u32) -> Result<Survey, WorkbookError> {
    let measure = |column: &PreparedColumn| Measure::new(&column.title, column.format, column.width);
    let mut measures: Vec<Measure> = plan.columns.iter().map(measure).collect();
    let mut sheets: Vec<Vec<Sum>> = Vec::new();
    let (mut count, mut cut) = (0, false);
    let streamed = rows.stream(&plan.query, &mut |row| {
        if count % most == 0 {
            sheets.push(vec![Sum::default(); plan.columns.len()]);
        }
        count += 1;
        let sums = sheets.last_mut().into_iter().flatten();
        for ((column, measure), sum) in plan.columns.iter().zip(&mut measures).zip(sums) {
            let value = row.get(column.source).unwrap_or(&Scalar::Null);
            measure.see_value(column.format, value);
            cut = cut || cells::is_cut(column.format, value);
            if column.total {
                sum.add(value);
            }
        }
        ControlFlow::Continue(())
    });
    streamed.map_err(|source| WorkbookError::Query { sheet: plan.name.clone(), source })?;
    let mut all = vec![Sum::default(); plan.columns.len()];
    for sums in &sheets {
        all.iter_mut().zip(sums).for_each(|(all, sum)| all.add_all_of(sum));
    }
    let mut totals_of = |sums: &[Sum]| totals(plan, sums, &mut measures);
    let totals = totals_of(&all)?;
    let sheets = sheets.iter().map(|sums| totals_of(sums)).collect::<Result<_, _>>()?;
    let widths = width::fitted(&measures);
    let on_one_line = measures.iter().zip(&widths).map(|(measure, width)| measure.is_on_one_line(*width)).collect();
    Ok(Survey { rows: count, widths, on_one_line, totals, sheets, cut })
}

/// The totals as values, which are shown in bold.
fn totals(plan: &PreparedSheet, sums: &[Sum], measures: &mut [Measure]) -> Result<Totals, WorkbookError> {
    let mut totals = vec![None; plan.columns.len()];
    for (index, column) in plan.columns.iter().enumerate().filter(|(_, column)| column.total) {
        let total = sums[index]
            .total()
            .ok_or_else(|| WorkbookError::TotalTooLarge { sheet: plan.name.clone(), column: column.title.clone() })?;
        measures[index].see(width::of_value(column.format, &total) * BOLD);
        totals[index] = Some(total);
    }
    Ok(totals)
}
