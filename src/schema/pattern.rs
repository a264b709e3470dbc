//! Regular expressions of the pack: linear in time, matched against the whole text.

use regex::{Regex, RegexBuilder};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The most memory that one compiled pattern may take, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

/// A pattern that must match a whole text (Table Schema: the pattern of XML Schema, which is anchored).
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(with = "String"))]
pub struct Pattern {
    text: String,
    regex: Regex,
}

impl Pattern {
    /// Compiles a pattern; letter case matters unless it begins with `(?i)`.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn new(text: &str) -> Result<Self, String> {
        let regex = RegexBuilder::new(&format!("^(?:{text})$")).size_limit(SIZE_LIMIT).build().map_err(|error| {
            error.to_string().lines().last().unwrap_or_default().trim().trim_start_matches("error: ").to_owned()
        })?;
        Ok(Self { text: text.to_owned(), regex })
    }

    /// The same pattern, forgiving letter case.
    ///
    /// # Errors
    /// When the pattern grows too large by it.
    pub fn in_any_case(&self) -> Result<Self, String> {
        Ok(Self { text: self.text.clone(), ..Self::new(&format!("(?i:{})", self.text))? })
    }

    /// The pattern as it is written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names of its named groups.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        self.regex.capture_names().flatten()
    }

    /// Whether the whole text matches.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// What a named group caught, if the whole text matches.
    pub fn capture<'t>(&self, text: &'t str, name: &str) -> Option<&'t str> {
        self.regex.captures(text)?.name(name).map(|found| found.as_str())
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).map_err(|why| D::Error::custom(format!("{text} is not a pattern: {why}")))
    }
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
