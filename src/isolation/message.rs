//! What is said between the processes: what to open and the bytes of the workbook; and back, the answer. Each says first how
//! long it is, so that nobody has to wait for the other to end.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use crate::model::UnreadableWorkbook;
use crate::read::{Guarded, Opened, Wanted};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// What is known of the workbook, and its limits.
    pub guarded: Guarded,
    /// Of which sheets the cells are wanted.
    pub wanted: Wanted,
    /// How many bytes the workbook has.
    pub length: u64,
}

/// What came of it.
pub type Answer = Result<Opened, UnreadableWorkbook>;

/// What was heard of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// All of it.
    Answer(Answer),
    /// That it is longer than may be.
    TooLong,
    /// Something else, or less than it said; or nothing, as of a process that ended before.
    Nothing,
}

/// How an answer begins: whatever else a process writes is none.
const ANSWER: [u8; 8] = *b"answer:\n";

/// Writes a request and the workbook that it is about.
///
/// # Errors
/// When the other process no longer listens.
pub fn write_request(to: &mut impl Write, request: &Request, workbook: &[u8]) -> io::Result<()> {
    let words = postcard::to_stdvec(request).map_err(io::Error::other)?;
    to.write_all(&(words.len() as u64).to_le_bytes())?;
    to.write_all(&words)?;
    to.write_all(workbook)?;
    to.flush()
}

/// Reads a request; the workbook comes after it.
///
/// # Errors
/// When what comes is no request.
pub fn read_request(from: &mut impl Read) -> io::Result<Request> {
    let length = read_length(from)?;
    postcard::from_bytes(&read_exactly(from, length)?).map_err(io::Error::other)
}

/// Reads the workbook that a request is about.
///
/// # Errors
/// When less comes than was said.
pub fn read_workbook(from: &mut impl Read, request: &Request) -> io::Result<Vec<u8>> {
    read_exactly(from, request.length)
}

/// Writes an answer.
///
/// # Errors
/// When the other process no longer listens.
pub fn write_answer(to: &mut impl Write, answer: &Answer) -> io::Result<()> {
    let words = postcard::to_stdvec(answer).map_err(io::Error::other)?;
    to.write_all(&ANSWER)?;
    to.write_all(&(words.len() as u64).to_le_bytes())?;
    to.write_all(&words)?;
    to.flush()
}

/// Reads an answer of no more than so many bytes, and nothing behind it.
pub fn read_answer(from: &mut impl Read, most: u64) -> Heard {
    let mut begins = [0; ANSWER.len()];
    if from.read_exact(&mut begins).is_err() || begins != ANSWER {
        return Heard::Nothing;
    }
    match read_length(from) {
        Ok(length) if length > most => Heard::TooLong,
        Ok(length) => {
            let words = read_exactly(from, length).ok();
            words.and_then(|words| postcard::from_bytes(&words).ok()).map_or(Heard::Nothing, Heard::Answer)
        }
        Err(_) => Heard::Nothing,
    }
}

fn read_length(from: &mut impl Read) -> io::Result<u64> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    Ok(u64::from_le_bytes(length))
}

/// Reads so many bytes. Room is made as they come, since what was said need not be true.
fn read_exactly(from: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(answer: &Answer) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_answer(&mut bytes, answer).unwrap();
        bytes
    }

    #[test]
    fn an_answer_is_heard_as_it_was_given() {
        for answer in [Ok(Opened::default()), Err(UnreadableWorkbook::Damaged("it is cut off".to_owned()))] {
            assert_eq!(read_answer(&mut written(&answer).as_slice(), 1000), Heard::Answer(answer));
        }
    }

    #[test]
    fn what_is_no_whole_answer_is_nothing() {
        let whole = written(&Err(UnreadableWorkbook::Empty));
        for length in 0..whole.len() {
            assert_eq!(read_answer(&mut &whole[..length], 1000), Heard::Nothing, "{length} bytes");
        }
        assert_eq!(read_answer(&mut &b"running 0 tests\n\ntest result: ok. 0 passed"[..], 1000), Heard::Nothing);
        let other = [&ANSWER[..], &3u64.to_le_bytes(), &[9, 9, 9]].concat();
        assert_eq!(read_answer(&mut other.as_slice(), 1000), Heard::Nothing);
    }

    #[test]
    fn an_answer_may_be_as_long_as_allowed_and_no_longer() {
        let answer = Err(UnreadableWorkbook::Damaged("x".repeat(98)));
        let bytes = written(&answer);
        // A byte that says that it is an error, one for which, and one for the length of the text.
        assert_eq!(read_answer(&mut bytes.as_slice(), 101), Heard::Answer(answer));
        assert_eq!(read_answer(&mut bytes.as_slice(), 100), Heard::TooLong);
    }
}
