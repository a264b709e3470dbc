//! The program is the same on Windows, on the Mac and on Linux: what only one system has stands beside its twin for the
//! others, paths are made by the standard library, and the clock, other processes and the environment stay in their rooms.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::Path;

use regex::Regex;

#[path = "support/sources.rs"]
mod sources;

use sources::{braces, code_of, sources};

/// A system that the program is made for, as the compiler knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum System {
    /// Linux and the Mac.
    Unix,
    Windows,
    /// Whatever else there is. Nobody promises it anything.
    Other,
}

/// An item that only some systems have.
#[derive(Debug)]
struct Item {
    /// The function, module or constant; none when it is a statement, an arm or an import, which have no twins.
    name: Option<String>,
    /// Which systems have it; none when that cannot be told from `unix` and `windows`.
    systems: Option<BTreeSet<System>>,
    /// Where it lies in the code, with its attribute.
    span: Range<usize>,
}

/// The items of a file's code (without its comments and texts) that stand under `#[cfg(…)]`.
fn items(code: &str) -> Vec<Item> {
    let begins = code.match_indices("#[cfg(").map(|(at, _)| at).chain(code.match_indices("#![cfg(").map(|(at, _)| at));
    begins.map(|begin| item(code, begin)).collect()
}

fn item(code: &str, begin: usize) -> Item {
    let condition_begins = begin + code[begin..].find('(').unwrap() + 1;
    let condition_ends = condition_begins + code[condition_begins..].find(']').unwrap() - 1;
    let systems = systems(&code[condition_begins..condition_ends]);
    let mut rest = condition_ends + 2;
    // Other attributes may stand between.
    while code[rest..].trim_start().starts_with("#[") {
        rest += code[rest..].find(']').unwrap() + 1;
    }
    let end = rest + code[rest..].find([';', '{']).unwrap_or(code.len() - rest - 1);
    let end = if code[end..].starts_with('{') { end + braces(&code[end..]) } else { end + 1 };
    let named = Regex::new(
        r"^\s*(?:pub(?:\([a-z]+\))?\s+)?(?:const\s+)?(?:fn|mod|struct|enum|trait|type|static|const)\s+(\w+)",
    );
    let name = named.unwrap().captures(&code[rest..]).map(|found| found[1].to_owned());
    Item { name, systems, span: begin..end }
}

/// The systems for which a condition holds; none when it asks for something else than `unix` and `windows`.
fn systems(condition: &str) -> Option<BTreeSet<System>> {
    let all = BTreeSet::from([System::Unix, System::Windows, System::Other]);
    let condition = condition.trim();
    let parts = |begin: &str| {
        let inner = condition.strip_prefix(begin)?.trim_start().strip_prefix('(')?.strip_suffix(')')?;
        Some(parts(inner).into_iter().map(systems).collect::<Option<Vec<_>>>())
    };
    match condition {
        "unix" => Some(BTreeSet::from([System::Unix])),
        "windows" => Some(BTreeSet::from([System::Windows])),
        _ => match (parts("not"), parts("any"), parts("all")) {
            (Some(parts), ..) => Some(all.difference(parts?.first()?).copied().collect()),
            (_, Some(parts), _) => Some(parts?.into_iter().flatten().collect()),
            (.., Some(parts)) => Some(parts?.into_iter().fold(all, |kept, part| &kept & &part)),
            _ => None,
        },
    }
}

/// What stands between the commas that no bracket encloses.
fn parts(list: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut parts) = (0, 0, Vec::new());
    for (at, sign) in list.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&list[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&list[begin..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// What a file has for one system and not for the others.
fn without_twin(source: &str) -> BTreeSet<String> {
    let code = code_of(source);
    let items = items(&code);
    let mut breaches = BTreeSet::new();
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for item in &items {
        match (&item.name, &item.systems) {
            (_, None) => drop(breaches.insert(format!("{}: only unix and windows are told apart", head(&code, item)))),
            (None, _) => drop(breaches.insert(format!("{}: make it a function with a twin", head(&code, item)))),
            (Some(name), Some(systems)) => {
                let count = counts.entry(name).or_default();
                count[0] += usize::from(systems.contains(&System::Unix));
                count[1] += usize::from(systems.contains(&System::Windows));
            }
        }
    }
    for (name, [unix, windows]) in counts {
        if unix != windows {
            breaches.insert(format!("{name}: {unix} for Unix, {windows} for Windows"));
        }
    }
    for (word, system) in [
        ("std::os::unix", System::Unix),
        ("std::os::fd", System::Unix),
        ("std::os::linux", System::Unix),
        ("rustix", System::Unix),
        ("nix::", System::Unix),
        ("std::os::windows", System::Windows),
        ("win32job", System::Windows),
        ("windows_sys", System::Windows),
    ] {
        let is_own = |item: &&Item| item.systems.as_ref() == Some(&BTreeSet::from([system]));
        let of_the_system = || items.iter().filter(is_own);
        for (at, _) in
            code.match_indices(word).filter(|(at, _)| !code[..*at].ends_with(|before: char| before.is_alphanumeric()))
        {
            if !of_the_system().any(|item| item.span.contains(&at)) {
                breaches.insert(format!("{word} outside of what only {system:?} has"));
            }
        }
    }
    breaches
}

/// The first line of what stands under a condition.
fn head<'a>(code: &'a str, item: &Item) -> &'a str {
    code[item.span.clone()].lines().next().unwrap_or_default()
}

/// What a file does by hand that the standard library does for each system: the parts of a path put together.
fn paths_by_hand(source: &str) -> BTreeSet<String> {
    let patterns = [
        // `folder.join("a/b")`: a path that Windows was given in its long form knows no `/`.
        r#"\.(?:join|push|with_file_name)\("[^"]*[\w.*-][/\\]+[\w.*-][^"]*"\)"#,
        r#"\bPath(?:Buf)?::(?:new|from)\(&?format!"#,
        r#"format!\(\s*"[^"]*\}(?:/|\\\\)\{[^"]*"[^;]{0,120}\.display\(\)"#,
        r"\bMAIN_SEPARATOR",
    ];
    let before_tests = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let code: String = before_tests.lines().filter(|line| !line.trim_start().starts_with("//")).fold(
        String::new(),
        |mut code, line| {
            code.push_str(line);
            code.push('\n');
            code
        },
    );
    let found = patterns.iter().flat_map(|pattern| {
        Regex::new(pattern).unwrap().find_iter(&code).map(|found| found.as_str().to_owned()).collect::<Vec<_>>()
    });
    found.collect()
}

/// What only some rooms may do, by the words for it.
const KEPT: [(&str, &str, &[&str]); 5] = [
    // A query is stopped when its time is over; how long a process may take is told by whoever waits for it.
    ("the clock", r"\b(?:Utc|Local|SystemTime|Instant)::now\b", &["cli", "watch", "store/work.rs"]),
    ("waiting", r"\bthread::sleep\b", &["cli", "watch", "isolation", "export/outputs/lock.rs"]),
    (
        "other processes",
        r"\b(?:Command::new|process::(?:exit|id|abort)|opener::)",
        &["cli", "watch", "isolation", "export/pack_folder.rs"],
    ),
    ("the environment", r"\benv::(?:vars?|var_os|args|args_os|current_dir|current_exe|home_dir|temp_dir)\b", &["cli"]),
    ("the terminal", r"\be?print(?:ln)?!|\bdbg!|\b(?:stdin|stdout|stderr)\(\)", &["cli", "isolation"]),
];

/// What a file at a path below `src/` does that its room may not.
fn out_of_its_room(file: &str, source: &str) -> BTreeSet<String> {
    let code = code_of(source);
    let may = |rooms: &[&str]| {
        rooms.iter().any(|room| file == *room || file.starts_with(&format!("{room}/")) || file == format!("{room}.rs"))
    };
    let kept = KEPT.iter().filter(|(.., rooms)| !may(rooms));
    kept.filter(|(_, words, _)| Regex::new(words).unwrap().is_match(&code))
        .map(|(what, ..)| (*what).to_owned())
        .collect()
}

/// Each source file by its path below `src/`, but those that hold tests only.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let paths = sources(&root);
    assert!(paths.len() > 50);
    let read = paths.into_iter().map(|path| {
        let file = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        (file, fs::read_to_string(&path).unwrap())
    });
    read.filter(|(file, _)| !file.ends_with("tests.rs") && !file.contains("/tests/")).collect()
}

fn all(breaches: impl Fn(&str, &str) -> BTreeSet<String>) -> Vec<String> {
    let files = files();
    let found = files
        .iter()
        .flat_map(|(file, source)| breaches(file, source).into_iter().map(move |breach| format!("{file}: {breach}")));
    found.collect()
}

#[test]
fn what_one_system_has_the_others_have_too() {
    assert_eq!(all(|_, source| without_twin(source)), Vec::<String>::new());
    // They are seen at all.
    let told_apart: Vec<String> =
        files().into_iter().filter(|(_, source)| !items(&code_of(source)).is_empty()).map(|(file, _)| file).collect();
    for file in [
        "export/outputs/disk.rs",
        "export/outputs/lock.rs",
        "inbox/contents.rs",
        "isolation/confine.rs",
        "isolation/parent.rs",
    ] {
        assert!(told_apart.iter().any(|seen| seen == file), "{told_apart:?}");
    }
}

#[test]
fn no_path_is_put_together_by_hand() {
    assert_eq!(all(|_, source| paths_by_hand(source)), Vec::<String>::new());
}

#[test]
fn the_clock_and_the_machine_stay_in_their_rooms() {
    assert_eq!(all(out_of_its_room), Vec::<String>::new());
}

#[test]
fn a_missing_twin_is_seen() {
    for (source, breach) in [
        ("#[cfg(unix)]\nfn open() {}", "open: 1 for Unix, 0 for Windows"),
        ("#[cfg(windows)]\npub(super) fn open() {}", "open: 0 for Unix, 1 for Windows"),
        ("#[cfg(not(any(unix, windows)))]\nfn a() {}\n#[cfg(unix)]\nfn a() {}", "a: 1 for Unix, 0 for Windows"),
        ("fn f() {\n    #[cfg(unix)]\n    file.sync();\n}", "#[cfg(unix)]: make it a function with a twin"),
        ("#![cfg(unix)]\nuse a;", "#![cfg(unix)]: make it a function with a twin"),
        ("#[cfg(target_os = \"linux\")]\nfn a() {}", "#[cfg(target_os = )]: only unix and windows are told apart"),
        ("use std::os::unix::fs::symlink;", "std::os::unix outside of what only Unix has"),
        (
            "#[cfg(unix)]\nfn a() {}\n#[cfg(not(unix))]\nfn a() { rustix::fs::open(); }",
            "rustix outside of what only Unix has",
        ),
        (
            "#[cfg(not(unix))]\nfn a() { win32job::Job::create(); }\n#[cfg(unix)]\nfn a() {}",
            "win32job outside of what only Windows has",
        ),
    ] {
        assert_eq!(without_twin(source), BTreeSet::from([breach.to_owned()]), "{source}");
    }
    let misnamed = "#[cfg(unix)]\nfn open() {}\n#[cfg(not(unix))]\nfn opened() {}";
    assert_eq!(without_twin(misnamed).len(), 2);
}

#[test]
fn twins_are_no_breach() {
    for source in [
        "#[cfg(unix)]\nfn a() { use std::os::unix::fs::MetadataExt; }\n#[cfg(not(unix))]\nfn a() {}",
        "#[cfg(windows)]\n#[inline]\nfn a() { win32job::a(); }\n#[cfg(not(windows))]\nfn a() {}",
        "#[cfg(unix)]\nfn a() { rustix::b(); }\n#[cfg(windows)]\nfn a() {}\n#[cfg(not(any(unix, windows)))]\nfn a() {}",
        "#[cfg(test)]\nmod tests {\n    #[cfg(unix)]\n    fn a() {}\n}",
        "// #[cfg(unix)]\nconst WORDS: &str = \"std::os::unix\";\nfn a() { if cfg!(unix) { } }",
        "fn units() { matrix::open(); linux(); unix::rows(); }",
    ] {
        assert_eq!(without_twin(source), BTreeSet::new(), "{source}");
    }
}

#[test]
fn a_path_by_hand_is_seen() {
    for source in [
        "fn a() { folder.join(\"for-officers/marked\"); }",
        "fn a() { path.push(\"for-officers\\\\marked\"); }",
        "fn a() { Path::new(&format!(\"{a}.pdf\")); }",
        "fn a() { PathBuf::from(format!(\"{a}/{b}\")); }",
        "fn a() { format!(\"{}/{name}\", folder.display()); }",
        "fn a() { text.split(std::path::MAIN_SEPARATOR); }",
    ] {
        assert_eq!(paths_by_hand(source).len(), 1, "{source}");
    }
    for source in [
        "fn a() { folder.join(\"for-officers\").join(\"marked\"); }",
        "fn a() { words.join(\" / \"); words.join(\"/\"); }",
        "// folder.join(\"a/b\")\nfn a() { format!(\"{below}/{name}\"); }",
        "fn a() { format!(\"{} of {}\", folder.display(), 3); }",
        "fn a() {}\n#[cfg(test)]\nmod tests { fn a() { folder.join(\"a/b\"); } }",
    ] {
        assert_eq!(paths_by_hand(source), BTreeSet::new(), "{source}");
    }
}

#[test]
fn who_leaves_their_room_is_seen() {
    for (file, source, what) in [
        ("export/page/mod.rs", "fn a() { chrono::Utc::now(); }", "the clock"),
        ("pipeline/mod.rs", "fn a() { std::process::Command::new(name); }", "other processes"),
        ("schema/mod.rs", "fn a() { std::env::var(name); }", "the environment"),
        ("checks/mod.rs", "fn a() { println!(); }", "the terminal"),
        ("store/query.rs", "fn a() { Instant::now(); }", "the clock"),
        ("export/outputs/exchange.rs", "fn a() { thread::sleep(time); }", "waiting"),
    ] {
        assert_eq!(out_of_its_room(file, source), BTreeSet::from([what.to_owned()]), "{file}");
    }
    for (file, source) in [
        ("cli/run.rs", "fn a() { chrono::Utc::now(); eprintln!(); }"),
        ("store/work.rs", "fn a() { Instant::now(); }"),
        ("watch/mod.rs", "fn a() { thread::sleep(time); SystemTime::now(); }"),
        ("isolation/parent.rs", "fn a() { Command::new(executable); }"),
        ("export/mod.rs", "fn a() { env!(\"CARGO_PKG_VERSION\"); writeln!(to); let now = words; }"),
        ("checks/mod.rs", "// println!(\"\")\n#[cfg(test)]\nmod tests { fn a() { println!(); } }"),
    ] {
        assert_eq!(out_of_its_room(file, source), BTreeSet::new(), "{file}");
    }
}
