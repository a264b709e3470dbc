//! Lines over ordered categories, such as months: named at their right ends, from zero on.

use super::super::fonts::Fonts;
use super::super::scene::{Anchor, Scene};
use super::super::style::{Colour, GREY, NAVY};
use super::super::typeset;
use super::axis::{self, Tick, below, tick_lettering};
use super::ends::{self, EndLabel};
use super::labels::{self, TextBox, first_baseline, height};
use super::sketch::{Lettering, Paint, Point, Sketch};
use super::{LABEL, VALUE, amount};
use crate::model::document::{ChartBlock, Series};

/// How the line of a series is drawn.
pub(super) struct Stroke {
    /// With a contrast of 4.5:1 or better to white, since the line's name has it too.
    pub(super) colour: Colour,
    /// In points.
    width: f32,
    dash: Option<(f32, f32)>,
    marker: Marker,
}

#[derive(Clone, Copy)]
enum Marker {
    Disc,
    Ring,
    Square,
    OpenSquare,
}

const OCHRE: Colour = Colour(0x8F, 0x4A, 0x00);
const STONE: Colour = Colour(0x5F, 0x6B, 0x76);
const MOSS: Colour = Colour(0x2E, 0x6B, 0x3A);
/// In the order of the series.
pub(super) const STROKES: [Stroke; 5] = [
    Stroke { colour: NAVY, width: 2.0, dash: None, marker: Marker::Disc },
    Stroke { colour: OCHRE, width: 1.5, dash: Some((5.0, 3.0)), marker: Marker::Ring },
    Stroke { colour: STONE, width: 1.5, dash: Some((1.5, 2.5)), marker: Marker::Square },
    Stroke { colour: MOSS, width: 1.5, dash: Some((9.0, 3.0)), marker: Marker::OpenSquare },
    Stroke { colour: STONE, width: 1.5, dash: Some((2.5, 5.0)), marker: Marker::Ring },
];
/// More points than this on a line are not marked one by one.
const MOST_MARKED: usize = 40;
/// Between the end of a line and its name.
const TO_NAME: f32 = 11.0;

/// Draws a line for each series.
pub(super) fn draw(chart: &ChartBlock, fonts: &mut Fonts, width: f32) -> Scene {
    let plot = Plot::of(chart, fonts, width);
    let mut sketch = Sketch::default();
    let mut texts = plot.axis(&mut sketch, fonts);
    let bottom = plot.categories(&mut sketch, chart, fonts);

    // The first series is the one that the chart is about: it lies in front.
    let runs: Vec<Vec<Vec<Point>>> = chart.series.iter().map(|series| plot.runs(series)).collect();
    for (runs, stroke) in runs.iter().zip(STROKES.iter().cycle()).collect::<Vec<_>>().into_iter().rev() {
        stroke.draw(&mut sketch, runs, chart.categories.len());
    }
    let ends: Vec<Point> = runs.iter().map(|runs| plot.end(runs)).collect();
    ends::write(&mut sketch, &plot.names, &ends, plot.right + TO_NAME, (0.0, plot.bottom + LABEL));
    for series in &chart.series {
        plot.values(&mut sketch, fonts, series, &runs, &mut texts);
    }
    sketch.finish(width, bottom)
}

impl Stroke {
    fn draw(&self, sketch: &mut Sketch, runs: &[Vec<Point>], categories: usize) {
        for run in runs {
            if run.len() > 1 {
                sketch.line(run.clone(), self.width, self.colour, self.dash);
            }
            if run.len() == 1 || categories <= MOST_MARKED {
                run.iter().for_each(|point| self.marker.draw(sketch, *point, self.colour));
            }
        }
    }
}

impl Marker {
    fn draw(self, sketch: &mut Sketch, (x, y): Point, colour: Colour) {
        let corner = (x - 2.4, y - 2.4);
        match self {
            Self::Disc => sketch.circle((x, y), 2.6, Paint::full(colour)),
            Self::Ring => sketch.circle((x, y), 2.8, Paint::hollow(colour)),
            Self::Square => sketch.rectangle(corner, (4.8, 4.8), Paint::full(colour)),
            Self::OpenSquare => sketch.rectangle(corner, (4.8, 4.8), Paint::hollow(colour)),
        }
    }
}

/// Where values and categories lie.
struct Plot {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    width: f32,
    ticks: Vec<Tick>,
    /// The x of each category.
    places: Vec<f32>,
    names: Vec<EndLabel>,
}

impl Plot {
    fn of(chart: &ChartBlock, fonts: &mut Fonts, width: f32) -> Self {
        /// Between the axis and the first point.
        const INDENT: f32 = 9.0;
        let amounts = || chart.series.iter().flat_map(|series| &series.values).filter_map(amount);
        let (lowest, highest) = (amounts().fold(0.0, f64::min), amounts().fold(0.0, f64::max));
        let ticks = axis::ticks(lowest, highest, chart.format, 5);
        let tick_labels: Vec<&str> = ticks.iter().map(|tick| tick.label.as_str()).collect();
        let left = labels::widest(fonts, false, VALUE, &tick_labels) * 1.04 + 6.0;

        let names: Vec<EndLabel> = chart
            .series
            .iter()
            .zip(STROKES.iter().cycle())
            .map(|(series, stroke)| EndLabel::of(fonts, series, stroke.colour, 0.2 * width))
            .collect();
        let widest_name = names.iter().map(|name| name.width(fonts)).fold(0.0, f32::max);
        let right = (width - widest_name * 1.04 - TO_NAME).max(left + 2.0 * INDENT);

        let top = VALUE + 5.0;
        // Nothing but zeros needs no height to be told apart.
        let height = if ticks.len() > 1 { (0.27 * width).clamp(110.0, 150.0) } else { 36.0 };
        let height = height.max(ends::height_of_all(&names) - top);
        let count = chart.categories.len();
        let places = (0..count).map(|index| match count {
            1 => right,
            _ => left + INDENT + (right - left - INDENT) * index as f32 / (count - 1) as f32,
        });
        Self { left, right, top, bottom: top + height, width, places: places.collect(), ticks, names }
    }

    /// The y of an amount.
    fn y(&self, amount: f64) -> f32 {
        let (Some(lowest), Some(highest)) = (self.ticks.first(), self.ticks.last()) else { return self.bottom };
        let range = highest.at - lowest.at;
        let part = if range > 0.0 { (amount - lowest.at) / range } else { 0.0 };
        self.bottom - part as f32 * (self.bottom - self.top)
    }

    /// Draws the ticks and tells where their labels lie.
    fn axis(&self, sketch: &mut Sketch, fonts: &mut Fonts) -> Vec<TextBox> {
        let mut texts = Vec::new();
        for tick in &self.ticks {
            let y = self.y(tick.at);
            if tick.at == 0.0 {
                sketch.rule((self.left, y), (self.right, y), 0.9, GREY);
            } else {
                sketch.gridline((self.left, y), (self.right, y));
            }
            let place = (self.left - 5.0, first_baseline(y, 1, VALUE));
            sketch.text(place, tick.label.as_str(), tick_lettering());
            texts.push(TextBox::of(fonts, place, &tick.label, tick_lettering()));
        }
        texts
    }

    /// Writes the categories below the plot, and tells where the last of them ends.
    fn categories(&self, sketch: &mut Sketch, chart: &ChartBlock, fonts: &mut Fonts) -> f32 {
        let first = self.bottom + 7.0 + LABEL;
        let shown = below(fonts, &chart.categories, &self.places, self.width);
        let most = shown.iter().map(|label| label.lines.len()).max().unwrap_or(0);
        for label in shown {
            for (index, line) in label.lines.into_iter().enumerate() {
                let place = (label.x, first + height(index, LABEL));
                sketch.text(place, line, Lettering::plain(LABEL, Anchor::Middle));
            }
        }
        first + height(most.saturating_sub(1), LABEL) + 0.4 * LABEL
    }

    /// The points of a series, anew after each gap.
    fn runs(&self, series: &Series) -> Vec<Vec<Point>> {
        let mut runs = vec![Vec::new()];
        for (value, x) in series.values.iter().zip(&self.places) {
            match (amount(value), runs.last_mut()) {
                (Some(amount), Some(run)) => run.push((*x, self.y(amount))),
                _ => runs.push(Vec::new()),
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }

    /// Where a line ends; the foot of the plot for one without points.
    fn end(&self, runs: &[Vec<Point>]) -> Point {
        runs.last().and_then(|run| run.last()).copied().unwrap_or((self.right, self.bottom))
    }

    /// Writes the first value of a series, the highest above it and the lowest below it, where that covers nothing. The
    /// last value stands beside the line's name.
    fn values(
        &self,
        sketch: &mut Sketch,
        fonts: &mut Fonts,
        series: &Series,
        lines: &[Vec<Vec<Point>>],
        texts: &mut Vec<TextBox>,
    ) {
        const ABOVE: f32 = -6.0;
        const BELOW: f32 = 6.0 + 0.72 * VALUE;
        let amounts: Vec<(usize, f64)> =
            series.values.iter().enumerate().filter_map(|(index, value)| Some((index, amount(value)?))).collect();
        let first_of = |is_better: fn(f64, f64) -> bool| {
            amounts.iter().copied().reduce(|best, next| if is_better(next.1, best.1) { next } else { best })
        };
        let (Some(highest), Some(lowest)) = (first_of(|a, b| a > b), first_of(|a, b| a < b)) else { return };
        let mut written = vec![self.places.len() - 1];
        for ((index, amount), rise) in [(amounts[0], ABOVE), (amounts[0], BELOW), (highest, ABOVE), (lowest, BELOW)] {
            if written.contains(&index) {
                continue;
            }
            let (Some(x), Some(value)) = (self.places.get(index), series.values.get(index)) else { continue };
            let text = typeset::plain(&value.label);
            let half = labels::width(fonts, false, VALUE, &text) / 2.0;
            let at = (x.max(self.left + half + 5.0), self.y(amount) + rise);
            let lettering = Lettering::plain(VALUE, Anchor::Middle);
            let place = TextBox::of(fonts, at, &text, lettering);
            if place.right <= self.right && self.is_free(place.grown(1.5), lines, texts) {
                // The faint lines of the ticks end at the figure.
                let backing = place.grown(0.8);
                let size = (backing.right - backing.left, backing.bottom - backing.top);
                sketch.rectangle((backing.left, backing.top), size, Paint::WHITE);
                sketch.text(at, text, lettering);
                texts.push(place);
                written.push(index);
            }
        }
    }

    /// Whether a place holds no text, no line and no marker, and lies above the axis of categories.
    fn is_free(&self, place: TextBox, lines: &[Vec<Vec<Point>>], texts: &[TextBox]) -> bool {
        let near = place.grown(1.5);
        place.bottom < self.bottom
            && place.top >= 0.0
            && texts.iter().all(|text| !text.overlaps(near))
            && lines.iter().flatten().all(|run| {
                run.iter().all(|point| !near.is_crossed(*point, *point))
                    && run.windows(2).all(|ends| !place.is_crossed(ends[0], ends[1]))
            })
    }
}
