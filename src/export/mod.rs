//! One folder an output, and beside them what several outputs for officers say in the same words.

pub mod appendix;
pub mod console;
pub mod finding_list;
pub mod json;
pub mod manifest;
pub mod marked;
pub mod outputs;
pub mod pack_folder;
pub mod page;
pub mod template;
pub mod to_explain;
pub mod workbook;

mod counted;
mod desk;
mod escape;
mod grouping;
mod titles;
mod verdict;
mod visible;
mod within;

#[cfg(test)]
pub(crate) mod sample_report;
#[cfg(test)]
mod tests;

pub use desk::{DeskError, DeskFace};
pub use titles::TableTitles;
pub use verdict::{count, counts, standing, verdict};
pub use visible::is_hidden;
