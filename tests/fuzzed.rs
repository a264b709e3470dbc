//! What the fuzzers start from, and what they once found: each input is run again on every `cargo test`, without a fuzzer.
//!
//! Seeds lie in `tests/fuzz/seeds/TARGET/`; what was found lies in `tests/fuzz/found/TARGET/`, each named after its cause.

use std::fs;
use std::path::{Path, PathBuf};

#[path = "fuzz/src/lib.rs"]
mod fuzz;

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn run_over(target: &str, run: fn(&[u8])) {
    let folder = |kind: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(kind).join(target);
    let seeds = files(&folder("seeds"));
    assert!(!seeds.is_empty(), "no seeds for {target}");
    for path in seeds.into_iter().chain(files(&folder("found"))) {
        let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        eprintln!("{}", path.display());
        run(&bytes);
    }
}

#[test]
fn guard() {
    run_over("guard", fuzz::guard);
}

#[test]
fn workbook() {
    run_over("workbook", fuzz::workbook);
}

#[test]
fn pack() {
    run_over("pack", fuzz::pack);
}

#[test]
fn texts() {
    run_over("texts", fuzz::texts);
}

#[test]
fn references() {
    run_over("references", fuzz::references);
}

#[test]
fn appendix() {
    run_over("appendix", fuzz::appendix);
}
