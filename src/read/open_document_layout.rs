//! One pass over the content of an `.ods` workbook, for what calamine does not give: hidden rows and columns, merged cells,
//! formulas that fill several cells, text that nobody sees, and the workbook's settings. Number formats are not looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::layout::joined;
use super::markup::{attribute, name, parsed, text};
use super::open_document_values::{self, ValueSaid, is_cell};
use super::parts::{Package, PartMarkup};
use super::{open_document, open_document_styles};
use crate::model::{
    Area, Damage, DefinedName, HiddenLines, Position, Settings, SharedText, SheetLayout, WhyHidden, cut_where_long,
};

/// A formula that fills an area, in braces.
pub(super) type ArrayFormula = (Area, SharedText);

/// What the content says beside the values.
#[derive(Default)]
pub(super) struct Content {
    /// The sheets by their names.
    pub sheets: BTreeMap<Arc<str>, SheetBesideValues>,
    /// How the workbook is calculated and what it names.
    pub settings: Settings,
}

/// What the content says of a sheet.
#[derive(Default)]
pub(super) struct SheetBesideValues {
    /// What is hidden or merged.
    pub layout: SheetLayout,
    /// The formulas that fill several cells.
    pub arrays: Vec<ArrayFormula>,
    /// Cells whose text has the colour of what is behind it.
    pub invisible: Vec<Area>,
    /// Cells that say that they hold an error value.
    pub errors: Vec<Area>,
    /// Cells of which the file leaves open what they hold.
    pub damaged: Vec<(Area, Damage)>,
    /// The first cell that holds something and lies beyond the last that there can be.
    pub beyond: Option<Position>,
}

/// Reads the content of a package; none when it has none.
pub(super) fn content(package: &mut Package<'_>) -> Option<Content> {
    let mut content = Content::default();
    let invisible = open_document_styles::invisible(package);
    let mut markup = package.part("content.xml")?;
    while let Some(tag) = markup.tag() {
        match name(&tag) {
            "table" => {
                let (sheet, names) = Sheet::read(&mut markup, &invisible);
                if let Some(name) = attribute(&tag, "name").map(|name| Arc::<str>::from(&*name)) {
                    let scoped = names.into_iter().map(|one| DefinedName { sheet: Some(name.clone()), ..one });
                    content.settings.names.extend(scoped);
                    content.sheets.entry(name).or_insert(sheet);
                }
            }
            "null-date" => {
                let counted_from = attribute(&tag, "date-value").unwrap_or_default();
                content.settings.counts_from_1904 = counted_from.starts_with("1904-");
            }
            "iteration" => {
                content.settings.iterates = attribute(&tag, "status").as_deref() == Some("enable");
            }
            _ => content.settings.names.extend(defined_name(&tag)),
        }
    }
    drop(markup);
    content.settings.calculates_manually = calculates_manually(package);
    Some(content)
}

/// Whether the workbook is calculated only when somebody asks for it, which stands in a part of its own.
fn calculates_manually(package: &mut Package<'_>) -> bool {
    let Some(mut markup) = package.part("settings.xml") else { return false };
    while let Some(tag) = markup.tag() {
        if name(&tag) == "config-item" && attribute(&tag, "name").as_deref() == Some("AutoCalculate") {
            return markup.text_to_end_of("config-item").trim() == "false";
        }
    }
    false
}

fn defined_name(tag: &BytesStart<'_>) -> Option<DefinedName> {
    let refers_to = match name(tag) {
        "named-range" => open_document::area(&attribute(tag, "cell-range-address")?),
        "named-expression" => open_document::formula(&attribute(tag, "expression")?),
        _ => return None,
    };
    Some(DefinedName { name: Arc::from(&*attribute(tag, "name")?), sheet: None, refers_to: refers_to.into() })
}

/// A sheet, as far as it was read.
struct Sheet<'s> {
    found: SheetBesideValues,
    /// The styles that nobody can see.
    invisible: &'s BTreeSet<String>,
    /// The last columns whose cells have such a style unless they say another, with their first.
    invisible_columns: Vec<(u32, u32)>,
    /// Whether that is so of the row.
    row_is_invisible: bool,
    /// How many rows the row stands for.
    rows: u32,
    /// The next row and cell.
    next: Position,
    /// The next column that is described.
    column: u32,
    /// The cells of the element that is read, and what it shows so far, if its value is missing.
    without_value: Option<(Area, String)>,
    /// The cells of the element that was opened last.
    last: Area,
    /// How many elements of the cell the place lies in that are no text of it, such as a comment or a shape.
    beside_text: usize,
}

impl<'s> Sheet<'s> {
    /// Reads to the end of a sheet whose tag was opened; with the names that hold on it alone.
    fn read(markup: &mut PartMarkup<'_, '_>, invisible: &'s BTreeSet<String>) -> (SheetBesideValues, Vec<DefinedName>) {
        let mut sheet = Self {
            found: SheetBesideValues::default(),
            invisible,
            invisible_columns: Vec::new(),
            row_is_invisible: false,
            rows: 1,
            next: Position::new(0, 0),
            column: 0,
            without_value: None,
            last: Position::new(0, 0).into(),
            beside_text: 0,
        };
        let mut names = Vec::new();
        // A cell may hold a table of its own, whose rows are not those of the sheet.
        let mut depth = 0usize;
        while let Some(piece) = markup.piece() {
            match piece {
                Event::Start(tag) if name(&tag) == "table" => depth += 1,
                Event::End(tag) if tag.local_name().as_ref() == "table" => {
                    let Some(outer) = depth.checked_sub(1) else { break };
                    depth = outer;
                }
                _ if depth > 0 => {}
                Event::Start(tag) if is_cell(&tag) => sheet.cells(&tag),
                Event::Start(tag) => match name(&tag) {
                    "table-column" => sheet.columns(&tag),
                    "table-row" => sheet.row(&tag),
                    _ => {
                        sheet.beside_text += usize::from(!is_text(tag.name().as_ref()));
                        names.extend(defined_name(&tag));
                    }
                },
                Event::End(tag) if tag.local_name().as_ref() == "table-row" => {
                    sheet.next = Position::new(sheet.next.row.saturating_add(sheet.rows), 0);
                }
                Event::End(tag) if matches!(tag.local_name().as_ref(), "table-cell" | "covered-table-cell") => {
                    sheet.end_cell();
                }
                // calamine passes over it.
                Event::End(tag) if !is_text(tag.name().as_ref()) => {
                    sheet.beside_text = sheet.beside_text.saturating_sub(1);
                }
                Event::CData(text) if sheet.beside_text == 0 => {
                    let damage = Damage::ReadDifferently(cut_where_long(&text).into());
                    sheet.found.damaged.push((sheet.last, damage));
                }
                piece => {
                    if let Some((_, shown)) = &mut sheet.without_value
                        && sheet.beside_text == 0
                    {
                        shown.push_str(&text(&piece));
                    }
                }
            }
        }
        let mut found = sheet.found;
        found.layout.merged.sort_unstable();
        found.layout.hidden_rows = joined(found.layout.hidden_rows);
        found.layout.hidden_columns = joined(found.layout.hidden_columns);
        (found, names)
    }

    fn columns(&mut self, tag: &BytesStart<'_>) {
        let count = repeated(tag, "number-columns-repeated");
        self.found.layout.hidden_columns.extend(hidden(tag, self.column, count));
        if self.is_invisible(tag, "default-cell-style-name") == Some(true) {
            self.invisible_columns.push((self.column, self.column.saturating_add(count - 1)));
        }
        self.column = self.column.saturating_add(count);
    }

    /// Begins a row, which may stand for several.
    fn row(&mut self, tag: &BytesStart<'_>) {
        self.rows = repeated(tag, "number-rows-repeated");
        self.found.layout.hidden_rows.extend(hidden(tag, self.next.row, self.rows));
        self.row_is_invisible = self.is_invisible(tag, "default-cell-style-name") == Some(true);
    }

    /// Whether nobody can see the style that a tag names; none when it names none.
    fn is_invisible(&self, tag: &BytesStart<'_>, name: &str) -> Option<bool> {
        attribute(tag, name).map(|style| self.invisible.contains(&*style))
    }

    fn cells(&mut self, tag: &BytesStart<'_>) {
        let at = self.next;
        self.next.column = at.column.saturating_add(repeated(tag, "number-columns-repeated"));
        let spanned = |columns: &str, rows: &str| {
            let (columns, rows) = (repeated(tag, columns), repeated(tag, rows));
            let last = Position::new(at.row.saturating_add(rows - 1), at.column.saturating_add(columns - 1));
            Area::new(at, last)
        };
        let end = Position::new(at.row.saturating_add(self.rows - 1), self.next.column - 1);
        self.take_value(tag, Area::new(at, end));
        let of_column = || self.invisible_columns.iter().any(|(first, last)| (*first..=*last).contains(&at.column));
        let is_filled = attribute(tag, "value-type").is_some();
        if is_filled && self.is_invisible(tag, "style-name").unwrap_or_else(|| self.row_is_invisible || of_column()) {
            self.found.invisible.push(Area::new(at, end));
        }
        let merged = spanned("number-columns-spanned", "number-rows-spanned");
        if merged.first != merged.last {
            self.found.layout.merged.push(merged);
        }
        if attribute(tag, "number-matrix-columns-spanned").is_some()
            && let Some(formula) = attribute(tag, "formula")
        {
            let area = spanned("number-matrix-columns-spanned", "number-matrix-rows-spanned");
            self.found.arrays.push((area, format!("{{{}}}", open_document::formula(&formula)).into()));
        }
    }
}

impl Sheet<'_> {
    /// Keeps what the tag of a cell, or of several that are alike, says of the value that calamine would take wrongly.
    fn take_value(&mut self, tag: &BytesStart<'_>, area: Area) {
        (self.last, self.beside_text) = (area, 0);
        let is_filled = attribute(tag, "value-type").is_some() || attribute(tag, "formula").is_some();
        if is_filled && !area.last.is_on_sheet() {
            let row = area.last.row.min(Position::LAST.row.saturating_add(1)).max(area.first.row);
            let column = area.last.column.min(Position::LAST.column.saturating_add(1)).max(area.first.column);
            self.found.beyond.get_or_insert(Position::new(row, column));
        }
        match open_document_values::said(tag) {
            ValueSaid::Plain => {}
            ValueSaid::Error => self.found.errors.push(area),
            ValueSaid::Damaged(damage) => self.found.damaged.push((area, damage)),
            ValueSaid::Missing => self.without_value = Some((area, String::new())),
        }
    }

    /// Ends a cell: one that shows something of which it has no value is damaged.
    fn end_cell(&mut self) {
        if let Some((area, shown)) = self.without_value.take()
            && !shown.trim().is_empty()
        {
            self.found.damaged.push((area, Damage::NoValue(cut_where_long(shown.trim()).into())));
        }
    }
}

/// Whether an element is text of a cell, by its name.
fn is_text(name: &str) -> bool {
    name.starts_with("text:")
}

/// How many an element stands for: once, unless it says more.
fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    parsed::<u32>(tag, name).unwrap_or(1).max(1)
}

fn hidden(tag: &BytesStart<'_>, first: u32, count: u32) -> Option<HiddenLines> {
    let why = match attribute(tag, "visibility").as_deref() {
        Some("collapse") => WhyHidden::Hidden,
        Some("filter") => WhyHidden::Filtered,
        _ => return None,
    };
    Some(HiddenLines { first, last: first.saturating_add(count - 1), why })
}
