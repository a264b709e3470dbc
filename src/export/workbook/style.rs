//! How cells look: Arial 12 point throughout, titles larger, nothing said by colour alone.

use rust_xlsxwriter::{ColNum, Color, Format, FormatAlign, FormatBorder, FormatUnderline};

/// The height of a row of Arial 12, in pixels.
pub const ROW_PIXELS: u32 = 20;
/// The default width of a column of Arial 12, in pixels; it tells the library how wide a digit is.
pub const COLUMN_PIXELS: u32 = 80;

const HEADING_FILL: Color = Color::RGB(0xE3E9F1);
const LINE: Color = Color::RGB(0xBFBFBF);
const LINK: Color = Color::RGB(0x0B4F9E);
const DARK: Color = Color::RGB(0x404040);

/// The formats of the workbook.
#[derive(Debug)]
pub struct Styles {
    /// The default of every cell.
    pub base: Format,
    /// The title in A1.
    pub title: Format,
    /// A line under the title that runs over the cells beside it.
    pub line: Format,
    /// A paragraph on the cover.
    pub paragraph: Format,
    /// A paragraph on the cover that must not be missed.
    pub notice: Format,
    /// A heading on the cover.
    pub section: Format,
    /// A link that stands alone.
    pub link: Format,
    /// A link in a table.
    pub link_cell: Format,
    heading: Format,
    body: Format,
    total: Format,
}

impl Styles {
    /// The formats.
    pub fn new() -> Self {
        let base = Format::new().set_font_name("Arial").set_font_family(2).set_font_size(12);
        let wrapped = base.clone().set_text_wrap().set_align(FormatAlign::Top);
        let heading = base
            .clone()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Bottom)
            .set_background_color(HEADING_FILL)
            .set_border_top(FormatBorder::Thin)
            .set_border_top_color(DARK)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(DARK);
        let body = wrapped.clone().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(LINE);
        let linked = |format: &Format| format.clone().set_font_color(LINK).set_underline(FormatUnderline::Single);
        Self {
            title: base.clone().set_bold().set_font_size(16),
            line: base.clone(),
            paragraph: wrapped.clone(),
            notice: wrapped.set_bold(),
            section: base.clone().set_bold().set_font_size(14).set_align(FormatAlign::Bottom),
            link: linked(&base).set_align(FormatAlign::Top),
            link_cell: linked(&body).set_align(FormatAlign::Left),
            heading,
            total: body
                .clone()
                .set_bold()
                .set_border_top(FormatBorder::Thin)
                .set_border_top_color(DARK)
                .set_border_bottom(FormatBorder::Double)
                .set_border_bottom_color(DARK),
            body,
            base,
        }
    }

    /// The heading of a column, counted from 0.
    pub fn heading(&self, column: usize, is_number: bool) -> Format {
        aligned(self.heading.clone(), column, is_number)
    }

    /// The cell of a column, counted from 0, in the body or in the total row.
    pub fn cell(&self, column: usize, kind: Kind, in_total: bool) -> Format {
        let format = if in_total { self.total.clone() } else { self.body.clone() };
        match kind.code() {
            // A number that does not fit is not wrapped, so it need not be prepared for that.
            Some(code) => aligned(format.unset_text_wrap().set_num_format(code), column, kind.is_number()),
            None => aligned(format, column, kind.is_number()),
        }
    }
}

/// Numbers to the right. Words keep away from the number that may stand in the column before them; the first column
/// stands in line with the title.
fn aligned(format: Format, column: usize, is_number: bool) -> Format {
    match (is_number, column) {
        (true, _) => format.set_align(FormatAlign::Right),
        (false, 0) => format.set_align(FormatAlign::Left),
        (false, _) => format.set_align(FormatAlign::Left).set_indent(1),
    }
}

/// What a cell holds, as far as its look goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// Shorthand such as `[x]` in a column of numbers.
    Mark,
    /// A number as it is.
    Plain,
    /// A count.
    Count,
    /// A number with decimals, at most two.
    Decimal,
    /// Pounds and pence.
    Money,
    /// A number of which 1 is 100%.
    Percentage,
    /// A day.
    Date,
    /// A month.
    Month,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::Mark,
        Self::Plain,
        Self::Count,
        Self::Decimal,
        Self::Money,
        Self::Percentage,
        Self::Date,
        Self::Month,
    ];

    /// Whether it is set to the right; days and months are read like words.
    fn is_number(self) -> bool {
        !matches!(self, Self::Text | Self::Date | Self::Month)
    }

    /// Excel's number format.
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Text | Self::Mark => None,
            Self::Plain => Some("General"),
            Self::Count => Some("#,##0"),
            Self::Decimal => Some("#,##0.0#"),
            Self::Money => Some("£#,##0.00"),
            Self::Percentage => Some("0.0%"),
            Self::Date => Some("dd/mm/yyyy"),
            Self::Month => Some("mmm yyyy"),
        }
    }
}

/// The formats of the cells of one table, made once and not for every cell.
#[derive(Debug)]
pub struct CellStyles {
    first: Vec<Format>,
    further: Vec<Format>,
}

impl CellStyles {
    /// The formats of the body of a table.
    pub fn new(styles: &Styles) -> Self {
        let of_column = |column| Kind::ALL.into_iter().map(|kind| styles.cell(column, kind, false)).collect();
        Self { first: of_column(0), further: of_column(1) }
    }

    /// The formats of the first column in the order of the kinds, then those of the further columns.
    pub fn all(&self) -> impl Iterator<Item = &Format> {
        self.first.iter().chain(&self.further)
    }

    /// The format for a kind of cell in a column, counted from 0.
    pub fn of(&self, column: ColNum, kind: Kind) -> &Format {
        let formats = if column == 0 { &self.first } else { &self.further };
        // The formats stand in the order of the kinds.
        &formats[kind as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_in_their_order() {
        for (index, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, index);
        }
    }
}
