//! A mistake in the pack: file, line, path in the file, what is wrong, what is allowed.

use std::fmt;

use super::PackFiles;
use crate::model::likely_match;

/// More names than this are not listed beside the likely match.
const MOST_ALLOWED: usize = 20;

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The file, below the pack's folder, with `/`.
    pub file: String,
    /// The line, from 1; 0 when the whole file is meant.
    pub line: usize,
    /// The path in the file, for example `workbooks[2].tables[0].sheet`.
    pub path: String,
    /// What is wrong.
    pub what: String,
    /// What is allowed.
    pub allowed: Option<String>,
    /// What was likely meant.
    pub likely: Option<String>,
}

impl Mistake {
    /// A mistake at a line.
    pub fn at(file: &str, line: usize, path: impl Into<String>, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, path: path.into(), what: what.into(), allowed: None, likely: None }
    }

    /// A mistake of a whole file.
    pub fn file(file: &str, what: impl Into<String>) -> Self {
        Self::at(file, 0, "", what)
    }

    /// A mistake at the first line of the file on which a name stands by itself.
    pub fn named(file: &str, files: &PackFiles, name: &str, path: String, what: impl Into<String>) -> Self {
        let line = files.text(file).and_then(|text| text.lines().position(|line| has_word(line, name)));
        Self::at(file, line.map_or(0, |index| index + 1), path, what)
    }

    /// Adds what is allowed, and the likely match among it.
    pub fn with_likely<'a>(mut self, given: &str, allowed: impl IntoIterator<Item = &'a str>) -> Self {
        let mut allowed: Vec<&str> = allowed.into_iter().collect();
        allowed.sort_unstable();
        allowed.dedup();
        self.likely = likely_match(given, allowed.iter().copied()).map(str::to_owned);
        self.allowed = (!allowed.is_empty()).then(|| allowed.join(", "));
        self
    }

    /// Adds the likely match among names that are too many to be listed, or where they are listed.
    pub fn with_likely_of_many<'a>(
        mut self,
        given: &str,
        allowed: impl IntoIterator<Item = &'a str>,
        listed: &str,
    ) -> Self {
        self.likely = likely_match(given, allowed).map(str::to_owned);
        if self.likely.is_none() {
            self.what = format!("{}; {listed}", self.what);
        }
        self
    }
}

/// Whether a name stands in a text and not as a part of a longer one.
pub(super) fn has_word(text: &str, name: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_' || character == '-';
    text.match_indices(name).any(|(at, _)| {
        let is_begun = text[..at].chars().next_back().is_some_and(is_part) && name.starts_with(is_part);
        let goes_on = text[at + name.len()..].chars().next().is_some_and(is_part) && name.ends_with(is_part);
        !is_begun && !goes_on
    })
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if self.line > 0 {
            write!(formatter, ", line {}", self.line)?;
        }
        if !self.path.is_empty() {
            write!(formatter, ", {}", self.path)?;
        }
        write!(formatter, ": {}.", self.what)?;
        if let Some(likely) = &self.likely {
            write!(formatter, " Did you mean {likely}?")?;
        }
        // A long list says nothing more once the likely match is told.
        let is_long = |allowed: &str| self.likely.is_some() && allowed.matches(", ").count() >= MOST_ALLOWED;
        if let Some(allowed) = self.allowed.as_deref().filter(|allowed| !is_long(allowed)) {
            write!(formatter, " Allowed: {allowed}.")?;
        }
        Ok(())
    }
}

/// All mistakes of a pack, sorted by file and line; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes(Vec<Mistake>);

impl Mistakes {
    /// Sorts the mistakes and drops repeated ones.
    pub fn new(mut mistakes: Vec<Mistake>) -> Self {
        mistakes.sort();
        mistakes.dedup();
        Self(mistakes)
    }

    /// The mistakes.
    pub fn all(&self) -> &[Mistake] {
        &self.0
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(formatter, "The pack has {count} mistake{}:", if count == 1 { "" } else { "s" })?;
        for mistake in &self.0 {
            write!(formatter, "\n  {mistake}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}
