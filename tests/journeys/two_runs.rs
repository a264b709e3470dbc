//! Two runs at once on one output folder, and a run while somebody verifies.

use std::thread;

use crate::desk::Ended;
use crate::small_desk::{Made, has_rubbish, small_desk, small_desk_with, started};

/// What the second of two runs says, whoever the first is.
fn is_told(ended: &Ended) -> bool {
    let said = ended.err.trim_end();
    ended.status == 2
        && ended.out.is_empty()
        && said.starts_with("Another run is writing to output")
        && said.ends_with(". Wait until it has ended, then run again.")
}

#[test]
fn of_many_at_once_some_write_and_the_others_are_told() {
    for desk in [small_desk(), small_desk_with(Made::OtherFinal)] {
        let runs: Vec<_> = (0..8).map(|run| if run % 2 == 0 { Made::Final } else { Made::Draft }).collect();
        let ended: Vec<Ended> = thread::scope(|scope| {
            let started: Vec<_> = runs.iter().map(|made| scope.spawn(|| desk.crosscast(&made.arguments()))).collect();
            started.into_iter().map(|run| run.join().unwrap()).collect()
        });
        let wrote: Vec<Made> =
            runs.iter().zip(&ended).filter(|(_, ended)| ended.status == 0).map(|(made, _)| *made).collect();
        assert!(!wrote.is_empty(), "{}", ended[0].err);
        for ended in ended.iter().filter(|ended| ended.status != 0) {
            assert!(is_told(ended), "{}{}", ended.out, ended.err);
        }
        assert!(wrote.iter().any(|made| desk.outputs() == made.files()), "{wrote:?} {:?}", desk.outputs());
        assert!(!has_rubbish(&desk.path("output")));
        // Whole: nothing but that it may be a DRAFT stands against it.
        let verified = desk.crosscast(&["verify", "output", "inbox"]);
        let differences: Vec<&str> = verified.out.lines().skip(2).map_while(|line| line.strip_prefix("  - ")).collect();
        if desk.outputs() == Made::Final.files() {
            assert_eq!((verified.status, differences), (0, vec![]), "{}", verified.err);
        } else {
            assert_eq!(differences.len(), 1, "{differences:?}{}", verified.err);
            assert!(differences[0].starts_with("It is a DRAFT"), "{differences:?}");
        }
    }
}

#[test]
fn who_verifies_during_a_run_does_not_disturb_it() {
    let desk = small_desk_with(Made::OtherFinal);
    for made in [Made::Final, Made::Draft, Made::OtherFinal] {
        let mut run = started(&desk, &made.arguments());
        while run.try_wait().unwrap().is_none() {
            let verified = desk.crosscast(&["verify", "output", "inbox of June"]);
            assert!((0..=2).contains(&verified.status), "{}", verified.err);
            assert!(verified.status == 2 || verified.err.is_empty(), "{}", verified.err);
            assert!(verified.status != 2 || verified.err.starts_with("It cannot be told: "), "{}", verified.err);
        }
        let ended = Ended::of(run.wait_with_output().unwrap());
        assert_eq!((ended.status, ended.err.as_str()), (0, ""));
        assert_eq!(desk.outputs(), made.files());
    }
    assert_eq!(desk.crosscast(&["verify", "output", "inbox of June"]).status, 0);
}

/// The first run is stopped for a while, so that it is certain to be at work.
#[cfg(unix)]
mod stopped {
    use super::*;
    use crate::desk::marks;
    use crate::small_desk::stopped::{go_on, stopped_at};

    #[test]
    fn the_second_is_told_at_once_who_is_first() {
        let desk = small_desk_with(Made::Final);
        let (first, made) = stopped_at(&desk, [Made::Draft, Made::OtherFinal], ".crosscast-held-by");
        let before = marks(&desk.path("output"));
        let second = desk.crosscast(&Made::OtherFinal.arguments());
        assert!(is_told(&second), "{}", second.err);
        let process = format!("Another run is writing to output (process {}", first.id());
        let rest = second.err.strip_prefix(&process).unwrap_or_else(|| panic!("{}", second.err));
        assert!(rest.contains(", since ") && rest.contains(" UTC). Wait until"), "{rest}");
        assert_eq!(before, marks(&desk.path("output")));
        // Checking needs no output folder.
        assert_eq!(desk.crosscast(&["check", "inbox"]).status, 0);
        // Nor is another folder held.
        let elsewhere = [&Made::Final.arguments()[..], &["--output", "elsewhere"]].concat();
        assert_eq!(desk.crosscast(&elsewhere).status, 0);

        let first = go_on(first);
        assert_eq!((first.status, first.err.as_str()), (0, ""));
        assert_eq!(desk.outputs(), made.files());
        assert_eq!(desk.crosscast(&Made::OtherFinal.arguments()).status, 0);
        assert_eq!(desk.outputs(), Made::OtherFinal.files());
    }

    #[test]
    fn who_verifies_while_outputs_are_exchanged_is_told_so() {
        let desk = small_desk_with(Made::OtherFinal);
        let (run, made) = stopped_at(&desk, [Made::Final, Made::OtherFinal], ".crosscast-staging/journal.json");
        let before = marks(&desk.path("output"));
        let inbox = made.arguments()[1];
        let verified = desk.crosscast(&["verify", "output", inbox]);
        assert_ne!(verified.status, 0, "{}", verified.out);
        let said = format!("{}{}", verified.out, verified.err);
        assert!(said.contains("un was cut off while it wrote") && said.contains("or is writing"), "{said}");
        assert_eq!(before, marks(&desk.path("output")), "verify only reads");

        assert_eq!(go_on(run).status, 0);
        assert_eq!(desk.crosscast(&["verify", "output", inbox]).status, 0);
        assert_eq!(desk.outputs(), made.files());
    }
}
