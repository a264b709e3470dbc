//! Cases of what is hidden or out of place. The notation of workbooks has few words for it, so the sheet's XML is changed.

use super::super::hidden::{changed, in_white, with_comment};
use super::{Case, Given};

/// Payments and their total.
const LINES: &str = "# Lines\nName | Amount\nDawn | £10.00\nDusk | £20.00\nNoon | £30.00\nTotal | £60.00\n";

fn in_sheet(from: &str, to: &str) -> Vec<u8> {
    changed(LINES, &[("worksheets/sheet1.xml", from, to)])
}

fn filtered(hidden: &str) -> Vec<u8> {
    let filter =
        "</sheetData><autoFilter ref=\"A1:B4\"><filterColumn colId=\"0\"><filters/></filterColumn></autoFilter>";
    let row = format!("<row r=\"3\" hidden=\"{hidden}\"");
    let sheet = "worksheets/sheet1.xml";
    changed(LINES, &[(sheet, "<row r=\"3\"", &row), (sheet, "</sheetData>", filter)])
}

fn named(refers_to: &str) -> Vec<u8> {
    let names = format!("</sheets><definedNames><definedName name=\"Sum\">{refers_to}</definedName></definedNames>");
    changed(LINES, &[("xl/workbook.xml", "</sheets>", &names)])
}

const PATH: &str = "lines.xlsx";

/// The cases, one for each check.
pub const CASES: &[Case] = &[
    Case {
        code: "hidden-sheet",
        fires: Given::Inbox(&[(PATH, "# Lines\nName | Amount\nDawn | £10.00\n\n# Old (hidden)\nDusk | £12.50")]),
        found: &["warning hidden-sheet Old"],
        near_miss: Given::Inbox(&[(PATH, "# Lines\nName | Amount\nDawn | £10.00\n\n# Lists (hidden)\nDusk | 12")]),
    },
    Case {
        code: "hidden-sheet-left-out",
        fires: Given::Inbox(&[(
            "layouts.xlsx",
            "# April 2022\nName | Amount\nRent | £1.00\n\n# May 2022 (hidden)\nName | Amount\nRent | £2.00",
        )]),
        found: &["warning hidden-sheet-left-out May 2022"],
        near_miss: Given::Inbox(&[(
            "layouts.xlsx",
            "# April 2022\nName | Amount\nRent | £1.00\n\n# May old (hidden)\nName | Amount\nRent | £2.00",
        )]),
    },
    Case {
        code: "hidden-rows",
        fires: Given::Made(PATH, || in_sheet("<row r=\"3\"", "<row r=\"3\" hidden=\"1\"")),
        found: &["warning hidden-rows Lines!A3:B3"],
        near_miss: Given::Made(PATH, || in_sheet("</sheetData>", "<row r=\"9\" hidden=\"1\"/></sheetData>")),
    },
    Case {
        code: "filtered-rows",
        fires: Given::Made(PATH, || filtered("1")),
        found: &["warning filtered-rows Lines!A3:B3"],
        near_miss: Given::Made(PATH, || filtered("0")),
    },
    Case {
        code: "hidden-columns",
        fires: Given::Made(PATH, || {
            in_sheet("<sheetData>", "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>")
        }),
        found: &["warning hidden-columns Lines!B1:B4"],
        near_miss: Given::Made(PATH, || {
            in_sheet("<sheetData>", "<cols><col min=\"3\" max=\"9\" hidden=\"1\"/></cols><sheetData>")
        }),
    },
    Case {
        code: "invisible-text",
        fires: Given::Made(PATH, || in_white(LINES, &["A2", "A3"])),
        found: &["warning invisible-text Lines!A2:A3"],
        near_miss: Given::Made(PATH, || in_white(&LINES.replace("£30.00", "0").replace("£60.00", "£30.00"), &["B4"])),
    },
    Case {
        code: "merged-cells",
        fires: Given::Made(PATH, || {
            in_sheet("</sheetData>", "</sheetData><mergeCells><mergeCell ref=\"A3:A4\"/></mergeCells>")
        }),
        found: &["warning merged-cells Lines!A3:A4"],
        near_miss: Given::Made(PATH, || {
            in_sheet("</sheetData>", "</sheetData><mergeCells><mergeCell ref=\"A6:B7\"/></mergeCells>")
        }),
    },
    Case {
        code: "unclaimed-figures",
        fires: Given::Lines("Dawn | £10.00\nTotal | £10.00\n\n | £287.35"),
        found: &["warning unclaimed-figures Lines!B5"],
        near_miss: Given::Lines("Dawn | £10.00\nTotal | £10.00\n\n | 2022"),
    },
    Case {
        code: "figures-in-comment",
        fires: Given::Made(PATH, || with_comment(LINES, "Should be £25.00")),
        found: &["warning figures-in-comment Lines!C3"],
        near_miss: Given::Made(PATH, || with_comment(LINES, "Paid on 12.05.2022: £20.00")),
    },
    Case {
        code: "broken-name",
        fires: Given::Made(PATH, || named("Lines!#REF!")),
        found: &["warning broken-name lines.xlsx"],
        near_miss: Given::Made(PATH, || named("Lines!$B$5")),
    },
];
