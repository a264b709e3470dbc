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
    // Passed over without a word: Excel's lock file, hidden files, and a folder with the name of a workbook.
    desk.put("monthly/~$2022-04 April return.xlsx", &[6; 165]);
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
        ("payments.csv", "info: This file is not a workbook, so it was not read."),
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
