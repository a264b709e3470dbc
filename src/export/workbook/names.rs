//! Names that Excel asks for: sheets that stand in every workbook, and tables.

use std::collections::BTreeSet;

/// The sheet that says what the workbook is.
pub const COVER: &str = "Cover";
/// The sheet that leads to the others.
pub const CONTENTS: &str = "Contents";
/// The sheet that explains notes and shorthand.
pub const NOTES: &str = "Notes";
/// The sheets before the tables, in order.
pub const FRONT: [&str; 3] = [COVER, CONTENTS, NOTES];
/// A name that Excel keeps for itself.
const KEPT_BY_EXCEL: &str = "History";

/// Whether a sheet of the plan may not have this name, because a sheet at the front has it in every workbook.
pub fn is_at_the_front(sheet: &str) -> bool {
    FRONT.iter().any(|taken| taken.eq_ignore_ascii_case(sheet))
}

/// Whether Excel allows no sheet of this name.
pub fn is_kept_by_excel(sheet: &str) -> bool {
    KEPT_BY_EXCEL.eq_ignore_ascii_case(sheet)
}

/// The name of the table on the contents sheet.
pub const CONTENTS_TABLE: &str = "Contents_list";
/// The name of the table on the notes sheet.
pub const NOTES_TABLE: &str = "Notes_list";

/// The most characters of a sheet's name in Excel.
const LONGEST_NAME: usize = 31;

/// The name of a further sheet of a table, which no other sheet has, whatever the letter case: `Ledger (2)`. `taken` are the
/// names in lower case, and takes this one.
pub fn continued(sheet: &str, mut number: usize, taken: &mut BTreeSet<String>) -> String {
    loop {
        let end = format!(" ({number})");
        let mut room = LONGEST_NAME - end.len();
        let begin: String = sheet
            .chars()
            .take_while(|character| {
                let fits = character.len_utf16() <= room;
                room = if fits { room - character.len_utf16() } else { 0 };
                fits
            })
            .collect();
        let name = begin.trim_end().to_owned() + &end;
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}

/// The names of a workbook that no further sheet may have, nor its table.
#[derive(Debug, Clone)]
pub struct TakenNames {
    /// The names of sheets, in lower case.
    pub sheets: BTreeSet<String>,
    /// The names of Excel tables.
    pub tables: TableNames,
}

/// Names of tables, unique over the workbook whatever the letter case.
#[derive(Debug, Clone)]
pub struct TableNames {
    given: BTreeSet<String>,
}

impl TableNames {
    /// Begins with the names of the tables at the front.
    pub fn new() -> Self {
        Self { given: [CONTENTS_TABLE, NOTES_TABLE].map(str::to_lowercase).into() }
    }

    /// The name of the table on a sheet: `Position by project` becomes `Position_by_project`. A sheet's name is much shorter
    /// than the 255 characters that Excel allows.
    pub fn give(&mut self, sheet: &str) -> String {
        let plain: String =
            sheet.chars().map(|character| if character.is_ascii_alphanumeric() { character } else { '_' }).collect();
        let plain = plain.trim_matches('_');
        let name = if is_plain_name(plain) { plain.to_owned() } else { format!("Table_{plain}") };
        let mut unique = name.clone();
        let mut number = 1;
        while !self.given.insert(unique.to_lowercase()) {
            number += 1;
            unique = format!("{name}_{number}");
        }
        unique
    }
}

/// Whether a name cannot be taken for a cell (`AB12`, `R1C1`) and begins with a letter.
fn is_plain_name(name: &str) -> bool {
    let letters = name.chars().take_while(char::is_ascii_alphabetic).count();
    let looks_like_a_cell = letters <= 3 && name[letters..].chars().all(|character| character.is_ascii_digit());
    let looks_like_row_and_column = letters == 1 && name.starts_with(['r', 'R', 'c', 'C']) && !name.contains('_');
    letters > 0 && !looks_like_a_cell && !looks_like_row_and_column
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_named_after_their_sheets() {
        let mut names = TableNames::new();
        for (sheet, name) in [
            ("Position by project", "Position_by_project"),
            ("Position-by-Project", "Position_by_Project_2"),
            ("Payments", "Payments"),
            ("Q1", "Table_Q1"),
            ("R1C1", "Table_R1C1"),
            ("R", "Table_R"),
            ("2022-23", "Table_2022_23"),
            ("Année", "Ann_e"),
            ("Reviews (DHR)", "Reviews__DHR"),
            ("???", "Table_"),
            ("Quarter1", "Quarter1"),
            ("Notes list", "Notes_list_2"),
        ] {
            assert_eq!(names.give(sheet), name, "{sheet}");
        }
    }

    #[test]
    fn further_sheets_are_numbered() {
        let mut taken = BTreeSet::from(["ledger (2)".to_owned()]);
        assert_eq!(continued("Payments", 2, &mut taken), "Payments (2)");
        assert_eq!(continued("Ledger", 2, &mut taken), "Ledger (3)");
        assert_eq!(continued("Ledger", 3, &mut taken), "Ledger (4)");
        assert_eq!(continued("Payments over five hundred pounds", 2, &mut taken), "Payments over five hundred (2)");
        assert_eq!(continued("Payments over £500 in the year 😀", 10, &mut taken), "Payments over £500 in the (10)");
    }

    #[test]
    fn sheets_at_the_front_keep_their_names() {
        assert!(is_at_the_front("cover") && is_at_the_front("Notes") && is_kept_by_excel("HISTORY"));
        assert!(!is_at_the_front("Payments") && !is_at_the_front("History") && !is_kept_by_excel("Payments"));
    }
}
