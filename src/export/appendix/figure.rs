//! Charts: a title, the drawing with its alternative text, and notes, kept together.

use super::flow::{Flow, Strip};
use super::fonts::{Face, Fonts};
use super::scene::{Anchor, Scene, Shape};
use super::style::{BODY, GREY, INK, LEFT, NAVY, NOTE, Paper};
use super::tagged::{Canvas, ElementId, Pen, Role};
use super::text::{Measure, Setting, note_width, with_source};
use super::typeset::{self, Line};
use crate::model::document::ChartBlock;

/// A chart, set and waiting to be placed.
pub(super) struct Figure {
    /// The title stands in a paragraph before the figure, not in it: what reads a figure aloud reads its alternative
    /// text and nothing that is inside it.
    title: Strip,
    /// None when there is nothing to draw.
    drawing: Option<Drawing>,
    notes: Vec<Strip>,
}

/// A scene whose texts are set.
struct Drawing {
    element: ElementId,
    width: f32,
    height: f32,
    shapes: Vec<Shaped>,
}

enum Shaped {
    Shape(Shape),
    /// A text with its left end and baseline.
    Text(Line, f32, f32, super::style::Colour),
}

/// Whether a chart fits on a page, with its title.
pub(super) fn has_room_for_chart(chart: &ChartBlock, fonts: &mut Fonts) -> bool {
    /// What the title takes: three lines of it at most, and the space about it.
    const TITLE: f32 = 70.0;
    let height = super::chart::draw(chart, fonts, Paper::PORTRAIT.measure()).height;
    chart.categories.is_empty() || height + TITLE <= Paper::PORTRAIT.depth()
}

impl Figure {
    /// Sets `chart` and opens its elements.
    pub(super) fn set(setting: &mut Setting, chart: &ChartBlock) -> Self {
        let measure = Measure { x: LEFT, width: Paper::PORTRAIT.measure(), size: BODY, colour: NAVY };
        let element = setting.canvas.open(Canvas::ROOT, Role::Paragraph);
        let title = setting.inlines(element, &with_source(&chart.title, true, chart.source), measure);
        let title = Strip { before: 14.0, lines: title, whole: true };
        let mut notes = Vec::new();
        let drawing = if chart.categories.is_empty() {
            let element = setting.canvas.open(Canvas::ROOT, Role::Paragraph);
            let lines = setting.plain(element, Face::Italic, &chart.empty, Measure { colour: INK, ..measure });
            notes.push(Strip { before: 2.0, lines, whole: false });
            None
        } else {
            let element = setting.canvas.open_figure(Canvas::ROOT, &chart.alt);
            let scene = super::chart::draw(chart, setting.fonts, measure.width);
            Some(Drawing::of(scene, element, setting.fonts))
        };
        for note in &chart.notes {
            let element = setting.canvas.open(Canvas::ROOT, Role::Paragraph);
            let measure = Measure { width: note_width(Paper::PORTRAIT), size: NOTE, colour: GREY, ..measure };
            let lines = setting.plain(element, Face::Regular, note, measure);
            notes.push(Strip { before: 4.0, lines, whole: false });
        }
        Self { title, drawing, notes }
    }

    /// The least that may stand at the foot of a page: the title, the drawing and the beginning of the first note.
    pub(super) fn lead(&self) -> f32 {
        self.title.lead() + self.drawn() + self.notes.first().map_or(0.0, Strip::lead)
    }

    fn drawn(&self) -> f32 {
        self.drawing.as_ref().map_or(0.0, |drawing| 6.0 + drawing.height)
    }

    /// Places the chart; it is not divided.
    pub(super) fn place(&self, flow: &mut Flow) {
        flow.reserve(self.lead());
        flow.place(&self.title);
        if let Some(drawing) = &self.drawing {
            flow.y += 6.0;
            drawing.draw(flow);
        }
        for note in &self.notes {
            flow.place(note);
        }
        flow.space(8.0);
    }
}

impl Drawing {
    fn of(scene: Scene, element: ElementId, fonts: &mut Fonts) -> Self {
        let set = |shape| match shape {
            Shape::Text { x, y, text, size, bold, anchor, colour } => {
                let line = typeset::single(fonts, Face::of(bold, false), size, &text);
                let x = match anchor {
                    Anchor::Start => x,
                    Anchor::Middle => x - line.width / 2.0,
                    Anchor::End => x - line.width,
                };
                // Texts beside each other are words of their own.
                Shaped::Text(typeset::followed(fonts, Face::of(bold, false), line), x, y, colour)
            }
            shape => Shaped::Shape(shape),
        };
        Self { element, width: scene.width, height: scene.height, shapes: scene.shapes.into_iter().map(set).collect() }
    }

    fn draw(&self, flow: &mut Flow) {
        let (page, top, fonts) = (flow.page(), flow.y, flow.fonts);
        flow.canvas.frame(page, self.element, (LEFT, top), (self.width, self.height));
        flow.canvas.content(page, self.element, |pen| {
            for shape in &self.shapes {
                shape.draw(pen, fonts, (LEFT, top));
            }
        });
        flow.y += self.height;
    }
}

impl Shaped {
    /// Draws the shape of a scene whose top left corner is at `left`, `top`.
    fn draw(&self, pen: &mut Pen, fonts: &Fonts, (left, top): (f32, f32)) {
        match self {
            Self::Text(line, x, y, colour) => pen.text(fonts, line, left + x, top + y, *colour),
            Self::Shape(Shape::Rectangle { x, y, width, height, fill }) => {
                pen.fill(left + x, top + y, *width, *height, *fill);
            }
            Self::Shape(Shape::Polyline { points, width, colour, dash }) => {
                let points: Vec<(f32, f32)> = points.iter().map(|&(x, y)| (left + x, top + y)).collect();
                pen.polyline(&points, *width, *colour, *dash);
            }
            Self::Shape(Shape::Circle { x, y, radius, fill }) => pen.circle(left + x, top + y, *radius, *fill),
            Self::Shape(Shape::Text { .. }) => {}
        }
    }
}
