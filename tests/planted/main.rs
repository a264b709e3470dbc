//! Figures, not hopes: faults of many kinds, each planted in a fresh copy of the year, and whether each is found at its cell
//! and nothing else is said.
//!
//! `cargo test --test planted -- --nocapture` prints the table. A seed decides the workbook, the row and the project of
//! each fault; `CROSSCAST_SEED=7` plants them elsewhere.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic, in its helpers too")]

mod chance;
mod editor;
mod key;
mod kinds;
mod known;
mod layouts;
mod planting;
mod sample;
mod ten_times;
mod year;

#[path = "../support"]
mod support {
    pub mod package;
    pub mod sample_pack;
}
