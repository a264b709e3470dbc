//! What an output folder may be, and whose files are touched.

use std::fs;
use std::path::Path;

use super::super::manifest::Manifest;
use super::super::sample_report::outputs;
use super::*;

fn holder() -> Holder {
    Holder { process: 1234, computer: None, since: "3 July 2023 at 09:30 UTC".to_owned() }
}

fn take(folder: &Path) -> Result<HeldFolder, OutputError> {
    HeldFolder::take(folder, &holder())
}

fn can_write(folder: &Path) -> Result<(), OutputError> {
    take(folder).map(|_| ())
}

fn write(folder: &Path, files: &[OutputFile], manifest: &str) -> Result<Vec<Kept>, OutputError> {
    take(folder)?.write(files, manifest)
}

fn write_run(folder: &Path, files: &[(&'static str, &str)]) -> Result<Vec<Kept>, OutputError> {
    let (files, manifest) = outputs(files.iter().copied(), "2023-07-03T09:30:00Z");
    write(folder, &files, &manifest)
}

fn read(folder: &Path, path: &str) -> Option<String> {
    fs::read_to_string(folder.join(path)).ok()
}

#[test]
fn outputs_and_manifest_are_written_into_a_new_folder() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("reports/2022-23");
    assert_eq!(take(&folder).unwrap().recovered(), Recovered::Nothing);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    write_run(&folder, &[("for-officers/findings.html", "page")]).unwrap();
    assert_eq!(read(&folder, "for-officers/findings.html").as_deref(), Some("page"));
    assert!(read(&folder, "manifest.json").unwrap().contains("for-officers/findings.html"));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
}

#[test]
fn a_stale_output_goes_unless_somebody_changed_it() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    write_run(folder, &[("for-officers/a.csv", "a"), ("for-officers/b.csv", "b"), ("for-officers/c.csv", "c")])
        .unwrap();
    fs::write(folder.join("for-officers/b.csv"), "b and a note of mine").unwrap();
    write_run(folder, &[("for-officers/c.csv", "new c")]).unwrap();
    assert_eq!(read(folder, "for-officers/a.csv"), None);
    assert_eq!(read(folder, "for-officers/b.csv").as_deref(), Some("b and a note of mine"));
    assert_eq!(read(folder, "for-officers/c.csv").as_deref(), Some("new c"));
}

#[test]
fn what_an_officer_wrote_is_kept_beside_the_new_output() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let (to_explain, marked) = ("for-officers/to-explain.xlsx", "for-officers/marked/monthly/April");
    write_run(folder, &[(to_explain, "1"), (marked, "1"), ("for-officers/findings.html", "1")]).unwrap();
    fs::write(folder.join(to_explain), "filled in").unwrap();
    fs::write(folder.join(marked), "mended").unwrap();
    let kept = write_run(folder, &[(to_explain, "2"), (marked, "2"), ("for-officers/findings.html", "2")]).unwrap();
    let said: Vec<String> = kept.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "You changed for-officers/to-explain.xlsx: it is kept as for-officers/to-explain (yours).xlsx. Put it into the \
             inbox if it is to count.",
            "You changed for-officers/marked/monthly/April: it is kept as for-officers/marked/monthly/April (yours). Put it \
             into the inbox as April, in place of the workbook there, if it is to count."
        ]
    );
    assert_eq!(read(folder, "for-officers/to-explain (yours).xlsx").as_deref(), Some("filled in"));
    assert_eq!(read(folder, "for-officers/marked/monthly/April (yours)").as_deref(), Some("mended"));
    assert_eq!(read(folder, to_explain).as_deref(), Some("2"));
    assert_eq!(read(folder, "for-officers/findings (yours).html"), None, "nobody changed it");

    // Changed again: under another name. What is kept is theirs, and stays whatever runs.
    fs::write(folder.join(to_explain), "filled in again").unwrap();
    let kept = write_run(folder, &[(to_explain, "3")]).unwrap();
    assert_eq!(kept[0].kept_as, "for-officers/to-explain (yours 2).xlsx");
    assert_eq!(read(folder, "for-officers/to-explain (yours).xlsx").as_deref(), Some("filled in"));
    assert_eq!(read(folder, "for-officers/to-explain (yours 2).xlsx").as_deref(), Some("filled in again"));
    assert_eq!(write_run(folder, &[]).unwrap(), []);
    assert_eq!(read(folder, "for-officers/to-explain (yours).xlsx").as_deref(), Some("filled in"));
}

/// A run without such an output leaves the changed one where it is, and no manifest lists it any more.
#[test]
fn what_was_left_changed_is_kept_when_the_output_comes_back() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let path = "for-officers/to-explain.xlsx";
    write_run(folder, &[(path, "1")]).unwrap();
    fs::write(folder.join(path), "filled in").unwrap();
    assert_eq!(write_run(folder, &[]).unwrap(), []);
    assert_eq!(read(folder, path).as_deref(), Some("filled in"));
    assert_eq!(write_run(folder, &[(path, "3")]).unwrap().len(), 1);
    assert_eq!(read(folder, "for-officers/to-explain (yours).xlsx").as_deref(), Some("filled in"));
    assert_eq!(read(folder, path).as_deref(), Some("3"));
}

#[test]
fn what_is_kept_of_nobody() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let officers = "for-officers/findings.html";
    let appendix = "for-committee/committee-appendix.pdf";
    assert_eq!(write_run(folder, &[(officers, "1"), (appendix, "1"), ("a.txt", "1")]).unwrap(), []);
    // Changed to what the run writes; changed, but for the committee, or nobody's.
    for path in [officers, appendix, "a.txt"] {
        fs::write(folder.join(path), "2").unwrap();
    }
    assert_eq!(write_run(folder, &[(officers, "2"), (appendix, "3"), ("a.txt", "3")]).unwrap(), []);
    assert_eq!(fs::read_dir(folder.join("for-committee")).unwrap().count(), 1);
    assert_eq!(fs::read_dir(folder.join("for-officers")).unwrap().count(), 1);
}

/// Without a manifest nobody can tell whose it is.
#[test]
fn without_a_manifest_all_is_kept_that_a_new_output_would_replace() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let (page, explain, appendix) =
        ("for-officers/findings.html", "for-officers/to-explain.xlsx", "for-committee/committee-appendix.pdf");
    let other = "for-officers/of another run.csv";
    write_run(folder, &[(page, "1"), (explain, "1"), (appendix, "1"), (other, "1"), ("a.txt", "1")]).unwrap();
    fs::write(folder.join(explain), "filled in").unwrap();
    fs::remove_file(folder.join("manifest.json")).unwrap();
    // The page is as it will be.
    let kept = write_run(folder, &[(page, "1"), (explain, "2"), (appendix, "2"), ("a.txt", "2")]).unwrap();
    let said: Vec<String> = kept.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["There was no manifest.json to tell whether you changed for-officers/to-explain.xlsx: it is kept as \
             for-officers/to-explain (yours).xlsx. Put it into the inbox if it is to count."]
    );
    assert_eq!(read(folder, "for-officers/to-explain (yours).xlsx").as_deref(), Some("filled in"));
    assert_eq!(read(folder, explain).as_deref(), Some("2"));
    assert_eq!(read(folder, other).as_deref(), Some("1"), "nothing comes in its place");
    assert_eq!(fs::read_dir(folder.join("for-officers")).unwrap().count(), 4);
    assert_eq!(fs::read_dir(folder.join("for-committee")).unwrap().count(), 1);
    assert_eq!(fs::read_dir(folder).unwrap().count(), 4);
}

#[test]
fn outputs_that_are_there_already() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let (pdf, explain) = ("for-committee/committee-appendix.pdf", "for-officers/to-explain.xlsx");
    let has = |content: &'static str| {
        // At another time.
        let (files, manifest) = outputs([(pdf, content), (explain, "to explain")], "2023-07-04T08:00:00Z");
        let written_at = take(folder).unwrap().written_at(&files, &manifest).unwrap();
        assert!(written_at.as_deref().is_none_or(|time| time == "2023-07-03T09:30:00Z"), "{written_at:?}");
        written_at.is_some()
    };
    assert!(!has("final"), "nothing is there");
    let written = |content: &'static str| write_run(folder, &[(pdf, content), (explain, "to explain")]).unwrap();
    written("final");
    assert!(has("final"));
    assert!(!has("another"));
    fs::write(folder.join(explain), "filled in").unwrap();
    assert!(has("final"), "what an officer wrote is no reason to write again");
    fs::write(folder.join(pdf), "signed").unwrap();
    assert!(!has("final"), "what is for the committee is as it was written");
    written("final");
    fs::write(folder.join("for-committee/committee-appendix-DRAFT.pdf"), "").unwrap();
    assert!(!has("final"), "a DRAFT beside it");
    written("final");
    fs::remove_file(folder.join(explain)).unwrap();
    assert!(!has("final"), "an output is gone");
}

#[test]
fn a_final_appendix_is_withdrawn_and_a_draft_is_not() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let final_pdf = "for-committee/committee-appendix.pdf";
    write_run(folder, &[(final_pdf, "final"), ("for-officers/findings.html", "page")]).unwrap();
    fs::write(folder.join("for-committee/committee-appendix.html"), "of nobody").unwrap();
    let manifest = Manifest::read(read(folder, "manifest.json").unwrap().as_bytes()).unwrap();
    let mut its_workbooks = manifest.inputs;
    its_workbooks.reverse();
    assert!(!take(folder).unwrap().withdraw_final(&its_workbooks).unwrap(), "it was made from these");
    assert_eq!(read(folder, final_pdf).as_deref(), Some("final"));
    assert!(take(folder).unwrap().withdraw_final(&its_workbooks[1..]).unwrap());
    assert_eq!(fs::read_dir(folder.join("for-committee")).unwrap().count(), 0);
    assert_eq!(read(folder, "for-officers/findings.html").as_deref(), Some("page"));
    assert!(read(folder, "manifest.json").unwrap().contains(final_pdf), "so that verify can say what is gone");
    assert!(!take(folder).unwrap().withdraw_final(&[]).unwrap());
    let draft = "for-committee/committee-appendix-DRAFT.pdf";
    write_run(folder, &[(draft, "draft")]).unwrap();
    assert!(!take(folder).unwrap().withdraw_final(&[]).unwrap());
    assert_eq!(read(folder, draft).as_deref(), Some("draft"));
}

/// No final file outlives a DRAFT, whoever changed it and whether or not a manifest tells of it.
#[test]
fn an_old_appendix_goes_in_every_form() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    write_run(folder, &[("for-committee/committee-appendix.pdf", "final")]).unwrap();
    fs::write(folder.join("for-committee/committee-appendix.pdf"), "final, signed").unwrap();
    fs::write(folder.join("for-committee/committee-appendix.html"), "unlisted").unwrap();
    write_run(folder, &[("for-committee/committee-appendix-DRAFT.pdf", "draft")]).unwrap();
    let names: Vec<_> =
        fs::read_dir(folder.join("for-committee")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["committee-appendix-DRAFT.pdf"]);
}

#[test]
fn a_manifest_cannot_name_files_outside_the_folder() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("out");
    fs::create_dir(&folder).unwrap();
    fs::write(place.path().join("precious.txt"), "precious").unwrap();
    let foreign = [("../precious.txt", "precious"), ("/etc/hostname", "x"), ("C:\\x", "x")];
    let (files, text) = outputs(foreign, "2023-07-03T09:30:00Z");
    fs::write(folder.join("manifest.json"), text).unwrap();
    write_run(&folder, &[("a.txt", "a")]).unwrap();
    assert_eq!(read(place.path(), "precious.txt").as_deref(), Some("precious"));
    for file in files {
        let refused = write(&folder, &[file], "{}");
        assert!(matches!(refused, Err(OutputError::Name { .. })), "{refused:?}");
    }
    let twice = [OutputFile::new("A.txt", "1"), OutputFile::new("a.txt", "2")];
    assert!(matches!(write(&folder, &twice, "{}"), Err(OutputError::Name { .. })));
    assert_eq!(read(&folder, "a.txt").as_deref(), Some("a"));
}

#[test]
fn a_folder_with_a_foreign_manifest_is_not_ours() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("manifest.json"), "{\"name\": \"a web app\"}").unwrap();
    assert!(matches!(can_write(place.path()), Err(OutputError::ForeignManifest { .. })));
    assert!(matches!(write_run(place.path(), &[("a.txt", "a")]), Err(OutputError::ForeignManifest { .. })));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

#[test]
fn a_manifest_of_a_newer_version_is_told_once() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("manifest.json"), "{\"version\": 2}").unwrap();
    let said = can_write(place.path()).unwrap_err().to_string();
    let (_, said) = said.split_once("manifest.json ").unwrap();
    assert_eq!(
        said,
        "was not written by this version of Crosscast (its version is 2, which a newer Crosscast wrote; this one reads \
         version 1). Choose another output folder, or move that file."
    );
}

/// A file that is there and cannot be read, as one that another program holds: nothing is said of what it holds.
#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_neither_foreign_nor_damaged() {
    // A link that leads to itself: the one such file that even an administrator's tests cannot open.
    let locked = |path: &Path| std::os::unix::fs::symlink(path, path).unwrap();
    let place = tempfile::tempdir().unwrap();
    locked(&place.path().join("manifest.json"));
    let refused = can_write(place.path()).unwrap_err();
    assert!(matches!(refused, OutputError::CannotRead { .. }), "{refused}");

    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join(".crosscast-staging")).unwrap();
    locked(&place.path().join(".crosscast-staging/journal.json"));
    let refused = can_write(place.path()).unwrap_err();
    assert!(matches!(refused, OutputError::CannotRead { .. }), "{refused}");
}

#[test]
fn what_is_not_a_folder_is_named() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("output");
    fs::write(&file, "a file").unwrap();
    for refused in [can_write(&file), write_run(&file, &[]).map(|_| ())] {
        assert!(matches!(refused, Err(OutputError::NotAFolder { .. })), "{refused:?}");
    }
    let below = can_write(&file.join("deeper")).unwrap_err();
    assert!(matches!(below, OutputError::CannotMake { .. }), "{below}");

    let folder = place.path().join("reports");
    fs::create_dir_all(folder.join("for-officers/findings.html")).unwrap();
    let refused = write_run(&folder, &[("for-officers/findings.html", "")]);
    assert!(matches!(refused, Err(OutputError::NotAFile { .. })), "{refused:?}");
    fs::write(folder.join("for-committee"), "a file").unwrap();
    // What stands where the appendix will is told before any work is done.
    let refused = can_write(&folder);
    assert!(matches!(refused, Err(OutputError::NotAFolder { .. })), "{refused:?}");
    assert_eq!(read(&folder, "for-committee").as_deref(), Some("a file"));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere_else() {
    use std::os::unix::fs::symlink;

    let place = tempfile::tempdir().unwrap();
    let elsewhere = place.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("findings.html"), "theirs").unwrap();
    let link = place.path().join("output");
    symlink(&elsewhere, &link).unwrap();
    for folder in [link.clone(), place.path().join("output/")] {
        for refused in [can_write(&folder), write_run(&folder, &[]).map(|_| ())] {
            assert!(matches!(refused, Err(OutputError::Link { .. })), "{refused:?}");
        }
    }
    let folder = place.path().join("reports");
    fs::create_dir(&folder).unwrap();
    symlink(&elsewhere, folder.join("for-officers")).unwrap();
    let refused = write_run(&folder, &[("for-officers/findings.html", "ours")]);
    assert!(matches!(refused, Err(OutputError::Link { .. })), "{refused:?}");
    // A link in the place of an output is replaced, and what it leads to is left alone.
    symlink(elsewhere.join("findings.html"), folder.join("page.html")).unwrap();
    write_run(&folder, &[("page.html", "ours")]).unwrap();
    assert_eq!(read(&folder, "page.html").as_deref(), Some("ours"));
    assert_eq!(read(&elsewhere, "findings.html").as_deref(), Some("theirs"));
}

/// Nobody's files are removed or overwritten by way of our own working files.
#[cfg(unix)]
#[test]
fn links_in_place_of_working_files() {
    use std::os::unix::fs::symlink;

    let place = tempfile::tempdir().unwrap();
    let (folder, elsewhere) = (place.path().join("output"), place.path().join("inbox"));
    fs::create_dir(&folder).unwrap();
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("May.xlsx"), "theirs").unwrap();
    for note in [".crosscast-held-by", ".crosscast-lock"] {
        symlink(elsewhere.join("May.xlsx"), folder.join(note)).unwrap();
        write_run(&folder, &[("a.txt", "ours")]).unwrap();
        assert_eq!(read(&elsewhere, "May.xlsx").as_deref(), Some("theirs"), "{note}");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "{note}");
    }
    symlink(&elsewhere, folder.join(".crosscast-staging")).unwrap();
    let refused = write_run(&folder, &[("a.txt", "ours")]);
    assert!(matches!(refused, Err(OutputError::Link { .. })), "{refused:?}");
    assert_eq!(read(&elsewhere, "May.xlsx").as_deref(), Some("theirs"));
}

#[test]
fn one_run_at_a_time() {
    let place = tempfile::tempdir().unwrap();
    let held = take(place.path()).unwrap();
    let said = can_write(place.path()).unwrap_err().to_string();
    let folder = place.path().display();
    assert_eq!(
        said,
        format!(
            "Another run is writing to {folder} (process 1234, since 3 July 2023 at 09:30 UTC). Wait until it has ended, \
             then run again."
        )
    );
    // It is held until the end of the run, not of the writing.
    let (files, manifest) = outputs([("a.txt", "first")], "2023-07-03T09:30:00Z");
    held.write(&files, &manifest).unwrap();
    assert!(matches!(can_write(place.path()), Err(OutputError::Busy { .. })));
    // A note that nobody wrote to its end says nothing.
    fs::write(place.path().join(".crosscast-held-by"), "{\"proc").unwrap();
    let said = can_write(place.path()).unwrap_err().to_string();
    assert_eq!(said, format!("Another run is writing to {folder}. Wait until it has ended, then run again."));
    drop(held);
    // What a dead process left is in nobody's way.
    fs::write(place.path().join(".crosscast-lock"), "").unwrap();
    fs::write(place.path().join(".crosscast-held-by"), "{\"process\": 1, \"computer\": null, \"since\": \"\"}")
        .unwrap();
    write_run(place.path(), &[("a.txt", "a")]).unwrap();
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2);
}

#[test]
fn who_holds_a_folder_in_words() {
    let on = |computer: &str| Holder { computer: Some(computer.to_owned()), ..holder() }.to_string();
    assert_eq!(on("PC-17"), "process 1234 on PC-17, since 3 July 2023 at 09:30 UTC");
    // A note that somebody else wrote does nothing to a terminal.
    assert_eq!(on("\u{1b}[2J"), "process 1234 on [U+001B][2J, since 3 July 2023 at 09:30 UTC");
}

#[test]
fn a_folder_that_is_moved_away_meanwhile_is_not_written() {
    let place = tempfile::tempdir().unwrap();
    let (folder, moved) = (place.path().join("output"), place.path().join("output of May"));
    write_run(&folder, &[("a.txt", "old")]).unwrap();
    let (files, manifest) = outputs([("a.txt", "new")], "2023-07-03T09:30:00Z");

    let held = take(&folder).unwrap();
    fs::rename(&folder, &moved).unwrap();
    let refused = held.write(&files, &manifest);
    assert!(matches!(refused, Err(OutputError::Gone { .. })), "{refused:?}");
    // Another run made the folder anew: its lock and its note stay.
    let other = take(&folder).unwrap();
    let refused = held.write(&files, &manifest);
    assert!(matches!(refused, Err(OutputError::Gone { .. })), "{refused:?}");
    drop(held);
    assert!(can_write(&folder).unwrap_err().to_string().contains("(process 1234, "));
    other.write(&files, &manifest).unwrap();
    drop(other);
    assert_eq!(read(&folder, "a.txt").as_deref(), Some("new"));
    assert_eq!(read(&moved, "a.txt").as_deref(), Some("old"));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
}

#[test]
fn officers_are_told_of_a_run_that_was_cut_off() {
    assert_eq!(Recovered::Nothing.in_words(Path::new("output")), None);
    assert_eq!(
        Recovered::Completed.in_words(Path::new("output")).as_deref(),
        Some("An earlier run was cut off while it wrote to output. Its outputs have been completed.")
    );
    assert_eq!(
        Recovered::Undone.in_words(Path::new("output")).as_deref(),
        Some("An earlier run was cut off while it wrote to output. The outputs from before it have been put back.")
    );
}

#[test]
fn a_damaged_journal_is_left_for_people() {
    let place = tempfile::tempdir().unwrap();
    let staging = place.path().join(".crosscast-staging");
    fs::create_dir_all(staging.join("old")).unwrap();
    fs::write(staging.join("old/findings.html"), "old").unwrap();
    let outside = r#"{"direction": "back", "old": ["../precious.txt"], "new": [], "folders": []}"#;
    let elsewhere = r#"{"direction": "back", "old": [], "new": [], "folders": [], "ending": "/../precious.txt"}"#;
    for text in ["", "{}", outside, elsewhere] {
        fs::write(staging.join("journal.json"), text).unwrap();
        for refused in [can_write(place.path()), write_run(place.path(), &[("a.txt", "a")]).map(|_| ())] {
            assert!(matches!(refused, Err(OutputError::DamagedJournal { .. })), "{text}: {refused:?}");
        }
    }
    assert_eq!(read(&staging, "old/findings.html").as_deref(), Some("old"));
}

/// Staged files had their own names then.
#[test]
fn the_journal_of_an_earlier_version_is_understood() {
    let place = tempfile::tempdir().unwrap();
    let staging = place.path().join(".crosscast-staging");
    for folder in ["new", "old"] {
        fs::create_dir_all(staging.join(folder)).unwrap();
    }
    fs::write(place.path().join("page.html"), "old").unwrap();
    fs::write(staging.join("new/page.html"), "new").unwrap();
    let journal = r#"{"direction": "forward", "old": ["page.html"], "new": ["page.html"], "folders": []}"#;
    fs::write(staging.join("journal.json"), journal).unwrap();
    assert_eq!(take(place.path()).unwrap().recovered(), Recovered::Completed);
    assert_eq!(read(place.path(), "page.html").as_deref(), Some("new"));
    assert!(!staging.exists());
}

#[test]
fn messages_for_a_finance_officer() {
    let source = || std::io::Error::new(std::io::ErrorKind::PermissionDenied, "access denied");
    let in_use = OutputError::InUse { path: "output/for-officers/consolidated.xlsx".into(), source: source() };
    assert_eq!(
        in_use.to_string(),
        "output/for-officers/consolidated.xlsx cannot be replaced (access denied). It may be open in Excel or another \
         program: close it and run again. The earlier outputs are as they were."
    );
    let unread = OutputError::CannotRead { path: "output/manifest.json".into(), source: source() };
    assert_eq!(
        unread.to_string(),
        "output/manifest.json could not be read (access denied). Close the programs that have it open, see to it that \
         you may read it, and run again."
    );
    let cannot = OutputError::CannotWrite { folder: "output".into(), source: source() };
    assert_eq!(
        cannot.to_string(),
        "Nothing can be written to the output folder output (access denied). Choose a folder that you may write to, \
         or make room on its disk. The earlier outputs are as they were."
    );
}
