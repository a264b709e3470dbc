//! The pack of a ledger: the files in the folder `pack`, and the kinds of workbooks.

use std::path::Path;
use std::{fs, iter};

use include_dir::{Dir, include_dir};

static PACK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/speed/ledger/pack");

/// The files of a pack for ledgers, each its path and text. With one area there is one workbook for the year, `ledger.xlsx`;
/// with more, one for each area and month, `2022-04 area 01.xlsx`.
pub fn files(areas: usize) -> Vec<(String, String)> {
    let texts = PACK.files().chain(PACK.dirs().flat_map(Dir::files));
    let text = |file: &include_dir::File<'_>| {
        (file.path().to_str().unwrap().to_owned(), file.contents_utf8().unwrap().to_owned())
    };
    texts.map(text).chain(iter::once(("partnership.yaml".to_owned(), partnership(areas)))).collect()
}

fn partnership(areas: usize) -> String {
    let kind = |name: &str, files: &str, frequency: &str, table: &str, sheet: &str| {
        format!(
            "  - name: {name}\n    title: {name}\n    files: '{files}'\n    frequency: {frequency}\n    due: start\n    \
             tables:\n      - {{table: {table}, sheet: {sheet}}}\n"
        )
    };
    let ledgers: String = match areas {
        1 => kind("ledger", "ledger", "yearly", "ledger", "Ledger"),
        _ => (1..=areas)
            .map(|area| {
                let files = format!(r"(?P<month>\d{{4}}-\d{{2}}) area {area:02}");
                kind(&format!("area-{area:02}"), &files, "monthly", "ledger", "Ledger")
            })
            .collect(),
    };
    let centres = kind("cost-centres", "cost centres", "yearly", "cost_centres", "Cost centres");
    format!(
        "name: County of the benches\nshort_name: County\ncouncil: County Council\ncommittee: Audit Committee\nyears:\n  \
         - {{name: 2022-23, start: 2022-04-01, end: 2023-03-31}}\nworkbooks:\n{ledgers}{centres}"
    )
}

/// Writes the files of a pack into a folder.
pub fn write_pack(folder: &Path, areas: usize) {
    for (path, text) in files(areas) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}
