//! Which records a stated subtotal is the sum of.
//!
//! A subtotal whose label names a section, such as “Total Adults” or “Adults subtotal”, is the sum of all records of the last
//! section of that name that begins above it; each section is named so once. Any other is told by its place.
//!
//! Below its records it is the sum of those since the last subtotal or the last row of a section, whichever is nearer. A
//! subtotal directly below another one is of the next level: the sum of the records of the outer section, or, where there is
//! none, of those since the last subtotal of its own level. Directly below the row of a section it is the sum of nothing.
//!
//! Above its records it is the same from the foot up: the sum of those down to the next subtotal or row of a section; and one
//! above another subtotal, or above the row of a section, is of the next level.

use std::collections::BTreeMap;
use std::ops::Range;

use super::body::SectionRow;
use crate::model::name_key;
use crate::schema::StatedAt;

/// More levels of subtotals are in no table that a person keeps.
const MOST_LEVELS: usize = 8;
/// The most words of a label among which the name of a section is looked for.
const MOST_WORDS: usize = 24;

/// A row of a table, as far as sums are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A record.
    Record,
    /// A section begins. Sections are counted from the top down.
    Section,
    /// A subtotal, in the innermost section of that place among the sections.
    Sum(Option<usize>),
}

/// For each of the sums among the steps the records that it is the sum of, by their places, from and before. `labels` are
/// those of the sums, in their order.
pub(super) fn ranges(steps: &[Step], sections: &[SectionRow], labels: &[&str], at: StatedAt) -> Vec<Range<usize>> {
    let mut table = Table::new(steps, sections, labels);
    match at {
        StatedAt::Below => table.below(),
        StatedAt::Above => table.above(),
    }
    table.sums.into_iter().map(|sum| sum.records).collect()
}

/// The rows of a table with what is known of them.
struct Table<'a> {
    steps: &'a [Step],
    sections: &'a [SectionRow],
    /// For each section its place among the steps, and its records.
    spans: Vec<(usize, Range<usize>)>,
    sums: Vec<Sum<'a>>,
    levels: Levels,
    /// The sections of each name, and whether a label has named one.
    names: BTreeMap<String, Vec<usize>>,
    is_named: Vec<bool>,
}

/// A subtotal.
struct Sum<'a> {
    label: &'a str,
    /// Its place among the steps.
    step: usize,
    /// How many records stand above it.
    above: usize,
    records: Range<usize>,
}

impl<'a> Table<'a> {
    fn new(steps: &'a [Step], sections: &'a [SectionRow], labels: &[&'a str]) -> Self {
        let mut spans: Vec<(usize, Range<usize>)> = Vec::new();
        let (mut sums, mut passed) = (Vec::new(), 0);
        for (index, step) in steps.iter().enumerate() {
            match step {
                Step::Record => passed += 1,
                Step::Section => spans.push((index, passed..passed)),
                Step::Sum(_) => {
                    let label = labels.get(sums.len()).copied().unwrap_or_default();
                    sums.push(Sum { label, step: index, above: passed, records: passed..passed });
                }
            }
        }
        // A section ends where the next begins of its own level or one further out.
        let depth = sections.iter().map(|section| section.level + 1).max().unwrap_or_default();
        let mut begins_next = vec![passed; depth];
        for ((_, records), section) in spans.iter_mut().zip(sections).rev() {
            records.end = begins_next[section.level];
            begins_next[section.level..].fill(records.start);
        }
        let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, section) in sections.iter().enumerate() {
            names.entry(words(&section.value).join(" ")).or_default().push(index);
        }
        let is_named = vec![false; sections.len()];
        Self { steps, sections, spans, sums, levels: Levels::new(depth), names, is_named }
    }

    fn below(&mut self) {
        let (mut section, mut sum) = (0, 0);
        for step in self.steps {
            match step {
                Step::Record => self.levels.pass(),
                Step::Section => {
                    self.levels.begin(self.sections[section].level);
                    section += 1;
                }
                Step::Sum(_) => {
                    self.sums[sum].records = match self.section_named_by(sum, StatedAt::Below) {
                        Some(named) => {
                            let records = self.spans[named].1.clone();
                            if records.end >= self.levels.passed {
                                self.levels.close_section(self.sections[named].level);
                            }
                            records.start..records.end.min(self.levels.passed)
                        }
                        None => self.levels.sum(),
                    };
                    sum += 1;
                }
            }
        }
    }

    fn above(&mut self) {
        let all = self.steps.iter().filter(|step| **step == Step::Record).count();
        let (mut section, mut sum) = (self.sections.len(), self.sums.len());
        for step in self.steps.iter().rev() {
            match step {
                Step::Record => self.levels.pass(),
                Step::Section => {
                    section -= 1;
                    self.levels.leave(self.sections[section].level);
                }
                Step::Sum(within) => {
                    sum -= 1;
                    self.sums[sum].records = match self.section_named_by(sum, StatedAt::Above) {
                        Some(named) => {
                            self.levels.close_section(self.sections[named].level);
                            self.sums[sum].above..self.spans[named].1.end
                        }
                        None => {
                            let from_foot = self.levels.sum_within(within.map(|index| self.sections[index].level));
                            all - from_foot.end..all - from_foot.start
                        }
                    };
                }
            }
        }
    }

    /// The section that the label of a sum names: the last that begins above it; where it stands above its records, one that
    /// has records below it. Of several names in a label the innermost section's counts, and the longest.
    fn section_named_by(&mut self, sum: usize, at: StatedAt) -> Option<usize> {
        if self.names.is_empty() {
            return None;
        }
        let Sum { label, step, above, .. } = self.sums[sum];
        let words = words(label);
        let parts = (0..words.len()).flat_map(|from| (from + 1..=words.len()).map(move |to| from..to));
        let named = parts.filter_map(|part| {
            let of_name = self.names.get(&words[part.clone()].join(" "))?;
            let before = of_name.partition_point(|index| self.spans[*index].0 < step);
            let index = *of_name[..before].last()?;
            let is_open = at == StatedAt::Below || self.spans[index].1.end > above;
            (is_open && !self.is_named[index]).then_some((self.sections[index].level, part.len(), index))
        });
        let (_, _, index) = named.max()?;
        self.is_named[index] = true;
        Some(index)
    }
}

/// Of the sections that are open, by level, the level of the one that the label of a sum below its records names: of several
/// the innermost section, as [`ranges`] has it.
pub(super) fn level_named_by(label: &str, open: &[Option<usize>], sections: &[SectionRow]) -> Option<usize> {
    let label = words(label);
    let is_named = |section: &SectionRow| {
        let name = words(&section.value);
        !name.is_empty() && label.windows(name.len()).any(|part| part == name)
    };
    open.iter().rposition(|index| index.and_then(|index| sections.get(index)).is_some_and(is_named))
}

/// The words of a label as names are compared, without signs around them.
fn words(label: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned();
    name_key(label).split(' ').map(bare).filter(|word| !word.is_empty()).take(MOST_WORDS).collect()
}

/// From where on subtotals add, by level: 0 is the innermost.
struct Levels {
    /// How many levels of sections there are.
    depth: usize,
    /// How many records were passed.
    passed: usize,
    /// From which of them on a subtotal of each level adds.
    starts: [usize; MOST_LEVELS],
    /// The level of the subtotal that was passed last, or of the section that was left, if no record was passed since.
    directly_after: Option<usize>,
    /// The section level that was left, if nothing was passed since.
    left: Option<usize>,
}

impl Levels {
    fn new(depth: usize) -> Self {
        Self { depth, passed: 0, starts: [0; MOST_LEVELS], directly_after: None, left: None }
    }

    fn pass(&mut self) {
        self.passed += 1;
        (self.directly_after, self.left) = (None, None);
    }

    /// The level of the subtotals of a section.
    fn of_section(&self, level: usize) -> usize {
        (self.depth - 1 - level).min(MOST_LEVELS - 1)
    }

    fn begin(&mut self, level: usize) {
        self.close_section(level);
        self.directly_after = None;
    }

    /// Leaves a section, from the foot up.
    fn leave(&mut self, level: usize) {
        self.close_section(level);
        self.left = Some(level);
    }

    fn close_section(&mut self, level: usize) {
        self.close(self.of_section(level));
    }

    fn close(&mut self, level: usize) {
        self.starts[..=level].fill(self.passed);
        (self.directly_after, self.left) = (Some(level), None);
    }

    fn sum(&mut self) -> Range<usize> {
        let level = self.directly_after.map_or(0, |level| (level + 1).min(MOST_LEVELS - 1));
        let records = self.starts[level]..self.passed;
        self.close(level);
        records
    }

    /// As [`Levels::sum`], from the foot up, of a subtotal in a section of a level. Directly above the row of a section that is
    /// not within its own, its own has no records.
    fn sum_within(&mut self, own: Option<usize>) -> Range<usize> {
        if self.left.zip(own).is_some_and(|(left, own)| own >= left) {
            self.close(0);
            return self.passed..self.passed;
        }
        self.sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Position;

    /// The records of each subtotal of a table in short: `#0 Adults` a section of level 0, `.` a record, `= Total` a subtotal.
    fn sums(rows: &[&str], at: StatedAt) -> Vec<Range<usize>> {
        let (mut steps, mut sections, mut labels) = (Vec::new(), Vec::<SectionRow>::new(), Vec::new());
        for row in rows {
            if let Some((level, label)) = row.strip_prefix('#').and_then(|row| row.split_once(' ')) {
                let (level, position) = (level.parse().unwrap(), Position::new(0, 0));
                sections.push(SectionRow { level, within: None, position, value: label.to_owned() });
                steps.push(Step::Section);
            } else if let Some(label) = row.strip_prefix('=') {
                labels.push(label.trim());
                steps.push(Step::Sum(sections.len().checked_sub(1)));
            } else {
                steps.push(Step::Record);
            }
        }
        ranges(&steps, &sections, &labels, at)
    }

    #[test]
    fn below_their_records() {
        let below = |rows: &[&str]| sums(rows, StatedAt::Below);
        assert_eq!(below(&[".", ".", "= Sub", ".", "= Sub", "= Both", ".", "= Sub"]), [0..2, 2..3, 0..3, 3..4]);
        // A second group of the next level begins behind the first.
        assert_eq!(below(&[".", "=", "=", ".", "=", "="]), [0..1, 0..1, 1..2, 1..2]);
        // Sections begin anew, and one without records comes to nothing.
        assert_eq!(below(&["#0 A", ".", "=", "#0 B", "=", "#0 C", ".", ".", "=", "="]), [0..1, 1..1, 1..3, 0..3]);
        let nested = ["#0 North", "#1 A", ".", "=", "#1 B", ".", "=", "=", "#0 South", "#1 A", ".", "=", "=", "="];
        assert_eq!(below(&nested), [0..1, 1..2, 0..2, 2..3, 2..3, 0..3]);
    }

    #[test]
    fn above_their_records() {
        let above = |rows: &[&str]| sums(rows, StatedAt::Above);
        assert_eq!(above(&["= Council", "= A", ".", ".", "= B", "."]), [0..3, 0..2, 2..3]);
        assert_eq!(above(&["=", "#0 A", "=", ".", ".", "#0 B", "=", "."]), [0..3, 0..2, 2..3]);
        assert_eq!(above(&["#0 A", "=", "#0 B", "=", "."]), [0..0, 0..1]);
    }

    #[test]
    fn by_the_name_of_a_section() {
        let below = |rows: &[&str]| sums(rows, StatedAt::Below);
        // After another subtotal of a part; at the foot of the table; in the section of a longer name.
        assert_eq!(below(&["#0 Adults", ".", "= Staff", ".", "= Total Adults", "."]), [0..1, 0..2]);
        assert_eq!(below(&["#0 A", ".", "#0 B", ".", ".", "= Total: A", "= B (total)"]), [0..1, 1..3]);
        assert_eq!(below(&["#0 Adults", ".", "#0 Older adults", ".", "= Older adults total"]), vec![1..2]);
        assert_eq!(below(&["#0 Adults", ".", "#0 Children", ".", "= Total adulthood"]), vec![1..2]);
        // Of sections of one name the last, and once.
        assert_eq!(below(&["#0 A", ".", "#0 A", ".", "= Total A", "= Total A"]), [1..2, 0..2]);
        assert_eq!(sums(&["#0 A", "= A", ".", "= of A", "."], StatedAt::Above), [0..1, 1..2]);
    }

    #[test]
    fn no_more_levels_than_a_person_keeps() {
        let many: Vec<&str> = std::iter::once(".").chain(std::iter::repeat_n("=", 20)).collect();
        let found = sums(&many, StatedAt::Below);
        assert!(found[..8].iter().all(|range| *range == (0..1)), "{found:?}");
        assert!(found[8..].iter().all(Range::is_empty), "{found:?}");
    }
}
