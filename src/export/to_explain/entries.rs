//! The cells that an officer fills in: how they look, and what Excel lets be typed into them, by the table's schema.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, FormatBorder, Formula,
    RowNum, Worksheet,
};

use super::{Given, ToExplain};
use crate::export::desk::{DeskError, cell_text};
use crate::export::within::within;
use crate::export::workbook::style::{Kind, Styles};
use crate::model::column_letters;
use crate::schema::{Field, FieldKind, TableSchema};

/// What is behind a cell that is to be filled in: pale enough for text to be read on it.
const ENTRY_FILL: Color = Color::RGB(0xFFF6D6);
/// The line round it: what is to be filled in is not told by colour alone.
const ENTRY_LINE: Color = Color::RGB(0x7F6A1E);
/// The most characters of a title and of a text that Excel shows beside a cell.
const LONGEST_TITLE: usize = 32;
const LONGEST_MESSAGE: usize = 255;
/// The most characters of a list of allowed texts, commas included.
const LONGEST_LIST: usize = 255;

/// The look of a cell to be filled in, of a column counted from 0.
pub(super) fn format(field: &Field, column: usize, styles: &Styles) -> Format {
    let kind = match field.kind() {
        FieldKind::Date => Kind::Date,
        FieldKind::Month => Kind::Month,
        FieldKind::Money => Kind::Money,
        _ => Kind::Text,
    };
    styles
        .cell(column, kind, false)
        .set_background_color(ENTRY_FILL)
        .set_border(FormatBorder::Thin)
        .set_border_color(ENTRY_LINE)
}

/// Has Excel refuse what the table's schema would not take, and say beside the cell that is explained what is wrong there.
/// Excel does not refuse what is pasted, and what is left empty: that is checked when the workbook is read.
pub(super) fn set_rules(
    sheet: &mut Worksheet,
    (first, last): (RowNum, RowNum),
    listed: &[ToExplain<'_>],
    schema: &TableSchema,
) -> Result<(), DeskError> {
    for (index, field) in (0..).zip(&schema.fields) {
        if Given::of(field).is_some() {
            continue;
        }
        if field.name == "explanation" {
            for (row, difference) in (first..).zip(listed) {
                sheet.add_data_validation(row, index, row, index, &explanation_rule(field, difference)?)?;
            }
        } else if let Some(rule) = rule(field, schema, first)? {
            sheet.add_data_validation(first, index, last, index, &rule)?;
        }
    }
    Ok(())
}

/// The rule of the cell in which a difference is explained, with what is wrong there.
fn explanation_rule(field: &Field, difference: &ToExplain<'_>) -> Result<DataValidation, DeskError> {
    let rule = text_rule(DataValidation::new(), field)?;
    let place = cell_text(&format!("{}!{}", difference.sheet, difference.cell));
    let message = difference.findings.first().map(|finding| finding.message.as_str()).unwrap_or_default();
    Ok(rule
        .set_input_title(within(&place, LONGEST_TITLE))?
        .set_input_message(within(&cell_text(message), LONGEST_MESSAGE))?)
}

fn rule(field: &Field, schema: &TableSchema, first: RowNum) -> Result<Option<DataValidation>, DeskError> {
    let rule = DataValidation::new().set_input_title(within(field.heading(), LONGEST_TITLE))?;
    let list = &field.constraints.allowed;
    let is_list = !list.is_empty() && list.iter().map(|text| text.chars().count() + 1).sum::<usize>() <= LONGEST_LIST;
    if is_list {
        return Ok(Some(rule.allow_list_strings(list)?));
    }
    let other = schema.field_index("recorded_by").filter(|_| field.name == "approved_by");
    Ok(match (field.kind(), other.zip(schema.field_index("approved_by"))) {
        (FieldKind::Text, Some((recorded, approved))) => Some(another_role(rule, first, recorded, approved)?),
        (FieldKind::Text, None) => Some(text_rule(rule, field)?),
        (FieldKind::Date, _) => Some(date_rule(rule, field)?),
        _ => None,
    })
}

/// A text of the length that the schema asks for.
fn text_rule(rule: DataValidation, field: &Field) -> Result<DataValidation, DeskError> {
    let least = field.constraints.min_length.unwrap_or_default().max(usize::from(field.constraints.required));
    let most = field.constraints.max_length;
    let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let (rule, words) = match (least, most) {
        (0, None) => return Ok(rule.allow_any_value()),
        (least @ 0..=1, None) => {
            let rule = rule.allow_text_length(DataValidationRule::GreaterThanOrEqualTo(number(least)));
            (rule, "must be filled in".to_owned())
        }
        (least, None) => {
            let rule = rule.allow_text_length(DataValidationRule::GreaterThanOrEqualTo(number(least)));
            (rule, format!("must have at least {least} characters"))
        }
        (least, Some(most)) => {
            let rule = rule.allow_text_length(DataValidationRule::Between(number(least), number(most)));
            (rule, format!("must have {least} to {most} characters"))
        }
    };
    refusing(rule, field, &words)
}

/// Another role than the one that recorded the explanation, whatever the letter case and the spaces.
fn another_role(
    rule: DataValidation,
    first: RowNum,
    recorded: usize,
    approved: usize,
) -> Result<DataValidation, DeskError> {
    let cell = |column: usize| format!("{}{}", column_letters(u32::try_from(column).unwrap_or(u32::MAX)), first + 1);
    let (recorded, approved) = (cell(recorded), cell(approved));
    let formula = format!("=AND(LEN(TRIM({approved}))>0,LOWER(TRIM({approved}))<>LOWER(TRIM({recorded})))");
    let words = "Enter another role than the one that recorded the explanation.";
    Ok(rule
        .allow_custom(Formula::new(formula))
        .set_input_message(words)?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("Approved by another role")?
        .set_error_message(words)?)
}

/// A day: from the least to the greatest that the schema allows, else any of this century.
fn date_rule(rule: DataValidation, field: &Field) -> Result<DataValidation, DeskError> {
    let bound = |bound: &Option<crate::schema::Bound>| {
        let day = bound.as_ref()?.text().parse().ok()?;
        Some((day, crate::export::workbook::excel_date(day)?))
    };
    let least = bound(&field.constraints.minimum);
    let most = bound(&field.constraints.maximum);
    let shown = |day: &chrono::NaiveDate| day.format("%d/%m/%Y").to_string();
    let (rule, words) = match (&least, &most) {
        (Some((from, least)), Some((to, most))) => (
            rule.allow_date(DataValidationRule::Between(least.clone(), most.clone())),
            format!("must be a date from {} to {}", shown(from), shown(to)),
        ),
        (Some((from, least)), None) => (
            rule.allow_date(DataValidationRule::GreaterThanOrEqualTo(least.clone())),
            format!("must be a date from {} on", shown(from)),
        ),
        (None, Some((to, most))) => (
            rule.allow_date(DataValidationRule::LessThanOrEqualTo(most.clone())),
            format!("must be a date up to {}", shown(to)),
        ),
        (None, None) => (
            rule.allow_date(DataValidationRule::GreaterThanOrEqualTo(ExcelDateTime::from_ymd(2000, 1, 1)?)),
            "must be a date, such as 10/07/2023".to_owned(),
        ),
    };
    refusing(rule, field, &words)
}

/// The rule with the words in which it is said, before and after something is typed.
fn refusing(rule: DataValidation, field: &Field, words: &str) -> Result<DataValidation, DeskError> {
    let words = within(&format!("{} {words}.", field.heading()), LONGEST_MESSAGE);
    Ok(rule
        .set_input_message(&words)?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title(within(field.heading(), LONGEST_TITLE))?
        .set_error_message(&words)?)
}
