//! Asking another process to open a workbook, and waiting no longer than its limit of time.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::{self, Builder};
use std::time::Duration;

use super::message::{Answer, Heard, Request, read_answer, write_request};
use super::{COMMAND, OUT_OF_MEMORY, too_long, too_much_memory};
use crate::model::{Limit, Limits, UnreadableWorkbook};
use crate::read::{Guarded, Wanted};

/// As much of what a process complains of as is kept, in bytes.
const MOST_COMPLAINTS: u64 = 64 << 10;

/// Has the executable open a workbook.
///
/// # Errors
/// Why the workbook cannot be read: also that reading it took too long or too much memory, or that the reader broke down.
pub fn open(executable: &Path, guarded: &Guarded, bytes: &[u8], wanted: &Wanted) -> Answer {
    let limits = guarded.limits();
    let request = Request { guarded: *guarded, wanted: wanted.clone(), length: bytes.len() as u64 };
    let running = start(executable).map_err(|error| broke(format!("its process could not be started: {error}")))?;
    match ask(running, &request, bytes, limits) {
        Ok(Ended::Said(Heard::Answer(answer), _)) => *answer,
        Ok(Ended::Said(Heard::TooLong, _)) => Err(too_much_memory(limits)),
        Ok(Ended::Said(Heard::Nothing, complaints)) if is_out_of_memory(&complaints) => Err(too_much_memory(limits)),
        Ok(Ended::Said(Heard::Nothing, _)) => Err(broke(String::new())),
        Ok(Ended::OutOfTime) => Err(too_long(limits)),
        Err(error) => Err(broke(error.to_string())),
    }
}

fn broke(words: String) -> UnreadableWorkbook {
    UnreadableWorkbook::BrokeReader(words)
}

/// Whether a process complained that memory was refused it. It says so in a line of its own.
fn is_out_of_memory(complaints: &[u8]) -> bool {
    String::from_utf8_lossy(complaints).lines().any(|line| line.starts_with(OUT_OF_MEMORY))
}

/// A process that is ended, and seen off, when nobody waits for it any more.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended by itself cannot be ended, and need not be.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(executable: &Path) -> io::Result<Running> {
    let mut command = Command::new(executable);
    command.arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    without_window(&mut command);
    command.spawn().map(Running)
}

/// Keeps a window of its own from flashing up for each process.
#[cfg(windows)]
fn without_window(command: &mut Command) {
    use std::os::windows::process::CommandExt;

    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

/// Only on Windows do processes open windows by themselves.
#[cfg(not(windows))]
fn without_window(_command: &mut Command) {}

/// How a process ended.
enum Ended {
    /// After it had said something, or closed its output; with what it complained of.
    Said(Heard, Vec<u8>),
    /// Because its time was over.
    OutOfTime,
}

/// Talks to a process until it has answered or its time is over; in either case it is ended.
///
/// # Errors
/// When the threads that talk to it cannot be started.
fn ask(mut running: Running, request: &Request, bytes: &[u8], limits: &Limits) -> io::Result<Ended> {
    let (input, output, errors) = (running.0.stdin.take(), running.0.stdout.take(), running.0.stderr.take());
    let time = Duration::from_secs(limits.most(Limit::Seconds));
    // An answer lies here beside what is made of it, and more is made of that.
    let longest = limits.most(Limit::Memory) / 4;
    thread::scope(|scope| {
        // Owned here, so that it is ended before its threads are waited for, whatever happens.
        let running = running;
        // A process that ends without listening to the end has said why, or nothing. The input stays open until then: when it
        // closes, the process ends.
        let asking = Builder::new().spawn_scoped(scope, move || {
            input.map(|mut input| write_request(&mut input, request, bytes).map(|()| input))
        })?;
        let complaining = Builder::new().spawn_scoped(scope, move || beginning_of(errors))?;
        let (say, hear) = channel();
        Builder::new().spawn_scoped(scope, move || {
            say.send(output.map_or(Heard::Nothing, |mut output| read_answer(&mut output, longest)))
        })?;
        let heard = hear.recv_timeout(time);
        drop(running);
        drop(asking);
        let complaints = complaining.join().unwrap_or_default();
        Ok(match heard {
            Ok(heard) => Ended::Said(heard, complaints),
            Err(RecvTimeoutError::Timeout) => Ended::OutOfTime,
            Err(RecvTimeoutError::Disconnected) => Ended::Said(Heard::Nothing, complaints),
        })
    })
}

/// The beginning of what comes. The rest is read and let go, so that whoever writes it need not wait.
fn beginning_of(from: Option<impl Read>) -> Vec<u8> {
    let mut beginning = Vec::new();
    if let Some(mut from) = from {
        let _ = from.by_ref().take(MOST_COMPLAINTS).read_to_end(&mut beginning);
        let _ = io::copy(&mut from, &mut io::sink());
    }
    beginning
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_complained_of_in_a_line_of_its_own() {
        assert!(is_out_of_memory(b"thread 'main'\nmemory allocation of 2147483648 bytes failed\n"));
        assert!(!is_out_of_memory(b"thread 'main' panicked: the sheet memory allocation of \xff could not be read\n"));
    }

    #[test]
    fn complaints_are_kept_in_part_and_read_whole() {
        let mut long = io::repeat(b'x').take(10 << 20);
        assert_eq!(beginning_of(Some(&mut long)).len(), 65_536);
        assert_eq!(long.limit(), 0);
    }
}
