//! The report's shape, held by its schema and by a snapshot.

use serde_json::{Value, json as value};

use super::super::sample_report::{august, clear, hostile, report};
use super::*;

fn schema() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn parsed(report: &Report) -> Value {
    serde_json::from_str(&json(report)).unwrap()
}

#[test]
fn a_report_with_one_of_each() {
    insta::assert_snapshot!(json(&report()));
}

#[test]
fn reports_have_the_shape_of_the_schema() {
    let schema = schema();
    for report in [report(), clear(), august(), hostile()] {
        let report = parsed(&report);
        let errors: Vec<String> = schema.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn another_shape_fails() {
    let schema = schema();
    let right = parsed(&report());
    for (pointer, wrong) in [
        ("/version", value!(2)),
        ("/to", value!("August 2022")),
        ("/workbooks/0/sha256", value!("abc")),
        ("/workbooks/0/state", value!("opened")),
        ("/workbooks/0/tables/0/rows", value!("10")),
        ("/findings/0/severity", value!("fatal")),
        ("/findings/1/cell", value!("R15C4")),
        ("/findings/1/difference", value!(6000)),
        ("/findings/1/difference", value!("£6,000.00")),
        ("/findings/1/explained/date", value!("28 April 2023")),
        ("/findings/1/related/0", value!({"workbook": null, "sheet": null})),
        ("/checked/1/rows", value!("31")),
        ("/checked/0/workbooks", value!(null)),
        ("/counts", value!({"errors": 1, "explained": 1, "warnings": 1, "infos": 2})),
    ] {
        let mut changed = right.clone();
        let place = changed.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is not there"));
        assert_ne!(*place, wrong, "{pointer}");
        *place = wrong;
        assert!(!schema.is_valid(&changed), "{pointer} was let through");
    }
}

/// Every object of the schema is closed, and asks for all its keys: a key that is added, renamed or left out shows.
#[test]
fn every_key_counts() {
    let schema = schema();
    let right = parsed(&report());
    let mut objects = Vec::new();
    pointers(&right, String::new(), &mut objects);
    assert!(objects.len() > 20, "{}", objects.len());
    for pointer in objects {
        let mut more = right.clone();
        more.pointer_mut(&pointer).unwrap().as_object_mut().unwrap().insert("more".into(), value!(1));
        assert!(!schema.is_valid(&more), "{pointer} may have more keys");
        let keys: Vec<String> = right.pointer(&pointer).unwrap().as_object().unwrap().keys().cloned().collect();
        for key in keys {
            let mut less = right.clone();
            less.pointer_mut(&pointer).unwrap().as_object_mut().unwrap().remove(&key);
            assert!(!schema.is_valid(&less), "{pointer} may be without {key}");
        }
    }
}

fn pointers(value: &Value, pointer: String, objects: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            objects.push(pointer.clone());
            map.iter().for_each(|(key, value)| pointers(value, format!("{pointer}/{key}"), objects));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| pointers(item, format!("{pointer}/{index}"), objects));
        }
        _ => {}
    }
}

#[test]
fn hidden_characters_are_escaped_and_the_text_is_kept() {
    let hostile = hostile();
    let text = json(&hostile);
    assert!(text.ends_with("}\n"));
    assert!(!text.chars().any(|character| character != '\n' && is_hidden(character)));
    assert_eq!(parsed(&hostile)["pack"], value!(hostile.pack));
}
