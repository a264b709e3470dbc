//! Bars that lie: names of the categories to the left, values at the bars' ends.

use super::super::fonts::Fonts;
use super::super::scene::{Anchor, Scene};
use super::super::style::{Colour, GREY, INK, NAVY};
use super::super::typeset;
use super::labels::{self, first_baseline, height, wrapped};
use super::sketch::{Lettering, Paint, Sketch};
use super::{LABEL, VALUE, amount};
use crate::model::document::{ChartBlock, ChartValue};

/// Far apart in lightness, and each with a dark edge: they differ in print without colour.
pub(super) const PAINTS: [Paint; 5] = [
    Paint::full(NAVY),
    Paint { edge: NAVY, fill: Colour(0xDB, 0xE7, 0xF0) },
    Paint { edge: NAVY, fill: Colour(0x7F, 0xA3, 0xBE) },
    Paint { edge: NAVY, fill: Colour(0xFF, 0xFF, 0xFF) },
    Paint { edge: NAVY, fill: Colour(0x4A, 0x6F, 0x8C) },
];
/// Between a label and its bar.
const GAP: f32 = 5.0;
/// Between the bars of two categories.
const BETWEEN: f32 = 8.0;
/// Bars are at least this long where the widest of them ends, or values are written beyond the zero line.
const LEAST_ROOM: f32 = 50.0;
const CATEGORY: Lettering = Lettering { size: LABEL, bold: false, anchor: Anchor::End, colour: INK };
const SWATCH: f32 = 9.0;

/// Draws bars, for each category one of each series.
pub(super) fn draw(chart: &ChartBlock, fonts: &mut Fonts, width: f32) -> Scene {
    let names = names(fonts, &chart.categories, width);
    // A little more than is measured, for a browser's other fonts.
    let left = names.iter().map(|lines| labels::widest(fonts, false, LABEL, lines)).fold(0.0, f32::max) * 1.03 + GAP;
    let scale = Scale::of(chart, fonts, left, width);
    let mut sketch = Sketch::default();
    let first_row = if chart.series.len() > 1 { legend(&mut sketch, chart, fonts, width) } else { BETWEEN / 2.0 };

    let thickness = if chart.series.len() > 1 { 11.5 } else { 13.0 };
    let bars_height = thickness * chart.series.len() as f32;
    let mut top = first_row;
    for (index, lines) in names.iter().enumerate() {
        let row = height(lines.len(), LABEL).max(bars_height);
        let middle = top + row / 2.0;
        labels::write(&mut sketch, (left - GAP, middle), lines, CATEGORY);
        for (number, series) in chart.series.iter().enumerate() {
            let upper = middle - bars_height / 2.0 + thickness * number as f32;
            let Some(value) = series.values.get(index) else { continue };
            match amount(value) {
                Some(amount) => {
                    // A white thread between the bars of a category.
                    let stretch = (upper + 0.5, thickness - 1.0);
                    scale.bar(&mut sketch, amount, &value.label, stretch, PAINTS[number % PAINTS.len()]);
                }
                None => scale.gap(&mut sketch, fonts, &value.label, upper + thickness / 2.0, width),
            }
        }
        top += row + BETWEEN;
    }
    let bottom = top - BETWEEN / 2.0;
    sketch.rule((scale.zero, first_row - BETWEEN / 2.0), (scale.zero, bottom), 0.75, GREY);
    sketch.finish(width, bottom + 1.0)
}

/// The categories' names, in lines that leave most of the width to the bars.
fn names(fonts: &mut Fonts, categories: &[String], width: f32) -> Vec<Vec<String>> {
    let mut set = |measure: f32, most: usize| -> Vec<Vec<String>> {
        categories.iter().map(|category| wrapped(fonts, CATEGORY, category, measure, most)).collect()
    };
    let narrow = set(0.34 * width, usize::MAX);
    if narrow.iter().all(|lines| lines.len() <= 3) { narrow } else { set(0.44 * width, 4) }
}

/// Writes what each fill stands for, and tells where the first row begins.
fn legend(sketch: &mut Sketch, chart: &ChartBlock, fonts: &mut Fonts, width: f32) -> f32 {
    let lettering = Lettering::plain(LABEL, Anchor::Start);
    let (mut x, mut middle) = (0.0, LABEL * 0.7);
    for (number, series) in chart.series.iter().enumerate() {
        let title = wrapped(fonts, lettering, &series.title, width - SWATCH - GAP, 1).concat();
        let length = SWATCH + GAP + labels::width(fonts, false, LABEL, &title);
        if x > 0.0 && x + length > width {
            (x, middle) = (0.0, middle + height(1, LABEL) + 3.0);
        }
        sketch.rectangle((x, middle - SWATCH / 2.0), (SWATCH, SWATCH), PAINTS[number % PAINTS.len()]);
        sketch.text((x + SWATCH + GAP, first_baseline(middle, 1, LABEL)), title, lettering);
        x += length + 2.0 * SWATCH;
    }
    middle + LABEL + BETWEEN
}

/// Where amounts lie between the names and the right edge.
struct Scale {
    /// The x of zero.
    zero: f32,
    /// Points to one of the stored unit.
    points: f64,
    /// Whether the value of a bar to the left is written at its end, and not on the other side of zero.
    at_left_end: bool,
}

impl Scale {
    fn of(chart: &ChartBlock, fonts: &mut Fonts, left: f32, width: f32) -> Self {
        let values: Vec<&ChartValue> = chart.series.iter().flat_map(|series| &series.values).collect();
        let amounts = || values.iter().filter_map(|value| amount(value));
        let (highest, lowest) = (amounts().fold(0.0, f64::max), amounts().fold(0.0, f64::min));
        // What stands in the place of a bar has the whole width, so it takes none from the bars.
        let (below, others): (Vec<&ChartValue>, Vec<&ChartValue>) = values
            .iter()
            .filter(|value| amount(value).is_some())
            .partition(|value| amount(value).is_some_and(|amount| amount < 0.0));
        let room_of = |values: &[&ChartValue], fonts: &mut Fonts| {
            let texts: Vec<&str> = values.iter().map(|value| value.label.as_str()).collect();
            if texts.is_empty() { 0.0 } else { labels::widest(fonts, false, VALUE, &texts) * 1.04 + GAP }
        };
        let (at_left, at_right) = (room_of(&below, fonts), room_of(&others, fonts));

        let between_ends = width - left - at_left - at_right;
        let at_left_end = between_ends >= LEAST_ROOM;
        let (begin, room) =
            if at_left_end { (left + at_left, between_ends) } else { (left, width - left - at_left.max(at_right)) };
        let range = highest - lowest;
        let points = if range > 0.0 { f64::from(room.max(1.0)) / range } else { 0.0 };
        Self { zero: begin + (-lowest * points) as f32, points, at_left_end }
    }

    /// Draws the bar of an amount from its upper edge on, and the value at its end.
    fn bar(&self, sketch: &mut Sketch, value: f64, label: &str, (upper, thickness): (f32, f32), paint: Paint) {
        /// What is not nothing is seen.
        const SHORTEST: f32 = 0.75;
        let mut length = (value.abs() * self.points) as f32;
        if value != 0.0 {
            length = length.max(SHORTEST);
            let begin = if value < 0.0 { self.zero - length } else { self.zero };
            sketch.rectangle((begin, upper), (length, thickness), paint);
        }
        let (x, anchor) = match value < 0.0 {
            true if self.at_left_end => (self.zero - length - GAP + 1.0, Anchor::End),
            true => (self.zero + GAP - 1.0, Anchor::Start),
            false => (self.zero + length + GAP - 1.0, Anchor::Start),
        };
        let baseline = first_baseline(upper + thickness / 2.0, 1, VALUE);
        sketch.text((x, baseline), typeset::plain(label), Lettering::plain(VALUE, anchor));
    }

    /// Writes what is printed in the place of a bar, as far as it fits.
    fn gap(&self, sketch: &mut Sketch, fonts: &mut Fonts, label: &str, middle: f32, width: f32) {
        let lettering = Lettering::plain(VALUE, Anchor::Start);
        let x = self.zero + GAP - 1.0;
        let line = wrapped(fonts, lettering, label, width - x - 1.0, 1);
        labels::write(sketch, (x, middle), &line, lettering);
    }
}
