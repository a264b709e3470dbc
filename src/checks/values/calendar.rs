//! The calendar of a workbook: its dates may be counted from 1904.

use crate::model::{About, Check, Outcome, Place, RawValue, Workbook};

static OTHER_DATE_SYSTEM: Check = Check::warning(
    "other-date-system",
    "A workbook counts its dates from 1904",
    About {
        meaning: "The workbook uses the 1904 date system, which Excel for the Macintosh once began with. Its dates were \
                  read by it.",
        why: "A date that is copied into or out of another workbook moves by four years and one day, without a word.",
        example: "15/04/2022, which becomes 14/04/2018 in a workbook that counts from 1900.",
        mend: "Under File, Options, Advanced, take the tick from “Use 1904 date system”, and look at every date again: \
               each moves by 1,462 days.",
    },
)
.not_required();

pub(super) static CHECKS: [&Check; 1] = [&OTHER_DATE_SYSTEM];

/// Judges from which day a workbook with dates in its tables counts.
pub(super) fn check(workbook: &Workbook, outcome: &mut Outcome) {
    let rows = workbook.tables.iter().flat_map(|table| table.rows.iter().chain(&table.total));
    if !rows.flat_map(|row| &row.cells).any(|cell| matches!(cell.raw, RawValue::Date(_) | RawValue::ImpossibleDate(_)))
    {
        return;
    }
    // Of a format that does not tell it, what is hidden could not be looked at either, and is listed as not run with this.
    if workbook.settings.as_ref().is_some_and(|settings| settings.counts_from_1904) {
        outcome.findings.push(OTHER_DATE_SYSTEM.finding(
            Place::workbook(&workbook.path),
            "This workbook counts its dates from 1904 instead of 1900. They were read so, but a date that is copied \
             into or out of it moves by four years and one day.",
            "Under File, Options, Advanced, take the tick from “Use 1904 date system”, and look at every date again.",
        ));
    }
}
