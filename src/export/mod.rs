//! One folder an output, and beside them what several outputs for officers say in the same words.

pub mod appendix;
pub mod console;
pub mod json;
pub mod manifest;
pub mod outputs;
pub mod pack_folder;
pub mod page;
pub mod template;
pub mod workbook;

mod escape;
mod grouping;
mod titles;
mod verdict;
mod visible;

#[cfg(test)]
pub(crate) mod sample_report;

pub use titles::TableTitles;
pub use verdict::{count, counts, verdict};
