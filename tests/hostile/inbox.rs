//! The inbox in which all hostile files lie beside a good year, and the program that is run over it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::row::{Expected, Made, Row};

/// The table that every probe has: a figure above 0 gives a finding that shows it.
const PROBE_TABLE: &str = "fields:\n  - {name: item, title: Item, type: string}\n  - {name: figure, title: Figure, \
    type: number, constraints: {maximum: 0}}\ncrosscast:\n  title: Probe\n";

const PROBE_KIND: &str = "\n  - name: probe\n    title: probe\n    files: '(?is).*probe .*'\n    frequency: yearly\n    \
    due: start\n    required: false\n    tables:\n      - {table: probe, sheet: Probe}\n\nchecks:\n  \
    workbook-repeated: {off: true}\n  repeated-workbook-compared: {off: true}\n";

/// An inbox with the sample year, a pack that knows probes, and hostile files.
pub struct Inbox(TempDir);

/// How the program ended.
pub struct Ended {
    /// 0, 1 or 2; none when it was killed.
    pub status: Option<i32>,
    /// What it wrote to standard output.
    pub out: String,
    /// What it wrote to standard error.
    pub err: String,
    /// How long it took.
    pub took: Duration,
}

impl Inbox {
    /// The sample year and these files.
    pub fn with(rows: &[Row]) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(&repository.join("samples/2022-23"), &desk.path("inbox"));
        copy(&repository.join("schemas"), &desk.path("schemas"));
        let partnership = desk.path("schemas/partnership.yaml");
        let text = fs::read_to_string(&partnership).unwrap();
        let (before, _) = text.split_once("\n# Settings for single checks").unwrap();
        fs::write(partnership, format!("{before}{PROBE_KIND}")).unwrap();
        fs::write(desk.path("schemas/tables/probe.yaml"), PROBE_TABLE).unwrap();
        for row in rows {
            let path = desk.path("inbox").join(&row.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match &row.made {
                Made::File(bytes) => fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", row.name)),
                Made::Otherwise(make) => make(&path),
            }
        }
        desk
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    /// Runs the program over the inbox.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        let started = Instant::now();
        let output =
            Command::new(env!("CARGO_BIN_EXE_crosscast")).args(arguments).current_dir(self.0.path()).output().unwrap();
        Ended {
            status: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
            took: started.elapsed(),
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() { copy(&from, &to) } else { fs::copy(&from, &to).map(drop).unwrap() }
    }
}

/// What is wrong with what was found of each file, one line a file; none when each got its findings and no other.
pub fn differences(rows: &[Row], report: &Json) -> Vec<String> {
    let names: BTreeSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names.len(), rows.len(), "two rows have one name");
    rows.iter().filter_map(|row| difference(row, report)).collect()
}

fn difference(row: &Row, report: &Json) -> Option<String> {
    // What a name holds that could act on a terminal is shown as a sign for it.
    let path: String = row.path.chars().map(|sign| if sign.is_control() { '\u{fffd}' } else { sign }).collect();
    let found: Vec<&Json> =
        report["findings"].as_array().unwrap().iter().filter(|finding| finding["workbook"] == path.as_str()).collect();
    let is_as_expected = |expected: &Vec<Expected>| {
        expected.len() == found.len() && expected.iter().all(|one| found.iter().any(|finding| is(one, finding)))
    };
    if row.expected.iter().any(is_as_expected) {
        return None;
    }
    let shown = |finding: &&Json| {
        let (code, message) = (finding["code"].as_str().unwrap(), finding["message"].as_str().unwrap());
        let message: String = message.chars().take(200).collect();
        format!("\n    found {code} {}: {message}", place(finding).unwrap_or_default())
    };
    let wanted = |one: &Expected| format!("{} {}: {}", one.code, one.cell.as_deref().unwrap_or_default(), one.words);
    let wanted = |all: &Vec<Expected>| format!("\n    expected {:?}", all.iter().map(wanted).collect::<Vec<_>>());
    let (wanted, found): (String, String) =
        (row.expected.iter().map(wanted).collect(), found.iter().map(shown).collect());
    Some(format!("{}{wanted}{found}", row.name))
}

fn is(expected: &Expected, finding: &Json) -> bool {
    finding["code"] == expected.code
        && place(finding) == expected.cell
        && finding["message"].as_str().unwrap().contains(&expected.words)
}

fn place(finding: &Json) -> Option<String> {
    let sheet = finding["sheet"].as_str()?;
    Some(finding["cell"].as_str().map_or(sheet.to_owned(), |cell| format!("{sheet}!{cell}")))
}
