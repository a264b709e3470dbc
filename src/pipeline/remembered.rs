//! Workbooks that were read before, for who judges an inbox again and again.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Options, read_one};
use crate::inbox::{Found, Inbox};
use crate::model::{Event, Progress, Workbook};
use crate::schema::{Pack, PackFiles};

/// Workbooks that were read, so that only those are opened that hold something else than before. All of them are held in
/// memory, as they were read: nothing is judged or masked in them.
#[derive(Debug, Default)]
pub struct Remembered {
    /// The pack by which they were read.
    pack: PackFiles,
    /// By their paths below the inbox.
    workbooks: BTreeMap<String, Workbook>,
}

impl Remembered {
    /// Reads the workbooks of an inbox, in its order, ready to be judged. The bytes of each are read and hashed, whatever the
    /// system says of its length and time; one that has the bytes of the last time is not opened again.
    ///
    /// What could not be read is tried again each time: another program may have had it to itself, or the machine too little
    /// time for it.
    pub fn read(&mut self, pack: &Pack, inbox: &Inbox, options: &Options, progress: &dyn Progress) -> Vec<Workbook> {
        progress.event(Event::Found(inbox.workbooks.len()));
        if self.pack != pack.files {
            *self = Self { pack: pack.files.clone(), ..Self::default() };
        }
        let known = |found: &Found| self.workbooks.get(&found.path);
        let read: Vec<Workbook> = inbox
            .workbooks
            .par_iter()
            .map(|found| read_one(found, known(found), pack, &options.isolation, progress))
            .collect();
        let readable = inbox.workbooks.iter().zip(&read).filter(|(_, workbook)| workbook.unreadable.is_none());
        self.workbooks = readable.map(|(found, workbook)| (found.path.clone(), workbook.clone())).collect();
        read
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::model::Silent;

    /// What is read of an inbox that holds copies of a workbook of the sample year: a path and the bytes of each.
    fn read(remembered: &mut Remembered, pack: &Pack, files: &[(&str, &[u8])]) -> Vec<(String, bool)> {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            fs::write(folder.path().join(path), bytes).unwrap();
        }
        let inbox = Inbox::discover(&[folder.path().to_owned()], None).unwrap();
        let read = remembered.read(pack, &inbox, &Options::default(), &Silent);
        read.into_iter().map(|workbook| (workbook.path.to_string(), workbook.unreadable.is_none())).collect()
    }

    #[test]
    fn only_what_changed_is_opened_again() {
        let pack = Pack::parse(PackFiles::built_in()).unwrap();
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/2022-23/Explanations 2022-23.xlsx");
        let bytes = fs::read(sample).unwrap();
        let mut remembered = Remembered::default();
        let (a, b) = ("Explanations a.xlsx", "Explanations b.xlsx");
        let all = |files: &[(&str, bool)]| files.iter().map(|(path, is)| ((*path).to_owned(), *is)).collect::<Vec<_>>();
        assert_eq!(read(&mut remembered, &pack, &[(a, &bytes), (b, b"none")]), all(&[(a, true), (b, false)]));
        assert_eq!(remembered.workbooks.keys().collect::<Vec<_>>(), [a], "what could not be read is tried again");

        // What is remembered is handed out while the bytes are the same; this tells which was opened.
        remembered.workbooks.get_mut(a).unwrap().unreadable = Some(crate::model::UnreadableWorkbook::Gone);
        assert_eq!(read(&mut remembered, &pack, &[(a, &bytes), (b, &bytes)]), all(&[(a, false), (b, true)]));
        // With other bytes it is read anew, and by another pack.
        let funding = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/2022-23/funding/SWCSP funding 2022-23.xlsx");
        remembered.workbooks.get_mut(b).unwrap().unreadable = Some(crate::model::UnreadableWorkbook::Gone);
        assert_eq!(read(&mut remembered, &pack, &[(b, &fs::read(funding).unwrap())]), all(&[(b, true)]));
        let mut other = Pack::parse(PackFiles::built_in()).unwrap();
        other.files.insert("notes.md", "Another pack.");
        remembered.workbooks.get_mut(b).unwrap().unreadable = Some(crate::model::UnreadableWorkbook::Gone);
        assert_eq!(read(&mut remembered, &other, &[(b, &bytes)]), all(&[(b, true)]));
        assert_eq!(remembered.workbooks.keys().collect::<Vec<_>>(), [b], "what is gone is forgotten");
    }
}
