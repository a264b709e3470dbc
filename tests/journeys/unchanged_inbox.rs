//! Whatever is run, and however it ends: the inbox is as it was, to the byte, the second and the permission.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::desk::{Desk, marks};
use crate::small_desk::{Made, small_desk_with, started, wait_for};

/// A file or folder of an inbox.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trace {
    /// The path below the inbox; empty for the inbox.
    path: String,
    /// SHA-256 of a file; empty for a folder.
    mark: String,
    /// When it was last written to; a folder, when a name in it came or went.
    modified: SystemTime,
    /// Who may read and write, as far as the system tells.
    permissions: u32,
}

/// Everything in a folder, and the folder.
pub fn traces(folder: &Path) -> Vec<Trace> {
    let files = marks(folder);
    let parents = files.iter().flat_map(|(path, _)| path.match_indices('/').map(|(end, _)| path[..end].to_owned()));
    let mut places: Vec<(String, String)> = parents.map(|path| (path, String::new())).collect();
    places.push(Default::default());
    places.extend(files.iter().cloned());
    places.sort();
    places.dedup();
    let trace = |(path, mark): (String, String)| {
        let there = folder.join(&path).symlink_metadata().unwrap();
        Trace { path, mark, modified: there.modified().unwrap(), permissions: permissions(&there) }
    };
    places.into_iter().map(trace).collect()
}

#[cfg(unix)]
fn permissions(there: &fs::Metadata) -> u32 {
    use std::os::unix::fs::PermissionsExt;

    there.permissions().mode()
}

#[cfg(not(unix))]
fn permissions(there: &fs::Metadata) -> u32 {
    u32::from(there.permissions().readonly())
}

/// Every command, and what it ends with.
fn commands(status: i32) -> [(&'static [&'static str], i32); 4] {
    let verified = 1; // The samples' runs are told up to August, so that the appendix is a DRAFT.
    [
        (&["run", "inbox", "--to", "2022-08"], status),
        (&["check", "inbox", "--to", "2022-08"], status),
        (&["verify", "output", "inbox"], verified),
        (&["run", "inbox", "--year", "2099"], 2),
    ]
}

fn assert_unchanged(desk: &Desk, status: i32) {
    let before = traces(&desk.path("inbox"));
    assert!(before.len() > 18, "{before:?}");
    for (arguments, status) in commands(status) {
        let ended = desk.crosscast(arguments);
        assert_eq!(ended.status, status, "{arguments:?}: {}{}", ended.out, ended.err);
        assert_eq!(before, traces(&desk.path("inbox")), "{arguments:?}");
    }
}

#[test]
fn the_inbox_is_as_it_was() {
    assert_unchanged(&Desk::year(), 0);
    assert_unchanged(&Desk::with("with-faults"), 1);
}

/// Outputs that lie in the inbox are the one thing that may change in it.
#[test]
fn also_with_outputs_in_it() {
    let desk = small_desk_with(Made::Final);
    fs::rename(desk.path("output"), desk.path("inbox/output")).unwrap();
    let workbook =
        |desk: &Desk| traces(&desk.path("inbox")).into_iter().filter(|trace| trace.path.ends_with(".ods")).collect();
    let before: Vec<Trace> = workbook(&desk);
    assert_eq!(before.len(), 1);
    let ended = desk.crosscast(&["run", "inbox", "--to", "2022-08", "--output", "inbox/output"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert_eq!(before, workbook(&desk));
}

/// An administrator may write into any folder; that nothing did is seen all the same.
#[cfg(unix)]
#[test]
fn an_inbox_that_nothing_may_write_to_will_do() {
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::year();
    let inbox = desk.path("inbox");
    let allow = |file: u32, folder: u32| {
        for trace in traces(&inbox) {
            let mode = if trace.mark.is_empty() { folder } else { file };
            fs::set_permissions(inbox.join(&trace.path), fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    allow(0o444, 0o555);
    assert_unchanged(&desk, 0);
    allow(0o644, 0o755);
}

#[test]
fn a_run_that_is_killed_leaves_the_inbox_alone() {
    let desk = small_desk_with(Made::Final);
    let before = traces(&desk.path("inbox"));
    for until in [".crosscast-lock", ".crosscast-staging/journal.json"] {
        let mut child = started(&desk, &Made::Draft.arguments());
        wait_for(&desk.path("output").join(until), &mut child);
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(before, traces(&desk.path("inbox")), "{until}");
    }
}
