//! The inbox with faults: each is found, and at its cell.

use std::fs;

use serde_json::Value as Json;

use crate::folder::Folder;

/// What is wrong: where, and the code under which it is found.
const PLANTED: [(&str, &str); 6] = [
    ("Monitor!G17", "subtotal-mismatch"),
    ("Monitor!O20", "row-total-mismatch"),
    ("May 2024!C6", "not-a-number"),
    ("Projects!", "table-not-located"),
    ("Payments!", "ambiguous-table"),
    ("!", "workforce-months-complete"),
];

#[test]
fn each_fault_is_found_at_its_cell() {
    let folder = Folder::new();
    let ended = folder.run("with-faults");
    assert_eq!(ended.status, 1, "{}", ended.said);
    assert!(folder.path("output/for-committee/committee-appendix-DRAFT.pdf").exists(), "nothing can be published");
    let findings = folder.findings();
    for (place, code) in PLANTED {
        let is_it =
            |line: &&String| line.starts_with(&format!("error {code} ")) && line.ends_with(&format!(" {place}"));
        assert!(findings.iter().any(|line| is_it(&line)), "{code} at {place} is not in {findings:#?}");
    }
}

#[test]
fn each_fault_is_said_with_what_is_there_and_what_belongs_there() {
    let folder = Folder::new();
    assert_eq!(folder.run("with-faults").status, 1);
    let text = fs::read_to_string(folder.path("output/for-officers/findings.json")).unwrap();
    let report: Json = serde_json::from_str(&text).unwrap();
    let messages: Vec<&str> =
        report["findings"].as_array().unwrap().iter().map(|finding| finding["message"].as_str().unwrap()).collect();
    for said in [
        "The subtotal “Children total” says £807,708.00; G14:G16 add up to £802,708.00. The difference is £5,000.00.",
        "The total of the row, “Full year”, says £2,158,828.00; C20:N20 add up to £2,852,928.00. The difference is -£694,100.00.",
        "FTE must be a number; C6 says “vacant”.",
        "The workforce return has no sheet for September 2024.",
        "The headings of the block in A11 are not on this sheet, so this part of Grant by project was not read. The nearest to them is A11 (“Project: Station cycle hub”).",
        "The headings of Payments stand twice on this sheet: in A5 (“Date > paid”) and A54 (“Date > paid”). It cannot be told which is meant, so neither was read.",
    ] {
        assert!(messages.contains(&said), "{said} is not in {messages:#?}");
    }
    // What a block that was not read would hold is in no sum, so that no rule over it is told as broken, or as holding.
    assert!(!messages.iter().any(|message| message.starts_with("The form says")), "{messages:#?}");
    let not_run = report["not_run"].as_array().unwrap();
    let why =
        "A part of Projects was not read, so what is counted with it was not checked (Grant claim 2024-25 Q4.xlsx).";
    for rule in ["claim-is-sum-of-projects", "claimed-within-award"] {
        assert!(not_run.iter().any(|check| check["check"] == rule && check["why"] == why), "{rule}: {not_run:#?}");
    }
}
