//! How much work a query of the pack may make, so that one without end does not keep the month from being reported.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// SQLite counts its own steps; a query that needs more than this many is stopped. It is a count, not a time, so that
/// the same inputs end the same way on any machine. A query over a million rows takes some 10^8; these take some ten
/// seconds.
pub(super) const STEPS: u64 = 1_000_000_000;
/// A query whose steps are long ones, as with texts of many megabytes, is stopped when it has taken this time.
pub(super) const LONGEST: Duration = Duration::from_secs(30);
/// SQLite asks after so many steps.
pub(super) const STEPS_EACH: u16 = 1000;

/// What the query that runs has taken. The tool's own writing is not counted.
pub(super) struct Work {
    most: u64,
    longest: Duration,
    origin: Instant,
    is_counted: AtomicBool,
    steps: AtomicU64,
    /// When the query began, in milliseconds after the origin.
    began: AtomicU64,
}

impl Work {
    /// Nothing is counted yet; a query may take `most` steps and the time `longest`.
    pub fn new(most: u64, longest: Duration) -> Self {
        let (steps, began) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { most, longest, origin: Instant::now(), is_counted: AtomicBool::new(false), steps, began }
    }

    /// A query begins; it may be run several times.
    pub fn begin(&self) {
        self.steps.store(0, Ordering::Relaxed);
        self.began.store(self.since_origin(), Ordering::Relaxed);
        self.is_counted.store(true, Ordering::Relaxed);
    }

    /// The query has ended.
    pub fn end(&self) {
        self.is_counted.store(false, Ordering::Relaxed);
    }

    /// Counts some more steps, and says whether the query must be stopped.
    pub fn is_too_much(&self) -> bool {
        if !self.is_counted.load(Ordering::Relaxed) {
            return false;
        }
        let taken = self.steps.fetch_add(u64::from(STEPS_EACH), Ordering::Relaxed);
        let time = self.since_origin().saturating_sub(self.began.load(Ordering::Relaxed));
        taken > self.most || u128::from(time) > self.longest.as_millis()
    }

    fn since_origin(&self) -> u64 {
        u64::try_from(self.origin.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
