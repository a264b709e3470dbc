//! What an officer wrote into an output is never lost: it is kept beside the output that comes in its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use super::ours::{self, FOR_OFFICERS};
use super::{OutputError, OutputFile};
use crate::export::visible::visible_text;
use crate::model::sha256;

/// An output that somebody changed after it had been written, and that a new one replaced. Displayed, it is a sentence for an
/// officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The path of the output below the output folder, with `/`.
    pub path: String,
    /// The path under which the changed one is kept, beside it.
    pub kept_as: String,
}

impl fmt::Display for Kept {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, kept_as) = (visible_text(&self.path), visible_text(&self.kept_as));
        write!(formatter, "You changed {path}: it is kept as {kept_as}. Put it into the inbox if it is to count.")
    }
}

/// What somebody wrote into files for officers that these outputs would replace: each with what it holds. A file is as it was
/// written when the manifest says so; one that the manifest does not speak of was left there, changed, by an earlier run.
/// Where there is no manifest, nobody can tell who wrote what, and nothing is kept.
///
/// What is for the committee is never kept: it must not outlive the run that made it.
pub(super) fn written_by_officers(folder: &Path, files: &[OutputFile]) -> Result<Vec<(Kept, Vec<u8>)>, OutputError> {
    let Some(manifest) = ours::previous(folder)? else { return Ok(Vec::new()) };
    let listed: BTreeMap<&str, &str> =
        manifest.outputs.iter().map(|file| (file.path.as_str(), file.sha256.as_str())).collect();
    // Windows does not tell upper from lower case.
    let mut taken: BTreeSet<String> = files.iter().map(|file| file.path.to_lowercase()).collect();
    let mut kept = Vec::new();
    for file in files.iter().filter(|file| file.path.starts_with(FOR_OFFICERS) && ours::is_name(&file.path)) {
        ours::parents_are_folders(folder, &file.path)?;
        let place = ours::below(folder, &file.path);
        if !ours::is_file(&place) {
            continue;
        }
        let Some(bytes) = ours::read(&place)? else { continue };
        let is_as_written = listed.get(file.path.as_str()).is_some_and(|mark| *mark == sha256(&bytes));
        if !is_as_written && bytes != file.bytes {
            let kept_as = free_name(folder, &file.path, &mut taken);
            kept.push((Kept { path: file.path.clone(), kept_as }, bytes));
        }
    }
    Ok(kept)
}

/// A name beside a file that nothing has yet: `to-explain (yours).xlsx`, then `to-explain (yours 2).xlsx`.
fn free_name(folder: &Path, path: &str, taken: &mut BTreeSet<String>) -> String {
    let name_starts = path.rfind('/').map_or(0, |slash| slash + 1);
    let ending_starts = path.rfind('.').filter(|dot| *dot > name_starts).unwrap_or(path.len());
    let (before, ending) = path.split_at(ending_starts);
    let mut number = 1;
    loop {
        let mark = if number == 1 { "yours".to_owned() } else { format!("yours {number}") };
        let name = format!("{before} ({mark}){ending}");
        let is_free = ours::below(folder, &name).symlink_metadata().is_err();
        if is_free && taken.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}
