//! No text leaves the scene or lies over another, whatever the chart and however narrow it is.

use super::super::super::fonts::Fonts;
use super::super::super::scene::{Scene, Shape};
use super::super::draw;
use super::super::labels::TextBox;
use super::super::sketch::Lettering;
use super::cases::cases;

/// As wide as the page's text, and as wide as a phone's.
const WIDTHS: [f32; 3] = [481.0, 420.0, 236.0];

fn texts(fonts: &mut Fonts, scene: &Scene) -> Vec<(String, TextBox)> {
    let mut texts = Vec::new();
    for shape in &scene.shapes {
        if let Shape::Text { x, y, text, size, bold, anchor, colour } = shape {
            let lettering = Lettering { size: *size, bold: *bold, anchor: *anchor, colour: *colour };
            texts.push((text.clone(), TextBox::of(fonts, (*x, *y), text, lettering)));
        }
    }
    texts
}

#[test]
fn no_text_leaves_the_scene_or_lies_over_another() {
    let mut fonts = Fonts::new().unwrap();
    for (name, chart) in cases() {
        for width in WIDTHS {
            let scene = draw(&chart, &mut fonts, width);
            assert_eq!(scene.width, width);
            let texts = texts(&mut fonts, &scene);
            assert!(!texts.is_empty(), "{name}");
            for (index, (text, place)) in texts.iter().enumerate() {
                let is_within =
                    place.left >= 0.0 && place.right <= width && place.top >= 0.0 && place.bottom <= scene.height;
                assert!(is_within, "{name} at {width}, {} high: {text} at {place:?}", scene.height);
                for (other, taken) in &texts[index + 1..] {
                    let is_apart = !place.overlaps(*taken);
                    assert!(is_apart, "{name} at {width}: {text} at {place:?}, {other} at {taken:?}");
                }
            }
        }
    }
}

#[test]
fn no_shape_leaves_the_scene() {
    let mut fonts = Fonts::new().unwrap();
    for (name, chart) in cases() {
        for width in WIDTHS {
            let scene = draw(&chart, &mut fonts, width);
            for shape in &scene.shapes {
                let edges = match shape {
                    Shape::Rectangle { x, y, width, height, .. } => vec![(*x, *y), (x + width, y + height)],
                    Shape::Polyline { points, .. } => points.clone(),
                    Shape::Circle { x, y, radius, .. } => vec![(x - radius, y - radius), (x + radius, y + radius)],
                    Shape::Text { .. } => Vec::new(),
                };
                let is_within =
                    |(x, y): &(f32, f32)| (-0.01..=width + 0.01).contains(x) && (0.0..=scene.height).contains(y);
                assert!(edges.iter().all(is_within), "{name} at {width} by {}: {shape:?}", scene.height);
            }
        }
    }
}
