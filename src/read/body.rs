//! Which line below a table's headings is what: a record, the label of a section, a stated sum, filler, the end.

use super::frame::{Frame, Label};
use super::stated::{self, Step};
use crate::model::{Area, Grid, Line, Position, SumOf};
use crate::schema::{LabelPattern, StatedAt, Treatment};

/// The lines below the headings, by what they are.
pub(super) struct Body<'g> {
    /// The records, in the order of the sheet.
    pub records: Vec<Record<'g>>,
    /// The rows of sections, in the order of the sheet.
    pub sections: Vec<SectionRow>,
    /// Rows among the records that state sums of them, and are none.
    pub subtotals: Vec<&'g Line>,
    /// The row that states the totals.
    pub total: Option<&'g Line>,
    /// Rows that state other sums, as the pack describes them.
    pub stated: Vec<StatedRow<'g>>,
    /// Rows below the total that look like records.
    after_total: Vec<&'g Line>,
}

/// A line that is a record.
pub(super) struct Record<'g> {
    /// The line.
    pub line: &'g Line,
    /// The innermost section that it stands in, by its place among the sections.
    pub section: Option<usize>,
    /// For each of the frame's filled-down fields the zero-based row in which its value stands.
    pub given_at: Vec<u32>,
}

/// A row with a label alone, which holds for the rows below it.
pub(super) struct SectionRow {
    /// Which of the pack's sections it is: 0 is the outermost.
    pub level: usize,
    /// The section that it lies in, by its place among the sections.
    pub within: Option<usize>,
    /// The cell of the label.
    pub position: Position,
    /// The value of its field: the label on one line, or what the pattern's group catches of it.
    pub value: String,
}

/// A row that states the sum of others.
pub(super) struct StatedRow<'g> {
    /// The line.
    pub line: &'g Line,
    /// Its label; empty where it has none.
    pub label: String,
    /// The column of the label.
    pub label_column: Option<u32>,
    /// The records that it is the sum of, by their places: from, and before.
    pub records: std::ops::Range<usize>,
    /// Whether these are all or a part.
    pub of: SumOf,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Record,
    /// With the section's level.
    Section(usize),
    /// A subtotal that the pack describes; above its rows it may begin a section of a level.
    Subtotal(Option<usize>),
    /// A subtotal that its label and formula tell.
    PlainSubtotal,
    Total,
    PassedOver,
}

/// A line with what it is and what holds for it.
struct Told<'g> {
    line: &'g Line,
    kind: Kind,
    section: Option<usize>,
    given_at: Vec<u32>,
}

impl<'g> Body<'g> {
    /// The lines from the zero-based row `from` to the one before `end`.
    ///
    /// Without words of the pack, a table ends at its totals row, else at the last row with values in two of its columns, and
    /// all rows before that end that hold anything in its columns are its records, but subtotals that their label and formula
    /// tell. The pack's words come before that, in this order: the end, headings that stand there again, totals, rows that
    /// are passed over, sections and subtotals, filler.
    pub fn of(grid: &'g Grid, frame: &Frame<'_>, from: u32, end: u32) -> Self {
        let first = grid.lines().partition_point(|line| line.row < from);
        let below = &grid.lines()[first..];
        let below = &below[..below.partition_point(|line| line.row < end)];
        let (below, is_end_told) = before_end(below, frame);
        Reader { frame, told: Vec::new(), sections: Vec::new(), total: None, foot: None, is_end_told }.read(below)
    }

    /// The rows below the total that look like records, as areas: rows that follow each other make one.
    pub fn areas_after_total(&self, frame: &Frame<'_>) -> Vec<Area> {
        let (Some(first), Some(last)) = (frame.columns.first(), frame.columns.last()) else { return Vec::new() };
        let mut areas: Vec<Area> = Vec::new();
        for line in &self.after_total {
            let end = Position::new(line.row, *last);
            match areas.last_mut() {
                Some(area) if area.last.row + 1 == line.row => area.last = end,
                _ => areas.push(Area::new(Position::new(line.row, *first), end)),
            }
        }
        areas
    }

    /// The sections that a record stands in, the innermost first.
    pub fn sections_of(&self, record: &Record<'_>) -> impl Iterator<Item = (usize, &SectionRow)> {
        let with = |index: usize| Some((index, self.sections.get(index)?));
        std::iter::successors(record.section.and_then(with), move |(_, section)| section.within.and_then(with))
    }
}

/// The lines before the end that the pack describes, and whether a mark told it. Empty rows end a table only below its first
/// record: above it they part it from its headings.
fn before_end<'g>(below: &'g [Line], frame: &Frame<'_>) -> (&'g [Line], bool) {
    let Some(end) = &frame.schema.crosscast.rows.end else { return (below, false) };
    let is_mark = |line: &Line| {
        let labels = || line.filled().filter_map(|(_, cell)| Label::of(&cell.raw));
        end.pattern.as_ref().is_some_and(|pattern| labels().any(|label| label.matches(pattern)))
    };
    let mut last_row: Option<u32> = None;
    for (index, line) in below.iter().enumerate() {
        if is_mark(line) {
            return (&below[..index], true);
        }
        if frame.is_empty(line) {
            continue;
        }
        let empty_rows = last_row.map_or(0, |last| line.row - last - 1);
        if end.blank_rows.is_some_and(|most| empty_rows >= most.get()) {
            return (&below[..index], false);
        }
        if last_row.is_some() || frame.looks_like_data(line) {
            last_row = Some(line.row);
        }
    }
    (below, false)
}

/// Goes through the lines from the top down.
struct Reader<'f, 'g> {
    frame: &'f Frame<'f>,
    told: Vec<Told<'g>>,
    sections: Vec<SectionRow>,
    total: Option<&'g Line>,
    /// The line of the total at the foot, at which the table ends, by its place among the lines.
    foot: Option<usize>,
    is_end_told: bool,
}

impl<'g> Reader<'_, 'g> {
    fn read(mut self, below: &'g [Line]) -> Body<'g> {
        let words = &self.frame.schema.crosscast.rows;
        let totals = words.totals.as_ref().map(|totals| (totals.at, totals.treatment)).unwrap_or_default();
        let mut open: Vec<Option<usize>> = vec![None; words.sections.len()];
        let mut given: Vec<Option<u32>> = vec![None; self.frame.fill_down.len()];
        let (mut has_total_above, mut second_total) = (false, None);
        for (index, line) in below.iter().enumerate() {
            let kind = self.frame.kind(line);
            match kind {
                Kind::Total if totals.0 == StatedAt::Above && !has_total_above => {
                    has_total_above = true;
                    self.total = Some(line).filter(|_| totals.1 == Treatment::Check);
                    continue;
                }
                Kind::Total => {
                    self.foot = Some(index);
                    second_total = has_total_above.then_some(line);
                    if !has_total_above && totals.1 == Treatment::Check {
                        self.total = Some(line);
                    }
                    break;
                }
                Kind::Section(level) | Kind::Subtotal(Some(level)) => {
                    self.begin_section(level, line, &mut open);
                    given.fill(None);
                }
                Kind::Subtotal(None) | Kind::PlainSubtotal => {
                    if let Some(level) = self.level_closed_by(line, &open) {
                        open[level..].fill(None);
                        given.fill(None);
                    }
                }
                Kind::Record if self.frame.is_filler(line, &given) => continue,
                Kind::PassedOver => continue,
                _ => {}
            }
            let mut given_at = Vec::new();
            if kind == Kind::Record {
                for ((_, column), given) in self.frame.fill_down.iter().zip(&mut given) {
                    *given = if line.is_filled(*column) { Some(line.row) } else { *given };
                    given_at.push(given.unwrap_or(line.row));
                }
            }
            let section = open.iter().rev().flatten().next().copied();
            self.told.push(Told { line, kind, section, given_at });
        }
        let after = self.foot.map_or(&[][..], |index| &below[index + 1..]);
        let after_total = after.iter().filter(|line| self.frame.is_data_after_total(line)).collect();
        let second_total = second_total.filter(|_| totals.1 == Treatment::Check);
        self.cut_what_is_below();
        self.body(after_total, second_total)
    }

    /// The level of the open section that a subtotal below its records names: with its sum the section is at its end.
    fn level_closed_by(&self, line: &Line, open: &[Option<usize>]) -> Option<usize> {
        let subtotals = self.frame.schema.crosscast.rows.subtotals.as_ref();
        if subtotals.is_some_and(|subtotals| subtotals.at == StatedAt::Above) {
            return None;
        }
        let (_, label) = self.frame.label(line)?;
        stated::level_named_by(&label.text, open, &self.sections)
    }

    fn begin_section(&mut self, level: usize, line: &Line, open: &mut [Option<usize>]) {
        let Some((column, label)) = self.frame.label(line) else { return };
        let within = open[..level].iter().rev().flatten().next().copied();
        open[level..].fill(None);
        open[level] = Some(self.sections.len());
        let position = Position::new(line.row, column);
        let value = self.frame.value_of_section(level, &label).unwrap_or(label.text);
        self.sections.push(SectionRow { level, within, position, value });
    }

    /// Leaves out what stands below the last row that is plainly the table's, where neither a total nor a mark ends it: notes.
    fn cut_what_is_below(&mut self) {
        if self.foot.is_some() || self.is_end_told {
            return;
        }
        let is_plain = |told: &Told<'_>| match told.kind {
            Kind::Subtotal(_) => true,
            Kind::Record | Kind::PlainSubtotal => self.frame.looks_like_data(told.line),
            Kind::Section(_) | Kind::Total | Kind::PassedOver => false,
        };
        let kept = self.told.iter().rposition(is_plain).map_or(0, |last| last + 1);
        self.told.truncate(kept);
        let begins = |told: &&Told<'_>| matches!(told.kind, Kind::Section(_) | Kind::Subtotal(Some(_)));
        self.sections.truncate(self.told.iter().filter(begins).count());
    }

    fn body(self, after_total: Vec<&'g Line>, second_total: Option<&'g Line>) -> Body<'g> {
        let subtotals = self.frame.schema.crosscast.rows.subtotals.as_ref();
        let is_checked = subtotals.is_some_and(|subtotals| subtotals.treatment == Treatment::Check);
        let mut body = Body {
            records: Vec::new(),
            sections: self.sections,
            subtotals: Vec::new(),
            total: self.total,
            stated: Vec::new(),
            after_total,
        };
        let mut steps = Vec::new();
        for told in self.told {
            if let Kind::Section(_) | Kind::Subtotal(Some(_)) = told.kind {
                steps.push(Step::Section);
            }
            match told.kind {
                Kind::Record => {
                    steps.push(Step::Record);
                    body.records.push(Record { line: told.line, section: told.section, given_at: told.given_at });
                }
                Kind::PlainSubtotal => body.subtotals.push(told.line),
                Kind::Subtotal(_) if is_checked => {
                    steps.push(Step::Sum(told.section));
                    body.subtotals.push(told.line);
                    body.stated.push(self.frame.stated(told.line, SumOf::Part));
                }
                // What a formula adds there can still be counted twice by the total.
                Kind::Subtotal(_) if self.frame.has_formula(told.line) => body.subtotals.push(told.line),
                _ => {}
            }
        }
        if !body.stated.is_empty() {
            let labels: Vec<&str> = body.stated.iter().map(|stated| stated.label.as_str()).collect();
            let at = subtotals.map(|subtotals| subtotals.at).unwrap_or_default();
            let ranges = stated::ranges(&steps, &body.sections, &labels, at);
            for (stated, range) in body.stated.iter_mut().zip(ranges) {
                stated.records = range;
            }
        }
        if let Some(line) = second_total {
            let all = 0..body.records.len();
            body.stated.push(StatedRow { records: all, ..self.frame.stated(line, SumOf::All) });
        }
        body
    }
}

impl Frame<'_> {
    fn kind(&self, line: &Line) -> Kind {
        let words = &self.schema.crosscast.rows;
        if self.repeats_headings(line) {
            return Kind::PassedOver;
        }
        let is_total = self.is_total(line);
        if is_total && words.totals.is_some() {
            return Kind::Total;
        }
        let label = self.has_words.then(|| self.label(line)).flatten();
        let says = |pattern: &LabelPattern| match &label {
            Some((_, label)) => label.matches(pattern),
            None => pattern.is_match("") && self.is_of_figures_alone(line),
        };
        if words.skip.iter().any(says) {
            return Kind::PassedOver;
        }
        let is_alone = label.is_some() && self.is_one_cell(line);
        let is_described = |pattern: &LabelPattern| label.as_ref().is_some_and(|(_, label)| label.matches(pattern));
        let described = words.sections.iter().position(|section| section.pattern.as_ref().is_some_and(is_described));
        if let Some(level) = described.filter(|_| is_alone) {
            return Kind::Section(level);
        }
        let subtotal = words.subtotals.as_ref().filter(|subtotals| says(&subtotals.pattern));
        // A grand total is none of a part, even if the pattern of subtotals has it too.
        if is_total && (subtotal.is_none() || label.as_ref().is_some_and(|(_, label)| label.is_grand())) {
            return Kind::Total;
        }
        match subtotal.map(|subtotals| (subtotals.treatment, subtotals.at)) {
            Some((Treatment::Keep, _)) => return Kind::Record,
            Some((_, StatedAt::Above)) => return Kind::Subtotal(described),
            Some((_, StatedAt::Below)) => return Kind::Subtotal(None),
            None => {}
        }
        if self.is_plain_subtotal(line) {
            return Kind::PlainSubtotal;
        }
        let any_label = || words.sections.iter().position(|section| section.pattern.is_none());
        let may_label = label.as_ref().is_some_and(|(column, _)| self.may_begin_section(*column));
        if let Some(level) = (is_alone && may_label).then(any_label).flatten() {
            return Kind::Section(level);
        }
        if self.filled(line) == 0 { Kind::PassedOver } else { Kind::Record }
    }

    /// A row as one that states a sum, of no records yet.
    fn stated<'g>(&self, line: &'g Line, of: SumOf) -> StatedRow<'g> {
        let (label_column, label) = self.label(line).map(|(column, label)| (column, label.text)).unzip();
        StatedRow { line, label: label.unwrap_or_default(), label_column, records: 0..0, of }
    }

    /// Whether a row below the total looks like a record of the table.
    fn is_data_after_total(&self, line: &Line) -> bool {
        let is_passed_over = || {
            let label = self.has_words.then(|| self.label(line)).flatten();
            let is_skipped = |label: &Label| self.schema.crosscast.rows.skip.iter().any(|one| label.matches(one));
            let all_given = vec![Some(line.row); self.fill_down.len()];
            label.is_some_and(|(_, label)| is_skipped(&label))
                || self.repeats_headings(line)
                || self.is_filler(line, &all_given)
        };
        self.looks_like_data(line) && !is_passed_over()
    }
}
