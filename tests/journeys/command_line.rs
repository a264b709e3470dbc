//! The command line explains itself, and a single workbook can be checked.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

use crate::desk::{APRIL, Desk, FUNDING, copy, findings, marks, put, repository, sample, standing, text};

#[test]
fn the_program_explains_itself() {
    let desk = Desk::new();
    for (name, arguments) in [
        ("help", &["--help"][..]),
        ("help_run", &["run", "--help"]),
        ("help_watch", &["watch", "--help"]),
        ("help_check", &["check", "--help"]),
        ("help_verify", &["verify", "--help"]),
        ("help_explain", &["explain", "--help"]),
        ("help_infer", &["infer", "--help"]),
        ("help_template", &["template", "--help"]),
    ] {
        let ended = desk.crosscast(arguments);
        assert_eq!((ended.status, ended.err.as_str()), (0, ""));
        // The program's name has an ending on Windows.
        insta::assert_snapshot!(name, ended.out.replace("crosscast.exe", "crosscast"));
    }
}

#[test]
fn what_is_not_understood_is_said_on_standard_error() {
    let desk = Desk::new();
    for (arguments, said) in [
        (&["chekc"][..], "check"),
        (&["run"], "<INBOX>"),
        (&["run", "inbox", "--threads", "0"], "0 is not in 1..=256"),
        (&["watch", "inbox", "--every", "0"], "give between 0.1 and 3600 seconds"),
        (&["watch", "no inbox"], "There is no folder at no inbox. Give the folder that holds the workbooks."),
        (&["watch", "inbox", "--output", "inbox"], "The outputs cannot be written to the inbox"),
        (&["watch", "inbox", "--schemas", "no pack"], "no pack could not be read"),
        (&["check", "inbox", "--format", "xml"], "console"),
    ] {
        let ended = desk.crosscast(arguments);
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ended.err.contains(said), "{}", ended.err);
    }
}

#[test]
fn there_is_no_colour_and_no_progress_but_on_a_terminal() {
    let plain = Desk::with("with-faults").run(&[]);
    assert_eq!((plain.status, plain.err.as_str()), (1, ""));
    assert!(!plain.out.contains('\u{1b}'), "{}", plain.out);
}

#[test]
fn a_reader_that_stops_early_is_no_mistake() {
    let desk = Desk::with("with-faults");
    let mut command = Command::new(env!("CARGO_BIN_EXE_crosscast"));
    command.args(["check", "inbox"]).current_dir(desk.path("")).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), String::from_utf8(ended.stderr).unwrap()), (Some(1), String::new()));
}

#[test]
fn one_clean_return_by_itself() {
    let desk = Desk::year();
    let ended = desk.crosscast(&["check", &format!("inbox/{APRIL}")]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
    assert!(!ended.out.contains("not in the inbox") && !ended.out.contains("There is no return"), "{}", ended.out);
    let json = desk.crosscast(&["check", &format!("inbox/{APRIL}"), "--format", "json"]);
    let report: Json = serde_json::from_str(&json.out).unwrap();
    assert_eq!(findings(&report), Vec::<String>::new());
    assert_eq!(report["workbooks"].as_array().unwrap().len(), 1);
    assert_eq!(text(&report["to"]), "2022-04");
}

#[test]
fn one_return_with_a_fault_by_itself() {
    let desk = Desk::with("with-faults");
    let path = "inbox/monthly/2022-09 September return.xlsx";
    let json = desk.crosscast(&["check", path, "--format", "json"]);
    assert_eq!(json.status, 1);
    let report: Json = serde_json::from_str(&json.out).unwrap();
    assert_eq!(findings(&report), ["error total-mismatch 2022-09 September return.xlsx Spend!F12"]);
}

#[test]
fn workbooks_that_are_given_together_are_held_against_each_other() {
    let desk = Desk::year();
    // A return and the funding workbook together: projects are held against the funding lines.
    let april = format!("inbox/{APRIL}");
    let funding = format!("inbox/{FUNDING}");
    let ended = desk.crosscast(&["check", &april, &funding]);
    assert_eq!(ended.status, 1, "{}", ended.out);
    assert!(ended.out.contains("The difference is £6,000.00."), "{}", ended.out);
    assert_eq!(desk.crosscast(&["check", &april, &funding, "inbox/Explanations 2022-23.xlsx"]).status, 0);
}

#[test]
fn check_writes_nothing() {
    let desk = Desk::year();
    let before = marks(&desk.path(""));
    assert_eq!(desk.check(&[]).status, 0);
    assert_eq!(desk.check(&["--format", "json"]).status, 0);
    assert_eq!(before, marks(&desk.path("")));
}

#[test]
fn the_pack_that_is_given_and_the_pack_built_in_give_the_same() {
    let desk = Desk::year();
    let built_in = desk.check(&["--format", "json"]);
    let given = desk.check(&["--format", "json", "--schemas", &repository("schemas").display().to_string()]);
    assert_eq!((given.status, &given.out), (0, &built_in.out), "{}", given.err);
}

#[test]
fn the_pack_beside_the_executable_is_used_and_that_of_the_folder_before_it() {
    let desk = Desk::year();
    // Linked, not copied: a program that has just been written may be busy.
    let beside = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let program = beside.path().join(Path::new(env!("CARGO_BIN_EXE_crosscast")).file_name().unwrap());
    fs::hard_link(env!("CARGO_BIN_EXE_crosscast"), &program).unwrap();
    desk.copy_pack();
    desk.edit_pack("partnership.yaml", "name: South Worcestershire", "name: Beside the program");
    copy(&desk.path("schemas"), &beside.path().join("schemas"));
    let named = |name: &str| {
        let output = Command::new(&program).args(["check", "inbox"]).current_dir(desk.path("")).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && said.starts_with(name), "{said}");
    };
    fs::remove_dir_all(desk.path("schemas")).unwrap();
    named("Beside the program Community Safety Partnership");
    desk.copy_pack();
    named("South Worcestershire Community Safety Partnership");
}

#[test]
fn a_file_that_is_given_twice_is_read_once() {
    let desk = Desk::year();
    let april = format!("inbox/{APRIL}");
    for paths in [
        ["inbox", april.as_str()],
        [april.as_str(), "inbox"],
        ["inbox", "inbox/monthly/../../inbox"],
        ["inbox/.", "inbox/monthly"],
    ] {
        let ended = desk.crosscast(&["check", paths[0], paths[1], "--format", "json"]);
        assert_eq!(ended.status, 0, "{paths:?}: {}{}", ended.out, ended.err);
        let report: Json = serde_json::from_str(&ended.out).unwrap();
        assert_eq!(report["workbooks"].as_array().unwrap().len(), 18, "{paths:?}");
    }
}

#[test]
fn two_files_of_one_name_in_two_folders_are_told_apart() {
    let desk = Desk::year();
    put(&desk.path("other/2022-04 April return.xlsx"), &sample(APRIL));
    let inbox = format!("inbox/{APRIL}");
    let ended = desk.crosscast(&["check", &inbox, "other/2022-04 April return.xlsx", "--format", "json"]);
    let report: Json = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(ended.status, 1, "{}", ended.err);
    assert_eq!(
        standing(&report),
        ["error return-repeated other/2022-04 April return.xlsx"],
        "the first is used, the other is said"
    );
    let paths: Vec<&str> =
        report["workbooks"].as_array().unwrap().iter().map(|workbook| text(&workbook["path"])).collect();
    assert_eq!(paths, ["inbox/monthly/2022-04 April return.xlsx", "other/2022-04 April return.xlsx"]);
}
