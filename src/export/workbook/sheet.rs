//! One table on its sheet: rows from the store to the cells, and the live total beneath.

use std::ops::ControlFlow;

use rust_xlsxwriter::{ColNum, IgnoreError, RowNum, TableColumn, TableFunction, Worksheet};

use super::prepare::{PreparedColumn, PreparedSheet};
use super::style::{CellStyles, Kind, Styles};
use super::total::{self, Sum};
use super::width::{self, BOLD, Measure};
use super::{WorkbookError, cells, height, page};
use crate::model::{Format, Scalar, StoredRows};
use crate::schema::Mistake;

/// The row of the headings: the title, a line about the sheet and a link stand above.
pub const HEADING_ROW: RowNum = 3;
/// The most rows of a table; Excel has room for headings, a total and no more beside them.
pub const MOST_ROWS: u32 = 1_048_570;
/// Stands in the first cell of a table without rows, which Excel does not allow.
const NO_ROWS: &str = "No rows";

/// What was written on a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    /// The number of rows of data.
    pub rows: u32,
    /// Whether there is a total row.
    pub total: bool,
    /// Whether a text was cut.
    pub cut: bool,
    /// The sum of the columns' widths, in characters.
    pub width: f64,
}

/// Writes a table. Values that do not fit their column's format are added to the mistakes.
///
/// The rows are read twice: once for widths and totals, once for the cells. So no room but the store holds them all, and
/// the height of each row can be told when it is written.
pub fn write(
    sheet: &mut Worksheet,
    plan: &PreparedSheet,
    rows: &dyn StoredRows,
    styles: &Styles,
    mistakes: &mut Vec<Mistake>,
) -> Result<Written, WorkbookError> {
    let survey = survey(plan, rows)?;
    for (index, width) in survey.widths.iter().enumerate() {
        sheet.set_column_width(column_number(index), *width)?;
    }
    let mut body = Body::new(plan, &survey.widths, styles);
    if survey.rows == 0 {
        body.write_no_rows(sheet)?;
    } else {
        body.fill(sheet, rows, mistakes)?;
    }
    let last = HEADING_ROW + survey.rows.max(1);
    let total = survey.rows > 0 && plan.columns.iter().any(|column| column.total);
    add_table(sheet, plan, last, total, styles)?;
    let headings = plan.columns.iter().zip(&survey.widths);
    let lines = headings.map(|(column, width)| height::lines_of_heading(&column.title, *width)).max();
    sheet.set_row_height(HEADING_ROW, height::of_lines(lines.unwrap_or(1)))?;
    if total {
        write_total(sheet, plan, last + 1, &survey.totals, styles)?;
    }
    Ok(Written { rows: survey.rows, total, cut: body.cut, width: survey.widths.iter().sum() })
}

/// What is known of a table before it is written.
struct Survey {
    rows: u32,
    /// The columns' widths, in characters.
    widths: Vec<f64>,
    /// The columns' totals, where they have one.
    totals: Vec<Option<Scalar>>,
}

fn survey(plan: &PreparedSheet, rows: &dyn StoredRows) -> Result<Survey, WorkbookError> {
    let measure = |column: &PreparedColumn| Measure::new(&column.title, column.format, column.width);
    let mut measures: Vec<Measure> = plan.columns.iter().map(measure).collect();
    let mut sums = vec![Sum::default(); plan.columns.len()];
    let mut count = 0;
    let streamed = rows.stream(&plan.query, &mut |row| {
        count += 1;
        for ((column, measure), sum) in plan.columns.iter().zip(&mut measures).zip(&mut sums) {
            let value = row.get(column.source).unwrap_or(&Scalar::Null);
            measure.see(width::of_value(column.format, value));
            if column.total {
                sum.add(value);
            }
        }
        if count > MOST_ROWS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    streamed.map_err(|source| WorkbookError::Query { sheet: plan.name.clone(), source })?;
    if count > MOST_ROWS {
        return Err(WorkbookError::TooManyRows { sheet: plan.name.clone() });
    }
    let mut totals = vec![None; plan.columns.len()];
    for (index, column) in plan.columns.iter().enumerate().filter(|(_, column)| column.total) {
        let total = sums[index]
            .total()
            .ok_or_else(|| WorkbookError::TotalTooLarge { sheet: plan.name.clone(), column: column.title.clone() })?;
        measures[index].see(width::of_value(column.format, &total) * BOLD);
        totals[index] = Some(total);
    }
    Ok(Survey { rows: count, widths: width::fitted(&measures), totals })
}

/// Excel's number of a column; what lies beyond Excel's columns, the writing library refuses.
fn column_number(index: usize) -> ColNum {
    ColNum::try_from(index).unwrap_or(ColNum::MAX)
}

fn add_table(
    sheet: &mut Worksheet,
    plan: &PreparedSheet,
    last_row: RowNum,
    total: bool,
    styles: &Styles,
) -> Result<(), WorkbookError> {
    let columns: Vec<TableColumn> = plan
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let heading = styles.heading(index, column.format.is_numeric());
            let table_column = TableColumn::new().set_header(&column.title).set_header_format(heading);
            match (total, index, column.total) {
                (true, 0, _) => table_column.set_total_label("Total"),
                (true, _, true) => table_column.set_total_function(TableFunction::Sum),
                _ => table_column,
            }
        })
        .collect();
    let table = page::table(&plan.table_name, &columns).set_total_row(total).set_alt_text_title(&plan.title);
    let last_column = column_number(columns.len() - 1);
    sheet.add_table(HEADING_ROW, 0, last_row + RowNum::from(total), last_column, &table)?;
    sheet.set_repeat_rows(HEADING_ROW, HEADING_ROW)?;
    for (index, column) in plan.columns.iter().enumerate() {
        if column.format == Format::Text {
            // A reference such as 0012 is meant as text; Excel would flag it in each cell.
            let column = column_number(index);
            sheet.ignore_error_range(HEADING_ROW + 1, column, last_row, column, IgnoreError::NumberStoredAsText)?;
        }
    }
    Ok(())
}

/// The rows of a table while they are written.
struct Body<'a> {
    plan: &'a PreparedSheet,
    widths: &'a [f64],
    styles: CellStyles,
    /// Columns of which a misfit has been told.
    told: Vec<bool>,
    rows: u32,
    cut: bool,
}

impl<'a> Body<'a> {
    fn new(plan: &'a PreparedSheet, widths: &'a [f64], styles: &Styles) -> Self {
        let told = vec![false; plan.columns.len()];
        Self { plan, widths, styles: CellStyles::new(styles), told, rows: 0, cut: false }
    }

    fn write_no_rows(&mut self, sheet: &mut Worksheet) -> Result<(), WorkbookError> {
        let row = HEADING_ROW + 1;
        sheet.write_string_with_format(row, 0, NO_ROWS, self.styles.of(0, Kind::Text))?;
        for column in 1..self.plan.columns.len() {
            sheet.write_blank(row, column_number(column), self.styles.of(column_number(column), Kind::Text))?;
        }
        sheet.set_row_height(row, height::of_lines(1))?;
        Ok(())
    }

    fn fill(
        &mut self,
        sheet: &mut Worksheet,
        rows: &dyn StoredRows,
        mistakes: &mut Vec<Mistake>,
    ) -> Result<(), WorkbookError> {
        let plan = self.plan;
        let mut outcome = Ok(());
        let streamed = rows.stream(&plan.query, &mut |row| {
            outcome = self.write_row(sheet, row, mistakes);
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        outcome?;
        streamed.map(|_| ()).map_err(|source| WorkbookError::Query { sheet: plan.name.clone(), source })
    }

    fn write_row(
        &mut self,
        sheet: &mut Worksheet,
        row: &[Scalar],
        mistakes: &mut Vec<Mistake>,
    ) -> Result<(), WorkbookError> {
        self.rows += 1;
        let line = HEADING_ROW + self.rows;
        let mut high = 1;
        for (index, column) in self.plan.columns.iter().enumerate() {
            let value = row.get(column.source).unwrap_or(&Scalar::Null);
            match cells::write(sheet, line, column_number(index), column.format, value, &self.styles)? {
                cells::Outcome::Written => {}
                cells::Outcome::Cut => self.cut = true,
                cells::Outcome::Misfit if self.told[index] => {}
                cells::Outcome::Misfit => {
                    self.told[index] = true;
                    mistakes.push(misfit(self.plan, column, value, self.rows));
                }
            }
            if let (Format::Text, Scalar::Text(text)) = (column.format, value) {
                high = high.max(height::lines(text, self.widths[index]));
            }
        }
        sheet.set_row_height(line, height::of_lines(high))?;
        Ok(())
    }
}

/// The total row: live formulas that carry their results.
fn write_total(
    sheet: &mut Worksheet,
    plan: &PreparedSheet,
    row: RowNum,
    totals: &[Option<Scalar>],
    styles: &Styles,
) -> Result<(), WorkbookError> {
    for (index, (column, sum)) in plan.columns.iter().zip(totals).enumerate() {
        let number = column_number(index);
        // A sum of values that do not fit their format, of which each was told, is left out.
        match sum.as_ref().and_then(|sum| cells::number(column.format, sum)) {
            _ if index == 0 => {
                sheet.write_string_with_format(row, number, "Total", &styles.cell(index, Kind::Text, true))?;
            }
            Some((result, kind)) => {
                let formula = total::formula(&plan.table_name, &column.title, result);
                let format = styles.cell(index, kind, true);
                sheet.write_formula_with_format(row, number, formula, &format)?;
            }
            None => {
                sheet.write_blank(row, number, &styles.cell(index, Kind::Text, true))?;
            }
        }
    }
    sheet.set_row_height(row, height::of_lines(1))?;
    Ok(())
}

/// A value that has not the type of its column's format; the line is found once all are known.
fn misfit(plan: &PreparedSheet, column: &PreparedColumn, value: &Scalar, row: u32) -> Mistake {
    let (wanted, hint) = match column.format {
        Format::Money => ("an amount", "whole pence, for example CAST(… AS INTEGER)"),
        Format::Integer => ("a whole number", "whole numbers, for example CAST(… AS INTEGER)"),
        Format::Number | Format::Percentage => ("a number", "numbers, or shorthand such as [x]"),
        Format::Date => ("a date", "texts such as 2022-04-30"),
        Format::Month => ("a month", "texts such as 2022-04"),
        Format::Boolean => ("yes or no", "1 and 0"),
        Format::Text => ("a text", "anything"),
    };
    let shown = Format::Text.show(value).unwrap_or_default();
    let shown: String = shown.chars().take(60).collect();
    let mut mistake = Mistake::at(
        super::prepare::FILE,
        0,
        &column.path,
        format!("the value {shown} in row {row} of {} on the sheet {} is not {wanted}", column.title, plan.name),
    );
    mistake.allowed = Some(hint.to_owned());
    mistake
}
