//! What is other in the inbox than when it was judged last.

use std::collections::BTreeMap;

use crate::model::{Finding, NotRun, Report};

/// An inbox that was judged: its workbooks, and what was found. The default is an empty inbox.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judged {
    /// The workbooks by their paths as outputs show them: the SHA-256 of each, and the program that had it open.
    workbooks: BTreeMap<String, (String, Option<&'static str>)>,
    pub(super) findings: Vec<Finding>,
    pub(super) not_run: Vec<NotRun>,
}

impl Judged {
    /// What a run made of the inbox. `open_in` has the programs that had workbooks open, by the paths of the report.
    pub fn of(report: &Report, open_in: &BTreeMap<String, &'static str>) -> Self {
        let known = report.workbooks.iter().map(|workbook| {
            let program = open_in.get(&workbook.path).copied();
            (workbook.path.clone(), (workbook.sha256.clone(), program))
        });
        Self { workbooks: known.collect(), findings: report.findings.clone(), not_run: report.not_run.clone() }
    }

    /// Whether it held no workbook.
    pub fn is_empty(&self) -> bool {
        self.workbooks.is_empty()
    }
}

/// What became of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It was not there before.
    CameIn,
    /// It holds something else.
    Changed,
    /// It is no longer there.
    Removed,
    /// A program has opened it.
    Opened(&'static str),
    /// The program that had it open has closed it.
    Closed,
}

/// A workbook of which something is other than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its path below the inbox, as outputs show it.
    pub path: String,
    /// What became of it.
    pub what: What,
}

/// What is other in one inbox than in the other, sorted by path: each workbook once. One that was written again with the same
/// bytes is not other.
pub fn changes(before: &Judged, after: &Judged) -> Vec<Change> {
    let mut changes = Vec::new();
    for (path, (mark, open_in)) in &after.workbooks {
        let what = match before.workbooks.get(path) {
            None => What::CameIn,
            Some((other, _)) if other != mark => What::Changed,
            Some((_, before)) if before == open_in => continue,
            Some(_) => open_in.map_or(What::Closed, What::Opened),
        };
        changes.push(Change { path: path.clone(), what });
    }
    let gone = before.workbooks.keys().filter(|path| !after.workbooks.contains_key(*path));
    changes.extend(gone.map(|path| Change { path: path.clone(), what: What::Removed }));
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    changes
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// An inbox by the paths and marks of its workbooks, and what was found in it.
    pub fn judged(workbooks: &[(&str, &str)], findings: Vec<Finding>) -> Judged {
        let known = workbooks.iter().map(|(path, mark)| ((*path).to_owned(), ((*mark).to_owned(), None)));
        Judged { workbooks: known.collect(), findings, not_run: Vec::new() }
    }

    fn told(before: &Judged, after: &Judged) -> Vec<(String, What)> {
        changes(before, after).into_iter().map(|change| (change.path, change.what)).collect()
    }

    #[test]
    fn workbooks_come_change_and_go() {
        let before = judged(&[("a.xlsx", "1"), ("b.xlsx", "2"), ("c.xlsx", "3")], Vec::new());
        let after = judged(&[("a.xlsx", "1"), ("b.xlsx", "9"), ("0.xlsx", "3")], Vec::new());
        assert_eq!(
            told(&before, &after),
            [
                ("0.xlsx".to_owned(), What::CameIn),
                ("b.xlsx".to_owned(), What::Changed),
                ("c.xlsx".to_owned(), What::Removed)
            ]
        );
        assert_eq!(told(&before, &before), []);
        assert_eq!(told(&Judged::default(), &before).len(), 3);
        assert!(Judged::default().is_empty() && !before.is_empty());
    }

    #[test]
    fn workbooks_are_opened_and_closed() {
        let closed = judged(&[("a.xlsx", "1")], Vec::new());
        let mut open = closed.clone();
        open.workbooks.insert("a.xlsx".to_owned(), ("1".to_owned(), Some("Excel")));
        assert_eq!(told(&closed, &open), [("a.xlsx".to_owned(), What::Opened("Excel"))]);
        assert_eq!(told(&open, &closed), [("a.xlsx".to_owned(), What::Closed)]);
        // Saved and still open: that it changed says more.
        open.workbooks.insert("a.xlsx".to_owned(), ("2".to_owned(), Some("Excel")));
        assert_eq!(told(&closed, &open), [("a.xlsx".to_owned(), What::Changed)]);
    }
}
