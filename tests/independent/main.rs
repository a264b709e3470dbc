//! The outputs of the sample year, opened by programs that are not ours, their totals against the published ones; and the
//! sample year as such a program saves it.
//!
//! The outputs are those of a run that these tests make themselves, or those in `CROSSCAST_OUTPUT_FOLDER`. A test whose
//! program is not installed says `SKIPPED` and why; with `CROSSCAST_NO_SKIP=1`, as in `.ci/run`, it fails instead.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic, in its helpers too")]

mod appendix;
mod browser;
mod findings;
mod marked;
mod pages;
mod programs;
mod published;
mod rewritten;
mod sample_year;
mod workbook;

#[path = "../support"]
mod support {
    pub mod conformance;
    pub mod package;
}
