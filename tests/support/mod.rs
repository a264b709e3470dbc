//! What tests share: workbooks and packs from readable inline text.

// Each test program uses a part of this.
#![allow(dead_code, unused_imports, clippy::unwrap_used)]

pub mod binary_workbook;
pub mod open_document;
pub mod pack;
pub mod workbook;

pub use pack::{pack, pack_of};
pub use workbook::workbook;
