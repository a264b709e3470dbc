//! What is said between the processes: the length of a request, the request, and the bytes of the workbook; and back, the
//! answer.

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
}

/// What came of it.
pub type Answer = Result<Opened, UnreadableWorkbook>;

/// Writes a request and the bytes that it is about.
///
/// # Errors
/// When the other process no longer listens.
pub fn write_request(to: &mut impl Write, request: &Request, bytes: &[u8]) -> io::Result<()> {
    let words = postcard::to_stdvec(request).map_err(io::Error::other)?;
    to.write_all(&(words.len() as u64).to_le_bytes())?;
    to.write_all(&words)?;
    to.write_all(bytes)?;
    to.flush()
}

/// Reads a request and the bytes that it is about.
///
/// # Errors
/// When what comes is no request.
pub fn read_request(from: &mut impl Read) -> io::Result<(Request, Vec<u8>)> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let mut words = Vec::new();
    from.take(u64::from_le_bytes(length)).read_to_end(&mut words)?;
    let request = postcard::from_bytes(&words).map_err(io::Error::other)?;
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    Ok((request, bytes))
}

/// An answer as bytes.
///
/// # Errors
/// When it cannot be written so.
pub fn written_answer(answer: &Answer) -> io::Result<Vec<u8>> {
    postcard::to_stdvec(answer).map_err(io::Error::other)
}

/// The answer that bytes are; none when they are none, as of a process that ended halfway.
pub fn read_answer(bytes: &[u8]) -> Option<Answer> {
    let (answer, rest) = postcard::take_from_bytes(bytes).ok()?;
    rest.is_empty().then_some(answer)
}
