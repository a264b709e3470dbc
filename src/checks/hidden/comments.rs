//! Comments that hold amounts.

use std::sync::LazyLock;

use regex::Regex;

use super::ranges::{Range, gather};
use crate::checks::view::TableView;
use crate::model::{About, Check, Finding, Outcome, Over, Position, RawValue, Sheet, SheetText, TextHolder, Workbook};

pub(super) const FIGURES_IN_COMMENT: Check = Check::warning(
    "figures-in-comment",
    "A comment holds an amount",
    About {
        meaning: "A comment or note on a sheet that is read speaks of an amount that its row does not hold.",
        why: "Comments are in no figure. A correction that was noted there and not made is missed.",
        example: "A comment on F9, “should be £1,245.50”, while the cell holds £1,254.50.",
        mend: "Correct the cell if the comment is right, and delete the comment when it is settled.",
    },
)
.over(Over::Comments);

/// What is written as an amount: with a pound sign, with commas between thousands, or with pence.
static AMOUNT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"£\s?\d[\d,]*(?:\.\d+)?|\b\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?\b|\b\d{3,}\.\d{2}\b").ok());

/// Judges the comments of the sheets that hold tables.
pub(super) fn check(workbook: &Workbook, views: &[TableView<'_>], outcome: &mut Outcome) {
    for sheet in &workbook.sheets {
        let Some(view) = views.iter().find(|view| view.table.sheet == sheet.name) else { continue };
        let comments =
            workbook.texts.iter().filter(|text| text.holder == TextHolder::Comment && text.sheet == sheet.name);
        let mut found: Vec<(Position, String)> =
            comments.filter_map(|comment| Some((comment.position?, amount_in(comment, sheet)?))).collect();
        found.sort();
        let ranges = gather(found.iter().map(|(position, _)| *position));
        outcome.findings.extend(ranges.iter().map(|range| in_comments(range, &found, *view)));
    }
}

/// The first amount of a comment that the row of its cell does not hold.
fn amount_in(comment: &SheetText, sheet: &Sheet) -> Option<String> {
    let text = &*comment.without_mark();
    let found = AMOUNT.as_ref()?.find_iter(text).filter(|found| {
        // Days are written with points too: 12.05.2022.
        let (before, after) = (text[..found.start()].chars().next_back(), text[found.end()..].chars().next());
        let goes_on = after == Some('.') && text[found.end() + 1..].starts_with(|next: char| next.is_ascii_digit());
        before != Some('.') && !goes_on
    });
    let mut amounts = found.map(|found| found.as_str().trim_end_matches(','));
    amounts.find(|amount| !is_in_row(amount, comment.position, sheet)).map(str::to_owned)
}

/// Whether the row of a cell holds an amount already.
fn is_in_row(amount: &str, position: Option<Position>, sheet: &Sheet) -> bool {
    let plain: String = amount.chars().filter(|character| character.is_ascii_digit() || *character == '.').collect();
    let (Ok(amount), Some(position), Some(grid)) = (plain.parse::<f64>(), position, &sheet.grid) else { return false };
    let rows = grid.lines();
    let line = rows.binary_search_by_key(&position.row, |line| line.row).ok().map(|index| &rows[index]);
    line.is_some_and(|line| {
        line.filled().any(|(_, cell)| matches!(cell.raw, RawValue::Number(held) if (held.abs() - amount).abs() < 0.005))
    })
}

fn in_comments(range: &Range, found: &[(Position, String)], view: TableView<'_>) -> Finding {
    let amount = found.iter().find(|(position, _)| *position == range.area.first).map(|(_, amount)| amount.as_str());
    let message = match (amount, range.cells.len()) {
        (Some(amount), 1) => {
            format!("The comment on {} speaks of {amount}, which its row does not hold.", range.named())
        }
        _ => format!("The comments on {} speak of amounts that their rows do not hold.", range.named()),
    };
    let fix = range.either(
        "Correct the cell if the comment is right, and delete the comment when it is settled.",
        "Correct the cells where the comments are right, and delete each comment when it is settled.",
    );
    FIGURES_IN_COMMENT.finding(view.place(range.area), message, fix)
}
