//! Sheets of `.xlsx` workbooks: calamine reads the values, and [`LayoutReader`] beside it what calamine does not give.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{Xlsx, XlsxError};

use super::damage::{beyond_the_grid, damaged_cell};
use super::layout::{CellMarkup, FormulaMarkup, LayoutReader, NoSuchPlace};
use super::open::{Cells, SheetContent, damaged, fill_arrays, hold_cells};
use super::parts::Package;
use super::styles::Styles;
use super::text_memory::TextMemory;
use super::xlsx_values::{self, SharedTexts, costs_one_cell};
use crate::model::{Area, Damage, DamagedCell, GridCell, Limits, Position, RawValue, SharedText, UnreadableWorkbook};

/// What calamine calls parts that are sheets, but none of cells.
const SHEETS_WITHOUT_CELLS: [&str; 4] = ["worksheet", "chartsheet", "dialogsheet", "macrosheet"];

/// Reads the sheets of one workbook.
pub(super) struct SheetReader<'p, 'b> {
    package: &'p mut Package<'b>,
    limits: Limits,
    styles: Styles,
    /// The part of each sheet by its name.
    parts: BTreeMap<Arc<str>, String>,
    /// The texts that cells share.
    texts: SharedTexts,
    memory: TextMemory,
}

impl<'p, 'b> SheetReader<'p, 'b> {
    /// A reader of the sheets of a package.
    ///
    /// # Errors
    /// That two sheets lead to one part, so that its figures would count twice.
    pub fn new(package: &'p mut Package<'b>, limits: Limits) -> Result<Self, UnreadableWorkbook> {
        let styles = Styles::read(package);
        let mut seen: BTreeMap<String, Arc<str>> = BTreeMap::new();
        let mut parts = BTreeMap::new();
        for (sheet, part) in package.sheets() {
            if let Some(other) = seen.insert(part.to_lowercase(), sheet.clone()) {
                return Err(damaged(format!("the sheets {other} and {sheet} are one and the same part of the file")));
            }
            parts.insert(sheet, part);
        }
        Ok(Self { package, limits, styles, parts, texts: SharedTexts::default(), memory: TextMemory::within(limits) })
    }

    /// The cells of a sheet, what of it is hidden, and which cells are damaged.
    ///
    /// A cell whose value is not what it says is damaged rather than lost with its sheet; one whose error value calamine does
    /// not know, such as `#SPILL!`, is kept as what it is.
    ///
    /// # Errors
    /// Why the sheet cannot be read.
    pub fn sheet(&mut self, book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<SheetContent, UnreadableWorkbook> {
        let mut values = match book.worksheet_cells_reader(name) {
            Err(XlsxError::NotAWorksheet(kind)) if SHEETS_WITHOUT_CELLS.contains(&&*kind.to_lowercase()) => {
                return Ok(SheetContent::default());
            }
            Err(XlsxError::NotAWorksheet(_)) => {
                return Err(damaged(format!("the sheet {name} leads to what is no sheet")));
            }
            values => values.map_err(damaged)?,
        };
        let broken = || damaged(format!("the sheet {name} could not be read to its end"));
        let no_such_place = |NoSuchPlace(place): NoSuchPlace| beyond_the_grid(name, &place);
        let part = self.parts.get(name).ok_or_else(broken)?;
        let mut markup = LayoutReader::open(self.package, part).ok_or_else(broken)?;
        let mut found = Found::default();
        // The two readers go through the same cells in the same order; the places are looked at first.
        while let Some(cell) = markup.next_cell().map_err(no_such_place)? {
            let read = match values.next_cell_with_formula_metadata() {
                Ok(Some(record)) if Position::new(record.pos.0, record.pos.1) != cell.position => {
                    let position = cell.position;
                    return Err(damaged(format!(
                        "in the sheet {name} the place of the cell {position} is not certain"
                    )));
                }
                Ok(Some(record)) => Some(record.value),
                Ok(None) => return Err(broken()),
                Err(error) if costs_one_cell(&error) => None,
                Err(error) => return Err(damaged(error)),
            };
            let held = xlsx_values::cell(read, &cell, markup.written(), &mut self.texts);
            let before = found.cells.len();
            found.take(cell, held, &self.styles);
            if let Some((_, cell)) = found.cells.get(before) {
                self.memory.take(cell)?;
            }
            hold_cells(&self.limits, found.cells.len(), name)?;
        }
        let is_at_end = matches!(values.next_cell_with_formula_metadata(), Ok(None));
        let (layout, shared) = markup.finish().filter(|_| is_at_end).ok_or_else(broken)?;
        for (at, index) in found.shared_later {
            let (position, cell) = &mut found.cells[at];
            cell.formula = shared.text(&index, *position).map(SharedText::from);
            self.memory.take_formula(cell)?;
            if cell.formula.is_none() {
                *cell = damaged_cell();
                found.damaged.push(DamagedCell { position: *position, damage: Damage::NoSuchFormula });
            }
        }
        fill_arrays(&mut found.cells, found.arrays);
        Ok(SheetContent { cells: found.cells, layout: Some(layout), damaged: found.damaged })
    }
}

/// What was found on a sheet so far.
#[derive(Default)]
struct Found {
    cells: Cells,
    damaged: Vec<DamagedCell>,
    /// Cells, by their place among these, whose formula is stated further below.
    shared_later: Vec<(usize, String)>,
    arrays: Vec<(Area, SharedText)>,
    /// The place of the last cell so far that holds something.
    last: Option<Position>,
}

impl Found {
    fn take(&mut self, markup: CellMarkup, held: Result<GridCell, Damage>, styles: &Styles) {
        let position = markup.position;
        let mut cell = held.unwrap_or_else(|damage| {
            self.damaged.push(DamagedCell { position, damage });
            damaged_cell()
        });
        let is_filled = cell.raw != RawValue::Empty || markup.formula.is_some();
        // An empty cell is kept only where it may take away what the same cell holds further above.
        if !is_filled && self.last.is_none_or(|last| last < position) {
            return;
        }
        // A formula tells nothing of a value that could not be read.
        match markup.formula.filter(|_| cell.raw != RawValue::Damaged) {
            Some(FormulaMarkup::Own(text)) => cell.formula = Some(text.into()),
            Some(FormulaMarkup::SharedLater(index)) => self.shared_later.push((self.cells.len(), index)),
            Some(FormulaMarkup::Array(area, text)) => {
                let text = SharedText::from(text);
                // Most fill one cell alone, as newer versions of Excel write them.
                if area.first != area.last {
                    self.arrays.push((area, text.clone()));
                }
                cell.formula = Some(text);
            }
            None => {}
        }
        if is_filled {
            cell.format = styles.format(markup.style);
            cell.is_invisible = styles.hides(markup.style, &cell.raw);
            self.last = self.last.max(Some(position));
        }
        self.cells.push((position, cell));
    }
}
