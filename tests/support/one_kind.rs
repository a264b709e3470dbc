//! Small packs in which there is one kind of workbook.

use crosscast::schema::Pack;

use super::pack::{pack_of, partnership};

/// A pack with the given tables, each `(name, sheet, YAML of its table schema)`, all in one kind of workbook. A sheet is a name
/// or `{match: PATTERN}`.
///
/// The kind is named `return`, is monthly, and takes every file; a name that begins with a month (`2022-04 April`)
/// carries it. The year is 2022-23 with an approved total of £139,250.00 and a committee on 19 July 2023.
pub fn pack(tables: &[(&str, &str, &str)]) -> Pack {
    let places: String = tables
        .iter()
        .map(|(name, sheet, _)| format!("      - {{table: {name}, sheet: {}}}\n", choice(sheet)))
        .collect();
    let workbooks = format!(
        "  - name: return\n    files: '(?:(?P<month>\\d{{4}}-\\d{{2}})\\b)?.*'\n    frequency: monthly\n    tables:\n{places}"
    );
    let schemas: Vec<(String, &str)> =
        tables.iter().map(|(name, _, yaml)| (format!("tables/{name}.yaml"), *yaml)).collect();
    let mut files: Vec<(&str, &str)> = schemas.iter().map(|(path, yaml)| (path.as_str(), *yaml)).collect();
    let partnership = partnership(&workbooks);
    files.push(("partnership.yaml", &partnership));
    pack_of(&files)
}

/// A choice of sheets as YAML.
fn choice(sheet: &str) -> String {
    if sheet.starts_with("{match:") { sheet.to_owned() } else { format!("\"{sheet}\"") }
}
