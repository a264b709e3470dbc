//! SQLite's functions that look for a text in another, again: its own can take as many steps as the lengths of the two
//! texts multiplied, within what it counts as one step of a query, and could not be stopped.

use std::collections::BTreeSet;

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error};

use super::StoreError;
use super::guard::LONGEST_TEXT;

/// The lengths of a pattern and of a text, multiplied, may be so much: a text of a cell with a pattern of 3,000 characters.
const MOST_COMPARED: usize = 100_000_000;

/// Puts `instr`, `replace`, `like`, `glob` and the two-argument `trim`, `ltrim` and `rtrim` in place of SQLite's. They give what
/// those give, of blobs as of texts.
pub(super) fn register(connection: &Connection) -> Result<(), StoreError> {
    let pure = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("instr", 2, pure, |given| {
        let Some([text, wanted]) = texts(given) else { return Ok(None) };
        let place = text.find(&wanted).map_or(0, |at| text[..at].chars().count() + 1);
        Ok(i64::try_from(place).ok())
    })?;
    connection.create_scalar_function("replace", 3, pure, |given| {
        let Some([text, from, to]) = texts(given) else { return Ok(None) };
        if from.is_empty() {
            return Ok(Some(text));
        }
        let more = text.matches(&from).count().saturating_mul(to.len());
        if more.saturating_add(text.len()) > LONGEST_TEXT {
            return Err(refused("replace makes a text that is too long"));
        }
        Ok(Some(text.replace(&from, &to)))
    })?;
    for (name, sides) in [("trim", [true, true]), ("ltrim", [true, false]), ("rtrim", [false, true])] {
        connection.create_scalar_function(name, 2, pure, move |given| {
            let Some([text, set]) = texts(given) else { return Ok(None) };
            let set: BTreeSet<char> = set.chars().collect();
            let is_cut = |character: char| set.contains(&character);
            let rest = if sides[0] { text.trim_start_matches(is_cut) } else { &text };
            let rest = if sides[1] { rest.trim_end_matches(is_cut) } else { rest };
            Ok(Some(rest.to_owned()))
        })?;
    }
    connection.create_scalar_function("like", 2, pure, |given| {
        let Some([pattern, text]) = texts(given) else { return Ok(None) };
        matches(&like(&pattern.to_ascii_lowercase(), None), &text.to_ascii_lowercase()).map(Some)
    })?;
    connection.create_scalar_function("like", 3, pure, |given| {
        let Some([pattern, text, escape]) = texts(given) else { return Ok(None) };
        let mut characters = escape.chars();
        let (Some(escape), None) = (characters.next(), characters.next()) else {
            return Err(refused("ESCAPE expression must be a single character"));
        };
        let pattern = like(&pattern.to_ascii_lowercase(), Some(escape.to_ascii_lowercase()));
        matches(&pattern, &text.to_ascii_lowercase()).map(Some)
    })?;
    connection.create_scalar_function("glob", 2, pure, |given| {
        let Some([pattern, text]) = texts(given) else { return Ok(None) };
        glob(&pattern).map_or(Ok(Some(false)), |parts| matches(&parts, &text).map(Some))
    })?;
    Ok(())
}

fn refused(why: &str) -> Error {
    Error::UserFunctionError(why.into())
}

/// The arguments as texts; none where one is NULL.
fn texts<const COUNT: usize>(given: &Context<'_>) -> Option<[String; COUNT]> {
    let all: Option<Vec<String>> = (0..COUNT).map(|index| text_of(given.get_raw(index))).collect();
    all?.try_into().ok()
}

fn text_of(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(real(number)),
        ValueRef::Text(text) | ValueRef::Blob(text) => Some(String::from_utf8_lossy(text).into_owned()),
    }
}

/// A number as SQLite makes a text of it: with 15 digits, or 17 where those would be another number (of which SQLite reckons the
/// last not exactly), and always a point.
fn real(number: f64) -> String {
    if !number.is_finite() {
        return if number > 0.0 { "Inf" } else { "-Inf" }.to_owned();
    }
    let places: usize = if format!("{number:.14e}").parse() == Ok(number) { 14 } else { 16 };
    let written = format!("{number:.places$e}");
    let (digits, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let with_point = |digits: &str| {
        let cut = if digits.contains('.') { digits.trim_end_matches('0') } else { digits };
        let rest = if cut.ends_with('.') {
            "0"
        } else if cut.contains('.') {
            ""
        } else {
            ".0"
        };
        format!("{cut}{rest}")
    };
    if (-4..17).contains(&exponent) {
        let after_point = (places as i32 - exponent).max(0) as usize;
        return with_point(&format!("{number:.after_point$}"));
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}e{sign}{:02}", with_point(digits), exponent.abs())
}

/// A part of a pattern.
#[derive(Debug, PartialEq)]
enum Part {
    /// Any characters, or none.
    Any,
    /// One character.
    One,
    /// This character.
    Just(char),
    /// One of these ranges of characters, or of all others.
    Among { ranges: Vec<(char, char)>, is_turned: bool },
}

impl Part {
    fn is(&self, character: char) -> bool {
        match self {
            Self::Any => false,
            Self::One => true,
            Self::Just(one) => *one == character,
            Self::Among { ranges, is_turned } => {
                ranges.iter().any(|(from, to)| (*from..=*to).contains(&character)) != *is_turned
            }
        }
    }
}

fn like(pattern: &str, escape: Option<char>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        parts.push(match character {
            _ if Some(character) == escape => match characters.next() {
                Some(escaped) => Part::Just(escaped),
                // Nothing is escaped: then nothing matches.
                None => Part::Among { ranges: Vec::new(), is_turned: false },
            },
            '%' => Part::Any,
            '_' => Part::One,
            other => Part::Just(other),
        });
    }
    parts
}

/// The parts of a pattern of GLOB; none where a bracket is not closed, which matches nothing.
fn glob(pattern: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        parts.push(match character {
            '*' => Part::Any,
            '?' => Part::One,
            '[' => {
                let is_turned = characters.next_if_eq(&'^').is_some();
                let mut ranges: Vec<(char, char)> = Vec::new();
                ranges.extend(characters.next_if_eq(&']').map(|one| (one, one)));
                loop {
                    let from = characters.next()?;
                    if from == ']' {
                        break;
                    }
                    let last = ranges.last_mut().filter(|_| from == '-');
                    match (last, characters.peek()) {
                        (Some(last), Some(&to)) if to != ']' => {
                            last.1 = to;
                            characters.next();
                        }
                        _ => ranges.push((from, from)),
                    }
                }
                Part::Among { ranges, is_turned }
            }
            other => Part::Just(other),
        });
    }
    Some(parts)
}

/// Whether a whole text matches: what stands before a part of any characters is looked for once, as early as it can stand.
fn matches(parts: &[Part], text: &str) -> Result<bool, Error> {
    if parts.len().saturating_mul(text.len()) > MOST_COMPARED {
        return Err(refused("a text is too long for its pattern of LIKE or GLOB"));
    }
    let text: Vec<char> = text.chars().collect();
    let (mut part, mut at) = (0, 0);
    // The last part of any characters, and where in the text what follows it was looked for last.
    let mut again: Option<(usize, usize)> = None;
    while at < text.len() {
        if parts.get(part) == Some(&Part::Any) {
            again = Some((part + 1, at));
            part += 1;
        } else if parts.get(part).is_some_and(|part| part.is(text[at])) {
            part += 1;
            at += 1;
        } else if let Some((after, tried)) = &mut again {
            *tried += 1;
            (part, at) = (*after, *tried);
        } else {
            return Ok(false);
        }
    }
    Ok(parts[part..].iter().all(|part| *part == Part::Any))
}

#[cfg(test)]
mod tests {
    use rusqlite::types::Value;

    use super::*;

    /// What each expression comes to with SQLite's own functions, and with these.
    fn both(expression: &str) -> (Value, Value) {
        let own = Connection::open_in_memory().unwrap();
        let ours = Connection::open_in_memory().unwrap();
        register(&ours).unwrap();
        let ask = |connection: &Connection| {
            connection.query_row(&format!("SELECT {expression}"), [], |row| row.get(0)).unwrap()
        };
        (ask(&own), ask(&ours))
    }

    #[test]
    fn they_give_what_those_of_the_database_give() {
        let mut differing = Vec::new();
        for expression in [
            "instr('Hate Crime', 'Crime')",
            "instr('Hate Crime', 'crime')",
            "replace(2/3.0, '', '')",
            "replace(1e22/3, '', '')",
            "replace(1e-9/3, '', '')",
            "instr('é£x', 'x')",
            "instr('abc', '')",
            "instr(NULL, 'a')",
            "instr(12.5, '.')",
            "replace('a.b.c', '.', '--')",
            "replace('abc', '', 'x')",
            "replace('abc', 'b', NULL)",
            "replace(1e20, 'e', 'E')",
            "replace(0.1, '', '')",
            "replace(100.0, '', '')",
            "replace(123456789.125, '', '')",
            "replace(1.0e-7, '', '')",
            "replace(0.1 + 0.2, '', '')",
            "replace(-2.5, '', '')",
            "replace(9e999, '', '')",
            "replace(0.0, '', '')",
            "replace(0.0001, '', '')",
            "replace(0.00001234, '', '')",
            "replace(1e15, '', '')",
            "replace(1e16, '', '')",
            "replace(1e17, '', '')",
            "replace(1.5e300, '', '')",
            "trim('xxaxbxx', 'x')",
            "ltrim('xyab', 'yx')",
            "rtrim('abxy', 'yx')",
            "trim('  a ')",
            "'Crime' LIKE 'c%'",
            "'Crime' LIKE '_rim_'",
            "'Crime' LIKE 'crim'",
            "'' LIKE '%%'",
            "'abcabd' LIKE '%ab_'",
            "'a%c' LIKE 'a\\%c' ESCAPE '\\'",
            "'abc' LIKE 'a\\%c' ESCAPE '\\'",
            "'É' LIKE 'é'",
            "2022 LIKE '20%'",
            "NULL LIKE 'a'",
            "'PCC-04' GLOB 'PCC-[0-9][0-9]'",
            "'PCC-X4' GLOB 'PCC-[0-9][0-9]'",
            "'abc' GLOB 'A*'",
            "'abc' GLOB '*[^c]'",
            "'abd' GLOB '*[^c]'",
            "'a]b' GLOB 'a[]]b'",
            "'a-b' GLOB 'a[x-]b'",
            "'abc' GLOB 'a?c'",
            "'abc' GLOB 'a[b'",
        ] {
            let (own, ours) = both(expression);
            if own != ours {
                differing.push(format!("{expression}: {own:?}, {ours:?}"));
            }
        }
        assert!(differing.is_empty(), "{differing:#?}");
    }

    #[test]
    fn what_would_take_hours_is_done_or_refused_at_once() {
        let connection = Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        let long = "replace(printf('%.*c', 2000000, 'a'), 'aa', 'aa')";
        let ask = |query: &str| connection.query_row(query, [], |row| row.get::<_, i64>(0));
        // A text of two million letters, and half of it with another letter at its end, that is in it nowhere.
        let half = "(printf('%.*c', 1000000, 'a') || 'b')";
        assert_eq!(ask(&format!("SELECT instr({long}, {half})")).unwrap(), 0);
        assert_eq!(ask(&format!("SELECT length(replace({long}, {half}, ''))")).unwrap(), 2_000_000);
        assert_eq!(ask(&format!("SELECT length(trim({long}, {half}))")).unwrap(), 0);
        assert!(ask(&format!("SELECT {long} LIKE '%' || {half}")).is_err());
        assert!(ask(&format!("SELECT length(replace({long}, 'a', {long}))")).is_err());
    }
}
