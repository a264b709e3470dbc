//! The marked copies of officers' workbooks, read by Python and by LibreOffice: nothing but the marks is another.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::programs::{Program, needed, run};
use crate::workbook::converted;

const MARCH: &str = "monthly/2023-03 March return.xlsx";

/// Runs the program over an inbox in which errors stand, and gives the number of marked copies.
fn ran(inbox: &Path, output: &Path) -> usize {
    let made = Command::new(env!("CARGO_BIN_EXE_crosscast"))
        .args(["run", "--schemas", "schemas"])
        .arg(inbox)
        .arg("--output")
        .arg(output)
        .output()
        .unwrap();
    assert_eq!(made.status.code(), Some(1), "{}", String::from_utf8_lossy(&made.stderr));
    let console = String::from_utf8(made.stdout).unwrap();
    let line = console.lines().find(|line| line.contains("for-officers/marked/")).unwrap();
    let count = line.split(['(', ' ']).find_map(|word| word.parse().ok());
    count.unwrap_or_else(|| panic!("{line}"))
}

/// A copy of a folder.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

/// What the script says of the copies: how many copies, cells and marks it compared.
fn compared(python: &Path, output: &Path, inbox: &Path) -> Vec<usize> {
    let script = Path::new("tests").join("independent").join("marked.py");
    let said = run(Command::new(python).arg("-B").arg(script).arg(output).arg(inbox)).output;
    said.split(|sign: char| !sign.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect()
}

#[test]
fn openpyxl_finds_nothing_but_the_marks_in_the_year_with_faults() {
    let Some(python) = needed(Program::Python) else { return };
    let folder = tempfile::tempdir().unwrap();
    let inbox = Path::new("samples/with-faults");
    let made = ran(inbox, folder.path());
    let [copies, cells, marks, parts] = compared(&python, folder.path(), inbox)[..] else { panic!("four numbers") };
    assert!(copies >= 12 && copies <= made, "{copies} of {made}");
    assert!(cells > 3_000 && marks >= 20 && parts > 30, "{cells} cells, {marks} marks, {parts} parts");
}

#[test]
fn openpyxl_finds_nothing_but_the_marks_where_a_workbook_holds_more_than_tables() {
    let Some(python) = needed(Program::Python) else { return };
    let folder = tempfile::tempdir().unwrap();
    let (inbox, output) = (folder.path().join("inbox"), folder.path().join("output"));
    let march = inbox.join(MARCH);
    copy(Path::new("samples/2022-23"), &inbox);
    let script = Path::new("tests").join("independent").join("rich_return.py");
    run(Command::new(&python).arg("-B").arg(script).arg(Path::new("samples/with-faults").join(MARCH)).arg(&march));
    ran(&inbox, &output);
    let [copies, _, marks, _] = compared(&python, &output, &inbox)[..] else { panic!("four numbers") };
    assert!(copies >= 1 && marks >= 1, "{copies} copies, {marks} marks");

    // The copy, put into the inbox in place of the original, says the same; and marked again it is the original with marks.
    let findings = || {
        let report = fs::read_to_string(output.join("for-officers/findings.json")).unwrap();
        serde_json::from_str::<serde_json::Value>(&report).unwrap()["findings"].clone()
    };
    let before = findings();
    let originals = folder.path().join("originals");
    copy(&inbox, &originals);
    fs::copy(output.join("for-officers/marked").join(MARCH), &march).unwrap();
    ran(&inbox, &output);
    assert_eq!(findings(), before);
    assert_eq!(compared(&python, &output, &originals)[2], marks);
}

#[test]
fn libreoffice_opens_a_marked_copy() {
    let Some(soffice) = needed(Program::LibreOffice) else { return };
    let Some(pdftotext) = needed(Program::Pdftotext) else { return };
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    ran(Path::new("samples/with-faults"), &output);
    converted(&soffice, &output.join("for-officers/marked").join(MARCH), "pdf", folder.path());
    let printed = folder.path().join("2023-03 March return.pdf");
    let text = run(Command::new(pdftotext).arg("-layout").arg(printed).arg("-")).output;
    for said in ["Crosscast findings: 2023-03 March return.xlsx", "Summary!D9", "Monthly return"] {
        assert!(text.contains(said), "{said}\n{text}");
    }
}
