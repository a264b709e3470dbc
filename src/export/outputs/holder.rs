//! Who holds an output folder, for the message to whoever comes second.

use std::fmt;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::export::visible::visible_text;

/// The note lies beside the lock: Windows lets nobody read a file that is locked.
const NAME: &str = ".crosscast-held-by";

/// A run, as another one is told of it. Displayed, it is `process 1234, since 3 July 2023 at 09:30 UTC`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// The number of its process.
    pub process: u32,
    /// The name of the computer that it runs on, where that is known: a process of another computer is not found on this
    /// one.
    pub computer: Option<String>,
    /// When it began, in words.
    pub since: String,
}

impl Holder {
    /// Leaves the note. It is a courtesy to others: a run that cannot leave it goes on without.
    pub(super) fn leave(&self, folder: &Path) {
        // Removed and made anew: were it a link to another file, that one would be overwritten.
        Self::take_away(folder);
        let note = File::options().write(true).create_new(true).open(note(folder));
        if let (Ok(mut note), Ok(text)) = (note, serde_json::to_vec(self)) {
            let _ = note.write_all(&text);
        }
    }

    /// Takes the note away.
    pub(super) fn take_away(folder: &Path) {
        let _ = fs::remove_file(note(folder));
    }

    /// Who left a note; none when there is no note, or one that is not written to its end yet.
    pub(super) fn of(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(note(folder)).ok()?).ok()
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "process {}", self.process)?;
        if let Some(computer) = &self.computer {
            write!(formatter, " on {}", visible_text(computer))?;
        }
        write!(formatter, ", since {}", visible_text(&self.since))
    }
}

fn note(folder: &Path) -> PathBuf {
    folder.join(NAME)
}
