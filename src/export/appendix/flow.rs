//! Pages as they fill: the cursor, when a page is turned, and what stands on every page.

use super::fonts::{Face, Fonts};
use super::outline::Entry;
use super::style::{BOTTOM, Colour, GREY, HAIRLINE, LEADING, LEFT, MARGIN, PAGE_HEIGHT, RED, RIGHT, RUNNING, TOP};
use super::tagged::{Artifact, Canvas, ElementId};
use super::typeset::{self, Breaking, Line};
use crate::model::document::Document;

/// The body under construction.
pub(super) struct Flow<'a> {
    /// What is drawn on.
    pub(super) canvas: &'a mut Canvas,
    /// What text is set in.
    pub(super) fonts: &'a Fonts,
    /// The headings placed so far.
    pub(super) headings: Vec<Entry>,
    /// Distance of the next line's upper edge from the top of the page.
    pub(super) y: f32,
}

/// A part of a line that belongs to one element.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// The element that the text belongs to.
    pub(super) element: ElementId,
    /// Its left edge.
    pub(super) x: f32,
    /// The text.
    pub(super) line: Line,
    /// Its colour.
    pub(super) colour: Colour,
}

/// Parts that stand side by side.
#[derive(Debug, Clone)]
pub(super) struct StripLine {
    /// From left to right, in reading order.
    pub(super) parts: Vec<Part>,
    /// Its height.
    pub(super) height: f32,
}

/// Lines that follow each other: a heading, a paragraph, an item of a list.
#[derive(Debug, Clone, Default)]
pub(super) struct Strip {
    /// The space above, unless it begins a page.
    pub(super) before: f32,
    /// From top to bottom.
    pub(super) lines: Vec<StripLine>,
    /// Whether it may not be divided over two pages.
    pub(super) whole: bool,
}

impl Strip {
    /// Height without the space above.
    pub(super) fn height(&self) -> f32 {
        self.lines.iter().map(|line| line.height).sum()
    }

    /// The least that may stand at the foot of a page, with the space above.
    pub(super) fn lead(&self) -> f32 {
        let lines = if self.whole || self.lines.len() <= 3 { self.lines.len() } else { 2 };
        self.before + self.lines[..lines].iter().map(|line| line.height).sum::<f32>()
    }
}

impl<'a> Flow<'a> {
    /// Begins with an empty page.
    pub(super) fn new(canvas: &'a mut Canvas, fonts: &'a Fonts) -> Self {
        canvas.add_page();
        Self { canvas, fonts, headings: Vec::new(), y: TOP }
    }

    /// The page that is being filled, from 0.
    pub(super) fn page(&self) -> usize {
        self.canvas.page_count() - 1
    }

    /// Whether `height` more fits on the page.
    pub(super) fn fits(&self, height: f32) -> bool {
        self.y + height <= BOTTOM + 0.01
    }

    /// Turns the page.
    pub(super) fn turn(&mut self) {
        self.canvas.add_page();
        self.y = TOP;
    }

    /// Turns the page unless `height` more fits; a page that is still empty is not turned.
    pub(super) fn reserve(&mut self, height: f32) {
        if !self.fits(height) && !self.is_at_top() {
            self.turn();
        }
    }

    /// Whether the page is still empty.
    pub(super) fn is_at_top(&self) -> bool {
        self.y <= TOP
    }

    /// Leaves space, but not at the head of a page.
    pub(super) fn space(&mut self, height: f32) {
        if !self.is_at_top() {
            self.y += height;
        }
    }

    /// Places lines, and turns the page as often as need be, without a single line left behind or carried over.
    pub(super) fn place(&mut self, strip: &Strip) {
        self.space(strip.before);
        if strip.whole {
            self.reserve(strip.height());
        }
        let mut lines = strip.lines.as_slice();
        while !lines.is_empty() {
            let count = self.divide(lines);
            if count == 0 {
                self.turn();
                continue;
            }
            self.draw(&lines[..count]);
            lines = &lines[count..];
            if !lines.is_empty() {
                self.turn();
            }
        }
    }

    /// How many of the lines stand on this page.
    fn divide(&self, lines: &[StripLine]) -> usize {
        let mut height = 0.0;
        let fitting = lines
            .iter()
            .take_while(|line| {
                height += line.height;
                self.fits(height)
            })
            .count();
        match lines.len() - fitting {
            0 => fitting,
            // On an empty page something has to be placed, or it would never end.
            _ if self.is_at_top() => fitting.max(1),
            1 if fitting > 2 => fitting - 1,
            1 => 0,
            _ if fitting < 2 => 0,
            _ => fitting,
        }
    }

    /// Draws lines at the cursor; what follows each other in one element is one marked content.
    pub(super) fn draw(&mut self, lines: &[StripLine]) {
        let mut parts: Vec<(&Part, f32)> = Vec::new();
        for line in lines {
            let size = line.parts.iter().map(|part| part.line.size).fold(0.0, f32::max);
            let baseline = self.y + baseline(line.height, size);
            parts.extend(line.parts.iter().map(|part| (part, baseline)));
            self.y += line.height;
        }
        let page = self.page();
        for same in parts.chunk_by(|one, next| one.0.element == next.0.element) {
            // Columns are read one after the other: all of a label before all of its value.
            let mut same: Vec<_> = same.to_vec();
            same.sort_by(|one, next| one.0.x.total_cmp(&next.0.x));
            self.canvas.content(page, same[0].0.element, |pen| {
                for (part, baseline) in &same {
                    pen.text(self.fonts, &part.line, part.x, *baseline, part.colour);
                }
            });
        }
    }
}

/// From the upper edge of a line to its baseline.
pub(super) fn baseline(height: f32, size: f32) -> f32 {
    // Capitals are 0.71 em high; they and half of what hangs below them are centred.
    (height + 0.66 * size) / 2.0
}

/// Draws what stands on every page, once it is known how many there are.
pub(super) fn draw_running_text(canvas: &mut Canvas, fonts: &mut Fonts, document: &Document) {
    let count = canvas.page_count();
    let draft = document.draft.as_ref().map(|_| typeset::single(fonts, Face::Bold, 20.0, "DRAFT"));
    let room = RIGHT - LEFT - draft.as_ref().map_or(0.0, |draft| draft.width + 20.0);
    let header = first_line(fonts, &document.header, room);
    let footer_room = RIGHT - LEFT - 90.0;
    let footer = first_line(fonts, &document.footer, footer_room);
    for page in 0..count {
        canvas.artifact(page, Artifact::Header, |pen| {
            pen.text(fonts, &header, LEFT, 46.0, GREY);
            if let Some(draft) = &draft {
                pen.text(fonts, draft, RIGHT - draft.width, 46.0, RED);
            }
        });
        canvas.artifact(page, Artifact::Layout, |pen| pen.fill(LEFT, 53.0, RIGHT - LEFT, 0.6, HAIRLINE));
        let number = typeset::single(fonts, Face::Regular, RUNNING, &format!("Page {} of {count}", page + 1));
        canvas.artifact(page, Artifact::Layout, |pen| {
            pen.fill(LEFT, PAGE_HEIGHT - MARGIN + 4.0, RIGHT - LEFT, 0.6, HAIRLINE);
        });
        canvas.artifact(page, Artifact::Footer, |pen| {
            let baseline = PAGE_HEIGHT - MARGIN + 18.0;
            pen.text(fonts, &footer, LEFT, baseline, GREY);
            pen.text(fonts, &number, RIGHT - number.width, baseline, GREY);
        });
    }
}

/// Running text has one line; of a longer one, what fits is shown and an ellipsis says that there was more.
fn first_line(fonts: &mut Fonts, text: &str, room: f32) -> Line {
    let whole = typeset::single(fonts, Face::Regular, RUNNING, text);
    if whole.width <= room {
        return whole;
    }
    let ellipsis = typeset::single(fonts, Face::Regular, RUNNING, "…");
    let mut lines = typeset::lines(fonts, Face::Regular, RUNNING, text, room - ellipsis.width, Breaking::Full);
    let mut line = if lines.is_empty() { Line::default() } else { lines.swap_remove(0) };
    line.stretches.extend(ellipsis.stretches);
    line
}

/// Height of a line of type.
pub(super) fn line_height(size: f32) -> f32 {
    (size * LEADING * 10.0).round() / 10.0
}
