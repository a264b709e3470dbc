//! Ctrl-C in a command that does one job: it ends within a second, and the outputs of the last run are as they were.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::desk::{Desk, Ended, FINAL, marks};
use crate::isolated::{hangs, started_by};
use crate::programs::{Program, needed};
use crate::small_desk::stopped::{go_on, stopped_at};
use crate::small_desk::{Made, has_rubbish, meetings, small_desk, small_desk_with, started, wait_for};

/// It is a second on a machine that has nothing else to do.
const BOUND: Duration = Duration::from_secs(5);
const AS_THEY_WERE: &str = "Stopped. The outputs of the last run are as they were.\n";
/// Minutes of work for a reader, in a process of its own.
const SLOW: &str = "slow.xls";

/// Starts a command over an inbox with a workbook that takes minutes, and waits until another process opens it.
fn started_slowly(desk: &Desk, arguments: &[&str]) -> (Child, Pid) {
    desk.put(SLOW, &hangs());
    let mut child = started(desk, &[arguments, &["--limit", "seconds=600", "--threads", "1"]].concat());
    let began = Instant::now();
    loop {
        let opening = started_by(child.id()).into_iter().find(|process| {
            fs::read_to_string(format!("/proc/{process}/cmdline")).is_ok_and(|line| line.contains("open-workbook"))
        });
        // The other workbook is opened within moments.
        if let Some(process) = opening
            && is_old(&process)
        {
            return (child, Pid::from_raw(process.parse().unwrap()).unwrap());
        }
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        assert!(began.elapsed() < Duration::from_secs(180), "after three minutes");
        sleep(Duration::from_millis(50));
    }
}

/// Whether a process is there still after a while, so that it has been told everything and is at work.
fn is_old(process: &str) -> bool {
    sleep(Duration::from_millis(1500));
    is_running(process)
}

fn is_running(process: &str) -> bool {
    fs::read_link(format!("/proc/{process}/exe")).is_ok()
}

/// Presses Ctrl-C, and gives how it ended and after what time.
fn interrupted(child: Child) -> (Ended, Duration) {
    let began = Instant::now();
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let ended = Ended::of(child.wait_with_output().unwrap());
    (ended, began.elapsed())
}

fn assert_gone(process: Pid) {
    let began = Instant::now();
    while is_running(&process.as_raw_nonzero().to_string()) {
        assert!(began.elapsed() < BOUND, "the process that opens the workbook goes on");
        sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_run_ends_at_once_and_the_next_one_works() {
    let desk = small_desk_with(Made::Final);
    let before = marks(&desk.path("output"));
    let (run, opening) = started_slowly(&desk, &["run", "inbox", "--to", "2023-03"]);
    // On a terminal it reaches both: the process that opens a workbook leaves it to the run.
    kill_process(opening, Signal::INT).unwrap();
    sleep(Duration::from_millis(300));
    assert!(is_running(&opening.as_raw_nonzero().to_string()), "what it opens would look broken");

    let (ended, took) = interrupted(run);
    assert_eq!((ended.status, ended.out.as_str(), ended.err.as_str()), (130, "", AS_THEY_WERE));
    assert!(took < BOUND, "{took:?}");
    assert_gone(opening);
    assert_eq!(marks(&desk.path("output")), before, "byte for byte, and nothing beside them");

    desk.take(SLOW);
    desk.put("Meetings 2022-23.ods", &meetings(9));
    let ended = desk.run(&["--to", "2023-03"]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    assert!(desk.appendix("").contains("9 people came"));
}

#[test]
fn a_first_run_leaves_nothing() {
    let desk = small_desk();
    let (run, _) = started_slowly(&desk, &["run", "inbox", "--to", "2023-03"]);
    let (ended, took) = interrupted(run);
    assert_eq!((ended.status, ended.err.as_str()), (130, "Stopped. No outputs were made.\n"));
    assert!(took < BOUND && !desk.path("output").exists());
}

#[test]
fn commands_that_write_nothing_end_at_once() {
    let desk = small_desk_with(Made::Final);
    let before = marks(&desk.path("output"));
    for command in ["check", "inspect", "infer"] {
        let (child, opening) = started_slowly(&desk, &[command, "inbox"]);
        let (ended, took) = interrupted(child);
        assert_eq!(
            (ended.status, ended.out.as_str(), ended.err.as_str()),
            (130, "", "Stopped. Nothing was written.\n")
        );
        assert!(took < BOUND, "{command}: {took:?}");
        assert_gone(opening);
    }
    assert_eq!(marks(&desk.path("output")), before);
}

/// While outputs are staged it ends at once, and what was staged is gone after the next run.
#[test]
fn what_was_staged_is_removed_by_the_next_run() {
    let desk = small_desk_with(Made::Final);
    let (run, made) = stopped_at(&desk, [Made::Draft, Made::OtherFinal], ".crosscast-staging");
    kill_process(Pid::from_child(&run), Signal::INT).unwrap();
    let ended = go_on(run);
    // It was staging, or went on to the exchange before it could be stopped.
    let written = "Stopped. The outputs of this run are written to output.\n";
    assert!(ended.err == AS_THEY_WERE || ended.err == written, "{}", ended.err);
    assert_eq!((ended.status, ended.out.as_str()), (130, ""));
    let there: Vec<String> = desk.outputs().into_iter().filter(|path| !path.starts_with(".crosscast")).collect();
    let expected = if ended.err == written { made.files() } else { FINAL };
    assert_eq!(there, expected, "{}", ended.err);

    let next = desk.run(&["--to", "2023-03"]);
    assert_eq!((next.status, next.err.as_str()), (0, ""));
    assert!(!has_rubbish(&desk.path("output")));
    assert_eq!(desk.outputs(), FINAL);
}

/// Whatever it is at: what it says is so, and the next run works.
#[test]
fn at_any_moment() {
    let desk = small_desk_with(Made::Final);
    let mut stopped = 0;
    for moment in 0..16_u64 {
        let made = [Made::Draft, Made::OtherFinal][moment as usize % 2];
        let before = marks(&desk.path("output"));
        let mut run = started(&desk, &made.arguments());
        if moment >= 8 {
            wait_for(&desk.path("output/.crosscast-staging"), &mut run);
        } else {
            sleep(Duration::from_millis(20 * moment));
        }
        sleep(Duration::from_micros(700 * (moment % 8)));
        // One that has ended is told nothing.
        let _ = kill_process(Pid::from_child(&run), Signal::INT);
        let output = run.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        let working = |path: &str| path.starts_with(".crosscast");
        let after: Vec<_> = marks(&desk.path("output")).into_iter().filter(|(path, _)| !working(path)).collect();
        match output.status.code() {
            Some(130) => {
                stopped += 1;
                let is_new = said == "Stopped. The outputs of this run are written to output.\n";
                // It may not even have come to the outputs.
                let is_old = said == AS_THEY_WERE || said == "Stopped. Nothing was written.\n";
                assert!(is_new != is_old, "moment {moment}: {said}");
                assert_eq!(after == before, is_old, "moment {moment}: {said}");
            }
            // Before it listened, as any program.
            None => assert_eq!(after, before, "moment {moment}"),
            status => assert_eq!((status, said.as_str()), (Some(0), ""), "moment {moment}"),
        }
        let next = desk.run(&["--to", "2023-03"]);
        assert_eq!((next.status, next.err.as_str()), (0, ""), "moment {moment}");
        assert!(!has_rubbish(&desk.path("output")) && desk.outputs() == FINAL, "moment {moment}");
    }
    assert!(stopped >= 4, "{stopped}");
}

/// What a program draws on a terminal while it opens a long workbook, and what it leaves there; `script` (util-linux) makes
/// one.
#[test]
fn a_terminal_sees_it_move_and_a_pipe_nothing() {
    let desk = small_desk();
    let (check, _) = started_slowly(&desk, &["check", "inbox"]);
    let (ended, _) = interrupted(check);
    assert_eq!(ended.err, "Stopped. Nothing was written.\n", "after more than a second nothing is drawn into a pipe");

    let Some(script) = needed(Program::Script) else { return };
    let on_terminal = |command: &str| {
        let mut script = Command::new(&script);
        let script = script.args(["-qec", command, "/dev/null"]).current_dir(desk.path("")).env("TERM", "xterm");
        String::from_utf8_lossy(&script.stdin(Stdio::null()).output().unwrap().stdout).into_owned()
    };
    let check = format!("{} check inbox --limit seconds=600", env!("CARGO_BIN_EXE_crosscast"));
    let seen = on_terminal(&format!("timeout --signal INT 6 {check}"));
    assert!(seen.contains("1 of 2 workbooks read, ") && seen.contains(" seconds so far"), "{seen:?}");
    assert!(seen.trim_end().ends_with("Stopped. Nothing was written."), "{seen:?}");
    // A quick one is not seen, where the machine is not too busy for it.
    desk.take(SLOW);
    let began = Instant::now();
    let seen = on_terminal(&check);
    if began.elapsed() < Duration::from_secs(1) {
        assert!(!seen.contains("so far") && !seen.contains("workbooks read"), "{seen:?}");
    }
}
