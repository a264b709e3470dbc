//! JSON Schemas from the types that read the pack.

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use crate::document::described;
use crate::schema::rule::Head;
use crate::schema::{Consolidated, Partnership, TableSchema};

/// The schemas of the files that are YAML from beginning to end, by the kind of file.
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("consolidated", file::<Consolidated>("consolidated.yaml")),
        ("partnership", file::<Partnership>("partnership.yaml")),
        ("table", file::<TableSchema>("tables/NAME.yaml")),
    ]
}

/// A schema as it is committed.
pub fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}

/// Every type of the pack by its name, also those of the parts of other files that are YAML.
pub fn types() -> Map<String, Value> {
    let mut generator = generator();
    generator.subschema_for::<Partnership>();
    generator.subschema_for::<TableSchema>();
    generator.subschema_for::<Consolidated>();
    generator.subschema_for::<Head>();
    described::describe(&mut generator);
    let mut types = generator.take_definitions(true);
    types.values_mut().for_each(|schema| tidy(schema, false));
    types
}

/// Draft 7, which all editors know.
fn generator() -> SchemaGenerator {
    SchemaSettings::draft07().into_generator()
}

fn file<T: JsonSchema>(title: &str) -> Value {
    let mut schema = Schema::to_value(generator().into_root_schema_for::<T>());
    tidy(&mut schema, false);
    schema["title"] = json!(title);
    schema
}

/// Makes a schema say what the reader of YAML accepts, where its types alone do not tell. `is_choice` says that the schema is
/// one of several that are told apart by their type.
fn tidy(schema: &mut Value, is_choice: bool) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(|schema| tidy(schema, is_choice)),
        Value::Object(keys) => {
            require_what_may_not_be_empty(keys);
            accept_what_is_read_as_text(keys, is_choice);
            limit_numbers(keys);
            if let Some(Value::String(description)) = keys.get_mut("description") {
                *description = description.replace('\n', " ");
            }
            // That nothing is the default goes without saying.
            let is_nothing = |default: &Value| {
                default.is_null()
                    || default.is_object()
                    || default.as_str().is_some_and(str::is_empty)
                    || default.as_array().is_some_and(Vec::is_empty)
            };
            if keys.get("default").is_some_and(is_nothing) {
                keys.remove("default");
            }
            for (key, value) in keys.iter_mut() {
                match (key.as_str(), value) {
                    ("properties" | "definitions", Value::Object(schemas)) => {
                        schemas.values_mut().for_each(|schema| tidy(schema, false));
                    }
                    ("items" | "additionalProperties" | "allOf" | "anyOf" | "oneOf", value) => {
                        tidy(value, key == "anyOf")
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// A text or a list that is refused when it is empty must be given: it is empty where it is left out.
fn require_what_may_not_be_empty(keys: &mut Map<String, Value>) {
    let Some(properties) = keys.get("properties").and_then(Value::as_object) else { return };
    let must_be_given = |schema: &Value| schema.get("minLength").or(schema.get("minItems")) == Some(&json!(1));
    let mut required: Vec<Value> = keys.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    for (name, _) in properties.iter().filter(|(_, schema)| must_be_given(schema)) {
        if !required.contains(&json!(name)) {
            required.push(json!(name));
        }
    }
    if !required.is_empty() {
        keys.insert("required".to_owned(), Value::Array(required));
    }
}

/// Where a text is wanted, a number and `true` are read as they are written: `name: 2022`. Not where the kind of value decides
/// what it is, nor where no number has the form that the text must have.
fn accept_what_is_read_as_text(keys: &mut Map<String, Value>, is_choice: bool) {
    let has_form = |pattern: &str| regex::Regex::new(pattern).unwrap().is_match("2022");
    let is_bound = keys.contains_key("const")
        || keys.contains_key("enum")
        || keys.get("pattern").and_then(Value::as_str).is_some_and(|pattern| !has_form(pattern));
    let wanted = match keys.get("type") {
        Some(Value::String(one)) if one == "string" => vec![json!("string")],
        Some(Value::Array(several)) if several.contains(&json!("string")) => several.clone(),
        _ => return,
    };
    if !is_bound && !is_choice {
        let wider = wanted.into_iter().chain([json!("number"), json!("boolean")]).collect();
        keys.insert("type".to_owned(), Value::Array(wider));
    }
}

/// The names of the types of numbers say nothing to an editor; the greatest number does.
fn limit_numbers(keys: &mut Map<String, Value>) {
    let format = keys.get("format").and_then(Value::as_str).map(str::to_owned);
    match format.as_deref() {
        Some("uint32") => {
            keys.remove("format");
            keys.insert("maximum".to_owned(), json!(u32::MAX));
        }
        Some("uint" | "int64" | "double") => drop(keys.remove("format")),
        _ => {}
    }
}
