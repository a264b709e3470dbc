//! The process that opens one workbook and ends.

use std::io::{self, Write};

use super::message::{read_request, written_answer};
use crate::model::Limit;
use crate::read;

/// Opens the workbook that standard input asks for, within its limit of memory, and writes the answer to standard output.
///
/// # Errors
/// When standard input is no request, or the answer cannot be written.
pub fn serve() -> io::Result<()> {
    let (request, bytes) = read_request(&mut io::stdin().lock())?;
    limit_memory(request.guarded.limits().most(Limit::Memory))?;
    let answer = read::open(&request.guarded, &bytes, &request.wanted);
    let mut output = io::stdout().lock();
    output.write_all(&written_answer(&answer)?)?;
    output.flush()
}

/// Has the system refuse this process more memory than so many bytes; what asks for more aborts.
#[cfg(unix)]
fn limit_memory(bytes: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};

    setrlimit(Resource::As, Rlimit { current: Some(bytes), maximum: Some(bytes) })?;
    Ok(())
}

/// Has the system refuse this process more memory than so many bytes; what asks for more aborts.
#[cfg(windows)]
fn limit_memory(bytes: u64) -> io::Result<()> {
    use win32job::{ExtendedLimitInfo, Job};

    let mut limits = ExtendedLimitInfo::new();
    limits.limit_process_memory(usize::try_from(bytes).unwrap_or(usize::MAX));
    let job = Job::create_with_limit_info(&limits).map_err(io::Error::other)?;
    job.assign_current_process().map_err(io::Error::other)?;
    // The limit holds as long as the job is open.
    std::mem::forget(job);
    Ok(())
}
