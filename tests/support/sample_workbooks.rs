//! The workbooks that the repository brings.

use std::path::Path;

use crosscast::inbox::{Inbox, bytes};
use crosscast::model::Workbook;
use crosscast::read::read;
use crosscast::schema::Pack;

/// Every workbook of a folder of `samples/`, in the order of their paths.
pub fn sample_workbooks(folder: &str, pack: &Pack) -> Vec<Workbook> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(folder);
    let inbox = Inbox::discover(&[folder], None).expect("a folder of workbooks");
    let read = |found| bytes(found).map(|bytes| read(&found.path, &bytes, pack)).expect("a file that can be read");
    inbox.workbooks.iter().map(read).collect()
}
