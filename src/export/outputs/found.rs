//! What lies in an output folder, read and left alone.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::ours::FOR_COMMITTEE;
use super::{journal, ours};
use crate::export::manifest::WrittenFile;

/// What the operating systems themselves leave in folders; nobody would publish it.
const OF_THE_SYSTEM: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Those of the listed files that are there, and everything in the folder for the committee, with their marks. What is
/// listed under a path that leads elsewhere is not looked for. What is there and is no plain file in plain folders (a
/// link leads elsewhere, and to something else tomorrow), or has a name that is no text, has an empty mark, which is that
/// of no output; the name then has a sign in place of what is no text.
///
/// # Errors
/// The file that is there and cannot be read, with the operating system's answer.
pub fn found(folder: &Path, listed: &[&str]) -> Result<Vec<WrittenFile>, (PathBuf, io::Error)> {
    let mut paths: BTreeSet<String> =
        listed.iter().filter(|path| ours::is_name(path)).map(|path| (*path).to_owned()).collect();
    let mut unread = BTreeSet::new();
    look_through(folder, FOR_COMMITTEE.trim_end_matches('/'), &mut paths, &mut unread)?;
    let mut found: Vec<WrittenFile> = unread.iter().map(|path| without_mark(path)).collect();
    for path in paths.difference(&unread) {
        let place = ours::below(folder, path);
        match place.symlink_metadata() {
            Err(error) if is_absent(&error) => {}
            Err(error) => return Err((place, error)),
            Ok(there) if !there.is_file() || ours::parents_are_folders(folder, path).is_err() => {
                found.push(without_mark(path));
            }
            Ok(_) => {
                match fs::read(&place) {
                    Ok(bytes) => found.push(WrittenFile::new(path, &bytes)),
                    // A run that is writing meanwhile has set it aside.
                    Err(error) if is_absent(&error) => {}
                    Err(error) => return Err((place, error)),
                }
            }
        }
    }
    found.sort();
    Ok(found)
}

fn without_mark(path: &str) -> WrittenFile {
    WrittenFile { path: path.to_owned(), sha256: String::new(), bytes: 0 }
}

/// A path through a file leads to nothing either.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Whether a run was cut off while it exchanged the outputs: its journal is still there.
pub fn is_cut_off(folder: &Path) -> bool {
    journal::is_there(folder)
}

/// Everything below a folder: plain files by their paths, and apart what cannot be reached by its path or is not plain.
fn look_through(
    folder: &Path,
    below: &str,
    paths: &mut BTreeSet<String>,
    unread: &mut BTreeSet<String>,
) -> Result<(), (PathBuf, io::Error)> {
    let place = ours::below(folder, below);
    match place.symlink_metadata() {
        Ok(there) if there.is_dir() => {}
        // Were this a link, nothing in it would be of this folder.
        Ok(_) => {
            unread.insert(format!("{below}/"));
            return Ok(());
        }
        Err(error) if is_absent(&error) => return Ok(()),
        Err(error) => return Err((place, error)),
    }
    let entries = match fs::read_dir(&place) {
        Ok(entries) => entries,
        // A run that is writing meanwhile has taken it away.
        Err(error) if is_absent(&error) => return Ok(()),
        Err(error) => return Err((place, error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| (place.clone(), error))?;
        let kind = entry.file_type().map_err(|error| (entry.path(), error))?;
        let name = entry.file_name();
        let path = format!("{below}/{}", name.to_string_lossy());
        match name.to_str() {
            Some(name) if kind.is_file() && OF_THE_SYSTEM.contains(&name) => {}
            Some(name) if kind.is_file() && ours::is_name(name) => {
                paths.insert(path);
            }
            // A link to a folder may lead round in a circle.
            Some(_) if kind.is_dir() => look_through(folder, &path, paths, unread)?,
            _ => {
                unread.insert(path);
            }
        }
    }
    Ok(())
}
