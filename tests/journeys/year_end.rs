//! At the year's end: the whole year goes in, and everything for the committee comes out.

use serde_json::Value as Json;

use crate::desk::{Desk, FINAL, SIX_THOUSAND, finding, findings, place, text};

#[test]
fn the_outputs_are_in_their_folders_and_nothing_else_is() {
    let desk = Desk::year_with_outputs();
    assert_eq!(desk.outputs(), FINAL);
    let pdf = std::fs::read(desk.path("output/for-committee/committee-appendix.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    assert!(!desk.appendix("").contains("DRAFT"));
}

#[test]
fn the_summary_on_the_console() {
    insta::assert_snapshot!(Desk::year().run(&[]).out);
}

#[test]
fn one_error_is_found_and_it_is_explained() {
    let (status, report) = Desk::year().report(&[]);
    assert_eq!(status, 0);
    assert_eq!(
        findings(&report),
        [
            format!("{SIX_THOUSAND} explained").as_str(),
            "warning date-as-text monthly/2022-05 May return.xlsx Spend!A4:A10",
            "warning invisible-character monthly/2022-08 August return.xlsx Spend!C4",
            "info unknown-heading monthly/2022-11 November return.xlsx Spend!G3",
            "info order-expires-soon registers/SWCSP registers 2022-23.xls PSPO!D4",
            "info order-expires-soon registers/SWCSP registers 2022-23.xls PSPO!D6",
        ]
    );
    // The registers are an .xls workbook, which does not tell what of it is hidden.
    let not_run = report["not_run"].as_array().unwrap();
    assert_eq!(not_run.iter().map(|check| text(&check["check"])).collect::<Vec<_>>(), ["hidden-rows"]);
    assert!(not_run.iter().all(|check| check["required"] == false), "{not_run:#?}");
    assert_eq!(
        report["counts"],
        serde_json::json!({"errors": 0, "explained": 1, "warnings": 2, "infos": 3, "not_run": 1})
    );
}

#[test]
fn the_six_thousand_pounds() {
    let (_, report) = Desk::year().report(&[]);
    let total = finding(&report, "total-mismatch");
    assert_eq!(total["cell"], "D15");
    assert_eq!(total["difference"], "6000.00");
    assert_eq!(
        total["message"],
        "The total says £139,250.00, which is the approved total; D5:D14 add up to £133,250.00. The difference is \
         £6,000.00."
    );
    let suggestions: Vec<&str> =
        total["suggestions"].as_array().unwrap().iter().map(|suggestion| text(&suggestion["text"])).collect();
    assert_eq!(
        suggestions,
        [
            "a line of £6,000.00 left out",
            "D14 (£6,000.00, Youth ASB & Wellness Youth Mentoring) counted twice in the total"
        ]
    );
    assert_eq!(place(&total["suggestions"][1]["cells"][0]), "funding/SWCSP funding 2022-23.xlsx PCC funding!D14");
    assert_eq!(total["explained"]["recorded_by"], "Partnership finance lead");
    assert_eq!(total["explained"]["approved_by"], "Chief finance officer");

    // What follows from it is attached, not counted again.
    let related: Vec<String> = total["related"].as_array().unwrap().iter().map(place).collect();
    let mut expected = vec!["funding/SWCSP funding 2022-23.xlsx PCC funding!D5:D14".to_owned()];
    for month in [
        "2022-04 April",
        "2022-05 May",
        "2022-06 June",
        "2022-07 July",
        "2022-08 August",
        "2022-09 September",
        "2022-10 October",
        "2022-11 November",
        "2022-12 December",
        "2023-01 January",
        "2023-02 February",
        "2023-03 March",
    ] {
        expected.push(format!("monthly/{month} return.xlsx Summary!C14"));
    }
    assert_eq!(related, expected);
}

#[test]
fn the_difference_is_printed_under_the_funding_table() {
    let desk = Desk::year_with_outputs();
    let appendix = desk.appendix("");
    for said in [
        "Total of the lines listed £133,250.00",
        "Explained difference at PCC funding!D15: The total says £139,250.00, which is the approved total; D5:D14 add \
         up to £133,250.00. The difference is £6,000.00.",
        "Recorded by: Partnership finance lead. Approved by: Chief finance officer. 10 July 2023.",
        "Nothing in the workbooks shows which side is right, and no line has been added.",
        "The approved total of £139,250.00 is £6,000.00 more than the budgets by project",
    ] {
        assert!(appendix.contains(said), "{said}");
    }
}

#[test]
fn the_report_is_what_its_schema_says_and_check_prints_the_same() {
    let desk = Desk::year_with_outputs();
    let written = desk.output("for-officers/findings.json");
    let schema: Json = serde_json::from_str(crosscast::export::json::SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors = |report: &Json| validator.iter_errors(report).map(|error| error.to_string()).collect::<Vec<_>>();
    let mut report: Json = serde_json::from_str(&written).unwrap();
    assert_eq!(errors(&report), Vec::<String>::new());

    // Standard output holds the JSON and nothing else; progress is not on it.
    let ended = desk.check(&["--format", "json"]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    assert_eq!(ended.out, written);

    // The schema does refuse a report of another shape.
    report["findings"][0]["cell"] = Json::from("row 15");
    assert_ne!(errors(&report), Vec::<String>::new());
}

#[test]
fn what_is_made_from_the_sample_says_so() {
    let desk = Desk::year_with_outputs();
    let notice = "Sample: annual figures as published in July 2023; monthly detail is illustrative.";
    assert!(desk.appendix("").contains(notice));
    assert!(desk.output("for-officers/findings.html").contains(notice));
    assert!(format!("{:?}", desk.consolidated("Cover")).contains(notice));
}

#[test]
fn the_manifest_names_what_went_in_and_what_came_out() {
    let desk = Desk::year_with_outputs();
    let manifest: Json = serde_json::from_str(&desk.output("manifest.json")).unwrap();
    assert_eq!((&manifest["year"], &manifest["to"]), (&Json::from("2022-23"), &Json::from("2023-03")));
    let listed = |list: &str| -> Vec<(String, String)> {
        let files = manifest[list].as_array().unwrap_or_else(|| panic!("no {list} in {manifest:#}"));
        files.iter().map(|file| (text(&file["path"]).to_owned(), text(&file["sha256"]).to_owned())).collect()
    };
    assert_eq!(listed("inputs"), crate::desk::marks(&desk.path("inbox")));
    let mut outputs = crate::desk::marks(&desk.path("output"));
    outputs.retain(|(path, _)| path != "manifest.json");
    let mut named = listed("outputs");
    named.sort();
    assert_eq!(named, outputs);
}
