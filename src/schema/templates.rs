//! Templates of the pack: messages of rules, titles, the prose of the appendix.

use std::collections::BTreeMap;

use minijinja::value::{Object, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};

use super::expressions::block_faults;
use crate::model::{Format, SUPPRESSED, Scalar};

/// So many steps may one template take; a loop without end stops there.
const FUEL: u64 = 200_000;

/// What is done to a value before it is put into a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// Nothing: the text is shown as it is.
    Nothing,
    /// Characters that mean something in Markdown are escaped, so that text from a cell stays text.
    Markdown,
}

/// What is done with a value that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// It is an error, never a blank.
    Refused,
    /// It is printed as `[x]`, the shorthand for "not available" in public spreadsheets: only for drafts.
    Marked,
    /// It is printed as `(blank)`: for messages about cells that may be empty.
    Blank,
}

/// The shorthand for a figure that is not available (Analysis Function guidance).
pub const NOT_AVAILABLE: &str = "[x]";
/// What a message says of a cell that is empty.
const BLANK: &str = "(blank)";

const FORMATS: [(&str, Format); 7] = [
    ("money", Format::Money),
    ("integer", Format::Integer),
    ("number", Format::Number),
    ("percentage", Format::Percentage),
    ("date", Format::Date),
    ("month", Format::Month),
    ("boolean", Format::Boolean),
];

/// An environment with the formats as filters (`money`, `integer`, `number`, `percentage`, `date`, `month`, `boolean`).
///
/// An unknown name is always an error.
pub fn environment(escape: Escape, empty: Empty) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_formatter(move |output, _, value| {
        if let Some(Verbatim(text)) = value.downcast_object_ref() {
            return output.write_str(text).map_err(|_| not_written());
        }
        let text = match (value.is_undefined(), value.is_none(), empty) {
            (false, false, _) => text_of(value)?,
            (false, true, Empty::Marked) => NOT_AVAILABLE.to_owned(),
            (false, true, Empty::Blank) => BLANK.to_owned(),
            _ => return Err(Error::new(ErrorKind::InvalidOperation, "the value is empty")),
        };
        let written = match escape {
            Escape::Nothing => output.write_str(&without_noncharacters(&text)),
            Escape::Markdown => output.write_str(&escaped(&without_noncharacters(&text))),
        };
        written.map_err(|_| not_written())
    });
    for (name, format) in FORMATS {
        environment.add_filter(name, move |value: Value| match (value.is_none(), empty) {
            (true, Empty::Marked) => Ok(NOT_AVAILABLE.to_owned()),
            (true, Empty::Blank) => Ok(BLANK.to_owned()),
            _ => show(format, &value),
        });
    }
    environment
}

fn not_written() -> Error {
    Error::new(ErrorKind::WriteFailure, "the text could not be written")
}

/// A text that templates put in as it is: for marks of the tool's own, which no value can hold.
pub fn verbatim(text: String) -> Value {
    Value::from_object(Verbatim(text))
}

#[derive(Debug)]
struct Verbatim(String);

impl Object for Verbatim {}

/// The text with a mark of doubt for each character that Unicode keeps for programs' own use, so that no text of a cell can
/// be taken for a mark of the tool's own.
fn without_noncharacters(text: &str) -> String {
    text.replace(|character| matches!(character, '\u{FDD0}'..='\u{FDEF}'), "\u{FFFD}")
}

/// A value without a format. A number without bounds stands for a figure that is kept back.
fn text_of(value: &Value) -> Result<String, Error> {
    match value.kind() {
        ValueKind::String | ValueKind::Bool | ValueKind::Bytes => Ok(value.to_string()),
        ValueKind::Number if is_kept_back(value) => Ok(SUPPRESSED.to_owned()),
        ValueKind::Number => Ok(value.to_string()),
        _ => Err(no_figure()),
    }
}

fn is_kept_back(value: &Value) -> bool {
    !value.is_integer() && f64::try_from(value.clone()).is_ok_and(|number| !number.is_finite())
}

fn no_figure() -> Error {
    Error::new(ErrorKind::InvalidOperation, "a whole row or list is no figure: name one of its columns")
}

fn show(format: Format, value: &Value) -> Result<String, Error> {
    let scalar = match value.kind() {
        ValueKind::Number if value.is_integer() => Scalar::Integer(i64::try_from(value.clone())?),
        ValueKind::Number if is_kept_back(value) => Scalar::Real(f64::INFINITY),
        ValueKind::Number => Scalar::Real(f64::try_from(value.clone())?),
        ValueKind::String => Scalar::Text(value.to_string()),
        ValueKind::None | ValueKind::Undefined => {
            return Err(Error::new(ErrorKind::InvalidOperation, "the value is empty"));
        }
        ValueKind::Bool => Scalar::Integer(value.is_true().into()),
        _ => return Err(no_figure()),
    };
    format.show(&scalar).map_err(|why| Error::new(ErrorKind::InvalidOperation, why.to_string()))
}

/// A stored value as a template sees it.
pub fn to_template(scalar: &Scalar) -> Value {
    match scalar {
        Scalar::Null => Value::from(()),
        Scalar::Integer(number) => Value::from(*number),
        Scalar::Real(number) => Value::from(*number),
        Scalar::Text(text) => Value::from(text.as_str()),
    }
}

/// A row as a template sees it: its values by the names of their columns.
pub fn row_to_template(columns: &[String], row: &[Scalar]) -> Value {
    let values: BTreeMap<String, Value> = columns.iter().cloned().zip(row.iter().map(to_template)).collect();
    Value::from(values)
}

/// What a template may name: each name with its attributes, or none where those are not known beforehand.
pub type Names<'a> = BTreeMap<&'a str, Option<Vec<String>>>;

/// Why a template cannot be filled in, as far as it can be told without the values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// The line within the template, from 1.
    pub line: usize,
    /// What is wrong.
    pub cause: TemplateCause,
    /// The name that is not known; empty when the template cannot be read.
    pub given: String,
    /// What could stand in its place.
    pub known: Vec<String>,
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateCause {
    /// It is no template: the engine's words.
    Unreadable(String),
    /// Nothing has the given name.
    Name,
    /// The name has not the given attribute.
    Attribute(String),
    /// No filter has the given name.
    Filter,
}

impl std::fmt::Display for TemplateFault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let given = &self.given;
        match &self.cause {
            TemplateCause::Unreadable(said) => formatter.write_str(said),
            TemplateCause::Name => write!(formatter, "nothing is named {given}"),
            TemplateCause::Attribute(name) => write!(formatter, "{name} has no column {given}"),
            TemplateCause::Filter => write!(formatter, "there is no filter {given}"),
        }
    }
}

/// Everything that is wrong with a template, in branches that are not taken as well: what is no template, and names,
/// attributes and filters that are not known, and blocks that take a text up instead of printing it.
pub fn template_faults(template: &str, names: &Names<'_>) -> Vec<TemplateFault> {
    let environment = environment(Escape::Nothing, Empty::Refused);
    let compiled = match environment.template_from_str(template) {
        Ok(compiled) => compiled,
        Err(error) => {
            let (line, cause) = (error.line().unwrap_or(1), TemplateCause::Unreadable(said(&error)));
            return vec![TemplateFault { line, cause, given: String::new(), known: Vec::new() }];
        }
    };
    let mut used: Vec<String> = compiled.undeclared_variables(true).into_iter().collect();
    used.sort();
    let line_of = |text: &str| template.lines().position(|line| line.contains(text)).map_or(1, |index| index + 1);
    let unknown_name = |used: String| {
        let (name, attribute) = used.split_once('.').unwrap_or((&used, ""));
        let (cause, given, known) = match names.get(name) {
            None => (TemplateCause::Name, name, names.keys().map(|name| (*name).to_owned()).collect()),
            Some(Some(attributes)) if !attribute.is_empty() && !attributes.iter().any(|one| one == attribute) => {
                (TemplateCause::Attribute(name.to_owned()), attribute, attributes.clone())
            }
            Some(_) => return None,
        };
        Some(TemplateFault { line: line_of(&used), cause, given: given.to_owned(), known })
    };
    let unknown_filter = |name: &str| TemplateFault {
        line: line_of(name),
        cause: TemplateCause::Filter,
        given: name.to_owned(),
        known: FORMATS.iter().map(|(name, _)| (*name).to_owned()).collect(),
    };
    let filters = unknown_filters(template, &environment);
    let unknown = used.into_iter().filter_map(unknown_name).chain(filters.into_iter().map(unknown_filter));
    unknown.chain(block_faults(template)).collect()
}

/// What is wrong, in the template engine's words, without the marks that it puts round names.
pub fn said(error: &Error) -> String {
    error.detail().map_or_else(|| error.kind().to_string(), |detail| detail.replace('`', ""))
}

/// The filters that a template uses and that are not there: the engine looks for them when it comes to them.
fn unknown_filters<'t>(template: &'t str, environment: &Environment<'_>) -> Vec<&'t str> {
    let mut names: Vec<&str> = template
        .split('{')
        .filter_map(|part| part.split_once('}').map(|(inside, _)| inside))
        .flat_map(filter_names)
        .collect();
    names.sort_unstable();
    names.dedup();
    let is_unknown = |name: &&str| {
        environment
            .render_str(&format!("{{{{ 1|{name} }}}}"), ())
            .is_err_and(|error| error.kind() == ErrorKind::UnknownFilter)
    };
    names.into_iter().filter(is_unknown).collect()
}

/// The names after each `|` that does not stand in a quoted text.
fn filter_names(expression: &str) -> Vec<&str> {
    let mut quote = None;
    let mut names = Vec::new();
    for (index, character) in expression.char_indices() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, '|') => {
                let after = expression[index + 1..].trim_start();
                let end = after.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(after.len());
                names.push(&after[..end]);
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The text with every ASCII punctuation mark that Markdown may read escaped by a backslash (CommonMark 2.4). A bar and a
/// backslash are written as entities, since in a table of GFM a bar ends its cell before backslashes are read, and a backtick,
/// since behind a backslash it still ends a code span; spaces at the beginning become one, since four begin a block of code.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let words = text.trim_start_matches([' ', '\n', '\r', '\t']);
    if words.len() < text.len() {
        safe.push(' ');
    }
    for character in words.chars() {
        match character {
            '\n' | '\r' | '\t' => safe.push(' '),
            ',' | ' ' | '%' | ';' | '/' | '\'' => safe.push(character),
            '`' => safe.push_str("&#96;"),
            '|' => safe.push_str("&#124;"),
            '\\' => safe.push_str("&#92;"),
            _ if character.is_ascii_punctuation() => {
                safe.push('\\');
                safe.push(character);
            }
            _ => safe.push(character),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_template_is_told_without_values() {
        let names = Names::from([("spend", Some(vec!["amount".to_owned()])), ("rows", None)]);
        for (template, line, what) in [
            ("{{ spend.amount | money }}{% for row in rows %}{{ row.any }}{% endfor %}", 0, ""),
            ("{% if spend.amount %}{{ rows | length }}{% else %}a | b {{ \"x|y\" }}{% endif %}", 0, ""),
            ("one\n{{ spent.amount }}", 2, "nothing is named spent"),
            ("{{ spend.amuont }}", 1, "spend has no column amuont"),
            ("{% if false %}\n{{ spend.amount | mony }}{% endif %}", 2, "there is no filter mony"),
            ("{{ spend.amount|money|mony }}", 1, "there is no filter mony"),
            ("{% set a = spend.amount %}{{ a | money }}", 0, ""),
            (
                "one\n{% set a %}{{ spend.amount | money }}{% endset %}{{ a }}",
                2,
                "a text cannot be set to a name: set a value, as in {% set total = a + b %}",
            ),
            ("one\n{{ spend.amount", 2, "unexpected end of input, expected end of variable block"),
        ] {
            let faults: Vec<(usize, String)> =
                template_faults(template, &names).into_iter().map(|fault| (fault.line, fault.to_string())).collect();
            let expected = if what.is_empty() { Vec::new() } else { vec![(line, what.to_owned())] };
            assert_eq!(faults, expected, "{template}");
        }
    }
}
