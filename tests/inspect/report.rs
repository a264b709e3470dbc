//! What an officer and a machine are told of one workbook.

use serde_json::{Value, json as value};

use crosscast::export::json::INSPECTION_SCHEMA;

use crate::program::{Folder, inspect_in};
use crate::support::package::edit_parts;
use crate::support::workbook;

/// A workbook with one of each.
fn one_of_each() -> Vec<u8> {
    let bytes = workbook(
        "# Spend
         Payments made in April 2022

         Date paid  | Reference | Project    | Amount
         2022-04-15 | INV-0001  | Hate Crime | £561.44
         2022-04-19 | INV-0002  | Dawn       | £12.00
         2022-04-20 | INV-0003  | Dawn       | to follow
         2022-04-21 | INV-0004  | Dusk       | =D4/0 -> #DIV/0!
         2022-04-22 | INV-0005  | Dusk       | £1.00
         2022-04-23 | INV-0006  | Dusk       | £1.00
                    |           | Total      | £573.44

         # Old spend (hidden)
         Rent | £12.00

         # Empty",
    );
    edit_parts(&bytes, |name, text| match name {
        "xl/workbook.xml" => text.replace(
            "<calcPr",
            "<definedNames><definedName name=\"Gone\">#REF!</definedName><definedName name=\"Lines\">Spend!$D$4:$D$9\
             </definedName></definedNames><calcPr",
        ),
        "docProps/core.xml" => text.replace("<dc:creator></dc:creator>", "<dc:creator>A. Person</dc:creator>"),
        "xl/worksheets/sheet1.xml" => text.replace("<row r=\"5\"", "<row r=\"5\" hidden=\"1\""),
        _ => text,
    })
}

#[test]
fn everything_of_one_workbook() {
    let folder = Folder::of(&[("April spend.xlsx", one_of_each())]);
    let ended = inspect_in(&folder.path(""), &["April spend.xlsx"]);
    assert_eq!((ended.status, ended.err.as_str()), (1, ""));
    assert!(!ended.out.contains("Person"), "names of people are not shown");
    insta::assert_snapshot!(without_fingerprint(&ended.out));
}

#[test]
fn the_same_for_machines() {
    let folder = Folder::of(&[("April spend.xlsx", one_of_each())]);
    let ended = inspect_in(&folder.path(""), &["April spend.xlsx", "--format", "json"]);
    assert_eq!((ended.status, ended.err.as_str()), (1, ""));
    assert!(!ended.out.contains("Person"), "names of people are not written");
    insta::assert_snapshot!(without_fingerprint(&ended.out));
}

/// How a workbook is packed may change with the crate that writes it; what it holds does not.
fn without_fingerprint(text: &str) -> String {
    let fingerprint = regex::Regex::new("[0-9a-f]{64}").unwrap().replace_all(text, "FINGERPRINT").into_owned();
    let size = regex::Regex::new("(\"size\": )[0-9]+").unwrap().replace_all(&fingerprint, "${1}0").into_owned();
    regex::Regex::new("[0-9,]+ bytes").unwrap().replace_all(&size, "N bytes").into_owned()
}

fn schema() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(INSPECTION_SCHEMA).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn document() -> Value {
    let files = [
        ("spend.xlsx", one_of_each()),
        ("page.xlsx", b"<html></html>".to_vec()),
        ("minutes.pdf", b"%PDF-1.7".to_vec()),
        ("wrong.xlsx", workbook("# Spend\nProject | Amount\nDawn | £5.00\nDusk | £6.00\nTotal | £12.00")),
    ];
    crate::program::document(&Folder::of(&files).path(""))
}

#[test]
fn documents_have_the_shape_of_the_schema() {
    let document = document();
    let errors: Vec<String> = schema().iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(
        document["counts"],
        value!({
            "files": 4, "read": 2, "unreadable": 1, "not_workbooks": 1,
            "errors": 3, "warnings": document["counts"]["warnings"], "infos": 0
        })
    );
}

#[test]
fn another_shape_fails() {
    let (schema, right) = (schema(), document());
    for (pointer, wrong) in [
        ("/version", value!(2)),
        ("/workbooks/0/state", value!("opened")),
        ("/workbooks/2/sha256", value!("abc")),
        ("/workbooks/2/sheets/0/used", value!("A1-D9")),
        ("/workbooks/2/sheets/0/tables/0/columns/0/type", value!("money")),
        ("/workbooks/2/sheets/0/visibility", value!("shown")),
        ("/counts/files", value!("4")),
    ] {
        let mut changed = right.clone();
        let place = changed.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is not there"));
        assert_ne!(*place, wrong, "{pointer}");
        *place = wrong;
        assert!(!schema.is_valid(&changed), "{pointer} was let through");
    }
}

/// Every object of the schema is closed, and asks for all its keys, but the counts of kinds of cells.
#[test]
fn every_key_counts() {
    let (schema, right) = (schema(), document());
    let mut objects = Vec::new();
    pointers(&right, String::new(), &mut objects);
    assert!(objects.len() > 20, "{}", objects.len());
    for pointer in objects {
        let mut more = right.clone();
        more.pointer_mut(&pointer).unwrap().as_object_mut().unwrap().insert("more".into(), value!(1));
        assert!(!schema.is_valid(&more), "{pointer} may have more keys");
        if pointer.ends_with("/kinds") {
            continue;
        }
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
fn personal_data_is_masked_wherever_it_stands() {
    let files = [(
        "jo@example.org.xlsx",
        workbook("# 07700 900123\nProject | jo@example.org | Amount\nDawn | jo@example.org | £5.00\nDusk | B | £6.00"),
    )];
    let folder = Folder::of(&files);
    for arguments in [&["."][..], &["jo@example.org.xlsx"], &[".", "--format", "json"]] {
        let out = inspect_in(&folder.path(""), arguments).out;
        for secret in ["jo@example.org", "900123"] {
            assert!(!out.contains(secret), "{arguments:?}: {out}");
        }
    }
}
