//! Looking into any files without a pack: what is told of them, and what the checks find that need no pack.

#![allow(clippy::unwrap_used)]

mod checks;
mod folders;
mod program;
mod report;
mod tables;

#[path = "../support"]
mod support {
    pub mod binary_workbook;
    pub mod open_document;
    pub mod package;
    pub mod patched;
    pub mod workbook;

    pub use workbook::workbook;
}
