//! Small packs from inline YAML.

use crosscast::schema::{Pack, PackFiles};

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
