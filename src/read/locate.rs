//! Sheets and the labels of forms, found by name: letter case and spaces are forgiven.

use std::sync::Arc;

use super::WantedSheets;
use super::place::{Given, caught};
use crate::model::{Column, GridCell, Origin, Position, Sheet, name_key};
use crate::schema::{SheetChoice, TableSchema};

/// The name on the tab of the sheet that is asked for; one that is spelt alike comes before one that is forgiven.
pub(super) fn sheet(sheets: &[Sheet], name: &str) -> Option<Arc<str>> {
    let exact = sheets.iter().find(|sheet| &*sheet.name == name);
    let forgiven = || sheets.iter().find(|sheet| name_key(&sheet.name) == name_key(name));
    exact.or_else(forgiven).map(|sheet| sheet.name.clone())
}

/// The names on the tabs of the sheets that a choice of the pack asks for, in their order.
pub(super) fn wanted(sheets: &[Sheet], choice: &WantedSheets) -> Vec<Arc<str>> {
    match choice {
        WantedSheets::Named(name) => sheet(sheets, name).into_iter().collect(),
        WantedSheets::Matching(pattern, hidden) => {
            let is_wanted = |sheet: &&Sheet| (*hidden || !sheet.is_hidden()) && pattern.is_match(sheet.name.trim());
            sheets.iter().filter(is_wanted).map(|sheet| sheet.name.clone()).collect()
        }
    }
}

/// The sheets of a choice of the pack, each with the fields whose values its name gives.
pub(super) fn sheets(sheets: &[Sheet], choice: &SheetChoice, schema: &TableSchema) -> Vec<(Arc<str>, Vec<Given>)> {
    let given = |name: &str| match choice {
        SheetChoice::Named(_) => Vec::new(),
        SheetChoice::Matching(sheets) => {
            caught(&sheets.pattern, name.trim(), schema, Position::new(0, 0), Origin::Sheet)
        }
    };
    wanted(sheets, &choice.into()).into_iter().map(|name| (name.clone(), given(&name))).collect()
}

/// The text of a cell where it may be a heading.
pub(super) fn heading_text(cell: &GridCell) -> Arc<str> {
    cell.raw.shown().into()
}

/// Whether enough fields were found for a table: half of those that must be there, and two of all.
pub(super) fn is_enough(schema: &TableSchema, found: &[Option<Column>]) -> bool {
    let must = |index: &usize| !schema.fields[*index].crosscast.optional;
    let wanted = (0..schema.fields.len()).filter(must).count();
    let there = (0..schema.fields.len()).filter(must).filter(|index| found[*index].is_some()).count();
    let all = found.iter().flatten().count();
    there * 2 >= wanted && all >= schema.fields.len().min(2)
}

/// The headings that must be there and are not.
pub(super) fn missing(schema: &TableSchema, found: &[Option<Column>]) -> Vec<String> {
    let fields = schema.fields.iter().zip(found);
    let missing = fields.filter(|(field, column)| column.is_none() && !field.crosscast.optional);
    missing.map(|(field, _)| field.heading().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Visibility;

    #[test]
    fn an_exact_sheet_name_comes_first() {
        let named = |name: &str| Sheet::new(name, Visibility::Visible);
        let sheets = [named("SPEND "), named("Spend")];
        assert_eq!(sheet(&sheets, "Spend").as_deref(), Some("Spend"));
        assert_eq!(sheet(&sheets[..1], "Spend").as_deref(), Some("SPEND "));
        assert_eq!(sheet(&sheets, "Spending"), None);
    }
}
