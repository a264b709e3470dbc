//! What is hidden or out of place: cells in, with what a hand-written change of the sheet's XML adds, and findings out.

use crosscast::checks::{Context, check_workbook};
use crosscast::model::{Difference, Finding, Money, Outcome, Workbook};
use crosscast::read::read;

use super::support::package::{edit_parts, package};
use super::support::sample_pack::sample_pack;
use super::support::{pack, workbook};
use super::{lines, messages, not_run};

const TABLE: &str = "
fields:
  - {name: reference, title: Reference, type: string}
  - {name: project, title: Project, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
crosscast: {title: Payments}
";

const SPEND: &str = "# Spend\nReference | Project | Amount\nINV-1 | Dawn | £10.00\nINV-2 | Dawn | £20.00\n\
                     INV-3 | Dusk | £30.00\nINV-4 | Dusk | £40.00\n| Total | =SUM(C2:C5) -> £100.00\n";

const WHITE: &str = "<styleSheet><fonts><font/><font><color theme=\"0\"/></font></fonts><fills><fill><patternFill/></fill>\
                     </fills><cellXfs><xf/><xf fontId=\"1\"/></cellXfs></styleSheet>";

/// A workbook with texts of the parts of its package replaced; each must be there.
pub fn changed(text: &str, changes: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut left: Vec<&str> = changes.iter().map(|(_, from, _)| *from).collect();
    let bytes = edit_parts(&workbook(text), |name, mut part| {
        for (of, from, to) in changes.iter().filter(|(of, ..)| name.ends_with(of)) {
            assert!(part.contains(from), "{from} is not in {of}: {part}");
            part = part.replacen(from, to, 1);
            left.retain(|left| left != from);
        }
        part
    });
    assert!(left.is_empty(), "{left:?}");
    bytes
}

/// A workbook in which some cells of the first sheet are white on white.
pub fn in_white(text: &str, cells: &[&str]) -> Vec<u8> {
    edit_parts(&workbook(text), |name, mut part| {
        if name == "xl/styles.xml" {
            return WHITE.to_owned();
        }
        if name == "xl/worksheets/sheet1.xml" {
            // All styles are those of the workbook that the tests write; only white is left of them.
            part = regex::Regex::new(" s=\"\\d+\"").unwrap().replace_all(&part, "").into_owned();
            for cell in cells {
                let from = format!("<c r=\"{cell}\"");
                assert!(part.contains(&from), "{cell}");
                part = part.replacen(&from, &format!("{from} s=\"1\""), 1);
            }
        }
        part
    })
}

/// A workbook with a comment on the cell C3 of its first sheet.
pub fn with_comment(text: &str, comment: &str) -> Vec<u8> {
    let mut parts: Vec<(String, String)> = Vec::new();
    edit_parts(&workbook(text), |name, text| {
        parts.push((name.to_owned(), text.clone()));
        text
    });
    let relations = "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas/relationships/comments\" \
                     Target=\"../comments1.xml\"/></Relationships>";
    let comments = format!(
        "<comments><commentList><comment ref=\"C3\"><text><t>{comment}</t></text></comment></commentList></comments>"
    );
    parts.push(("xl/worksheets/_rels/sheet1.xml.rels".to_owned(), relations.to_owned()));
    parts.push(("xl/comments1.xml".to_owned(), comments));
    package(&parts)
}

fn spend_of(bytes: &[u8]) -> Workbook {
    read("2022-04 April.xlsx", bytes, &pack(&[("spend", "Spend", TABLE)]))
}

/// The checks of what is hidden or out of place, and those of structure that share cells with them. What other families say
/// of the same sheets is theirs to test.
const CODES: [&str; 12] = [
    "hidden-sheet",
    "hidden-rows",
    "filtered-rows",
    "hidden-columns",
    "invisible-text",
    "merged-cells",
    "unclaimed-figures",
    "figures-in-comment",
    "broken-name",
    "unknown-heading",
    "blank-heading",
    "row-after-total",
];

fn judged(bytes: &[u8]) -> Outcome {
    let pack = pack(&[("spend", "Spend", TABLE)]);
    let year = &pack.partnership.years[0];
    let mut outcome = check_workbook(&spend_of(bytes), &Context { pack: &pack, year, month: None });
    outcome.findings.retain(|finding| CODES.contains(&finding.code.as_str()));
    outcome
}

/// What is found when the sheet's XML is changed: each change a text and what takes its place.
fn in_sheet(text: &str, changes: &[(&str, &str)]) -> Outcome {
    let changes: Vec<_> = changes.iter().map(|(from, to)| ("worksheets/sheet1.xml", *from, *to)).collect();
    judged(&changed(text, &changes))
}

fn caused(finding: &Finding) -> (String, Option<Difference>) {
    let cause = finding.cause.as_ref().unwrap();
    (cause.suggestion.text.clone(), cause.difference)
}

fn pounds(pounds: i64) -> Option<Difference> {
    Some(Difference::Money(Money::from_pence(pounds * 100)))
}

#[test]
fn rows() {
    let hidden = |row: u32, how: &str| (format!("<row r=\"{row}\""), format!("<row r=\"{row}\" {how}"));
    let judge = |rows: &[u32], how: &str, more: &[(&str, &str)]| {
        let rows: Vec<_> = rows.iter().map(|row| hidden(*row, how)).collect();
        let changes = rows.iter().map(|(from, to)| (from.as_str(), to.as_str()));
        in_sheet(SPEND, &changes.chain(more.iter().copied()).collect::<Vec<_>>())
    };
    let one = judge(&[3], "hidden=\"1\"", &[]);
    assert_eq!(lines(&one), ["warning hidden-rows Spend!A3:C3"]);
    assert_eq!(messages(&one), ["Row 3 is hidden; the amount in it comes to £20.00, which the total in C6 counts."]);
    assert_eq!(caused(&one.findings[0]), ("row 3, which is hidden: £20.00".to_owned(), pounds(-20)));

    let several = judge(&[3, 4], "ht=\"0\" customHeight=\"1\"", &[]);
    assert_eq!(lines(&several), ["warning hidden-rows Spend!A3:C4"]);
    assert_eq!(
        messages(&several),
        ["Rows 3 and 4 are hidden; the amount in them comes to £50.00, which the total in C6 counts."]
    );

    let left_out = judge(&[4], "hidden=\"1\"", &[("<v>100</v>", "<v>70</v>")]);
    assert_eq!(lines(&left_out), ["warning hidden-rows Spend!A4:C4"]);
    assert_eq!(
        messages(&left_out)[0],
        "Row 4 is hidden; the amount in it comes to £30.00, which the total in C6 leaves out."
    );

    let filter = "</sheetData><autoFilter ref=\"A1:C5\"><filterColumn colId=\"1\"><filters><filter val=\"Dawn\"/></filters>\
                  </filterColumn></autoFilter>";
    let filtered = judge(&[4, 5], "hidden=\"1\"", &[("</sheetData>", filter)]);
    assert_eq!(lines(&filtered), ["warning filtered-rows Spend!A4:C5"]);
    assert_eq!(
        messages(&filtered),
        [
            "Rows 4 and 5 are passed over by a filter and do not show; the amount in them comes to £70.00, which the total in C6 \
          counts."
        ]
    );
    assert_eq!(caused(&filtered.findings[0]).0, "rows 4 and 5, which a filter passes over: £70.00");

    let apart = judge(&[2, 4], "hidden=\"1\"", &[("</sheetData>", filter)]);
    assert_eq!(lines(&apart), ["warning filtered-rows Spend!A2:C4"], "one filter is one finding");
    assert!(messages(&apart)[0].starts_with("Rows 2 and 4 are passed over by a filter"));

    let ranges = judge(&[2, 4, 5], "hidden=\"1\"", &[("</sheetData>", filter)]);
    assert!(messages(&ranges)[0].starts_with("Rows 2, 4 and 5 are passed over by a filter"), "{:?}", messages(&ranges));

    let total = judge(&[6], "hidden=\"1\"", &[]);
    assert_eq!(lines(&total), ["warning hidden-rows Spend!A6:C6"]);
    assert_eq!(messages(&total), ["Row 6, which holds the totals of the table, does not show."]);

    // A filter that is set and passes over nothing, and a row of the usual height.
    assert_eq!(lines(&judge(&[3], "hidden=\"0\" ht=\"15\"", &[("</sheetData>", filter)])), [""; 0]);
}

#[test]
fn forty_hidden_rows_are_one_finding() {
    let rows: String = (1..=40).map(|number| format!("INV-{number} | Dawn | £1.00\n")).collect();
    let text = format!("# Spend\nReference | Project | Amount\n{rows}| Total | £40.00");
    let hidden: Vec<(String, String)> = (1..=20)
        .map(|half| (format!("<row r=\"{}\"", half * 2), format!("<row r=\"{}\" hidden=\"1\"", half * 2)))
        .collect();
    let changes: Vec<_> = hidden.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    let outcome = in_sheet(&text, &changes);
    assert_eq!(lines(&outcome), ["warning hidden-rows Spend!A2:C40"]);
    assert_eq!(
        messages(&outcome),
        ["20 of the rows 2 to 40 are hidden; the amount in them comes to £20.00, which the total in C42 counts."]
    );
}

#[test]
fn empty_rows_may_be_hidden() {
    let text = SPEND.replace("| Total", "\n| Total").replace("INV-4 | Dusk | £40.00\n", "");
    let gap =
        in_sheet(&text.replace("£100.00", "£60.00"), &[("<row r=\"6\"", "<row r=\"5\" hidden=\"1\"/><row r=\"6\"")]);
    assert_eq!(lines(&gap), [""; 0]);
}

#[test]
fn columns() {
    let judge = |columns: &str| in_sheet(SPEND, &[("<sheetData>", &format!("<cols>{columns}</cols><sheetData>"))]);
    let amounts = judge("<col min=\"3\" max=\"3\" hidden=\"1\"/>");
    assert_eq!(lines(&amounts), ["warning hidden-columns Spend!C1:C5"]);
    assert_eq!(messages(&amounts), ["Column C (“Amount”) is hidden; the amount comes to £100.00."]);
    let texts = judge("<col min=\"1\" max=\"2\" width=\"0\"/>");
    assert_eq!(lines(&texts), ["warning hidden-columns Spend!A1:B5"]);
    assert_eq!(
        messages(&texts),
        ["Columns A to B (“Reference” and “Project”) are hidden, and hold values that are read."]
    );
    assert_eq!(
        lines(&judge("<col min=\"4\" max=\"16384\" hidden=\"1\"/><col min=\"1\" max=\"3\" width=\"9\"/>")),
        [""; 0]
    );
}

#[test]
fn hidden_sheets() {
    let judge = |text: &str, changes: &[(&str, &str, &str)]| judged(&changed(text, changes));
    let with = |sheet: &str| judge(&format!("{SPEND}\n# Old spend (hidden)\n{sheet}"), &[]);
    let amounts = with("Dawn | £12.50\nDusk | £7.50\nTotal | =SUM(B1:B2) -> £20.00");
    assert_eq!(lines(&amounts), ["warning hidden-sheet Old spend"]);
    assert_eq!(
        messages(&amounts),
        ["The sheet “Old spend” is hidden, and holds 3 amounts in B1:B3; those that were typed come to £20.00."]
    );
    for list in ["Dawn\nDusk", "1 | January\n2 | February", "2021\n2022", "2022-04-15"] {
        assert_eq!(lines(&with(list)), [""; 0], "{list}");
    }

    let used = SPEND.replace("=SUM(C2:C5)", "=SUM(C2:C5)+'Old spend'!A1");
    let used = judge(&format!("{used}\n# Old spend (hidden)\n350"), &[]);
    assert_eq!(lines(&used), ["warning hidden-sheet Old spend"]);
    assert_eq!(messages(&used), ["The sheet “Old spend” is hidden, and holds cells that Spend!C6 uses."]);
    assert_eq!(used.findings[0].related[0].in_workbook(), "Spend!C6");

    let other = format!("{SPEND}\n# Notes\nNone");
    let table = |state: &str| {
        let sheet = format!("<sheet name=\"Spend\" state=\"{state}\"");
        lines(&judge(&other, &[("xl/workbook.xml", "<sheet name=\"Spend\"", &sheet)]))
    };
    assert_eq!(table("hidden"), ["warning hidden-sheet Spend"]);
    assert_eq!(table("veryHidden"), ["warning hidden-sheet Spend"]);
    assert_eq!(table("visible"), [""; 0]);
}

#[test]
fn text_that_nobody_sees() {
    let white = |text: &str, cells: &[&str]| judged(&in_white(text, cells));
    let amount = white(&SPEND.replace("£20.00", "£20.50").replace("£100.00", "£100.50"), &["C3"]);
    assert_eq!(lines(&amount), ["warning invisible-text Spend!C3"]);
    assert_eq!(
        messages(&amount),
        [
            "Nobody can see what C3 holds: its text has the colour of what is behind it, or its number format shows nothing. It \
          holds £20.50."
        ]
    );
    let expected = (
        "the amount in C3, which nobody can see: £20.50".to_owned(),
        Some(Difference::Money(Money::from_pence(-2050))),
    );
    assert_eq!(caused(&amount.findings[0]), expected);

    let row = white(SPEND, &["A3", "B3", "C3", "A4", "B4", "C4"]);
    assert_eq!(lines(&row), ["warning invisible-text Spend!A3:C4"]);
    let note = white(&format!("{SPEND}\n\nNot for the committee"), &["A9"]);
    assert_eq!(lines(&note), ["warning invisible-text Spend!A9"]);
    assert!(messages(&note)[0].ends_with("It says “Not for the committee”."));
    assert_eq!(lines(&white(SPEND, &[])), [""; 0]);
    let zero = white(&SPEND.replace("£40.00", "0").replace("£100.00", "£60.00"), &["C5"]);
    assert_eq!(lines(&zero), [""; 0], "zeros are blanked out on purpose");
}

#[test]
fn merged_cells() {
    let judge = |areas: &[&str]| {
        let cells: String = areas.iter().map(|area| format!("<mergeCell ref=\"{area}\"/>")).collect();
        in_sheet(SPEND, &[("</sheetData>", &format!("</sheetData><mergeCells>{cells}</mergeCells>"))])
    };
    let rows = judge(&["B4:B5"]);
    assert_eq!(lines(&rows), ["warning merged-cells Spend!B4:B5"]);
    assert_eq!(
        messages(&rows),
        [
            "B4:B5 among the rows of the table are merged into one cell; only B4 holds a value, and the rest is read as empty."
        ]
    );
    assert_eq!(lines(&judge(&["A1:B1"])), ["warning merged-cells Spend!A1:B1"]);
    assert_eq!(lines(&judge(&["A2:B2", "A3:B3", "A4:B4", "A5:B5"])), ["warning merged-cells Spend!A2:B5"]);
    // Beside the table, and in the row of the totals.
    assert_eq!(lines(&judge(&["E2:F5", "A6:B6", "A8:C9"])), [""; 0]);
}

#[test]
fn figures_that_no_table_claims() {
    let judge = |text: &str| in_sheet(text, &[]);
    let beside = judge(&SPEND.replace("£20.00", "£20.00 | | | £412.60"));
    assert_eq!(lines(&beside), ["warning unclaimed-figures Spend!F3"]);
    assert_eq!(messages(&beside), ["F3 stands beside the table, where nothing is read; £412.60 is in no figure."]);
    let expected = Some(Difference::Money(Money::from_pence(41_260)));
    assert_eq!(caused(&beside.findings[0]), ("F3, which stands beside the table: £412.60".to_owned(), expected));

    let below = judge(&format!("{SPEND}\n\n | | £287.35\n | | £12.65"));
    assert_eq!(lines(&below), ["warning unclaimed-figures Spend!C9:C10"]);
    assert_eq!(messages(&below), ["C9:C10 stand below the table, where nothing is read; £300.00 is in no figure."]);

    for (name, text) in [
        ("the number of a page", format!("{SPEND}\n\n1")),
        ("a year", format!("{SPEND}\n\n2022")),
        ("years", format!("{SPEND}\n\n2022\n2023")),
        ("a note in words", format!("{SPEND}\n\nPaid in June: £287.35.")),
        ("numbers of accounts", format!("{SPEND}\n\n12345678\n7700900123")),
        ("a day", format!("{SPEND}\n\n2022-04-15")),
        ("what a formula works out", SPEND.replace("£20.00", "£20.00 | | | =C3-20 -> £412.60")),
        ("above the table", SPEND.replace("# Spend\n", "# Spend\n | | | | £100.00\n")),
    ] {
        let formula = text.replace("C2:C5", if name.starts_with("above") { "C3:C6" } else { "C2:C5" });
        assert_eq!(lines(&judge(&formula)), [""; 0], "{name}");
    }
    // What has a finding of its own is not found twice.
    let unknown = SPEND.replace("Amount\n", "Amount | Checked\n").replace("£20.00", "£20.00 | £412.60");
    assert_eq!(lines(&judge(&unknown)), ["info unknown-heading Spend!D1"]);
    let no_heading = SPEND.replace("£20.00", "£20.00 | £412.60");
    assert_eq!(lines(&judge(&no_heading)), ["warning blank-heading Spend!D1"]);
    let after = judge(&format!("{SPEND}INV-5 | Dusk | £50.00"));
    assert_eq!(lines(&after), ["error row-after-total Spend!A7:C7"]);
}

#[test]
fn comments() {
    let judge = |comment: &str| judged(&with_comment(SPEND, comment));
    let amount = judge("Invoice says £1,245.50. Asked on 12.05.2022.");
    assert_eq!(lines(&amount), ["warning figures-in-comment Spend!C3"]);
    assert_eq!(messages(&amount), ["The comment on C3 speaks of £1,245.50, which its row does not hold."]);
    for comment in ["Paid by BACS: £20.00", "Seen on 12.05.2022", "Room 1204, ext. 350", "See note 3.14"] {
        assert_eq!(lines(&judge(comment)), [""; 0], "{comment}");
    }
}

#[test]
fn names() {
    let judge = |refers_to: &str| {
        let names =
            format!("</sheets><definedNames><definedName name=\"TotalSpend\">{refers_to}</definedName></definedNames>");
        judged(&changed(
            &SPEND.replace("SUM(C2:C5)", "SUM(C2:C5)+0*TotalSpend"),
            &[("xl/workbook.xml", "</sheets>", &names)],
        ))
    };
    let broken = judge("Spend!#REF!");
    assert_eq!(lines(&broken), ["warning broken-name"]);
    assert_eq!(messages(&broken), ["The defined name TotalSpend points nowhere: its cells were deleted (#REF!)."]);
    assert_eq!(broken.findings[0].related[0].in_workbook(), "Spend!C6");
    assert_eq!(lines(&judge("Spend!$C$6")), [""; 0]);
}

#[test]
fn formats_that_do_not_tell_are_listed_as_not_run() {
    let pack = sample_pack();
    let name = "SWCSP registers 2022-23.xls";
    let bytes = std::fs::read("samples/2022-23/registers/SWCSP registers 2022-23.xls").unwrap();
    let year = &pack.partnership.years[0];
    let outcome = check_workbook(&read(name, &bytes, &pack), &Context { pack: &pack, year, month: None });
    let listed: Vec<String> = not_run(&outcome).into_iter().filter(|line| line.starts_with("hidden-rows:")).collect();
    let why = "hidden-rows: Hidden rows and columns, filters, merged cells, invisible text, defined names and the calendar of dates were not looked \
               at: a workbook of this format does not tell them (SWCSP registers 2022-23.xls).";
    assert_eq!(listed, [why]);
    assert!(outcome.not_run.iter().filter(|one| one.check == "hidden-rows").all(|one| !one.required));
}
