//! The files of a pack: from a folder, or those built into the executable.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/schemas");

/// Texts by their path below the pack's folder, with `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackFiles {
    files: BTreeMap<String, String>,
}

/// Why a pack's folder could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The operating system's answer.
    #[error("{path} could not be read: {source}")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The folder holds no `partnership.yaml`.
    #[error("{0} is not a pack: it holds no partnership.yaml")]
    NotAPack(PathBuf),
}

impl PackFiles {
    /// The pack that is built into the executable.
    pub fn built_in() -> Self {
        let mut files = Self::default();
        files.take(&BUILT_IN);
        files
    }

    /// The pack in a folder: its `.yaml`, `.sql` and `.md` files, those in the folders `tables` and `rules` included.
    ///
    /// # Errors
    /// [`FileError`] when the folder or a file cannot be read, or there is no `partnership.yaml`.
    pub fn from_folder(folder: &Path) -> Result<Self, FileError> {
        let mut files = Self::default();
        for below in ["", "tables", "rules"] {
            let path = if below.is_empty() { folder.to_owned() } else { folder.join(below) };
            if !below.is_empty() && !path.is_dir() {
                continue;
            }
            let failed = |source| FileError::Read { path: path.clone(), source };
            for entry in std::fs::read_dir(&path).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                let Ok(name) = entry.file_name().into_string() else { continue };
                if !is_pack_file(&name) || !entry.path().is_file() {
                    continue;
                }
                let text = std::fs::read_to_string(entry.path())
                    .map_err(|source| FileError::Read { path: entry.path(), source })?;
                let key = if below.is_empty() { name } else { format!("{below}/{name}") };
                files.insert(key, text);
            }
        }
        if files.text("partnership.yaml").is_none() {
            return Err(FileError::NotAPack(folder.to_owned()));
        }
        Ok(files)
    }

    /// Puts a file in, or another text in its place.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        // One spelling of line ends and no byte order mark, so that a checkout on Windows is the same pack.
        let text = text.into().replace("\r\n", "\n");
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
        self.files.insert(path.into(), text);
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// All files, sorted by path.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The files in a folder of the pack with an ending, sorted by path.
    pub fn below(&self, folder: &str, ending: &str) -> impl Iterator<Item = (&str, &str)> {
        self.all().filter(move |(path, _)| path.starts_with(folder) && path.ends_with(ending))
    }

    fn take(&mut self, folder: &Dir<'_>) {
        for file in folder.files() {
            if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8())
                && is_pack_file(path)
            {
                self.insert(path.replace('\\', "/"), text);
            }
        }
        for below in folder.dirs() {
            self.take(below);
        }
    }
}

fn is_pack_file(name: &str) -> bool {
    [".yaml", ".sql", ".md"].iter().any(|ending| name.ends_with(ending)) && !name.starts_with('.')
}
