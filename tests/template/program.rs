//! The program itself: what is written, and where.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs the program in a folder; its status, and what it said.
fn crosscast(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_crosscast")).args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_return_for_april() {
    let folder = tempfile::tempdir().unwrap();
    let ended = crosscast(folder.path(), &["template", "return", "--month", "2022-04"]);
    let said = "Wrote 2022-04 April return.xlsx with the sheets Return, Spend, Summary, Measures and Guidance.\nFill it in and \
                put it into the inbox under this name.\n";
    assert_eq!(ended, (0, said.to_owned(), String::new()));
    let first = fs::read(folder.path().join("2022-04 April return.xlsx")).unwrap();
    // A file that is there is never written over.
    let again = crosscast(folder.path(), &["template", "return", "--month", "2022-04", "--rows", "5"]);
    let refused =
        "2022-04 April return.xlsx is there already. Nothing is overwritten: choose another name with --output.\n";
    assert_eq!(again, (2, String::new(), refused.to_owned()));
    assert_eq!(fs::read(folder.path().join("2022-04 April return.xlsx")).unwrap(), first);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_name_by_which_it_is_not_known() {
    let folder = tempfile::tempdir().unwrap();
    let ended = crosscast(folder.path(), &["template", "return", "--month", "2022-04", "--output", "mine.xlsx"]);
    assert_eq!(
        ended.1.lines().nth(1),
        Some("The file must be named 2022-04 April return.xlsx: by its name it is known what the workbook is.")
    );
    let ended = crosscast(folder.path(), &["template", "return"]);
    assert_eq!(
        ended.1,
        "Wrote Monthly return template.xlsx with the sheets Return, Spend, Summary, Measures and Guidance.\nName the file for \
         its month, such as 2022-04 April return.xlsx: by its name it is known what the workbook is, and of which month.\n"
    );
    let ended = crosscast(folder.path(), &["template", "return", "--output", "mine.xls"]);
    assert_eq!((ended.0, ended.1.as_str()), (2, ""));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}
