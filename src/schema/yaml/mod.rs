//! Typed YAML that reports every mistake, not only the first.
//!
//! The reader stops at the first thing that does not fit its type. So each such mistake is noted, mended in a copy of
//! the text (a misspelt key gets its likely match, anything else is taken out), and the copy is read again. What the
//! mending itself makes wrong is not reported. No mending adds or removes a line, so that lines stay those of the file.

mod mend;
mod one_or_many;
mod path;
mod words;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_saphyr::Error;
use validator::Validate;

use super::Mistake;
use mend::{replaced, without_block, without_entry};
pub use one_or_many::OneOrMany;
pub use path::{line_of, line_within};
use path::{parent, path_at, shown};

/// So many mistakes of form are mended in one file before the rest waits for the next time.
const MOST: usize = 100;

/// A file that was read, perhaps only after mending.
pub(super) struct Reading<T> {
    /// What it says once its mistakes are mended; none when they cannot be.
    pub value: Option<T>,
    /// The text of what was mended: what is said about it follows from a mistake that was reported.
    pub mended: String,
}

/// Reads a file of the pack, adding its mistakes to the list; none when there were any.
pub fn parse<T: DeserializeOwned + Validate>(file: &str, text: &str, mistakes: &mut Vec<Mistake>) -> Option<T> {
    let before = mistakes.len();
    let reading = read(file, text, mistakes);
    reading.value.filter(|_| mistakes.len() == before)
}

/// Reads a part of a file as [`parse`] does, but gives it as well when its only mistakes are those of single values, so that
/// it can be looked through further.
pub fn parse_further<T: DeserializeOwned + Validate>(file: &str, text: &str, mistakes: &mut Vec<Mistake>) -> Option<T> {
    let reading = read(file, text, mistakes);
    reading.value.filter(|_| reading.mended.is_empty())
}

/// Reads a file of the pack, adding its mistakes to the list.
pub(super) fn read<T: DeserializeOwned + Validate>(file: &str, text: &str, mistakes: &mut Vec<Mistake>) -> Reading<T> {
    let before = mistakes.len();
    let mut reader = Reader { file, original: text, text: text.to_owned(), mended: Vec::new(), mistakes };
    // Nearly every file is as it should be, and is then read once.
    let value = whole(text).or_else(|| reader.mend_form().and_then(|()| reader.mend_types()));
    let mended = reader.mended.into_iter().map(|mended| mended.text).collect::<Vec<_>>().join("\n");
    if value.is_none() && mistakes.len() == before {
        mistakes.push(Mistake::file(file, "the file could not be read"));
    }
    Reading { value, mended }
}

/// What a text without any mistake says.
fn whole<T: DeserializeOwned + Validate>(text: &str) -> Option<T> {
    serde_saphyr::from_str::<T>(text).ok().filter(|value| value.validate().is_ok())
}

/// What was mended.
struct Mended {
    /// Where, for example `workbooks[2].frequency`.
    path: String,
    /// Whether a key that is not known was taken out, and with it perhaps one that is missed then.
    lost_key: bool,
    /// What stood there.
    text: String,
}

struct Reader<'a> {
    file: &'a str,
    original: &'a str,
    text: String,
    mended: Vec<Mended>,
    mistakes: &'a mut Vec<Mistake>,
}

impl Reader<'_> {
    /// Mends repeated keys; text that is no YAML cannot be mended.
    fn mend_form(&mut self) -> Option<()> {
        for _ in 0..MOST {
            let Err(error) = serde_saphyr::from_str::<IgnoredAny>(&self.text) else { return Some(()) };
            let error = error.without_snippet();
            let (line, column) = place(error);
            let is_repeated = matches!(error, Error::DuplicateMappingKey { .. });
            self.note(line, column, words::of(error, !is_repeated));
            if !is_repeated {
                return None;
            }
            self.take_out(line, column, false)?;
        }
        None
    }

    /// Reads the text again and again until everything has its type.
    fn mend_types<T: DeserializeOwned + Validate>(&mut self) -> Option<T> {
        for _ in 0..MOST {
            match serde_saphyr::from_str_validate::<T>(&self.text) {
                Ok(value) => return Some(value),
                Err(error) => match error.without_snippet() {
                    error @ Error::ValidationError { .. } => {
                        self.note_values(error);
                        // What is wrong with single values does not keep the rest from being looked through.
                        return serde_saphyr::from_str::<T>(&self.text).ok();
                    }
                    error => self.mend(error)?,
                },
            }
        }
        None
    }

    /// Notes a mistake of form and takes it out of the text.
    fn mend(&mut self, error: &Error) -> Option<()> {
        let (line, column) = place(error);
        match error {
            Error::SerdeUnknownField { field, expected, .. } => {
                let mistake = self
                    .at(line, column, format!("the key {field} is not known"))
                    .with_likely(field, expected.iter().copied());
                let likely = mistake.likely.clone();
                self.mistakes.push(mistake);
                match likely.filter(|likely| !mend::is_there(&self.text, line, column, likely)) {
                    Some(likely) => self.replace(line, column, field, &likely),
                    None => self.take_out(line, column, true),
                }
            }
            Error::SerdeUnknownVariant { variant, expected, .. } => {
                let mistake = self
                    .at(line, column, format!("{variant} is not allowed here"))
                    .with_likely(variant, expected.iter().copied());
                self.mistakes.push(mistake);
                self.replace(line, column, variant, expected.first()?)
            }
            Error::SerdeMissingField { field, .. } => {
                let record = path::record_at(self.original, &self.text, line, column);
                let follows = self.mended.iter().any(|mended| {
                    parent(&mended.path) == record.path
                        && (mended.lost_key || mended.path.ends_with(&format!(".{field}")) || mended.path == *field)
                });
                if !follows {
                    let what = format!("the key {field} is missing");
                    self.mistakes.push(Mistake::at(self.file, record.line, record.path.clone(), what));
                }
                // The whole record goes, since nothing is known to put there.
                let mended = without_block(&self.text, record.line);
                (!record.path.is_empty()).then_some(())?;
                self.keep(record.path, false, mended)
            }
            other if words::is_syntax(other) && !self.mended.is_empty() => None,
            other => {
                let value = path::value_at(self.original, &self.text, line, column);
                if !self.follows(&value.path) {
                    let what = words::of(other, false);
                    self.mistakes.push(Mistake::at(self.file, line, value.path.clone(), what));
                }
                let mended = match value.block {
                    Some(block) => without_block(&self.text, block),
                    None => without_entry(&self.text, line, column),
                };
                self.keep(value.path, false, mended)
            }
        }
    }

    /// Notes what the validator says of single values, unless it follows from what was mended.
    fn note_values(&mut self, error: &Error) {
        let Error::ValidationError { issues, locations, .. } = error else { return };
        for issue in issues {
            let line = locations.locations_for(&issue.path).map_or(0, |found| found.reference_location.line()) as usize;
            let path = shown(issue.path.segments().map(|(_, name)| name));
            let is_missed = issue.code == "length"
                && self.mended.iter().any(|mended| mended.lost_key && parent(&mended.path) == parent(&path));
            if is_missed || self.follows(&path) {
                continue;
            }
            // A record has no line of its own: what is missing is missing from the whole.
            let is_whole = !path.contains(['.', '[']) && line > 0 && !path::has_key(self.original, line, &path);
            let what = issue.message.clone().unwrap_or_else(|| issue.code.clone());
            self.mistakes.push(Mistake::at(self.file, if is_whole { 0 } else { line }, path, what));
        }
    }

    /// Whether a mistake at a path is there only because of what was mended in or below it.
    fn follows(&self, path: &str) -> bool {
        let is_below = |mended: &Mended| {
            mended.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        !path.is_empty() && self.mended.iter().any(is_below)
    }

    fn at(&self, line: usize, column: usize, what: String) -> Mistake {
        Mistake::at(self.file, line, path_at(self.original, &self.text, line, column), what)
    }

    fn note(&mut self, line: usize, column: usize, what: String) {
        let mistake = self.at(line, column, what);
        self.mistakes.push(mistake);
    }

    fn replace(&mut self, line: usize, column: usize, word: &str, by: &str) -> Option<()> {
        let path = path_at(self.original, &self.text, line, column);
        let mended = replaced(&self.text, line, column, word, by)?;
        let record = path::record_at(self.original, &self.text, line, column).line;
        self.keep(path, false, mended)?;
        // What is said of the whole record may follow as well, for example that a bound is not of its field's type.
        if let Some(last) = self.mended.last_mut() {
            last.text = path::block(self.original, record).join("\n");
        }
        Some(())
    }

    fn take_out(&mut self, line: usize, column: usize, lost_key: bool) -> Option<()> {
        let path = path_at(self.original, &self.text, line, column);
        let mended = without_entry(&self.text, line, column);
        self.keep(path, lost_key, mended)
    }

    /// Goes on with the mended text; nothing when the mending changed nothing.
    fn keep(&mut self, path: String, lost_key: bool, mended: String) -> Option<()> {
        if mended == self.text {
            return None;
        }
        let gone = self.text.lines().zip(mended.lines()).filter(|(before, after)| before != after);
        let text = gone.map(|(before, _)| before).collect::<Vec<_>>().join("\n");
        self.mended.push(Mended { path, lost_key, text });
        self.text = mended;
        Some(())
    }
}

/// Line and column of an error, from 1; 0 when it has none.
fn place(error: &Error) -> (usize, usize) {
    error.location().map_or((0, 0), |at| (at.line() as usize, at.column() as usize))
}

#[cfg(test)]
mod tests;
