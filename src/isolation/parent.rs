//! Asking another process to open a workbook, and waiting no longer than its limit of time.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::COMMAND;
use super::message::{Answer, Request, read_answer, write_request};
use crate::model::{BeyondLimit, Limit, Limits, UnreadableWorkbook};
use crate::read::{Guarded, Opened, Wanted};

/// How a process says that memory was refused it (the Rust library's words).
const OUT_OF_MEMORY: &str = "memory allocation of";

/// Has the executable open a workbook.
///
/// # Errors
/// Why the workbook cannot be read: also that reading it took too long or too much memory, or that the reader broke down.
pub fn open(executable: &Path, guarded: &Guarded, bytes: &[u8], wanted: &Wanted) -> Result<Opened, UnreadableWorkbook> {
    let broke = |words: String| UnreadableWorkbook::BrokeReader(words);
    let command = Command::new(executable)
        .arg(COMMAND)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let child = command.map_err(|error| broke(format!("its process could not be started: {error}")))?;
    let request = Request { guarded: *guarded, wanted: wanted.clone() };
    match ended(child, &request, bytes, guarded.limits()) {
        Ok(Some(ended)) => ended.answer(guarded.limits()),
        Ok(None) => Err(too_long(guarded.limits())),
        Err(error) => Err(broke(error.to_string())),
    }
}

/// What a process left when it ended.
struct Ended {
    said: Vec<u8>,
    complained: String,
}

impl Ended {
    fn answer(&self, limits: &Limits) -> Answer {
        match read_answer(&self.said) {
            Some(answer) => answer,
            None if self.complained.contains(OUT_OF_MEMORY) => Err(too_much_memory(limits)),
            None => Err(UnreadableWorkbook::BrokeReader(String::new())),
        }
    }
}

/// Talks to a process until it ends; none when it did not in time, and was ended.
fn ended(mut child: Child, request: &Request, bytes: &[u8], limits: &Limits) -> io::Result<Option<Ended>> {
    let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let time = Duration::from_secs(limits.most(Limit::Seconds));
    thread::scope(|scope| {
        // A process that ends without listening to the end has said why, or nothing.
        scope.spawn(move || input.map(|mut input| write_request(&mut input, request, bytes)));
        let complained = scope.spawn(move || read_all(errors));
        let (done, waiting) = channel();
        scope.spawn(move || done.send(read_all(output)));
        let said = waiting.recv_timeout(time);
        if said.is_err() {
            child.kill()?;
        }
        child.wait()?;
        let complained = complained.join().unwrap_or_default();
        match said {
            Ok(said) => Ok(Some(Ended { said, complained: String::from_utf8_lossy(&complained).into_owned() })),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Ok(None),
        }
    })
}

/// All that comes; what broke off is as long as it is.
fn read_all(from: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut from) = from {
        let _ = from.read_to_end(&mut bytes);
    }
    bytes
}

fn too_long(limits: &Limits) -> UnreadableWorkbook {
    let most = limits.most(Limit::Seconds);
    let what = format!("reading it takes more than {} seconds", Limit::Seconds.said(most));
    BeyondLimit { limit: Limit::Seconds, most, what }.into()
}

fn too_much_memory(limits: &Limits) -> UnreadableWorkbook {
    let most = limits.most(Limit::Memory);
    let what = format!("reading it takes more than {} of memory", Limit::Memory.said(most));
    BeyondLimit { limit: Limit::Memory, most, what }.into()
}
