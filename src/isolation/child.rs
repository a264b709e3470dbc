//! The process that opens one workbook and ends.

use std::io::{self, Read};
use std::{process, thread};

use super::confine::confine;
use super::contain::contained;
use super::message::{Answer, read_request, read_workbook, write_answer};
use super::too_much_memory;
use crate::model::{Limits, UnreadableWorkbook};
use crate::read;

/// Opens the workbook that standard input asks for, within its limits, and writes the answer to standard output. Ends when
/// standard input does: then nobody waits for the answer.
///
/// # Errors
/// When standard input is no request, or the answer cannot be written.
pub fn serve() -> io::Result<()> {
    let request = read_request(&mut io::stdin().lock())?;
    let limits = request.guarded.limits();
    // Before the workbook comes, so that its bytes count too.
    confine(limits)?;
    let bytes = read_workbook(&mut io::stdin().lock(), &request)?;
    end_with_the_input();
    let answer = contained(|| read::open(&request.guarded, &bytes, &request.wanted));
    let answer = answer.unwrap_or_else(|| Err(UnreadableWorkbook::BrokeReader(String::new())));
    write_answer(&mut io::stdout().lock(), &memory_named(answer, limits))
}

/// Ends this process when whoever asks ends or is ended, whatever it is doing then.
fn end_with_the_input() {
    let wait = || {
        // Nothing more is said, so this waits for the end.
        let _ = io::stdin().lock().read(&mut [0]);
        process::exit(1);
    };
    // It needs hardly any stack. Where it cannot be had, processor time is limited still.
    let _ = thread::Builder::new().stack_size(64 << 10).spawn(wait);
}

/// Memory that was refused is no damage, though some readers take it for that: they are told of it instead of being ended.
fn memory_named(answer: Answer, limits: &Limits) -> Answer {
    /// The words of the Rust library.
    const REFUSED: [&str; 2] = ["out of memory", "memory allocation failed"];
    match answer {
        Err(UnreadableWorkbook::Damaged(words)) if REFUSED.iter().any(|refused| words.contains(refused)) => {
            Err(too_much_memory(limits))
        }
        answer => answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_that_was_refused_is_no_damage() {
        let limits = Limits::default();
        let damaged = |error: io::Error| Err(UnreadableWorkbook::Damaged(format!("it could not be read: {error}")));
        let refused = damaged(io::ErrorKind::OutOfMemory.into());
        assert_eq!(memory_named(refused, &limits), Err(too_much_memory(&limits)));
        let cut_off = damaged(io::ErrorKind::UnexpectedEof.into());
        assert_eq!(memory_named(cut_off.clone(), &limits), cut_off);
    }
}
