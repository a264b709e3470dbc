//! Two causes that explain a difference together, where no one does.

use super::chance::Likes;
use super::lines::Line;
use super::search::Search;
use crate::model::Suggestion;

/// How many pairs a random difference may be expected to meet, over all kinds of pairs.
const MOST_BY_CHANCE: f64 = 0.04;
/// Among more lines no pairs are looked for: too many meet any difference by chance.
const MOST_LINES: usize = 150;
/// When more pairs than these explain the difference, none of them is said.
const MOST_PAIRS: usize = 3;

/// What happened to two lines: how the first and the second change the stated figure, and whether they are alike.
struct Kind {
    first: fn(&Line) -> i64,
    second: fn(&Line) -> i64,
    is_alike: bool,
    words: fn(&str, &str, &str) -> String,
}

fn left_out(line: &Line) -> i64 {
    line.part().saturating_neg()
}

fn turned(line: &Line) -> i64 {
    line.part().saturating_mul(-2)
}

/// The kinds of pairs, most likely first.
const KINDS: [Kind; 4] = [
    Kind {
        first: left_out,
        second: left_out,
        is_alike: true,
        words: |one, other, of| format!("{one} and {other} left out of {of}"),
    },
    Kind {
        first: left_out,
        second: Line::part,
        is_alike: false,
        words: |one, other, of| format!("{one} left out of {of} and {other} counted twice"),
    },
    Kind {
        first: Line::part,
        second: Line::part,
        is_alike: true,
        words: |one, other, of| format!("{one} and {other} counted twice in {of}"),
    },
    Kind {
        first: left_out,
        second: turned,
        is_alike: false,
        words: |one, other, of| format!("{one} left out of {of} and {other} with its sign turned"),
    },
];

impl Search<'_> {
    /// The pairs of lines that explain the difference exactly, as long as few would by chance.
    pub fn pairs(&self) -> Vec<Suggestion> {
        let likes = Likes::of(self.difference);
        let mut pairs = Vec::new();
        let mut by_chance = 0.0;
        if self.lines.len() > MOST_LINES {
            return pairs;
        }
        // Two lines that are all there is are no more telling than one.
        let kinds = KINDS.into_iter().skip(usize::from(self.is_nought_without(2)));
        for kind in kinds {
            let all = || self.both(&kind);
            by_chance += likes.expected_hits(all().map(|(first, second)| explained(&kind, first, second)));
            if by_chance > MOST_BY_CHANCE {
                break;
            }
            let fitting = all().filter(|(first, second)| explained(&kind, first, second) == self.difference);
            pairs.extend(fitting.map(|(first, second)| Suggestion {
                text: (kind.words)(&self.described(first), &self.described(second), self.called()),
                cells: vec![first.place.clone(), second.place.clone()],
            }));
        }
        if pairs.len() > MOST_PAIRS { Vec::new() } else { pairs }
    }

    /// Each two lines of a kind of pair, in the order of the sheet.
    fn both(&self, kind: &Kind) -> impl Iterator<Item = (&Line, &Line)> {
        let is_alike = kind.is_alike;
        self.lines.iter().enumerate().flat_map(move |(index, first)| {
            let from = if is_alike { index + 1 } else { 0 };
            let seconds = self.lines.iter().enumerate().skip(from).filter(move |(other, _)| *other != index);
            seconds.map(move |(_, second)| (first, second))
        })
    }
}

/// By how much the stated figure is off when both happened.
fn explained(kind: &Kind, first: &Line, second: &Line) -> i64 {
    (kind.first)(first).saturating_add((kind.second)(second))
}
