//! The output folder is written whole or not at all.
//!
//! A run holds the folder from its start ([`HeldFolder`]). New files are staged inside the folder and flushed to disk; a
//! journal says what will happen; the old files of ours are set aside, the committee's appendix first, the manifest last;
//! the new ones are moved in, the manifest before the appendix, which comes last; the journal goes. What was cut off is
//! completed or undone by the next run that takes the folder. At no moment do old and new outputs stand beside each other,
//! nor a final appendix without the manifest that vouches for it. Files that are not ours are never touched, and what an
//! officer wrote into one of ours is kept beside the new one: what was there before the exchange comes in with it, and what
//! is saved meanwhile, or while a run lies cut off, is kept before anything is removed.

mod disk;
mod error;
mod exchange;
mod found;
mod holder;
mod journal;
mod lock;
mod ours;
mod written;
mod yours;

use std::path::{Path, PathBuf};

use disk::{Disk, RealDisk};
pub use error::OutputError;
pub use found::{found, is_cut_off};
pub use holder::Holder;
use journal::{Direction, Journal, Marks};
use lock::Lock;
pub use ours::{FOR_COMMITTEE, FOR_OFFICERS, appendix_path};
pub use yours::Kept;

use super::manifest::{MANIFEST, ReadFile};

/// An output that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// The path below the output folder, with `/`, for example `for-officers/findings.html`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl OutputFile {
    /// An output from its path and content.
    pub fn new(path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.to_owned(), bytes: bytes.into() }
    }
}

/// What the next start found of a run that was cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recovered {
    /// Nothing was cut off, or not so far that an output had been touched.
    Nothing,
    /// The outputs of the run that was cut off are all in place.
    Completed,
    /// The outputs are as they were before the run that was cut off.
    Undone,
}

impl Recovered {
    /// What officers are told of it; nothing when nothing was cut off.
    pub fn in_words(self, folder: &Path) -> Option<String> {
        let what = match self {
            Self::Nothing => return None,
            Self::Completed => "Its outputs have been completed",
            Self::Undone => "The outputs from before it have been put back",
        };
        Some(format!("An earlier run was cut off while it wrote to {}. {what}.", folder.display()))
    }
}

/// An output folder that one run holds, from before it reads anything until its outputs are written: nobody else writes to
/// the folder meanwhile. It is given back when this is dropped, and by the system when the process ends, however it ends.
#[derive(Debug)]
pub struct HeldFolder {
    folder: PathBuf,
    lock: Lock,
    recovered: Recovered,
    kept: Vec<Kept>,
}

impl HeldFolder {
    /// Takes a folder, which is made if it is not there; completes or undoes what an earlier run left half done; and makes
    /// sure that outputs can be written, before any work is done. Others who come are told of the holder.
    ///
    /// # Errors
    /// [`OutputError`] when another run holds the folder; when it is a link or a file, cannot be made or written to, or
    /// holds a `manifest.json` of another program; when something else stands where outputs will; or when what was cut
    /// off could not be put right.
    pub fn take(folder: &Path, holder: &Holder) -> Result<Self, OutputError> {
        Self::take_on(&RealDisk, folder, holder)
    }

    /// What was found of an earlier run, and done about it.
    pub fn recovered(&self) -> Recovered {
        self.recovered
    }

    /// The outputs for officers that somebody had changed since an earlier run was cut off, and under which names they are
    /// kept.
    pub fn kept(&self) -> &[Kept] {
        &self.kept
    }

    /// Writes the outputs and the manifest: all of them, or none. What earlier runs wrote and this one does not goes. Gives
    /// the outputs for officers that somebody had changed, and under which names they are kept.
    ///
    /// # Errors
    /// [`OutputError`]; the outputs of earlier runs are then as they were, unless the error says otherwise.
    pub fn write(&self, files: &[OutputFile], manifest: &str) -> Result<Vec<Kept>, OutputError> {
        self.write_on(&RealDisk, files, manifest)
    }

    /// When an earlier run wrote the same, as its manifest says it, so that nothing needs to be written; none when it did not.
    /// The same is all but that time, and what an officer wrote into the outputs for officers since.
    ///
    /// # Errors
    /// [`OutputError`] when what is there cannot be read.
    pub fn written_at(&self, files: &[OutputFile], manifest: &str) -> Result<Option<String>, OutputError> {
        written::written_at(&self.folder, files, manifest)
    }

    /// Takes the final appendix away, all of it or nothing, unless it was made from just these workbooks; other outputs stay.
    /// Whether it was taken away.
    ///
    /// This is for the time when no outputs can be made of the workbooks that are there: the final appendix was made of
    /// others, and nobody may publish it by accident.
    ///
    /// # Errors
    /// [`OutputError`]; the appendix is then there as it was, unless the error says otherwise.
    pub fn withdraw_final(&self, workbooks: &[ReadFile]) -> Result<bool, OutputError> {
        self.withdraw_final_on(&RealDisk, workbooks)
    }

    fn take_on(disk: &dyn Disk, folder: &Path, holder: &Holder) -> Result<Self, OutputError> {
        let folder = plain_folder(folder)?;
        disk.create_folders(&folder).map_err(|source| OutputError::CannotMake { folder: folder.clone(), source })?;
        // Taking the lock writes a file, so it also tells whether the folder can be written to.
        let lock = Lock::take(&folder, holder)?;
        // What lies in the working folder is removed: it must be ours.
        plain_folder(&journal::staging(&folder))?;
        let mut kept = Vec::new();
        let recovered = recover(disk, &folder, &mut kept)?;
        ours::check(&folder)?;
        Ok(Self { folder, lock, recovered, kept })
    }

    fn write_on(&self, disk: &dyn Disk, files: &[OutputFile], manifest: &str) -> Result<Vec<Kept>, OutputError> {
        self.check_held()?;
        let mut kept = Vec::new();
        let mut files: Vec<OutputFile> = files.to_vec();
        // What is kept comes in like an output, so that it is there from the moment at which the changed file is not. The
        // manifest does not list it: from then on it is theirs, and no run touches it.
        let found = yours::found_for_officers(&self.folder, &files)?;
        for (this, bytes) in found.written {
            files.push(OutputFile::new(&this.kept_as, bytes));
            kept.push(this);
        }
        files.push(OutputFile::new(MANIFEST, manifest));
        files.sort_by_key(|file| ours::turn(&file.path));
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let mut journal = Journal::plan(&self.folder, &paths)?;
        // Staging takes seconds, and an officer may save a file meanwhile: the exchange compares with these.
        journal.marks = Some(Marks { old: found.marks, new: yours::marks(&files) });
        exchange::stage(disk, &self.folder, &files, &journal)?;
        exchange::run(disk, &self.folder, &journal, &mut kept)?;
        Ok(kept)
    }

    fn withdraw_final_on(&self, disk: &dyn Disk, workbooks: &[ReadFile]) -> Result<bool, OutputError> {
        self.check_held()?;
        let Some(journal) = written::withdrawal(&self.folder, workbooks)? else { return Ok(false) };
        exchange::stage(disk, &self.folder, &[], &journal)?;
        // Nothing for officers is touched, so nothing is to be kept.
        exchange::run(disk, &self.folder, &journal, &mut Vec::new())?;
        Ok(true)
    }

    fn check_held(&self) -> Result<(), OutputError> {
        if self.lock.is_held() { Ok(()) } else { Err(OutputError::Gone { folder: self.folder.clone() }) }
    }
}

/// Completes or undoes what an earlier run left half done in a folder that is held. What an officer changed since is added to
/// what was kept.
fn recover(disk: &dyn Disk, folder: &Path, kept: &mut Vec<Kept>) -> Result<Recovered, OutputError> {
    let Some(journal) = Journal::load(folder)? else {
        exchange::clear(disk, folder);
        return Ok(Recovered::Nothing);
    };
    if journal.direction == Direction::Forward && exchange::run(disk, folder, &journal, kept).is_ok() {
        return Ok(Recovered::Completed);
    }
    // A file may be open elsewhere, or staged files may be gone: then the earlier outputs come back. When that has
    // been done by `run` already, there is no journal left and nothing more to do.
    if let Some(journal) = Journal::load(folder)? {
        exchange::undo(disk, folder, &journal, kept)?;
    }
    Ok(Recovered::Undone)
}

/// The folder without a slash at its end (which would hide that it is a link), if it is one that can be written to or is
/// not there.
fn plain_folder(folder: &Path) -> Result<PathBuf, OutputError> {
    let folder: PathBuf = folder.components().collect();
    match folder.symlink_metadata() {
        Ok(found) if found.is_symlink() => Err(OutputError::Link { folder }),
        Ok(found) if !found.is_dir() => Err(OutputError::NotAFolder { path: folder }),
        Ok(_) | Err(_) => Ok(folder),
    }
}

#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod faulty_disk;
#[cfg(test)]
mod saved_meanwhile_tests;
#[cfg(test)]
mod tests;
