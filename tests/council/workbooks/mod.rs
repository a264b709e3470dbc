//! The workbooks of the sample council, as they are made: `samples/council/` holds what these functions give.

mod claim;
mod monitor;
mod page;
mod payments;
mod workforce;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

pub use page::{Slip, Slips};

/// A file's name and its bytes.
pub type File = (&'static str, Vec<u8>);

/// A writer of a workbook: with slips in its cells, and other names in place of its sheets'.
type Writer = fn(&mut Workbook, Slips<'_>, &[(&str, &str)]);

/// The workbooks by the names of their files, in the order of the inbox.
const WORKBOOKS: [(&str, Writer); 4] = [
    ("Budget monitor 2024-25.xlsx", |workbook, slips, _| monitor::write(workbook, slips)),
    ("Grant claim 2024-25 Q4.xlsx", |workbook, slips, _| claim::write(workbook, slips)),
    ("Payments over £500 2024-25.xlsx", |workbook, slips, _| payments::write(workbook, slips)),
    ("Workforce 2024-25.xlsx", workforce::write),
];

/// The inbox of the year: each file with its bytes, which are the same whenever they are made.
pub fn inbox(slips: Slips<'_>, names: &[(&str, &str)]) -> Vec<File> {
    let made = WORKBOOKS.into_iter().map(|(file, write)| {
        let mut workbook = Workbook::new();
        let created = ExcelDateTime::from_ymd(2025, 4, 22).expect("a day that exists");
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        write(&mut workbook, slips, names);
        (file, workbook.save_to_buffer().expect("a workbook that can be written"))
    });
    made.collect()
}
