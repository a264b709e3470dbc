//! Templates of the pack: messages of rules, titles, the prose of the appendix.

use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};

use crate::model::{Format, Scalar};

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

/// The names of the filters that show a value in a format.
pub const FORMAT_FILTERS: [&str; 7] = {
    let mut names = [""; 7];
    let mut index = 0;
    while index < FORMATS.len() {
        names[index] = FORMATS[index].0;
        index += 1;
    }
    names
};

/// An environment with the formats as filters (`money`, `integer`, `number`, `percentage`, `date`, `month`, `boolean`).
///
/// An unknown name is always an error.
pub fn environment(escape: Escape, empty: Empty) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_formatter(move |output, _, value| {
        let text = match (value.is_undefined(), value.is_none(), empty) {
            (false, false, _) => value.to_string(),
            (false, true, Empty::Marked) => NOT_AVAILABLE.to_owned(),
            (false, true, Empty::Blank) => BLANK.to_owned(),
            _ => return Err(Error::new(ErrorKind::InvalidOperation, "the value is empty")),
        };
        let written = match escape {
            Escape::Nothing => output.write_str(&text),
            Escape::Markdown => output.write_str(&escaped(&text)),
        };
        written.map_err(|_| Error::new(ErrorKind::WriteFailure, "the text could not be written"))
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

fn show(format: Format, value: &Value) -> Result<String, Error> {
    let scalar = match value.kind() {
        ValueKind::Number if value.is_integer() => Scalar::Integer(i64::try_from(value.clone())?),
        ValueKind::Number => Scalar::Real(f64::try_from(value.clone())?),
        ValueKind::String => Scalar::Text(value.to_string()),
        ValueKind::None | ValueKind::Undefined => {
            return Err(Error::new(ErrorKind::InvalidOperation, "the value is empty"));
        }
        _ => return Err(Error::new(ErrorKind::InvalidOperation, format!("{value} has no format"))),
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

/// The text with every ASCII punctuation mark that Markdown may read escaped by a backslash (CommonMark 2.4).
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => safe.push(' '),
            '.' | ',' | ' ' | '%' | ';' | '/' | '\'' => safe.push(character),
            _ if character.is_ascii_punctuation() => {
                safe.push('\\');
                safe.push(character);
            }
            _ => safe.push(character),
        }
    }
    safe
}
