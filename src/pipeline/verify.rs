//! Reading what is there, to be held against the manifest of the run that made it. Nothing is written or locked.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::checks;
use crate::export::manifest::{Difference, FoundFiles, MANIFEST, Manifest, ManifestError, ReadFile};
use crate::export::outputs;
use crate::inbox::{self, Inbox};
use crate::model::{Limit, LimitSetting, Limits, UnreadableWorkbook, sha256};
use crate::schema::PackFiles;

/// Why it cannot be told whether the outputs are those of a run.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// There is no manifest.
    #[error(
        "It cannot be told: there is no {MANIFEST} in {0}. Give the folder that crosscast wrote to, with all that is in it, or run again."
    )]
    NoManifest(PathBuf),
    /// There is no manifest, since a run was cut off while it exchanged the outputs, or is exchanging them now.
    #[error(
        "It cannot be told: a run was cut off while it wrote to {0}, or is writing to it now. Do not publish what is there. Wait until it has ended and verify again, or run again."
    )]
    CutOff(PathBuf),
    /// The manifest is none of this program's, or of a later version.
    #[error("It cannot be told: {path} cannot be used: {why}. Use the Crosscast that wrote it, or run again.")]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// Why.
        why: ManifestError,
    },
    /// A file is there and cannot be read.
    #[error(
        "It cannot be told: {path} could not be read: {why}. Close it in other programs, make sure that you may read it, and verify again."
    )]
    Read {
        /// The file.
        path: PathBuf,
        /// The operating system's words.
        why: String,
    },
}

/// What was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// What the run said of itself.
    pub manifest: Manifest,
    /// What is not as it was then; nothing when the appendix is the one made from these workbooks, whole and final.
    pub differences: Vec<Difference>,
}

/// Holds an output folder, an inbox and a pack against the manifest in the output folder.
///
/// # Errors
/// [`VerifyError`] when it cannot be told.
pub fn verify(folder: &Path, inbox: &Inbox, pack: &PackFiles) -> Result<Verified, VerifyError> {
    let manifest = read_manifest(folder)?;
    let listed: Vec<&str> = manifest.outputs.iter().map(|file| file.path.as_str()).collect();
    let there =
        outputs::found(folder, &listed).map_err(|(path, error)| VerifyError::Read { path, why: error.to_string() })?;
    let found = FoundFiles {
        inputs: inputs(inbox)?,
        pack_files: ReadFile::of_pack(pack),
        outputs: there,
        cut_off: outputs::is_cut_off(folder),
    };
    let differences = manifest.differences(&found);
    Ok(Verified { manifest, differences })
}

fn read_manifest(folder: &Path) -> Result<Manifest, VerifyError> {
    let path = folder.join(MANIFEST);
    if !path.is_file() {
        let is_cut_off = outputs::is_cut_off(folder);
        let why = if is_cut_off { VerifyError::CutOff } else { VerifyError::NoManifest };
        return Err(why(folder.to_owned()));
    }
    let unusable = |why| VerifyError::Manifest { path: path.clone(), why };
    if path.is_symlink() {
        return Err(unusable(ManifestError::Link));
    }
    let bytes = fs::read(&path).map_err(|error| VerifyError::Read { path: path.clone(), why: error.to_string() })?;
    let manifest = Manifest::read(&bytes).map_err(unusable)?;
    if manifest.lists_twice() { Err(unusable(ManifestError::Twice)) } else { Ok(manifest) }
}

/// The workbooks under the paths that the manifest of a run has for them.
fn inputs(inbox: &Inbox) -> Result<Vec<ReadFile>, VerifyError> {
    // A run may have been allowed more than is usual.
    let without_limit = Limits::default().with(&[LimitSetting { limit: Limit::File, most: u64::MAX }]);
    let marks: Result<Vec<String>, VerifyError> = inbox
        .workbooks
        .par_iter()
        .map(|found| match inbox::bytes(found, &without_limit) {
            Ok(bytes) => Ok(sha256(&bytes)),
            // A run has no fingerprint of what is no file either.
            Err(UnreadableWorkbook::NoFile(_)) => Ok(String::new()),
            Err(why) => Err(VerifyError::Read { path: found.location.clone(), why: in_words(&why) }),
        })
        .collect();
    let paths = checks::shown_paths(inbox.workbooks.iter().map(|found| found.path.as_str()));
    Ok(paths.into_iter().zip(marks?).map(|(path, sha256)| ReadFile { path, sha256 }).collect())
}

/// Why the bytes of a file are not to be had.
fn in_words(why: &UnreadableWorkbook) -> String {
    let words = match why {
        UnreadableWorkbook::NoAccess(words) => words,
        UnreadableWorkbook::OpenElsewhere => "another program lets nobody else read it",
        UnreadableWorkbook::NotDownloaded => "its contents lie in the cloud",
        UnreadableWorkbook::Gone => "it has gone",
        UnreadableWorkbook::Changing => "it is being written to",
        _ => "it is no file",
    };
    words.to_owned()
}
