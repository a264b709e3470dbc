//! What is reported of files with several mistakes: each once, at its own line and path, and nothing that follows.

use proptest::prelude::*;

use super::*;
use crate::schema::{Consolidated, PackFiles, Partnership, TableSchema};

fn said<T: DeserializeOwned + Validate>(text: &str) -> Vec<String> {
    let mut mistakes = Vec::new();
    let value = parse::<T>("f", text, &mut mistakes);
    assert_eq!(value.is_some(), mistakes.is_empty());
    let brief = |mistake: &Mistake| {
        let likely = mistake.likely.as_ref().map(|likely| format!(" ({likely})")).unwrap_or_default();
        format!("{} {}: {}{likely}", mistake.line, mistake.path, mistake.what)
    };
    mistakes.iter().map(brief).collect()
}

#[test]
fn each_mistake_once_at_its_own_place() {
    let rows: [(&str, &str, &[&str]); 16] = [
        ("nothing", "fields:\n  - {name: a, type: string}\n", &[]),
        (
            "the first key of an item, whose neighbours have the right one",
            "fields:\n  - name: a\n    type: string\n  - nmae: b\n    type: string\n  - name: c\n    type: string\n",
            &["4 fields[1].nmae: the key nmae is not known (name)"],
        ),
        (
            "a first key that is like nothing",
            "fields:\n  - name: a\n    type: string\n  - zzz: b\n    type: string\n",
            &["4 fields[1].zzz: the key zzz is not known"],
        ),
        (
            "a misspelt key beside the right one",
            "fields:\n  - {name: a, nam: b, type: string}\n",
            &["2 fields[0].nam: the key nam is not known (name)"],
        ),
        (
            "commas and braces within quotes",
            "fields:\n  - {name: a, type: string, constraints: {patern: '[a,b]{2}', requird: true}}\n",
            &[
                "2 fields[0].constraints.patern: the key patern is not known (pattern)",
                "2 fields[0].constraints.requird: the key requird is not known (required)",
            ],
        ),
        (
            "two wrong values in one record",
            "fields:\n  - {name: a, type: number, constraints: {required: 1, minimum: [0], unique: true}}\n",
            &[
                "2 fields[0].constraints.required: true or false is wanted here",
                "2 fields[0].constraints.minimum: a number, a date or an amount is wanted here",
            ],
        ),
        (
            "a value that is missing takes its record out, and the next record is still looked through",
            "fields:\n  - name: a\n    title: A\n  - name: b\n    type: strin\n",
            &["2 fields[0]: the key type is missing", "5 fields[1].type: strin is not allowed here (string)"],
        ),
        (
            "missing from a record in braces",
            "fields:\n  - {name: a}\n  - {type: string}\n",
            &["2 fields[0]: the key type is missing", "3 fields[1]: the key name is missing"],
        ),
        (
            "missing from a record below a key",
            "fields:\n  - {name: a, type: string}\nforeignKeys:\n  - fields: a\n    reference:\n      resource: b\n",
            &["5 foreignKeys[0].reference: the key fields is missing"],
        ),
        (
            "a record where a list is wanted",
            "fields:\n  name: a\n  type: string\n",
            &["2 fields: a list is wanted here"],
        ),
        (
            "texts where lists are wanted",
            "fields:\n  - {name: a, type: string}\nuniqueKeys:\n  - a\n  - b\n",
            &["4 uniqueKeys[0]: a list is wanted here", "5 uniqueKeys[1]: a list is wanted here"],
        ),
        (
            "a list over several lines",
            "fields:\n  - name: a\n    type: string\n    constraints:\n      enum: [a,\n             b]\n      maximun: 3\n",
            &["7 fields[0].constraints.maximun: the key maximun is not known (maximum)"],
        ),
        (
            "a list at the depth of its key",
            "fields:\n- name: a\n  typ: string\n- name: b\n  tpye: string\n",
            &["3 fields[0].typ: the key typ is not known (type)", "5 fields[1].tpye: the key tpye is not known (type)"],
        ),
        (
            "a key that is given twice, and a mistake below",
            "fields:\n  - name: a\n    type: string\n    type: number\n  - name: B\n    type: string\n",
            &[
                "4 fields[0].type: the key type is given twice",
                "5 fields[1].name: B is not a name: lower case letters, digits and _",
            ],
        ),
        (
            "a mistake of form and a wrong value",
            "fields:\n  - {name: A, type: string}\n  - {name: b, type: strang}\n",
            &[
                "3 fields[1].type: strang is not allowed here (string)",
                "2 fields[0].name: A is not a name: lower case letters, digits and _",
            ],
        ),
        (
            "comments between",
            "# fields:\nfields:\n  # - {name: x}\n  - name: a\n    # the type, which isn't right\n    typ: string # {\n",
            &["6 fields[0].typ: the key typ is not known (type)"],
        ),
    ];
    for (name, text, expected) in rows {
        assert_eq!(said::<TableSchema>(text), expected, "{name}");
    }
}

#[test]
fn text_that_is_no_yaml_is_said_once() {
    for text in ["fields: [", "fields:\n\t- a\n", "fields: {a: 'b}\n", "a: b: c\n", "- a\nb: c\n", "%YAML"] {
        let said = said::<TableSchema>(text);
        assert_eq!(said.len(), 1, "{text}: {said:?}");
    }
}

#[test]
fn more_mistakes_than_are_mended_at_a_time_end() {
    let fields: String = (0..300).map(|index| format!("  - {{name: a{index}, typ: string}}\n")).collect();
    let said = said::<TableSchema>(&format!("fields:\n{fields}"));
    assert_eq!(said.len(), MOST);
}

/// One of the repository's own files, with something in it changed.
fn changed() -> impl Strategy<Value = (String, String)> {
    let files: Vec<(String, String)> = PackFiles::built_in()
        .all()
        .filter(|(path, _)| path.ends_with(".yaml"))
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    let word = prop_oneof!["[a-z]{1,4}", r"[ \-:,{}\[\]'#\n]{1,3}", Just(String::new())];
    (prop::sample::select(files), any::<prop::sample::Index>(), 0usize..12, word).prop_map(
        |((path, text), at, length, word)| {
            let characters: Vec<char> = text.chars().collect();
            let at = at.index(characters.len());
            let end = (at + length).min(characters.len());
            let changed = characters[..at]
                .iter()
                .chain(word.chars().collect::<Vec<_>>().iter())
                .chain(&characters[end..])
                .collect();
            (path, changed)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// However a file is broken, it is read to the end, it is said what is wrong, and on lines that it has.
    #[test]
    fn every_broken_file_is_reported((path, text) in changed()) {
        let mut mistakes = Vec::new();
        let is_read = match path.as_str() {
            "partnership.yaml" => parse::<Partnership>(&path, &text, &mut mistakes).is_some(),
            "consolidated.yaml" => parse::<Consolidated>(&path, &text, &mut mistakes).is_some(),
            _ => parse::<TableSchema>(&path, &text, &mut mistakes).is_some(),
        };
        prop_assert_eq!(is_read, mistakes.is_empty());
        prop_assert!(mistakes.iter().all(|mistake| mistake.line <= text.lines().count() + 1));
    }
}
