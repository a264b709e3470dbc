//! Headline figures: boxes in a row, a large figure with its label below it.

use super::flow::{Flow, StripLine};
use super::fonts::Face;
use super::style::{GREY, LEFT, NAVY, Paper, SHADE};
use super::tagged::{Artifact, Canvas, Numbering, Role};
use super::text::{Measure, Setting, with_source};
use super::typeset;
use crate::model::document::Fact;

/// Sizes of the figures to try: all of one row of boxes are of one size.
const SIZES: [f32; 4] = [20.0, 18.0, 16.0, 14.0];
/// Size of the labels.
const LABEL: f32 = 10.0;
/// Most boxes in a row.
const MOST: usize = 4;
/// Between boxes.
const GAP: f32 = 10.0;
/// Between the edge of a box and its text.
const PADDING: f32 = 10.0;
/// The coloured edge of a box.
const EDGE: f32 = 3.0;

/// Headline figures, set and waiting to be placed.
pub(super) struct Facts {
    rows: Vec<Row>,
}

struct Row {
    boxes: Vec<Box>,
    height: f32,
}

struct Box {
    x: f32,
    width: f32,
    lines: Vec<StripLine>,
}

impl Facts {
    /// Sets the figures and opens their elements.
    pub(super) fn set(setting: &mut Setting, facts: &[Fact]) -> Self {
        let list = setting.canvas.open(Canvas::ROOT, Role::List(Numbering::Unnumbered));
        let rows = facts.len().div_ceil(MOST).max(1);
        let columns = facts.len().div_ceil(rows).max(2);
        let width = (Paper::PORTRAIT.measure() - GAP * (columns - 1) as f32) / columns as f32;
        let room = width - 2.0 * PADDING - EDGE;
        let mut widest = |size: f32| {
            let widths = facts.iter().map(|fact| typeset::single(setting.fonts, Face::Bold, size, &fact.value).width);
            widths.fold(0.0, f32::max)
        };
        let size = SIZES.into_iter().find(|&size| widest(size) <= room).unwrap_or(SIZES[SIZES.len() - 1]);
        let mut set = Self { rows: Vec::new() };
        for facts in facts.chunks(columns) {
            let mut boxes = Vec::new();
            for (column, fact) in facts.iter().enumerate() {
                let x = LEFT + column as f32 * (width + GAP);
                let item = setting.canvas.open(list, Role::ListItem);
                let body = setting.canvas.open(item, Role::ListBody);
                let x_text = x + EDGE + PADDING;
                let measure = Measure { x: x_text, width: room, size, colour: NAVY };
                let mut lines = setting.plain(body, Face::Bold, &fact.value, measure);
                // The space keeps the figure from fusing with the label when it is read aloud.
                if let Some(last) = lines.last_mut().and_then(|line| line.parts.last_mut()) {
                    last.line = typeset::followed(setting.fonts, Face::Bold, std::mem::take(&mut last.line));
                }
                let label = with_source(&fact.label, false, fact.source);
                lines.extend(setting.inlines(body, &label, Measure { size: LABEL, colour: GREY, ..measure }));
                boxes.push(Box { x, width, lines });
            }
            let height = boxes.iter().map(Box::text_height).fold(0.0, f32::max) + 2.0 * PADDING - 2.0;
            set.rows.push(Row { boxes, height });
        }
        set
    }

    /// The least that may stand at the foot of a page: all of it.
    pub(super) fn lead(&self) -> f32 {
        12.0 + self.height()
    }

    fn height(&self) -> f32 {
        self.rows.iter().map(|row| row.height).sum::<f32>() + GAP * self.rows.len().saturating_sub(1) as f32
    }

    /// Places the boxes; those of one row are never on two pages.
    pub(super) fn place(&self, flow: &mut Flow) {
        flow.space(12.0);
        flow.reserve(self.height());
        for (index, row) in self.rows.iter().enumerate() {
            if index > 0 {
                flow.space(GAP);
            }
            flow.reserve(row.height);
            row.draw(flow);
        }
        flow.space(4.0);
    }
}

impl Row {
    fn draw(&self, flow: &mut Flow) {
        let (page, top, height) = (flow.page(), flow.y, self.height);
        flow.canvas.artifact(page, Artifact::Layout, |pen| {
            for one in &self.boxes {
                pen.fill(one.x, top, one.width, height, SHADE);
                pen.fill(one.x, top, EDGE, height, NAVY);
            }
        });
        for one in &self.boxes {
            flow.y = top + PADDING - 2.0;
            flow.draw(&one.lines);
        }
        flow.y = top + height;
    }
}

impl Box {
    fn text_height(&self) -> f32 {
        self.lines.iter().map(|line| line.height).sum()
    }
}
