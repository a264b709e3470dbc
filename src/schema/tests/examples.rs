//! The examples of the page of keys: none is missing, and the reader accepts each at its place.

use serde_json::{Map, Value, json};

use super::agreement::is_read;
use super::generated;
use super::packs::validator;
use crate::document::described;
use crate::schema::rule::Head;
use crate::schema::yaml;

const EXAMPLES: &str = include_str!("examples.yaml");

/// A type, and the keys of its examples in order, each with its YAML as it is printed.
pub struct Examples {
    /// The type's name.
    pub of: &'static str,
    /// Keys and texts.
    pub keys: Vec<(&'static str, String)>,
}

/// All examples, in the order of the page.
pub fn all() -> Vec<Examples> {
    let mut all: Vec<Examples> = Vec::new();
    for line in EXAMPLES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        match line.strip_prefix("  ") {
            None => all.push(Examples { of: line.trim_end_matches(':'), keys: Vec::new() }),
            Some(further) => {
                let keys = &mut all.last_mut().unwrap().keys;
                if !further.starts_with(' ') {
                    keys.push((further.split_once(':').unwrap().0, String::new()));
                }
                let text = &mut keys.last_mut().unwrap().1;
                text.push_str(further);
                text.push('\n');
            }
        }
    }
    all
}

/// The types that a file or a block is, and the kind of file where an editor checks it.
const WHOLES: [(&str, Option<&str>); 9] = [
    ("Partnership", Some("partnership")),
    ("TableSchema", Some("table")),
    ("Consolidated", Some("consolidated")),
    ("Rule", None),
    ("FrontMatter", None),
    ("TablePlan", None),
    ("ChartPlan", None),
    ("FactList", None),
    ("ExplanationsPlan", None),
];

/// What is wrong with a text that is a whole file or block, as its reader says it.
fn mistakes_in(whole: &str, text: &str) -> Vec<String> {
    let kind = WHOLES.iter().find(|(known, _)| *known == whole).and_then(|(_, kind)| *kind);
    match (whole, kind) {
        (_, Some(kind)) => {
            let faults = validator(kind);
            let faults =
                faults.iter_errors(&super::packs::value(text)).map(|error| error.to_string()).collect::<Vec<_>>();
            if is_read(kind, text) { faults } else { vec![format!("the reader refuses it; {faults:?}")] }
        }
        ("Rule", _) => {
            let mut mistakes = Vec::new();
            yaml::parse::<Head>("rules/a.sql", text, &mut mistakes);
            mistakes.iter().map(ToString::to_string).collect()
        }
        _ => described::mistakes_in(whole, text).iter().map(ToString::to_string).collect(),
    }
}

/// What has to be put around a value of a type where a schema leads to it.
type Wrap = fn(Value) -> Value;

/// The names of the types that a schema leads to, each with what has to be put around a value of it.
fn leads_to(schema: &Value) -> Vec<(&str, Wrap)> {
    fn named_by(schema: &Value) -> Option<&str> {
        schema["$ref"].as_str().and_then(|path| path.rsplit('/').next())
    }
    let mut found: Vec<(&str, Wrap)> = Vec::new();
    found.extend(named_by(schema).map(|name| (name, (|value| value) as Wrap)));
    for several in ["allOf", "anyOf"] {
        found.extend(schema[several].as_array().into_iter().flatten().flat_map(leads_to));
    }
    found.extend(named_by(&schema["items"]).map(|name| (name, (|value| json!([value])) as Wrap)));
    let by_code = named_by(&schema["additionalProperties"]);
    found.extend(by_code.map(|name| (name, (|value| json!({"any-code": value})) as Wrap)));
    found
}

/// The examples as values.
fn values() -> Map<String, Value> {
    match super::packs::value(EXAMPLES) {
        Value::Object(values) => values,
        other => panic!("{other}"),
    }
}

/// A record of a type with the keys that it must have, and one more.
fn record(types: &Map<String, Value>, of: &str, key: &str, value: Value) -> Value {
    let examples = &values()[of];
    let required = types[of]["required"].as_array().cloned().unwrap_or_default();
    let mut record: Map<String, Value> = required
        .iter()
        .map(|name| name.as_str().unwrap())
        .map(|name| (name.to_owned(), examples[name].clone()))
        .collect();
    // A sheet is either a table or a query with its columns.
    match (of, key) {
        ("SheetPlan", "query") => drop(record.insert("columns".to_owned(), examples["columns"].clone())),
        ("SheetPlan", _) => drop(record.insert("table".to_owned(), examples["table"].clone())),
        _ => {}
    }
    record.insert(key.to_owned(), value);
    Value::Object(record)
}

/// The whole file or block around a record of a type, by the shortest way.
fn around(types: &Map<String, Value>, of: &str, value: Value) -> Option<(&'static str, Value)> {
    let mut open = vec![(of.to_owned(), value)];
    let mut seen = vec![of.to_owned()];
    while !open.is_empty() {
        let mut next = Vec::new();
        for (of, value) in open {
            if let Some((whole, _)) = WHOLES.iter().find(|(whole, _)| *whole == of) {
                return Some((whole, value));
            }
            for (parent, schema) in types.iter().filter(|(parent, _)| !seen.contains(parent)) {
                let to_it = |schema| leads_to(schema).into_iter().find(|(name, _)| *name == of).map(|(_, wrap)| wrap);
                if let Some(wrap) = to_it(schema) {
                    next.push((parent.clone(), wrap(value.clone())));
                    continue;
                }
                let mut properties = schema["properties"].as_object().into_iter().flatten();
                if let Some((key, wrap)) = properties.find_map(|(key, schema)| Some((key, to_it(schema)?))) {
                    next.push((parent.clone(), record(types, parent, key, wrap(value.clone()))));
                }
            }
        }
        seen.extend(next.iter().map(|(of, _)| of.clone()));
        open = next;
    }
    None
}

#[test]
fn no_key_is_without_an_example() {
    let types = generated::types();
    let mut wanted: Vec<String> = Vec::new();
    for (name, schema) in &types {
        let keys = schema["properties"].as_object().into_iter().flat_map(Map::keys);
        wanted.extend(keys.map(|key| format!("{name}.{key}")));
    }
    let mut given: Vec<String> = all()
        .iter()
        .flat_map(|examples| examples.keys.iter().map(|(key, _)| format!("{}.{key}", examples.of)))
        .collect();
    wanted.sort();
    given.sort();
    assert_eq!(given, wanted);
}

#[test]
fn each_example_is_accepted_at_its_place() {
    let types = generated::types();
    let mut count = 0;
    for examples in all() {
        for (key, text) in &examples.keys {
            let value = super::packs::value(text)[key].clone();
            let record = record(&types, examples.of, key, value);
            let (whole, value) =
                around(&types, examples.of, record).unwrap_or_else(|| panic!("nothing leads to {}", examples.of));
            let mistakes = mistakes_in(whole, &value.to_string());
            assert!(mistakes.is_empty(), "{}.{key}: {text}{value}\n{mistakes:#?}", examples.of);
            count += 1;
        }
    }
    assert!(count > 150, "{count}");
}

#[test]
fn an_example_that_is_not_accepted_is_seen() {
    let types = generated::types();
    for (of, key, value) in [
        ("Section", "field", json!(["a"])),
        ("StatedRows", "do", json!("skip")),
        ("Steps", "right", json!(-1)),
        ("CheckOptions", "severity", json!("bad")),
        ("SeriesPlan", "titel", json!("A")),
        ("Rule", "needs", json!([])),
    ] {
        let (whole, value) = around(&types, of, record(&types, of, key, value)).unwrap();
        assert!(!mistakes_in(whole, &value.to_string()).is_empty(), "{of}.{key}: {value}");
    }
}
