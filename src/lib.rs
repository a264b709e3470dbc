//! Crosscast checks a partnership's workbooks and writes one consolidated workbook and one committee appendix.

pub mod checks;
pub mod cli;
pub mod document;
pub mod export;
pub mod formula;
pub mod inbox;
pub mod model;
pub mod pipeline;
pub mod read;
pub mod reconcile;
pub mod schema;
pub mod store;
