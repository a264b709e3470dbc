//! Folders of any files: a line each, and a summary.

use std::fs;

use crate::program::{Ended, Folder, inspect_in, repository};
use crate::support::binary_workbook::{BinaryCell, binary_workbook};
use crate::support::open_document::open_document;
use crate::support::patched::{locked_with_password, registers};
use crate::support::workbook;

const SPEND: &str = "# Spend\nProject | Payee | Amount\nDawn | A | £5.00\nDusk | B | £6.00\nTotal |  | £11.00";

/// Small workbooks of every format.
fn good() -> Vec<(&'static str, Vec<u8>)> {
    let rows = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>North</text:p></table:table-cell>\
                </table:table-row>";
    let meetings = fs::read(repository("samples/2022-23/registers/Meetings 2022-23.ods")).unwrap();
    vec![
        ("spend.xlsx", workbook(SPEND)),
        ("crimes.xlsx", workbook("# Crimes\nWard | Crimes\nNorth | 5\nSouth | 6")),
        ("note.xlsm", workbook("# Note\nA note")),
        (
            "wards.xlsb",
            binary_workbook("Wards", &[&[BinaryCell::Text("North"), BinaryCell::None, BinaryCell::Number(5.0)]]),
        ),
        ("registers.xls", registers()),
        ("wards.ods", open_document("Wards", rows)),
        ("meetings.ods", meetings),
        ("under another name.dat", workbook(SPEND)),
    ]
}

/// What is no workbook, with its line; and what has the name of one.
fn bad() -> Vec<(&'static str, Vec<u8>)> {
    let whole = workbook(SPEND);
    vec![
        ("minutes.pdf", b"%PDF-1.7\n".to_vec()),
        ("ledger.csv", b"Date,Amount\n2022-04-15,5\n".to_vec()),
        ("page.xlsx", b"<html><body>Sign in</body></html>".to_vec()),
        ("half.xlsx", whole[..whole.len() / 2].to_vec()),
        ("locked.xls", locked_with_password()),
        ("empty.xlsx", Vec::new()),
        ("wrong.xlsx", workbook(&SPEND.replace("£11.00", "£12.00"))),
        ("deleted.xlsb", binary_workbook("Wards", &[&[BinaryCell::ErrorFormula]])),
    ]
}

/// Copies of files, so many in all, in folders of a hundred; the copies are numbered from the first.
fn copies(files: &[(&'static str, Vec<u8>)], count: usize) -> Vec<(String, Vec<u8>)> {
    let numbered = files.iter().cycle().take(count).enumerate();
    numbered.map(|(number, (name, bytes))| (format!("{:02}/{number:04} {name}", number / 100), bytes.clone())).collect()
}

fn lines(ended: &Ended) -> Vec<&str> {
    ended.out.lines().take_while(|line| !line.is_empty()).collect()
}

#[test]
fn a_thousand_mixed_files_end_with_a_line_each_and_a_summary() {
    // Workbooks of the older formats are opened by a process of their own, which takes time: of these there are fewer.
    let quick: Vec<_> = good().into_iter().chain(bad()).filter(|(name, _)| !is_read_apart(name)).collect();
    let mut files = copies(&quick, 960);
    let apart: Vec<_> = good().into_iter().chain(bad()).filter(|(name, _)| is_read_apart(name)).collect();
    files.extend(copies(&apart, 40).into_iter().map(|(name, bytes)| (format!("older/{name}"), bytes)));
    let folder = Folder::of(&files);
    let begins = std::time::Instant::now();
    let ended = inspect_in(&folder.path(""), &["."]);
    assert!(begins.elapsed().as_secs() < 60, "{:?}", begins.elapsed());
    assert_eq!((ended.status, ended.err.as_str()), (1, ""));
    let told = lines(&ended);
    assert_eq!(told.len(), 1_000);
    let mut names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert!(told.iter().zip(&names).all(|(line, name)| line.starts_with(&format!("{name}: "))), "{:?}", &told[..20]);
    let summary = ended.out.split_once("Summary\n").unwrap().1;
    assert!(summary.starts_with("  1,000 files, "), "{summary}");
    assert!(summary.contains("Not every workbook could be read."), "{summary}");
    let of = |ending: &str| {
        told.iter().find(|line| line.contains(&format!("{ending}: "))).unwrap().split_once(": ").unwrap().1
    };
    assert_eq!(of("minutes.pdf"), "not a workbook: a PDF");
    assert_eq!(of("page.xlsx"), "could not be read: a web page saved with an Excel name");
    assert_eq!(of("spend.xlsx"), "xlsx, 1 sheet, 11 cells, 0 formulas, 1 table; nothing found");
    assert_eq!(of("under another name.dat"), "xlsx, 1 sheet, 11 cells, 0 formulas, 1 table; nothing found");
    assert_eq!(of("wrong.xlsx"), "xlsx, 1 sheet, 11 cells, 0 formulas, 1 table; 1 error");
    assert_eq!(of("registers.xls"), "xls, 3 sheets, 67 cells, 0 formulas, 3 tables; nothing found");
}

fn is_read_apart(name: &str) -> bool {
    [".xls", ".xlsb", ".ods"].iter().any(|ending| name.ends_with(ending))
}

#[test]
fn good_files_alone_are_clear() {
    let mut files: Vec<(String, Vec<u8>)> = good().into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect();
    files.push(("minutes.pdf".to_owned(), b"%PDF-1.7\n".to_vec()));
    let folder = Folder::of(&files);
    let ended = inspect_in(&folder.path(""), &["."]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
    assert_eq!(lines(&ended).len(), 9);
    assert!(ended.out.contains("9 files, 8 read, 0 could not be read, 1 left aside since they are no workbooks"));

    // One error, and it is not.
    fs::write(folder.path("wrong.xlsx"), workbook(&SPEND.replace("£11.00", "£12.00"))).unwrap();
    assert_eq!(inspect_in(&folder.path(""), &["."]).status, 1);
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let files = copies(&good().into_iter().chain(bad()).collect::<Vec<_>>(), 30);
    let folder = Folder::of(&files);
    let of = |threads: &str| inspect_in(&folder.path(""), &[".", "--format", "json", "--threads", threads]).out;
    assert_eq!(of("1"), of("4"));
}

#[test]
fn where_there_is_nothing_to_look_into() {
    let folder = Folder::of::<&str, &[u8]>(&[]);
    let ended = inspect_in(&folder.path(""), &["."]);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""));
    assert_eq!(ended.err, "There are no files in .. Give workbooks, or a folder that holds some.\n");
    let ended = inspect_in(&folder.path(""), &["nowhere.xlsx"]);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""));
}

#[test]
fn limits_hold_as_in_a_run() {
    let folder = Folder::of(&[("spend.xlsx", workbook(SPEND))]);
    let ended = inspect_in(&folder.path(""), &["spend.xlsx", "--limit", "cells=5"]);
    assert_eq!(ended.status, 1);
    assert!(ended.out.contains("the sheet Spend has more than 5 cells"), "{}", ended.out);
    assert!(ended.out.contains("--limit cells=10"), "{}", ended.out);
    assert_eq!(inspect_in(&folder.path(""), &["spend.xlsx", "--limit", "cells=11"]).status, 0);
}
