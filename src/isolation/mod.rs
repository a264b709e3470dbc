//! Opening a workbook in a process of its own, with limits of time and memory.
//!
//! A workbook that makes its reader panic, abort, hang or eat memory takes only that process with it, and becomes one
//! finding. The process is this same executable under a command that is not shown; what it is told and what it answers goes
//! through its standard input and output, so that nothing lies on the disk in between. What it writes to standard error is
//! looked at and never shown. Whichever of the two ends first, the other does not wait: the process is ended when it has
//! answered or its time is over, and ends by itself when nobody listens any more.
//!
//! What is safe to open in this process can still make something here panic: [`contained`] keeps that to the workbook.

mod child;
mod confine;
mod contain;
mod message;
mod parent;

use std::path::PathBuf;

pub use child::serve;
pub use contain::{contained, quieten_contained_panics};

use crate::model::{BeyondLimit, Limit, Limits, UnreadableWorkbook};
use crate::read::{self, Opened, Wanted};

/// How workbooks are opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Isolation {
    /// The executable that opens what is not safe to open here, called with [`COMMAND`]; none opens everything in this
    /// process, whatever it does to it.
    pub executable: Option<PathBuf>,
    /// What each workbook is limited to.
    pub limits: Limits,
}

/// The command by which an executable opens a workbook for another process.
pub const COMMAND: &str = "open-workbook";

/// How a process says that memory was refused it (the words of the Rust library).
const OUT_OF_MEMORY: &str = "memory allocation of";

impl Isolation {
    /// Guards the bytes of a workbook and opens it: in this process where that is safe, else in one of its own. Never panics.
    ///
    /// # Errors
    /// Why the workbook cannot be read.
    pub fn open(&self, bytes: &[u8], wanted: &Wanted) -> Result<Opened, UnreadableWorkbook> {
        let opened = contained(|| {
            let guarded = read::guard(bytes, &self.limits)?;
            match &self.executable {
                Some(executable) if !guarded.is_read_inside() => parent::open(executable, &guarded, bytes, wanted),
                _ => read::open(&guarded, bytes, wanted),
            }
        });
        opened.unwrap_or_else(|| Err(UnreadableWorkbook::BrokeReader(String::new())))
    }
}

fn too_long(limits: &Limits) -> UnreadableWorkbook {
    let most = limits.most(Limit::Seconds);
    let what = format!("reading it takes more than {} seconds", Limit::Seconds.said(most));
    BeyondLimit { limit: Limit::Seconds, most, what }.into()
}

fn too_much_memory(limits: &Limits) -> UnreadableWorkbook {
    let most = limits.most(Limit::Memory);
    let what = format!("reading it takes more than {} of memory", Limit::Memory.said(most));
    BeyondLimit { limit: Limit::Memory, most, what }.into()
}
