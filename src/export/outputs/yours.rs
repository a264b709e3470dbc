//! What an officer wrote into an output is never lost: it is kept beside the output that comes in its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use super::disk::Disk;
use super::journal::{Journal, staging};
use super::ours::{self, FOR_OFFICERS};
use super::{OutputError, OutputFile};
use crate::export::visible::visible_text;
use crate::model::{file_name, sha256};

/// An output that somebody changed after it had been written, and that a new one replaced. Displayed, it is a sentence for an
/// officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The path of the output below the output folder, with `/`.
    pub path: String,
    /// The path under which the changed one is kept, beside it.
    pub kept_as: String,
    /// Whether it is known that somebody changed it; without a manifest nobody can tell.
    pub is_known: bool,
}

impl fmt::Display for Kept {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, kept_as) = (visible_text(&self.path), visible_text(&self.kept_as));
        if self.is_known {
            write!(formatter, "You changed {path}: it is kept as {kept_as}.")?;
            match self.path.strip_prefix(FOR_OFFICERS) {
                Some(below) if below.starts_with("marked/") => {
                    // Under any other name it would be a second workbook beside the one that it is a copy of.
                    let name = visible_text(file_name(below));
                    write!(
                        formatter,
                        " Put it into the inbox as {name}, in place of the workbook there, if it is to count."
                    )
                }
                Some("to-explain.xlsx") => write!(formatter, " Put it into the inbox if it is to count."),
                _ => Ok(()),
            }
        } else {
            write!(
                formatter,
                "There was no manifest.json to tell whether you changed {path}: it is kept as {kept_as}. Put it into the \
                 inbox if it is to count."
            )
        }
    }
}

/// What lies in the places of outputs for officers before they are replaced.
#[derive(Debug, Default)]
pub(super) struct ForOfficers {
    /// What somebody wrote, each with what it holds.
    pub written: Vec<(Kept, Vec<u8>)>,
    /// What each file holds, as SHA-256: nothing of it is lost when that goes.
    pub marks: BTreeMap<String, String>,
}

/// What somebody wrote into files for officers that these outputs would replace. A file is as it was written when the manifest
/// says so; one that the manifest does not speak of was left there, changed, by an earlier run. Where there is no manifest,
/// nobody can tell who wrote what: then all is kept that the new output does not hold as well.
///
/// What is for the committee is never kept: it must not outlive the run that made it.
pub(super) fn found_for_officers(folder: &Path, files: &[OutputFile]) -> Result<ForOfficers, OutputError> {
    let manifest = ours::previous(folder)?;
    let is_known = manifest.is_some();
    let listed = manifest.into_iter().flat_map(|manifest| manifest.outputs);
    let listed: BTreeMap<String, String> = listed.map(|file| (file.path, file.sha256)).collect();
    // Windows does not tell upper from lower case.
    let mut taken: BTreeSet<String> = files.iter().map(|file| file.path.to_lowercase()).collect();
    let mut found = ForOfficers { written: Vec::new(), marks: listed.clone() };
    found.marks.retain(|path, _| path.starts_with(FOR_OFFICERS));
    for file in files.iter().filter(|file| file.path.starts_with(FOR_OFFICERS) && ours::is_name(&file.path)) {
        ours::parents_are_folders(folder, &file.path)?;
        let place = ours::below(folder, &file.path);
        if !ours::is_file(&place) {
            continue;
        }
        let Some(bytes) = ours::read(&place)? else { continue };
        let mark = sha256(&bytes);
        let is_as_written = listed.get(&file.path) == Some(&mark);
        found.marks.insert(file.path.clone(), mark);
        if !is_as_written && bytes != file.bytes {
            let is_free = |name: &String| {
                ours::below(folder, name).symlink_metadata().is_err() && !taken.contains(&name.to_lowercase())
            };
            let kept_as = first_name(&file.path, is_free);
            taken.insert(kept_as.to_lowercase());
            found.written.push((Kept { path: file.path.clone(), kept_as, is_known }, bytes));
        }
    }
    Ok(found)
}

/// What new outputs for officers hold, as SHA-256 by their paths.
pub(super) fn marks(files: &[OutputFile]) -> BTreeMap<String, String> {
    let for_officers = files.iter().filter(|file| file.path.starts_with(FOR_OFFICERS));
    for_officers.map(|file| (file.path.clone(), sha256(&file.bytes))).collect()
}

/// Keeps the file in a place, which is about to go, beside the output of that path, unless it holds what the mark says. Gives
/// what was kept. The file stays where it is; done again after it was cut off, this finds what it kept before.
///
/// Only what is for officers is kept, and only by a journal that has marks: by another, nobody can tell.
pub(super) fn keep(
    disk: &dyn Disk,
    folder: &Path,
    journal: &Journal,
    path: &str,
    place: &Path,
    mark: Option<&str>,
) -> io::Result<Option<Kept>> {
    if journal.marks.is_none() || !path.starts_with(FOR_OFFICERS) || !ours::is_file(place) {
        return Ok(None);
    }
    let bytes = fs::read(place)?;
    if mark.is_some_and(|mark| mark == sha256(&bytes)) {
        return Ok(None);
    }
    let is_of_the_exchange = |name: &str| {
        let name = name.to_lowercase();
        journal.old.iter().chain(&journal.new).any(|path| path.to_lowercase() == name)
    };
    let holds_the_same = |there: &Path| ours::is_file(there) && fs::read(there).is_ok_and(|held| held == bytes);
    let kept_as = first_name(path, |name| {
        let there = ours::below(folder, name);
        !is_of_the_exchange(name) && (there.symlink_metadata().is_err() || holds_the_same(&there))
    });
    let there = ours::below(folder, &kept_as);
    if !holds_the_same(&there) {
        // Whole under its name or not there: a torn one would stay as if it were the officer's.
        let draft = staging(folder).join("kept.draft");
        if let Some(parent) = there.parent() {
            disk.create_folders(parent)?;
        }
        disk.write(&draft, &bytes)?;
        disk.rename(&draft, &there)?;
    }
    if let Some(parent) = there.parent() {
        disk.flush_folder(parent)?;
    }
    Ok(Some(Kept { path: path.to_owned(), kept_as, is_known: true }))
}

/// The first name beside a file that will do: `to-explain (yours).xlsx`, then `to-explain (yours 2).xlsx`.
fn first_name(path: &str, will_do: impl Fn(&String) -> bool) -> String {
    let name_starts = path.rfind('/').map_or(0, |slash| slash + 1);
    let ending_starts = path.rfind('.').filter(|dot| *dot > name_starts).unwrap_or(path.len());
    let (before, ending) = path.split_at(ending_starts);
    let mut number = 1;
    loop {
        let mark = if number == 1 { "yours".to_owned() } else { format!("yours {number}") };
        let name = format!("{before} ({mark}){ending}");
        if will_do(&name) {
            return name;
        }
        number += 1;
    }
}
