//! The program, run on workbooks in a temporary folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::support::workbook;

/// A temporary folder.
pub struct Folder(TempDir);

/// What the program ended with.
#[derive(Debug)]
pub struct Ended {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Folder {
    /// A folder of workbooks, each with its name and its text.
    pub fn of(workbooks: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::create_dir(folder.path("inbox")).unwrap();
        for (name, text) in workbooks {
            fs::write(folder.path("inbox").join(name), workbook(text)).unwrap();
        }
        folder
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The program, run in it.
    pub fn crosscast(&self, arguments: &[&str]) -> Ended {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crosscast"));
        let output = command.args(arguments).current_dir(self.0.path()).env_remove("NO_COLOR").output().unwrap();
        Ended {
            status: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The files of a folder in it, by their paths below it, with `/`.
    pub fn files(&self, below: &str) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        take_files(&self.path(below), "", &mut found);
        found
    }

    /// The texts of the files below a folder in it whose names end so.
    pub fn files_of(&self, below: &str, end: &str) -> Vec<String> {
        let (mut texts, mut folders) = (Vec::new(), vec![self.path(below)]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.to_string_lossy().ends_with(end) {
                    texts.push(fs::read_to_string(&path).unwrap());
                }
            }
        }
        texts
    }
}

fn take_files(folder: &Path, before: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{before}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            take_files(&path, &format!("{name}/"), found);
        } else {
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// A folder of the repository.
pub fn repository(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// The drafts of a workbook named `Payments 2022-23.xlsx`, which must all pass.
pub fn drafts(text: &str) -> String {
    let ended = drafts_and_faults(text);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
    ended.out
}

/// The drafts of a workbook named `Payments 2022-23.xlsx`, and what is said beside them.
pub fn drafts_and_faults(text: &str) -> Ended {
    Folder::of(&[("Payments 2022-23.xlsx", text)]).crosscast(&["infer", "inbox"])
}
