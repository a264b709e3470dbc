//! Tables: cells set into lines, rows placed on pages, the heading row repeated where a table goes on.

use super::columns::{self, Columns};
use super::flow::{Flow, Strip, baseline, line_height};
use super::fonts::{Face, Fonts};
use super::style::{BODY, Colour, GREY, HAIRLINE, INK, LEFT, NAVY, NOTE, Paper, SHADE};
use super::tagged::{Artifact, Canvas, ElementId, Pen, Role};
use super::text::{Measure, Setting, note_width, with_source};
use super::typeset::{self, Breaking, Line};
use crate::model::document::{Align, TableBlock};

/// Above and below the text of a cell.
const PADDING: f32 = 3.0;
/// Baseline distance in cells for each point of type: tighter than in running text.
const LEADING: f32 = 1.3;

/// A table up to this part of a page is not divided, since half-empty pages would cost more than they gain beyond it.
const KEPT_WHOLE: f32 = 0.35;

/// A table, set and waiting to be placed.
pub(super) struct Table {
    element: ElementId,
    /// Upright, or turned for a table that upright pages are too narrow for.
    paper: Paper,
    caption: Strip,
    /// The caption as it stands above the repeated heading row.
    continued: Line,
    columns: Columns,
    head: Row,
    rows: Vec<Row>,
    total: Option<Row>,
    notes: Vec<Strip>,
}

struct Row {
    cells: Vec<Cell>,
    height: f32,
    kind: Kind,
}

struct Cell {
    role: Role,
    /// Left edge and width of the text's room.
    x: f32,
    width: f32,
    align: Align,
    lines: Vec<Line>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Head,
    Body,
    Total,
}

impl Table {
    /// Sets `block` and opens its elements.
    pub(super) fn set(setting: &mut Setting, block: &TableBlock) -> Self {
        let (paper, columns) = columns::share(setting.fonts, block);
        let element = setting.canvas.open(Canvas::ROOT, Role::Table);
        let caption_element = setting.canvas.open(element, Role::Caption);
        let measure = Measure { x: LEFT, width: paper.measure(), size: BODY, colour: NAVY };
        let caption = setting.inlines(caption_element, &with_source(&block.caption, true, block.source), measure);
        let caption = Strip { before: 14.0, lines: caption, whole: true };
        let continued = continued(setting.fonts, &block.caption, paper.measure());
        let continued = typeset::single(setting.fonts, Face::Italic, NOTE, &continued);
        let mut notes = Vec::new();
        for note in &block.notes {
            let element = setting.canvas.open(Canvas::ROOT, Role::Paragraph);
            let measure = Measure { width: note_width(paper), size: NOTE, colour: GREY, ..measure };
            let lines = setting.plain(element, Face::Regular, note, measure);
            notes.push(Strip { before: 4.0, lines, whole: false });
        }
        let fonts = &mut *setting.fonts;
        let mut setter = RowSetter { fonts, block, columns: &columns, paper };
        let titles: Vec<&str> = block.columns.iter().map(|column| column.title.as_str()).collect();
        let head = setter.row(Kind::Head, &titles);
        let rows = match block.rows.as_slice() {
            [] => vec![setter.empty_row()],
            rows => rows.iter().map(|row| setter.row(Kind::Body, row)).collect(),
        };
        let total = block.total.as_ref().map(|total| setter.row(Kind::Total, total));
        Self { element, paper, caption, continued, columns, head, rows, total, notes }
    }

    /// The size of the pages that it stands on.
    pub(super) fn paper(&self) -> Paper {
        self.paper
    }

    /// The least that may stand at the foot of a page: a small table, or caption, headings and first row of a large one.
    pub(super) fn lead(&self) -> f32 {
        let whole = self.height();
        if whole <= KEPT_WHOLE * self.paper.depth() {
            return whole;
        }
        self.caption.before + self.caption.height() + 4.0 + self.head.height + self.first_rows()
    }

    /// What has to fit for the table to begin: two rows, since one alone above a page's end looks like all of it.
    fn first_rows(&self) -> f32 {
        match self.rows.as_slice() {
            [first, _, ..] if first.height + self.need(1) <= self.room_below_headings() => first.height + self.need(1),
            _ => self.need(0),
        }
    }

    /// Places the table and its notes.
    pub(super) fn place(&self, flow: &mut Flow) {
        flow.reserve(self.lead());
        flow.place(&Strip { whole: true, ..self.caption.clone() });
        flow.y += 4.0;
        let head = flow.canvas.open(self.element, Role::TableHead);
        self.draw_row(flow, &self.head, Some(head));
        let body = flow.canvas.open(self.element, Role::TableBody);
        for (index, row) in self.rows.iter().enumerate() {
            self.place_row(flow, row, self.need(index), body);
        }
        if let Some(total) = &self.total {
            let foot = flow.canvas.open(self.element, Role::TableFoot);
            self.place_row(flow, total, total.height, foot);
        }
        flow.y += 2.0;
        for note in &self.notes {
            flow.place(note);
        }
        flow.space(6.0);
    }

    /// Height of the whole table with its first note.
    fn height(&self) -> f32 {
        let rows = self.rows.iter().map(|row| row.height).sum::<f32>();
        let total = self.total.as_ref().map_or(0.0, |total| total.height);
        let note = self.notes.first().map_or(0.0, |note| note.lead() + 2.0);
        self.caption.before + self.caption.height() + 4.0 + self.head.height + rows + total + note
    }

    /// What has to fit for a row to be placed: no row stands alone at the end, and the last one takes the total and the
    /// first note with it.
    fn need(&self, index: usize) -> f32 {
        let after = match self.rows.len() - index {
            1 => {
                let note = self.notes.first().map_or(0.0, |note| note.lead() + 2.0);
                self.total.as_ref().map_or(0.0, |total| total.height) + note
            }
            2 => self.need(index + 1),
            _ => 0.0,
        };
        let (own, room) = (self.rows[index].height, self.room_below_headings());
        if own > room {
            // Too tall for any page: it begins where a few of its lines fit.
            return 4.0 * self.line_height() + 2.0 * PADDING;
        }
        if own + after <= room { own + after } else { own }
    }

    /// What a page offers for rows when the table goes on there.
    fn room_below_headings(&self) -> f32 {
        self.paper.depth() - self.continued_height() - self.head.height
    }

    fn continued_height(&self) -> f32 {
        line_height(NOTE) + 4.0
    }

    fn place_row(&self, flow: &mut Flow, row: &Row, need: f32, group: ElementId) {
        if !flow.fits(need) {
            self.go_on(flow);
        }
        if flow.fits(row.height) {
            self.draw_row(flow, row, Some(group));
        } else {
            self.draw_in_parts(flow, row, group);
        }
    }

    /// Turns the page and repeats caption and headings, which are not read again.
    fn go_on(&self, flow: &mut Flow) {
        flow.turn();
        let (page, top, fonts) = (flow.page(), flow.y, flow.fonts);
        flow.canvas.artifact(page, Artifact::Repeated, |pen| {
            pen.text(fonts, &self.continued, LEFT, top + baseline(line_height(NOTE), NOTE), GREY);
        });
        flow.y += self.continued_height();
        self.draw_row(flow, &self.head, None);
    }

    /// Draws a row. Without a group it is a repetition and no part of the text.
    fn draw_row(&self, flow: &mut Flow, row: &Row, group: Option<ElementId>) {
        let cells = group.map(|group| open_cells(flow, row, group));
        self.draw_lines(flow, row, cells.as_deref(), 0, row.most_lines());
    }

    /// A row that is taller than a page goes on over as many as it needs.
    fn draw_in_parts(&self, flow: &mut Flow, row: &Row, group: ElementId) {
        let cells = open_cells(flow, row, group);
        let (mut first, count) = (0, row.most_lines());
        while first < count {
            let room = flow.bottom() - flow.y - 2.0 * PADDING;
            let fitting = ((room / self.line_height()) as usize).clamp(1, count - first);
            self.draw_lines(flow, row, Some(&cells), first, first + fitting);
            first += fitting;
            if first < count {
                self.go_on(flow);
            }
        }
    }

    fn line_height(&self) -> f32 {
        self.columns.size * LEADING
    }

    /// Draws the lines from `first` up to `end` of all cells of a row.
    fn draw_lines(&self, flow: &mut Flow, row: &Row, cells: Option<&[ElementId]>, first: usize, end: usize) {
        let (page, top, fonts) = (flow.page(), flow.y, flow.fonts);
        let height = (end - first) as f32 * self.line_height() + 2.0 * PADDING;
        flow.canvas
            .artifact(page, Artifact::Layout, |pen| row.kind.draw_ground(pen, top, (self.paper.measure(), height)));
        for (index, cell) in row.cells.iter().enumerate() {
            let shown = cell.lines.get(first..end.min(cell.lines.len())).unwrap_or_default();
            // Column titles stand on the rule below them, whatever their number of lines.
            let offset = if row.kind == Kind::Head { end - first - shown.len() } else { 0 };
            let draw = |pen: &mut Pen| {
                for (number, line) in shown.iter().enumerate() {
                    let x = match cell.align {
                        Align::Left => cell.x,
                        Align::Right => cell.x + cell.width - line.width,
                    };
                    let line_top = top + PADDING + (number + offset) as f32 * self.line_height();
                    pen.text(fonts, line, x, line_top + baseline(self.line_height(), line.size), row.kind.colour());
                }
            };
            match cells {
                Some(cells) => flow.canvas.content(page, cells[index], draw),
                None => flow.canvas.artifact(page, Artifact::Repeated, draw),
            }
        }
        flow.y += height;
    }
}

/// The caption on one line above the repeated heading row: a long one is cut at a word, so that it says at its end that
/// the table goes on.
fn continued(fonts: &mut Fonts, caption: &str, width: f32) -> String {
    let mut words = format!("{caption} (continued)");
    let mut kept = caption;
    while typeset::single(fonts, Face::Italic, NOTE, &words).width > width && !kept.is_empty() {
        let end = kept.rfind(' ').or_else(|| kept.char_indices().next_back().map(|(end, _)| end));
        kept = kept[..end.unwrap_or_default()].trim_end();
        words = format!("{kept}… (continued)");
    }
    words
}

fn open_cells(flow: &mut Flow, row: &Row, group: ElementId) -> Vec<ElementId> {
    let element = flow.canvas.open(group, Role::Row);
    row.cells.iter().map(|cell| flow.canvas.open(element, cell.role)).collect()
}

impl Row {
    fn most_lines(&self) -> usize {
        self.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0).max(1)
    }
}

impl Kind {
    fn face(self) -> Face {
        if self == Self::Body { Face::Regular } else { Face::Bold }
    }

    fn colour(self) -> Colour {
        if self == Self::Head { NAVY } else { INK }
    }

    fn role(self, column: usize) -> Role {
        match (self, column) {
            (Self::Head, _) => Role::ColumnHeading,
            (_, 0) => Role::RowHeading,
            _ => Role::Cell(1),
        }
    }

    /// The shading and rules of a row.
    fn draw_ground(self, pen: &mut Pen, top: f32, (width, height): (f32, f32)) {
        match self {
            Self::Head => {
                pen.fill(LEFT, top, width, height, SHADE);
                pen.fill(LEFT, top + height - 1.0, width, 1.0, NAVY);
            }
            Self::Body => pen.fill(LEFT, top + height - 0.5, width, 0.5, HAIRLINE),
            Self::Total => {
                pen.fill(LEFT, top - 0.5, width, 1.0, NAVY);
                pen.fill(LEFT, top + height - 1.0, width, 1.0, NAVY);
            }
        }
    }
}

/// Sets the rows of one table.
struct RowSetter<'a> {
    fonts: &'a mut Fonts,
    block: &'a TableBlock,
    columns: &'a Columns,
    paper: Paper,
}

impl RowSetter<'_> {
    fn row(&mut self, kind: Kind, texts: &[impl AsRef<str>]) -> Row {
        let Columns { size, padding, widths } = self.columns;
        let mut left = LEFT;
        let mut cells = Vec::with_capacity(texts.len());
        for (column, (text, width)) in texts.iter().zip(widths).enumerate() {
            let room = width - 2.0 * padding;
            let lines = typeset::lines(self.fonts, kind.face(), *size, text.as_ref(), room, Breaking::Full);
            let align = self.block.columns[column].align;
            cells.push(Cell { role: kind.role(column), x: left + padding, width: room, align, lines });
            left += width;
        }
        self.finish(kind, cells)
    }

    /// One cell over all columns that says why there are no rows.
    fn empty_row(&mut self) -> Row {
        let Columns { size, padding, widths } = self.columns;
        let room = self.paper.measure() - 2.0 * padding;
        let lines = typeset::lines(self.fonts, Face::Italic, *size, &self.block.empty, room, Breaking::Full);
        let cell = Cell { role: Role::Cell(widths.len()), x: LEFT + padding, width: room, align: Align::Left, lines };
        self.finish(Kind::Body, vec![cell])
    }

    fn finish(&self, kind: Kind, cells: Vec<Cell>) -> Row {
        let mut row = Row { cells, height: 0.0, kind };
        row.height = row.most_lines() as f32 * self.columns.size * LEADING + 2.0 * PADDING;
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_caption_still_says_that_its_table_goes_on() {
        let mut fonts = Fonts::new().unwrap();
        let mut on_one_line = |caption: &str| {
            let words = continued(&mut fonts, caption, 200.0);
            let width = typeset::single(&mut fonts, Face::Italic, NOTE, &words).width;
            assert!(width <= 200.0, "{words}: {width}");
            words
        };
        assert_eq!(on_one_line("Table 1: Funding"), "Table 1: Funding (continued)");
        let long =
            on_one_line("Table 1: Funding of all projects of the partnership, by route and by month of the year");
        assert_eq!(long, "Table 1: Funding of all projects of… (continued)");
        let without_spaces = on_one_line(&"Verwaltung".repeat(20));
        assert!(without_spaces.starts_with("VerwaltungVerw") && without_spaces.ends_with("… (continued)"));
    }
}
