//! Scenes as SVG, to stand within a page.

use std::fmt::Write;

use super::scene::{Anchor, Scene, Shape};
use super::style::Colour;
use super::typeset;
use crate::export::escape::escaped;

/// Writes the scene as an `svg` element that is one picture to those who do not see it: `alt` says what it shows.
///
/// One unit is one point. The page sets the family of its text, so that a page's own fonts are used; the scene's texts
/// keep a distance that holds for other fonts than the one that they were measured in. `class` is the element's class.
pub(super) fn write(scene: &Scene, alt: &str, class: &str) -> String {
    let (width, height) = (number(scene.width), number(scene.height));
    let mut svg = format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">\n",
        escaped(&typeset::plain(alt))
    );
    for shape in &scene.shapes {
        svg.push_str(&element(shape));
        svg.push('\n');
    }
    svg.push_str("</svg>");
    svg
}

fn element(shape: &Shape) -> String {
    match shape {
        Shape::Rectangle { x, y, width, height, fill } => format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>",
            number(*x),
            number(*y),
            number(*width),
            number(*height),
            hex(*fill)
        ),
        Shape::Polyline { points, width, colour, dash } => {
            let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
            let mut line = format!(
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"",
                points.join(" "),
                hex(*colour),
                number(*width)
            );
            if let Some((dash, gap)) = dash {
                // Writing to a string cannot fail.
                let _ = write!(line, " stroke-dasharray=\"{} {}\"", number(*dash), number(*gap));
            }
            line + "/>"
        }
        Shape::Circle { x, y, radius, fill } => format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\"/>",
            number(*x),
            number(*y),
            number(*radius),
            hex(*fill)
        ),
        Shape::Text { x, y, text, size, bold, anchor, colour } => format!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{}{} fill=\"{}\">{}</text>",
            number(*x),
            number(*y),
            number(*size),
            if *bold { " font-weight=\"700\"" } else { "" },
            match anchor {
                Anchor::Start => "",
                Anchor::Middle => " text-anchor=\"middle\"",
                Anchor::End => " text-anchor=\"end\"",
            },
            hex(*colour),
            escaped(&typeset::plain(text))
        ),
    }
}

/// At most two decimals, without trailing zeros.
fn number(number: f32) -> String {
    let rounded = (f64::from(number) * 100.0).round() / 100.0;
    // A zero with a sign is nothing to write.
    (rounded + 0.0).to_string()
}

fn hex(Colour(red, green, blue): Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::super::style::{HAIRLINE, INK, NAVY};
    use super::*;

    #[test]
    fn each_shape_is_written_with_two_decimals_and_its_colour() {
        let shapes = vec![
            Shape::Rectangle { x: 1.005, y: -0.001, width: 10.0, height: 2.346, fill: NAVY },
            Shape::Polyline {
                points: vec![(0.0, 1.5), (3.25, 4.0)],
                width: 0.5,
                colour: HAIRLINE,
                dash: Some((4.0, 2.5)),
            },
            Shape::Circle { x: 5.0, y: 6.0, radius: 2.6, fill: INK },
            Shape::Text {
                x: 7.0,
                y: 8.0,
                text: "<Tom> & Ann".to_owned(),
                size: 9.0,
                bold: true,
                anchor: Anchor::End,
                colour: INK,
            },
        ];
        let svg = write(&Scene { width: 480.0, height: 99.999, shapes }, "Spend \"rose\"", "wide");
        assert_eq!(
            svg,
            "<svg class=\"wide\" viewBox=\"0 0 480 100\" role=\"img\" aria-label=\"Spend &quot;rose&quot;\">\n\
            <rect x=\"1\" y=\"0\" width=\"10\" height=\"2.35\" fill=\"#123c5a\"/>\n\
            <polyline points=\"0,1.5 3.25,4\" fill=\"none\" stroke=\"#c3ccd4\" stroke-width=\"0.5\" stroke-dasharray=\"4 2.5\"/>\n\
            <circle cx=\"5\" cy=\"6\" r=\"2.6\" fill=\"#1a1a1a\"/>\n\
            <text x=\"7\" y=\"8\" font-size=\"9\" font-weight=\"700\" text-anchor=\"end\" fill=\"#1a1a1a\">&lt;Tom&gt; &amp; Ann</text>\n\
            </svg>"
        );
    }
}
