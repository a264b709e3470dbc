//! The day on which a workbook says that it was prepared, and what is dated after it.

use chrono::{Datelike, Days as Length, NaiveDate};

use super::Context;
use crate::checks::not_run;
use crate::checks::runs::{Fault, gather};
use crate::checks::view::{ColumnView, TableView};
use crate::checks::window::Days;
use crate::checks::words::{in_sentence, named, shown};
use crate::model::{About, Check, Outcome, Over, Place, Suggestion, Value, Workbook};
use crate::schema::{FieldKind, FieldPath, Pack};

/// So many days after its month a workbook may have been prepared, before its date looks like a slip.
const DAYS_TO_PREPARE: u64 = 62;

static DATE_AFTER_PREPARED: Check = Check::warning(
    "date-after-prepared",
    "A date is later than the day on which the workbook was prepared",
    About {
        meaning: "The workbook says when it was prepared, and a date in it is later than that day.",
        why: "What had not happened yet cannot have been paid or counted: the date, or the day of preparation, is wrong.",
        example: "A payment on 28/04/2022 in a return that was prepared on 20/04/2022.",
        mend: "Correct the date, or the date on which the workbook was prepared.",
    },
)
.over(Over::Values)
.not_required();

static DAY_AND_MONTH_SWAPPED: Check = Check::warning(
    "day-and-month-swapped",
    "Day and month of a date could be the wrong way round",
    About {
        meaning: "The day of preparation lies months after the month of the workbook. With day and month the other way \
                  round it would lie soon after it.",
        why: "Excel with American settings swaps day and month without a word wherever both could be a month.",
        example: "05/10/2022 as the day of preparation of the return for April 2022, where 10/05/2022 is meant.",
        mend: "Type the day again as dd/mm/yyyy, if it is not the one that is meant.",
    },
)
.over(Over::Values);

pub(super) static CHECKS: [&Check; 2] = [&DATE_AFTER_PREPARED, &DAY_AND_MONTH_SWAPPED];

/// The day on which a workbook says that it was prepared, and where it says so.
struct Prepared<'a> {
    path: &'a FieldPath,
    column: ColumnView<'a>,
    day: Option<NaiveDate>,
    place: Option<Place>,
}

/// The field in which a workbook says when it was prepared; none where the pack names none, or it is not there.
fn prepared<'a>(workbook: &'a Workbook, pack: &'a Pack) -> Option<Prepared<'a>> {
    let path = pack.kind_of(workbook)?.prepared.as_ref()?;
    let table = workbook.table(&path.table)?;
    let view = TableView { workbook, table, schema: pack.tables.get(&table.name)? };
    let column = view.columns().find(|column| column.field.name == path.field)?;
    let cell = column.cells().next();
    let day = cell.and_then(|cell| if let Value::Date(day) = cell.value { Some(day) } else { None });
    Some(Prepared { path, column, day, place: cell.map(|cell| view.place(cell.position)) })
}

/// The check that a column of dates asks for, where the day is known on which its workbook was prepared.
pub(super) fn asked_by(column: ColumnView<'_>, context: &Context<'_>) -> Option<&'static Check> {
    let prepared = prepared(column.of.workbook, context.pack).filter(|_| column.kind() == FieldKind::Date)?;
    prepared.day?;
    if *column.of.table.name != *prepared.path.table || column.field.name != prepared.path.field {
        return Some(&DATE_AFTER_PREPARED);
    }
    context.month.map(|_| &DAY_AND_MONTH_SWAPPED)
}

/// Judges a column of dates against the day on which its workbook was prepared.
pub(super) fn check(column: ColumnView<'_>, context: &Context<'_>, outcome: &mut Outcome) {
    if column.kind() != FieldKind::Date {
        return;
    }
    let Some(prepared) = prepared(column.of.workbook, context.pack) else { return };
    if *column.of.table.name == *prepared.path.table && column.field.name == prepared.path.field {
        return swapped(&prepared, context, outcome);
    }
    let Some(last) = prepared.day else {
        let (what, by) = (in_sentence(column.field.heading()), in_sentence(prepared.column.field.heading()));
        let why = format!("There is no {by} that was read, so no {what} was held to it ({}).", column.of.workbook.path);
        return not_run::list(outcome, DATE_AFTER_PREPARED.code, why);
    };
    // A date outside its window is a fault of its own.
    let days = Days::of(column.field, context);
    let is_later = |day: NaiveDate| day > last && days.as_ref().is_none_or(|days| days.contain(day));
    let faults = column.numbered().filter_map(|(line, cell)| {
        let Value::Date(day) = cell.value else { return None };
        is_later(day).then(|| Fault { line, position: cell.position, cause: String::new(), shown: shown(&cell.value) })
    });
    for run in gather(&DATE_AFTER_PREPARED, faults) {
        let at = prepared.place.as_ref().map(Place::in_workbook).unwrap_or_default();
        let says = run.either("says", "say");
        let mut finding = run.finding(
            column,
            format!(
                "{} {says} {}, later than {}, when the workbook was prepared ({at}).",
                run.ranges(),
                named(&run.shown),
                last.format("%d/%m/%Y")
            ),
            format!("Correct {}, or the day in {at}.", run.ranges()),
        );
        finding.related.extend(prepared.place.clone());
        outcome.findings.push(finding);
    }
}

/// Judges whether day and month of the day of preparation could be the wrong way round: it lies long after the workbook's
/// month, and the other reading soon after it. One before the month's end is for the pack's rules.
fn swapped(prepared: &Prepared<'_>, context: &Context<'_>, outcome: &mut Outcome) {
    let (Some(month), Some(day), Some(place)) = (context.month, prepared.day, &prepared.place) else { return };
    let Some(last) = month.last_day().checked_add_days(Length::new(DAYS_TO_PREPARE)) else { return };
    let other = NaiveDate::from_ymd_opt(day.year(), day.day(), day.month());
    let Some(other) = other.filter(|other| day > last && (month.last_day()..=last).contains(other)) else { return };
    let (said, meant) = (day.format("%d/%m/%Y"), other.format("%d/%m/%Y"));
    let mut finding = DAY_AND_MONTH_SWAPPED.finding(
        place.clone(),
        format!(
            "{} says {said}, months after {month}. With day and month the other way round it would be {meant}.",
            prepared.column.field.heading()
        ),
        format!(
            "If {meant} is meant, type it into {} again.",
            place.area.map(|area| area.to_string()).unwrap_or_default()
        ),
    );
    finding.actual = Some(said.to_string());
    finding.suggestions.push(Suggestion {
        text: format!("{meant}, which lies soon after {month}, with day and month the wrong way round"),
        cells: Vec::new(),
    });
    outcome.findings.push(finding);
}
