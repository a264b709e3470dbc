//! Mistakes in the places of tables: sheets that are read twice, and names of sheets that tell something of no field.

use super::{Mistake, PARTNERSHIP, Pack, SheetChoice, TablePlace, WorkbookKind, yaml};
use crate::model::name_key;

impl Pack {
    /// A table is read once from each sheet, and what the name of a sheet tells must be of a field.
    pub(super) fn check_places(&self, index: usize, kind: &WorkbookKind, mistakes: &mut Vec<Mistake>) {
        let text = self.files.text(PARTNERSHIP).unwrap_or_default();
        for (place_index, place) in kind.tables.iter().enumerate() {
            let path = format!("workbooks[{index}].tables[{place_index}].sheet");
            // The key of a sheet may stand on the line of its place.
            let line = || yaml::line_of(text, &path);
            let is_there_already = |earlier: &&TablePlace| {
                earlier.table == place.table
                    && match (&earlier.sheet, &place.sheet) {
                        (SheetChoice::Matching(sheets), SheetChoice::Named(name))
                        | (SheetChoice::Named(name), SheetChoice::Matching(sheets)) => sheets.pattern.is_match(name),
                        (SheetChoice::Named(one), SheetChoice::Named(other)) => name_key(one) == name_key(other),
                        (SheetChoice::Matching(one), SheetChoice::Matching(other)) => one.pattern == other.pattern,
                    }
            };
            if let Some(earlier) = kind.tables[..place_index].iter().find(is_there_already) {
                let what = match (&earlier.sheet, &place.sheet) {
                    (SheetChoice::Named(_), SheetChoice::Named(name)) => {
                        format!("the table {} is read from the sheet {name} already", place.table)
                    }
                    (earlier, here) => {
                        format!("the table {} is read from {earlier} already, which has sheets of {here}", place.table)
                    }
                };
                let what = format!("{what}: its rows would be counted twice");
                mistakes.push(Mistake::at(PARTNERSHIP, line(), path.clone(), what));
            }
            if let (SheetChoice::Matching(sheets), Some(schema)) = (&place.sheet, self.tables.get(place.table.as_str()))
                && !schema.fields.is_empty()
            {
                for lost in schema.lost_groups(&sheets.pattern, &format!("{path}.match")) {
                    let likely = lost.allowed.iter().map(String::as_str);
                    let what = format!(
                        "the group {} of the pattern is not a field of the table {}, so what it catches would be lost",
                        lost.name, place.table
                    );
                    mistakes.push(Mistake::at(PARTNERSHIP, line(), lost.path, what).with_likely(&lost.name, likely));
                }
            }
        }
    }
}
