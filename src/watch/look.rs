//! What one look at the inbox saw.

use std::collections::BTreeMap;
use std::time::SystemTime;

/// What tells, without reading a workbook, that it is another one than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// Its length in bytes.
    pub length: u64,
    /// When it was last written to, where the system tells.
    pub modified: Option<SystemTime>,
    /// The program that has it open, by the lock file beside it. It can still be read: what was saved last is judged.
    pub open_in: Option<&'static str>,
    /// Whether another program has it to itself, so that it cannot be read now.
    pub is_taken: bool,
}

impl Seen {
    /// Whether the two have the same length and time, and are open in the same program.
    pub fn is_like(&self, other: &Self) -> bool {
        (self.length, self.modified, self.open_in) == (other.length, other.modified, other.open_in)
    }
}

/// What lies in the inbox.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// The workbooks, by their paths below the inbox.
    pub workbooks: BTreeMap<String, Seen>,
    /// The paths of other files, sorted: what is in them is not read.
    pub others: Vec<String>,
    /// The folders that could not be looked through, each with why, sorted.
    pub unread_folders: Vec<(String, String)>,
}

impl Look {
    /// The workbooks that are there in one of two looks alone, or are not alike in both, sorted by path.
    pub fn differing(&self, other: &Self) -> Vec<String> {
        let differs = |path: &&String| self.workbooks.get(*path) != other.workbooks.get(*path);
        let mut paths: Vec<String> =
            self.workbooks.keys().chain(other.workbooks.keys()).filter(differs).cloned().collect();
        paths.sort();
        paths.dedup();
        paths
    }
}
