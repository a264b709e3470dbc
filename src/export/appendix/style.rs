//! Measures and colours of the PDF edition, in points from the top left corner of the page.

use printpdf::{Color, Rgb};

/// Left and right of the text, 20 mm.
pub(super) const MARGIN: f32 = 57.0;
/// Where the text begins.
pub(super) const LEFT: f32 = MARGIN;
/// Where the text ends on an upright page.
pub(super) const RIGHT: f32 = Paper::PORTRAIT.right();
/// From the top edge to the first line of the body.
pub(super) const TOP: f32 = 70.0;

/// The size of a page: A4, upright or turned for a wide table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Paper {
    /// In points.
    pub(super) width: f32,
    /// In points.
    pub(super) height: f32,
}

impl Paper {
    /// Upright.
    pub(super) const PORTRAIT: Self = Self { width: 595.28, height: 841.89 };
    /// On its side.
    pub(super) const LANDSCAPE: Self = Self { width: 841.89, height: 595.28 };

    /// Where the text ends at the right.
    pub(super) const fn right(self) -> f32 {
        self.width - MARGIN
    }

    /// From the top edge to the end of the body.
    pub(super) const fn bottom(self) -> f32 {
        self.height - 64.0
    }

    /// From the left end of the text to the right.
    pub(super) const fn measure(self) -> f32 {
        self.right() - LEFT
    }

    /// From the first line of the body to its end.
    pub(super) const fn depth(self) -> f32 {
        self.bottom() - TOP
    }
}

/// Body text.
pub(super) const BODY: f32 = 11.0;
/// Notes under tables and charts, footnotes, the list of sources.
pub(super) const NOTE: f32 = 9.5;
/// Running header and footer.
pub(super) const RUNNING: f32 = 9.0;
/// Distance of baselines for each point of type.
pub(super) const LEADING: f32 = 1.4;

/// A colour of the page: red, green and blue from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

impl Colour {
    /// As printpdf takes it.
    pub(super) fn to_print(self) -> Color {
        let part = |value: u8| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0;
        Color::Rgb(Rgb { r: part(self.0), g: part(self.1), b: part(self.2), icc_profile: None })
    }
}

/// Text.
pub(super) const INK: Colour = Colour(0x1A, 0x1A, 0x1A);
/// Headings and captions.
pub(super) const NAVY: Colour = Colour(0x12, 0x3C, 0x5A);
/// Running header and footer, paragraph numbers, notes.
pub(super) const GREY: Colour = Colour(0x4A, 0x4F, 0x55);
/// Links and the marks of notes.
pub(super) const LINK: Colour = Colour(0x00, 0x4C, 0x8C);
/// Thin rules between rows.
pub(super) const HAIRLINE: Colour = Colour(0xC3, 0xCC, 0xD4);
/// Behind the heading row of a table.
pub(super) const SHADE: Colour = Colour(0xE6, 0xED, 0xF3);
/// The word DRAFT and its box.
pub(super) const RED: Colour = Colour(0xA3, 0x12, 0x1F);
/// Behind the reasons of a draft.
pub(super) const RED_TINT: Colour = Colour(0xFD, 0xF1, 0xF1);
/// The edge of the notice.
pub(super) const AMBER: Colour = Colour(0xB8, 0x7A, 0x00);
/// Behind the notice.
pub(super) const AMBER_TINT: Colour = Colour(0xFF, 0xF7, 0xE3);

/// Size of a heading of the body; level 1 is a section.
pub(super) fn heading_size(level: u8) -> f32 {
    match level {
        1 => 15.0,
        2 => 12.5,
        _ => BODY,
    }
}
