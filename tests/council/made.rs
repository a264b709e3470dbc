//! The committed workbooks are those that the texts beside this make.

use std::fs;
use std::path::PathBuf;

use crate::workbooks::{self, File, Slip, Slips};

/// What is wrong in the inbox with faults: sheet, cell, and what stands there in place of what belongs there.
pub const SLIPS: Slips<'static> = &[
    // A subtotal that was typed over, £5,000 too much.
    ("Monitor", "G17", Slip::Number(807_708.0)),
    // A row total that leaves the months of the forecast out.
    ("Monitor", "O20", Slip::Sum("C20:K20")),
    // A word where a number belongs.
    ("May 2024", "C6", Slip::Text("vacant")),
    // A block that lost its headings.
    ("Projects", "A12", Slip::Nothing),
    ("Projects", "B12", Slip::Nothing),
    ("Projects", "C12", Slip::Nothing),
    ("Projects", "D12", Slip::Nothing),
    ("Projects", "E12", Slip::Nothing),
    // Some of last year's list below this year's, under the same headings.
    ("Payments", "A53", Slip::Text("Date")),
    ("Payments", "B53", Slip::Text("Payment")),
    ("Payments", "F53", Slip::Text("Amount")),
    ("Payments", "A54", Slip::Text("paid")),
    ("Payments", "B54", Slip::Text("reference")),
    ("Payments", "C54", Slip::Text("Supplier")),
    ("Payments", "D54", Slip::Text("Service")),
    ("Payments", "E54", Slip::Text("Purpose")),
    ("Payments", "F54", Slip::Text("(£)")),
    ("Payments", "G54", Slip::Text("Irrecoverable\nVAT (£)")),
    ("Payments", "A55", Slip::Text("14/03/2024")),
    ("Payments", "B55", Slip::Text("PAY-0988")),
    ("Payments", "C55", Slip::Text("Care provider A")),
    ("Payments", "D55", Slip::Text("Adults")),
    ("Payments", "E55", Slip::Text("Residential care")),
    ("Payments", "F55", Slip::Number(2_416.50)),
    ("Payments", "G55", Slip::Text("-")),
];

/// The sheets of the inbox with faults that have another name.
pub const NAMES: [(&str, &str); 1] = [("Sep 2024", "Sept 24")];

/// The folders of workbooks, each with its files.
fn folders() -> [(PathBuf, Vec<File>); 2] {
    let folder = |name: &str| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/council").join(name);
    [(folder("2024-25"), workbooks::inbox(&[], &[])), (folder("with-faults"), workbooks::inbox(SLIPS, &NAMES))]
}

#[test]
fn the_committed_workbooks_are_those_that_the_texts_make() {
    for (folder, files) in folders() {
        let mut there: Vec<String> =
            fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        there.sort();
        assert_eq!(there, files.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        for (name, bytes) in files {
            let committed = fs::read(folder.join(name)).unwrap();
            assert!(committed == bytes, "{name} in {} is another: write the workbooks again", folder.display());
        }
    }
}

#[test]
#[ignore = "writes the workbooks of samples/council again"]
fn write_the_workbooks() {
    for (folder, files) in folders() {
        fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in files {
            fs::write(folder.join(name), bytes).unwrap();
        }
    }
}
