//! A scene while it is drawn.

use super::super::scene::{Anchor, Scene, Shape};
use super::super::style::{Colour, HAIRLINE, INK};

const WHITE: Colour = Colour(0xFF, 0xFF, 0xFF);

/// A place on the scene: points from its left and its upper edge.
pub(super) type Point = (f32, f32);

/// The shapes so far, from the back to the front.
#[derive(Default)]
pub(super) struct Sketch {
    shapes: Vec<Shape>,
}

/// How a text is set.
#[derive(Clone, Copy)]
pub(super) struct Lettering {
    /// In points.
    pub(super) size: f32,
    /// Whether it is bold.
    pub(super) bold: bool,
    /// Which part of it stands at its place.
    pub(super) anchor: Anchor,
    /// Its colour.
    pub(super) colour: Colour,
}

impl Lettering {
    /// Upright text in the colour of the body.
    pub(super) fn plain(size: f32, anchor: Anchor) -> Self {
        Self { size, bold: false, anchor, colour: INK }
    }
}

/// How a bar, a line or a marker is filled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Paint {
    /// The edge.
    pub(super) edge: Colour,
    /// What is within; as the edge for a full shape.
    pub(super) fill: Colour,
}

impl Paint {
    /// The colour of the paper.
    pub(super) const WHITE: Self = Self::full(WHITE);

    /// One colour.
    pub(super) const fn full(colour: Colour) -> Self {
        Self { edge: colour, fill: colour }
    }

    /// White within a coloured edge.
    pub(super) const fn hollow(edge: Colour) -> Self {
        Self { edge, fill: WHITE }
    }
}

impl Sketch {
    /// The finished scene.
    pub(super) fn finish(self, width: f32, height: f32) -> Scene {
        Scene { width, height, shapes: self.shapes }
    }

    /// A rectangle from its upper left corner, with an outline that lies inside it.
    pub(super) fn rectangle(&mut self, (x, y): Point, (width, height): Point, paint: Paint) {
        const OUTLINE: f32 = 0.9;
        self.shapes.push(Shape::Rectangle { x, y, width, height, fill: paint.edge });
        if paint.fill != paint.edge && width > 2.0 * OUTLINE && height > 2.0 * OUTLINE {
            let (width, height) = (width - 2.0 * OUTLINE, height - 2.0 * OUTLINE);
            self.shapes.push(Shape::Rectangle { x: x + OUTLINE, y: y + OUTLINE, width, height, fill: paint.fill });
        }
    }

    /// A circle with an outline that lies inside it.
    pub(super) fn circle(&mut self, (x, y): Point, radius: f32, paint: Paint) {
        const OUTLINE: f32 = 1.1;
        self.shapes.push(Shape::Circle { x, y, radius, fill: paint.edge });
        if paint.fill != paint.edge {
            self.shapes.push(Shape::Circle { x, y, radius: radius - OUTLINE, fill: paint.fill });
        }
    }

    /// A thin straight line.
    pub(super) fn rule(&mut self, from: Point, to: Point, width: f32, colour: Colour) {
        self.line(vec![from, to], width, colour, None);
    }

    /// The faint line at a tick of an axis.
    pub(super) fn gridline(&mut self, from: Point, to: Point) {
        self.rule(from, to, 0.5, HAIRLINE);
    }

    /// A line from point to point.
    pub(super) fn line(&mut self, points: Vec<Point>, width: f32, colour: Colour, dash: Option<(f32, f32)>) {
        self.shapes.push(Shape::Polyline { points, width, colour, dash });
    }

    /// A line of text whose anchor and baseline are at a place.
    pub(super) fn text(&mut self, (x, y): Point, text: impl Into<String>, lettering: Lettering) {
        let text = text.into();
        if !text.is_empty() {
            let Lettering { size, bold, anchor, colour } = lettering;
            self.shapes.push(Shape::Text { x, y, text, size, bold, anchor, colour });
        }
    }
}
