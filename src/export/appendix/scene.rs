//! A picture made of a few shapes: what charts are drawn into. The PDF and the HTML edition each write it their own way.

use super::style::Colour;

/// A picture. Measures are points; x runs to the right and y downwards from the top left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scene {
    /// Width in points.
    pub(super) width: f32,
    /// Height in points.
    pub(super) height: f32,
    /// From the back to the front.
    pub(super) shapes: Vec<Shape>,
}

/// A shape of a picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// A filled rectangle; a rule is a low one.
    Rectangle {
        /// Its left edge.
        x: f32,
        /// Its upper edge.
        y: f32,
        /// Its width.
        width: f32,
        /// Its height.
        height: f32,
        /// What it is filled with.
        fill: Colour,
    },
    /// A line from point to point.
    Polyline {
        /// The points: x and y.
        points: Vec<(f32, f32)>,
        /// How broad the line is.
        width: f32,
        /// Its colour.
        colour: Colour,
        /// Lengths of dash and gap; none for a line without gaps.
        dash: Option<(f32, f32)>,
    },
    /// A filled circle.
    Circle {
        /// The centre.
        x: f32,
        /// The centre.
        y: f32,
        /// Half its width.
        radius: f32,
        /// What it is filled with.
        fill: Colour,
    },
    /// A line of text.
    Text {
        /// Where it is anchored.
        x: f32,
        /// Its baseline.
        y: f32,
        /// The words.
        text: String,
        /// Size of the type.
        size: f32,
        /// Whether it is bold.
        bold: bool,
        /// Which part of it stands at `x`.
        anchor: Anchor,
        /// Its colour.
        colour: Colour,
    },
}

/// Which part of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}
