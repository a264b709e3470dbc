//! Formulas of totals: the lines that they leave out, take in beside, or count twice, and figures typed into them.

use super::super::not_run;
use super::super::view::TableView;
use super::super::words::{formula, formula_part, shortened};
use super::added::{TooMany, Total};
use super::lines::{areas_of, in_areas};
use super::written::Written;
use crate::model::{
    About, Area, Cause, Check, Figures, Finding, Money, Outcome, Over, Position, RawValue, Row, Severity, Suggestion,
};
use crate::schema::Layout;

pub(super) const LEAVES_LINES_OUT: Check = Check::error(
    "total-leaves-lines-out",
    "The formula of a total leaves lines of its column out",
    About {
        meaning: "The formula in the totals row does not add every line of the table: lines at its top or foot, lines that \
                  were put in later, or hidden ones are not in it.",
        why: "A line that no total counts is money that no reader sees, however right the line itself is.",
        example: "=SUM(F4:F9) in F11, where the payments stand in F4:F10.",
        mend: "Change the formula so that it adds all lines, from the first to the last.",
    },
)
.over(Over::FormulasOfTotals)
.explainable()
.not_required();

pub(super) const TAKES_OTHERS_IN: Check = Check::error(
    "total-takes-others-in",
    "The formula of a total takes in cells that are no lines of its column",
    About {
        meaning: "The formula in the totals row adds cells above or below the table, another column, or a subtotal whose \
                  lines it adds as well.",
        why: "The total is more than its lines, or is the total of something else.",
        example: "=SUM(D4:D13) at the foot of column E, or =SUM(F4:F12) where F8 is the subtotal of F4:F7.",
        mend: "Change the formula so that it adds the lines of its own column, each once.",
    },
)
.over(Over::FormulasOfTotals)
.explainable()
.not_required();

pub(super) const COUNTS_TWICE: Check = Check::error(
    "total-counts-twice",
    "The formula of a total counts a line twice",
    About {
        meaning: "Areas in the formula of the total overlap, so that a line is added more than once.",
        why: "The total is too large by that line, though each line is right.",
        example: "=SUM(F4:F7)+SUM(F7:F10), which adds F7 twice.",
        mend: "Change the formula so that it adds each line once.",
    },
)
.over(Over::FormulasOfTotals)
.explainable()
.not_required();

pub(super) const ADJUSTED_BY_HAND: Check = Check::error(
    "total-adjusted-by-hand",
    "A figure is typed into the formula of a total",
    About {
        meaning: "The formula of the total adds or takes away a figure that stands in no line.",
        why: "A figure within a formula cannot be seen, traced or explained, and makes the total differ from its lines.",
        example: "=SUM(F4:F10)+561.44.",
        mend: "Put the figure into a line of its own with its date and reference, and let the total add the lines alone.",
    },
)
.over(Over::FormulasOfTotals)
.explainable()
.not_required();

/// Judges the formulas in the totals row of a table.
pub(super) fn check(view: TableView<'_>, formulas: &[Written<'_>], outcome: &mut Outcome) {
    let Some(total) = view.table.total.as_ref().filter(|_| view.schema.crosscast.layout == Layout::Rows) else {
        return;
    };
    for written in formulas.iter().filter(|one| one.sheet.name == view.table.sheet && one.at.row == total.line) {
        match Total::of(view, written, formulas) {
            Ok(total) => outcome.findings.extend(total.iter().flat_map(Total::findings)),
            Err(TooMany) => {
                let (sheet, path) = (&view.table.sheet, &view.workbook.path);
                let why =
                    format!("The formulas above {sheet}!{} add too many lines to be judged ({path}).", written.at);
                for check in [&LEAVES_LINES_OUT, &TAKES_OTHERS_IN, &COUNTS_TWICE] {
                    not_run::list(outcome, check.code, why.clone());
                }
            }
        }
    }
}

impl Total<'_> {
    fn findings(&self) -> Vec<Finding> {
        let is_other_column = self.times.is_empty() && self.with_their_lines.is_empty();
        let mut found = Vec::new();
        if !is_other_column {
            found.extend(self.left_out());
            found.extend(self.counted_twice());
        }
        found.extend(self.others_taken_in(is_other_column));
        found.extend(self.subtotals_taken_in());
        found.extend(self.adjusted());
        if self.field.is_none() {
            // What is under a heading that is not known is in no figure.
            found.iter_mut().for_each(|finding| finding.severity = Severity::Warning);
        }
        found
    }

    fn left_out(&self) -> Option<Finding> {
        let is_left_out = |line: &u32| !self.subtotals.contains(line) && !self.times.contains_key(line);
        let outside: Vec<u32> = self.view.table.rows.iter().map(|row| row.line).filter(is_left_out).collect();
        let left_out: Vec<u32> = outside.iter().chain(&self.passed_over).copied().collect();
        if left_out.is_empty() {
            return None;
        }
        let named = self.named(&left_out);
        let is_hidden = outside.is_empty();
        let why = match (is_hidden, left_out.len()) {
            (false, _) => "",
            (true, 1) => ", which is hidden",
            (true, _) => ", which are hidden",
        };
        let message = format!("The total in {} leaves out {named}{why}: its formula is {}.", self.at(), self.text());
        let fix = match self.right_formula().filter(|_| !is_hidden) {
            Some(right) => format!("Change the formula in {} to {right}.", self.at()),
            None => format!("Change the formula in {} so that it adds every line, hidden ones too.", self.at()),
        };
        let clause = format!("{named}, which {} leaves out", self.plain_text());
        Some(self.finding(&LEAVES_LINES_OUT, message, fix, clause, &left_out, -1))
    }

    fn counted_twice(&self) -> Option<Finding> {
        let twice: Vec<u32> = self.times.iter().filter(|(_, times)| **times > 1).map(|(line, _)| *line).collect();
        if twice.is_empty() {
            return None;
        }
        let named = self.named(&twice);
        // Of a line that is counted three times two are too many.
        let most = self.times.values().max().copied().unwrap_or(1);
        let times = if most == 2 { "twice".to_owned() } else { format!("up to {most} times") };
        let message = format!("The total in {} counts {named} {times}: its formula is {}.", self.at(), self.text());
        let clause = format!("{named} counted {times} by the total's formula, {}", self.plain_text());
        let mut extra: Vec<u32> = Vec::new();
        for line in &twice {
            extra.extend(std::iter::repeat_n(*line, self.times[line].saturating_sub(1) as usize));
        }
        let mut finding = self.finding(&COUNTS_TWICE, message, self.add_each_once(), clause, &extra, 1);
        finding.related.dedup();
        Some(finding)
    }

    fn subtotals_taken_in(&self) -> Option<Finding> {
        let subtotals: Vec<u32> = self.with_their_lines.iter().copied().collect();
        if subtotals.is_empty() {
            return None;
        }
        let named = self.named(&subtotals);
        let which = if subtotals.len() == 1 { "a subtotal of lines" } else { "subtotals of lines" };
        let message = format!(
            "The total in {} adds {named}, {which} that it adds as well: its formula is {}.",
            self.at(),
            self.text()
        );
        let clause = format!("{named} counted with its lines by the total's formula, {}", self.plain_text());
        Some(self.finding(&TAKES_OTHERS_IN, message, self.add_each_once(), clause, &subtotals, 1))
    }

    fn others_taken_in(&self, is_other_column: bool) -> Option<Finding> {
        if self.others.is_empty() {
            return None;
        }
        let here: Vec<Position> =
            self.others.iter().filter(|(sheet, _)| sheet.is_none()).map(|(_, position)| *position).collect();
        let areas = areas_of(&here);
        let mut cells: Vec<String> = areas.iter().map(|area| self.area_named(*area)).collect();
        cells.extend(self.others.iter().filter_map(|(sheet, at)| Some(format!("{}!{at}", sheet.as_deref()?))));
        let named = in_areas(&cells);
        let (own, place) = (self.at(), |area: &Area| self.view.place(*area));
        let message = if is_other_column {
            let which = if self.is_above() { "below" } else { "above" };
            format!("The total in {own} adds {named} instead of the lines {which} it: its formula is {}.", self.text())
        } else {
            format!(
                "The total in {own} also adds {named}, outside the lines of its column: its formula is {}.",
                self.text()
            )
        };
        let fix = match self.right_formula() {
            Some(right) => format!("Change the formula in {own} to {right}."),
            None => self.add_each_once(),
        };
        let clause = format!("{named} taken in by the total's formula, {}", self.plain_text());
        let is_all_here = here.len() == self.others.len();
        let extra = self.field.filter(|_| is_all_here).and_then(|(_, figures)| self.sum_of(&here, figures));
        let own_lines = if is_other_column { self.figures_of(&self.all_lines()) } else { Some(0) };
        let difference = extra.zip(own_lines).and_then(|(extra, own)| extra.checked_sub(own));
        let mut finding = TAKES_OTHERS_IN.finding(self.view.place(self.written.at), message, fix);
        finding.related = areas.iter().map(place).collect();
        self.set_cause(&mut finding, clause, difference);
        Some(finding)
    }

    fn adjusted(&self) -> Option<Finding> {
        let by_hand = self.by_hand?;
        let money = |number: f64| Money::from_number(number.abs()).ok();
        let (figures, difference) = match self.field {
            Some((_, Figures::Pence)) => {
                (money(by_hand)?.to_string(), Money::from_number(by_hand).ok().map(Money::pence))
            }
            Some((_, Figures::Ones)) if by_hand.fract() == 0.0 => (by_hand.abs().to_string(), Some(by_hand as i64)),
            _ => (by_hand.abs().to_string(), None),
        };
        let does = if by_hand < 0.0 { "takes away" } else { "adds" };
        let own = self.at();
        let message = format!("The total in {own} {does} a typed {figures}: its formula is {}.", self.text());
        let fix = format!("Put {figures} into a line of its own, and let {own} add the lines alone.");
        let clause = format!("{figures} typed into the total's formula, {}", self.plain_text());
        let mut finding = ADJUSTED_BY_HAND.finding(self.view.place(self.written.at), message, fix);
        self.set_cause(&mut finding, clause, difference);
        Some(finding)
    }

    /// A finding about lines by which the total is off, too small (`sign` -1) or too large (1).
    fn finding(
        &self,
        check: &'static Check,
        message: String,
        fix: String,
        clause: String,
        lines: &[u32],
        sign: i64,
    ) -> Finding {
        let mut finding = check.finding(self.view.place(self.written.at), message, fix);
        let positions: Vec<Position> = lines.iter().map(|line| self.position(*line)).collect();
        finding.related = areas_of(&positions).into_iter().map(|area| self.view.place(area)).collect();
        let difference = self.figures_of(lines).and_then(|figure| figure.checked_mul(sign));
        if difference == Some(0) {
            finding.severity = Severity::Warning;
        }
        self.set_cause(&mut finding, clause, difference);
        finding
    }

    fn set_cause(&self, finding: &mut Finding, clause: String, difference: Option<i64>) {
        let figures = self.field.map(|(_, figures)| figures);
        let difference = figures.zip(difference).and_then(|(figures, difference)| figures.difference(difference));
        finding.difference = difference;
        let cells = finding.related.clone();
        finding.cause = Some(Cause { suggestion: Suggestion { text: clause, cells }, difference });
    }

    /// The lines as a message names them: `F10 (£561.44, Dawn Project)`, `F9:F10 (£1,000.00 together)`.
    fn named(&self, lines: &[u32]) -> String {
        let positions: Vec<Position> = lines.iter().map(|line| self.position(*line)).collect();
        let figures = self.field.map(|(_, figures)| figures);
        let shown = figures.zip(self.figures_of(lines)).map(|(figures, sum)| figures.show(sum));
        if let [line] = lines {
            let label = self.row(*line).and_then(|row| self.view.schema.label(row)).map(shortened);
            let about: Vec<String> = shown.into_iter().chain(label).collect();
            return if about.is_empty() {
                self.position(*line).to_string()
            } else {
                format!("{} ({})", self.position(*line), about.join(", "))
            };
        }
        let areas: Vec<String> = areas_of(&positions).iter().map(ToString::to_string).collect();
        let areas = in_areas(&areas);
        shown.map(|sum| format!("{areas} ({sum} together)")).unwrap_or(areas)
    }

    /// The row of a line, or of a subtotal.
    fn row(&self, line: u32) -> Option<&Row> {
        let table = self.view.table;
        table.rows.iter().chain(&table.subtotals).find(|row| row.line == line)
    }

    /// An area beside the lines, with its one figure.
    fn area_named(&self, area: Area) -> String {
        let figure = self.field.filter(|_| area.first == area.last);
        let shown = figure.and_then(|(_, figures)| Some(figures.show(self.sum_of(&[area.first], figures)?)));
        shown.map(|shown| format!("{area} ({shown})")).unwrap_or_else(|| area.to_string())
    }

    /// What the lines come to; none where the column has no field, or one of them could not be read.
    fn figures_of(&self, lines: &[u32]) -> Option<i64> {
        let (index, _) = self.field?;
        lines.iter().try_fold(0i64, |sum, line| {
            let cell = self.row(*line)?.cells.get(index)?;
            match cell.value.figure() {
                Some(figure) => sum.checked_add(figure),
                None if !cell.is_marked() => Some(sum),
                None => None,
            }
        })
    }

    /// What cells with numbers come to, in the smallest unit of the column.
    fn sum_of(&self, cells: &[Position], figures: Figures) -> Option<i64> {
        cells.iter().try_fold(0i64, |sum, at| {
            let RawValue::Number(number) = self.grid.cell(*at)?.raw else { return Some(sum) };
            sum.checked_add(match figures {
                Figures::Pence => Money::from_number(number).ok()?.pence(),
                Figures::Ones if number.fract() == 0.0 => number as i64,
                Figures::Ones => return None,
                Figures::Parts => Figures::parts(number)?,
            })
        })
    }

    fn all_lines(&self) -> Vec<u32> {
        let lines = self.view.table.rows.iter().map(|row| row.line);
        lines.filter(|line| !self.subtotals.contains(line)).collect()
    }

    /// The formula that adds every line of its column once; none where subtotals stand between the lines.
    fn right_formula(&self) -> Option<String> {
        let first = self.view.table.rows.first()?.line;
        let last = self.view.table.rows.last()?.line;
        let area = Area::new(self.position(first), self.position(last));
        self.subtotals.is_empty().then(|| format!("=SUM({area})"))
    }

    /// Whether it stands above its lines.
    fn is_above(&self) -> bool {
        self.view.table.rows.first().is_some_and(|first| self.written.at.row < first.line)
    }

    fn add_each_once(&self) -> String {
        match self.right_formula() {
            Some(right) => format!("Change the formula in {} to {right}.", self.at()),
            None => format!("Change the formula in {} so that it adds each line of its column once.", self.at()),
        }
    }

    fn position(&self, line: u32) -> Position {
        Position::new(line, self.written.at.column)
    }

    fn at(&self) -> Position {
        self.written.at
    }

    fn text(&self) -> String {
        formula(self.written.text)
    }

    fn plain_text(&self) -> String {
        formula_part(self.written.text)
    }
}
