//! A clone of the repository is the same on every system: the bytes of its files, and their names.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

#[path = "independent/programs.rs"]
#[allow(dead_code, reason = "each test program needs some of it")]
mod programs;

use programs::{Program, needed, run, skip};

/// The longest path in a clone. Windows allows 260 with the folder that the clone lies in.
const LONGEST: usize = 120;

/// What git says of the repository; none, loudly, where there is no git, or the files came without it.
fn git(arguments: &[&str]) -> Option<String> {
    let git = needed(Program::Git)?;
    let root = env!("CARGO_MANIFEST_DIR");
    let here = |arguments: &[&str]| {
        let mut command = Command::new(&git);
        command.arg("-C").arg(root).args(arguments);
        command
    };
    if !here(&["rev-parse", "--verify", "--quiet", "HEAD"]).output().unwrap().status.success() {
        skip("these files are no clone");
        return None;
    }
    Some(run(&mut here(arguments)).output)
}

/// The files of the repository, each with its line ends in git and what is said of it in `.gitattributes`.
fn listed() -> Option<Vec<(String, String, String)>> {
    let said = git(&["ls-files", "--eol", "-z"])?;
    let files = said.split('\0').filter(|line| !line.is_empty()).map(|line| {
        let (ends, path) = line.split_once('\t').unwrap();
        let (in_git, attribute) = (ends.split_whitespace().next().unwrap(), ends.split_once("attr/").unwrap().1);
        (path.to_owned(), in_git.trim_start_matches("i/").to_owned(), attribute.trim().to_owned())
    });
    let files: Vec<_> = files.collect();
    assert!(files.len() > 500, "{}", files.len());
    Some(files)
}

/// What is wrong with the line ends of a file; nothing when its bytes are the same wherever it is cloned.
fn wrong_ends(in_git: &str, attribute: &str) -> Option<&'static str> {
    match (in_git, attribute) {
        (_, "-text") => None,
        ("lf" | "none", "text=auto eol=lf") => None,
        ("-text", _) => Some("holds bytes and no lines: say so of its kind in .gitattributes"),
        ("crlf" | "mixed", _) => Some("holds line ends of Windows: git must hold none"),
        _ => Some("is not named by .gitattributes as text with eol=lf"),
    }
}

/// What is wrong with a path on any system.
fn wrong_name(path: &str) -> Option<&'static str> {
    /// Names that Windows keeps for devices, whatever their ending.
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];
    let part_is_wrong = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().to_lowercase();
        part.ends_with(['.', ' '])
            || part.contains(['\\', ':', '*', '?', '"', '<', '>', '|'])
            || part.chars().any(char::is_control)
            || DEVICES.contains(&stem.as_str())
    };
    match () {
        () if path.split('/').any(part_is_wrong) => Some("cannot be the name of a file on Windows"),
        () if path.chars().count() > LONGEST => Some("is too long for a clone in a deep folder on Windows"),
        () => None,
    }
}

#[test]
fn no_line_end_depends_on_the_system() {
    let Some(files) = listed() else { return };
    let wrong = files.iter().filter_map(|(path, in_git, attribute)| Some((path, wrong_ends(in_git, attribute)?)));
    assert_eq!(wrong.collect::<Vec<_>>(), []);
    // Workbooks and pictures are known to hold bytes.
    let bytes =
        |ending: &str| files.iter().filter(|(path, ..)| path.ends_with(ending)).all(|(.., said)| said == "-text");
    assert!([".xlsx", ".xls", ".ods", ".png"].into_iter().all(bytes));
}

#[test]
fn every_name_is_one_on_every_system() {
    let Some(files) = listed() else { return };
    let wrong = files.iter().filter_map(|(path, ..)| Some((path, wrong_name(path)?)));
    assert_eq!(wrong.collect::<Vec<_>>(), []);
    // Windows and the Mac do not tell upper from lower case.
    let mut alike: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (path, ..) in &files {
        alike.entry(path.to_lowercase()).or_default().push(path);
    }
    assert_eq!(alike.into_values().filter(|paths| paths.len() > 1).collect::<Vec<_>>(), Vec::<Vec<&str>>::new());
}

#[test]
fn what_depends_on_the_system_is_seen() {
    assert_eq!(wrong_ends("lf", "text=auto eol=lf"), None);
    assert_eq!(wrong_ends("none", "text=auto eol=lf"), None);
    assert_eq!(wrong_ends("mixed", "-text"), None);
    assert!(wrong_ends("-text", "text=auto eol=lf").unwrap().starts_with("holds bytes"));
    assert!(wrong_ends("crlf", "text=auto eol=lf").unwrap().starts_with("holds line ends"));
    assert!(wrong_ends("mixed", "text=auto eol=lf").unwrap().starts_with("holds line ends"));
    assert!(wrong_ends("lf", "text=auto").unwrap().starts_with("is not named"));
    for path in ["samples/a?.xlsx", "tests/con.rs", "tests/aux", "tests/a:b", "tests/a./b.rs", "tests/a ", "a\\b"] {
        assert_eq!(wrong_name(path), Some("cannot be the name of a file on Windows"), "{path}");
    }
    for path in ["samples/Payments over £500.xlsx", "tests/contents.rs", ".ci/START HERE.txt", ".gitignore"] {
        assert_eq!(wrong_name(path), None, "{path}");
    }
    assert!(wrong_name(&"a".repeat(121)).unwrap().starts_with("is too long"));
    assert_eq!(wrong_name(&"a".repeat(120)), None);
}

/// As git for Windows sets itself up, and as it is elsewhere: the files are the same.
#[test]
fn a_clone_as_on_windows_has_the_same_bytes() {
    let Some(_) = git(&["status", "--short"]) else { return };
    let git = needed(Program::Git).unwrap();
    let place = tempfile::tempdir().unwrap();
    let clone = |name: &str, settings: &[&str]| {
        let folder = place.path().join(name);
        let mut command = Command::new(&git);
        command.args(["clone", "--quiet", "--no-hardlinks"]);
        for setting in settings {
            command.args(["-c", setting]);
        }
        run(command.arg(env!("CARGO_MANIFEST_DIR")).arg(&folder));
        files(&folder)
    };
    let plain = clone("plain", &["core.autocrlf=false"]);
    let windows = clone("windows", &["core.autocrlf=true", "core.eol=crlf"]);
    assert!(plain.len() > 500);
    let differing: Vec<&String> = plain.keys().filter(|path| plain.get(*path) != windows.get(*path)).collect();
    assert_eq!((differing, windows.len()), (Vec::new(), plain.len()));
}

/// The files below a folder but for git's own, by their paths.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut found, mut folders) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for path in fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() && !path.ends_with(".git") {
                folders.push(path);
            } else if path.is_file() {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}
