//! A year of workbooks, and what the program finds in it or in a copy of it with some of them changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crosscast::inbox::{Found, Inbox};
use crosscast::model::{Finding, Report, Severity, Silent, Workbook};
use crosscast::pipeline::{self, Options};
use crosscast::read;
use crosscast::schema::Pack;

use crate::editor::Book;
use crate::support::sample_pack::sample_pack;

/// A year of workbooks in a folder, the pack that describes them, and what is found in them as they are.
pub struct Year {
    pub pack: Pack,
    inbox: Inbox,
    /// Its workbooks of the kind that can be changed, by path.
    books: BTreeMap<String, Book>,
    /// Its workbooks as they were read, by path.
    read: BTreeMap<String, Workbook>,
    /// What is found when nothing is changed.
    pub clean: Report,
}

/// Changes to a year: for each path the workbook that lies there instead, or none where it is taken away.
#[derive(Debug, Clone, Default)]
pub struct Changes(pub BTreeMap<String, Option<Vec<u8>>>);

impl Year {
    /// The sample year.
    pub fn sample() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2022-23");
        Self::of(sample_pack(), &folder)
    }

    /// The year in a folder.
    pub fn of(pack: Pack, folder: &Path) -> Self {
        let inbox = Inbox::discover(&[folder.to_owned()], None).expect("a folder of workbooks");
        let (mut books, mut read) = (BTreeMap::new(), BTreeMap::new());
        for Found { path, location } in &inbox.workbooks {
            let bytes = fs::read(location).expect("a workbook");
            read.insert(path.clone(), read::read(path, &bytes, &pack));
            if path.ends_with(".xlsx") {
                books.insert(path.clone(), Book::open(path, &bytes));
            }
        }
        let clean = report(&pack, &inbox, read.values().cloned().collect());
        Self { pack, inbox, books, read, clean }
    }

    /// The paths of its workbooks that hold a word in them, in their order.
    pub fn paths(&self, word: &str) -> Vec<&str> {
        let paths = self.inbox.workbooks.iter().map(|found| found.path.as_str());
        paths.filter(|path| path.contains(word)).collect()
    }

    /// A workbook of the year (`.xlsx`), taken apart.
    pub fn book(&self, path: &str) -> &Book {
        self.books.get(path).unwrap_or_else(|| panic!("no workbook {path}"))
    }

    /// A workbook's bytes.
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        let found = self.inbox.workbooks.iter().find(|found| found.path == path);
        fs::read(&found.unwrap_or_else(|| panic!("no workbook {path}")).location).expect("a workbook")
    }

    /// What is found in a copy with changes. Only the changed workbooks are read; the others are as they were read.
    pub fn report_with(&self, changes: &Changes) -> Report {
        let mut workbooks = self.read.clone();
        for (path, bytes) in &changes.0 {
            match bytes {
                Some(bytes) => workbooks.insert(path.clone(), read::read(path, bytes, &self.pack)),
                None => workbooks.remove(path),
            };
        }
        let found = |path: &String| Found { path: path.clone(), location: PathBuf::new() };
        let inbox = Inbox { workbooks: workbooks.keys().map(found).collect(), ..self.inbox.clone() };
        report(&self.pack, &inbox, workbooks.into_values().collect())
    }
}

fn report(pack: &Pack, inbox: &Inbox, workbooks: Vec<Workbook>) -> Report {
    let ran = pipeline::judge(pack, inbox, workbooks, &Options::default(), &Silent);
    ran.map(|ran| ran.report).unwrap_or_else(|error| panic!("{error}"))
}

/// `error total-mismatch monthly/2022-04 April return.xlsx Spend!F8`.
pub fn line(finding: &Finding) -> String {
    let workbook = finding.place.workbook.as_deref().unwrap_or("the inbox");
    format!("{} {} {workbook} {}", finding.severity, finding.code, finding.place.in_workbook()).trim_end().to_owned()
}

/// The errors and warnings of a report that another does not have. An explained error is told from one that stands.
pub fn new_findings<'r>(report: &'r Report, before: &Report) -> Vec<&'r Finding> {
    let known: Vec<(String, bool)> = before.findings.iter().map(|one| (line(one), one.explained.is_some())).collect();
    let weighty = report.findings.iter().filter(|finding| finding.severity != Severity::Info);
    weighty.filter(|finding| !known.contains(&(line(finding), finding.explained.is_some()))).collect()
}
