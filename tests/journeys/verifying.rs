//! A clerk asks whether the PDF in the folder is the one made from these workbooks, whole and final.

use std::fs;

use crate::desk::{APRIL, Desk, Ended, FUNDING, MAY, marks, put, sample};

const PDF: &str = "output/for-committee/committee-appendix.pdf";

fn verify(desk: &Desk) -> Ended {
    desk.crosscast(&["verify", "output", "inbox"])
}

/// Whether the answer is no, with these differences.
fn refused(desk: &Desk, name: &str, differences: &[&str]) -> String {
    let ended = verify(desk);
    assert_eq!((ended.status, ended.err.as_str()), (1, ""), "{}", ended.out);
    let lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!(lines[0], format!("No: do not publish {name}."));
    let listed: Vec<&str> = lines[2..].iter().map_while(|line| line.strip_prefix("  - ")).collect();
    assert_eq!(listed, differences, "{}", ended.out);
    ended.out
}

fn accepted(desk: &Desk) -> String {
    let ended = verify(desk);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
    ended.out
}

/// The manifest with a text in place of another, which must be there.
fn edit_manifest(desk: &Desk, from: &str, to: &str) {
    let text = desk.output("manifest.json");
    assert!(text.contains(from), "{text}");
    put(&desk.path("output/manifest.json"), text.replace(from, to).as_bytes());
}

#[test]
fn the_appendix_of_these_workbooks() {
    let desk = Desk::year_with_outputs();
    edit_manifest(&desk, &time_of(&desk), "2023-07-03T09:30:59Z");
    let before = marks(&desk.path(""));
    let said = accepted(&desk);
    let first = "Yes: committee-appendix.pdf is the final appendix for 2022-23, made on 3 July 2023 at 09:30 UTC from these \
                 18 workbooks.\n";
    assert!(said.starts_with(first), "{said}");
    assert!(said.contains(&format!("\n    {APRIL}\n")) && said.contains("up to March 2023."), "{said}");
    assert!(!said.contains("made by"), "{said}");
    assert_eq!(before, marks(&desk.path("")), "nothing is written");

    // It may have been made by another version: that is said, and is no difference.
    edit_manifest(&desk, concat!("crosscast ", env!("CARGO_PKG_VERSION")), "crosscast 0.0.9");
    assert!(accepted(&desk).contains("It was made by crosscast 0.0.9; this is crosscast "));
    // What the system leaves in folders is nobody's.
    put(&desk.path("output/for-committee/Thumbs.db"), b"x");
    accepted(&desk);
}

fn time_of(desk: &Desk) -> String {
    let manifest: serde_json::Value = serde_json::from_str(&desk.output("manifest.json")).unwrap();
    manifest["time"].as_str().unwrap().to_owned()
}

#[test]
fn outputs_that_are_not_as_they_were_made() {
    let desk = Desk::year_with_outputs();
    let name = "committee-appendix.pdf";
    let whole = fs::read(desk.path(PDF)).unwrap();
    let mut changed = whole.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    put(&desk.path(PDF), &changed);
    let said = refused(&desk, name, &["for-committee/committee-appendix.pdf has been changed since it was made."]);
    assert!(said.contains("What to do:\n\n  - Run again.\n"), "{said}");
    put(&desk.path(PDF), &whole[..middle]);
    refused(&desk, name, &["for-committee/committee-appendix.pdf has been changed since it was made."]);
    fs::remove_file(desk.path(PDF)).unwrap();
    refused(&desk, name, &["for-committee/committee-appendix.pdf is not there."]);
    put(&desk.path(PDF), &whole);
    accepted(&desk);

    put(&desk.path("output/for-committee/committee-appendix copy.pdf"), &whole);
    put(&desk.path("output/for-committee/old/committee-appendix-DRAFT.pdf"), &whole);
    refused(
        &desk,
        name,
        &[
            "for-committee/committee-appendix copy.pdf was not made by that run.",
            "for-committee/old/committee-appendix-DRAFT.pdf was not made by that run.",
        ],
    );
    fs::remove_file(desk.path("output/for-committee/committee-appendix copy.pdf")).unwrap();
    fs::remove_dir_all(desk.path("output/for-committee/old")).unwrap();

    put(&desk.path("output/.crosscast-staging/journal.json"), b"{}");
    refused(
        &desk,
        name,
        &[
            "A run was cut off while it wrote the outputs, or is writing them now, so they may be neither the old nor the new.",
        ],
    );
}

/// The slash at the end of a folder's name says nothing.
#[test]
fn a_folder_may_be_named_with_a_slash() {
    let desk = Desk::year_with_outputs();
    let ended = desk.crosscast(&["verify", "output/", "inbox/"]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_a_stray() {
    use std::os::unix::ffi::OsStrExt;

    let desk = Desk::year_with_outputs();
    let name = std::ffi::OsStr::from_bytes(b"a\xff.pdf");
    fs::write(desk.path("output/for-committee").join(name), b"x").unwrap();
    refused(&desk, "committee-appendix.pdf", &["for-committee/a\u{fffd}.pdf was not made by that run."]);
    fs::remove_file(desk.path("output/for-committee").join(name)).unwrap();
    // A folder of such a name is not looked through.
    fs::create_dir(desk.path("output/for-committee").join(name)).unwrap();
    refused(&desk, "committee-appendix.pdf", &["for-committee/a\u{fffd}.pdf was not made by that run."]);
    fs::remove_dir(desk.path("output/for-committee").join(name)).unwrap();
    // A name that no output may have, though it is text.
    put(&desk.path("output/for-committee/a:b\\.pdf"), b"x");
    assert_eq!(verify(&desk).status, 1);
}

#[cfg(unix)]
#[test]
fn a_link_is_never_an_output() {
    use std::os::unix::fs::symlink;

    let desk = Desk::year_with_outputs();
    let name = "committee-appendix.pdf";
    let committee = desk.path("output/for-committee");
    // The same bytes, at another place, where they can be changed without this folder's knowing.
    fs::rename(desk.path(PDF), desk.path("elsewhere.pdf")).unwrap();
    symlink(desk.path("elsewhere.pdf"), desk.path(PDF)).unwrap();
    refused(&desk, name, &["for-committee/committee-appendix.pdf has been changed since it was made."]);
    fs::remove_file(desk.path(PDF)).unwrap();
    fs::rename(desk.path("elsewhere.pdf"), desk.path(PDF)).unwrap();
    accepted(&desk);

    // To a folder, round in a circle, to nothing, and in the place of what the system leaves.
    for (link, to) in [("more", "inbox"), ("round", "output/for-committee"), ("none", "gone"), ("Thumbs.db", "inbox")] {
        symlink(desk.path(to), committee.join(link)).unwrap();
        refused(&desk, name, &[&format!("for-committee/{link} was not made by that run.")]);
        fs::remove_file(committee.join(link)).unwrap();
    }

    // The folder itself.
    fs::rename(&committee, desk.path("elsewhere")).unwrap();
    symlink(desk.path("elsewhere"), &committee).unwrap();
    refused(
        &desk,
        name,
        &[
            "for-committee/committee-appendix.html has been changed since it was made.",
            "for-committee/committee-appendix.pdf has been changed since it was made.",
            "for-committee/ was not made by that run.",
        ],
    );
    fs::remove_file(&committee).unwrap();
    fs::rename(desk.path("elsewhere"), &committee).unwrap();
    accepted(&desk);

    fs::rename(desk.path("output/manifest.json"), desk.path("manifest.json")).unwrap();
    symlink(desk.path("manifest.json"), desk.path("output/manifest.json")).unwrap();
    let ended = verify(&desk);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""));
    assert!(ended.err.contains("it is a link to another place"), "{}", ended.err);
}

#[test]
fn a_folder_in_place_of_an_output() {
    let desk = Desk::year_with_outputs();
    fs::remove_file(desk.path(PDF)).unwrap();
    fs::create_dir(desk.path(PDF)).unwrap();
    let differs = "for-committee/committee-appendix.pdf has been changed since it was made.";
    refused(&desk, "committee-appendix.pdf", &[differs]);
    // A file in place of a folder: what was in it is not there.
    fs::remove_dir_all(desk.path("output/for-officers")).unwrap();
    put(&desk.path("output/for-officers"), b"x");
    assert_eq!(verify(&desk).status, 1);
}

#[test]
fn a_manifest_whose_paths_no_run_writes() {
    let desk = Desk::year_with_outputs();
    let manifest = desk.output("manifest.json");
    let whole: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    for list in ["inputs", "pack_files", "outputs"] {
        let mut twice = whole.clone();
        let files = twice[list].as_array_mut().unwrap();
        files.push(files[0].clone());
        put(&desk.path("output/manifest.json"), twice.to_string().as_bytes());
        let ended = verify(&desk);
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{list}");
        assert!(ended.err.contains("manifest.json cannot be used: it lists a file twice."), "{}", ended.err);
    }
    // The bytes are those that it says, and lie elsewhere: they are not looked for.
    let findings = fs::read(desk.path("output/for-officers/findings.json")).unwrap();
    put(&desk.path("findings.json"), &findings);
    let absolute = desk.path("findings.json").to_string_lossy().replace('\\', "/");
    for path in ["../findings.json", "for-officers/../../findings.json", "./for-officers/findings.json", &absolute] {
        put(
            &desk.path("output/manifest.json"),
            manifest.replace("\"for-officers/findings.json\"", &format!("\"{path}\"")).as_bytes(),
        );
        refused(&desk, "committee-appendix.pdf", &[&format!("{path} is not there.")]);
    }
    put(&desk.path("output/manifest.json"), manifest.as_bytes());
    accepted(&desk);
}

#[test]
fn workbooks_that_are_not_those_that_were_read() {
    let desk = Desk::year_with_outputs();
    let name = "committee-appendix.pdf";
    desk.put(APRIL, &sample(MAY));
    let said = refused(&desk, name, &[&format!("The workbook {APRIL} has been changed since it was read.")]);
    assert!(
        said.contains("  - Make sure that the inbox holds the workbooks that are meant, and run again.\n"),
        "{said}"
    );
    desk.put(APRIL, &sample(APRIL));
    accepted(&desk);

    desk.put("monthly/more.xlsx", b"anything");
    refused(&desk, name, &["The workbook monthly/more.xlsx is in the inbox, and was not read."]);
    desk.take("monthly/more.xlsx");

    desk.rename(FUNDING, "funding.xlsx");
    refused(&desk, name, &[&format!("The workbook {FUNDING} has another name in the inbox: funding.xlsx.")]);
    desk.take("funding.xlsx");
    refused(&desk, name, &[&format!("The workbook {FUNDING} was read, and is not in the inbox.")]);
    desk.put(FUNDING, &sample(FUNDING));
    // A file that is no workbook is none of the inputs.
    desk.put("notes.txt", b"x");
    accepted(&desk);
}

#[test]
fn a_draft_is_never_the_one() {
    let desk = Desk::end_of_august();
    assert_eq!(desk.run(&[]).status, 0);
    let said = refused(
        &desk,
        "committee-appendix-DRAFT.pdf",
        &["It is a DRAFT: something stood against publication, or the year was not complete when it was made."],
    );
    assert!(said.contains("up to August 2022.") && said.contains("the first page of the DRAFT"), "{said}");
}

#[test]
fn another_pack() {
    let desk = Desk::year_with_outputs();
    desk.copy_pack();
    accepted(&desk);
    desk.edit_pack("partnership.yaml", "checks: {}", "checks: {personal-data: {off: true}}");
    let said = refused(
        &desk,
        "committee-appendix.pdf",
        &["The pack (the folder of schemas) is not the one it was made by: partnership.yaml differs."],
    );
    assert!(said.contains("--schemas"), "{said}");
    let schemas = crate::desk::repository("schemas").display().to_string();
    assert_eq!(desk.crosscast(&["verify", "output", "inbox", "--schemas", &schemas]).status, 0);
}

#[test]
fn what_cannot_be_told() {
    let desk = Desk::year();
    let cannot = |arguments: [&str; 2], said: &str| {
        let ended = desk.crosscast(&["verify", arguments[0], arguments[1]]);
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{}", ended.err);
        assert!(ended.err.contains(said), "{}", ended.err);
        assert!(ended.err.starts_with("It cannot be told") || said.contains("no workbooks"), "{}", ended.err);
    };
    cannot(["output", "inbox"], "there is no folder at output. Give the folder that holds the outputs.");
    fs::create_dir_all(desk.path("output")).unwrap();
    fs::create_dir_all(desk.path("empty")).unwrap();
    cannot(["output", "inbox"], "there is no manifest.json in output.");
    put(&desk.path("output/manifest.json"), b"{\"version\": 2, \"more\": 1}");
    cannot(["output", "inbox"], "its version is 2, which a newer Crosscast wrote");
    put(&desk.path("output/manifest.json"), b"{\"name\": \"app\"}");
    cannot(["output", "inbox"], "Use the Crosscast that wrote it, or run again.");
    put(&desk.path("other/.crosscast-staging/journal.json"), b"{}");
    let cut_off = "a run was cut off while it wrote to other, or is writing to it now. Do not publish what is there.";
    cannot(["other", "inbox"], cut_off);
    cannot(["output", "inbx"], "there is no folder at inbx. Give the folder that holds the workbooks.");
    cannot(["output", "empty"], "There are no workbooks");
}

#[test]
fn workbooks_whose_names_are_masked_are_known_again() {
    let desk = Desk::end_of_august();
    desk.rename(MAY, "monthly/2022-05 May return 07700 900123.xlsx");
    assert_eq!(desk.run(&[]).status, 1);
    assert!(!desk.output("manifest.json").contains("900123"));
    let said = verify(&desk).out;
    assert!(said.contains("It is a DRAFT") && !said.contains("The workbook"), "{said}");
}
