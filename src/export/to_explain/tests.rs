use super::*;
use crate::export::desk::sample_face;
use crate::export::sample_report::clear;
use crate::export::tests::read_back::{part, rows};
use crate::model::Money;
use crate::schema::PackFiles;

fn pack() -> Pack {
    Pack::parse(PackFiles::built_in()).unwrap()
}

/// The sample's finding, without its explanation.
fn open() -> Finding {
    Finding { explained: None, ..clear().findings.remove(0) }
}

fn at(cell: &str, pence: i64) -> Finding {
    let mut finding = open();
    finding.place.area = Some(cell.parse::<Position>().unwrap().into());
    finding.difference = Some(Difference::Money(Money::from_pence(pence)));
    finding
}

fn made(findings: &[Finding]) -> Vec<u8> {
    let pack = pack();
    to_explain(findings, ExplanationForm::of(&pack).unwrap(), &sample_face()).unwrap().unwrap()
}

#[test]
fn a_row_for_each_difference() {
    let rows = rows(&made(&[at("D15", 600_000), at("E7", -50)]), "Explanations");
    assert_eq!(
        rows[6],
        ["Workbook", "Sheet", "Cell", "Difference", "Explanation", "Recorded by", "Approved by", "Date recorded"]
    );
    assert_eq!(rows[7], ["SWCSP funding 2022-23.xlsx", "PCC funding", "D15", "6000", "", "", "", ""]);
    assert_eq!(rows[8], ["SWCSP funding 2022-23.xlsx", "PCC funding", "E7", "-0.5", "", "", "", ""]);
    assert_eq!(rows.len(), 9);
    let above: Vec<&str> = rows.iter().take(6).map(|row| row[0].as_str()).collect();
    assert_eq!(
        above,
        [
            "Differences to explain",
            "First mend what is wrong: a figure that is corrected needs no explanation.",
            "Where a difference has to stand, fill in the shaded cells of its row: Explanation, Recorded by, Approved by \
             and Date recorded.",
            "Leave rows that you cannot explain as they are. Then save, and put this workbook into the inbox (see the \
             sheet Guidance).",
            "Sample Partnership, financial year 2022-23, April 2022 to August 2022.",
            "Sample: all figures are invented.",
        ]
    );
}

#[test]
fn what_is_not_to_be_explained_has_no_row() {
    let pack = pack();
    let of = |finding: Finding| {
        let form = ExplanationForm::of(&pack).unwrap();
        to_explain(&[finding], form, &sample_face()).unwrap().is_some()
    };
    assert!(of(open()));
    assert!(!of(clear().findings.remove(0)), "explained");
    assert!(!of(Finding { explainable: false, ..open() }));
    assert!(!of(Finding { difference: None, ..open() }));
    assert!(!of(Finding { severity: crate::model::Severity::Warning, ..open() }));
    let mut area = open();
    area.place.area = Some(crate::model::Area::new("D5".parse().unwrap(), "D6".parse().unwrap()));
    assert!(!of(area), "an explanation names one cell");
    assert!(!of(Finding { place: crate::model::Place::inbox(), ..open() }));
}

#[test]
fn one_difference_in_one_cell_is_explained_once() {
    let mut other = open();
    other.code = "control-total".into();
    other.message = "The approved total is another.".into();
    let findings = [open(), other, at("D15", 100)];
    let rows_of = rows(&made(&findings), "Explanations");
    let differences: Vec<&str> = rows_of[7..].iter().map(|row| row[3].as_str()).collect();
    assert_eq!(differences, ["6000", "1"], "two differences of one cell are two rows");
    let guidance = rows(&made(&findings), "Guidance");
    let listed: Vec<(&str, &str)> = guidance[9..].iter().map(|row| (row[0].as_str(), row[6].as_str())).collect();
    assert_eq!(listed, [("8", "total-mismatch"), ("8", "control-total"), ("9", "total-mismatch")]);
}

#[test]
fn counts_are_no_pounds() {
    let bytes = made(&[Finding { difference: Some(Difference::Count(-81)), ..open() }, at("E7", 600_000)]);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    let style = |cell: &str| sheet.split(&format!("<c r=\"{cell}\" s=\"")).nth(1).unwrap().split('"').next().unwrap();
    assert!(sheet.contains("<v>-81</v>") && sheet.contains("<v>6000</v>"));
    assert_ne!(style("D8"), style("D9"));
}

#[test]
fn what_may_be_typed_is_said_in_the_words_of_the_schema() {
    let sheet = part(&made(&[open()]), "xl/worksheets/sheet1.xml");
    let rules: Vec<&str> = sheet.split("<dataValidation ").skip(1).collect();
    assert_eq!(rules.len(), 4);
    for (rule, parts) in rules.iter().zip([
        [
            "type=\"textLength\" operator=\"greaterThanOrEqual\"",
            "error=\"Explanation must have at least 20 characters.\"",
            "promptTitle=\"PCC funding!D15\"",
            "sqref=\"E8\"><formula1>20</formula1>",
        ],
        [
            "type=\"textLength\" operator=\"greaterThanOrEqual\"",
            "error=\"Recorded by must be filled in.\"",
            "promptTitle=\"Recorded by\"",
            "sqref=\"F8\"><formula1>1</formula1>",
        ],
        [
            "type=\"custom\"",
            "error=\"Enter another role than the one that recorded the explanation.\"",
            "promptTitle=\"Approved by\"",
            "LOWER(TRIM(G8))&lt;&gt;LOWER(TRIM(F8))",
        ],
        [
            "type=\"date\" operator=\"greaterThanOrEqual\"",
            "error=\"Date recorded must be a date, such as 10/07/2023.\"",
            "promptTitle=\"Date recorded\"",
            "sqref=\"H8\"><formula1>36526</formula1>",
        ],
    ]) {
        for part in parts {
            assert!(rule.contains(part), "{part}\n{rule}");
        }
    }
    assert!(rules[0].contains("prompt=\"The total says £139,250.00, which is the approved total; D5:D14 add up to"));
}

#[test]
fn long_messages_fit_beside_a_cell() {
    let mut long = open();
    long.message = "é".repeat(300);
    long.place.sheet = Some("A sheet with a name of 31 signs".into());
    let sheet = part(&made(&[long]), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains(&format!("prompt=\"{}…\"", "é".repeat(254))));
    assert!(sheet.contains("promptTitle=\"A sheet with a name of 31…\""));
}

#[test]
fn the_guidance_says_how_to_hand_it_in() {
    let guidance = rows(&made(&[open()]), "Guidance");
    let steps: Vec<&str> = guidance.iter().take(8).map(|row| row[0].as_str()).collect();
    assert_eq!(
        steps[2],
        "2. If the difference has to stand, write into Explanation why, in at least 20 characters. The committee reads it \
         in the appendix."
    );
    assert_eq!(steps[6], "6. Save it, and put it into the inbox as to-explain.xlsx.");
    assert!(steps[7].ends_with("give this one another name, such as to-explain 2.xlsx."), "{}", steps[7]);
    assert_eq!(guidance[9][..4], ["8", "SWCSP funding 2022-23.xlsx", "PCC funding", "D15"]);

    let mut other = pack();
    other.partnership.workbooks.iter_mut().find(|kind| kind.explanations).unwrap().files =
        crate::schema::Pattern::new("(?i)explanations.*").unwrap();
    let bytes = to_explain(&[open()], ExplanationForm::of(&other).unwrap(), &sample_face()).unwrap().unwrap();
    assert_eq!(
        rows(&bytes, "Guidance")[6][0],
        "6. Save it under the name Explanations.xlsx, and put it into the inbox."
    );
}

#[test]
fn a_pack_without_explanations_asks_for_none() {
    let mut pack = pack();
    pack.partnership.workbooks.retain(|kind| !kind.explanations);
    assert!(ExplanationForm::of(&pack).is_none());
}

#[test]
fn the_same_findings_give_the_same_bytes() {
    assert_eq!(made(&[open()]), made(&[open()]));
    let core = part(&made(&[open()]), "docProps/core.xml");
    assert!(core.contains("<dc:language>en-GB</dc:language>") && core.contains("2022-08-31T00:00:00Z"), "{core}");
}

#[test]
fn of_very_many_differences_the_first_are_listed() {
    let differences = |number: usize| (1..=number).map(|row| at(&format!("D{row}"), 100)).collect::<Vec<_>>();
    let bounded = rows(&made(&differences(5_001)), "Explanations");
    assert_eq!(bounded[4][0], "The first 5,000 of 5,001 differences are listed. findings.json has all of them.");
    assert_eq!((bounded.len(), bounded[5_007][2].as_str()), (5_008, "D5000"));
    // Near miss: one fewer is all of them.
    let all = rows(&made(&differences(5_000)), "Explanations");
    assert!(all.iter().all(|row| !row[0].starts_with("The first")) && all.len() == 5_007);
}
