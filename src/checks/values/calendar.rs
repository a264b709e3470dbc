//! The calendar of a workbook: its dates may be counted from 1904.

use super::Context;
use crate::checks::view::{ColumnView, TableView};
use crate::checks::window::Days;
use crate::model::{
    About, Area, Cause, Cell, Check, Outcome, Over, Place, Position, RawValue, Severity, Suggestion, Workbook, listed,
};
use crate::schema::Field;

/// Days between the first days of Excel's two calendars.
const DAYS_FROM_1900_TO_1904: u64 = 1462;

static OTHER_DATE_SYSTEM: Check = Check::warning(
    "other-date-system",
    "A workbook counts its dates from 1904",
    About {
        meaning: "The workbook uses the 1904 date system, which Excel for the Macintosh once began with. Its dates were \
                  read by it. It is an error where dates lie outside the month or year just for that.",
        why: "A date that is copied into or out of another workbook moves by four years and one day, without a word.",
        example: "15/04/2022, which becomes 14/04/2018 in a workbook that counts from 1900.",
        mend: "Under File, Options, Advanced, take the tick from “Use 1904 date system”, and look at every date again: \
               each moves by 1,462 days.",
    },
)
.over(Over::Calendar)
.not_required();

pub(super) static CHECKS: [&Check; 1] = [&OTHER_DATE_SYSTEM];

/// Whether a cell's fault is that its workbook counts from 1904: its date would lie where it must if it were counted from
/// 1900, so that other checks have nothing to say of it.
pub(super) fn takes(column: ColumnView<'_>, cell: &Cell, context: &Context<'_>) -> bool {
    counts_from_1904(column.of.workbook)
        && is_moved(cell, column.field, context)
        && !context.pack.check_options(OTHER_DATE_SYSTEM.code).is_off()
}

fn counts_from_1904(workbook: &Workbook) -> bool {
    workbook.settings.as_ref().is_some_and(|settings| settings.counts_from_1904)
}

fn is_moved(cell: &Cell, field: &Field, context: &Context<'_>) -> bool {
    let RawValue::Date(day) = cell.raw else { return false };
    let Some(days) = Days::of(field, context) else { return false };
    let meant = day.checked_sub_days(chrono::Days::new(DAYS_FROM_1900_TO_1904));
    !days.contain(day) && meant.is_some_and(|meant| days.contain(meant))
}

/// Judges from which day a workbook with dates in its tables counts.
pub(super) fn check(workbook: &Workbook, context: &Context<'_>, outcome: &mut Outcome) {
    let rows = workbook.tables.iter().flat_map(|table| table.rows.iter().chain(&table.total));
    if !rows.flat_map(|row| &row.cells).any(|cell| matches!(cell.raw, RawValue::Date(_) | RawValue::ImpossibleDate(_)))
    {
        return;
    }
    // Of a format that does not tell it, `hidden-rows` is listed as not run, with all that such a format does not tell.
    if !counts_from_1904(workbook) {
        return;
    }
    let views = workbook.tables.iter().filter_map(|table| {
        let schema = context.pack.tables.get(&table.name)?;
        Some(TableView { workbook, table, schema })
    });
    let columns = views.flat_map(TableView::columns);
    let moved: Vec<Vec<Place>> = columns.map(|column| moved_cells(column, context)).collect();
    let moved: Vec<Vec<Place>> = moved.into_iter().filter(|places| !places.is_empty()).collect();
    let switch =
        "Under File, Options, Advanced, take the tick from “Use 1904 date system”, and look at every date again.";
    let counts = "This workbook counts its dates from 1904 instead of 1900";
    let place = Place::workbook(&workbook.path);
    outcome.findings.push(if moved.is_empty() {
        let message = format!(
            "{counts}. They were read so, but a date that is copied into or out of it moves by four years and one day."
        );
        OTHER_DATE_SYSTEM.finding(place, message, switch)
    } else {
        let cells: Vec<String> = moved.iter().filter_map(|places| spanned(places)).collect();
        let cells = listed(&cells, "and");
        let mut areas = moved.iter().flatten().filter_map(|place| place.area);
        let is_one = areas.next().is_some_and(|area| area.first == area.last) && areas.next().is_none();
        let (lie, days) =
            if is_one { ("lies", "day on which it must lie") } else { ("lie", "days on which they must lie") };
        let message = format!("{counts}, and so {cells} {lie} four years and one day after the {days}.");
        let mut finding = OTHER_DATE_SYSTEM.finding(place, message, switch);
        finding.severity = Severity::Error;
        finding.related = moved.concat();
        let text = format!("{cells} counted from 1904 instead of 1900");
        let suggestion = Suggestion { text, cells: finding.related.clone() };
        finding.cause = Some(Cause { suggestion, difference: None });
        finding
    });
}

/// A column's dates that moved: those in rows next to each other as one place, and no cell between that did not.
fn moved_cells(column: ColumnView<'_>, context: &Context<'_>) -> Vec<Place> {
    let mut areas: Vec<Area> = Vec::new();
    for at in column.cells().filter(|cell| is_moved(cell, column.field, context)).map(|cell| cell.position) {
        match areas.last_mut() {
            Some(area) if area.last == Position::new(at.row.saturating_sub(1), at.column) => area.last = at,
            _ => areas.push(at.into()),
        }
    }
    areas.into_iter().map(|area| column.of.place(area)).collect()
}

/// The cells of a column from the first to the last, as a message names them.
fn spanned(places: &[Place]) -> Option<String> {
    let (first, last) = (places.first()?, places.last()?);
    let area = first.area?.with(last.area?.first).with(last.area?.last);
    Some(Place { area: Some(area), ..first.clone() }.in_workbook())
}
