//! How much work a query of the pack may make, so that one without end does not keep the month from being reported.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// SQLite counts its own steps; a query that needs more than this many is stopped. It is a count, not a time, so that
/// the same inputs end the same way on any machine. A query over a million rows takes some 10^8; these take some ten
/// seconds.
pub(super) const STEPS: u64 = 1_000_000_000;
/// So many steps more for each row that is stored: a query in order over two million rows may take three times as many.
const STEPS_A_ROW: u64 = 1000;
/// A query whose steps are long ones, as with texts of many megabytes, is stopped when it has taken this time.
pub(super) const LONGEST: Duration = Duration::from_secs(30);
/// So much longer for each row that is stored: half a minute for a million.
const LONGER_A_ROW: Duration = Duration::from_micros(30);
/// SQLite asks after so many steps.
pub(super) const STEPS_EACH: u16 = 1000;

/// What the query that runs has taken. The tool's own writing is not counted.
pub(super) struct Work {
    most: u64,
    longest: Duration,
    /// The rows that were stored when the query began.
    rows: AtomicU64,
    origin: Instant,
    is_counted: AtomicBool,
    steps: AtomicU64,
    /// When the query began, in milliseconds after the origin.
    began: AtomicU64,
}

impl Work {
    /// Nothing is counted yet; over an empty store a query may take `most` steps and the time `longest`.
    pub fn new(most: u64, longest: Duration) -> Self {
        let [rows, steps, began] = [const { AtomicU64::new(0) }; 3];
        Self { most, longest, rows, origin: Instant::now(), is_counted: AtomicBool::new(false), steps, began }
    }

    /// A query over so many stored rows begins; it may be run several times.
    pub fn begin(&self, rows: u64) {
        self.rows.store(rows, Ordering::Relaxed);
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
        let rows = self.rows.load(Ordering::Relaxed);
        let most = self.most.saturating_add(STEPS_A_ROW.saturating_mul(rows));
        let longer = LONGER_A_ROW.saturating_mul(u32::try_from(rows).unwrap_or(u32::MAX));
        taken > most || u128::from(time) > self.longest.saturating_add(longer).as_millis()
    }

    fn since_origin(&self) -> u64 {
        u64::try_from(self.origin.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a query over so many stored rows is stopped after 4,000,000 steps, of which 1,000,000 are free.
    fn is_stopped(rows: u64) -> bool {
        let work = Work::new(1_000_000, LONGEST);
        work.begin(rows);
        (0..=4000).any(|_| work.is_too_much())
    }

    #[test]
    fn over_more_rows_a_query_may_take_more_steps() {
        assert!(is_stopped(0));
        assert!(is_stopped(2_900));
        assert!(!is_stopped(3_000));
    }
}
