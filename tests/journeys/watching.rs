//! The drop folder: `crosscast watch` sees what comes in, changes and goes, and keeps the outputs current.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::desk::{DRAFT, Desk, Ended, FINAL, marks, put};
use crate::small_desk::{Made, has_rubbish, meetings, small_desk, small_desk_with};
use crate::watched::Watched;

const WORKBOOK: &str = "Meetings 2022-23.ods";
/// The whole year is reported, so that the appendix is final.
const YEAR: [&str; 2] = ["--to", "2023-03"];
const IS_FINAL: &str = "Nothing stands against publication. The committee's appendix is final: output/for-committee/committee-appendix.pdf";
const IS_DRAFT: &str = "DRAFT: 1 error and 5 checks that did not run stand against publication: output/for-committee/committee-appendix-DRAFT.pdf";
const NONE_YET: &str = "There are no workbooks in inbox yet. Waiting for the first.";
const WITHDRAWN: &str =
    "The final appendix was made from other workbooks, so it has been taken away from output/for-committee.";

/// A small desk with nothing in its inbox.
fn empty_desk() -> Desk {
    let desk = small_desk();
    desk.take(WORKBOOK);
    desk
}

#[test]
fn a_day_of_a_drop_folder() {
    let desk = empty_desk();
    let mut watched = Watched::start(&desk, &YEAR);
    watched.hears("Watching inbox. The outputs go to output. Ctrl-C ends it.");
    watched.hears(NONE_YET);
    assert!(!desk.path("output").exists());

    desk.put(WORKBOOK, &meetings(7));
    watched.hears("Meetings 2022-23.ods came in: no findings in it");
    watched.hears(IS_FINAL);
    assert_eq!(desk.outputs(), FINAL);
    assert!(desk.appendix("").contains("7 people came"));

    // A bad file is a finding, and the others go on.
    desk.put("Meetings [old].xlsx", b"no workbook");
    watched.hears("Meetings [old].xlsx came in: +1 error");
    watched.hears("error  Meetings [old].xlsx  ");
    watched.hears(IS_DRAFT);
    assert_eq!(desk.outputs(), DRAFT);
    // So is another bad file in its place: it is not the same bytes.
    desk.put("Meetings [old].xlsx", b"no workbook either");
    watched.hears("Meetings [old].xlsx changed: no other findings in it than before");
    desk.take("Meetings [old].xlsx");
    watched.hears("Meetings [old].xlsx removed: -1 error");
    watched.hears(IS_FINAL);
    assert_eq!(desk.outputs(), FINAL);

    desk.put(WORKBOOK, &meetings(9));
    watched.hears("Meetings 2022-23.ods changed: no other findings in it than before");
    assert!(desk.appendix("").contains("9 people came"));

    // Several at once are one run: what one takes from the other is said at the other.
    desk.rename(WORKBOOK, "registers/Meetings 2022-23.ods");
    watched.hears("Meetings 2022-23.ods removed");
    watched.hears("registers/Meetings 2022-23.ods came in: no findings in it");
    assert_eq!(watched.times("DRAFT"), 1);

    desk.take("registers/Meetings 2022-23.ods");
    watched.hears("There are no workbooks in inbox any more. Waiting for some.");
    watched.hears(WITHDRAWN);
    assert_eq!(desk.outputs(), &FINAL[2..], "nobody can publish an appendix whose workbooks are gone");
    let verified = desk.crosscast(&["verify", "output", "inbox of June", "--schemas", "schemas"]);
    assert_eq!(verified.status, 1, "{}", verified.err);
    assert!(verified.out.contains("for-committee/committee-appendix.pdf is not there."), "{}", verified.out);

    desk.put(WORKBOOK, &meetings(7));
    watched.hears(IS_FINAL);
    assert_eq!(desk.outputs(), FINAL);
}

#[test]
fn a_workbook_that_is_being_copied_is_waited_for() {
    const EVERY: Duration = Duration::from_secs(1);

    let desk = empty_desk();
    let mut watched = Watched::of(desk.command(&["watch", "inbox", "--every", "1", "--to", "2023-03"]));
    watched.hears(NONE_YET);
    let bytes = meetings(7);
    let (first, second) = bytes.split_at(bytes.len() / 2);
    let mut file = File::create(desk.path("inbox").join(WORKBOOK)).unwrap();
    file.write_all(first).unwrap();
    // The second half comes in small parts, for longer than a look or two.
    let (mut last, mut longest_pause) = (Instant::now(), Duration::ZERO);
    for part in second.chunks(second.len() / 40) {
        thread::sleep(Duration::from_millis(100));
        file.write_all(part).unwrap();
        longest_pause = longest_pause.max(last.elapsed());
        last = Instant::now();
    }
    drop(file);
    watched.hears(IS_FINAL);
    // On a machine that is too busy to write in time, nothing is told by this.
    if longest_pause < EVERY {
        assert_eq!(watched.said[2], "Meetings 2022-23.ods came in: no findings in it", "{:#?}", watched.said);
    } else {
        println!("SKIPPED: the parts were written {longest_pause:?} apart");
    }
}

#[test]
fn a_folder_that_vanishes_is_waited_for() {
    let desk = small_desk();
    let mut watched = Watched::start(&desk, &YEAR);
    watched.hears("1 workbook in the inbox: no error stands, 0 explained, 0 warnings");
    watched.hears(IS_FINAL);
    let before = marks(&desk.path("output"));
    fs::rename(desk.path("inbox"), desk.path("elsewhere")).unwrap();
    watched.hears("There is no folder at inbox, or its drive is not connected. The outputs stay as they are.");
    thread::sleep(Duration::from_secs(1));
    assert_eq!(marks(&desk.path("output")), before, "they are of what was there");
    fs::rename(desk.path("elsewhere"), desk.path("inbox")).unwrap();
    watched.hears("inbox is there again.");
    desk.put(WORKBOOK, &meetings(8));
    watched.hears("Meetings 2022-23.ods changed");
    assert_eq!((watched.times("There is no folder"), watched.times("inbox is there")), (1, 1));
    assert_eq!((watched.times("1 workbook"), watched.times("Nothing stands")), (1, 1), "{:#?}", watched.said);
}

#[test]
fn nothing_can_be_made_of_the_inbox() {
    let desk = small_desk_with(Made::Final);
    let before = marks(&desk.path("output"));
    let mut watched = Watched::start(&desk, &["--year", "2099"]);
    watched.hears("Nothing can be made of the inbox as it is:");
    watched.hears("The pack has no year named 2099. It has: 2022-23.");
    watched.hears("The outputs stay as they are.");
    assert_eq!(marks(&desk.path("output")), before, "they were made from just these workbooks");
    desk.put(WORKBOOK, &meetings(8));
    watched.hears(WITHDRAWN);
    assert_eq!(desk.outputs(), &FINAL[2..]);
}

#[test]
fn the_pack_is_read_again_when_it_changes() {
    let desk = small_desk();
    let mut watched = Watched::start(&desk, &YEAR);
    watched.hears(IS_FINAL);
    let before = marks(&desk.path("output"));
    desk.edit_pack("appendix.md", "FROM meetings", "FROM meeting");
    watched.hears("The pack was changed and cannot be used as it is.");
    watched.hears("The pack has 1 mistake:");
    watched.hears("  appendix.md, line 13, query: no such table: meeting.");
    desk.put(WORKBOOK, &meetings(8));
    // Nothing is made of the changed workbook, and the final appendix of the one before is not left to be published.
    watched.hears("The workbooks have changed while nothing can be made.");
    watched.hears(WITHDRAWN);
    assert_eq!(marks(&desk.path("output")), before[2..]);
    desk.edit_pack("appendix.md", "FROM meeting", "FROM meetings");
    watched.hears("The pack is again as it was.");
    watched.hears("Meetings 2022-23.ods changed");
    desk.edit_pack("appendix.md", "people came.", "persons came.");
    watched.hears("The pack was changed: all workbooks are read again.");
    let appendix = desk.path("output/for-committee/committee-appendix.html");
    wait_until(|| fs::read_to_string(&appendix).is_ok_and(|text| text.contains("persons came")));
    assert_eq!(watched.times("The pack was changed and"), 1);
}

#[test]
fn outputs_that_cannot_be_written_are_tried_again() {
    let desk = small_desk_with(Made::Final);
    let page = desk.path("output/for-officers/findings.html");
    fs::remove_file(&page).unwrap();
    fs::create_dir(&page).unwrap();
    put(&page.join("mine.txt"), b"mine");
    let mut watched = Watched::start(&desk, &YEAR);
    let said = watched.hears("output/for-officers/findings.html is a folder, and an output has that name.");
    assert!(said.ends_with("It is tried again at every look."), "{said}");
    thread::sleep(Duration::from_secs(1));
    fs::remove_dir_all(&page).unwrap();
    watched.hears(IS_FINAL);
    assert_eq!((desk.outputs(), watched.times("output/for-officers")), (FINAL.map(str::to_owned).to_vec(), 1));
    // Outputs that somebody removes are made again.
    fs::remove_dir_all(desk.path("output")).unwrap();
    watched.hears("Outputs are gone from output. They are made again.");
    wait_until(|| desk.path("output/manifest.json").exists() && !has_rubbish(&desk.path("output")));
    assert_eq!(desk.outputs(), FINAL);
    let appendix = desk.path("output/for-committee/committee-appendix.pdf");
    fs::remove_file(&appendix).unwrap();
    wait_until(|| appendix.exists() && !has_rubbish(&desk.path("output")));
    assert_eq!(watched.times("Outputs are gone"), 1);
}

#[test]
fn what_an_officer_wrote_in_an_output_is_kept() {
    let desk = small_desk();
    let mut watched = Watched::start(&desk, &YEAR);
    watched.hears(IS_FINAL);
    let changed = "output/for-officers/consolidated.xlsx";
    put(&desk.path(changed), b"filled in");
    // That alone is no reason to write.
    thread::sleep(Duration::from_secs(1));
    assert_eq!(fs::read(desk.path(changed)).unwrap(), b"filled in");
    desk.put(WORKBOOK, &meetings(8));
    let said = watched.hears("You changed ");
    assert_eq!(
        said,
        "You changed for-officers/consolidated.xlsx: it is kept as for-officers/consolidated (yours).xlsx."
    );
    drop(watched);
    assert_eq!(desk.output("for-officers/consolidated (yours).xlsx"), "filled in");
    assert_eq!(desk.consolidated("Meetings").len(), 5, "the new one is in its place");

    // A run says so too.
    put(&desk.path(changed), b"filled in again");
    let ended = desk.run(&YEAR);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    assert!(ended.out.ends_with(&format!("\n{}\n", said.replace("(yours)", "(yours 2)"))), "{}", ended.out);
    assert_eq!(desk.output("for-officers/consolidated (yours).xlsx"), "filled in");
    assert_eq!(desk.output("for-officers/consolidated (yours 2).xlsx"), "filled in again");
}

/// Waits until something holds; the machine may be busy.
fn wait_until(mut holds: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < until, "it never does");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn once_for_a_task_scheduler() {
    let desk = small_desk();
    let once =
        |arguments: &[&str]| desk.crosscast(&[&["watch", "inbox", "--once", "--every", "0.1"], arguments].concat());
    let first = once(&YEAR);
    assert_eq!((first.status, first.err.as_str()), (0, ""), "{}", first.out);
    assert!(first.out.contains("Written\n  output\n"), "what run prints: {}", first.out);
    assert_eq!(desk.outputs(), FINAL);

    let before = marks(&desk.path("output"));
    let second = once(&YEAR);
    assert_eq!((second.status, second.err.as_str()), (0, ""));
    assert!(second.out.starts_with("Nothing has changed since "), "{}", second.out);
    assert!(
        second.out.ends_with(" UTC: nothing is written to output. Nothing stands against publication.\n"),
        "{}",
        second.out
    );
    assert_eq!(marks(&desk.path("output")), before, "not even the time");

    // What an officer wrote is no change of what was read; but another workbook, another option or an output that is gone is.
    put(&desk.path("output/for-officers/consolidated.xlsx"), b"filled in");
    assert!(once(&YEAR).out.starts_with("Nothing has changed"));
    fs::remove_file(desk.path("output/for-committee/committee-appendix.html")).unwrap();
    let third = once(&YEAR);
    assert!(third.out.contains("You changed for-officers/consolidated.xlsx: it is kept as "), "{}", third.out);
    assert!(once(&["--to", "2022-08"]).out.contains("committee-appendix-DRAFT.pdf"));
    desk.put("Meetings [old].xlsx", b"no workbook");
    assert_eq!(once(&YEAR).status, 1);
    let again = once(&YEAR);
    assert_eq!(again.status, 1);
    assert!(
        again.out.ends_with(
            "nothing is written to output. 1 error and 5 checks that did not run stand against publication.\n"
        ),
        "{}",
        again.out
    );

    let cannot = once(&["--year", "2099"]);
    assert_eq!((cannot.status, cannot.out.as_str()), (2, ""), "as run");
    fs::remove_dir_all(desk.path("inbox")).unwrap();
    fs::create_dir(desk.path("inbox")).unwrap();
    let empty = once(&YEAR);
    assert_eq!(empty.status, 2);
    assert!(empty.err.starts_with("There are no workbooks ("), "{}", empty.err);
}

#[test]
fn two_watchers_of_one_folder() {
    let desk = small_desk();
    let mut one = Watched::start(&desk, &YEAR);
    let mut two = Watched::start(&desk, &YEAR);
    one.hears(IS_FINAL);
    two.hears(IS_FINAL);
    desk.put(WORKBOOK, &meetings(8));
    one.hears("Meetings 2022-23.ods changed");
    two.hears("Meetings 2022-23.ods changed");
    assert!(desk.appendix("").contains("8 people came"));
    assert_eq!(desk.outputs(), FINAL);
    drop(one);
    desk.put(WORKBOOK, &meetings(9));
    two.hears("Meetings 2022-23.ods changed");
    assert!(desk.appendix("").contains("9 people came"));
}

/// The program in a folder of its own, as an officer unpacks it; linked, not copied: a program that has just been written may
/// be busy.
fn program_in(folder: &Path) -> Command {
    let program = folder.join(Path::new(env!("CARGO_BIN_EXE_crosscast")).file_name().unwrap());
    if !program.exists() {
        fs::hard_link(env!("CARGO_BIN_EXE_crosscast"), &program).unwrap();
    }
    let mut command = Command::new(&program);
    command.env("CROSSCAST_NO_BROWSER", "1").env_remove("NO_COLOR");
    command
}

#[test]
fn started_without_arguments_beside_an_inbox() {
    // Where it is started from does not matter: that folder has a pack and an inbox of its own.
    let elsewhere = small_desk();
    let desk = small_desk();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    fs::rename(desk.path("schemas"), folder.path().join("schemas")).unwrap();
    fs::create_dir(folder.path().join("inbox")).unwrap();
    let mut command = program_in(folder.path());
    command.current_dir(elsewhere.path(""));
    let mut watched = Watched::of(command);
    watched.hears("Watching ");
    watched.hears("There are no workbooks in ");
    put(&folder.path().join("inbox").join(WORKBOOK), &meetings(7));
    watched.hears("Meetings 2022-23.ods came in");
    let page = folder.path().join("output").join("for-officers").join("findings.html");
    let said = watched.hears("The findings page is ");
    assert_eq!(Path::new(said.strip_prefix("The findings page is ").unwrap()), page.as_path());
    assert!(page.exists() && !elsewhere.path("output").exists());
    put(&folder.path().join("inbox").join(WORKBOOK), &meetings(8));
    watched.hears("Meetings 2022-23.ods changed");
    assert_eq!(watched.times("The findings page"), 1, "once is enough");
}

#[test]
fn started_without_arguments_and_without_an_inbox() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let ended = Ended::of(program_in(folder.path()).current_dir(folder.path()).output().unwrap());
    assert_eq!((ended.status, ended.out.as_str()), (2, ""));
    assert!(ended.err.contains("Usage: crosscast <COMMAND>"), "{}", ended.err);
    assert!(
        ended.err.ends_with(
            "\nTo have a folder watched without typing a command, make a folder named inbox beside this program, put the \
             workbooks in, and start it again.\n"
        ),
        "{}",
        ended.err
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing was written");
}

#[cfg(unix)]
mod stopped {
    use super::*;
    use crate::small_desk::stopped::{go_on, stopped_at};

    #[test]
    fn ctrl_c_ends_it_and_leaves_the_outputs_whole() {
        let desk = empty_desk();
        let mut watched = Watched::start(&desk, &YEAR);
        watched.hears(NONE_YET);
        assert_eq!(watched.stop(), (Some(0), "Stopped. No outputs were made.".to_owned()));

        desk.put(WORKBOOK, &meetings(7));
        let mut watched = Watched::start(&desk, &YEAR);
        watched.hears(IS_FINAL);
        let (status, said) = watched.stop();
        assert_eq!(status, Some(0));
        let time = said.strip_prefix("Stopped. The outputs are those of ").unwrap_or_else(|| panic!("{said}"));
        assert!(time.len() == 6 && time.ends_with('.') && &time[2..3] == ":", "{time}");
        assert!(!has_rubbish(&desk.path("output")));
        assert_eq!(desk.crosscast(&["verify", "output", "inbox"]).status, 0);
    }

    /// Whatever it is at: what is there afterwards is whole, and nothing is left half done.
    #[test]
    fn ctrl_c_at_any_moment() {
        let desk = small_desk();
        for moment in 0..12 {
            desk.put(WORKBOOK, &meetings(moment));
            let mut watched = Watched::start(&desk, &YEAR);
            watched.hears("Watching ");
            thread::sleep(Duration::from_millis(200 + 40 * u64::from(moment)));
            let (status, said) = watched.stop();
            assert_eq!(status, Some(0), "{said}");
            assert!(said.starts_with("Stopped. "), "{said}");
            assert!(!has_rubbish(&desk.path("output")), "moment {moment}");
            let outputs = if desk.path("output").exists() { desk.outputs() } else { Vec::new() };
            assert!(outputs.is_empty() || outputs == FINAL, "{outputs:?}");
        }
    }

    #[test]
    fn an_output_folder_that_another_run_holds_is_waited_for() {
        let desk = small_desk();
        let (run, _) = stopped_at(&desk, [Made::Draft, Made::OtherFinal], ".crosscast-held-by");
        let mut watched = Watched::start(&desk, &YEAR);
        watched.hears("Another run is writing to output (process ");
        thread::sleep(Duration::from_secs(3));
        assert_eq!(go_on(run).status, 0);
        watched.hears(IS_FINAL);
        assert_eq!(watched.times("Another run"), 1);
        assert_eq!(desk.outputs(), FINAL);
        assert!(desk.appendix("").contains("7 people came"));
    }
}
