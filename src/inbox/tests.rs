//! Folders in, what is found in them out.

use super::*;
use crate::model::{Limits, UnreadableWorkbook};

fn folder_of(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "a").unwrap();
    }
    folder
}

fn discovered(folder: &tempfile::TempDir) -> Inbox {
    Inbox::discover(&[folder.path().to_owned()], None).unwrap()
}

fn paths(inbox: &Inbox) -> Vec<&str> {
    inbox.workbooks.iter().map(|found| found.path.as_str()).collect()
}

fn others(inbox: &Inbox) -> Vec<&str> {
    inbox.others.iter().map(|found| found.path.as_str()).collect()
}

#[test]
fn workbooks_others_and_what_is_passed_over() {
    let folder = folder_of(&[
        "b/May.xlsx",
        "a/April.XLS",
        "a/~$April.XLS",
        ".~lock.x.ods#",
        ".hidden.xlsx",
        "notes.txt",
        "Thumbs.db",
        "x.xlsx",
    ]);
    let inbox = discovered(&folder);
    assert_eq!(paths(&inbox), ["a/April.XLS", "b/May.xlsx", "x.xlsx"]);
    assert_eq!(others(&inbox), ["notes.txt"]);
    assert_eq!(inbox.unread_folders, []);
}

#[test]
fn lock_files_tell_what_is_open() {
    let folder = folder_of(&["a.xlsx", "~$a.xlsx", "b.xlsx", ".~lock.b.xlsx#", "c.xlsx", "~$cc.xlsx", "d/a.xlsx"]);
    let inbox = discovered(&folder);
    let open: Vec<_> = inbox.workbooks.iter().map(|found| (found.path.as_str(), found.open_in())).collect();
    let expected = [("a.xlsx", Some("Excel")), ("b.xlsx", Some("LibreOffice")), ("c.xlsx", None), ("d/a.xlsx", None)];
    assert_eq!(open, expected);
}

#[test]
fn what_lies_in_icloud_is_not_lost() {
    let folder = folder_of(&["a/.May return.xlsx.icloud", "a/.photo.png.icloud", "b.xlsx.icloud"]);
    let inbox = discovered(&folder);
    assert_eq!((paths(&inbox), others(&inbox)), (vec!["a/May return.xlsx"], vec!["b.xlsx.icloud"]));
    assert_eq!(bytes(&inbox.workbooks[0], &Limits::default()), Err(UnreadableWorkbook::NotDownloaded));
}

#[test]
fn a_file_that_has_gone_since() {
    let folder = folder_of(&["a.xlsx"]);
    let inbox = discovered(&folder);
    assert_eq!(bytes(&inbox.workbooks[0], &Limits::default()), Ok(b"a".to_vec()));
    fs::remove_file(folder.path().join("a.xlsx")).unwrap();
    assert_eq!(bytes(&inbox.workbooks[0], &Limits::default()), Err(UnreadableWorkbook::Gone));
    fs::create_dir(folder.path().join("a.xlsx")).unwrap();
    let no_file = UnreadableWorkbook::NoFile("a folder".to_owned());
    assert_eq!(bytes(&inbox.workbooks[0], &Limits::default()), Err(no_file));
}

#[test]
fn folders_that_lie_too_deep_are_said() {
    let deep = |levels: usize| "d/".repeat(levels) + "a.xlsx";
    let inbox = discovered(&folder_of(&[&deep(32)]));
    assert_eq!((inbox.workbooks.len(), inbox.unread_folders.len()), (1, 0));
    let inbox = discovered(&folder_of(&["a.xlsx", &deep(33)]));
    let unread = [("d/".repeat(32) + "d", "it lies below 32 others".to_owned())];
    assert_eq!((inbox.workbooks.len(), inbox.unread_folders.as_slice()), (1, &unread[..]));
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_come_to_an_end() {
    use std::os::unix::fs::symlink;

    let folder = folder_of(&["a/1.xlsx", "b/2.xlsx", "c/3.xlsx"]);
    for from in ["a", "b", "c"] {
        for to in ["a", "b", "c"] {
            symlink(format!("../{to}"), folder.path().join(from).join(format!("to {to}"))).unwrap();
        }
        symlink("..", folder.path().join(from).join("up")).unwrap();
    }
    let inbox = discovered(&folder);
    let names: BTreeSet<_> = inbox.workbooks.iter().filter_map(|found| found.location.file_name()).collect();
    assert_eq!((inbox.workbooks.len(), names.len()), (3, 3), "{:?}", paths(&inbox));
    assert_eq!(paths(&inbox), paths(&discovered(&folder)));
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_or_take_two_lines() {
    use std::os::unix::ffi::OsStringExt;

    let folder = folder_of(&["a\nb.xlsx"]);
    for name in [&b"a\xffb.xlsx"[..], b"a\xfeb.xlsx"] {
        fs::write(folder.path().join(OsString::from_vec(name.to_vec())), "a").unwrap();
    }
    let inbox = discovered(&folder);
    let mut found = paths(&inbox);
    found.sort_unstable();
    assert_eq!(found, ["a\u{fffd}b.xlsx", "a\u{fffd}b.xlsx*", "a\u{fffd}b.xlsx**"]);
    fs::write(folder.path().join(OsString::from_vec(b"c\xff.txt".to_vec())), "a").unwrap();
    let every = Inbox::every_file(&[folder.path().to_owned()]).unwrap();
    assert_eq!(every.len(), 4);
    assert!(every.iter().all(|found| bytes(found, &Limits::default()).is_ok()));
}
