//! The search for one cause of a difference.

use super::chance::Likes;
use super::lines::{Cells, Found, Line, Outside, signed};
use super::mistyped::Slip;
use crate::formula::{self, Adding, Sum};
use crate::model::{Area, Comparison, Figures, Place, Suggestion, SumOf, WhyHidden};

/// The longest formula that is quoted, in characters.
const LONGEST_FORMULA: usize = 40;

/// Where a table states more sums, figures beside the lines of one are not looked at.
const MOST_SUMS: usize = 500;

/// How many causes of one kind a random difference may be expected to meet, for the kind to be offered still. A line that
/// was left out or counted twice is what happens most, so it is offered even where one in six would be wrong.
const LIKELY: f64 = 0.16;
/// As [`LIKELY`], for slips of the hand.
const LESS_LIKELY: f64 = 0.15;

/// A difference, and the lines in which its cause is looked for.
pub(super) struct Search<'a> {
    /// The cell that states the figure.
    pub at: &'a Place,
    pub figures: Figures,
    /// Stated less computed; never zero.
    pub difference: i64,
    /// What the computed figure is made of; none of them zero. Empty where the cells do not come to it.
    pub lines: Vec<Line>,
    comparison: &'a Comparison,
    stated_cell: Option<Found<'a>>,
    /// Figures that could belong to the lines and do not: in the same columns, or below the total.
    outside: Outside,
}

impl<'a> Search<'a> {
    /// The search for the cause of a difference at a place. None when there is no difference.
    pub fn new(at: &'a Place, comparison: &'a Comparison, cells: &Cells<'a>) -> Option<Self> {
        let figures = comparison.figures;
        let difference = comparison.stated.checked_sub(comparison.computed).filter(|difference| *difference != 0)?;
        let stated_cell = cells.at(at);
        let lines = signed(cells.lines(&comparison.lines, figures), comparison.computed).unwrap_or_default();
        let is_plain_sum = !lines.is_empty() && lines.iter().all(|line| !line.is_taken_away);
        let outside = match &stated_cell {
            Some(total) if total.is_total => cells.below_total(total, figures, difference),
            // Of very many sums, each is looked for among its own lines alone.
            Some(sum) if sum.table.stated.len() > MOST_SUMS => Outside::default(),
            _ if is_plain_sum => cells.beside(&comparison.lines, &lines, figures, difference),
            _ => Outside::default(),
        };
        Some(Self { at, figures, difference, lines, comparison, stated_cell, outside })
    }

    /// Whether some of the lines are taken from others, as spend from a budget.
    pub fn takes_away(&self) -> bool {
        self.lines.iter().any(|line| line.is_taken_away)
    }

    /// Each single cause that explains the difference exactly, most likely first. What others have `told` of a line is not
    /// said again in more general words.
    pub fn single_causes(&self, told: &[Suggestion]) -> Vec<Suggestion> {
        let mut specific: Vec<Suggestion> = told.to_vec();
        for own in [self.texts_left_out(), self.hidden_left_out(), self.outside_the_sum()].into_iter().flatten() {
            if is_new(&own, &specific) {
                specific.push(own);
            }
        }
        let is_new = |suggestion: &Suggestion| is_new(suggestion, &specific);
        let of = self.called();
        let mut causes = specific[told.len()..].to_vec();
        causes.extend(self.line_missing());
        causes.extend(self.entered_twice().filter(is_new));
        causes.extend(self.lines_where(Line::part, &format!("counted twice in {of}")).filter(is_new));
        let left_out = self.lines_where(|line| line.part().saturating_neg(), &format!("left out of {of}"));
        causes.extend(left_out.filter(is_new).filter(|_| !self.is_nought_without(1)));
        causes.extend(self.counted_from_outside());
        causes.extend(self.range_left_out().filter(is_new));
        // One figure explains less by chance than any one of many lines.
        causes.extend(self.stated_mistyped());
        causes.extend(self.line_turned());
        causes.extend(self.line_mistyped(Slip::DecimalPoint));
        causes.extend(self.line_mistyped(Slip::SwappedDigits));
        causes
    }

    /// What the stated figure is called.
    pub fn called(&self) -> &'static str {
        match self.stated_cell {
            Some(Found { is_total: true, .. } | Found { sum_of: Some(SumOf::All), .. }) => "the total",
            Some(Found { sum_of: Some(SumOf::Part), .. }) => "the subtotal",
            Some(Found { sum_of: Some(SumOf::Across), .. }) => "the total of the row",
            _ => "the figure",
        }
    }

    /// Whether the difference says more than chance would: how many random ones would be explained is at most so many.
    fn is_telling(&self, at_most: f64, explained: impl Iterator<Item = i64>) -> bool {
        Likes::of(self.difference).expected_hits(explained) <= at_most
    }

    /// Amounts typed as text add up to what the stated figure lacks: Excel's SUM passed over them.
    fn texts_left_out(&self) -> Option<Suggestion> {
        let texts: Vec<&Line> = self.lines.iter().filter(|line| line.is_text).collect();
        self.is_lacking(&texts).then(|| self.naming(&texts, "and", "typed as text, which Excel's sums leave out"))
    }

    /// Lines in rows that are not shown add up to what the stated figure lacks.
    fn hidden_left_out(&self) -> Option<Suggestion> {
        let sum = self.stated_sum();
        let (how, passes_over_hidden) = match &sum {
            // A SUBTOTAL or AGGREGATE counts rows that were hidden by hand, unless it was told not to.
            Some(Sum { adding: adding @ (Adding::Subtotal | Adding::Aggregate), leaves_hidden_rows_out, .. }) => {
                let name = if *adding == Adding::Subtotal { "SUBTOTAL" } else { "AGGREGATE" };
                (format!("which {name} passes over"), *leaves_hidden_rows_out)
            }
            // Any other formula counts them as well.
            _ if self.stated_formula().is_some() => return None,
            _ => (format!("left out of {}", self.called()), true),
        };
        let with = |why: fn(WhyHidden) -> bool| {
            let lines: Vec<&Line> = self.lines.iter().filter(|line| line.hidden.is_some_and(why)).collect();
            self.is_lacking(&lines).then_some(lines)
        };
        let filtered = || Some((with(|why| why == WhyHidden::Filtered)?, "filtered out"));
        let hidden = || Some((with(|_| true)?, "hidden"));
        let (lines, hidden) = filtered().or_else(|| passes_over_hidden.then(hidden).flatten())?;
        let rows = if lines.len() == 1 { "a row that is" } else { "rows that are" };
        Some(self.naming(&lines, "and", &format!(", in {rows} {hidden}, {how}")))
    }

    /// Lines that the formula of the stated figure does not name add up to what it lacks.
    fn outside_the_sum(&self) -> Option<Suggestion> {
        let sum = self.stated_sum().filter(|sum| sum.is_all_cells)?;
        let own = self.at.sheet.as_deref()?;
        let is_added = |line: &&Line| {
            let (Some(sheet), Some(position)) = (line.place.sheet.as_deref(), line.position()) else { return false };
            line.place.workbook == self.at.workbook && sum.areas.iter().any(|cells| cells.contain(own, sheet, position))
        };
        let lines: Vec<&Line> = self.lines.iter().filter(|line| !is_added(line)).collect();
        let formula = self.stated_formula().filter(|formula| formula.chars().count() <= LONGEST_FORMULA);
        let formula = formula.map_or_else(|| "its formula".to_owned(), formula::without_texts);
        self.is_lacking(&lines).then(|| self.naming(&lines, "and", &format!(", which {formula} leaves out")))
    }

    /// The formula of the stated figure.
    fn stated_formula(&self) -> Option<&'a str> {
        self.stated_cell?.cell.formula.as_deref()
    }

    /// What the formula of the stated figure adds, if it is nothing but a sum.
    fn stated_sum(&self) -> Option<Sum> {
        let formula = formula::parse(self.stated_formula()?).ok()?;
        formula.sums().into_iter().find(|sum| sum.is_whole)
    }

    /// Whether the stated figure is nought and so many lines are all that there are. That they were left out is true of any
    /// nought, and tells nothing.
    pub fn is_nought_without(&self, count: usize) -> bool {
        self.comparison.stated == 0 && self.lines.len() == count
    }

    /// Whether the stated figure is exactly without these lines.
    fn is_lacking(&self, lines: &[&Line]) -> bool {
        let sum = lines.iter().map(|line| line.part()).try_fold(0i64, i64::checked_add);
        !lines.is_empty() && sum.and_then(i64::checked_neg) == Some(self.difference)
    }

    /// A line that is not in the list. Without a line of the same amount, or an approved total, nothing speaks for it.
    fn line_missing(&self) -> Option<Suggestion> {
        let is_sum = self.stated_cell.is_some_and(|cell| cell.is_total || cell.sum_of.is_some());
        let is_total = is_sum || self.comparison.is_approved;
        let has_like = || {
            self.lines.iter().any(|line| line.figure == self.difference)
                && self.is_telling(LIKELY, self.lines.iter().map(|line| line.figure))
        };
        let text = format!("a line of {} left out", self.figures.show(self.difference));
        let is_likely = is_total && self.difference > 0 && (self.comparison.is_approved || has_like());
        is_likely.then_some(Suggestion { text, cells: Vec::new() })
    }

    /// A line that stands in the list twice, under one label.
    fn entered_twice(&self) -> Option<Suggestion> {
        let extra: Vec<&Line> =
            self.lines.iter().filter(|line| line.part().checked_neg() == Some(self.difference)).collect();
        let (later, earlier) = extra.iter().enumerate().find_map(|(index, line)| {
            let earlier = extra[..index].iter().find(|earlier| is_same_entry(line, earlier))?;
            Some((*line, *earlier))
        })?;
        if !self.is_telling(LIKELY, self.lines.iter().map(|line| line.part().saturating_neg())) {
            return None;
        }
        let mut suggestion =
            self.naming(&[later], "or", &format!("entered twice, as in {}", self.name(&earlier.place)));
        suggestion.cells.push(earlier.place.clone());
        Some(suggestion)
    }

    /// The lines of which what they would explain is the difference.
    fn lines_where(&self, explains: impl Fn(&Line) -> i64, how: &str) -> Option<Suggestion> {
        let lines: Vec<&Line> = self.lines.iter().filter(|line| explains(line) == self.difference).collect();
        let is_telling = !lines.is_empty() && self.is_telling(LIKELY, self.lines.iter().map(&explains));
        is_telling.then(|| self.naming(&lines, "or", how))
    }

    /// A figure that is not one of the lines and is exactly what the stated figure has too much.
    fn counted_from_outside(&self) -> Option<Suggestion> {
        let lines: Vec<&Line> = self.outside.lines.iter().collect();
        if lines.is_empty() || !self.is_telling(LIKELY, self.outside.figures.iter().copied()) {
            return None;
        }
        let is_below = self.stated_cell.is_some_and(|cell| cell.is_total);
        let how =
            if is_below { ", below the total, counted in it" } else { "counted in it, though not one of its lines" };
        Some(self.naming(&lines, "or", how))
    }

    /// The first lines, or the last, together are what the total lacks: its formula misses them.
    fn range_left_out(&self) -> Option<Suggestion> {
        let missing = self.difference.checked_neg()?;
        let [whole] = self.comparison.lines.as_slice() else { return None };
        if self.takes_away() || self.lines.len() < 3 {
            return None;
        }
        let last = self.lines.len() - 1;
        let first_sums = running_sums(self.lines.iter());
        let last_sums = running_sums(self.lines.iter().rev());
        let lacked = first_sums.iter().chain(&last_sums).map(|sum| sum.saturating_neg());
        // One line alone is offered by itself, and all lines together are no range that was missed.
        let ends_at = |sums: &[i64]| sums.iter().take(last).skip(1).position(|sum| *sum == missing).map(|at| at + 1);
        let (from, to) = match (ends_at(&last_sums), ends_at(&first_sums)) {
            (Some(count), _) => (last - count, last),
            (None, Some(count)) => (0, count),
            (None, None) => return None,
        };
        if !self.is_telling(LESS_LIKELY, lacked) {
            return None;
        }
        let area = Area::new(self.lines[from].position()?, self.lines[to].position()?);
        let place = Place { area: Some(area), ..whole.clone() };
        let text =
            format!("{} ({} together) left out of {}", self.name(&place), self.figures.show(missing), self.called());
        Some(Suggestion { text, cells: vec![place] })
    }

    /// A line that was added instead of taken away, or the other way about.
    fn line_turned(&self) -> Option<Suggestion> {
        let explains = |line: &Line| line.part().saturating_mul(-2);
        let lines: Vec<&Line> = self.lines.iter().filter(|line| explains(line) == self.difference).collect();
        let is_telling = !lines.is_empty() && self.is_telling(LESS_LIKELY, self.lines.iter().map(explains));
        is_telling.then(|| self.naming(&lines, "or", "with its sign turned"))
    }

    /// The lines that would explain the difference if they had been typed as another figure that looks much the same.
    fn line_mistyped(&self, slip: Slip) -> Option<Suggestion> {
        let change = |line: &Line, part: i64| if line.is_taken_away { part.checked_neg() } else { Some(part) };
        let meant = |line: &Line| line.figure.checked_add(change(line, self.difference)?);
        let typed = || self.lines.iter().filter(|line| line.is_typed);
        let lines: Vec<&Line> =
            typed().filter(|line| meant(line).is_some_and(|meant| slip.leads_to(line.figure, meant))).collect();
        let first = meant(lines.first()?)?;
        let explained = typed().flat_map(|line| {
            let changes = slip.all_meant(line.figure).into_iter().filter_map(|meant| meant.checked_sub(line.figure));
            changes.filter_map(move |by| change(line, by)).collect::<Vec<_>>()
        });
        let how = format!("with {} ({})", slip.words(), self.figures.show(first));
        self.is_telling(LESS_LIKELY, explained).then(|| self.naming(&lines, "or", &how))
    }

    /// The stated figure itself, typed as another one that looks much the same.
    fn stated_mistyped(&self) -> Option<Suggestion> {
        let Comparison { stated, computed, is_approved, ref lines, .. } = *self.comparison;
        let cell = self.stated_cell?.cell;
        let is_typed = cell.formula.is_none() && cell.value.figure() == Some(stated);
        // Where the cells do not come to the computed figure, the two figures need not be equal.
        let must_be_equal = lines.is_empty() || !self.lines.is_empty() || computed == 0;
        if is_approved || !is_typed || !must_be_equal {
            return None;
        }
        let slip = [Slip::DecimalPoint, Slip::SwappedDigits].into_iter().find(|slip| slip.leads_to(stated, computed));
        let how = match slip {
            Some(slip) => slip.words(),
            None if computed != 0 && stated.checked_neg() == Some(computed) => "its sign turned",
            None => return None,
        };
        Some(Suggestion { text: format!("{} typed with {how}", self.called()), cells: Vec::new() })
    }
}

/// Whether two lines of one column have one label.
fn is_same_entry(one: &Line, other: &Line) -> bool {
    let column = |line: &Line| line.position().map(|position| position.column);
    let sheet = |line: &Line| (line.place.workbook.clone(), line.place.sheet.clone());
    one.label.is_some() && one.label == other.label && sheet(one) == sheet(other) && column(one) == column(other)
}

/// Whether a suggestion names a cell that those before it do not, or none.
fn is_new(suggestion: &Suggestion, before: &[Suggestion]) -> bool {
    let is_known = |cell: &Place| before.iter().any(|known| known.cells.iter().any(|known| known.covers(cell)));
    suggestion.cells.is_empty() || !suggestion.cells.iter().all(is_known)
}

/// What the first, the first two, … lines add up to; as far as that can be held.
fn running_sums<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<i64> {
    let mut sum = 0i64;
    lines
        .map_while(|line| {
            sum = sum.checked_add(line.part())?;
            Some(sum)
        })
        .collect()
}
