//! What could explain a difference between a stated total and the sum of its lines.
//!
//! Each cause is looked for exactly, to the penny, and in the lines themselves: a line left out, counted or entered
//! twice, a sign turned, a decimal point slipped, two digits swapped. Nothing is offered because a difference can be
//! divided by nine: one random difference in nine can.

use super::sum::{self, Measure};
use super::view::ColumnView;
use super::words::shortened;
use crate::model::{Area, Cell, Converted, Position, Suggestion, listed};

/// The most suggestions that a finding carries.
const MOST: usize = 3;
/// The most lines that one suggestion names.
const MOST_LINES: usize = 3;

/// A line of the column that is not zero.
struct Line<'a> {
    position: Position,
    figure: i64,
    label: Option<&'a str>,
    typed_as_text: bool,
}

/// A difference, and the lines in which its cause is looked for.
struct Search<'a> {
    column: ColumnView<'a>,
    measure: Measure,
    lines: Vec<Line<'a>>,
    stated: i64,
    computed: i64,
    /// Stated less computed; never zero.
    difference: i64,
}

/// At most three causes that would explain the difference exactly, most likely first.
///
/// `approved` says that the stated total is the approved one: then it is taken to be what was meant, and a line left
/// out of the list is offered even where no other line has its amount.
pub(super) fn causes(
    column: ColumnView<'_>,
    measure: Measure,
    stated: i64,
    computed: i64,
    approved: bool,
) -> Vec<Suggestion> {
    let Some(difference) = stated.checked_sub(computed).filter(|difference| *difference != 0) else {
        return Vec::new();
    };
    let search = Search { column, measure, lines: lines_of(column), stated, computed, difference };
    let mut causes = Vec::new();
    causes.extend(search.texts_left_out());
    causes.extend(search.line_missing(approved));
    causes.extend(search.entered_twice());
    causes.extend(search.lines_where(|figure| figure == difference, "counted twice in the total"));
    causes.extend(search.lines_where(|figure| Some(figure) == difference.checked_neg(), "left out of the total"));
    causes.extend(search.range_left_out());
    causes.extend(search.lines_where(|figure| figure.checked_mul(-2) == Some(difference), "with its sign turned"));
    causes.extend(search.line_mistyped(is_ten_times, "with its decimal point out of place"));
    causes.extend(search.line_mistyped(has_two_digits_swapped, "with two digits swapped"));
    if !approved {
        causes.extend(search.total_mistyped());
    }
    causes.truncate(MOST);
    causes
}

fn lines_of(column: ColumnView<'_>) -> Vec<Line<'_>> {
    let lines = column.lines().filter_map(|(row, cell): (_, &Cell)| {
        Some(Line {
            position: cell.position,
            figure: sum::figure(cell).filter(|figure| *figure != 0)?,
            label: column.of.label(row),
            typed_as_text: cell.converted == Some(Converted::FromText),
        })
    });
    lines.collect()
}

impl Search<'_> {
    /// Amounts typed as text add up to what the total lacks: Excel's SUM passed over them.
    fn texts_left_out(&self) -> Option<Suggestion> {
        let texts: Vec<&Line<'_>> = self.lines.iter().filter(|line| line.typed_as_text).collect();
        let sum = texts.iter().map(|line| line.figure).try_fold(0i64, i64::checked_add)?;
        if texts.is_empty() || sum.checked_neg() != Some(self.difference) {
            return None;
        }
        Some(self.suggestion(&texts, "and", "typed as text, which Excel's sums leave out"))
    }

    /// A line that is not in the list. Without a line of the same amount, or an approved total, nothing speaks for it.
    fn line_missing(&self, approved: bool) -> Option<Suggestion> {
        let has_like = self.lines.iter().any(|line| line.figure == self.difference);
        let text = format!("a line of {} left out", self.measure.show(self.difference));
        (self.difference > 0 && (approved || has_like)).then_some(Suggestion { text, cells: Vec::new() })
    }

    /// A line that stands in the list twice, under one label.
    fn entered_twice(&self) -> Option<Suggestion> {
        let extra: Vec<&Line<'_>> =
            self.lines.iter().filter(|line| Some(line.figure) == self.difference.checked_neg()).collect();
        let (later, earlier) = extra.iter().enumerate().find_map(|(index, line)| {
            let earlier = extra[..index].iter().find(|earlier| line.label.is_some() && earlier.label == line.label)?;
            Some((*line, *earlier))
        })?;
        let mut suggestion = self.suggestion(&[later], "or", &format!("entered twice, as in {}", earlier.position));
        suggestion.cells.push(self.column.of.place(earlier.position));
        Some(suggestion)
    }

    /// The lines whose figure explains the difference.
    fn lines_where(&self, explains: impl Fn(i64) -> bool, how: &str) -> Option<Suggestion> {
        let lines: Vec<&Line<'_>> = self.lines.iter().filter(|line| explains(line.figure)).collect();
        (!lines.is_empty()).then(|| self.suggestion(&lines, "or", how))
    }

    /// The first lines, or the last, together are what the total lacks: its formula misses them.
    fn range_left_out(&self) -> Option<Suggestion> {
        let missing = self.difference.checked_neg()?;
        let (first, last) = (self.lines.first()?.position, self.lines.last()?.position);
        let from_the_top = |lines: &mut dyn Iterator<Item = &Line<'_>>| {
            let mut sum = 0i64;
            for (index, line) in lines.enumerate() {
                sum = sum.checked_add(line.figure)?;
                // One line alone is offered by itself, and all lines together are no range that was missed.
                if sum == missing && index > 0 && index + 1 < self.lines.len() {
                    return Some(line.position);
                }
            }
            None
        };
        let area = match from_the_top(&mut self.lines.iter().rev()) {
            Some(from) => Area::new(from, last),
            None => Area::new(first, from_the_top(&mut self.lines.iter())?),
        };
        Some(Suggestion {
            text: format!("{area} ({} together) left out of the total", self.measure.show(missing)),
            cells: vec![self.column.of.place(area)],
        })
    }

    /// The lines that would explain the difference if they had been typed as another figure that looks much the same.
    fn line_mistyped(&self, looks_like: fn(i64, i64) -> bool, how: &str) -> Option<Suggestion> {
        let meant = |line: &Line<'_>| line.figure.checked_add(self.difference);
        let lines: Vec<&Line<'_>> = self
            .lines
            .iter()
            .filter(|line| meant(line).is_some_and(|meant| meant != 0 && looks_like(line.figure, meant)))
            .collect();
        let meant = meant(lines.first()?)?;
        Some(self.suggestion(&lines, "or", &format!("{how} ({})", self.measure.show(meant))))
    }

    /// The total itself, typed as another figure that looks much the same.
    fn total_mistyped(&self) -> Option<Suggestion> {
        let how = if is_ten_times(self.stated, self.computed) {
            "its decimal point out of place"
        } else if has_two_digits_swapped(self.stated, self.computed) {
            "two digits swapped"
        } else {
            return None;
        };
        Some(Suggestion { text: format!("the total typed with {how}"), cells: Vec::new() })
    }

    /// Lines by cell, figure and label, and what happened to them.
    fn suggestion(&self, lines: &[&Line<'_>], joined_by: &str, how: &str) -> Suggestion {
        let named = |line: &&Line<'_>| {
            let label = line.label.map(|label| format!(", {}", shortened(label))).unwrap_or_default();
            format!("{} ({}{label})", line.position, self.measure.show(line.figure))
        };
        let text = if lines.len() <= MOST_LINES {
            listed(&lines.iter().map(named).collect::<Vec<_>>(), joined_by)
        } else {
            let cells: Vec<String> = lines.iter().map(|line| line.position.to_string()).collect();
            let others = lines.len() - MOST_LINES;
            let one_of = if joined_by == "or" { "one of " } else { "" };
            format!("{one_of}{} and {others} more", cells[..MOST_LINES].join(", "))
        };
        let cells = lines.iter().map(|line| self.column.of.place(line.position)).collect();
        Suggestion { text: format!("{text} {how}"), cells }
    }
}

/// Whether one figure is ten times the other.
fn is_ten_times(one: i64, other: i64) -> bool {
    one.checked_mul(10) == Some(other) || other.checked_mul(10) == Some(one)
}

/// Whether one figure becomes the other when two neighbouring digits change places.
fn has_two_digits_swapped(one: i64, other: i64) -> bool {
    if one == other || (one < 0) != (other < 0) {
        return false;
    }
    let (one, other) = (one.unsigned_abs().to_string(), other.unsigned_abs().to_string());
    if one.len() != other.len() {
        return false;
    }
    let apart: Vec<usize> = (0..one.len()).filter(|index| one.as_bytes()[*index] != other.as_bytes()[*index]).collect();
    match apart.as_slice() {
        [first, second] if first + 1 == *second => {
            one.as_bytes()[*first] == other.as_bytes()[*second] && one.as_bytes()[*second] == other.as_bytes()[*first]
        }
        _ => false,
    }
}
