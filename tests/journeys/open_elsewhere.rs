//! On Windows a program can keep a file to itself, and Excel does: what is open in it is said by name, and nothing is changed.
//! Other systems let everybody read and replace what is open.

#![cfg(windows)]

use std::fs::{self, File};
use std::os::windows::fs::OpenOptionsExt;

use crate::desk::{APRIL, DRAFT, Desk, findings, marks};
use crate::small_desk::{Made, has_rubbish, small_desk_with};

/// What the others may do with a file that is open (`dwShareMode` of `CreateFile`).
const NOTHING: u32 = 0;
const READ: u32 = 1;

/// Opens a file as a program does that lets the others do no more than this with it.
fn opened(path: &std::path::Path, others_may: u32) -> File {
    File::options().read(true).write(true).share_mode(others_may).open(path).unwrap()
}

#[test]
fn an_output_that_is_open_is_named_and_nothing_is_changed() {
    let desk = small_desk_with(Made::Final);
    let before = marks(&desk.path("output"));
    for (path, others_may) in [
        ("for-officers/consolidated.xlsx", READ),
        ("for-officers/consolidated.xlsx", NOTHING),
        ("for-committee/committee-appendix.pdf", READ),
        ("for-officers/findings.html", NOTHING),
    ] {
        let location = path.split('/').fold(desk.path("output"), |folder, name| folder.join(name));
        let held = opened(&location, others_may);
        let ended = desk.crosscast(&Made::Draft.arguments());
        drop(held);
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{path}");
        let named = format!(
            "{} cannot be replaced (",
            path.split('/').fold("output".to_owned(), |at, name| format!("{at}\\{name}"))
        );
        assert!(ended.err.starts_with(&named), "{}", ended.err);
        let said = "It may be open in Excel or another program: close it and run again. The earlier outputs are as they were.\n";
        assert!(ended.err.ends_with(said), "{}", ended.err);
        assert_eq!(before, marks(&desk.path("output")), "{path}");
        assert!(!has_rubbish(&desk.path("output")), "{path}");
    }
    assert_eq!(desk.crosscast(&Made::Draft.arguments()).status, 0);
    assert_eq!(desk.outputs(), DRAFT);
}

#[test]
fn a_manifest_that_is_open_is_named_and_nothing_is_changed() {
    let desk = small_desk_with(Made::Final);
    let before = marks(&desk.path("output"));
    let held = opened(&desk.path("output").join("manifest.json"), NOTHING);
    let ended = desk.crosscast(&Made::Draft.arguments());
    drop(held);
    assert_eq!(ended.status, 2);
    assert!(ended.err.starts_with("output\\manifest.json could not be read ("), "{}", ended.err);
    assert!(ended.err.contains("Close the programs that have it open"), "{}", ended.err);
    assert_eq!(before, marks(&desk.path("output")));
}

#[test]
fn a_workbook_of_the_inbox_that_is_open_is_read_where_its_program_lets_it() {
    let desk = Desk::end_of_august();
    let april = APRIL.split('/').fold(desk.path("inbox"), |folder, name| folder.join(name));
    let (status, closed) = desk.report(&[]);
    // As Excel opens a workbook: the others may read it.
    let held = opened(&april, READ);
    assert_eq!(desk.report(&[]), (status, closed));
    drop(held);
    let held = opened(&april, NOTHING);
    let (status, report) = desk.report(&[]);
    drop(held);
    assert_eq!(status, 1);
    let unread = format!("error unreadable-workbook {APRIL}");
    assert!(findings(&report).contains(&unread), "{:#?}", findings(&report));
    assert_eq!(
        crate::desk::messages(&report, "unreadable-workbook"),
        ["This workbook is open in Excel or another program, which lets nobody else read it."]
    );
    assert!(fs::read(&april).is_ok());
}
