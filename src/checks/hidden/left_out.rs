//! Hidden sheets that a pattern of the pack matches and that were not read.

use crate::checks::words::quoted;
use crate::model::{About, Check, Finding, Outcome, Over, Place, Sheet, Visibility, WhyAbsent, Workbook};
use crate::schema::{Pack, SheetChoice, TablePlace};

pub(super) const HIDDEN_SHEET_LEFT_OUT: Check = Check::warning(
    "hidden-sheet-left-out",
    "A hidden sheet was left out",
    About {
        meaning: "The name of a hidden sheet is like those that are read, and hidden sheets are not read.",
        why: "If its figures are meant to be counted, they are in no total.",
        example: "Of twelve sheets named after the months, May 2024 is hidden, so that the year has eleven months.",
        mend: "Unhide the sheet, or say in the pack that hidden sheets are read; delete the sheet if nothing on it is needed.",
    },
)
.over(Over::Workbooks);

/// Judges the hidden sheets of which no table was read. That no sheet was found at all is a finding of its own, which names
/// the hidden ones.
pub(super) fn check(workbook: &Workbook, pack: &Pack, outcome: &mut Outcome) {
    let Some(kind) =
        pack.partnership.workbooks.iter().find(|kind| Some(kind.name.as_str()) == workbook.kind.as_deref())
    else {
        return;
    };
    for sheet in workbook.sheets.iter().filter(|sheet| sheet.is_hidden() && !is_looked_at(workbook, sheet)) {
        let place = kind.tables.iter().find(|place| leaves_out(place, sheet) && !is_reported(workbook, place));
        outcome.findings.extend(place.map(|place| left_out(workbook, sheet, place)));
    }
}

/// Whether a table was read on a sheet, or looked for and not found.
fn is_looked_at(workbook: &Workbook, sheet: &Sheet) -> bool {
    workbook.tables.iter().any(|table| table.sheet == sheet.name)
        || workbook.absent.iter().any(|absent| absent.sheet == sheet.name)
}

fn leaves_out(place: &TablePlace, sheet: &Sheet) -> bool {
    match &place.sheet {
        SheetChoice::Matching(sheets) => !sheets.hidden && sheets.pattern.is_match(sheet.name.trim()),
        SheetChoice::Named(_) => false,
    }
}

/// Whether it is said already that a place has no sheet.
fn is_reported(workbook: &Workbook, place: &TablePlace) -> bool {
    workbook.absent.iter().any(|absent| *absent.table == *place.table && absent.why == WhyAbsent::NoSheet)
}

fn left_out(workbook: &Workbook, sheet: &Sheet, place: &TablePlace) -> Finding {
    let others_are_read = workbook.tables.iter().any(|table| *table.name == *place.table);
    let those = if others_are_read { "those that are" } else { "those that are wanted" };
    let message =
        format!("The sheet {} is hidden, so it was not read, though its name is like {those}.", quoted(&sheet.name));
    let unhide = if sheet.visibility == Visibility::VeryHidden {
        "In Excel press Alt+F11, choose the sheet and set Visible to -1"
    } else {
        "Unhide the sheet"
    };
    let fix =
        format!("{unhide}, or write hidden: true beside match in partnership.yaml if hidden sheets are to be read.");
    HIDDEN_SHEET_LEFT_OUT.finding(Place::sheet(&workbook.path, &sheet.name), message, fix)
}
