//! One run at a time in an output folder.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::OutputError;
use super::holder::Holder;

const NAME: &str = ".crosscast-lock";

/// How often a lock that another has is tried for again, and after what time.
const TRIES: usize = 20;
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// Holds the output folder for one run. The system gives the lock back when the process ends, however it ends, so a
/// lock file that was left behind stands in nobody's way. Processes that this one starts do not hold it: the standard
/// library opens files so that no other program inherits them.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    file: Option<File>,
}

impl Lock {
    /// Takes the folder and leaves a note who has it, or says who else has it.
    pub fn take(folder: &Path, holder: &Holder) -> Result<Self, OutputError> {
        let lock = Self::take_alone(folder)?;
        holder.leave(folder);
        Ok(lock)
    }

    /// Whether the folder is still held: it may have been moved or removed since.
    pub fn is_held(&self) -> bool {
        self.file.as_ref().is_some_and(|file| is_still_there(file, &self.path))
    }

    fn take_alone(folder: &Path) -> Result<Self, OutputError> {
        let path = folder.join(NAME);
        let mut tries = 0;
        loop {
            let file = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
                .map_err(|source| OutputError::CannotWrite { folder: folder.to_owned(), source })?;
            match file.try_lock() {
                Ok(()) if is_still_there(&file, &path) => return Ok(Self { path, file: Some(file) }),
                // The run before removed the file between our opening and our locking it: take the new one.
                Ok(()) => {}
                // A run that was killed while it started a process lives on in that one until it has begun.
                Err(TryLockError::WouldBlock) if tries < TRIES => {
                    tries += 1;
                    thread::sleep(BETWEEN_TRIES);
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(OutputError::Busy { folder: folder.to_owned(), holder: Holder::of(folder) });
                }
                // A network drive without locks: better no lock than no outputs.
                Err(TryLockError::Error(_)) => return Ok(Self { path, file: Some(file) }),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // In a folder that was moved away and made anew, the note may be that of another run.
        if self.is_held()
            && let Some(folder) = self.path.parent()
        {
            Holder::take_away(folder);
        }
        // Unix removes the name while the lock is held, so that no other run can take the file in between; elsewhere
        // the file must be closed first. A lock file that stays is harmless.
        if cfg!(unix) {
            if self.is_held() {
                let _ = fs::remove_file(&self.path);
            }
            self.file = None;
        } else {
            self.file = None;
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    match (file.metadata(), fs::metadata(path)) {
        (Ok(locked), Ok(named)) => (locked.dev(), locked.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_there(_file: &File, path: &Path) -> bool {
    path.is_file()
}
