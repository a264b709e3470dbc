//! The differences that nobody has explained and that may be explained, as a workbook to be filled in and put into the
//! inbox: it has the sheet and the headings of the pack's explanations, and a row for each difference.

mod entries;
mod guidance;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rust_xlsxwriter::{ColNum, RowNum, Worksheet};

use super::counted::grouped;
use super::desk::{self, Column, DeskError, DeskFace, cell_text};
use super::workbook::height;
use super::workbook::style::{Kind, Styles};
use crate::model::{Difference, Finding, Position, file_name};
use crate::schema::{EXPLANATION_FIELDS, Field, Layout, Pack, TableSchema, WorkbookKind};

/// The name of the file without its ending. A pack whose explanations may be named so takes it as it is.
pub const TO_EXPLAIN: &str = "to-explain";

/// At most so many differences are listed: Excel takes 65,534 rules for what may be typed, and nobody explains as many.
const MOST_LISTED: usize = 5_000;

/// What the pack says of the workbook in which explanations are written.
#[derive(Debug, Clone, Copy)]
pub struct ExplanationForm<'a> {
    kind: &'a WorkbookKind,
    sheet: &'a str,
    schema: &'a TableSchema,
}

impl<'a> ExplanationForm<'a> {
    /// The first table of explanations that the pack has on a sheet of a name of its own, with headings above its rows; none
    /// where it has no such table.
    pub fn of(pack: &'a Pack) -> Option<Self> {
        let kinds = pack.partnership.workbooks.iter().filter(|kind| kind.explanations);
        let mut places = kinds.flat_map(|kind| kind.tables.iter().map(move |place| (kind, place)));
        places.find_map(|(kind, place)| {
            let schema = pack.tables.get(place.table.as_str())?;
            let is_plain = schema.crosscast.layout == Layout::Rows && schema.crosscast.headings.rows.get() == 1;
            let is_whole = EXPLANATION_FIELDS.iter().all(|field| schema.field(field).is_some());
            (is_plain && is_whole).then_some(Self { kind, sheet: place.sheet.name()?, schema })
        })
    }

    /// The headings of the fields that an officer fills in.
    fn entry_headings(&self) -> Vec<&'a str> {
        self.schema.fields.iter().filter(|field| Given::of(field).is_none()).map(Field::heading).collect()
    }
}

/// A difference that is to be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ToExplain<'a> {
    /// The file's name with its ending: an explanation knows a workbook by it, in whatever folder it lies.
    workbook: &'a str,
    sheet: &'a str,
    cell: Position,
    difference: Difference,
    /// What one explanation of this difference in this cell covers: in the report's order, at least one.
    findings: Vec<&'a Finding>,
}

/// The differences to be explained as a workbook; none where there is nothing to explain. The same findings give the same
/// bytes.
///
/// # Errors
/// [`DeskError`] when the library that writes workbooks would not.
pub fn to_explain(
    findings: &[Finding],
    form: ExplanationForm<'_>,
    face: &DeskFace,
) -> Result<Option<Vec<u8>>, DeskError> {
    let rows = open_differences(findings);
    if rows.is_empty() {
        return Ok(None);
    }
    let listed = &rows[..rows.len().min(MOST_LISTED)];
    let styles = Styles::new();
    let title = "Differences to explain";
    let mut workbook = desk::begin(title, face, &styles)?;
    let sheet = workbook.add_worksheet().set_name(form.sheet)?;
    let headings = desk::head(sheet, title, &lines(rows.len(), form, face), &styles)?;
    // Space above the table in place of a blank row.
    sheet.set_row_height(headings - 1, 25)?;
    let columns: Vec<Column<'_>> = form.schema.fields.iter().map(column).collect();
    for (row, difference) in (headings + 1..).zip(listed) {
        write_row(sheet, row, difference, form.schema, &columns, &styles)?;
    }
    let last = headings + RowNum::try_from(listed.len()).unwrap_or(RowNum::MAX - headings);
    desk::table(sheet, "To_explain", (headings, last), &columns, false, &styles)?;
    entries::set_rules(sheet, (headings + 1, last), listed, form.schema)?;
    sheet.set_freeze_panes(headings + 1, 0)?;
    desk::set_up(sheet, face, headings)?;
    guidance::write(workbook.add_worksheet(), listed, headings + 1, form, face, &styles)?;
    Ok(Some(desk::finish(workbook, face)?))
}

/// The differences that stand, may be explained, and are known by one cell: each once, in the order of the findings.
fn open_differences(findings: &[Finding]) -> Vec<ToExplain<'_>> {
    let mut rows: Vec<ToExplain<'_>> = Vec::new();
    let mut known = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.stands() && finding.explainable) {
        let place = &finding.place;
        let (Some(workbook), Some(sheet), Some(area)) = (&place.workbook, &place.sheet, place.area) else { continue };
        let Some(difference) = finding.difference.filter(|_| area.first == area.last) else { continue };
        let key = (file_name(workbook), &**sheet, area.first, difference.plain());
        let row = *known.entry(key).or_insert(rows.len());
        if row == rows.len() {
            let workbook = file_name(workbook);
            rows.push(ToExplain { workbook, sheet, cell: area.first, difference, findings: Vec::new() });
        }
        rows[row].findings.push(finding);
    }
    rows
}

/// What stands between the title and the headings.
fn lines(differences: usize, form: ExplanationForm<'_>, face: &DeskFace) -> Vec<String> {
    let mut lines = vec![
        "First mend what is wrong: a figure that is corrected needs no explanation.".to_owned(),
        format!(
            "Where a difference has to stand, fill in the shaded cells of its row: {}.",
            crate::model::listed(&form.entry_headings(), "and")
        ),
        "Leave rows that you cannot explain as they are. Then save, and put this workbook into the inbox (see the sheet \
         Guidance)."
            .to_owned(),
    ];
    if differences > MOST_LISTED {
        let (listed, all) = (grouped(MOST_LISTED), grouped(differences));
        lines.push(format!("The first {listed} of {all} differences are listed. findings.json has all of them."));
    }
    lines.push(format!("{}, financial year {}, {}.", face.partnership, face.year, face.period));
    lines.extend(face.notice.clone());
    lines
}

fn write_row(
    sheet: &mut Worksheet,
    row: RowNum,
    difference: &ToExplain<'_>,
    schema: &TableSchema,
    columns: &[Column<'_>],
    styles: &Styles,
) -> Result<(), DeskError> {
    // Two lines leave room for an explanation.
    let mut lines = 2;
    for (index, (field, column)) in schema.fields.iter().zip(columns).enumerate() {
        let at = (row, ColNum::try_from(index).unwrap_or(ColNum::MAX));
        let words = match Given::of(field) {
            Some(Given::Workbook) => cell_text(difference.workbook),
            Some(Given::Sheet) => cell_text(difference.sheet),
            Some(Given::Cell) => difference.cell.to_string(),
            Some(Given::Difference) => {
                let format = |kind| styles.cell(index, kind, false);
                desk::write_difference(sheet, at, Some(difference.difference), &format)?;
                continue;
            }
            None => {
                sheet.write_blank(at.0, at.1, &entries::format(field, index, styles))?;
                continue;
            }
        };
        lines = lines.max(height::lines(&words, column.width));
        sheet.write_string_with_format(at.0, at.1, words, &styles.cell(index, Kind::Text, false))?;
    }
    sheet.set_row_height(row, height::of_lines(lines))?;
    Ok(())
}

/// What of an explanation is known before anyone writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Given {
    Workbook,
    Sheet,
    Cell,
    Difference,
}

impl Given {
    /// What a field of the table is given; none where an officer fills it in.
    fn of(field: &Field) -> Option<Self> {
        match field.name.as_str() {
            "workbook" => Some(Self::Workbook),
            "sheet" => Some(Self::Sheet),
            "cell" => Some(Self::Cell),
            "difference" => Some(Self::Difference),
            _ => None,
        }
    }
}

fn column(field: &Field) -> Column<'_> {
    let (width, is_number) = match (Given::of(field), field.name.as_str()) {
        (Some(Given::Workbook), _) => (34.0, false),
        (Some(Given::Sheet), _) => (18.0, false),
        (Some(Given::Cell), _) => (9.0, false),
        (Some(Given::Difference), _) => (16.0, true),
        (None, "explanation") => (50.0, false),
        (None, "recorded_on") => (15.0, false),
        (None, _) => (22.0, false),
    };
    Column::new(field.heading(), width, is_number)
}
