//! Calamine's readers become sheets and grids.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{
    CellErrorType, Data, DataRef, ExcelDateTime, ExcelDateTimeType, Ods, OdsError, Range, Reader, SheetType,
    SheetVisible, Xls, Xlsb, XlsbError, Xlsx, XlsxError,
};

use serde::{Deserialize, Serialize};

use super::dates;
use super::excel_tables::{ExcelTable, excel_tables};
use super::guard::Container;
use super::own_list::NamedSo;
use super::package::cut_off;
use super::parts::Package;
use super::{
    Wanted, binary_formulas, binary_records, damage, locate, loose, old_records, ole_stream, open_document,
    open_document_compact, open_document_layout, open_document_values, remarks, settings, xlsb, xlsx,
};
use crate::model::{
    Area, BeyondLimit, DamagedCell, FileProperties, Grid, GridCell, GridError, Limit, Limits, Position, RawValue,
    Settings, SharedText, Sheet, SheetLayout, SheetText, Table, UnreadableWorkbook, Visibility,
};

/// Cells and where they stand, in the order in which the file has them.
pub(super) type Cells = Vec<(Position, GridCell)>;

/// What was read of a sheet.
#[derive(Default)]
pub(super) struct SheetContent {
    /// Its cells.
    pub cells: Cells,
    /// What of it is hidden or merged, where the format tells it.
    pub layout: Option<SheetLayout>,
    /// The cells of which the file leaves open what they hold.
    pub damaged: Vec<DamagedCell>,
}

impl From<Cells> for SheetContent {
    fn from(cells: Cells) -> Self {
        Self { cells, ..Self::default() }
    }
}

/// A workbook's sheets, the cells of those that are wanted, and the texts of the others.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Opened {
    /// In the order of their tabs.
    pub(super) sheets: Vec<Sheet>,
    /// The sheets that are not wanted and could not be read.
    pub(super) unread: Vec<Arc<str>>,
    /// The list of findings of a marked copy, which is none of the sheets.
    own_list: Option<Arc<str>>,
    grids: BTreeMap<Arc<str>, Grid>,
    /// The sheets that are not wanted but hidden, or named in formulas of those that are.
    kept: BTreeMap<Arc<str>, Grid>,
    /// The texts of the sheets that are not wanted. The other cells of most are let go as soon as they have been read.
    others: BTreeMap<Arc<str>, Vec<SheetText>>,
    /// Comments and text boxes by sheet.
    remarks: BTreeMap<Arc<str>, Vec<SheetText>>,
    /// How the workbook is calculated, where the format tells it.
    pub(super) settings: Option<Settings>,
    /// The Excel tables by sheet, where the format tells them.
    excel_tables: BTreeMap<Arc<str>, Vec<ExcelTable>>,
    /// What the file says of itself.
    pub(super) properties: Option<FileProperties>,
    nothing: Grid,
}

impl Opened {
    /// What the file says of itself, which no table needs.
    pub fn properties(&self) -> Option<&FileProperties> {
        self.properties.as_ref()
    }

    /// The cells of a sheet that was wanted; none for any other.
    pub(super) fn grid(&self, sheet: &str) -> &Grid {
        self.grids.get(sheet).unwrap_or(&self.nothing)
    }

    /// The cells of a sheet that are merged into one, where the format tells it.
    pub(super) fn merged(&self, sheet: &str) -> &[Area] {
        let sheet = self.sheets.iter().find(|one| &*one.name == sheet);
        sheet.and_then(|sheet| sheet.layout.as_ref()).map_or(&[], |layout| &layout.merged)
    }

    /// The Excel tables of a sheet, where the format tells them.
    pub(super) fn excel_tables(&self, sheet: &str) -> &[ExcelTable] {
        self.excel_tables.get(sheet).map_or(&[], Vec::as_slice)
    }

    /// The sheets with their cells, of those that hold tables, are named in formulas there, or are hidden.
    pub(super) fn into_sheets(mut self) -> Vec<Sheet> {
        for sheet in &mut self.sheets {
            sheet.grid = self.grids.remove(&sheet.name).or_else(|| self.kept.remove(&sheet.name));
        }
        self.sheets
    }

    /// Keeps what of a sheet is hidden or merged.
    fn lay_out(&mut self, name: &str, layout: Option<SheetLayout>) {
        if let Some(sheet) = self.sheets.iter_mut().find(|sheet| &*sheet.name == name) {
            sheet.layout = layout;
        }
    }

    /// Keeps which cells of a sheet are damaged.
    fn damage(&mut self, name: &str, damaged: Vec<DamagedCell>) {
        if let Some(sheet) = self.sheets.iter_mut().find(|sheet| &*sheet.name == name) {
            sheet.damaged = damaged;
        }
    }

    /// Whether a sheet's tab is not shown: what it holds, only its cells tell.
    fn is_hidden(&self, name: &str) -> bool {
        self.sheets.iter().any(|sheet| &*sheet.name == name && sheet.is_hidden())
    }

    /// Whether a formula of a wanted sheet names a sheet. A text within a formula that looks so is taken for one.
    fn is_named_in_formulas(&self, sheet: &str) -> bool {
        let name = sheet.to_lowercase();
        // In quotes an apostrophe of the name is written twice.
        let (bare, quoted) = (format!("{name}!"), format!("{}'!", name.replace('\'', "''")));
        let cells = self.grids.values().flat_map(Grid::cells);
        cells.filter_map(|(_, cell)| cell.formula.as_deref()).any(|formula| {
            let formula = formula.to_lowercase();
            formula.contains(&bare) || formula.contains(&quoted)
        })
    }

    /// The texts that stand in no cell of these tables: sheet by sheet its cells, then its comments, text boxes and links.
    pub(super) fn texts(&mut self, tables: &[Table]) -> Vec<SheetText> {
        let mut texts = Vec::new();
        for name in self.sheets.iter().map(|sheet| &sheet.name).chain(&self.own_list) {
            if let Some(grid) = self.grids.get(name) {
                texts.extend(loose::texts(grid, name, tables));
            }
            texts.extend(self.others.remove(name).unwrap_or_default());
            texts.extend(self.remarks.remove(name).unwrap_or_default());
        }
        texts
    }
}

/// Opens a workbook and reads the wanted sheets. May panic on damaged files, as calamine does.
///
/// # Errors
/// Why the file cannot be read.
pub(super) fn open(
    bytes: &[u8],
    container: Container,
    limits: &Limits,
    wanted: &Wanted,
) -> Result<Opened, UnreadableWorkbook> {
    let source = Cursor::new(bytes);
    let collect = |sheets, read: ReadSheet<'_>| collect(sheets, wanted, limits, read);
    match container {
        Container::Xlsx => {
            let mut book = Xlsx::new(source).map_err(|error| match error {
                XlsxError::Password => UnreadableWorkbook::Encrypted,
                error => damaged(error),
            })?;
            let mut package = Package::open(bytes).ok_or_else(cut_off)?;
            let mut reader = xlsx::SheetReader::new(&mut package, *limits)?;
            let mut opened = collect(sheets(&book), &mut |name| reader.sheet(&mut book, name))?;
            opened.remarks = remarks::remarks(&mut package);
            opened.settings = settings::settings(&mut package);
            opened.excel_tables = excel_tables(&mut package);
            Ok(opened)
        }
        Container::Xlsb => {
            let mut book = Xlsb::new(source).map_err(|error| match error {
                XlsbError::Password => UnreadableWorkbook::Encrypted,
                error => damaged(error),
            })?;
            let mut package = Package::open(bytes).ok_or_else(cut_off)?;
            let parts = binary_records::parts(&mut package);
            collect(sheets(&book), &mut |name| {
                let records = binary_records::cells(&mut package, parts.get(name), name)?;
                xlsb::cells(&mut book, records, name, limits)
            })
        }
        Container::Xls => {
            let mut book = Xls::new(source).map_err(|error| match error {
                calamine::XlsError::Password => UnreadableWorkbook::Encrypted,
                error => damaged(error),
            })?;
            // In the order of the sheets; none of a stream that calamine alone can follow.
            let found = ole_stream::workbook(bytes).map(|stream| old_records::damaged(&stream)).unwrap_or_default();
            let names = book.sheets_metadata().iter().map(|sheet| sheet.name.clone());
            let mut found: BTreeMap<String, _> = names.zip(found).collect();
            collect(sheets(&book), &mut |name| {
                let values = book.worksheet_range(name).map_err(damaged)?;
                let formulas = book.worksheet_formula(name).unwrap_or_default();
                let formula = |text: &String| binary_formulas::formula(text).map(SharedText::from);
                let mut cells = merged(used(&values, cell), used(&formulas, formula));
                let damaged = damage::put_in_place(&mut cells, found.remove(name).unwrap_or_default());
                Ok(SheetContent { cells, layout: None, damaged })
            })
        }
        Container::Ods => open_document(bytes, collect),
    }
}

/// Opens an `.ods` workbook; `collect` takes what calamine and the content beside it give of each sheet.
fn open_document(
    bytes: &[u8],
    collect: impl Fn(Vec<(Sheet, bool)>, ReadSheet<'_>) -> Result<Opened, UnreadableWorkbook>,
) -> Result<Opened, UnreadableWorkbook> {
    let refused = |error: OdsError| match error {
        OdsError::Password => UnreadableWorkbook::Encrypted,
        error => damaged(error),
    };
    let compacted;
    let mut book = match Ods::new(Cursor::new(bytes)) {
        // White space or comments between the elements, as of XML that was laid out for people.
        Err(OdsError::Mismatch { .. }) => {
            compacted = open_document_compact::compact(bytes).ok_or_else(cut_off)?;
            Ods::new(Cursor::new(compacted.as_slice())).map_err(refused)?
        }
        book => book.map_err(refused)?,
    };
    let content = Package::open(bytes).as_mut().and_then(open_document_layout::content);
    let open_document_layout::Content { sheets: mut layouts, settings } = content.ok_or_else(cut_off)?;
    let mut opened = collect(sheets(&book), &mut |name| {
        let values = book.worksheet_range(name).map_err(damaged)?;
        let formulas = book.worksheet_formula(name).unwrap_or_default();
        let formula = |text: &String| Some(open_document::formula(text).into());
        let mut cells = merged(used(&values, ods_cell), used(&formulas, formula));
        let Some(beside) = layouts.remove(name) else { return Ok(cells.into()) };
        if let Some(position) = beside.beyond {
            return Err(damage::beyond_the_grid(name, &position.to_string()));
        }
        fill_arrays(&mut cells, beside.arrays);
        for area in beside.invisible {
            cells_within(&mut cells, area).for_each(|cell| cell.is_invisible = true);
        }
        open_document_values::take_errors(&mut cells, beside.errors);
        let damaged = damage::put_in_place(&mut cells, beside.damaged);
        Ok(SheetContent { cells, layout: Some(beside.layout), damaged })
    })?;
    opened.settings = Some(settings);
    Ok(opened)
}

pub(super) fn damaged(error: impl Display) -> UnreadableWorkbook {
    UnreadableWorkbook::Damaged(error.to_string())
}

/// The sheets in the order of their tabs, each with whether it has cells: one of a chart alone has none.
fn sheets<'b, R: Reader<Cursor<&'b [u8]>>>(book: &R) -> Vec<(Sheet, bool)> {
    let visibility = |sheet: &calamine::Sheet| match sheet.visible {
        SheetVisible::Visible => Visibility::Visible,
        SheetVisible::Hidden => Visibility::Hidden,
        SheetVisible::VeryHidden => Visibility::VeryHidden,
    };
    let has_cells = |sheet: &calamine::Sheet| sheet.typ == SheetType::WorkSheet;
    let sheets = book.sheets_metadata().iter();
    sheets.map(|sheet| (Sheet::new(&sheet.name, visibility(sheet)), has_cells(sheet))).collect()
}

/// Reads the cells of a sheet by its name.
type ReadSheet<'r> = &'r mut dyn FnMut(&str) -> Result<SheetContent, UnreadableWorkbook>;

/// Reads the sheets. The list of findings of a marked copy is none of them; what stands on it is kept as texts, since anybody
/// can write there.
fn collect(
    mut sheets: Vec<(Sheet, bool)>,
    wanted: &Wanted,
    limits: &Limits,
    read: ReadSheet<'_>,
) -> Result<Opened, UnreadableWorkbook> {
    let (own_list, mut other) = match NamedSo::find(&sheets, read) {
        Some(found) if found.is_own() => (Some(found), None),
        other => (None, other),
    };
    let count = sheets.len() - usize::from(own_list.is_some());
    limits.hold(Limit::Sheets, count as u64, || {
        format!("the workbook has more than {} sheets", Limit::Sheets.said(limits.most(Limit::Sheets)))
    })?;
    if count == 0 {
        return Err(damaged("it has no sheets"));
    }
    // Sheets are read by name, so one of two would be read twice and the other never.
    let mut seen = Vec::new();
    for (sheet, _) in &sheets {
        let name = sheet.name.to_lowercase();
        if seen.contains(&name) {
            return Err(damaged(format!("two sheets are named {}", sheet.name)));
        }
        seen.push(name);
    }
    sheets.retain(|(sheet, _)| own_list.as_ref().is_none_or(|own| own.name != sheet.name));
    let with_cells: Vec<Arc<str>> =
        sheets.iter().filter(|(_, has_cells)| *has_cells).map(|(sheet, _)| sheet.name.clone()).collect();
    let sheets: Vec<Sheet> = sheets.into_iter().map(|(sheet, _)| sheet).collect();
    let mut opened = Opened { sheets, ..Opened::default() };
    if let Some(own) = own_list {
        match own.content.and_then(|content| settled(content, limits, &own.name)) {
            Ok((grid, ..)) => {
                opened.others.insert(own.name.clone(), loose::texts(&grid, &own.name, &[]));
            }
            Err(_) => opened.unread.push(own.name.clone()),
        }
        opened.own_list = Some(own.name);
    }
    let mut read = |name: &str| match other.take_if(|other| *other.name == *name) {
        Some(other) => other.content,
        None => read(name),
    };
    let names: BTreeSet<Arc<str>> = match wanted {
        Wanted::Every => with_cells.iter().cloned().collect(),
        Wanted::Chosen(choices) => choices.iter().flat_map(|choice| locate::wanted(&opened.sheets, choice)).collect(),
    };
    for name in &names {
        let (grid, layout, damaged) = settled(read(name)?, limits, name)?;
        opened.lay_out(name, layout);
        opened.damage(name, damaged);
        opened.grids.insert(name.clone(), grid);
    }
    for name in with_cells.into_iter().filter(|name| !names.contains(name)) {
        // A sheet that holds no table must not keep the tables of the others from being read, whatever is wrong with it.
        let content = catch_unwind(AssertUnwindSafe(|| read(&name))).ok().and_then(Result::ok);
        match content.and_then(|content| settled(content, limits, &name).ok()) {
            Some((grid, layout, damaged)) => {
                opened.damage(&name, damaged);
                opened.others.insert(name.clone(), loose::texts(&grid, &name, &[]));
                if opened.is_hidden(&name) || opened.is_named_in_formulas(&name) {
                    opened.lay_out(&name, layout);
                    opened.kept.insert(name, grid);
                }
            }
            None => opened.unread.push(name),
        }
    }
    Ok(opened)
}

/// The cells of a sheet as a grid, each once, what of it is hidden or merged, and which cells are damaged.
fn settled(
    mut content: SheetContent,
    limits: &Limits,
    sheet: &str,
) -> Result<(Grid, Option<SheetLayout>, Vec<DamagedCell>), UnreadableWorkbook> {
    hold_cells(limits, content.cells.len(), sheet)?;
    damage::hold_texts(limits, &content.cells, sheet)?;
    let damaged = damage::settle(&mut content.cells, content.damaged, sheet)?;
    let grid =
        Grid::new(content.cells).map_err(|GridError::BeyondTheGrid| damage::beyond_the_grid(sheet, "further down"))?;
    Ok((grid, content.layout, damaged))
}

/// Whether a sheet may have as many cells.
///
/// # Errors
/// The limit that it may not.
pub(super) fn hold_cells(limits: &Limits, count: usize, sheet: &str) -> Result<(), BeyondLimit> {
    limits.hold(Limit::Cells, count as u64, || {
        format!("the sheet {sheet} has more than {} cells", Limit::Cells.said(limits.most(Limit::Cells)))
    })
}

/// The cells of a range by their places in the sheet; a range begins at its first used cell.
fn used<T, U>(range: &Range<T>, convert: impl Fn(&T) -> Option<U>) -> BTreeMap<Position, U>
where
    T: calamine::CellType,
{
    let (first_row, first_column) = range.start().unwrap_or_default();
    let at = |row: usize, column: usize| Position::new(first_row + row as u32, first_column + column as u32);
    range.used_cells().filter_map(|(row, column, cell)| Some((at(row, column), convert(cell)?))).collect()
}

/// Values and formulas, which come apart, as cells in the order of the sheet.
fn merged(values: BTreeMap<Position, GridCell>, mut formulas: BTreeMap<Position, SharedText>) -> Cells {
    let mut cells: Cells = Vec::with_capacity(values.len());
    for (position, cell) in values {
        cells.push((position, GridCell { formula: formulas.remove(&position), ..cell }));
    }
    let without_result = formulas.into_iter();
    cells.extend(
        without_result.map(|(position, text)| (position, GridCell { formula: Some(text), ..GridCell::default() })),
    );
    cells.sort_by_key(|(position, _)| *position);
    cells
}

/// Gives each cell of an area the formula that fills the area.
pub(super) fn fill_arrays(cells: &mut Cells, arrays: Vec<(Area, SharedText)>) {
    if arrays.is_empty() {
        return;
    }
    cells.sort_by_key(|(position, _)| *position);
    // Areas that are filled at once cannot overlap, so all of them together have no more cells than the sheet.
    let mut left = cells.len();
    for (area, text) in arrays {
        let from = cells.partition_point(|(position, _)| position.row < area.first.row);
        let within = cells[from..].iter_mut().take_while(|(position, _)| position.row <= area.last.row);
        for (position, cell) in within.take(left) {
            if area.contains(*position) {
                cell.formula = Some(text.clone());
                left -= 1;
            }
        }
    }
}

/// The cells of an area, of cells in the order of the sheet.
pub(super) fn cells_within(cells: &mut Cells, area: Area) -> impl Iterator<Item = &mut GridCell> {
    let from = cells.partition_point(|(position, _)| *position < area.first);
    let reached = cells[from..].iter_mut().take_while(move |(position, _)| *position <= area.last);
    reached.filter(move |(position, _)| area.contains(*position)).map(|(_, cell)| cell)
}

/// A cell by what it holds.
pub(super) fn cell_of(value: DataRef<'_>) -> GridCell {
    match value {
        DataRef::SharedString(text) => GridCell { raw: RawValue::Text(text.into()), ..GridCell::default() },
        other => cell(&Data::from(other)).unwrap_or_default(),
    }
}

/// A cell by what it holds; none when it holds nothing.
fn cell(value: &Data) -> Option<GridCell> {
    let raw = self::value(value)?;
    let serial = match value {
        // A time of day alone is a number, not a date.
        Data::DateTime(time) if !matches!(raw, RawValue::Number(_)) => Some(time.as_f64()),
        _ => None,
    };
    Some(GridCell { raw, serial, ..GridCell::default() })
}

fn value(value: &Data) -> Option<RawValue> {
    Some(match value {
        Data::Int(number) => RawValue::Number(*number as f64),
        Data::Float(number) => RawValue::Number(*number),
        Data::String(text) | Data::DurationIso(text) => RawValue::Text(text.as_str().into()),
        Data::Bool(value) => RawValue::Boolean(*value),
        Data::DateTime(time) if time.is_duration() => RawValue::Number(time.as_f64()),
        Data::DateTime(time) => dates::from_serial(time.as_f64(), counts_from_1904(time)),
        Data::DateTimeIso(text) => dates::from_iso(text),
        Data::Error(CellErrorType::GettingData) => RawValue::Error("#GETTING_DATA".into()),
        Data::Error(error) => RawValue::Error(error.to_string().into()),
        Data::Empty => return None,
    })
}

/// calamine keeps the date system to itself, but tells two times apart by it.
fn counts_from_1904(time: &ExcelDateTime) -> bool {
    *time == ExcelDateTime::new(time.as_f64(), ExcelDateTimeType::DateTime, true)
}

/// Error values of OpenDocument come back as texts.
fn ods_cell(value: &Data) -> Option<GridCell> {
    match value {
        Data::String(text) if is_error_text(text) => {
            Some(GridCell { raw: RawValue::Error(text.as_str().into()), ..GridCell::default() })
        }
        other => cell(other),
    }
}

fn is_error_text(text: &str) -> bool {
    const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
    let numbered = text.strip_prefix("Err:").is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
    ERRORS.contains(&text) || numbered
}
