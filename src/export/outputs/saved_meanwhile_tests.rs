//! An officer saves a file at every single moment of a run, and while a run lies cut off: it is never lost.

use std::path::Path;

use super::disk::Disk;
use super::fault_tests::{Tree, run_of, take_on, tree};
use super::faulty_disk::{Fault, FaultyDisk, TYPED, Unflushed};
use super::*;

const REPLACED: &str = "for-officers/to-explain.xlsx";
const STALE: &str = "for-officers/stale.xlsx";
const COMING: &str = "for-officers/2022-23/register.csv";
const APPENDIX: &str = "for-committee/committee-appendix.pdf";

/// A folder with the outputs of a run before.
fn prepare() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_to(&Unflushed, folder.path(), &[APPENDIX, REPLACED, STALE], "old").unwrap();
    folder
}

fn write_to(disk: &dyn Disk, folder: &Path, paths: &[&'static str], which: &str) -> Result<Vec<Kept>, OutputError> {
    let held = take_on(disk, folder)?;
    let (files, manifest) = run_of(paths, which);
    let mut kept = held.kept().to_vec();
    kept.extend(held.write_on(disk, &files, &manifest)?);
    Ok(kept)
}

fn write_new(disk: &dyn Disk, folder: &Path) -> Result<Vec<Kept>, OutputError> {
    write_to(disk, folder, &[APPENDIX, REPLACED, COMING], "new")
}

/// Where it lies that an officer typed in.
fn typed(tree: &Tree) -> Vec<&str> {
    let typed = tree.iter().filter(|(path, content)| {
        !path.starts_with(".crosscast") && content.as_ref().is_some_and(|content| content == TYPED)
    });
    typed.map(|(path, _)| path.as_str()).collect()
}

/// It is there, and stays there whatever runs; nothing of ours is left.
fn assert_not_lost(folder: &Path, what: &str) {
    for _ in 0..2 {
        let found = tree(folder);
        assert!(!typed(&found).is_empty(), "{what}: what an officer wrote is lost: {found:#?}");
        assert!(!found.keys().any(|path| path.starts_with(".crosscast")), "{what}: {found:#?}");
        write_to(&Unflushed, folder, &[APPENDIX, REPLACED, STALE], "newer").unwrap();
    }
}

/// A way back leaves the new folders away, and nothing can be saved there then.
fn is_saved(folder: &Path, path: &str) -> bool {
    std::fs::write(folder.join(path), TYPED).is_ok()
}

#[test]
fn saved_at_any_step_of_a_run() {
    for path in [REPLACED, STALE, COMING] {
        let (mut under_its_name, mut beside) = (0, 0);
        for after in 0.. {
            let what = format!("{path} saved after step {after}");
            let folder = prepare();
            std::fs::create_dir(folder.path().join("for-officers/2022-23")).unwrap();
            let disk = FaultyDisk::where_an_officer_saves(None, after, folder.path().join(path));
            let kept = write_new(&disk, folder.path()).unwrap();
            if disk.steps.get() <= after {
                break;
            }
            let found = tree(folder.path());
            let typed = typed(&found);
            let is_told = |name: &&str| *name == path || kept.iter().any(|kept| kept.kept_as == **name);
            assert!(typed.iter().all(is_told), "{what}: {kept:?} {typed:?}");
            assert!(kept.iter().all(|kept| kept.path == path && typed.contains(&kept.kept_as.as_str())), "{what}");
            assert_eq!(typed.len(), 1, "{what}: {found:#?}");
            if typed == [path] {
                under_its_name += 1
            } else {
                beside += 1
            }
            assert_not_lost(folder.path(), &what);
        }
        // A stale file that is changed before it is looked at stays; the others when they are saved after they came in.
        assert!(under_its_name > 0 && beside > 5, "{path}: {under_its_name} {beside}");
    }
}

/// Seconds pass while the new outputs are flushed to the disk.
#[test]
fn saved_while_the_new_ones_are_staged() {
    let folder = prepare();
    std::fs::write(folder.path().join(REPLACED), "typed in before").unwrap();
    // After the folders of the staged files are made.
    let disk = FaultyDisk::where_an_officer_saves(None, 3, folder.path().join(REPLACED));
    let kept = write_new(&disk, folder.path()).unwrap();
    let kept: Vec<(&str, &str)> = kept.iter().map(|kept| (kept.path.as_str(), kept.kept_as.as_str())).collect();
    let names = ["for-officers/to-explain (yours).xlsx", "for-officers/to-explain (yours 2).xlsx"];
    assert_eq!(kept, names.map(|name| (REPLACED, name)));
    let found = tree(folder.path());
    assert_eq!(found[names[0]].as_deref(), Some("typed in before"));
    assert_eq!(found[names[1]].as_deref(), Some(TYPED));
    assert_eq!(found[REPLACED], Some(format!("new content of {REPLACED}")));
    assert!(!found.contains_key(STALE));
}

#[test]
fn saved_while_a_run_lies_cut_off() {
    for path in [REPLACED, STALE, COMING] {
        let mut beside = 0;
        for step in 0.. {
            let what = format!("{path} saved after a run was cut off at step {step}");
            let folder = prepare();
            let disk = FaultyDisk::new(Fault::Dies(step));
            let _ = write_new(&disk, folder.path());
            if is_saved(folder.path(), path) {
                let held = take_on(&Unflushed, folder.path()).unwrap();
                let found = tree(folder.path());
                let typed = typed(&found);
                assert_eq!(typed.len(), 1, "{what}: {found:#?}");
                let told: Vec<&str> = held.kept().iter().map(|kept| kept.kept_as.as_str()).collect();
                assert_eq!(told, if typed == [path] { Vec::new() } else { typed.clone() }, "{what}");
                beside += held.kept().len();
                drop(held);
                assert_not_lost(folder.path(), &what);
            }
            if disk.is_beyond() {
                break;
            }
        }
        assert!(beside > 0, "{path}");
    }
}

/// The smallest exchange, for faults at every pair of steps.
fn prepare_small() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_to(&Unflushed, folder.path(), &[REPLACED], "old").unwrap();
    folder
}

#[test]
fn saved_while_a_run_lies_cut_off_and_the_recovery_is_cut_off_too() {
    for step in 0.. {
        let mut beyond = false;
        for second in 0.. {
            let what = format!("saved between the cuts at step {step} and step {second}");
            let folder = prepare_small();
            let disk = FaultyDisk::new(Fault::Dies(step));
            let _ = write_to(&disk, folder.path(), &[REPLACED], "new");
            beyond = disk.is_beyond();
            assert!(is_saved(folder.path(), REPLACED), "{what}");
            let disk = FaultyDisk::new(Fault::Dies(second));
            let _ = take_on(&disk, folder.path());
            drop(take_on(&Unflushed, folder.path()).unwrap());
            assert_eq!(typed(&tree(folder.path())).len(), 1, "{what}: kept twice, or lost");
            if disk.is_beyond() {
                break;
            }
        }
        if beyond {
            break;
        }
    }
}

/// A step is refused, and the outputs of before come back.
#[test]
fn saved_at_any_step_of_a_run_that_is_refused() {
    for step in 0.. {
        let mut beyond = false;
        for after in 0.. {
            let what = format!("saved after step {after}, and step {step} refused");
            let folder = prepare_small();
            let place = folder.path().join(REPLACED);
            let disk = FaultyDisk::where_an_officer_saves(Some(Fault::Refused(step)), after, place);
            let _ = write_to(&disk, folder.path(), &[REPLACED], "new");
            beyond = disk.is_beyond();
            if disk.steps.get() <= after {
                break;
            }
            drop(take_on(&Unflushed, folder.path()).unwrap());
            assert!(!typed(&tree(folder.path())).is_empty(), "{what}: lost");
        }
        if beyond {
            break;
        }
    }
}

/// And nothing is kept that nobody wrote.
#[test]
fn what_nobody_saved_is_not_kept() {
    for step in 0.. {
        let folder = prepare();
        let disk = FaultyDisk::new(Fault::Dies(step));
        let _ = write_new(&disk, folder.path());
        // As it was, but saved: a new time is no change.
        let explain = folder.path().join(REPLACED);
        if let Ok(bytes) = std::fs::read(&explain) {
            std::fs::write(&explain, bytes).unwrap();
        }
        assert_eq!(take_on(&Unflushed, folder.path()).unwrap().kept(), []);
        assert!(!tree(folder.path()).keys().any(|path| path.contains("yours")), "step {step}");
        if disk.is_beyond() {
            break;
        }
    }
}
