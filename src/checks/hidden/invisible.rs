//! Text that has the colour of what is behind it.

use super::amounts;
use super::ranges::{Range, gather};
use crate::checks::view::TableView;
use crate::checks::words::{in_sentence, quoted};
use crate::model::{
    About, Cause, Check, Difference, Finding, Grid, GridCell, Money, Outcome, Over, RawValue, Sheet, Suggestion, Value,
};

pub(super) const INVISIBLE_TEXT: Check = Check::warning(
    "invisible-text",
    "Text has the colour of what is behind it",
    About {
        meaning: "Cells hold text or figures that nobody can see: white on white, one colour on itself, or a number format that shows nothing.",
        why: "What cannot be seen is counted all the same, and is sent out with the workbook.",
        example: "F9 of the Spend sheet holds £1,250.00 in white letters.",
        mend: "Select the cells and choose an automatic font colour and a number format that shows them, or clear them.",
    },
)
.over(Over::Layouts);

/// Judges the cells of a sheet that holds tables, titles and notes among them. Zeros are often blanked out on purpose.
pub(super) fn check(sheet: &Sheet, views: &[TableView<'_>], outcome: &mut Outcome) {
    let (Some(grid), Some(view)) = (&sheet.grid, views.first()) else { return };
    let is_said = |cell: &GridCell| cell.is_filled() && cell.raw != RawValue::Number(0.0);
    let cells = grid.cells().filter(|(_, cell)| cell.is_invisible && is_said(cell));
    let ranges = gather(cells.map(|(position, _)| position));
    outcome.findings.extend(ranges.iter().map(|range| invisible(grid, range, *view, views)));
}

fn invisible(grid: &Grid, range: &Range, view: TableView<'_>, views: &[TableView<'_>]) -> Finding {
    let cells: Vec<&GridCell> = range.cells.iter().filter_map(|position| grid.cell(*position)).collect();
    let figures = cells.iter().copied().filter(|cell| amounts::is_figure(cell));
    let sum = amounts::total(figures.clone()).filter(|_| figures.clone().any(amounts::is_amount));
    let says = match (sum, cells.as_slice()) {
        (Some(sum), [_]) => format!(" It holds {sum}."),
        (Some(sum), _) => format!(" The figures in them come to {sum}."),
        (None, [GridCell { raw: RawValue::Text(text), .. }]) => format!(" It says {}.", quoted(text)),
        (None, _) => String::new(),
    };
    let message = format!(
        "Nobody can see what {} {}: {}.{says}",
        range.named(),
        range.either("holds", "hold"),
        range.either(
            "its text has the colour of what is behind it, or its number format shows nothing",
            "their text has the colour of what is behind it, or their number format shows nothing"
        ),
    );
    let fix = "Give the text a colour and a number format that show it, or clear what is not needed.";
    let mut finding = INVISIBLE_TEXT.finding(view.place(range.area), message, fix);
    finding.cause = counted_unseen(range, views).map(|(heading, sum)| Cause {
        suggestion: Suggestion {
            text: format!("the {} in {}, which nobody can see: {sum}", in_sentence(heading), range.named()),
            cells: vec![finding.place.clone()],
        },
        // A total that leaves them out states less than what the lines come to.
        difference: Some(Difference::Money(Money::from_pence(-sum.pence()))),
    });
    finding
}

/// The amounts of a table's column that lie in a range, and what they come to.
fn counted_unseen<'a>(range: &Range, views: &[TableView<'a>]) -> Option<(&'a str, Money)> {
    let column = range.area.first.column;
    let is_one_column = range.area.last.column == column;
    let held = views.iter().flat_map(|view| view.columns()).find(|one| {
        is_one_column && one.cells().any(|cell| cell.position.column == column && range.area.contains(cell.position))
    })?;
    let mut pence = 0i64;
    for cell in held.cells().filter(|cell| range.cells.binary_search(&cell.position).is_ok()) {
        let Value::Money(money) = cell.value else { return None };
        pence = pence.checked_add(money.pence())?;
    }
    (pence != 0).then(|| (held.field.heading(), Money::from_pence(pence)))
}
