//! Typed YAML that reports every mistake, not only the first.
//!
//! The reader stops at the first thing that does not fit its type. So each such mistake is noted, mended in a copy of
//! the text (a misspelt key gets its likely match, anything else is taken out), and the copy is read again. What the
//! mending itself makes wrong is not reported.

use std::fmt;
use std::slice::Iter;

use serde::de::{DeserializeOwned, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_saphyr::Error;
use validator::Validate;

use super::Mistake;
use crate::model::likely_match;

/// So many mistakes of form are mended in one file before the rest waits for the next time.
const MOST: usize = 100;

/// Reads a file of the pack, adding its mistakes to the list; none when there were any.
pub fn parse<T: DeserializeOwned + Validate>(file: &str, text: &str, mistakes: &mut Vec<Mistake>) -> Option<T> {
    let before = mistakes.len();
    let mut text = text.to_owned();
    let mut taken_out = Vec::new();
    for _ in 0..MOST {
        match serde_saphyr::from_str_validate::<T>(&text) {
            Ok(value) => return (mistakes.len() == before).then_some(value),
            Err(error) => {
                let error = error.without_snippet();
                if let Error::ValidationError { issues, locations, .. } = error {
                    for issue in issues {
                        let line =
                            locations.locations_for(&issue.path).map_or(0, |found| found.reference_location.line());
                        let what = issue.message.clone().unwrap_or_else(|| issue.code.clone());
                        mistakes.push(Mistake::at(
                            file,
                            line as usize,
                            shown(issue.path.segments().map(|(_, name)| name)),
                            what,
                        ));
                    }
                    return None;
                }
                let mended = note(file, &text, error, &mut taken_out, mistakes);
                match mended {
                    Some(mended) if mended != text => text = mended,
                    _ => return None,
                }
            }
        }
    }
    None
}

/// `workbooks[2].tables`.
fn shown<'a>(segments: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for name in segments {
        if name.parse::<usize>().is_ok() {
            text.push_str(&format!("[{name}]"));
        } else if name != "__all__" {
            let dot = if text.is_empty() { "" } else { "." };
            text.push_str(&format!("{dot}{name}"));
        }
    }
    text
}

/// Notes a mistake of form and gives the text without it, if it can be mended.
fn note(
    file: &str,
    text: &str,
    error: &Error,
    taken_out: &mut Vec<String>,
    mistakes: &mut Vec<Mistake>,
) -> Option<String> {
    let (line, column) = error.location().map_or((0, 0), |at| (at.line() as usize, at.column() as usize));
    let path = path_of_line(text, line);
    match error {
        Error::SerdeUnknownField { field, expected, .. } => {
            let mistake = Mistake::at(file, line, path, format!("the key {field} is not known"))
                .with_likely(field, expected.iter().copied());
            let likely = mistake.likely.clone();
            mistakes.push(mistake);
            taken_out.push(field.clone());
            Some(match likely.filter(|likely| !expected_is_there(text, line, likely)) {
                Some(likely) => replace_key(text, line, column, field, &likely),
                None => without_entry(text, line, column),
            })
        }
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            let mistake = Mistake::at(file, line, path, format!("{variant} is not allowed here"))
                .with_likely(variant, expected.iter().copied());
            mistakes.push(mistake);
            Some(replace_key(text, line, column, variant, expected.first()?))
        }
        Error::SerdeMissingField { field, .. } => {
            if !taken_out.iter().any(|gone| gone == field || likely_match(gone, [*field]).is_some()) {
                mistakes.push(Mistake::at(file, line, path, format!("the key {field} is missing")));
            }
            None
        }
        other => {
            let what = other.render();
            let what = what.lines().next().unwrap_or_default().trim_end_matches('.');
            mistakes.push(Mistake::at(file, line, path.clone(), what));
            let key =
                path.rsplit('.').next().unwrap_or_default().trim_end_matches(|c: char| c == ']' || c.is_ascii_digit());
            taken_out.push(key.trim_end_matches('[').to_owned());
            (line > 0).then(|| without_entry(text, line, column))
        }
    }
}

/// Whether a key of that name stands near the line with the same indentation, so that a second one would repeat it.
fn expected_is_there(text: &str, line: usize, key: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let Some(here) = lines.get(line.wrapping_sub(1)) else { return false };
    let depth = indent(here);
    let is_key = |other: &&str| {
        indent(other) == depth && other.trim_start().trim_start_matches("- ").starts_with(&format!("{key}:"))
    };
    let within = |other: &&&str| other.trim().is_empty() || indent(other) >= depth;
    let above = lines[..line - 1].iter().rev().take_while(within).any(is_key_ref(&is_key));
    let below = lines[line..].iter().take_while(within).any(is_key_ref(&is_key));
    above || below
}

fn is_key_ref<'a>(is_key: &'a impl Fn(&&str) -> bool) -> impl FnMut(&&str) -> bool + 'a {
    move |line| is_key(line)
}

/// The number of columns before a line's text; a list's dash counts as one of them.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '-']).len()
}

/// The text with a word at a place replaced.
fn replace_key(text: &str, line: usize, column: usize, word: &str, by: &str) -> String {
    edit_line(text, line, |content| {
        let from = byte_of_column(content, column);
        match content[from..].find(word).map(|at| at + from).or_else(|| content.find(word)) {
            Some(at) => format!("{}{by}{}", &content[..at], &content[at + word.len()..]),
            None => String::new(),
        }
    })
}

/// The text without the entry that begins at a place: the line and what is indented below it, or a part of `{…}`.
fn without_entry(text: &str, line: usize, column: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let Some(content) = lines.get(line.wrapping_sub(1)) else { return text.to_owned() };
    let at = byte_of_column(content, column);
    if content[..at].contains('{') {
        let start = content[..at].rfind([',', '{']).map_or(at, |place| place + 1);
        let end = content[at..].find([',', '}']).map_or(content.len(), |place| place + at);
        let end = if content[end..].starts_with(',') { end + 1 } else { end };
        return edit_line(text, line, |content| format!("{}{}", &content[..start], &content[end..]));
    }
    let depth = indent(content);
    let mut kept: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    kept[line - 1] = if content.trim_start().starts_with("- ") {
        // The dash must stay, or the rest of the record would join the one before.
        format!("{}-", &content[..content.len() - content.trim_start().len()])
    } else {
        String::new()
    };
    for below in kept.iter_mut().skip(line) {
        if !below.trim().is_empty() && (indent(below) <= depth) {
            break;
        }
        below.clear();
    }
    kept.join("\n")
}

fn edit_line(text: &str, line: usize, edit: impl Fn(&str) -> String) -> String {
    let edited: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(index, content)| if index + 1 == line { edit(content) } else { content.to_owned() })
        .collect();
    edited.join("\n")
}

fn byte_of_column(line: &str, column: usize) -> usize {
    line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}

/// The path of keys and list positions that leads to a line, told from the indentation.
fn path_of_line(text: &str, line: usize) -> String {
    let lines: Vec<&str> = text.lines().take(line).collect();
    let Some(last) = lines.last() else { return String::new() };
    let mut segments = Vec::new();
    let mut depth = last.len() - last.trim_start().len();
    let mut content = last.trim_start();
    let mut index = lines.len() - 1;
    loop {
        if let Some(after) = content.strip_prefix("- ") {
            segments.extend(key_of(after));
            let position = lines[..index]
                .iter()
                .rev()
                .take_while(|above| above.trim().is_empty() || above.len() - above.trim_start().len() >= depth)
                .filter(|above| above.len() - above.trim_start().len() == depth && above.trim_start().starts_with('-'))
                .count();
            segments.push(format!("[{position}]"));
        } else {
            segments.extend(key_of(content));
        }
        let parent = lines[..index].iter().rposition(|above| {
            let own = above.len() - above.trim_start().len();
            let is_item = above.trim_start().starts_with("- ");
            let is_parent = own < depth || (own == depth && content.starts_with("- ") && !is_item);
            !above.trim().is_empty() && !above.trim_start().starts_with('#') && is_parent
        });
        let Some(parent) = parent else { break };
        index = parent;
        depth = lines[index].len() - lines[index].trim_start().len();
        content = lines[index].trim_start();
        if content.starts_with("- ") && !segments.last().is_some_and(|segment| segment.starts_with('[')) {
            // A key below the first key of a list item: the item itself, not its first key.
            content = "- ";
        }
    }
    segments.reverse();
    let mut path = String::new();
    for segment in segments {
        if !segment.starts_with('[') && !path.is_empty() {
            path.push('.');
        }
        path.push_str(&segment);
    }
    path
}

fn key_of(content: &str) -> Option<String> {
    let (key, _) = content.split_once(':')?;
    (!key.is_empty() && !key.contains([' ', '{', '"', '\''])).then(|| key.to_owned())
}

/// One name or several, as Table Schema allows for keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct OneOrMany(Vec<String>);

impl OneOrMany {
    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &str> + use<'_> {
        let names: Iter<'_, String> = self.0.iter();
        names.map(String::as_str)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = OneOrMany;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a name or a list of names")
            }
            fn visit_str<E>(self, name: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![name.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<OneOrMany, A::Error> {
                let mut all = Vec::new();
                while let Some(name) = names.next_element()? {
                    all.push(name);
                }
                Ok(OneOrMany(all))
            }
        }
        deserializer.deserialize_any(Names)
    }
}
