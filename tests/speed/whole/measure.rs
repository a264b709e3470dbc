//! What a command takes. It is run by a process of its own, of which the operating system then says what its children took.

use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, fs};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// What a command took.
#[derive(Debug, Clone, Copy)]
pub struct Taken {
    /// Seconds on the clock.
    pub wall: f64,
    /// Seconds of the processor, of the program and of the system for it.
    pub cpu: f64,
    /// The most memory that one process of it had at a time, in MiB.
    pub peak: f64,
}

/// Runs a command so many times, and says what the fastest took: the others were held up by something else.
pub fn fastest_of(runs: usize, command: &[&str]) -> Taken {
    let each = (0..runs).map(|_| measure(command));
    each.min_by(|one, other| one.wall.total_cmp(&other.wall)).unwrap()
}

fn measure(command: &[&str]) -> Taken {
    let output = Command::new(env::current_exe().unwrap()).arg("measure").args(command).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let figures: Vec<f64> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [wall, cpu, peak] = figures[..] else {
        panic!("{command:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    };
    Taken { wall, cpu, peak }
}

/// Runs a command and prints what it took.
pub fn serve(command: &[&str]) {
    let errors = tempfile::NamedTempFile::new().unwrap();
    let begin = Instant::now();
    let status = Command::new(command[0])
        .args(&command[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(errors.reopen().unwrap())
        .status()
        .unwrap();
    let wall = begin.elapsed().as_secs_f64();
    // 1 says that there are errors in the data.
    assert!(matches!(status.code(), Some(0 | 1)), "{status}: {}", fs::read_to_string(errors.path()).unwrap());
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    let cpu = (usage.user_time() + usage.system_time()).num_microseconds() as f64 / 1e6;
    // In kilobytes on Linux.
    println!("{wall} {cpu} {}", usage.max_rss() as f64 / 1024.0);
}
