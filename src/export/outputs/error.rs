//! Why outputs were not written, in words for a finance officer.

use std::io;
use std::path::PathBuf;

use super::holder::Holder;

/// Why the outputs were not written. Those of earlier runs are as they were, unless the words say otherwise.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The output folder is a link to another place.
    #[error("The output folder {folder} is a link to another place. Give the folder itself.", folder = .folder.display())]
    Link {
        /// The folder.
        folder: PathBuf,
    },
    /// A file stands where a folder is wanted.
    #[error("{path} is not a folder. Choose another output folder, or move what is there.", path = .path.display())]
    NotAFolder {
        /// What stands there.
        path: PathBuf,
    },
    /// A folder stands where an output is wanted.
    #[error("{path} is a folder, and an output has that name. Move or rename it.", path = .path.display())]
    NotAFile {
        /// The folder.
        path: PathBuf,
    },
    /// The output folder cannot be made.
    #[error("The output folder {folder} cannot be made ({source}). Choose a folder that you may write to.", folder = .folder.display())]
    CannotMake {
        /// The folder.
        folder: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// The output folder cannot be written to.
    #[error(
        "Nothing can be written to the output folder {folder} ({source}). Choose a folder that you may write to, or make \
         room on its disk. The earlier outputs are as they were.",
        folder = .folder.display()
    )]
    CannotWrite {
        /// The folder.
        folder: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// A `manifest.json` lies there that this program did not write.
    #[error(
        "{path} was not written by this version of Crosscast ({why}). Choose another output folder, or move that file.",
        path = .path.display()
    )]
    ForeignManifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A file of ours is there and cannot be read, most often since another program has it open.
    #[error(
        "{path} could not be read ({source}). Close the programs that have it open, see to it that you may read it, and \
         run again.",
        path = .path.display()
    )]
    CannotRead {
        /// The manifest or the journal.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// An output cannot be replaced, most often since it is open in another program.
    #[error(
        "{path} cannot be replaced ({source}). It may be open in Excel or another program: close it and run again. \
         The earlier outputs are as they were.",
        path = .path.display()
    )]
    InUse {
        /// The output.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// Another run writes to the folder.
    #[error(
        "Another run is writing to {folder}{who}. Wait until it has ended, then run again.",
        folder = .folder.display(),
        who = .holder.as_ref().map(|holder| format!(" ({holder})")).unwrap_or_default()
    )]
    Busy {
        /// The folder.
        folder: PathBuf,
        /// The other run, where it is known.
        holder: Option<Holder>,
    },
    /// The output folder is not the one any more that this run took.
    #[error(
        "The output folder {folder} was moved or removed while the run was working, or the file .crosscast-lock in it was. \
         Nothing has been written. Run again.",
        folder = .folder.display()
    )]
    Gone {
        /// The folder.
        folder: PathBuf,
    },
    /// The outputs were partly exchanged and could not be put back; the next start tries again.
    #[error(
        "{path} could not be put back ({source}). Close programs that have files of the output folder open and run again: \
         the outputs will then be put right. Until then do not use them.",
        path = .path.display()
    )]
    NotPutBack {
        /// The file that stands in the way.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// What an earlier run left half done cannot be understood.
    #[error(
        "An earlier run was cut off and its notes in {path} cannot be read ({why}). Do not use the outputs. Move the \
         folder that holds these notes away, and run again.",
        path = .path.display()
    )]
    DamagedJournal {
        /// The journal.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A name that would lie outside the output folder, or twice in it.
    #[error("\"{path}\" cannot be the name of an output")]
    Name {
        /// The name.
        path: String,
    },
}
