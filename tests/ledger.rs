//! A ledger of 3,000 rows, in which each of twelve faults is planted once in each thousand rows: all of them are found at
//! their cells, nothing else is, and the outputs are the same at any number of threads.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;
use tempfile::TempDir;

#[path = "speed/ledger/mod.rs"]
mod ledger;

const ROWS: usize = 3_000;
const SEED: u64 = 7;

/// What was found, by code: its cells, and how many there are.
#[derive(Debug, PartialEq)]
struct Expected {
    code: &'static str,
    /// The cells as the findings name them: each by itself, or an area of which so many cells are meant.
    cells: &'static [&'static str],
}

/// A row of the sheet is the place among the entries, from zero, and two.
const EXPECTED: [Expected; 13] = [
    Expected { code: "cost-centre-is-open", cells: &["D839", "D1839", "D2839"] },
    Expected { code: "date-as-text", cells: &["300 of B5:B2995"] },
    Expected { code: "directorate-of-cost-centre", cells: &["C939", "C1939", "C2939"] },
    Expected { code: "gross-is-net-and-vat", cells: &["K689", "K1689", "K2689"] },
    Expected { code: "impossible-date", cells: &["B239", "B1239", "B2239"] },
    Expected { code: "invoice-entered-twice", cells: &["L739", "L1739", "L2739"] },
    Expected { code: "not-an-amount", cells: &["I339", "I1339", "I2339"] },
    Expected { code: "not-in-list", cells: &["G189", "G1189", "G2189"] },
    Expected { code: "pattern-mismatch", cells: &["L139", "L1139", "L2139"] },
    Expected { code: "repeated-value", cells: &["A639", "A1639", "A2639"] },
    Expected { code: "required-value", cells: &["E39", "E1039", "E2039"] },
    Expected { code: "too-small", cells: &["H439", "H1439", "H2439"] },
    Expected { code: "unknown-reference", cells: &["D539", "D1539", "D2539"] },
];

/// A folder with the ledger, the cost centres and the pack.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::create_dir(desk.path("inbox")).unwrap();
        fs::write(desk.path("inbox/ledger.xlsx"), ledger::workbook(SEED, 0, ROWS)).unwrap();
        fs::write(desk.path("inbox/cost centres.xlsx"), ledger::cost_centres()).unwrap();
        ledger::write_pack(&desk.path("schemas"), 1);
        desk
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    fn crosscast(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crosscast"));
        command.args(arguments).current_dir(self.0.path()).output().unwrap()
    }
}

#[test]
fn what_is_planted_is_found_and_nothing_else() {
    // The test's own figures, beside what the generator says of itself.
    let planted: BTreeMap<&str, usize> = ledger::planted(ROWS).into_iter().collect();
    assert_eq!((planted.len(), planted.values().all(|count| *count == 3)), (12, true), "{planted:?}");

    let ended = Desk::new().crosscast(&["check", "inbox", "--format", "json"]);
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(1), ""));
    let report: Json = serde_json::from_slice(&ended.stdout).unwrap();
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for finding in report["findings"].as_array().unwrap() {
        assert_eq!(finding["workbook"], "ledger.xlsx", "{finding}");
        let code = finding["code"].as_str().unwrap();
        let severity = if code == "date-as-text" { "warning" } else { "error" };
        assert_eq!(finding["severity"], severity, "{finding}");
        found.entry(code).or_default().extend(cells(finding));
    }
    let expected: BTreeMap<&str, Vec<String>> = EXPECTED
        .iter()
        .map(|Expected { code, cells }| (*code, cells.iter().map(|cell| (*cell).to_owned()).collect()))
        .collect();
    assert_eq!(found, expected);
}

/// The cells of a finding; of an area of which some cells are meant, `300 of B5:B2995`.
fn cells(finding: &Json) -> Vec<String> {
    let cell = finding["cell"].as_str().unwrap();
    let message = finding["message"].as_str().unwrap();
    let meant = message.split(" cells of ").next().filter(|before| before.len() < message.len());
    match meant.and_then(|before| before.rsplit(' ').next()) {
        Some(count) => vec![format!("{count} of {cell}")],
        None => cell.split(", ").map(str::to_owned).collect(),
    }
}

#[test]
fn a_ledger_gives_the_same_bytes_at_any_number_of_threads() {
    let desk = Desk::new();
    let [one, two, eight] = ["1", "2", "8"].map(|threads| {
        let output = format!("output on {threads}");
        let ended = desk.crosscast(&["run", "inbox", "--threads", threads, "--output", &output]);
        assert_eq!(ended.status.code(), Some(1), "{}", String::from_utf8_lossy(&ended.stderr));
        files(&desk.path(&output))
    });
    assert!(one.contains_key("for-officers/consolidated.xlsx") && one.len() > 5, "{:?}", one.keys());
    for (threads, others) in [(2, &two), (8, &eight)] {
        assert_eq!(one.keys().collect::<Vec<_>>(), others.keys().collect::<Vec<_>>(), "{threads} threads");
        for (path, bytes) in &one {
            assert!(others[path] == *bytes, "{path} is another one on {threads} threads");
        }
    }
}

/// The files below a folder by their paths, but for the manifest, which holds the time.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found.remove("manifest.json");
    found
}
