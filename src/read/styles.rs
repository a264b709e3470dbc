//! How the cells of an `.xlsx` workbook are shown: their number formats, and whether anybody can see them.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::markup::{attribute, name, parsed};
use super::parts::Package;
use crate::model::{RawValue, SharedText, is_kept_tint, is_mark_fill, lightened};

/// From here on a channel of a colour (0 to 255) counts as white: Excel's “white, darker 5%” is 242.
const NEAR_WHITE: u8 = 242;
/// The tint by which the white of a theme is still near white (-1 is black).
const NEAR_WHITE_TINT: f64 = -0.051;

/// The styles of a workbook, by the numbers that its cells name.
#[derive(Default)]
pub(super) struct Styles(Vec<Style>);

/// How cells are shown.
#[derive(Clone, Default)]
struct Style {
    format: Option<SharedText>,
    /// Whether the text has the colour of what is behind it.
    is_invisible: bool,
}

impl Styles {
    /// The styles of a package; none when the part is not there.
    pub fn read(package: &mut Package<'_>) -> Self {
        let book = package.book();
        let part = package.relationships(&book).into_iter().find(|one| one.kind == "styles" && !one.leads_out);
        part.map(|part| Self(styles(package, &part.target))).unwrap_or_default()
    }

    /// The number format of a style by its code; none where it is General.
    pub fn format(&self, style: usize) -> Option<SharedText> {
        self.0.get(style)?.format.clone()
    }

    /// Whether nobody can see what a cell of that style holds.
    pub fn hides(&self, style: usize, value: &RawValue) -> bool {
        self.0.get(style).is_some_and(|style| {
            style.is_invisible || style.format.as_deref().is_some_and(|format| shows_nothing(format, value))
        })
    }
}

/// Whether a format shows nothing of a value: `;;;` of any, `;;` of numbers.
fn shows_nothing(format: &str, value: &RawValue) -> bool {
    let is_number = matches!(value, RawValue::Number(_) | RawValue::Date(_) | RawValue::ImpossibleDate(_));
    matches!((format.trim(), is_number), (";;;", _) | (";;", true))
}

/// What is behind a text.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Fill {
    /// The sheet's own white.
    Nothing,
    /// One colour.
    Solid(Colour),
    /// A pattern or a gradient, before which any text is taken to be seen.
    Pattern,
    /// The fill of a mark; with the colour that was there before.
    Marked(Option<Colour>),
}

impl Fill {
    /// The same, told apart where it is the tool's own.
    fn marked(self) -> Self {
        match self {
            Self::Solid(Colour::Rgb(colour)) if is_mark_fill(colour) => Self::Marked(None),
            other => other,
        }
    }
}

/// A colour of a text or a fill.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Colour {
    /// What Excel chooses: of a text black.
    Automatic,
    /// Red, green and blue.
    Rgb([u8; 3]),
    /// A colour of the theme by its number, lighter or darker by a tint (-1 to 1).
    Theme(u32, f64),
    /// A colour of the old palette that has no name here.
    Indexed(u32),
}

impl Colour {
    fn of(tag: &BytesStart<'_>) -> Self {
        if let Some(rgb) = attribute(tag, "rgb").and_then(|rgb| rgb_of(&rgb)) {
            return Self::Rgb(rgb);
        }
        let tint = || parsed(tag, "tint").unwrap_or(0.0);
        match (parsed(tag, "theme"), parsed::<u32>(tag, "indexed")) {
            // Of every theme the first colour is that of paper and the second that of ink.
            (Some(0), _) if tint() == 0.0 => Self::Rgb([255; 3]),
            (Some(1), _) if tint() == 0.0 => Self::Rgb([0; 3]),
            (Some(theme), _) => Self::Theme(theme, tint()),
            (None, Some(indexed)) => of_palette(indexed),
            (None, None) => Self::Automatic,
        }
    }

    /// The colour that a text had before its cell was marked.
    fn before_mark(self) -> Self {
        match self {
            Self::Rgb(colour) => Self::Rgb(lightened(colour).unwrap_or(colour)),
            other => other,
        }
    }

    fn is_near_white(self) -> bool {
        match self {
            Self::Rgb(channels) => channels.iter().all(|channel| *channel >= NEAR_WHITE),
            Self::Theme(0, tint) => tint >= NEAR_WHITE_TINT,
            _ => false,
        }
    }
}

/// The colour of eight or six hexadecimal digits; the first two of eight say how much shows through, which Excel ignores.
pub(super) fn rgb_of(text: &str) -> Option<[u8; 3]> {
    let digits = text.get(text.len().checked_sub(6)?..)?;
    let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// The old palette begins with eight colours, twice; 64 and 65 are ink and paper.
fn of_palette(index: u32) -> Colour {
    const FIRST: [[u8; 3]; 8] = [
        [0, 0, 0],
        [255, 255, 255],
        [255, 0, 0],
        [0, 255, 0],
        [0, 0, 255],
        [255, 255, 0],
        [255, 0, 255],
        [0, 255, 255],
    ];
    match index {
        0..=15 => Colour::Rgb(FIRST[index as usize % FIRST.len()]),
        64 => Colour::Rgb([0; 3]),
        65 => Colour::Rgb([255; 3]),
        other => Colour::Indexed(other),
    }
}

/// Whether nobody can see a text before what is behind it.
pub(super) fn is_invisible(text: Colour, fill: Fill) -> bool {
    match fill {
        Fill::Nothing => text.is_near_white(),
        Fill::Solid(Colour::Automatic) | Fill::Pattern | Fill::Marked(..) => false,
        Fill::Solid(behind) => {
            let text = if text == Colour::Automatic { Colour::Rgb([0; 3]) } else { text };
            text == behind || (text.is_near_white() && behind.is_near_white())
        }
    }
}

fn styles(package: &mut Package<'_>, part: &str) -> Vec<Style> {
    let (mut formats, mut fonts, mut fills, mut styles) = (BTreeMap::new(), Vec::new(), Vec::new(), Vec::new());
    let Some(mut markup) = package.part(part) else { return styles };
    // The lists that the element lies in; styles of tables and conditions have fonts and fills of their own.
    let mut list = String::new();
    while let Some(piece) = markup.piece() {
        let tag = match piece {
            Event::Start(tag) => tag,
            Event::End(tag) if tag.local_name().as_ref() == list => {
                list.clear();
                continue;
            }
            _ => continue,
        };
        match (list.as_str(), name(&tag)) {
            ("", list_of @ ("numFmts" | "fonts" | "fills" | "cellXfs" | "dxfs" | "cellStyleXfs")) => {
                list = list_of.to_owned();
            }
            ("numFmts", "numFmt") => {
                if let (Some(id), Some(code)) = (parsed::<u32>(&tag, "numFmtId"), attribute(&tag, "formatCode")) {
                    formats.insert(id, SharedText::from(&*code));
                }
            }
            ("fonts", "font") => fonts.push(Colour::Automatic),
            ("fonts", "color") => fonts.last_mut().into_iter().for_each(|font| *font = Colour::of(&tag)),
            ("fills", "fill") => fills.push(Fill::Nothing),
            ("fills", "patternFill") => {
                let fill = match attribute(&tag, "patternType").as_deref() {
                    None | Some("none") => Fill::Nothing,
                    Some("solid") => Fill::Solid(Colour::Automatic),
                    Some(_) => Fill::Pattern,
                };
                fills.last_mut().into_iter().for_each(|last| *last = fill);
            }
            ("fills", "gradientFill") => fills.last_mut().into_iter().for_each(|last| *last = Fill::Pattern),
            ("fills", "fgColor") => {
                if let Some(fill) = fills.last_mut().filter(|fill| matches!(fill, Fill::Solid(_))) {
                    *fill = Fill::Solid(Colour::of(&tag)).marked();
                }
            }
            // Of a mark: the fill that was there before.
            ("fills", "bgColor") => {
                if let Some(Fill::Marked(before)) = fills.last_mut() {
                    let is_kept = match attribute(&tag, "rgb") {
                        Some(_) => parsed(&tag, "tint").is_some_and(is_kept_tint),
                        None => parsed::<u32>(&tag, "indexed") != Some(64),
                    };
                    *before = is_kept.then(|| Colour::of(&tag));
                }
            }
            ("cellXfs", "xf") => {
                let font = parsed::<usize>(&tag, "fontId").and_then(|font| fonts.get(font).copied());
                let fill = parsed::<usize>(&tag, "fillId").and_then(|fill| fills.get(fill).copied());
                let format = parsed::<u32>(&tag, "numFmtId").and_then(|id| {
                    formats
                        .get(&id)
                        .cloned()
                        .or_else(|| built_in(id).map(SharedText::from))
                        .filter(|code| &**code != "General")
                });
                let (font, fill) = (font.unwrap_or(Colour::Automatic), fill.unwrap_or(Fill::Nothing));
                let is_invisible = match fill {
                    Fill::Marked(before) => is_invisible(font.before_mark(), before.map_or(Fill::Nothing, Fill::Solid)),
                    fill => is_invisible(font, fill),
                };
                styles.push(Style { format, is_invisible });
            }
            _ => {}
        }
    }
    styles
}

/// The code of a number format that a workbook need not spell out (ECMA-376, part 1, 18.8.30); as Excel shows it in
/// Britain where that depends on the country.
fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 => "£#,##0;-£#,##0",
        6 => "£#,##0;[Red]-£#,##0",
        7 => "£#,##0.00;-£#,##0.00",
        8 => "£#,##0.00;[Red]-£#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "dd/mm/yyyy",
        15 => "dd-mmm-yy",
        16 => "dd-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "hh:mm",
        21 => "hh:mm:ss",
        22 => "dd/mm/yyyy hh:mm",
        37 => "#,##0;-#,##0",
        38 => "#,##0;[Red]-#,##0",
        39 => "#,##0.00;-#,##0.00",
        40 => "#,##0.00;[Red]-#,##0.00",
        41 => "_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-",
        42 => "_-£* #,##0_-;-£* #,##0_-;_-£* \"-\"_-;_-@_-",
        43 => "_-* #,##0.00_-;-* #,##0.00_-;_-* \"-\"??_-;_-@_-",
        44 => "_-£* #,##0.00_-;-£* #,##0.00_-;_-£* \"-\"??_-;_-@_-",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHITE: Colour = Colour::Rgb([255; 3]);
    const NAVY: Colour = Colour::Rgb([0, 32, 96]);

    #[test]
    fn texts_that_nobody_sees() {
        for (text, fill, expected) in [
            (WHITE, Fill::Nothing, true),
            (Colour::Rgb([242; 3]), Fill::Nothing, true),
            (Colour::Theme(0, -0.05), Fill::Nothing, true),
            (WHITE, Fill::Solid(WHITE), true),
            (NAVY, Fill::Solid(NAVY), true),
            (Colour::Automatic, Fill::Solid(Colour::Rgb([0; 3])), true),
            // Headings are often white on a dark fill.
            (WHITE, Fill::Solid(NAVY), false),
            (WHITE, Fill::Pattern, false),
            (Colour::Rgb([217; 3]), Fill::Nothing, false),
            (Colour::Theme(0, -0.25), Fill::Nothing, false),
            (Colour::Automatic, Fill::Nothing, false),
            (Colour::Automatic, Fill::Solid(Colour::Automatic), false),
        ] {
            assert_eq!(is_invisible(text, fill), expected);
        }
    }

    #[test]
    fn formats_that_show_nothing() {
        let (number, text) = (RawValue::Number(1.0), RawValue::Text("a".into()));
        assert!(shows_nothing(";;;", &text) && shows_nothing(";;;", &number) && shows_nothing(";;", &number));
        assert!(!shows_nothing(";;", &text) && !shows_nothing("0;0;;@", &number));
    }

    #[test]
    fn colours_by_their_digits() {
        assert_eq!(rgb_of("FFFFFF00"), Some([255, 255, 0]));
        assert_eq!((rgb_of("é"), rgb_of("FF")), (None, None));
    }
}
