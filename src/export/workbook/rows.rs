//! The rows of a table, one after another, to wherever they are written: to a sheet of the library's, or as markup.

use rust_xlsxwriter::{ColNum, RowNum, Worksheet};

use super::prepare::{FILE, PreparedColumn, PreparedSheet};
use super::style::CellStyles;
use super::survey::Survey;
use super::{WorkbookError, cells, height};
use crate::model::{Format, Scalar};
use crate::schema::Mistake;

/// What rows are written to, from the first to the last, and in each the cells from the left.
pub trait Target {
    /// Begins a row, counted from 0, of a height in points.
    ///
    /// # Errors
    /// [`WorkbookError`] where there is no such row.
    fn begin_row(&mut self, row: RowNum, height: f64) -> Result<(), WorkbookError>;

    /// Writes a value into a cell of the row, in a column counted from 0.
    ///
    /// # Errors
    /// [`WorkbookError`] where there is no such column.
    fn cell(&mut self, column: ColNum, format: Format, value: &Scalar) -> Result<cells::Outcome, WorkbookError>;

    /// Ends the row.
    fn end_row(&mut self) {}
}

/// A sheet of the library's.
pub struct Cells<'a> {
    /// The sheet.
    pub sheet: &'a mut Worksheet,
    /// The formats of its cells.
    pub styles: CellStyles,
    /// The row that was begun.
    pub row: RowNum,
}

impl Target for Cells<'_> {
    fn begin_row(&mut self, row: RowNum, height: f64) -> Result<(), WorkbookError> {
        self.row = row;
        self.sheet.set_row_height(row, height)?;
        Ok(())
    }

    fn cell(&mut self, column: ColNum, format: Format, value: &Scalar) -> Result<cells::Outcome, WorkbookError> {
        Ok(cells::write(self.sheet, self.row, column, format, value, &self.styles)?)
    }
}

/// The rows of a table while they are written.
pub struct Body<'a> {
    plan: &'a PreparedSheet,
    survey: &'a Survey,
    /// Columns of which a misfit has been told.
    told: Vec<bool>,
    /// How many rows were written.
    pub rows: u32,
}

impl<'a> Body<'a> {
    /// Nothing is written yet.
    pub fn new(plan: &'a PreparedSheet, survey: &'a Survey) -> Self {
        Self { plan, survey, told: vec![false; plan.columns.len()], rows: 0 }
    }

    /// Writes the next row of the table into a row of a sheet, counted from 0. Values that do not fit their column's format
    /// are added to the mistakes.
    ///
    /// # Errors
    /// [`WorkbookError`] where the target has no room for it.
    pub fn write_row(
        &mut self,
        target: &mut dyn Target,
        line: RowNum,
        row: &[Scalar],
        mistakes: &mut Vec<Mistake>,
    ) -> Result<(), WorkbookError> {
        self.rows += 1;
        target.begin_row(line, height::of_lines(self.lines(row)))?;
        for (index, column) in self.plan.columns.iter().enumerate() {
            let value = value_of(row, column);
            let outcome = target.cell(column_number(index), column.format, value)?;
            if outcome == cells::Outcome::Misfit && !self.told[index] {
                self.told[index] = true;
                mistakes.push(misfit(self.plan, column, value, self.rows));
            }
        }
        target.end_row();
        Ok(())
    }

    /// The lines of the text that takes most of them.
    fn lines(&self, row: &[Scalar]) -> u32 {
        let columns = self.plan.columns.iter().enumerate();
        let wrapped = columns.filter(|(index, _)| !self.survey.on_one_line[*index]);
        let lines = wrapped.filter_map(|(index, column)| match (column.format, value_of(row, column)) {
            (Format::Text, Scalar::Text(text)) => Some(height::lines(text, self.survey.widths[index])),
            _ => None,
        });
        lines.fold(1, u32::max)
    }
}

fn value_of<'a>(row: &'a [Scalar], column: &PreparedColumn) -> &'a Scalar {
    row.get(column.source).unwrap_or(&Scalar::Null)
}

/// Excel's number of a column; what lies beyond Excel's columns, the writing library refuses.
pub fn column_number(index: usize) -> ColNum {
    ColNum::try_from(index).unwrap_or(ColNum::MAX)
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
        FILE,
        0,
        &column.path,
        format!("the value {shown} in row {row} of {} on the sheet {} is not {wanted}", column.title, plan.name),
    );
    mistake.allowed = Some(hint.to_owned());
    mistake
}
