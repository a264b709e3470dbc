//! Workbooks over which their reader aborts, hangs or eats memory: each is one plain finding, and all the others are read.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use crate::desk::{Desk, findings, sample, standing, text};
use crate::support::old_workbook::{dimensions, old_workbook, one_at};
use crate::support::package::edit_parts;

/// Two cells far apart, for which its reader lays out all between them: 100,663,296 bytes, and does so twice.
fn eats_memory() -> Vec<u8> {
    old_workbook(&["Orders"], &[one_at(0, 0), one_at(65_535, 63)].concat())
}

/// A sheet that says to have 65,535,000 cells and has one: its reader asks for 2 GiB at once, and is ended when it is refused.
fn aborts() -> Vec<u8> {
    old_workbook(&["Orders"], &[dimensions(65_535, 1000), one_at(0, 0)].concat())
}

/// Twenty thousand sheets that are one, of a million cells: minutes of work, and little memory.
pub fn hangs() -> Vec<u8> {
    old_workbook(&["Orders"; 20_000], &[one_at(0, 0), one_at(65_535, 15)].concat())
}

/// A few cells, as a near miss.
fn is_good() -> Vec<u8> {
    old_workbook(&["Orders"], &[dimensions(65_535, 10), one_at(0, 0), one_at(4, 2)].concat())
}

fn of_file<'r>(report: &'r Json, path: &str) -> Vec<&'r Json> {
    let all = report["findings"].as_array().unwrap().iter();
    all.filter(|finding| finding["workbook"] == path).collect()
}

fn assert_one(report: &Json, path: &str, message: &str, option: &str) {
    let found = of_file(report, path);
    assert_eq!(found.len(), 1, "{path}: {found:#?}");
    assert_eq!(text(&found[0]["code"]), "unreadable-workbook");
    assert_eq!(text(&found[0]["message"]), message, "{path}");
    let fix = text(&found[0]["fix"]);
    assert!(fix.ends_with(&format!("allow more with --limit {option}.")), "{path}: {fix}");
}

/// How many workbooks are in the figures.
fn read(report: &Json) -> usize {
    report["workbooks"].as_array().unwrap().iter().filter(|workbook| workbook["state"] == "read").count()
}

/// Runs on one thread and on four, which must find the same: exit 1, nothing on standard error, all of the year in the
/// figures, and so many errors.
fn run_twice(desk: &Desk, limits: &[&str], errors: usize) -> Json {
    let found = ["1", "4"].map(|threads| {
        let ended = desk.run(&[limits, &["--threads", threads]].concat());
        assert_eq!((ended.status, ended.err.as_str()), (1, ""));
        desk.output("for-officers/findings.json")
    });
    assert!(found[0] == found[1], "the findings are others on four threads");
    let report = desk.written_report();
    assert_eq!((standing(&report).len(), read(&report)), (errors, 18), "{:#?}", findings(&report));
    report
}

fn too_large(what: &str) -> String {
    format!("This file is too large to be read safely (reading it takes more than {what}).")
}

#[test]
fn readers_that_abort_or_eat_memory_are_one_finding_each() {
    let desk = Desk::year();
    desk.put("aborts.xls", &aborts());
    desk.put("eats memory.xls", &eats_memory());
    desk.put("is good.xls", &is_good());
    // Time is no matter here, also on a machine that has much else to do.
    let report = run_twice(&desk, &["--limit", "memory=300MB", "--limit", "seconds=600"], 2);
    assert_one(&report, "aborts.xls", &too_large("300 MB of memory"), "memory=600MB");
    assert_one(&report, "eats memory.xls", &too_large("300 MB of memory"), "memory=600MB");
    let good: Vec<&str> = of_file(&report, "is good.xls").iter().map(|finding| text(&finding["code"])).collect();
    assert_eq!(good, ["unknown-workbook"]);
}

#[test]
fn a_reader_that_hangs_is_one_finding() {
    let desk = Desk::year();
    desk.put("hangs.xls", &hangs());
    // Enough for the registers of the year, an .xls as well.
    let report = run_twice(&desk, &["--limit", "seconds=10"], 1);
    assert_one(&report, "hangs.xls", &too_large("10 seconds"), "seconds=20");
}

#[test]
fn what_is_allowed_more_is_read() {
    let desk = Desk::new();
    desk.put("eats memory.xls", &eats_memory());
    let period = ["--year", "2022-23", "--to", "2022-08", "--limit", "seconds=600"];
    let (status, report) = desk.report(&[&period[..], &["--limit", "memory=300MB"]].concat());
    assert_eq!(status, 1);
    assert_one(&report, "eats memory.xls", &too_large("300 MB of memory"), "memory=600MB");

    let (_, report) = desk.report(&[&period[..], &["--limit", "memory=600MB"]].concat());
    let found = of_file(&report, "eats memory.xls");
    assert_eq!(found.iter().map(|finding| text(&finding["code"])).collect::<Vec<_>>(), ["unknown-workbook"]);
}

#[test]
fn a_panic_over_a_small_workbook_is_its_finding_and_not_on_the_screen() {
    let desk = Desk::year();
    let path = "monthly/2022-04 April return.xlsx";
    let claims = "uniqueCount=\"18446744073709551615\"";
    let changed = edit_parts(&sample(path), |name, part| match name {
        "xl/sharedStrings.xml" => {
            let from = part.find("uniqueCount=\"").unwrap();
            let to = from + 13 + part[from + 13..].find('"').unwrap() + 1;
            format!("{}{claims}{}", &part[..from], &part[to..])
        }
        _ => part,
    });
    desk.put(path, &changed);
    let ended = desk.check(&["--format", "json"]);
    assert_eq!((ended.status, ended.err.as_str()), (1, ""));
    let report: Json = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(standing(&report), [format!("error unreadable-workbook {path}")]);
    assert_eq!(read(&report), 17);
}

/// The processes that the threads of a process have started and that have not ended.
#[cfg(target_os = "linux")]
pub fn started_by(process: u32) -> Vec<String> {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    let of_thread = |thread: fs::DirEntry| fs::read_to_string(thread.path().join("children")).unwrap_or_default();
    let listed: Vec<String> = threads.filter_map(Result::ok).map(of_thread).collect();
    listed.iter().flat_map(|listed| listed.split_whitespace()).map(str::to_owned).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn no_process_outlives_a_run_that_is_killed() {
    let desk = Desk::new();
    desk.put("hangs.xls", &hangs());
    let mut run = Command::new(env!("CARGO_BIN_EXE_crosscast"));
    let run = run.args(["check", "inbox", "--limit", "seconds=600"]).current_dir(desk.path(""));
    let mut run = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let until = |what: &dyn Fn() -> bool| {
        let began = Instant::now();
        while !what() {
            assert!(began.elapsed() < Duration::from_secs(180), "after three minutes");
            sleep(Duration::from_millis(20));
        }
    };
    until(&|| !started_by(run.id()).is_empty());
    let opening = started_by(run.id()).remove(0);
    // Until it has been told everything and is at work.
    sleep(Duration::from_secs(1));
    assert!(fs::exists(format!("/proc/{opening}/exe")).unwrap());
    run.kill().unwrap();
    run.wait().unwrap();
    // Whoever inherits it need not have seen it off yet: then it is there, and has no executable.
    until(&|| fs::read_link(format!("/proc/{opening}/exe")).is_err());
}
