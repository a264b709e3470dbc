//! Ending a program that runs until somebody stops it: at once, but never while outputs are being written.

use std::io::{Write, stdout};
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;

use anyhow::{Context, Result};

use super::progress::Bar;
use crate::export::outputs::{HeldFolder, OutputError};

/// What is given back, and said, when the program is stopped.
#[derive(Default)]
struct AtWork {
    held: Option<HeldFolder>,
    bar: Option<Bar>,
    made_at: Option<String>,
}

/// Ends the program when Ctrl-C is pressed, its window is closed, or the system asks it to end.
///
/// The output folder lies here while it is held. Whoever works with it has this locked, so that a stop waits until that is
/// done; nothing else is waited for. A second Ctrl-C does not wait: the next run completes or undoes what was cut off.
pub struct Stopping(Arc<Mutex<AtWork>>);

impl Stopping {
    /// Begins to listen. May be called once in a process.
    ///
    /// # Errors
    /// When the system does not let the program listen.
    pub fn listen() -> Result<Self> {
        let at_work = Arc::new(Mutex::new(AtWork::default()));
        let (ours, was_asked) = (Arc::clone(&at_work), AtomicBool::new(false));
        let stop = move || {
            if was_asked.swap(true, Ordering::SeqCst) {
                process::exit(0);
            }
            let theirs = Arc::clone(&ours);
            // A thread of its own, so that a second Ctrl-C is heard while this one waits.
            if Builder::new().spawn(move || end(&theirs)).is_err() {
                end(&ours);
            }
        };
        ctrlc::set_handler(stop).context("Ctrl-C could not be listened for")?;
        Ok(Self(at_work))
    }

    /// Takes a folder that is held, and a bar that is drawn meanwhile.
    ///
    /// # Errors
    /// Those of `take`. Nobody is stopped while it works: what it left beside the outputs would stay there.
    pub fn hold(&self, take: impl FnOnce() -> Result<HeldFolder, OutputError>, bar: &Bar) -> Result<(), OutputError> {
        let mut at_work = locked(&self.0);
        at_work.held = Some(take()?);
        at_work.bar = Some(bar.clone());
        Ok(())
    }

    /// Works with the folder that is held, and is not stopped in between; none when no folder is held.
    pub fn work<T>(&self, work: impl FnOnce(&HeldFolder) -> T) -> Option<T> {
        locked(&self.0).held.as_ref().map(work)
    }

    /// Gives the folder back and takes the bar off the screen.
    pub fn release(&self) {
        let mut at_work = locked(&self.0);
        at_work.held = None;
        if let Some(bar) = at_work.bar.take() {
            bar.finish();
        }
    }

    /// Says when the outputs were made that are there now.
    pub fn made_at(&self, time: &str) {
        locked(&self.0).made_at = Some(time.to_owned());
    }
}

/// What a thread left that broke down is as good as ever: the folder is given back in any case.
fn locked(at_work: &Mutex<AtWork>) -> MutexGuard<'_, AtWork> {
    at_work.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the process. It stays locked to its end, so that nothing is begun any more.
fn end(at_work: &Mutex<AtWork>) {
    let mut at_work = locked(at_work);
    if let Some(bar) = at_work.bar.take() {
        bar.finish();
    }
    at_work.held = None;
    let outputs = match &at_work.made_at {
        Some(time) => format!("The outputs are those of {time}."),
        None => "No outputs were made.".to_owned(),
    };
    // A window that is gone hears nothing.
    let mut out = stdout().lock();
    let _ = writeln!(out, "Stopped. {outputs}");
    let _ = out.flush();
    process::exit(0);
}
