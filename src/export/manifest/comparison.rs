//! Whether outputs and workbooks are still those of a run: what was found on disk, held against the manifest.

use std::collections::BTreeMap;
use std::fmt;

use super::super::outputs::{FOR_COMMITTEE, appendix_path};
use super::{Manifest, ReadFile, WrittenFile};
use crate::model::listed;

/// At most so many files of the pack are named; the rest are counted.
const MOST_NAMED: usize = 5;

/// What is there now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundFiles {
    /// The workbooks of the inbox, by the paths that a manifest has.
    pub inputs: Vec<ReadFile>,
    /// The files of the pack.
    pub pack_files: Vec<ReadFile>,
    /// Those of the manifest's outputs that are there, and all that lies in the folder for the committee.
    pub outputs: Vec<WrittenFile>,
    /// Whether a run was cut off while it exchanged the outputs, or is exchanging them now.
    pub cut_off: bool,
}

/// Why the appendix is not to be published as what it says it is. Displayed, it is a sentence for a clerk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// It is a DRAFT.
    Draft,
    /// A run was cut off, or has not ended yet.
    CutOff,
    /// The manifest speaks of no final PDF, though it says that there is one.
    NotListed,
    /// An output is not as it was written.
    OutputChanged(String),
    /// An output is gone.
    OutputMissing(String),
    /// Something else lies in the folder for the committee.
    Stray(String),
    /// A workbook is not as it was read.
    InputChanged(String),
    /// A workbook that was read is not in the inbox.
    InputMissing(String),
    /// A workbook is in the inbox that was not read.
    InputAdded(String),
    /// A workbook that was read has another name now.
    InputRenamed {
        /// The name by which it was read.
        from: String,
        /// The name that it has now.
        to: String,
    },
    /// The pack is another one; with the files that differ.
    Pack(Vec<String>),
}

impl Difference {
    /// What to do about it. Several differences share a remedy.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Draft => "Mend what the first page of the DRAFT lists, and run again.",
            Self::Stray(_) => {
                "Move what does not belong there out of the folder for-committee, and take the appendix from there alone."
            }
            Self::Pack(_) => "Name the pack that it was made by with --schemas, or run again with this one.",
            Self::InputChanged(_) | Self::InputMissing(_) | Self::InputAdded(_) | Self::InputRenamed { .. } => {
                "Make sure that the inbox holds the workbooks that are meant, and run again."
            }
            Self::CutOff | Self::NotListed | Self::OutputChanged(_) | Self::OutputMissing(_) => "Run again.",
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Draft => formatter.write_str(
                "It is a DRAFT: something stood against publication, or the year was not complete when it was made.",
            ),
            Self::CutOff => formatter.write_str(
                "A run was cut off while it wrote the outputs, or is writing them now, so they may be neither the old nor \
                 the new.",
            ),
            Self::NotListed => formatter.write_str("The manifest does not speak of a final appendix."),
            Self::OutputChanged(path) => write!(formatter, "{path} has been changed since it was made."),
            Self::OutputMissing(path) => write!(formatter, "{path} is not there."),
            Self::Stray(path) => write!(formatter, "{path} was not made by that run."),
            Self::InputChanged(path) => write!(formatter, "The workbook {path} has been changed since it was read."),
            Self::InputMissing(path) => write!(formatter, "The workbook {path} was read, and is not in the inbox."),
            Self::InputAdded(path) => write!(formatter, "The workbook {path} is in the inbox, and was not read."),
            Self::InputRenamed { from, to } => {
                write!(formatter, "The workbook {from} has another name in the inbox: {to}.")
            }
            Self::Pack(files) => {
                let mut named: Vec<String> = files.iter().take(MOST_NAMED).cloned().collect();
                if files.len() > MOST_NAMED {
                    named.push(format!("{} more", files.len() - MOST_NAMED));
                }
                let differ = if files.len() == 1 { "differs" } else { "differ" };
                write!(
                    formatter,
                    "The pack (the folder of schemas) is not the one it was made by: {} {differ}.",
                    listed(&named, "and")
                )
            }
        }
    }
}

impl Manifest {
    /// What keeps the appendix from being the one that the run made, final, from the workbooks that are there. Nothing
    /// means that it is. First what is wrong with the outputs, then the workbooks by path, then the pack.
    pub fn differences(&self, found: &FoundFiles) -> Vec<Difference> {
        let mut differences = Vec::new();
        if found.cut_off {
            differences.push(Difference::CutOff);
        }
        if !self.is_final {
            differences.push(Difference::Draft);
        } else if !self.outputs.iter().any(|file| file.path == appendix_path(true, "pdf")) {
            differences.push(Difference::NotListed);
        }
        differences.extend(of_outputs(&self.outputs, &found.outputs));
        differences.extend(of_inputs(&self.inputs, &found.inputs));
        let in_pack = differing(&self.pack_files, &found.pack_files);
        if !in_pack.is_empty() {
            differences.push(Difference::Pack(in_pack));
        }
        differences
    }
}

fn of_outputs(written: &[WrittenFile], found: &[WrittenFile]) -> Vec<Difference> {
    let mut differences = Vec::new();
    for file in written {
        match found.iter().find(|there| there.path == file.path) {
            None => differences.push(Difference::OutputMissing(file.path.clone())),
            Some(there) if there != file => differences.push(Difference::OutputChanged(file.path.clone())),
            Some(_) => {}
        }
    }
    let is_ours = |there: &&WrittenFile| written.iter().any(|file| file.path == there.path);
    let stray = found.iter().filter(|there| there.path.starts_with(FOR_COMMITTEE) && !is_ours(there));
    differences.extend(stray.map(|there| Difference::Stray(there.path.clone())));
    differences
}

fn of_inputs(read: &[ReadFile], found: &[ReadFile]) -> Vec<Difference> {
    let (read, found) = (by_path(read), by_path(found));
    let mut added: Vec<&str> = found.keys().filter(|path| !read.contains_key(*path)).copied().collect();
    let mut differences: Vec<(&str, Difference)> = Vec::new();
    for (path, mark) in &read {
        match found.get(path) {
            Some(there) if there == mark => {}
            Some(_) => differences.push((path, Difference::InputChanged((*path).to_owned()))),
            None => match added.iter().position(|other| found[other] == *mark) {
                Some(index) => {
                    let to = added.remove(index).to_owned();
                    differences.push((path, Difference::InputRenamed { from: (*path).to_owned(), to }));
                }
                None => differences.push((path, Difference::InputMissing((*path).to_owned()))),
            },
        }
    }
    differences.extend(added.into_iter().map(|path| (path, Difference::InputAdded(path.to_owned()))));
    differences.sort_by_key(|(path, _)| *path);
    differences.into_iter().map(|(_, difference)| difference).collect()
}

/// The paths of files that are not the same in both, sorted.
fn differing(some: &[ReadFile], others: &[ReadFile]) -> Vec<String> {
    let (some, others) = (by_path(some), by_path(others));
    let mut paths: Vec<&str> = some.keys().chain(others.keys()).copied().collect();
    paths.sort_unstable();
    paths.dedup();
    paths.into_iter().filter(|path| some.get(path) != others.get(path)).map(str::to_owned).collect()
}

fn by_path(files: &[ReadFile]) -> BTreeMap<&str, &str> {
    files.iter().map(|file| (file.path.as_str(), file.sha256.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(files: &[(&str, &str)]) -> Vec<ReadFile> {
        files.iter().map(|(path, mark)| ReadFile { path: (*path).to_owned(), sha256: (*mark).to_owned() }).collect()
    }

    fn written(files: &[(&str, &str)]) -> Vec<WrittenFile> {
        let file = |(path, mark): &(&str, &str)| WrittenFile {
            path: (*path).to_owned(),
            sha256: (*mark).to_owned(),
            bytes: 3,
        };
        files.iter().map(file).collect()
    }

    fn manifest() -> Manifest {
        Manifest {
            version: 1,
            tool: "crosscast 0.1.0".to_owned(),
            time: "2023-07-03T09:30:00Z".to_owned(),
            pack: "Test".to_owned(),
            year: "2022-23".to_owned(),
            to: "2023-03".parse().unwrap(),
            is_final: true,
            inputs: read(&[("a.xlsx", "1"), ("b.xlsx", "2")]),
            pack_files: read(&[("appendix.md", "3")]),
            outputs: written(&[("for-committee/committee-appendix.pdf", "4"), ("for-officers/findings.json", "5")]),
        }
    }

    fn there() -> FoundFiles {
        let manifest = manifest();
        let (inputs, pack_files, outputs) = (manifest.inputs, manifest.pack_files, manifest.outputs);
        FoundFiles { inputs, pack_files, outputs, cut_off: false }
    }

    #[test]
    fn all_as_it_was() {
        assert_eq!(manifest().differences(&there()), []);
    }

    #[test]
    fn workbooks_that_differ() {
        let found = FoundFiles { inputs: read(&[("a.xlsx", "9"), ("c.xlsx", "2"), ("d.xlsx", "7")]), ..there() };
        assert_eq!(
            manifest().differences(&found),
            [
                Difference::InputChanged("a.xlsx".to_owned()),
                Difference::InputRenamed { from: "b.xlsx".to_owned(), to: "c.xlsx".to_owned() },
                Difference::InputAdded("d.xlsx".to_owned())
            ]
        );
        let found = FoundFiles { inputs: read(&[("a.xlsx", "1")]), ..there() };
        assert_eq!(manifest().differences(&found), [Difference::InputMissing("b.xlsx".to_owned())]);
    }

    #[test]
    fn outputs_that_differ() {
        let pdf = "for-committee/committee-appendix.pdf";
        let found = FoundFiles {
            outputs: written(&[(pdf, "0"), ("for-committee/notes.docx", "8"), ("for-officers/mine.txt", "8")]),
            ..there()
        };
        assert_eq!(
            manifest().differences(&found),
            [
                Difference::OutputChanged(pdf.to_owned()),
                Difference::OutputMissing("for-officers/findings.json".to_owned()),
                Difference::Stray("for-committee/notes.docx".to_owned())
            ]
        );
        let mut longer = there();
        longer.outputs[0].bytes = 4;
        assert_eq!(manifest().differences(&longer), [Difference::OutputChanged(pdf.to_owned())]);
    }

    #[test]
    fn drafts_and_runs_that_were_cut_off() {
        let draft = Manifest { is_final: false, ..manifest() };
        let found = FoundFiles { cut_off: true, ..there() };
        assert_eq!(draft.differences(&found), [Difference::CutOff, Difference::Draft]);
        let mut without = Manifest { outputs: Vec::new(), ..manifest() };
        let nothing = FoundFiles { outputs: Vec::new(), ..there() };
        assert_eq!(without.differences(&nothing), [Difference::NotListed]);
        without.is_final = false;
        assert_eq!(without.differences(&nothing), [Difference::Draft]);
    }

    #[test]
    fn the_pack_is_named_by_its_files() {
        let found = FoundFiles { pack_files: read(&[("appendix.md", "9"), ("rules/new.sql", "1")]), ..there() };
        let differences = manifest().differences(&found);
        assert_eq!(
            differences[0].to_string(),
            "The pack (the folder of schemas) is not the one it was made by: appendix.md and rules/new.sql differ."
        );
        assert_eq!(differences.len(), 1);
    }
}
