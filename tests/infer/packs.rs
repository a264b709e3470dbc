//! Whole packs: kinds of workbooks, folders that are written, and what cannot be done.

use std::fs;

use crate::program::{Folder, repository};

const APRIL: &str = "
    # Return
    Month:       | 2022-04
    Prepared by: | Finance
    Prepared on: | 2022-05-03

    # Spend
    Reference | Project  | Amount
    INV-0001  | Cameras  | £10.00
    INV-0002  | Patrols  | £20.00
    INV-0003  | Cameras  | £30.00
    Total     |          | £60.00
";

fn two_months() -> Folder {
    let may = APRIL.replace("2022-04", "2022-05").replace("-05-03", "-06-03").replace("INV-000", "INV-001");
    Folder::of(&[("2022-04 April return.xlsx", APRIL), ("2022-05 May return.xlsx", &may)])
}

#[test]
fn two_workbooks_of_one_kind() {
    let folder = two_months();
    let ended = folder.crosscast(&["infer", "inbox", "--output", "pack"]);
    assert_eq!((ended.status, ended.out.as_str()), (0, ""));
    assert_eq!(
        ended.err.replace('\\', "/"),
        "Drafted 2 tables from 2 workbooks into pack.\nNext: change what is marked CHANGE in pack/partnership.yaml, check the \
         guesses in pack/tables, then: crosscast check inbox --schemas pack\n"
    );
    let files = folder.files("pack");
    let names: Vec<&str> = files.keys().map(String::as_str).filter(|name| !name.starts_with("editor/")).collect();
    assert_eq!(
        names,
        ["appendix.md", "consolidated.yaml", "partnership.yaml", "tables/return.yaml", "tables/spend.yaml"]
    );
    for name in ["partnership.yaml", "consolidated.yaml", "appendix.md", "tables/spend.yaml"] {
        insta::assert_snapshot!(name.replace(['/', '.'], "_"), files[name]);
    }
}

#[test]
fn the_pack_works_at_once() {
    let folder = two_months();
    assert_eq!(folder.crosscast(&["infer", "inbox", "--output", "pack"]).status, 0);
    let ended = folder.crosscast(&["run", "inbox", "--schemas", "pack", "--to", "2022-05"]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
    assert!(folder.path("output/for-officers/consolidated.xlsx").is_file());
    // What it makes says on its face that nobody has looked at the pack.
    let papers = folder.files_of("output", ".html");
    let notice = "Drafted by crosscast infer: nobody has checked this pack.";
    assert!(!papers.is_empty() && papers.iter().any(|paper| paper.contains(notice)), "{}", papers.len());
}

#[test]
fn nothing_is_overwritten() {
    let folder = two_months();
    fs::create_dir(folder.path("pack")).unwrap();
    fs::write(folder.path("pack/mine.txt"), "mine").unwrap();
    let ended = folder.crosscast(&["infer", "inbox", "--output", "pack"]);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""));
    assert_eq!(
        ended.err,
        "pack is there already and is not an empty folder. Nothing is overwritten: choose another folder.\n"
    );
    assert_eq!(folder.files("pack").into_iter().collect::<Vec<_>>(), [("mine.txt".to_owned(), "mine".to_owned())]);
    fs::create_dir(folder.path("empty")).unwrap();
    assert_eq!(folder.crosscast(&["infer", "inbox", "--output", "empty"]).status, 0);
}

#[test]
fn the_same_workbooks_give_the_same_draft() {
    let folder = two_months();
    let first = folder.crosscast(&["infer", "inbox", "--threads", "1"]);
    let second = folder.crosscast(&["infer", "inbox", "--threads", "4"]);
    assert_eq!(first.out, second.out);
}

#[test]
fn what_cannot_be_drafted() {
    let folder = Folder::of(&[("Notes.xlsx", "# Sheet1\nNothing to see here\n")]);
    fs::write(folder.path("inbox/Broken.xlsx"), "no workbook").unwrap();
    let ended = folder.crosscast(&["infer", "inbox", "--output", "pack"]);
    assert_eq!((ended.status, ended.out.as_str()), (1, ""));
    insta::assert_snapshot!(ended.err);
    assert!(!folder.path("pack").exists());
    assert_eq!(folder.crosscast(&["infer", "nowhere"]).status, 2);
}

// The sample year: the tables pass but for what is wrong with its data, which the year's own pack reports too.
#[test]
fn the_sample_year() {
    let folder = Folder::of(&[]);
    let sample = repository("samples/2022-23");
    let ended = folder.crosscast(&["infer", sample.to_str().unwrap(), "--output", "pack"]);
    assert_eq!(ended.status, 1);
    let said = ended.err.replace(sample.to_str().unwrap(), "samples/2022-23").replace('\\', "/");
    insta::assert_snapshot!(said);
    insta::assert_snapshot!("sample_partnership", folder.files("pack")["partnership.yaml"]);
}
