//! Running text, with its links, footnotes and source marks, set into lines.

use super::flow::{Part, Strip, StripLine, line_height};
use super::fonts::{Face, Fonts};
use super::footnotes::Footnotes;
use super::links::{Goal, Link, LinkId, Mark};
use super::style::{Colour, GREY, INK, LEFT, LINK, NOTE, Paper};
use super::tagged::{Canvas, ElementId, Role};
use super::typeset::{self, Breaking, Line, Run, Style};
use crate::model::document::{Inline, Target, source_label};

/// A raised number, where the text is 1.
const RAISED: f32 = 0.66;
/// How far it is raised, for each point of the text.
const RISE: f32 = 0.34;
/// A source mark after a caption or a figure, where the text is 1.
const MARK: f32 = 0.86;

/// How text is set: where, how large and in what colour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    /// Its left edge.
    pub(super) x: f32,
    /// The width of its lines.
    pub(super) width: f32,
    /// Size of the type.
    pub(super) size: f32,
    /// Its colour.
    pub(super) colour: Colour,
}

/// What text is set with: where its elements are opened, its fonts, and the footnotes that it may refer to.
pub(super) struct Setting<'a> {
    /// The elements, so far without content.
    pub(super) canvas: &'a mut Canvas,
    /// The fonts.
    pub(super) fonts: &'a mut Fonts,
    notes: &'a [Vec<Inline>],
    /// The notes that have been referred to, by their indices.
    set_notes: Vec<Option<Strip>>,
}

/// How a part of a paragraph looks, and where it leads.
struct Look {
    element: ElementId,
    link: Option<LinkId>,
    /// The footnote that is referred to for the first time.
    note: Option<usize>,
    colour: Colour,
    /// In points.
    rise: f32,
    is_underlined: bool,
}

impl<'a> Setting<'a> {
    /// Ready for the first text of a document with these notes.
    pub(super) fn new(canvas: &'a mut Canvas, fonts: &'a mut Fonts, notes: &'a [Vec<Inline>]) -> Self {
        Self { canvas, fonts, notes, set_notes: notes.iter().map(|_| None).collect() }
    }

    /// The notes that the texts referred to.
    pub(super) fn into_notes(self) -> Footnotes {
        Footnotes::new(self.set_notes)
    }

    /// Sets text in one style.
    pub(super) fn plain(&mut self, element: ElementId, face: Face, text: &str, measure: Measure) -> Vec<StripLine> {
        let Measure { x, width, size, colour } = measure;
        let lines = typeset::lines(self.fonts, face, size, text, width, Breaking::Even);
        strip(element, x, lines, colour, 0.0).lines
    }

    /// Sets runs of text, which belong to `element`. A footnote is opened at the root when it is first referred to: after
    /// the block that is being set.
    pub(super) fn inlines(&mut self, element: ElementId, text: &[Inline], measure: Measure) -> Vec<StripLine> {
        let Measure { x, width, size, colour } = measure;
        let mut looks = vec![Look { element, link: None, note: None, colour, rise: 0.0, is_underlined: false }];
        let mut runs = Vec::with_capacity(text.len());
        for (index, run) in text.iter().enumerate() {
            let mut style = Style::plain(Face::of(run.bold, run.italic));
            if let Some(target) = &run.target {
                let before = index.checked_sub(1).and_then(|before| text[before].target.as_ref());
                // A link may be of more than one style and is one link all the same.
                if before != Some(target) {
                    looks.push(self.look(element, &text[index..], target, measure));
                }
                style.part = looks.len() - 1;
                style.scale = match target {
                    Target::Web(_) => 1.0,
                    Target::Note(_) => RAISED,
                    Target::Source(_) => MARK,
                };
            }
            runs.push(Run { text: &run.text, style });
        }
        let lines = typeset::run_lines(self.fonts, size, &runs, width);
        lines.into_iter().map(|line| self.line(line, &looks, x)).collect()
    }

    /// Opens the elements of a link or mark. `rest` begins with its run.
    fn look(&mut self, element: ElementId, rest: &[Inline], target: &Target, measure: Measure) -> Look {
        let holder = match target {
            Target::Web(_) => element,
            Target::Note(_) | Target::Source(_) => self.canvas.open_within(element, Role::Reference),
        };
        let link_element = self.canvas.open_within(holder, Role::Link);
        let (goal, words) = match target {
            Target::Web(address) => {
                let same = rest.iter().take_while(|run| run.target.as_ref() == Some(target));
                let text: String = same.map(|run| run.text.as_str()).collect();
                let words = if text.trim() == address { text } else { format!("{} ({address})", text.trim()) };
                (Goal::Web(address.clone()), words)
            }
            Target::Note(note) => (Goal::Mark(Mark::Note(*note)), format!("Footnote {}", note + 1)),
            Target::Source(source) => {
                (Goal::Mark(Mark::Source(*source)), format!("Source note {}", source_label(*source)))
            }
        };
        let link = self.canvas.add_link(Link { element: link_element, goal, words });
        let (note, rise) = match target {
            Target::Note(note) => (self.set_note(*note).then_some(*note), RISE * measure.size),
            _ => (None, 0.0),
        };
        Look {
            element: link_element,
            link: Some(link),
            note,
            colour: LINK,
            rise,
            is_underlined: matches!(target, Target::Web(_)),
        }
    }

    fn line(&mut self, line: Line, looks: &[Look], x: f32) -> StripLine {
        let mut set = StripLine { height: line_height(line.size), ..StripLine::default() };
        for (part, offset, line) in line.parts() {
            let look = &looks[part];
            set.parts.push(Part {
                element: look.element,
                x: x + offset,
                line,
                colour: look.colour,
                column: 0,
                rise: look.rise,
                link: look.link,
                is_underlined: look.is_underlined,
            });
            if let Some(note) = look.note {
                set.notes.push(note);
                set.foot += self.set_notes.get(note).and_then(Option::as_ref).map_or(0.0, Strip::height);
            }
        }
        set
    }

    /// Sets a footnote when it is first referred to; whether it was the first time.
    fn set_note(&mut self, note: usize) -> bool {
        let notes = self.notes;
        let Some(text) = notes.get(note).filter(|_| self.set_notes[note].is_none()) else { return false };
        let element = self.canvas.open(Canvas::ROOT, Role::Note(note));
        let label = self.canvas.open(element, Role::Label);
        let number = typeset::single(self.fonts, Face::Regular, NOTE, &(note + 1).to_string());
        let number = typeset::followed(self.fonts, Face::Regular, number);
        let indent = number.width + 9.0;
        // Not the page's whole width: lines of small type would be too long to read.
        let measure = Measure { x: LEFT + indent, width: note_width(Paper::PORTRAIT), size: NOTE, colour: INK };
        let mut lines = self.inlines(element, text, measure);
        if let Some(first) = lines.first_mut() {
            first.parts.insert(0, Part::plain(label, LEFT, number, GREY));
            first.mark = Some(Mark::Note(note));
        }
        if let Some(last) = lines.last_mut() {
            last.height += 2.0;
        }
        self.set_notes[note] = Some(Strip { before: 0.0, lines, whole: false });
        true
    }
}

/// The width of lines in the size of notes.
pub(super) fn note_width(paper: Paper) -> f32 {
    paper.measure().min(NOTE * 46.0)
}

/// A text with its source mark, which stays on the line of the last word.
pub(super) fn with_source(text: &str, bold: bool, source: Option<usize>) -> Vec<Inline> {
    let mut runs = vec![Inline { text: text.to_owned(), bold, ..Inline::default() }];
    if let Some(source) = source {
        runs.push(Inline::plain("\u{A0}"));
        let target = Some(Target::Source(source));
        runs.push(Inline { text: format!("[{}]", source_label(source)), target, ..Inline::default() });
    }
    runs
}

/// Lines of one element below each other.
pub(super) fn strip(element: ElementId, x: f32, lines: Vec<Line>, colour: Colour, before: f32) -> Strip {
    let line = |line: Line| StripLine {
        height: line_height(line.size),
        parts: vec![Part::plain(element, x, line, colour)],
        ..StripLine::default()
    };
    Strip { before, lines: lines.into_iter().map(line).collect(), whole: false }
}
