//! The second sheet: how an explanation is written and handed in, and what is wrong in each row.

use rust_xlsxwriter::{RowNum, Worksheet};

use super::{ExplanationForm, TO_EXPLAIN, ToExplain};
use crate::export::desk::{self, Column, DeskError, DeskFace, cell_lines, cell_text};
use crate::export::workbook::height;
use crate::export::workbook::style::{Kind, Styles};
use crate::model::capitalised;

const SHEET: &str = "Guidance";
/// The name in place of [`SHEET`] where the pack's own sheet is called so.
const OTHER_SHEET: &str = "How to explain";

const COLUMNS: [Column<'static>; 7] = [
    Column::new("Row", 7.0, true),
    Column::new("Workbook", 34.0, false),
    Column::new("Sheet", 18.0, false),
    Column::new("Cell", 9.0, false),
    Column::new("What is wrong", 58.0, false),
    Column::new("Could be", 36.0, false),
    Column::new("Check", 26.0, false),
];

/// Fills the sheet. `first` is the zero-based row of the first difference on the sheet of explanations.
pub(super) fn write(
    sheet: &mut Worksheet,
    listed: &[ToExplain<'_>],
    first: RowNum,
    form: ExplanationForm<'_>,
    face: &DeskFace,
    styles: &Styles,
) -> Result<(), DeskError> {
    sheet.set_name(if form.sheet.eq_ignore_ascii_case(SHEET) { OTHER_SHEET } else { SHEET })?;
    let headings = desk::head(sheet, "Guidance", &steps(form), styles)?;
    sheet.set_row_height(headings - 1, 25)?;
    let mut row = headings;
    for (number, difference) in (first + 1..).zip(listed) {
        for finding in &difference.findings {
            row += 1;
            let texts = [
                cell_text(difference.workbook),
                cell_text(difference.sheet),
                difference.cell.to_string(),
                cell_text(&finding.message),
                cell_lines(finding.suggestions.iter().map(|suggestion| suggestion.text.as_str())),
                cell_text(&finding.code),
            ];
            sheet.write_number_with_format(row, 0, number, &styles.cell(0, Kind::Plain, false))?;
            let mut lines = 1;
            for (column, words) in (1..).zip(texts) {
                let index = usize::from(column);
                lines = lines.max(height::lines(&words, COLUMNS[index].width));
                sheet.write_string_with_format(row, column, words, &styles.cell(index, Kind::Text, false))?;
            }
            sheet.set_row_height(row, height::of_lines(lines))?;
        }
    }
    desk::table(sheet, "What_is_wrong", (headings, row), &COLUMNS, true, styles)?;
    sheet.set_freeze_panes(headings + 1, 0)?;
    desk::set_up(sheet, face, headings)
}

/// What to do, a line for each step.
fn steps(form: ExplanationForm<'_>) -> Vec<String> {
    let heading = |name: &str| form.schema.field(name).map_or(name, |field| field.heading()).to_owned();
    let least = form.schema.field("explanation").and_then(|field| field.constraints.min_length).unwrap_or_default();
    let length = if least > 1 { format!(", in at least {least} characters") } else { String::new() };
    let mut steps = vec![
        "1. Look at the cell in its own workbook. If it is wrong, correct it there: then there is nothing to explain."
            .to_owned(),
        format!(
            "2. If the difference has to stand, write into {} why{length}. The committee reads it in the appendix.",
            heading("explanation")
        ),
        format!(
            "3. {} and {} are two different roles, such as Partnership finance lead and Chief finance officer; {} is a day.",
            heading("recorded_by"),
            heading("approved_by"),
            heading("recorded_on")
        ),
        format!(
            "4. Change nothing in {}, {}, {} and {}: an explanation counts only while all four are those of the finding.",
            heading("workbook"),
            heading("sheet"),
            heading("cell"),
            heading("difference")
        ),
        "5. A row without an explanation is passed over. Its difference stands, and is listed again next time."
            .to_owned(),
    ];
    steps.extend(handing_in(form));
    steps
}

/// Under which name the workbook is put into the inbox.
fn handing_in(form: ExplanationForm<'_>) -> [String; 2] {
    let files = &form.kind.files;
    let (name, further) = (format!("{TO_EXPLAIN}.xlsx"), format!("{TO_EXPLAIN} 2"));
    let other = ["explanations", form.kind.called(), &form.kind.name].map(capitalised);
    let other = other.iter().find(|name| files.is_match(name));
    let six = if files.is_match(TO_EXPLAIN) {
        format!("6. Save it, and put it into the inbox as {name}.")
    } else if let Some(other) = other {
        format!("6. Save it under the name {other}.xlsx, and put it into the inbox.")
    } else {
        format!(
            "6. Save it under a name that the pack knows for explanations ({}), and put it into the inbox.",
            files.text()
        )
    };
    let again = if files.is_match(&further) {
        format!("give this one another name, such as {further}.xlsx")
    } else {
        "give this one another name".to_owned()
    };
    let seven = format!(
        "7. Keep the explanations that lie in the inbox already: several such workbooks count together. If one has the same name, {again}."
    );
    [six, seven]
}
