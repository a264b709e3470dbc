//! Bad files in the inbox: each is one plain finding or passed over, and all the others are read.

use std::fs;

use serde_json::Value as Json;

use crate::desk::{APRIL, DRAFT, Desk, findings, number, row, sample, set_aside, standing, text};

/// The start of an encrypted workbook: a compound file whose one stream of note is `EncryptedPackage`.
fn encrypted() -> Vec<u8> {
    let mut file = vec![0_u8; 512 * 4];
    file[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    file[24..26].copy_from_slice(&0x3e_u16.to_le_bytes());
    file[26..28].copy_from_slice(&3_u16.to_le_bytes());
    file[28..30].copy_from_slice(&0xfffe_u16.to_le_bytes());
    file[30..32].copy_from_slice(&9_u16.to_le_bytes());
    file[32..34].copy_from_slice(&6_u16.to_le_bytes());
    file[44..48].copy_from_slice(&1_u32.to_le_bytes());
    file[48..52].copy_from_slice(&1_u32.to_le_bytes());
    file[56..60].copy_from_slice(&4096_u32.to_le_bytes());
    file[60..64].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    file[68..72].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    file[76..512].fill(0xff);
    file[76..80].copy_from_slice(&0_u32.to_le_bytes());
    // The allocation table: itself, then the directory's one sector, then the stream's.
    file[512..1024].fill(0xff);
    file[512..516].copy_from_slice(&0xffff_fffd_u32.to_le_bytes());
    file[516..520].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    file[520..524].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    entry(&mut file[1024..1152], "Root Entry", 5, 1, 0xffff_fffe);
    entry(&mut file[1152..1280], "EncryptedPackage", 2, 0xffff_ffff, 2);
    file
}

/// An entry of a compound file's directory.
fn entry(entry: &mut [u8], name: &str, kind: u8, child: u32, start: u32) {
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry[..units.len()].copy_from_slice(&units);
    entry[64..66].copy_from_slice(&u16::try_from(units.len() + 2).unwrap().to_le_bytes());
    entry[66] = kind;
    entry[67] = 1;
    entry[68..76].fill(0xff);
    entry[76..80].copy_from_slice(&child.to_le_bytes());
    entry[116..120].copy_from_slice(&start.to_le_bytes());
}

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
    desk.put("locked.xlsx", &encrypted());
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
        ("list.xlsx", "error: This file is plain text saved with an Excel name."),
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
