//! Old outputs out, new ones in; and the way back.
//!
//! Each step can be done again after it was cut off: what a file's name holds tells how far it came. The manifest goes after
//! the appendix that it vouches for, and comes before it. The names are flushed there, so that this is true of the disk too
//! when the power fails.
//!
//! An officer may save a file at any moment of it, and between a run that was cut off and the next start. So nothing for
//! officers is removed or replaced before it has been compared with what the journal says that it held.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::journal::{Direction, Journal, aside, incoming, parents, staging};
use super::ours::below;
use super::{Kept, MANIFEST, OutputError, OutputFile, yours};

/// Writes the new outputs into the working folder and then the journal. If that fails, nothing is left of it.
pub fn stage(disk: &dyn Disk, folder: &Path, files: &[OutputFile], journal: &Journal) -> Result<(), OutputError> {
    let staged = stage_files(disk, folder, files, journal).and_then(|()| journal.save(disk, folder));
    staged.map_err(|source| {
        // The journal may be there already if only its flushing failed: it goes first, or the next start would act on it.
        let _ = Journal::remove(disk, folder);
        clear(disk, folder);
        OutputError::CannotWrite { folder: folder.to_owned(), source }
    })
}

fn stage_files(disk: &dyn Disk, folder: &Path, files: &[OutputFile], journal: &Journal) -> io::Result<()> {
    let (incoming, aside) = (incoming(folder), aside(folder));
    disk.create_folders(&incoming)?;
    disk.create_folders(&aside)?;
    for (place, paths) in [(&incoming, &journal.new), (&aside, &journal.old)] {
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        for parent in parents(&paths) {
            disk.create_folders(&below(place, &parent))?;
        }
    }
    for file in files {
        disk.write(&journal.waits(folder, &file.path), &file.bytes)?;
    }
    flush(disk, &incoming, &journal.new)?;
    disk.flush_folder(&staging(folder))?;
    disk.flush_folder(folder)
}

/// Exchanges the outputs by the journal, from wherever it was cut off. If that fails, the old outputs come back. What an
/// officer changed since the journal was written is added to what was kept.
pub fn run(disk: &dyn Disk, folder: &Path, journal: &Journal, kept: &mut Vec<Kept>) -> Result<(), OutputError> {
    if let Err(failure) = forward(disk, folder, journal, kept) {
        undo(disk, folder, journal, kept)?;
        return Err(OutputError::InUse { path: failure.path, source: failure.source });
    }
    clear(disk, folder);
    Ok(())
}

/// Brings the old outputs back, from wherever that was cut off. What an officer changed since is added to what was kept.
pub fn undo(disk: &dyn Disk, folder: &Path, journal: &Journal, kept: &mut Vec<Kept>) -> Result<(), OutputError> {
    back(disk, folder, journal, kept)
        .map_err(|failure| OutputError::NotPutBack { path: failure.path, source: failure.source })?;
    clear(disk, folder);
    Ok(())
}

/// Removes the working folder as far as it can be removed. What stays (a file that is open elsewhere) goes at the next
/// start: without a journal it means nothing.
pub fn clear(disk: &dyn Disk, folder: &Path) {
    remove_tree(disk, &staging(folder));
}

/// A step that failed, with the file it was about.
struct Failure {
    path: PathBuf,
    source: io::Error,
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let path = path.to_owned();
    move |source| Failure { path, source }
}

fn forward(disk: &dyn Disk, folder: &Path, journal: &Journal, kept: &mut Vec<Kept>) -> Result<(), Failure> {
    for path in &journal.old {
        if path == MANIFEST {
            flush(disk, folder, &journal.old).map_err(at(folder))?;
        }
        let (here, there) = (below(folder, path), journal.lies_aside(folder, path));
        // What was set aside before is not done again: the file that stands there now is the new one.
        if !is_there(&there) && is_there(&here) {
            disk.rename(&here, &there).map_err(at(&here))?;
        }
    }
    if !journal.new.iter().any(|path| path == MANIFEST) {
        // A final appendix is taken away, and nothing comes.
        flush(disk, folder, &journal.old).map_err(at(folder))?;
    }
    for path in &journal.folders {
        let place = below(folder, path);
        disk.create_folders(&place).map_err(at(&place))?;
    }
    for path in &journal.new {
        let (here, there) = (below(folder, path), journal.waits(folder, path));
        if is_there(&there) {
            // The old one was set aside: what is there now, somebody saved since.
            let theirs = yours::keep(disk, folder, journal, path, &here, journal.mark_of_new(path));
            kept.extend(theirs.map_err(at(&here))?);
            disk.rename(&there, &here).map_err(at(&here))?;
        } else if !is_there(&here) {
            return Err(at(&here)(io::Error::new(io::ErrorKind::NotFound, "the staged file is gone")));
        }
        if path == MANIFEST {
            flush(disk, folder, &journal.new).map_err(at(folder))?;
        }
    }
    for path in &journal.old {
        // Only now that nobody finds it under its name any more is it as it will stay.
        let there = journal.lies_aside(folder, path);
        let theirs = yours::keep(disk, folder, journal, path, &there, journal.mark_of_old(path));
        kept.extend(theirs.map_err(at(&below(folder, path)))?);
    }
    flush(disk, folder, &journal.new).map_err(at(folder))?;
    Journal::remove(disk, folder).map_err(at(&staging(folder)))
}

fn back(disk: &dyn Disk, folder: &Path, journal: &Journal, kept: &mut Vec<Kept>) -> Result<(), Failure> {
    // Said first, so that a start after another cut does not go forward again over half of the way back.
    let turned = Journal { direction: Direction::Back, ..journal.clone() };
    turned.save(disk, folder).map_err(at(&staging(folder)))?;
    for path in journal.new.iter().rev() {
        if path == MANIFEST {
            flush(disk, folder, &journal.new).map_err(at(folder))?;
        }
        let (here, there) = (below(folder, path), journal.waits(folder, path));
        let is_new = !journal.old.contains(path) || is_there(&journal.lies_aside(folder, path));
        if is_new && !is_there(&there) && is_there(&here) {
            disk.rename(&here, &there).map_err(at(&here))?;
        }
    }
    for path in journal.old.iter().rev() {
        let (here, there) = (below(folder, path), journal.lies_aside(folder, path));
        if is_there(&there) {
            // The new one has gone to where it waited: what is there now, somebody saved since.
            let theirs = yours::keep(disk, folder, journal, path, &here, journal.mark_of_new(path));
            kept.extend(theirs.map_err(at(&here))?);
            disk.rename(&there, &here).map_err(at(&here))?;
        }
        if path == MANIFEST {
            flush(disk, folder, &journal.old).map_err(at(folder))?;
        }
    }
    for path in &journal.new {
        let there = journal.waits(folder, path);
        let theirs = yours::keep(disk, folder, journal, path, &there, journal.mark_of_new(path));
        kept.extend(theirs.map_err(at(&below(folder, path)))?);
    }
    for path in journal.folders.iter().rev() {
        let place = below(folder, path);
        // Somebody may have put a file of theirs there meanwhile: then the folder stays.
        if place.is_dir() {
            let _ = disk.remove_folder(&place);
        }
    }
    flush(disk, folder, &journal.old).map_err(at(folder))?;
    Journal::remove(disk, folder).map_err(at(&staging(folder)))
}

/// Flushes the names in the folders that files lie in, and in the folder above them all.
fn flush(disk: &dyn Disk, folder: &Path, paths: &[String]) -> io::Result<()> {
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    for parent in parents(&paths) {
        let place = below(folder, &parent);
        if place.is_dir() {
            disk.flush_folder(&place)?;
        }
    }
    disk.flush_folder(folder)
}

/// Whether a name is taken, be it by a link that leads nowhere.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn remove_tree(disk: &dyn Disk, folder: &Path) {
    let Ok(entries) = folder.read_dir() else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.symlink_metadata().is_ok_and(|there| there.is_dir()) {
            remove_tree(disk, &path);
        } else {
            let _ = disk.remove_file(&path);
        }
    }
    let _ = disk.remove_folder(folder);
}
