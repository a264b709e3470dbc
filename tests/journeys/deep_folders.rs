//! Shared drives have deep folders with long names, and names in any language.

use std::fs;

use crate::desk::{Desk, copy, files, marks, repository};

/// A folder name of 51 signs, not all of which every code page has.
const NAME: &str = "Fördermittel 日本 £ — Working papers, agreed versions";

#[test]
fn folders_deeper_than_windows_once_allowed() {
    assert_eq!(NAME.chars().count(), 51);
    let desk = Desk::year_with_outputs();
    // More than the 260 signs that a path could have once; a folder's own name may have 255.
    let deep = [NAME; 6].iter().fold(desk.path(""), |folder, name| folder.join(name));
    assert!(deep.to_string_lossy().chars().count() > 300);
    let (inbox, output) = (deep.join("inbox"), deep.join("output"));
    copy(&repository("samples/2022-23"), &inbox);
    let (from, to) = (inbox.to_string_lossy(), output.to_string_lossy());
    for _ in 0..2 {
        // The second time, the outputs of the first are replaced.
        let ended = desk.crosscast(&["run", &from, "--output", &to]);
        assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
        let unlike_manifest = |(path, _): &(String, String)| path != "manifest.json";
        let made: Vec<_> = marks(&output).into_iter().filter(unlike_manifest).collect();
        let expected: Vec<_> = marks(&desk.path("output")).into_iter().filter(unlike_manifest).collect();
        assert_eq!(made, expected);
    }
    let verified = desk.crosscast(&["verify", &to, &from]);
    assert_eq!(verified.status, 0, "{}{}", verified.out, verified.err);
    // Outputs in the inbox are known for outputs there, too.
    let below = inbox.join("output");
    for _ in 0..2 {
        assert_eq!(desk.crosscast(&["run", &from, "--output", &below.to_string_lossy()]).status, 0);
    }
    assert_eq!(
        fs::read(below.join("for-officers").join("findings.json")).unwrap(),
        fs::read(output.join("for-officers").join("findings.json")).unwrap()
    );
    assert_eq!(files(&below), files(&output));
}
