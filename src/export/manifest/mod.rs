//! `manifest.json`: what a run read and wrote, with fingerprints, so that outputs can be traced, and verified later
//! ([`Manifest::differences`]).

mod comparison;

pub use comparison::{Difference, FoundFiles};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::{Month, Report, sha256};
use crate::schema::PackFiles;

use super::json::harmless;
use super::outputs::OutputFile;

/// The version of the manifest's shape.
const VERSION: u32 = 1;

/// The name of the manifest in the output folder.
pub const MANIFEST: &str = "manifest.json";

/// The program and its version, as the manifest names what wrote it.
pub const TOOL: &str = concat!("crosscast ", env!("CARGO_PKG_VERSION"));

/// What a run read and wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of this shape.
    pub version: u32,
    /// The program that wrote it, with its version: `crosscast 0.1.0`.
    pub tool: String,
    /// The time of the run, as the caller gives it. It stands nowhere else in the outputs.
    pub time: String,
    /// The pack's name (the partnership's).
    pub pack: String,
    /// The financial year, for example `2022-23`.
    pub year: String,
    /// The last month that is reported.
    pub to: Month,
    /// Whether the appendix is final: nothing stands against publication, and the year is complete. Else it is a DRAFT.
    #[serde(rename = "final")]
    pub is_final: bool,
    /// The workbooks, by their paths below the inbox, sorted.
    pub inputs: Vec<ReadFile>,
    /// The pack's files, by their paths below its folder, sorted.
    pub pack_files: Vec<ReadFile>,
    /// The outputs, by their paths below the output folder, sorted. The manifest does not list itself.
    pub outputs: Vec<WrittenFile>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadFile {
    /// The path, with `/`.
    pub path: String,
    /// SHA-256 of the bytes that were read, in lower-case hexadecimal; empty when the file could not be opened.
    pub sha256: String,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenFile {
    /// The path, with `/`.
    pub path: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// Why a file is no manifest of this program, to follow what says so.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// Not JSON, or of another shape.
    #[error(transparent)]
    Shape(#[from] serde_json::Error),
    /// Of a later version of the shape.
    #[error("its version is {0}, which a newer Crosscast wrote; this one reads version {VERSION}")]
    Version(u32),
    /// It lists a file twice, so that it does not say which of the two was meant.
    #[error("it lists a file twice")]
    Twice,
    /// It is a link, which may lead to the manifest of other outputs.
    #[error("it is a link to another place")]
    Link,
}

/// The manifest of a run as indented JSON that ends with a line break. `time` is in words of the caller's choice; RFC 3339
/// is expected.
pub fn manifest(report: &Report, pack: &PackFiles, is_final: bool, time: &str, outputs: &[OutputFile]) -> String {
    let inputs = report.workbooks.iter().map(|workbook| ReadFile::new(&workbook.path, workbook.sha256.clone()));
    let mut manifest = Manifest {
        version: VERSION,
        tool: TOOL.to_owned(),
        time: time.to_owned(),
        pack: report.pack.clone(),
        year: report.period.year.clone(),
        to: report.period.to,
        is_final,
        inputs: inputs.collect(),
        pack_files: ReadFile::of_pack(pack),
        outputs: outputs.iter().map(|file| WrittenFile::new(&file.path, &file.bytes)).collect(),
    };
    manifest.inputs.sort();
    manifest.pack_files.sort();
    manifest.outputs.sort();
    // Names of files are among its texts.
    harmless(&serde_json::to_string_pretty(&manifest).expect("a manifest has text keys and plain values only"))
}

impl Manifest {
    /// Reads a manifest back.
    ///
    /// # Errors
    /// [`ManifestError`] when the bytes are no manifest, or one of a newer version.
    pub fn read(bytes: &[u8]) -> Result<Self, ManifestError> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        // The version is looked at alone first: a newer shape need not be readable to be named.
        let Versioned { version } = serde_json::from_slice(bytes)?;
        if version > VERSION {
            return Err(ManifestError::Version(version));
        }
        Ok(serde_json::from_slice(bytes)?)
    }

    /// Whether two workbooks, two files of the pack or two outputs have one path; no run writes that.
    pub fn lists_twice(&self) -> bool {
        fn is_twice<'a>(paths: impl Iterator<Item = &'a String>) -> bool {
            let mut seen = BTreeSet::new();
            paths.into_iter().any(|path| !seen.insert(path))
        }
        is_twice(self.inputs.iter().map(|file| &file.path))
            || is_twice(self.pack_files.iter().map(|file| &file.path))
            || is_twice(self.outputs.iter().map(|file| &file.path))
    }
}

impl ReadFile {
    fn new(path: &str, sha256: String) -> Self {
        Self { path: path.to_owned(), sha256 }
    }

    /// The files of a pack, sorted by path.
    pub fn of_pack(pack: &PackFiles) -> Vec<Self> {
        pack.all().map(|(path, text)| Self::new(path, sha256(text.as_bytes()))).collect()
    }
}

impl WrittenFile {
    /// A file by its path below the output folder and its bytes.
    pub fn new(path: &str, bytes: &[u8]) -> Self {
        Self { path: path.to_owned(), sha256: sha256(bytes), bytes: bytes.len() as u64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample_report::august;

    /// The manifest of a run that read two workbooks and a pack of one file.
    fn written(outputs: &[OutputFile]) -> String {
        let mut report = august();
        report.workbooks.truncate(2);
        for (workbook, path) in report.workbooks.iter_mut().zip(["b.xlsx", "a.xlsx"]) {
            workbook.path = path.into();
            workbook.sha256 = sha256(path.as_bytes());
        }
        let mut pack = PackFiles::default();
        pack.insert("partnership.yaml", "partnership.yaml");
        manifest(&report, &pack, false, "2023-07-03T09:30:00Z", outputs)
    }

    #[test]
    fn what_a_run_read_and_wrote() {
        let outputs = [OutputFile::new("for-officers/findings.json", "abc")];
        // The fingerprint of "abc" is the example of FIPS 180-4.
        let text = written(&outputs).replace(env!("CARGO_PKG_VERSION"), "VERSION");
        insta::assert_snapshot!(text, @r#"
        {
          "version": 1,
          "tool": "crosscast VERSION",
          "time": "2023-07-03T09:30:00Z",
          "pack": "South Worcestershire Community Safety Partnership",
          "year": "2022-23",
          "to": "2022-08",
          "final": false,
          "inputs": [
            {
              "path": "a.xlsx",
              "sha256": "90e06ba3f9855932cd6739755e2ff2a29057c0359ba19dd91cfc67123497093f"
            },
            {
              "path": "b.xlsx",
              "sha256": "e1184ff58f314f44b4c9ffae2d82ca9f8284cecaa26c360652a15bfeb6fc372d"
            }
          ],
          "pack_files": [
            {
              "path": "partnership.yaml",
              "sha256": "566261db491fa77a1b2f255fe5646db43baee139a48a504d417f0f98e3657a6c"
            }
          ],
          "outputs": [
            {
              "path": "for-officers/findings.json",
              "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
              "bytes": 3
            }
          ]
        }
        "#);
    }

    #[test]
    fn a_manifest_can_be_read_back() {
        let read = Manifest::read(written(&[OutputFile::new("x", "")]).as_bytes()).unwrap();
        assert_eq!((read.version, read.is_final, read.to), (1, false, "2022-08".parse().unwrap()));
        assert_eq!(read.inputs[0].path, "a.xlsx");
        assert_eq!(read.outputs[0].bytes, 0);
    }

    #[test]
    fn other_texts_are_no_manifest() {
        for text in ["", "{}", "{\"version\": 1}", "{\"name\": \"app\", \"start_url\": \"/\"}", "[1]"] {
            assert!(matches!(Manifest::read(text.as_bytes()), Err(ManifestError::Shape(_))), "{text}");
        }
        assert!(matches!(Manifest::read(b"{\"version\": 2, \"more\": 1}"), Err(ManifestError::Version(2))));
    }
}
