//! What is counted on the page and not drawn: of each check that found very much, how much more in which cells.

use crate::export::counted::grouped;
use crate::export::verdict::count;
use crate::model::Weight;

use super::Drawn;
use super::finding::inbox_or;
use super::markup::{Column, Markup, element, plain, table, text};

/// At most so many sheets are listed.
const MOST_LISTED: usize = 2_000;

/// The findings that are not drawn, by check and sheet, with where all of them are; nothing where each is drawn.
pub fn counted(drawn: &Drawn<'_>) -> Markup {
    let shown = &drawn.shown;
    if shown.counted.is_empty() {
        return Markup::empty();
    }
    let columns = [
        Column::words("Check"),
        Column::words("Severity"),
        Column::numbers("More findings"),
        Column::words("Workbook"),
        Column::words("Sheet and cells"),
    ];
    let rows = shown.counted.iter().take(MOST_LISTED).map(|counted| {
        let cells = counted.in_workbook();
        vec![
            text(drawn.checks.title(counted.kind.code))
                .then(Markup::own(" "))
                .then(drawn.checks.code(counted.kind.code)),
            text(severity_word(counted.kind.weight())),
            text(&grouped(counted.number)),
            text(inbox_or(counted.workbook)),
            text(if cells.is_empty() { "As a whole" } else { &cells }),
        ]
    });
    let words = format!(
        "{} of {} findings are shown one by one on this page. Of each check that found more than {}, those are the first {}; \
         the others are counted here, with the cells from the first to the last of them in each column. The file \
         findings.json beside this page has every finding.",
        grouped(shown.full.len()),
        grouped(drawn.report.findings.len()),
        super::MANY_OF_CHECK,
        super::FIRST_OF_CHECK
    );
    element("p", &[("class", "intro")], text(&words))
        .then(table("counted", "Findings that are counted and not shown", &columns, rows.collect()))
        .then(further(&shown.counted[shown.counted.len().min(MOST_LISTED)..]))
}

/// What is counted of sheets that are not listed.
fn further(counted: &[crate::export::counted::Counted<'_>]) -> Markup {
    if counted.is_empty() {
        return Markup::empty();
    }
    let number: usize = counted.iter().map(|of_sheet| of_sheet.number).sum();
    plain(
        "p",
        text(&format!("{} more in {}.", grouped(number), count(counted.len(), "further sheet", "further sheets"))),
    )
}

/// What findings come to, in a word or two.
pub fn severity_word(weight: Weight) -> &'static str {
    match weight {
        Weight::Standing => "Error",
        Weight::Explained => "Error, explained",
        Weight::Warning => "Warning",
        Weight::Info => "For information",
    }
}
