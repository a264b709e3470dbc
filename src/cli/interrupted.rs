//! Ctrl-C in a command that does one job and ends: it ends at once, and what it was to write is there whole or not at all.
//!
//! `watch` goes on until somebody stops it, and has [`super::stopping`].

use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, Builder};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::progress::Bar;
use crate::export::console::visible_text;
use crate::export::manifest::MANIFEST;
use crate::export::outputs::{HeldFolder, is_cut_off};

/// The exit status of a program that was interrupted, as shells know it.
const INTERRUPTED: i32 = 130;
/// In this time a second signal is the first once more: programs that start others send it on to them, and the terminal has
/// sent it already.
const SAME_PRESS: Duration = Duration::from_millis(500);
/// How often it is looked whether outputs are still being exchanged.
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);

/// What is given back, and said, when the command is interrupted.
#[derive(Default)]
struct AtWork {
    bar: Option<Bar>,
    output: Option<Output>,
    /// Whether a file or a folder of the command's own was written.
    has_written: bool,
}

/// The outputs of a run.
struct Output {
    folder: PathBuf,
    was_there: bool,
    /// Held by the command, until it takes it to write.
    held: Option<HeldFolder>,
    /// The manifest that comes with the outputs that are being written, or were.
    manifest: Option<String>,
}

/// Ends the process when Ctrl-C is pressed, its window is closed, or the system asks it to end.
///
/// Whoever does what must not be cut off has this locked, so that an interruption waits until it is done. A second Ctrl-C
/// does not wait: the next run completes or undoes what was cut off.
pub struct Interruption(Arc<Mutex<AtWork>>);

impl Interruption {
    /// Begins to listen. May be called once in a process. Where the system does not let it listen, an interruption ends the
    /// process as it ends any.
    pub fn listen() -> Self {
        let at_work = Arc::new(Mutex::new(AtWork::default()));
        let (ours, first) = (Arc::clone(&at_work), OnceLock::new());
        let stop = move || {
            let now = Instant::now();
            if first.set(now).is_err() {
                if first.get().is_some_and(|first: &Instant| now.duration_since(*first) > SAME_PRESS) {
                    process::exit(INTERRUPTED);
                }
                return;
            }
            let theirs = Arc::clone(&ours);
            // A thread of its own, so that a second Ctrl-C is heard while this one waits.
            if Builder::new().spawn(move || end(&theirs)).is_err() {
                end(&ours);
            }
        };
        let _ = ctrlc::set_handler(stop);
        Self(at_work)
    }

    /// Takes a line that is drawn, to take it off the screen.
    pub fn draws(&self, bar: &Bar) {
        locked(&self.0).bar = Some(bar.clone());
    }

    /// Takes the folder that the outputs will be written to, which is held by the command, and whether it was there before.
    pub fn holds(&self, folder: &Path, was_there: bool, held: HeldFolder) {
        locked(&self.0).output =
            Some(Output { folder: folder.to_owned(), was_there, held: Some(held), manifest: None });
    }

    /// Writes the outputs that come with a manifest into the folder that is held.
    ///
    /// An interruption while they are being staged ends the process: without a journal, what was staged means nothing and is
    /// removed by the next run. From the journal on they are exchanged within moments, and are waited for.
    ///
    /// # Errors
    /// Those of `write`, and when no folder is held.
    pub fn write<T>(&self, manifest: &str, write: impl FnOnce(&HeldFolder) -> Result<T>) -> Result<T> {
        let held = locked(&self.0).output.as_mut().and_then(|output| {
            output.manifest = Some(manifest.to_owned());
            output.held.take()
        });
        let Some(held) = held else { bail!("No output folder is held. Run again.") };
        let written = write(&held);
        if let Some(output) = &mut locked(&self.0).output {
            output.held = Some(held);
        }
        written
    }

    /// Writes something that takes but a moment. An interruption waits for it.
    pub fn wait_for<T>(&self, write: impl FnOnce() -> Result<T>) -> Result<T> {
        let mut at_work = locked(&self.0);
        let written = write();
        at_work.has_written |= written.is_ok();
        written
    }

    /// Gives the folder back and takes the line off the screen. From here on nothing is left to be cut off.
    pub fn release(&self) {
        let mut at_work = locked(&self.0);
        if let Some(output) = &mut at_work.output {
            output.held = None;
        }
        if let Some(bar) = at_work.bar.take() {
            bar.finish();
        }
    }
}

/// Leaves it to the process that started this one to be interrupted: Ctrl-C reaches both, and what this one is to open must
/// not look broken to the other. It ends when the other does.
pub fn leave_to_the_other() {
    let _ = ctrlc::set_handler(|| {});
}

/// What a thread left that broke down is as good as ever: the folder is given back in any case.
fn locked(at_work: &Mutex<AtWork>) -> MutexGuard<'_, AtWork> {
    at_work.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the process. From the moment at which it looks for the last time it keeps everything locked, so that nothing is begun
/// any more, and nothing is said but by it.
fn end(at_work: &Mutex<AtWork>) -> ! {
    let mut at_work = loop {
        let at_work = locked(at_work);
        let is_exchanging =
            at_work.output.as_ref().is_some_and(|output| output.is_written() && is_cut_off(&output.folder));
        if !is_exchanging {
            break at_work;
        }
        drop(at_work);
        thread::sleep(BETWEEN_LOOKS);
    };
    if let Some(bar) = at_work.bar.take() {
        bar.finish();
    }
    let said = said(&at_work);
    if let Some(output) = &mut at_work.output {
        output.give_back();
    }
    eprintln!("Stopped. {said}");
    process::exit(INTERRUPTED);
}

impl Output {
    /// Whether the command has the folder to itself, to write to it.
    fn is_written(&self) -> bool {
        self.held.is_none() && self.manifest.is_some()
    }

    /// Whether the outputs that are there are those of this run.
    fn is_new(&self) -> bool {
        let there = fs::read_to_string(self.folder.join(MANIFEST));
        self.manifest.is_some() && there.ok() == self.manifest
    }

    fn give_back(&mut self) {
        self.held = None;
        if !self.was_there {
            // Only an empty folder can be removed so.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

fn said(at_work: &AtWork) -> String {
    match &at_work.output {
        Some(output) if output.is_new() => {
            format!("The outputs of this run are written to {}.", visible_text(&output.folder.display().to_string()))
        }
        Some(output) if output.folder.join(MANIFEST).exists() => {
            "The outputs of the last run are as they were.".to_owned()
        }
        Some(_) => "No outputs were made.".to_owned(),
        None if at_work.has_written => "What was to be written is written.".to_owned(),
        None => "Nothing was written.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(folder: &Path, manifest: Option<&str>) -> AtWork {
        let output =
            Output { folder: folder.to_owned(), was_there: true, held: None, manifest: manifest.map(str::to_owned) };
        AtWork { output: Some(output), ..AtWork::default() }
    }

    #[test]
    fn what_is_said_is_what_lies_there() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(said(&AtWork::default()), "Nothing was written.");
        assert_eq!(said(&AtWork { has_written: true, ..AtWork::default() }), "What was to be written is written.");
        assert_eq!(said(&output(folder.path(), None)), "No outputs were made.");
        assert_eq!(said(&output(folder.path(), Some("new"))), "No outputs were made.");
        fs::write(folder.path().join("manifest.json"), "old").unwrap();
        for manifest in [None, Some("new")] {
            let said = said(&output(folder.path(), manifest));
            assert_eq!(said, "The outputs of the last run are as they were.", "{manifest:?}");
        }
        fs::write(folder.path().join("manifest.json"), "new").unwrap();
        let expected = format!("The outputs of this run are written to {}.", folder.path().display());
        assert_eq!(said(&output(folder.path(), Some("new"))), expected);
    }
}
