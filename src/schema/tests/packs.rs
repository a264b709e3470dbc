//! The packs of the repository: every YAML file of theirs says which schema it follows, and follows it.

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::Value;

use super::{generated, repository};
use crate::schema::PackFiles;

/// The kind of a YAML file of a pack.
pub fn kind(path: &str) -> &'static str {
    match path {
        "partnership.yaml" => "partnership",
        "consolidated.yaml" => "consolidated",
        _ => "table",
    }
}

/// The YAML of a file as an editor sees it.
pub fn value(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// What checks a kind of file.
pub fn validator(kind: &str) -> Validator {
    let (_, schema) = generated::schemas().into_iter().find(|(known, _)| *known == kind).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// The folders of packs: `schemas`, and those in `samples`.
fn packs() -> Vec<PathBuf> {
    fn find(folder: &Path, found: &mut Vec<PathBuf>) {
        if folder.join("partnership.yaml").is_file() {
            found.push(folder.to_owned());
        }
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                find(&path, found);
            }
        }
    }
    let mut found = vec![repository().join("schemas")];
    find(&repository().join("samples"), &mut found);
    found
}

#[test]
fn every_file_of_every_pack_follows_its_schema() {
    for folder in packs() {
        let files = PackFiles::from_folder(&folder).unwrap();
        let mut count = 0;
        for (path, text) in files.all().filter(|(path, _)| path.ends_with(".yaml")) {
            let faults: Vec<String> =
                validator(kind(path)).iter_errors(&value(text)).map(|error| error.to_string()).collect();
            assert!(faults.is_empty(), "{} {path}: {faults:#?}", folder.display());
            count += 1;
        }
        assert!(count > 2, "{} has {count} files of YAML", folder.display());
    }
}

/// A pack is copied as a folder, and tables out of it into another: the first line leads to the pack's own folder `editor`.
#[test]
fn the_first_line_of_every_file_leads_to_its_schema() {
    for folder in packs() {
        let files = PackFiles::from_folder(&folder).unwrap();
        for (path, text) in files.all().filter(|(path, _)| path.ends_with(".yaml")) {
            let line = text.lines().next().unwrap_or_default();
            let kind = kind(path);
            let up = if path.starts_with("tables/") { "../" } else { "" };
            let led = format!("# yaml-language-server: $schema={up}editor/{kind}.schema.json");
            assert_eq!(line, led, "{} {path}", folder.display());
            let theirs = fs::read_to_string(folder.join(format!("editor/{kind}.schema.json"))).unwrap();
            let ours = fs::read_to_string(repository().join(format!("schemas/editor/{kind}.schema.json"))).unwrap();
            assert_eq!(theirs, ours, "{} {path}", folder.display());
        }
    }
}
