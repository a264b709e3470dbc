//! Totals that are typed: a number where a formula should add the lines.

use super::super::sum;
use super::super::view::{ColumnView, TableView};
use super::super::words::formula;
use super::added::adds_lines;
use super::written::Written;
use crate::model::{About, Area, Cause, Cell, Check, Figures, Finding, Outcome, Over, RawValue, Severity, Suggestion};
use crate::schema::Layout;

pub(super) const TYPED_OVER: Check = Check::warning(
    "total-typed-over",
    "A total is a number that was typed, not a formula",
    About {
        meaning: "The cell of the total holds a number. Where other totals of its row are formulas it was likely typed over \
                  one; in a workbook that has formulas elsewhere it is said for information, while the number is right.",
        why: "A typed total stays as it is when a line changes, and nothing on the sheet shows it.",
        example: "9,061.00 typed into C14, where D14 says =SUM(D4:D13).",
        mend: "Put the formula back that adds the lines, such as =SUM(C4:C13).",
    },
)
.over(Over::RowsOfTotals)
.not_required();

/// Judges the totals of a table. A typed total that is wrong, beside which none is a formula, is found by what it should be;
/// a workbook without any formula was made by a program, and its totals are meant to be numbers.
pub(super) fn check(view: TableView<'_>, formulas: &[Written<'_>], outcome: &mut Outcome) {
    let Some(total) = view.table.total.as_ref().filter(|_| view.schema.crosscast.layout == Layout::Rows) else {
        return;
    };
    if view.table.rows.len() < 2 || formulas.is_empty() {
        return;
    }
    let in_row = formulas.iter().filter(|one| one.sheet.name == view.table.sheet && one.at.row == total.line);
    let with_formula: Vec<&Written<'_>> = in_row.filter(|one| adds_lines(view, one)).collect();
    let typed: Vec<Typed<'_>> = view.columns().filter_map(Typed::of).collect();
    match with_formula.first() {
        Some(beside) => outcome.findings.extend(typed.iter().map(|typed| typed.beside(beside))),
        None => outcome.findings.extend(none_is_a_formula(view, &typed)),
    }
}

/// A total that is a number, and what its lines come to.
struct Typed<'a> {
    column: ColumnView<'a>,
    cell: &'a Cell,
    figures: Figures,
    lines: Area,
    stated: Option<i64>,
    computed: Option<i64>,
}

impl<'a> Typed<'a> {
    fn of(column: ColumnView<'a>) -> Option<Self> {
        let figures = column.kind().figures()?;
        let cell = column.total().filter(|cell| matches!(cell.raw, RawValue::Number(_)) && cell.formula.is_none())?;
        let (stated, computed) = (cell.value.figure(), sum::of_column(column).ok());
        Some(Self { column, cell, figures, lines: column.area()?, stated, computed })
    }

    fn is_right(&self) -> bool {
        self.stated.is_some() && self.stated == self.computed
    }

    fn shown(&self) -> String {
        self.stated.map_or_else(|| self.cell.raw.shown(), |stated| self.figures.show(stated))
    }

    fn fix(&self) -> String {
        format!("Put the formula =SUM({}) into {}.", self.lines, self.cell.position)
    }

    /// The finding where another total of the row is a formula.
    fn beside(&self, other: &Written<'_>) -> Finding {
        let at = self.cell.position;
        let place = self.column.of.place(at);
        let message = format!(
            "The total in {at}, {}, is a typed number; {} beside it is the formula {}.",
            self.shown(),
            other.at,
            formula(other.text)
        );
        let mut finding = TYPED_OVER.finding(place.clone(), message, self.fix());
        let difference = self.stated.zip(self.computed).and_then(|(stated, computed)| stated.checked_sub(computed));
        if let Some(difference) = difference.filter(|difference| *difference != 0) {
            let text = format!("the total in {at} typed as a number where a formula should add {}", self.lines);
            let suggestion = Suggestion { text, cells: vec![place] };
            finding.cause = Some(Cause { suggestion, difference: self.figures.difference(difference) });
        }
        finding
    }
}

/// The one finding where no total of the row is a formula, about those that are right.
fn none_is_a_formula(view: TableView<'_>, typed: &[Typed<'_>]) -> Option<Finding> {
    let right: Vec<&Typed<'_>> = typed.iter().filter(|typed| typed.is_right()).collect();
    let (first, last) = (right.first()?, right.last()?);
    let area = Area::new(first.cell.position, last.cell.position);
    let (message, fix) = if right.len() == 1 {
        let message = format!(
            "The total in {area}, {}, is a typed number. It is right now, and stays as it is when a line changes.",
            first.shown()
        );
        (message, first.fix())
    } else {
        let message = format!(
            "The totals in {area} are typed numbers. They are right now, and stay as they are when a line changes."
        );
        (
            message,
            format!("Put formulas that add the lines in their place, as =SUM({}) into {}.", first.lines, area.first),
        )
    };
    let mut finding = TYPED_OVER.finding(view.place(area), message, fix);
    finding.severity = Severity::Info;
    Some(finding)
}
