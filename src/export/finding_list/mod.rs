//! The findings in a workbook as a workbook of their own, for what no copy can be marked of.

#[cfg(test)]
mod tests;

use rust_xlsxwriter::{RowNum, Worksheet};

use super::counted::{grouped, heaviest};
use super::desk::{self, Column, DeskError, DeskFace, cell_lines, cell_text};
use super::verdict::count;
use super::workbook::height;
use super::workbook::style::{Kind, Styles};
use crate::model::{Finding, Weight, capitalised, file_name};

/// The sheet with the list.
const SHEET: &str = "Findings";
/// At most so many findings are listed; an officer mends the first of them and runs again.
const MOST_LISTED: usize = 10_000;

const COLUMNS: [Column<'static>; 11] = [
    Column::new("No.", 6.0, true),
    Column::new("Severity", 13.0, false),
    Column::new("Sheet", 16.0, false),
    Column::new("Cell", 12.0, false),
    Column::new("What is wrong", 46.0, false),
    Column::new("Expected", 17.0, false),
    Column::new("There is", 17.0, false),
    Column::new("Difference", 15.0, true),
    Column::new("Could be", 32.0, false),
    Column::new("How to mend it", 34.0, false),
    Column::new("Check", 22.0, false),
];

/// The findings of one workbook, in their order, as a workbook; the same findings give the same bytes. `workbook` is the
/// path below the inbox, and `why` the reason, in a sentence, why no copy of the workbook itself is marked.
///
/// # Errors
/// [`DeskError`] when the library that writes workbooks would not.
pub fn finding_list(workbook: &str, findings: &[&Finding], why: &str, face: &DeskFace) -> Result<Vec<u8>, DeskError> {
    let styles = Styles::new();
    let title = format!("Findings in {}", file_name(workbook));
    let mut made = desk::begin(&title, face, &styles)?;
    let sheet = made.add_worksheet().set_name(SHEET)?;
    let headings = desk::head(sheet, &title, &lines(workbook, findings, why, face), &styles)?;
    // Space above the table in place of a blank row.
    sheet.set_row_height(headings - 1, 25)?;
    let mut row = headings;
    for place in heaviest(findings, MOST_LISTED) {
        row += 1;
        write_finding(sheet, row, place + 1, findings[place], &styles)?;
    }
    desk::table(sheet, "Findings_list", (headings, row), &COLUMNS, true, &styles)?;
    sheet.set_freeze_panes(headings + 1, 0)?;
    desk::set_up(sheet, face, headings)?;
    desk::finish(made, face)
}

/// What stands between the title and the list.
fn lines(workbook: &str, findings: &[&Finding], why: &str, face: &DeskFace) -> Vec<String> {
    let mut lines = vec![
        why.to_owned(),
        "Mend each cell in your own workbook, save it, and put it into the inbox again under its own name.".to_owned(),
        format!("Workbook: {workbook}. {}, financial year {}, {}.", face.partnership, face.year, face.period),
    ];
    lines.extend(face.notice.clone());
    lines.push(match findings.len() {
        many if many > MOST_LISTED => {
            format!(
                "{} of {} findings, errors first of all. findings.json has all of them.",
                grouped(MOST_LISTED),
                grouped(many)
            )
        }
        some => format!("{}.", count(some, "finding", "findings")),
    });
    lines
}

fn write_finding(
    sheet: &mut Worksheet,
    row: RowNum,
    number: usize,
    finding: &Finding,
    styles: &Styles,
) -> Result<(), DeskError> {
    let place = &finding.place;
    let texts = [
        (1, weight(finding).to_owned()),
        (2, cell_text(place.sheet.as_deref().unwrap_or_default())),
        (3, place.area.map(|area| area.to_string()).unwrap_or_default()),
        (4, cell_text(&finding.message)),
        (5, cell_text(finding.expected.as_deref().unwrap_or_default())),
        (6, cell_text(finding.actual.as_deref().unwrap_or_default())),
        (8, cell_lines(finding.suggestions.iter().map(|suggestion| suggestion.text.as_str()))),
        (9, cell_text(&capitalised(&finding.fix))),
        (10, cell_text(&finding.code)),
    ];
    sheet.write_number_with_format(row, 0, number as f64, &styles.cell(0, Kind::Plain, false))?;
    let mut lines = 1;
    for (column, words) in texts {
        let index = usize::from(column);
        let format = styles.cell(index, Kind::Text, false);
        lines = lines.max(height::lines(&words, COLUMNS[index].width));
        if words.is_empty() {
            sheet.write_blank(row, column, &format)?;
        } else {
            sheet.write_string_with_format(row, column, words, &format)?;
        }
    }
    desk::write_difference(sheet, (row, 7), finding.difference, &|kind| styles.cell(7, kind, false))?;
    sheet.set_row_height(row, height::of_lines(lines))?;
    Ok(())
}

/// The word for what a finding comes to.
fn weight(finding: &Finding) -> &'static str {
    match finding.weight() {
        Weight::Standing => "Error",
        Weight::Explained => "Error, explained",
        Weight::Warning => "Warning",
        Weight::Info => "For information",
    }
}
