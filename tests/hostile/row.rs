//! A hostile file, and what must be said of it.

use std::path::{Path, PathBuf};

/// A hostile file: its name, what lies there, and what must be found.
pub struct Row {
    /// What is hostile about it, in words; the same for no two files.
    pub name: String,
    /// Its path below the inbox, as the report has it.
    pub path: String,
    /// What lies at the path.
    pub made: Made,
    /// The findings that it must get, all of them; of several lists one.
    pub expected: Vec<Vec<Expected>>,
    /// Whether reading it may be ended by the limit of time.
    pub is_slow: bool,
    /// What is still to be mended before it gets them: such a file is left out of the inbox, so that the others are tested.
    pub awaited: Option<&'static str>,
}

/// What lies at a path.
pub enum Made {
    /// A file of these bytes.
    File(Vec<u8>),
    /// Something else, made by a program at the path.
    Otherwise(fn(&Path)),
}

/// A finding that a file must get.
#[derive(Debug, Clone)]
pub struct Expected {
    /// Its code.
    pub code: &'static str,
    /// Its sheet and cell, `Probe!B2`; none when it concerns the whole file.
    pub cell: Option<String>,
    /// Words of its message.
    pub words: String,
}

impl Row {
    /// A workbook of the kind `probe` with these bytes, named after what is hostile about it.
    pub fn probe(name: &str, bytes: Vec<u8>, expected: Vec<Expected>) -> Self {
        Self::named(name, &format!("Probe {name}.xlsx"), Made::File(bytes), expected)
    }

    /// A file with a name of its own.
    pub fn named(name: &str, path: &str, made: Made, expected: Vec<Expected>) -> Self {
        Self {
            name: name.to_owned(),
            path: path.to_owned(),
            made,
            expected: vec![expected],
            is_slow: false,
            awaited: None,
        }
    }

    /// The same with another ending.
    pub fn ending(mut self, ending: &str) -> Self {
        self.path = PathBuf::from(&self.path).with_extension(ending).to_string_lossy().into_owned();
        self
    }

    /// It may also get these findings instead.
    pub fn or(mut self, expected: Vec<Expected>) -> Self {
        self.expected.push(expected);
        self
    }

    /// Reading it may be ended by the limit of time.
    pub fn slow(mut self) -> Self {
        self.is_slow = true;
        self
    }

    /// It does not get its findings yet.
    #[allow(dead_code, reason = "there are times when nothing is awaited")]
    pub fn awaits(mut self, what: &'static str) -> Self {
        self.awaited = Some(what);
        self
    }
}

impl Expected {
    /// A finding on a cell.
    pub fn at(code: &'static str, cell: &str, words: &str) -> Self {
        Self { code, cell: Some(cell.to_owned()), words: words.to_owned() }
    }

    /// A finding on a file.
    pub fn of_file(code: &'static str, words: &str) -> Self {
        Self { code, cell: None, words: words.to_owned() }
    }
}

/// The one finding of a file of which nothing was read.
pub fn unreadable(words: &str) -> Vec<Expected> {
    vec![Expected::of_file("unreadable-workbook", words)]
}

/// The one finding of a probe whose figure was read: every figure is above the most that the pack allows, so that what was
/// read shows in the message.
pub fn reads(cell: &str, shown: &str) -> Vec<Expected> {
    vec![Expected::at("too-large", &format!("Probe!{cell}"), shown)]
}

/// That the probe's one figure, £1,000 in B2, was read.
pub fn reads_1000() -> Vec<Expected> {
    reads("B2", "says 1000.")
}
