//! The foot of a page: the notes that its lines refer to.

use super::flow::{Strip, StripLine};

/// From the body to the first note: space, a short rule, space.
pub(super) const RULE: f32 = 14.0;
/// Notes that were carried over take up this part of a page at most while the body goes on.
pub(super) const MOST: f32 = 0.5;

/// The notes of the document, and those of the page that is being filled.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    /// Every note, by its index; none for one that nothing refers to.
    notes: Vec<Option<Strip>>,
    here: Vec<StripLine>,
    /// What did not fit on the page of its mark.
    carried: Vec<StripLine>,
}

impl Footnotes {
    /// The notes of a document, set into lines.
    pub(super) fn new(notes: Vec<Option<Strip>>) -> Self {
        Self { notes, ..Self::default() }
    }

    /// What the notes take from the foot of the page.
    pub(super) fn height(&self) -> f32 {
        with_rule(self.here.iter().map(|line| line.height).sum())
    }

    /// What they take more when `height` is added.
    pub(super) fn growth(&self, height: f32) -> f32 {
        if self.here.is_empty() { with_rule(height) } else { height }
    }

    /// Adds a note to the page, which has `room` left; what does not fit is carried over.
    pub(super) fn add(&mut self, note: usize, room: f32) {
        let Some(strip) = self.notes.get_mut(note).and_then(Option::take) else { return };
        let most = self.height() + room + 0.01;
        let mut lines: f32 = self.here.iter().map(|line| line.height).sum();
        for line in strip.lines {
            lines += line.height;
            if self.carried.is_empty() && with_rule(lines) <= most {
                self.here.push(line);
            } else {
                self.carried.push(line);
            }
        }
    }

    /// The lines of the page that is done.
    pub(super) fn end_page(&mut self) -> Vec<StripLine> {
        std::mem::take(&mut self.here)
    }

    /// Begins the next page with what was carried over: as much as fits into `room`, and at least a line.
    pub(super) fn begin_page(&mut self, room: f32) {
        let mut height = 0.0;
        let fitting = self.carried.iter().take_while(|line| {
            height += line.height;
            with_rule(height) <= room
        });
        let count = fitting.count().max(1).min(self.carried.len());
        self.here = self.carried.drain(..count).collect();
    }

    /// Whether notes are waiting for a page.
    pub(super) fn is_waiting(&self) -> bool {
        !self.carried.is_empty()
    }
}

/// A height with the rule above it, if there is anything.
pub(super) fn with_rule(height: f32) -> f32 {
    if height > 0.0 { height + RULE } else { 0.0 }
}
