//! The last sheets: what each field must hold, how the file has to be named, and lists that do not fit into a rule.

use rust_xlsxwriter::{ColNum, ProtectionOptions, RowNum, Workbook, Worksheet, XlsxError};

use super::Naming;
use super::page::{Lists, Making, set_up};
use super::plan::{Plan, SheetPlan};
use super::words::{self, Words};
use crate::export::workbook::height;
use crate::model::listed;

/// The columns of the table of fields: heading, and width in characters.
const COLUMNS: [(&str, f64); 5] = [
    ("Sheet", 16.0),
    ("Heading or label", 24.0),
    ("Must be filled in", 13.0),
    ("What is expected", 62.0),
    ("Example", 20.0),
];
/// The height of a heading of a part, in points.
const SECTION: f64 = 30.0;

/// Fills the sheet of guidance.
pub(super) fn guidance(
    worksheet: &mut Worksheet,
    plan: &Plan<'_>,
    making: Making<'_>,
    naming: &Naming,
    footer: &str,
) -> Result<(), XlsxError> {
    let mut sheet = Guidance { worksheet, making, row: 0 };
    for (column, (_, width)) in (0..).zip(COLUMNS) {
        sheet.worksheet.set_column_width(column, width)?;
    }
    sheet.worksheet.write_string_with_format(0, 0, format!("How to fill in: {}", plan.title), &making.styles.title)?;
    sheet.worksheet.set_row_height(0, 26)?;
    sheet.row = 2;
    for (heading, paragraphs) in parts(plan, naming) {
        sheet.section(heading)?;
        let is_several = paragraphs.len() > 1;
        for (number, paragraph) in (1..).zip(paragraphs) {
            sheet.paragraph(&if is_several { format!("{number}. {paragraph}") } else { paragraph })?;
        }
    }
    sheet.section("What each cell must hold")?;
    sheet.fields(plan)?;
    sheet.worksheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    set_up(sheet.worksheet, footer);
    Ok(())
}

/// What is said before the table of fields, by parts.
fn parts(plan: &Plan<'_>, naming: &Naming) -> [(&'static str, Vec<String>); 3] {
    let has_rows = plan.sheets.iter().flat_map(|sheet| &sheet.tables).any(|table| table.has_rows());
    let mut filling = vec![
        "Fill in the pale cells with a border. All other cells are locked, without a password (Review, Unprotect Sheet), so \
         that headings and totals stay where they are looked for."
            .to_owned(),
        "Excel says at each cell what is expected, and refuses much of what cannot be right. It does not say that a cell is empty \
         which must be filled in, and it does not look at what is pasted: both are found when the workbook is checked."
            .to_owned(),
    ];
    if has_rows {
        filling.push(
            "Rows that are not needed stay empty. If they run out, insert further ones among them (right-click the number of \
             a row between the first and the last, Insert), so that the totals add them too."
                .to_owned(),
        );
    }
    let optional: Vec<&str> =
        plan.sheets.iter().filter(|sheet| !sheet.is_required).map(|sheet| sheet.name.as_str()).collect();
    if !optional.is_empty() {
        filling.push(format!("Not every workbook needs {}: it may stay empty.", listed(&optional, "and")));
    }
    if !plan.others.is_empty() {
        filling.push(format!(
            "This is one sheet of a workbook that must have {} as well: copy it there, or the others here.",
            listed(&plan.others, "and")
        ));
    }
    filling.extend(plan.without());
    let name = naming.sentences().into_iter().collect();
    let next = vec![
        "Put the file into the inbox folder. When the workbooks are checked, the list of findings names each cell that is \
         wrong, what was expected, and what to do."
            .to_owned(),
        "Mend the cell, save, and put the file into the inbox again in place of the one before.".to_owned(),
    ];
    [("How to fill it in", filling), ("How to name the file", name), ("What happens next", next)]
}

struct Guidance<'w, 'p> {
    worksheet: &'w mut Worksheet,
    making: Making<'p>,
    row: RowNum,
}

impl Guidance<'_, '_> {
    fn section(&mut self, words: &str) -> Result<(), XlsxError> {
        self.worksheet.write_string_with_format(self.row, 0, words, &self.making.styles.section)?;
        self.worksheet.set_row_height(self.row, SECTION)?;
        self.row += 1;
        Ok(())
    }

    fn paragraph(&mut self, words: &str) -> Result<(), XlsxError> {
        let last = COLUMNS.len() as ColNum - 1;
        let width: f64 = COLUMNS.iter().map(|(_, width)| width).sum();
        self.worksheet.merge_range(self.row, 0, self.row, last, words, &self.making.styles.paragraph)?;
        self.worksheet.set_row_height(self.row, height::of_lines(height::lines(words, width)))?;
        self.row += 1;
        Ok(())
    }

    fn fields(&mut self, plan: &Plan<'_>) -> Result<(), XlsxError> {
        let styles = self.making.styles;
        for (column, (heading, _)) in (0..).zip(COLUMNS) {
            self.worksheet.write_string_with_format(self.row, column, heading, &styles.heading)?;
        }
        self.worksheet.set_row_height(self.row, height::of_lines(2))?;
        self.worksheet.set_repeat_rows(self.row, self.row)?;
        for (sheet, heading, words) in fields_of(plan, self.making) {
            self.row += 1;
            let must = if words.is_required { "Yes" } else { "No" };
            let texts = [sheet.as_str(), heading.as_str(), must, words.expected.as_str(), words.example.as_str()];
            let mut high = 1;
            for (column, (text, (_, width))) in (0..).zip(texts.into_iter().zip(COLUMNS)) {
                self.worksheet.write_string_with_format(self.row, column, text, &styles.told)?;
                high = high.max(height::lines(text, width));
            }
            self.worksheet.set_row_height(self.row, height::of_lines(high))?;
        }
        self.row += 1;
        Ok(())
    }
}

/// Each field that is filled in: its sheet, its heading, and the words about it. Of sheets that are alike the first speaks for
/// all.
fn fields_of(plan: &Plan<'_>, making: Making<'_>) -> Vec<(String, String, Words)> {
    let mut told = Vec::new();
    let mut known: Vec<&str> = Vec::new();
    for SheetPlan { name, tables, .. } in &plan.sheets {
        for table in tables {
            if known.contains(&&*table.schema.name) {
                continue;
            }
            known.push(&table.schema.name);
            let alike = plan
                .sheets
                .iter()
                .filter(|sheet| sheet.tables.iter().any(|other| other.schema.name == table.schema.name));
            let sheet = if alike.count() > 1 { format!("{name} and those like it") } else { name.clone() };
            for index in table.fields() {
                let field = &table.schema.fields[index];
                let words = words::words(field, table.schema, &making.span, making.pack);
                told.push((sheet.clone(), field.heading().to_owned(), words));
            }
        }
    }
    told
}

/// Fills the sheet of lists, if there are any.
pub(super) fn lists(workbook: &mut Workbook, lists: &Lists, making: Making<'_>, footer: &str) -> Result<(), XlsxError> {
    if lists.columns.is_empty() {
        return Ok(());
    }
    let worksheet = workbook.add_worksheet().set_name(&lists.sheet)?;
    for (column, (heading, texts)) in (0..).zip(&lists.columns) {
        worksheet.write_string_with_format(0, column, heading, &making.styles.heading)?;
        worksheet.set_column_width(column, 36)?;
        for (row, text) in (1..).zip(texts) {
            worksheet.write_string_with_format(row, column, text, &making.styles.told)?;
        }
    }
    worksheet.set_freeze_panes(1, 0)?;
    worksheet.protect();
    set_up(worksheet, footer);
    Ok(())
}
