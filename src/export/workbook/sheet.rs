//! One table on its sheet: rows from the store to the cells, and the live total beneath.

use std::ops::ControlFlow;

use rust_xlsxwriter::{ColNum, Formula, IgnoreError, RowNum, Table, TableColumn, TableFunction, TableStyle, Worksheet};

use super::prepare::{PreparedColumn, PreparedSheet};
use super::style::{CellStyles, Kind, Styles};
use super::width::{self, Measure};
use super::{WorkbookError, cells};
use crate::model::{Format, Money, Scalar, StoredRows};
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
pub fn write(
    sheet: &mut Worksheet,
    plan: &PreparedSheet,
    rows: &dyn StoredRows,
    styles: &Styles,
    mistakes: &mut Vec<Mistake>,
) -> Result<Written, WorkbookError> {
    let mut body = Body::new(plan, styles);
    body.fill(sheet, rows, mistakes)?;
    let last = HEADING_ROW + body.rows.max(1);
    if body.rows == 0 {
        sheet.write_string_with_format(HEADING_ROW + 1, 0, NO_ROWS, body.styles.of(Kind::Text))?;
        for column in 1..plan.columns.len() {
            sheet.write_blank(HEADING_ROW + 1, column_number(column), body.styles.of(Kind::Text))?;
        }
    }
    let total = body.rows > 0 && plan.columns.iter().any(|column| column.total);
    add_table(sheet, plan, last, total, styles)?;
    if total {
        body.write_total(sheet, last + 1, styles)?;
    }
    let widths = width::fitted(&body.measures);
    for (index, width) in widths.iter().enumerate() {
        sheet.set_column_width(column_number(index), *width)?;
    }
    Ok(Written { rows: body.rows, total, cut: body.cut, width: widths.iter().sum() })
}

/// A table's columns lie within Excel's, which the plan's check has seen to.
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
            let is_right = column.format.is_numeric() || matches!(column.format, Format::Date | Format::Month);
            let heading = if is_right { &styles.heading_right } else { &styles.heading };
            let table_column = TableColumn::new().set_header(&column.title).set_header_format(heading);
            match (total, index, column.total) {
                (true, 0, _) => table_column.set_total_label("Total"),
                (true, _, true) => table_column.set_total_function(TableFunction::Sum),
                _ => table_column,
            }
        })
        .collect();
    // No filter buttons and no banding by colour: what is published is plain, and looks the same in every program.
    let table = Table::new()
        .set_name(&plan.table_name)
        .set_columns(&columns)
        .set_style(TableStyle::None)
        .set_autofilter(false)
        .set_banded_rows(false)
        .set_total_row(total)
        .set_alt_text_title(&plan.title);
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
    styles: CellStyles,
    measures: Vec<Measure>,
    sums: Vec<Sum>,
    /// Columns of which a misfit has been told.
    told: Vec<bool>,
    rows: u32,
    cut: bool,
}

impl<'a> Body<'a> {
    fn new(plan: &'a PreparedSheet, styles: &Styles) -> Self {
        let measure = |column: &PreparedColumn| Measure::new(&column.title, column.format, column.width);
        Self {
            plan,
            styles: CellStyles::new(styles),
            measures: plan.columns.iter().map(measure).collect(),
            sums: vec![Sum::default(); plan.columns.len()],
            told: vec![false; plan.columns.len()],
            rows: 0,
            cut: false,
        }
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
        if self.rows == MOST_ROWS {
            return Err(WorkbookError::TooManyRows { sheet: self.plan.name.clone() });
        }
        self.rows += 1;
        let line = HEADING_ROW + self.rows;
        for (index, column) in self.plan.columns.iter().enumerate() {
            let value = row.get(column.source).unwrap_or(&Scalar::Null);
            match cells::write(sheet, line, column_number(index), column.format, value, &self.styles)? {
                cells::Outcome::Written => {}
                cells::Outcome::Cut => self.cut = true,
                cells::Outcome::Misfit if self.told[index] => {}
                cells::Outcome::Misfit => {
                    self.told[index] = true;
                    mistakes.push(misfit(column, value, self.rows));
                }
            }
            self.measures[index].see(width::of_value(column.format, value));
            if column.total {
                self.sums[index].add(value);
            }
        }
        Ok(())
    }

    /// The total row: a live formula that carries its result, for readers that do not reckon.
    fn write_total(&mut self, sheet: &mut Worksheet, row: RowNum, styles: &Styles) -> Result<(), WorkbookError> {
        for (index, column) in self.plan.columns.iter().enumerate() {
            let number = column_number(index);
            if index == 0 {
                sheet.write_string_with_format(row, number, "Total", &styles.cell(Kind::Text, true))?;
            } else if column.total {
                let sum = self.sums[index].total().ok_or_else(|| WorkbookError::TotalTooLarge {
                    sheet: self.plan.name.clone(),
                    column: column.title.clone(),
                })?;
                let formula = format!("SUBTOTAL(109,{}[{}])", self.plan.table_name, escaped(&column.title));
                let formula = Formula::new(formula).set_result(result(column.format, &sum));
                let kind = match &sum {
                    Scalar::Real(number) if number.fract() != 0.0 => Kind::of_total(column.format),
                    _ if column.format == Format::Number => Kind::Count,
                    _ => Kind::of_total(column.format),
                };
                sheet.write_formula_with_format(row, number, formula, &styles.cell(kind, true))?;
                self.measures[index].see_total(width::of_value(column.format, &sum));
            } else {
                sheet.write_blank(row, number, &styles.cell(Kind::Text, true))?;
            }
        }
        Ok(())
    }
}

/// A column's title as a formula names it: these four characters mean something there.
fn escaped(title: &str) -> String {
    let mut name = String::with_capacity(title.len());
    for character in title.chars() {
        if matches!(character, '\'' | '#' | '[' | ']') {
            name.push('\'');
        }
        name.push(character);
    }
    name
}

/// The computed result as the file holds it: pounds for money.
fn result(format: Format, sum: &Scalar) -> String {
    match (format, sum) {
        (Format::Money, Scalar::Integer(pence)) => Money::from_pence(*pence).pounds().to_string(),
        (_, Scalar::Real(number)) => number.to_string(),
        (_, sum) => sum.as_integer().unwrap_or_default().to_string(),
    }
}

/// A running sum: exact as long as the values are whole, pence included.
#[derive(Debug, Clone, Default)]
struct Sum {
    whole: i128,
    fractions: f64,
    has_fractions: bool,
}

impl Sum {
    fn add(&mut self, value: &Scalar) {
        match value {
            Scalar::Integer(number) => self.whole += i128::from(*number),
            Scalar::Real(number) => {
                self.fractions += number;
                self.has_fractions = true;
            }
            Scalar::Null | Scalar::Text(_) => {}
        }
    }

    /// The total; none when it cannot be held.
    fn total(&self) -> Option<Scalar> {
        let whole = i64::try_from(self.whole).ok()?;
        Some(if self.has_fractions { Scalar::Real(whole as f64 + self.fractions) } else { Scalar::Integer(whole) })
    }
}

fn misfit(column: &PreparedColumn, value: &Scalar, row: u32) -> Mistake {
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
        column.line,
        &column.path,
        format!("the value {shown} in row {row} of {} is not {wanted}", column.title),
    );
    mistake.allowed = Some(hint.to_owned());
    mistake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_exact() {
        let mut sum = Sum::default();
        for _ in 0..3 {
            sum.add(&Scalar::Integer(10));
        }
        sum.add(&Scalar::Null);
        sum.add(&Scalar::Text("[x]".into()));
        assert_eq!(sum.total(), Some(Scalar::Integer(30)));
        assert_eq!(result(Format::Money, &Scalar::Integer(30)), "0.3");
        sum.add(&Scalar::Integer(i64::MAX));
        assert_eq!(sum.total(), None);
        sum.add(&Scalar::Integer(-31));
        assert_eq!(sum.total(), Some(Scalar::Integer(i64::MAX - 1)));
    }

    #[test]
    fn titles_in_formulas() {
        assert_eq!(escaped("Variance (£)"), "Variance (£)");
        assert_eq!(escaped("Officer's [no #]"), "Officer''s '[no '#']");
    }
}
