//! Sheets of `.xlsx` workbooks: calamine reads the values, and [`LayoutReader`] beside it what calamine does not give.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::Arc;

use calamine::{Xlsx, XlsxError};

use super::layout::{FormulaMarkup, LayoutReader};
use super::open::{Cells, SheetContent, cell_of, damaged, fill_arrays, hold_cells};
use super::parts::Package;
use super::styles::Styles;
use super::text_memory::TextMemory;
use crate::model::{Area, GridCell, Limits, Position, RawValue, UnreadableWorkbook};

/// Reads the sheets of one workbook.
pub(super) struct SheetReader<'p, 'b> {
    package: &'p mut Package<'b>,
    limits: Limits,
    styles: Styles,
    /// The part of each sheet by its name.
    parts: BTreeMap<Arc<str>, String>,
    /// The parts that were read.
    read: BTreeSet<String>,
    texts: TextMemory,
}

impl<'p, 'b> SheetReader<'p, 'b> {
    /// A reader of the sheets of a package.
    pub fn new(package: &'p mut Package<'b>, limits: Limits) -> Self {
        let styles = Styles::read(package);
        let parts = package.sheets().into_iter().collect();
        Self { package, limits, styles, parts, read: BTreeSet::new(), texts: TextMemory::within(limits) }
    }

    /// The cells of a sheet and what of it is hidden.
    ///
    /// A cell whose value calamine does not know, such as `#SPILL!`, is kept as an error value rather than lost with its
    /// sheet.
    ///
    /// # Errors
    /// Why the sheet cannot be read.
    pub fn sheet(&mut self, book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<SheetContent, UnreadableWorkbook> {
        let broken = || damaged(format!("the sheet {name} could not be read to its end"));
        let part = self.parts.get(name);
        // Thousands of sheets can lead to one part, each of which would be read anew.
        if part.is_some_and(|part| !self.read.insert(part.to_lowercase())) {
            return Err(damaged(format!("the sheet {name} has its cells in the same part as another")));
        }
        let mut values = match book.worksheet_cells_reader(name) {
            Err(XlsxError::NotAWorksheet(_)) => return Ok(SheetContent::default()),
            values => values.map_err(damaged)?,
        };
        let part = part.ok_or_else(broken)?;
        let mut markup = LayoutReader::open(self.package, part).ok_or_else(broken)?;
        let mut cells = Cells::new();
        // Cells, by their place among these, whose formula is stated further below.
        let mut shared_later: Vec<(usize, String)> = Vec::new();
        let mut arrays: Vec<(Area, Arc<str>)> = Vec::new();
        loop {
            let read = match values.next_cell_with_formula_metadata() {
                Ok(Some(record)) => Ok(record),
                Ok(None) => break,
                Err(XlsxError::CellError(text)) => Err(text),
                Err(XlsxError::Unrecognized { typ: "boolean cell value", val }) => Err(val),
                Err(error) => return Err(damaged(error)),
            };
            // Both readers go through the same cells in the same order.
            let markup = markup.next_cell().ok_or_else(broken)?;
            let (position, mut cell) = match read {
                Ok(record) => (Position::new(record.pos.0, record.pos.1), cell_of(record.value)),
                Err(text) => (markup.position, GridCell { raw: RawValue::Error(text.into()), ..GridCell::default() }),
            };
            let is_filled = cell.raw != RawValue::Empty || markup.formula.is_some();
            match markup.formula {
                Some(FormulaMarkup::Own(text)) => cell.formula = Some(text.into()),
                Some(FormulaMarkup::SharedLater(index)) => shared_later.push((cells.len(), index)),
                Some(FormulaMarkup::Array(area, text)) => {
                    let text = Arc::<str>::from(text);
                    // Most fill one cell alone, as newer versions of Excel write them.
                    if area.first != area.last {
                        arrays.push((area, text.clone()));
                    }
                    cell.formula = Some(text);
                }
                None => {}
            }
            if is_filled {
                self.texts.take(&cell)?;
                cell.format = self.styles.format(markup.style);
                cell.is_invisible = self.styles.hides(markup.style, &cell.raw);
                cells.push((position, cell));
            }
            hold_cells(&self.limits, cells.len(), name)?;
        }
        let (layout, shared) = markup.finish();
        for (at, index) in shared_later {
            let (position, cell) = &mut cells[at];
            cell.formula = shared.text(&index, *position).map(Arc::from);
            self.texts.take_formula(cell)?;
        }
        fill_arrays(&mut cells, arrays);
        Ok(SheetContent { cells, layout: Some(layout) })
    }
}
