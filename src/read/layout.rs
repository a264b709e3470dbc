//! One pass over the XML of an `.xlsx` sheet, for what calamine does not give: how each cell is shown and by what formula it
//! is filled, and which rows and columns are hidden or cells merged.
//!
//! The pass goes cell by cell beside calamine's, so that a long sheet takes no more memory than a short one.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::markup::{attribute, is_on, name, parsed, text};
use super::parts::{Package, PartMarkup};
use super::shared_formulas::SharedFormulas;
use crate::model::{Area, HiddenLines, Position, SheetLayout, WhyHidden};

/// The last column of an Excel sheet, zero-based.
const LAST_COLUMN: u32 = 16_383;

/// A sheet has one filter, and one for each of its tables. Each goes over all rows, so more than these are not looked at.
const MOST_FILTERS: usize = 500;

/// A cell as the sheet's XML has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CellMarkup {
    /// Where it stands.
    pub position: Position,
    /// The number of its style.
    pub style: usize,
    /// Its formula, if it has one.
    pub formula: Option<FormulaMarkup>,
    /// What its value is, by what it says.
    pub kind: CellKind,
    /// How many values it has: one, or none where it is empty.
    pub values: u32,
}

/// What the value of a cell is, by what the cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CellKind {
    /// A number or a date; also of a cell that does not say.
    Number,
    /// The number of a text in the workbook's list.
    Shared,
    /// A text, the result of a formula.
    Text,
    /// A text within the cell.
    Inline,
    /// TRUE or FALSE.
    Boolean,
    /// An error value.
    Error,
    /// A day as ISO text.
    Day,
    /// What no workbook has.
    Other(String),
}

impl CellKind {
    fn of(tag: &BytesStart<'_>) -> Self {
        match attribute(tag, "t").as_deref() {
            None | Some("n") => Self::Number,
            Some("s") => Self::Shared,
            Some("str") => Self::Text,
            Some("inlineStr" | "is") => Self::Inline,
            Some("b") => Self::Boolean,
            Some("e") => Self::Error,
            Some("d") => Self::Day,
            Some(other) => Self::Other(other.to_owned()),
        }
    }
}

/// A row or cell whose place is written as no sheet of Excel has it; with what is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoSuchPlace(pub String);

/// A formula as the sheet's XML has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum FormulaMarkup {
    /// Of this cell, without `=`.
    Own(String),
    /// Shared with a cell that comes later, which states it: the index of the formula.
    SharedLater(String),
    /// Of all cells of an area at once, in braces.
    Array(Area, String),
}

/// A sheet's XML, read from the top down.
pub(super) struct LayoutReader<'p, 'b> {
    markup: PartMarkup<'p, 'b>,
    /// Where the next row and cell stand that do not say it themselves.
    next: Position,
    /// What the value of the last cell says.
    written: String,
    shared: SharedFormulas,
    layout: SheetLayout,
    /// Areas whose rows are filtered, their headings among them.
    filtered: Vec<Area>,
}

impl<'p, 'b> LayoutReader<'p, 'b> {
    /// The XML of a sheet by its part; none when the part is not there.
    pub fn open(package: &'p mut Package<'b>, part: &str) -> Option<Self> {
        let filtered = filters_of_tables(package, part);
        let markup = package.part(part)?;
        let (shared, layout) = (SharedFormulas::default(), SheetLayout::default());
        let (next, written) = (Position::new(0, 0), String::new());
        Some(Self { markup, next, written, shared, layout, filtered })
    }

    /// The text of the value of the cell that was read last.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The next cell, empty ones included; none after the last, and where the XML breaks off.
    ///
    /// # Errors
    /// [`NoSuchPlace`], where Excel has no such row or cell.
    pub fn next_cell(&mut self) -> Result<Option<CellMarkup>, NoSuchPlace> {
        loop {
            let Some(piece) = self.markup.piece() else { return Ok(None) };
            match piece {
                Event::Start(tag) if name(&tag) == "c" => {
                    let position = match attribute(&tag, "r") {
                        Some(place) => Some(position_of(&place)?),
                        None => None,
                    };
                    let (style, kind) = (parsed(&tag, "s").unwrap_or(0), CellKind::of(&tag));
                    return Ok(Some(self.cell(position, style, kind)));
                }
                Event::Start(tag) if name(&tag) == "row" => {
                    let tag = tag.into_owned();
                    self.row(&tag)?;
                }
                Event::Start(tag) if name(&tag) == "col" => self.layout.hidden_columns.extend(hidden_columns(&tag)),
                Event::End(tag) if tag.local_name().as_ref() == "row" => {
                    self.next = Position::new(self.next.row.saturating_add(1), 0);
                }
                Event::End(tag) if tag.local_name().as_ref() == "sheetData" => return Ok(None),
                _ => {}
            }
        }
    }

    /// What is hidden or merged, after the rest of the sheet was read; and the formulas that are shared on it. None where
    /// the sheet has its cells in two places, of which only the first was read.
    pub fn finish(mut self) -> Option<(SheetLayout, SharedFormulas)> {
        let mut criteria = None;
        while let Some(tag) = self.markup.tag() {
            match name(&tag) {
                "mergeCell" => self.layout.merged.extend(area(&tag)),
                "autoFilter" => criteria = area(&tag),
                "filterColumn" => self.filtered.extend(criteria.take()),
                "sheetData" => return None,
                _ => {}
            }
        }
        let Self { mut layout, filtered, shared, .. } = self;
        layout.merged.sort_unstable();
        layout.hidden_columns = joined(layout.hidden_columns);
        layout.hidden_rows = joined(with_filters(layout.hidden_rows, &filtered));
        Some((layout, shared))
    }

    fn row(&mut self, tag: &BytesStart<'_>) -> Result<(), NoSuchPlace> {
        if let Some(place) = attribute(tag, "r") {
            self.next.row = position_of(&format!("A{place}"))?.row;
        }
        let has_no_height = || parsed::<f64>(tag, "ht") == Some(0.0);
        let why = match () {
            () if is_on(tag, "hidden") => WhyHidden::Hidden,
            () if has_no_height() => WhyHidden::NoSize,
            () => return Ok(()),
        };
        let row = self.next.row;
        match self.layout.hidden_rows.last_mut() {
            Some(last) if last.why == why && last.last.checked_add(1) == Some(row) => last.last = row,
            _ => self.layout.hidden_rows.push(HiddenLines { first: row, last: row, why }),
        }
        Ok(())
    }

    /// A cell whose tag was opened; what lies in it is passed.
    fn cell(&mut self, position: Option<Position>, style: usize, kind: CellKind) -> CellMarkup {
        self.next = position.unwrap_or(self.next);
        let position = self.next;
        self.next.column = self.next.column.saturating_add(1);
        self.written.clear();
        let (mut formula, mut values) = (None, 0);
        let mut is_in_value = false;
        while let Some(piece) = self.markup.piece() {
            match piece {
                Event::Start(tag) if name(&tag) == "v" => {
                    values += 1;
                    is_in_value = true;
                    if values > 1 {
                        self.written.push(' ');
                    }
                }
                Event::End(tag) if tag.local_name().as_ref() == "v" => is_in_value = false,
                Event::Start(tag) if name(&tag) == "f" => {
                    let tag = tag.into_owned();
                    let text = self.markup.text_to_end_of("f");
                    formula = self.formula(&tag, text, position);
                }
                Event::End(tag) if tag.local_name().as_ref() == "c" => break,
                piece if is_in_value => self.written.push_str(&text(&piece)),
                _ => {}
            }
        }
        CellMarkup { position, style, formula, kind, values }
    }

    fn formula(&mut self, tag: &BytesStart<'_>, text: String, position: Position) -> Option<FormulaMarkup> {
        match (attribute(tag, "t").as_deref(), attribute(tag, "si")) {
            (Some("shared"), Some(index)) if text.is_empty() => Some(match self.shared.text(&index, position) {
                Some(text) => FormulaMarkup::Own(text),
                None => FormulaMarkup::SharedLater(index.into_owned()),
            }),
            (Some("shared"), Some(index)) => {
                self.shared.state(&index, position, &text);
                Some(FormulaMarkup::Own(text))
            }
            (Some("array"), _) => {
                Some(FormulaMarkup::Array(area(tag).unwrap_or(position.into()), format!("{{{text}}}")))
            }
            (Some("dataTable"), _) => Some(FormulaMarkup::Array(area(tag).unwrap_or(position.into()), data_table(tag))),
            _ => (!text.is_empty()).then_some(FormulaMarkup::Own(text)),
        }
    }
}

/// A cell by its place, without dollar signs or spaces.
fn position_of(place: &str) -> Result<Position, NoSuchPlace> {
    let is_plain = place.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let position = place.parse().ok().filter(|_| is_plain);
    position.ok_or_else(|| NoSuchPlace(place.to_owned()))
}

/// The formula of a table of what-if results, as Excel shows it: the cell of the row's input, then that of the column's.
fn data_table(tag: &BytesStart<'_>) -> String {
    let input = |name: &str| attribute(tag, name).unwrap_or_default().into_owned();
    match (is_on(tag, "dt2D"), is_on(tag, "dtr")) {
        (true, _) => format!("{{TABLE({},{})}}", input("r1"), input("r2")),
        (false, true) => format!("{{TABLE({},)}}", input("r1")),
        (false, false) => format!("{{TABLE(,{})}}", input("r1")),
    }
}

fn area(tag: &BytesStart<'_>) -> Option<Area> {
    let text = attribute(tag, "ref")?;
    let (first, last) = text.split_once(':').unwrap_or((&text, &text));
    let (first, last): (Position, Position) = (first.parse().ok()?, last.parse().ok()?);
    (first.row <= last.row && first.column <= last.column).then_some(Area::new(first, last))
}

/// Columns that are hidden or have no width, of an element that describes columns next to each other.
fn hidden_columns(tag: &BytesStart<'_>) -> Option<HiddenLines> {
    let (first, last) = (parsed::<u32>(tag, "min")?.checked_sub(1)?, parsed::<u32>(tag, "max")?.checked_sub(1)?);
    let why = match () {
        () if is_on(tag, "hidden") => WhyHidden::Hidden,
        () if parsed::<f64>(tag, "width") == Some(0.0) => WhyHidden::NoSize,
        () => return None,
    };
    (first <= last).then_some(HiddenLines { first, last: last.min(LAST_COLUMN), why })
}

/// The areas of a sheet's tables (Excel's own) whose filters pass over rows: each table is a part with a filter of its own.
fn filters_of_tables(package: &mut Package<'_>, part: &str) -> Vec<Area> {
    let tables = package.relationships(part).into_iter().filter(|one| one.kind == "table" && !one.leads_out);
    // Each once: thousands of relationships can lead to one part.
    let tables: BTreeSet<String> = tables.map(|one| one.target).collect();
    let mut filtered = Vec::new();
    for table in tables {
        let Some(mut markup) = package.part(&table) else { continue };
        let mut criteria = None;
        while let Some(tag) = markup.tag() {
            match name(&tag) {
                "autoFilter" => criteria = area(&tag),
                "filterColumn" => filtered.extend(criteria.take()),
                _ => {}
            }
        }
    }
    filtered
}

/// Hidden rows, those that lie below the headings of a filter by that reason.
fn with_filters(mut rows: Vec<HiddenLines>, filtered: &[Area]) -> Vec<HiddenLines> {
    for area in filtered.iter().take(MOST_FILTERS) {
        let (from, to) = (area.first.row + 1, area.last.row);
        rows = rows.into_iter().flat_map(|lines| divided(lines, from, to)).collect();
    }
    rows
}

/// Hidden rows, parted where a filter's rows begin and end.
fn divided(lines: HiddenLines, from: u32, to: u32) -> Vec<HiddenLines> {
    if lines.why != WhyHidden::Hidden || lines.last < from || lines.first > to {
        return vec![lines];
    }
    let within = HiddenLines { first: lines.first.max(from), last: lines.last.min(to), why: WhyHidden::Filtered };
    let before = (lines.first < from).then(|| HiddenLines { last: from - 1, ..lines });
    let after = (lines.last > to).then(|| HiddenLines { first: to + 1, ..lines });
    before.into_iter().chain([within]).chain(after).collect()
}

/// Lines in order, those that meet and have one reason as one.
pub(super) fn joined(mut lines: Vec<HiddenLines>) -> Vec<HiddenLines> {
    lines.sort_unstable_by_key(|lines| (lines.first, lines.last));
    let mut whole: Vec<HiddenLines> = Vec::new();
    for lines in lines {
        match whole.last_mut() {
            Some(last) if last.why == lines.why && lines.first <= last.last.saturating_add(1) => {
                last.last = last.last.max(lines.last);
            }
            _ => whole.push(lines),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(first: u32, last: u32, why: WhyHidden) -> HiddenLines {
        HiddenLines { first, last, why }
    }

    #[test]
    fn rows_below_a_filters_headings_are_filtered() {
        use WhyHidden::{Filtered, Hidden};
        let area = Area::new(Position::new(3, 0), Position::new(9, 4));
        let found = with_filters(vec![lines(2, 5, Hidden), lines(8, 12, Hidden)], &[area]);
        let expected = [lines(2, 3, Hidden), lines(4, 5, Filtered), lines(8, 9, Filtered), lines(10, 12, Hidden)];
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_that_meet_are_one() {
        use WhyHidden::{Hidden, NoSize};
        let found = joined(vec![lines(4, 4, Hidden), lines(2, 3, Hidden), lines(5, 5, NoSize), lines(7, 7, NoSize)]);
        assert_eq!(found, [lines(2, 4, Hidden), lines(5, 5, NoSize), lines(7, 7, NoSize)]);
    }
}
