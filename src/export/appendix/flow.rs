//! Pages as they fill: the cursor, when a page is turned, and the notes at its foot.

use super::fonts::Fonts;
use super::footnotes::{Footnotes, MOST, RULE, with_rule};
use super::links::{Landing, LinkId, Mark};
use super::outline::Entry;
use super::style::{Colour, GREY, LEADING, LEFT, Paper, TOP};
use super::tagged::{Artifact, Canvas, ElementId};
use super::typeset::Line;

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
    /// The size of the page.
    pub(super) paper: Paper,
    notes: Footnotes,
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
    /// The column it stands in, from 0: columns are read one after the other.
    pub(super) column: u8,
    /// How far it stands above the line.
    pub(super) rise: f32,
    /// The link whose text it is.
    pub(super) link: Option<LinkId>,
    /// Whether a line is drawn under it.
    pub(super) is_underlined: bool,
}

impl Part {
    /// Text that leads nowhere.
    pub(super) fn plain(element: ElementId, x: f32, line: Line, colour: Colour) -> Self {
        Self { element, x, line, colour, column: 0, rise: 0.0, link: None, is_underlined: false }
    }
}

/// Parts that stand side by side.
#[derive(Debug, Clone, Default)]
pub(super) struct StripLine {
    /// From left to right, in reading order.
    pub(super) parts: Vec<Part>,
    /// Its height.
    pub(super) height: f32,
    /// The footnotes whose first mark is in the line, by their indices.
    pub(super) notes: Vec<usize>,
    /// The height of these notes.
    pub(super) foot: f32,
    /// What begins here for a link to land at.
    pub(super) mark: Option<Mark>,
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

    /// The least that may stand at the foot of a page, with the space above and the notes below.
    pub(super) fn lead(&self) -> f32 {
        let count = if self.whole || self.lines.len() <= 3 { self.lines.len() } else { 2 };
        let lines = &self.lines[..count];
        let feet = with_rule(lines.iter().map(|line| line.foot).sum());
        self.before + lines.iter().map(|line| line.height).sum::<f32>() + feet
    }
}

impl<'a> Flow<'a> {
    /// Begins with an empty page.
    pub(super) fn new(canvas: &'a mut Canvas, fonts: &'a Fonts, notes: Footnotes) -> Self {
        let paper = Paper::PORTRAIT;
        canvas.add_page(paper);
        Self { canvas, fonts, headings: Vec::new(), y: TOP, paper, notes }
    }

    /// The page that is being filled, from 0.
    pub(super) fn page(&self) -> usize {
        self.canvas.page_count() - 1
    }

    /// From the top edge of the page to the end of the body, or to the notes below it.
    pub(super) fn bottom(&self) -> f32 {
        self.paper.bottom() - self.notes.height()
    }

    /// Whether `height` more fits on the page.
    pub(super) fn fits(&self, height: f32) -> bool {
        self.y + height <= self.bottom() + 0.01
    }

    /// Turns the page.
    pub(super) fn turn(&mut self) {
        self.turn_with_notes(MOST * self.paper.depth());
    }

    /// Turns the page, and gives so much of it to notes that did not fit on the page before.
    fn turn_with_notes(&mut self, room: f32) {
        self.draw_notes();
        self.canvas.add_page(self.paper);
        self.y = TOP;
        self.notes.begin_page(room);
    }

    /// Goes on on pages of this size.
    pub(super) fn turn_to(&mut self, paper: Paper) {
        if paper == self.paper {
            return;
        }
        if self.is_at_top() {
            self.paper = paper;
            self.canvas.turn_over(paper);
        } else {
            self.draw_notes();
            self.paper = paper;
            self.turn();
        }
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

    /// Where the next line would stand.
    pub(super) fn landing(&self) -> Landing {
        Landing { page: self.page(), height: self.paper.height - self.y }
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

    /// How many of the lines stand on this page, with the notes that they refer to.
    fn divide(&self, lines: &[StripLine]) -> usize {
        let (mut height, mut feet) = (0.0, 0.0);
        let fitting = lines
            .iter()
            .take_while(|line| {
                height += line.height;
                feet += line.foot;
                self.fits(height + self.notes.growth(feet))
            })
            .count();
        match lines.len() - fitting {
            0 => fitting,
            // On an empty page something has to be placed, or it would never end; a note that is too long goes on
            // where the next page ends.
            _ if self.is_at_top() => fitting.max(1),
            1 if fitting > 2 => fitting - 1,
            1 => 0,
            _ if fitting < 2 => 0,
            _ => fitting,
        }
    }

    /// Draws lines at the cursor, and keeps the notes that they refer to for the foot of the page.
    pub(super) fn draw(&mut self, lines: &[StripLine]) {
        self.ink(lines);
        for note in lines.iter().flat_map(|line| &line.notes) {
            self.notes.add(*note, self.bottom() - self.y);
        }
    }

    /// Ends the last page, and adds those that its notes need.
    pub(super) fn finish(mut self) -> Vec<Entry> {
        while self.notes.is_waiting() {
            self.turn_with_notes(self.paper.depth());
        }
        self.draw_notes();
        self.headings
    }

    fn draw_notes(&mut self) {
        self.y = self.bottom();
        let lines = self.notes.end_page();
        if lines.is_empty() {
            return;
        }
        let (page, top) = (self.page(), self.y);
        self.canvas.artifact(page, Artifact::Layout, |pen| pen.fill(LEFT, top + RULE - 7.0, 110.0, 0.6, GREY));
        self.y += RULE;
        self.ink(&lines);
    }

    /// Draws lines; what follows each other in one element is one marked content.
    fn ink(&mut self, lines: &[StripLine]) {
        let page = self.page();
        let mut parts: Vec<(&Part, f32)> = Vec::new();
        for line in lines {
            if let Some(mark) = line.mark {
                self.canvas.land(mark, page, self.y);
            }
            let size = line.parts.iter().map(|part| part.line.size).fold(0.0, f32::max);
            let baseline = self.y + baseline(line.height, size);
            parts.extend(line.parts.iter().map(|part| (part, baseline - part.rise)));
            self.y += line.height;
        }
        for same in parts.chunk_by(|one, next| one.0.element == next.0.element) {
            // Columns are read one after the other: all of a label before all of its value.
            let mut same: Vec<_> = same.to_vec();
            same.sort_by_key(|(part, _)| part.column);
            self.canvas.content(page, same[0].0.element, |pen| {
                for (part, baseline) in &same {
                    pen.text(self.fonts, &part.line, part.x, *baseline, part.colour);
                    if part.is_underlined {
                        pen.fill(part.x, baseline + 1.4, part.line.width, 0.6, part.colour);
                    }
                }
            });
            for (part, baseline) in same {
                if let Some(link) = part.link {
                    let size = part.line.size;
                    self.canvas.lay_link(page, link, (part.x, baseline - 0.85 * size), (part.line.width, 1.1 * size));
                }
            }
        }
    }
}

/// From the upper edge of a line to its baseline.
pub(super) fn baseline(height: f32, size: f32) -> f32 {
    // Capitals are 0.71 em high; they and half of what hangs below them are centred.
    (height + 0.66 * size) / 2.0
}

/// Height of a line of type.
pub(super) fn line_height(size: f32) -> f32 {
    (size * LEADING * 10.0).round() / 10.0
}
