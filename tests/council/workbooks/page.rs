//! A sheet that is being written. It keeps the numbers that it has written, so that each formula is stored with the result
//! that Excel would show.

use std::collections::BTreeMap;

use crosscast::model::{Position, column_letters};
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet};

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As typed.
    Plain,
    /// The title of a sheet.
    Title,
    /// Small print.
    Note,
    /// A heading.
    Heading,
    /// The label of a section, in bold.
    Section,
    /// Whole pounds; below nothing in brackets.
    Pounds,
    /// Whole pounds of a total, in bold.
    PoundsTotal,
    /// Pounds and pence.
    Pence,
    /// One place behind the point.
    Tenths,
    /// One place behind the point, of a total.
    TenthsTotal,
    /// A whole number of a total.
    CountTotal,
    /// A day.
    Day,
}

impl Look {
    fn format(self) -> Format {
        let plain = Format::new();
        let total = || Format::new().set_bold().set_border_top(FormatBorder::Thin);
        match self {
            Self::Plain => plain,
            Self::Title => plain.set_bold().set_font_size(14),
            Self::Note => plain.set_italic().set_font_size(9),
            Self::Heading => plain
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0x00DD_E6EE))
                .set_border(FormatBorder::Thin),
            Self::Section => plain.set_bold(),
            Self::Pounds => plain.set_num_format("#,##0;(#,##0)"),
            Self::PoundsTotal => total().set_num_format("#,##0;(#,##0)"),
            Self::Pence => plain.set_num_format("#,##0.00"),
            Self::Tenths => plain.set_num_format("0.0"),
            Self::TenthsTotal => total().set_num_format("0.0"),
            Self::CountTotal => total().set_num_format("0"),
            Self::Day => plain.set_num_format("dd/mm/yyyy"),
        }
    }
}

/// What stands in a cell in place of what belongs there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Slip {
    /// A typed number.
    Number(f64),
    /// A text.
    Text(&'static str),
    /// The sum of these cells.
    Sum(&'static str),
    /// Nothing.
    Nothing,
}

/// Slips, each with its sheet and cell.
pub type Slips<'s> = &'s [(&'s str, &'s str, Slip)];

/// A sheet that is being written; cells are named as in Excel.
pub struct Page<'w> {
    sheet: &'w mut Worksheet,
    name: String,
    numbers: BTreeMap<Position, f64>,
    slips: Slips<'w>,
}

impl<'w> Page<'w> {
    /// A new sheet at the end of a workbook.
    pub fn new(workbook: &'w mut Workbook, name: &str, slips: Slips<'w>) -> Self {
        let sheet = workbook.add_worksheet();
        sheet
            .set_name(name)
            .expect("a name that a sheet can have")
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0);
        let mut page = Self { sheet, name: name.to_owned(), numbers: BTreeMap::new(), slips };
        // Some stand where nothing else is written; the others are written again, as their cell looks.
        for (_, cell, _) in slips.iter().filter(|(sheet, _, _)| *sheet == name) {
            page.slipped(cell, Look::Plain);
        }
        page
    }

    /// The sheet itself, for what cells are not about.
    pub fn sheet(&mut self) -> &mut Worksheet {
        self.sheet
    }

    /// The widths of the columns from the first on, in characters.
    pub fn widths(&mut self, widths: &[f64]) {
        for (column, width) in widths.iter().enumerate() {
            self.sheet.set_column_width(u16::try_from(column).unwrap(), *width).unwrap();
        }
    }

    /// A text.
    pub fn text(&mut self, cell: &str, text: &str, look: Look) {
        if self.slipped(cell, look) {
            return;
        }
        let (row, column) = place(cell);
        self.sheet.write_with_format(row, column, text, &look.format()).unwrap();
    }

    /// Texts beside each other.
    pub fn texts(&mut self, first: &str, texts: &[&str], look: Look) {
        let (row, column) = place(first);
        for (index, text) in texts.iter().enumerate() {
            self.text(&cell(row + 1, column + u16::try_from(index).unwrap()), text, look);
        }
    }

    /// A text over cells that are merged.
    pub fn merged(&mut self, cells: &str, text: &str, look: Look) {
        let ((row, column), (last_row, last_column)) = corners(cells);
        self.sheet.merge_range(row, column, last_row, last_column, text, &look.format()).unwrap();
    }

    /// A number.
    pub fn number(&mut self, cell: &str, number: f64, look: Look) {
        if !self.slipped(cell, look) {
            self.put_number(cell, number, look);
        }
    }

    /// A day, given as `2024-04-15`.
    pub fn day(&mut self, cell: &str, day: &str) {
        if self.slipped(cell, Look::Day) {
            return;
        }
        let (row, column) = place(cell);
        let day = ExcelDateTime::parse_from_str(day).unwrap();
        self.sheet.write_with_format(row, column, &day, &Look::Day.format()).unwrap();
    }

    /// The formula that adds the cells of a range such as `C8:C10`.
    pub fn sum(&mut self, cell: &str, cells: &str, look: Look) {
        if !self.slipped(cell, look) {
            self.put_sum(cell, cells, look);
        }
    }

    /// The formula that adds single cells.
    pub fn plus(&mut self, cell: &str, cells: &[String], look: Look) {
        let result = cells.iter().map(|cell| self.held(cell)).sum();
        self.formula(cell, &cells.join("+"), result, look);
    }

    /// The formula that takes one cell from another.
    pub fn less(&mut self, cell: &str, from: &str, what: &str, look: Look) {
        let result = self.held(from) - self.held(what);
        self.formula(cell, &format!("{from}-{what}"), result, look);
    }

    fn formula(&mut self, cell: &str, formula: &str, result: f64, look: Look) {
        if !self.slipped(cell, look) {
            self.put_formula(cell, formula, result, look);
        }
    }

    /// Writes what stands in a cell by a slip; whether there is one.
    fn slipped(&mut self, cell: &str, look: Look) -> bool {
        let slips = self.slips.iter();
        let mut here = slips.filter(|(sheet, at, _)| *sheet == self.name && *at == cell).map(|(_, _, slip)| *slip);
        let Some(slip) = here.next() else { return false };
        let (row, column) = place(cell);
        match slip {
            Slip::Number(number) => self.put_number(cell, number, look),
            Slip::Text(text) => drop(self.sheet.write_with_format(row, column, text, &look.format()).unwrap()),
            Slip::Sum(cells) => self.put_sum(cell, cells, look),
            Slip::Nothing => {}
        }
        true
    }

    fn put_number(&mut self, cell: &str, number: f64, look: Look) {
        let (row, column) = place(cell);
        self.sheet.write_with_format(row, column, number, &look.format()).unwrap();
        self.numbers.insert(position(cell), number);
    }

    fn put_sum(&mut self, cell: &str, cells: &str, look: Look) {
        let ((row, column), (last_row, last_column)) = corners(cells);
        let added = (row..=last_row).flat_map(|row| (column..=last_column).map(move |column| (row, column)));
        let held =
            |(row, column)| self.numbers.get(&Position::new(row, u32::from(column))).copied().unwrap_or_default();
        let result = added.map(held).sum();
        self.put_formula(cell, &format!("SUM({cells})"), result, look);
    }

    fn put_formula(&mut self, cell: &str, formula: &str, result: f64, look: Look) {
        // What sums of pence leave behind the penny is not what Excel stores either.
        let result = (result * 100.0).round() / 100.0;
        let (row, column) = place(cell);
        let formula = Formula::new(format!("={formula}")).set_result(result.to_string());
        self.sheet.write_formula_with_format(row, column, formula, &look.format()).unwrap();
        self.numbers.insert(position(cell), result);
    }

    fn held(&self, cell: &str) -> f64 {
        self.numbers.get(&position(cell)).copied().unwrap_or_default()
    }
}

/// The name of a cell; the row as Excel counts, the column zero-based.
pub fn cell(row: u32, column: u16) -> String {
    format!("{}{row}", column_letters(u32::from(column)))
}

fn position(cell: &str) -> Position {
    cell.parse().unwrap_or_else(|_| panic!("{cell} is no cell"))
}

fn place(cell: &str) -> (u32, u16) {
    let position = position(cell);
    (position.row, u16::try_from(position.column).expect("a column that Excel has"))
}

fn corners(cells: &str) -> ((u32, u16), (u32, u16)) {
    let (first, last) = cells.split_once(':').expect("a range such as C8:C10");
    (place(first), place(last))
}
