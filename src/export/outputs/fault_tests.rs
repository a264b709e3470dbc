//! The run is cut off, and made to fail, at every single step.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::super::manifest::Manifest;
use super::super::sample_report::outputs;
use super::disk::{Disk, RealDisk};
use super::*;
use crate::model::sha256;

/// What goes wrong, and at which step (from 0).
#[derive(Debug, Clone, Copy)]
enum Fault {
    /// The process dies there: the step is not done (a file is half written), nor any after it.
    Dies(usize),
    /// That step is refused, as for a file that is open elsewhere; the others are done.
    Refused(usize),
    /// A step is refused, and so many steps later the process dies.
    RefusedThenDies(usize, usize),
}

/// A disk that is not flushed: thousands of runs would wait for it, and only the order of steps matters here.
struct Unflushed;

impl Disk for Unflushed {
    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        RealDisk.create_folders(folder)
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        std::fs::write(file, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }

    fn remove_file(&self, file: &Path) -> io::Result<()> {
        RealDisk.remove_file(file)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        RealDisk.remove_folder(folder)
    }

    fn flush_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }
}

struct FaultyDisk {
    fault: Fault,
    steps: Cell<usize>,
}

impl FaultyDisk {
    fn new(fault: Fault) -> Self {
        Self { fault, steps: Cell::new(0) }
    }

    fn step(&self) -> io::Result<()> {
        let step = self.steps.replace(self.steps.get() + 1);
        let fails = match self.fault {
            Fault::Dies(at) => step >= at,
            Fault::Refused(at) => step == at,
            Fault::RefusedThenDies(at, later) => step == at || step > at + later,
        };
        if fails { Err(io::Error::new(io::ErrorKind::PermissionDenied, "refused for the test")) } else { Ok(()) }
    }

    /// Whether the fault lies beyond the last step that was taken.
    fn is_beyond(&self) -> bool {
        let (Fault::Dies(at) | Fault::Refused(at) | Fault::RefusedThenDies(at, _)) = self.fault;
        self.steps.get() <= at
    }
}

impl Disk for FaultyDisk {
    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        Unflushed.create_folders(folder)
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.step() {
            let torn = matches!(self.fault, Fault::Dies(at) if at + 1 == self.steps.get());
            if torn {
                Unflushed.write(file, &bytes[..bytes.len() / 2])?;
            }
            return Err(error);
        }
        Unflushed.write(file, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        Unflushed.rename(from, to)
    }

    fn remove_file(&self, file: &Path) -> io::Result<()> {
        self.step()?;
        Unflushed.remove_file(file)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        Unflushed.remove_folder(folder)
    }

    fn flush_folder(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        Unflushed.flush_folder(folder)
    }
}

/// Files by path with their content; folders with none.
type Tree = BTreeMap<String, Option<String>>;

fn tree(folder: &Path) -> Tree {
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
const SCENARIOS: [Scenario; 4] = [
    Scenario { name: "first run", before: None, after: FINAL },
    Scenario { name: "final again", before: Some(FINAL), after: FINAL },
    Scenario { name: "final to DRAFT", before: Some(FINAL), after: DRAFT },
    Scenario { name: "DRAFT to final", before: Some(DRAFT), after: FINAL },
];

/// Small ones, for faults at every pair of steps.
const SMALL: [Scenario; 2] = [
    Scenario { name: "small first run", before: None, after: &["for-committee/committee-appendix-DRAFT.pdf"] },
    Scenario {
        name: "small final to DRAFT",
        before: Some(&["for-committee/committee-appendix.pdf", "findings.html"]),
        after: &["for-committee/committee-appendix-DRAFT.pdf", "findings.html"],
    },
];

fn take_on(disk: &dyn Disk, folder: &Path) -> Result<HeldFolder, OutputError> {
    HeldFolder::take_on(disk, folder, &Holder { process: 1234, computer: None, since: "today".to_owned() })
}

/// The next start, which writes nothing itself.
fn recover_on(disk: &dyn Disk, folder: &Path) -> Result<(), OutputError> {
    take_on(disk, folder).map(|_| ())
}

fn write_to(disk: &dyn Disk, folder: &Path, files: &[OutputFile], manifest: &str) -> Result<(), OutputError> {
    take_on(disk, folder)?.write_on(disk, files, manifest)
}

fn run_of(paths: &[&'static str], which: &str) -> (Vec<OutputFile>, String) {
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
            std::fs::write(folder.path().join("for-committee/my copy.pdf"), "mine").unwrap();
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

/// A disk that tells what was renamed and which folders' names were flushed, in order, below the output folder.
struct Recording<'a> {
    folder: &'a Path,
    steps: RefCell<Vec<String>>,
}

impl Recording<'_> {
    fn record(&self, what: &str, place: &Path) {
        let below = place.strip_prefix(self.folder).unwrap().to_str().unwrap().replace('\\', "/");
        self.steps.borrow_mut().push(format!("{what} {below}"));
    }
}

impl Disk for Recording<'_> {
    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        Unflushed.create_folders(folder)
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        Unflushed.write(file, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if to.starts_with(self.folder.join(".crosscast-staging")) {
            self.record("out:", from);
        } else {
            self.record("in:", to);
        }
        Unflushed.rename(from, to)
    }

    fn remove_file(&self, file: &Path) -> io::Result<()> {
        Unflushed.remove_file(file)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        Unflushed.remove_folder(folder)
    }

    fn flush_folder(&self, folder: &Path) -> io::Result<()> {
        self.record("flush", folder);
        Ok(())
    }
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
