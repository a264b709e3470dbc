//! The journal: what an exchange of outputs will do, written before it is done.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::Disk;
use super::{OutputError, ours};

const NAME: &str = "journal.json";

/// The working folder of an exchange, inside the output folder so that renames stay on one disk.
pub fn staging(folder: &Path) -> PathBuf {
    folder.join(".crosscast-staging")
}

/// What staged files have at the end of their names: a final appendix that waits, or was set aside, is not to be found under
/// the name of one.
const ENDING: &str = ".staged";

/// Where new outputs wait.
pub fn incoming(folder: &Path) -> PathBuf {
    staging(folder).join("new")
}

/// Where old outputs are set aside.
pub fn aside(folder: &Path) -> PathBuf {
    staging(folder).join("old")
}

/// Whether a run left a journal, whatever it says.
pub fn is_there(folder: &Path) -> bool {
    staging(folder).join(NAME).symlink_metadata().is_ok()
}

/// What an exchange will do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journal {
    /// Whether the new outputs are to come in, or the old ones to come back.
    pub direction: Direction,
    /// The files that are set aside, in order.
    pub old: Vec<String>,
    /// The files that come in, in order; the manifest, then the appendix last.
    pub new: Vec<String>,
    /// The folders that were not there before, outer ones first.
    pub folders: Vec<String>,
    /// What staged files have at the end of their names; the journals of earlier versions know of nothing there.
    #[serde(default)]
    pub ending: String,
    /// What the files for officers hold, so that one which somebody changes meanwhile is known as theirs; the journals of
    /// earlier versions, and those of exchanges without such files, do not say it.
    #[serde(default)]
    pub marks: Option<Marks>,
}

/// What files for officers hold, by their paths: each as SHA-256 in small hexadecimal digits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marks {
    /// The old ones, as they are known and kept already where that is needed.
    pub old: BTreeMap<String, String>,
    /// The new ones, as they are staged.
    pub new: BTreeMap<String, String>,
}

/// Where an exchange is heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The new outputs come in.
    Forward,
    /// The old outputs come back.
    Back,
}

impl Journal {
    /// Plans to bring these files into a folder, in this order.
    pub fn plan(folder: &Path, paths: &[&str]) -> Result<Self, OutputError> {
        let mut names = BTreeSet::new();
        for path in paths {
            // Windows does not tell upper from lower case, so such names would be one file there.
            if !ours::is_name(path) || !names.insert(path.to_lowercase()) {
                return Err(OutputError::Name { path: (*path).to_owned() });
            }
        }
        Ok(Self {
            direction: Direction::Forward,
            old: ours::old_files(folder, paths)?,
            new: paths.iter().map(|path| (*path).to_owned()).collect(),
            folders: parents(paths).into_iter().filter(|path| !ours::below(folder, path).exists()).collect(),
            ending: ENDING.to_owned(),
            marks: None,
        })
    }

    /// The journal that a run left, if one was cut off after it had begun to exchange files.
    pub fn load(folder: &Path) -> Result<Option<Self>, OutputError> {
        let path = staging(folder).join(NAME);
        let damaged = |why: String| OutputError::DamagedJournal { path: path.clone(), why };
        let Some(bytes) = ours::read(&path)? else { return Ok(None) };
        let journal: Self = serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
        if !["", ENDING].contains(&journal.ending.as_str()) {
            return Err(damaged(format!("its staged files end in \"{}\"", journal.ending)));
        }
        let mut paths = journal.old.iter().chain(&journal.new).chain(&journal.folders);
        match paths.find(|path| !ours::is_name(path)) {
            Some(path) => Err(damaged(format!("it names \"{path}\""))),
            None => Ok(Some(journal)),
        }
    }

    /// Where a new output waits.
    pub fn waits(&self, folder: &Path, path: &str) -> PathBuf {
        ours::below(&incoming(folder), &format!("{path}{}", self.ending))
    }

    /// Where an old output is set aside.
    pub fn lies_aside(&self, folder: &Path, path: &str) -> PathBuf {
        ours::below(&aside(folder), &format!("{path}{}", self.ending))
    }

    /// What an old output for officers held; none when it was not there, or the journal does not say.
    pub fn mark_of_old(&self, path: &str) -> Option<&str> {
        self.marks.as_ref()?.old.get(path).map(String::as_str)
    }

    /// What a new output for officers held when it was staged; none when there is none, or the journal does not say.
    pub fn mark_of_new(&self, path: &str) -> Option<&str> {
        self.marks.as_ref()?.new.get(path).map(String::as_str)
    }

    /// Writes the journal in one step: it is there whole, or not.
    pub fn save(&self, disk: &dyn Disk, folder: &Path) -> io::Result<()> {
        let staging = staging(folder);
        let draft = staging.join("journal.draft");
        disk.write(&draft, &serde_json::to_vec_pretty(self)?)?;
        disk.rename(&draft, &staging.join(NAME))?;
        disk.flush_folder(&staging)
    }

    /// Removes the journal: the exchange is over. Flushed, so that it does not come back when the power fails while
    /// the working folder is being cleared.
    pub fn remove(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
        let staging = staging(folder);
        disk.remove_file(&staging.join(NAME))?;
        disk.flush_folder(&staging)
    }
}

/// The folders that paths lie in, outer ones first.
pub fn parents(paths: &[&str]) -> BTreeSet<String> {
    let ends = |path: &str| path.match_indices('/').map(|(end, _)| path[..end].to_owned()).collect::<Vec<_>>();
    paths.iter().flat_map(|path| ends(path)).collect()
}
