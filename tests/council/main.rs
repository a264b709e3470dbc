//! The second sample: a pack that a council made for its own workbooks, without Rust.
//!
//! `samples/council/` is read as it lies there. The workbooks in it are made by `workbooks/`, so that each of their cells can
//! be looked up in a text: `cargo test --test council -- --ignored` writes them again.

#![allow(clippy::unwrap_used)]

mod clean;
mod faults;
mod folder;
mod made;
mod tutorial;
mod workbooks;
