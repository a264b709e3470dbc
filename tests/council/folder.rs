//! A folder in which the program is run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, open_workbook_auto};
use serde_json::Value as Json;
use tempfile::TempDir;

/// A temporary folder.
pub struct Folder(TempDir);

/// What the program ended with.
#[must_use = "a test that does not look at the status passes when the program does nothing"]
pub struct Ended {
    /// 0, 1 or 2.
    pub status: i32,
    /// What it wrote, standard output first.
    pub said: String,
}

impl Folder {
    /// An empty folder.
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A path in the folder.
    pub fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    /// Runs the program in the folder.
    pub fn crosscast(&self, arguments: &[&str]) -> Ended {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crosscast"));
        let ended = command.args(arguments).current_dir(self.0.path()).env("COLUMNS", "100").output().unwrap();
        let said = [ended.stdout, ended.stderr].concat();
        Ended { status: ended.status.code().unwrap(), said: String::from_utf8(said).unwrap() }
    }

    /// Runs the program on an inbox of `samples/council`, by its pack; the outputs are written to `output`.
    pub fn run(&self, inbox: &str) -> Ended {
        let (inbox, pack) = (sample(inbox), sample("pack"));
        self.crosscast(&["run", inbox.to_str().unwrap(), "--schemas", pack.to_str().unwrap()])
    }

    /// The findings of a run, each as `severity code workbook sheet!cell`.
    pub fn findings(&self) -> Vec<String> {
        let text = fs::read_to_string(self.path("output/for-officers/findings.json")).unwrap();
        let report: Json = serde_json::from_str(&text).unwrap();
        let part = |finding: &Json, name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        let line = |finding: &Json| {
            let place = [part(finding, "sheet"), part(finding, "cell")].join("!");
            format!("{} {} {} {place}", part(finding, "severity"), part(finding, "code"), part(finding, "workbook"))
        };
        report["findings"].as_array().unwrap().iter().map(line).collect()
    }

    /// A sheet of the consolidated workbook that a run wrote, by its rows, with the results of its formulas.
    pub fn consolidated(&self, sheet: &str) -> Vec<Vec<Data>> {
        let mut workbook = open_workbook_auto(self.path("output/for-officers/consolidated.xlsx")).unwrap();
        workbook.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
    }
}

/// A path below `samples/council`.
pub fn sample(below: &str) -> PathBuf {
    repository("samples/council").join(below)
}

/// A path in the repository.
pub fn repository(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}
