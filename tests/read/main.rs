//! Reading: workbooks become typed tables, and nothing of them is lost or guessed.

// Fixtures and helpers are made outside of the tests themselves.
#![allow(clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod bad_files;
mod formats;
mod forms;
mod rows;
mod samples;
