//! The workbooks of a run, for the outputs that are made of the officers' own files.

use std::collections::BTreeMap;

use crate::checks;
use crate::inbox::{self, Found, Inbox};
use crate::model::{Limits, UnreadableWorkbook, sha256};

/// Where the workbooks lie, by their paths as outputs show them, and how large one may be. Their bytes are read when they
/// are asked for, so that a run does not hold them all.
#[derive(Debug, Clone, Default)]
pub struct Originals {
    found: BTreeMap<String, Found>,
    limits: Limits,
}

impl Originals {
    /// Those of an inbox.
    pub(super) fn of(inbox: &Inbox, limits: &Limits) -> Self {
        let shown = checks::shown_paths(inbox.workbooks.iter().map(|found| found.path.as_str()));
        Self { found: shown.into_iter().zip(inbox.workbooks.iter().cloned()).collect(), limits: *limits }
    }

    /// The bytes of a workbook as the run read them, by its path in the report and the SHA-256 that the report gives.
    ///
    /// # Errors
    /// Why it cannot be read; [`UnreadableWorkbook::Changing`] when it is no longer what the run read.
    pub fn bytes(&self, path: &str, read: &str) -> Result<Vec<u8>, UnreadableWorkbook> {
        let found = self.found.get(path).ok_or(UnreadableWorkbook::Gone)?;
        let bytes = inbox::bytes(found, &self.limits)?;
        if sha256(&bytes) == read { Ok(bytes) } else { Err(UnreadableWorkbook::Changing) }
    }
}
