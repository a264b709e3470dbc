//! The run is cut off, and made to fail, at every single step.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use super::super::manifest::Manifest;
use super::super::sample_report::outputs;
use super::disk::Disk;
use super::faulty_disk::{Fault, FaultyDisk, Recording, TYPED, Unflushed};
use super::*;
use crate::model::sha256;

/// Files by path with their content; folders with none.
pub(super) type Tree = BTreeMap<String, Option<String>>;

pub(super) fn tree(folder: &Path) -> Tree {
    fn walk(folder: &Path, below: &str, tree: &mut Tree) {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
            if path.is_dir() {
                tree.insert(name.clone(), None);
                walk(&path, &format!("{name}/"), tree);
            } else {
                tree.insert(name, Some(String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned()));
            }
        }
    }
    let mut found = Tree::new();
    walk(folder, "", &mut found);
    found
}

/// An exchange of outputs: what the folder holds before, and what is written.
struct Scenario {
    name: &'static str,
    before: Option<&'static [&'static str]>,
    after: &'static [&'static str],
    /// What an officer changed before the run, and where that must be kept after it.
    changed: Option<(&'static str, &'static str)>,
}

const FINAL: &[&str] = &[
    "for-committee/committee-appendix.pdf",
    "for-committee/committee-appendix.html",
    "for-officers/findings.html",
    "for-officers/2022-23/register.csv",
];
const DRAFT: &[&str] = &[
    "for-committee/committee-appendix-DRAFT.pdf",
    "for-committee/committee-appendix-DRAFT.html",
    "for-officers/findings.html",
];
const SCENARIOS: [Scenario; 5] = [
    Scenario { name: "first run", before: None, after: FINAL, changed: None },
    Scenario { name: "final again", before: Some(FINAL), after: FINAL, changed: None },
    Scenario { name: "final to DRAFT", before: Some(FINAL), after: DRAFT, changed: None },
    Scenario { name: "DRAFT to final", before: Some(DRAFT), after: FINAL, changed: None },
    Scenario {
        name: "changed by an officer",
        before: Some(FINAL),
        after: FINAL,
        changed: Some(("for-officers/2022-23/register.csv", "for-officers/2022-23/register (yours).csv")),
    },
];

/// Small ones, for faults at every pair of steps.
const SMALL: [Scenario; 3] = [
    Scenario {
        name: "small first run",
        before: None,
        after: &["for-committee/committee-appendix-DRAFT.pdf"],
        changed: None,
    },
    Scenario {
        name: "small final to DRAFT",
        before: Some(&["for-committee/committee-appendix.pdf", "findings.html"]),
        after: &["for-committee/committee-appendix-DRAFT.pdf", "findings.html"],
        changed: None,
    },
    Scenario {
        name: "small, changed by an officer",
        before: Some(&["for-officers/a.xlsx"]),
        after: &["for-officers/a.xlsx"],
        changed: Some(("for-officers/a.xlsx", "for-officers/a (yours).xlsx")),
    },
];

pub(super) fn take_on(disk: &dyn Disk, folder: &Path) -> Result<HeldFolder, OutputError> {
    HeldFolder::take_on(disk, folder, &Holder { process: 1234, computer: None, since: "today".to_owned() })
}

/// The next start, which writes nothing itself.
fn recover_on(disk: &dyn Disk, folder: &Path) -> Result<(), OutputError> {
    take_on(disk, folder).map(|_| ())
}

fn write_to(disk: &dyn Disk, folder: &Path, files: &[OutputFile], manifest: &str) -> Result<(), OutputError> {
    take_on(disk, folder)?.write_on(disk, files, manifest).map(|_| ())
}

pub(super) fn run_of(paths: &[&'static str], which: &str) -> (Vec<OutputFile>, String) {
    outputs(paths.iter().map(|path| (*path, format!("{which} content of {path}"))), which)
}

impl Scenario {
    /// The folder before the run, with files of somebody else in it.
    fn prepare(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("notes of mine.txt"), "mine").unwrap();
        if let Some(paths) = self.before {
            let (files, manifest) = run_of(paths, "old");
            write_to(&Unflushed, folder.path(), &files, &manifest).unwrap();
            std::fs::create_dir_all(folder.path().join("for-committee")).unwrap();
            std::fs::write(folder.path().join("for-committee/my copy.pdf"), "mine").unwrap();
        }
        if let Some((changed, _)) = self.changed {
            std::fs::write(folder.path().join(changed), TYPED).unwrap();
        }
        folder
    }

    fn write_with(&self, folder: &Path, fault: Fault) -> (Result<(), OutputError>, bool) {
        let disk = FaultyDisk::new(fault);
        let (files, manifest) = run_of(self.after, "new");
        let result = write_to(&disk, folder, &files, &manifest);
        (result, disk.is_beyond())
    }

    /// What the folder holds before the run, and what it must hold after it.
    fn trees(&self) -> (Tree, Tree) {
        let folder = self.prepare();
        let old = tree(folder.path());
        let (files, manifest) = run_of(self.after, "new");
        write_to(&Unflushed, folder.path(), &files, &manifest).unwrap();
        (old, tree(folder.path()))
    }
}

/// Old and new outputs never stand beside each other, not even while the run lies cut off.
fn assert_no_mixture(tree: &Tree, what: &str) {
    assert_vouched(tree, what);
    let holds = |which: &str| {
        tree.iter().any(|(path, content)| {
            !path.starts_with(".crosscast")
                && content.as_ref().is_some_and(|content| {
                    content.starts_with(which) || content.contains(&format!("\"time\": \"{which}\""))
                })
        })
    };
    assert!(!(holds("old") && holds("new")), "{what}: {tree:#?}");
}

/// At no moment is there a final appendix that the manifest does not vouch for, in whatever folder, nor one beside a DRAFT.
fn assert_vouched(tree: &Tree, what: &str) {
    let is_final =
        |path: &str| ["pdf", "html"].iter().any(|ending| path.ends_with(&format!("committee-appendix.{ending}")));
    for (path, content) in tree.iter().filter(|(path, _)| is_final(path)) {
        let content = content.as_ref().unwrap();
        let manifest = tree.get("manifest.json").and_then(Option::as_ref);
        let manifest = manifest.unwrap_or_else(|| panic!("{what}: {path} without a manifest"));
        let manifest = Manifest::read(manifest.as_bytes()).unwrap();
        let listed = manifest.outputs.iter().find(|file| file.path == *path);
        let listed = listed.unwrap_or_else(|| panic!("{what}: {path} is not in the manifest"));
        assert_eq!(listed.sha256, sha256(content.as_bytes()), "{what}: {path} is another one");
        let draft = ["pdf", "html"].map(|ending| format!("for-committee/committee-appendix-DRAFT.{ending}"));
        assert!(!draft.iter().any(|path| tree.contains_key(path)), "{what}: {path} beside a DRAFT");
    }
}

fn assert_whole(folder: &Path, old: &Tree, new: &Tree, what: &str) {
    let found = tree(folder);
    // Said apart, for this is what nobody can make again.
    let is_written = |tree: &Tree| tree.values().flatten().any(|content| content == TYPED);
    assert!(!is_written(old) || is_written(&found), "{what}: what an officer wrote is lost: {found:#?}");
    assert!(found == *old || found == *new, "{what}: {found:#?}");
}

#[test]
fn what_each_scenario_leaves() {
    for scenario in SCENARIOS {
        let (_, new) = scenario.trees();
        let mut expected: Vec<&str> = scenario.after.to_vec();
        expected.extend(["manifest.json", "notes of mine.txt"]);
        if scenario.before.is_some() {
            expected.push("for-committee/my copy.pdf");
        }
        if let Some((changed, kept_as)) = scenario.changed {
            expected.push(kept_as);
            assert_eq!(new[kept_as].as_deref(), Some(TYPED));
            assert_eq!(new[changed], Some(format!("new content of {changed}")));
        }
        expected.sort_unstable();
        let files: Vec<&str> =
            new.iter().filter(|(_, content)| content.is_some()).map(|(path, _)| path.as_str()).collect();
        assert_eq!(files, expected, "{}", scenario.name);
    }
}

#[test]
fn a_run_that_dies_at_any_step_is_completed_or_undone() {
    for scenario in SCENARIOS {
        let (old, new) = scenario.trees();
        let (mut steps, mut completed, mut untouched) = (0, 0, 0);
        for step in 0.. {
            let what = format!("{} cut off at step {step}", scenario.name);
            let folder = scenario.prepare();
            let (_, beyond) = scenario.write_with(folder.path(), Fault::Dies(step));
            assert_no_mixture(&tree(folder.path()), &what);
            recover_on(&Unflushed, folder.path()).unwrap();
            assert_whole(folder.path(), &old, &new, &what);
            if tree(folder.path()) == new {
                completed += 1
            } else {
                untouched += 1
            }
            if beyond {
                break;
            }
            steps += 1;
        }
        assert!(steps > 20 && completed > 5 && untouched > 5, "{}: {steps} {completed} {untouched}", scenario.name);
    }
}

#[test]
fn a_recovery_that_dies_too_is_taken_up_by_the_next() {
    for scenario in SMALL {
        let (old, new) = scenario.trees();
        for step in 0.. {
            let mut beyond = false;
            for second in 0.. {
                let what = format!("{} cut off at step {step}, then at step {second}", scenario.name);
                let folder = scenario.prepare();
                beyond = scenario.write_with(folder.path(), Fault::Dies(step)).1;
                let disk = FaultyDisk::new(Fault::Dies(second));
                let _ = recover_on(&disk, folder.path());
                assert_no_mixture(&tree(folder.path()), &what);
                recover_on(&Unflushed, folder.path()).unwrap();
                assert_whole(folder.path(), &old, &new, &what);
                if disk.is_beyond() {
                    break;
                }
            }
            if beyond {
                break;
            }
        }
    }
}

#[test]
fn a_step_that_is_refused_changes_nothing() {
    for scenario in SCENARIOS {
        let (old, new) = scenario.trees();
        let mut refused = 0;
        for step in 0.. {
            let what = format!("{} refused at step {step}", scenario.name);
            let folder = scenario.prepare();
            let (result, beyond) = scenario.write_with(folder.path(), Fault::Refused(step));
            match result {
                Err(OutputError::InUse { .. } | OutputError::CannotWrite { .. } | OutputError::CannotMake { .. }) => {
                    refused += 1;
                    // Without a second fault the way back leaves nothing behind.
                    assert_eq!(tree(folder.path()), old, "{what}");
                }
                Err(other) => panic!("{what}: {other}"),
                Ok(()) => {
                    recover_on(&Unflushed, folder.path()).unwrap();
                    assert_eq!(tree(folder.path()), new, "{what}");
                }
            }
            if beyond {
                break;
            }
        }
        assert!(refused > 15, "{}: {refused}", scenario.name);
    }
}

#[test]
fn a_way_back_that_dies_is_taken_up_by_the_next_start() {
    for scenario in SMALL {
        let (old, new) = scenario.trees();
        for step in 0.. {
            let mut beyond = false;
            for later in 0.. {
                let what = format!("{} refused at step {step}, dead {later} steps later", scenario.name);
                let folder = scenario.prepare();
                let disk = FaultyDisk::new(Fault::RefusedThenDies(step, later));
                let (files, manifest) = run_of(scenario.after, "new");
                let _ = write_to(&disk, folder.path(), &files, &manifest);
                beyond = disk.is_beyond();
                assert_no_mixture(&tree(folder.path()), &what);
                recover_on(&Unflushed, folder.path()).unwrap();
                assert_whole(folder.path(), &old, &new, &what);
                if disk.steps.get() <= step + later + 1 {
                    break;
                }
            }
            if beyond {
                break;
            }
        }
    }
}

/// Both forms of the final appendix are there, or neither is.
#[test]
fn a_final_appendix_is_withdrawn_whole_or_not_at_all() {
    let scenario = &SCENARIOS[1];
    let (mut withdrawn, mut stayed, mut refused) = (0, 0, 0);
    for step in 0.. {
        let mut beyond = true;
        for fault in [Fault::Dies(step), Fault::Refused(step)] {
            let what = format!("{fault:?}");
            let folder = scenario.prepare();
            let old = tree(folder.path());
            let mut new = old.clone();
            new.retain(|path, _| !path.starts_with("for-committee/committee-appendix."));
            let disk = FaultyDisk::new(fault);
            let result = take_on(&disk, folder.path()).and_then(|held| held.withdraw_final_on(&disk, &[]));
            beyond &= disk.is_beyond();
            assert_vouched(&tree(folder.path()), &what);
            if matches!(fault, Fault::Refused(_)) && result.is_err() {
                assert_eq!(tree(folder.path()), old, "{what}");
                refused += 1;
            }
            recover_on(&Unflushed, folder.path()).unwrap();
            assert_whole(folder.path(), &old, &new, &what);
            if tree(folder.path()) == new {
                withdrawn += 1;
            } else {
                stayed += 1;
            }
        }
        if beyond {
            break;
        }
    }
    assert!(withdrawn > 5 && stayed > 5 && refused > 5, "{withdrawn} {stayed} {refused}");
}

/// The appendix is the first to go, and the last to come. In between, the names reach the disk: when the power fails, the
/// manifest has not gone before the appendix, nor come after it.
#[test]
fn the_manifest_is_there_before_the_appendix_and_longer() {
    let scenario = &SCENARIOS[1];
    let folder = scenario.prepare();
    let disk = Recording { folder: folder.path(), steps: RefCell::default() };
    let (files, manifest) = run_of(scenario.after, "new");
    write_to(&disk, folder.path(), &files, &manifest).unwrap();
    let steps = disk.steps.into_inner();
    let journal = steps.iter().position(|step| step == "out: .crosscast-staging/journal.draft").unwrap();
    // Other folders' names are flushed as well.
    let is_told =
        |step: &&str| !step.starts_with("flush .") && !step.starts_with("flush for-officers") && *step != "flush ";
    let steps: Vec<&str> = steps[journal + 1..].iter().map(String::as_str).filter(is_told).collect();
    assert_eq!(
        steps,
        [
            "out: for-committee/committee-appendix.pdf",
            "out: for-committee/committee-appendix.html",
            "out: for-officers/2022-23/register.csv",
            "out: for-officers/findings.html",
            "flush for-committee",
            "out: manifest.json",
            "in: for-officers/findings.html",
            "in: for-officers/2022-23/register.csv",
            "in: manifest.json",
            "flush for-committee",
            "in: for-committee/committee-appendix.pdf",
            "in: for-committee/committee-appendix.html",
            "flush for-committee",
        ]
    );
}
