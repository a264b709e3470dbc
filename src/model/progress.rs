//! What a run tells while it goes on. Rooms never print: they send these events to a sink.

/// A step of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<'a> {
    /// Workbooks were found; this many will be read.
    Found(usize),
    /// A workbook was read; what it holds is checked later.
    Read(&'a str),
    /// So many rows more were read, of all tables of a workbook.
    Rows(usize),
    /// A later stage begins, for example `Checking across workbooks`.
    Stage(&'a str),
    /// How far the stage that goes on is. It may begin with none done, and be told as often as one likes.
    Step {
        /// How many are done.
        done: usize,
        /// Of how many.
        of: usize,
        /// What is counted, in the plural, for example `rows`.
        what: &'a str,
    },
}

/// A sink for events; the command line draws them.
pub trait Progress: Sync {
    /// Takes an event. May be called from several threads at once.
    fn event(&self, event: Event<'_>);
}

/// A sink that drops everything.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn event(&self, _event: Event<'_>) {}
}
