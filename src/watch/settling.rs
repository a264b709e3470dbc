//! Waiting until the inbox has come to rest: nothing is judged that is still being copied.

use super::Look;

/// After so many looks the inbox is judged as it is, though something in it still changes: one file that never comes to rest
/// must not keep all the others from being judged.
pub const MOST_LOOKS: usize = 60;

/// What a look says of the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It is as it was when it was judged last.
    Quiet,
    /// It is as it was when it was judged last, and for so long that the workbooks are to be read again all the same: a file
    /// can be another one with the same length and time.
    LookClosely,
    /// Something changes, or changed since the last look. These workbooks are waited for, since so many looks.
    Moving {
        /// The workbooks, by path, sorted; none where other things change.
        workbooks: Vec<String>,
        /// How many looks in a row found something moving, from 1.
        looks: usize,
    },
    /// It is another one than was judged, and has come to rest.
    AtRest,
    /// It is another one than was judged, and does not come to rest: it is to be judged as it is.
    NeverAtRest,
}

/// The looks so far.
#[derive(Debug)]
pub struct Settling {
    last: Option<Look>,
    moving: usize,
    quiet: usize,
    close_look_after: usize,
}

impl Settling {
    /// Nothing was seen yet. After so many quiet looks a close one is due.
    pub fn new(close_look_after: usize) -> Self {
        Self { last: None, moving: 0, quiet: 0, close_look_after: close_look_after.max(1) }
    }

    /// Takes a look and says what it means, held against the look that was judged last.
    ///
    /// A workbook has come to rest when two looks in a row found the same length and time, and nobody has it to himself.
    pub fn look(&mut self, now: &Look, judged: Option<&Look>) -> Settled {
        let last = self.last.replace(now.clone());
        if judged == Some(now) {
            self.moving = 0;
            self.quiet += 1;
            if self.quiet < self.close_look_after {
                return Settled::Quiet;
            }
            self.quiet = 0;
            return Settled::LookClosely;
        }
        self.quiet = 0;
        self.moving += 1;
        let is_free = now.workbooks.values().all(|seen| !seen.is_taken);
        let is_at_rest = is_free && last.as_ref() == Some(now);
        if is_at_rest || self.moving >= MOST_LOOKS {
            self.moving = 0;
            return if is_at_rest { Settled::AtRest } else { Settled::NeverAtRest };
        }
        let taken = now.workbooks.iter().filter(|(_, seen)| seen.is_taken).map(|(path, _)| path.clone());
        let mut workbooks: Vec<String> = now.differing(&last.unwrap_or_default()).into_iter().chain(taken).collect();
        workbooks.retain(|path| now.workbooks.contains_key(path));
        workbooks.sort();
        workbooks.dedup();
        Settled::Moving { workbooks, looks: self.moving }
    }

    /// The inbox could not be looked at: when it is back it has to come to rest anew.
    pub fn lose_sight(&mut self) {
        self.last = None;
        self.moving = 0;
        self.quiet = 0;
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::super::Seen;
    use super::*;

    fn seen(length: u64, second: u64) -> Seen {
        let modified = Some(SystemTime::UNIX_EPOCH + Duration::from_secs(second));
        Seen { length, modified, ..Seen::default() }
    }

    fn look(workbooks: &[(&str, Seen)]) -> Look {
        let workbooks = workbooks.iter().map(|(path, seen)| ((*path).to_owned(), *seen)).collect();
        Look { workbooks, ..Look::default() }
    }

    fn moving(workbooks: &[&str], looks: usize) -> Settled {
        Settled::Moving { workbooks: workbooks.iter().map(|path| (*path).to_owned()).collect(), looks }
    }

    #[test]
    fn a_file_that_grows_is_waited_for() {
        let mut settling = Settling::new(100);
        let empty = look(&[]);
        for (length, second, expected) in [
            (10, 1, moving(&["a.xlsx"], 1)),
            (20, 2, moving(&["a.xlsx"], 2)),
            // The same length at another time: it is written over in place.
            (20, 3, moving(&["a.xlsx"], 3)),
            (20, 3, Settled::AtRest),
        ] {
            let now = look(&[("a.xlsx", seen(length, second))]);
            assert_eq!(settling.look(&now, Some(&empty)), expected);
        }
        let judged = look(&[("a.xlsx", seen(20, 3))]);
        assert_eq!(settling.look(&judged, Some(&judged)), Settled::Quiet);
    }

    #[test]
    fn a_workbook_that_another_program_has_to_itself_is_waited_for() {
        let mut settling = Settling::new(100);
        let judged = look(&[("b.xlsx", seen(5, 1))]);
        let taken = look(&[("a.xlsx", Seen { is_taken: true, ..seen(20, 3) }), ("b.xlsx", seen(5, 1))]);
        assert_eq!(settling.look(&taken, Some(&judged)), moving(&["a.xlsx", "b.xlsx"], 1), "nothing was seen before");
        assert_eq!(settling.look(&taken, Some(&judged)), moving(&["a.xlsx"], 2));
        assert_eq!(settling.look(&taken, Some(&judged)), moving(&["a.xlsx"], 3));
        let free = look(&[("a.xlsx", seen(20, 3)), ("b.xlsx", seen(5, 1))]);
        assert_eq!(settling.look(&free, Some(&judged)), moving(&["a.xlsx"], 4), "it was freed just now");
        assert_eq!(settling.look(&free, Some(&judged)), Settled::AtRest);
    }

    #[test]
    fn a_workbook_that_is_open_in_excel_is_not_waited_for() {
        let mut settling = Settling::new(100);
        let judged = look(&[("a.xlsx", seen(5, 1))]);
        assert_eq!(settling.look(&judged, Some(&judged)), Settled::Quiet);
        let open = look(&[("a.xlsx", Seen { open_in: Some("Excel"), ..seen(5, 1) })]);
        assert_eq!(settling.look(&open, Some(&judged)), moving(&["a.xlsx"], 1));
        assert_eq!(settling.look(&open, Some(&judged)), Settled::AtRest);
    }

    #[test]
    fn what_never_comes_to_rest_is_judged_as_it_is() {
        let mut settling = Settling::new(100);
        for number in 1..=MOST_LOOKS {
            let now = look(&[("log.xlsx", seen(number as u64, 1))]);
            let settled = settling.look(&now, None);
            if number < MOST_LOOKS {
                assert_eq!(settled, moving(&["log.xlsx"], number));
            } else {
                assert_eq!(settled, Settled::NeverAtRest);
            }
        }
    }

    #[test]
    fn what_is_removed_comes_to_rest_too() {
        let mut settling = Settling::new(100);
        let judged = look(&[("a.xlsx", seen(5, 1))]);
        assert_eq!(settling.look(&look(&[]), Some(&judged)), moving(&[], 1));
        // A program that saves takes the file away for a moment.
        assert_eq!(settling.look(&judged, Some(&judged)), Settled::Quiet);
        assert_eq!(settling.look(&look(&[]), Some(&judged)), moving(&[], 1));
        assert_eq!(settling.look(&look(&[]), Some(&judged)), Settled::AtRest);
    }

    #[test]
    fn other_files_and_folders_count() {
        let judged = look(&[("a.xlsx", seen(5, 1))]);
        let others = Look { others: vec!["notes.txt".to_owned()], ..judged.clone() };
        let unread = Look { unread_folders: vec![("b".to_owned(), "refused".to_owned())], ..judged.clone() };
        for now in [others, unread] {
            let mut settling = Settling::new(100);
            assert_eq!(settling.look(&judged, Some(&judged)), Settled::Quiet);
            assert_eq!(settling.look(&now, Some(&judged)), moving(&[], 1));
            assert_eq!(settling.look(&now, Some(&judged)), Settled::AtRest);
        }
    }

    #[test]
    fn now_and_then_a_close_look_is_due() {
        let mut settling = Settling::new(3);
        let judged = look(&[("a.xlsx", seen(5, 1))]);
        let mut looks = || settling.look(&judged, Some(&judged));
        assert_eq!([looks(), looks(), looks()], [Settled::Quiet, Settled::Quiet, Settled::LookClosely]);
        assert_eq!([looks(), looks(), looks()], [Settled::Quiet, Settled::Quiet, Settled::LookClosely]);
    }

    #[test]
    fn a_folder_that_is_back_has_to_come_to_rest_anew() {
        let mut settling = Settling::new(100);
        let now = look(&[("a.xlsx", seen(5, 1))]);
        assert_eq!(settling.look(&now, None), moving(&["a.xlsx"], 1));
        settling.lose_sight();
        assert_eq!(settling.look(&now, None), moving(&["a.xlsx"], 1));
        assert_eq!(settling.look(&now, None), Settled::AtRest);
    }
}
