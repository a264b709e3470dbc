//! What the reader refuses the schema refuses, and what the reader accepts the schema accepts. Where they differ is told by
//! [`where_they_differ`]: what no JSON Schema can say, and what is better marked in an editor.

use super::packs::{validator, value};
use crate::schema::{Consolidated, Partnership, TableSchema, yaml};

/// Whether the reader accepts a text.
pub fn is_read(kind: &str, text: &str) -> bool {
    let mut mistakes = Vec::new();
    match kind {
        "partnership" => yaml::parse::<Partnership>("f", text, &mut mistakes).is_some(),
        "consolidated" => yaml::parse::<Consolidated>("f", text, &mut mistakes).is_some(),
        _ => yaml::parse::<TableSchema>("f", text, &mut mistakes).is_some(),
    }
}

/// Holds reader and schema to each text of a kind of file: those that are right, and those that are wrong.
fn both_say(kind: &str, frame: impl Fn(&str) -> String, right: &[&str], wrong: &[&str]) {
    let validator = validator(kind);
    let expected = right.iter().map(|text| (*text, true)).chain(wrong.iter().map(|text| (*text, false)));
    for (text, is_right) in expected {
        let file = frame(text);
        assert_eq!(is_read(kind, &file), is_right, "the reader of {kind}: {text}");
        assert_eq!(validator.is_valid(&value(&file)), is_right, "the schema of {kind}: {text}");
    }
}

/// A file of a table with something under `crosscast`.
fn table(options: &str) -> String {
    format!("fields: [{{name: a, type: string}}]\ncrosscast: {{{options}}}\n")
}

#[test]
fn tables() {
    let right = [
        "fields: [{name: a, type: string}]",
        "fields: [{name: a_2, type: yearmonth, title: 2022, description: yes}]",
        "{$schema: x, fields: [{name: a, type: date, format: any}], missingValues: ['-', 0, n/a]}",
        "{fields: [{name: a, type: string}], primaryKey: a, uniqueKeys: [[a, b]]}",
        "{fields: [{name: a, type: string}], primaryKey: [a, b]}",
        "{fields: [{name: a, type: string}], foreignKeys: [{fields: a, reference: {resource: b, fields: [c]}}]}",
    ];
    let wrong = [
        "{}",
        "fields: []",
        "fields: {name: a, type: string}",
        "fields: [{type: string}]",
        "fields: [{name: a}]",
        "fields: [{name: A, type: string}]",
        "fields: [{name: a b, type: string}]",
        "fields: [{name: a, type: money}]",
        "fields: [{name: a, type: String}]",
        "fields: [{name: a, type: string, titel: A}]",
        "fields: [{name: a, type: date, format: '%d'}]",
        "fields: [{name: a, type: string, title: [A]}]",
        "fields: [{name: a, type: string, title: null}]",
        "{fields: [{name: a, type: string}], primarykey: a}",
        "{fields: [{name: a, type: string}], primary_key: a}",
        "{fields: [{name: a, type: string}], primaryKey: 5}",
        "{fields: [{name: a, type: string}], uniqueKeys: [a]}",
        "{fields: [{name: a, type: string}], missingValues: n/a}",
        "{fields: [{name: a, type: string}], foreignKeys: [{fields: a}]}",
        "{fields: [{name: a, type: string}], foreignKeys: [{fields: a, reference: {resource: b}}]}",
        "{fields: [{name: a, type: string}], crosscast: null}",
        "{fields: [{name: a, type: string}], crosscast: []}",
    ];
    both_say("table", str::to_owned, &right, &wrong);
}

#[test]
fn constraints_and_options_of_fields() {
    let frame = |field: &str| format!("fields: [{{name: a, type: number, {field}}}]\n");
    let right = [
        "constraints: {required: true, unique: false, minimum: 0, maximum: 1.5}",
        "constraints: {minimum: '2022-04-01', maximum: 2022-04, minLength: 0, maxLength: 3}",
        "constraints: {pattern: '[A-Z]+', enum: [a, 1, true]}",
        "constraints: {pattern: null}",
        "trueValues: [yes, 1], falseValues: [no]",
        "crosscast: {aliases: [A, 2022], unit: GBP, window: month, control_total: true, optional: true}",
        "crosscast: {unit: percent, window: none, publish: false, suppress_below: 2, label: true}",
        "crosscast: {path: [Forecast, April], heading: 'Ap.*', section: Costs, usually: positive, unit_in: b}",
        "crosscast: {value: right}",
        "crosscast: {value: {right: 2, below: 0}}",
        "crosscast: {value: {}}",
        "crosscast: {shorthand: {'-': 0, '[x]': not available, '..': '1.50', 5: 1}}",
        "crosscast: {factor: 1000, display: true, strip: footnotes}",
        "crosscast: {checks: {too-long: {severity: info, off: true, required: false, threshold: 2.5}}}",
        "crosscast: {checks: {too-long: {severity: null}}}",
    ];
    let wrong = [
        "constraints: {requird: true}",
        "constraints: {required: 1}",
        "constraints: {minimum: [0]}",
        "constraints: {minimum: true}",
        "constraints: {minLength: -1}",
        "constraints: {maxLength: 1.5}",
        "constraints: {enum: a}",
        "constraints: null",
        "trueValues: yes",
        "crosscast: {unit: EUR}",
        "crosscast: {unit: gbp}",
        "crosscast: {window: quarter}",
        "crosscast: {publish: 0}",
        "crosscast: {path: April}",
        "crosscast: {usually: negative}",
        "crosscast: {value: left}",
        "crosscast: {value: 2}",
        "crosscast: {value: {rigth: 2}}",
        "crosscast: {value: {right: -1}}",
        "crosscast: {shorthand: ['-']}",
        "crosscast: {shorthand: {'-': true}}",
        "crosscast: {shorthand: {'-': null}}",
        "crosscast: {factor: 0}",
        "crosscast: {factor: 0.5}",
        "crosscast: {factor: 5000000000}",
        "crosscast: {strip: notes}",
        "crosscast: {checks: {too-long: {severty: info}}}",
        "crosscast: {checks: {too-long: {severity: bad}}}",
        "crosscast: {checks: {too-long: {threshold: much}}}",
        "crosscast: {alias: [A]}",
    ];
    both_say("table", frame, &right, &wrong);
}

#[test]
fn layouts() {
    let right = [
        "layout: rows, title: 2022",
        "locate: {after: Payments.*, before: Notes, nth: 1}",
        "locate: {name: Paid}",
        "locate: {table: Payments}",
        "locate: {range: 'B5:H40', nth: null}",
        "headings: {rows: 3, fill: right, strip: footnotes, skip_rows: 2}",
        "headings: {fill: none}",
        "rows: {sections: [{field: a}, {field: b, match: 'Area: .*'}], fill_down: [a], require: [b]}",
        "rows: {totals: {match: Total}, subtotals: {match: '', at: above, do: keep}, skip: [of which.*, England]}",
        "rows: {repeated_headings: true, end: {match: END}}",
        "rows: {end: {blank_rows: 3}}",
        "rows: {end: {}}",
        "layout: crosstab, across: {from: April, into: [a], value: b}",
        "layout: crosstab, across: {from: April, to: March, into: [a], value: b, skip_columns: [Note], keep_empty: true}",
        "layout: crosstab, across: {from: April, into: [a], value: b, totals: {match: Total, do: drop}}",
        "layout: blocks, blocks: {start: 'Project: (?P<a>.*)', end: Notes, layout: form}",
        "layout: form, form: {value: below, ignore: [< Select >]}",
        "layout: form, form: {value: {right: 3}}",
        "shorthand: {'..': not available, '-': 0}",
        "over_time: {key: a, value: b, default: sum, last: [x], none: [y], published_as_total: [z]}",
        "checks: {too-long: {off: true}}",
    ];
    let wrong = [
        "layout: list",
        "layout: null",
        "locate: {below: Payments}",
        "locate: {nth: 0}",
        "locate: {nth: first}",
        "locate: {after: [Payments]}",
        "headings: {rows: 0}",
        "headings: {rows: -1}",
        "headings: {fill: left}",
        "headings: {strip: true}",
        "headings: {skip_rows: -1}",
        "rows: {sections: [a]}",
        "rows: {sections: {field: a}}",
        "rows: {sections: [{match: a}]}",
        "rows: {fill_down: a}",
        "rows: {require: a}",
        "rows: {totals: Total}",
        "rows: {totals: {do: drop}}",
        "rows: {totals: {match: Total, at: top}}",
        "rows: {subtotals: {match: Total, do: skip}}",
        "rows: {skip: England}",
        "rows: {repeated_headings: 1}",
        "rows: {end: END}",
        "rows: {end: {blank_rows: 0}}",
        "across: {into: [a], value: b}",
        "across: {from: April, value: b}",
        "across: {from: April, into: [a]}",
        "across: {from: April, into: a, value: b}",
        "across: {from: April, into: [a], value: b, totals: {match: Total, at: below}}",
        "blocks: {layout: rows}",
        "blocks: {start: Project, layout: lists}",
        "form: {value: left}",
        "form: {value: [right]}",
        "form: {ignore: Select}",
        "shorthand: {'..': [0]}",
        "over_time: {key: a, value: b}",
        "over_time: {key: a, value: b, default: first}",
        "section: a",
    ];
    both_say("table", table, &right, &wrong);
}

#[test]
fn partnerships() {
    let workbook = "{name: w, files: '.*', tables: [{table: t, sheet: S}]}";
    let frame = |keys: &str| {
        let given = |key: &str| keys.contains(&format!("{key}: "));
        let mut text = format!("{keys}\n");
        for (key, value) in [
            ("name", "A"),
            ("short_name", "A"),
            ("committee", "A"),
            ("years", "[{name: 2022-23, start: 2022-04-01, end: 2023-03-31}]"),
            ("workbooks", &format!("[{workbook}]")),
        ] {
            if !given(&format!("without_{key}")) && !text.lines().any(|line| line.starts_with(&format!("{key}: "))) {
                text.push_str(&format!("{key}: {value}\n"));
            }
        }
        text.lines().filter(|line| !line.starts_with("without_")).map(|line| format!("{line}\n")).collect()
    };
    let places = |place: &str| format!("workbooks: [{{name: w, files: '.*', tables: [{{table: t, {place}}}]}}]");
    let kinds = |keys: &str| format!("workbooks: [{{name: w, files: '.*', tables: [{{table: t, sheet: S}}], {keys}}}]");
    let years = |keys: &str| format!("years: [{{name: 2022-23, start: 2022-04-01, end: 2023-03-31, {keys}}}]");
    let right = [
        "council: A council".to_owned(),
        "name: 2022".to_owned(),
        "language: cy".to_owned(),
        "notice: A sample".to_owned(),
        "notice: null".to_owned(),
        "checks: {too-long: {off: true}}".to_owned(),
        years("approved_total: 139250.00, committee_date: 2023-07-19"),
        years("approved_total: '139,250'"),
        kinds("title: T, frequency: monthly, due: start, required: false, explanations: true"),
        kinds("month: t.month, prepared: t.day, resubmission: {field: t.status, value: Again}"),
        kinds("month: null"),
        places("sheet: S, required: false"),
        places("sheet: '2022'"),
        places("sheet: {match: '(?P<month>.*)'}"),
        places("sheet: {match: '.*', hidden: true}"),
    ];
    let wrong = [
        "without_name: it".to_owned(),
        "without_short_name: it".to_owned(),
        "without_committee: it".to_owned(),
        "without_years: it".to_owned(),
        "without_workbooks: it".to_owned(),
        "name: ''".to_owned(),
        "years: []".to_owned(),
        "workbooks: []".to_owned(),
        "comittee: A".to_owned(),
        "language: English".to_owned(),
        "checks: [too-long]".to_owned(),
        years("approved_total: null"),
        years("approved_total: true"),
        years("committee_date: 19 July 2023"),
        years("committee_date: 2023-13-19"),
        years("committee_date: 2023"),
        years("stop: 2023-03-31"),
        "years: [{name: 2022-23, start: 2022-04-01}]".to_owned(),
        "years: [{name: '', start: 2022-04-01, end: 2023-03-31}]".to_owned(),
        kinds("frequency: weekly"),
        kinds("due: never"),
        kinds("required: perhaps"),
        kinds("month: month"),
        kinds("resubmission: t.status"),
        kinds("resubmission: {field: t.status}"),
        "workbooks: [{name: w, files: '.*'}]".to_owned(),
        "workbooks: [{name: w, files: '.*', tables: []}]".to_owned(),
        "workbooks: [{name: w, tables: [{table: t, sheet: S}]}]".to_owned(),
        places("required: true"),
        places("sheet: 2022"),
        places("sheet: [S, T]"),
        places("sheet: {name: S}"),
        places("sheet: {match: S, hiden: true}"),
        places("shet: S"),
    ];
    let texts = |all: &[String]| all.iter().map(String::clone).collect::<Vec<_>>();
    let (right, wrong) = (texts(&right), texts(&wrong));
    let right: Vec<&str> = right.iter().map(String::as_str).collect();
    let wrong: Vec<&str> = wrong.iter().map(String::as_str).collect();
    both_say("partnership", frame, &right, &wrong);
}

#[test]
fn consolidated_workbooks() {
    let frame = |sheet: &str| format!("title: T\nsheets: [{{name: S, title: S, {sheet}}}]\n");
    let right = [
        "table: t",
        "table: t, landscape: true, notes: [a, 5]",
        "table: t, columns: [{name: a, title: A, format: money, total: sum, width: 12}]",
        "query: SELECT 1 AS a, columns: [{name: a, title: A, width: 12.5}]",
    ];
    let wrong = [
        "landscape: true",
        "table: t, query: SELECT 1 AS a, columns: [{name: a, title: A}]",
        "query: SELECT 1 AS a",
        "query: SELECT 1 AS a, columns: []",
        "table: t, columns: [{name: a}]",
        "table: t, columns: [{name: a, title: A, format: pounds}]",
        "table: t, columns: [{name: a, title: A, total: mean}]",
        "table: t, columns: [{name: a, title: A, width: wide}]",
        "table: t, note: a",
        "table: t, landscape: sideways",
    ];
    both_say("consolidated", frame, &right, &wrong);
    let sheet = |name: &str| format!("title: T\nsheets: [{{name: {name}, title: S, table: t}}]");
    let right = ["S", "2022", "31 characters and not one beyond"].map(|name| sheet(&name[..name.len().min(31)]));
    let wrong = ["''", "a/b", "'[a]'", "\"'a'\"", "more than thirty-one characters are too many"].map(sheet);
    let rest = [
        "sheets: [{name: S, title: S, table: t}]",
        "title: T",
        "title: ''\nsheets: [{name: S, title: S, table: t}]",
        "title: T\nsheets: []",
        "titel: T\nsheets: [{name: S, title: S, table: t}]",
        "title: T\nvalues: [SELECT 1]\nsheets: [{name: S, title: S, table: t}]",
        "title: T\ncover: A\nsheets: [{name: S, title: S, table: t}]",
    ];
    let right: Vec<&str> = right.iter().map(String::as_str).collect();
    let wrong: Vec<&str> = wrong.iter().map(String::as_str).chain(rest).collect();
    both_say("consolidated", str::to_owned, &right, &wrong);
}

#[test]
fn where_they_differ() {
    let validator = validator("table");
    let is_marked = |options: &str| !validator.is_valid(&value(&table(options)));
    // A number or `true` in quotes is read, and marked.
    for options in ["locate: {nth: '1'}", "rows: {repeated_headings: 'true'}"] {
        assert!(is_read("table", &table(options)) && is_marked(options), "{options}");
    }
    // Whether a pattern can be read, only the reader tells.
    for options in ["rows: {skip: ['(']}", "blocks: {start: '(?P<a>'}"] {
        assert!(!is_read("table", &table(options)) && !is_marked(options), "{options}");
    }
}

/// The words of Table Schema (Data Package standard v2) for a table, a field and its constraints.
const STANDARD: [(&str, &[&str]); 5] = [
    ("", &["$schema", "fields", "primaryKey", "uniqueKeys", "foreignKeys", "missingValues"]),
    ("Field", &["name", "title", "description", "type", "format", "constraints", "trueValues", "falseValues"]),
    ("Constraints", &["required", "unique", "minimum", "maximum", "minLength", "maxLength", "pattern", "enum"]),
    ("ForeignKey", &["fields", "reference"]),
    ("Reference", &["resource", "fields"]),
];

#[test]
fn tables_are_table_schemas_with_one_property_more() {
    let schemas = super::generated::schemas();
    let (_, table) = schemas.iter().find(|(kind, _)| *kind == "table").unwrap();
    for (name, words) in STANDARD {
        let schema = if name.is_empty() { table } else { &table["definitions"][name] };
        let keys = schema["properties"].as_object().unwrap().keys();
        let further: Vec<&str> = keys.map(String::as_str).filter(|key| !words.contains(key)).collect();
        let expected: &[&str] = if ["", "Field"].contains(&name) { &["crosscast"] } else { &[] };
        assert_eq!(further, expected, "{name}");
    }
    let types = &table["definitions"]["FieldType"]["oneOf"];
    let types: Vec<&str> = types.as_array().unwrap().iter().map(|one| one["const"].as_str().unwrap()).collect();
    assert_eq!(types, ["string", "integer", "number", "boolean", "date", "yearmonth"]);
}
