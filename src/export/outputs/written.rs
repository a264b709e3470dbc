//! Whether outputs lie there already, and taking the final appendix away when nothing vouches for it any more.

use std::path::Path;

use super::journal::{Direction, Journal};
use super::ours::{self, FOR_COMMITTEE, appendix_path};
use super::{OutputError, OutputFile};
use crate::export::manifest::{Manifest, ReadFile};

/// The time of the run that wrote these outputs, if the folder holds them: the manifest says so but for its time, what is for the committee is as it was
/// written, and what is for officers is there. What an officer wrote into one of those is no reason to write it again.
pub(super) fn written_at(folder: &Path, files: &[OutputFile], manifest: &str) -> Result<Option<String>, OutputError> {
    let (Some(written), Ok(mut new)) = (ours::previous(folder)?, Manifest::read(manifest.as_bytes())) else {
        return Ok(None);
    };
    new.time.clone_from(&written.time);
    if new != written {
        return Ok(None);
    }
    for path in ours::appendix().iter().filter(|path| !files.iter().any(|file| file.path == **path)) {
        if ours::below(folder, path).symlink_metadata().is_ok() {
            return Ok(None);
        }
    }
    for file in files {
        let place = ours::below(folder, &file.path);
        if ours::parents_are_folders(folder, &file.path).is_err() || !ours::is_file(&place) {
            return Ok(None);
        }
        let must_be_as_written = file.path.starts_with(FOR_COMMITTEE);
        if must_be_as_written && ours::read(&place)?.is_none_or(|bytes| bytes != file.bytes) {
            return Ok(None);
        }
    }
    Ok(Some(written.time))
}

/// The exchange that takes the final appendix away and brings nothing; none when there is no final appendix, or it was made
/// from just these workbooks. The manifest stays, so that `verify` can say what is gone.
pub(super) fn withdrawal(folder: &Path, workbooks: &[ReadFile]) -> Result<Option<Journal>, OutputError> {
    let mut workbooks = workbooks.to_vec();
    workbooks.sort();
    if ours::previous(folder)?.is_some_and(|manifest| manifest.inputs == workbooks) {
        return Ok(None);
    }
    let finals = ["pdf", "html"].map(|ending| appendix_path(true, ending));
    let mut old = ours::old_files(folder, &[])?;
    old.retain(|path| finals.contains(path));
    if old.is_empty() {
        return Ok(None);
    }
    let journal = Journal::plan(folder, &[])?;
    Ok(Some(Journal { direction: Direction::Forward, old, ..journal }))
}
