//! One pass over the XML of an `.xlsx` sheet, for what calamine does not give: how each cell is shown and by what formula it
//! is filled, and which rows and columns are hidden or cells merged.
//!
//! The pass goes cell by cell beside calamine's, so that a long sheet takes no more memory than a short one.

use std::collections::BTreeSet;

use super::markup::{self, name};
use super::parts::{Package, PartPieces};
use super::pieces::{Piece, Tag, resolved, text_of_attribute};
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
    fn of(written: &[u8]) -> Self {
        match written {
            b"n" => Self::Number,
            b"s" => Self::Shared,
            b"str" => Self::Text,
            b"inlineStr" | b"is" => Self::Inline,
            b"b" => Self::Boolean,
            b"e" => Self::Error,
            b"d" => Self::Day,
            other => Self::Other(text_of_attribute(other).into_owned()),
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
    pieces: PartPieces<'p, 'b>,
    /// Whether there is nothing more to read, or nothing that can be.
    has_ended: bool,
    seen: Seen,
}

/// What was seen of a sheet so far.
struct Seen {
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
        let pieces = package.pieces(part)?;
        let (shared, layout) = (SharedFormulas::default(), SheetLayout::default());
        let seen = Seen { next: Position::new(0, 0), written: String::new(), shared, layout, filtered };
        Some(Self { pieces, has_ended: false, seen })
    }

    /// The text of the value of the cell that was read last.
    pub fn written(&self) -> &str {
        &self.seen.written
    }

    /// The next cell, empty ones included; none after the last, and where the XML breaks off.
    ///
    /// # Errors
    /// [`NoSuchPlace`], where Excel has no such row or cell.
    pub fn next_cell(&mut self) -> Result<Option<CellMarkup>, NoSuchPlace> {
        while let Some(piece) = piece(&mut self.pieces, &mut self.has_ended) {
            match piece {
                Piece::Start(tag) if tag.name() == b"c" => {
                    let cell = self.seen.opened(tag)?;
                    return Ok(Some(self.cell(cell)));
                }
                Piece::Empty(tag) if tag.name() == b"c" => return self.seen.opened(tag).map(Some),
                Piece::Start(tag) if tag.name() == b"row" => self.seen.row(tag)?,
                Piece::Empty(tag) if tag.name() == b"row" => {
                    self.seen.row(tag)?;
                    self.seen.end_row();
                }
                Piece::Start(tag) | Piece::Empty(tag) if tag.name() == b"col" => {
                    self.seen.layout.hidden_columns.extend(hidden_columns(tag));
                }
                Piece::End(b"row") => self.seen.end_row(),
                Piece::End(b"sheetData") => return Ok(None),
                Piece::Empty(tag) if tag.name() == b"sheetData" => return Ok(None),
                _ => {}
            }
        }
        Ok(None)
    }

    /// What is hidden or merged, after the rest of the sheet was read; and the formulas that are shared on it. None where
    /// the sheet has its cells in two places, of which only the first was read.
    pub fn finish(mut self) -> Option<(SheetLayout, SharedFormulas)> {
        let mut criteria = None;
        while let Some(piece) = piece(&mut self.pieces, &mut self.has_ended) {
            let (Piece::Start(tag) | Piece::Empty(tag)) = piece else { continue };
            match tag.name() {
                b"mergeCell" => self.seen.layout.merged.extend(area_of(tag)),
                b"autoFilter" => criteria = area_of(tag),
                b"filterColumn" => self.seen.filtered.extend(criteria.take()),
                b"sheetData" => return None,
                _ => {}
            }
        }
        let Seen { mut layout, filtered, shared, .. } = self.seen;
        layout.merged.sort_unstable();
        layout.hidden_columns = joined(layout.hidden_columns);
        layout.hidden_rows = joined(with_filters(layout.hidden_rows, &filtered));
        Some((layout, shared))
    }

    /// A cell whose tag was opened, with what lies in it.
    fn cell(&mut self, mut cell: CellMarkup) -> CellMarkup {
        let mut is_in_value = false;
        while let Some(piece) = piece(&mut self.pieces, &mut self.has_ended) {
            match piece {
                Piece::Start(tag) | Piece::Empty(tag) if tag.name() == b"v" => {
                    cell.values += 1;
                    is_in_value = matches!(piece, Piece::Start(_));
                    if cell.values > 1 {
                        self.seen.written.push(' ');
                    }
                }
                Piece::End(b"v") => is_in_value = false,
                Piece::Start(tag) | Piece::Empty(tag) if tag.name() == b"f" => {
                    let stated = StatedFormula::of(tag);
                    let text = if matches!(piece, Piece::Start(_)) { self.text_to_end_of(b"f") } else { String::new() };
                    cell.formula = self.seen.formula(stated, text, cell.position);
                }
                Piece::End(b"c") => break,
                Piece::Text(text) if is_in_value => self.seen.written.push_str(&resolved(text)),
                Piece::Data(data) if is_in_value => self.seen.written.push_str(&String::from_utf8_lossy(data)),
                _ => {}
            }
        }
        cell
    }

    /// The text from here to the end of the element of that name, that of elements within it included.
    fn text_to_end_of(&mut self, name: &[u8]) -> String {
        let mut whole = String::new();
        while let Some(piece) = piece(&mut self.pieces, &mut self.has_ended) {
            match piece {
                Piece::End(end) if end == name => break,
                Piece::Text(text) => whole.push_str(&resolved(text)),
                Piece::Data(data) => whole.push_str(&String::from_utf8_lossy(data)),
                _ => {}
            }
        }
        whole
    }
}

impl Seen {
    fn row(&mut self, tag: Tag<'_>) -> Result<(), NoSuchPlace> {
        let (mut is_hidden, mut has_no_height) = (false, false);
        for (name, value) in tag.attributes() {
            match name {
                b"r" => self.next.row = position_of(&format!("A{}", text_of_attribute(value)))?.row,
                b"hidden" => is_hidden = matches!(value, b"1" | b"true"),
                b"ht" => has_no_height = text_of_attribute(value).trim().parse() == Ok(0.0),
                _ => {}
            }
        }
        let why = match () {
            () if is_hidden => WhyHidden::Hidden,
            () if has_no_height => WhyHidden::NoSize,
            () => return Ok(()),
        };
        let row = self.next.row;
        match self.layout.hidden_rows.last_mut() {
            Some(last) if last.why == why && last.last.checked_add(1) == Some(row) => last.last = row,
            _ => self.layout.hidden_rows.push(HiddenLines { first: row, last: row, why }),
        }
        Ok(())
    }

    fn end_row(&mut self) {
        self.next = Position::new(self.next.row.saturating_add(1), 0);
    }

    /// A cell as its tag has it.
    fn opened(&mut self, tag: Tag<'_>) -> Result<CellMarkup, NoSuchPlace> {
        let (mut position, mut style, mut kind) = (self.next, 0, CellKind::Number);
        for (name, value) in tag.attributes() {
            match name {
                b"r" => position = position_of(&text_of_attribute(value))?,
                b"s" => style = text_of_attribute(value).trim().parse().unwrap_or(0),
                b"t" => kind = CellKind::of(value),
                _ => {}
            }
        }
        self.next = Position::new(position.row, position.column.saturating_add(1));
        self.written.clear();
        Ok(CellMarkup { position, style, formula: None, kind, values: 0 })
    }

    fn formula(&mut self, stated: StatedFormula, text: String, position: Position) -> Option<FormulaMarkup> {
        match (stated.kind.as_deref(), stated.index) {
            (Some("shared"), Some(index)) if text.is_empty() => Some(match self.shared.text(&index, position) {
                Some(text) => FormulaMarkup::Own(text),
                None => FormulaMarkup::SharedLater(index),
            }),
            (Some("shared"), Some(index)) => {
                self.shared.state(&index, position, &text);
                Some(FormulaMarkup::Own(text))
            }
            (Some("array"), _) => {
                Some(FormulaMarkup::Array(stated.area.unwrap_or(position.into()), format!("{{{text}}}")))
            }
            (Some("dataTable"), _) => {
                Some(FormulaMarkup::Array(stated.area.unwrap_or(position.into()), stated.data_table))
            }
            _ => (!text.is_empty()).then_some(FormulaMarkup::Own(text)),
        }
    }
}

/// What the tag of a formula says.
struct StatedFormula {
    kind: Option<String>,
    /// The number of a shared formula.
    index: Option<String>,
    area: Option<Area>,
    /// What a table of what-if results is shown as.
    data_table: String,
}

impl StatedFormula {
    fn of(tag: Tag<'_>) -> Self {
        let said = |name: &str| tag.attribute(name).map(|value| value.into_owned());
        let kind = said("t");
        let data_table = if kind.as_deref() == Some("dataTable") { data_table(tag) } else { String::new() };
        Self { kind, index: said("si"), area: area_of(tag), data_table }
    }
}

/// The next piece; none at the end, and where it is not well formed.
fn piece<'p>(pieces: &'p mut PartPieces<'_, '_>, has_ended: &mut bool) -> Option<Piece<'p>> {
    if *has_ended {
        return None;
    }
    let piece = pieces.next().ok().flatten();
    *has_ended = piece.is_none();
    piece
}

/// A cell by its place, without dollar signs or spaces.
fn position_of(place: &str) -> Result<Position, NoSuchPlace> {
    let is_plain = place.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let position = place.parse().ok().filter(|_| is_plain);
    position.ok_or_else(|| NoSuchPlace(place.to_owned()))
}

/// The formula of a table of what-if results, as Excel shows it: the cell of the row's input, then that of the column's.
fn data_table(tag: Tag<'_>) -> String {
    let input = |name: &str| tag.attribute(name).unwrap_or_default().into_owned();
    match (tag.is_on("dt2D"), tag.is_on("dtr")) {
        (true, _) => format!("{{TABLE({},{})}}", input("r1"), input("r2")),
        (false, true) => format!("{{TABLE({},)}}", input("r1")),
        (false, false) => format!("{{TABLE(,{})}}", input("r1")),
    }
}

fn area_of(tag: Tag<'_>) -> Option<Area> {
    area(&tag.attribute("ref")?)
}

fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (first, last): (Position, Position) = (first.parse().ok()?, last.parse().ok()?);
    (first.row <= last.row && first.column <= last.column).then_some(Area::new(first, last))
}

/// Columns that are hidden or have no width, of an element that describes columns next to each other.
fn hidden_columns(tag: Tag<'_>) -> Option<HiddenLines> {
    let (first, last) = (tag.parsed::<u32>("min")?.checked_sub(1)?, tag.parsed::<u32>("max")?.checked_sub(1)?);
    let why = match () {
        () if tag.is_on("hidden") => WhyHidden::Hidden,
        () if tag.parsed::<f64>("width") == Some(0.0) => WhyHidden::NoSize,
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
                "autoFilter" => criteria = markup::attribute(&tag, "ref").and_then(|place| area(&place)),
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
