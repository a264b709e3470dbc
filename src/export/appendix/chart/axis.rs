//! Axes: round ticks and their labels, and the labels of the categories below a line chart.

use super::super::fonts::{Face, Fonts};
use super::super::scene::Anchor;
use super::super::style::GREY;
use super::super::typeset;
use super::labels::{self, TextBox};
use super::sketch::Lettering;
use super::{LABEL, VALUE};
use crate::model::{Format, Month, Scalar};

/// A tick of the axis of values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    /// Where it stands, in the unit of the stored values.
    pub(super) at: f64,
    /// As it is printed: `£10,000`, `1,000`, `20%`, `£2.5m`.
    pub(super) label: String,
}

/// Round ticks from the lowest to the highest value, zero always among them: steps of 1, 2 or 5 and their tenfolds,
/// as many as come next to `wanted`. All values zero give one tick.
pub(super) fn ticks(lowest: f64, highest: f64, format: Format, wanted: u32) -> Vec<Tick> {
    let unit = shown_unit(format);
    let (lowest, highest) = (lowest.min(0.0) / unit, highest.max(0.0) / unit);
    let Some(step) = step(highest - lowest, smallest_step(format), wanted) else {
        return vec![Tick { at: 0.0, label: tick_label(0, 1.0, 1.0, format) }];
    };
    // A value on a tick needs none beyond it, whatever the last digit of a division says.
    let first = (lowest / step + 1e-9).floor() as i64;
    let last = (highest / step - 1e-9).ceil() as i64;
    let largest = lowest.abs().max(highest);
    (first..=last)
        .map(|count| Tick { at: count as f64 * step * unit, label: tick_label(count, step, largest, format) })
        .collect()
}

/// How much of the stored unit is one of the unit that is printed.
fn shown_unit(format: Format) -> f64 {
    match format {
        Format::Money => 100.0,
        Format::Percentage => 0.01,
        _ => 1.0,
    }
}

/// Ticks stand no closer than what can be counted.
fn smallest_step(format: Format) -> f64 {
    match format {
        Format::Money => 0.01,
        Format::Integer => 1.0,
        _ => 0.0,
    }
}

fn step(range: f64, smallest: f64, wanted: u32) -> Option<f64> {
    let rough = range / f64::from(wanted);
    if !rough.is_normal() {
        return None;
    }
    let tenfold = 10f64.powi(rough.log10().floor() as i32);
    let round = [1.0, 2.0, 5.0, 10.0].into_iter().find(|round| round * tenfold >= rough * 0.999).unwrap_or(10.0);
    Some((round * tenfold).max(smallest))
}

fn tick_label(count: i64, step: f64, largest: f64, format: Format) -> String {
    let (divisor, suffix) = match largest {
        _ if format == Format::Percentage => (1.0, "%"),
        largest if largest >= 1e9 => (1e9, "bn"),
        largest if largest >= 1e6 => (1e6, "m"),
        _ => (1.0, ""),
    };
    let step = step / divisor;
    let decimals = (-step.log10().floor()).clamp(0.0, 12.0) as usize;
    // Pounds and pence or pounds, never pounds and tenpences.
    let decimals = if format == Format::Money && suffix.is_empty() && decimals > 0 { 2 } else { decimals };
    let sign = if count < 0 { "-" } else { "" };
    let currency = if format == Format::Money { "£" } else { "" };
    let suffix = if count == 0 && suffix != "%" { "" } else { suffix };
    let decimals = if count == 0 { 0 } else { decimals };
    format!("{sign}{currency}{}{suffix}", grouped(count.unsigned_abs() as f64 * step, decimals))
}

/// The number with commas between thousands.
fn grouped(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let whole = whole
        .parse()
        .ok()
        .and_then(|whole| Format::Integer.show(&Scalar::Integer(whole)).ok())
        .unwrap_or_else(|| format!("{number:e}"));
    fraction.map_or_else(|| whole.clone(), |fraction| format!("{whole}.{fraction}"))
}

/// A label below the axis: the middle of it, and its lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BelowAxis {
    /// Points from the left edge of the scene.
    pub(super) x: f32,
    /// From the top.
    pub(super) lines: Vec<String>,
}

/// The labels of the categories, as many as fit between the edges of the scene without touching: all of them, every
/// second, every third, … Months are shortened, with the year below the first of each.
pub(super) fn below(fonts: &mut Fonts, categories: &[String], places: &[f32], width: f32) -> Vec<BelowAxis> {
    let months: Option<Vec<Month>> = categories.iter().map(|category| Month::from_text(category)).collect();
    let count = categories.len();
    for every in 1..=count {
        let room = if every < count && count > 1 { (places[1] - places[0]) * every as f32 - 5.0 } else { width };
        let shown: Option<Vec<BelowAxis>> = (0..count)
            .step_by(every)
            .enumerate()
            .map(|(position, index)| {
                let lines = match &months {
                    Some(months) => month_lines(months, index, (position > 0).then(|| index - every)),
                    None => label_lines(fonts, &categories[index], room, every == count)?,
                };
                let half = labels::widest(fonts, false, LABEL, &lines) / 2.0;
                Some(BelowAxis { x: places[index].min(width - half - 1.0).max(half + 1.0), lines })
            })
            .collect();
        if let Some(shown) = shown.filter(|shown| every == count || are_apart(fonts, shown)) {
            return shown;
        }
    }
    Vec::new()
}

/// `Apr`, and `2022` below it where the label before is of another year.
fn month_lines(months: &[Month], index: usize, before: Option<usize>) -> Vec<String> {
    let year = |index: usize| months[index].iso().chars().take(4).collect::<String>();
    let mut lines = vec![months[index].name().chars().take(3).collect()];
    if before.is_none_or(|before| year(before) != year(index)) {
        lines.push(year(index));
    }
    lines
}

/// At most three lines; none where a word would have to be cut, unless it is the last resort.
fn label_lines(fonts: &mut Fonts, label: &str, room: f32, is_last_resort: bool) -> Option<Vec<String>> {
    let lettering = Lettering::plain(LABEL, Anchor::Middle);
    let longest_word = typeset::measure(fonts, Face::Regular, LABEL, label).0;
    if is_last_resort {
        return Some(labels::wrapped(fonts, lettering, label, room, 3));
    }
    if longest_word > room {
        return None;
    }
    let lines = labels::wrapped(fonts, lettering, label, room, usize::MAX);
    (lines.len() <= 3).then_some(lines)
}

fn are_apart(fonts: &mut Fonts, shown: &[BelowAxis]) -> bool {
    const GAP: f32 = 4.0;
    let lettering = Lettering::plain(LABEL, Anchor::Middle);
    let mut edges = Vec::with_capacity(shown.len());
    for label in shown {
        let boxes: Vec<TextBox> =
            label.lines.iter().map(|line| TextBox::of(fonts, (label.x, 0.0), line, lettering)).collect();
        let left = boxes.iter().map(|text| text.left).fold(f32::MAX, f32::min);
        let right = boxes.iter().map(|text| text.right).fold(f32::MIN, f32::max);
        edges.push((left, right));
    }
    edges.windows(2).all(|pair| pair[0].1 + GAP <= pair[1].0)
}

/// How the labels of ticks are set.
pub(super) fn tick_lettering() -> Lettering {
    Lettering { colour: GREY, ..Lettering::plain(VALUE, Anchor::End) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_written_as_short_as_they_can_be() {
        let shown = |lowest, highest, format| {
            ticks(lowest, highest, format, 4).into_iter().map(|tick| tick.label).collect::<Vec<_>>()
        };
        for (lowest, highest, format, expected) in [
            (0.0, 3_888_925.0, Format::Money, vec!["£0", "£10,000", "£20,000", "£30,000", "£40,000"]),
            (0.0, 905.0, Format::Integer, vec!["0", "500", "1,000"]),
            (0.0, 1000.0, Format::Integer, vec!["0", "500", "1,000"]),
            (0.0, 2.0, Format::Integer, vec!["0", "1", "2"]),
            (0.0, 150.0, Format::Money, vec!["£0", "£0.50", "£1.00", "£1.50"]),
            (-250_000.0, 600_000.0, Format::Money, vec!["-£5,000", "£0", "£5,000", "£10,000"]),
            (0.0, 0.85, Format::Percentage, vec!["0%", "50%", "100%"]),
            (0.0, 2.4e8, Format::Money, vec!["£0", "£1m", "£2m", "£3m"]),
            (0.0, 1.2e8, Format::Money, vec!["£0", "£0.5m", "£1.0m", "£1.5m"]),
            (0.0, 8e9, Format::Integer, vec!["0", "2bn", "4bn", "6bn", "8bn"]),
            (0.0, 0.0003, Format::Number, vec!["0", "0.0001", "0.0002", "0.0003"]),
            (0.0, 0.0, Format::Money, vec!["£0"]),
        ] {
            assert_eq!(shown(lowest, highest, format), expected, "{lowest} to {highest}");
        }
    }

    #[test]
    fn ticks_stand_where_their_labels_say() {
        let places: Vec<f64> = ticks(0.0, 3_888_925.0, Format::Money, 4).into_iter().map(|tick| tick.at).collect();
        assert_eq!(places, [0.0, 1_000_000.0, 2_000_000.0, 3_000_000.0, 4_000_000.0]);
    }

    #[test]
    fn months_are_shortened_with_the_year_below_the_first_of_each() {
        let mut fonts = Fonts::new().unwrap();
        let months = ["November 2022", "December 2022", "January 2023"].map(str::to_owned);
        let lines = |shown: Vec<BelowAxis>| shown.into_iter().map(|label| label.lines).collect::<Vec<_>>();
        let shown = below(&mut fonts, &months, &[40.0, 70.0, 100.0], 150.0);
        assert_eq!(lines(shown), [vec!["Nov", "2022"], vec!["Dec"], vec!["Jan", "2023"]]);
        // Where they would touch, every second is left out.
        let shown = below(&mut fonts, &months, &[40.0, 56.0, 72.0], 150.0);
        assert_eq!(lines(shown), [vec!["Nov", "2022"], vec!["Jan", "2023"]]);
    }
}
