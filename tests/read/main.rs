//! Reading: workbooks become typed tables, and nothing of them is lost or guessed.

// Fixtures and helpers are made outside of the tests themselves.
#![allow(clippy::unwrap_used)]

mod bad_files;
mod beside_values;
mod formats;
mod forms;
mod guarding;
mod rows;
mod samples;
mod silently_wrong;
mod silently_wrong_binary;
mod silently_wrong_open_document;
mod texts;

#[path = "../support"]
mod support {
    pub mod binary_workbook;
    pub mod one_kind;
    pub mod open_document;
    pub mod pack;
    pub mod package;
    pub mod patched;
    pub mod raw_package;
    pub mod remarks;
    pub mod sample_pack;
    pub mod sample_workbooks;
    pub mod workbook;

    pub use one_kind::pack;
    pub use pack::pack_of;
    pub use workbook::workbook;
}
