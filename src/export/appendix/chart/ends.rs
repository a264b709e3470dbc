//! The names of lines at their right ends, pushed apart where they would lie over each other.

use super::super::fonts::Fonts;
use super::super::scene::Anchor;
use super::super::style::{Colour, INK};
use super::super::typeset;
use super::labels::{self, height, wrapped};
use super::sketch::{Lettering, Point, Sketch};
use super::{LABEL, VALUE};
use crate::model::document::Series;

/// Between two names.
const GAP: f32 = 3.0;

/// The name of a line and its last value, beside the place where the line ends.
pub(super) struct EndLabel {
    title: Vec<String>,
    /// The value at the last category; empty where a line ends before it.
    value: String,
    colour: Colour,
}

impl EndLabel {
    /// The label of a series, no wider than `measure`.
    pub(super) fn of(fonts: &mut Fonts, series: &Series, colour: Colour, measure: f32) -> Self {
        let title = wrapped(fonts, Self::title_lettering(colour), &series.title, measure, 3);
        // A line without any point says what is printed instead of its last value.
        let has_line = series.values.iter().any(|value| super::amount(value).is_some());
        let last = series.values.last().filter(|value| !has_line || super::amount(value).is_some());
        let value = last.map(|value| typeset::plain(&value.label)).unwrap_or_default();
        Self { title, value, colour }
    }

    /// In points.
    pub(super) fn width(&self, fonts: &mut Fonts) -> f32 {
        labels::widest(fonts, true, LABEL, &self.title).max(labels::width(fonts, false, VALUE, &self.value))
    }

    /// In points.
    pub(super) fn height(&self) -> f32 {
        height(self.title.len(), LABEL) + height(usize::from(!self.value.is_empty()), VALUE)
    }

    /// Writes the label, centred on the height `middle`.
    fn write(&self, sketch: &mut Sketch, (x, middle): Point) {
        let top = middle - self.height() / 2.0;
        let title = height(self.title.len(), LABEL);
        labels::write(sketch, (x, top + title / 2.0), &self.title, Self::title_lettering(self.colour));
        if !self.value.is_empty() {
            let lettering = Lettering { colour: INK, ..Lettering::plain(VALUE, Anchor::Start) };
            let middle = top + title + height(1, VALUE) / 2.0;
            labels::write(sketch, (x, middle), std::slice::from_ref(&self.value), lettering);
        }
    }

    fn title_lettering(colour: Colour) -> Lettering {
        Lettering { bold: true, colour, ..Lettering::plain(LABEL, Anchor::Start) }
    }
}

/// Height that all labels need, one below the other, in points.
pub(super) fn height_of_all(labels: &[EndLabel]) -> f32 {
    labels.iter().map(|label| label.height() + GAP).sum()
}

/// Writes the labels at `x`, each as near to the end of its line as the others let it be, between two heights.
pub(super) fn write(sketch: &mut Sketch, labels: &[EndLabel], ends: &[Point], x: f32, (top, bottom): (f32, f32)) {
    let heights: Vec<f32> = labels.iter().map(EndLabel::height).collect();
    let wanted: Vec<f32> = ends.iter().map(|end| end.1).collect();
    for ((label, end), middle) in labels.iter().zip(ends).zip(spread(&wanted, &heights, top, bottom)) {
        if (middle - end.1).abs() > 5.0 {
            sketch.rule((end.0 + 4.0, end.1), (x - 2.0, middle), 0.6, label.colour);
        }
        label.write(sketch, (x, middle));
    }
}

/// The middles of labels of some heights, near to where each is wanted, without overlap and in the order of the wanted
/// places; all within `top` and `bottom` if there is room for them.
fn spread(wanted: &[f32], heights: &[f32], top: f32, bottom: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&one, &other| wanted[one].total_cmp(&wanted[other]));
    let mut middles = vec![0.0; wanted.len()];
    let mut free = top;
    for &index in &order {
        middles[index] = (wanted[index] - heights[index] / 2.0).max(free) + heights[index] / 2.0;
        free = middles[index] + heights[index] / 2.0 + GAP;
    }
    // Then upwards, for those that were pushed beyond the lower edge.
    let mut free = bottom;
    for &index in order.iter().rev() {
        middles[index] = (middles[index] + heights[index] / 2.0).min(free) - heights[index] / 2.0;
        free = middles[index] - heights[index] / 2.0 - GAP;
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_have_room_stay_and_others_are_pushed_apart() {
        for (wanted, expected) in [
            (vec![20.0, 80.0], vec![20.0, 80.0]),
            // In the order of the series, not of the places.
            (vec![80.0, 20.0], vec![80.0, 20.0]),
            (vec![50.0, 52.0], vec![50.0, 63.0]),
            (vec![98.0, 99.0], vec![82.0, 95.0]),
            (vec![-5.0, 0.0], vec![5.0, 18.0]),
            (vec![100.0, 100.0, 100.0], vec![69.0, 82.0, 95.0]),
        ] {
            assert_eq!(spread(&wanted, &vec![10.0; wanted.len()], 0.0, 100.0), expected, "{wanted:?}");
        }
    }
}
