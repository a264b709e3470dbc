//! The pack.

use crosscast::pipeline::{self, Error};
use crosscast::schema::{Pack, PackFiles};

/// Whatever the texts of a pack's files are, its mistakes are told, each in a file. The input is the texts of some files,
/// put in place of those of the pack that is built in.
pub fn pack(bytes: &[u8]) {
    let Ok(input) = std::str::from_utf8(bytes) else { return };
    let mut files = PackFiles::built_in();
    for (name, text) in super::parts(input) {
        files.insert(name, text);
    }
    // What is told by the files alone is told fast; queries and templates are held against the tables where nothing is.
    let (_, mistakes) = Pack::parse_all(files.clone());
    if !mistakes.is_empty() {
        return;
    }
    match pipeline::read_pack(files) {
        Ok(_) => {}
        Err(Error::Pack(mistakes)) => assert!(!mistakes.to_string().is_empty()),
        Err(error) => panic!("not told as a mistake of the pack: {error}"),
    }
}
