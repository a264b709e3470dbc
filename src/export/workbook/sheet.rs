//! One table on its sheet: headings, rows from the store, and the live total beneath; or, of a long table, all but its rows.

use std::ops::{ControlFlow, Range};

use rust_xlsxwriter::{IgnoreError, RowNum, TableColumn, TableFunction, Worksheet};

use super::prepare::PreparedSheet;
use super::rows::{Body, Cells, column_number};
use super::style::{CellStyles, Kind, Styles};
use super::survey::{Survey, Totals};
use super::{WorkbookError, cells, height, page, total};
use crate::model::{Format, StoredRows};
use crate::schema::Mistake;

/// The row of the headings: the title, a line about the sheet and a link stand above.
pub const HEADING_ROW: RowNum = 3;
/// Stands in the first cell of a table without rows, which Excel does not allow.
const NO_ROWS: &str = "No rows";

/// What a sheet holds of a table: all of it, or, where that has more rows than a sheet, its share.
#[derive(Debug)]
pub struct Share {
    /// The sheet's name.
    pub name: String,
    /// The name of its Excel table.
    pub table_name: String,
    /// Which rows of the table, counted from 0.
    pub rows: Range<u32>,
    /// The totals of these rows.
    pub totals: Totals,
    /// Whether the table stands on further sheets.
    pub is_part: bool,
}

/// What was written on a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    /// The number of rows of data.
    pub rows: u32,
    /// Whether there is a total row.
    pub total: bool,
    /// The sum of the columns' widths, in characters.
    pub width: f64,
}

/// Writes a table with all its rows. Values that do not fit their column's format are added to the mistakes.
///
/// The rows are read twice: once for widths and totals, once for the cells. So no room but the store holds them all, and
/// the height of each row can be told when it is written.
pub fn write(
    sheet: &mut Worksheet,
    plan: &PreparedSheet,
    survey: &Survey,
    share: &Share,
    (rows, mistakes): (&dyn StoredRows, &mut Vec<Mistake>),
    styles: &Styles,
) -> Result<Written, WorkbookError> {
    set_widths(sheet, survey)?;
    if survey.rows == 0 {
        write_no_rows(sheet, plan, styles)?;
    } else {
        fill(sheet, plan, survey, styles, rows, mistakes)?;
    }
    surround(sheet, plan, survey, share, styles)
}

/// Writes what surrounds the rows of a sheet's share of a long table; in the place of its first row stand empty cells of each
/// kind, first those of the first column and then those of the further ones.
pub fn write_frame(
    sheet: &mut Worksheet,
    plan: &PreparedSheet,
    survey: &Survey,
    share: &Share,
    styles: &Styles,
) -> Result<Written, WorkbookError> {
    set_widths(sheet, survey)?;
    for (index, format) in CellStyles::new(styles).all().enumerate() {
        sheet.write_blank(HEADING_ROW + 1, column_number(index), format)?;
    }
    surround(sheet, plan, survey, share, styles)
}

/// Writes beneath the last share of a table what its totals come to over all its sheets.
pub fn write_total_of_all(
    sheet: &mut Worksheet,
    plan: &PreparedSheet,
    survey: &Survey,
    shares: &[Share],
    styles: &Styles,
) -> Result<(), WorkbookError> {
    let Some(last) = shares.last() else { return Ok(()) };
    let tables: Vec<&str> = shares.iter().map(|share| share.table_name.as_str()).collect();
    let words = format!("Total of all {} sheets", shares.len());
    write_totals(sheet, plan, last_row(&last.rows) + 2, (&words, &tables, &survey.totals), styles)
}

fn set_widths(sheet: &mut Worksheet, survey: &Survey) -> Result<(), WorkbookError> {
    for (index, width) in survey.widths.iter().enumerate() {
        sheet.set_column_width(column_number(index), *width)?;
    }
    Ok(())
}

fn write_no_rows(sheet: &mut Worksheet, plan: &PreparedSheet, styles: &Styles) -> Result<(), WorkbookError> {
    let row = HEADING_ROW + 1;
    let styles = CellStyles::new(styles);
    sheet.write_string_with_format(row, 0, NO_ROWS, styles.of(0, Kind::Text))?;
    for column in 1..plan.columns.len() {
        sheet.write_blank(row, column_number(column), styles.of(column_number(column), Kind::Text))?;
    }
    sheet.set_row_height(row, height::of_lines(1))?;
    Ok(())
}

fn fill(
    sheet: &mut Worksheet,
    plan: &PreparedSheet,
    survey: &Survey,
    styles: &Styles,
    rows: &dyn StoredRows,
    mistakes: &mut Vec<Mistake>,
) -> Result<(), WorkbookError> {
    let mut body = Body::new(plan, survey);
    let mut cells = Cells { sheet, styles: CellStyles::new(styles), row: 0 };
    let mut outcome = Ok(());
    let streamed = rows.stream(&plan.query, &mut |row| {
        let line = HEADING_ROW + 1 + body.rows;
        outcome = body.write_row(&mut cells, line, row, mistakes);
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    outcome?;
    streamed.map(|_| ()).map_err(|source| WorkbookError::Query { sheet: plan.name.clone(), source })
}

/// Headings, the Excel table and its total row.
fn surround(
    sheet: &mut Worksheet,
    plan: &PreparedSheet,
    survey: &Survey,
    share: &Share,
    styles: &Styles,
) -> Result<Written, WorkbookError> {
    let rows = share.rows.end - share.rows.start;
    let total = rows > 0 && plan.columns.iter().any(|column| column.total);
    let words = if share.is_part { "Total of this sheet" } else { "Total" };
    let last = last_row(&share.rows);
    add_table(sheet, plan, share, last, total.then_some(words), styles)?;
    let headings = plan.columns.iter().zip(&survey.widths);
    let lines = headings.map(|(column, width)| height::lines_of_heading(&column.title, *width)).max();
    sheet.set_row_height(HEADING_ROW, height::of_lines(lines.unwrap_or(1)))?;
    if total {
        write_totals(sheet, plan, last + 1, (words, &[share.table_name.as_str()], &share.totals), styles)?;
    }
    Ok(Written { rows, total, width: survey.widths.iter().sum() })
}

/// The last row of the table's body, counted from 0.
pub fn last_row(rows: &Range<u32>) -> RowNum {
    HEADING_ROW + (rows.end - rows.start).max(1)
}

fn add_table(
    sheet: &mut Worksheet,
    plan: &PreparedSheet,
    share: &Share,
    last_row: RowNum,
    total: Option<&str>,
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
                (Some(words), 0, _) => table_column.set_total_label(words),
                (Some(_), _, true) => table_column.set_total_function(TableFunction::Sum),
                _ => table_column,
            }
        })
        .collect();
    let has_total = total.is_some();
    let table = page::table(&share.table_name, &columns).set_total_row(has_total).set_alt_text_title(&plan.title);
    let last_column = column_number(columns.len() - 1);
    sheet.add_table(HEADING_ROW, 0, last_row + RowNum::from(has_total), last_column, &table)?;
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

/// A row of totals with its words: live formulas, over one table or several, that carry their results.
fn write_totals(
    sheet: &mut Worksheet,
    plan: &PreparedSheet,
    row: RowNum,
    (words, tables, totals): (&str, &[&str], &Totals),
    styles: &Styles,
) -> Result<(), WorkbookError> {
    for (index, (column, sum)) in plan.columns.iter().zip(totals).enumerate() {
        let number = column_number(index);
        // A sum of values that do not fit their format, of which each was told, is left out.
        match sum.as_ref().and_then(|sum| cells::number(column.format, sum)) {
            _ if index == 0 => {
                sheet.write_string_with_format(row, number, words, &styles.cell(index, Kind::Text, true))?;
            }
            Some((result, kind)) => {
                let formula = total::formula(tables, &column.title, result);
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
