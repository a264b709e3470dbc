//! The cells near findings as Excel shows them, so that a reader need not open the workbook to see what is meant.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Area, Place, Position};

/// So many rows are shown above and below what a finding is about.
pub const ROWS_AROUND: u32 = 2;

/// So many columns are shown to the left and to the right of what a finding is about.
pub const COLUMNS_AROUND: u32 = 3;

/// Of what a finding is about, at most so many rows are shown, from the first; and as many columns.
pub const MOST_SHOWN: u32 = 6;

/// A cell as Excel shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownCell {
    /// What is seen in the cell: `£6,000.00`, `05/04/2022`, `#REF!`. Personal data that was found is masked.
    pub text: Arc<str>,
    /// Whether Excel sets it to the right, as numbers and dates are.
    pub is_number: bool,
}

/// The cells of a sheet that are near findings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExcerptSheet {
    /// By zero-based row, each with its filled cells by zero-based column.
    pub rows: BTreeMap<u32, BTreeMap<u32, ShownCell>>,
}

/// The cells near the findings of a report: each once, however many findings are near it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excerpts {
    sheets: BTreeMap<(Arc<str>, Arc<str>), ExcerptSheet>,
}

/// A part of a sheet, to be drawn as a small grid with letters above and numbers beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt<'a> {
    /// What is shown.
    pub window: Area,
    sheet: &'a ExcerptSheet,
}

impl Excerpts {
    /// Keeps what is shown in a cell.
    pub fn insert(&mut self, workbook: &Arc<str>, sheet: &Arc<str>, position: Position, cell: ShownCell) {
        let sheet = self.sheets.entry((workbook.clone(), sheet.clone())).or_default();
        sheet.rows.entry(position.row).or_default().insert(position.column, cell);
    }

    /// The cells round a place; none where it is no cell, or nothing is known of the cells of its sheet.
    pub fn around(&self, place: &Place) -> Option<Excerpt<'_>> {
        let (workbook, sheet) = (place.workbook.clone()?, place.sheet.clone()?);
        let sheet = self.sheets.get(&(workbook, sheet))?;
        Some(Excerpt { window: window(place.area?), sheet })
    }
}

impl Excerpt<'_> {
    /// The cell at a place; none where it is empty.
    pub fn cell(&self, position: Position) -> Option<&ShownCell> {
        self.sheet.rows.get(&position.row)?.get(&position.column)
    }
}

/// What is shown round an area: [`ROWS_AROUND`] and [`COLUMNS_AROUND`] on each side, and of the area itself as much as
/// [`MOST_SHOWN`] says.
pub fn window(area: Area) -> Area {
    let last = |first: u32, last: u32, around: u32, most: u32| {
        let shown = last.min(first.saturating_add(MOST_SHOWN - 1));
        // Of what is cut off, nothing that comes after it is shown: it would look as if it came next.
        if shown < last { shown } else { shown.saturating_add(around).min(most) }
    };
    Area::new(
        Position::new(area.first.row.saturating_sub(ROWS_AROUND), area.first.column.saturating_sub(COLUMNS_AROUND)),
        Position::new(
            last(area.first.row, area.last.row, ROWS_AROUND, Position::LAST.row),
            last(area.first.column, area.last.column, COLUMNS_AROUND, Position::LAST.column),
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(text: &str) -> Area {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        Area::new(first.parse().unwrap(), last.parse().unwrap())
    }

    #[test]
    fn what_is_shown_round_an_area() {
        for (of, shown) in [
            ("F14", "C12:I16"),
            ("A1", "A1:D3"),
            ("XFD1048576", "XFA1048574:XFD1048576"),
            ("D5:D10", "A3:G12"),
            // A seventh row is cut off, and nothing below it is shown.
            ("D5:D11", "A3:G10"),
            ("A4:J4", "A2:F6"),
        ] {
            assert_eq!(window(area(of)), area(shown), "{of}");
        }
    }

    #[test]
    fn cells_are_found_again() {
        let (workbook, sheet): (Arc<str>, Arc<str>) = ("April.xlsx".into(), "Spend".into());
        let mut excerpts = Excerpts::default();
        let shown = ShownCell { text: "£5.00".into(), is_number: true };
        excerpts.insert(&workbook, &sheet, "F14".parse().unwrap(), shown.clone());
        let place = Place::area(&workbook, &sheet, area("E13"));
        let excerpt = excerpts.around(&place).unwrap();
        assert_eq!(excerpt.cell("F14".parse().unwrap()), Some(&shown));
        assert_eq!(excerpt.cell("F15".parse().unwrap()), None);
        assert_eq!(excerpts.around(&Place::area(&workbook, &"Summary".into(), area("E13"))), None);
        assert_eq!(excerpts.around(&Place::sheet(&workbook, &sheet)), None);
    }
}
