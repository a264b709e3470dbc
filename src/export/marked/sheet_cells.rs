//! The cells of a sheet: those with findings get the style of a mark, and are made where they are missing; those that an
//! earlier marking left get their own style back.

use std::collections::BTreeMap;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::error::NotMarked;
use super::markup::{Document, Edits, Element, Tag};
use super::measures::Measures;
use super::styles::Styles;
use crate::model::{Position, Weight, column_letters};

/// The elements that stand before the cells in a sheet.
const BEFORE_CELLS: [&str; 5] = ["sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols"];

/// The cells to be marked, by zero-based row and column.
pub type Targets = BTreeMap<u32, BTreeMap<u32, Weight>>;

/// Marks the cells of a sheet, and tells how high its rows are.
///
/// # Errors
/// [`NotMarked`], where the rows or cells of the part, `name`, are not in their order or not understood.
pub fn mark(
    document: &Document<'_>,
    targets: &Targets,
    styles: &mut Styles,
    measures: &mut Measures,
    edits: &mut Edits,
    name: &str,
) -> Result<(), NotMarked> {
    let root = document.root();
    let prefix = document.prefix(root);
    let columns = default_styles(document);
    let data = document.child(root, "sheetData");
    let mut pass = Pass {
        text: document.text,
        prefix: data.map_or(prefix, |data| document.prefix(data)),
        name,
        columns,
        targets: targets.clone(),
        row: None,
        next_row: 0,
        next_column: 0,
        styles,
        measures,
        edits: Edits::default(),
    };
    let rows = match data {
        Some(data) if !data.is_closed() => {
            pass.through(data.content())?;
            pass.rows_before(u32::MAX)?
        }
        _ => pass.rows_before(u32::MAX)?,
    };
    edits.extend(pass.edits);
    if rows.is_empty() {
        return Ok(());
    }
    match data {
        Some(data) => edits.append(document, data, &rows),
        None => {
            let whole = format!("<{prefix}sheetData>{rows}</{prefix}sheetData>");
            let before = document.children(root).filter(|child| BEFORE_CELLS.contains(&document.name(child))).last();
            match before {
                Some(before) => edits.insert(before.close.end, whole),
                None => edits.insert(root.open.end, whole),
            }
        }
    }
    Ok(())
}

/// The styles of whole columns from left to right: first and last column, zero-based, and the style.
fn default_styles(document: &Document<'_>) -> Vec<(u32, u32, usize)> {
    let column = |element: &Element| {
        let tag = document.tag(element);
        Some((
            tag.number::<u32>("min")?.checked_sub(1)?,
            tag.number::<u32>("max")?.checked_sub(1)?,
            tag.number("style")?,
        ))
    };
    let columns = document.child(document.root(), "cols");
    let mut styles: Vec<_> =
        columns.into_iter().flat_map(|columns| document.children(columns)).filter_map(column).collect();
    styles.sort_unstable();
    styles
}

/// A row while it is passed.
struct Row {
    /// Its tag, which may change.
    tag: Range<usize>,
    /// Whether its tag closes itself.
    is_closed: bool,
    /// The style of cells that it does not have.
    style: Option<usize>,
    /// What is still to be marked in it.
    targets: BTreeMap<u32, Weight>,
    /// Whether cells were put into it.
    is_longer: bool,
}

/// One pass over the cells of a sheet.
struct Pass<'p, 't> {
    text: &'t str,
    prefix: &'t str,
    name: &'p str,
    columns: Vec<(u32, u32, usize)>,
    /// What is still to be marked in the rows that come.
    targets: Targets,
    row: Option<Row>,
    next_row: u32,
    next_column: u32,
    styles: &'p mut Styles,
    measures: &'p mut Measures,
    edits: Edits,
}

impl Pass<'_, '_> {
    fn through(&mut self, content: Range<usize>) -> Result<(), NotMarked> {
        let mut reader = Reader::from_str(&self.text[content.clone()]);
        // Below the rows, and below the cells of one.
        let mut depth = 0_usize;
        loop {
            let start = content.start + self.position(&reader)?;
            let event = reader.read_event().map_err(|_| self.refused())?;
            let tag = start..content.start + self.position(&reader)?;
            match event {
                Event::Start(element) => {
                    self.open(&element, tag, depth, false)?;
                    depth += 1;
                }
                Event::Empty(element) => self.open(&element, tag, depth, true)?,
                Event::End(_) => {
                    depth = depth.checked_sub(1).ok_or_else(|| self.refused())?;
                    if depth == 0 {
                        self.end_row(tag.start)?;
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn open(
        &mut self,
        element: &BytesStart<'_>,
        tag: Range<usize>,
        depth: usize,
        closed: bool,
    ) -> Result<(), NotMarked> {
        match (depth, element.local_name().as_ref()) {
            (0, "row") => {
                self.begin_row(tag.clone(), closed)?;
                if closed {
                    self.end_row(tag.end)?;
                }
            }
            (1, "c") => self.cell(tag)?,
            _ => {}
        }
        Ok(())
    }

    fn begin_row(&mut self, range: Range<usize>, is_closed: bool) -> Result<(), NotMarked> {
        let tag = Tag(&self.text[range.clone()]);
        let row = match tag.value("r") {
            Some(number) => number.trim().parse::<u32>().ok().and_then(|number| number.checked_sub(1)),
            None => Some(self.next_row),
        };
        let row =
            row.filter(|row| *row >= self.next_row && *row <= Position::LAST.row).ok_or_else(|| self.refused())?;
        if tag.is_on("hidden") {
            self.measures.row(row, 0.0);
        } else if let Some(points) = tag.number("ht") {
            self.measures.row(row, points);
        }
        let missing = self.rows_before(row)?;
        if !missing.is_empty() {
            self.edits.insert(range.start, missing);
        }
        self.row = Some(Row {
            style: tag.number("s").filter(|_| tag.is_on("customFormat")),
            tag: range,
            is_closed,
            targets: self.targets.remove(&row).unwrap_or_default(),
            is_longer: false,
        });
        (self.next_row, self.next_column) = (row + 1, 0);
        Ok(())
    }

    fn cell(&mut self, range: Range<usize>) -> Result<(), NotMarked> {
        let tag = Tag(&self.text[range.clone()]);
        let column = match tag.value("r") {
            Some(place) => {
                let position = place.parse::<Position>().ok();
                position.filter(|position| position.row + 1 == self.next_row).map(|position| position.column)
            }
            None => Some(self.next_column),
        };
        let in_order = |column: &u32| *column >= self.next_column && *column <= Position::LAST.column;
        let column = column.filter(in_order).ok_or_else(|| self.refused())?;
        let missing = self.cells_before(column)?;
        if !missing.is_empty() {
            self.edits.insert(range.start, missing);
        }
        self.next_column = column + 1;
        let style: usize = tag.number("s").unwrap_or(0);
        let weight = self.row.as_mut().and_then(|row| row.targets.remove(&column));
        let changed = match weight {
            Some(weight) => Some(self.styles.marked(style, weight, self.name)?),
            None => self.styles.cleaned(style),
        };
        if let Some(changed) = changed.filter(|changed| *changed != style) {
            self.edits.replace(range, tag.with("s", &changed.to_string()));
        }
        Ok(())
    }

    /// The end of a row: `at` is where its closing tag begins, or where its tag ends that closes itself.
    fn end_row(&mut self, at: usize) -> Result<(), NotMarked> {
        let missing = self.cells_before(u32::MAX)?;
        let Some(row) = self.row.take() else { return Ok(()) };
        if !row.is_longer {
            return Ok(());
        }
        // What says how far the row reaches may no longer be so; nobody needs it.
        let tag = Tag(&self.text[row.tag.clone()]).without("spans");
        if row.is_closed {
            let open = tag.trim_end_matches("/>").trim_end().to_owned();
            self.edits.replace(row.tag, format!("{open}>{missing}</{}row>", self.prefix));
        } else {
            self.edits.replace(row.tag, tag);
            self.edits.insert(at, missing);
        }
        Ok(())
    }

    /// New cells for what is to be marked in this row before a column, as they are written.
    fn cells_before(&mut self, column: u32) -> Result<String, NotMarked> {
        let Some(row) = &mut self.row else { return Ok(String::new()) };
        let later = row.targets.split_off(&column);
        let missing = std::mem::replace(&mut row.targets, later);
        row.is_longer |= !missing.is_empty();
        let (style, number) = (row.style, self.next_row);
        self.new_cells(number, style, &missing)
    }

    /// New rows for what is to be marked above a row, as they are written.
    fn rows_before(&mut self, row: u32) -> Result<String, NotMarked> {
        let later = self.targets.split_off(&row);
        let mut rows = String::new();
        for (row, cells) in std::mem::replace(&mut self.targets, later) {
            let cells = self.new_cells(row + 1, None, &cells)?;
            rows.push_str(&format!("<{0}row r=\"{1}\">{cells}</{0}row>", self.prefix, row + 1));
        }
        Ok(rows)
    }

    /// Cells that hold nothing, in the style of their row or column; `number` is the row's, from 1.
    fn new_cells(
        &mut self,
        number: u32,
        row_style: Option<usize>,
        cells: &BTreeMap<u32, Weight>,
    ) -> Result<String, NotMarked> {
        let mut written = String::new();
        for (column, weight) in cells {
            // They do not overlap.
            let begun = &self.columns[..self.columns.partition_point(|(first, ..)| first <= column)];
            let of_column = begun.last().filter(|(_, last, _)| last >= column).map(|(.., style)| *style);
            let style = row_style.or(of_column).unwrap_or(0);
            let style = self.styles.marked(style, *weight, self.name)?;
            written.push_str(&format!("<{}c r=\"{}{number}\" s=\"{style}\"/>", self.prefix, column_letters(*column)));
        }
        Ok(written)
    }

    fn position(&self, reader: &Reader<&[u8]>) -> Result<usize, NotMarked> {
        usize::try_from(reader.buffer_position()).map_err(|_| self.refused())
    }

    fn refused(&self) -> NotMarked {
        NotMarked::Part(self.name.to_owned())
    }
}
