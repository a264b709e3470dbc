//! Damaged cells: a sheet's XML changed, and findings out.

use crosscast::checks::{Context, check_workbook};
use crosscast::model::Outcome;
use crosscast::read::read;

use super::hidden::changed;
use super::{lines, messages, not_run, pack};

const TABLE: &str = "
fields:
  - {name: name, title: Name, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
";

fn judged(changes: &[(&str, &str)]) -> Outcome {
    let text = "# Lines\nName | Amount\nDawn | 10\nDusk | 20\nNoon | 30\nNight | 40\nTotal | =SUM(B2:B5) -> 100\n# Other\nDusk | 5";
    let sheet = "worksheets/sheet1.xml";
    let changes: Vec<_> = changes.iter().map(|(from, to)| (sheet, *from, *to)).collect();
    let pack = pack(&[("lines", "Lines", TABLE)]);
    let workbook = read("2022-04.xlsx", &changed(text, &changes), &pack);
    let year = &pack.partnership.years[0];
    check_workbook(&workbook, &Context { pack: &pack, year, month: workbook.month_in_name })
}

#[test]
fn a_damaged_cell_is_one_finding_and_no_figure() {
    let outcome = judged(&[("<c r=\"B2\"><v>10</v></c>", "<c r=\"B2\"><v>10</v></c><c r=\"B2\"><v>90</v></c>")]);
    assert_eq!(lines(&outcome), ["error cell-given-twice Lines!B2"]);
    assert_eq!(messages(&outcome), ["B2 is in the file twice, with “10” and “90”, so it was not read."]);
    assert_eq!(
        outcome.findings[0].fix,
        "Open the workbook in Excel, look up in its source what B2 should hold, type it again, and save."
    );
    // The total is not held against lines of which one is not known, and the formula is not reckoned again.
    let not_run = not_run(&outcome);
    assert!(not_run.iter().any(|line| line.starts_with("total-mismatch: ")), "{not_run:?}");
    assert!(not_run.iter().any(|line| line.starts_with("stale-result: ")), "{not_run:?}");
}

#[test]
fn what_is_said_of_each_kind_of_damage() {
    let cell = "<c r=\"B2\"><v>10</v></c>";
    for (damaged, said) in [
        (
            "<c r=\"B2\"><v>1,5</v></c>",
            "B2 should hold a number by what the file says, and holds “1,5”, so it was not read.",
        ),
        (
            "<c r=\"B2\" t=\"b\"><v>2</v></c>",
            "B2 should hold TRUE or FALSE by what the file says, and holds “2”, so it was not read.",
        ),
        (
            "<c r=\"B2\" t=\"s\"><v>99</v></c>",
            "B2 holds text number “99” of the workbook's list of texts, which has no such text, so it was not read.",
        ),
        (
            "<c r=\"B2\" t=\"x\"><v>1</v></c>",
            "B2 holds a kind of value that Excel does not know, “x”, so it was not read.",
        ),
        (
            "<c r=\"B2\"><v>1<!-- a -->0</v></c>",
            "B2 is written in a way that programs read differently (“10”), so it was not read.",
        ),
        (
            "<c r=\"B2\"><f t=\"shared\" si=\"7\"/><v>10</v></c>",
            "B2 shares a formula with other cells, and the file does not say which, so it was not read.",
        ),
        (
            "<c r=\"B2\"><v>1</v></c><c r=\"B2\"/><c r=\"B2\"><v>2</v></c>",
            "B2 is in the file 3 times, among them with “1” and “2”, so it was not read.",
        ),
        (
            "<c r=\"B2\" t=\"str\"><v>jo@example.org</v></c><c r=\"B2\"/>",
            "B2 is in the file twice, with “j***@e***.org” and nothing, so it was not read.",
        ),
    ] {
        let outcome = judged(&[(cell, damaged)]);
        assert_eq!(messages(&outcome).first(), Some(&said), "{:?}", lines(&outcome));
    }
}

#[test]
fn many_damaged_cells_are_one_finding() {
    let nan = |cell: &str| format!("<c r=\"{cell}\"><v>NaN</v></c>");
    let to = ["B2", "B3", "B4", "B5"].map(nan);
    let from =
        [("B2", 10), ("B3", 20), ("B4", 30), ("B5", 40)].map(|(cell, v)| format!("<c r=\"{cell}\"><v>{v}</v></c>"));
    let changes: Vec<(&str, &str)> = from.iter().zip(&to).map(|(from, to)| (from.as_str(), to.as_str())).collect();
    let outcome = judged(&changes);
    assert_eq!(lines(&outcome), ["error damaged-cell Lines!B2:B5"]);
    assert_eq!(
        messages(&outcome),
        [
            "B2, B3, B4 and one more cell are damaged. B2 should hold a number by what the file says, and holds “NaN”, so it was not \
          read."
        ]
    );
    assert_eq!(lines(&judged(&changes[..3])).len(), 3, "three have a finding each");
}

#[test]
fn a_null_character_is_told_in_a_table_and_beside_it() {
    let strings = "xl/sharedStrings.xml";
    let judged = |text: &str, from: &str, to: &str| {
        let pack = pack(&[("lines", "Lines", TABLE)]);
        let workbook = read("2022-04.xlsx", &changed(text, &[(strings, from, to)]), &pack);
        let year = &pack.partnership.years[0];
        check_workbook(&workbook, &Context { pack: &pack, year, month: workbook.month_in_name })
    };
    let text = "# Lines\nLines of May\n\nName | Amount\nDawn | £1.00\n# Other\nbeside";
    let in_table = judged(text, "<t>Dawn</t>", "<t>Da_x0000_wn</t>");
    assert_eq!(lines(&in_table), ["warning invisible-character Lines!A4"]);
    assert_eq!(messages(&in_table), ["A4 holds a null character (U+0000): “Da\u{fffd}wn”, read without it."]);
    let in_title = judged(text, "<t>Lines of May</t>", "<t>Lines_x0000_ of May</t>");
    assert_eq!(lines(&in_title), ["warning invisible-character Lines!A1"]);
    assert_eq!(messages(&in_title), ["A1 holds a null character (U+0000): “Lines\u{fffd} of May”."]);
    let elsewhere = judged(text, "<t>beside</t>", "<t>be_x0000_side</t>");
    assert_eq!(lines(&elsewhere), ["warning invisible-character Other!A1"]);
    // What is written so, and is none.
    assert_eq!(lines(&judged(text, "<t>beside</t>", "<t>be_x005F_x0000_side</t>")), [""; 0]);
}
