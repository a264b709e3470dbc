//! What is in a workbook that no pack describes: its sheets, what looks like tables on them, and schemas made of these, so
//! that the checks which need no pack can judge it.
//!
//! [`sheets`] describes each sheet, [`likely_tables`] finds blocks of rows under headings in one pass over the cells,
//! and [`schemas`] makes of each block a table schema that asks for nothing but what was seen. Nothing here reads a file or
//! judges: the pipeline opens workbooks as in a run, and hands what is made here to the room `checks`.

mod blocks;
pub mod draft;
mod headings;
mod kinds;
mod made;
mod sheets;
mod tallies;

pub use blocks::{LikelyTable, likely_tables};
pub use made::{KIND, MadeTable, pack, schemas};
pub use sheets::{settings, sheet};
pub use tallies::ColumnTally;
