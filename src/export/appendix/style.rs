//! Measures and colours of the PDF edition, in points from the top left corner of the page.

use printpdf::{Color, Rgb};

/// A4.
pub(super) const PAGE_WIDTH: f32 = 595.28;
/// A4.
pub(super) const PAGE_HEIGHT: f32 = 841.89;
/// 20 mm on either side.
pub(super) const MARGIN: f32 = 57.0;
/// Where the text begins.
pub(super) const LEFT: f32 = MARGIN;
/// Where the text ends.
pub(super) const RIGHT: f32 = PAGE_WIDTH - MARGIN;
/// From the top edge to the first line of the body.
pub(super) const TOP: f32 = 74.0;
/// From the top edge to the end of the body.
pub(super) const BOTTOM: f32 = PAGE_HEIGHT - 68.0;

/// Body text.
pub(super) const BODY: f32 = 11.0;
/// Notes under tables.
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
