//! The program, run on files in a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;
use tempfile::TempDir;

/// A temporary folder of files.
pub struct Folder(TempDir);

impl Folder {
    /// A folder of these files.
    pub fn of<Name: AsRef<str>, Bytes: AsRef<[u8]>>(files: &[(Name, Bytes)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, bytes) in files {
            let path = folder.path(name.as_ref());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// A folder of the repository.
pub fn repository(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// What the program ended with.
pub struct Ended {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// `crosscast inspect` with these arguments, in a folder.
pub fn inspect_in(folder: &Path, arguments: &[&str]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crosscast"));
    let output = command.arg("inspect").args(arguments).current_dir(folder).env_remove("NO_COLOR").output().unwrap();
    Ended {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The document of `crosscast inspect --format json` over a folder.
pub fn document(folder: &Path) -> Json {
    let ended = inspect_in(folder, &[".", "--format", "json"]);
    assert_ne!(ended.status, 2, "{}", ended.err);
    serde_json::from_str(&ended.out).unwrap()
}

/// The findings of a document as `severity code path sheet!cell`.
pub fn findings(document: &Json) -> Vec<String> {
    let files = document["workbooks"].as_array().unwrap().iter();
    let findings = files.flat_map(|file| file["findings"].as_array().unwrap());
    findings
        .map(|found| {
            let [severity, code, workbook, sheet, cell] = ["severity", "code", "workbook", "sheet", "cell"]
                .map(|key| found[key].as_str().unwrap_or("-").to_owned());
            format!("{severity} {code} {workbook} {sheet}!{cell}")
        })
        .collect()
}
