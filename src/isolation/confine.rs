//! What the system holds a process to that opens a workbook: its memory, its processor time, and that it leaves nothing behind.

use std::io;

use crate::model::{Limit, Limits};

/// Has the system hold this process to limits of memory and time, from now on and with all that it has taken already.
///
/// On Linux more memory is refused, and what asks for it aborts. On Windows its memory is looked at a hundred times a second,
/// and the process is ended when it has more. Other systems may take note of the limit and not hold to it, or not take it.
///
/// # Errors
/// When the system will not.
#[cfg(unix)]
pub fn confine(limits: &Limits) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    /// Lowers a limit; one that is lower already stays.
    fn lower(resource: Resource, most: u64) -> io::Result<()> {
        let most = getrlimit(resource).maximum.map_or(most, |maximum| maximum.min(most));
        Ok(setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?)
    }

    // Aborting is expected here, and a copy of the memory of each process that did would fill the disk. 1 and not 0, since
    // some systems hand such copies to a program whatever the limit, unless it is 1.
    lower(Resource::Core, 1)?;
    // Should whoever waits for this process be gone, and it not notice.
    lower(Resource::Cpu, limits.most(Limit::Seconds).saturating_add(1))?;
    match lower(Resource::As, limits.most(Limit::Memory)) {
        // The Mac takes no limit below the addresses that it sets aside for every process from its start, which are many
        // times this. There it is told of in vain, and only time is limited.
        Err(_) if !cfg!(target_os = "linux") => Ok(()),
        set => set,
    }
}

/// Has the system hold this process to limits of memory and time, from now on and with all that it has taken already.
///
/// # Errors
/// When the system will not.
#[cfg(windows)]
pub fn confine(limits: &Limits) -> io::Result<()> {
    use std::time::Duration;
    use std::{process, thread};

    use win32job::utils::{get_current_process, get_process_memory_info};

    use super::OUT_OF_MEMORY;

    /// Short enough that little is taken in between.
    const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

    // The crate cannot have a job refuse memory. What was promised to a process counts here as what it uses does, so that a
    // demand of many gigabytes is seen before it is filled.
    let most = limits.most(Limit::Memory);
    let look = move || loop {
        match get_process_memory_info(get_current_process()) {
            Ok(memory) if memory.private_usage as u64 > most => {
                eprintln!("{OUT_OF_MEMORY} more than {most} bytes was stopped");
                process::exit(1);
            }
            _ => thread::sleep(BETWEEN_LOOKS),
        }
    };
    thread::Builder::new().spawn(look).map(drop)
}

/// This system is not asked to hold a process to anything; its time is limited by whoever waits for it.
///
/// # Errors
/// Never.
#[cfg(not(any(unix, windows)))]
pub fn confine(_limits: &Limits) -> io::Result<()> {
    Ok(())
}
