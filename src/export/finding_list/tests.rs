use super::*;
use crate::export::desk::sample_face;
use crate::export::sample_report::{clear, hostile, many, report};
use crate::export::tests::read_back::{self, part};
use crate::model::Severity;

const WHY: &str = "This is an .xls workbook: only .xlsx workbooks can be marked.";

/// The texts and numbers of the list, a row a line.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    read_back::rows(bytes, "Findings")
}

fn list(findings: &[Finding]) -> Vec<u8> {
    let findings: Vec<&Finding> = findings.iter().collect();
    finding_list("old/Old budget.xls", &findings, WHY, &sample_face()).unwrap()
}

#[test]
fn what_stands_above_the_list() {
    let rows = rows(&list(&clear().findings));
    let above: Vec<&str> = rows.iter().take(6).map(|row| row[0].as_str()).collect();
    assert_eq!(
        above,
        [
            "Findings in Old budget.xls",
            "This is an .xls workbook: only .xlsx workbooks can be marked.",
            "Mend each cell in your own workbook, save it, and put it into the inbox again under its own name.",
            "Workbook: old/Old budget.xls. Sample Partnership, financial year 2022-23, April 2022 to August 2022.",
            "Sample: all figures are invented.",
            "1 finding.",
        ]
    );
    assert_eq!(
        rows[6],
        [
            "No.",
            "Severity",
            "Sheet",
            "Cell",
            "What is wrong",
            "Expected",
            "There is",
            "Difference",
            "Could be",
            "How to mend it",
            "Check"
        ]
    );
}

#[test]
fn a_finding_says_all_it_knows() {
    let rows = rows(&list(&clear().findings));
    assert_eq!(
        rows[7],
        [
            "1",
            "Error, explained",
            "PCC funding",
            "D15",
            "The total says £139,250.00, which is the approved total; D5:D14 add up to £133,250.00. The difference is \
             £6,000.00.",
            "£133,250.00",
            "£139,250.00",
            "6000",
            "a line of £6,000.00 left out\nD14 (£6,000.00, Youth ASB & Wellness Youth Mentoring) counted twice in the \
             total",
            "Add the missing line, correct the total, or record an explanation.",
            "total-mismatch",
        ]
    );
    assert_eq!(rows.len(), 8);
}

#[test]
fn severities_in_words_and_the_order_of_the_report() {
    let rows = rows(&list(&report().findings));
    let listed: Vec<(&str, &str, &str)> =
        rows[7..].iter().map(|row| (row[0].as_str(), row[1].as_str(), row[3].as_str())).collect();
    assert_eq!(
        listed,
        [
            ("1", "For information", ""),
            ("2", "Error, explained", "D15"),
            ("3", "For information", ""),
            ("4", "Warning", "E6:E36"),
            ("5", "Error", "B14"),
        ]
    );
}

#[test]
fn a_difference_is_a_number_in_its_unit() {
    let mut findings = clear().findings;
    findings.push(Finding { difference: Some(crate::model::Difference::Count(-81)), ..findings[0].clone() });
    let bytes = list(&findings);
    let (sheet, styles) = (part(&bytes, "xl/worksheets/sheet1.xml"), part(&bytes, "xl/styles.xml"));
    let format_of = |cell: &str| {
        let style = sheet.split(&format!("<c r=\"{cell}\" s=\"")).nth(1).unwrap().split('"').next().unwrap();
        let formats = styles.split("<cellXfs").nth(1).unwrap();
        let xf = formats.split("<xf numFmtId=\"").nth(style.parse::<usize>().unwrap() + 1).unwrap();
        let id = xf.split('"').next().unwrap().to_owned();
        let custom = styles.split(&format!("numFmtId=\"{id}\" formatCode=\"")).nth(1);
        custom.map_or(id, |rest| rest.split('"').next().unwrap().to_owned())
    };
    assert!(sheet.contains("<v>6000</v>") && sheet.contains("<v>-81</v>"));
    assert_eq!(format_of("H8"), "£#,##0.00");
    assert_eq!(format_of("H9"), "#,##0");
}

#[test]
fn texts_stay_texts() {
    let mut findings = hostile().findings;
    findings[0].message = "=HYPERLINK(\"http://example.org\")".into();
    let bytes = list(&findings);
    let rows = rows(&bytes);
    assert_eq!(rows[7][4], "=HYPERLINK(\"http://example.org\")");
    assert!(rows[8][4].starts_with("<script>alert(1)</script>[U+001B][31m"), "{}", rows[8][4]);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("hyperlink"));
}

#[test]
fn a_long_text_is_cut_and_the_rest_is_there() {
    let mut findings = clear().findings;
    findings[0].message = "é".repeat(40_000);
    let rows = rows(&list(&findings));
    assert_eq!(rows[7][4].chars().count(), 32_767);
    assert!(rows[7][4].ends_with("[…]"));
}

#[test]
fn the_same_findings_give_the_same_bytes() {
    assert_eq!(list(&report().findings), list(&report().findings));
    let core = part(&list(&report().findings), "docProps/core.xml");
    assert!(core.contains("<dc:title>Findings in Old budget.xls</dc:title>"), "{core}");
    assert!(core.contains("<dc:language>en-GB</dc:language>") && core.contains("2022-08-31T00:00:00Z"), "{core}");
}

#[test]
fn headings_stay_and_can_be_filtered() {
    let bytes = list(&report().findings);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<pane ySplit=\"7\" topLeftCell=\"A8\""), "{sheet}");
    assert!(sheet.contains("orientation=\"landscape\"") && sheet.contains("fitToHeight=\"0\""));
    assert!(part(&bytes, "xl/tables/table1.xml").contains("<autoFilter ref=\"A7:K12\"/>"));
}

#[test]
fn of_very_many_findings_the_first_are_listed() {
    let mut findings = many(5_001).findings;
    findings.truncate(10_001);
    let bounded = rows(&list(&findings));
    assert_eq!(bounded[5][0], "10,000 of 10,001 findings, errors first of all. findings.json has all of them.");
    assert_eq!((bounded.len(), bounded[10_006][0].as_str()), (10_007, "10001"));
    // An error behind all the others is not the one that is left out.
    let mut weighed = findings.clone();
    weighed.iter_mut().for_each(|finding| finding.severity = Severity::Warning);
    weighed[10_000].severity = Severity::Error;
    let with_error = rows(&list(&weighed));
    assert_eq!([&*with_error[10_005][0], &*with_error[10_006][0]], ["9999", "10001"]);
    // Near miss: one fewer is the whole list.
    findings.pop();
    assert_eq!(rows(&list(&findings))[5][0], "10000 findings.");
}
