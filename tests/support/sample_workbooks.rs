//! The workbooks that the repository brings.

use std::path::Path;

use crosscast::inbox::{Inbox, bytes};
use crosscast::model::{Limits, Workbook};
use crosscast::read::read;
use crosscast::schema::Pack;

/// Every workbook of a folder of `samples/`, in the order of their paths.
pub fn sample_workbooks(folder: &str, pack: &Pack) -> Vec<Workbook> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(folder);
    let inbox = Inbox::discover(&[folder], None).expect("a folder of workbooks");
    let bytes = |found| bytes(found, &Limits::default()).expect("a file that can be read");
    inbox.workbooks.iter().map(|found| read(&found.path, &bytes(found), pack)).collect()
}
