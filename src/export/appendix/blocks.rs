//! Titles, headings, paragraphs, lists and boxes: set into lines, then placed on pages.

use super::flow::{Flow, Part, Strip, StripLine, line_height};
use super::fonts::{Face, Fonts};
use super::outline::Entry;
use super::style::{
    AMBER, AMBER_TINT, BODY, BOTTOM, Colour, GREY, INK, LEFT, NAVY, RED, RED_TINT, RIGHT, heading_size,
};
use super::table::Table;
use super::tagged::{Artifact, Canvas, ElementId, Role};
use super::typeset::{self, Breaking, Line};
use crate::model::document::{Block, Detail, Document, Draft, Inline};

const ROOT: ElementId = Canvas::ROOT;
/// Between the edge of a box and its text.
const PADDING: f32 = 11.0;

/// Something that is set and waits to be placed.
pub(super) enum Placeable {
    /// A heading of the body, with its entry in the outline.
    Heading { strip: Strip, level: u8, title: String },
    /// Lines.
    Strip(Strip),
    /// Lines in a box.
    Panel(Panel),
    /// A table.
    Table(Box<Table>),
}

/// Lines in a box that may go on over the page.
pub(super) struct Panel {
    strip: Strip,
    edge: Colour,
    tint: Colour,
    /// A line all around, not only on the left.
    framed: bool,
}

/// Sets and places the whole document.
pub(super) fn lay_out(canvas: &mut Canvas, fonts: &mut Fonts, document: &Document) -> Vec<Entry> {
    let items = Setter::new(canvas, fonts, document).set(document);
    let mut flow = Flow::new(canvas, fonts);
    for (index, item) in items.iter().enumerate() {
        item.place(&mut flow, &items[index + 1..]);
    }
    flow.headings
}

impl Placeable {
    fn place(&self, flow: &mut Flow, rest: &[Placeable]) {
        match self {
            Self::Heading { strip, level, title } => {
                flow.reserve(strip.before + strip.height() + lead(rest));
                flow.space(strip.before);
                flow.headings.push(Entry { level: *level, title: title.clone(), page: flow.page(), top: flow.y });
                flow.place(&Strip { before: 0.0, ..strip.clone() });
            }
            Self::Strip(strip) => flow.place(strip),
            Self::Panel(panel) => panel.place(flow),
            Self::Table(table) => table.place(flow),
        }
    }
}

/// What must follow a heading on its page.
fn lead(rest: &[Placeable]) -> f32 {
    match rest.first() {
        None => 0.0,
        Some(Placeable::Heading { strip, .. }) => strip.before + strip.height() + lead(&rest[1..]),
        Some(Placeable::Strip(strip)) => strip.lead(),
        Some(Placeable::Panel(panel)) => panel.strip.lead() + PADDING,
        Some(Placeable::Table(table)) => table.lead(),
    }
}

/// Makes lines of the document, and opens the elements that they belong to, in reading order.
struct Setter<'a> {
    canvas: &'a mut Canvas,
    fonts: &'a mut Fonts,
    /// Width of the column in which numbers hang.
    gutter: f32,
    items: Vec<Placeable>,
}

impl<'a> Setter<'a> {
    fn new(canvas: &'a mut Canvas, fonts: &'a mut Fonts, document: &Document) -> Self {
        let gutter = gutter(fonts, document);
        Self { canvas, fonts, gutter, items: Vec::new() }
    }

    fn set(mut self, document: &Document) -> Vec<Placeable> {
        if let Some(draft) = &document.draft {
            self.draft(draft);
        }
        self.title(&document.title);
        self.title_block(&document.title_block);
        if let Some(notice) = &document.notice {
            self.notice(notice);
        }
        for block in &document.blocks {
            match block {
                Block::Heading { level, number, text } => self.heading(*level, number.as_deref(), text),
                Block::Paragraph { number, text } => self.paragraph(number.as_deref(), text),
                Block::List { ordered, items } => self.list(*ordered, items),
                Block::Table(block) => {
                    let table = Table::set(self.canvas, self.fonts, block);
                    self.items.push(Placeable::Table(Box::new(table)));
                }
                Block::Chart(_) | Block::Facts(_) | Block::Sources => {}
            }
        }
        self.items
    }

    fn draft(&mut self, draft: &Draft) {
        let (left, right) = (LEFT + PADDING, RIGHT - PADDING);
        let heading = self.canvas.open(ROOT, Role::Paragraph);
        let lines = typeset::lines(self.fonts, Face::Bold, 14.0, Draft::HEADING, right - left, Breaking::Even);
        let mut strip = strip(heading, left, lines, RED, 0.0);
        let why = self.canvas.open(ROOT, Role::Paragraph);
        for line in &mut strip.lines {
            line.height += 6.0;
        }
        let lines = typeset::lines(self.fonts, Face::Regular, BODY, draft.lead(), right - left, Breaking::Even);
        strip.lines.extend(self::strip(why, left, lines, INK, 0.0).lines);
        let reasons: Vec<Vec<Inline>> = draft.reasons.iter().map(|reason| vec![Inline::plain(reason)]).collect();
        for mut item in self.list_strips(false, &reasons, left, right) {
            if let Some(last) = item.lines.last_mut() {
                last.height += 3.0;
            }
            strip.lines.extend(item.lines);
        }
        self.items.push(Placeable::Panel(Panel { strip, edge: RED, tint: RED_TINT, framed: true }));
    }

    fn title(&mut self, title: &str) {
        let element = self.canvas.open(ROOT, Role::Heading(1));
        let lines = typeset::lines(self.fonts, Face::Bold, 22.0, title, RIGHT - LEFT, Breaking::Even);
        let mut strip = strip(element, LEFT, lines, NAVY, 16.0);
        for line in &mut strip.lines {
            line.height = 28.0;
        }
        strip.whole = true;
        self.items.push(Placeable::Strip(strip));
    }

    /// Each pair is a paragraph, "Report to: Communities Committee", its value in a column of its own.
    fn title_block(&mut self, details: &[Detail]) {
        let label = |detail: &Detail| format!("{}:", detail.name());
        let widths = details.iter().map(|detail| typeset::single(self.fonts, Face::Bold, BODY, &label(detail)).width);
        let column = (widths.fold(0.0, f32::max) + 16.0).clamp(60.0, 190.0);
        for (index, detail) in details.iter().enumerate() {
            let element = self.canvas.open(ROOT, Role::Paragraph);
            let labels = typeset::lines(self.fonts, Face::Bold, BODY, &label(detail), column - 10.0, Breaking::Full);
            let width = RIGHT - LEFT - column;
            let values = typeset::lines(self.fonts, Face::Regular, BODY, &detail.value, width, Breaking::Even);
            let before = if index == 0 { 12.0 } else { 3.0 };
            let labels: Vec<Line> =
                labels.into_iter().map(|line| typeset::followed(self.fonts, Face::Bold, line)).collect();
            self.items.push(Placeable::Strip(side_by_side(
                element,
                (LEFT, labels, GREY),
                (LEFT + column, values),
                before,
            )));
        }
    }

    fn notice(&mut self, notice: &str) {
        let element = self.canvas.open(ROOT, Role::Paragraph);
        let width = RIGHT - LEFT - 2.0 * PADDING - 3.0;
        let lines = typeset::lines(self.fonts, Face::Bold, BODY, notice, width, Breaking::Even);
        let strip = strip(element, LEFT + PADDING + 3.0, lines, INK, 16.0);
        self.items.push(Placeable::Panel(Panel { strip, edge: AMBER, tint: AMBER_TINT, framed: false }));
    }

    fn heading(&mut self, level: u8, number: Option<&str>, text: &str) {
        let element = self.canvas.open(ROOT, Role::Heading(level + 1));
        let size = heading_size(level);
        let x = LEFT + self.gutter;
        let lines = typeset::lines(self.fonts, Face::Bold, size, text, RIGHT - x, Breaking::Even);
        let mut strip = strip(
            element,
            if number.is_some() { x } else { LEFT },
            lines,
            NAVY,
            [22.0, 16.0, 12.0][usize::from(level.clamp(1, 3)) - 1],
        );
        self.hang_number(&mut strip, element, number, Face::Bold, size, NAVY);
        strip.whole = true;
        let title = number.map_or_else(|| text.to_owned(), |number| format!("{number} {text}"));
        self.items.push(Placeable::Heading { strip, level, title });
    }

    fn paragraph(&mut self, number: Option<&str>, text: &[Inline]) {
        let element = self.canvas.open(ROOT, Role::Paragraph);
        let x = LEFT + self.gutter;
        let lines = typeset::inline_lines(self.fonts, BODY, text, RIGHT - x);
        let mut strip = strip(element, x, lines, INK, 8.0);
        self.hang_number(&mut strip, element, number, Face::Regular, BODY, GREY);
        self.items.push(Placeable::Strip(strip));
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Inline>]) {
        let strips = self.list_strips(ordered, items, LEFT + self.gutter, RIGHT);
        self.items.extend(strips.into_iter().map(Placeable::Strip));
    }

    fn list_strips(&mut self, ordered: bool, items: &[Vec<Inline>], left: f32, right: f32) -> Vec<Strip> {
        let list = self.canvas.open(ROOT, Role::List { ordered });
        let label = |index: usize| if ordered { format!("{}.", index + 1) } else { "•".to_owned() };
        let widest = typeset::single(self.fonts, Face::Regular, BODY, &label(items.len().max(1) - 1)).width;
        let indent = left + widest + 9.0;
        let mut strips = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let element = self.canvas.open(list, Role::ListItem);
            let (bullet, body) = (self.canvas.open(element, Role::Label), self.canvas.open(element, Role::ListBody));
            let lines = typeset::inline_lines(self.fonts, BODY, item, right - indent);
            let mut strip = strip(body, indent, lines, INK, if index == 0 { 6.0 } else { 4.0 });
            let line = typeset::single(self.fonts, Face::Regular, BODY, &label(index));
            let line = typeset::followed(self.fonts, Face::Regular, line);
            if let Some(first) = strip.lines.first_mut() {
                first.parts.insert(0, Part { element: bullet, x: left, line, colour: INK });
            }
            strips.push(strip);
        }
        strips
    }

    fn hang_number(
        &mut self,
        strip: &mut Strip,
        element: ElementId,
        number: Option<&str>,
        face: Face,
        size: f32,
        colour: Colour,
    ) {
        if let (Some(number), Some(first)) = (number, strip.lines.first_mut()) {
            let line = typeset::single(self.fonts, face, size, number);
            let line = typeset::followed(self.fonts, face, line);
            first.parts.insert(0, Part { element, x: LEFT, line, colour });
        }
    }
}

/// Wide enough for the widest number, nothing if there are none.
fn gutter(fonts: &mut Fonts, document: &Document) -> f32 {
    let mut widest: f32 = 0.0;
    for block in &document.blocks {
        let (number, face, size) = match block {
            Block::Heading { level, number: Some(number), .. } => (number, Face::Bold, heading_size(*level)),
            Block::Paragraph { number: Some(number), .. } => (number, Face::Regular, BODY),
            _ => continue,
        };
        widest = widest.max(typeset::single(fonts, face, size, number).width + 10.0);
    }
    if widest > 0.0 { widest.max(34.0) } else { 0.0 }
}

/// Lines of one element below each other.
pub(super) fn strip(element: ElementId, x: f32, lines: Vec<Line>, colour: Colour, before: f32) -> Strip {
    let line = |line: Line| {
        let height = line_height(line.size);
        StripLine { parts: vec![Part { element, x, line, colour }], height }
    };
    Strip { before, lines: lines.into_iter().map(line).collect(), whole: false }
}

fn side_by_side(element: ElementId, label: (f32, Vec<Line>, Colour), value: (f32, Vec<Line>), before: f32) -> Strip {
    let count = label.1.len().max(value.1.len());
    let (mut labels, mut values) = (label.1.into_iter(), value.1.into_iter());
    let mut lines: Vec<StripLine> =
        (0..count).map(|_| StripLine { parts: Vec::new(), height: line_height(BODY) }).collect();
    for line in &mut lines {
        line.parts.extend(labels.next().map(|text| Part { element, x: label.0, line: text, colour: label.2 }));
        line.parts.extend(values.next().map(|text| Part { element, x: value.0, line: text, colour: INK }));
    }
    Strip { before, lines, whole: true }
}

impl Panel {
    fn place(&self, flow: &mut Flow) {
        flow.space(self.strip.before);
        flow.reserve(self.strip.height() + 2.0 * PADDING);
        let mut lines = self.strip.lines.as_slice();
        while !lines.is_empty() {
            let room = BOTTOM - flow.y - 2.0 * PADDING;
            let mut height = 0.0;
            let fitting = lines.iter().take_while(|line| {
                height += line.height;
                height <= room
            });
            let count = fitting.count().max(1);
            self.draw(flow, &lines[..count]);
            lines = &lines[count..];
            if !lines.is_empty() {
                flow.turn();
            }
        }
    }

    fn draw(&self, flow: &mut Flow, lines: &[StripLine]) {
        let height = lines.iter().map(|line| line.height).sum::<f32>() + 2.0 * PADDING;
        let (page, top, width) = (flow.page(), flow.y, RIGHT - LEFT);
        flow.canvas.artifact(page, Artifact::Layout, |pen| {
            pen.fill(LEFT, top, width, height, self.tint);
            if self.framed {
                pen.fill(LEFT, top, width, 1.5, self.edge);
                pen.fill(LEFT, top + height - 1.5, width, 1.5, self.edge);
                pen.fill(LEFT, top, 1.5, height, self.edge);
                pen.fill(RIGHT - 1.5, top, 1.5, height, self.edge);
            } else {
                pen.fill(LEFT, top, 4.0, height, self.edge);
            }
        });
        flow.y += PADDING;
        flow.draw(lines);
        flow.y += PADDING;
    }
}
