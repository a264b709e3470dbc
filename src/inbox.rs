//! Discovering the workbooks of an inbox. Nothing here opens a file for writing, locks or moves it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::model::{WORKBOOK_ENDINGS, is_workbook_name};

/// Folders deeper than this are not looked into; no inbox of a person is, but a loop of links would be.
const DEEPEST: usize = 32;

/// A file of the inbox.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The path below the inbox, with `/`.
    pub path: String,
    /// Where to read it.
    pub location: PathBuf,
}

/// What an inbox holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inbox {
    /// Files with the name of a workbook, sorted by path.
    pub workbooks: Vec<Found>,
    /// Other files, which are not read, sorted by path.
    pub others: Vec<String>,
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
            let others = listed.others.into_iter().map(|other| Found { location: path.join(&other), path: other });
            every.workbooks.extend(listed.workbooks.into_iter().chain(others));
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
        let except = except.and_then(|folder| fs::canonicalize(folder).ok());
        let mut inbox = Self::default();
        for path in paths {
            if path.is_dir() {
                inbox.whole = true;
                let before = inbox.workbooks.len();
                inbox.look_through(path, "", 0, except.as_deref())?;
                // A folder lists its files in any order.
                inbox.workbooks[before..].sort();
            } else if path.exists() {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                inbox.workbooks.push(Found { path: name, location: path.clone() });
            } else {
                return Err(InboxError::Missing(path.clone()));
            }
        }
        inbox.each_file_once();
        inbox.workbooks.sort();
        inbox.others.sort();
        Ok(inbox)
    }

    /// A file that was reached in two ways is one file, under the path by which it was first reached. Two files with
    /// one path below two folders are told apart by where they lie.
    fn each_file_once(&mut self) {
        let mut seen = BTreeSet::new();
        self.workbooks
            .retain(|found| seen.insert(fs::canonicalize(&found.location).unwrap_or_else(|_| found.location.clone())));
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for found in &self.workbooks {
            *times.entry(found.path.clone()).or_default() += 1;
        }
        let mut given = BTreeSet::new();
        for found in &mut self.workbooks {
            if times[&found.path] > 1 {
                found.path = found.location.to_string_lossy().replace('\\', "/");
            }
            // Names that are no text can be shown alike.
            while !given.insert(found.path.clone()) {
                found.path.push('*');
            }
        }
    }

    fn look_through(
        &mut self,
        folder: &Path,
        below: &str,
        depth: usize,
        except: Option<&Path>,
    ) -> Result<(), InboxError> {
        let failed = |source| InboxError::Read { path: folder.to_owned(), source };
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
            let location = entry.path();
            if is_passed_over(&name) {
                continue;
            }
            if location.is_dir() {
                let is_excepted = except.is_some() && fs::canonicalize(&location).ok().as_deref() == except;
                if depth < DEEPEST && !is_excepted {
                    self.look_through(&location, &path, depth + 1, except)?;
                }
            } else if is_workbook_name(&name) {
                self.workbooks.push(Found { path, location });
            } else {
                self.others.push(path);
            }
        }
        Ok(())
    }
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

/// The bytes of a file that was found.
///
/// # Errors
/// Why it could not be read, in words; a folder, pipe or device is refused, since reading one may never end.
pub fn bytes(found: &Found) -> Result<Vec<u8>, String> {
    let metadata = fs::metadata(&found.location).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    fs::read(&found.location).map_err(|error| error.to_string())
}
