//! Discovering the workbooks of an inbox, and reading their bytes. Nothing here opens a file for writing, locks or moves it.

mod contents;
mod real_path;
mod stated;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

pub use contents::{bytes, is_taken};
pub use real_path::real_path;
pub use stated::stated_size;

use crate::model::{WORKBOOK_ENDINGS, is_workbook_name};

/// Folders that lie deeper in each other than this are not looked into; no inbox of a person is so deep.
const DEEPEST: usize = 32;
/// What the Mac adds to the name of a file whose contents lie in the cloud, behind a dot at its beginning.
const IN_ICLOUD: &str = ".icloud";

/// A file of the inbox.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The path below the inbox, with `/`. Control characters and what is no text are written as U+FFFD.
    pub path: String,
    /// Where to read it.
    pub location: PathBuf,
}

impl Found {
    /// The program that has the file open, by the lock file that it keeps beside the file; none when there is no lock file.
    ///
    /// A program that broke down leaves its lock file behind.
    pub fn open_in(&self) -> Option<&'static str> {
        let name = self.location.file_name()?;
        let beside = |before: &str, after: &str| {
            let lock: OsString = [before.as_ref(), name, after.as_ref()].into_iter().collect();
            self.location.with_file_name(lock).is_file()
        };
        match () {
            () if beside("~$", "") => Some("Excel"),
            () if beside(".~lock.", "#") => Some("LibreOffice"),
            () => None,
        }
    }

    /// Whether the Mac keeps only a note in place of the file, whose contents lie in the cloud.
    fn is_in_icloud(&self) -> bool {
        self.location.file_name().is_some_and(|name| in_icloud(&name.to_string_lossy()).is_some())
    }
}

/// What an inbox holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inbox {
    /// Files with the name of a workbook, sorted by path.
    pub workbooks: Vec<Found>,
    /// Other files, which are not read, sorted by path.
    pub others: Vec<Found>,
    /// Folders that could not be looked through, by their paths below the inbox, each with why, sorted.
    pub unread_folders: Vec<(String, String)>,
    /// Whether a whole folder was given, so that what is missing from it is missing.
    pub whole: bool,
}

/// Why an inbox could not be read.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    /// No file has the name of a workbook.
    #[error("There are no workbooks ({endings}) in {0}. Give the folder that holds them.", endings = endings())]
    Empty(PathBuf),
    /// There is no file at all.
    #[error("There are no files in {0}. Give workbooks, or a folder that holds some.")]
    NoFiles(PathBuf),
    /// There is nothing at the path.
    #[error("There is no folder or file at {0}. Check the spelling, and that the drive is connected.")]
    Missing(PathBuf),
    /// The operating system's answer.
    #[error("{path} could not be read: {source}.")]
    Read {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl Inbox {
    /// Looks through folders and files, but not through the folder `except`: outputs that lie in the inbox are not
    /// inputs.
    ///
    /// # Errors
    /// [`InboxError`] when a path is not there, a folder cannot be listed, or there is no workbook at all.
    pub fn discover(paths: &[PathBuf], except: Option<&Path>) -> Result<Self, InboxError> {
        let inbox = Self::listed(paths, except)?;
        if inbox.workbooks.is_empty() {
            return Err(InboxError::Empty(paths.first().cloned().unwrap_or_default()));
        }
        Ok(inbox)
    }

    /// Every file in folders and at paths, whatever its name, sorted by path: each once.
    ///
    /// # Errors
    /// [`InboxError`] when a path is not there, a folder cannot be listed, or there is no file at all.
    pub fn every_file(paths: &[PathBuf]) -> Result<Vec<Found>, InboxError> {
        let mut every = Self::default();
        for path in paths {
            let listed = Self::listed(std::slice::from_ref(path), None)?;
            // What could not be looked through is said where it is read.
            let unread = listed.unread_folders.into_iter();
            let unread = unread.map(|(folder, _)| Found { location: path.join(&folder), path: folder });
            every.workbooks.extend(listed.workbooks.into_iter().chain(listed.others).chain(unread));
        }
        if every.workbooks.is_empty() {
            return Err(InboxError::NoFiles(paths.first().cloned().unwrap_or_default()));
        }
        every.each_file_once();
        every.workbooks.sort();
        Ok(every.workbooks)
    }

    /// What lies in folders and at paths, be there workbooks or not.
    fn listed(paths: &[PathBuf], except: Option<&Path>) -> Result<Self, InboxError> {
        let except = except.and_then(|folder| real_path(folder).ok());
        let mut inbox = Self::default();
        for path in paths {
            if path.is_dir() {
                inbox.whole = true;
                let before = inbox.workbooks.len();
                let mut seen = BTreeSet::from_iter(except.clone());
                inbox.look_through(path, "", 0, &mut seen)?;
                inbox.workbooks[before..].sort();
            } else if path.exists() {
                let name = path.file_name().map(|name| shown(&name.to_string_lossy())).unwrap_or_default();
                inbox.workbooks.push(Found { path: name, location: path.clone() });
            } else {
                return Err(InboxError::Missing(path.clone()));
            }
        }
        inbox.each_file_once();
        inbox.workbooks.sort();
        inbox.others.sort();
        inbox.unread_folders.sort();
        Ok(inbox)
    }

    /// A file that was reached in two ways is one file, under the path by which it was first reached. Two files with
    /// one path below two folders are told apart by where they lie.
    fn each_file_once(&mut self) {
        let mut seen = BTreeSet::new();
        self.workbooks
            .retain(|found| seen.insert(real_path(&found.location).unwrap_or_else(|_| found.location.clone())));
        let lies_at = |found: &Found| shown(&found.location.to_string_lossy().replace('\\', "/"));
        let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for found in &self.workbooks {
            places.entry(found.path.clone()).or_default().insert(lies_at(found));
        }
        let mut given = BTreeSet::new();
        for found in &mut self.workbooks {
            if places[&found.path].len() > 1 {
                found.path = lies_at(found);
            }
            // Names that are no text can be shown alike.
            while !given.insert(found.path.clone()) {
                found.path.push('*');
            }
        }
    }

    /// Looks through a folder and those within it, but not through those that were `seen`, so that links that lead in a
    /// circle, or all to each other, come to an end.
    fn look_through(
        &mut self,
        folder: &Path,
        below: &str,
        depth: usize,
        seen: &mut BTreeSet<PathBuf>,
    ) -> Result<(), InboxError> {
        let failed = |source| InboxError::Read { path: folder.to_owned(), source };
        if !seen.insert(real_path(folder).map_err(failed)?) {
            return Ok(());
        }
        let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(failed)?.collect();
        // A folder lists its files in any order, and of two ways to a folder the first counts.
        let mut names: Vec<OsString> = entries.map_err(failed)?.into_iter().map(|entry| entry.file_name()).collect();
        names.sort();
        for name in names {
            let location = folder.join(&name);
            let name = shown(&name.to_string_lossy());
            let path = |name: &str| if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
            if let Some(name) = in_icloud(&name).filter(|name| is_workbook_name(name)) {
                self.workbooks.push(Found { path: path(name), location });
                continue;
            }
            if is_passed_over(&name) {
                continue;
            }
            if location.is_dir() {
                self.look_into(&location, path(&name), depth, seen);
            } else if is_workbook_name(&name) {
                self.workbooks.push(Found { path: path(&name), location });
            } else {
                self.others.push(Found { path: path(&name), location });
            }
        }
        Ok(())
    }

    /// Looks through a folder within a folder: one that cannot be looked through must not keep the others from it.
    fn look_into(&mut self, folder: &Path, path: String, depth: usize, seen: &mut BTreeSet<PathBuf>) {
        if depth >= DEEPEST {
            self.unread_folders.push((path, format!("it lies below {DEEPEST} others")));
        } else if let Err(InboxError::Read { source, .. }) = self.look_through(folder, &path, depth + 1, seen) {
            self.unread_folders.push((path, source.to_string()));
        }
    }
}

/// A name on one line.
fn shown(name: &str) -> String {
    name.chars().map(|sign| if sign.is_control() { char::REPLACEMENT_CHARACTER } else { sign }).collect()
}

/// The name of the file whose contents lie in the cloud, where the Mac keeps only a note of this name.
fn in_icloud(name: &str) -> Option<&str> {
    name.strip_prefix('.')?.strip_suffix(IN_ICLOUD)
}

/// Excel's and LibreOffice's lock files, and hidden files.
fn is_passed_over(name: &str) -> bool {
    name.starts_with("~$")
        || name.starts_with('.')
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

/// The endings of workbooks as a message lists them.
fn endings() -> String {
    WORKBOOK_ENDINGS.map(|ending| format!(".{ending}")).join(", ")
}

#[cfg(test)]
mod tests;
