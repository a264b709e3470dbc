//! Which workbooks are named where it is said why a check did not run.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::NotRun;

/// The workbooks of which it is in doubt how far a check looked at them, by its code.
pub(super) struct Doubts<'a>(BTreeMap<&'a str, BTreeSet<&'a str>>);

impl<'a> Doubts<'a> {
    /// What is known not to have been judged in the workbooks at these paths.
    pub fn of(not_run: &'a [NotRun], paths: impl Iterator<Item = &'a str>) -> Self {
        let paths: BTreeSet<&str> = paths.collect();
        let mut doubts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for one in not_run {
            let doubtful = doubts.entry(&one.check).or_default();
            match in_brackets_at_the_end(&one.why).find_map(|name| paths.get(name)) {
                Some(path) => doubtful.extend([*path]),
                // It may be about any that it names, wherever that is.
                None => doubtful.extend(paths.iter().filter(|path| one.why.contains(**path))),
            }
        }
        Self(doubts)
    }

    /// Whether it is in doubt how far a check looked at the workbook at a path.
    pub fn are_of(&self, code: &str, path: &str) -> bool {
        self.0.get(code).is_some_and(|paths| paths.contains(path))
    }
}

/// What a sentence may have in brackets at its end, the longest first: the name of a file may have brackets itself.
fn in_brackets_at_the_end(why: &str) -> impl Iterator<Item = &str> {
    let inner = why.strip_suffix(").").unwrap_or_default();
    inner.match_indices('(').map(move |(at, bracket)| &inner[at + bracket.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workbooks_that_are_named() {
        let not_run = |why: &str| NotRun { check: "stale-result".to_owned(), why: why.to_owned(), required: false };
        let all = [
            not_run("Spend!F4 could not be read (April return.xlsx)."),
            not_run("2 (of 5) formulas were not recalculated (May return (2).xlsx)."),
            not_run("June return.xlsx has none."),
        ];
        let paths = ["April return.xlsx", "return.xlsx", "May return (2).xlsx", "2).xlsx", "June return.xlsx"];
        let doubts = Doubts::of(&all, paths.into_iter());
        let found: Vec<&str> = paths.into_iter().filter(|path| doubts.are_of("stale-result", path)).collect();
        // What is named in no brackets may be any that the sentence has; nothing is claimed of either.
        assert_eq!(found, ["April return.xlsx", "return.xlsx", "May return (2).xlsx", "June return.xlsx"]);
        assert!(!doubts.are_of("broken-name", "April return.xlsx"));
    }
}
