//! What stands before the body: why it is a draft, the title, who it is for, and a notice that must not be missed.

use super::blocks::{Placeable, Setter};
use super::flow::{Flow, Part, Strip, StripLine, line_height};
use super::fonts::Face;
use super::style::{AMBER, AMBER_TINT, BODY, Colour, GREY, INK, LEFT, NAVY, RED, RED_TINT, RIGHT};
use super::tagged::{Artifact, Canvas, ElementId, Numbering, Role};
use super::text::strip;
use super::typeset::{self, Breaking, Line};
use crate::model::document::{Detail, Document, Draft, Inline};

const ROOT: ElementId = Canvas::ROOT;
/// Between the edge of a box and its text.
const PADDING: f32 = 11.0;

/// Lines in a box that may go on over the page.
pub(super) struct Panel {
    strip: Strip,
    edge: Colour,
    tint: Colour,
    /// A line all around, not only on the left.
    framed: bool,
}

impl Setter<'_> {
    /// Sets all of it.
    pub(super) fn front(&mut self, document: &Document) {
        if let Some(draft) = &document.draft {
            self.draft(draft);
        }
        self.title(&document.title);
        self.title_block(&document.title_block);
        if let Some(notice) = &document.notice {
            self.notice(notice);
        }
    }

    fn draft(&mut self, draft: &Draft) {
        let (left, right) = (LEFT + PADDING, RIGHT - PADDING);
        let heading = self.setting.canvas.open(ROOT, Role::Paragraph);
        let lines = typeset::lines(self.setting.fonts, Face::Bold, 14.0, Draft::HEADING, right - left, Breaking::Even);
        let mut strip = strip(heading, left, lines, RED, 0.0);
        let why = self.setting.canvas.open(ROOT, Role::Paragraph);
        for line in &mut strip.lines {
            line.height += 6.0;
        }
        let lines = typeset::lines(self.setting.fonts, Face::Regular, BODY, draft.lead(), right - left, Breaking::Even);
        strip.lines.extend(self::strip(why, left, lines, INK, 0.0).lines);
        let reasons: Vec<Vec<Inline>> = draft.reasons.iter().map(|reason| vec![Inline::plain(reason)]).collect();
        for mut item in self.list_strips(Numbering::Disc, &reasons, left, right) {
            if let Some(last) = item.lines.last_mut() {
                last.height += 3.0;
            }
            strip.lines.extend(item.lines);
        }
        self.items.push(Placeable::Panel(Panel { strip, edge: RED, tint: RED_TINT, framed: true }));
    }

    fn title(&mut self, title: &str) {
        let element = self.setting.canvas.open(ROOT, Role::Heading(1));
        let lines = typeset::lines(self.setting.fonts, Face::Bold, 22.0, title, RIGHT - LEFT, Breaking::Even);
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
        let widths =
            details.iter().map(|detail| typeset::single(self.setting.fonts, Face::Bold, BODY, &label(detail)).width);
        let column = (widths.fold(0.0, f32::max) + 16.0).clamp(60.0, 190.0);
        for (index, detail) in details.iter().enumerate() {
            let element = self.setting.canvas.open(ROOT, Role::Paragraph);
            let labels =
                typeset::lines(self.setting.fonts, Face::Bold, BODY, &label(detail), column - 10.0, Breaking::Full);
            let width = RIGHT - LEFT - column;
            let values = typeset::lines(self.setting.fonts, Face::Regular, BODY, &detail.value, width, Breaking::Even);
            let before = if index == 0 { 12.0 } else { 3.0 };
            let labels: Vec<Line> =
                labels.into_iter().map(|line| typeset::followed(self.setting.fonts, Face::Bold, line)).collect();
            self.items.push(Placeable::Strip(side_by_side(
                element,
                (LEFT, labels, GREY),
                (LEFT + column, values),
                before,
            )));
        }
    }

    fn notice(&mut self, notice: &str) {
        let element = self.setting.canvas.open(ROOT, Role::Paragraph);
        let width = RIGHT - LEFT - 2.0 * PADDING - 3.0;
        let lines = typeset::lines(self.setting.fonts, Face::Bold, BODY, notice, width, Breaking::Even);
        let strip = strip(element, LEFT + PADDING + 3.0, lines, INK, 16.0);
        self.items.push(Placeable::Panel(Panel { strip, edge: AMBER, tint: AMBER_TINT, framed: false }));
    }
}

fn side_by_side(element: ElementId, label: (f32, Vec<Line>, Colour), value: (f32, Vec<Line>), before: f32) -> Strip {
    let count = label.1.len().max(value.1.len());
    let (mut labels, mut values) = (label.1.into_iter(), value.1.into_iter());
    let mut lines: Vec<StripLine> =
        (0..count).map(|_| StripLine { height: line_height(BODY), ..StripLine::default() }).collect();
    for line in &mut lines {
        line.parts.extend(labels.next().map(|text| Part::plain(element, label.0, text, label.2)));
        line.parts.extend(values.next().map(|text| Part { column: 1, ..Part::plain(element, value.0, text, INK) }));
    }
    Strip { before, lines, whole: true }
}

impl Panel {
    /// The least that may stand at the foot of a page.
    pub(super) fn lead(&self) -> f32 {
        self.strip.lead() + PADDING
    }

    /// Places the box.
    pub(super) fn place(&self, flow: &mut Flow) {
        flow.space(self.strip.before);
        flow.reserve(self.strip.height() + 2.0 * PADDING);
        let mut lines = self.strip.lines.as_slice();
        while !lines.is_empty() {
            let room = flow.bottom() - flow.y - 2.0 * PADDING;
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
