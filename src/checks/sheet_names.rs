//! Values that the name of a sheet gives to every row of its table.

use super::Context;
use super::constraints;
use super::view::TableView;
use super::window::Days;
use super::words::{in_sentence, quoted};
use crate::model::{About, Cell, Check, Origin, Outcome, Over, listed};
use crate::schema::Field;

const SHEET_NAME_NOT_UNDERSTOOD: Check = Check::error(
    "sheet-name-not-understood",
    "The name of a sheet gives a value that cannot be used",
    About {
        meaning: "The same table stands on several sheets, and a part of each sheet's name is a value of all its rows. Of this \
                  sheet it is not what the field asks for.",
        why: "All rows of the sheet lack the value, or have a wrong one, and are counted in no group or in another.",
        example: "A sheet named Aprill 2022 among sheets named by their months.",
        mend: "Correct the name on the sheet's tab.",
    },
)
.over(Over::SheetNames);

pub(super) static CHECKS: [&Check; 1] = [&SHEET_NAME_NOT_UNDERSTOOD];

/// Judges the values that the name of a table's sheet gives. A table without rows has none.
pub(super) fn check(view: TableView<'_>, context: &Context<'_>, outcome: &mut Outcome) {
    let columns = view.schema.fields.iter().zip(&view.table.columns).enumerate();
    for (index, (field, column)) in columns {
        let Some(column) = column.as_ref().filter(|column| column.origin == Origin::Sheet) else { continue };
        let Some(cell) = view.table.rows.first().and_then(|row| row.cells.get(index)) else { continue };
        let Some(what) = what_is_wrong(view, cell, field, context) else { continue };
        let heading = in_sentence(field.heading());
        let mut finding = SHEET_NAME_NOT_UNDERSTOOD.finding(
            view.sheet(),
            format!("The name of this sheet gives {} as the {heading}, which {what}.", quoted(&column.text)),
            "Correct the name of the sheet, or the pattern that takes it apart under sheet in partnership.yaml.",
        );
        finding.actual = Some(column.text.to_string());
        outcome.findings.push(finding);
    }
}

/// What is wrong with a value, as it follows “which”; none where nothing is.
fn what_is_wrong(view: TableView<'_>, cell: &Cell, field: &Field, context: &Context<'_>) -> Option<String> {
    if cell.is_marked() {
        return Some(format!("is not {}", field.kind()));
    }
    if let Some(broken) = constraints::first_broken(view.schema, field, cell) {
        let allowed: Vec<String> = field.constraints.allowed.iter().map(|text| quoted(text)).collect();
        return Some(match broken {
            "required-value" => "is empty".to_owned(),
            "pattern-mismatch" => "does not have the form that is asked for".to_owned(),
            "not-in-list" => format!("is none of those allowed: {}", listed(&allowed, "or")),
            "too-small" => "is below the least that it may be".to_owned(),
            "too-large" => "is above the most that it may be".to_owned(),
            "too-short" => "is too short".to_owned(),
            _ => "is too long".to_owned(),
        });
    }
    let days = Days::of(field, context)?;
    days.are_without(&cell.value).then(|| format!("does not lie {}", days.words))
}
