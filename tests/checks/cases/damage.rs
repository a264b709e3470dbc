//! Cases of cells of which the file leaves open what they hold. No program that is in its right mind writes them, so the
//! sheet's XML is changed.

use super::super::hidden::changed;
use super::{Case, Given};

const LINES: &str = "# Lines\nName | Amount\nDawn | 10\nDusk | 20\nTotal | 30\n";
const PATH: &str = "lines.xlsx";

fn with_amount(cell: &str) -> Vec<u8> {
    changed(LINES, &[("worksheets/sheet1.xml", "<c r=\"B2\"><v>10</v></c>", cell)])
}

/// The cases, one for each check.
pub const CASES: &[Case] = &[
    Case {
        code: "cell-given-twice",
        fires: Given::Made(PATH, || with_amount("<c r=\"B2\"><v>10</v></c><c r=\"B2\"><v>90</v></c>")),
        found: &["error cell-given-twice Lines!B2"],
        near_miss: Given::Made(PATH, || with_amount("<c r=\"B2\"><v>10</v></c><c r=\"B2\"><v>10</v></c>")),
    },
    Case {
        code: "damaged-cell",
        fires: Given::Made(PATH, || with_amount("<c r=\"B2\"><v>NaN</v></c>")),
        found: &["error damaged-cell Lines!B2"],
        near_miss: Given::Made(PATH, || with_amount("<c r=\"B2\"><v>1E+1</v></c>")),
    },
];
