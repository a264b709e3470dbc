//! A pack written into a folder of its own, whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::schema::PackFiles;

/// Why a pack could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PackFolderError {
    /// There is something in the folder, or a file in its place.
    #[error("{0} is there already and is not an empty folder. Nothing is overwritten: choose another folder.")]
    Taken(PathBuf),
    /// The operating system's answer.
    #[error("{path} could not be written: {source}.")]
    Write {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Whether a pack can be written there: there is nothing, or an empty folder.
///
/// # Errors
/// [`PackFolderError`] when there is something.
pub fn must_be_free(folder: &Path) -> Result<(), PackFolderError> {
    match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        _ => Err(PackFolderError::Taken(folder.to_owned())),
    }
}

/// Writes the files of a pack beside the folder, and puts them in its place when all are written.
///
/// # Errors
/// [`PackFolderError`] when the folder is not free or cannot be written; nothing is left behind then.
pub fn write(folder: &Path, files: &PackFiles) -> Result<(), PackFolderError> {
    must_be_free(folder)?;
    let staged = beside(folder);
    let written = write_all(&staged, files).and_then(|()| put_in_place(&staged, folder));
    if written.is_err() {
        // What cannot be taken away again is no worse than what is reported.
        let _ = fs::remove_dir_all(&staged);
    }
    written
}

/// A folder beside another, of this process alone.
fn beside(folder: &Path) -> PathBuf {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    folder.with_file_name(format!(".{name}.{}", std::process::id()))
}

fn write_all(staged: &Path, files: &PackFiles) -> Result<(), PackFolderError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| PackFolderError::Write { path, source }
    };
    for (path, text) in files.all() {
        // Windows knows no `/` in a path that was given in its long form.
        let path = staged.join(path.split('/').collect::<PathBuf>());
        let parent = path.parent().unwrap_or(staged);
        fs::create_dir_all(parent).map_err(failed(parent))?;
        let mut file = fs::File::create_new(&path).map_err(failed(&path))?;
        file.write_all(text.as_bytes()).map_err(failed(&path))?;
    }
    Ok(())
}

fn put_in_place(staged: &Path, folder: &Path) -> Result<(), PackFolderError> {
    let failed = |source| PackFolderError::Write { path: folder.to_owned(), source };
    if folder.is_dir() {
        // Only an empty one can be taken away like this.
        fs::remove_dir(folder).map_err(failed)?;
    }
    fs::rename(staged, folder).map_err(failed)
}
