//! Which files of an output folder are ours, and which belong to somebody else.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::OutputError;
use crate::export::manifest::{MANIFEST, Manifest};
use crate::model::sha256;

/// Where the committee's appendix stands, final or DRAFT, in the form of an ending: `pdf` or `html`.
pub fn appendix_path(is_final: bool, ending: &str) -> String {
    let mark = if is_final { "" } else { "-DRAFT" };
    format!("{FOR_COMMITTEE}committee-appendix{mark}.{ending}")
}

/// The folder of which everything may be published, and where nothing else lies, with `/` at its end.
pub const FOR_COMMITTEE: &str = "for-committee/";

/// The folder of what may hold more than the public may read, with `/` at its end.
pub const FOR_OFFICERS: &str = "for-officers/";

/// When a new output comes in: what is for officers, then the manifest, and only then what is for the committee. A manifest
/// that names a file which is not there yet vouches for nothing wrong; an appendix without its manifest would.
pub fn turn(path: &str) -> u8 {
    match path {
        MANIFEST => 1,
        _ if path.starts_with(FOR_COMMITTEE) => 2,
        _ => 0,
    }
}

/// The committee's appendix in every form: whatever lies under these names must never outlive the run that made it.
pub fn appendix() -> Vec<String> {
    let forms = [(true, "pdf"), (true, "html"), (false, "pdf"), (false, "html")];
    forms.map(|(is_final, ending)| appendix_path(is_final, ending)).into()
}

/// The place of an output below the folder.
pub fn below(folder: &Path, path: &str) -> PathBuf {
    path.split('/').fold(folder.to_owned(), |place, part| place.join(part))
}

/// Whether a path stays within the folder on every system, and is not one of our own working files.
pub fn is_name(path: &str) -> bool {
    !path.starts_with(".crosscast")
        && path.split('/').all(|part| {
            !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']) && !part.ends_with('.')
        })
}

/// Refuses a folder whose `manifest.json` this program did not write (the rest would not be ours either), or where
/// something else stands in the place of the appendix.
pub fn check(folder: &Path) -> Result<(), OutputError> {
    old_files(folder, &[]).map(|_| ())
}

/// The files of earlier runs that have to go, the appendix first, the manifest last: those that `paths` replace, the
/// appendix in every form, and what the earlier manifest lists, if it is still what was written then. A file that
/// somebody changed since, and that no new output replaces, is theirs.
pub fn old_files(folder: &Path, paths: &[&str]) -> Result<Vec<String>, OutputError> {
    let mut rest: BTreeSet<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    if let Some(manifest) = previous(folder)? {
        let unchanged = manifest.outputs.into_iter().filter(|file| {
            is_name(&file.path)
                && parents_are_folders(folder, &file.path).is_ok()
                && is_file(&below(folder, &file.path))
                && fs::read(below(folder, &file.path)).is_ok_and(|bytes| sha256(&bytes) == file.sha256)
        });
        rest.extend(unchanged.map(|file| file.path));
    }
    let mut old = appendix();
    rest.retain(|path| path != MANIFEST && !old.contains(path));
    old.extend(rest);
    old.push(MANIFEST.to_owned());
    let mut found = Vec::new();
    for path in old {
        parents_are_folders(folder, &path)?;
        let place = below(folder, &path);
        match place.symlink_metadata() {
            Ok(there) if there.is_dir() => return Err(OutputError::NotAFile { path: place }),
            Ok(_) => found.push(path),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(source) => return Err(OutputError::InUse { path: place, source }),
        }
    }
    Ok(found)
}

/// The folders that an output lies in must be folders, not links to elsewhere.
pub fn parents_are_folders(folder: &Path, path: &str) -> Result<(), OutputError> {
    let parts: Vec<&str> = path.split('/').collect();
    let mut place = folder.to_owned();
    for part in &parts[..parts.len() - 1] {
        place.push(part);
        match place.symlink_metadata() {
            Ok(there) if there.is_symlink() => return Err(OutputError::Link { folder: place }),
            Ok(there) if !there.is_dir() => return Err(OutputError::NotAFolder { path: place }),
            _ => {}
        }
    }
    Ok(())
}

/// Whether a plain file is there, and no link to one.
pub fn is_file(place: &Path) -> bool {
    place.symlink_metadata().is_ok_and(|there| there.is_file())
}

/// The manifest of the run before; none when there is none.
pub fn previous(folder: &Path) -> Result<Option<Manifest>, OutputError> {
    let path = folder.join(MANIFEST);
    let Some(bytes) = read(&path)? else { return Ok(None) };
    match Manifest::read(&bytes) {
        Ok(manifest) => Ok(Some(manifest)),
        Err(error) => Err(OutputError::ForeignManifest { path, why: error.to_string() }),
    }
}

/// What a file of ours holds; none when it is not there. One that cannot be read may well be ours: that says nothing of
/// what it holds.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, OutputError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(_) if path.is_dir() => Err(OutputError::NotAFile { path: path.to_owned() }),
        Err(source) => Err(OutputError::CannotRead { path: path.to_owned(), source }),
    }
}
