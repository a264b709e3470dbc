//! Drafting a pack from workbooks that no pack describes. The program itself is run, in folders of its own.

#![allow(clippy::unwrap_used)]

mod across;
mod forms;
mod packs;
mod pounds;
mod program;
mod rows;
mod sections;

#[path = "../support"]
mod support {
    pub mod package;
    pub mod workbook;

    pub use workbook::workbook;
}
