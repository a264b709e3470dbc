//! What an officer gets back: the own workbook, marked; and the differences to be explained, filled in and handed in.

use std::fs;

use calamine::{Data, Reader, open_workbook_auto};

use crate::desk::{
    Desk, EXPLANATIONS, FINAL, FUNDING, SIX_THOUSAND, finding, findings, repository, sample, standing, text,
};
use crate::support::old_workbook::{old_workbook, one_at};
use crate::support::package::edit_parts;

const MARCH: &str = "monthly/2023-03 March return.xlsx";
const TO_EXPLAIN: &str = "output/for-officers/to-explain.xlsx";
/// The error of March's return with a fault, as `findings` writes it.
const TEN: &str = "error spend-agrees-with-summary monthly/2023-03 March return.xlsx Summary!D9";
/// An explanation, who recorded and who approved it, and the day as Excel counts days: 12 July 2023.
const WRITTEN: [&str; 4] =
    ["The published table does not itemise it.", "Finance lead", "Chief finance officer", "45119"];

/// The rows of the explanations that are to be filled in, below their headings: the sheet's row and what it holds.
fn to_be_explained(desk: &Desk) -> Vec<(usize, Vec<String>)> {
    let mut workbook = open_workbook_auto(desk.path(TO_EXPLAIN)).unwrap();
    let range = workbook.worksheet_range("Explanations").unwrap();
    let shown = |cell: &Data| if *cell == Data::Empty { String::new() } else { cell.to_string() };
    let rows = range.rows().enumerate().map(|(row, cells)| (row + 1, cells.iter().map(shown).collect::<Vec<_>>()));
    rows.skip_while(|(_, cells)| cells[0] != "Workbook").skip(1).collect()
}

/// The workbook with a row filled in as an officer does it in Excel; what is empty is left as it is.
fn filled_in(bytes: &[u8], row: usize, written: [&str; 4]) -> Vec<u8> {
    edit_parts(bytes, |name, mut sheet| {
        if name != "xl/worksheets/sheet1.xml" {
            return sheet;
        }
        for (column, words) in ["E", "F", "G", "H"].into_iter().zip(written).filter(|(_, words)| !words.is_empty()) {
            let begins = format!("<c r=\"{column}{row}\" s=\"");
            let (before, rest) = sheet.split_once(&begins).unwrap_or_else(|| panic!("{begins} in {sheet}"));
            let (style, after) = rest.split_once("\"/>").unwrap();
            let cell = match column {
                "H" => format!("{begins}{style}\"><v>{words}</v></c>"),
                _ => format!("{begins}{style}\" t=\"inlineStr\"><is><t>{words}</t></is></c>"),
            };
            sheet = format!("{before}{cell}{after}");
        }
        sheet
    })
}

/// Fills in a row of what the last run made, and puts it into the inbox under a name.
fn hand_in(desk: &Desk, name: &str, rows: &[(usize, [&str; 4])]) {
    let mut bytes = fs::read(desk.path(TO_EXPLAIN)).unwrap();
    for (row, written) in rows {
        bytes = filled_in(&bytes, *row, *written);
    }
    desk.put(name, &bytes);
}

fn about_explanations(report: &serde_json::Value) -> Vec<String> {
    findings(report).into_iter().filter(|line| line.contains("xplan")).collect()
}

/// The sample year without its explanation, and March's return with a difference of £10.00, after a run.
fn year_with_two_differences() -> Desk {
    let desk = Desk::year();
    desk.take(EXPLANATIONS);
    desk.put(MARCH, &fs::read(repository("samples/with-faults").join(MARCH)).unwrap());
    assert_eq!(desk.run(&[]).status, 1);
    desk
}

#[test]
fn differences_are_explained_by_filling_in_what_the_run_made() {
    let desk = year_with_two_differences();
    assert_eq!(standing(&desk.written_report()), [SIX_THOUSAND, TEN]);
    let rows = to_be_explained(&desk);
    let cells: Vec<&[String]> = rows.iter().map(|(_, cells)| &cells[..4]).collect();
    assert_eq!(
        cells,
        [
            ["SWCSP funding 2022-23.xlsx", "PCC funding", "D15", "6000"],
            ["2023-03 March return.xlsx", "Summary", "D9", "10"],
        ]
    );
    let accrual = ["An accrual that is paid in April 2023.", "Finance lead", "Chief finance officer", "45119"];
    hand_in(&desk, "to-explain.xlsx", &[(rows[0].0, WRITTEN), (rows[1].0, accrual)]);
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 0, "{}", ended.out);
    assert_eq!(desk.outputs(), FINAL);
    assert_eq!(about_explanations(&desk.written_report()), Vec::<String>::new());
    let appendix = desk.appendix("");
    for said in ["The published table does not itemise it.", "An accrual that is paid in April 2023.", "12 July 2023"] {
        assert!(appendix.contains(said), "{said}\n{appendix}");
    }
    assert!(!desk.path(TO_EXPLAIN).exists(), "nothing is left to be explained");

    // When the figure moves, the explanation no longer holds, and the new difference is there to be explained.
    desk.retype(FUNDING, &[("139250", "139251")]);
    assert_eq!(desk.run(&[]).status, 1);
    assert_eq!(
        standing(&desk.written_report())[0],
        "error control-total funding/SWCSP funding 2022-23.xlsx PCC funding!D15"
    );
    assert!(
        about_explanations(&desk.written_report())
            .contains(&"warning explanation-unused to-explain.xlsx Explanations!C8".to_owned()),
        "{:?}",
        about_explanations(&desk.written_report())
    );
    // The total is now also £1.00 more than was approved, and that comes first.
    assert_eq!(to_be_explained(&desk)[0].1[..4], ["SWCSP funding 2022-23.xlsx", "PCC funding", "D15", "1"]);
}

#[test]
fn rows_that_nobody_filled_in_are_no_new_errors() {
    let desk = year_with_two_differences();
    let rows = to_be_explained(&desk);
    hand_in(&desk, "to-explain.xlsx", &[(rows[0].0, WRITTEN)]);
    assert_eq!(desk.run(&[]).status, 1);
    let report = desk.written_report();
    assert_eq!(standing(&report), [TEN]);
    assert_eq!(about_explanations(&report), ["info explanation-not-written to-explain.xlsx Explanations"]);
    let said = finding(&report, "explanation-not-written");
    assert_eq!(text(&said["message"]), "Row 9 is not filled in, so it explains nothing.");
    assert_eq!(
        text(&said["fix"]),
        "Fill in Explanation, Recorded by, Approved by and Date recorded; or delete it when its difference has been mended."
    );

    // The rest in a second workbook, beside the first: its unwritten row says nothing against it.
    let rows = to_be_explained(&desk);
    assert_eq!(rows.len(), 1);
    hand_in(&desk, "to-explain 2.xlsx", &[(rows[0].0, WRITTEN)]);
    let ended = desk.run(&[]);
    assert_eq!((ended.status, standing(&desk.written_report())), (0, Vec::new()), "{}", ended.out);
    let infos = ["info explanation-not-written to-explain.xlsx Explanations"];
    assert_eq!(about_explanations(&desk.written_report()), infos);

    // None filled in at all: as if it were not there.
    let desk = year_with_two_differences();
    hand_in(&desk, "to-explain.xlsx", &[]);
    assert_eq!(desk.run(&[]).status, 1);
    assert_eq!(standing(&desk.written_report()), [SIX_THOUSAND, TEN]);
    assert_eq!(
        text(&finding(&desk.written_report(), "explanation-not-written")["message"]),
        "Rows 8 and 9 are not filled in, so they explain nothing."
    );
}

#[test]
fn a_row_that_is_half_filled_in_lacks_the_rest() {
    let desk = year_with_two_differences();
    let rows = to_be_explained(&desk);
    let half = ["The published table does not itemise it.", "Finance lead", "", ""];
    hand_in(&desk, "to-explain.xlsx", &[(rows[0].0, half), (rows[1].0, WRITTEN)]);
    assert_eq!(desk.run(&[]).status, 1);
    assert_eq!(
        standing(&desk.written_report()),
        [
            SIX_THOUSAND,
            "error required-value to-explain.xlsx Explanations!G8",
            "error required-value to-explain.xlsx Explanations!H8",
        ]
    );
}

#[test]
fn several_workbooks_of_explanations_count_together() {
    let desk = Desk::year();
    desk.put(MARCH, &fs::read(repository("samples/with-faults").join(MARCH)).unwrap());
    assert_eq!(desk.run(&[]).status, 1);
    let rows = to_be_explained(&desk);
    assert_eq!(rows.len(), 1, "{rows:?}");
    hand_in(&desk, "explained/to-explain (1).xlsx", &[(rows[0].0, WRITTEN)]);
    assert_eq!(desk.run(&[]).status, 0);
    let report = desk.written_report();
    assert_eq!(about_explanations(&report), Vec::<String>::new());
    let explained = report["findings"].as_array().unwrap().iter().filter(|finding| !finding["explained"].is_null());
    assert_eq!(explained.count(), 2);
    let read = report["workbooks"].as_array().unwrap().iter().filter(|workbook| workbook["state"] == "read");
    assert_eq!(read.count(), 19);
}

#[test]
fn a_copy_or_a_list_for_each_workbook_in_which_something_is_wrong() {
    let desk = Desk::year();
    desk.take(EXPLANATIONS);
    desk.put("old/Old budget.xls", &old_workbook(&["Budget"], &one_at(0, 0)));
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 1);
    assert_eq!(
        desk.for_single_officers(),
        [
            "marked/funding/SWCSP funding 2022-23.xlsx",
            // The sample year has two warnings.
            "marked/monthly/2022-05 May return.xlsx",
            "marked/monthly/2022-08 August return.xlsx",
            "marked/old/Old budget.xls findings.xlsx",
            "to-explain.xlsx",
        ]
    );
    let written = ended.out.split("Written\n").nth(1).unwrap();
    assert!(written.contains("    for-officers/marked/ (4 workbooks)\n"), "{written}");
    assert!(
        written.contains("    for-officers/to-explain.xlsx (to fill in where a difference has to stand)\n"),
        "{written}"
    );
    assert!(!written.contains("funding"), "{written}");

    let list = desk.path("output/for-officers/marked/old/Old budget.xls findings.xlsx");
    let mut list = open_workbook_auto(list).unwrap();
    let rows = list.worksheet_range("Findings").unwrap();
    let first: Vec<String> = rows.rows().map(|row| row[0].to_string()).collect();
    assert_eq!(first[0], "Findings in Old budget.xls");
    assert_eq!(
        first[1],
        "This is an .xls workbook: only .xlsx and .xlsm workbooks can be marked. Save it as .xlsx in Excel to get a marked copy."
    );

    // What is explained is wrong no longer, and what was made of it goes.
    desk.put(EXPLANATIONS, &sample(EXPLANATIONS));
    desk.take("old/Old budget.xls");
    assert_eq!(desk.run(&[]).status, 0);
    let warned = ["marked/monthly/2022-05 May return.xlsx", "marked/monthly/2022-08 August return.xlsx"];
    assert_eq!(desk.for_single_officers(), warned);
    let verified = desk.crosscast(&["verify", "output", "inbox"]);
    assert_eq!(verified.status, 0, "{}", verified.out);
}

#[test]
fn what_was_made_for_officers_is_vouched_for() {
    let desk = Desk::with("with-faults");
    assert_eq!(desk.run(&[]).status, 1);
    let made = desk.for_single_officers();
    assert!(made.iter().filter(|path| path.starts_with("marked/monthly/")).count() >= 12, "{made:?}");
    let manifest = desk.output("manifest.json");
    for path in &made {
        assert!(manifest.contains(&format!("\"for-officers/{path}\"")), "{path}");
    }
    // A second run makes the same bytes, and says so by the manifest.
    let bytes = |path: &String| fs::read(desk.path("output/for-officers").join(path)).unwrap();
    let first: Vec<Vec<u8>> = made.iter().map(bytes).collect();
    assert_eq!(desk.run(&["--threads", "1"]).status, 1);
    assert!(desk.for_single_officers() == made && made.iter().map(bytes).collect::<Vec<_>>() == first);
}
