//! The disk is full: earlier outputs are as they were, and the message says what to do.

#![cfg(unix)]

use std::process::Command;

use crate::desk::{Desk, Ended, marks};
use crate::small_desk::{Made, has_rubbish, outputs_of, small_desk, small_desk_with};

/// The program where no file can grow beyond so many blocks of 512 bytes: to a program, that is a full disk.
fn with_room_for(blocks: u32, desk: &Desk, arguments: &[&str]) -> Ended {
    let script = format!("trap '' XFSZ; ulimit -f {blocks} && exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_crosscast")]).args(arguments).current_dir(desk.path(""));
    Ended::of(command.output().unwrap())
}

#[test]
fn earlier_outputs_are_as_they_were() {
    // No file at all; the note of who holds the folder; the report; the page, in the middle.
    for blocks in [0, 1, 2, 10] {
        let desk = small_desk_with(Made::Final);
        let before = marks(&desk.path(""));
        let ended = with_room_for(blocks, &desk, &Made::Draft.arguments());
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{blocks}: {}", ended.err);
        let (said, what_to_do) = ended.err.split_once(" (").unwrap();
        assert_eq!(said, "Nothing can be written to the output folder output", "{blocks}");
        let what_to_do = what_to_do.split_once("). ").unwrap().1;
        assert_eq!(
            what_to_do,
            "Choose a folder that you may write to, or make room on its disk. The earlier outputs are as they were.\n"
        );
        assert_eq!(before, marks(&desk.path("")), "{blocks}");
        assert!(!has_rubbish(&desk.path("output")), "{blocks}");
        let ended = desk.crosscast(&["verify", "output", "inbox"]);
        assert_eq!(ended.status, 0, "{blocks}: {}", ended.out);
    }
}

#[test]
fn a_first_run_leaves_nothing() {
    let desk = small_desk();
    let before = marks(&desk.path(""));
    let ended = with_room_for(10, &desk, &Made::Final.arguments());
    assert_eq!(ended.status, 2, "{}", ended.err);
    assert_eq!(before, marks(&desk.path("")));
    assert!(!desk.path("output").exists());
}

/// The near miss: there is room for each of the files.
#[test]
fn with_room_enough_all_is_written() {
    let desk = small_desk_with(Made::Final);
    let ended = with_room_for(2000, &desk, &Made::Draft.arguments());
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
    let written: Vec<String> = outputs_of(&desk.path("output")).into_iter().map(|(path, _)| path).collect();
    assert_eq!(written, Made::Draft.files());
}
