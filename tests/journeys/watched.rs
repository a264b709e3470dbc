//! The program while it watches a folder: its lines are read as they come.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::desk::Desk;

/// A line comes within seconds; the machine may be busy with other tests.
const LONGEST: Duration = Duration::from_secs(120);

/// A running `crosscast watch`; it is ended when this is dropped.
pub struct Watched {
    child: Child,
    lines: Receiver<String>,
    /// What was said so far, without the time.
    pub said: Vec<String>,
}

impl Watched {
    /// `crosscast watch inbox --every 0.2` and the arguments.
    pub fn start(desk: &Desk, arguments: &[&str]) -> Self {
        Self::of(desk.command(&[&["watch", "inbox", "--every", "0.2"], arguments].concat()))
    }

    /// A command that watches.
    pub fn of(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines, said: Vec::new() }
    }

    /// Waits for a line that begins so, and gives it.
    pub fn hears(&mut self, beginning: &str) -> String {
        let until = Instant::now() + LONGEST;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let Ok(line) = self.lines.recv_timeout(left) else {
                let _ = self.child.kill();
                panic!("nobody said \"{beginning}\", but: {:#?}", self.said);
            };
            // Windows writes paths with the other slash.
            let line = without_time(&line).replace(std::path::MAIN_SEPARATOR, "/");
            self.said.push(line.clone());
            if line.starts_with(beginning) {
                return line;
            }
        }
    }

    /// How often a line was said that begins so.
    pub fn times(&self, beginning: &str) -> usize {
        self.said.iter().filter(|line| line.starts_with(beginning)).count()
    }

    /// Presses Ctrl-C, and gives the exit status and the last line.
    #[cfg(unix)]
    pub fn stop(mut self) -> (Option<i32>, String) {
        use rustix::process::{Pid, Signal, kill_process};

        kill_process(Pid::from_child(&self.child), Signal::INT).unwrap();
        let until = Instant::now() + LONGEST;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < until, "it goes on");
            thread::sleep(Duration::from_millis(10));
        };
        self.said.extend(self.lines.iter());
        (status.code(), self.said.pop().unwrap_or_default())
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What stands behind `14:05`, or behind the blanks in its place.
fn without_time(line: &str) -> String {
    let is_time = |text: &str| text.chars().all(|sign| sign.is_ascii_digit() || sign == ':' || sign == ' ');
    match line.split_at_checked(7) {
        Some((time, rest)) if is_time(time) => rest.to_owned(),
        _ => line.to_owned(),
    }
}
