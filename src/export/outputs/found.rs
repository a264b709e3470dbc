//! What lies in an output folder, read and left alone.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{journal, ours};
use crate::export::manifest::WrittenFile;

/// What the operating systems themselves leave in folders; nobody would publish it.
const OF_THE_SYSTEM: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Those of the listed files that are there, and everything in the folder for the committee, with their marks. What is
/// listed under a path that leads elsewhere is not looked for.
///
/// # Errors
/// The file that is there and cannot be read, with the operating system's answer.
pub fn found(folder: &Path, listed: &[&str]) -> Result<Vec<WrittenFile>, (PathBuf, io::Error)> {
    let mut paths: BTreeSet<String> =
        listed.iter().filter(|path| ours::is_name(path)).map(|path| (*path).to_owned()).collect();
    look_through(folder, "for-committee", &mut paths)?;
    let mut found = Vec::new();
    for path in paths {
        let place = ours::below(folder, &path);
        match fs::read(&place) {
            Ok(bytes) => found.push(WrittenFile::new(&path, &bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err((place, error)),
        }
    }
    Ok(found)
}

/// Whether a run was cut off while it exchanged the outputs: its journal is still there.
pub fn is_cut_off(folder: &Path) -> bool {
    journal::is_there(folder)
}

fn look_through(folder: &Path, below: &str, paths: &mut BTreeSet<String>) -> Result<(), (PathBuf, io::Error)> {
    let place = ours::below(folder, below);
    let entries = match fs::read_dir(&place) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err((place, error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| (place.clone(), error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{below}/{name}");
        // A link to a folder may lead round in a circle.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            look_through(folder, &path, paths)?;
        } else if !OF_THE_SYSTEM.contains(&name.as_str()) {
            paths.insert(path);
        }
    }
    Ok(())
}
