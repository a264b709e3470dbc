//! A pack by a hostile author: each attempt is a mistake of the pack at its file and line, or harmless; none hangs, and none
//! fills the memory.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crosscast::pipeline::{Error, read_pack};
use crosscast::schema::{PackFiles, Pattern};

/// What is said of the repository's pack with other files in it.
fn said(files: &[(&str, &str)]) -> String {
    let mut pack = PackFiles::built_in();
    for (file, text) in files {
        pack.insert(*file, *text);
    }
    match read_pack(pack) {
        Err(Error::Pack(mistakes)) => mistakes.to_string(),
        Err(other) => panic!("{other}"),
        Ok(_) => "no mistakes".to_owned(),
    }
}

/// A rule that says something of each row of a query.
fn rule(query: &str) -> String {
    format!(
        "-- title: A rule\n-- severity: info\n-- message: It is {{{{ it }}}}.\n-- fix: Nothing needs doing.\n\
         -- needs: [workbook]\n{query}\n"
    )
}

/// What is said of a rule with this query.
fn said_of(query: &str) -> String {
    said(&[("rules/hostile.sql", &rule(query))])
}

/// An appendix with this body.
fn appendix(body: &str) -> String {
    format!("---\ntitle: A report\nsubject: Figures\n---\n{body}\n")
}

fn repository(below: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &to) } else { fs::copy(entry.path(), to).map(|_| ()).unwrap() }
    }
}

/// The repository's pack in a folder, to put other files into.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&repository("schemas"), &folder.path().join("pack"));
    folder
}

/// What is said of the pack in a folder.
fn said_of_folder(folder: &Path) -> String {
    match PackFiles::from_folder(&folder.join("pack")) {
        Ok(files) => match read_pack(files) {
            Ok(_) => "no mistakes".to_owned(),
            Err(error) => error.to_string(),
        },
        Err(error) => error.to_string(),
    }
}

/// The sample year with other files in the pack, run by the program itself.
fn run(files: &[(&str, &str)]) -> (i32, String) {
    let folder = folder();
    for (file, text) in files {
        fs::write(folder.path().join("pack").join(file), text).unwrap();
    }
    let inbox = repository("samples/2022-23");
    let program = Command::new(env!("CARGO_BIN_EXE_crosscast"))
        .args(["run", inbox.to_str().unwrap(), "--schemas", "pack", "--output", "output"])
        .current_dir(folder.path())
        .output();
    let Output { status, stdout, stderr } = program.unwrap();
    let said = String::from_utf8(if status.code() == Some(2) { stderr } else { stdout }).unwrap();
    (status.code().unwrap(), said)
}

const ENDLESS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)";

#[test]
fn a_query_can_only_read_the_stored_tables() {
    let only = "the query may only read the stored tables";
    for (query, expected) in [
        ("ATTACH 'other.db' AS other", only),
        ("DETACH main", only),
        ("PRAGMA query_only = OFF", only),
        ("PRAGMA writable_schema = ON", only),
        ("SELECT * FROM pragma_database_list", only),
        ("INSERT INTO spend (project) VALUES ('a')", only),
        ("REPLACE INTO spend (project) VALUES ('a')", only),
        ("UPDATE spend SET amount = 0", only),
        ("UPDATE sqlite_schema SET sql = ''", "sqlite_"),
        ("DELETE FROM spend", only),
        ("DROP TABLE spend", only),
        ("CREATE TABLE more (a)", only),
        ("CREATE TEMP VIEW spend AS SELECT 1", only),
        ("CREATE TRIGGER a AFTER INSERT ON spend BEGIN SELECT 1; END", only),
        ("ALTER TABLE spend RENAME TO spent", only),
        ("VACUUM", "it may only read"),
        ("VACUUM INTO 'copy.db'", "it may only read"),
        ("BEGIN IMMEDIATE", only),
        ("WITH a AS (SELECT 1) DELETE FROM spend", only),
        ("SELECT 1 AS it; DROP TABLE spend", only),
        ("SELECT 1 AS it; SELECT 2", "there is more than one statement"),
        ("SELECT 1 AS it FROM sqlite_master", only),
        ("SELECT 1 AS it FROM dbstat", only),
        ("SELECT value AS it FROM json_each('[1]')", only),
    ] {
        let said = said_of(query);
        assert!(said.starts_with("The pack has 1 mistake:\n  rules/hostile.sql, line 6, query: "), "{query}: {said}");
        assert!(said.contains(expected), "{query}: {said}");
    }
    assert_eq!(said_of("SELECT project AS it FROM spend; -- no more"), "no mistakes");
}

#[test]
fn a_query_comes_to_the_same_on_any_day() {
    for (query, function) in [
        ("SELECT date('now') AS it", "date"),
        ("SELECT\n strftime('%s', 'now') AS it", "strftime"),
        ("SELECT current_timestamp AS it", "current_timestamp"),
        ("SELECT CASE WHEN 1 THEN unixepoch() END AS it", "unixepoch"),
        ("SELECT datetime('2022-04-01', 'localtime') AS it", "datetime"),
        ("WITH v AS (SELECT julianday('now') AS it) SELECT it FROM v", "julianday"),
        ("SELECT project AS it FROM spend ORDER BY random()", "random"),
        ("SELECT hex(randomblob(8)) AS it", "randomblob"),
        ("SELECT load_extension('more.so') AS it", "load_extension"),
        ("SELECT sqlite_version() AS it", "sqlite_version"),
        ("SELECT last_insert_rowid() AS it", "last_insert_rowid"),
        ("SELECT fts3_tokenizer('simple') AS it", "fts3_tokenizer"),
        ("SELECT json_array(1) AS it", "json_array"),
        ("SELECT zeroblob(1000000000) AS it", "zeroblob"),
    ] {
        let line = 6 + query.lines().position(|line| line.contains(function)).unwrap();
        let expected = format!(
            "The pack has 1 mistake:\n  rules/hostile.sql, line {line}, query: a query may not call {function}: it may only call \
             functions that come to the same on any day, such as sum, round or days_between."
        );
        assert_eq!(said_of(query), expected, "{query}");
    }
    let near =
        "SELECT upper(project) || round(sum(amount), 1) || days_between('2022-04-01', '2022-05-01') AS it FROM spend";
    assert_eq!(said_of(near), "no mistakes");
    assert!(said_of("SELECT 1 AS it WHERE 'a' REGEXP 'a'").contains("no such function: REGEXP"));
}

#[test]
fn a_query_without_end_is_stopped() {
    let stopped = "rules/hostile.sql: the query takes too long and was stopped";
    // Ten tables of 58 rows joined are 4 * 10^17 rows.
    let joined = (0..10).map(|number| format!("spend s{number}")).collect::<Vec<_>>().join(", ");
    for query in [
        format!("{ENDLESS} SELECT max(i) AS it FROM n"),
        format!("SELECT count(*) AS it FROM {joined} WHERE s0.amount + s9.amount < 0"),
    ] {
        let (status, said) = run(&[("rules/hostile.sql", &rule(&query))]);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains(stopped), "{said}");
    }
}

#[test]
fn a_query_of_few_and_long_steps_is_stopped_or_refused() {
    let long = "replace(printf('%.*c', 4000000, 'a'), 'aa', 'aa')";
    for (query, expected) in [
        (format!("{ENDLESS} SELECT sum(length(upper({long} || i))) AS it FROM n"), "takes too long and was stopped"),
        ("SELECT printf('%.*c', 1000000000, 'x') AS it".to_owned(), "longer than 16 MiB"),
        (format!("SELECT replace({long}, 'a', {long}) AS it"), "replace makes a text that is too long"),
        (
            format!("SELECT {long} LIKE '%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%b' AS it"),
            "too long for its pattern",
        ),
        ("SELECT printf('%.*c', 30000, 'a') GLOB '*a*a*a*a*a*a*a*a*a*a*a*b' || 'x' AS it".to_owned(), ""),
    ] {
        let (status, said) = run(&[("rules/hostile.sql", &rule(&query))]);
        assert_eq!(status, if expected.is_empty() { 0 } else { 2 }, "{query}: {said}");
        assert!(said.contains(expected), "{query}: {said}");
    }
}

#[test]
fn a_query_of_more_rows_or_memory_than_there_is_room_for_is_refused() {
    let many = |rows: &str| format!("{ENDLESS} SELECT i AS it FROM n LIMIT {rows}");
    for (query, expected) in [
        (many("10000000"), "rows"),
        (format!("{ENDLESS} SELECT printf('%.*c', 30000, 'x') || i AS it FROM n LIMIT 100000"), "128 MiB"),
        (format!("{ENDLESS} SELECT count(DISTINCT printf('%.*c', 1000000, 'x') || i) AS it FROM n"), "2 GiB"),
    ] {
        let (status, said) = run(&[("rules/hostile.sql", &rule(&query))]);
        assert_eq!(status, 2, "{query}: {said}");
        assert!(said.contains("rules/hostile.sql: the query") && said.contains(expected), "{query}: {said}");
    }
}

#[test]
fn a_rule_that_every_row_breaks_lists_a_thousand_and_says_that_there_are_more() {
    let (status, said) = run(&[("rules/hostile.sql", &rule(&format!("{ENDLESS} SELECT i AS it FROM n LIMIT 1500")))]);
    assert_eq!(status, 1, "{said}");
    let in_words = |said: &str| said.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = in_words(&said);
    // The console shows the first five of so many, and counts them all.
    assert!(said.contains("It is 5.") && !said.contains("It is 6.") && words.contains("hostile 1,000 "), "{said}");
    let more =
        "not run hostile stands against publication It was stopped after 1,000 findings, with 500 more rows to judge.";
    assert!(words.contains(more), "{said}");
    let (status, said) = run(&[("rules/hostile.sql", &rule(&format!("{ENDLESS} SELECT i AS it FROM n LIMIT 1000")))]);
    assert_eq!(status, 0, "{said}");
    assert!(in_words(&said).contains("hostile 1,000 "), "{said}");
}

#[test]
fn an_expression_as_deep_as_a_well_is_refused() {
    let deep = format!("SELECT {}1{} AS it", "(1 + ".repeat(20_000), ")".repeat(20_000));
    let said = said_of(&deep);
    assert!(said.starts_with("The pack has 1 mistake:\n  rules/hostile.sql, "), "{}", &said[..200.min(said.len())]);
    let wide = format!("SELECT {} AS it", vec!["1"; 500].join(" + "));
    assert_eq!(said_of(&wide), "no mistakes");
}

#[test]
fn a_template_without_end_is_stopped() {
    let doubled = "{% set a = a ~ a %}".repeat(40);
    let rows = format!("\n```rows n\n{ENDLESS} SELECT i, '0123456789' AS text FROM n LIMIT 50000\n```\n\nOne.\n\n");
    for (template, line) in [
        ("{% for a in n %}{% for b in n %}{% endfor %}{% endfor %}", 12),
        ("{% for a in n %}{% for b in n %}{{ b.text }}{% endfor %}{% endfor %}", 12),
        ("{% for a in range(1000000000) %}{% endfor %}", 12),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", 12),
        ("{{ \"x\" * 1000000000 }}", 12),
        ("{{ \"x\" * 10000000 * 100 }}", 12),
        (&format!("{{% set a = \"0123456789\" %}}{doubled}{{{{ a }}}}"), 12),
        ("{{ \"x\" | indent(1000000000, true) }}", 12),
        ("{{ \"%999999999d\" | format(1) }}", 12),
        ("{{ (\"x\" * 100000) | replace(\"x\", \"y\" * 100000) }}", 12),
        ("{{ n | map(attribute=\"text\") | join(\"y\" * 100000) }}", 12),
        ("{{ (n | list) * 100000 | length }}", 12),
        ("{% include \"partnership.yaml\" %}", 12),
        ("{% import \"/etc/passwd\" as a %}", 12),
        ("{% extends \"../appendix.md\" %}", 12),
    ] {
        let (status, said) = run(&[("appendix.md", &appendix(&format!("{rows}{template}")))]);
        assert_eq!(status, 2, "{template}: {said}");
        assert!(said.contains(&format!("appendix.md, line {line}: ")), "{template}: {said}");
    }
    let near = "{% for a in n %}{% if a.i == 999 %}{{ a.text }}{% endif %}{% endfor %}";
    let (status, said) = run(&[("appendix.md", &appendix(&format!("{}{near}", rows.replace("50000", "1000"))))]);
    assert_eq!(status, 0, "{said}");
}

#[test]
fn a_message_of_a_rule_without_end_is_stopped() {
    let hostile = rule("SELECT 1 AS it").replace("It is {{ it }}.", "\"{{ it ~ 'x' * 100000000 }}\"");
    let (status, said) = run(&[("rules/hostile.sql", &hostile)]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("rules/hostile.sql: message: "), "{said}");
}

#[test]
fn a_pattern_takes_a_time_that_grows_with_the_text_alone() {
    for pattern in ["(a+)+$", "(a|a)*b", "(.*)*x", "(a?){50}a{50}"] {
        let compiled = Pattern::new(pattern).unwrap();
        assert!(!compiled.is_match(&("a".repeat(1_000_000) + "!")), "{pattern}");
    }
    for pattern in ["(x{1000}){1000}", "((a{100}){100}){100}", "(\\pL{1000}){50}"] {
        let said = said(&[(
            "tables/hostile.yaml",
            &format!("fields:\n  - {{name: a, title: A, type: string, constraints: {{pattern: '{pattern}'}}}}\n"),
        )]);
        assert!(said.contains("tables/hostile.yaml, line 2, "), "{said}");
        assert!(said.contains("is not a pattern: "), "{said}");
    }
    let deep = format!("{}a{}", "(".repeat(5000), ")".repeat(5000));
    assert!(Pattern::new(&deep).is_err());
}

#[test]
fn yaml_that_grows_when_it_is_read_is_refused() {
    let mut bomb = String::from("fields: []\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{before}]\n"));
    }
    let deep = format!("fields: {}{}", "[".repeat(50_000), "]".repeat(50_000));
    let blocks: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    for text in [
        bomb.as_str(),
        &deep,
        &blocks,
        "fields: []\nfields: []\n",
        "fields: !!python/object/apply:os.system ['true']\n",
        "<<: {fields: []}\n",
        "fields: &a [*a]\n",
        "--- a\n--- b\n",
        "\u{0}",
        &"a: b\n".repeat(20_000),
        &(0..5_000).map(|key| format!("key{key}: 1\n")).collect::<String>(),
    ] {
        let shown: String = text.chars().take(30).collect();
        let said = said(&[("tables/hostile.yaml", text)]);
        assert!(said.contains("tables/hostile.yaml"), "{shown}: {said}");
    }
}

#[test]
fn a_file_that_is_none_of_a_pack_is_named() {
    let folder = folder();
    let rules = folder.path().join("pack/rules");
    assert_eq!(said_of_folder(folder.path()), "no mistakes");
    fs::create_dir(rules.join("folder.sql")).unwrap();
    fs::write(rules.join("latin.sql"), b"-- title: Caf\xe9\nSELECT 1\n").unwrap();
    fs::write(rules.join("latin-later.sql"), b"-- title: A\n\nSELECT '\xff'\n").unwrap();
    fs::write(rules.join("large.sql"), vec![b' '; 100 << 20]).unwrap();
    fs::write(rules.join("notes.txt"), vec![0xff; 2 << 20]).unwrap();
    assert_eq!(
        said_of_folder(folder.path()),
        "The pack has 4 mistakes:\n  \
         rules/folder.sql: this is a folder, and a file is expected: rename the folder.\n  \
         rules/large.sql: the file is larger than 1 MiB, the most that a file of a pack may have.\n  \
         rules/latin-later.sql, line 3: the file is not in UTF-8: save it again in that encoding.\n  \
         rules/latin.sql, line 1: the file is not in UTF-8: save it again in that encoding."
    );
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_pack_and_a_pipe_are_named_and_neither_read_nor_waited_for() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    let pack = folder.path().join("pack");
    fs::write(folder.path().join("secret.sql"), rule("SELECT 'secret' AS it")).unwrap();
    symlink(folder.path().join("secret.sql"), pack.join("rules/link.sql")).unwrap();
    symlink("../../secret.sql", pack.join("rules/other-link.sql")).unwrap();
    symlink("nowhere.sql", pack.join("rules/broken-link.sql")).unwrap();
    symlink("/dev/zero", pack.join("rules/zero.sql")).unwrap();
    let made = Command::new("mkfifo").arg(pack.join("rules/pipe.sql")).status().unwrap();
    assert!(made.success());
    let said = said_of_folder(folder.path());
    let outside = "this is a link to a file outside the pack: put the file itself here.";
    for line in [
        format!("  rules/link.sql: {outside}"),
        format!("  rules/other-link.sql: {outside}"),
        format!("  rules/zero.sql: {outside}"),
        "  rules/pipe.sql: this is a pipe or a device, and a file is expected: move it out of the pack.".to_owned(),
    ] {
        assert!(said.lines().any(|said| said == line), "{line}: {said}");
    }
    assert!(
        said.contains("rules/broken-link.sql: the file could not be read: ") && !said.contains("secret'"),
        "{said}"
    );
    assert!(said.starts_with("The pack has 5 mistakes:\n"), "{said}");

    // A link within the pack, and to the pack, is followed.
    let folder = self::folder();
    let pack = folder.path().join("pack");
    symlink("return-is-final.sql", pack.join("rules/again.sql")).unwrap();
    assert_eq!(said_of_folder(folder.path()), "no mistakes");
    fs::rename(&pack, folder.path().join("elsewhere")).unwrap();
    symlink("elsewhere", &pack).unwrap();
    assert_eq!(said_of_folder(folder.path()), "no mistakes");
}

#[test]
fn a_path_leads_nowhere() {
    for (body, expected) in [
        ("![a](../../etc/passwd)", "an image cannot be printed"),
        ("![a](https://example.org/a.png)", "an image cannot be printed"),
        ("[a](../../etc/passwd)", "a link may lead to https:// or mailto:, and this one leads to ../../etc/passwd"),
        ("[a](file:///etc/passwd)", "leads to file:///etc/passwd"),
        ("[a](javascript:alert(1))", "leads to javascript:alert(1)"),
        ("[a](JaVaScRiPt:alert(1))", "leads to JaVaScRiPt:alert(1)"),
        ("[a](data:text/html,x)", "leads to data:text/html,x"),
        ("<javascript:alert(1)>", "leads to javascript:alert(1)"),
        ("[a][b]\n\n[b]: javascript:alert(1)", "leads to javascript:alert(1)"),
        ("<script>alert(1)</script>", "HTML cannot be printed"),
        ("a <b onclick=\"x\">b</b>", "HTML cannot be printed"),
        ("<!-- a -->", "HTML cannot be printed"),
        ("```values a\nSELECT 'evil.example' AS b\n```\n[here](https://{{ a.b }}/)", "no link is made from a cell"),
        (
            "```values a\nSELECT 'evil.example' AS b\n```\n{% set c = a.b %}<https://evil.example/{{ c }}>",
            "no link is made from a cell",
        ),
    ] {
        let (status, said) = run(&[("appendix.md", &appendix(&format!("\n{body}")))]);
        assert_eq!(status, 2, "{body}: {said}");
        assert!(said.contains("appendix.md, line ") && said.contains(expected), "{body}: {said}");
    }
    let near =
        "```values a\nSELECT 'evil.example' AS b\n```\n[{{ a.b }}](https://www.example.org/ab) and <a@example.org>";
    assert_eq!(run(&[("appendix.md", &appendix(near))]).0, 0);

    for name in ["../up", "a/b", "a\\b", "[a]", "a:b", "'a'", "01234567890123456789012345678901", "History"] {
        let plan = format!(
            "title: A\nsheets:\n  - name: \"{}\"\n    title: A\n    query: SELECT 1 AS a\n    columns: [{{name: a, title: A}}]\n",
            name.replace('\\', "\\\\")
        );
        let said = said(&[("consolidated.yaml", &plan)]);
        assert!(said.contains("consolidated.yaml, line 3, sheets[0].name"), "{name}: {said}");
    }
}

#[test]
fn prose_as_deep_as_a_well_and_as_long_as_a_river_is_refused() {
    let deep_lists: String = (0..300).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    for body in [
        format!("{}a", "> ".repeat(10_000)),
        format!("{}a", "- ".repeat(10_000)),
        deep_lists,
        format!("{}a{}", "*".repeat(50_000), "*".repeat(50_000)),
        format!("{}a", "[".repeat(50_000)),
        format!("{}a{}", "![".repeat(20_000), "](b)".repeat(20_000)),
        "```table\ncaption: A\nquery: WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT 100000\ncolumns: [{name: i, title: I}]\n```".to_owned(),
    ] {
        let (status, said) = run(&[("appendix.md", &appendix(&format!("\n{body}")))]);
        let shown: String = body.chars().take(30).collect();
        let said: String = said.chars().take(400).collect();
        // Marks that mean nothing are words.
        assert!(status == 0 || said.contains("appendix.md, line "), "{status} {shown}: {said}");
    }
    let table = "```table\ncaption: A\nquery: WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT 20001\ncolumns: [{name: i, title: I}]\n```";
    let (status, said) = run(&[("appendix.md", &appendix(&format!("\n{table}")))]);
    assert_eq!(status, 2, "{said}");
    let expected = "appendix.md, line 8, query: the query gives 20,001 rows, and at most 20,000 can be printed: give it a condition, or group its rows.";
    assert!(said.contains(expected), "{said}");
}
