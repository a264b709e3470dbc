//! The stages of a run, one in a process.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

use calamine::{DataRef, Reader, Xlsx, open_workbook};
use crosscast::checks::{self, Context};
use crosscast::isolation::Isolation;
use crosscast::model::{Limits, Workbook};
use crosscast::read::{self, Wanted};
use crosscast::schema::{Pack, PackFiles};
use rayon::prelude::*;

/// Runs a stage over the workbooks of an inbox.
pub fn run(stage: &str, inbox: &Path, pack: &Path) {
    if stage == "nothing" {
        return;
    }
    let mut paths: Vec<PathBuf> = fs::read_dir(inbox).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    if stage == "bare" {
        let cells: usize = paths.iter().map(|path| bare(path)).sum();
        println!("{cells}");
        return;
    }
    let pack = Pack::parse(PackFiles::from_folder(pack).unwrap()).unwrap();
    let isolation = Isolation { executable: None, limits: limits() };
    let found: usize = paths
        .par_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            let bytes = fs::read(path).unwrap();
            let opened = isolation.open(&bytes, &Wanted::by_pack(name, &pack));
            if stage == "open" {
                return opened.is_ok().into();
            }
            let workbook = read::workbook(name, "", opened, &pack);
            match stage {
                "read" => workbook.tables.iter().map(|table| table.rows.len()).sum(),
                "check" => check(&workbook, &pack),
                other => panic!("no stage {other}"),
            }
        })
        .sum();
    println!("{found}");
}

/// Without any that a county's ledger could meet.
pub fn limits() -> Limits {
    Limits::default().with(&[
        "cells=20000000".parse().unwrap(),
        "memory=8GB".parse().unwrap(),
        "seconds=600".parse().unwrap(),
    ])
}

fn check(workbook: &Workbook, pack: &Pack) -> usize {
    let context = Context { pack, year: &pack.partnership.years[0], month: workbook.month_in_name };
    checks::check_workbook(workbook, &context).findings.len()
}

/// Reads every cell as calamine streams them, and does nothing with it but count.
fn bare(path: &Path) -> usize {
    let mut book: Xlsx<BufReader<File>> = open_workbook(path).unwrap();
    let mut cells = 0;
    for name in book.sheet_names() {
        let mut reader = book.worksheet_cells_reader(&name).unwrap();
        while let Some(cell) = reader.next_cell().unwrap() {
            cells += usize::from(*cell.get_value() != DataRef::Empty);
        }
    }
    cells
}
