//! A ledger of any length, made from a seed, with faults planted in it whose counts are known.
//!
//! Twelve columns, as the ledgers of councils have them: texts that name an entry, dates of which one in ten was typed as
//! text, words of a list, a key into another table, amounts of which two add up to the third.

mod entry;
mod file;
mod pack;

pub use entry::PLANTED;
pub use file::{cost_centres, workbook};
#[allow(unused_imports, reason = "some write a pack, and some parse it")]
pub use pack::{files, write_pack};

/// What is planted in a ledger of so many rows, by the code of the check that finds it: once in each thousand rows.
pub fn planted(rows: usize) -> Vec<(&'static str, usize)> {
    PLANTED.iter().map(|fault| (fault.code, (rows + 999 - fault.at) / 1000)).collect()
}
