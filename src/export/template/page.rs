//! A sheet while it is filled, from the top down.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ColNum, Formula, ProtectionOptions, RowNum, Worksheet, XlsxError};

use super::plan::Span;
use super::rule::{self, Rule};
use super::style::{self, Styles};
use super::words;
use crate::export::within::within;
use crate::export::workbook::excel_date;
use crate::model::Month;
use crate::schema::{Field, Pack, TableSchema};

/// A4, by Excel's numbering.
const A4: u8 = 9;
/// The longest title of a prompt or a refusal, in characters.
const LONGEST_TITLE: usize = 32;
/// The longest prompt, in characters.
const LONGEST_PROMPT: usize = 255;
/// The longest refusal, in characters.
const LONGEST_REFUSAL: usize = 225;

/// What all sheets are made by.
#[derive(Clone, Copy)]
pub(super) struct Making<'p> {
    pub pack: &'p Pack,
    pub span: Span<'p>,
    pub styles: &'p Styles,
}

/// Lists that do not fit into a rule: each becomes a column of a sheet.
pub(super) struct Lists {
    /// The name of that sheet.
    pub sheet: String,
    /// The heading of each, and its texts.
    pub columns: Vec<(String, Vec<String>)>,
}

impl Lists {
    /// Where a list stands, which is taken in unless it is there: `=Lists!$A$2:$A$9`.
    fn cells(&mut self, heading: &str, texts: &[String]) -> String {
        let known = self.columns.iter().position(|(_, other)| other.as_slice() == texts);
        let column = known.unwrap_or_else(|| {
            self.columns.push((heading.to_owned(), texts.to_vec()));
            self.columns.len() - 1
        });
        let letters = crate::model::column_letters(u32::try_from(column).unwrap_or(u32::MAX));
        format!("='{}'!${letters}$2:${letters}${}", self.sheet.replace('\'', "''"), texts.len() + 1)
    }
}

/// A value that stands in the form already.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fixed {
    Text(String),
    Month(Month),
}

/// A sheet while it is filled.
pub(super) struct Page<'w, 'p> {
    pub worksheet: &'w mut Worksheet,
    pub making: Making<'p>,
    pub lists: &'w mut Lists,
    /// The next row that is free.
    pub row: RowNum,
    /// Names that are to be defined, and what they stand for.
    pub names: Vec<(String, String)>,
    widths: BTreeMap<ColNum, f64>,
}

impl<'w, 'p> Page<'w, 'p> {
    /// An empty sheet.
    pub fn new(worksheet: &'w mut Worksheet, making: Making<'p>, lists: &'w mut Lists) -> Self {
        Self { worksheet, making, lists, row: 0, names: Vec::new(), widths: BTreeMap::new() }
    }

    /// Title and what is said under it, with an empty row behind.
    pub fn head(&mut self, title: &str, lines: &[String]) -> Result<(), XlsxError> {
        self.worksheet.write_string_with_format(self.row, 0, title, &self.making.styles.title)?;
        self.worksheet.set_row_height(self.row, 26)?;
        for line in lines {
            self.row += 1;
            self.worksheet.write_string_with_format(self.row, 0, line, &self.making.styles.line)?;
        }
        self.row += 2;
        Ok(())
    }

    /// Sees to it that a column is at least so wide, in characters.
    pub fn widen(&mut self, column: ColNum, width: f64) -> Result<(), XlsxError> {
        let widest = self.widths.entry(column).or_insert(0.0);
        *widest = widest.max(width);
        self.worksheet.set_column_width(column, *widest)?;
        Ok(())
    }

    /// A cell to fill in, or that is filled in already.
    pub fn entry(
        &mut self,
        (row, column): (RowNum, ColNum),
        field: &Field,
        schema: &TableSchema,
        fixed: Option<&Fixed>,
    ) -> Result<(), XlsxError> {
        let format = self.making.styles.entry(field, schema);
        match fixed {
            None => self.worksheet.write_blank(row, column, &format)?,
            Some(Fixed::Text(text)) => self.worksheet.write_string_with_format(row, column, text, &format)?,
            Some(Fixed::Month(month)) => match excel_date(month.first_day()) {
                Some(day) => self.worksheet.write_datetime_with_format(row, column, &day, &format)?,
                None => self.worksheet.write_blank(row, column, &format)?,
            },
        };
        Ok(())
    }

    /// The rule and the prompt for the cells of a field from one row to another; `unique` is the condition of its key.
    pub fn rule(
        &mut self,
        (first, last): (RowNum, RowNum),
        column: ColNum,
        field: &Field,
        schema: &TableSchema,
        unique: Option<String>,
    ) -> Result<(), XlsxError> {
        let Making { pack, span, .. } = self.making;
        let cell = crate::model::Position::new(first, u32::from(column)).to_string();
        let rule = rule::rule(field, schema, &span, &cell, unique);
        let listed = match &rule {
            Rule::List(texts) if !rule::is_short_list(texts) => Some(self.lists.cells(field.heading(), texts)),
            _ => None,
        };
        let words = words::words(field, schema, &span, pack);
        let must = if words.is_required { "Must be filled in. " } else { "May stay empty. " };
        let title = within(field.heading(), LONGEST_TITLE);
        let validation = rule
            .validation(listed.as_deref())?
            .ignore_blank(true)
            .set_input_title(title.as_str())?
            .set_input_message(within(&format!("{must}{}", words.expected), LONGEST_PROMPT))?
            .set_error_title(title.as_str())?
            .set_error_message(within(&format!("Expected here: {}", words.expected), LONGEST_REFUSAL))?;
        self.worksheet.add_data_validation(first, column, last, column, &validation)?;
        Ok(())
    }

    /// The width of a field's column: that of its values and its heading.
    pub fn widen_for(&mut self, column: ColNum, field: &Field, schema: &TableSchema) -> Result<(), XlsxError> {
        let texts = rule::list(field, schema);
        self.widen(column, style::width(field, texts.as_deref()))
    }

    /// A formula with its result while nothing is filled in.
    pub fn sum(
        &mut self,
        (row, column): (RowNum, ColNum),
        formula: &str,
        field: &Field,
        schema: &TableSchema,
    ) -> Result<(), XlsxError> {
        let format = self.making.styles.total(field, schema);
        let formula = Formula::new(formula).set_result("0");
        self.worksheet.write_formula_with_format(row, column, formula, &format)?;
        Ok(())
    }

    /// Protects the sheet, without a password, and sets how it is printed.
    ///
    /// Gives the names that are to be defined.
    pub fn finish(self, footer: &str) -> Vec<(String, String)> {
        let options = ProtectionOptions {
            format_columns: true,
            format_rows: true,
            insert_rows: true,
            sort: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        };
        self.worksheet.protect_with_options(&options);
        set_up(self.worksheet, footer);
        self.names
    }
}

/// A4 across, one page wide, with a foot that says what it is and which page.
pub(super) fn set_up(worksheet: &mut Worksheet, footer: &str) {
    let footer: String = footer.chars().take(100).collect();
    worksheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.6, 0.75, 0.3, 0.3);
    worksheet.set_footer(format!("&L{}&C&A&RPage &P of &N", footer.replace('&', "&&")));
}
