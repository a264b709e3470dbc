//! What helps to write a pack, made from the types that read it: JSON Schemas, by which an editor completes and checks its
//! YAML, and the page of its keys. Both are committed in `schemas/editor`, the schemas beside the tutorial's pack too; here
//! they are made again and compared. With the environment variable `CROSSCAST_WRITE_SCHEMAS` set they are written anew.

mod agreement;
mod examples;
mod generated;
mod mistakes;
mod packs;
mod page;

use std::fs;
use std::path::{Path, PathBuf};

use super::editor_files;

/// Set to write the files rather than to compare them.
const WRITE: &str = "CROSSCAST_WRITE_SCHEMAS";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The pack of the tutorial: its files are copied into other packs, so that it has schemas of its own, where drafts have them.
const SAMPLE: &str = "samples/council/pack";

/// The files as the types have them: paths below the pack's folder, and texts.
fn made() -> Vec<(String, String)> {
    let schemas = generated::schemas().into_iter();
    let schemas = schemas.map(|(kind, schema)| (format!("editor/{kind}.schema.json"), generated::text(&schema)));
    schemas.chain([("editor/keys.md".to_owned(), page::page())]).collect()
}

#[test]
fn the_files_for_editors_are_those_of_the_types() {
    for (path, text) in made() {
        held(&format!("schemas/{path}"), &text);
        if path.ends_with(".json") {
            held(&format!("{SAMPLE}/{path}"), &text);
        }
    }
}

/// Writes a committed file where that is wished, else compares it.
fn held(path: &str, text: &str) {
    let file = repository().join(path);
    if std::env::var_os(WRITE).is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        return;
    }
    let committed = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let differs = committed.lines().zip(text.lines()).position(|(committed, made)| committed != made);
    let line = differs.unwrap_or_else(|| committed.lines().count().min(text.lines().count())) + 1;
    assert!(
        committed == text,
        "{path} is not what the types say (line {line}). Set {WRITE}=1 and run this test again to write it."
    );
}

#[test]
fn the_files_for_editors_are_built_in_and_no_part_of_the_pack() {
    let mut made: Vec<String> = made().into_iter().map(|(path, _)| path).collect();
    made.sort();
    let built_in: Vec<&str> = editor_files().map(|(path, _)| path).collect();
    assert_eq!(built_in, made);
    let pack = super::PackFiles::built_in();
    assert!(pack.all().all(|(path, _)| !path.starts_with("editor")));
    assert_eq!(pack, super::PackFiles::from_folder(&repository().join("schemas")).unwrap());
}
