//! Marked copies of officers' own workbooks: what is put into them, that all else stays as it was, and that they can come
//! back into the inbox.

// Fixtures and helpers are made outside of the tests themselves.
#![allow(clippy::unwrap_used)]

mod cells;
mod comes_back;
mod comments;
mod copies;
mod list;
mod refused;
mod styles;
mod workbook_part;

#[path = "../support"]
mod support {
    pub mod package;
    #[allow(dead_code, reason = "other tests make other remarks")]
    pub mod remarks;
    pub mod sample_pack;
}
