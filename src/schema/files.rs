//! The files of a pack: from a folder, or those built into the executable.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::{Mistake, Mistakes};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/schemas");

/// The folder, beside the files of a pack, of what helps to write them. It says nothing of the data, so it is no part of the
/// pack: neither read with it nor among the files whose fingerprints a manifest holds.
const FOR_EDITORS: &str = "editor";
/// What lies in it, by paths below the pack's folder, sorted.
const EDITOR_FILES: [&str; 4] =
    ["editor/consolidated.schema.json", "editor/keys.md", "editor/partnership.schema.json", "editor/table.schema.json"];

/// What helps to write a pack, as it is built into the executable: a JSON Schema for each of its YAML files, by which an
/// editor completes and checks them, and the page of their keys. Each as its path below the pack's folder, with `/`, and its
/// text, sorted by path.
pub fn editor_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    let text = |path: &str| BUILT_IN.get_file(path).and_then(|file| file.contents_utf8());
    EDITOR_FILES.into_iter().filter_map(move |path| Some((path, text(path)?)))
}

/// A file of a pack is written by hand: at most so many bytes.
const MOST_BYTES: u64 = 1 << 20;
/// At most so many files make a pack.
const MOST_FILES: usize = 1000;

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
    /// Files that are no files of a pack: links out of it, pipes, folders, too large, not in UTF-8; every one at once.
    #[error(transparent)]
    Files(Mistakes),
}

impl PackFiles {
    /// The pack that is built into the executable, without its [`editor_files`].
    pub fn built_in() -> Self {
        let mut files = Self::default();
        files.take(&BUILT_IN);
        files
    }

    /// Whether they are, to the letter, those of the pack that is built into the executable, wherever they were read from.
    pub fn are_built_in(&self) -> bool {
        *self == Self::built_in()
    }

    /// The pack in a folder: its `.yaml`, `.sql` and `.md` files, those in the folders `tables` and `rules` included. A link
    /// is followed where it leads to a file of the same folder. What lies in other folders, such as `editor`, is no part of it.
    ///
    /// # Errors
    /// [`FileError`] when the folder cannot be read, there is no `partnership.yaml`, or a file is none of a pack.
    pub fn from_folder(folder: &Path) -> Result<Self, FileError> {
        let mut files = Self::default();
        let mut mistakes = Vec::new();
        let not_read = |path: &Path| {
            let path = path.to_owned();
            move |source| FileError::Read { path, source }
        };
        let root = folder.canonicalize().map_err(not_read(folder))?;
        for below in ["", "tables", "rules"] {
            let path = if below.is_empty() { folder.to_owned() } else { folder.join(below) };
            if !below.is_empty() && !path.is_dir() {
                continue;
            }
            for entry in std::fs::read_dir(&path).map_err(not_read(&path))? {
                let entry = entry.map_err(not_read(&path))?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if !is_pack_file(&name) {
                    continue;
                }
                let key = if below.is_empty() { name } else { format!("{below}/{name}") };
                let text = match entry.file_name().to_str() {
                    Some(_) => text_of(&entry.path(), &root),
                    None => Err((0, "the name of the file is not in UTF-8: rename it".to_owned())),
                };
                match text {
                    Ok(text) => files.insert(key, text),
                    Err((line, what)) => mistakes.push(Mistake::at(&key, line, "", what)),
                }
                if files.files.len() + mistakes.len() > MOST_FILES {
                    mistakes = vec![Mistake::file(below, format!("a pack has at most {MOST_FILES} files"))];
                    return Err(FileError::Files(Mistakes::new(mistakes)));
                }
            }
        }
        if !mistakes.is_empty() {
            return Err(FileError::Files(Mistakes::new(mistakes)));
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
        for below in folder.dirs().filter(|below| below.path() != Path::new(FOR_EDITORS)) {
            self.take(below);
        }
    }
}

/// The text of a file of the pack in the folder `root`; else the line, from 1, and what is wrong with it.
fn text_of(path: &Path, root: &Path) -> Result<String, (usize, String)> {
    let not_read = |source: std::io::Error| (0, format!("the file could not be read: {source}"));
    let real = path.canonicalize().map_err(not_read)?;
    if !real.starts_with(root) {
        return Err((0, "this is a link to a file outside the pack: put the file itself here".to_owned()));
    }
    let metadata = real.metadata().map_err(not_read)?;
    if metadata.is_dir() {
        return Err((0, "this is a folder, and a file is expected: rename the folder".to_owned()));
    }
    // To open a pipe would wait for its other end.
    if !metadata.is_file() {
        return Err((0, "this is a pipe or a device, and a file is expected: move it out of the pack".to_owned()));
    }
    let mut bytes = Vec::new();
    let file = File::open(&real).map_err(not_read)?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(not_read)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err((0, "the file is larger than 1 MiB, the most that a file of a pack may have".to_owned()));
    }
    String::from_utf8(bytes).map_err(|error| {
        let read = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = read.iter().filter(|byte| **byte == b'\n').count() + 1;
        (line, "the file is not in UTF-8: save it again in that encoding".to_owned())
    })
}

fn is_pack_file(name: &str) -> bool {
    [".yaml", ".sql", ".md"].iter().any(|ending| name.ends_with(ending)) && !name.starts_with('.')
}
