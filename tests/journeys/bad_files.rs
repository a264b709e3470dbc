//! Bad files in the inbox: each is one plain finding or passed over, and all the others are read.

use std::fs;

use serde_json::Value as Json;

use crate::desk::{APRIL, DRAFT, Desk, findings, number, row, sample, set_aside, standing, text};
use crate::support::patched::locked_with_password;

fn messages(report: &Json, path: &str) -> Vec<String> {
    let all = report["findings"].as_array().unwrap().iter();
    let of_file = all.filter(|finding| finding["workbook"] == path);
    of_file.map(|finding| format!("{}: {}", text(&finding["severity"]), text(&finding["message"]))).collect()
}

#[test]
fn each_bad_file_is_one_plain_finding_and_the_rest_is_read() {
    let desk = Desk::year();
    let april = sample(APRIL);
    desk.put("page funding.xlsx", b"<!DOCTYPE html>\n<html><body><table><tr><td>1</td></tr></table></body></html>");
    desk.put("empty.xlsx", b"");
    desk.put("2022-04 April return, cut.xlsx", &april[..april.len() / 2]);
    desk.put("locked.xlsx", &locked_with_password());
    desk.put("list.xlsx", b"Ref,Project,Amount\nPCC-01,Partnership Analyst,20000\n");
    desk.put("Holidays.xlsx", &sample("performance/Recorded crime 2022-23.xlsx"));
    desk.put("payments.csv", b"Date,Amount\n");
    // Passed over without a word: a lock file of a workbook that is not there, hidden files, and a folder with the name of
    // a workbook.
    desk.put("monthly/~$2022-03 March return.xlsx", &[6; 165]);
    desk.put(".hidden.xlsx", b"not a workbook");
    fs::create_dir(desk.path("inbox/2022-05 May return folder.xlsx")).unwrap();

    let ended = desk.run(&[]);
    assert_eq!((ended.status, ended.err.as_str()), (1, ""));
    let report = desk.written_report();
    for (path, expected) in [
        ("page funding.xlsx", "error: This file is a web page saved with an Excel name."),
        ("empty.xlsx", "error: This file is empty."),
        ("2022-04 April return, cut.xlsx", "error: This file is cut off or damaged"),
        ("locked.xlsx", "error: This workbook is locked with a password."),
        ("list.xlsx", "error: This file is not what its name says: it holds values with commas between them (CSV)."),
        ("Holidays.xlsx", "warning: No expected workbook has a name like this, so the file was left aside."),
        ("payments.csv", "info: This file is not a workbook but a table as plain text (CSV), so it was not read."),
    ] {
        let found = messages(&report, path);
        assert_eq!(found.len(), 1, "{path}: {found:#?}");
        assert!(found[0].starts_with(expected), "{path}: {}", found[0]);
    }
    assert_eq!(standing(&report).len(), 5, "{:#?}", standing(&report));
    assert!(!findings(&report).iter().any(|line| line.contains("~$") || line.contains("hidden")));

    // All eighteen others are in the figures.
    let read = report["workbooks"].as_array().unwrap().iter().filter(|workbook| workbook["state"] == "read").count();
    assert_eq!((read, set_aside(&report).len()), (18, 6), "{:#?}", set_aside(&report));
    let rows = desk.consolidated("Spend by project and month");
    assert_eq!(number(&row(&rows, "Total")[14]), Some(132_662.60));
    assert!(desk.appendix("-DRAFT").contains("web page saved with an Excel name"));
}

#[test]
fn a_return_that_cannot_be_read_is_not_also_missing() {
    let desk = Desk::year();
    desk.put(APRIL, b"");
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    assert_eq!(standing(&report), [format!("error unreadable-workbook {APRIL}")]);
    let not_run = report["not_run"].as_array().unwrap();
    assert!(not_run.iter().any(|check| text(&check["why"]).contains("2022-04 April return.xlsx")), "{not_run:#?}");
}

#[test]
fn every_workbook_unreadable_is_still_a_report() {
    let desk = Desk::year();
    for path in crate::desk::files(&desk.path("inbox")) {
        desk.put(&path, b"");
    }
    let ended = desk.run(&[]);
    assert_eq!((ended.status, ended.err.as_str()), (1, ""));
    let report = desk.written_report();
    assert_eq!(standing(&report).len(), 18);
    assert!(standing(&report).iter().all(|line| line.starts_with("error unreadable-workbook ")));
    assert_eq!(desk.outputs(), DRAFT);
}

#[test]
fn a_workbook_that_is_open_is_read_and_said() {
    let desk = Desk::year();
    desk.put("monthly/~$2022-04 April return.xlsx", b"\x08A. Clerk");
    desk.put("monthly/.~lock.2022-05 May return.xlsx#", b",clerk,desk,01.04.2023 09:00,file;");
    let (status, report) = desk.report(&[]);
    let (_, without) = Desk::year().report(&[]);
    assert_eq!((status, standing(&report)), (0, standing(&without)));
    let open = |path: &str| messages(&report, path).into_iter().filter(|line| line.contains("lock file")).collect();
    let said = |program: &str| {
        vec![format!(
            "info: This workbook is open in {program}, by the lock file beside it, and was read as it was last saved."
        )]
    };
    let (excel, libre_office): (Vec<String>, Vec<String>) = (open(APRIL), open("monthly/2022-05 May return.xlsx"));
    assert_eq!((excel, libre_office), (said("Excel"), said("LibreOffice")));
    assert!(!report.to_string().to_lowercase().contains("clerk\"") && !report.to_string().contains("A. Clerk"));
}

#[test]
fn a_name_that_takes_two_lines_takes_one() {
    let desk = Desk::year();
    desk.put("two\nlines.xlsx", b"");
    let (_, report) = desk.report(&[]);
    assert_eq!(messages(&report, "two\u{fffd}lines.xlsx"), ["error: This file is empty."]);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_never_opened() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    let desk = Desk::year();
    pipe(&desk.path("inbox/pipe.xlsx"));
    // Relative to the folder, since the name of a socket must be short.
    let _socket = UnixListener::bind(desk.path("inbox/socket.xlsx")).unwrap();
    symlink("/dev/zero", desk.path("inbox/device.xlsx")).unwrap();
    symlink("nowhere.xlsx", desk.path("inbox/dangling.xlsx")).unwrap();
    symlink("circle.xlsx", desk.path("inbox/circle.xlsx")).unwrap();
    symlink("pipe.xlsx", desk.path("inbox/to a pipe.xlsx")).unwrap();
    symlink("..", desk.path("inbox/monthly/round")).unwrap();
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    let no_file = |kind: &str| format!("error: There is no file under this name, but {kind}, so it was not opened.");
    for (path, kind) in [
        ("pipe.xlsx", "a pipe between programs"),
        ("socket.xlsx", "a socket between programs"),
        ("device.xlsx", "a device"),
        ("dangling.xlsx", "a link that leads nowhere"),
        ("circle.xlsx", "a link that leads nowhere"),
    ] {
        assert_eq!(messages(&report, path), [no_file(kind)], "{path}");
    }
    // What a link leads to is one with it, and all others are read.
    let states: Vec<&str> = report["workbooks"].as_array().unwrap().iter().map(|one| text(&one["state"])).collect();
    let count = |state: &str| states.iter().filter(|one| **one == state).count();
    assert_eq!((count("unreadable"), count("read")), (5, 18));
}

/// A pipe, which keeps whoever opens it waiting for someone who writes.
#[cfg(unix)]
fn pipe(path: &std::path::Path) {
    use rustix::fs::{CWD, FileType, Mode, mknodat};

    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}
