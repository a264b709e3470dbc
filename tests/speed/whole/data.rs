//! The inboxes that are measured, each made once.

use std::fs;
use std::path::{Path, PathBuf};

use crate::ledger;

/// An inbox and its pack.
pub struct Data {
    pub name: String,
    pub inbox: PathBuf,
    pub pack: PathBuf,
    /// Rows of all ledgers together.
    pub rows: usize,
}

const SEED: u64 = 2022;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("speed")
}

/// One workbook of so many rows.
pub fn one(rows: usize) -> Data {
    let data = Data::at(&format!("{rows} rows"), rows, 1);
    data.write("ledger.xlsx", || ledger::workbook(SEED, 0, rows));
    data
}

/// A workbook of so many rows for each month of twenty areas.
pub fn many(rows: usize) -> Data {
    const AREAS: usize = 20;
    let data = Data::at(&format!("240 workbooks of {rows} rows"), 240 * rows, AREAS);
    for workbook in 0..240 {
        let (month, area) = (workbook / AREAS, workbook % AREAS + 1);
        let (year, month) = if month < 9 { (2022, month + 4) } else { (2023, month - 8) };
        let name = format!("{year}-{month:02} area {area:02}.xlsx");
        data.write(&name, || ledger::workbook(SEED, workbook * rows, rows));
    }
    data
}

impl Data {
    fn at(name: &str, rows: usize, areas: usize) -> Self {
        let folder = folder().join(name);
        let data = Self { name: name.to_owned(), inbox: folder.join("inbox"), pack: folder.join("pack"), rows };
        ledger::write_pack(&data.pack, areas);
        data.write("cost centres.xlsx", ledger::cost_centres);
        data
    }

    fn write(&self, name: &str, bytes: impl Fn() -> Vec<u8>) {
        let path = self.inbox.join(name);
        if path.exists() {
            return;
        }
        fs::create_dir_all(&self.inbox).unwrap();
        let beside = self.inbox.with_extension("new");
        fs::write(&beside, bytes()).unwrap();
        fs::rename(beside, path).unwrap();
    }
}
