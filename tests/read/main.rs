//! Reading: workbooks become typed tables, and nothing of them is lost or guessed.

#[path = "../support/mod.rs"]
mod support;

mod bad_files;
mod formats;
mod forms;
mod rows;
mod samples;
