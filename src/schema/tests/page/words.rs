//! What a schema takes, in words.

use serde_json::{Map, Value};

use super::{anchor, heading};

/// The name of the type that a schema is, with nothing put around it.
fn named(schema: &Value) -> Option<&str> {
    let itself = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
    let or_nothing = schema["anyOf"].as_array().filter(|all| all.len() == 2 && all[1]["type"] == "null");
    let alone = schema["allOf"].as_array().or(or_nothing);
    itself.or_else(|| alone.and_then(|all| all.first()).and_then(named))
}

/// What a key takes.
pub fn kind(schema: &Value, types: &Map<String, Value>) -> String {
    if let Some(name) = named(schema) {
        return kind_of_type(name, types);
    }
    let listed: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = |name: &str| listed.contains(&name);
    match () {
        () if is("array") => match kind(&schema["items"], types).as_str() {
            "a text" => "a list of texts".to_owned(),
            "a [pattern](#patterns)" => "a list of [patterns](#patterns)".to_owned(),
            item if item.starts_with("the keys of ") => format!("a list, each item with {item}"),
            item => format!("a list, each item {item}"),
        },
        () if is("object") => {
            format!("names or codes, each with {}", kind(&schema["additionalProperties"], types))
        }
        () if is("integer") => match schema["minimum"].as_u64() {
            Some(least) => format!("a whole number from {least}"),
            None => "a whole number".to_owned(),
        },
        () if is("string") && schema["pattern"].as_str().is_some_and(|pattern| pattern.starts_with("^\\d{4}-")) => {
            "a day, as `2022-04-01`".to_owned()
        }
        () if is("string") && schema["enum"].is_array() => "one of the words below".to_owned(),
        () if is("string") => "a text".to_owned(),
        () if is("number") => "a number".to_owned(),
        () if is("boolean") => "`true` or `false`".to_owned(),
        () => panic!("there are no words for {schema}"),
    }
}

fn kind_of_type(name: &str, types: &Map<String, Value>) -> String {
    let link = |text: &str, name: &str| format!("[{text}](#{})", anchor(heading(name).unwrap()));
    match name {
        "Pattern" | "LabelPattern" => "a [pattern](#patterns)".to_owned(),
        "FieldPath" => "a field, as `table.field`".to_owned(),
        "Need" => "a table, or a field as `table.field`".to_owned(),
        "Bound" => "a number or a text".to_owned(),
        "OneOrMany" => "a name, or a list of names".to_owned(),
        "Shorthand" => "a figure or a text".to_owned(),
        "SheetChoice" => format!("the name of a sheet, or {}", link("sheets by a pattern", "SheetPattern")),
        "ValuePlace" => format!("`right`, `below`, or {}", link("steps", "Steps")),
        "Format" => format!("one of the {}", link("formats", "Format")),
        _ => match heading(name) {
            Some(text) => format!("the keys of {}", link(&format!("{}{}", text[..1].to_lowercase(), &text[1..]), name)),
            None if types[name]["oneOf"].is_array() => "one of the words below".to_owned(),
            None => panic!("there are no words for {name}"),
        },
    }
}

/// What a key is where it is left out.
pub fn default(schema: &Value) -> Option<String> {
    schema.get("default").map(|default| match default {
        Value::String(text) => format!("`{text}`"),
        other => format!("`{other}`"),
    })
}

/// The words that a key allows, each with what it means; nothing where it allows others, or they stand in a section of their own.
pub fn allowed(schema: &Value, types: &Map<String, Value>) -> String {
    let direction = |name: &str| if name == "ValuePlace" { "Direction".to_owned() } else { name.to_owned() };
    let words = match named(schema) {
        Some("Format") => return String::new(),
        Some(name) => &types[&direction(name)]["oneOf"],
        None if schema["enum"].is_array() => {
            let words = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
            return words.map(|word| format!("- `{word}`\n")).collect();
        }
        None => &schema["oneOf"],
    };
    let words = words.as_array().into_iter().flatten();
    let line = |word: &Value| {
        Some(format!("- `{}`: {}\n", word["const"].as_str()?, word["description"].as_str().unwrap_or_default()))
    };
    words.filter_map(line).collect()
}
