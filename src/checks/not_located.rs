//! What could not be told: where a table is, which of several is meant, and which column a field has.

use super::view::TableView;
use super::words::{quoted, said};
use crate::model::{
    About, AbsentTable, Ambiguity, Check, Finding, Heading, Over, Place, WhyAbsent, Workbook, capitalised, listed,
};
use crate::schema::{Field, TableSchema};

const TABLE_NOT_LOCATED: Check = Check::error(
    "table-not-located",
    "What a table is found by is not there",
    About {
        meaning: "The table is looked for below or above a text, or by the name of its cells, and that is not on the sheet.",
        why: "The table's figures are in no total, and none of its checks could run.",
        example: "A sheet without the text Section B, below which the table of its spend stands.",
        mend: "Put the text or the name back as it was, or correct what the pack says under locate.",
    },
)
.over(Over::Workbooks);

const AMBIGUOUS_TABLE: Check = Check::error(
    "ambiguous-table",
    "A table could be in more places than one",
    About {
        meaning: "What the table is found by, its headings or a text, stands more than once on the sheet.",
        why: "To read one of them would be a guess, so none was read, and none of its figures are in a total.",
        example: "The headings Date paid and Amount in row 3 and again in row 20 of one sheet.",
        mend: "Say in the pack which one is meant, with the key that the finding names.",
    },
)
.over(Over::Workbooks);

const AMBIGUOUS_HEADING: Check = Check::error(
    "ambiguous-heading",
    "A field could be in more columns than one",
    About {
        meaning: "Two columns have the heading of the field (in a form: two labels), under different headings above it.",
        why: "To read one of them would be a guess, so neither was read, and nothing in them is checked or counted.",
        example: "A column April under Forecast, and another April under Actual.",
        mend: "Say in the pack which one is meant, with the key that the finding names.",
    },
)
.over(Over::Tables);

pub(super) static CHECKS: [&Check; 3] = [&TABLE_NOT_LOCATED, &AMBIGUOUS_TABLE, &AMBIGUOUS_HEADING];

/// The most cells that a message names one by one.
const MOST_NAMED: usize = 4;

/// The finding on a table that was not found for want of knowing where it is; none where its sheet or headings are missing.
pub(super) fn finding(workbook: &Workbook, absent: &AbsentTable, schema: &TableSchema) -> Option<Finding> {
    match &absent.why {
        WhyAbsent::NotLocated { what, near } => Some(not_located(workbook, absent, schema, what, near)),
        WhyAbsent::Ambiguous(ambiguity) => Some(ambiguous(workbook, absent, schema, ambiguity)),
        WhyAbsent::NoSheet | WhyAbsent::NoHeadings(_) => None,
    }
}

fn not_located(
    workbook: &Workbook,
    absent: &AbsentTable,
    schema: &TableSchema,
    what: &str,
    near: &[Heading],
) -> Finding {
    let (verb, it) = if is_several(what) { ("are", "them") } else { ("is", "it") };
    let called = schema.called();
    // Of blocks the others may well have been read.
    let is_part = workbook.tables.iter().any(|table| table.name == absent.table && table.sheet == absent.sheet);
    let unread = if is_part { format!("this part of {called}") } else { called.to_owned() };
    let mut message = format!("{} {verb} not on this sheet, so {unread} was not read.", capitalised(&said(what)));
    if !near.is_empty() {
        let is_nearest = if near.len() == 1 { "is" } else { "are" };
        message.push_str(&format!(" The nearest to {it} {is_nearest} {}.", cells(near)));
    }
    let file = file(schema);
    let mut finding = TABLE_NOT_LOCATED.finding(
        Place::sheet(&workbook.path, &absent.sheet),
        message,
        format!("Put {it} back as the other workbooks have {it}, or correct what {file} says of where {called} is."),
    );
    finding.related = near.iter().map(|near| Place::area(&workbook.path, &absent.sheet, near.position)).collect();
    finding
}

fn ambiguous(workbook: &Workbook, absent: &AbsentTable, schema: &TableSchema, ambiguity: &Ambiguity) -> Finding {
    let Ambiguity { what, candidates, add } = ambiguity;
    let (file, add, are_headings) = (file(schema), said(add), is_several(what));
    let (unread, fix) = if are_headings {
        let unread = if candidates.len() == 2 { "neither was read" } else { "none was read" };
        let column = |heading: &Heading| heading.position.column;
        let is_below = candidates.windows(2).all(|pair| column(&pair[0]) == column(&pair[1]));
        let again = if is_below {
            " If it is one table whose headings stand again, add rows: {repeated_headings: true}."
        } else {
            ""
        };
        let fix = format!("Add {add} under crosscast in {file} for the first of them, nth: 2 for the second.{again}");
        (unread.to_owned(), fix)
    } else {
        let fix =
            format!("Add {add} under crosscast in {file} for the first of them, or give its text words of its own.");
        (format!("{} was not read", schema.called()), fix)
    };
    let message = format!("{} It cannot be told which is meant, so {unread}.", stands_again(what, candidates));
    let mut finding = AMBIGUOUS_TABLE.finding(Place::sheet(&workbook.path, &absent.sheet), message, fix);
    finding.related = candidates.iter().map(|one| Place::area(&workbook.path, &absent.sheet, one.position)).collect();
    finding
}

/// The finding on a field of which two columns could be meant.
pub(super) fn ambiguous_heading(view: TableView<'_>, field: &Field, ambiguity: &Ambiguity) -> Finding {
    let Ambiguity { what, candidates, add } = ambiguity;
    let unread = if candidates.len() == 2 { "neither" } else { "none" };
    let place = candidates.first().map_or(view.sheet(), |first| view.place(first.position));
    let mut finding = AMBIGUOUS_HEADING.finding(
        place,
        format!("{} It cannot be told which is meant, so {unread} was read.", stands_again(what, candidates)),
        format!(
            "Add {} under crosscast of the field {} in {} if the first is meant.",
            said(add),
            field.name,
            file(view.schema)
        ),
    );
    finding.related = candidates.iter().skip(1).map(|other| view.place(other.position)).collect();
    finding
}

/// `The heading April stands twice on this sheet: in C4 (“Forecast > April”) and F4 (“Actual > April”).`
fn stands_again(what: &str, candidates: &[Heading]) -> String {
    let verb = if is_several(what) { "stand" } else { "stands" };
    let times = match candidates.len() {
        2 => "twice".to_owned(),
        3 => "three times".to_owned(),
        times => format!("{times} times"),
    };
    format!("{} {verb} {times} on this sheet: in {}.", capitalised(&said(what)), cells(candidates))
}

/// Whether words name several things: `the headings of Payments`.
fn is_several(what: &str) -> bool {
    ["the headings", "the labels", "cells"].iter().any(|several| what.starts_with(several))
}

/// Cells with what they say, the first few of them: `A3 (“Date paid”) and A20 (“Date paid”)`.
fn cells(headings: &[Heading]) -> String {
    let named = headings.iter().take(MOST_NAMED).map(|one| format!("{} ({})", one.position, quoted(&one.text)));
    let mut named: Vec<String> = named.collect();
    if headings.len() > MOST_NAMED {
        named.push(format!("{} more", headings.len() - MOST_NAMED));
    }
    listed(&named, "and")
}

/// The file of the pack that describes a table.
fn file(schema: &TableSchema) -> String {
    format!("tables/{}.yaml", schema.name)
}
