//! When the program cannot do its work: one clear message, exit 2, and earlier outputs as they were.

use std::fs;
use std::path::Path;

use crate::desk::{Desk, marks, put};
use crate::small_desk::{self, Made, small_desk, small_desk_with};

/// Runs what cannot work on a desk with earlier outputs, and gives the message.
fn refused(desk: &Desk, arguments: &[&str]) -> String {
    let before = marks(desk.path("").as_path());
    let ended = desk.crosscast(arguments);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{}", ended.err);
    assert_eq!(before, marks(desk.path("").as_path()), "something was changed on the desk");
    ended.err.trim_end().to_owned()
}

#[test]
fn there_is_no_inbox() {
    let desk = Desk::year_with_outputs();
    assert_eq!(
        refused(&desk, &["run", "inbx"]),
        "There is no folder at inbx. Give the folder that holds the workbooks."
    );
    assert_eq!(
        refused(&desk, &["check", "inbx"]),
        "There is no folder or file at inbx. Check the spelling, and that the drive is connected."
    );
}

#[test]
fn the_output_is_a_file() {
    let desk = Desk::year_with_outputs();
    put(&desk.path("report"), b"mine");
    assert_eq!(
        refused(&desk, &["run", "inbox", "--output", "report"]),
        "report is not a folder. Choose another output folder, or move what is there."
    );
}

#[test]
fn the_output_is_the_inbox() {
    let desk = Desk::year_with_outputs();
    for output in ["inbox", "inbox/funding/.."] {
        let message = refused(&desk, &["run", "inbox", "--output", output]);
        assert!(message.contains("cannot be written to the inbox"), "{message}");
    }
    // A folder below it is left out when it is read again.
    assert_eq!(desk.run(&["--output", "inbox/out"]).status, 0);
    let first = std::fs::read(desk.path("inbox/out/for-officers/findings.json")).unwrap();
    assert_eq!(desk.run(&["--output", "inbox/out"]).status, 0);
    assert_eq!(first, std::fs::read(desk.path("inbox/out/for-officers/findings.json")).unwrap());
}

/// Below the output folder, but not among the outputs, an inbox is as good as elsewhere.
#[test]
fn the_inbox_lies_among_the_outputs() {
    let desk = small_desk_with(Made::Final);
    put(&desk.path("output/for-officers/mine/Meetings.ods"), b"mine");
    for inbox in ["output/for-officers", "output/for-committee", "output/for-officers/mine"] {
        assert_eq!(
            refused(&desk, &["run", inbox]),
            format!(
                "The inbox {inbox} lies among the outputs in output, which a run replaces. Move the workbooks to another \
                 folder, or choose another folder with --output."
            )
        );
    }
    fs::remove_dir_all(desk.path("output/for-officers/mine")).unwrap();
    fs::rename(desk.path("inbox"), desk.path("output/for-officers of ours")).unwrap();
    let before = marks(&desk.path("output/for-officers of ours"));
    let ended = desk.crosscast(&["run", "output/for-officers of ours", "--to", "2022-08"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert_eq!(before, marks(&desk.path("output/for-officers of ours")));
}

#[test]
fn something_else_stands_where_the_appendix_will() {
    let desk = small_desk();
    put(&desk.path("output/for-committee"), b"mine");
    assert_eq!(
        refused(&desk, &Made::Final.arguments()),
        format!(
            "{} is not a folder. Choose another output folder, or move what is there.",
            Path::new("output").join("for-committee").display()
        )
    );
    fs::remove_file(desk.path("output/for-committee")).unwrap();
    put(&desk.path("output/for-committee/committee-appendix.pdf/mine"), b"mine");
    let message = refused(&desk, &Made::Final.arguments());
    assert!(message.ends_with("is a folder, and an output has that name. Move or rename it."), "{message}");
    // A file of somebody's beside it is nobody's concern.
    fs::remove_dir_all(desk.path("output/for-committee")).unwrap();
    put(&desk.path("output/for-committee/mine.pdf"), b"mine");
    assert_eq!(desk.crosscast(&Made::Final.arguments()).status, 0);
}

#[test]
fn the_output_folder_cannot_be_made() {
    let desk = small_desk();
    put(&desk.path("report"), b"mine");
    let mut places = vec!["report/output"];
    if cfg!(target_os = "linux") {
        // The system lets nobody make a folder there, not even an administrator.
        places.push("/proc/crosscast");
    }
    for place in places {
        let message = refused(&desk, &["run", "inbox", "--output", place]);
        let (said, why) = message.split_once(" (").unwrap();
        assert_eq!(said, format!("The output folder {place} cannot be made"));
        assert!(why.ends_with("). Choose a folder that you may write to."), "{message}");
    }
}

#[cfg(unix)]
#[test]
fn the_output_folder_is_moved_away_meanwhile() {
    use crate::small_desk::stopped::{go_on, stopped_at};

    let desk = small_desk_with(Made::Final);
    let (run, _) = stopped_at(&desk, [Made::Draft, Made::OtherFinal], ".crosscast-held-by");
    fs::rename(desk.path("output"), desk.path("last month")).unwrap();
    let before = small_desk::outputs_of(&desk.path("last month"));
    let ended = go_on(run);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{}", ended.err);
    assert_eq!(
        ended.err,
        "The output folder output was moved or removed while the run was working, or the file .crosscast-lock in it was. \
         Nothing has been written. Run again.\n"
    );
    assert!(!desk.path("output").exists());
    assert_eq!(before, small_desk::outputs_of(&desk.path("last month")));
    assert_eq!(desk.crosscast(&Made::Final.arguments()).status, 0);
}

#[test]
fn the_inbox_holds_no_workbook() {
    let desk = Desk::year_with_outputs();
    put(&desk.path("empty/notes.txt"), b"notes");
    assert_eq!(
        refused(&desk, &["run", "empty"]),
        "There are no workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) in empty. Give the folder that holds them."
    );
}

#[cfg(unix)]
#[test]
fn the_output_folder_is_read_only() {
    use std::fs::{Permissions, set_permissions, write};
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::year_with_outputs();
    let folders = ["output", "output/for-committee", "output/for-officers"];
    let allow =
        |mode| folders.iter().for_each(|at| set_permissions(desk.path(at), Permissions::from_mode(mode)).unwrap());
    allow(0o555);
    let probe = desk.path("output/probe");
    let message = if write(&probe, "").is_ok() {
        // An administrator may write into any folder but one that the system itself keeps.
        std::fs::remove_file(probe).unwrap();
        refused(&desk, &["run", "inbox", "--output", "/proc/self/output"])
    } else {
        refused(&desk, &["run", "inbox"])
    };
    allow(0o755);
    assert!(message.contains("output") && message.contains("Choose a folder that you may write to"), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
}

#[test]
fn a_year_or_month_that_is_not_there() {
    let desk = Desk::year_with_outputs();
    for (arguments, message) in [
        (["--year", "2022-32"], "The pack has no year named 2022-32. It has: 2022-23. Did you mean 2022-23?"),
        (["--to", "2023-04"], "April 2023 does not lie in the year 2022-23. Choose a month with --to as 2022-08."),
    ] {
        assert_eq!(refused(&desk, &[&["run", "inbox"], &arguments[..]].concat()), message);
    }
    assert!(refused(&desk, &["run", "inbox", "--to", "August"]).contains("not a month like 2022-04"));
}

#[test]
fn the_pack_is_not_there() {
    let desk = Desk::year_with_outputs();
    let message = refused(&desk, &["run", "inbox", "--schemas", "elsewhere"]);
    assert!(message.starts_with("elsewhere could not be read: "), "{message}");
    put(&desk.path("other/notes.md"), b"notes");
    assert_eq!(
        refused(&desk, &["run", "inbox", "--schemas", "other"]),
        "other is not a pack: it holds no partnership.yaml"
    );
}

/// Changes to the pack, each a mistake: file, what stands there, what stands there then.
const MISTAKES: [(&str, &str, &str); 6] = [
    ("partnership.yaml", "    committee_date:", "    comittee_date:"),
    ("tables/spend.yaml", "resource: funding,", "resource: fundin,"),
    ("rules/return-missing.sql", "FROM month m\n", "FROM moth m\n"),
    ("rules/order-expires-soon.sql", "order {{ order_name }}", "order {{ ordername }}"),
    ("appendix.md", "**{{ funding.approved | money }}**", "**{{ funding.aproved | money }}**"),
    ("tables/orders.yaml", "- name: expires_on", "- name: expires_on\n    titel: Expires"),
];

#[test]
fn every_mistake_of_the_pack_is_reported_at_once() {
    let desk = Desk::year_with_outputs();
    desk.copy_pack();
    // A column that is not there, in a sheet that is a query.
    desk.edit_pack("consolidated.yaml", "{name: position, title: Number,", "{name: positon, title: Number,");
    for (file, from, to) in &MISTAKES[..5] {
        desk.edit_pack(file, from, to);
    }
    let message = refused(&desk, &["run", "inbox"]);
    let lines: Vec<&str> = message.lines().collect();
    assert_eq!(lines[0], "The pack has 6 mistakes:", "{message}");
    for (line, (place, what)) in lines[1..].iter().zip([
        ("appendix.md, line 143", "funding has no column aproved. Did you mean approved?"),
        ("consolidated.yaml, line ", "gives no column named positon. Did you mean position?"),
        ("partnership.yaml, line 17, years[0].comittee_date", "Did you mean committee_date?"),
        ("rules/order-expires-soon.sql, line 4, message", "the message names ordername"),
        ("rules/return-missing.sql, line 6, query", "no such table: moth"),
        ("tables/spend.yaml, line 33", "there is no table named fundin. Did you mean funding?"),
    ]) {
        assert!(line.trim_start().starts_with(place) && line.contains(what), "{place} {what}: {line}");
    }
}

#[test]
fn a_table_that_cannot_be_read_makes_no_mistakes_of_the_others() {
    let desk = Desk::year_with_outputs();
    desk.copy_pack();
    for (file, from, to) in [MISTAKES[1], MISTAKES[5]] {
        desk.edit_pack(file, from, to);
    }
    let message = refused(&desk, &["check", "inbox"]);
    assert_eq!(message.lines().count(), 3, "{message}");
    assert!(message.contains("titel") && message.contains("fundin"), "{message}");
}

#[test]
fn a_pack_that_was_mended_works() {
    let desk = Desk::year_with_outputs();
    desk.copy_pack();
    desk.edit_pack(MISTAKES[2].0, MISTAKES[2].1, MISTAKES[2].2);
    refused(&desk, &["run", "inbox"]);
    desk.copy_pack();
    assert_eq!(desk.run(&[]).status, 0);
}
