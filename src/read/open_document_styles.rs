//! Which cell styles of an `.ods` workbook nobody can see: text of the colour of what is behind it.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::{BytesStart, Event};

use super::markup::{attribute, name};
use super::parts::Package;
use super::styles::{Colour, Fill, is_invisible, rgb_of};

/// The most styles that one may be derived from; more of them go round in a circle.
const MOST_ANCESTORS: usize = 32;

/// What a style says itself; what it does not say, the style says that it is derived from.
#[derive(Default)]
struct Style {
    parent: Option<String>,
    text: Option<Colour>,
    fill: Option<Fill>,
}

/// The names of the cell styles whose text nobody can see.
pub(super) fn invisible(package: &mut Package<'_>) -> BTreeSet<String> {
    let mut styles = BTreeMap::new();
    // The styles that have names for people, then those that a cell was given by hand.
    for part in ["styles.xml", "content.xml"] {
        read(package, part, &mut styles);
    }
    styles.keys().filter(|style| nobody_sees(&styles, style)).cloned().collect()
}

fn nobody_sees(styles: &BTreeMap<String, Style>, style: &str) -> bool {
    let (mut text, mut fill) = (None, None);
    let mut next = styles.get(style);
    for _ in 0..MOST_ANCESTORS {
        let Some(style) = next else { break };
        text = text.or(style.text);
        fill = fill.or(style.fill);
        next = style.parent.as_deref().and_then(|parent| styles.get(parent));
    }
    is_invisible(text.unwrap_or(Colour::Automatic), fill.unwrap_or(Fill::Nothing))
}

fn read(package: &mut Package<'_>, part: &str, styles: &mut BTreeMap<String, Style>) {
    let Some(mut markup) = package.part(part) else { return };
    let mut open: Option<(String, Style)> = None;
    while let Some(piece) = markup.piece() {
        match piece {
            // What follows is the sheets themselves.
            Event::Start(tag) if name(&tag) == "body" => return,
            Event::Start(tag) if name(&tag) == "style" => open = cell_style(&tag),
            Event::End(tag) if tag.local_name().as_ref() == "style" => styles.extend(open.take()),
            Event::Start(tag) => {
                let Some((_, style)) = &mut open else { continue };
                match name(&tag) {
                    "text-properties" => style.text = colour(&tag, "color").map(Colour::Rgb).or(style.text),
                    "table-cell-properties" => style.fill = fill(&tag).or(style.fill),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// A style of cells, as far as its tag tells it; none when it is a style of something else.
fn cell_style(tag: &BytesStart<'_>) -> Option<(String, Style)> {
    attribute(tag, "family").filter(|family| family == "table-cell")?;
    let parent = attribute(tag, "parent-style-name").map(|parent| parent.into_owned());
    Some((attribute(tag, "name")?.into_owned(), Style { parent, ..Style::default() }))
}

fn colour(tag: &BytesStart<'_>, name: &str) -> Option<[u8; 3]> {
    attribute(tag, name)?.strip_prefix('#').and_then(rgb_of)
}

fn fill(tag: &BytesStart<'_>) -> Option<Fill> {
    match colour(tag, "background-color") {
        Some(rgb) => Some(Fill::Solid(Colour::Rgb(rgb))),
        None => attribute(tag, "background-color").map(|_| Fill::Nothing),
    }
}
