//! Small packs from inline YAML.

use crosscast::schema::{Pack, PackFiles};

/// A pack with the given tables, each `(name, sheet, YAML of its table schema)`, all in one kind of workbook.
///
/// The kind is named `return`, is monthly, and takes every file; a name that begins with a month (`2022-04 April`)
/// carries it. The year is 2022-23 with an approved total of £139,250.00 and a committee on 19 July 2023.
pub fn pack(tables: &[(&str, &str, &str)]) -> Pack {
    let places: String =
        tables.iter().map(|(name, sheet, _)| format!("      - {{table: {name}, sheet: \"{sheet}\"}}\n")).collect();
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

/// The text of `partnership.yaml` around the given list of workbooks (each begins with `  - name:`).
pub fn partnership(workbooks: &str) -> String {
    format!(
        "name: Test partnership\nshort_name: Test\ncouncil: Test council\ncommittee: Test committee\nyears:\n  - name: 2022-23\n    start: 2022-04-01\n    end: 2023-03-31\n    approved_total: 139250.00\n    committee_date: 2023-07-19\nworkbooks:\n{workbooks}"
    )
}

/// A pack of the given files, `(path, text)`. What every pack must have and is not given is made up: a consolidated
/// workbook with one sheet over the first table, and an appendix with a heading.
///
/// Panics with every mistake when the files are not a pack.
pub fn pack_of(given: &[(&str, &str)]) -> Pack {
    let mut files = PackFiles::default();
    let first_table = given
        .iter()
        .find_map(|(path, _)| path.strip_prefix("tables/").and_then(|name| name.strip_suffix(".yaml")))
        .unwrap_or("none");
    let sheets = format!("sheets:\n  - {{name: Sheet, title: Sheet, table: {first_table}}}\n");
    files.insert("consolidated.yaml", format!("title: Test\n{sheets}"));
    files.insert("appendix.md", "# Appendix\n");
    for (path, text) in given {
        files.insert(*path, *text);
    }
    Pack::parse(files).unwrap_or_else(|mistakes| panic!("the test's pack has mistakes:\n{mistakes}"))
}

/// The pack that the repository brings.
pub fn sample_pack() -> Pack {
    let mut files = PackFiles::from_folder(std::path::Path::new("schemas")).expect("the repository's own pack");
    if files.text("consolidated.yaml").is_none() {
        files
            .insert("consolidated.yaml", "title: Test\nsheets:\n  - {name: Funding, title: Funding, table: funding}\n");
    }
    if files.text("appendix.md").is_none() {
        files.insert("appendix.md", "# Appendix\n");
    }
    Pack::parse(files).unwrap_or_else(|mistakes| panic!("the repository's own pack has mistakes:\n{mistakes}"))
}
