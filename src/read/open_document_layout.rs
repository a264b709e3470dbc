//! One pass over the content of an `.ods` workbook, for what calamine does not give: hidden rows and columns, merged cells,
//! formulas that fill several cells, and the workbook's settings. Number formats and colours are not looked at.

use std::collections::BTreeMap;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::layout::joined;
use super::markup::{attribute, name, parsed};
use super::open_document;
use super::parts::{Package, PartMarkup};
use crate::model::{Area, DefinedName, HiddenLines, Position, Settings, SheetLayout, WhyHidden};

/// A formula that fills an area, in braces.
pub(super) type ArrayFormula = (Area, Arc<str>);

/// What the content says beside the values.
#[derive(Default)]
pub(super) struct Content {
    /// By the names of the sheets: what is hidden or merged, and the formulas that fill several cells.
    pub sheets: BTreeMap<Arc<str>, (SheetLayout, Vec<ArrayFormula>)>,
    /// How the workbook is calculated and what it names.
    pub settings: Settings,
}

/// Reads the content of a package; none when it has none.
pub(super) fn content(package: &mut Package<'_>) -> Option<Content> {
    let mut content = Content::default();
    let mut markup = package.part("content.xml")?;
    while let Some(tag) = markup.tag() {
        match name(&tag) {
            "table" => {
                let (sheet, names) = Sheet::read(&mut markup);
                if let Some(name) = attribute(&tag, "name").map(|name| Arc::<str>::from(&*name)) {
                    let scoped = names.into_iter().map(|one| DefinedName { sheet: Some(name.clone()), ..one });
                    content.settings.names.extend(scoped);
                    content.sheets.entry(name).or_insert((sheet.layout, sheet.arrays));
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
struct Sheet {
    layout: SheetLayout,
    arrays: Vec<ArrayFormula>,
    /// The next row and cell.
    next: Position,
    /// The next column that is described.
    column: u32,
}

impl Sheet {
    /// Reads to the end of a sheet whose tag was opened; with the names that hold on it alone.
    fn read(markup: &mut PartMarkup<'_, '_>) -> (Self, Vec<DefinedName>) {
        let (layout, next) = (SheetLayout::default(), Position::new(0, 0));
        let mut sheet = Self { layout, arrays: Vec::new(), next, column: 0 };
        let mut names = Vec::new();
        // A cell may hold a table of its own, whose rows are not those of the sheet.
        let mut depth = 0usize;
        let mut rows = 1;
        while let Some(piece) = markup.piece() {
            match piece {
                Event::Start(tag) if name(&tag) == "table" => depth += 1,
                Event::End(tag) if tag.local_name().as_ref() == "table" => {
                    let Some(outer) = depth.checked_sub(1) else { break };
                    depth = outer;
                }
                _ if depth > 0 => {}
                Event::Start(tag) => match name(&tag) {
                    "table-column" => sheet.columns(&tag),
                    "table-row" => rows = sheet.rows(&tag),
                    "table-cell" | "covered-table-cell" => sheet.cells(&tag),
                    _ => names.extend(defined_name(&tag)),
                },
                Event::End(tag) if tag.local_name().as_ref() == "table-row" => {
                    sheet.next = Position::new(sheet.next.row.saturating_add(rows), 0);
                }
                _ => {}
            }
        }
        sheet.layout.merged.sort_unstable();
        sheet.layout.hidden_rows = joined(std::mem::take(&mut sheet.layout.hidden_rows));
        sheet.layout.hidden_columns = joined(std::mem::take(&mut sheet.layout.hidden_columns));
        (sheet, names)
    }

    fn columns(&mut self, tag: &BytesStart<'_>) {
        let count = repeated(tag, "number-columns-repeated");
        self.layout.hidden_columns.extend(hidden(tag, self.column, count));
        self.column = self.column.saturating_add(count);
    }

    /// Begins a row; returns how many it stands for.
    fn rows(&mut self, tag: &BytesStart<'_>) -> u32 {
        let count = repeated(tag, "number-rows-repeated");
        self.layout.hidden_rows.extend(hidden(tag, self.next.row, count));
        count
    }

    fn cells(&mut self, tag: &BytesStart<'_>) {
        let at = self.next;
        self.next.column = at.column.saturating_add(repeated(tag, "number-columns-repeated"));
        let spanned = |columns: &str, rows: &str| {
            let (columns, rows) = (repeated(tag, columns), repeated(tag, rows));
            let last = Position::new(at.row.saturating_add(rows - 1), at.column.saturating_add(columns - 1));
            Area::new(at, last)
        };
        let merged = spanned("number-columns-spanned", "number-rows-spanned");
        if merged.first != merged.last {
            self.layout.merged.push(merged);
        }
        if attribute(tag, "number-matrix-columns-spanned").is_some()
            && let Some(formula) = attribute(tag, "formula")
        {
            let area = spanned("number-matrix-columns-spanned", "number-matrix-rows-spanned");
            self.arrays.push((area, format!("{{{}}}", open_document::formula(&formula)).into()));
        }
    }
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
