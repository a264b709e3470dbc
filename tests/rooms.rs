//! Who may import whom (DESIGN.md, section 2): the rooms of the crate hand their results on through `model` and
//! `schema`, and do not reach into each other.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

#[path = "support/sources.rs"]
mod sources;

use sources::{code_of, sources};

/// The rooms that each room may import; itself it always may.
const MAY_IMPORT: [(&str, &[&str]); 17] = [
    ("model", &[]),
    ("inbox", &["model"]),
    ("schema", &["model"]),
    ("read", &["model", "schema"]),
    ("inspect", &["model", "schema"]),
    ("isolation", &["model", "read"]),
    ("formula", &["model", "schema"]),
    ("checks", &["model", "schema", "formula"]),
    ("store", &["model", "schema"]),
    ("reconcile", &["model", "schema", "formula"]),
    ("document", &["model", "schema"]),
    ("export", &["model", "schema"]),
    ("watch", &["model"]),
    (
        "pipeline",
        &[
            "model",
            "inbox",
            "schema",
            "read",
            "inspect",
            "isolation",
            "formula",
            "checks",
            "store",
            "reconcile",
            "document",
            "export",
        ],
    ),
    (
        "cli",
        &[
            "model",
            "inbox",
            "schema",
            "read",
            "inspect",
            "isolation",
            "formula",
            "checks",
            "store",
            "reconcile",
            "document",
            "export",
            "watch",
            "pipeline",
        ],
    ),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// Crates that one room owns.
const OWNED_CRATES: [(&str, &[&str]); 11] = [
    ("calamine", &["read"]),
    // Export patches the XML of officers' own workbooks.
    ("quick_xml", &["read", "export"]),
    ("memchr", &["read"]),
    ("arcstr", &["model"]),
    ("sysinfo", &["cli"]),
    ("formualizer_parse", &["formula"]),
    ("postcard", &["isolation"]),
    ("rusqlite", &["store"]),
    // The command line sets how many threads there are.
    ("rayon", &["pipeline", "cli"]),
    ("ctrlc", &["cli"]),
    ("opener", &["cli"]),
];

/// A path that a file names: its parts, from the crate's root where it leads there.
type Names = Vec<String>;

/// Every path in a file's code, groups in braces taken apart, `crate`, `self` and `super` made one from the root.
fn names(code: &str, module: &[String]) -> Vec<Names> {
    let mut tokens = tokens(code);
    tokens.reverse();
    let mut found = Vec::new();
    let mut inline: Vec<(String, usize)> = Vec::new();
    let mut depth = 0;
    let mut last = String::new();
    while let Some(token) = tokens.pop() {
        match token.as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                while inline.last().is_some_and(|(_, begun)| *begun > depth) {
                    inline.pop();
                }
            }
            "mod" if tokens.len() > 1 && tokens[tokens.len() - 2] == "{" => {
                inline.push((tokens[tokens.len() - 1].clone(), depth + 1));
            }
            _ if is_word(&token) && last != "." => {
                let here: Vec<String> =
                    module.iter().cloned().chain(inline.iter().map(|(name, _)| name.clone())).collect();
                let mut paths = Vec::new();
                path(token.clone(), &mut tokens, Vec::new(), &mut paths);
                found.extend(
                    paths.into_iter().filter(|parts| parts.len() > 1).filter_map(|parts| from_root(parts, &here)),
                );
            }
            _ => {}
        }
        last = token;
    }
    found
}

/// Words, `::`, and single characters.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut joins = false;
    for character in code.chars() {
        let is_part = character.is_alphanumeric() || character == '_';
        match tokens.last_mut() {
            Some(last) if joins && is_part => last.push(character),
            Some(last) if joins && character == ':' && last == ":" => last.push(':'),
            _ if character.is_whitespace() => {}
            _ => tokens.push(character.to_string()),
        }
        joins = is_part || (character == ':' && tokens.last().is_some_and(|last| last == ":"));
    }
    tokens
}

fn is_word(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Reads on from a word: `a::b`, `a::{b, c::d}`. `tokens` are in reverse.
fn path(word: String, tokens: &mut Vec<String>, before: Names, found: &mut Vec<Names>) {
    let mut parts = before;
    parts.push(word);
    while tokens.last().is_some_and(|next| next == "::") {
        match tokens.get(tokens.len().wrapping_sub(2)).map(String::as_str) {
            Some("{") => {
                tokens.truncate(tokens.len() - 2);
                while let Some(token) = tokens.pop() {
                    match token.as_str() {
                        "}" => break,
                        "as" => drop(tokens.pop()),
                        _ if is_word(&token) => path(token, tokens, parts.clone(), found),
                        _ => {}
                    }
                }
                return;
            }
            Some(next) if is_word(next) => {
                parts.push(next.to_owned());
                tokens.truncate(tokens.len() - 2);
            }
            // A wildcard or a turbofish.
            _ => break,
        }
    }
    found.push(parts);
}

/// The path from the crate's root; that of another crate is left as it is.
fn from_root(parts: Names, module: &[String]) -> Option<Names> {
    let mut at: Vec<String> = module.to_vec();
    let mut rest = parts.as_slice();
    match rest[0].as_str() {
        "crate" | "crosscast" => at.clear(),
        "self" => {}
        "super" => {}
        _ => return Some(parts),
    }
    if rest[0] != "super" {
        rest = &rest[1..];
    }
    while rest.first().is_some_and(|part| part == "super") {
        at.pop();
        rest = &rest[1..];
    }
    at.extend(rest.iter().cloned());
    (!at.is_empty()).then(|| std::iter::once("crate".to_owned()).chain(at).collect())
}

/// What a file at a path below `src/` imports against the rule.
fn breaches(file: &str, source: &str) -> BTreeSet<String> {
    let module = module_of(file);
    let room = module.first().cloned().unwrap_or_else(|| file.trim_end_matches(".rs").to_owned());
    let rules = BTreeMap::from(MAY_IMPORT);
    let may = rules.get(room.as_str()).unwrap_or_else(|| panic!("{file} lies in no room of DESIGN.md"));
    let mut breaches = BTreeSet::new();
    for names in names(&code_of(source), &module) {
        let is_own = names[0] == "crate";
        let named = if is_own { &names[1] } else { &names[0] };
        let is_breach = if is_own {
            rules.contains_key(named.as_str()) && *named != room && !may.contains(&named.as_str())
        } else {
            OWNED_CRATES.iter().any(|(owned, rooms)| owned == named && !rooms.contains(&room.as_str()))
        };
        if is_breach {
            breaches.insert(format!("{file}: {room} imports {named}"));
        }
    }
    breaches
}

/// `checks/file.rs` is `checks::file`; `checks/mod.rs` is `checks`; `main.rs` and `lib.rs` are the root.
fn module_of(file: &str) -> Vec<String> {
    let mut parts: Vec<String> = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last == "mod") || matches!(file, "main.rs" | "lib.rs") {
        parts.pop();
    }
    parts
}

#[test]
fn no_room_reaches_into_another() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = sources(&root);
    assert!(files.len() > 50);
    let mut found = BTreeSet::new();
    for path in files {
        let file = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        // Files that hold tests only belong to the tests.
        if file.ends_with("tests.rs") || file.contains("/tests/") {
            continue;
        }
        found.extend(breaches(&file, &fs::read_to_string(&path).unwrap()));
    }
    assert_eq!(found, BTreeSet::new());
}

#[test]
fn a_breach_is_seen_however_it_is_written() {
    for (file, source, breach) in [
        ("store/mod.rs", "use crate::read;", "store imports read"),
        ("store/mod.rs", "use crate::{model::Cell, read::{grid, rows::row as line}};", "store imports read"),
        ("store/mod.rs", "use crate::{\n    model::Cell,\n    checks,\n};", "store imports checks"),
        ("store/rules.rs", "use super::super::read::read;", "store imports read"),
        ("store/rules.rs", "use super::{place, super::document};", "store imports document"),
        ("store/mod.rs", "fn f() { let x = crate::export::json::json(report); }", "store imports export"),
        ("store/mod.rs", "fn f() -> Vec<crate :: pipeline :: Ran> {}", "store imports pipeline"),
        ("store/mod.rs", "pub use self::super::cli::main;", "store imports cli"),
        ("store/mod.rs", "mod inner { use super::super::reconcile::fold; }", "store imports reconcile"),
        ("model/cell.rs", "use crate::schema::Pack;", "model imports schema"),
        ("inbox.rs", "use crate::schema::Pack;", "inbox imports schema"),
        ("reconcile/mod.rs", "use crate::checks::registry;", "reconcile imports checks"),
        ("main.rs", "fn main() { crosscast::pipeline::run(); }", "main imports pipeline"),
        ("checks/mod.rs", "use calamine::Data;", "checks imports calamine"),
        ("export/mod.rs", "fn f(connection: &rusqlite::Connection) {}", "export imports rusqlite"),
        ("read/mod.rs", "use rayon::prelude::*;", "read imports rayon"),
        (
            "read/mod.rs",
            "#[cfg(test)]\nmod tests { use crate::store; }\nuse crate::store::Store;",
            "read imports store",
        ),
        ("read/mod.rs", "fn f<'a>(x: &'a str) -> char { '\"' }\nuse crate::store::Store;", "read imports store"),
    ] {
        assert_eq!(breaches(file, source), BTreeSet::from([format!("{file}: {breach}")]), "{source}");
    }
}

#[test]
fn what_is_allowed_is_no_breach() {
    for (file, source) in [
        ("store/mod.rs", "use crate::{model::{Cell, Value as V}, schema::Pack};\nuse super::store::rules;"),
        ("store/rules.rs", "use super::place::row;\nuse crate::store::query;\nuse self::read::x;"),
        ("store/mod.rs", "// crate::read\n/* crate::read /* super::read */ */\nconst A: &str = \"crate::read::x\";"),
        ("store/mod.rs", "const A: &str = r#\"use crate::read; \"quoted\" \"#;\nconst B: char = '\\'';"),
        ("store/mod.rs", "fn f() { read::read(); std::fs::read(path); file.read::<u8>(); }"),
        ("store/mod.rs", "#[cfg(test)]\nmod tests { use crate::read::read; fn f() { { } } }"),
        ("checks/mod.rs", "use crate::formula::parse;"),
        ("reconcile/mod.rs", "use crate::formula::parse;"),
        ("pipeline/mod.rs", "use crate::{checks, read, store};\nuse rayon::prelude::*;"),
        ("cli/options.rs", "fn f() { rayon::ThreadPoolBuilder::new(); }"),
    ] {
        assert_eq!(breaches(file, source), BTreeSet::new(), "{source}");
    }
}
