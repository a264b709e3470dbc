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
fn hangs() -> Vec<u8> {
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

#[test]
fn each_is_one_finding_and_all_others_are_read_at_any_number_of_threads() {
    let desk = Desk::year();
    desk.put("aborts.xls", &aborts());
    desk.put("eats memory.xls", &eats_memory());
    desk.put("hangs.xls", &hangs());
    desk.put("is good.xls", &is_good());

    let limits = ["--limit", "seconds=8", "--limit", "memory=300MB"];
    let ended = desk.run(&[&limits[..], &["--threads", "1"]].concat());
    assert_eq!((ended.status, ended.err.as_str()), (1, ""));
    let report = desk.written_report();
    let too_large =
        |what: &str| format!("This file is too large to be read safely (reading it takes more than {what}).");
    assert_one(&report, "aborts.xls", &too_large("300 MB of memory"), "memory=600MB");
    assert_one(&report, "eats memory.xls", &too_large("300 MB of memory"), "memory=600MB");
    assert_one(&report, "hangs.xls", &too_large("8 seconds"), "seconds=16");
    let good: Vec<&str> = of_file(&report, "is good.xls").iter().map(|finding| text(&finding["code"])).collect();
    assert_eq!((standing(&report).len(), good), (3, vec!["unknown-workbook"]), "{:#?}", findings(&report));
    assert_eq!(read(&report), 18);

    let on_one = desk.output("for-officers/findings.json");
    let ended = desk.run(&[&limits[..], &["--threads", "4"]].concat());
    assert_eq!((ended.status, ended.err.as_str()), (1, ""));
    assert!(desk.output("for-officers/findings.json") == on_one, "the findings are others on four threads");
}

#[test]
fn what_is_allowed_more_is_read() {
    let desk = Desk::new();
    desk.put("eats memory.xls", &eats_memory());
    let period = ["--year", "2022-23", "--to", "2022-08"];
    let (status, report) = desk.report(&[&period[..], &["--limit", "memory=300MB"]].concat());
    assert_eq!(status, 1);
    let message = "This file is too large to be read safely (reading it takes more than 300 MB of memory).";
    assert_one(&report, "eats memory.xls", message, "memory=600MB");

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
fn started_by(process: u32) -> Vec<String> {
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
            assert!(began.elapsed() < Duration::from_secs(30), "after half a minute");
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
