//! Opening a workbook in a process of its own, whatever that process does.
//!
//! This program plays three parts. Without arguments it is the test, and for each case asks itself to be the process that
//! wants a workbook opened; that in turn is given this program as the executable that opens it, which then does as the case
//! says. A process cannot set its own environment safely, so that the case is told to both in theirs.

#![allow(clippy::unwrap_used)]

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, hint, process, thread};

use crosscast::isolation::{COMMAND, Isolation, quieten_contained_panics, serve};
use crosscast::model::{BeyondLimit, Limit, LimitSetting, Limits, UnreadableWorkbook};
use crosscast::read::Wanted;

/// The argument by which this program wants a workbook opened.
const ASK: &str = "ask-for-a-workbook";
/// What the process that opens it does.
const CASE: &str = "CROSSCAST_TEST_CASE";

/// Each case and what becomes of the workbook.
const CASES: [(&str, &str); 14] = [
    ("opens it", "opened"),
    ("opens it and hangs", "opened"),
    ("complains much and opens it", "opened"),
    ("ends at once", "the reader broke down"),
    ("ends in the middle of its answer", "the reader broke down"),
    ("says something else", "the reader broke down"),
    ("panics", "the reader broke down"),
    ("aborts", "the reader broke down"),
    ("runs out of stack", "the reader broke down"),
    ("is refused memory", "allow memory=8GB"),
    ("says that its answer is endless", "allow memory=8GB"),
    ("hangs without listening", "allow seconds=2"),
    ("hangs after listening", "allow seconds=2"),
    ("is not there", "the reader broke down: its process could not be started"),
];

fn main() -> ExitCode {
    let case = env::var(CASE).unwrap_or_default();
    match env::args().nth(1).as_deref() {
        Some(COMMAND) => {
            open(&case);
            ExitCode::SUCCESS
        }
        Some(ASK) => {
            println!("{}", asked(&case));
            ExitCode::SUCCESS
        }
        _ => test(),
    }
}

/// The test: what is printed for each case, in what time, and nothing on the screen.
fn test() -> ExitCode {
    let mut failed = 0;
    for (case, expected) in CASES {
        let began = Instant::now();
        let mut asking = Command::new(env::current_exe().unwrap());
        let asking = asking.arg(ASK).env(CASE, case).stdin(Stdio::null()).output().unwrap();
        let (found, shown) = (String::from_utf8_lossy(&asking.stdout), String::from_utf8_lossy(&asking.stderr));
        // One that hangs is given a second; the rest is for a slow machine.
        let in_time = began.elapsed() < Duration::from_secs(50);
        let is_right = found.trim_end() == expected && shown.is_empty() && in_time;
        println!("{case}: {}", if is_right { "ok" } else { "FAILED" });
        if !is_right {
            println!("  expected: {expected}\n  found: {found}\n  shown: {shown}\n  after: {:?}", began.elapsed());
            failed += 1;
        }
    }
    println!("{} cases, {failed} failed", CASES.len());
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What came of asking for a workbook; and whether a process was left behind, where the system tells.
fn asked(case: &str) -> String {
    quieten_contained_panics();
    let executable = match case {
        "is not there" => PathBuf::from("no-such-program"),
        _ => env::current_exe().unwrap(),
    };
    let seconds: &[LimitSetting] = if case.starts_with("hangs") { &["seconds=1".parse().unwrap()] } else { &[] };
    let isolation = Isolation { executable: Some(executable), limits: Limits::default().with(seconds) };
    let opened = isolation.open(&large_workbook(), &Wanted::Every);
    let left = fs::read_to_string("/proc/thread-self/children").unwrap_or_default();
    match opened {
        _ if !left.is_empty() => format!("left processes {left}"),
        Ok(_) => "opened".to_owned(),
        Err(UnreadableWorkbook::BrokeReader(words)) if words.is_empty() => "the reader broke down".to_owned(),
        Err(UnreadableWorkbook::BrokeReader(words)) => {
            // The system's own words follow.
            format!("the reader broke down: {}", words.split(": ").next().unwrap_or_default())
        }
        Err(UnreadableWorkbook::BeyondLimit(beyond)) => {
            assert!(matches!(beyond, BeyondLimit { limit: Limit::Memory | Limit::Seconds, .. }));
            beyond.option().replace("--limit", "allow")
        }
        Err(other) => format!("{other:?}"),
    }
}

/// A workbook that is not opened inside, and longer than a pipe holds: whoever writes it waits until it is read.
fn large_workbook() -> Vec<u8> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut bytes = fs::read(samples.join("2022-23/registers/SWCSP registers 2022-23.xls")).unwrap();
    // Zeros at its end would tell of a download that broke off.
    bytes.resize(4 << 20, b'x');
    bytes
}

/// The process that opens the workbook.
fn open(case: &str) {
    match case {
        "opens it" => serve().unwrap(),
        "opens it and hangs" => {
            serve().unwrap();
            hang();
        }
        "complains much and opens it" => {
            io::stderr().write_all(&vec![b'x'; 4 << 20]).unwrap();
            serve().unwrap();
        }
        "ends at once" => {}
        "ends in the middle of its answer" => say(&[b"answer:\n", &3u64.to_le_bytes()[..], b"ab"].concat()),
        "says something else" => say(b"running 0 tests\n\ntest result: ok. 0 passed; 0 failed\n"),
        "panics" => panic!("as a reader does"),
        "aborts" => process::abort(),
        "runs out of stack" => say(&deeper(1).to_le_bytes()),
        "is refused memory" => {
            eprintln!("memory allocation of 2147483648 bytes failed");
            process::exit(1);
        }
        "says that its answer is endless" => say(&[b"answer:\n", &u64::MAX.to_le_bytes()[..]].concat()),
        "hangs without listening" => hang(),
        "hangs after listening" => {
            io::stdin().lock().read_exact(&mut vec![0; 4 << 20]).unwrap();
            hang();
        }
        other => panic!("{other} is no case"),
    }
}

fn say(bytes: &[u8]) {
    let mut output = io::stdout().lock();
    output.write_all(bytes).unwrap();
    output.flush().unwrap();
}

/// Longer than any test takes, and not for ever, should it not be ended.
fn hang() {
    thread::sleep(Duration::from_secs(60));
}

fn deeper(depth: u64) -> u64 {
    let room = hint::black_box([depth; 512]);
    if depth == 0 { room[7] } else { deeper(depth + 1) + room[3] }
}
