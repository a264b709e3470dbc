//! Opening a workbook in a process of its own, with limits of time and memory.
//!
//! A workbook that makes its reader panic, abort, hang or eat memory takes only that process with it, and becomes one
//! finding. The process is this same executable under a command that is not shown; what it is told and what it answers goes
//! through its standard input and output, so that nothing lies on the disk in between.

mod child;
mod message;
mod parent;

use std::path::PathBuf;

pub use child::serve;

use crate::model::{Limits, UnreadableWorkbook};
use crate::read::{self, Opened, Wanted};

/// How workbooks are opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Isolation {
    /// The executable that opens what is not safe to open here, called with [`COMMAND`]; none opens everything in this
    /// process.
    pub executable: Option<PathBuf>,
    /// What each workbook is limited to.
    pub limits: Limits,
}

/// The command by which an executable opens a workbook for another process.
pub const COMMAND: &str = "open-workbook";

impl Isolation {
    /// Guards the bytes of a workbook and opens it: in this process where that is safe, else in one of its own.
    ///
    /// # Errors
    /// Why the workbook cannot be read.
    pub fn open(&self, bytes: &[u8], wanted: &Wanted) -> Result<Opened, UnreadableWorkbook> {
        let guarded = read::guard(bytes, &self.limits)?;
        match &self.executable {
            Some(executable) if !guarded.is_read_inside() => parent::open(executable, &guarded, bytes, wanted),
            _ => read::open(&guarded, bytes, wanted),
        }
    }
}
