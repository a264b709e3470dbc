//! How the form looks: what is to be filled in has a border and a pale fill, and is not locked; all else is locked.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::schema::{Field, FieldKind, TableSchema};

/// The height of a row of Arial 11, in pixels.
pub(super) const ROW_PIXELS: u32 = 19;
/// The default width of a column, in pixels.
pub(super) const COLUMN_PIXELS: u32 = 72;

const HEADING_FILL: Color = Color::RGB(0xDCE6F1);
const ENTRY_FILL: Color = Color::RGB(0xFFFBEB);
const TOTAL_FILL: Color = Color::RGB(0xF2F2F2);
const LINE: Color = Color::RGB(0x8C8C8C);
const DARK: Color = Color::RGB(0x1F3552);
const QUIET: Color = Color::RGB(0x4A4A4A);

/// The formats of the workbook.
pub(super) struct Styles {
    /// The default of every cell.
    pub base: Format,
    /// The title in A1.
    pub title: Format,
    /// A line under the title.
    pub line: Format,
    /// A heading of a part.
    pub section: Format,
    /// The heading of a column.
    pub heading: Format,
    /// What its unit is.
    pub unit: Format,
    /// The label of a value in a form.
    pub label: Format,
    /// A paragraph.
    pub paragraph: Format,
    /// A cell of a table that is only read.
    pub told: Format,
    entry: Format,
    total: Format,
}

impl Styles {
    /// The formats.
    pub fn new() -> Self {
        let base = Format::new().set_font_name("Arial").set_font_family(2).set_font_size(11);
        let bordered = |format: Format| format.set_border(FormatBorder::Thin).set_border_color(LINE);
        let wrapped = base.clone().set_text_wrap().set_align(FormatAlign::Top);
        Self {
            title: base.clone().set_bold().set_font_size(16).set_font_color(DARK),
            line: base.clone().set_font_color(QUIET),
            section: base.clone().set_bold().set_font_size(13).set_font_color(DARK).set_align(FormatAlign::Bottom),
            heading: bordered(base.clone())
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(HEADING_FILL),
            unit: bordered(base.clone()).set_italic().set_font_color(QUIET).set_background_color(HEADING_FILL),
            label: base.clone().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter),
            paragraph: wrapped.clone(),
            told: bordered(wrapped),
            entry: bordered(base.clone())
                .set_unlocked()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(ENTRY_FILL),
            total: base
                .clone()
                .set_bold()
                .set_background_color(TOTAL_FILL)
                .set_border_top(FormatBorder::Thin)
                .set_border_bottom(FormatBorder::Double),
            base,
        }
    }

    /// A cell that is to be filled in.
    pub fn entry(&self, field: &Field, schema: &TableSchema) -> Format {
        self.entry.clone().set_num_format(number_format(field, schema)).set_align(aligned(field))
    }

    /// The heading of a column, which stands above its figures.
    pub fn heading_of(&self, field: &Field) -> Format {
        self.heading.clone().set_align(aligned(field))
    }

    /// A cell of the totals.
    pub fn total(&self, field: &Field, schema: &TableSchema) -> Format {
        self.total.clone().set_num_format(number_format(field, schema)).set_align(aligned(field))
    }

    /// A cell of the row of totals that states none, and its label.
    pub fn beside_total(&self) -> Format {
        self.total.clone().set_align(FormatAlign::Right)
    }
}

/// Figures to the right, all else to the left.
fn aligned(field: &Field) -> FormatAlign {
    if field.kind().is_numeric() { FormatAlign::Right } else { FormatAlign::Left }
}

/// Excel's number format for a field.
fn number_format(field: &Field, schema: &TableSchema) -> &'static str {
    let is_key = schema.keys().iter().any(|key| key.contains(&field.name.as_str()));
    match field.kind() {
        // As text, Excel makes no date of 1-2 and takes no nought from 007.
        FieldKind::Text => "@",
        FieldKind::Money if field.crosscast.factor.is_some() => "#,##0.00",
        FieldKind::Money => "£#,##0.00",
        FieldKind::Integer if is_key => "0",
        FieldKind::Integer => "#,##0",
        FieldKind::Number | FieldKind::Boolean => "General",
        FieldKind::Percentage => "0.0%",
        FieldKind::Date => "dd/mm/yyyy",
        FieldKind::Month => "mmmm yyyy",
    }
}

/// The width of a field's column, in characters.
pub(super) fn width(field: &Field, texts: Option<&[String]>) -> f64 {
    let longest = |texts: &[String]| texts.iter().map(|text| text.chars().count()).max().unwrap_or_default() as f64;
    let content = match (field.kind(), texts) {
        (_, Some(texts)) => (longest(texts) * 1.1 + 4.0).clamp(12.0, 36.0),
        (FieldKind::Text, None) if field.constraints.pattern.is_some() => 14.0,
        (FieldKind::Text, None) => 30.0,
        (FieldKind::Money | FieldKind::Month, None) => 17.0,
        _ => 13.0,
    };
    let longest_word = field.heading().split_whitespace().map(|word| word.chars().count()).max().unwrap_or_default();
    content.max(longest_word as f64 * 1.2 + 3.0)
}
