//! What is drawn says what the amounts are.

use super::super::super::fonts::Fonts;
use super::super::super::scene::{Scene, Shape};
use super::super::super::style::{Colour, GREY, INK, NAVY};
use super::super::{bars, draw, lines};
use super::cases::{MONTHS, PROJECTS, chart, gap};
use crate::model::Format::{Integer, Money};
use crate::model::document::ChartBlock;
use crate::model::document::ChartKind::{Bar, GroupedBar, Line};

fn drawn(chart: &ChartBlock) -> Scene {
    draw(chart, &mut Fonts::new().unwrap(), 481.0)
}

/// Left edge and width of each dark bar, from the top.
fn bars_of(scene: &Scene) -> Vec<(f32, f32)> {
    let bar = |shape: &Shape| match shape {
        Shape::Rectangle { x, width, fill, .. } if *fill == NAVY => Some((*x, *width)),
        _ => None,
    };
    scene.shapes.iter().filter_map(bar).collect()
}

fn texts_of(scene: &Scene) -> Vec<&str> {
    let text = |shape: &'_ Shape| matches!(shape, Shape::Text { .. });
    let texts = scene.shapes.iter().filter(|shape| text(shape));
    texts.map(|shape| if let Shape::Text { text, .. } = shape { text.as_str() } else { "" }).collect()
}

/// The points of each line that is no rule of the axis.
fn lines_of(scene: &Scene) -> Vec<&[(f32, f32)]> {
    let line = |shape: &'_ Shape| matches!(shape, Shape::Polyline { width, .. } if *width > 1.0);
    let lines = scene.shapes.iter().filter(|shape| line(shape));
    lines.map(|shape| if let Shape::Polyline { points, .. } = shape { points.as_slice() } else { &[] }).collect()
}

#[test]
fn bars_are_as_long_as_their_amounts() {
    let scene = drawn(&chart(Bar, Money, &PROJECTS[..4], &[("Budget", &[10e5, 5e5, 20e5, 0.0])]));
    let bars = bars_of(&scene);
    assert_eq!(bars.len(), 3, "nothing has no bar");
    assert!((bars[0].1 / bars[1].1 - 2.0).abs() < 1e-4 && (bars[2].1 / bars[0].1 - 2.0).abs() < 1e-4, "{bars:?}");
    assert!(bars.iter().all(|bar| bar.0 == bars[0].0));
    let values: Vec<&str> = texts_of(&scene).into_iter().filter(|text| text.starts_with('£')).collect();
    assert_eq!(values, ["£10,000.00", "£5,000.00", "£20,000.00", "£0.00"]);
}

#[test]
fn bars_below_zero_lie_to_the_left_of_it() {
    let bars = bars_of(&drawn(&chart(Bar, Money, &PROJECTS[..2], &[("Variance", &[-6e5, 3e5])])));
    let zero = bars[1].0;
    assert!((bars[0].0 + bars[0].1 - zero).abs() < 1e-3, "{bars:?}");
    assert!((bars[0].1 / bars[1].1 - 2.0).abs() < 1e-4, "{bars:?}");
}

#[test]
fn what_is_printed_instead_of_an_amount_stands_in_the_place_of_its_bar() {
    let mut block = chart(Bar, Integer, &PROJECTS[..3], &[("Count", &[30.0, 20.0, 10.0])]);
    block.series[0].values[1] = gap("[c]");
    let scene = drawn(&block);
    let bars = bars_of(&scene);
    assert_eq!(bars.len(), 2);
    assert_eq!(texts_of(&scene).iter().filter(|text| **text == "[c]").count(), 1);
    // However long it is, it takes no room from the bars.
    block.series[0].values[1] = gap("not available until the return of the third quarter is in");
    assert_eq!(bars_of(&drawn(&block)), bars);
}

#[test]
fn long_names_leave_half_of_the_width_to_the_bars() {
    let name = "A project whose name is so long that nobody would ever print it on one line of a report";
    let bars = bars_of(&drawn(&chart(Bar, Integer, &[name; 2], &[("Count", &[2.0, 1.0])])));
    assert!(bars[0].1 > 481.0 / 2.0, "{bars:?}");
    let endless = "never ending ".repeat(40);
    let bars = bars_of(&drawn(&chart(Bar, Integer, &[endless.as_str(); 2], &[("Count", &[2.0, 1.0])])));
    assert!(bars[0].1 > 481.0 / 2.0, "{bars:?}");
}

#[test]
fn a_legend_names_the_series_in_their_order_and_one_series_has_none() {
    let two = chart(GroupedBar, Money, &PROJECTS[..1], &[("Budget", &[10e5]), ("Spend", &[5e5])]);
    assert_eq!(texts_of(&drawn(&two))[..2], ["Budget", "Spend"]);
    let one = chart(Bar, Money, &PROJECTS[..1], &[("Budget", &[10e5])]);
    assert_eq!(texts_of(&drawn(&one)), ["Partnership Analyst", "£10,000.00"]);
}

#[test]
fn a_line_goes_from_month_to_month_and_is_interrupted_by_a_gap() {
    let mut block = chart(Line, Integer, &MONTHS[..6], &[("2022-23", &[0.0, 500.0, 1000.0, 250.0, 750.0, 1000.0])]);
    let scene = drawn(&block);
    let lines = lines_of(&scene);
    let [line] = lines[..] else { panic!("{} lines", lines.len()) };
    let (foot, head) = (line[0].1, line[2].1);
    let percent = |point: &(f32, f32)| ((foot - point.1) / (foot - head) * 100.0).round();
    assert_eq!(line.iter().map(percent).collect::<Vec<_>>(), [0.0, 50.0, 100.0, 25.0, 75.0, 100.0]);
    assert!(line.windows(2).all(|pair| (pair[1].0 - pair[0].0 - (line[1].0 - line[0].0)).abs() < 1e-3));

    block.series[0].values[2] = gap("[x]");
    let scene = drawn(&block);
    assert_eq!(lines_of(&scene).iter().map(|line| line.len()).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn the_end_of_a_line_has_its_name_and_its_last_value() {
    let block = chart(Line, Integer, &MONTHS[..3], &[("2022-23", &[870.0, 921.0, 905.0])]);
    let scene = drawn(&block);
    let texts = texts_of(&scene);
    assert!(texts.windows(2).any(|pair| pair == ["2022-23", "905"]), "{texts:?}");
    // The first value, which is the lowest, and the highest; each once.
    for value in ["870", "921"] {
        assert_eq!(texts.iter().filter(|text| **text == value).count(), 1, "{texts:?}");
    }
}

#[test]
fn a_chart_without_categories_or_series_draws_nothing() {
    for block in [chart(Bar, Integer, &[], &[("Count", &[])]), chart(Line, Integer, &MONTHS, &[])] {
        let scene = drawn(&block);
        assert!(scene.shapes.is_empty() && scene.height == 0.0);
    }
}

#[test]
fn a_series_that_is_too_short_leaves_a_gap() {
    for kind in [GroupedBar, Line] {
        let scene = drawn(&chart(kind, Integer, &MONTHS[..3], &[("One", &[1.0, 2.0]), ("Two", &[])]));
        assert!(!scene.shapes.is_empty());
    }
}

#[test]
fn every_text_has_a_contrast_of_four_and_a_half_to_white() {
    for colour in lines::STROKES.iter().map(|stroke| stroke.colour).chain([INK, GREY]) {
        let contrast = 1.05 / (luminance(colour) + 0.05);
        assert!(contrast >= 4.5, "{colour:?} has {contrast}");
    }
}

#[test]
fn the_first_two_fills_are_told_apart_in_grey_and_the_edges_on_white() {
    let [first, second, ..] = bars::PAINTS;
    let (dark, light) = (luminance(first.fill), luminance(second.fill));
    assert!((light + 0.05) / (dark + 0.05) >= 7.0);
    assert!(bars::PAINTS.iter().all(|paint| 1.05 / (luminance(paint.edge) + 0.05) >= 4.5));
}

/// Relative luminance as WCAG 2.2 has it.
fn luminance(Colour(red, green, blue): Colour) -> f64 {
    let part = |value: u8| match f64::from(value) / 255.0 {
        low if low <= 0.04045 => low / 12.92,
        high => ((high + 0.055) / 1.055).powf(2.4),
    };
    0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
}
