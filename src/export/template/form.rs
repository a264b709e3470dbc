//! A form: labels, each with the cell for its value.

use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::anchors::Anchors;
use super::example::example;
use super::page::{Fixed, Page};
use super::plan::Span;
use crate::export::workbook::height;
use crate::schema::{Direction, Field, FieldKind, Pack, TableSchema, ValuePlace, WorkbookKind};

/// The width of the column of labels, in characters.
const LABELS: f64 = 30.0;
/// The width of the column of values, in characters.
const VALUES: f64 = 46.0;
/// The height of a row, in points.
const ROW: f64 = 24.0;
/// Values below their labels stand from this column on: further left the reader would take for a value that is missing what
/// stands in the next rows.
const BELOW: ColNum = 2;

/// A form that is to be made.
pub(super) struct FormPlan {
    items: Vec<Item>,
    anchors: Anchors,
}

/// A label and its value.
struct Item {
    /// The field, by its place in the schema.
    field: usize,
    /// The text below which the label stands, where that is another than before.
    section: Option<String>,
    label: String,
    place: ValuePlace,
    fixed: Option<Fixed>,
}

impl FormPlan {
    /// The plan of a form, but for the fields that are given by the sheet's name. The workbook's month stands in it already
    /// where it is known, and the partnership's name.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn of(
        schema: &TableSchema,
        given: &[usize],
        span: &Span<'_>,
        kind: Option<&WorkbookKind>,
        pack: &Pack,
    ) -> Result<Self, String> {
        let mut items = Vec::new();
        let mut section = None;
        for (index, field) in schema.fields.iter().enumerate().filter(|(index, _)| !given.contains(index)) {
            let wanted = field.crosscast.section.as_ref();
            let begins = wanted.filter(|pattern| section != Some(*pattern));
            let text = begins.map(|pattern| {
                let made = example(pattern, 1, &|_| None);
                made.ok_or_else(|| format!("the text below which {} stands is known by its pattern alone", field.name))
            });
            section = wanted.or(section);
            items.push(Item {
                field: index,
                section: text.transpose()?,
                label: label(field)?,
                place: field
                    .crosscast
                    .value
                    .or(schema.crosscast.form.value)
                    .unwrap_or(ValuePlace::Towards(Direction::Right)),
                fixed: fixed(field, schema, span, kind, pack),
            });
        }
        Ok(Self { items, anchors: Anchors::of(schema)? })
    }

    /// Writes the form from the page's next row on.
    pub fn write(&self, schema: &TableSchema, page: &mut Page<'_, '_>) -> Result<(), XlsxError> {
        self.anchors.write_above(page)?;
        let first = page.row;
        let left = self.anchors.first_column;
        page.widen(left, LABELS)?;
        page.widen(left + 1, VALUES)?;
        let mut right = left + 1;
        let mut items = self.items.iter().peekable();
        while let Some(item) = items.next() {
            if let Some(section) = &item.section {
                page.worksheet.set_row_height(page.row, ROW + 10.0)?;
                page.worksheet.write_string_with_format(page.row, left, section, &page.making.styles.section)?;
                page.row += 1;
            }
            if !stands_below(item) {
                self.write_beside(item, schema, page)?;
                continue;
            }
            // Values below their labels stand side by side.
            let mut beside = vec![item];
            while let Some(next) = items.next_if(|next| stands_below(next) && next.section.is_none()) {
                beside.push(next);
            }
            for (column, item) in (left + BELOW..).zip(beside) {
                write_item(item, schema, page, (page.row, column), (page.row + 1, column))?;
                page.widen_for(column, &schema.fields[item.field], schema)?;
                page.widen(column, LABELS * 0.8)?;
                right = right.max(column);
            }
            page.worksheet.set_row_height(page.row + 1, ROW)?;
            page.row += 3;
        }
        self.anchors.write_below(page, first, right)
    }

    /// The fields that have a label, by their places in the schema.
    pub fn fields(&self) -> Vec<usize> {
        self.items.iter().map(|item| item.field).collect()
    }

    fn write_beside(&self, item: &Item, schema: &TableSchema, page: &mut Page<'_, '_>) -> Result<(), XlsxError> {
        let left = self.anchors.first_column;
        let (right, below) = match item.place {
            ValuePlace::Away(steps) => (ColNum::try_from(steps.right).unwrap_or(1), steps.below),
            ValuePlace::Towards(_) => (1, 0),
        };
        let value = (page.row + below, left.saturating_add(right));
        write_item(item, schema, page, (page.row, left), value)?;
        let lines = height::lines(&item.label, LABELS);
        page.worksheet.set_row_height(page.row, ROW.max(height::of_lines(lines)))?;
        page.row += below + 1;
        Ok(())
    }
}

fn stands_below(item: &Item) -> bool {
    item.place == ValuePlace::Towards(Direction::Below)
}

fn write_item(
    item: &Item,
    schema: &TableSchema,
    page: &mut Page<'_, '_>,
    label: (RowNum, ColNum),
    value: (RowNum, ColNum),
) -> Result<(), XlsxError> {
    let field = &schema.fields[item.field];
    page.worksheet.write_string_with_format(label.0, label.1, &item.label, &page.making.styles.label)?;
    page.entry(value, field, schema, item.fixed.as_ref())?;
    page.rule((value.0, value.0), value.1, field, schema, None)
}

/// The label of a field.
fn label(field: &Field) -> Result<String, String> {
    match &field.crosscast.heading {
        Some(pattern) if !pattern.is_match(field.heading()) => {
            let made = example(pattern, 1, &|_| None);
            made.ok_or_else(|| format!("the label of {} is known by its pattern alone", field.name))
        }
        _ => Ok(field.heading().to_owned()),
    }
}

/// What a field holds before anybody has filled it in.
fn fixed(
    field: &Field,
    schema: &TableSchema,
    span: &Span<'_>,
    kind: Option<&WorkbookKind>,
    pack: &Pack,
) -> Option<Fixed> {
    let month = kind.and_then(|kind| kind.month.as_ref());
    let is_month = month.is_some_and(|path| path.table == *schema.name && path.field == field.name);
    match field.kind() {
        FieldKind::Month if is_month => span.month.map(Fixed::Month),
        FieldKind::Text if field.name == "partnership" => Some(Fixed::Text(pack.partnership.name.clone())),
        _ => None,
    }
}
