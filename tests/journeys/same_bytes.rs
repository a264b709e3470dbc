//! The same workbooks and the same pack give the same bytes.

use std::fs;

use crate::desk::{Desk, files, marks, put, repository};

/// The marks of all outputs but the manifest, whose time differs; and the manifest without its time.
fn outcome(desk: &Desk, folder: &str) -> (Vec<(String, String)>, String) {
    let mut marks = marks(&desk.path(folder));
    marks.retain(|(path, _)| path != "manifest.json");
    let manifest = fs::read_to_string(desk.path(folder).join("manifest.json")).unwrap();
    assert_eq!(manifest.matches("\"time\": ").count(), 1);
    let timeless = manifest.lines().filter(|line| !line.contains("\"time\": ")).collect::<Vec<_>>().join("\n");
    (marks, timeless)
}

fn assert_same_at_any_threads_and_order(sample: &str, status: i32, outputs: usize) {
    let desk = Desk::with(sample);
    assert_eq!(desk.run(&["--output", "one", "--threads", "1"]).status, status);
    assert_eq!(desk.run(&["--output", "four", "--threads", "4"]).status, status);
    assert_eq!(outcome(&desk, "one").0.len(), outputs);
    assert_eq!(outcome(&desk, "one"), outcome(&desk, "four"));

    // The directory lists its files in another order.
    let other = Desk::new();
    let from = repository("samples").join(sample);
    for path in files(&from).iter().rev() {
        put(&other.path("inbox").join(path), &fs::read(from.join(path)).unwrap());
    }
    assert_eq!(other.run(&["--output", "elsewhere/deep"]).status, status);
    assert_eq!(outcome(&desk, "one"), outcome(&other, "elsewhere/deep"));
}

#[test]
fn at_any_number_of_threads_and_in_any_order_of_the_directory() {
    // Two returns of the year are marked, each with a warning.
    assert_same_at_any_threads_and_order("2022-23", 0, 7);
}

#[test]
fn also_with_many_findings() {
    // Fifteen workbooks are marked or listed, and there are differences to be explained.
    assert_same_at_any_threads_and_order("with-faults", 1, 21);
}

#[test]
fn a_second_run_into_the_same_folder_changes_nothing() {
    let desk = Desk::year();
    assert_eq!(desk.run(&[]).status, 0);
    let first = outcome(&desk, "output");
    assert_eq!(desk.run(&[]).status, 0);
    assert_eq!(first, outcome(&desk, "output"));
}
