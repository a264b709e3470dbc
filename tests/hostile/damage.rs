//! Workbooks that were cut off or damaged on their way: refused, or read as they were.

use crate::binary_workbooks::good_xlsb;
use crate::old_workbooks::good_xls;
use crate::open_documents::good_ods;
use crate::probe::Book;
use crate::row::{Row, reads_1000, unreadable};

/// One row for each.
pub fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (ending, bytes) in
        [("xlsx", Book::good().bytes()), ("xls", good_xls()), ("xlsb", good_xlsb()), ("ods", good_ods())]
    {
        // Twelve places of each, and the last byte.
        for part in 1..=12 {
            let at = bytes.len() * part / 13;
            let name = format!("{ending} cut off after {part} parts of 13");
            let row = Row::probe(&name, bytes[..at].to_vec(), unreadable("damaged")).ending(ending);
            // Behind the records of so small an .xls lies nothing but filling.
            rows.push(if ending == "xls" { row.or(reads_1000()) } else { row });
        }
        let name = format!("{ending} without its last byte");
        let cut = Row::probe(&name, bytes[..bytes.len() - 1].to_vec(), unreadable("damaged"));
        rows.push(cut.or(reads_1000()).ending(ending));
        rows.extend(flipped(ending, &bytes));
        let mut sparse = bytes.clone();
        let half = sparse.len() / 2;
        sparse[half..].fill(0);
        let sparse =
            Row::probe(&format!("{ending} whose second half is zeros"), sparse, unreadable("damaged")).ending(ending);
        rows.push(if ending == "xls" { sparse.or(reads_1000()) } else { sparse });
    }
    rows
}

/// One bit changed at places that are always the same.
fn flipped(ending: &str, bytes: &[u8]) -> Vec<Row> {
    let mut seed: u64 = 20_222_023;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    // In a package, each part has its checksum. Other formats have none, so that a changed digit is a digit.
    let count = match ending {
        "xlsx" => 20,
        "xls" => 0,
        _ => 8,
    };
    let places: std::collections::BTreeSet<(usize, usize)> =
        (0..count).map(|_| (next() % bytes.len(), next() % 8)).collect();
    let flip = |(at, bit): (usize, usize)| {
        let mut changed = bytes.to_vec();
        changed[at] ^= 1 << bit;
        let name = format!("{ending} with bit {bit} of byte {at} changed");
        Row::probe(&name, changed, unreadable("")).or(reads_1000()).ending(ending)
    };
    places.into_iter().map(flip).collect()
}
