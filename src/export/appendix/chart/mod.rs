//! Charts become scenes: bars with their values written at the end, and lines with their names.
//!
//! Nothing is told by colour alone: bars differ in lightness and outline, lines in dash and marker, and each value or
//! line is labelled where it is drawn, so that a chart says the same when it is printed in grey. Texts keep a distance
//! from each other that also holds when a browser sets them in another font than the one they were measured in.

mod axis;
mod bars;
mod ends;
mod labels;
mod lines;
mod sketch;
#[cfg(test)]
mod tests;

use super::fonts::Fonts;
use super::scene::Scene;
use crate::model::document::{ChartBlock, ChartKind, ChartValue};

/// Size of category labels, of the legend and of the names of lines, in points.
const LABEL: f32 = 9.0;
/// Size of values and of the labels of an axis, in points.
const VALUE: f32 = 8.5;
/// Distance of baselines for each point of type.
const LEADING: f32 = 1.25;
/// Larger amounts than this are not figures of a partnership; they would only overflow the reckoning.
const LARGEST: f64 = 1e100;

/// Draws the chart `width` points wide and as high as its content needs. The title, the notes and the source are
/// not part of the picture. A chart without categories or series gives a scene without shapes and of no height: what
/// stands in its place is [`ChartBlock::empty`].
pub(super) fn draw(chart: &ChartBlock, fonts: &mut Fonts, width: f32) -> Scene {
    if chart.categories.is_empty() || chart.series.is_empty() {
        return Scene { width, height: 0.0, shapes: Vec::new() };
    }
    match chart.kind {
        ChartKind::Bar | ChartKind::GroupedBar => bars::draw(chart, fonts, width),
        ChartKind::Line => lines::draw(chart, fonts, width),
    }
}

/// The amount of a value, if there is one that can be drawn.
fn amount(value: &ChartValue) -> Option<f64> {
    value.amount.filter(|amount| amount.abs() <= LARGEST)
}
