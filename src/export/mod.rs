//! One folder an output.

pub mod appendix;
pub mod workbook;
